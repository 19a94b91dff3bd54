// Counts the records of delimited text without marking them: what the thread that reads has to know before others mark
// them.
//
//   bytes    1,"a⏎b",x⏎2,"c",y⏎3,"d
//   lines    .........#.........#      line ends outside quotes: two records
//   ends     .#.....#.#.#...#.#.#      and delimiters: six fields
//                               ↑ consumed: what comes after belongs to the next slab
#pragma once
#include "mark_csv.h"

// Whether the first byte of a record, after a line end of the block, is that of the line `\.`.
static inline int ends_copy(const uint8_t *in, size_t at, uint64_t lines, size_t len) {
  for (; lines; lines &= lines - 1) {
    const size_t p = at + bits_first(lines);
    if (p + 1 < len && in[p + 1] == '\\' && in[p + 2] == '.') return 1;
  }
  return 0;
}

static inline __attribute__((always_inline)) int count_csv_blocks(const uint8_t *in, size_t from, size_t len,
                                                                  const bk_csv *csv, const bk_marks *marks,
                                                                  bk_counted *counted, const int has_quote,
                                                                  const int has_escape) {
  const int only_crlf = csv->newline == BK_NEWLINE_CRLF, crlf = csv->newline == BK_NEWLINE_LF_OR_CRLF || only_crlf;
  const uint8_t newline = csv->newline == BK_NEWLINE_CR ? '\r' : '\n';
  const int loose = csv->loose_quotes && !csv->quotes_anywhere;
  csv_state s = { .end = 1 };
  size_t rows = 0, fields = 0, consumed = from;
  if (csv->copy_end && from + 1 < len && in[from] == '\\' && in[from + 1] == '.') return 0;
  for (size_t at = from; at < len; at += 64) {
    const v64 block = __builtin_expect(len - at < 64, 0) ? last_block(in + at, len - at, csv) : v64_load(in + at);
    const uint64_t escaped = has_escape ? escaped_bytes(v64_equal(block, csv->escape), &s.escape) : 0;
    csv_bits bits = { v64_equal(block, newline) & ~escaped, v64_equal(block, csv->delimiter) & ~escaped,
                      .quotes = has_quote ? v64_equal(block, csv->quote) & ~escaped : 0 };
    uint64_t returns = 0;
    if (only_crlf || (crlf && (bits.quotes | s.close))) returns = v64_equal(block, '\r') & ~escaped;
    if (only_crlf) {
      bits.lines &= returns << 1 | s.cr;
      s.cr = returns >> 63;
    }
    if (s.inside && !bits.quotes) continue;
    if (bits.quotes | s.close) {
      leave_out_quoted(&bits, &s, returns, in[at + 64] == '\n' && at + 64 < len, loose);
      // Bytes after the last are no data.
      if (bits.wrong & bits_below(len - at)) return 0;
    } else {
      s.end = (bits.lines | bits.delimiters) >> 63;
    }
    fields += (size_t)__builtin_popcountll(bits.lines | bits.delimiters);
    if (!bits.lines) continue;
    rows += (size_t)__builtin_popcountll(bits.lines);
    consumed = at + 64 - (size_t)__builtin_clzll(bits.lines);
    if (csv->copy_end && ends_copy(in, at, bits.lines, len)) return 0;
  }
  // The arrays of marks must not be full before that.
  if (fields + 72 > marks->field_capacity || rows + 64 > marks->row_capacity) return 0;
  counted->rows = rows;
  counted->consumed = consumed;
  return 1;
}

static int count_csv_fast(const uint8_t *in, size_t from, size_t len, const bk_csv *csv, const bk_marks *marks,
                          bk_counted *counted) {
  if (is_csv_by_bytes(csv)) return 0;
  if (csv->has_quote && csv->has_escape) return count_csv_blocks(in, from, len, csv, marks, counted, 1, 1);
  if (csv->has_quote) return count_csv_blocks(in, from, len, csv, marks, counted, 1, 0);
  if (csv->has_escape) return count_csv_blocks(in, from, len, csv, marks, counted, 0, 1);
  return count_csv_blocks(in, from, len, csv, marks, counted, 0, 0);
}

// Marks delimited text by bitmaps, 64 bytes at a time. Whatever is not plainly well-formed (a quote in the middle of an
// unquoted field, text after a closing quote, a line `\.`, the end of the input) goes to the plain implementation,
// record by record, so every odd case has one meaning.
//
//   bytes     1,"say ""hi""",x⏎
//   quotes    ..#....##..###....      the third and the sixth pair up as doubled
//   inside    ..#######.###.#....     parity of the quotes: opening ones in, closing ones out
//   ends      .#...........#.#        delimiters and line ends outside quotes: one field, or row, each
//   odd       ........#....#..        what gives its field BK_CARE, or keeps BK_CLEAN from it
#pragma once
#include "../kernels.h"
#include "bitmaps.h"
#include "block64.h"

typedef struct {
  uint64_t inside;     // all ones inside quotes
  uint64_t escape;     // 1: the next byte is escaped
  uint64_t end;        // 1: the last byte ended a field
  uint64_t close;      // 1: the last byte was a closing quote
  uint64_t cr;         // 1: the last byte was a carriage return that is not escaped
  uint64_t care, odd;  // 1: the field under way has an escape, has any byte that is not clean
  uint32_t field_start, row_start, row_first;
} csv_state;

// The last bytes of the input, and after them bytes that mean nothing. After a closing quote they are as wrong as
// any: there, too, the plain implementation says whether more is needed.
static __attribute__((noinline)) v64 last_block(const uint8_t *in, size_t count, const bk_csv *csv) {
  uint8_t bytes[64], filler = 'a';
  while (filler == csv->delimiter || filler == csv->quote || filler == csv->escape) filler++;
  memset(bytes, filler, sizeof bytes);
  memcpy(bytes, in, count);
  return v64_load(bytes);
}

// Of a block: quotes, and the line ends and delimiters that are no data.
typedef struct {
  uint64_t lines, delimiters, quotes;
  uint64_t doubled;  // quotes that stand for one, with the quote before
  uint64_t wrong;    // a quote in the middle of an unquoted field, or what may not follow a closing quote
} csv_bits;

// Leaves out what stands inside quotes. `returns`: carriage returns that may belong to a line end;
// `line_feed_follows`: after the block; `loose`: quotes that close nothing are data.
static inline __attribute__((always_inline)) void leave_out_quoted(csv_bits *b, csv_state *s, uint64_t returns,
                                                                   int line_feed_follows, int loose) {
  const uint64_t all_lines = b->lines, all_delimiters = b->delimiters;
  uint64_t inside, open, close, after_close, ends;
  for (;;) {
    inside = bits_parity(b->quotes) ^ s->inside;
    b->lines = all_lines & ~inside;
    b->delimiters = all_delimiters & ~inside;
    ends = b->lines | b->delimiters;
    open = b->quotes & inside;
    close = b->quotes & ~inside;
    after_close = close << 1 | s->close;
    const uint64_t after_end = ends << 1 | s->end;
    // After a closing quote: the field's end, the quote's double, or CR LF.
    uint64_t line_end_returns = 0;
    if (returns) line_end_returns = returns & (b->lines >> 1 | (uint64_t)line_feed_follows << 63);
    b->wrong = (open & ~(after_end | after_close)) | (after_close & ~(ends | open | line_end_returns));
    const uint64_t first = b->wrong & -b->wrong & after_close;
    if (!loose || !first) break;
    // The quote before it closes nothing: it is data.
    if (first == 1) {
      s->inside = ~s->inside;
      s->close = 0;
      s->odd = 1;
    } else {
      b->quotes &= ~(first >> 1);
    }
  }
  s->inside = (uint64_t)((int64_t)inside >> 63);
  b->doubled = open & after_close;
  s->end = ends >> 63;
  s->close = close >> 63;
}

// Bare fields of a block: clean ones, of which those of `odd`, `care` and `returns` are put right. How many of these
// there are is hard to foresee, so two are always done; where there is none, it is the field after the last.
static inline void put_bare_fields(bk_field *field, uint64_t ends, uint64_t odd, uint64_t care, uint64_t returns,
                                   uint32_t at, uint32_t start) {
  put_clean_fields(field, ends, at, start);
  field[__builtin_popcountll(ends)] = (bk_field){ 0, BK_CLEAN };
  uint64_t left = (odd | returns) & ends;
  for (int i = 0; i < 2 || left; i++) {
    const uint64_t bit = left & -left;
    bk_field *const wrong = field + __builtin_popcountll(ends & (bit - 1));
    const uint32_t is_odd = (odd & bit) != 0, has_care = (care & bit) != 0, returned = (returns & bit) != 0;
    wrong->end = ((wrong->end & ~(is_odd << 30)) | has_care << 28) - returned;
    left &= left - 1;
  }
}

static inline __attribute__((always_inline)) void mark_csv_blocks(const uint8_t *in, size_t from, size_t len,
                                                                  int at_end, const bk_csv *csv, bk_marks *marks,
                                                                  const int has_quote, const int has_escape) {
  const int only_crlf = csv->newline == BK_NEWLINE_CRLF, crlf = csv->newline == BK_NEWLINE_LF_OR_CRLF || only_crlf;
  const uint8_t newline = csv->newline == BK_NEWLINE_CR ? '\r' : '\n';
  const uint8_t quote = csv->quote, escape = csv->escape, delimiter = csv->delimiter;
  const int loose = csv->loose_quotes && !csv->quotes_anywhere;
  // JSON's unclean bytes are then all that could be special in any other way.
  const int quiet_is_enough = (!has_quote || quote == '"') && (!has_escape || escape == '\\') && delimiter != '\\' &&
                              delimiter != '"' && !only_crlf;
  const size_t stored_rows = marks->row_capacity;
  marks->status = BK_MARK_MORE;
  marks->fault = BK_FAULT_NONE;

again:;
  bk_field *field = marks->fields + marks->field_count, *field_limit = marks->fields + marks->field_capacity - 72;
  bk_row *row = marks->rows + marks->row_count, *row_limit = marks->rows + marks->row_capacity - 64;
  csv_state s = {
    .end = 1, .field_start = (uint32_t)from, .row_start = (uint32_t)from, .row_first = (uint32_t)marks->field_count
  };
  size_t at = from;
  int was_noisy = 0;  // the last block was no quiet one: seldom the next is
  int odd_record = csv->copy_end && from + 1 < len && in[from] == '\\' && in[from + 1] == '.';

  while (!odd_record && at < len) {
    if (field > field_limit || row > row_limit) {
      odd_record = 1;
      break;
    }
    v64 block = v64_load(in + at);
    if (quiet_is_enough && !was_noisy && len - at >= 64 && !(s.inside | s.escape | s.close | s.cr | s.odd)) {
      uint64_t unclean = v64_unclean(block);
      uint64_t lines = v64_equal(block, newline), ends = lines | v64_equal(block, delimiter);
      if (!(unclean & ~ends)) {
        // A quiet block: no quotes, no escapes, and every field bare and clean. No branch depends on where a field
        // ends.
        uint32_t first = (uint32_t)(field - marks->fields);
        put_clean_fields(field, ends, (uint32_t)at, s.field_start);
        field += __builtin_popcountll(ends);
        if (ends) s.field_start = (uint32_t)at + 64 - (uint32_t)__builtin_clzll(ends);
        for (; lines; lines &= lines - 1) {
          uint32_t p = (uint32_t)at + bits_first(lines);
          *row++ = (bk_row){ s.row_first, s.row_start, p };
          s.row_first = first + (uint32_t)__builtin_popcountll(ends & (lines ^ (lines - 1)));
          s.row_start = p + 1;
          if (csv->copy_end && in[p + 1] == '\\' && in[p + 2] == '.') {
            odd_record = 1;
            break;
          }
        }
        s.end = ends >> 63;
        at += 64;
        continue;
      }
    }
    if (__builtin_expect(len - at < 64, 0)) block = last_block(in + at, len - at, csv);
    uint64_t escapes = has_escape ? v64_equal(block, escape) : 0;
    uint64_t escaped = has_escape ? escaped_bytes(escapes, &s.escape) : 0;
    uint64_t lines = v64_equal(block, newline) & ~escaped;
    uint64_t delimiters = v64_equal(block, delimiter) & ~escaped;
    uint64_t unclean = v64_unclean(block);
    uint64_t returns = crlf ? v64_equal(block, '\r') & ~escaped : 0;
    if (only_crlf) lines &= returns << 1 | s.cr;
    uint64_t care = escapes & ~escaped, wrong = 0, quotes = 0;
    if (has_quote) {
      csv_bits bits = { lines, delimiters, .quotes = v64_equal(block, quote) & ~escaped };
      leave_out_quoted(&bits, &s, returns, in[at + 64] == '\n' && at + 64 < len, loose);
      lines = bits.lines;
      delimiters = bits.delimiters;
      quotes = bits.quotes;
      wrong = bits.wrong;
      care |= bits.doubled;
    }
    uint64_t ends = lines | delimiters;
    uint64_t return_ends = 0;  // lines that end with CR LF
    if (returns | s.cr) {
      return_ends = lines & (returns << 1 | s.cr);
      s.cr = returns >> 63;
    }
    uint64_t odd = (unclean & ~(ends | quotes | return_ends >> 1)) | care;
    // A CR in the last place may or may not belong to the line end; then the field is not called clean, which is no
    // error.
    if (wrong) {
      ends &= (wrong & -wrong) - 1;
      odd_record = 1;
    }
    was_noisy = (odd | quotes | s.inside | s.odd) != 0;
    lines &= ends;
    const uint64_t care_ends = bits_at_ends(care, ends, &s.care), odd_ends = bits_at_ends(odd, ends, &s.odd);
    const uint32_t first = (uint32_t)(field - marks->fields);
    if (!has_quote) {
      put_bare_fields(field, ends, odd_ends, care_ends, return_ends, (uint32_t)at, s.field_start);
      field += __builtin_popcountll(ends);
      if (ends) s.field_start = (uint32_t)at + 64 - (uint32_t)__builtin_clzll(ends);
    }
    for (uint64_t left = has_quote ? ends : 0; left; left &= left - 1) {
      const unsigned place = bits_first(left);
      const uint32_t p = (uint32_t)at + place, quoted = has_quote & (in[s.field_start] == quote),
                     returned = return_ends >> place & 1;
      const uint32_t is_clean = ~odd_ends >> place & 1, has_care = care_ends >> place & 1;
      *field++ = (bk_field){ (s.field_start + quoted) | quoted << 28,
                             (p - returned - quoted) | is_clean << 30 | has_care << 28 };
      s.field_start = p + 1;
    }
    for (; lines; lines &= lines - 1) {
      const unsigned place = bits_first(lines);
      const uint32_t p = (uint32_t)at + place;
      *row++ = (bk_row){ s.row_first, s.row_start, p - ((uint32_t)(return_ends >> place) & 1) };
      s.row_first = first + (uint32_t)__builtin_popcountll(ends & (lines ^ (lines - 1)));
      s.row_start = p + 1;
      if (csv->copy_end && p + 1 < len && in[p + 1] == '\\' && in[p + 2] == '.') {
        odd_record = 1;
        break;
      }
    }
    at += 64;
  }

  marks->row_count = (size_t)(row - marks->rows);
  marks->field_count = s.row_first;
  marks->consumed = s.row_start;
  if (!odd_record && !at_end) return;
  if (!odd_record || marks->row_count + 64 >= stored_rows) {
    // The last record of the input, or the arrays are almost full.
    bk_mark_csv_plain(in, s.row_start, len, at_end, csv, marks);
    return;
  }
  // One record by the plain implementation, then on with bitmaps.
  size_t before = marks->row_count;
  marks->row_capacity = before + 1;
  bk_mark_csv_plain(in, s.row_start, len, at_end, csv, marks);
  marks->row_capacity = stored_rows;
  if (marks->status != BK_MARK_FULL || marks->row_count == before) return;
  marks->status = BK_MARK_MORE;
  from = marks->consumed;
  goto again;
}

// Whether bitmaps do not say what such text means.
static int is_csv_by_bytes(const bk_csv *csv) {
  const uint8_t d = csv->delimiter, q = csv->quote, e = csv->escape;
  const int has_quote = csv->has_quote, has_escape = csv->has_escape;
  int plainly = d == '\n' || d == '\r' || csv->quote_null || csv->multibyte || csv->escape_in_quotes || csv->undoubled;
  plainly |= csv->quotes_anywhere && has_escape;
  if (has_quote) plainly |= q == d || q == '\n' || q == '\r';
  if (has_escape) plainly |= e == d || e == '\n' || e == '\r' || (has_quote && e == q);
  return plainly;
}

static void mark_csv_fast(const uint8_t *in, size_t from, size_t len, int at_end, const bk_csv *csv, bk_marks *marks) {
  const int has_quote = csv->has_quote, has_escape = csv->has_escape;
  if (is_csv_by_bytes(csv) || marks->field_capacity < 72 || marks->row_capacity < 64) {
    bk_mark_csv_plain(in, from, len, at_end, csv, marks);
    return;
  }
  if (has_quote && has_escape) mark_csv_blocks(in, from, len, at_end, csv, marks, 1, 1);
  else if (has_quote) mark_csv_blocks(in, from, len, at_end, csv, marks, 1, 0);
  else if (has_escape) mark_csv_blocks(in, from, len, at_end, csv, marks, 0, 1);
  else mark_csv_blocks(in, from, len, at_end, csv, marks, 0, 0);
}

// Marks the tuples of INSERT … VALUES in three ways, each for what the one before does not do: by bitmaps of 64 bytes,
// where there are only strings, numbers and NULL; value by value, each with one look at 32 bytes (where a string ends,
// how far a number goes); and a tuple with anything else in it (comments, casts, E'…', words) by the plain
// implementation.
//
//   bytes    (1,'it\'s',NULL,0x41),
//   look at  1  '        N    0           each value says by its first byte what it is
//   mark     [1,2) bare clean  [4,9) quoted care  [11,15) null  [18,20) hex
#pragma once
#include "../kernels.h"
#include "bitmaps.h"
#include "block64.h"

static inline int is_blank_byte(uint8_t b) { return b == ' ' || (b >= '\t' && b <= '\r'); }

// From behind the opening quote at in[p - 1]: the closing one, or 0 where the bytes may run out.
static inline size_t string_end(const uint8_t *in, size_t p, size_t limit, uint8_t quote, int backslash,
                                uint32_t *flags) {
  uint32_t unclean = 0, care = 0;
  for (;;) {
    if (p > limit) return 0;
    v32 v = v_load(in + p);
    v32 stops = v_equal(v, v_all(quote));
    if (backslash) stops = v_or(stops, v_equal(v, v_all('\\')));
    uint32_t stop = v_bits(stops), odd = v_bits(v_unclean(v));
    if (!stop) {
      unclean |= odd;
      p += 32;
      continue;
    }
    unclean |= odd & ((stop & -stop) - 1);
    p += (size_t)__builtin_ctz(stop);
    if (in[p] == quote && in[p + 1] != quote) break;
    care = BK_CARE;
    p += 2;
  }
  *flags = care ? care : unclean ? 0 : BK_CLEAN;
  return p;
}

// Past a number that starts at in[p], or 0 where it is no plain one.
static inline size_t number_end(const uint8_t *in, size_t p) {
  size_t body = p + (in[p] == '-');
  if ((uint8_t)(in[body] - '0') > 9) return 0;
  v32 v = v_load(in + body);
  uint32_t other = ~v_bits(v_or(v_digits(v), v_equal(v, v_all('.'))));
  if (!other) return 0;
  size_t end = body + (size_t)__builtin_ctz(other);
  if ((in[end] | 0x20) == 'e') {  // 1.5e+20
    end++;
    if (in[end] == '+' || in[end] == '-') end++;
    size_t first = end;
    while (end < first + 4 && (uint8_t)(in[end] - '0') <= 9) end++;
    if (end == first) return 0;
  }
  return end;
}

// Past the hex digits that start at in[p].
static inline size_t hex_end(const uint8_t *in, size_t p, size_t limit) {
  for (; p <= limit; p += 32) {
    v32 v = v_load(in + p);
    v32 letters = v_at_most(v_minus(v_or(v, v_all(0x20)), v_all('a')), v_all(5));
    uint32_t other = ~v_bits(v_or(v_digits(v), letters));
    if (other) return p + (size_t)__builtin_ctz(other);
  }
  return 0;
}

// Marks the string whose opening quote is in[quote]; past its closing quote, or 0 where that is not before `limit`.
static inline size_t mark_string(const uint8_t *in, size_t quote, size_t limit, int backslash, uint32_t kind,
                                 bk_field *field) {
  uint32_t flags;
  const size_t end = string_end(in, quote + 1, limit, in[quote], backslash, &flags);
  if (!end) return 0;
  *field = (bk_field){ (uint32_t)(quote + 1) | kind, (uint32_t)end | flags };
  return end + 1;
}

// Past the tuple whose bracket is in[p], or 0 where it is not a plain one that ends before `limit`. Bytes up to
// limit + 64 may be looked at.
static inline size_t tuple_end(const uint8_t *in, size_t p, size_t limit, const bk_sql *sql, bk_field **fields,
                               const bk_field *field_limit) {
  const int mysql = sql->mysql, backslash = sql->backslash;
  bk_field *field = *fields;
  p++;
  for (;;) {
    if (p > limit || field == field_limit) return 0;
    while (in[p] == ' ') p++;
    if (p > limit) return 0;
    uint8_t b = in[p];
    size_t start = p, end;
    if (b == '\'' || (b == '"' && sql->double_is_string)) {
      p = mark_string(in, p, limit, backslash, BK_QUOTED, field);
      if (!p) return 0;
    } else if ((uint8_t)(b - '0') <= 9 || b == '-') {
      if (b == '0' && in[p + 1] == 'x' && mysql) {
        start = p + 2;
        end = hex_end(in, start, limit);
        if (end <= start) return 0;
        *field = (bk_field){ (uint32_t)start | BK_HEX, (uint32_t)end };
      } else {
        end = number_end(in, p);
        if (!end) return 0;
        *field = (bk_field){ (uint32_t)start | BK_BARE, (uint32_t)end | BK_CLEAN };
      }
      p = end;
    } else if (b == 'N' && !memcmp(in + p, "NULL", 4)) {
      p += 4;
      *field = (bk_field){ (uint32_t)start | BK_NULL, (uint32_t)p };
    } else if (b == '_' && mysql && !memcmp(in + p, "_binary '", 9)) {
      p = mark_string(in, p + 8, limit, backslash, BK_BINARY, field);
      if (!p) return 0;
    } else {
      return 0;
    }
    field++;
    if (in[p] == ',') {
      p++;
      continue;
    }
    if (in[p] != ')') return 0;
    *fields = field;
    return p + 1;
  }
}

// Whether in[start..<end] is a plain number, shorter than 32 bytes.
static inline int is_tuple_number(const uint8_t *in, size_t start, size_t end) {
  const size_t body = start + (in[start] == '-');
  v32 v = v_load(in + body);
  const uint32_t other = ~v_bits(v_or(v_digits(v), v_equal(v, v_all('.'))));
  return ((uint8_t)(in[body] - '0') <= 9) & (bits_first(other) == end - body) & (other != 0);
}

// Marks tuples from the bracket in[from] on, up to the first that is not plain or not far from the end.
//
//   bytes   (7,'it\'s, ok',NULL),(8,
//   text    ...##########..........       parity of the quotes that are not escaped
//   ends    ..#...........#....#...       commas and closing brackets outside, not between tuples: a value each
//
// The bitmaps of some blocks are made first, without a branch, and read then: a branch that is guessed wrong waits for
// little.
// care, odd: at the end of a value that has such a byte
typedef struct {
  uint64_t ends, brackets, care, odd;
} tuple_block;
enum { TUPLE_BLOCKS = 16 };

static inline __attribute__((always_inline)) void mark_plain_tuples(const uint8_t *in, size_t from, size_t len,
                                                                    bk_marks *marks, const int backslash) {
  bk_field *field = marks->fields + marks->field_count;
  size_t start = from + 1, tuple = from, at = from;
  uint64_t inside = 0, escape = 0, close = 0, bracket = 0, care = 0, odd = 0, wrong = 0;
  tuple_block blocks[TUPLE_BLOCKS];
  // Few at first: where every tuple is an odd one, most of them would be made for nothing.
  for (size_t most = 2; !wrong; most = most < TUPLE_BLOCKS ? 2 * most : most) {
    size_t count = 0;
    for (; count < most && at + 64 * count + 128 <= len && !wrong; count++) {
      const v64 block = v64_load(in + at + 64 * count);
      const uint64_t escapes = backslash ? v64_equal(block, '\\') : 0,
                     escaped = backslash ? escaped_bytes(escapes, &escape) : 0;
      const uint64_t quotes = v64_equal(block, '\'') & ~escaped, text = bits_parity(quotes) ^ inside;
      const uint64_t open = quotes & text, closing = quotes & ~text, behind_close = closing << 1 | close;
      const uint64_t brackets = v64_equal(block, ')') & ~text,
                     commas = v64_equal(block, ',') & ~text & ~(brackets << 1 | bracket);
      uint64_t ends = brackets | commas;
      wrong = behind_close & ~(ends | open);
      inside = (uint64_t)((int64_t)text >> 63);
      close = closing >> 63;
      bracket = brackets >> 63;
      const uint64_t cared = (open & behind_close) | (escapes & ~escaped & text);
      ends &= (wrong & -wrong) - 1;
      blocks[count] = (tuple_block){ ends, brackets, bits_at_ends(cared, ends, &care),
                                     bits_at_ends(cared | (v64_unclean(block) & text), ends, &odd) };
    }
    if (!count) return;
    for (size_t i = 0; i < count; i++, at += 64) {
      const tuple_block *block = &blocks[i];
      if ((size_t)(field - marks->fields) + 64 > marks->field_capacity || marks->row_count + 64 > marks->row_capacity)
        return;
      for (uint64_t ends = block->ends; ends; ends &= ends - 1) {
        const unsigned place = bits_first(ends);
        const size_t end = at + place;
        if (end < start) return;
        while (in[start] == ' ') start++;
        const uint8_t b = in[start];
        if (b == '\'') {
          if (in[end - 1] != '\'' || end - 1 == start) return;
          const uint32_t is_clean = ~block->odd >> place & 1, has_care = block->care >> place & 1;
          *field++ =
              (bk_field){ (uint32_t)(start + 1) | BK_QUOTED, (uint32_t)(end - 1) | is_clean << 30 | has_care << 28 };
        } else if (is_tuple_number(in, start, end)) {
          *field++ = (bk_field){ (uint32_t)start | BK_BARE, (uint32_t)end | BK_CLEAN };
        } else if (end - start == 4 && !memcmp(in + start, "NULL", 4)) {
          *field++ = (bk_field){ (uint32_t)start | BK_NULL, (uint32_t)end };
        } else {
          return;
        }
        start = end + 1;
        if (!(block->brackets >> place & 1)) continue;
        marks->rows[marks->row_count++] = (bk_row){ (uint32_t)marks->field_count, (uint32_t)tuple, (uint32_t)start };
        marks->field_count = (size_t)(field - marks->fields);
        marks->consumed = start;
        if (in[start] != ',') return;
        tuple = start + 1;
        while (tuple < len && is_blank_byte(in[tuple])) tuple++;
        if (in[tuple] != '(') return;
        start = tuple + 1;
      }
    }
  }
}

static void mark_tuples_fast(const uint8_t *in, size_t from, size_t len, int at_end, const bk_sql *sql,
                             bk_marks *marks) {
  if (sql->multibyte || len - from < 256) {
    bk_mark_tuples_plain(in, from, len, at_end, sql, marks);
    return;
  }
  const size_t limit = len - 64;  // a look from here ends inside the input
  const bk_field *field_limit = marks->fields + marks->field_capacity;
  marks->status = BK_MARK_MORE;
  marks->fault = BK_FAULT_NONE;
  marks->consumed = from;
  for (;;) {
    bk_field *field = marks->fields + marks->field_count;
    size_t p = marks->consumed, end = 0;
    if (p < limit && marks->row_count < marks->row_capacity) {
      if (in[p] == ',') p++;
      while (p < limit && is_blank_byte(in[p])) p++;
      if (in[p] == '(') {
        const size_t before = marks->row_count;
        if (sql->backslash) mark_plain_tuples(in, p, len, marks, 1);
        else mark_plain_tuples(in, p, len, marks, 0);
        if (marks->row_count > before) continue;
        end = tuple_end(in, p, limit, sql, &field, field_limit);
      }
    }
    if (end) {
      marks->rows[marks->row_count++] = (bk_row){ (uint32_t)marks->field_count, (uint32_t)p, (uint32_t)end };
      marks->field_count = (size_t)(field - marks->fields);
      marks->consumed = end;
      continue;
    }
    // The rest of the input, or one tuple, by the plain implementation.
    size_t before = marks->row_count, capacity = marks->row_capacity;
    int is_rest = p >= limit || before == capacity;
    if (!is_rest) marks->row_capacity = before + 1;
    bk_mark_tuples_plain(in, marks->consumed, len, at_end, sql, marks);
    marks->row_capacity = capacity;
    if (is_rest || marks->status != BK_MARK_FULL || marks->row_count == before) return;
  }
}

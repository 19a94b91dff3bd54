// Marks the tuples of INSERT … VALUES in three ways, each for what the one before does not do: by bitmaps of 64 bytes,
// where nothing but values, commas and brackets stands; value by value, each with one look at 32 bytes (where a string
// ends, how far a number goes); and a tuple with anything else in it (comments, expressions) by the plain
// implementation. Statements whose heads are known follow one another in all three.
//
//   bytes    (1,'it\'s',NULL,0x41),
//   look at  1  '        N    0           each value says by its first byte what it is
//   mark     [1,2) bare clean  [4,9) quoted care  [11,15) null  [18,20) hex
#pragma once
#include "../heads.h"
#include "bitmaps.h"
#include "block64.h"
#include "leads.h"
#include "tuple_values.h"

// Whether the statement at in[at] begins with the head.
static inline int has_head_fast(const bk_head *head, const uint8_t *in, size_t at, size_t len) {
  const size_t length = head->length, end = at + length;
  if (!length || end >= len || (in[end] != '(' && !is_blank_byte(in[end]))) return 0;
  for (size_t i = 0; i < length; i += 32) {
    const uint32_t other = ~v_bits(v_equal(v_load(in + at + i), v_load(head->text + i)));
    if (other && i + (size_t)__builtin_ctz(other) < length) return 0;
  }
  return 1;
}

// After a statement that ends at in[at]: where the rows of the next one begin; 0 where that has no known head.
// `last`: the head of the one before, or BK_NO_HEAD.
static inline size_t next_rows(const uint8_t *in, size_t at, size_t len, bk_heads *heads, uint32_t last,
                               bk_marks *marks) {
  while (at < len && is_blank_byte(in[at])) at++;
  uint32_t head = last == BK_NO_HEAD ? last : heads->heads[last].follower;
  if (head == BK_NO_HEAD || !has_head_fast(&heads->heads[head], in, at, len)) {
    const size_t most = len - at < BK_HEAD_KEY ? len - at : BK_HEAD_KEY;
    size_t key = 0;
    uint32_t brackets = 0;
    for (; key < most; key += 32)
      if ((brackets = v_bits(v_equal(v_load(in + at + key), v_all('('))))) break;
    if (!brackets) return 0;
    key += (size_t)__builtin_ctz(brackets);
    if (key >= most || (head = bk_look_up_head(heads, in, at, key, len)) == BK_NO_HEAD) return 0;
    bk_note_follower(heads, last, head);
  }
  return marks->consumed = bk_begin_statement(heads, head, at, marks);
}

// Whether in[start..<end] is a plain number, shorter than 32 bytes.
static inline int is_tuple_number(const uint8_t *in, size_t start, size_t end) {
  const size_t body = start + (in[start] == '-');
  v32 v = v_load(in + body);
  const uint32_t other = ~v_bits(v_or(v_digits(v), v_equal(v, v_all('.'))));
  return ((uint8_t)(in[body] - '0') <= 9) & (bits_first(other) == end - body) & (other != 0);
}

// Whether in[start..<end] is N'…' or PostgreSQL's E'…'.
static inline int is_prefixed_string(const uint8_t *in, size_t start, size_t end, int mysql) {
  const uint8_t letter = in[start] | 0x20;
  return (letter == 'n' || (letter == 'e' && !mysql)) && in[start + 1] == '\'' && end - start > 2 &&
         in[end - 1] == '\'';
}

// Of a value that is no plain string, number or NULL: whether it ends at in[end].
static __attribute__((noinline)) int mark_odd_value(const uint8_t *in, size_t start, size_t end, size_t len,
                                                    const bk_sql *sql, bk_marks *marks, bk_field *field) {
  return value_end(in, start, len - 64, sql, marks, field) == end;
}

// Marks tuples from the bracket in[from] on, up to the first that is not plain or not far from the end.
//
//   bytes   (7,'it\'s, ok',NULL),(8,
//   text    ...##########..........       parity of the quotes that are not escaped
//   ends    ..#...........#....#...       commas and closing brackets outside, not between tuples: a value each
//
// In a multibyte charset a backslash that is a second byte escapes nothing: first and second bytes are distinguished as
// escapes and what they escape are. No quote is a second byte.
//
// The bitmaps of some blocks are made first, without a branch, and read then: a branch that is guessed wrong waits for
// little.
// care, odd, casts: at the end of a value that has such a byte
typedef struct {
  uint64_t ends, brackets, care, odd, casts;
} tuple_block;
enum { TUPLE_BLOCKS = 16 };

static inline __attribute__((always_inline)) void mark_plain_tuples(const uint8_t *in, size_t from, size_t len,
                                                                    const bk_sql *sql, bk_marks *marks,
                                                                    const int backslash, const int has_casts,
                                                                    const int multibyte) {
  bk_field *field = marks->fields + marks->field_count;
  size_t start = from + 1, tuple = from, at = from;
  const lead_bytes lead = lead_bytes_of(multibyte ? sql->multibyte : BK_SINGLE);
  uint64_t inside = 0, escape = 0, first = 0, close = 0, bracket = 0, care = 0, odd = 0, cast = 0, wrong = 0;
  tuple_block blocks[TUPLE_BLOCKS];
  // Few at first: where every tuple is an odd one, most of them would be made for nothing.
  for (size_t most = 2; !wrong; most = most < TUPLE_BLOCKS ? 2 * most : most) {
    size_t count = 0;
    for (; count < most && at + 64 * count + 128 <= len && !wrong; count++) {
      const v64 block = v64_load(in + at + 64 * count);
      const uint64_t leads = multibyte ? v64_leads(block, &lead) : 0,
                     trails = multibyte ? escaped_bytes(leads, &first) : 0;
      const uint64_t escapes = backslash ? v64_equal(block, '\\') & ~trails : 0,
                     escaped = backslash ? escaped_bytes(escapes, &escape) : 0;
      const uint64_t quotes = v64_equal(block, '\'') & ~escaped, text = bits_parity(quotes) ^ inside;
      const uint64_t open = quotes & text, closing = quotes & ~text, after_close = closing << 1 | close;
      const uint64_t brackets = v64_equal(block, ')') & ~text,
                     commas = v64_equal(block, ',') & ~text & ~(brackets << 1 | bracket);
      const uint64_t casts = has_casts ? v64_equal(block, ':') & after_close : 0;
      uint64_t ends = brackets | commas;
      wrong = (after_close & ~(ends | open | casts)) | (escaped & leads);
      inside = (uint64_t)((int64_t)text >> 63);
      close = closing >> 63;
      bracket = brackets >> 63;
      const uint64_t cared = (open & after_close) | (escapes & ~escaped & text);
      ends &= (wrong & -wrong) - 1;
      blocks[count] = (tuple_block){ ends, brackets, bits_at_ends(cared, ends, &care),
                                     bits_at_ends(cared | (v64_unclean(block) & text), ends, &odd),
                                     has_casts ? bits_at_ends(casts, ends, &cast) : 0 };
    }
    if (!count) return;
    for (size_t i = 0; i < count; i++, at += 64) {
      const tuple_block *block = &blocks[i];
      if ((size_t)(field - marks->fields) + 64 > marks->field_capacity || marks->row_count + 64 > marks->row_capacity)
        return;
      uint64_t ends = block->ends;
      if (start > at) ends = start - at < 64 ? ends >> (start - at) << (start - at) : 0;  // those of a head
      for (; ends; ends &= ends - 1) {
        const unsigned place = bits_first(ends);
        const size_t end = at + place;
        if (end < start) continue;
        while (in[start] == ' ') start++;
        const uint8_t b = in[start];
        if (b == '\'' && !(has_casts && block->casts >> place & 1)) {
          if (in[end - 1] != '\'' || end - 1 == start) return;
          const uint32_t is_clean = ~block->odd >> place & 1, has_care = block->care >> place & 1;
          *field++ =
              (bk_field){ (uint32_t)(start + 1) | BK_QUOTED, (uint32_t)(end - 1) | is_clean << 30 | has_care << 28 };
        } else if (is_tuple_number(in, start, end)) {
          *field++ = (bk_field){ (uint32_t)start | BK_BARE, (uint32_t)end | BK_CLEAN };
        } else if (end - start == 4 && !memcmp(in + start, "NULL", 4)) {
          *field++ = (bk_field){ (uint32_t)start | BK_NULL, (uint32_t)end };
        } else if (is_prefixed_string(in, start, end, sql->mysql) &&
                   ((b | 0x20) == 'n' || !(block->odd >> place & 1)) && !(has_casts && block->casts >> place & 1)) {
          // A string after E has escapes that the bitmaps know nothing of, unless it is clean.
          const uint32_t is_clean = ~block->odd >> place & 1, has_care = block->care >> place & 1,
                         is_typed = (b | 0x20) == 'n' && (!sql->mysql || sql->charset != BK_CHARSET_UTF8);
          *field++ = (bk_field){ (uint32_t)(start + 2) | BK_QUOTED,
                                 (uint32_t)(end - 1) | is_clean << 30 | has_care << 28 | (is_typed ? BK_TYPED : 0) };
          marks->typed_count += is_typed;
        } else if (mark_odd_value(in, start, end, len, sql, marks, field)) {
          field++;
        } else {
          return;
        }
        start = end + 1;
        if (!(block->brackets >> place & 1)) continue;
        marks->rows[marks->row_count++] = (bk_row){ (uint32_t)marks->field_count, (uint32_t)tuple, (uint32_t)start };
        marks->field_count = (size_t)(field - marks->fields);
        marks->consumed = start;
        marks->has_tuples = 1;
        tuple = start;
        if (in[start] == ',') {
          tuple++;
        } else {
          if (in[start] != ';' || !sql->heads) return;
          tuple = next_rows(in, start + 1, len, sql->heads, marks->head, marks);
          if (!tuple) return;
        }
        while (tuple < len && is_blank_byte(in[tuple])) tuple++;
        if (in[tuple] != '(') return;
        start = tuple + 1;
      }
    }
  }
}

static void mark_tuples_fast(const uint8_t *in, size_t from, size_t len, int at_end, const bk_sql *sql,
                             bk_marks *marks) {
  if (len - from < 256) {
    bk_mark_tuples_plain(in, from, len, at_end, sql, marks);
    return;
  }
  const size_t limit = len - 64;  // a look from here ends inside the input
  const bk_field *field_limit = marks->fields + marks->field_capacity;
  marks->status = BK_MARK_MORE;
  marks->fault = BK_FAULT_NONE;
  marks->consumed = from;
  if (sql->heads && marks->head != BK_NO_HEAD) bk_begin_run(marks);
  for (;;) {
    bk_field *field = marks->fields + marks->field_count;
    size_t p = marks->consumed, end = 0;
    if (p < limit && marks->row_count < marks->row_capacity) {
      if (sql->heads && marks->head == BK_NO_HEAD && !(p = next_rows(in, p, len, sql->heads, BK_NO_HEAD, marks))) {
        marks->status = BK_MARK_END;
        return;
      }
      if (in[p] == ',') p++;
      while (p < limit && is_blank_byte(in[p])) p++;
      if (in[p] == '(' && p < limit) {
        const size_t before = marks->row_count;
        if (!sql->mysql && !sql->backslash) mark_plain_tuples(in, p, len, sql, marks, 0, 1, 0);
        else if (sql->backslash && sql->multibyte) mark_plain_tuples(in, p, len, sql, marks, 1, 0, 1);
        else if (sql->backslash) mark_plain_tuples(in, p, len, sql, marks, 1, 0, 0);
        else mark_plain_tuples(in, p, len, sql, marks, 0, 0, 0);
        if (marks->row_count > before) continue;
        end = tuple_end(in, p, limit, sql, marks, &field, field_limit);
      } else if (in[p] == ';' && sql->heads && p == marks->consumed) {
        const uint32_t last = marks->head;
        marks->consumed = p + 1;
        marks->head = BK_NO_HEAD;
        if (next_rows(in, p + 1, len, sql->heads, last, marks)) continue;
        marks->status = BK_MARK_END;
        return;
      }
    }
    if (end) {
      marks->rows[marks->row_count++] = (bk_row){ (uint32_t)marks->field_count, (uint32_t)p, (uint32_t)end };
      marks->field_count = (size_t)(field - marks->fields);
      marks->consumed = end;
      marks->has_tuples = 1;
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

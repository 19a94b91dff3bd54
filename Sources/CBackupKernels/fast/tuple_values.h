// The values of an INSERT's tuples one by one: each says by its first byte what it is, and ends where one look at 32
// bytes says (mark_tuples.h).
//
//   bytes    'it\'s'                N'x'            0x41      -1.5e+20   b'101'   '1'::numeric
//   mark     quoted, with care      quoted, typed   hex       bare       bits     quoted, typed
#pragma once
#include "../kernels.h"
#include "block64.h"

static inline int is_blank_byte(uint8_t b) { return b == ' ' || (b >= '\t' && b <= '\r'); }

// From after the opening quote at in[p - 1]: the closing one, or 0 where the bytes may run out.
static inline size_t string_end(const uint8_t *in, size_t p, size_t limit, uint8_t quote, int backslash, int multibyte,
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
    // A backslash that may be a second byte, or stands before a first one: only the plain implementation knows.
    if (multibyte && in[p] == '\\' && ((in[p - 1] | in[p + 1]) & 0x80)) return 0;
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
static inline size_t mark_string(const uint8_t *in, size_t quote, size_t limit, int backslash, int multibyte,
                                 uint32_t kind, bk_field *field) {
  uint32_t flags;
  const size_t end = string_end(in, quote + 1, limit, in[quote], backslash, multibyte, &flags);
  if (!end) return 0;
  *field = (bk_field){ (uint32_t)(quote + 1) | kind, (uint32_t)end | flags };
  return end + 1;
}

// x'…' and b'…', whose letter is in[start].
static inline size_t mark_digits(const uint8_t *in, size_t start, size_t limit, uint32_t kind, bk_field *field) {
  const size_t end = mark_string(in, start + 1, limit, 0, 0, kind, field);
  field->end &= ~(uint32_t)BK_CLEAN;
  return end;
}

static inline int is_word_at(const uint8_t *in, size_t p, const char *word, size_t length) {
  for (size_t i = 0; i < length; i++)
    if ((in[p + i] | 0x20) != (uint8_t)word[i]) return 0;
  return 1;
}

// Past PostgreSQL's ::type, or 0.
static inline size_t cast_end(const uint8_t *in, size_t p, size_t limit) {
  p += 2;
  // Most are letters and blanks up to a comma or a bracket.
  const v32 v = v_load(in + p), letters = v_at_most(v_minus(v_or(v, v_all(0x20)), v_all('a')), v_all(25));
  p += bits_first(~(uint64_t)v_bits(v_or(letters, v_equal(v, v_all(' ')))));
  for (; p <= limit; p++) {
    const uint8_t b = in[p], letter = b | 0x20;
    if (b == '(') {
      while (p <= limit && in[p] != ')') p++;
      continue;
    }
    if (!((letter >= 'a' && letter <= 'z') || (uint8_t)(b - '0') <= 9 || b == ' ' || b == '_' || b == '.' || b == '[' ||
          b == ']'))
      return b == '"' || b >= 0x80 || b == '$' ? 0 : p;
  }
  return 0;
}

// Past the value that starts at in[p], or 0 where it is none of the usual ones or does not end before `limit`.
static inline size_t value_end(const uint8_t *in, size_t p, size_t limit, const bk_sql *sql, bk_marks *marks,
                               bk_field *field) {
  const int mysql = sql->mysql, backslash = sql->backslash;
  const uint8_t b = in[p], letter = b | 0x20;
  const size_t start = p;
  int is_typed = 0;
  if (b == '\'' || (b == '"' && sql->double_is_string)) {
    p = mark_string(in, p, limit, backslash, sql->multibyte, BK_QUOTED, field);
  } else if (b == '0' && in[p + 1] == 'x' && mysql) {
    const size_t end = hex_end(in, p + 2, limit);
    if (end <= p + 2) return 0;
    *field = (bk_field){ (uint32_t)(p + 2) | BK_HEX, (uint32_t)end };
    p = end;
  } else if ((uint8_t)(b - '0') <= 9 || b == '-') {
    p = number_end(in, p);
    *field = (bk_field){ (uint32_t)start | BK_BARE, (uint32_t)p | BK_CLEAN };
  } else if (in[p + 1] == '\'' && (letter == 'b' || letter == 'x')) {
    p = mark_digits(in, p, limit, letter == 'b' ? BK_BITS : BK_HEX, field);
  } else if (in[p + 1] == '\'' && letter == 'n') {
    p = mark_string(in, p + 1, limit, backslash, sql->multibyte, BK_QUOTED, field);
    is_typed = !mysql || sql->charset != BK_CHARSET_UTF8;
  } else if (in[p + 1] == '\'' && letter == 'e' && !mysql) {
    p = mark_string(in, p + 1, limit, 1, 0, BK_ESCAPED, field);
    if (p && !(field->end & BK_CARE)) field->start = bk_start(*field) | BK_QUOTED;
  } else if (letter == 'n' && is_word_at(in, p, "null", 4)) {
    p += 4;
    *field = (bk_field){ (uint32_t)start | BK_NULL, (uint32_t)p };
  } else if (letter == 't' && is_word_at(in, p, "true", 4)) {
    p += 4;
    *field = (bk_field){ (uint32_t)start | BK_BARE, (uint32_t)p | BK_CLEAN };
  } else if (letter == 'f' && is_word_at(in, p, "false", 5)) {
    p += 5;
    *field = (bk_field){ (uint32_t)start | BK_BARE, (uint32_t)p | BK_CLEAN };
  } else if (letter == 'd' && is_word_at(in, p, "default", 7)) {
    p += 7;
    *field = (bk_field){ (uint32_t)start | BK_ABSENT, (uint32_t)p };
  } else if (b == '_' && mysql && !memcmp(in + p, "_binary", 7)) {
    p += 7 + (in[p + 7] == ' ');
    if (in[p] != '\'') return 0;
    p = mark_string(in, p, limit, backslash, sql->multibyte, BK_BINARY, field);
  } else {
    return 0;
  }
  if (!p) return 0;
  while (in[p] == ':' && in[p + 1] == ':' && !mysql) {
    p = cast_end(in, p, limit);
    if (!p) return 0;
    is_typed = bk_kind(*field) != BK_NULL && bk_kind(*field) != BK_ABSENT;
  }
  if (is_typed) {
    field->end |= BK_TYPED;
    marks->typed_count++;
  }
  return p;
}

// Past the tuple whose bracket is in[p], or 0 where it is not a plain one that ends before `limit`. Bytes up to
// limit + 64 may be looked at.
static inline size_t tuple_end(const uint8_t *in, size_t p, size_t limit, const bk_sql *sql, bk_marks *marks,
                               bk_field **fields, const bk_field *field_limit) {
  bk_field *field = *fields;
  p++;
  for (;;) {
    while (p <= limit && is_blank_byte(in[p])) p++;
    if (p > limit || field == field_limit) return 0;
    p = value_end(in, p, limit, sql, marks, field);
    if (!p) return 0;
    while (p <= limit && is_blank_byte(in[p])) p++;
    if (p > limit) return 0;
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

// Text with its escapes undone, 64 bytes at a time.
//
//   under MySQL's rules   it\'s "new"\n     under COPY's   it's "new"\n     in a CSV field   it's ""new""
//   drop                  ..#......  #                     .........#                        .....#....#
//   out, of all three     it's "new"⏎                                                        it's "new"
//
// A backslash is dropped, and the letter after it becomes the byte it means; of a doubled quote the second is dropped.
// Escapes of digits are undone one by one, but \uXXXX; odd kinds of fields are left to the plain implementation.
#pragma once
#include "../kernels.h"
#include "bitmaps.h"
#include "block64.h"
#include "bytes.h"
#include "unit_run.h"

// The letters after an escape, `letter` to `meaning`.
#define MEANS(letter, meaning) v = v64_exchange(v, v64_equal(v, letter) & escaped, (letter) ^ (meaning))

static inline v64 v64_escaped_letters(v64 v, uint64_t escaped, uint32_t escapes) {
  MEANS('n', '\n');
  MEANS('r', '\r');
  MEANS('t', '\t');
  MEANS('b', '\b');
  if (escapes >= BK_ESCAPES_COPY) {
    MEANS('f', '\f');
    if (escapes == BK_ESCAPES_COPY) MEANS('v', '\v');
  } else {
    MEANS('0', 0);
    MEANS('Z', 0x1A);
  }
  return v;
}
#undef MEANS

// The escapes \uXXXX at *p, one after another; *p stays where the first means nothing.
static inline uint8_t *put_plain_units(const uint8_t **p, const uint8_t *past, uint8_t *o) {
  while (*p < past && **p == '\\') {
    uint8_t *next;
    while (past - *p >= 24 && (next = put_four_units(*p, o)) != o) {
      *p += 24;
      o = next;
    }
    size_t count;
    const uint32_t made = take_unit(p, past, &count);
    if (!count) break;
    memcpy(o, &made, 4);
    o += count;
  }
  return o;
}

static inline int is_digit_escape(uint8_t letter, uint32_t escapes, int is_e_string) {
  if (escapes == BK_ESCAPES_JSON) return letter == 'u';
  return escapes == BK_ESCAPES_COPY &&
         ((letter >= '0' && letter <= '7') || letter == 'x' || (is_e_string && letter == 'u'));
}

static inline int is_octal(uint8_t b) { return (b & 0xF8) == '0'; }

// bk_undo_escape, the usual forms of digits first: three octal ones, two hexadecimal ones.
static inline size_t undo_digits(uint32_t escapes, int is_e_string, const uint8_t *text, size_t *i, size_t length,
                                 uint8_t *out) {
  const uint8_t *const t = text + *i;
  if (escapes == BK_ESCAPES_COPY && *i + 3 <= length) {
    const uint32_t high = unit_digits[t[1]], low = unit_digits[t[2]];
    if (is_octal(t[0]) && is_octal(t[1]) && is_octal(t[2])) {
      out[0] = (uint8_t)((t[0] & 7) << 6 | (t[1] & 7) << 3 | (t[2] & 7));
      *i += 3;
      return 1;
    }
    if (t[0] == 'x' && !((high | low) >> 7)) {
      out[0] = (uint8_t)(high << 4 | low);
      *i += 3;
      return 1;
    }
  }
  return bk_undo_escape(escapes, is_e_string, text, i, length, out);
}

static inline __attribute__((always_inline)) size_t unescape_bytes(const uint8_t *const text, size_t length,
                                                                   uint8_t *const out, const int quoted, uint8_t quote,
                                                                   const int escaping, uint8_t escape,
                                                                   const uint32_t escapes, const int is_e_string) {
  uint8_t *o = out;
  for (size_t at = 0; at < length;) {
    const size_t count = length - at < 64 ? length - at : 64;
    const uint64_t here = bits_below(count);
    v64 v = v64_load(text + at);
    uint64_t escaped = 0, drop = 0, stops = 0, open = 0;  // `open`: the next byte belongs to it
    int is_changed = 0;
    uint64_t none = 0, no_quote = 0;  // carried from no block: none begins after an escape
    if (escaping) {
      const uint64_t starts = v64_equal(v, escape) & here;
      if (starts) {
        escaped = escaped_bytes(starts, &none) & here;
        open = starts & ~escaped;
        drop = escaped >> 1;
        // Most of what is escaped means itself.
        if (escaped & ~(v64_equal(v, '"') | v64_equal(v, '\\') | v64_equal(v, '\''))) {
          if (escapes == BK_ESCAPES_MYSQL_SQL) drop &= ~((v64_equal(v, '%') | v64_equal(v, '_')) >> 1);
          if (escapes == BK_ESCAPES_COPY) stops = escaped & (v64_digits(v) | v64_equal(v, 'x'));
          if (is_e_string) stops |= escaped & (v64_equal(v, 'u') | v64_equal(v, 'U') | v64_equal(v, 'v'));
          if (escapes == BK_ESCAPES_JSON) stops = escaped & v64_equal(v, 'u');
          v = v64_escaped_letters(v, escaped, escapes);
          is_changed = 1;
        }
      }
    }
    if (quoted) {
      const uint64_t quotes = v64_equal(v, quote) & here & ~escaped, second = escaped_bytes(quotes, &no_quote) & quotes;
      drop |= second;
      open |= quotes & ~second;
    }
    size_t place = count;
    if (at + count < length && open >> 63) place = 63;
    if (stops && bits_first(stops) <= place) place = bits_first(stops) - 1;
    o = put_kept(o, v, is_changed ? 0 : text + at, drop & bits_below(place), place);
    at += place;
    if (stops && bits_first(stops) == place + 1) {
      do {
        const uint8_t *unit = text + at;
        if (text[at + 1] == 'u') o = put_plain_units(&unit, text + length, o);
        if (unit == text + at) {
          at++;
          const size_t written = undo_digits(escapes, is_e_string, text, &at, length, o);
          if (written == SIZE_MAX) return SIZE_MAX;
          o += written;
        } else {
          at = (size_t)(unit - text);
        }
        // Where one stands, there are often more.
      } while (at + 1 < length && text[at] == escape && is_digit_escape(text[at + 1], escapes, is_e_string));
    }
  }
  return (size_t)(o - out);
}

static size_t unescape_fast(const bk_batch *batch, const bk_plan *plan, bk_field field, uint8_t *out) {
  const uint8_t *text = bk_bytes(batch, field);
  const size_t length = bk_end(field) - bk_start(field);
  const uint32_t kind = bk_kind(field), escapes = plan->escapes;
  if (kind == BK_HEX) return decode_hex_fast(text, length, out);
  if (!(field.end & BK_CARE) || kind == BK_BITS) {
    memcpy(out, text, length);
    return length;
  }
  // A field of sections may begin with the input: no quote stands before it.
  if (kind == BK_SECTIONS) return bk_unescape_plain(batch, plan, field, out);
  const int quoted = kind != BK_BARE, escaping = escapes != BK_ESCAPES_NONE;
  const uint8_t quote = quoted ? text[-1] : 0, escape = plan->escape;
  if (kind == BK_ESCAPED && (!plan->multibyte || (field.end & BK_ARENA)))
    return unescape_bytes(text, length, out, 1, quote, 1, '\\', BK_ESCAPES_COPY, 1);
  if (kind == BK_ESCAPED || plan->multibyte || escapes == BK_ESCAPES_QUOTES ||
      (quoted && escaping && quote == escape) || (escapes == BK_ESCAPES_MYSQL_SQL && escape != '\\'))
    return bk_unescape_plain(batch, plan, field, out);
  if (!escaping) return unescape_bytes(text, length, out, quoted, quote, 0, 0, BK_ESCAPES_NONE, 0);
  if (escapes == BK_ESCAPES_COPY)
    return unescape_bytes(text, length, out, quoted, quote, 1, escape, BK_ESCAPES_COPY, 0);
  if (escapes == BK_ESCAPES_JSON)
    return unescape_bytes(text, length, out, quoted, quote, 1, escape, BK_ESCAPES_JSON, 0);
  return unescape_bytes(text, length, out, quoted, quote, 1, escape, escapes, 0);
}

// Text with its escapes undone, 64 bytes at a time.
//
//   under MySQL's rules   it\'s "new"\n     under COPY's   it's "new"\n     in a CSV field   it's ""new""
//   drop                  ..#......  #                     .........#                        .....#....#
//   out, of all three     it's "new"⏎                                                        it's "new"
//
// A backslash is dropped, and the letter after it becomes the byte it means; of a doubled quote the second is dropped.
// What seldom occurs is left to the plain implementation: octal digits one by one, odd kinds of fields whole.
#pragma once
#include "../kernels.h"
#include "bitmaps.h"
#include "block64.h"
#include "bytes.h"

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

static inline
    __attribute__((always_inline)) size_t unescape_bytes(const uint8_t *const text, size_t length, uint8_t *const out,
                                                         const int quoted, uint8_t quote, const int escaping,
                                                         uint8_t escape, const uint32_t escapes) {
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
      at++;
      const size_t written = bk_undo_escape(escapes, 0, text, &at, length, o);
      if (written == SIZE_MAX) return SIZE_MAX;
      o += written;
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
  if (kind == BK_ESCAPED || plan->multibyte || escapes == BK_ESCAPES_QUOTES ||
      (quoted && escaping && quote == escape) || (escapes == BK_ESCAPES_MYSQL_SQL && escape != '\\'))
    return bk_unescape_plain(batch, plan, field, out);
  if (!escaping) return unescape_bytes(text, length, out, quoted, quote, 0, 0, BK_ESCAPES_NONE);
  if (escapes == BK_ESCAPES_COPY) return unescape_bytes(text, length, out, quoted, quote, 1, escape, BK_ESCAPES_COPY);
  if (escapes == BK_ESCAPES_JSON) return unescape_bytes(text, length, out, quoted, quote, 1, escape, BK_ESCAPES_JSON);
  return unescape_bytes(text, length, out, quoted, quote, 1, escape, escapes);
}

// Text to the inside of a JSON string, its escapes undone and JSON's written on the way, 64 bytes at a time: bitmaps
// say what becomes of each byte, and `put_edited` (block64.h, simd_avx512.h) writes them so.
//
//   under MySQL's rules   it\'s "new"\n     under COPY's   it's "new"\n     in a CSV field   it's ""new""⏎
//   out, of all three     it's \"new\"\n
#pragma once
#include "../../kernels.h"
#include "../bitmaps.h"
#include "../block64.h"
#include "../unit_run.h"

// What JSON writes for 0x00…0x1F, '"' and '\\'; nothing for other bytes.
static const struct {
  char text[7];
  uint8_t length;
} json_escapes[128] = {
  { "\\u0000", 6 }, { "\\u0001", 6 }, { "\\u0002", 6 },      { "\\u0003", 6 },       { "\\u0004", 6 }, { "\\u0005", 6 },
  { "\\u0006", 6 }, { "\\u0007", 6 }, { "\\b", 2 },          { "\\t", 2 },           { "\\n", 2 },     { "\\u000b", 6 },
  { "\\f", 2 },     { "\\r", 2 },     { "\\u000e", 6 },      { "\\u000f", 6 },       { "\\u0010", 6 }, { "\\u0011", 6 },
  { "\\u0012", 6 }, { "\\u0013", 6 }, { "\\u0014", 6 },      { "\\u0015", 6 },       { "\\u0016", 6 }, { "\\u0017", 6 },
  { "\\u0018", 6 }, { "\\u0019", 6 }, { "\\u001a", 6 },      { "\\u001b", 6 },       { "\\u001c", 6 }, { "\\u001d", 6 },
  { "\\u001e", 6 }, { "\\u001f", 6 }, ['"'] = { "\\\"", 2 }, ['\\'] = { "\\\\", 2 },
};

static inline uint8_t *put_byte(uint8_t *o, uint8_t b) {
  uint64_t escape;
  memcpy(&escape, &json_escapes[b & 127], 8);
  const int is_escaped = b < 128 && escape != 0;
  escape = is_escaped ? escape : b;
  memcpy(o, &escape, 8);
  return o + (is_escaped ? json_escapes[b & 127].length : 1);
}

// What the byte after an escape means, by enum bk_escapes.
#define BYTES16(n)                                                                                                     \
  n, n + 1, n + 2, n + 3, n + 4, n + 5, n + 6, n + 7, n + 8, n + 9, n + 10, n + 11, n + 12, n + 13, n + 14, n + 15
#define BYTES                                                                                                          \
  BYTES16(0), BYTES16(16), BYTES16(32), BYTES16(48), BYTES16(64), BYTES16(80), BYTES16(96), BYTES16(112),              \
      BYTES16(128), BYTES16(144), BYTES16(160), BYTES16(176), BYTES16(192), BYTES16(208), BYTES16(224), BYTES16(240)
#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Winitializer-overrides"
static const uint8_t escape_meanings[6][256] = {
  [BK_ESCAPES_NONE] = { BYTES },
  [BK_ESCAPES_QUOTES] = { BYTES },
  [BK_ESCAPES_MYSQL] = { BYTES, ['0'] = 0, ['b'] = '\b', ['n'] = '\n', ['r'] = '\r', ['t'] = '\t', ['Z'] = 0x1A },
  [BK_ESCAPES_MYSQL_SQL] = { BYTES, ['0'] = 0, ['b'] = '\b', ['n'] = '\n', ['r'] = '\r', ['t'] = '\t', ['Z'] = 0x1A },
  [BK_ESCAPES_COPY] = { BYTES, ['b'] = '\b', ['f'] = '\f', ['n'] = '\n', ['r'] = '\r', ['t'] = '\t', ['v'] = '\v' },
  [BK_ESCAPES_JSON] = { BYTES, ['b'] = '\b', ['f'] = '\f', ['n'] = '\n', ['r'] = '\r', ['t'] = '\t' },
};
#pragma clang diagnostic pop
#undef BYTES
#undef BYTES16

// The escapes \uXXXX at *p, one after another, as far as there is room; *p stays where the first means nothing.
static inline uint8_t *put_units(const uint8_t **p, const uint8_t *past, uint8_t *o, const uint8_t *end) {
  while (*p < past && **p == '\\' && o + 128 <= end) {
    uint8_t *next = o;
    while (past - *p >= 24 && next + 128 <= end && (next = put_four_units(*p, o)) != o) {
      *p += 24;
      o = next;
    }
    size_t count;
    const uint32_t made = take_unit(p, past, &count);
    if (!count) break;
    if (count == 1) o = put_byte(o, (uint8_t)made);
    else memcpy(o, &made, 4);
    o += count == 1 ? 0 : count;
  }
  return o;
}

// Letters that mean neither themselves after a backslash nor what JSON means by them.
static inline uint64_t v64_odd_letters(v64 v, uint32_t escapes) {
  switch (escapes) {
    case BK_ESCAPES_JSON: return v64_equal(v, 'u');
    case BK_ESCAPES_COPY: return v64_digits(v) | v64_equal(v, 'x') | v64_equal(v, 'v');
    case BK_ESCAPES_MYSQL_SQL: return v64_equal(v, '0') | v64_equal(v, 'Z') | v64_equal(v, '%') | v64_equal(v, '_');
    default: return v64_equal(v, '0') | v64_equal(v, 'Z');
  }
}

// Text with its escapes undone (`care`) as the inside of a JSON string. NULL where there may be too little room before
// `end`, or an escape that is not among the usual ones.
//
//   text    he said ""no"", it\'s\n C:\\dir⇥"     a quoted field whose escape is the backslash; ⇥ a tab
//   slash   ...............................##    written after a backslash of JSON's
//   drop    ..................#............      not written: a backslash as of `\'`, the first of two quotes like '
//   as is   ........##..##.......##...##...      as long in JSON: of "" the first becomes a backslash
//   stops                                        all else that is special: written one by one
static inline __attribute__((always_inline)) uint8_t *put_text_bytes(const uint8_t *p, size_t length, uint8_t *o,
                                                                     const uint8_t *end, const int care, uint8_t quote,
                                                                     uint8_t escape, uint32_t escapes) {
  const uint8_t *past = p + length;
  const uint8_t *const meant = escape_meanings[escapes];
  const int escaping = care && escapes != BK_ESCAPES_NONE;
  while (p < past) {
    if (o + 256 > end) return 0;
    const size_t count = (size_t)(past - p) < 64 ? (size_t)(past - p) : 64;
    const uint64_t here = bits_below(count);
    v64 v = v64_load(p);
    const uint64_t quotes = v64_equal(v, '"') & here, slashes = v64_equal(v, '\\') & here,
                   controls = v64_controls(v) & here;
    uint64_t slash = quotes | slashes, drop = 0, stops = 0, changed = controls;
    if (care) {
      uint64_t escaped = 0, none = 0, no_quote = 0;  // carried from no block: each begins anew
      if (escaping) {
        uint64_t starts = escape == '\\' ? slashes : v64_equal(v, escape) & here;
        escaped = escaped_bytes(starts, &none) & here;
        starts &= ~escaped;
        if (escape == '\\') {
          const uint64_t same = escaped & (quotes | slashes | v64_letters_of_both(v, escapes)),
                         own = escaped & ~(same | controls | v64_odd_letters(v, escapes));
          slash &= ~(escaped | starts);
          drop = own >> 1;
          stops = (starts & ~(escaped >> 1)) | (escaped & ~(same | own)) >> 1;
        } else {
          stops = starts;
        }
      }
      if (quote == '"') {
        const uint64_t closing = quotes & ~escaped, second = escaped_bytes(closing, &no_quote) & closing,
                       first = second >> 1;
        slash &= ~(first | second);
        stops |= closing & ~(first | second) & 1ull << 63;
        changed |= first;
        v = v64_exchange(v, first, '"' ^ '\\');
      } else if (quote != '\\') {
        const uint64_t closing = v64_equal(v, quote) & here & ~escaped,
                       second = escaped_bytes(closing, &no_quote) & closing;
        drop |= second >> 1;
        stops |= closing & ~second & 1ull << 63;
      }
    }
    if (controls) {
      slash |= controls;
      stops |= controls & ~v64_short_controls(v);
      v = v64_control_letters(v, controls);
    }
    const size_t place = stops ? bits_first(stops) : count;
    o = put_edited(o, v, changed ? 0 : p, drop, slash, '\\', place);
    p += place;
    if (!stops) continue;
    uint8_t b = *p++;
    if (care && p < past) {
      const uint8_t next = *p;
      if (escaping && b == escape) {
        if (escapes == BK_ESCAPES_COPY && (next == 'x' || (next >= '0' && next <= '7'))) return 0;
        if (escapes == BK_ESCAPES_JSON && next == 'u') {
          const uint8_t *const escape_at = --p;
          o = put_units(&p, past, o, end);
          if (p == escape_at) return 0;
          continue;
        }
        if (escapes == BK_ESCAPES_MYSQL_SQL && (next == '%' || next == '_')) o = put_byte(o, '\\');
        b = meant[next];
        p++;
      } else if (b == quote && next == quote) {
        p++;
      }
    }
    o = put_byte(o, b);
    // Where one control byte stands, there are often more.
    while (p < past && *p < 0x20 && o + 128 <= end) o = put_byte(o, *p++);
  }
  return o;
}

static uint8_t *put_text_plainly(const uint8_t *p, size_t length, uint8_t *o, const uint8_t *end) {
  return put_text_bytes(p, length, o, end, 0, 0, 0, 0);
}
static uint8_t *put_text_with_care(const uint8_t *p, size_t length, uint8_t *o, const uint8_t *end, uint8_t quote,
                                   uint8_t escape, uint32_t escapes) {
  if (quote == '"' && escapes == BK_ESCAPES_NONE)
    return put_text_bytes(p, length, o, end, 1, '"', '\\', BK_ESCAPES_NONE);
  return put_text_bytes(p, length, o, end, 1, quote, escape, escapes);
}

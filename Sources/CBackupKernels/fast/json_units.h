// The escapes \uXXXX of JSON, by bitmaps: four hexadecimal digits each, and surrogates in pairs.
//
//   bytes    \u00e9x\ud83d\ude00
//   units    .#......#.....#....     each `u` that is escaped
//   digits   ..####..####...####     also where a string has such letters
//   first    ........#..........     `d`, then one of `89ab`
//   second   ..............#....     `d`, then one of `cdef`: six bytes after each first one, and nowhere else
#pragma once
#include "../json.h"
#include "block64.h"

static inline uint64_t v64_hex_digits(v64 v) { return v64_digits(v) | v64_from(v, 'a', 5) | v64_from(v, 'A', 5); }

// What the bitmap of the next 64 bytes moves into this one.
static inline uint64_t bits_ahead(uint64_t here, uint64_t next, unsigned count) {
  return here >> count | next << (64 - count);
}

// The units at text[at], whose bytes are `v`, that are none: a bit for each, or for one near it.
static inline uint64_t json_wrong_units(const uint8_t *text, size_t at, size_t length, v64 v, uint64_t units,
                                        bk_json_scan *scan) {
  uint64_t wrong = 0;
  if (length - at < 64 + 12) {  // what follows may be the text's end
    for (; units; units &= units - 1) wrong |= (uint64_t)!bk_json_unit(text, at + bits_first(units), length, scan);
    return wrong;
  }
  const v64 next = v64_load(text + at + 64);
  const uint64_t digits = v64_hex_digits(v), more = v64_hex_digits(next);
  wrong = units & ~(bits_ahead(digits, more, 1) & bits_ahead(digits, more, 2) & bits_ahead(digits, more, 3) &
                    bits_ahead(digits, more, 4));
  const uint64_t halves =
      units & bits_ahead(v64_equal(v, 'd') | v64_equal(v, 'D'), v64_equal(next, 'd') | v64_equal(next, 'D'), 1);
  const uint64_t due = scan->pair_at - at < 64 ? 1ull << (scan->pair_at - at) : 0;
  if (!(halves | due)) return wrong;
  const uint64_t low = v64_from(v, '8', 1) | v64_from(v, 'a', 1) | v64_from(v, 'A', 1),
                 low_more = v64_from(next, '8', 1) | v64_from(next, 'a', 1) | v64_from(next, 'A', 1),
                 high = v64_from(v, 'c', 3) | v64_from(v, 'C', 3),
                 high_more = v64_from(next, 'c', 3) | v64_from(next, 'C', 3);
  const uint64_t first = halves & bits_ahead(low, low_more, 2), second = halves & bits_ahead(high, high_more, 2);
  wrong |= second ^ (first << 6 | due);
  if (first >> 58) {  // its second half is in the next block
    const size_t place = at + 63 - (size_t)__builtin_clzll(first);
    wrong |= (uint64_t)(text[place + 5] != '\\' || text[place + 6] != 'u');
    scan->pair_at = place + 6;
  }
  return wrong;
}

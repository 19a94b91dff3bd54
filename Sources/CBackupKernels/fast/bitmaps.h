// Bitmaps of 64 bytes whose meaning carries on into the next 64.
#pragma once
#include <stdint.h>

// Bytes that an escape before them takes the meaning from.
static inline uint64_t escaped_bytes(uint64_t escapes, uint64_t *carry) {
  // A run of escapes that begins on an odd place ends on an even one if its length is odd, and so on: addition carries
  // through the run (as in simdjson).
  escapes &= ~*carry;
  uint64_t follows = escapes << 1 | *carry;
  const uint64_t even = 0x5555555555555555u;
  uint64_t odd_starts = escapes & ~even & ~follows, even_of_sequence;
  *carry = __builtin_add_overflow(odd_starts, escapes, &even_of_sequence);
  return (even ^ (even_of_sequence << 1)) & follows;
}

// For each bit of `ends`, whether a bit is set after the one before it. `carry`: whether one is after the last.
//
//   bits    ..#..#.......#..
//   ends    ....#....#.#....     a one at all places but the ends, plus the bits: each carries as far as its end
//   result  ....#....#......
static inline uint64_t bits_at_ends(uint64_t bits, uint64_t ends, uint64_t *carry) {
  unsigned long long out;
  const uint64_t sum = __builtin_addcll(~ends, bits, *carry, &out);
  *carry = out;
  return sum & ends;
}

// The numbers of a JSON text by bitmaps, 64 bytes at a time (RFC 8259, section 6):
//
//   bytes     [12,-0.50,1.2.3,007,1e5]
//   starts    .#..#.....#.....#...#...
//   digits    .##..#.##.#.#.#.###.#.#.
//   points    ......#....#.#..........     a digit on both sides
//   again     .............#..........     after a point and its digits
//   zeros     .....#..........#.......     first digits, after which no digit may stand
//   hard                       #           what is none of these: read one by one
#pragma once
#include "../json_scalar.h"
#include "block64.h"

// What carries on into the next 64 bytes.
typedef struct {
  uint64_t word, digit, minus, point, fraction, zero;
  size_t at;  // where the last number or word begins
} json_numbers;

// Not 0 where one of the numbers is none; of words, which begin with `t`, `f` or `n`, nothing is said.
static inline uint64_t json_wrong_numbers(const uint8_t *text, size_t at, size_t length, v64 v, uint64_t scalars,
                                          uint64_t starts, uint64_t continues, json_numbers *n) {
  unsigned long long carried;
  const uint64_t letters = starts & (v64_equal(v, 't') | v64_equal(v, 'f') | v64_equal(v, 'n'));
  const uint64_t words = scalars & ~__builtin_addcll(scalars, letters, n->word, &carried);
  n->word = carried;
  const uint64_t digits = v64_digits(v) & scalars, points = v64_equal(v, '.') & scalars,
                 minus = v64_equal(v, '-') & starts, after_minus = minus << 1 | n->minus,
                 after_point = points << 1 | n->point, zeros = v64_equal(v, '0') & (starts | after_minus);
  const uint64_t again = __builtin_addcll(after_point, digits, n->fraction, &carried) & ~digits;
  const uint64_t hard = (scalars & ~(words | digits | points | minus)) | ((after_minus | after_point) & ~digits) |
                        (points & (again | ~(digits << 1 | n->digit))) | ((zeros << 1 | n->zero) & digits);
  const uint64_t is_continued = (continues & 1) | n->minus | n->point;
  n->fraction = carried;
  n->minus = minus >> 63;
  n->point = points >> 63;
  n->digit = digits >> 63;
  n->zero = zeros >> 63;
  uint64_t wrong = 0;
  if (__builtin_expect(hard != 0, 0)) {
    if (is_continued) wrong |= (uint64_t)!json_past_scalar(text, length, n->at);
    for (uint64_t left = starts; left; left &= left - 1)
      wrong |= (uint64_t)!json_past_scalar(text, length, at + bits_first(left));
  }
  if (starts) n->at = at + 63 - (size_t)__builtin_clzll(starts);
  return wrong;
}

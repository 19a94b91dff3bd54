// Text copied to where a line is made of it. CBackupKernels.h includes it.
#pragma once
#include <stddef.h>
#include <stdint.h>
#include <string.h>

typedef uint8_t bk_sixteen __attribute__((vector_size(16), aligned(1)));

// All ones in the bytes that JSON escapes.
static inline bk_sixteen bk_unclean(bk_sixteen v) {
  return (bk_sixteen)(v < 0x20) | (bk_sixteen)(v == '"') | (bk_sixteen)(v == '\\');
}
static inline int bk_is_zero(bk_sixteen v) {
  uint64_t halves[2];
  memcpy(halves, &v, 16);
  return (halves[0] | halves[1]) == 0;
}

// Copies bytes, and up to 15 past them, which can be read and written. Returns whether JSON escapes none of them.
static inline int bk_copy_text(const uint8_t *from, uint8_t *to, size_t count) {
  const bk_sixteen lanes = { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15 };
  bk_sixteen v, odd = { 0 };
  size_t at = 0;
  for (; at + 16 <= count; at += 16) {
    memcpy(&v, from + at, 16);
    memcpy(to + at, &v, 16);
    odd |= bk_unclean(v);
  }
  memcpy(&v, from + at, 16);
  memcpy(to + at, &v, 16);
  odd |= bk_unclean(v) & (bk_sixteen)(lanes < (uint8_t)(count - at));
  return bk_is_zero(odd);
}

// Whether JSON escapes none of the bytes, past which 15 can be read.
static inline int bk_is_clean(const uint8_t *text, size_t count) {
  const bk_sixteen lanes = { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15 };
  bk_sixteen v, odd = { 0 };
  size_t at = 0;
  for (; at + 16 <= count; at += 16) {
    memcpy(&v, text + at, 16);
    odd |= bk_unclean(v);
  }
  memcpy(&v, text + at, 16);
  odd |= bk_unclean(v) & (bk_sixteen)(lanes < (uint8_t)(count - at));
  return bk_is_zero(odd);
}

// Copies bytes, sixteen at a time: up to 15 past them can be read and written.
static inline void bk_copy_sixteens(const uint8_t *from, uint8_t *to, size_t count) {
  for (size_t at = 0; at < count; at += 16) memcpy(to + at, from + at, 16);
}

enum { BK_HAS_ESCAPES = 1, BK_HAS_HIGH_BYTES = 2 };

// Copies bytes and nothing past them. Says whether JSON escapes one of them, and whether all are ASCII.
//
//   count 21: bytes 0 to 15, then 5 to 20        count 11: 0 to 7, then 3 to 10        count 3: 0, 1, 2
static inline int bk_copy_exactly(const uint8_t *from, uint8_t *to, size_t count) {
  bk_sixteen v, odd = { 0 }, high = { 0 };
  if (count >= 16) {
    for (size_t at = 0; at + 16 <= count; at += 16) {
      memcpy(&v, from + at, 16);
      memcpy(to + at, &v, 16);
      odd |= bk_unclean(v);
      high |= v;
    }
    memcpy(&v, from + count - 16, 16);
    memcpy(to + count - 16, &v, 16);
  } else {
    // Words that overlap: what no word has is a letter.
    uint64_t halves[2] = { 0x6161616161616161, 0x6161616161616161 };
    if (count >= 8) {
      memcpy(&halves[0], from, 8);
      memcpy(&halves[1], from + count - 8, 8);
      memcpy(to, &halves[0], 8);
      memcpy(to + count - 8, &halves[1], 8);
    } else if (count >= 4) {
      memcpy(&halves[0], from, 4);
      memcpy(&halves[1], from + count - 4, 4);
      memcpy(to, &halves[0], 4);
      memcpy(to + count - 4, &halves[1], 4);
    } else {
      for (size_t i = 0; i < count; i++) to[i] = from[i];
      memcpy(&halves[0], to, count);
    }
    memcpy(&v, halves, 16);
  }
  odd |= bk_unclean(v);
  high |= v;
  uint64_t highs[2];
  memcpy(highs, &high, 16);
  return (bk_is_zero(odd) ? 0 : BK_HAS_ESCAPES) | ((highs[0] | highs[1]) & 0x8080808080808080 ? BK_HAS_HIGH_BYTES : 0);
}

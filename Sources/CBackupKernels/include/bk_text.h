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

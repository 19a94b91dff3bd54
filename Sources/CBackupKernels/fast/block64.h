// Sixty-four bytes and what their bitmaps say, out of two halves; simd_avx512.h has its own.
#pragma once

// Bytes that JSON writes as an escape.
static inline v32 v_unclean(v32 v) {
  return v_or(v_or(v_equal(v, v_all('"')), v_equal(v, v_all('\\'))), v_at_most(v, v_all(0x1F)));
}

#ifndef BK_BLOCK64
typedef struct { v32 low, high; } v64;

static inline v64 v64_load(const uint8_t *p) { return (v64){ v_load(p), v_load(p + 32) }; }
static inline uint64_t v64_equal(v64 v, uint8_t byte) {
  v32 all = v_all(byte);
  return (uint64_t)v_bits(v_equal(v.low, all)) | (uint64_t)v_bits(v_equal(v.high, all)) << 32;
}
static inline uint64_t v64_unclean(v64 v) { return (uint64_t)v_bits(v_unclean(v.low)) | (uint64_t)v_bits(v_unclean(v.high)) << 32; }

// Bare, clean fields, one for each bit of `ends`: the first starts at `start`, bit 0 stands for the byte `at`. Up to
// 64 are written, though fewer may count: what is behind the last is overwritten later.
static inline void put_clean_fields(bk_field *field, uint64_t ends, uint32_t at, uint32_t start) {
  const unsigned count = (unsigned)__builtin_popcountll(ends);
  const uint32_t clean_at = at | BK_CLEAN, next_at = at + 1;
  for (unsigned i = 0; i < count; i += 8) {
    for (int k = 0; k < 8; k++) {
      uint32_t place = bits_first(ends);
      field[i + (unsigned)k] = (bk_field){ start, clean_at + place };
      start = next_at + place;
      ends &= ends - 1;
    }
  }
}
#endif

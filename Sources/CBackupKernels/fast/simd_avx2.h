// Thirty-two bytes at a time with AVX2. simd_sse2.h and simd_neon.h say the same words for their CPUs, so that the
// kernels beside this file are one text for all three.
#pragma once
#include <stdint.h>
#include <immintrin.h>

typedef __m256i v32;

static inline v32 v_load(const uint8_t *p) { return _mm256_loadu_si256((const __m256i *)(const void *)p); }
static inline void v_store(uint8_t *p, v32 v) { _mm256_storeu_si256((__m256i *)(void *)p, v); }
static inline v32 v_all(uint8_t b) { return _mm256_set1_epi8((char)b); }
static inline v32 v_or(v32 a, v32 b) { return _mm256_or_si256(a, b); }
static inline v32 v_equal(v32 a, v32 b) { return _mm256_cmpeq_epi8(a, b); }
// All ones where a ≤ b, unsigned.
static inline v32 v_at_most(v32 a, v32 b) { return _mm256_cmpeq_epi8(_mm256_min_epu8(a, b), a); }
static inline v32 v_minus(v32 a, v32 b) { return _mm256_sub_epi8(a, b); }
// One bit for each byte's highest bit, the first byte lowest.
static inline uint32_t v_bits(v32 v) { return (uint32_t)_mm256_movemask_epi8(v); }

// The place of the lowest bit; 64 where there is none.
static inline unsigned bits_first(uint64_t bits) { return (unsigned)_tzcnt_u64(bits); }

// Bit i of the result is the parity of bits 0…i.
static inline uint64_t bits_parity(uint64_t bits) {
  return (uint64_t)_mm_cvtsi128_si64(
      _mm_clmulepi64_si128(_mm_set_epi64x(0, (long long)bits), _mm_set1_epi8((char)0xFF), 0));
}

static inline v32 v_and(v32 a, v32 b) { return _mm256_and_si256(a, b); }
static inline v32 v_xor(v32 a, v32 b) { return _mm256_xor_si256(a, b); }
// All ones in the bytes whose bit is set.
static inline v32 v_of_bits(uint32_t bits) {
  const v32 byte =
      _mm256_setr_epi8(0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2, 2, 3, 3, 3, 3, 3, 3, 3, 3);
  const v32 weight = _mm256_set1_epi64x((long long)0x8040201008040201u);
  return _mm256_cmpeq_epi8(_mm256_and_si256(_mm256_shuffle_epi8(_mm256_set1_epi32((int)bits), byte), weight), weight);
}

#define BK_LOOKUP 1
static inline v32 v_high_nibble(v32 v) { return _mm256_and_si256(_mm256_srli_epi16(v, 4), _mm256_set1_epi8(15)); }
// a - b, not below zero.
static inline v32 v_minus_floor(v32 a, v32 b) { return _mm256_subs_epu8(a, b); }
// table[index] for each byte's low nibble (its highest bit clear).
static inline v32 v_lookup(const uint8_t table[16], v32 index) {
  return _mm256_shuffle_epi8(_mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)(const void *)table)), index);
}
// The bytes `back` places before those of `now`, where `before` are the 32 in front of it.
#define v_shifted(now, before, back) _mm256_alignr_epi8(now, _mm256_permute2x128_si256(before, now, 0x21), 16 - (back))

// The words of simd_avx2.h with SSE2, which every x86-64 CPU has.
#pragma once
#include <stdint.h>
#include <emmintrin.h>

typedef struct {
  __m128i low, high;
} v32;

static inline v32 v_load(const uint8_t *p) {
  return (v32){ _mm_loadu_si128((const __m128i *)(const void *)p),
                _mm_loadu_si128((const __m128i *)(const void *)(p + 16)) };
}
static inline void v_store(uint8_t *p, v32 v) {
  _mm_storeu_si128((__m128i *)(void *)p, v.low);
  _mm_storeu_si128((__m128i *)(void *)(p + 16), v.high);
}
static inline v32 v_all(uint8_t b) {
  __m128i v = _mm_set1_epi8((char)b);
  return (v32){ v, v };
}
static inline v32 v_or(v32 a, v32 b) { return (v32){ _mm_or_si128(a.low, b.low), _mm_or_si128(a.high, b.high) }; }
static inline v32 v_equal(v32 a, v32 b) {
  return (v32){ _mm_cmpeq_epi8(a.low, b.low), _mm_cmpeq_epi8(a.high, b.high) };
}
static inline v32 v_at_most(v32 a, v32 b) {
  return (v32){ _mm_cmpeq_epi8(_mm_min_epu8(a.low, b.low), a.low),
                _mm_cmpeq_epi8(_mm_min_epu8(a.high, b.high), a.high) };
}
static inline v32 v_minus(v32 a, v32 b) { return (v32){ _mm_sub_epi8(a.low, b.low), _mm_sub_epi8(a.high, b.high) }; }
static inline uint32_t v_bits(v32 v) {
  return (uint32_t)_mm_movemask_epi8(v.low) | (uint32_t)_mm_movemask_epi8(v.high) << 16;
}

static inline unsigned bits_first(uint64_t bits) { return bits ? (unsigned)__builtin_ctzll(bits) : 64; }
static inline uint64_t bits_parity(uint64_t bits) {
  for (int step = 1; step < 64; step *= 2) bits ^= bits << step;
  return bits;
}

static inline v32 v_and(v32 a, v32 b) { return (v32){ _mm_and_si128(a.low, b.low), _mm_and_si128(a.high, b.high) }; }
static inline v32 v_xor(v32 a, v32 b) { return (v32){ _mm_xor_si128(a.low, b.low), _mm_xor_si128(a.high, b.high) }; }
static inline v32 v_of_bits(uint32_t bits) {
  const __m128i weight = _mm_set1_epi64x((long long)0x8040201008040201u);
  __m128i twice = _mm_cvtsi32_si128((int)bits);
  twice = _mm_unpacklo_epi8(twice, twice);
  const __m128i fourfold = _mm_unpacklo_epi16(twice, twice);
  return (v32){ _mm_cmpeq_epi8(_mm_and_si128(_mm_shuffle_epi32(fourfold, 0x50), weight), weight),
                _mm_cmpeq_epi8(_mm_and_si128(_mm_shuffle_epi32(fourfold, 0xFA), weight), weight) };
}

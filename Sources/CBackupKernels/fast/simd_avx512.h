// What AVX-512 does better than simd_avx2.h: bitmaps of 64 bytes in one instruction each, and the places of their bits by compression.
#pragma once
#include "../kernels.h"
#include "simd_avx2.h"

#define BK_BLOCK64 1
typedef __m512i v64;

static inline v64 v64_load(const uint8_t *p) { return _mm512_loadu_si512(p); }
static inline uint64_t v64_equal(v64 v, uint8_t byte) { return _mm512_cmpeq_epi8_mask(v, _mm512_set1_epi8((char)byte)); }
static inline uint64_t v64_unclean(v64 v) {
  return v64_equal(v, '"') | v64_equal(v, '\\') | _mm512_cmple_epu8_mask(v, _mm512_set1_epi8(0x1F));
}

// block64.h says what it does.
//
//   ends     0 0 1 0 0 1 …     places   2 5 …     starts   start 3 …     fields   start 2  3 5  …
static inline void put_clean_fields(bk_field *field, uint64_t ends, uint32_t at, uint32_t start) {
  const __m512i bytes = _mm512_set_epi64(0x3F3E3D3C3B3A3938, 0x3736353433323130, 0x2F2E2D2C2B2A2928, 0x2726252423222120,
                                         0x1F1E1D1C1B1A1918, 0x1716151413121110, 0x0F0E0D0C0B0A0908, 0x0706050403020100);
  const __m512i low = _mm512_set_epi32(23, 7, 22, 6, 21, 5, 20, 4, 19, 3, 18, 2, 17, 1, 16, 0);
  const __m512i high = _mm512_set_epi32(31, 15, 30, 14, 29, 13, 28, 12, 27, 11, 26, 10, 25, 9, 24, 8);
  const unsigned count = (unsigned)__builtin_popcountll(ends);
  __m512i places = _mm512_maskz_compress_epi8(ends, bytes), before = _mm512_set1_epi32((int)(start - 1 - at));
  for (unsigned i = 0; i < count; i += 16) {
    __m512i place = _mm512_cvtepu8_epi32(_mm512_castsi512_si128(places));
    __m512i starts = _mm512_add_epi32(_mm512_alignr_epi32(place, before, 15), _mm512_set1_epi32((int)at + 1));
    __m512i past = _mm512_add_epi32(place, _mm512_set1_epi32((int)(at | BK_CLEAN)));
    _mm512_storeu_si512(field + i, _mm512_permutex2var_epi32(starts, low, past));
    _mm512_storeu_si512(field + i + 8, _mm512_permutex2var_epi32(starts, high, past));
    places = _mm512_shuffle_i32x4(places, places, 0x39);  // the next sixteen
    before = place;
  }
}

// What AVX-512 does better than simd_avx2.h: bitmaps of 64 bytes in one instruction each, and the places of their bits
// by compression.
#pragma once
#include <stdint.h>
#include "../kernels.h"
#include "simd_avx2.h"

#define BK_BLOCK64 1
typedef __m512i v64;

static inline v64 v64_load(const uint8_t *p) { return _mm512_loadu_si512(p); }
static inline void v64_store(uint8_t *p, v64 v) { _mm512_storeu_si512(p, v); }
static inline uint64_t v64_equal(v64 v, uint8_t byte) {
  return _mm512_cmpeq_epi8_mask(v, _mm512_set1_epi8((char)byte));
}
static inline uint64_t v64_digits(v64 v) {
  return _mm512_cmple_epu8_mask(_mm512_sub_epi8(v, _mm512_set1_epi8('0')), _mm512_set1_epi8(9));
}
static inline uint64_t v64_from(v64 v, uint8_t low, uint8_t span) {
  return _mm512_cmple_epu8_mask(_mm512_sub_epi8(v, _mm512_set1_epi8((char)low)), _mm512_set1_epi8((char)span));
}
static inline uint64_t v64_unclean(v64 v) {
  return v64_equal(v, '"') | v64_equal(v, '\\') | _mm512_cmple_epu8_mask(v, _mm512_set1_epi8(0x1F));
}

// block64.h says what these do.
static inline uint64_t v64_controls(v64 v) { return _mm512_cmple_epu8_mask(v, _mm512_set1_epi8(0x1F)); }
static inline uint64_t v64_high(v64 v) { return _mm512_movepi8_mask(v); }
static inline uint64_t v64_json_operators(v64 v) {
  const __m512i lower = _mm512_or_si512(v, _mm512_set1_epi8(0x20));
  return v64_equal(v, ':') | v64_equal(v, ',') | v64_equal(lower, '{') | v64_equal(lower, '}');
}
static inline uint64_t v64_letters_of_both(v64 v, uint32_t escapes) {
  uint64_t letters = v64_equal(v, 'n') | v64_equal(v, 'r') | v64_equal(v, 't') | v64_equal(v, 'b');
  return escapes >= BK_ESCAPES_COPY ? letters | v64_equal(v, 'f') : letters;
}
static inline v64 v64_exchange(v64 v, uint64_t bits, uint8_t by) {
  return _mm512_xor_si512(v, _mm512_maskz_set1_epi8(bits, (char)by));
}
static inline uint64_t v64_short_controls(v64 v) {
  return _mm512_cmple_epu8_mask(_mm512_sub_epi8(v, _mm512_set1_epi8('\b')), _mm512_set1_epi8('\r' - '\b')) &
         ~v64_equal(v, '\v');
}
static inline v64 v64_control_letters(v64 v, uint64_t controls) {
  const __m128i letters = _mm_setr_epi8(0, 0, 0, 0, 0, 0, 0, 0, 'b', 't', 'n', 0, 'f', 'r', 0, 0);
  return _mm512_mask_shuffle_epi8(v, controls, _mm512_broadcast_i32x4(letters), v);
}

// What may be put in, a backslash here, before each byte, then what is wanted of both.
//
//   bytes    i  t  \  '  s  "      drop ..#...   slash .....#
//   pairs   \i \t \\ \' \s \"
//   wanted   #  #     #  # ##      it's\"
static inline uint8_t *put_edited_half(uint8_t *o, __m256i v, uint32_t keep, uint32_t insert, uint8_t what) {
  const __m512i pairs = _mm512_or_si512(_mm512_slli_epi16(_mm512_cvtepu8_epi16(v), 8), _mm512_set1_epi16(what));
  const uint64_t wanted = _pdep_u64(keep, 0xAAAAAAAAAAAAAAAAu) | _pdep_u64(insert, 0x5555555555555555u);
  _mm512_storeu_si512(o, _mm512_maskz_compress_epi8(wanted, pairs));
  return o + __builtin_popcountll(wanted);
}
static inline uint8_t *put_edited(uint8_t *o, v64 v, const uint8_t *from, uint64_t drop, uint64_t insert, uint8_t what,
                                  size_t count) {
  (void)from;
  const uint64_t keep = _bzhi_u64(~drop, (unsigned)count);
  insert = _bzhi_u64(insert, (unsigned)count);
  o = put_edited_half(o, _mm512_castsi512_si256(v), (uint32_t)keep, (uint32_t)insert, what);
  return put_edited_half(o, _mm512_extracti64x4_epi64(v, 1), (uint32_t)(keep >> 32), (uint32_t)(insert >> 32), what);
}

static inline uint8_t *put_kept(uint8_t *o, v64 v, const uint8_t *from, uint64_t drop, size_t count) {
  (void)from;
  _mm512_storeu_si512(o, _mm512_maskz_compress_epi8(~drop, v));
  return o + count - (size_t)__builtin_popcountll(drop);
}

static inline __m512i v64_places(void) {
  return _mm512_set_epi64(0x3F3E3D3C3B3A3938, 0x3736353433323130, 0x2F2E2D2C2B2A2928, 0x2726252423222120,
                          0x1F1E1D1C1B1A1918, 0x1716151413121110, 0x0F0E0D0C0B0A0908, 0x0706050403020100);
}
static inline uint32_t *put_places(uint32_t *places, uint64_t bits, uint32_t at) {
  const size_t count = (size_t)__builtin_popcountll(bits);
  __m512i bytes = _mm512_maskz_compress_epi8(bits, v64_places());
  for (size_t i = 0; i < count; i += 16) {
    const __m512i place = _mm512_cvtepu8_epi32(_mm512_castsi512_si128(bytes));
    _mm512_storeu_si512(places + i, _mm512_add_epi32(place, _mm512_set1_epi32((int)at)));
    bytes = _mm512_shuffle_i32x4(bytes, bytes, 0x39);  // the next sixteen
  }
  return places + count;
}

// As above.
//
//   ends     0 0 1 0 0 1 …     places   2 5 …     starts   start 3 …     fields   start 2  3 5  …
static inline void put_clean_fields(bk_field *field, uint64_t ends, uint32_t at, uint32_t start) {
  const __m512i low = _mm512_set_epi32(23, 7, 22, 6, 21, 5, 20, 4, 19, 3, 18, 2, 17, 1, 16, 0);
  const __m512i high = _mm512_set_epi32(31, 15, 30, 14, 29, 13, 28, 12, 27, 11, 26, 10, 25, 9, 24, 8);
  const unsigned count = (unsigned)__builtin_popcountll(ends);
  __m512i places = _mm512_maskz_compress_epi8(ends, v64_places()), before = _mm512_set1_epi32((int)(start - 1 - at));
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

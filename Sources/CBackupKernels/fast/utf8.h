// UTF-8 by three table lookups a byte (Keiser and Lemire, "Validating UTF-8 in less than one instruction per byte"):
// what the high and low half of one byte, and the high half of the next, say about the pair; an error is a bit that all
// three agree on. The plain implementation says where exactly the first bad byte is.
#pragma once
#include "../kernels.h"
#include "block64.h"

// Where the character that holds or precedes text[at] begins; all before it is valid.
static inline size_t character_start(const uint8_t *text, size_t at) {
  for (size_t back = 1; back <= 3 && back <= at; back++) {
    uint8_t b = text[at - back];
    if (b >= 0xC0) return at - back;
    if (b < 0x80) return at;
  }
  return at;
}

static size_t utf8_from(const uint8_t *text, size_t at, size_t length) {
  at = character_start(text, at);
  return at + bk_utf8_valid_prefix_plain(text + at, length - at);
}

#ifdef BK_LOOKUP
enum {
  TOO_SHORT = 1,
  TOO_LONG = 2,
  OVERLONG_3 = 4,
  TOO_LARGE = 8,
  SURROGATE = 16,
  OVERLONG_2 = 32,
  TOO_LARGE_1000 = 64,
  OVERLONG_4 = 64,
  TWO_CONTINUATIONS = 128,
  CARRY = TOO_SHORT | TOO_LONG | TWO_CONTINUATIONS,
};
static const uint8_t first_high[16] = {
  TOO_LONG,
  TOO_LONG,
  TOO_LONG,
  TOO_LONG,
  TOO_LONG,
  TOO_LONG,
  TOO_LONG,
  TOO_LONG,
  TWO_CONTINUATIONS,
  TWO_CONTINUATIONS,
  TWO_CONTINUATIONS,
  TWO_CONTINUATIONS,
  TOO_SHORT | OVERLONG_2,
  TOO_SHORT,
  TOO_SHORT | OVERLONG_3 | SURROGATE,
  TOO_SHORT | TOO_LARGE | TOO_LARGE_1000 | OVERLONG_4,
};
static const uint8_t first_low[16] = {
  CARRY | OVERLONG_3 | OVERLONG_2 | OVERLONG_4,
  CARRY | OVERLONG_2,
  CARRY,
  CARRY,
  CARRY | TOO_LARGE,
  CARRY | TOO_LARGE | TOO_LARGE_1000,
  CARRY | TOO_LARGE | TOO_LARGE_1000,
  CARRY | TOO_LARGE | TOO_LARGE_1000,
  CARRY | TOO_LARGE | TOO_LARGE_1000,
  CARRY | TOO_LARGE | TOO_LARGE_1000,
  CARRY | TOO_LARGE | TOO_LARGE_1000,
  CARRY | TOO_LARGE | TOO_LARGE_1000,
  CARRY | TOO_LARGE | TOO_LARGE_1000,
  CARRY | TOO_LARGE | TOO_LARGE_1000 | SURROGATE,
  CARRY | TOO_LARGE | TOO_LARGE_1000,
  CARRY | TOO_LARGE | TOO_LARGE_1000,
};
static const uint8_t second_high[16] = {
  TOO_SHORT,
  TOO_SHORT,
  TOO_SHORT,
  TOO_SHORT,
  TOO_SHORT,
  TOO_SHORT,
  TOO_SHORT,
  TOO_SHORT,
  TOO_LONG | OVERLONG_2 | TWO_CONTINUATIONS | OVERLONG_3 | TOO_LARGE_1000 | OVERLONG_4,
  TOO_LONG | OVERLONG_2 | TWO_CONTINUATIONS | OVERLONG_3 | TOO_LARGE,
  TOO_LONG | OVERLONG_2 | TWO_CONTINUATIONS | SURROGATE | TOO_LARGE,
  TOO_LONG | OVERLONG_2 | TWO_CONTINUATIONS | SURROGATE | TOO_LARGE,
  TOO_SHORT,
  TOO_SHORT,
  TOO_SHORT,
  TOO_SHORT,
};

// Whether the bytes, after those before them, are wrong anywhere. The third byte of three, or the third and fourth of
// four, must be continuations, and no others may be second ones.
#ifdef BK_BLOCK64
static inline __m512i utf8_lookup(const uint8_t table[16], __m512i index) {
  return _mm512_shuffle_epi8(_mm512_broadcast_i32x4(_mm_loadu_si128((const __m128i *)(const void *)table)), index);
}
static inline int is_wrong_utf8(v64 now, v64 before) {
  const __m512i nibble = _mm512_set1_epi8(15), carried = _mm512_alignr_epi64(now, before, 6);  // sixteen bytes late
  const __m512i one = _mm512_alignr_epi8(now, carried, 15), two = _mm512_alignr_epi8(now, carried, 14),
                three = _mm512_alignr_epi8(now, carried, 13);
  const __m512i first = _mm512_and_si512(utf8_lookup(first_high, _mm512_and_si512(_mm512_srli_epi16(one, 4), nibble)),
                                         utf8_lookup(first_low, _mm512_and_si512(one, nibble)));
  const __m512i special =
      _mm512_and_si512(first, utf8_lookup(second_high, _mm512_and_si512(_mm512_srli_epi16(now, 4), nibble)));
  const __m512i late = _mm512_or_si512(_mm512_subs_epu8(two, _mm512_set1_epi8(0xE0 - 0x80)),
                                       _mm512_subs_epu8(three, _mm512_set1_epi8(0xF0 - 0x80)));
  const __m512i must = _mm512_and_si512(late, _mm512_set1_epi8((char)0x80));
  return _mm512_cmpneq_epi64_mask(must, special) != 0;
}
static inline int is_ascii(v64 v) { return _mm512_movepi8_mask(v) == 0; }
#else
static inline v32 utf8_error(v32 now, v32 before) {
  v32 one = v_shifted(now, before, 1), two = v_shifted(now, before, 2), three = v_shifted(now, before, 3);
  v32 special = v_and(v_and(v_lookup(first_high, v_high_nibble(one)), v_lookup(first_low, v_and(one, v_all(15)))),
                      v_lookup(second_high, v_high_nibble(now)));
  v32 must = v_and(v_or(v_minus_floor(two, v_all(0xE0 - 0x80)), v_minus_floor(three, v_all(0xF0 - 0x80))), v_all(0x80));
  return v_xor(must, special);
}
static inline int is_wrong_utf8(v64 now, v64 before) {
  v32 error = v_or(utf8_error(now.low, before.high), utf8_error(now.high, now.low));
  return v_bits(v_equal(error, v_all(0))) != 0xFFFFFFFFu;
}
static inline int is_ascii(v64 v) { return v_bits(v_or(v.low, v.high)) == 0; }
#endif
#endif

static size_t utf8_valid_prefix_fast(const uint8_t *text, size_t length) {
  size_t at = 0;
#ifdef BK_LOOKUP
  static const uint8_t nothing[64];
  v64 before = v64_load(nothing);
  int is_ascii_before = 1;
  for (; at + 64 <= length; at += 64) {
    const v64 now = v64_load(text + at);
    const int is_ascii_now = is_ascii(now);
    if (is_ascii_now & is_ascii_before) continue;  // `before` keeps its ASCII
    if (is_wrong_utf8(now, before)) return utf8_from(text, at, length);
    before = now;
    is_ascii_before = is_ascii_now;
  }
#else
  for (; at + 32 <= length; at += 32) {
    if (v_bits(v_load(text + at)) == 0) continue;
    // A piece of 256 bytes by the plain implementation, to the end of a character.
    size_t from = character_start(text, at), piece = length - from < 256 ? length - from : 256;
    size_t valid = bk_utf8_valid_prefix_plain(text + from, piece);
    if (valid + 4 <= piece || piece == length - from)
      return from + bk_utf8_valid_prefix_plain(text + from, length - from);
    if (valid < piece) {
      // Cut inside a character, or bad in the last bytes.
      size_t rest = length - from - valid < 4 ? length - from - valid : 4;
      if (bk_utf8_valid_prefix_plain(text + from + valid, rest) == 0) return from + valid;
    }
    at = from + valid - 32;
  }
#endif
  return utf8_from(text, at, length);
}

// Bytes to hexadecimal and base64 text and back, 16 to 32 letters at a time. The vectors are the compiler's own: one
// text serves every CPU.
//
//   bytes     68 69 21                  three bytes
//   sextets   011010 000110 100100 100001
//   letters   a      G      k      h    base64
#pragma once
#include "../kernels.h"
#include "block64.h"

// Vectors wider than the CPU's are passed to functions that are all inlined: no ABI has a part in it.
#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wpsabi"

typedef uint8_t bytes32 __attribute__((vector_size(32)));
typedef uint8_t bytes16 __attribute__((vector_size(16)));
typedef uint16_t pairs16 __attribute__((vector_size(32)));
typedef uint32_t quads8 __attribute__((vector_size(32)));

static const uint8_t byte_places[32] = { 0,  1,  2,  3,  4,  5,  6,  7,  8,  9,  10, 11, 12, 13, 14, 15,
                                         16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31 };

static inline bytes32 bytes32_load(const uint8_t *p) {
  bytes32 v;
  memcpy(&v, p, sizeof v);
  return v;
}

// All ones in the first `count` bytes.
static inline bytes32 bytes32_before(size_t count) {
  return (bytes32)(bytes32_load(byte_places) < (uint8_t)(count < 32 ? count : 32));
}

static inline int bytes32_any(bytes32 v) {
  v32 words;
  memcpy(&words, &v, sizeof v);
  return v_bits(v_equal(words, v_all(0))) != 0xFFFFFFFFu;
}

// The bytes that hex digits mean, or SIZE_MAX. `out` may be the digits' own place.
static size_t decode_hex_fast(const uint8_t *digits, size_t length, uint8_t *out) {
  if (length & 1) return SIZE_MAX;
  bytes32 bad = { 0 };
  for (size_t i = 0; i < length; i += 32) {
    const bytes32 v = bytes32_load(digits + i), digit = v - '0', letter = (v | 0x20) - 'a';
    const bytes32 is_digit = (bytes32)(digit <= 9), is_letter = (bytes32)(letter <= 5);
    const pairs16 values = (pairs16)((is_digit & digit) | (is_letter & (letter + 10)));
    const bytes16 bytes = __builtin_convertvector((values << 4 | values >> 8) & 0xFF, bytes16);
    bad |= ~(is_digit | is_letter) & bytes32_before(length - i);
    memcpy(out + i / 2, &bytes, sizeof bytes);
  }
  return bytes32_any(bad) ? SIZE_MAX : length / 2;
}

static uint8_t *put_hex_fast(const uint8_t *p, size_t length, uint8_t *o) {
  for (size_t i = 0; i < length; i += 16) {
    bytes16 v;
    memcpy(&v, p + i, sizeof v);
    bytes32 digits = __builtin_shufflevector(v >> 4, v & 15, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23, 8,
                                             24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
    digits += '0' + ((bytes32)(digits > 9) & ('a' - '0' - 10));
    memcpy(o + 2 * i, &digits, sizeof digits);
  }
  return o + 2 * length;
}

// The letters of 24 bytes.
static inline bytes32 base64_letters_of(bytes32 v) {
  // Of three bytes b0 b1 b2 the lane b1 b0 b2 b1: every sextet is then a shift away from its place.
  const quads8 x = (quads8)__builtin_shufflevector(v, v, 1, 0, 2, 1, 4, 3, 5, 4, 7, 6, 8, 7, 10, 9, 11, 10, 13, 12, 14,
                                                   13, 16, 15, 17, 16, 19, 18, 20, 19, 22, 21, 23, 22);
  const bytes32 sextets = (bytes32)((x >> 10 & 0x3F) | (x << 4 & 0x3F00) | (x >> 6 & 0x3F0000) | (x << 8 & 0x3F000000));
  return sextets + 'A' + ((bytes32)(sextets > 25) & 6) - ((bytes32)(sextets > 51) & 75) -
         ((bytes32)(sextets > 61) & 15) + ((bytes32)(sextets > 62) & 3);
}

static uint8_t *put_base64_fast(const uint8_t *p, size_t length, uint8_t *o) {
  size_t i = 0;
  for (; i + 24 <= length; i += 24, o += 32) {
    const bytes32 letters = base64_letters_of(bytes32_load(p + i));
    memcpy(o, &letters, sizeof letters);
  }
  const size_t rest = length - i;
  if (!rest) return o;
  const bytes32 letters = base64_letters_of(bytes32_load(p + i) & bytes32_before(rest));
  memcpy(o, &letters, sizeof letters);
  o += (rest + 2) / 3 * 4;
  if (rest % 3) o[-1] = '=';
  if (rest % 3 == 1) o[-2] = '=';
  return o;
}

// Up to 32 letters to 24 bytes; returns how many letters of whole groups of four they are.
static inline size_t decode_base64_block(const uint8_t *p, size_t count, uint8_t *o) {
  const bytes32 v = bytes32_load(p), upper = v - 'A', lower = v - 'a', digit = v - '0';
  const bytes32 is_upper = (bytes32)(upper <= 25), is_lower = (bytes32)(lower <= 25), is_digit = (bytes32)(digit <= 9),
                is_plus = (bytes32)(v == '+'), is_slash = (bytes32)(v == '/');
  const bytes32 sextets =
      (is_upper & upper) | (is_lower & (lower + 26)) | (is_digit & (digit + 52)) | (is_plus & 62) | (is_slash & 63);
  const bytes32 good = (is_upper | is_lower | is_digit | is_plus | is_slash) & bytes32_before(count);
  const quads8 x = (quads8)sextets;
  const bytes32 w = (bytes32)((x & 0x3F) << 18 | (x & 0x3F00) << 4 | (x >> 10 & 0xFC0) | x >> 24);
  const bytes32 bytes = __builtin_shufflevector(w, w, 2, 1, 0, 6, 5, 4, 10, 9, 8, 14, 13, 12, 18, 17, 16, 22, 21, 20,
                                                26, 25, 24, 30, 29, 28, 3, 3, 3, 3, 3, 3, 3, 3);
  memcpy(o, &bytes, sizeof bytes);
  v32 words;
  memcpy(&words, &good, sizeof words);
  const uint32_t wrong = ~v_bits(words);
  return wrong ? bits_first(wrong) & ~3u : 32;
}

static size_t decode_base64_fast(const uint8_t *text, size_t length, uint8_t *out) {
  bk_base64 state = { 0 };
  size_t i = 0;
  uint8_t *o = out;
  while (i < length) {
    if (state.digits % 4 == 0 && !state.padding) {
      const size_t letters = decode_base64_block(text + i, length - i, o);
      i += letters;
      o += letters / 4 * 3;
      if (letters == 32 || i == length) continue;
    }
    if (!bk_take_base64(&state, text[i++], &o)) return SIZE_MAX;
  }
  return state.digits % 4 ? SIZE_MAX : (size_t)(o - out);
}
#pragma clang diagnostic pop

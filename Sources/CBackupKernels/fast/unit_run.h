// Runs of JSON's escapes \uXXXX to UTF-8, four at a time where all of them are characters of two bytes, or of three.
//
//   text    \u4e2d\u6587\u0041\ud83d\ude00
//   digits    4e2d  6587  0041  d83d  de00
//   out     中    文    A     😀
#pragma once
#include "../kernels.h"
#include "block64.h"

#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wpsabi"

typedef uint8_t unit_bytes __attribute__((vector_size(16)));
typedef uint16_t unit_pairs __attribute__((vector_size(16)));
typedef uint32_t unit_quads __attribute__((vector_size(16)));

static inline int unit_all(unit_quads v) {
  uint64_t halves[2];
  memcpy(halves, &v, 16);
  return (halves[0] & halves[1]) == ~0ull;
}

// The four escapes at p, if there are so many and each is one character alone, of as many bytes as the others; returns
// past them, else `o` itself.
static inline uint8_t *put_four_units(const uint8_t *p, uint8_t *o) {
  unit_bytes a, b;
  memcpy(&a, p, 16);
  memcpy(&b, p + 8, 16);
  const unit_bytes heads = __builtin_shufflevector(a, b, 0, 1, 6, 7, 12, 13, 26, 27, 0, 1, 6, 7, 12, 13, 26, 27);
  const unit_bytes digits = __builtin_shufflevector(a, b, 2, 3, 4, 5, 8, 9, 10, 11, 22, 23, 24, 25, 28, 29, 30, 31);
  const unit_bytes number = digits - '0', letter = (digits | 0x20) - 'a';
  const unit_bytes is_number = (unit_bytes)(number <= 9), is_letter = (unit_bytes)(letter <= 5);
  const unit_bytes is_head = (unit_bytes)((unit_pairs)heads == ('\\' | 'u' << 8));
  if (!unit_all((unit_quads)(is_head & (is_number | is_letter)))) return o;
  const unit_pairs nibbles = (unit_pairs)((is_number & number) | (is_letter & (letter + 10)));
  const unit_quads bytes = (unit_quads)((nibbles << 4 | nibbles >> 8) & 0xFF);
  const unit_quads c = (bytes & 0xFF) << 8 | bytes >> 16, last = 0x80 | (c & 0x3F);
  if (unit_all((unit_quads)(c >= 0x800) & (unit_quads)((c & 0xF800) != 0xD800))) {
    const unit_bytes made = (unit_bytes)(0xE0 | c >> 12 | (0x80 | (c >> 6 & 0x3F)) << 8 | last << 16);
    const unit_bytes joined = __builtin_shufflevector(made, made, 0, 1, 2, 4, 5, 6, 8, 9, 10, 12, 13, 14, 3, 3, 3, 3);
    memcpy(o, &joined, 16);
    return o + 12;
  }
  if (unit_all((unit_quads)(c >= 0x80) & (unit_quads)(c < 0x800))) {
    const unit_bytes made = (unit_bytes)(0xC0 | c >> 6 | last << 8);
    const unit_bytes joined = __builtin_shufflevector(made, made, 0, 1, 4, 5, 8, 9, 12, 13, 2, 2, 2, 2, 2, 2, 2, 2);
    memcpy(o, &joined, 16);
    return o + 8;
  }
  return o;
}

// What a hexadecimal digit means; 0xFF: nothing.
static const uint8_t unit_digits[256] = {
#define NOT16     255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255
#define LETTERS16 255, 10, 11, 12, 13, 14, 15, 255, 255, 255, 255, 255, 255, 255, 255, 255
  NOT16, NOT16, NOT16, 0,         1,     2,         3,     4,     5,     6,     7,     8,     9,     255,   255,  255,
  255,   255,   255,   LETTERS16, NOT16, LETTERS16, NOT16, NOT16, NOT16, NOT16, NOT16, NOT16, NOT16, NOT16, NOT16
#undef NOT16
#undef LETTERS16
};

// The code unit of the escape at p; more than 0xFFFF where it is none.
static inline uint32_t unit_of(const uint8_t *p) {
  const uint32_t a = unit_digits[p[2]], b = unit_digits[p[3]], c = unit_digits[p[4]], d = unit_digits[p[5]];
  const uint32_t is_none = (p[0] != '\\') | (p[1] != 'u') | (a | b | c | d) >> 7;
  return a << 12 | b << 8 | c << 4 | d | is_none << 20;
}

// The character of the escape at *p, or of the two, as UTF-8 in the low bytes, its length in *count; moves *p past it.
// Where there is none, or it does not end before `past`, *count is 0.
static inline uint32_t take_unit(const uint8_t **p, const uint8_t *past, size_t *count) {
  const uint8_t *const t = *p;
  *count = 0;
  if (past - t < 6) return 0;
  uint32_t c = unit_of(t);
  if (c >= 0x800 && c <= 0xFFFF && (c & 0xF800) != 0xD800) {
    *p = t + 6;
    *count = 3;
    return 0xE0 | c >> 12 | (0x80 | (c >> 6 & 0x3F)) << 8 | (0x80 | (c & 0x3F)) << 16;
  }
  if (c < 0x800) {
    *p = t + 6;
    *count = 1 + (c >= 0x80);
    return c < 0x80 ? c : 0xC0 | c >> 6 | (0x80 | (c & 0x3F)) << 8;
  }
  if (c < 0xD800 || c > 0xDBFF || past - t < 12) return 0;
  const uint32_t low = unit_of(t + 6);
  if (low < 0xDC00 || low > 0xDFFF) return 0;
  *p = t + 12;
  *count = 4;
  c = 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
  return 0xF0 | c >> 18 | (0x80 | (c >> 12 & 0x3F)) << 8 | (0x80 | (c >> 6 & 0x3F)) << 16 | (0x80 | (c & 0x3F)) << 24;
}
#pragma clang diagnostic pop

#include "kernels.h"

static inline size_t sequence_length(const uint8_t *p, size_t left) {
  uint8_t b = p[0];
  if (b < 0xC2) return 0;
  if (b < 0xE0) return left >= 2 && (p[1] & 0xC0) == 0x80 ? 2 : 0;
  if (b < 0xF0) {
    if (left < 3 || (p[1] & 0xC0) != 0x80 || (p[2] & 0xC0) != 0x80) return 0;
    if (b == 0xE0 && p[1] < 0xA0) return 0;   // overlong
    if (b == 0xED && p[1] >= 0xA0) return 0;  // surrogate
    return 3;
  }
  if (b > 0xF4 || left < 4 || (p[1] & 0xC0) != 0x80 || (p[2] & 0xC0) != 0x80 || (p[3] & 0xC0) != 0x80) return 0;
  if (b == 0xF0 && p[1] < 0x90) return 0;   // overlong
  if (b == 0xF4 && p[1] >= 0x90) return 0;  // past U+10FFFF
  return 4;
}

size_t bk_utf8_valid_prefix_plain(const uint8_t *text, size_t length) {
  size_t at = 0;
  while (at < length) {
    if (at + 8 <= length) {
      uint64_t word;
      memcpy(&word, text + at, 8);
      if (!(word & 0x8080808080808080u)) {
        at += 8;
        continue;
      }
    }
    if (text[at] < 0x80) {
      at++;
      continue;
    }
    size_t n = sequence_length(text + at, length - at);
    if (!n) return at;
    at += n;
  }
  return length;
}

size_t bk_utf8_bad_length(const uint8_t *text, size_t length) {
  // The maximal subpart (Unicode 3.9, U+FFFD substitution): the longest prefix of a valid sequence, at least one byte.
  uint8_t b = text[0];
  size_t want = b >= 0xC2 && b <= 0xDF ? 2 : b >= 0xE0 && b <= 0xEF ? 3 : b >= 0xF0 && b <= 0xF4 ? 4 : 1;
  size_t n = 1;
  while (n < want && n < length) {
    uint8_t low = 0x80, high = 0xBF;
    if (n == 1) {
      if (b == 0xE0) low = 0xA0;
      if (b == 0xED) high = 0x9F;
      if (b == 0xF0) low = 0x90;
      if (b == 0xF4) high = 0x8F;
    }
    if (text[n] < low || text[n] > high) break;
    n++;
  }
  return n;
}

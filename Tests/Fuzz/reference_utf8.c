// UTF-8 by the table of the WHATWG Encoding Standard: after each lead byte, the range in which the next byte must lie.
#include "reference.h"

size_t ref_utf8_character(const uint8_t *text, size_t left, size_t *bad) {
  uint8_t lead = text[0], low = 0x80, high = 0xBF;
  size_t more;
  *bad = 1;
  if (lead <= 0x7F) return 1;
  else if (lead >= 0xC2 && lead <= 0xDF) more = 1;
  else if (lead >= 0xE0 && lead <= 0xEF) {
    more = 2;
    if (lead == 0xE0) low = 0xA0;
    if (lead == 0xED) high = 0x9F;
  } else if (lead >= 0xF0 && lead <= 0xF4) {
    more = 3;
    if (lead == 0xF0) low = 0x90;
    if (lead == 0xF4) high = 0x8F;
  } else return 0;
  for (size_t i = 1; i <= more; i++, low = 0x80, high = 0xBF) {
    if (i >= left || text[i] < low || text[i] > high) {
      *bad = i;
      return 0;
    }
  }
  return more + 1;
}

size_t ref_utf8_valid_prefix(const uint8_t *text, size_t length) {
  size_t at = 0, bad;
  while (at < length) {
    size_t n = ref_utf8_character(text + at, length - at, &bad);
    if (!n) return at;
    at += n;
  }
  return length;
}

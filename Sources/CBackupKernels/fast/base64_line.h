// Base64 text in lines as one line, 64 bytes at a time: its bytes need not be known where they are written as base64.
//
//   text   aGVsbG8g\nd29y…      a line end of TO_BASE64, escaped
//   drop   ........##....
#pragma once
#include "../kernels.h"
#include "block64.h"

static size_t join_base64_fast(const uint8_t *text, size_t length, int is_escaped, uint8_t *out) {
  uint64_t escaped = 0;  // 1: the next byte is
  uint8_t *o = out;
  for (size_t at = 0; at < length; at += 64) {
    const size_t count = length - at < 64 ? length - at : 64;
    const uint64_t here = bits_below(count);
    const v64 v = v64_load(text + at);
    uint64_t drop = v64_equal(v, '\n') | v64_equal(v, '\r');
    if (is_escaped) {
      const uint64_t slashes = v64_equal(v, '\\') & here, after = (slashes << 1 | escaped) & here;
      if (after & ~(v64_equal(v, 'n') | v64_equal(v, 'r'))) return SIZE_MAX;
      escaped = slashes >> 63;
      drop |= slashes | after;
      if (slashes >> (count - 1) && count < 64) return SIZE_MAX;
    }
    drop &= here;
    const uint64_t letters =
        v64_from(v, 'A', 25) | v64_from(v, 'a', 25) | v64_digits(v) | v64_equal(v, '+') | v64_equal(v, '/');
    const uint64_t others = here & ~(drop | letters);
    if (others) {  // the padding, with which it ends
      const size_t place = bits_first(others);
      o = put_kept(o, v, text + at, drop & bits_below(place), place);
      return bk_join_base64_rest(text, at + place, length, is_escaped, out, (size_t)(o - out));
    }
    o = put_kept(o, v, text + at, drop, count);
  }
  const size_t written = (size_t)(o - out);
  return escaped || written % 4 ? SIZE_MAX : written;
}

// Bytes as base64 or hex, and hex digits back to bytes.
//
//   \x6869   'hi'   0x6869        bytea, raw bytes, and hex digits of the same
//   "aGk="                        base64, six bytes to eight letters a turn; or "6869"
#pragma once
#include "../../kernels.h"
#include "../block64.h"

static const uint8_t base64_letters[65] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

static uint8_t *put_base64_fast(const uint8_t *p, size_t length, uint8_t *o) {
  size_t i = 0;
  for (; i + 8 <= length; i += 6, o += 8) {  // six bytes are eight letters
    uint64_t v;
    memcpy(&v, p + i, 8);
    v = __builtin_bswap64(v);
    for (int k = 0; k < 8; k++) o[k] = base64_letters[v >> (58 - 6 * k) & 63];
  }
  for (; i + 3 <= length; i += 3, o += 4) {
    uint32_t v = (uint32_t)p[i] << 16 | (uint32_t)p[i + 1] << 8 | p[i + 2];
    for (int k = 0; k < 4; k++) o[k] = base64_letters[v >> (18 - 6 * k) & 63];
  }
  if (i < length) {
    uint32_t v = (uint32_t)p[i] << 16 | (i + 1 < length ? (uint32_t)p[i + 1] << 8 : 0);
    o[0] = base64_letters[v >> 18];
    o[1] = base64_letters[v >> 12 & 63];
    o[2] = i + 1 < length ? base64_letters[v >> 6 & 63] : '=';
    o[3] = '=';
    o += 4;
  }
  return o;
}

static uint8_t *put_quoted_bytes(const uint8_t *p, size_t length, const bk_plan *plan, uint8_t *o) {
  *o++ = '"';
  if (plan->hex_output) {
    for (size_t i = 0; i < length; i++, o += 2) {
      o[0] = (uint8_t)"0123456789abcdef"[p[i] >> 4];
      o[1] = (uint8_t)"0123456789abcdef"[p[i] & 15];
    }
  } else {
    o = put_base64_fast(p, length, o);
  }
  *o++ = '"';
  return o;
}

// Each byte's value as a hex digit, plus one; 0 where it is none.
static const uint8_t hex_values[256] = {
  ['0'] = 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, ['a'] = 11, 12, 13, 14, 15, 16, ['A'] = 11, 12, 13, 14, 15, 16,
};

// The bytes that hex digits mean, or SIZE_MAX. `out` may be the digits' own place.
static size_t decode_hex_fast(const uint8_t *digits, size_t length, uint8_t *out) {
  if (length & 1) return SIZE_MAX;
  uint32_t bad = 0;
  for (size_t i = 0; i < length; i += 2) {
    uint32_t high = hex_values[digits[i]], low = hex_values[digits[i + 1]];
    bad |= (high - 1) | (low - 1);
    out[i / 2] = (uint8_t)((high - 1) << 4 | (low - 1));
  }
  return bad >> 8 ? SIZE_MAX : length / 2;
}

// Bytes of a value as base64 or hex, where `rule` says so; else 0.
static uint8_t *put_binary(const bk_value *value, uint32_t rule, const bk_plan *plan, uint8_t *scratch, uint8_t *o,
                           enum bk_fault *fault) {
  const uint8_t *t = value->text;
  size_t n = value->length;
  int is_hex = 0;
  if (rule == BK_RULE_HEX_BYTES && value->is_raw) {
    is_hex = 1;
    if (n >= 2 && ((t[0] == '0' && (t[1] | 0x20) == 'x') || (t[0] == '\\' && t[1] == 'x'))) {
      t += 2;
      n -= 2;
    }
  } else if (rule == BK_RULE_BYTEA) {
    if (n < 2 || t[0] != '\\' || t[1] != 'x') return 0;
    is_hex = 1;
    t += 2;
    n -= 2;
  } else if (rule == BK_RULE_LITERAL ? value->kind != BK_HEX && value->kind != BK_BINARY
                                     : rule != BK_RULE_BYTES && rule != BK_RULE_HEX_BYTES) {
    return 0;
  }
  if (is_hex) {
    n = decode_hex_fast(t, n, scratch);
    if (n == SIZE_MAX) {
      *fault = BK_FAULT_HEX;
      return 0;
    }
    t = scratch;
  }
  return put_quoted_bytes(t, n, plan, o);
}

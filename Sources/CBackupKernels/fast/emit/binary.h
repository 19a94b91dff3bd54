// Values of bytes as base64 or hex.
//
//   \x6869   'hi'   0x6869        bytea, raw bytes, and hex digits of the same
//   "aGk="                        base64; or "6869"
#pragma once
#include "../../kernels.h"
#include "../bytes.h"

static uint8_t *put_quoted_bytes(const uint8_t *p, size_t length, const bk_plan *plan, uint8_t *o) {
  *o++ = '"';
  o = plan->hex_output ? put_hex_fast(p, length, o) : put_base64_fast(p, length, o);
  *o++ = '"';
  return o;
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

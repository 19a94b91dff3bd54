// Base64 text, as MySQL's TO_BASE64 writes it (RFC 4648, lines of 76 characters), to bytes.
#include "kernels.h"

static int sextet(uint8_t b) {
  if (b >= 'A' && b <= 'Z') return b - 'A';
  if (b >= 'a' && b <= 'z') return b - 'a' + 26;
  if (b >= '0' && b <= '9') return b - '0' + 52;
  return b == '+' ? 62 : b == '/' ? 63 : -1;
}

int bk_take_base64(bk_base64 *state, uint8_t byte, uint8_t **out) {
  if (byte == '\n' || byte == '\r') return 1;
  uint32_t value = 0;
  if (byte == '=') {
    if (++state->padding > 2) return 0;
  } else {
    const int known = sextet(byte);
    if (known < 0 || state->padding) return 0;
    value = (uint32_t)known;
  }
  state->group = state->group << 6 | value;
  if (++state->digits % 4) return 1;
  for (uint32_t k = 0; k < 3 - state->padding; k++) *(*out)++ = (uint8_t)(state->group >> (16 - 8 * k));
  state->group = 0;
  return 1;
}

size_t bk_decode_base64_plain(const uint8_t *text, size_t length, uint8_t *out) {
  bk_base64 state = { 0 };
  uint8_t *o = out;
  for (size_t i = 0; i < length; i++)
    if (!bk_take_base64(&state, text[i], &o)) return SIZE_MAX;
  return state.digits % 4 ? SIZE_MAX : (size_t)(o - out);
}

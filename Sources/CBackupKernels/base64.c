// Base64 text, as MySQL's TO_BASE64 writes it (RFC 4648, lines of 76 characters), to bytes, or on one line.
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

size_t bk_join_base64_rest(const uint8_t *text, size_t at, size_t length, int is_escaped, uint8_t *out, size_t count) {
  size_t padding = 0;
  for (size_t i = at; i < length; i++) {
    uint8_t b = text[i];
    if (is_escaped && b == '\\') {
      if (++i == length || (text[i] != 'n' && text[i] != 'r')) return SIZE_MAX;
      continue;
    }
    if (b == '\n' || b == '\r') continue;
    if (b == '=' ? ++padding > 2 : padding || sextet(b) < 0) return SIZE_MAX;
    out[count++] = b;
  }
  if (count % 4) return SIZE_MAX;
  // The bits that no byte needs are 0 where this is what the bytes are written as.
  const int unused = padding == 2 ? 15 : padding ? 3 : 0;
  return unused && sextet(out[count - padding - 1]) & unused ? SIZE_MAX : count;
}

size_t bk_join_base64_plain(const uint8_t *text, size_t length, int is_escaped, uint8_t *out) {
  return bk_join_base64_rest(text, 0, length, is_escaped, out, 0);
}

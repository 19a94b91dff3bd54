// The index of a JSON text, a byte at a time: what the faster ones (fast/json_index.h) must equal.
#include "json.h"

static int hex_value(uint8_t b) {
  if (b >= '0' && b <= '9') return b - '0';
  b |= 0x20;
  return b >= 'a' && b <= 'f' ? b - 'a' + 10 : -1;
}

static int read_unit(const uint8_t *digits) {
  int unit = 0;
  for (int i = 0; i < 4; i++) {
    const int value = hex_value(digits[i]);
    if (value < 0) return -1;
    unit = unit << 4 | value;
  }
  return unit;
}

int bk_json_unit(const uint8_t *text, size_t at, size_t length, bk_json_scan *scan) {
  const int unit = at + 5 <= length ? read_unit(text + at + 1) : -1;
  if (unit < 0) return 0;
  const int is_second = unit >= 0xDC00 && unit <= 0xDFFF, must_be = at == scan->pair_at;
  if (is_second != must_be) return 0;
  if (unit < 0xD800 || unit > 0xDBFF) return 1;
  scan->pair_at = at + 6;
  return at + 7 <= length && text[at + 5] == '\\' && text[at + 6] == 'u';
}

size_t bk_json_index_plain(const uint8_t *text, size_t from, size_t past, size_t length, uint32_t *tokens,
                           bk_json_scan *scan, uint8_t **out) {
  size_t count = 0;
  uint8_t *o = *out;
  for (size_t i = from; i < past; i++) {
    const uint8_t b = text[i];
    const int is_escaped = (int)scan->escape, is_quote = b == '"' && !is_escaped, was_inside = scan->inside != 0;
    scan->escape = b == '\\' && !is_escaped;
    scan->slashes |= scan->escape;
    scan->beyond |= b & 0x80;
    if (is_escaped && (!memchr("\"\\/bfnrtu", b, 9) || (b == 'u' && !bk_json_unit(text, i, length, scan))))
      scan->wrong = 1;
    if (is_quote) scan->inside = ~scan->inside;
    if (was_inside || is_quote) {
      if (b < 0x20) scan->wrong = 1;
      if (is_quote) tokens[count++] = (uint32_t)i;
      scan->scalar = 0;
      *o++ = b;
      continue;
    }
    const int is_layout = bk_json_is_layout(b), is_operator = bk_json_is_operator(b);
    if (is_operator || (!is_layout && !scan->scalar)) tokens[count++] = (uint32_t)i;
    scan->scalar = !is_layout && !is_operator;
    if (!is_layout) *o++ = b;
  }
  *out = o;
  return count;
}

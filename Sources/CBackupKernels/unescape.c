// Undoes what the export did to a value: doubled quotes, escapes, hex and binary digits.
#include "kernels.h"

static inline int hex_digit(uint8_t b) {
  if (b >= '0' && b <= '9') return b - '0';
  b |= 0x20;
  return b >= 'a' && b <= 'f' ? b - 'a' + 10 : -1;
}

size_t bk_decode_hex(const uint8_t *digits, size_t length, uint8_t *out) {
  if (length % 2) return SIZE_MAX;
  for (size_t i = 0; i < length; i += 2) {
    int high = hex_digit(digits[i]), low = hex_digit(digits[i + 1]);
    if (high < 0 || low < 0) return SIZE_MAX;
    out[i / 2] = (uint8_t)(high << 4 | low);
  }
  return length / 2;
}

static inline int octal(uint8_t b) { return b >= '0' && b <= '7'; }

// One code point as UTF-8.
static size_t put_code_point(uint32_t c, uint8_t *out) {
  if (c < 0x80) { out[0] = (uint8_t)c; return 1; }
  if (c < 0x800) { out[0] = 0xC0 | c >> 6; out[1] = 0x80 | (c & 63); return 2; }
  if (c < 0x10000) { out[0] = 0xE0 | c >> 12; out[1] = 0x80 | (c >> 6 & 63); out[2] = 0x80 | (c & 63); return 3; }
  out[0] = 0xF0 | c >> 18; out[1] = 0x80 | (c >> 12 & 63); out[2] = 0x80 | (c >> 6 & 63); out[3] = 0x80 | (c & 63);
  return 4;
}

// \ooo and \xhh, as COPY and E'' know them; `i` stands behind the backslash. Returns bytes read, 0 if it is neither.
static size_t numeric_escape(const uint8_t *text, size_t i, size_t length, uint8_t *byte) {
  size_t n = 0;
  uint32_t value = 0;
  if (octal(text[i])) {
    while (n < 3 && i + n < length && octal(text[i + n])) value = value * 8 + (uint32_t)(text[i + n++] - '0');
  } else if (text[i] == 'x' && i + 1 < length && hex_digit(text[i + 1]) >= 0) {
    n = 1;
    while (n < 3 && i + n < length && hex_digit(text[i + n]) >= 0) value = value * 16 + (uint32_t)hex_digit(text[i + n++]);
  }
  *byte = (uint8_t)value;
  return n;
}

static inline uint8_t control_escape(uint8_t letter) {
  switch (letter) {
    case 'b': return '\b';
    case 'f': return '\f';
    case 'n': return '\n';
    case 'r': return '\r';
    case 't': return '\t';
    case 'v': return '\v';
    default: return letter;
  }
}

// Undoes the escape whose next byte is text[*i]; moves *i past it. Returns bytes written, SIZE_MAX if it means nothing.
static size_t undo_escape(enum bk_escapes escapes, int is_e_string, const uint8_t *text, size_t *i, size_t length, uint8_t *out) {
  uint8_t b = text[*i];
  if (is_e_string && (b == 'u' || b == 'U')) {
    size_t digits = b == 'u' ? 4 : 8;
    uint32_t c = 0;
    if (*i + digits >= length) return SIZE_MAX;
    for (size_t k = 1; k <= digits; k++) {
      int d = hex_digit(text[*i + k]);
      if (d < 0) return SIZE_MAX;
      c = c << 4 | (uint32_t)d;
    }
    *i += digits + 1;
    if (c >= 0xD800 && c < 0xDC00 && b == 'u') {  // a surrogate pair
      uint32_t low = 0;
      if (*i + 6 > length || text[*i] != '\\' || text[*i + 1] != 'u') return SIZE_MAX;
      for (size_t k = 2; k < 6; k++) {
        int d = hex_digit(text[*i + k]);
        if (d < 0) return SIZE_MAX;
        low = low << 4 | (uint32_t)d;
      }
      if (low < 0xDC00 || low > 0xDFFF) return SIZE_MAX;
      *i += 6;
      c = 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
    }
    if (c > 0x10FFFF || (c >= 0xD800 && c < 0xE000)) return SIZE_MAX;
    return put_code_point(c, out);
  }
  if (is_e_string || escapes == BK_ESCAPES_COPY) {
    size_t n = numeric_escape(text, *i, length, out);
    if (n) { *i += n; return 1; }
    ++*i;
    out[0] = is_e_string && b == 'v' ? 'v' : control_escape(b);
    return 1;
  }
  ++*i;
  if (escapes == BK_ESCAPES_LITERAL) { out[0] = b; return 1; }
  switch (b) {
    case '0': out[0] = 0; return 1;
    case 'b': case 'n': case 'r': case 't': out[0] = control_escape(b); return 1;
    case 'Z': out[0] = 0x1A; return 1;
    case '%': case '_':
      if (escapes == BK_ESCAPES_MYSQL_SQL) { out[0] = '\\'; out[1] = b; return 2; }
      // fallthrough
    default: out[0] = b; return 1;
  }
}

size_t bk_unescape(const bk_batch *batch, const bk_plan *plan, bk_field field, uint8_t *out) {
  const uint8_t *text = bk_bytes(batch, field);
  size_t length = bk_end(field) - bk_start(field), i = 0, n = 0;
  uint32_t kind = bk_kind(field);
  if (kind == BK_HEX) return bk_decode_hex(text, length, out);
  if (!(field.end & BK_CARE)) { memcpy(out, text, length); return length; }

  int quoted = kind != BK_BARE, is_e_string = kind == BK_ESCAPED;
  uint8_t quote = quoted ? text[-1] : 0;
  int escaping = is_e_string || plan->escapes != BK_ESCAPES_NONE;
  uint8_t escape = is_e_string ? '\\' : plan->escape;
  while (i < length) {
    uint8_t b = text[i];
    if (bk_is_pair(plan->multibyte, text, i, length)) {
      out[n++] = b;
      out[n++] = text[i + 1];
      i += 2;
    } else if (escaping && b == escape && i + 1 < length) {
      i++;
      size_t written = undo_escape(plan->escapes, is_e_string, text, &i, length, out + n);
      if (written == SIZE_MAX) return SIZE_MAX;
      n += written;
    } else {
      out[n++] = b;
      i += quoted && b == quote && i + 1 < length && text[i + 1] == quote ? 2 : 1;
    }
  }
  return n;
}

int bk_is_null(const bk_batch *batch, const bk_plan *plan, bk_field field) {
  uint32_t kind = bk_kind(field);
  if (kind == BK_NULL) return 1;
  if (kind != BK_BARE) return 0;
  size_t length = bk_end(field) - bk_start(field);
  for (int i = 0; i < plan->null_count; i++)
    if (length == plan->null_length[i] && !memcmp(bk_bytes(batch, field), plan->null_text[i], length)) return 1;
  return 0;
}

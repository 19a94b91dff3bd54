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
size_t bk_put_code_point(uint32_t c, uint8_t *out) {
  if (c < 0x80) {
    out[0] = (uint8_t)c;
    return 1;
  }
  if (c < 0x800) {
    out[0] = 0xC0 | c >> 6;
    out[1] = 0x80 | (c & 63);
    return 2;
  }
  if (c < 0x10000) {
    out[0] = 0xE0 | c >> 12;
    out[1] = 0x80 | (c >> 6 & 63);
    out[2] = 0x80 | (c & 63);
    return 3;
  }
  out[0] = 0xF0 | c >> 18;
  out[1] = 0x80 | (c >> 12 & 63);
  out[2] = 0x80 | (c >> 6 & 63);
  out[3] = 0x80 | (c & 63);
  return 4;
}

// \ooo and \xhh, as COPY and E'' know them; `i` stands after the backslash. Returns bytes read, 0 if it is neither.
static size_t numeric_escape(const uint8_t *text, size_t i, size_t length, uint8_t *byte) {
  size_t n = 0;
  uint32_t value = 0;
  if (octal(text[i])) {
    while (n < 3 && i + n < length && octal(text[i + n])) value = value * 8 + (uint32_t)(text[i + n++] - '0');
  } else if (text[i] == 'x' && i + 1 < length && hex_digit(text[i + 1]) >= 0) {
    n = 1;
    while (n < 3 && i + n < length && hex_digit(text[i + n]) >= 0)
      value = value * 16 + (uint32_t)hex_digit(text[i + n++]);
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
size_t bk_undo_escape(enum bk_escapes escapes, int is_e_string, const uint8_t *text, size_t *i, size_t length,
                      uint8_t *out) {
  uint8_t b = text[*i];
  const int is_json = escapes == BK_ESCAPES_JSON && !is_e_string;
  if ((is_e_string || is_json) && (b == 'u' || (b == 'U' && is_e_string))) {
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
    return bk_put_code_point(c, out);
  }
  if (is_e_string || is_json || escapes == BK_ESCAPES_COPY) {
    size_t n = is_json ? 0 : numeric_escape(text, *i, length, out);
    if (n) {
      *i += n;
      return 1;
    }
    ++*i;
    out[0] = (is_e_string || is_json) && b == 'v' ? 'v' : control_escape(b);
    return 1;
  }
  ++*i;
  switch (b) {
    case '0': out[0] = 0; return 1;
    case 'b':
    case 'n':
    case 'r':
    case 't': out[0] = control_escape(b); return 1;
    case 'Z': out[0] = 0x1A; return 1;
    case '%':
    case '_':
      if (escapes == BK_ESCAPES_MYSQL_SQL) {
        out[0] = '\\';
        out[1] = b;
        return 2;
      }
      // fallthrough
    default: out[0] = b; return 1;
  }
}

// The text of a field in which quotes open and close.
static size_t join_sections(const bk_plan *plan, const uint8_t *text, size_t length, uint8_t *out) {
  const int escaping = plan->escapes != BK_ESCAPES_NONE;
  int inside = 0;
  size_t n = 0;
  for (size_t i = 0; i < length; i++) {
    const uint8_t b = text[i], next = i + 1 < length ? text[i + 1] : 0;
    const int is_followed = i + 1 < length;
    if (inside && escaping && b == plan->escape && is_followed && (next == plan->quote || next == plan->escape))
      out[n++] = text[++i];
    else if (b != plan->quote) out[n++] = b;
    else if (inside && !plan->undoubled && is_followed && next == b) out[n++] = text[++i];
    else inside = !inside;
  }
  return n;
}

size_t bk_unescape_plain(const bk_batch *batch, const bk_plan *plan, bk_field field, uint8_t *out) {
  const uint8_t *text = bk_bytes(batch, field);
  size_t length = bk_end(field) - bk_start(field), i = 0, n = 0;
  uint32_t kind = bk_kind(field);
  if (kind == BK_HEX) return bk_decode_hex(text, length, out);
  if (!(field.end & BK_CARE) || kind == BK_BITS) {
    memcpy(out, text, length);
    return length;
  }

  if (kind == BK_SECTIONS) return join_sections(plan, text, length, out);
  int quoted = kind != BK_BARE, is_e_string = kind == BK_ESCAPED;
  uint8_t quote = quoted ? text[-1] : 0;
  int escaping = is_e_string || plan->escapes != BK_ESCAPES_NONE;
  uint8_t escape = is_e_string ? '\\' : plan->escape;
  const uint8_t multibyte = (field.end & BK_ARENA) ? BK_SINGLE : plan->multibyte;  // what was made is UTF-8
  while (i < length) {
    uint8_t b = text[i];
    if (bk_is_pair(multibyte, text, i, length)) {
      out[n++] = b;
      out[n++] = text[i + 1];
      i += 2;
    } else if (plan->escapes == BK_ESCAPES_QUOTES && !is_e_string && b == escape && i + 1 < length) {
      const int is_taken = text[i + 1] == escape || (quoted && text[i + 1] == quote);
      out[n++] = text[i + is_taken];
      i += 1 + (size_t)is_taken;
    } else if (escaping && b == escape && i + 1 < length) {
      i++;
      size_t written = bk_undo_escape(plan->escapes, is_e_string, text, &i, length, out + n);
      if (written == SIZE_MAX) return SIZE_MAX;
      n += written;
    } else {
      out[n++] = b;
      i += quoted && b == quote && i + 1 < length && text[i + 1] == quote ? 2 : 1;
    }
  }
  return n;
}

// Whether an unquoted field is a text that means NULL when its escapes are undone: `NU\LL`.
static int spells_null(const bk_plan *plan, const uint8_t *text, size_t length, const uint8_t *null,
                       size_t null_length) {
  size_t n = 0;
  for (size_t i = 0; i < length; i++, n++) {
    if (text[i] == plan->escape && i + 1 < length) {
      uint8_t meant[2];
      i++;
      if (bk_undo_escape(plan->escapes, 0, text, &i, length, meant) != 1 || n >= null_length || meant[0] != null[n])
        return 0;
      i--;
    } else if (n >= null_length || text[i] != null[n]) {
      return 0;
    }
  }
  return n == null_length;
}

int bk_is_null(const bk_batch *batch, const bk_plan *plan, bk_field field) {
  uint32_t kind = bk_kind(field);
  if (kind == BK_NULL) return 1;
  size_t length = bk_end(field) - bk_start(field);
  const uint8_t *text = bk_bytes(batch, field);
  const int may_be_spelled = plan->escape_null && (field.end & BK_CARE) && kind <= BK_QUOTED;
  if (may_be_spelled && length == 2 && text[0] == plan->escape && text[1] == 'N') return 1;
  if (kind != BK_BARE) return 0;
  for (int i = 0; i < plan->null_count; i++)
    if (length == plan->null_length[i] && !memcmp(text, plan->null_text[i], length)) return 1;
  if (may_be_spelled && length <= 8)
    for (int i = 0; i < plan->null_count; i++)
      if (!memchr(plan->null_text[i], plan->escape, plan->null_length[i]) &&
          spells_null(plan, text, length, plan->null_text[i], plan->null_length[i]))
        return 1;
  return 0;
}

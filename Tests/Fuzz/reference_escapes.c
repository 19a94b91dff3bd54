#include <string.h>
#include "reference.h"

static int digit_of(uint8_t b, int base) {
  const char *digits = "0123456789abcdef0123456789ABCDEF", *found = b ? strchr(digits, b) : NULL;
  int value = found ? (int)((found - digits) % 16) : -1;
  return value < base ? value : -1;
}

// Digits from text[0] on, at most `most`; returns how many there are.
static size_t number(const uint8_t *text, size_t left, size_t most, int base, uint32_t *value) {
  size_t n = 0;
  for (*value = 0; n < most && n < left && digit_of(text[n], base) >= 0; n++)
    *value = *value * (uint32_t)base + (uint32_t)digit_of(text[n], base);
  return n;
}

static size_t encode(uint32_t c, uint8_t *out) {
  size_t more = c < 0x80 ? 0 : c < 0x800 ? 1 : c < 0x10000 ? 2 : 3;
  static const uint8_t lead[] = { 0, 0xC0, 0xE0, 0xF0 };
  for (size_t i = more; i > 0; i--, c >>= 6) out[i] = 0x80 | (c & 0x3F);
  out[0] = lead[more] | (uint8_t)c;
  return more + 1;
}

// \uXXXX, two of them for a surrogate pair, and \UXXXXXXXX.
static size_t undo_unicode(const uint8_t *text, size_t left, uint8_t *out, size_t *written) {
  uint32_t c, low;
  size_t digits = text[0] == 'u' ? 4 : 8, taken = 1 + digits;
  if (number(text + 1, left - 1, digits, 16, &c) != digits) return 0;
  if (digits == 4 && c >= 0xD800 && c <= 0xDBFF) {
    if (left < taken + 6 || memcmp(text + taken, "\\u", 2) || number(text + taken + 2, 4, 4, 16, &low) != 4) return 0;
    if (low < 0xDC00 || low > 0xDFFF) return 0;
    c = 0x10000 + (c - 0xD800) * 0x400 + (low - 0xDC00);
    taken += 6;
  }
  if (c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF)) return 0;
  *written = encode(c, out);
  return taken;
}

size_t ref_undo_escape(enum bk_escapes escapes, int is_e_string, uint8_t escape, int quote, const uint8_t *text,
                       size_t left, uint8_t *out, size_t *written) {
  static const char *const letters[] = {
    // the letter, then what it means
    [BK_ESCAPES_NONE] = "",
    [BK_ESCAPES_QUOTES] = "",
    [BK_ESCAPES_MYSQL] = "b\bn\nr\rt\tZ\x1A",
    [BK_ESCAPES_MYSQL_SQL] = "b\bn\nr\rt\tZ\x1A",
    [BK_ESCAPES_COPY] = "b\bf\fn\nr\rt\tv\v",
  };
  const char *known = is_e_string ? "b\bf\fn\nr\rt\t" : letters[escapes];
  uint8_t b = text[0];
  *written = 1;
  if (escapes == BK_ESCAPES_QUOTES && !is_e_string) {
    const int is_taken = b == escape || b == quote;
    out[0] = is_taken ? b : escape;
    return (size_t)is_taken;
  }
  if (is_e_string && (b == 'u' || b == 'U')) return undo_unicode(text, left, out, written);
  if (is_e_string || escapes == BK_ESCAPES_COPY) {
    uint32_t value;
    size_t n = number(text, left, 3, 8, &value);
    if (n) {
      out[0] = (uint8_t)value;
      return n;
    }
    if (b == 'x' && (n = number(text + 1, left - 1, 2, 16, &value))) {
      out[0] = (uint8_t)value;
      return n + 1;
    }
  }
  if (b == '0' && !is_e_string && (escapes == BK_ESCAPES_MYSQL || escapes == BK_ESCAPES_MYSQL_SQL)) {
    out[0] = 0;
    return 1;
  }
  if ((b == '%' || b == '_') && !is_e_string && escapes == BK_ESCAPES_MYSQL_SQL) {
    out[0] = '\\';
    out[1] = b;
    *written = 2;
    return 1;
  }
  out[0] = b;
  for (; *known; known += 2)
    if (b == (uint8_t)known[0]) out[0] = (uint8_t)known[1];
  return 1;
}

int ref_is_pair(enum bk_multibyte multibyte, const uint8_t *text, size_t left) {
  if (multibyte == BK_SINGLE || left < 2) return 0;
  uint8_t a = text[0], b = text[1];
  int is_lead, is_trail;
  if (multibyte == BK_CP932) {
    is_lead = (a >= 0x81 && a <= 0x9F) || (a >= 0xE0 && a <= 0xFC);
    is_trail = b >= 0x40 && b <= 0xFC && b != 0x7F;
  } else if (multibyte == BK_BIG5) {
    is_lead = a >= 0xA1 && a <= 0xF9;
    is_trail = (b >= 0x40 && b <= 0x7E) || (b >= 0xA1 && b <= 0xFE);
  } else {
    is_lead = a >= 0x81 && a <= 0xFE;
    is_trail = b >= 0x40 && b <= 0xFE && b != 0x7F;
  }
  return is_lead && is_trail;
}

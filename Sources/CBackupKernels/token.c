// Values whose JSON is a token of their own making: numbers, booleans, bits, and words without quotes.
//
//   value   007.50    +1    't' as a boolean    b'101' as bits    NaN
//   token   7.50      1     true                5                 "NaN"
#include "kernels.h"

// Bare numbers in text columns are short, or none of ours: no server keeps all digits of longer ones.
enum { BK_PLAIN_NUMBER = 31 };

static inline int is_digit(uint8_t b) { return b >= '0' && b <= '9'; }

static int text_is(const uint8_t *text, size_t length, const char *word) {
  if (length != strlen(word)) return 0;
  for (size_t i = 0; i < length; i++)
    if ((text[i] | 0x20) != (uint8_t)(word[i] | 0x20)) return 0;
  return 1;
}

static int is_special_number(const uint8_t *text, size_t length) {
  if (length && (text[0] == '-' || text[0] == '+')) {
    text++;
    length--;
  }
  return text_is(text, length, "nan") || text_is(text, length, "infinity") || text_is(text, length, "inf");
}

// The digits of a number as JSON wants them: no leading zeros (ZEROFILL, YEAR), a digit before the point, no plus sign.
static size_t put_digits(const uint8_t *text, size_t length, uint8_t *out) {
  size_t i = 0, n = 0;
  if (i < length && (text[i] == '-' || text[i] == '+')) {
    if (text[i] == '-') out[n++] = '-';
    i++;
  }
  size_t digits = i;
  while (i < length && is_digit(text[i])) i++;
  size_t whole = i - digits;
  while (whole > 1 && text[digits] == '0') {
    digits++;
    whole--;
  }
  if (whole) {
    memcpy(out + n, text + digits, whole);
    n += whole;
  } else out[n++] = '0';
  if (i < length && text[i] == '.') {
    size_t point = i++;
    while (i < length && is_digit(text[i])) i++;
    if (i - point == 1 && !whole) return SIZE_MAX;
    if (i - point > 1) {
      memcpy(out + n, text + point, i - point);
      n += i - point;
    }
  } else if (!whole) {
    return SIZE_MAX;
  }
  if (i < length && (text[i] | 0x20) == 'e') {
    size_t exponent = i++;
    if (i < length && (text[i] == '-' || text[i] == '+')) i++;
    size_t first = i;
    while (i < length && is_digit(text[i])) i++;
    if (i == first) return SIZE_MAX;
    memcpy(out + n, text + exponent, i - exponent);
    n += i - exponent;
  }
  return i == length ? n : SIZE_MAX;
}

static size_t put_bit(const bk_value *value, int hex_text, uint32_t size, uint8_t *out, enum bk_fault *fault);

static size_t put_number(const bk_value *value, int as_text, uint8_t *out, enum bk_fault *fault) {
  size_t n = 0;
  if (value->kind == BK_HEX || value->kind == BK_BITS) {  // MySQL: in a column of numbers 0x31 is 49
    if (as_text) out[n++] = '"';
    size_t digits = put_bit(value, 0, 0, out + n, fault);
    if (digits == SIZE_MAX) return SIZE_MAX;
    n += digits;
    if (as_text) out[n++] = '"';
    return n;
  }
  if (is_special_number(value->text, value->length)) {
    out[n++] = '"';
    memcpy(out + n, value->text, value->length);
    n += value->length;
    out[n++] = '"';
    return n;
  }
  const uint8_t *boolean = value->kind != BK_BARE                         ? 0
                           : text_is(value->text, value->length, "true")  ? (const uint8_t *)"1"
                           : text_is(value->text, value->length, "false") ? (const uint8_t *)"0"
                                                                          : 0;
  if (boolean) {  // MySQL: the words are the numbers
    bk_value number = { .text = boolean, .length = 1 };
    return put_number(&number, as_text, out, fault);
  }
  if (as_text) out[n++] = '"';
  size_t digits = put_digits(value->text, value->length, out + n);
  if (digits == SIZE_MAX) {
    *fault = BK_FAULT_NUMBER;
    return SIZE_MAX;
  }
  n += digits;
  if (as_text) out[n++] = '"';
  return n;
}

// Whether the text begins `word` and has at least `least` bytes of it, in any case.
static int text_begins(const uint8_t *text, size_t length, const char *word, size_t least) {
  if (length < least || length > strlen(word)) return 0;
  for (size_t i = 0; i < length; i++)
    if ((text[i] | 0x20) != (uint8_t)word[i]) return 0;
  return 1;
}

static inline int is_space(uint8_t b) { return b == ' ' || (b >= '\t' && b <= '\r'); }

// PostgreSQL's boolean: of a string every spelling that the server takes (a beginning of a word that is no other's,
// between blanks), in SQL without quotes only the two words.
static size_t put_bool(const bk_value *value, const bk_plan *plan, uint8_t *out, enum bk_fault *fault) {
  const uint8_t *t = value->text;
  size_t n = value->length;
  int truth = -1;
  if (!value->is_raw) {
    *fault = BK_FAULT_BOOL;
    return SIZE_MAX;
  }
  if (value->kind == BK_BARE && plan->literals) {
    truth = text_is(t, n, "true") ? 1 : text_is(t, n, "false") ? 0 : -1;
  } else {
    while (n && is_space(*t)) {
      t++;
      n--;
    }
    while (n && is_space(t[n - 1])) n--;
    if (text_begins(t, n, "true", 1) || text_begins(t, n, "yes", 1) || text_begins(t, n, "on", 2) ||
        (n == 1 && *t == '1'))
      truth = 1;
    if (text_begins(t, n, "false", 1) || text_begins(t, n, "no", 1) || text_begins(t, n, "off", 2) ||
        (n == 1 && *t == '0'))
      truth = 0;
  }
  if (truth < 0) {
    *fault = BK_FAULT_BOOL;
    return SIZE_MAX;
  }
  memcpy(out, truth ? "true" : "false", 5);
  return truth ? 4 : 5;
}

static size_t put_unsigned(uint64_t value, uint8_t *out) {
  uint8_t digits[20];
  size_t n = 0;
  do digits[n++] = (uint8_t)('0' + value % 10);
  while (value /= 10);
  for (size_t i = 0; i < n; i++) out[i] = digits[n - 1 - i];
  return n;
}

static int is_wider(uint64_t bits, uint32_t size) { return size && size < 64 && bits >> size; }

// The value's digits; `size`: of a column of so many bits, 0 where that is not known.
static size_t put_bit(const bk_value *value, int hex_text, uint32_t size, uint8_t *out, enum bk_fault *fault) {
  const uint8_t *t = value->text;
  size_t length = value->length;
  uint64_t bits = 0;
  *fault = BK_FAULT_BIT;
  if (value->kind == BK_BARE && !hex_text) {
    // no sign, no fraction, no NaN: of the words only true and false
    if (length && (t[0] | 0x20) != 't' && (t[0] | 0x20) != 'f')
      for (size_t i = 0; i < length; i++)
        if (!is_digit(t[i])) return SIZE_MAX;
    if (length && is_digit(t[0])) {
      for (size_t i = 0; i < length; i++)
        if (__builtin_mul_overflow(bits, 10, &bits) || __builtin_add_overflow(bits, t[i] - '0', &bits)) goto wide;
      if (is_wider(bits, size)) goto wide;
    }
    return put_number(value, 0, out, fault);
  }
  if (value->kind == BK_BITS) {
    while (size && length > 64 && *t == '0') {
      t++;
      length--;
    }
    if (length > 64) return SIZE_MAX;
    for (size_t i = 0; i < length; i++) bits = bits << 1 | (t[i] & 1);
    if (is_wider(bits, size)) goto wide;
    return put_unsigned(bits, out);
  }
  uint8_t decoded[16], even[32];
  if (hex_text && value->is_raw) {
    if (length >= 2 && t[0] == '0' && (t[1] | 0x20) == 'x') {
      t += 2;
      length -= 2;
    }
    if (length < 32 && length % 2) {  // MySQL's HEX() of a BIT writes no leading zero
      even[0] = '0';
      memcpy(even + 1, t, length);
      t = even;
      length++;
    }
    if (length > 32 || (length = bk_decode_hex(t, length, decoded)) == SIZE_MAX) return SIZE_MAX;
    t = decoded;
  }
  while (length > 8 && *t == 0) {
    t++;
    length--;
  }
  if (length > 8) return SIZE_MAX;
  for (size_t i = 0; i < length; i++) bits = bits << 8 | t[i];
  if (!is_wider(bits, size)) return put_unsigned(bits, out);
wide:
  *fault = BK_FAULT_WIDE_BITS;
  return SIZE_MAX;
}

// A word or a number without quotes where the column is text: the text that the server makes of it, where that is plain
// to see.
static size_t put_bare_text(const bk_value *value, const bk_plan *plan, uint8_t *out, enum bk_fault *fault) {
  const uint8_t *t = value->text;
  size_t n = value->length;
  const int is_mysql = plan->literals == BK_LITERALS_MYSQL;
  const char *word = text_is(t, n, "true")    ? (is_mysql ? "1" : "true")
                     : text_is(t, n, "false") ? (is_mysql ? "0" : "false")
                                              : 0;
  if (word) {
    n = strlen(word);
    t = (const uint8_t *)word;
  } else if (!plan->numbers_as_written) {
    uint8_t digits[BK_PLAIN_NUMBER];
    if (n >= BK_PLAIN_NUMBER || t[0] == '-' || put_digits(t, n, digits) != n || memcmp(t, digits, n) ||
        !is_digit(t[n - 1]) || memchr(t, 'e', n) || memchr(t, 'E', n)) {
      *fault = BK_FAULT_BARE_TEXT;
      return SIZE_MAX;
    }
  }
  out[0] = '"';
  memcpy(out + 1, t, n);
  memset(out + 1 + n, ' ', value->padding);
  n += value->padding;
  out[n + 1] = '"';
  return n + 2;
}

size_t bk_put_token(const bk_value *value, enum bk_rule rule, uint32_t size, const bk_plan *plan, uint8_t *out,
                    enum bk_fault *fault) {
  const int is_sql_number = value->kind == BK_BARE && (plan->literals != 0 || plan->escapes == BK_ESCAPES_JSON);
  switch (rule) {
    case BK_RULE_NUMBER: return put_number(value, 0, out, fault);
    case BK_RULE_NUMBER_TEXT: return put_number(value, 1, out, fault);
    case BK_RULE_BOOL: return put_bool(value, plan, out, fault);
    case BK_RULE_BIT: return put_bit(value, 0, size, out, fault);
    case BK_RULE_HEX_BIT: return put_bit(value, !is_sql_number, size, out, fault);
    case BK_RULE_BIT_TEXT:
    case BK_RULE_HEX_BIT_TEXT: {
      size_t n = put_bit(value, rule == BK_RULE_HEX_BIT_TEXT && !is_sql_number, size, out + 1, fault);
      if (n == SIZE_MAX) return n;
      out[0] = out[n + 1] = '"';
      return n + 2;
    }
    case BK_RULE_LITERAL:
      if (text_is(value->text, value->length, "true") || text_is(value->text, value->length, "false"))
        return put_bool(value, plan, out, fault);
      return put_number(value, 0, out, fault);
    default: return put_bare_text(value, plan, out, fault);
  }
}

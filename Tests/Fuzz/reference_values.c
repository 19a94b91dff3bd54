// What a value becomes under a rule: design and README in one page.
#include <string.h>
#include <strings.h>
#include "memory.h"
#include "reference.h"

static const ref_json ERROR = { REF_ERROR, NULL, 0 };

static ref_json json(enum ref_shape shape, const void *bytes, size_t length) {
  ref_json made = { shape, keep(length + 1), length };
  memcpy(made.bytes, bytes, length);
  return made;
}

static ref_json text(const ref_value *value, const bk_plan *plan) {
  ref_json made = { REF_STRING, keep(3 * value->length + 1), 0 };
  for (size_t at = 0, bad; at < value->length;) {
    size_t n = ref_utf8_character(value->bytes + at, value->length - at, &bad);
    if (!n && !plan->replace_utf8) return ERROR;
    memcpy(made.bytes + made.length, n ? value->bytes + at : (const uint8_t *)"\xEF\xBF\xBD", n ? n : 3);
    made.length += n ? n : 3;
    at += n ? n : bad;
  }
  return made;
}

static ref_json bytes(const uint8_t *in, size_t length, const bk_plan *plan) {
  ref_json made = { REF_STRING, keep(2 * length + 8), 0 };
  if (plan->hex_output) {
    for (size_t i = 0; i < length; i++) made.length += (size_t)sprintf((char *)made.bytes + made.length, "%02x", in[i]);
    return made;
  }
  const char *letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  for (size_t bit = 0; bit < 8 * length; bit += 6) {  // six bits a letter, the last ones filled up with zeros
    unsigned letter = 0;
    for (size_t b = bit; b < bit + 6; b++) letter = letter << 1 | (b < 8 * length ? in[b / 8] >> (7 - b % 8) & 1 : 0);
    made.bytes[made.length++] = (uint8_t)letters[letter];
  }
  while (made.length % 4) made.bytes[made.length++] = '=';
  return made;
}

static int is(const ref_value *value, const char *word) {
  return strlen(word) == value->length && !strncasecmp((const char *)value->bytes, word, value->length);
}

// Every spelling of a boolean that PostgreSQL takes of a string; without quotes only the words.
static ref_json truth(const ref_value *value, int is_word) {
  static const char *const spellings[] = { "true", "false", "t",   "f",  "tr", "fa", "tru", "fal", "y",  "fals",
                                           "ye",   "n",     "yes", "no", "on", "of", "1",   "off", NULL, "0" };
  ref_value bare = *value;
  while (!is_word && bare.length && memchr(" \t\n\v\f\r", bare.bytes[0], 6)) {
    bare.bytes++;
    bare.length--;
  }
  while (!is_word && bare.length && memchr(" \t\n\v\f\r", bare.bytes[bare.length - 1], 6)) bare.length--;
  for (size_t i = 0; i < (is_word ? 2 : sizeof spellings / sizeof *spellings); i++)
    if (spellings[i] && is(&bare, spellings[i]))
      return i % 2 ? json(REF_TOKEN, "false", 5) : json(REF_TOKEN, "true", 4);
  return ERROR;
}

static ref_json unsigned_number(uint64_t number) {
  char digits[32];
  return json(REF_TOKEN, digits, (size_t)sprintf(digits, "%llu", (unsigned long long)number));
}

// [sign] digits [. digits] [e [sign] digits], with a digit before or after the point.
static ref_json number(const ref_value *value) {
  const char *sign_words[] = { "nan", "-nan", "+nan", "inf", "-inf", "+inf", "infinity", "-infinity", "+infinity" };
  for (size_t i = 0; i < 9; i++)
    if (is(value, sign_words[i])) return json(REF_STRING, value->bytes, value->length);
  if (value->kind == REF_BARE && (is(value, "true") || is(value, "false"))) return unsigned_number(is(value, "true"));
  if (memchr(value->bytes, 0, value->length)) return ERROR;
  // `bytes` may be longer: look only at `length` of them
  const char *p = (const char *)value->bytes, *digits = "0123456789";
  char *whole = keep(value->length + 1);
  memcpy(whole, p, value->length);
  p = whole;
  char *out = keep(value->length + 2), *end = out;
  if (*p == '-') *end++ = '-';
  if (*p == '-' || *p == '+') p++;
  size_t before = strspn(p, digits), zeros = strspn(p, "0"), after = 0;
  if (zeros == before && zeros) zeros--;
  end += sprintf(end, "%.*s", (int)(before - zeros), p + zeros);
  p += before;
  if (!before) *end++ = '0';
  if (*p == '.') {
    after = strspn(++p, digits);
    if (after) end += sprintf(end, ".%.*s", (int)after, p);
    p += after;
  }
  if (!before && !after) return ERROR;
  if (*p == 'e' || *p == 'E') {
    size_t sign = p[1] == '-' || p[1] == '+', exponent = strspn(p + 1 + sign, digits);
    if (!exponent) return ERROR;
    end += sprintf(end, "%.*s", (int)(1 + sign + exponent), p);
    p += 1 + sign + exponent;
  }
  return *p ? ERROR : json(REF_TOKEN, out, (size_t)(end - out));
}

// Hex digits in pairs; `value` becomes the bytes.
static int from_hex(ref_value *value) {
  uint8_t *decoded = keep(value->length + 1);
  unsigned byte;
  if (value->length % 2) return 0;
  for (size_t i = 0; i < value->length; i += 2) {
    char pair[3] = { (char)value->bytes[i], (char)value->bytes[i + 1], 0 };
    if (strspn(pair, "0123456789abcdefABCDEF") != 2 || sscanf(pair, "%x", &byte) != 1) return 0;
    decoded[i / 2] = (uint8_t)byte;
  }
  value->bytes = decoded;
  value->length /= 2;
  return 1;
}

static int starts(const ref_value *value, const char *prefix) {
  return value->length >= 2 && !strncasecmp((const char *)value->bytes, prefix, 2);
}
static void drop(ref_value *value, size_t n) {
  value->bytes += n;
  value->length -= n;
}

static ref_json hex_bytes(ref_value value, const bk_plan *plan) {
  if (starts(&value, "0x") || (starts(&value, "\\x") && value.bytes[1] == 'x')) drop(&value, 2);
  return from_hex(&value) ? bytes(value.bytes, value.length, plan) : ERROR;
}

static ref_json bytea(const ref_value *value, const bk_plan *plan) {
  if (starts(value, "\\x") && value->bytes[1] == 'x') return hex_bytes(*value, plan);
  uint8_t *decoded = keep(value->length + 1);
  size_t n = 0;
  for (size_t i = 0; i < value->length; n++) {
    const uint8_t *p = value->bytes + i;
    size_t left = value->length - i;
    if (p[0] != '\\') {
      decoded[n] = p[0];
      i++;
    } else if (left >= 2 && p[1] == '\\') {
      decoded[n] = '\\';
      i += 2;
    } else if (left >= 4 && p[1] >= '0' && p[1] <= '3' && p[2] >= '0' && p[2] <= '7' && p[3] >= '0' && p[3] <= '7') {
      decoded[n] = (uint8_t)((p[1] - '0') * 64 + (p[2] - '0') * 8 + (p[3] - '0'));
      i += 4;
    } else return ERROR;
  }
  return bytes(decoded, n, plan);
}

// MySQL's BIT as an integer: a number without sign or fraction, binary digits, or the bytes from high to low. Its hex
// text may have an odd length: HEX() of a BIT writes no leading zero.
static ref_json bit(ref_value value, int is_hex_text) {
  uint64_t number_ = 0;
  if (value.kind == REF_BARE && !is_hex_text) {
    if (is(&value, "true") || is(&value, "false")) return unsigned_number(is(&value, "true"));
    for (size_t i = 0; i < value.length; i++) {
      const uint8_t digit = (uint8_t)(value.bytes[i] - '0');
      if (digit > 9 || number_ > (UINT64_MAX - digit) / 10) return ERROR;  // more than 64 bits
      number_ = number_ * 10 + digit;
    }
    return number(&value);
  }
  if (value.kind == REF_BITS) {
    if (value.length > 64) return ERROR;
    for (size_t i = 0; i < value.length; i++) number_ = number_ * 2 + (value.bytes[i] == '1');
    return unsigned_number(number_);
  }
  if (is_hex_text && value.kind != REF_HEX && value.kind != REF_BINARY) {
    if (starts(&value, "0x")) drop(&value, 2);
    if (value.length > 32) return ERROR;
    if (value.length % 2) {
      uint8_t *even = keep(value.length + 1);
      even[0] = '0';
      memcpy(even + 1, value.bytes, value.length);
      value.bytes = even;
      value.length++;
    }
    if (!from_hex(&value)) return ERROR;
  }
  for (; value.length > 8; drop(&value, 1))
    if (value.bytes[0]) return ERROR;
  for (size_t i = 0; i < value.length; i++) number_ = number_ << 8 | value.bytes[i];
  return unsigned_number(number_);
}

static ref_json as_text(ref_json made) {
  if (made.shape == REF_TOKEN) made.shape = REF_STRING;
  return made;
}

// What stands without quotes where text belongs: true and false, and numbers that every server writes back as they are.
static ref_json bare_text(const ref_value *value, const bk_plan *plan) {
  const int is_mysql = plan->literals == BK_LITERALS_MYSQL;
  if (is(value, "true")) return json(REF_STRING, is_mysql ? "1" : "true", is_mysql ? 1 : 4);
  if (is(value, "false")) return json(REF_STRING, is_mysql ? "0" : "false", is_mysql ? 1 : 5);
  if (plan->numbers_as_written) return text(value, plan);
  char literal[32] = "";
  if (value->length > 30) return ERROR;
  memcpy(literal, value->bytes, value->length);
  size_t whole = strspn(literal, "0123456789"), point = literal[whole] == '.',
         decimals = strspn(literal + whole + point, "0123456789");
  int is_plain =
      whole && (whole == 1 || literal[0] != '0') && (!point || decimals) && whole + point + decimals == value->length;
  return is_plain ? text(value, plan) : ERROR;
}

ref_json ref_emit(const ref_value *value, enum bk_rule rule, const bk_plan *plan) {
  if (value->kind == REF_NULL) return (ref_json){ plan->omit_nulls ? REF_NO_KEY : REF_JSON_NULL, NULL, 0 };
  if (value->kind == REF_ABSENT) return (ref_json){ REF_NO_KEY, NULL, 0 };
  if (value->is_bad) return ERROR;
  int is_hex_or_bits = value->kind == REF_HEX || value->kind == REF_BITS;
  int is_literal_of_bytes = is_hex_or_bits || value->kind == REF_BINARY;
  // bytes that nobody writes so
  if (value->kind == REF_BITS && (rule == BK_RULE_BYTES || rule == BK_RULE_HEX_BYTES)) return ERROR;
  int is_hex_text = value->kind != REF_BARE || !plan->literals;  // a number of SQL is one
  switch (rule) {
    case BK_RULE_TEXT:
    case BK_RULE_QUOTED_TEXT:
      if (value->kind == (plan->literals == BK_LITERALS_MYSQL ? REF_BITS : REF_HEX)) return ERROR;
      if (value->kind != REF_BARE || !plan->literals) return text(value, plan);
      return rule == BK_RULE_QUOTED_TEXT ? ERROR : bare_text(value, plan);
    case BK_RULE_TRIMMED_TEXT: {
      ref_value trimmed = *value;
      while (trimmed.length && trimmed.bytes[trimmed.length - 1] == ' ') trimmed.length--;
      return ref_emit(&trimmed, BK_RULE_TEXT, plan);
    }
    case BK_RULE_PADDED_TEXT: break;  // its length is the column's, which no value here has
    case BK_RULE_NUMBER: return is_hex_or_bits ? bit(*value, 0) : number(value);
    case BK_RULE_NUMBER_TEXT: return as_text(is_hex_or_bits ? bit(*value, 0) : number(value));
    case BK_RULE_BOOL:
      if (is_literal_of_bytes) return ERROR;
      return truth(value, value->kind == REF_BARE && plan->literals);
    case BK_RULE_BYTES: return bytes(value->bytes, value->length, plan);
    case BK_RULE_HEX_BYTES:
      return is_literal_of_bytes ? bytes(value->bytes, value->length, plan) : hex_bytes(*value, plan);
    case BK_RULE_BYTEA: return bytea(value, plan);
    case BK_RULE_BIT: return bit(*value, 0);
    case BK_RULE_HEX_BIT: return bit(*value, is_hex_text);
    case BK_RULE_BIT_TEXT: return as_text(bit(*value, 0));
    case BK_RULE_HEX_BIT_TEXT: return as_text(bit(*value, is_hex_text));
    case BK_RULE_LITERAL:
      if (value->kind == REF_BITS && plan->literals == BK_LITERALS_MYSQL) return ERROR;
      if (value->kind == REF_HEX || value->kind == REF_BINARY) return bytes(value->bytes, value->length, plan);
      if (value->kind != REF_BARE) return text(value, plan);
      if (is(value, "true") || is(value, "false"))
        return json(REF_TOKEN, is(value, "true") ? "true" : "false", is(value, "true") ? 4 : 5);
      return number(value);
  }
  return ERROR;
}

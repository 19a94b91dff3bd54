// One value under one rule: the slow, complete form. emit.c takes the common cases itself.
//
//   value   O"Neill    0x6869 as bytes    {"a": 1} as JSON    007 as a number
//   form    text       bytes              JSON                token (token.c)
//   JSON    "O\"Neill" "aGk="             as it is            7
#include "kernels.h"

static const char HEX[] = "0123456789abcdef";
static const char BASE64[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

static size_t put_base64(const uint8_t *bytes, size_t length, uint8_t *out) {
  size_t n = 0, i = 0;
  for (; i + 3 <= length; i += 3) {
    uint32_t v = (uint32_t)bytes[i] << 16 | (uint32_t)bytes[i + 1] << 8 | bytes[i + 2];
    out[n++] = (uint8_t)BASE64[v >> 18];
    out[n++] = (uint8_t)BASE64[v >> 12 & 63];
    out[n++] = (uint8_t)BASE64[v >> 6 & 63];
    out[n++] = (uint8_t)BASE64[v & 63];
  }
  if (i < length) {
    uint32_t v = (uint32_t)bytes[i] << 16 | (i + 1 < length ? (uint32_t)bytes[i + 1] << 8 : 0);
    out[n++] = (uint8_t)BASE64[v >> 18];
    out[n++] = (uint8_t)BASE64[v >> 12 & 63];
    out[n++] = i + 1 < length ? (uint8_t)BASE64[v >> 6 & 63] : '=';
    out[n++] = '=';
  }
  return n;
}

static size_t put_bytes(const uint8_t *bytes, size_t length, const bk_plan *plan, uint8_t *out) {
  size_t n = 0;
  out[n++] = '"';
  if (plan->hex_output) {
    for (size_t i = 0; i < length; i++) {
      out[n++] = (uint8_t)HEX[bytes[i] >> 4];
      out[n++] = (uint8_t)HEX[bytes[i] & 15];
    }
  } else {
    n += put_base64(bytes, length, out + n);
  }
  out[n++] = '"';
  return n;
}

// The highest bit of the first of eight bytes that JSON escapes; bits of later ones may be wrong.
static uint64_t escaped_of(uint64_t eight) {
  const uint64_t ones = 0x0101010101010101, quote = eight ^ ('"' * ones), backslash = eight ^ ('\\' * ones);
  const uint64_t low = (eight - 0x20 * ones) & ~eight;
  return (low | ((quote - ones) & ~quote) | ((backslash - ones) & ~backslash)) & (0x80 * ones);
}

size_t bk_escape_json(const uint8_t *text, size_t length, uint8_t *out) {
  size_t n = 0;
  for (size_t i = 0; i < length; i++) {
    // Eight bytes at a time, and no more than come before the next that is escaped.
    while (i + 8 <= length) {
      uint64_t eight;
      memcpy(&eight, text + i, 8);
      memcpy(out + n, &eight, 8);
      const uint64_t escaped = escaped_of(eight);
      const size_t clean = escaped ? (size_t)__builtin_ctzll(escaped) / 8 : 8;
      i += clean;
      n += clean;
      if (escaped) break;
    }
    if (i == length) break;
    uint8_t b = text[i];
    if (b >= 0x20 && b != '"' && b != '\\') {
      out[n++] = b;
      continue;
    }
    out[n++] = '\\';
    switch (b) {
      case '"':
      case '\\': out[n++] = b; break;
      case '\b': out[n++] = 'b'; break;
      case '\f': out[n++] = 'f'; break;
      case '\n': out[n++] = 'n'; break;
      case '\r': out[n++] = 'r'; break;
      case '\t': out[n++] = 't'; break;
      default:
        out[n++] = 'u';
        out[n++] = '0';
        out[n++] = '0';
        out[n++] = (uint8_t)HEX[b >> 4];
        out[n++] = (uint8_t)HEX[b & 15];
    }
  }
  return n;
}

static size_t put_text(const bk_value *value, const bk_plan *plan, uint8_t *out, size_t *replaced,
                       enum bk_fault *fault) {
  const uint8_t *text = value->text;
  size_t left = value->length, n = 0;
  out[n++] = '"';
  while (!value->is_utf8) {
    size_t valid = bk_utf8_valid_prefix_plain(text, left);
    if (valid == left) break;
    if (!plan->replace_utf8) {
      *fault = BK_FAULT_UTF8;
      return SIZE_MAX;
    }
    n += bk_escape_json(text, valid, out + n);
    memcpy(out + n, "\xEF\xBF\xBD", 3);
    n += 3;
    ++*replaced;
    size_t skip = valid + bk_utf8_bad_length(text + valid, left - valid);
    text += skip;
    left -= skip;
  }
  n += bk_escape_json(text, left, out + n);
  memset(out + n, ' ', value->padding);
  n += value->padding;
  out[n++] = '"';
  return n;
}

static int is_bits(const uint8_t *text, size_t length) {
  for (size_t i = 0; i < length; i++)
    if (text[i] != '0' && text[i] != '1') return 0;
  return 1;
}

// PostgreSQL's char(n) takes text of so many characters, or longer by blanks alone, which it cuts off; it fills up what
// is shorter. Returns 0 where the text is too long.
static int fit_text(bk_value *value, uint32_t size) {
  size_t count = 0, end = 0;
  for (; end < value->length; end++) {
    const int begins = (value->text[end] & 0xC0) != 0x80;
    if (begins && count == size) break;
    count += (size_t)begins;
  }
  for (size_t i = end; i < value->length; i++)
    if (value->text[i] != ' ') return 0;
  value->length = end;
  value->padding = count < size ? (uint32_t)(size - count) : 0;
  return 1;
}

enum bk_form bk_form_of(bk_value *value, enum bk_rule rule, uint32_t size, const bk_plan *plan, enum bk_fault *fault) {
  if (value->kind == BK_JSON) return BK_FORM_JSON;
  if (value->kind == BK_REFUSED) {
    *fault = plan->escapes == BK_ESCAPES_JSON ? BK_FAULT_NESTED : BK_FAULT_CAST;
    return BK_FORM_NONE;
  }
  // b'…' there would mean other bytes than its digits
  const int is_binary = rule == BK_RULE_BYTES || rule == BK_RULE_HEX_BYTES;
  if (value->kind == BK_BITS && (is_binary || !is_bits(value->text, value->length))) {
    *fault = BK_FAULT_BIT;
    return BK_FORM_NONE;
  }
  const int is_sql_word = value->kind == BK_BARE && plan->literals != 0;
  if (rule == BK_RULE_TRIMMED_TEXT) {
    while (value->length && value->text[value->length - 1] == ' ') value->length--;
  } else if (rule == BK_RULE_PADDED_TEXT && !fit_text(value, size)) {
    *fault = BK_FAULT_LONG_TEXT;
    return BK_FORM_NONE;
  }
  switch (rule) {
    case BK_RULE_QUOTED_TEXT:
      if (is_sql_word) {
        *fault = BK_FAULT_BARE_TEXT;
        return BK_FORM_NONE;
      }  // falls through
    case BK_RULE_TEXT:
    case BK_RULE_TRIMMED_TEXT:
    case BK_RULE_PADDED_TEXT:
      // MySQL's b'…' is bytes in a text column, PostgreSQL's X'…' is bits: neither is the text that its digits are.
      if (value->kind == BK_BITS && plan->literals == BK_LITERALS_MYSQL) {
        *fault = BK_FAULT_BIT;
        return BK_FORM_NONE;
      }
      if (value->kind == BK_HEX && plan->literals != BK_LITERALS_MYSQL) {
        *fault = BK_FAULT_HEX;
        return BK_FORM_NONE;
      }
      return is_sql_word ? BK_FORM_TOKEN : BK_FORM_TEXT;
    case BK_RULE_BYTES:
    case BK_RULE_HEX_BYTES:
    case BK_RULE_BYTEA: return BK_FORM_BYTES;
    case BK_RULE_LITERAL:
      if (value->kind == BK_HEX || value->kind == BK_BINARY) return BK_FORM_BYTES;
      if (value->kind == BK_BARE) return BK_FORM_TOKEN;
      if (value->kind == BK_BITS && plan->literals == BK_LITERALS_MYSQL) {
        *fault = BK_FAULT_UNTYPED_BITS;
        return BK_FORM_NONE;
      }
      return BK_FORM_TEXT;
    default: return BK_FORM_TOKEN;
  }
}

static int is_octal_escape(const uint8_t *t, size_t left) {
  return left > 3 && t[1] >= '0' && t[1] <= '3' && t[2] >= '0' && t[2] <= '7' && t[3] >= '0' && t[3] <= '7';
}

// The old escape form of PostgreSQL's bytea: \ooo, \\. Returns their number, SIZE_MAX where it is none.
static size_t decode_escape_form(const uint8_t *t, size_t length, uint8_t *out) {
  size_t n = 0;
  for (size_t i = 0; i < length; n++) {
    if (t[i] != '\\') {
      out[n] = t[i++];
    } else if (i + 1 < length && t[i + 1] == '\\') {
      out[n] = '\\';
      i += 2;
    } else if (is_octal_escape(t + i, length - i)) {
      out[n] = (uint8_t)((t[i + 1] - '0') << 6 | (t[i + 2] - '0') << 3 | (t[i + 3] - '0'));
      i += 4;
    } else {
      return SIZE_MAX;
    }
  }
  return n;
}

const uint8_t *bk_value_bytes(const bk_value *value, enum bk_rule rule, uint8_t *decoded, size_t *length,
                              enum bk_fault *fault) {
  const uint8_t *t = value->text;
  size_t n = value->length;
  const int is_hex_form = n >= 2 && t[0] == '\\' && t[1] == 'x';
  if (rule == BK_RULE_BYTEA && !is_hex_form) {
    *length = decode_escape_form(t, n, decoded);
    *fault = BK_FAULT_BYTEA;
    return *length == SIZE_MAX ? NULL : decoded;
  }
  if (rule != BK_RULE_BYTEA && !(rule == BK_RULE_HEX_BYTES && value->is_raw)) {
    *length = n;
    return t;
  }
  const size_t skipped = is_hex_form || (n >= 2 && t[0] == '0' && (t[1] | 0x20) == 'x') ? 2 : 0;
  *length = bk_decode_hex(t + skipped, n - skipped, decoded);
  *fault = BK_FAULT_HEX;
  return *length == SIZE_MAX ? NULL : decoded;
}

size_t bk_emit_value(const bk_value *value, enum bk_rule rule, uint32_t size, const bk_plan *plan, uint8_t *out,
                     size_t *replaced, enum bk_fault *fault) {
  bk_value stored = *value;
  switch (bk_form_of(&stored, rule, size, plan, fault)) {
    case BK_FORM_NONE: return SIZE_MAX;
    case BK_FORM_JSON: memcpy(out, stored.text, stored.length); return stored.length;
    case BK_FORM_TEXT: return put_text(&stored, plan, out, replaced, fault);
    case BK_FORM_TOKEN: return bk_put_token(&stored, rule, size, plan, out, fault);
    case BK_FORM_BYTES: break;
  }
  // Bytes are decoded after where the output will have reached when they are read: no other memory is needed.
  size_t length;
  uint8_t *decoded = out + (rule == BK_RULE_BYTEA ? 2 : 1) * value->length + 8;
  const uint8_t *bytes = bk_value_bytes(value, rule, decoded, &length, fault);
  return bytes ? put_bytes(bytes, length, plan, out) : SIZE_MAX;
}

// Bytes that `text` needs as the inside of a JSON string, counted exactly: for values too large to allow for the worst.
static size_t escaped_length(const bk_value *value) {
  size_t n = 0;
  for (size_t i = 0; i < value->length; i++) {
    uint8_t b = value->text[i];
    if (b >= 0x20 && b != '"' && b != '\\') n += value->is_utf8 || b < 0x80 ? 1 : 3;
    else n += b >= 0x20 || (b >= '\b' && b <= '\r' && b != '\v') ? 2 : 6;
  }
  return n;
}

size_t bk_value_room(const bk_value *value, enum bk_rule rule, uint32_t size, const bk_plan *plan) {
  size_t length = value->length;
  (void)plan;
  if (value->kind == BK_JSON) return length;
  switch (rule) {
    case BK_RULE_TEXT:
    case BK_RULE_QUOTED_TEXT:
    case BK_RULE_TRIMMED_TEXT:
    case BK_RULE_PADDED_TEXT:
    case BK_RULE_LITERAL:
      return 16 + (rule == BK_RULE_PADDED_TEXT ? size : 0) +
             (length < 4096                        ? 6 * length
              : escaped_length(value) > 2 * length ? escaped_length(value)
                                                   : 2 * length);
    case BK_RULE_BYTEA: return 32 + 3 * length;
    default: return 32 + 2 * length;
  }
}

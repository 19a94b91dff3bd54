// INSERT … VALUES (…), (…); read a character at a time. What is not a literal is no value: the reader stops there.
#include <string.h>
#include <strings.h>
#include "memory.h"
#include "reference.h"

typedef struct {
  const uint8_t *in;
  size_t at, length;
  const bk_sql *sql;
  uint8_t *out;
  enum bk_fault fault;
} reader;

// The byte `ahead` of here; 0 after the end (a real NUL is no token either).
static uint8_t peek(const reader *r, size_t ahead) { return r->at + ahead < r->length ? r->in[r->at + ahead] : 0; }
static int is_over(const reader *r) { return r->at >= r->length; }
static int stop(reader *r, enum bk_fault fault) {
  if (!r->fault) r->fault = fault;
  return 0;
}
static int is_space(uint8_t b) { return b != 0 && strchr(" \t\n\v\f\r", b) != NULL; }
static int is_digit(uint8_t b) { return b >= '0' && b <= '9'; }
static int is_word(uint8_t b) {
  return is_digit(b) || ((b | 32) >= 'a' && (b | 32) <= 'z') || b == '_' || b == '$' || b >= 0x80;
}

static void skip_past(reader *r, const char *text) {
  size_t n = strlen(text);
  while (!is_over(r) && (r->length - r->at < n || memcmp(r->in + r->at, text, n))) r->at++;
  if (!is_over(r)) r->at += n;
}

static void skip_space(reader *r) {
  int mysql = r->sql->mysql;
  for (;;) {
    uint8_t a = peek(r, 0), b = peek(r, 1);
    if (is_space(a)) r->at++;
    else if (a == '#' && mysql) skip_past(r, "\n");
    else if (a == '-' && b == '-' && (!mysql || peek(r, 2) <= ' ')) skip_past(r, "\n");  // MySQL: --5 is a number
    else if (a == '*' && b == '/' && mysql) r->at += 2;
    else if (a == '/' && b == '*' && mysql && (peek(r, 2) == '!' || (peek(r, 2) == 'M' && peek(r, 3) == '!')))
      for (r->at += 3; is_digit(peek(r, 0)) || peek(r, 0) == '!'; r->at++) {}
    else if (a == '/' && b == '*') {
      r->at += 2;
      skip_past(r, "*/");
    } else return;
  }
}

static void put(reader *r, ref_value *value, const uint8_t *bytes, size_t length) {
  memcpy(r->out, bytes, length);
  r->out += length;
  value->length += length;
}

static void read_escape(reader *r, ref_value *value) {
  uint8_t decoded[4];
  size_t written;
  int is_e_string = value->kind == REF_ESCAPED;
  r->at++;
  if (is_over(r)) return;
  enum bk_escapes escapes = r->sql->mysql ? BK_ESCAPES_MYSQL_SQL : BK_ESCAPES_COPY;
  size_t taken = ref_undo_escape(escapes, is_e_string, '\\', -1, r->in + r->at, r->length - r->at, decoded, &written);
  if (!taken) {
    value->is_bad = 1;
    r->at++;
    return;
  }
  r->at += taken;
  put(r, value, decoded, written);
}

// At the opening quote.
static int read_string(reader *r, ref_value *value, enum ref_kind kind) {
  uint8_t quote = r->in[r->at++];
  int escapes = kind == REF_ESCAPED || (r->sql->backslash && kind != REF_HEX && kind != REF_BITS);
  value->kind = kind;
  while (!is_over(r)) {
    const uint8_t *p = r->in + r->at;
    if (ref_is_pair(r->sql->multibyte, p, r->length - r->at)) {
      put(r, value, p, 2);
      r->at += 2;
      continue;
    }
    if (escapes && *p == '\\') {
      read_escape(r, value);
      continue;
    }
    if (*p == quote && peek(r, 1) != quote) {
      r->at++;
      return 1;
    }
    r->at += *p == quote ? 2 : 1;
    put(r, value, p, 1);
  }
  return stop(r, BK_FAULT_UNCLOSED_QUOTE);
}

static void decode_hex(ref_value *value) {
  const char *digits = "0123456789abcdef0123456789ABCDEF";
  uint8_t *bytes = (uint8_t *)value->bytes;
  value->is_bad = value->length % 2;
  for (size_t i = 0; i < value->length; i++) {
    const char *digit = value->bytes[i] ? strchr(digits, value->bytes[i]) : NULL;
    if (!digit) {
      value->is_bad = 1;
      break;
    }
    uint8_t half = (uint8_t)((digit - digits) % 16);
    bytes[i / 2] = i % 2 ? bytes[i / 2] | half : (uint8_t)(half << 4);
  }
  value->length /= 2;
}

static void check_bits(ref_value *value) {
  for (size_t i = 0; i < value->length; i++)
    if (value->bytes[i] != '0' && value->bytes[i] != '1') value->is_bad = 1;
}

static int read_dollars(reader *r, ref_value *value) {
  const uint8_t *tag = r->in + r->at;
  size_t n = 1;
  while (is_word(peek(r, n)) && peek(r, n) != '$') n++;
  if (peek(r, n) != '$') return stop(r, BK_FAULT_NOT_A_LITERAL);
  n++;
  value->kind = REF_QUOTED;
  for (r->at += n; r->length - r->at >= n; r->at++) {
    if (!memcmp(r->in + r->at, tag, n)) {
      r->at += n;
      return 1;
    }
    put(r, value, r->in + r->at, 1);
  }
  return stop(r, BK_FAULT_UNCLOSED_QUOTE);
}

static int is(const uint8_t *word, size_t length, const char *other) {
  return strlen(other) == length && !strncasecmp((const char *)word, other, length);
}

static int read_word(reader *r, ref_value *value) {
  const uint8_t *word = r->in + r->at;
  size_t sign = 0, n;
  while (peek(r, sign) == '-' || peek(r, sign) == '+') sign++;
  for (n = sign;; n++) {
    uint8_t b = peek(r, n);
    int is_exponent =
        (b == '-' || b == '+') && n > sign && (is_digit(word[sign]) || word[sign] == '.') && (word[n - 1] | 32) == 'e';
    if (!is_word(b) && b != '.' && !is_exponent) break;
  }
  if (n == sign || r->at + n >= r->length) return stop(r, BK_FAULT_NOT_A_LITERAL);
  r->at += n;
  if (peek(r, 0) == '\'' && n == 1) {
    if ((word[0] | 32) == 'x') {
      int done = read_string(r, value, REF_HEX);
      decode_hex(value);
      return done;
    }
    if ((word[0] | 32) == 'b') {
      int done = read_string(r, value, REF_BITS);
      check_bits(value);
      return done;
    }
    if ((word[0] | 32) == 'n') return read_string(r, value, REF_QUOTED);
    if ((word[0] | 32) == 'e' && !r->sql->mysql) return read_string(r, value, REF_ESCAPED);
  }
  if (r->sql->mysql && n > 2 && word[0] == '0' && (word[1] == 'x' || word[1] == 'b')) {
    put(r, value, word + 2, n - 2);
    value->kind = word[1] == 'x' ? REF_HEX : REF_BITS;
    if (value->kind == REF_HEX) decode_hex(value);
    else check_bits(value);
    return 1;
  }
  if (r->sql->mysql && word[0] == '_') {
    int binary = is(word, n, "_binary");
    if (!binary && !is(word, n, "_utf8mb4") && !is(word, n, "_utf8mb3") && !is(word, n, "_utf8"))
      return stop(r, BK_FAULT_NOT_A_LITERAL);
    skip_space(r);
    if (peek(r, 0) == '\'' || (peek(r, 0) == '"' && r->sql->double_is_string))
      return read_string(r, value, binary ? REF_BINARY : REF_QUOTED);
    return read_word(r, value);
  }
  value->kind = is(word, n, "NULL") ? REF_NULL : is(word, n, "DEFAULT") ? REF_ABSENT : REF_BARE;
  if (value->kind == REF_BARE && !is_digit(word[sign]) && word[sign] != '.' && !is(word, n, "TRUE") &&
      !is(word, n, "FALSE"))
    return stop(r, BK_FAULT_NOT_A_LITERAL);
  put(r, value, word, n);
  return 1;
}

static int read_value(reader *r, ref_value *value) {
  uint8_t b = peek(r, 0);
  value->bytes = r->out;
  if (b == '\'' || (b == '"' && r->sql->double_is_string)) return read_string(r, value, REF_QUOTED);
  if (b == '$' && !r->sql->mysql) return read_dollars(r, value);
  return read_word(r, value);
}

// PostgreSQL's ::type, which changes nothing.
static void skip_casts(reader *r) {
  while (!r->sql->mysql && peek(r, 0) == ':' && peek(r, 1) == ':') {
    for (r->at += 2; !is_over(r);) {
      uint8_t b = peek(r, 0);
      if (b == '(') skip_past(r, ")");
      else if (b == '"') {
        r->at++;
        skip_past(r, "\"");
      } else if (is_word(b) || (b && strchr(" .[]", b))) r->at++;
      else break;
    }
  }
}

static int read_tuple(reader *r, ref_value *values, ref_row *row) {
  *row = (ref_row){ values, 0 };
  r->at++;  // (
  skip_space(r);
  if (peek(r, 0) == ')') {
    r->at++;
    return 1;
  }
  for (;;) {
    if (!read_value(r, &values[row->count])) return 0;
    row->count++;
    skip_space(r);
    skip_casts(r);
    skip_space(r);
    if (is_over(r)) return stop(r, BK_FAULT_UNCLOSED_QUOTE);
    uint8_t b = r->in[r->at++];
    if (b == ')') return 1;
    if (b != ',') return stop(r, BK_FAULT_NOT_A_LITERAL);
    skip_space(r);
  }
}

ref_rows ref_read_tuples(const uint8_t *in, size_t length, const bk_sql *sql) {
  reader r = { .in = in, .length = length, .sql = sql, .out = keep(length + 1) };
  ref_value *values = keep((length + 1) * sizeof *values);
  ref_rows result = { .rows = keep((length + 1) * sizeof(ref_row)) };
  for (;;) {
    skip_space(&r);
    int is_due = peek(&r, 0) == ',';  // a row, after a comma
    if (is_due) {
      r.at++;
      skip_space(&r);
    }
    if (is_over(&r)) return result;
    if (peek(&r, 0) != '(') {
      if (is_due) result.fault = BK_FAULT_NOT_A_ROW;
      else result.is_over = 1;
      return result;
    }
    ref_row row;
    if (!read_tuple(&r, values, &row)) {
      result.fault = r.fault;
      return result;
    }
    values += row.count;
    result.rows[result.count++] = row;
  }
}

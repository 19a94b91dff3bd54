// RFC 8259 for one object of strings, numbers, true, false and null, in UTF-8 (RFC 3629); nothing is forgiven.
#include <string.h>
#include "memory.h"
#include "reference.h"

typedef struct {
  const uint8_t *text;
  size_t at, length;
  uint8_t *out;
} cursor;

static int peek(const cursor *c) { return c->at < c->length ? c->text[c->at] : -1; }
static int take(cursor *c, int byte) { return peek(c) == byte && ++c->at; }

static int hex4(cursor *c, uint32_t *value) {
  *value = 0;
  for (int i = 0; i < 4; i++, c->at++) {
    int b = peek(c);
    if (b >= '0' && b <= '9') *value = *value * 16 + (uint32_t)(b - '0');
    else if (b >= 'a' && b <= 'f') *value = *value * 16 + (uint32_t)(b - 'a' + 10);
    else return 0;  // we write small letters
  }
  return *value < 0x80;  // and only these need the form
}

static int string(cursor *c, const uint8_t **bytes, size_t *length) {
  static const char escaped[] = "\"\\/bfnrt", meant[] = "\"\\/\b\f\n\r\t";
  if (!take(c, '"')) return 0;
  uint8_t *start = c->out;
  *bytes = start;
  for (;;) {
    int b = peek(c);
    if (b < 0x20) return 0;
    if (b == '"') {
      c->at++;
      *length = (size_t)(c->out - start);
      return 1;
    }
    if (b != '\\') {
      size_t bad, n = ref_utf8_character(c->text + c->at, c->length - c->at, &bad);
      if (!n) return 0;
      memcpy(c->out, c->text + c->at, n);
      c->out += n;
      c->at += n;
      continue;
    }
    c->at++;
    b = peek(c);
    c->at++;
    uint32_t code;
    const char *found = b > 0 ? strchr(escaped, b) : NULL;
    if (found) *c->out++ = (uint8_t)meant[found - escaped];
    else if (b == 'u' && hex4(c, &code)) *c->out++ = (uint8_t)code;
    else return 0;
  }
}

static int digits(cursor *c) {
  size_t from = c->at;
  while (peek(c) >= '0' && peek(c) <= '9') c->at++;
  return c->at > from;
}

static int number(cursor *c) {
  take(c, '-');
  if (!take(c, '0') && !digits(c)) return 0;
  if (take(c, '.') && !digits(c)) return 0;
  if (take(c, 'e') || take(c, 'E')) {
    if (!take(c, '-')) take(c, '+');
    return digits(c);
  }
  return 1;
}

static int value(cursor *c, json_pair *pair) {
  pair->is_string = peek(c) == '"';
  if (pair->is_string) return string(c, &pair->bytes, &pair->length);
  size_t from = c->at;
  static const char *const words[] = { "true", "false", "null" };
  int is_word = 0;
  for (int i = 0; i < 3; i++) {
    size_t n = strlen(words[i]);
    if (c->length - c->at >= n && !memcmp(c->text + c->at, words[i], n)) {
      c->at += n;
      is_word = 1;
      break;
    }
  }
  if (!is_word && !number(c)) return 0;
  pair->bytes = c->text + from;
  pair->length = c->at - from;
  return 1;
}

long json_read_line(const uint8_t *text, size_t length, json_pair *pairs, size_t capacity) {
  cursor c = { text, 0, length, keep(length + 1) };
  size_t count = 0;
  if (!take(&c, '{')) return -1;
  while (peek(&c) != '}') {
    if (count == capacity || (count && !take(&c, ','))) return -1;
    if (!string(&c, &pairs[count].key, &pairs[count].key_length) || !take(&c, ':') || !value(&c, &pairs[count]))
      return -1;
    count++;
  }
  c.at++;
  return c.at == length ? (long)count : -1;
}

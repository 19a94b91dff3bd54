// JSON a byte at a time: put on one line, or refused.
#include <string.h>
#include "memory.h"
#include "reference.h"

typedef struct {
  const uint8_t *p, *past;
  uint8_t *out;
} reader;

// What a key means.
typedef struct {
  uint8_t *bytes;
  size_t count;
} meaning;

static void skip_space(reader *r) {
  while (r->p < r->past && (*r->p == ' ' || *r->p == '\n' || *r->p == '\r' || *r->p == '\t')) r->p++;
}
static int is_next(const reader *r, uint8_t byte) { return r->p < r->past && *r->p == byte; }
static int take_byte(reader *r, uint8_t byte) {
  if (!is_next(r, byte)) return 0;
  *r->out++ = *r->p++;
  return 1;
}

static long take_unit(reader *r) {
  long unit = 0;
  for (int i = 0; i < 4; i++) {
    static const char digits[] = "0123456789abcdef";
    if (r->p >= r->past) return -1;
    const uint8_t b = *r->p >= 'A' && *r->p <= 'F' ? *r->p + 32 : *r->p;
    const char *digit = b ? strchr(digits, b) : NULL;
    if (!digit) return -1;
    unit = unit * 16 + (digit - digits);
    *r->out++ = *r->p++;
  }
  return unit;
}

static void put_character(meaning *m, long c) {
  if (c < 0x80) {
    m->bytes[m->count++] = (uint8_t)c;
    return;
  }
  const int more = c < 0x800 ? 1 : c < 0x10000 ? 2 : 3;
  static const uint8_t first[] = { 0, 0xC0, 0xE0, 0xF0 };
  m->bytes[m->count++] = (uint8_t)(first[more] | c >> 6 * more);
  for (int i = more - 1; i >= 0; i--) m->bytes[m->count++] = (uint8_t)(0x80 | (c >> 6 * i & 63));
}

static int take_string(reader *r, meaning *m) {
  if (!take_byte(r, '"')) return 0;
  m->bytes = keep((size_t)(r->past - r->p) + 4);
  while (r->p < r->past && *r->p != '"') {
    if (*r->p < 0x20) return 0;
    if (*r->p != '\\') {
      m->bytes[m->count++] = *r->p;
      *r->out++ = *r->p++;
      continue;
    }
    *r->out++ = *r->p++;
    if (r->p >= r->past) return 0;
    const uint8_t letter = *r->p;
    *r->out++ = *r->p++;
    static const char letters[] = "\"\\/bfnrt", meanings[] = "\"\\/\b\f\n\r\t";
    const char *known = letter ? strchr(letters, letter) : NULL;
    if (known) {
      m->bytes[m->count++] = (uint8_t)meanings[known - letters];
      continue;
    }
    if (letter != 'u') return 0;
    long c = take_unit(r);
    if (c < 0 || (c >= 0xDC00 && c < 0xE000)) return 0;
    if (c >= 0xD800 && c < 0xDC00) {
      if (!take_byte(r, '\\') || !take_byte(r, 'u')) return 0;
      const long low = take_unit(r);
      if (low < 0xDC00 || low > 0xDFFF) return 0;
      c = 0x10000 + (c - 0xD800) * 0x400 + (low - 0xDC00);
    }
    put_character(m, c);
  }
  return take_byte(r, '"');
}

static int take_digits(reader *r) {
  const uint8_t *const first = r->p;
  while (r->p < r->past && *r->p >= '0' && *r->p <= '9') *r->out++ = *r->p++;
  return r->p > first;
}

static int take_number(reader *r) {
  take_byte(r, '-');
  if (!take_byte(r, '0') && !take_digits(r)) return 0;
  if (take_byte(r, '.') && !take_digits(r)) return 0;
  if (take_byte(r, 'e') || take_byte(r, 'E')) {
    if (!take_byte(r, '+')) take_byte(r, '-');
    return take_digits(r);
  }
  return 1;
}

static int take_word(reader *r, const char *word) {
  for (; *word; word++)
    if (!take_byte(r, (uint8_t)*word)) return 0;
  return 1;
}

static int take_value(reader *r, int depth);

static int take_members(reader *r, int depth, uint8_t end, int has_keys) {
  meaning *keys = has_keys ? keep(((size_t)(r->past - r->p) / 3 + 1) * sizeof *keys) : NULL;
  size_t count = 0;
  r->p++;
  *r->out++ = has_keys ? '{' : '[';
  skip_space(r);
  if (take_byte(r, end)) return 1;
  for (;;) {
    if (has_keys) {
      skip_space(r);
      if (!take_string(r, &keys[count])) return 0;
      for (size_t i = 0; i < count; i++)
        if (keys[i].count == keys[count].count && !memcmp(keys[i].bytes, keys[count].bytes, keys[i].count)) return 0;
      count++;
      skip_space(r);
      if (!take_byte(r, ':')) return 0;
    }
    if (!take_value(r, depth + 1)) return 0;
    skip_space(r);
    if (take_byte(r, end)) return 1;
    if (!take_byte(r, ',')) return 0;
  }
}

static int take_value(reader *r, int depth) {
  meaning unused = { 0 };
  if (depth > 1000) return 0;
  skip_space(r);
  if (r->p >= r->past) return 0;
  switch (*r->p) {
    case '{': return take_members(r, depth, '}', 1);
    case '[': return take_members(r, depth, ']', 0);
    case '"': return take_string(r, &unused);
    case 't': return take_word(r, "true");
    case 'f': return take_word(r, "false");
    case 'n': return take_word(r, "null");
    default: return take_number(r);
  }
}

size_t ref_json_line(const uint8_t *text, size_t length, uint8_t *out) {
  reader r = { text, text + length, out };
  if (ref_utf8_valid_prefix(text, length) != length || !take_value(&r, 0)) return SIZE_MAX;
  skip_space(&r);
  return r.p == r.past ? (size_t)(r.out - out) : SIZE_MAX;
}

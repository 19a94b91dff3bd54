// The bound for SQL: the INSERTs of mysqldump, or one COPY block of pg_dump, to JSON lines, as fast as we could write
// it without a pipeline, errors, charsets or more than one table. One thread, one file; compare.py checks that its
// output is that of sluice, byte for byte, before it counts.
//
//   CREATE TABLE `t` (`a` int, `b` text) …;  INSERT INTO `t` VALUES (1,'it\'s'),(2,NULL);
//   →  {"a":1,"b":"it's"}⏎{"a":2,"b":null}⏎
//   bound_sql FILE [-d]: with -d the output is discarded
//
//   clang -O3 -mavx2 -mbmi -mbmi2 -mpclmul -mlzcnt -mpopcnt bound_sql.c -o bound_sql
#define _GNU_SOURCE
#include <fcntl.h>
#include <immintrin.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { SLAB = 256 << 10, SLACK = 128 };
static uint8_t in[SLAB + SLACK], *out, *o;
static struct {
  uint8_t text[256];
  size_t length;
  int is_number;
} keys[4096];  // with the opening quote
static size_t columns;
static int discards;

static void flush(void) {
  for (uint8_t *p = out; !discards && p < o;) {
    ssize_t n = write(1, p, (size_t)(o - p));
    if (n <= 0) exit(1);
    p += n;
  }
  o = out;
}

static inline __m256i load(const uint8_t *p) { return _mm256_loadu_si256((const void *)p); }
static inline void store(uint8_t *p, __m256i v) { _mm256_storeu_si256((void *)p, v); }
static inline uint32_t equal(__m256i v, char byte) {
  return (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(v, _mm256_set1_epi8(byte)));
}
static inline uint32_t controls(__m256i v) {
  return (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(_mm256_min_epu8(v, _mm256_set1_epi8(31)), v));
}

static uint8_t *put_byte(uint8_t *to, uint8_t byte) {
  switch (byte) {
    case '\n': memcpy(to, "\\n", 2); return to + 2;
    case '\r': memcpy(to, "\\r", 2); return to + 2;
    case '\t': memcpy(to, "\\t", 2); return to + 2;
    case '\b': memcpy(to, "\\b", 2); return to + 2;
    case '\f': memcpy(to, "\\f", 2); return to + 2;
    case '"':
    case '\\':
      to[0] = '\\';
      to[1] = byte;
      return to + 2;
    default:
      if (byte < 32) return to + sprintf((char *)to, "\\u%04x", byte);
      *to = byte;
      return to + 1;
  }
}

static uint8_t meaning(uint8_t byte, int is_copy) {
  switch (byte) {
    case 'n': return '\n';
    case 'r': return '\r';
    case 't': return '\t';
    case 'b': return '\b';
    case 'f': return is_copy ? '\f' : 'f';
    case 'v': return is_copy ? '\v' : 'v';
    case '0': return is_copy ? '0' : 0;
    case 'Z': return is_copy ? 'Z' : 26;
    default: return byte;
  }
}

static inline uint8_t *put_key(uint8_t *to, size_t column) {
  store(to, load(keys[column].text));
  if (keys[column].length > 32) memcpy(to + 32, keys[column].text + 32, keys[column].length - 32);
  return to + keys[column].length;
}

// Text from p to the byte that ends it ('\'' in a string; tab or line end in COPY), which is where *end is then.
static inline __attribute__((always_inline)) uint8_t *put_text(const uint8_t *p, const uint8_t **end, uint8_t *to,
                                                               const int is_copy) {
  for (;;) {
    __m256i v = load(p);
    store(to, v);
    uint32_t stops = equal(v, '\\') | equal(v, '"') | controls(v);
    if (!is_copy) stops |= equal(v, '\'');
    if (!stops) {
      p += 32;
      to += 32;
      continue;
    }
    uint32_t place = _tzcnt_u32(stops);
    p += place;
    to += place;
    uint8_t byte = *p;
    if (is_copy ? byte == '\t' || byte == '\n' : byte == '\'' && p[1] != '\'') {
      *end = p;
      return to;
    }
    if (byte == '\\') {
      to = put_byte(to, meaning(p[1], is_copy));
      p += 2;
    } else {
      to = put_byte(to, byte);
      p += 1 + (byte == '\'');
    }
  }
}

static uint8_t *close_line(uint8_t *line, uint8_t *to) {
  *line = '{';
  memcpy(to, "}\n", 2);
  return to + 2;
}

// Tuples from p on; returns where the first one that is not whole (or the statement's end) begins. *closed: after `;`.
static const uint8_t *tuples(const uint8_t *p, const uint8_t *limit, int *closed) {
  for (;;) {
    const uint8_t *start = p;
    while (*p == ',' || *p == ' ' || *p == '\n') p++;
    if (p >= limit) return start;
    if (*p == ';') {
      *closed = 1;
      return p + 1;
    }
    if (*p != '(') {
      fprintf(stderr, "not a tuple: %.20s\n", p);
      exit(1);
    }
    uint8_t *line = o, *to = o;
    p++;
    for (size_t column = 0;; column++) {
      to = put_key(to, column);
      if (*p == '\'') {
        to = put_text(p + 1, &p, to, 0);
        *to++ = '"';
        p++;
      } else {
        to--;
        __m256i v = load(p);
        store(to, v);
        uint32_t place = _tzcnt_u32(equal(v, ',') | equal(v, ')'));
        if (place == 32) return start;  // the input ends here: no number is that long
        if (*p == 'N') memcpy(to, "null", 4);
        p += place;
        to += place;
      }
      if (p >= limit) return start;
      if (*p++ == ',') continue;
      if (column + 1 != columns) {
        fprintf(stderr, "a row of %zu values\n", column + 1);
        exit(1);
      }
      break;
    }
    o = close_line(line, to);
  }
}

// Lines of a COPY block; the same.
static const uint8_t *lines(const uint8_t *p, const uint8_t *limit, int *closed) {
  for (;;) {
    const uint8_t *start = p;
    if (p + 2 >= limit) return start;
    if (p[0] == '\\' && p[1] == '.') {
      *closed = 1;
      return p + 2;
    }
    uint8_t *line = o, *to = o;
    for (size_t column = 0;; column++) {
      to = put_key(to, column);
      if (p[0] == '\\' && p[1] == 'N') {
        memcpy(to - 1, "null", 4);
        to += 3;
        p += 2;
      } else {
        to -= keys[column].is_number;
        to = put_text(p, &p, to, 1);
        *to = '"';
        to += !keys[column].is_number;
      }
      if (p >= limit) return start;
      if (*p++ == '\t') continue;
      if (column + 1 != columns) {
        fprintf(stderr, "a row of %zu values\n", column + 1);
        exit(1);
      }
      break;
    }
    o = close_line(line, to);
  }
}

// Names and types between CREATE TABLE's brackets: a column a line.
static void read_columns(const char *p) {
  p = strchr(strstr(p, "CREATE TABLE"), '\n') + 1;
  for (; *p != ')'; p = strchr(p, '\n') + 1) {
    p += strspn(p, " `");
    size_t length = strcspn(p, " `");
    const char *type = p + length + strspn(p + length, " `");
    keys[columns].is_number = !strncmp(type, "int", 3) || !strncmp(type, "numeric", 7);
    keys[columns].length = (size_t)sprintf((char *)keys[columns].text, ",\"%.*s\":\"", (int)length, p);
    columns++;
  }
}

int main(int argc, char **argv) {
  if (argc < 2) return 64;
  discards = argc > 2 && !strcmp(argv[2], "-d");
  int file = open(argv[1], O_RDONLY), is_inside = 0, is_copy = 0;
  size_t have = 0, key_bytes = 0;
  for (;;) {
    ssize_t n = read(file, in + have, SLAB - have);
    if (n < 0) return 1;
    have += (size_t)n;
    for (size_t i = 0; i < SLACK; i += 2) memcpy(in + have + i, "\n'", 2);  // ends any text
    if (!columns) {
      in[have] = 0;
      read_columns((char *)in);
      in[have] = '\n';
      for (size_t i = 0; i < columns; i++) key_bytes += keys[i].length + 8;
      // a value takes two bytes of input at least
      out = o = malloc(SLAB * (6 + key_bytes / columns / 2) + key_bytes + SLACK);
    }
    const uint8_t *p = in, *limit = in + have;
    while (p < limit) {
      if (!is_inside) {
        const uint8_t *insert = memmem(p, (size_t)(limit - p), " VALUES ", 8),
                      *copy = memmem(p, (size_t)(limit - p), " FROM stdin;\n", 13);
        if (!insert && !copy) {
          p = have > 16 && n ? limit - 16 : limit;
          break;
        }
        is_copy = !insert || (copy && copy < insert);
        p = is_copy ? copy + 13 : insert + 8;
        is_inside = 1;
      }
      int closed = 0;
      p = is_copy ? lines(p, limit, &closed) : tuples(p, limit, &closed);
      is_inside = !closed;
      if (!closed) break;
    }
    flush();
    have = (size_t)(limit - p);
    memmove(in, p, have);
    if (n == 0) return 0;
    if (have == SLAB) {
      fprintf(stderr, "a row longer than the slab\n");
      return 1;
    }
  }
}

// The bound: the fastest way to turn comma-separated text with a header into JSON lines that we could write without
// a pipeline, errors, types or tables. One thread, one file, output to standard output (or discarded with -d).
// compare.py checks that its output is that of sluice, byte for byte, before it counts.
//
//   1,"a ""b""",c⏎   →   {"x":"1","y":"a \"b\"","z":"c"}⏎
//   bound FILE [-d] [TYPES]: with -d the output is discarded; TYPES has an n for each column of numbers, as in ntt
//
//   clang -O3 -mavx2 -mbmi -mbmi2 -mpclmul -mlzcnt -mpopcnt bound.c -o bound
#include <fcntl.h>
#include <immintrin.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { SLAB = 256 << 10, SLACK = 128 };
static uint8_t *in, *out, *o;
static uint32_t *ends;  // offset of each field's end; LINE and ODD beside it
enum { LINE = 1u << 31, ODD = 1u << 30, PLACE = ODD - 1 };
static struct {
  uint8_t text[256];
  size_t length, quotes;
} *keys;  // quotes: 0 for numbers
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

static uint64_t equal(__m256i a, __m256i b, char byte) {
  __m256i all = _mm256_set1_epi8(byte);
  return (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(a, all)) |
         (uint64_t)(uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(b, all)) << 32;
}
static __m256i odd_bytes(__m256i v) {
  __m256i odd =
      _mm256_or_si256(_mm256_cmpeq_epi8(v, _mm256_set1_epi8('"')), _mm256_cmpeq_epi8(v, _mm256_set1_epi8('\\')));
  return _mm256_or_si256(odd, _mm256_cmpeq_epi8(_mm256_min_epu8(v, _mm256_set1_epi8(31)), v));
}

// Field ends in in[0..<length]; returns how many, and in *cut the offset after the last line.
static size_t mark(size_t length, size_t *cut) {
  uint64_t inside = 0, odd_before = 0;
  size_t n = 0, whole = 0;
  *cut = 0;
  for (size_t at = 0; at < length; at += 64) {
    __m256i a = _mm256_loadu_si256((void *)(in + at)), b = _mm256_loadu_si256((void *)(in + at + 32));
    uint64_t valid = length - at >= 64 ? ~0ull : (1ull << (length - at)) - 1;
    uint64_t lines = equal(a, b, '\n') & valid, commas = equal(a, b, ',') & valid, quotes = equal(a, b, '"') & valid;
    uint64_t odd = (uint32_t)_mm256_movemask_epi8(odd_bytes(a)) | (uint64_t)(uint32_t)_mm256_movemask_epi8(odd_bytes(b))
                                                                      << 32;
    if (quotes | inside) {
      uint64_t in_quotes = (uint64_t)_mm_cvtsi128_si64(
                               _mm_clmulepi64_si128(_mm_set_epi64x(0, (long long)quotes), _mm_set1_epi8(-1), 0)) ^
                           inside;
      inside = (uint64_t)((int64_t)in_quotes >> 63);
      lines &= ~in_quotes;
      commas &= ~in_quotes;
    }
    uint64_t all = lines | commas, left = all;
    odd &= valid & ~all;
    size_t count = (size_t)_mm_popcnt_u64(all);
    if (!(odd | odd_before)) {
      for (size_t i = 0; i < count; i += 8)
        for (int k = 0; k < 8; k++) {
          ends[n + i + (size_t)k] = (uint32_t)(at + _tzcnt_u64(left));
          left &= left - 1;
        }
    } else {
      odd |= odd_before;
      for (size_t i = 0; i < count; i++) {
        uint64_t through = left ^ (left - 1);
        ends[n + i] = (uint32_t)(at + _tzcnt_u64(left)) | (odd & through ? ODD : 0);
        odd &= ~through;
        left &= left - 1;
      }
      odd_before = odd != 0;
    }
    for (; lines; lines &= lines - 1) {
      uint64_t place = _tzcnt_u64(lines);
      whole = n + (size_t)_mm_popcnt_u64(all & ((2ull << place) - 1));
      ends[whole - 1] |= LINE;
      *cut = at + place + 1;
    }
    n += count;
  }
  return whole;
}

static uint8_t *put_odd(const uint8_t *p, const uint8_t *end, uint8_t *o) {
  int quoted = *p == '"' && p < end;
  if (quoted) {
    p++;
    end--;
  }
  while (p < end) {
    __m256i v = _mm256_loadu_si256((void *)p);
    _mm256_storeu_si256((void *)o, v);
    size_t left = (size_t)(end - p), step = left < 32 ? left : 32,
           odd = _tzcnt_u64((uint32_t)_mm256_movemask_epi8(odd_bytes(v)) | 1ull << 32);
    if (odd >= step) {
      p += step;
      o += step;
      continue;
    }
    p += odd;
    o += odd;
    uint8_t byte = *p++;
    if (quoted && byte == '"' && p < end && *p == '"') p++;
    *o++ = '\\';
    switch (byte) {
      case '\n': *o++ = 'n'; break;
      case '\r': *o++ = 'r'; break;
      case '\t': *o++ = 't'; break;
      case '\b': *o++ = 'b'; break;
      case '\f': *o++ = 'f'; break;
      case '"':
      case '\\': *o++ = byte; break;
      default: o += sprintf((char *)o, "u%04x", byte);
    }
  }
  return o;
}

static void emit(size_t fields) {
  uint32_t start = 0;
  uint8_t *to = o;
  for (size_t i = 0, column = 0; i < fields; i++) {
    uint32_t end = ends[i] & PLACE;
    size_t key = keys[column].length, quotes = keys[column].quotes, length = end - start;
    _mm256_storeu_si256((void *)to, _mm256_loadu_si256((void *)keys[column].text));
    if (key > 32) memcpy(to + 32, keys[column].text + 32, key - 32);
    to += key;
    if (!(ends[i] & ODD)) {
      _mm256_storeu_si256((void *)to, _mm256_loadu_si256((void *)(in + start)));
      for (size_t k = 32; k < length; k += 32)
        _mm256_storeu_si256((void *)(to + k), _mm256_loadu_si256((void *)(in + start + k)));
      to += length;
    } else {
      to = put_odd(in + start, in + end, to);
    }
    *to = '"';
    to += quotes;
    start = end + 1;
    column++;
    if (ends[i] & LINE) {
      if (column != columns) {
        fprintf(stderr, "a row of %zu fields\n", column);
        exit(1);
      }
      column = 0;
      *to++ = '}';
      *to++ = '\n';
    }
  }
  o = to;
}

int main(int argc, char **argv) {
  if (argc < 2) return 64;
  discards = argc > 2 && !strcmp(argv[2], "-d");
  const char *types = argc > 2 + discards ? argv[2 + discards] : "";
  int file = open(argv[1], O_RDONLY);
  in = aligned_alloc(64, SLAB + SLACK);
  ends = malloc((SLAB + 64) * sizeof *ends);
  size_t have = 0, capacity = 0;
  int header = 1;
  for (;;) {
    ssize_t n = read(file, in + have, SLAB - have);
    if (n <= 0) break;
    have += (size_t)n;
    if (header) {  // plain names
      uint8_t *end = memchr(in, '\n', have), *p = in;
      keys = aligned_alloc(64, 4096 * sizeof *keys);
      for (; p < end; columns++) {
        uint8_t *comma = memchr(p, ',', (size_t)(end - p));
        if (!comma) comma = end;
        keys[columns].quotes = columns >= strlen(types) || types[columns] != 'n';
        keys[columns].length = (size_t)sprintf((char *)keys[columns].text, "%c\"%.*s\":%s", columns ? ',' : '{',
                                               (int)(comma - p), p, keys[columns].quotes ? "\"" : "");
        p = comma + 1;
      }
      have -= (size_t)(end + 1 - in);
      memmove(in, end + 1, have);
      header = 0;
    }
    size_t cut, fields = mark(have, &cut), worst = 0;
    for (size_t i = 0; i < columns; i++) worst += keys[i].length + 4;
    if (cut == 0) {
      fprintf(stderr, "a row longer than the slab\n");
      return 1;
    }
    // Room for all of it: keys once a row, and six bytes for each of the input.
    size_t room = worst * (fields / columns + 1) + 6 * cut;
    if (room > capacity) {
      capacity = room * 2;
      free(out);
      out = o = malloc(capacity + SLACK);
    }
    emit(fields);
    flush();
    memmove(in, in + cut, have - cut);
    have -= cut;
  }
  return 0;
}

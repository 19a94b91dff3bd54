// Decodes to UTF-8 by tables that hold it ready. Runs of ASCII are copied, 16 bytes or more at a time; between them
//
//   one byte a character      E9 "é" → three planes        two, four characters at a time
//
//   in       c  a  f  E9                                   in       B0 A1 D6 D0 B9 FA BC D2
//   first    c  a  f  C3                                   twos     [B0A1]   [D6D0]   [B9FA]   [BCD2]
//   second            A9     by AVX-512, 64 bytes at a     out      E5958A3  E4B8AD3  E59BBD3  E5AEB63
//   out      c  a  f  C3 A9  time: planes, compressed               └ the length; the next overwrites it
//
// What has more bytes, is astral, is no character or is cut is left to bk_decode_character, one by one.
#include <stdatomic.h>
#include "charset.h"
#include "CBackupKernels.h"
#if defined(__x86_64__)
#include <immintrin.h>
#endif

#define HIGH_BITS 0x8080808080808080u

size_t bk_ascii_prefix(const uint8_t *text, size_t length) {
  size_t i = 0;
  for (; length - i >= 64; i += 64) {
    uint64_t word[8], any = 0;
    memcpy(word, text + i, 64);
    for (int k = 0; k < 8; k++) any |= word[k];
    if (any & HIGH_BITS) break;
  }
  while (i < length && text[i] < 0x80) i++;
  return i;
}

// Where decoding stands.
typedef struct {
  const uint8_t *in, *past;
  uint8_t *out;
} cursor;

static inline int put_cell(cursor *c, uint32_t cell, size_t read) {
  const uint32_t kind = cell >> 24;
  if (kind - 1 >= CELL_UTF8_3) return 0;
  memcpy(c->out, &cell, 4);
  c->out += kind;
  c->in += read;
  return 1;
}

// Up to the end, or before a character that is none of the usual ones. Reads up to 16 bytes past the end.
static inline void decode_ascii(cursor *c) {
  for (;;) {
    const size_t left = (size_t)(c->past - c->in), run = (size_t)__builtin_ctz(bk_beyond_ascii_of_16(c->in) | 1 << 16),
                 count = run < left ? run : left;
    memcpy(c->out, c->in, 16);
    c->in += count;
    c->out += count;
    if (count < 16) return;
  }
}

static void decode_singles(const bk_charset *charset, cursor *c) {
  for (;;) {
    decode_ascii(c);
    if (c->in >= c->past) return;
    do
      if (!put_cell(c, charset->cells[*c->in], 1)) return;
    while (c->in < c->past && *c->in >= 0x80);
    if (c->in >= c->past) return;
  }
}

// The cell of the character that begins here, without a branch.
static inline uint32_t cell_at(const uint32_t *twos, const uint8_t *in) {
  const uint32_t first = in[0], is_ascii = (first >> 7) - 1;
  return twos[(first << 8 | in[1]) & ~is_ascii] | (CELL(CELL_UTF8_1, first) & is_ascii);
}

// Words of a few characters with ASCII between them, four characters at a time: where they begin is looked up, since a
// branch for each would be guessed wrong too often. Ends where there are none of both, or a character is none of the
// usual ones.
static inline void decode_mixed(const bk_charset *charset, cursor *c) {
  const uint32_t *const twos = charset->twos;
  for (unsigned all_beyond = 0; c->past - c->in >= 8 && all_beyond < 2;) {
    const uint8_t *in = c->in;
    const unsigned beyond = bk_beyond_ascii_of_8(in), steps = charset->steps[beyond];
    if (!beyond) return;
    all_beyond = beyond == 0xFF ? all_beyond + 1 : 0;
    const uint32_t a = cell_at(twos, in), b = cell_at(twos, in + (steps & 15)),
                   d = cell_at(twos, in + (steps >> 4 & 15)), e = cell_at(twos, in + (steps >> 8 & 15));
    if (((a - (1 << 24)) | (b - (1 << 24)) | (d - (1 << 24)) | (e - (1 << 24))) >> 31) return;
    uint8_t *out = c->out;
    memcpy(out, &a, 4);
    memcpy(out += a >> 24, &b, 4);
    memcpy(out += b >> 24, &d, 4);
    memcpy(out += d >> 24, &e, 4);
    c->out = out + (e >> 24);
    c->in += steps >> 12;
  }
}

static inline uint64_t first_byte_highest(const uint8_t *in) {
  uint64_t word;
  memcpy(&word, in, 8);
  return __builtin_bswap64(word);
}

static void decode_twos(const bk_charset *charset, cursor *c) {
  const uint32_t *const twos = charset->twos, *const cells = charset->cells;
  for (;;) {
    decode_ascii(c);
    if (c->in >= c->past) return;
    do {
      while (c->past - c->in >= 8) {
        const uint64_t four = first_byte_highest(c->in);
        if (~four & 0x8000800080008000u) break;
        const uint32_t a = twos[four >> 48], b = twos[four >> 32 & 0xFFFF], d = twos[four >> 16 & 0xFFFF],
                       e = twos[four & 0xFFFF];
        if ((a & b & d & e) >> 24 != CELL_UTF8_3) break;
        const uint64_t front = (a & 0xFFFFFF) | (uint64_t)b << 24, back = (d & 0xFFFFFF) | (uint64_t)e << 24;
        memcpy(c->out, &front, 8);
        memcpy(c->out + 6, &back, 8);
        c->out += 12;
        c->in += 8;
      }
      decode_mixed(charset, c);
      if (c->in >= c->past) return;
      if (*c->in < 0x80) break;
      const int is_two = c->past - c->in >= 2 && put_cell(c, twos[(size_t)c->in[0] << 8 | c->in[1]], 2);
      if (!is_two && !put_cell(c, cells[*c->in], 1)) return;
    } while (c->in < c->past && *c->in >= 0x80);
    if (c->in >= c->past) return;
  }
}

#if defined(__x86_64__)
#define AVX512                                                                                                         \
  __attribute__((target("avx2,bmi,bmi2,popcnt,avx512f,avx512bw,avx512vl,avx512vbmi,avx512vbmi2")))

AVX512 static inline uint8_t *put_two_planes(uint8_t *out, __m256i first, __m256i second, uint32_t here,
                                             uint32_t high) {
  const __m512i both = _mm512_or_si512(_mm512_cvtepu8_epi16(first), _mm512_slli_epi16(_mm512_cvtepu8_epi16(second), 8));
  const uint64_t wanted = _pdep_u64(here, 0x5555555555555555u) | _pdep_u64(high, 0xAAAAAAAAAAAAAAAAu);
  _mm512_storeu_si512(out, _mm512_maskz_compress_epi8(wanted, both));
  return out + __builtin_popcountll(wanted);
}

AVX512 static inline uint8_t *put_three_planes(uint8_t *out, __m128i first, __m128i second, __m128i third,
                                               uint32_t here) {
  const __m512i later = _mm512_or_si512(_mm512_slli_epi32(_mm512_cvtepu8_epi32(second), 8),
                                        _mm512_slli_epi32(_mm512_cvtepu8_epi32(third), 16));
  const __m512i all = _mm512_or_si512(_mm512_cvtepu8_epi32(first), later);
  const uint64_t wanted = _pdep_u64(here, 0x1111111111111111u) | _mm512_test_epi8_mask(later, later);
  _mm512_storeu_si512(out, _mm512_maskz_compress_epi8(wanted, all));
  return out + __builtin_popcountll(wanted);
}

AVX512 static inline __m512i of_plane(__mmask64 high, const uint8_t plane[128], __m512i v, __m512i others) {
  return _mm512_mask_blend_epi8(
      high, others, _mm512_permutex2var_epi8(_mm512_loadu_si512(plane), v, _mm512_loadu_si512(plane + 64)));
}

// Writes the UTF-8 of the bytes of `here`, which are of no more than one character without UTF-8 in the planes; returns
// those of them before it.
AVX512 static inline uint64_t put_block(const bk_charset *charset, __m512i v, __mmask64 high, uint64_t here,
                                        uint8_t **out) {
  const __m512i none = _mm512_setzero_si512();
  const __m512i first = of_plane(high, charset->planes[0], v, v), second = of_plane(high, charset->planes[1], v, none),
                third = of_plane(high, charset->planes[2], v, none);
  const uint64_t bad = high & ~_mm512_test_epi8_mask(first, first);
  if (__builtin_expect(bad != 0, 0)) here &= (bad & -bad) - 1;
  uint8_t *o = *out;
  if (_mm512_mask_test_epi8_mask(here, third, third)) {
    const __m512i seconds = _mm512_maskz_mov_epi8(here, second), thirds = _mm512_maskz_mov_epi8(here, third);
#define PART(n)                                                                                                        \
  put_three_planes(o, _mm512_extracti32x4_epi32(first, n), _mm512_extracti32x4_epi32(seconds, n),                      \
                   _mm512_extracti32x4_epi32(thirds, n), (uint32_t)(here >> 16 * n & 0xFFFF))
    o = PART(0);
    o = PART(1);
    o = PART(2);
    o = PART(3);
#undef PART
  } else {
    const uint64_t later = _mm512_test_epi8_mask(second, second) & here;
    o = put_two_planes(o, _mm512_castsi512_si256(first), _mm512_castsi512_si256(second), (uint32_t)here,
                       (uint32_t)later);
    o = put_two_planes(o, _mm512_extracti64x4_epi64(first, 1), _mm512_extracti64x4_epi64(second, 1),
                       (uint32_t)(here >> 32), (uint32_t)(later >> 32));
  }
  *out = o;
  return here;
}

AVX512 static void decode_singles_avx512(const bk_charset *charset, cursor *c) {
  const uint8_t *in = c->in, *const past = c->past;
  uint8_t *out = c->out;
  uint64_t here = ~0ull;
  // Where the next block lies does not wait for what this one becomes.
  for (; past - in >= 64; in += 64) {
    const __m512i v = _mm512_loadu_si512(in);
    const __mmask64 high = _mm512_movepi8_mask(v);
    if (high) {
      here = put_block(charset, v, high, ~0ull, &out);
      if (here != ~0ull) break;
    } else {
      _mm512_storeu_si512(out, v);
      out += 64;
    }
  }
  if (here != ~0ull) {
    in += __builtin_popcountll(here);
  } else if (in < past) {
    here = (1ull << (past - in)) - 1;
    const __m512i v = _mm512_maskz_loadu_epi8(here, in);
    in += __builtin_popcountll(put_block(charset, v, _mm512_movepi8_mask(v), here, &out));
  }
  c->in = in;
  c->out = out;
}

#endif

enum implementation { NOT_CHOSEN, PLAIN, VECTORS, AVX512_VECTORS };

static enum implementation choose(void) {
  const char *name = bk_kernels_in_use()->name;
  if (!strcmp(name, "plain")) return PLAIN;
#if defined(__x86_64__)
  if (!strcmp(name, "avx512") && __builtin_cpu_supports("avx512vbmi")) return AVX512_VECTORS;
#endif
  return VECTORS;
}

static enum implementation implementation(void) {
  static _Atomic int chosen;  // every thread chooses the same
  int known = atomic_load_explicit(&chosen, memory_order_relaxed);
  if (known == NOT_CHOSEN) atomic_store_explicit(&chosen, known = choose(), memory_order_relaxed);
  return (enum implementation)known;
}

bk_charset_result bk_charset_decode_slack(const bk_charset *charset, const uint8_t *in, size_t length, uint8_t *out) {
  const enum implementation how = implementation();
  if (!charset->is_ascii || how == PLAIN)
    return bk_charset_decode_plain(charset, in, length, out);
  cursor c = { in, in + length, out };
  enum bk_charset_status status = BK_CHARSET_DONE;
  while (c.in < c.past && status == BK_CHARSET_DONE) {
    if (charset->twos) decode_twos(charset, &c);
#if defined(__x86_64__)
    else if (how == AVX512_VECTORS) decode_singles_avx512(charset, &c);
#endif
    else decode_singles(charset, &c);
    if (c.in >= c.past) break;
    const bk_charset_result one = bk_decode_character(charset, c.in, (size_t)(c.past - c.in), c.out);
    c.in += one.read;
    c.out += one.written;
    status = one.status;
  }
  return (bk_charset_result){ .read = (size_t)(c.in - in), .written = (size_t)(c.out - out), .status = status };
}

bk_charset_result bk_charset_decode(const bk_charset *charset, const uint8_t *in, size_t length, uint8_t *out) {
  // The last bytes are decoded where others may be read after them.
  uint8_t tail[TAIL + CUT_BYTES + BK_SLACK] = { 0 };
  const size_t front = length > TAIL ? length - TAIL : 0;
  bk_charset_result all = { .status = BK_CHARSET_DONE };
  if (front) all = bk_charset_decode_slack(charset, in, front, out);
  if (all.status == BK_CHARSET_BAD) return all;
  const size_t left = length - all.read;  // with the character that was cut there
  memcpy(tail, in + all.read, left);
  const bk_charset_result last = bk_charset_decode_slack(charset, tail, left, out + all.written);
  return (bk_charset_result){
    .read = all.read + last.read, .written = all.written + last.written, .status = last.status
  };
}

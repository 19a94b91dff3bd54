// What the files of this target share. Not visible outside it.
#pragma once
#include <string.h>
#include "CCharsetTables.h"
#if defined(__x86_64__)
#include <emmintrin.h>
#endif

// An unpacked table is rows of 256 cells. Row 0 is for the first byte of a character; a cell says what its byte means:
//
//   bytes   B0 A1            rows[0][B0] = ROW 17
//                            rows[17][A1] = three bytes, E5 95 8A: 啊
//
// A cell is a kind in the top 8 bits and a value in the other 24.
enum cell {
  CELL_BAD,       // no character
  CELL_UTF8_1,    // the UTF-8 of a character, its first byte lowest; the kind is its length
  CELL_UTF8_2,
  CELL_UTF8_3,
  CELL_ASTRAL,    // a code point beyond U+FFFF
  CELL_PAIR,      // two code points: a place in `pairs`
  CELL_ROW,       // the row for the next byte
  CELL_RANGES,    // this and two more bytes are a number in `ranges` (GB18030)
};
#define CELL(kind, value) ((uint32_t)(kind) << 24 | (uint32_t)(value))

typedef struct { uint32_t number, code_point; } bk_range;  // numbers from here on are code points from here on

struct bk_charset {
  uint32_t *cells;
  size_t row_count, row_capacity;
  uint32_t (*pairs)[2];
  size_t pair_count;
  const bk_range *ranges;
  size_t range_count;
  int is_ascii;
  int makes_special;    // some byte beyond ASCII begins a character that JSON or the export would escape
  int has_ascii_trail;  // bytes of ASCII may be second, third or fourth ones
  // What decode.c reads instead of the rows. Of two bytes, the first one higher: the cell of their character if that is
  // UTF-8 of up to three bytes, else nothing. Only where there is more than one row.
  uint32_t *twos;
  // By which of eight bytes are beyond ASCII: where the second to fifth characters begin, four bits each.
  uint16_t steps[256];
  // Of single bytes beyond ASCII: the first, second and third byte of their UTF-8. Only where there is one row.
  uint8_t planes[3][128];
};

// What a table is made of: another one, and what is different in this one.
typedef struct bk_packed {
  enum bk_charset_family family;
  const char *key;
  const struct bk_packed *base;
  const char *text;  // see unpack.c; NULL: nothing is different
  const bk_range *ranges;
  size_t range_count;
} bk_packed;

extern const bk_packed *const bk_packed_tables[];
extern const size_t bk_packed_count;

// What bk_charset_decode keeps back, and the bytes of a character that may be cut before it.
enum { TAIL = 64, CUT_BYTES = 3 };

// The character at in[0], of at least one byte. Nothing is read or written where it is cut or bad.
bk_charset_result bk_decode_character(const bk_charset *charset, const uint8_t *in, size_t length, uint8_t *out);

// 0: no memory.
int bk_unpack(const bk_packed *packed, bk_charset *charset);
// What is made of the rows when all are there. 0: no memory.
int bk_flatten(bk_charset *charset);

static inline size_t bk_put_utf8(uint32_t c, uint8_t *out) {
  if (c < 0x80) { out[0] = (uint8_t)c; return 1; }
  if (c < 0x800) { out[0] = (uint8_t)(0xC0 | c >> 6); out[1] = 0x80 | (c & 63); return 2; }
  if (c < 0x10000) {
    out[0] = (uint8_t)(0xE0 | c >> 12); out[1] = 0x80 | (c >> 6 & 63); out[2] = 0x80 | (c & 63);
    return 3;
  }
  out[0] = (uint8_t)(0xF0 | c >> 18); out[1] = 0x80 | (c >> 12 & 63); out[2] = 0x80 | (c >> 6 & 63); out[3] = 0x80 | (c & 63);
  return 4;
}

// Which of eight bytes are beyond ASCII.
static inline uint32_t bk_beyond_ascii_of_8(const uint8_t *in) {
#if defined(__x86_64__)
  return (uint32_t)_mm_movemask_epi8(_mm_loadl_epi64((const __m128i *)(const void *)in));
#else
  uint64_t word;
  memcpy(&word, in, 8);
  return (uint32_t)((word & 0x8080808080808080u) * 0x0002040810204081u >> 56);
#endif
}

// The same of 16.
static inline uint32_t bk_beyond_ascii_of_16(const uint8_t *in) {
#if defined(__x86_64__)
  return (uint32_t)_mm_movemask_epi8(_mm_loadu_si128((const __m128i *)(const void *)in));
#else
  return bk_beyond_ascii_of_8(in) | bk_beyond_ascii_of_8(in + 8) << 8;
#endif
}

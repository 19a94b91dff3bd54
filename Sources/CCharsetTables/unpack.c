// Unpacks a table. The packed form is a text of numbers from 0 to 63, a character each, and describes a walk over rows:
//
//   "^ ! $5"         row: one byte in front of it (0xB0), first cell 0xA1
//   "( 8 k"          the cell is the code point 5<<12 | 21<<6 | 10, 啊; the walk moves one cell on
//   "[ a"            two cells follow that are one more than the one before
//
// Cells that the walk leaves out keep what the base table has there, or are no characters.
#include <stdlib.h>
#include <string.h>
#include "charset.h"

enum operation {
  OP_LITERAL_END = 48,  // 0 … 47: a code point, this number its upper bits
  OP_STEP = 48,         // 48 … 55: this much more than the code point before, less 256
  OP_RUN = 56,          // n + 1 cells, each one more than the one before
  OP_LONG_RUN = 57,     // the same, n of two numbers
  OP_SKIP = 58,         // n + 1 cells are left out
  OP_ROW = 59,          // a number of bytes (0 to 3), these bytes, the first cell
  OP_NEXT_ROW = 60,     // the last byte in front one higher, the same first cell
  OP_WIDE = 61,         // one or two code points of four numbers each
  OP_BAD = 62,          // n + 1 cells are no characters
  OP_RANGES = 63,       // n + 1 cells begin four bytes that `ranges` knows
};

// The 64 characters are those from '#' on; two that C would escape are others.
static inline uint32_t number(char c) { return c == 'c' ? '\\' - '#' : c == 'd' ? '?' - '#' : (uint32_t)(c - '#'); }

static uint32_t *new_row(bk_charset *charset, uint32_t *index) {
  if (charset->row_count == charset->row_capacity) {
    size_t capacity = charset->row_capacity * 2 + 1;
    uint32_t *cells = realloc(charset->cells, capacity * 256 * sizeof *cells);
    if (!cells) return NULL;
    charset->cells = cells;
    charset->row_capacity = capacity;
  }
  *index = (uint32_t)charset->row_count++;
  uint32_t *row = charset->cells + (size_t)*index * 256;
  memset(row, 0, 256 * sizeof *row);
  return row;
}

// The row for what follows these bytes, made where there is none. NULL: no memory.
static uint32_t *row_after(bk_charset *charset, const uint8_t *bytes, size_t count) {
  uint32_t index = 0;
  for (size_t i = 0; i < count; i++) {
    uint32_t cell = charset->cells[(size_t)index * 256 + bytes[i]];
    if (cell >> 24 == CELL_ROW) { index = cell & 0xFFFFFF; continue; }
    uint32_t next;
    if (!new_row(charset, &next)) return NULL;
    charset->cells[(size_t)index * 256 + bytes[i]] = CELL(CELL_ROW, next);
    index = next;
  }
  return charset->cells + (size_t)index * 256;
}

static uint32_t cell_of(uint32_t code_point) {
  if (code_point > 0xFFFF) return CELL(CELL_ASTRAL, code_point);
  uint8_t text[4] = { 0 };
  size_t length = bk_put_utf8(code_point, text);
  return CELL(length, text[0] | (uint32_t)text[1] << 8 | (uint32_t)text[2] << 16);
}

static int pair_cell(bk_charset *charset, uint32_t first, uint32_t second, uint32_t *cell) {
  uint32_t (*pairs)[2] = realloc(charset->pairs, (charset->pair_count + 1) * sizeof *pairs);
  if (!pairs) return 0;
  charset->pairs = pairs;
  pairs[charset->pair_count][0] = first;
  pairs[charset->pair_count][1] = second;
  *cell = CELL(CELL_PAIR, charset->pair_count++);
  return 1;
}

typedef struct { uint8_t bytes[3]; size_t count; uint32_t first; } walk_row;

static int walk(const char *text, bk_charset *charset) {
  walk_row at = { .count = 0 };
  uint32_t *row = charset->cells, code_point = 0;
  uint8_t cell = 0;
#define NUMBER() number(*text++)
#define NUMBER_2() (text += 2, number(text[-2]) << 6 | number(text[-1]))
#define CODE_POINT() (text += 4, number(text[-4]) << 18 | number(text[-3]) << 12 | number(text[-2]) << 6 | number(text[-1]))
  while (*text) {
    uint32_t operation = NUMBER();
    if (operation < OP_LITERAL_END) {
      code_point = operation << 12 | NUMBER_2();
      row[cell++] = cell_of(code_point);
    } else if (operation < OP_RUN) {
      code_point += ((operation - OP_STEP) << 6 | NUMBER()) - 256;
      row[cell++] = cell_of(code_point);
    } else switch (operation) {
      case OP_RUN: case OP_LONG_RUN: {
        uint32_t count = operation == OP_RUN ? NUMBER() + 1 : NUMBER_2() + 1;
        while (count--) row[cell++] = cell_of(++code_point);
        break;
      }
      case OP_SKIP: cell += (uint8_t)(NUMBER() + 1); break;
      case OP_ROW:
        at.count = NUMBER();
        for (size_t i = 0; i < at.count; i++) at.bytes[i] = (uint8_t)NUMBER_2();
        at.first = NUMBER_2();
        cell = (uint8_t)at.first;
        if (!(row = row_after(charset, at.bytes, at.count))) return 0;
        break;
      case OP_NEXT_ROW:
        at.bytes[at.count - 1]++;
        cell = (uint8_t)at.first;
        if (!(row = row_after(charset, at.bytes, at.count))) return 0;
        break;
      case OP_WIDE: {
        uint32_t count = NUMBER(), second;
        code_point = CODE_POINT();
        if (count == 1) { row[cell++] = cell_of(code_point); break; }
        second = CODE_POINT();
        if (!pair_cell(charset, code_point, second, &row[cell++])) return 0;
        break;
      }
      default: {
        uint32_t count = NUMBER() + 1;
        while (count--) row[cell++] = operation == OP_BAD ? 0 : CELL(CELL_RANGES, 0);
      }
    }
  }
  return 1;
}

int bk_unpack(const bk_packed *packed, bk_charset *charset) {
  uint32_t first;
  if (packed->base) {
    if (!bk_unpack(packed->base, charset)) return 0;
  } else if (!new_row(charset, &first)) {
    return 0;
  }
  if (packed->text && !walk(packed->text, charset)) return 0;
  if (packed->ranges) {
    charset->ranges = packed->ranges;
    charset->range_count = packed->range_count;
  }
  return 1;
}

// Whether a cell beyond ASCII holds a control character, a quote or a backslash.
static int makes_special(const bk_charset *charset) {
  for (size_t i = 0x80; i < charset->row_count * 256; i++) {
    const uint32_t kind = charset->cells[i] >> 24, c = charset->cells[i] & 0xFF;
    if (kind == CELL_UTF8_1 && (c < 0x20 || c == '"' || c == '\'' || c == '\\')) return 1;
  }
  return 0;
}

static int has_ascii_trail(const bk_charset *charset) {
  for (size_t i = 256; i < charset->row_count * 256; i++)
    if (i % 256 < 0x80 && charset->cells[i] >> 24 != CELL_BAD) return 1;
  return 0;
}

int bk_flatten(bk_charset *charset) {
  const uint32_t *cells = charset->cells;
  charset->is_ascii = 1;
  for (uint32_t byte = 0; byte < 0x80; byte++) charset->is_ascii &= cells[byte] == cell_of(byte);
  charset->makes_special = makes_special(charset);
  charset->has_ascii_trail = has_ascii_trail(charset);
  if (charset->row_count == 1) {
    for (size_t i = 0; i < 128; i++)
      for (size_t place = 0; place < cells[128 + i] >> 24 && place < 3; place++)
        if (cells[128 + i] >> 24 <= CELL_UTF8_3)
          charset->planes[place][i] = (uint8_t)(cells[128 + i] >> 8 * place);
    return 1;
  }
  for (unsigned beyond = 0; beyond < 256; beyond++)
    for (unsigned at = 0, k = 0; k < 4; k++) {
      at += 1 + (beyond >> at & 1);
      charset->steps[beyond] |= (uint16_t)(at << 4 * k);
    }
  charset->twos = calloc(256 * 256, sizeof *charset->twos);
  if (!charset->twos) return 0;
  for (size_t first = 0; first < 256; first++) {
    if (cells[first] >> 24 != CELL_ROW) continue;
    const uint32_t *row = cells + (size_t)(cells[first] & 0xFFFFFF) * 256;
    for (size_t second = 0; second < 256; second++)
      if (row[second] >> 24 <= CELL_UTF8_3) charset->twos[first << 8 | second] = row[second];
  }
  return 1;
}

// Decodes to UTF-8 by table. A character is a walk over cells (charset.h):
//
//   in     41 B0 A1 81 30 81 30              GB18030
//   cells  'A' ROW→啊 ROW→RANGES            RANGES: two more bytes, the number 0, U+0080
//   out    41 E5 95 8A C2 80
//
// Every cell holds its UTF-8 ready: four bytes are stored, and the length moves the end.
#include <string.h>
#include "charset.h"

#define HIGH_BITS 0x8080808080808080u

// GB18030's characters of four bytes, in order: number 0 is 81 30 81 30. Returns UINT32_MAX for none.
static uint32_t of_ranges(const bk_charset *charset, const uint8_t *in) {
  if (in[2] < 0x81 || in[2] == 0xFF || in[3] < 0x30 || in[3] > 0x39) return UINT32_MAX;
  uint32_t number = (((in[0] - 0x81u) * 10 + (in[1] - 0x30u)) * 126 + (in[2] - 0x81u)) * 10 + (in[3] - 0x30u);
  if (number >= 189000) return number - 189000 + 0x10000 <= 0x10FFFF ? number - 189000 + 0x10000 : UINT32_MAX;
  if (number >= 39420) return UINT32_MAX;
  size_t low = 0, high = charset->range_count;  // the last range that begins at or before it
  while (high - low > 1) {
    size_t middle = (low + high) / 2;
    if (charset->ranges[middle].number <= number) low = middle; else high = middle;
  }
  return charset->ranges[low].code_point + (number - charset->ranges[low].number);
}

bk_charset_result bk_charset_decode(const bk_charset *charset, const uint8_t *in, size_t length, uint8_t *out) {
  const uint32_t *cells = charset->cells;
  size_t i = 0;
  uint8_t *begin = out;
  enum bk_charset_status status = BK_CHARSET_DONE;
  while (i < length) {
    if (charset->is_ascii && length - i >= 8) {
      uint64_t eight;
      memcpy(&eight, in + i, 8);
      if (!(eight & HIGH_BITS)) {
        memcpy(out, in + i, 8);
        out += 8;
        i += 8;
        continue;
      }
    }
    size_t start = i;
    uint32_t cell = cells[in[i++]];
    while (cell >> 24 == CELL_ROW) {
      if (i == length) { status = BK_CHARSET_CUT; break; }
      cell = cells[(size_t)(cell & 0xFFFFFF) * 256 + in[i++]];
    }
    uint32_t kind = cell >> 24;
    if (kind - 1 < CELL_UTF8_3) {
      uint8_t text[4] = { (uint8_t)cell, (uint8_t)(cell >> 8), (uint8_t)(cell >> 16), 0 };
      memcpy(out, text, 4);
      out += kind;
      continue;
    }
    if (kind == CELL_ASTRAL) {
      out += bk_put_utf8(cell & 0xFFFFFF, out);
    } else if (kind == CELL_PAIR) {
      for (int half = 0; half < 2; half++) out += bk_put_utf8(charset->pairs[cell & 0xFFFFFF][half], out);
    } else if (kind == CELL_RANGES) {
      if (length - start < 4) {
        status = BK_CHARSET_CUT;
      } else {
        uint32_t code_point = of_ranges(charset, in + start);
        if (code_point == UINT32_MAX) status = BK_CHARSET_BAD; else out += bk_put_utf8(code_point, out);
        i = start + 4;
      }
    } else if (status == BK_CHARSET_DONE) {
      status = BK_CHARSET_BAD;
    }
    if (status != BK_CHARSET_DONE) { i = start; break; }
  }
  return (bk_charset_result){ .read = i, .written = (size_t)(out - begin), .status = status };
}

bk_charset_result bk_charset_decode_wide(enum bk_wide wide, const uint8_t *in, size_t length, uint8_t *out) {
  size_t i = 0, unit = wide == BK_WIDE_UTF32BE || wide == BK_WIDE_UTF32LE ? 4 : 2;
  int little = wide == BK_WIDE_UTF16LE || wide == BK_WIDE_UTF32LE;
  uint8_t *begin = out;
  enum bk_charset_status status = BK_CHARSET_DONE;
#define UNIT(at) (little ? (uint32_t)(in[(at) + 1] << 8 | in[at]) : (uint32_t)(in[at] << 8 | in[(at) + 1]))
  while (i < length) {
    if (length - i < unit) { status = BK_CHARSET_CUT; break; }
    size_t size = unit;
    uint32_t c = UNIT(i);
    if (unit == 4) {
      uint32_t other = UNIT(i + 2);
      c = little ? other << 16 | c : c << 16 | other;
    } else if (c >= 0xD800 && c < 0xDC00 && wide != BK_WIDE_UCS2) {
      if (length - i < 4) { status = BK_CHARSET_CUT; break; }
      uint32_t low = UNIT(i + 2);
      if (low >= 0xDC00 && low < 0xE000) {
        c = 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
        size = 4;
      }
    }
    if (c > 0x10FFFF || (c >= 0xD800 && c < 0xE000)) { status = BK_CHARSET_BAD; break; }
    out += bk_put_utf8(c, out);
    i += size;
  }
  return (bk_charset_result){ .read = i, .written = (size_t)(out - begin), .status = status };
}

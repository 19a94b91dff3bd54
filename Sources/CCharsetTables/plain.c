// Decodes to UTF-8 a character at a time: what decode.c must equal. A character is a walk over cells (charset.h):
//
//   in     41 B0 A1 81 30 81 30              GB18030
//   cells  'A' ROW→啊 ROW→RANGES            RANGES: two more bytes, the number 0, U+0080
//   out    41 E5 95 8A C2 80
#include "charset.h"

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

bk_charset_result bk_decode_character(const bk_charset *charset, const uint8_t *in, size_t length, uint8_t *out) {
  bk_charset_result result = { .status = BK_CHARSET_BAD };
  size_t i = 1;
  uint32_t cell = charset->cells[in[0]];
  while (cell >> 24 == CELL_ROW) {
    if (i == length) { result.status = BK_CHARSET_CUT; return result; }
    cell = charset->cells[(size_t)(cell & 0xFFFFFF) * 256 + in[i++]];
  }
  const uint32_t kind = cell >> 24, value = cell & 0xFFFFFF;
  size_t written = 0;
  if (kind == CELL_BAD) return result;
  if (kind <= CELL_UTF8_3) {
    const uint8_t text[3] = { (uint8_t)cell, (uint8_t)(cell >> 8), (uint8_t)(cell >> 16) };
    memcpy(out, text, 3);
    written = kind;
  } else if (kind == CELL_ASTRAL) {
    written = bk_put_utf8(value, out);
  } else if (kind == CELL_PAIR) {
    for (int half = 0; half < 2; half++) written += bk_put_utf8(charset->pairs[value][half], out + written);
  } else {
    if (length < 4) { result.status = BK_CHARSET_CUT; return result; }
    const uint32_t code_point = of_ranges(charset, in);
    if (code_point == UINT32_MAX) return result;
    written = bk_put_utf8(code_point, out);
    i = 4;
  }
  return (bk_charset_result){ .read = i, .written = written, .status = BK_CHARSET_DONE };
}

bk_charset_result bk_charset_decode_plain(const bk_charset *charset, const uint8_t *in, size_t length, uint8_t *out) {
  bk_charset_result all = { .status = BK_CHARSET_DONE };
  while (all.read < length && all.status == BK_CHARSET_DONE) {
    const bk_charset_result one =
        bk_decode_character(charset, in + all.read, length - all.read, out + all.written);
    all.read += one.read;
    all.written += one.written;
    all.status = one.status;
  }
  return all;
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

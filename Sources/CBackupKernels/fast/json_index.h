// The index of a JSON text by bitmaps, 64 bytes at a time, and the text without its layout. json_line.h and json_rows.c
// walk the index.
//
//   bytes     {"a b": 12.5, "c\"": [ ]}
//   quotes    .#...#........#...#......     those that no backslash escapes
//   inside    .####.........####.......     parity of the quotes
//   tokens    ##...##.#...#.#...##.#.##     operators, quotes, and where a number or a word begins
//   layout    .......#.....#......#.#..     not written
#pragma once
#include "../json.h"
#include "bitmaps.h"
#include "block64.h"
#include "json_numbers.h"
#include "json_units.h"

// Reads text[from..<past], whole blocks unless the text ends there; returns how many tokens there are. With `numbers`
// these are checked, and of strings only the opening quotes are tokens.
static inline __attribute__((always_inline)) size_t json_index(const uint8_t *text, size_t from, size_t past,
                                                               size_t length, uint32_t *tokens, bk_json_scan *scan,
                                                               uint8_t **out, json_numbers *const numbers) {
  json_numbers n = numbers ? *numbers : (json_numbers){ 0 };
  bk_json_scan s = *scan;
  uint32_t *token = tokens;
  uint8_t *o = *out;
  for (size_t at = from; at < past; at += 64) {
    const size_t count = past - at < 64 ? past - at : 64;
    const uint64_t here = bits_below(count);
    const v64 v = v64_load(text + at);
    uint64_t escaped = 0;
    const uint64_t slashes = v64_equal(v, '\\') & here;
    if (slashes | s.escape) {
      escaped = escaped_bytes(slashes, &s.escape) & here;
      s.slashes |= slashes;
      const uint64_t units = v64_equal(v, 'u') & escaped;
      const uint64_t letters = v64_equal(v, '"') | slashes | v64_equal(v, '/') | v64_equal(v, 'b') | v64_equal(v, 'f') |
                               v64_equal(v, 'n') | v64_equal(v, 'r') | v64_equal(v, 't') | units;
      s.wrong |= escaped & ~letters;
      if (units) s.wrong |= json_wrong_units(text, at, length, v, units, &s);
    }
    const uint64_t quotes = v64_equal(v, '"') & here & ~escaped;
    const uint64_t inside = bits_parity(quotes) ^ s.inside;  // of quotes, those that open
    s.inside = (uint64_t)((int64_t)inside >> 63);
    const uint64_t controls = v64_controls(v) & here;
    uint64_t layout = v64_equal(v, ' ');
    if (controls) {
      s.wrong |= controls & inside;
      layout |= v64_equal(v, '\n') | v64_equal(v, '\r') | v64_equal(v, '\t');
    }
    const uint64_t outside = here & ~(inside | quotes);
    const uint64_t operators = v64_json_operators(v) & outside;
    layout &= outside;
    const uint64_t scalars = outside & ~(operators | layout), starts = scalars & ~(scalars << 1 | s.scalar);
    if (numbers) {
      if (scalars | n.minus | n.point)
        s.wrong |= json_wrong_numbers(text, at, length, v, scalars, starts, scalars & s.scalar, &n);
      else n.word = n.digit = n.fraction = n.zero = 0;
    }
    s.scalar = scalars >> 63;
    s.beyond |= v64_high(v) & here;
    token = put_places(token, operators | (numbers ? quotes & inside : quotes) | starts, (uint32_t)at);
    o = put_kept(o, v, text + at, layout, count);
  }
  if (numbers) *numbers = n;
  *scan = s;
  *out = o;
  return (size_t)(token - tokens);
}

static size_t json_index_fast(const uint8_t *text, size_t from, size_t past, size_t length, uint32_t *tokens,
                              bk_json_scan *scan, uint8_t **out) {
  return json_index(text, from, past, length, tokens, scan, out, NULL);
}

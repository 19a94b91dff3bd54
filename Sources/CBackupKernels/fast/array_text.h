// Elements of text of an innermost array, as many as end in 64 bytes, in one step: quotes are put around bare ones.
//
//   text     a b,"c \"d\"",NULL,e}          the next 64 bytes
//   starts   #   #         #    #
//   ends        #         #    # #         what ends an element: a comma outside quotes, or the brace
//   insert   #  #               ##         before these bytes a quote
//   JSON     "a b","c \"d\"",null,"e"
#pragma once
#include "../kernels.h"
#include "bitmaps.h"
#include "block64.h"

enum { ARRAY_TEXTS_ROOM = 256 };  // bytes at the most that a step writes

// Writes the elements that begin at text[at] on to *out, which has the room for a step; *out moves past the last one.
// Returns their length, without the comma or the brace after the last; 0 where this is not for here.
static inline size_t put_texts(const uint8_t *text, size_t at, size_t length, uint8_t **out) {
  v64 v = v64_load(text + at);
  const uint64_t here = bits_below(length - at), slashes = v64_equal(v, '\\') & here;
  uint64_t none = 0;
  const uint64_t escaped = slashes ? escaped_bytes(slashes, &none) : 0;
  const uint64_t marks = v64_equal(v, '"') & here, quotes = marks & ~escaped, inside = bits_parity(quotes);
  const uint64_t outside = here & ~inside & ~quotes;
  const uint64_t closes = v64_equal(v, '}') & outside, stops = closes | ((v64_equal(v, '{') | slashes) & outside);
  const uint64_t before_stop = (stops & -stops) - 1;  // all where nothing stops
  const uint64_t ends = (v64_equal(v, ',') & outside & before_stop) | (closes & (before_stop + 1));
  if (!ends) return 0;
  const unsigned last = 63 - (unsigned)__builtin_clzll(ends);
  const uint64_t whole = bits_below(last);  // of whole elements
  const uint64_t starts = (ends << 1 | 1) & whole, opening = quotes & inside & whole,
                 after_closing = (quotes & ~inside & whole) << 1;
  // Empty bare elements, quotes in the middle, and bytes that JSON spells in another way.
  const uint64_t odd =
      ((ends << 1 | 1) & ends) | (opening & ~starts) | (after_closing & ~ends) | (v64_controls(v) & whole);
  if (odd) return 0;
  uint64_t insert = (starts & ~opening) | (ends & ~after_closing);
  const uint64_t nulls = starts & ends >> 4 & ~opening & (v64_equal(v, 'n') | v64_equal(v, 'N'));
  if (nulls) {
    const uint64_t words = nulls & (v64_equal(v, 'u') | v64_equal(v, 'U')) >> 1 &
                           (v64_equal(v, 'l') | v64_equal(v, 'L')) >> 2 & (v64_equal(v, 'l') | v64_equal(v, 'L')) >> 3;
    const uint64_t letters = words | words << 1 | words << 2 | words << 3;
    insert &= ~(words | words << 4);
    v = v64_exchange(v, letters & v64_from(v, 'A', 'Z' - 'A'), 'a' ^ 'A');
  }
  // Of other bytes than quotes and backslashes JSON has no escape like these.
  const uint64_t drop = (escaped & whole & ~(marks | slashes)) >> 1;
  uint8_t *o = put_edited(*out, v, nulls ? 0 : text + at, drop, insert, '"', last);
  *o = '"';
  *out = o + (insert >> last & 1);
  return last;
}

// PostgreSQL's array text as a JSON array: all elements of text, or numbers, in 64 bytes at once (array_text.h,
// emit/numbers.h); else an element a look at 32 bytes: numbers and words as they stand, quoted text copied from one
// byte that JSON escapes to the next. All other elements are written by the plain implementation.
//
//   text    {1,-2.50,NULL}     {"a \"b\"",plain}
//   looks    ^ ^     ^          ^  ^       ^         each to the element's end, or to a backslash or a control
//   JSON    [1,-2.50,null]     ["a \"b\"","plain"]
#pragma once
#include "../kernels.h"
#include "array_text.h"
#include "bitmaps.h"
#include "block64.h"
#include "emit/numbers.h"
#include "emit/text.h"
#include "utf8.h"

enum { ARRAY_ROOM = 512, ARRAY_DIMENSIONS = 6 };

// The element of quoted text after the quote at text[*at]; moves *at past its end. Returns NULL where it has none, or
// no room.
static inline uint8_t *put_quoted_element(const bk_array *a, size_t *at, uint8_t *o, enum bk_json_end *why) {
  const uint8_t *const t = a->text;
  size_t i = *at + 1;
  *o++ = '"';
  for (;;) {
    *why = BK_JSON_NO_ROOM;
    if (a->end - o < ARRAY_ROOM) return 0;
    *why = BK_JSON_INVALID;
    const v32 v = v_load(t + i);
    const uint32_t unclean = v_bits(v_unclean(v));
    const size_t length = unclean ? bits_first(unclean) : 32;
    v_store(o, v);
    o += length;
    i += length;
    if (i >= a->length) return 0;
    if (!unclean) continue;
    if (t[i] == '"') break;
    i += t[i] == '\\';
    if (i >= a->length) return 0;
    o = put_byte(o, t[i++]);
  }
  *o++ = '"';
  *at = i + 1;
  return o;
}

static inline size_t is_null_word(const uint8_t *t, size_t length) {
  uint32_t word, null;
  memcpy(&word, t, 4);
  memcpy(&null, "null", 4);
  return (length == 4) & ((word | 0x20202020) == null);
}

// Bytes up to the brace that closes the array that begins at text[at]; 0 where another opens before it, or none closes.
static inline size_t innermost_length(const uint8_t *t, size_t at, size_t length) {
  for (size_t i = at; i < length; i += 64) {
    const v64 v = v64_load(t + i);
    const uint64_t closes = v64_equal(v, '}'), stops = closes | v64_equal(v, '{') | v64_equal(v, '"');
    if (!stops) continue;
    const size_t place = bits_first(stops);
    return i + place < length && (closes >> place & 1) ? i + place - at : 0;
  }
  return 0;
}

static inline int is_ascii_text(const uint8_t *t, size_t length) {
  uint64_t beyond = 0;
  for (size_t i = 0; i < length; i += 64) beyond |= v64_high(v64_load(t + i)) & bits_below(length - i);
  return beyond == 0;
}

static enum bk_json_end array_fast(bk_array *a) {
  const uint8_t *const t = a->text;
  const size_t length = a->length;
  const enum bk_rule rule = a->elements.rule;
  const int is_text = rule == BK_RULE_TEXT, is_number = rule == BK_RULE_NUMBER || rule == BK_RULE_NUMBER_TEXT;
  if (a->elements.is_json || (is_text && !is_ascii_text(t, length) && utf8_valid_prefix_fast(t, length) != length))
    return bk_array_plain(a);
  size_t i = 0, depth = 0;
  uint8_t *o = a->out;
  enum bk_json_end end;
  if (length == 0 || t[0] != '{') return BK_JSON_INVALID;
element:
  if (a->end - o < ARRAY_ROOM) return BK_JSON_NO_ROOM;
  if (i >= length) return BK_JSON_INVALID;
  if (t[i] == '{') {
    if (++depth > ARRAY_DIMENSIONS) return BK_JSON_INVALID;
    *o++ = '[';
    i++;
    if (i < length && t[i] == '}') goto after;
    if (rule == BK_RULE_NUMBER) {
      // All numbers of an innermost array at once.
      const size_t numbers = innermost_length(t, i, length);
      if (numbers && numbers + ARRAY_ROOM < (size_t)(a->end - o) && are_plain_numbers(t, i, i + numbers, ',', 0)) {
        for (size_t k = 0; k < numbers; k += 64) v64_store(o + k, v64_load(t + i + k));
        o += numbers;
        i += numbers;
        goto after;
      }
    }
    goto element;
  }
  if (is_text) {
    const size_t texts = put_texts(t, i, length, &o);
    if (texts) {
      i += texts;
      goto after;
    }
    // One look at quoted and at bare text: no branch asks which it is.
    const size_t quoted = t[i] == '"', first = i + quoted;
    const v32 v = v_load(t + first);
    const uint32_t quotes = v_bits(v_equal(v, v_all('"'))), slashes = v_bits(v_equal(v, v_all('\\')));
    const uint32_t ends = v_bits(v_or(v_equal(v, v_all(',')), v_equal(v, v_all('}'))));
    uint64_t none = 0;
    const uint32_t escaped = (uint32_t)escaped_bytes(slashes, &none);
    const uint32_t close = quoted ? quotes & ~escaped : ends;
    // What JSON spells in another way, and what does not belong into bare text.
    const uint32_t odd = v_bits(v_at_most(v, v_all(0x1F))) |
                         (quoted ? escaped & ~(quotes | slashes) : quotes | slashes | v_bits(v_equal(v, v_all('{'))));
    const size_t count = bits_first(close | odd);
    if (count < 32 && first + count < length && !(odd >> count & 1)) {
      const size_t is_null = (1 - quoted) & is_null_word(t + first, count), marks = 1 - is_null;
      *o = '"';
      v_store(o + marks, v_or(v, v_all((uint8_t)(is_null << 5))));
      o += marks + count;
      *o = '"';
      o += marks;
      i = first + count + quoted;
      goto after;
    }
    if (quoted) {
      o = put_quoted_element(a, &i, o, &end);
      if (!o) return end;
      goto after;
    }
  } else if (t[i] != '"') {
    const v32 v = v_load(t + i);
    const size_t count = bits_first(v_bits(v_or(v_equal(v, v_all(',')), v_equal(v, v_all('}')))));
    if (count < 32 && i + count < length) {
      if (is_number && is_plain_number(t + i, count)) {
        const size_t quotes = rule == BK_RULE_NUMBER_TEXT;
        *o = '"';
        v_store(o + quotes, v);
        o += quotes + count;
        *o = '"';
        o += quotes;
        i += count;
        goto after;
      }
      if (is_null_word(t + i, count)) {
        memcpy(o, "null", 4);
        o += 4;
        i += count;
        goto after;
      }
    }
  }
  a->at = i;
  a->out = o;
  end = bk_array_element(a);
  if (end != BK_JSON_DONE) return end;
  i = a->at;
  o = a->out;
after:
  if (i >= length) return BK_JSON_INVALID;
  if (t[i] == ',') {
    *o++ = ',';
    i++;
    goto element;
  }
  if (t[i] != '}' || a->end - o < ARRAY_ROOM / 2) return t[i] == '}' ? BK_JSON_NO_ROOM : BK_JSON_INVALID;
  *o++ = ']';
  i++;
  if (--depth) goto after;
  a->at = i;
  a->out = o;
  return i == length ? BK_JSON_DONE : BK_JSON_INVALID;
}

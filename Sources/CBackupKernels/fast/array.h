// PostgreSQL's array text as a JSON array, an element a look at 32 bytes: numbers and words as they stand, quoted text
// copied from one byte that JSON escapes to the next. All other elements are written by the plain implementation.
//
//   text    {1,-2.50,NULL}     {"a \"b\"",plain}
//   looks    ^ ^     ^          ^  ^       ^         each to the element's end, or to a backslash or a control
//   JSON    [1,-2.50,null]     ["a \"b\"","plain"]
#pragma once
#include "../kernels.h"
#include "block64.h"
#include "emit/numbers.h"
#include "emit/text.h"
#include "utf8.h"

enum { ARRAY_ROOM = 512, ARRAY_DIMENSIONS = 6 };

// The element of quoted text behind the quote at text[*at]; moves *at past its end. Returns NULL where it has none, or
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

static enum bk_json_end array_fast(bk_array *a) {
  const uint8_t *const t = a->text;
  const size_t length = a->length;
  const enum bk_rule rule = a->elements.rule;
  const int is_text = rule == BK_RULE_TEXT, is_number = rule == BK_RULE_NUMBER || rule == BK_RULE_NUMBER_TEXT;
  if (a->elements.is_json || (is_text && utf8_valid_prefix_fast(t, length) != length)) return bk_array_plain(a);
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
    if (i < length && t[i] == '}') goto behind;
    goto element;
  }
  if (t[i] != '"') {
    const v32 v = v_load(t + i);
    const v32 stops = v_or(v_or(v_equal(v, v_all(',')), v_equal(v, v_all('}'))),
                           v_or(v_or(v_equal(v, v_all('"')), v_equal(v, v_all('{'))), v_equal(v, v_all('\\'))));
    const size_t count = bits_first(v_bits(stops));
    if (count < 32 && i + count < length && (t[i + count] == ',' || t[i + count] == '}')) {
      const int is_null = count == 4 && (t[i] | 0x20) == 'n' && (t[i + 1] | 0x20) == 'u' && (t[i + 2] | 0x20) == 'l' &&
                          (t[i + 3] | 0x20) == 'l';
      const uint32_t controls = v_bits(v_at_most(v, v_all(0x1F))) & (uint32_t)bits_below(count);
      if (is_null) {
        memcpy(o, "null", 4);
        o += 4;
      } else if (is_number && is_plain_number(t + i, count)) {
        const size_t quote = rule == BK_RULE_NUMBER_TEXT;
        *o = '"';
        v_store(o + quote, v);
        o += quote + count;
        *o = '"';
        o += quote;
      } else if (is_text && !controls) {
        *o = '"';
        v_store(o + 1, v);
        o += 1 + count;
        *o++ = '"';
      } else {
        goto odd;
      }
      i += count;
      goto behind;
    }
  } else if (is_text) {
    o = put_quoted_element(a, &i, o, &end);
    if (!o) return end;
    goto behind;
  }
odd:
  a->at = i;
  a->out = o;
  end = bk_array_element(a);
  if (end != BK_JSON_DONE) return end;
  i = a->at;
  o = a->out;
behind:
  if (i >= length) return BK_JSON_INVALID;
  if (t[i] == ',') {
    *o++ = ',';
    i++;
    goto element;
  }
  if (t[i] != '}' || a->end - o < ARRAY_ROOM / 2) return t[i] == '}' ? BK_JSON_NO_ROOM : BK_JSON_INVALID;
  *o++ = ']';
  i++;
  if (--depth) goto behind;
  a->at = i;
  a->out = o;
  return i == length ? BK_JSON_DONE : BK_JSON_INVALID;
}

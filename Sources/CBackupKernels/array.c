// PostgreSQL's array text as a JSON array: the plain implementation, which every faster one must equal.
//
//   text   {1,NULL,{-2.50,3}}      {"a \"b\"",plain,"NULL"}      [0:1]={7,8}
//   JSON   [1,null,[-2.50,3]]      ["a \"b\"","plain","NULL"]    none: not plain
#include "kernels.h"

enum { MOST_DIMENSIONS = 6 };  // PostgreSQL's own limit (MAXDIM): more is no array

static int is_null_word(const uint8_t *t, size_t length) {
  static const char word[] = "null";
  for (size_t i = 0; i < length; i++)
    if (length != 4 || (t[i] | 0x20) != word[i]) return 0;
  return length == 4;
}

// The bytes of an element by its rule. `limit`: they must not pass it.
static enum bk_json_end put_element(bk_array *a, const uint8_t *text, size_t length, const uint8_t *limit) {
  const size_t room = (size_t)(limit - a->out);
  if (a->elements.is_json) {
    if (length + 2 * BK_SLACK > room) return BK_JSON_NO_ROOM;
    size_t written;
    const enum bk_json_end end = bk_json_line(a->kernels, text, length, 0, a->out, &written, a->memory);
    if (end == BK_JSON_DONE) a->out += written;
    if (end != BK_JSON_INVALID) return end;
  }
  const bk_value value = { .text = text, .length = length, .kind = BK_QUOTED, .is_raw = 1 };
  const bk_plan plan = { .hex_output = a->elements.hex_output };
  if (bk_value_room(&value, a->elements.rule, 0, &plan) + 2 * BK_SLACK > room) return BK_JSON_NO_ROOM;
  size_t replaced = 0;
  enum bk_fault fault = BK_FAULT_NONE;
  const size_t written = bk_emit_value(&value, a->elements.rule, 0, &plan, a->out, &replaced, &fault);
  if (written == SIZE_MAX) return BK_JSON_INVALID;
  a->out += written;
  return BK_JSON_DONE;
}

enum bk_json_end bk_array_element(bk_array *a) {
  const uint8_t *const t = a->text;
  const int is_quoted = t[a->at] == '"';
  const size_t first = a->at + (size_t)is_quoted;
  size_t i = first, escapes = 0;
  if (is_quoted) {
    for (; i < a->length && t[i] != '"'; i++)
      if (t[i] == '\\') {
        escapes++;
        i++;
      }
    if (i >= a->length) return BK_JSON_INVALID;
  } else {
    for (; i < a->length && t[i] != ',' && t[i] != '}'; i++)
      if (t[i] == '\\' || t[i] == '"' || t[i] == '{') return BK_JSON_INVALID;
    if (is_null_word(t + first, i - first)) {
      if (a->end - a->out < BK_SLACK) return BK_JSON_NO_ROOM;
      memcpy(a->out, "null", 4);
      a->out += 4;
      a->at = i;
      return BK_JSON_DONE;
    }
  }
  const uint8_t *text = t + first, *limit = a->end;
  const size_t length = i - first - escapes;
  if (escapes) {  // undone at the end of the room
    if ((size_t)(a->end - a->out) < length) return BK_JSON_NO_ROOM;
    uint8_t *o = a->end - length;
    limit = o;
    text = o;
    for (size_t k = first; k < i; k++) *o++ = t[k += t[k] == '\\'];
  }
  const enum bk_json_end end = put_element(a, text, length, limit);
  a->at = i + (size_t)is_quoted;
  return end;
}

enum bk_json_end bk_array_plain(bk_array *a) {
  int depth = 0;
  for (;;) {
    if (a->end - a->out < BK_SLACK) return BK_JSON_NO_ROOM;
    const uint8_t b = a->at < a->length ? a->text[a->at] : 0;
    if (b == '{') {
      if (++depth > MOST_DIMENSIONS) return BK_JSON_INVALID;
      a->at++;
      *a->out++ = '[';
      if (a->at == a->length || a->text[a->at] != '}') continue;
    } else {
      if (depth == 0) return BK_JSON_INVALID;
      const enum bk_json_end end = bk_array_element(a);
      if (end != BK_JSON_DONE) return end;
    }
    // What ends arrays, and the comma before the next element.
    for (;; a->at++) {
      if (a->end - a->out < BK_SLACK) return BK_JSON_NO_ROOM;
      if (a->at >= a->length || (a->text[a->at] != '}' && a->text[a->at] != ',')) return BK_JSON_INVALID;
      *a->out++ = a->text[a->at] == '}' ? ']' : ',';
      if (a->text[a->at] == ',') break;
      if (--depth == 0) return a->at + 1 == a->length ? BK_JSON_DONE : BK_JSON_INVALID;
    }
    a->at++;
  }
}

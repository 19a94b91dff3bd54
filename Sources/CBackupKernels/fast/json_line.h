// JSON text on one line: the walk over its index. What json.c does, but that numbers have been checked by bitmaps, and
// that a string's closing quote is no token: the colon after a key says where the key ends.
//
//   text     { "a": [1, 2.50], "b" : null }
//   tokens   # #  # ## # #   ## #   # #    #
#pragma once
#include "../json_keys.h"
#include "json_index.h"

typedef struct {
  const uint8_t *text;
  size_t length, indexed;  // bytes of the text, and how many are indexed
  uint8_t *out;
  bk_json_scan *scan;
  uint32_t *past;  // the last token known
  json_numbers numbers;
  uint32_t tokens[JSON_TOKENS];
  json_level levels[JSON_DEPTH + 2];
} line_walker;

// The first token of what comes next; where nothing does, the text's end, again and again.
static __attribute__((noinline)) const uint32_t *next_tokens(line_walker *w) {
  while (w->indexed < w->length && !w->scan->wrong) {
    const size_t from = w->indexed, past = w->length - from < JSON_CHUNK ? w->length : from + JSON_CHUNK;
    const size_t count = json_index(w->text, from, past, w->length, w->tokens, w->scan, &w->out, &w->numbers);
    w->indexed = past;
    w->past = w->tokens + count;
    if (past == w->length) *w->past++ = (uint32_t)past;
    if (w->past > w->tokens && !w->scan->wrong) return w->tokens;
  }
  w->tokens[0] = (uint32_t)w->length;
  w->past = w->tokens + 1;
  return w->tokens;
}

// Whether text[at] is a number, which has been checked, or one of the words with something after it that may be.
static inline int is_scalar(const uint8_t *text, size_t length, size_t at) {
  const uint8_t b = text[at];
  if (b <= '9') return b >= '0' || b == '-';
  uint32_t word, meant;
  const size_t is_false = b == 'f', past = at + 4 + is_false;
  memcpy(&word, text + at + is_false, 4);
  memcpy(&meant, is_false ? "alse" : b == 't' ? "true" : "null", 4);
  return (word == meant) & (past < length ? json_ends_scalar[text[past]] : past == length);
}

// The index ends with the text's end, and after it lies some byte that can be read and means nothing: see json.c.
static enum bk_json_end walk_line(line_walker *w, json_keys *keys) {
  const uint8_t *const text = w->text;
  const size_t length = w->length;
  const uint32_t *token = w->tokens;
  size_t depth = 0, p, start, end;
  json_level *here = w->levels;
  enum keys found;
  uint8_t b;
  w->past = w->tokens;
#define NEXT (__builtin_expect(token == w->past, 0) ? (token = next_tokens(w), *token++) : *token++)
  p = NEXT;
  if (p >= length) return BK_JSON_INVALID;
value:
  b = text[p];
  if (b == '{') {
    here = &w->levels[++depth];
    *here = (json_level){ .first_key = keys->key_count, .is_object = 1 };
    p = NEXT;
    if (text[p] != '}') {
      if (depth > JSON_DEPTH) return BK_JSON_INVALID;
      goto key;
    }
    if (--depth == 0 && p >= length) return BK_JSON_INVALID;
    here = &w->levels[depth];
  } else if (b == '[') {
    here = &w->levels[++depth];
    here->is_object = 0;
    p = NEXT;
    if (text[p] != ']') {
      if (depth > JSON_DEPTH) return BK_JSON_INVALID;
      goto value;
    }
    if (--depth == 0 && p >= length) return BK_JSON_INVALID;
    here = &w->levels[depth];
  } else if (b != '"' && (p >= length || !is_scalar(text, length, p))) {
    return BK_JSON_INVALID;
  }
after_value:
  p = NEXT;
  if (depth == 0) {
    const int is_whole = p == length && !w->scan->wrong && !w->scan->inside && !w->numbers.minus && !w->numbers.point;
    return is_whole ? BK_JSON_DONE : BK_JSON_INVALID;
  }
  b = text[p];
  if (b == ',') {
    p = NEXT;
    if (!here->is_object) goto value;
    goto key;
  }
  if (b != (here->is_object ? '}' : ']')) return BK_JSON_INVALID;
  if (here->is_object && (found = end_keys(keys, here)) != KEYS_DIFFER) goto bad_keys;
  if (--depth == 0 && p >= length) return BK_JSON_INVALID;
  here = &w->levels[depth];
  goto after_value;
key:
  if (text[p] != '"') return BK_JSON_INVALID;
  start = p + 1;
  p = NEXT;
  if (text[p] != ':' || p >= length) return BK_JSON_INVALID;
  for (end = p - 1; bk_json_is_layout(text[end]);) end--;
  if ((found = add_key(keys, here, start, end)) != KEYS_DIFFER) goto bad_keys;
  p = NEXT;
  goto value;
#undef NEXT
bad_keys:
  return found == KEYS_NO_ROOM ? BK_JSON_NO_ROOM : BK_JSON_INVALID;
}

static enum bk_json_end json_line_fast(const uint8_t *text, size_t length, uint8_t *out, size_t *written,
                                       bk_json_memory *memory, bk_json_scan *scan) {
  line_walker w;
  w.text = text;
  w.length = length;
  w.indexed = 0;
  w.out = out;
  w.scan = scan;
  w.numbers = (json_numbers){ 0 };
  json_keys keys = { .text = text, .scan = scan, .memory = memory };
  const enum bk_json_end end = walk_line(&w, &keys);
  *written = (size_t)(w.out - out);
  return end;
}

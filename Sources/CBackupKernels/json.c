// JSON text on one line: its layout taken out, its tokens untouched. The index (json_index.c, fast/json_index.h) reads
// the bytes, finds the tokens and writes the line; what follows what, and which keys an object has, is decided here.
//
//   text     { "a": [1, 2.50], "\u0061": null }
//   tokens   ^ ^ ^^ ^^^ ^   ^^ ^      ^^ ^    ^       operators, quotes, and where numbers and words begin
//   levels   0 { a      1 [        0 { a again        the second key means what the first does: no JSON of ours
#include "json_keys.h"
#include "json_scalar.h"

typedef struct {
  const uint8_t *text;
  size_t length, indexed;  // bytes of the text, and how many are indexed
  bk_json_scan *scan;
  uint8_t *out;
  json_keys keys;
  uint32_t *past;  // the last token known
  uint32_t tokens[JSON_TOKENS];
  json_level levels[JSON_DEPTH + 2];
} walker;

// The first token of what comes next; where nothing does, the text's end, again and again.
static __attribute__((noinline)) const uint32_t *refill(walker *w) {
  while (w->indexed < w->length && !w->scan->wrong) {
    const size_t from = w->indexed, past = w->length - from < JSON_CHUNK ? w->length : from + JSON_CHUNK;
    const size_t count = bk_json_index_plain(w->text, from, past, w->length, w->tokens, w->scan, &w->out);
    w->indexed = past;
    w->past = w->tokens + count;
    if (past == w->length) *w->past++ = (uint32_t)past;
    if (w->past > w->tokens && !w->scan->wrong) return w->tokens;
  }
  w->tokens[0] = (uint32_t)w->length;
  w->past = w->tokens + 1;
  return w->tokens;
}

// The index ends with the text's end, and after it lies some byte that can be read and means nothing. What that byte
// seems to be matters nowhere but where the outermost object or array ends, and in a string that has no end.
static enum bk_json_end walk(walker *w) {
  const uint8_t *const text = w->text;
  const size_t length = w->length;
  const uint32_t *token = w->tokens;
  size_t depth = 0, p, start;
  json_level *here = w->levels;
  enum keys keys;
  uint8_t b;
  w->past = w->tokens;
#define NEXT (__builtin_expect(token == w->past, 0) ? (token = refill(w), *token++) : *token++)
  p = NEXT;
  if (p >= length) return BK_JSON_INVALID;
value:
  b = text[p];
  if (b == '"') {
    (void)NEXT;
  } else if (b == '{') {
    here = &w->levels[++depth];
    *here = (json_level){ .first_key = w->keys.key_count, .is_object = 1 };
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
  } else if (p >= length || !json_past_scalar(text, length, p)) {
    return BK_JSON_INVALID;
  }
after_value:
  p = NEXT;
  if (depth == 0) return p == length && !w->scan->wrong && !w->scan->inside ? BK_JSON_DONE : BK_JSON_INVALID;
  b = text[p];
  if (b == ',') {
    p = NEXT;
    if (!here->is_object) goto value;
    goto key;
  }
  if (b != (here->is_object ? '}' : ']')) return BK_JSON_INVALID;
  if (here->is_object && (keys = end_keys(&w->keys, here)) != KEYS_DIFFER) goto bad_keys;
  if (--depth == 0 && p >= length) return BK_JSON_INVALID;
  here = &w->levels[depth];
  goto after_value;
key:
  if (text[p] != '"') return BK_JSON_INVALID;
  start = p + 1;
  p = NEXT;
  if (p >= length) return BK_JSON_INVALID;
  if ((keys = add_key(&w->keys, here, start, p)) != KEYS_DIFFER) goto bad_keys;
  p = NEXT;
  if (text[p] != ':') return BK_JSON_INVALID;
  p = NEXT;
  goto value;
#undef NEXT
bad_keys:
  return keys == KEYS_NO_ROOM ? BK_JSON_NO_ROOM : BK_JSON_INVALID;
}

enum bk_json_end bk_json_line_plain(const uint8_t *text, size_t length, uint8_t *out, size_t *written,
                                    bk_json_memory *memory, bk_json_scan *scan) {
  walker w;
  w.text = text;
  w.length = length;
  w.indexed = 0;
  w.scan = scan;
  w.keys = (json_keys){ .text = text, .scan = scan, .memory = memory };
  w.out = out;
  const enum bk_json_end end = walk(&w);
  *written = (size_t)(w.out - out);
  return end;
}

enum bk_json_end bk_json_line(const bk_kernels *kernels, const uint8_t *text, size_t length, int is_utf8, uint8_t *out,
                              size_t *written, bk_json_memory *memory) {
  bk_json_scan scan = { .pair_at = SIZE_MAX };
  const enum bk_json_end end = kernels->json_line(text, length, out, written, memory, &scan);
  if (end != BK_JSON_DONE) return end;
  if (scan.beyond && !is_utf8 && kernels->utf8_valid_prefix(text, length) != length) return BK_JSON_INVALID;
  return BK_JSON_DONE;
}

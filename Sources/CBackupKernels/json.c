// JSON text on one line: its layout taken out, its tokens untouched. The index (json_index.c, fast/json_index.h) reads
// the bytes, finds the tokens and writes the line; what follows what, and which keys an object has, is decided here.
//
//   text     { "a": [1, 2.50], "\u0061": null }
//   tokens   ^ ^ ^^ ^^^ ^   ^^ ^      ^^ ^    ^       operators, quotes, and where numbers and words begin
//   levels   0 { a      1 [        0 { a again        the second key means what the first does: no JSON of ours
//
// Keys are compared by 32 bits of a hash, which lie on a stack with those of the objects around them. A word of 64
// bits an object says which hashes it may have; up to KEYS_SEARCHED keys are searched one by one, more are put into a
// table when the object ends. Equal hashes are decided by the keys' own bytes, their escapes undone.
#include "json.h"
#include "json_scalar.h"

enum { KEYS_SEARCHED = 64 };

typedef struct {
  size_t first_key;  // on the stack of keys
  uint64_t seen;     // hashes, by their lowest six bits
  int is_object;
} level;

typedef struct {
  const uint8_t *text;
  size_t length, indexed;  // bytes of the text, and how many are indexed
  const bk_kernels *kernels;
  bk_json_memory *memory;
  bk_json_scan scan;
  uint8_t *out;
  size_t key_count;  // on the stack
  uint32_t *past;    // the last token known
  uint32_t tokens[JSON_TOKENS];
  level levels[JSON_DEPTH + 2];
} walker;

// The first token of what comes next; where nothing does, the text's end, again and again.
static __attribute__((noinline)) const uint32_t *refill(walker *w) {
  while (w->indexed < w->length && !w->scan.wrong) {
    const size_t from = w->indexed, past = w->length - from < JSON_CHUNK ? w->length : from + JSON_CHUNK;
    const size_t count = w->kernels->json_index(w->text, from, past, w->length, w->tokens, &w->scan, &w->out);
    w->indexed = past;
    w->past = w->tokens + count;
    if (past == w->length) *w->past++ = (uint32_t)past;
    if (w->past > w->tokens && !w->scan.wrong) return w->tokens;
  }
  w->tokens[0] = (uint32_t)w->length;
  w->past = w->tokens + 1;
  return w->tokens;
}

static inline uint64_t mix(uint64_t a, uint64_t b) {
  const __uint128_t product = (__uint128_t)a * b;
  return (uint64_t)product ^ (uint64_t)(product >> 64);
}
static inline uint64_t load8(const uint8_t *p, size_t length) {
  uint64_t word;
  memcpy(&word, p, 8);
  return length >= 8 ? word : word & ((1ull << 8 * length) - 1);
}
static const uint64_t WORD_FACTOR = 0xA0761D6478BD642Full;

// `slashes` is not 0 after it where there are backslashes: the hash is then of no use.
static inline uint64_t hash_bytes(const uint8_t *p, size_t length, uint64_t seed, uint64_t *slashes) {
  uint64_t hash = seed + length;
  for (size_t i = 0; i < length; i += 8) {
    const uint64_t word = load8(p + i, length - i), other = word ^ 0x5C5C5C5C5C5C5C5Cu;
    *slashes |= (other - 0x0101010101010101u) & ~other & 0x8080808080808080u;
    hash = mix(hash ^ word, WORD_FACTOR);
  }
  return hash;
}

static uint32_t unit_at(const uint8_t *digits) {
  uint32_t unit = 0;
  for (int i = 0; i < 4; i++) unit = unit << 4 | (uint32_t)((digits[i] & 15) + (digits[i] >> 6) * 9);
  return unit;
}

// What the byte or the escape at *p means, as UTF-8; moves *p past it. The escape is known to be good.
static size_t take_meaning(const uint8_t **p, uint8_t out[4]) {
  const uint8_t *t = *p;
  *p = t + 1;
  out[0] = t[0];
  if (t[0] != '\\') return 1;
  *p = t + 2;
  switch (t[1]) {
    case 'b': out[0] = '\b'; return 1;
    case 'f': out[0] = '\f'; return 1;
    case 'n': out[0] = '\n'; return 1;
    case 'r': out[0] = '\r'; return 1;
    case 't': out[0] = '\t'; return 1;
    case 'u': break;
    default: out[0] = t[1]; return 1;
  }
  uint32_t c = unit_at(t + 2);
  *p = t + 6;
  if (c >= 0xD800 && c <= 0xDBFF) {
    c = 0x10000 + ((c - 0xD800) << 10) + (unit_at(t + 8) - 0xDC00);
    *p = t + 12;
  }
  return bk_put_code_point(c, out);
}

// The bytes that a key means, one after another.
typedef struct {
  const uint8_t *text, *past;
  uint8_t bytes[4];
  size_t at, count;
} meaning;

static int next_meant(meaning *m) {
  if (m->at == m->count) {
    if (m->text >= m->past) return -1;
    m->count = take_meaning(&m->text, m->bytes);
    m->at = 0;
  }
  return m->bytes[m->at++];
}

static uint64_t hash_meaning(const uint8_t *p, size_t length, uint64_t seed) {
  meaning m = { .text = p, .past = p + length }, all = m;
  uint64_t word = 0;
  size_t total = 0;
  while (next_meant(&all) >= 0) total++;
  uint64_t hash = seed + total;
  total = 0;
  for (int b; (b = next_meant(&m)) >= 0; total++) {
    if (total && total % 8 == 0) {
      hash = mix(hash ^ word, WORD_FACTOR);
      word = 0;
    }
    word |= (uint64_t)b << 8 * (total % 8);
  }
  return total ? mix(hash ^ word, WORD_FACTOR) : hash;
}

static int has_escape(const uint8_t *p, size_t length) { return memchr(p, '\\', length) != NULL; }

static int is_same_key(const walker *w, bk_json_key a, bk_json_key b) {
  const uint8_t *p = w->text + a.start, *q = w->text + b.start;
  if (!w->scan.slashes || (!has_escape(p, a.length) && !has_escape(q, b.length)))
    return a.length == b.length && !memcmp(p, q, a.length);
  meaning of_a = { .text = p, .past = p + a.length }, of_b = { .text = q, .past = q + b.length };
  int meant;
  do meant = next_meant(&of_a);
  while (meant == next_meant(&of_b) && meant >= 0);
  return meant < 0 && of_b.text >= of_b.past && of_b.at == of_b.count;
}

enum keys { KEYS_DIFFER, KEYS_TWICE, KEYS_NO_ROOM };

static inline enum keys add_key(walker *w, level *object, size_t start, size_t end) {
  bk_json_memory *const memory = w->memory;
  const uint8_t *const text = w->text + start;
  const bk_json_key key = { (uint32_t)start, (uint32_t)(end - start) };
  if (w->key_count == memory->key_capacity) {
    memory->needed_keys = 2 * memory->key_capacity;
    return KEYS_NO_ROOM;
  }
  uint64_t slashes = 0;
  uint32_t hash = (uint32_t)hash_bytes(text, key.length, memory->seed, &slashes);
  if (__builtin_expect(slashes != 0, 0)) hash = (uint32_t)hash_meaning(text, key.length, memory->seed);
  const uint64_t bit = 1ull << (hash & 63);
  const size_t count = w->key_count - object->first_key;
  if ((object->seen & bit) && count < KEYS_SEARCHED)
    for (size_t i = object->first_key; i < w->key_count; i++)
      if (memory->hashes[i] == hash && is_same_key(w, memory->keys[i], key)) return KEYS_TWICE;
  object->seen |= bit;
  memory->hashes[w->key_count] = hash;
  memory->keys[w->key_count++] = key;
  return KEYS_DIFFER;
}

// Takes the object's keys off the stack.
static enum keys end_keys(walker *w, const level *object) {
  bk_json_memory *const memory = w->memory;
  const size_t count = w->key_count - object->first_key;
  w->key_count = object->first_key;
  if (count <= KEYS_SEARCHED) return KEYS_DIFFER;
  size_t slots = 256;
  while (slots < 2 * count) slots *= 2;
  if (slots > memory->slot_capacity) {
    memory->needed_slots = slots;
    return KEYS_NO_ROOM;
  }
  memset(memory->slots, 0, slots * sizeof *memory->slots);
  for (size_t i = object->first_key; i < object->first_key + count; i++) {
    size_t slot = memory->hashes[i] & (slots - 1);
    for (; memory->slots[slot]; slot = (slot + 1) & (slots - 1)) {
      const size_t other = memory->slots[slot] - 1;
      if (memory->hashes[other] == memory->hashes[i] && is_same_key(w, memory->keys[other], memory->keys[i]))
        return KEYS_TWICE;
    }
    memory->slots[slot] = (uint32_t)i + 1;
  }
  return KEYS_DIFFER;
}

// The index ends with the text's end, and after it lies some byte that can be read and means nothing. What that byte
// seems to be matters nowhere but where the outermost object or array ends, and in a string that has no end.
static enum bk_json_end walk(walker *w) {
  const uint8_t *const text = w->text;
  const size_t length = w->length;
  const uint32_t *token = w->tokens;
  size_t depth = 0, p, start;
  level *here = w->levels;
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
    *here = (level){ .first_key = w->key_count, .is_object = 1 };
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
  if (depth == 0) return p == length && !w->scan.wrong && !w->scan.inside ? BK_JSON_DONE : BK_JSON_INVALID;
  b = text[p];
  if (b == ',') {
    p = NEXT;
    if (!here->is_object) goto value;
    goto key;
  }
  if (b != (here->is_object ? '}' : ']')) return BK_JSON_INVALID;
  if (here->is_object && (keys = end_keys(w, here)) != KEYS_DIFFER) goto bad_keys;
  if (--depth == 0 && p >= length) return BK_JSON_INVALID;
  here = &w->levels[depth];
  goto after_value;
key:
  if (text[p] != '"') return BK_JSON_INVALID;
  start = p + 1;
  p = NEXT;
  if (p >= length) return BK_JSON_INVALID;
  if ((keys = add_key(w, here, start, p)) != KEYS_DIFFER) goto bad_keys;
  p = NEXT;
  if (text[p] != ':') return BK_JSON_INVALID;
  p = NEXT;
  goto value;
#undef NEXT
bad_keys:
  return keys == KEYS_NO_ROOM ? BK_JSON_NO_ROOM : BK_JSON_INVALID;
}

enum bk_json_end bk_json_line(const bk_kernels *kernels, const uint8_t *text, size_t length, int is_utf8, uint8_t *out,
                              size_t *written, bk_json_memory *memory) {
  walker w;
  w.text = text;
  w.length = length;
  w.indexed = w.key_count = 0;
  w.kernels = kernels;
  w.memory = memory;
  w.scan = (bk_json_scan){ .pair_at = SIZE_MAX };
  w.out = out;
  const enum bk_json_end end = walk(&w);
  if (end != BK_JSON_DONE) return end;
  *written = (size_t)(w.out - out);
  if (w.scan.beyond && !is_utf8 && kernels->utf8_valid_prefix(text, length) != length) return BK_JSON_INVALID;
  return BK_JSON_DONE;
}

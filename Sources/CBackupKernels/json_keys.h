// The keys of JSON objects: whether one has two that mean the same.
//
//   text     { "a": 1, "b": { "c": 2 }, "\u0061": 3 }
//   stack      a       b      c                       the inner object's keys above those of the outer one
//              a       b                "\u0061"       means what the first does: no JSON of ours
//
// Keys are compared by 32 bits of a hash, which lie on a stack with those of the objects around them. 256 bits an
// object say which hashes it may have; up to KEYS_SEARCHED keys are searched one by one, more are put into a table when
// the object ends. Equal hashes are decided by the keys' own bytes, their escapes undone.
#pragma once
#include "json.h"

enum { KEYS_SEARCHED = 64 };

// An object or an array around what is read.
typedef struct {
  size_t first_key;  // on the stack of keys
  uint64_t seen[4];  // hashes, by their lowest eight bits
  uint32_t is_object;
} json_level;

typedef struct {
  const uint8_t *text;
  const bk_json_scan *scan;
  bk_json_memory *memory;
  size_t key_count;  // on the stack
} json_keys;

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

static inline uint64_t hash_bytes(const uint8_t *p, size_t length, uint64_t seed) {
  uint64_t hash = seed + length;
  if (__builtin_expect(length <= 8, 1)) return length ? mix(hash ^ load8(p, length), WORD_FACTOR) : hash;
  for (size_t i = 0; i < length; i += 8) hash = mix(hash ^ load8(p + i, length - i), WORD_FACTOR);
  return hash;
}

static inline uint32_t unit_at(const uint8_t *digits) {
  uint32_t unit = 0;
  for (int i = 0; i < 4; i++) unit = unit << 4 | (uint32_t)((digits[i] & 15) + (digits[i] >> 6) * 9);
  return unit;
}

// What the byte or the escape at *p means, as UTF-8; moves *p past it. The escape is known to be good.
static inline size_t take_meaning(const uint8_t **p, uint8_t out[4]) {
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

static inline int next_meant(meaning *m) {
  if (m->at == m->count) {
    if (m->text >= m->past) return -1;
    m->count = take_meaning(&m->text, m->bytes);
    m->at = 0;
  }
  return m->bytes[m->at++];
}

static __attribute__((noinline, unused)) uint64_t hash_meaning(const uint8_t *p, size_t length, uint64_t seed) {
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

static inline int has_escape(const uint8_t *p, size_t length) { return memchr(p, '\\', length) != NULL; }

static inline int is_same_key(const json_keys *w, bk_json_key a, bk_json_key b) {
  const uint8_t *p = w->text + a.start, *q = w->text + b.start;
  if (!w->scan->slashes || (!has_escape(p, a.length) && !has_escape(q, b.length)))
    return a.length == b.length && !memcmp(p, q, a.length);
  meaning of_a = { .text = p, .past = p + a.length }, of_b = { .text = q, .past = q + b.length };
  int meant;
  do meant = next_meant(&of_a);
  while (meant == next_meant(&of_b) && meant >= 0);
  return meant < 0 && of_b.text >= of_b.past && of_b.at == of_b.count;
}

enum keys { KEYS_DIFFER, KEYS_TWICE, KEYS_NO_ROOM };

static inline enum keys add_key(json_keys *w, json_level *object, size_t start, size_t end) {
  bk_json_memory *const memory = w->memory;
  const uint8_t *const text = w->text + start;
  const bk_json_key key = { (uint32_t)start, (uint32_t)(end - start) };
  if (w->key_count == memory->key_capacity) {
    memory->needed_keys = 2 * memory->key_capacity;
    return KEYS_NO_ROOM;
  }
  const int is_escaped = w->scan->slashes && has_escape(text, key.length);
  const uint32_t hash = (uint32_t)(is_escaped ? hash_meaning(text, key.length, memory->seed)
                                              : hash_bytes(text, key.length, memory->seed));
  uint64_t *const seen = &object->seen[hash >> 6 & 3];
  const uint64_t bit = 1ull << (hash & 63);
  const size_t count = w->key_count - object->first_key;
  if (__builtin_expect((*seen & bit) && count < KEYS_SEARCHED, 0))
    for (size_t i = object->first_key; i < w->key_count; i++)
      if (memory->hashes[i] == hash && is_same_key(w, memory->keys[i], key)) return KEYS_TWICE;
  *seen |= bit;
  memory->hashes[w->key_count] = hash;
  memory->keys[w->key_count++] = key;
  return KEYS_DIFFER;
}

// Takes the object's keys off the stack.
static inline enum keys end_keys(json_keys *w, const json_level *object) {
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

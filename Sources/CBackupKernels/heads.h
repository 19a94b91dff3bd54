// Finding the head of a statement again.
//
//   bytes   …,NULL);\nINSERT INTO `orders` VALUES (7, …
//                    head                       the key, which is hashed, ends at the bracket
#pragma once
#include "kernels.h"

struct bk_heads {
  bk_head heads[BK_HEADS];
  uint32_t count;
  uint16_t slots[2 * BK_HEADS];  // open addressing by a hash of the key; the number of the head plus one
};

enum { BK_HEAD_KEY = 1024 };  // no bracket within so many bytes: no head that is found again

static inline uint64_t bk_word_of(const uint8_t *p, size_t count) {
  uint64_t word;
  memcpy(&word, p, 8);
  return count < 8 ? word & ((1ull << 8 * count) - 1) : word;
}

// Of the bytes before the first bracket; eight at a time, so up to seven more are looked at.
static inline uint32_t bk_head_slot(const uint8_t *key, size_t length) {
  uint64_t hash = length;
  for (size_t i = 0; i < length; i += 8) {
    hash = (hash ^ bk_word_of(key + i, length - i)) * 0x9E3779B97F4A7C15u;
    hash ^= hash >> 32;
  }
  return (uint32_t)hash % (2 * BK_HEADS);
}

// Whether the statement at in[at] begins with the head: its text, and then something else than more of its last word.
static inline int bk_has_head(const bk_head *head, const uint8_t *in, size_t at, size_t len) {
  const size_t end = at + head->length;
  if (!head->length || end >= len || (in[end] != ' ' && in[end] != '(' && !(in[end] >= '\t' && in[end] <= '\r')))
    return 0;
  return !memcmp(in + at, head->text, head->length);
}

// The number of the head of the statement at in[at], whose first bracket is at in[at + key], or BK_NO_HEAD.
static inline uint32_t bk_look_up_head(const bk_heads *heads, const uint8_t *in, size_t at, size_t key, size_t len) {
  for (uint32_t slot = bk_head_slot(in + at, key);; slot = (slot + 1) % (2 * BK_HEADS)) {
    const uint32_t number = heads->slots[slot];
    if (!number) return BK_NO_HEAD;
    if (bk_has_head(&heads->heads[number - 1], in, at, len)) return number - 1;
  }
}

// Dumps that change the table with each statement often do so in the same order again and again.
static inline void bk_note_follower(bk_heads *heads, uint32_t last, uint32_t head) {
  if (last != BK_NO_HEAD && head != BK_NO_HEAD) heads->heads[last].follower = head;
}

// The rows that follow are of statements with this head.
static inline void bk_begin_run(bk_marks *marks) {
  bk_run *last = marks->runs + marks->run_count;
  if (marks->run_count && last[-1].row == marks->row_count) last--;
  else if (marks->run_count && last[-1].head == marks->head) return;
  else marks->run_count++;
  *last = (bk_run){ (uint32_t)marks->row_count, marks->head };
}

// The statement at in[at] begins, and its head is this one. Returns where its rows begin.
static inline size_t bk_begin_statement(bk_heads *heads, uint32_t number, size_t at, bk_marks *marks) {
  bk_head *head = &heads->heads[number];
  if (!head->statements++) head->first_at = at;
  marks->head = number;
  marks->has_tuples = 0;
  bk_begin_run(marks);
  return at + head->length;
}

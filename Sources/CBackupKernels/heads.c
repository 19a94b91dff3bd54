#include <stdlib.h>
#include "heads.h"

// The key of the statement at in[at], or SIZE_MAX.
static size_t key_length(const uint8_t *in, size_t at, size_t len) {
  const uint8_t *bracket = memchr(in + at, '(', len - at < BK_HEAD_KEY ? len - at : BK_HEAD_KEY);
  return bracket ? (size_t)(bracket - in) - at : SIZE_MAX;
}

uint32_t bk_find_head(bk_heads *heads, uint32_t last, const uint8_t *in, size_t at, size_t len) {
  const uint32_t guess = last == BK_NO_HEAD ? last : heads->heads[last].follower;
  if (guess != BK_NO_HEAD && bk_has_head(&heads->heads[guess], in, at, len)) return guess;
  const size_t key = key_length(in, at, len);
  const uint32_t head = key == SIZE_MAX ? BK_NO_HEAD : bk_look_up_head(heads, in, at, key, len);
  bk_note_follower(heads, last, head);
  return head;
}

bk_heads *bk_make_heads(void) { return calloc(1, sizeof(bk_heads)); }
void bk_free_heads(bk_heads *heads) { free(heads); }
void bk_clear_heads(bk_heads *heads) { memset(heads, 0, sizeof *heads); }
void bk_hide_heads(bk_heads *heads) { memset(heads->slots, 0, sizeof heads->slots); }
bk_head *bk_head_at(bk_heads *heads, uint32_t number) { return &heads->heads[number]; }

uint32_t bk_add_head(bk_heads *heads, const uint8_t *statement, size_t statement_length, size_t length) {
  if (heads->count == BK_HEADS) return BK_NO_HEAD;
  const uint32_t number = heads->count++;
  // The fast kernels pass a head by as bytes outside strings.
  if (memchr(statement, '\'', length) || memchr(statement, '\\', length)) length = 0;
  heads->heads[number] =
      (bk_head){ .text = statement, .length = (uint32_t)length, .follower = number, .field_count = BK_NO_FIELDS };
  const size_t key = key_length(statement, 0, statement_length);
  if (!length || key == SIZE_MAX) return number;
  uint32_t slot = bk_head_slot(statement, key);
  for (; heads->slots[slot]; slot = (slot + 1) % (2 * BK_HEADS)) {
    const bk_head *other = &heads->heads[heads->slots[slot] - 1];
    if (other->length == length && !memcmp(other->text, statement, length)) break;
  }
  heads->slots[slot] = (uint16_t)(number + 1);
  return number;
}

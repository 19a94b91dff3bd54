// Texts that mean NULL in a field without quotes. One that stands nowhere in the next stretch of the slab need not be
// asked for in any of its fields, and most do not.
//
//   bytes     1,NULL,x⏎2,y,z⏎ … (16 KiB)      texts that mean NULL: `NULL` and `\N`
//   here        ^^^^                           `NULL` is asked for until these rows are done, `\N` is not
#pragma once
#include "../../kernels.h"
#include "../block64.h"

enum { NULL_STRETCH = 16 << 10 };

// Texts that mean NULL, up to 7 bytes each.
typedef struct {
  uint64_t word, mask, length;
  uint32_t clean_length;  // its length, or no length at all where it holds a backslash, as a clean field never does
} null_word;
#define NO_NULL { .length = SIZE_MAX, .clean_length = UINT32_MAX }

typedef struct {
  null_word known[2], here[2];  // the plan's, and those of them that stand in the rows that end before `searched_to`
  int count;                    // of those here
  uint32_t searched_to;
} null_texts;

static inline null_texts null_texts_of(const bk_plan *plan) {
  null_texts nulls = { .known = { NO_NULL, NO_NULL },
                       .here = { NO_NULL, NO_NULL },
                       .searched_to = plan->null_count ? 0 : UINT32_MAX };
  for (int i = 0; i < plan->null_count; i++) {
    null_word *null = &nulls.known[i];
    null->word = 0;
    null->length = plan->null_length[i];
    null->mask = (1ull << (8 * null->length)) - 1;
    memcpy(&null->word, plan->null_text[i], null->length);
    if (!memchr(plan->null_text[i], '\\', null->length)) null->clean_length = (uint32_t)null->length;
  }
  return nulls;
}

static inline int is_null_text(const null_word *null, uint64_t word, size_t length) {
  return (((word ^ null->word) & null->mask) | (length ^ null->length)) == 0;
}

// Whether the text stands anywhere in in[from..<to]: its first and last byte at their distance, then all of it.
static inline int occurs(const null_word *null, const uint8_t *in, size_t from, size_t to) {
  if (null->length == 0) return 1;
  const size_t last = (size_t)null->length - 1;
  const uint8_t first_byte = (uint8_t)null->word, last_byte = (uint8_t)(null->word >> 8 * last);
  for (size_t at = from; at + last < to; at += 64) {
    uint64_t places = v64_equal(v64_load(in + at), first_byte) & v64_equal(v64_load(in + at + last), last_byte);
    for (; places; places &= places - 1) {
      uint64_t word;
      memcpy(&word, in + at + bits_first(places), 8);
      if (!((word ^ null->word) & null->mask)) return 1;
    }
  }
  return 0;
}

// Looks at the stretch that begins with the row.
static __attribute__((noinline)) void look_for_nulls(null_texts *nulls, const bk_batch *batch, const bk_plan *plan,
                                                     const bk_row *row) {
  const bk_row *last = &batch->rows[batch->row_count - 1];
  uint32_t to = row->start + NULL_STRETCH < last->end ? row->start + NULL_STRETCH : last->end;
  if (to < row->end) to = row->end;
  nulls->searched_to = to + 1;
  nulls->count = 0;
  for (int i = 0; i < plan->null_count; i++) {
    int is_here = occurs(&nulls->known[i], batch->in, row->start, to);
    nulls->here[i] = is_here ? nulls->known[i] : (null_word)NO_NULL;
    nulls->count += is_here;
  }
}

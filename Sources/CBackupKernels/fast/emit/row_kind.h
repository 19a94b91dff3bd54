// What a row's fields have in common, by a look at their marks before any of its bytes: the rows of most exports are
// all clean, and such a row is written without asking each field.
//
//   row      7,Ann,x         7,,x               7,Zoë,x (latin1)      7,"a ""b""",x
//   marks    clean ×3        clean, one empty   clean, one decoded    one with care
//   kind     ROW_CLEAN       ROW_EMPTIES        ROW_MADE              ROW_MIXED
#pragma once
#include "../../kernels.h"
#include "../block64.h"
#include "emitter.h"

enum row_kind {
  ROW_CLEAN,    // every field is clean, and none can be NULL
  ROW_EMPTIES,  // every field is clean; an empty bare one is NULL
  ROW_MADE,     // every field is clean, some in the arena, and none can be NULL
  ROW_NULLS,    // every field is clean or NULL; `emitter.is_null` says which
  // no text means NULL, but perhaps an empty bare one (`empty_is_null`); a field may be odd, or SQL's NULL
  ROW_MIXED,
  ROW_ANY,  // ask of every field
};

// Marks, four fields at a time: each one's start in the low half of 64 bits, its end in the high half.
typedef uint64_t fields4 __attribute__((vector_size(32)));
typedef uint32_t halves8 __attribute__((vector_size(32)));
#define EACH_FIELD(start, end)                                                                                         \
  { (uint64_t)(end) << 32 | (start), (uint64_t)(end) << 32 | (start), (uint64_t)(end) << 32 | (start),                 \
    (uint64_t)(end) << 32 | (start) }

// What a row's fields have in common, by a look at their marks alone.
static inline __attribute__((always_inline)) enum row_kind kind_of_row(emitter *e, const bk_field *fields,
                                                                       size_t count) {
  const uint32_t length0 = e->nulls.here[0].clean_length, length1 = e->nulls.here[1].clean_length;
  // A clean field's end without its start is BK_CLEAN and its length; a quoted one's kind makes another number of it.
  const fields4 null0_at = EACH_FIELD(BK_CLEAN + length0, 0u), null1_at = EACH_FIELD(BK_CLEAN + length1, 0u);
  const fields4 clean = EACH_FIELD(0u, BK_CLEAN), low = EACH_FIELD(~0u, 0u),
                odd_bits = EACH_FIELD(~BK_OFFSET - (1u << 28), ~BK_OFFSET),
                all_but_arena = EACH_FIELD(~0u, ~(uint32_t)BK_ARENA);
  fields4 odd = EACH_FIELD(0u, 0u);
  halves8 null0 = (halves8)odd, null1 = null0;
  bk_field few[4] = { { 0, BK_CLEAN + 8 }, { 0, BK_CLEAN + 8 }, { 0, BK_CLEAN + 8 }, { 0, BK_CLEAN + 8 } };
  if (count < 4) {
    for (size_t i = 0; i < count; i++) few[i] = fields[i];
    fields = few;
  }
  for (size_t i = 0;;) {
    fields4 v;
    memcpy(&v, fields + i, sizeof v);
    halves8 length = (halves8)(v >> 32) - (halves8)v;
    odd |= v ^ clean;
    null0 |= (halves8)(length == (halves8)null0_at);
    null1 |= (halves8)(length == (halves8)null1_at);
    if (i + 4 >= count) break;
    i = i + 8 <= count ? i + 4 : count - 4;  // the last four may be seen twice
  }
  odd &= odd_bits;
  fields4 any4 = odd | (((fields4)null0 | (fields4)null1) & low);
  if (!(any4[0] | any4[1] | any4[2] | any4[3])) return ROW_CLEAN;
  // The length of a field in the arena is none of those: its flag is part of it.
  any4 = (odd & all_but_arena) | (((fields4)null0 | (fields4)null1) & low);
  if (!(any4[0] | any4[1] | any4[2] | any4[3])) return ROW_MADE;
  any4 = odd | ((fields4)null1 & low);
  if (length0 == 0 && !(any4[0] | any4[1] | any4[2] | any4[3])) return ROW_EMPTIES;
  e->empty_is_null = length0 == 0;
  if (e->nulls.count == e->empty_is_null) return ROW_MIXED;
  if (count > NULL_FIELDS) return ROW_ANY;
  // A second look, at the texts.
  uint64_t all = 1, any = 0, made = 0;
  for (size_t i = 0; i < count; i += 64) {
    uint64_t bits = 0;
    for (size_t k = i; k < count && k < i + 64; k++) {
      uint32_t kind = fields[k].start & ~BK_OFFSET, flags = fields[k].end & ~BK_OFFSET;
      size_t length = (fields[k].end & BK_OFFSET) - (fields[k].start & BK_OFFSET);
      uint64_t word;
      memcpy(&word, bk_bytes(e->batch, fields[k]), 8);
      uint64_t is_null = (kind | (flags & BK_ARENA)) == 0;
      is_null &= is_null_text(&e->nulls.here[0], word, length) | is_null_text(&e->nulls.here[1], word, length);
      is_null |= kind == BK_NULL;
      all &= is_null | (((flags & ~(uint32_t)BK_ARENA) == BK_CLEAN) & (kind <= BK_QUOTED));
      made |= flags & BK_ARENA;
      bits |= is_null << (k - i);
    }
    e->is_null[i / 64] = bits;
    any |= bits;
  }
  return !all ? ROW_ANY : any ? ROW_NULLS : made ? ROW_MADE : ROW_CLEAN;
}

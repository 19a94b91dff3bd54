// Lines made of decoded values: they must be those that bk_emit writes, with the same faults.
#pragma once
#include <string.h>
#include "CBackupKernels.h"
#include "inputs.h"

enum { ARENA = 1 << 18, VALUES = 6080 };

// What rows became, in two ways that must agree.
typedef struct {
  size_t length, faults, fault_hash, blank, replaced;
} emission;

static inline uint8_t *put_member(uint8_t *o, const bk_column *column, const bk_plan *plan, bk_field value,
                                  const uint8_t *in, const uint8_t *arena) {
  const uint8_t *bytes = ((value.end & BK_ARENA) ? arena : in) + (value.start & BK_OFFSET);
  const size_t length = (value.end & BK_OFFSET) - (value.start & BK_OFFSET);
  const uint32_t kind = value.start & ~BK_OFFSET;
  if (kind == BK_VALUE_ABSENT || (kind == BK_VALUE_NULL && plan->omit_nulls)) return o;
  memcpy(o, column->key, column->key_length - 1);
  o += column->key_length - 1;
  if (kind == BK_VALUE_NULL) {
    memcpy(o, "null", 4);
    return o + 4;
  }
  if (kind == BK_VALUE_TEXT) {
    *o++ = '"';
    o += bk_escape_json(bytes, length, o);
    *o++ = '"';
    return o;
  }
  if (kind == BK_VALUE_BINARY) {
    const bk_value binary = { .text = bytes, .length = length, .kind = BK_QUOTED, .is_raw = 1 };
    size_t replaced = 0;
    enum bk_fault fault;
    return o + bk_emit_value(&binary, BK_RULE_BYTES, 0, plan, o, &replaced, &fault);
  }
  memcpy(o, bytes, length);
  return o + length;
}

// All rows of a batch by way of values, as emit_all has them by way of bk_emit.
static inline void decode_all(const bk_batch *rows, const bk_plan *plan, uint8_t *scratch, uint8_t *lines, size_t most,
                              emission *all) {
  static bk_field values[VALUES];
  static uint8_t arena[ARENA + BK_SLACK];
  bk_batch batch = *rows;
  batch.arena = arena;
  for (size_t row = 0; row < batch.row_count && all->length < most;) {
    const size_t capacity = rnd(4) ? ARENA : rnd(20000);
    bk_decoded done = bk_decode(&batch, plan, row, values, arena, 0, capacity, scratch);
    if (done.status == BK_DECODE_FULL && done.row == row)
      done = bk_decode(&batch, plan, row, values, arena, 0, ARENA, scratch);
    for (size_t i = 0; row < done.row; row++, i += plan->column_count) {
      uint8_t *const line = lines + all->length, *o = line;
      if (plan->prefix_length) memcpy(o, plan->prefix, plan->prefix_length);
      o += plan->prefix_length;
      for (uint32_t k = 0; k < plan->column_count; k++)
        o = put_member(o, &plan->columns[k], plan, values[i + k], batch.in, arena);
      if (o == line) o++;
      *line = '{';
      *o++ = '}';
      *o++ = '\n';
      all->length += (size_t)(o - line);
    }
    all->replaced += done.replaced;
    if (done.status == BK_DECODE_BLANK) all->blank++;
    if (done.status == BK_DECODE_FAULT) {
      all->faults++;
      all->fault_hash = all->fault_hash * 31 + done.fault * 7 + done.fault_field * 13 + done.fault_at + row * 3;
    }
    row += done.status == BK_DECODE_BLANK || done.status == BK_DECODE_FAULT;
  }
}

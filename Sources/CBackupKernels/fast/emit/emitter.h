// What one call of `emit` carries from row to row.
#pragma once
#include "nulls.h"

enum { NULL_FIELDS = 512 };  // columns at the most whose NULLs are bits

typedef struct {
  const bk_batch *batch;
  const bk_plan *plan;
  uint8_t *scratch;
  size_t replaced;
  null_texts nulls;
  uint64_t is_null[NULL_FIELDS / 64];  // of a row of ROW_NULLS: see row_kind.h
} emitter;

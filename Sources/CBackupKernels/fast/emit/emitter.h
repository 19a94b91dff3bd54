// What one call of `emit` carries from row to row.
#pragma once
#include "../../kernels.h"
#include "../block64.h"
#include "nulls.h"

enum {
  NULL_FIELDS = 512,  // columns at the most whose NULLs are bits
  NUMBER_RUNS = 128,  // runs of columns of numbers at the most that are known
};

typedef struct {
  uint32_t first, past;
} number_run;

typedef struct {
  const bk_batch *batch;
  const bk_plan *plan;
  uint8_t *scratch;
  size_t replaced;
  null_texts nulls;
  int empty_is_null;                   // in a row of ROW_MIXED
  uint64_t is_null[NULL_FIELDS / 64];  // of a row of ROW_NULLS: see row_kind.h
  number_run runs[NUMBER_RUNS];        // see numbers.h
  uint32_t run_count;
  int has_all_runs;
} emitter;

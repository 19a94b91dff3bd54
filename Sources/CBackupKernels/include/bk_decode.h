// Decoding rows to values. CBackupKernels.h includes it.
#pragma once
#include <stddef.h>
#include <stdint.h>
#include "bk_fault.h"

struct bk_batch;
struct bk_field;
struct bk_plan;

enum bk_value_kind {  // as they stand in the high bits of `start`
  BK_VALUE_NULL = 0u << 28,
  BK_VALUE_ABSENT = 1u << 28,  // SQL: the word DEFAULT; the value is not in the data
  BK_VALUE_TEXT = 2u << 28,    // in UTF-8
  BK_VALUE_NUMBER = 3u << 28,  // its digits as JSON has them
  BK_VALUE_BOOL = 4u << 28,    // `true` or `false`
  BK_VALUE_BINARY = 5u << 28,  // the bytes themselves
  BK_VALUE_JSON = 6u << 28,    // JSON on one line: an embedded document, an array
};

enum bk_decode_status { BK_DECODE_DONE, BK_DECODE_FULL, BK_DECODE_BLANK, BK_DECODE_FAULT };

typedef struct {
  size_t row;       // rows before this one are done
  size_t values;    // written, always of whole rows
  size_t used;      // bytes of the arena that hold something
  size_t replaced;  // U+FFFD written
  enum bk_decode_status status;
  size_t needed;        // FULL: bytes past `used` that the next value may need
  enum bk_fault fault;  // FAULT: of the row `row`
  size_t fault_field;   // index of the field in its row
  size_t fault_at;      // offset in the slab
} bk_decoded;

// Decodes rows from `first_row` on into `values`, until all are done, one is a blank line, the arena is full, or one
// cannot be decoded: `plan->column_count` for each row, its kind in the high bits of `start`, BK_ARENA in those of
// `end`.
// A row is decoded where bk_emit writes it, and has the same faults. `arena` is that of the batch: bytes are added from
// `used` on up to `capacity`, and BK_SLACK more may be written. `scratch` is as for bk_emit.
bk_decoded bk_decode(const struct bk_batch *batch, const struct bk_plan *plan, size_t first_row,
                     struct bk_field *values, uint8_t *arena, size_t used, size_t capacity, uint8_t *scratch);

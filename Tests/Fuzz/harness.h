// What the targets share: options from the input's first bytes, the kernels in all their implementations, and the ways
// to run them that must not differ.
#pragma once
#include "memory.h"
#include "reference.h"

// The input: options in front, the text after them.
typedef struct {
  const uint8_t *at;
  size_t left;
} fuzz_input;
uint8_t take_option(fuzz_input *input);

typedef struct {
  const bk_csv *csv;  // either …
  const bk_sql *sql;  // … or
  bk_plan plan;
  const uint8_t *text;
  size_t length;
  uint8_t rules;      // seed of the columns' rules
  int only_bytes;     // all columns are binary: the charset has bytes that are not UTF-8
  uint16_t cut;       // where marking in two pieces is cut, of 65,536
  uint8_t slack;      // what stands in the slack
  uint8_t tightness;  // of arrays and output
  uint8_t shift;      // of the text from an aligned address
} fuzz_case;

void take_common_options(fuzz_input *input, fuzz_case *job);
// Runs everything and aborts at the first difference.
void check_case(fuzz_case *job, const ref_rows *expected);

// A copy that ends where its slack ends.
uint8_t *exact_copy(const uint8_t *text, size_t length, uint8_t slack, uint8_t shift);

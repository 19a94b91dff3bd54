// What trials.c and emission.c share: memory that ends right before a page that cannot be touched, and arrays of marks.
#pragma once
#include <stddef.h>
#include <stdint.h>
#include "CBackupKernels.h"

enum { INPUT = 1 << 17, OUTPUT = 1 << 19, FIELDS = 6000, ROWS = 3000, MOST = 1 << 22 };
extern uint8_t *output_end, *scratch_end, *plain_lines, *fast_lines, made[INPUT];
extern bk_field plain_fields[FIELDS + 80], fast_fields[FIELDS + 80];
extern bk_row plain_rows[ROWS + 80], fast_rows[ROWS + 80];

// Makes the memory, and the random numbers those of the seed.
void begin_trial(uint64_t seed);
// Copies an input to the end of the guarded memory, with hostile slack after it.
uint8_t *place(const uint8_t *bytes, size_t n);

bk_csv random_csv(int mode);
bk_sql random_sql(void);

// Rows of many statements, grouped by their tables, and literals with a type of their own, made plain.
// CBackupKernels.h includes it.
#pragma once
#include <stddef.h>
#include <stdint.h>

struct bk_field;
struct bk_heads;
struct bk_marks;
struct bk_row;

// The first run from `run` on whose first row has another number of fields than its head says; the number of runs where
// there is none.
size_t bk_unusual_run(const struct bk_heads *heads, const struct bk_marks *marks, size_t run);

// Rows of one table with one layout, in order: a batch.
typedef struct {
  uint32_t head;  // of its first row
  uint32_t row_count, field_count;
  uint32_t rows_copied, fields_copied;
  struct bk_row *rows;  // room for so many
  struct bk_field *fields;
} bk_group;

// How many groups the rows make. Where the layout of a table changes, another group begins; rows whose head has no
// layout are in none.
size_t bk_count_groups(const struct bk_heads *heads, const struct bk_marks *marks);

// Says how many rows and fields each group has. The runs' heads become the numbers of their groups, or BK_NO_HEAD.
void bk_group_runs(const struct bk_heads *heads, struct bk_marks *marks, bk_group *groups);

// Copies the rows of all groups to the room that each has.
void bk_copy_groups(const struct bk_marks *marks, bk_group *groups);

// What literals of PostgreSQL in one column are written under without being changed by it.
typedef struct {
  const uint8_t *cast;      // `::date`, as it is written; readable like the input
  uint32_t cast_length;     // 0: no cast is known
  uint32_t digits;          // of whole numbers under the cast; 0: strings are
  uint32_t takes_national;  // N'…' without a blank at its end
} bk_plain_cast;

// Makes plain fields of the typed literals that are written so, from the row *row on. Returns the index of the first
// field that is none of them, its row in *row, or SIZE_MAX at the end. Fields after the last column lose their type.
size_t bk_plain_casts(const uint8_t *in, struct bk_marks *marks, const bk_plain_cast *columns, size_t column_count,
                      size_t *row);

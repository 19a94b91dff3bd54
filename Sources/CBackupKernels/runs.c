// Rows of many statements, grouped by their tables.
//
//   runs     t 1   ·  u 1  ·  t 2      ·  u 1         rows with the same head
//   groups   t (1) (3) (4)    u (2) (5)               one a table and layout
#include "heads.h"

static inline size_t past_row(const bk_marks *marks, size_t run) {
  return run + 1 < marks->run_count ? marks->runs[run + 1].row : marks->row_count;
}
static inline size_t first_field(const bk_marks *marks, size_t row) {
  return row < marks->row_count ? marks->rows[row].first : marks->field_count;
}

size_t bk_unusual_run(const bk_heads *heads, const bk_marks *marks, size_t run) {
  for (; run < marks->run_count; run++) {
    const size_t row = marks->runs[run].row;
    if (row >= marks->row_count) return marks->run_count;
    const uint32_t usual = heads->heads[marks->runs[run].head].field_count;
    if (usual != BK_ANY_FIELDS && usual != first_field(marks, row + 1) - marks->rows[row].first) break;
  }
  return run;
}

// By the number of a table: the group that its rows are in, and that group's layout.
typedef struct {
  uint32_t group[BK_HEADS], layout[BK_HEADS];
} table_groups;

// The group of rows with this head; `*count` where it is a new one.
static inline uint32_t group_of(table_groups *tables, const bk_head *head, size_t *count) {
  if (tables->layout[head->table] != head->layout) {
    tables->layout[head->table] = head->layout;
    tables->group[head->table] = (uint32_t)(*count)++;
  }
  return tables->group[head->table];
}

size_t bk_count_groups(const bk_heads *heads, const bk_marks *marks) {
  table_groups tables = { 0 };
  size_t count = 0;
  for (size_t run = 0; run < marks->run_count; run++) {
    const bk_head *head = &heads->heads[marks->runs[run].head];
    if (head->layout && past_row(marks, run) > marks->runs[run].row) group_of(&tables, head, &count);
  }
  return count;
}

void bk_group_runs(const bk_heads *heads, bk_marks *marks, bk_group *groups) {
  table_groups tables = { 0 };
  size_t count = 0;
  for (size_t run = 0; run < marks->run_count; run++) {
    const uint32_t number = marks->runs[run].head;
    const bk_head *head = &heads->heads[number];
    const size_t row = marks->runs[run].row, past = past_row(marks, run), known = count;
    marks->runs[run].head = BK_NO_HEAD;
    if (!head->layout || past == row) continue;
    const uint32_t group = group_of(&tables, head, &count);
    if (count > known) groups[group] = (bk_group){ .head = number };
    groups[group].row_count += (uint32_t)(past - row);
    groups[group].field_count += (uint32_t)(first_field(marks, past) - first_field(marks, row));
    marks->runs[run].head = group;
  }
}

void bk_copy_groups(const bk_marks *marks, bk_group *groups) {
  for (size_t run = 0; run < marks->run_count; run++) {
    if (marks->runs[run].head == BK_NO_HEAD) continue;
    bk_group *group = &groups[marks->runs[run].head];
    const size_t past = past_row(marks, run);
    size_t row = marks->runs[run].row, field = first_field(marks, row);
    const uint32_t shift = (uint32_t)field - group->fields_copied;
    for (; row < past; row++) {
      bk_row copy = marks->rows[row];
      copy.first -= shift;
      group->rows[group->rows_copied++] = copy;
    }
    for (const size_t end = first_field(marks, past); field < end; field++)
      group->fields[group->fields_copied++] = marks->fields[field];
  }
}

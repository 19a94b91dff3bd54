// A trial of the grouping of rows by their tables.
#include <string.h>
#include "KernelTrials.h"
#include "random.h"
#include "support.h"

enum { HEADS = 6, RUNS = 200, ROWS = 4 * RUNS, FIELDS = 3 * ROWS };

// Rows of random runs, grouped, against a look at each row.
const char *trial_groups(const bk_kernels *kernels, uint64_t seed) {
  seed_with(seed);
  static bk_group groups[ROWS];
  static bk_row rows_of_all[ROWS], rows_of_groups[ROWS];
  static bk_field fields_of_all[FIELDS], fields_of_groups[FIELDS];
  static bk_run runs[RUNS + 1];
  static const uint8_t statement[8 + BK_SLACK] = "x (1)";
  bk_heads *heads = bk_make_heads();
  for (int round = 0; round < 3000; round++) {
    bk_clear_heads(heads);
    for (uint32_t i = 0; i < HEADS; i++) bk_add_head(heads, statement, 5, 0);
    for (uint32_t i = 0; i < HEADS; i++) {
      bk_head *head = bk_head_at(heads, i);
      head->table = i / 2;
      head->layout = rnd(20) ? 1 + i / (1 + rnd(2)) : 0;
      head->field_count = rnd(3) ? 1 + rnd(3) : BK_ANY_FIELDS;
    }
    bk_marks marks = { .fields = fields_of_all, .rows = rows_of_all, .runs = runs };
    static uint32_t row_heads[ROWS];
    for (uint32_t run = rnd(RUNS); run > 0; run--) {
      const uint32_t head = rnd(HEADS), fields = 1 + rnd(3);
      runs[marks.run_count++] = (bk_run){ (uint32_t)marks.row_count, head };
      for (uint32_t count = rnd(4); count > 0; count--) {
        row_heads[marks.row_count] = head;
        rows_of_all[marks.row_count++] = (bk_row){ (uint32_t)marks.field_count, rnd(1000), rnd(1000) };
        for (uint32_t k = 0; k < fields; k++) fields_of_all[marks.field_count++] = (bk_field){ rnd(1000), rnd(1000) };
      }
    }
    for (size_t run = 0, from = rnd(20); run <= marks.run_count; run++) {  // the first run that is not usual
      const bk_row *row = &rows_of_all[runs[run].row];
      const int is_end = run == marks.run_count || runs[run].row >= marks.row_count;
      const uint32_t usual = is_end ? 0 : bk_head_at(heads, runs[run].head)->field_count;
      const size_t past = is_end ? 0 : runs[run].row + 1 < marks.row_count ? row[1].first : marks.field_count;
      if (!is_end && (run < from || usual == BK_ANY_FIELDS || usual == past - row->first)) continue;
      if (from <= marks.run_count && bk_unusual_run(heads, &marks, from) != (is_end ? marks.run_count : run))
        return differ(statement, 0, "%s: another run is called unusual than %zu", kernels->name, run);
      break;
    }
    const size_t count = bk_count_groups(heads, &marks);
    bk_group_runs(heads, &marks, groups);
    size_t rows = 0, fields = 0;
    for (size_t i = 0; i < count; i++) {
      groups[i].rows = rows_of_groups + rows;
      groups[i].fields = fields_of_groups + fields;
      rows += groups[i].row_count;
      fields += groups[i].field_count;
    }
    bk_copy_groups(&marks, groups);
    // Each row is the next one of the last group of its table, or the first of another.
    uint32_t last[HEADS], given[ROWS] = { 0 }, used = 0;
    for (uint32_t i = 0; i < HEADS; i++) last[i] = BK_NO_HEAD;
    for (size_t i = 0; i < marks.row_count; i++) {
      const bk_head *head = bk_head_at(heads, row_heads[i]);
      if (!head->layout) continue;
      uint32_t *group = &last[head->table];
      if (*group == BK_NO_HEAD || bk_head_at(heads, groups[*group].head)->layout != head->layout) *group = used++;
      const bk_group *g = &groups[*group];
      const uint32_t k = given[*group]++;
      const size_t past = i + 1 < marks.row_count ? rows_of_all[i + 1].first : marks.field_count;
      if (used > count || k >= g->row_count || g->rows[k].start != rows_of_all[i].start ||
          memcmp(&g->fields[g->rows[k].first], &fields_of_all[rows_of_all[i].first],
                 (past - rows_of_all[i].first) * sizeof(bk_field)))
        return differ(statement, 0, "%s: row %zu is not where it belongs", kernels->name, i);
      rows--;
    }
    if (rows || used != count) return differ(statement, 0, "%s: %zu rows, %zu groups", kernels->name, rows, count);
  }
  bk_free_heads(heads);
  return NULL;
}

// See KernelTrials.h: trials of marking.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "KernelTrials.h"
#include "inputs.h"
#include "shared.h"
#include "support.h"

uint8_t *output_end, *scratch_end, *plain_lines, *fast_lines, made[INPUT];
bk_field plain_fields[FIELDS + 80], fast_fields[FIELDS + 80];
bk_row plain_rows[ROWS + 80], fast_rows[ROWS + 80];
static uint8_t *input_end;
static bk_run plain_runs[ROWS + 1], fast_runs[ROWS + 1];
static bk_heads *plain_heads, *fast_heads;

void begin_trial(uint64_t seed) {
  seed_with(seed);
  if (input_end) return;
  input_end = guarded(INPUT);
  output_end = guarded(OUTPUT);
  scratch_end = guarded(OUTPUT);
  plain_lines = malloc(MOST);
  fast_lines = malloc(MOST);
}

uint8_t *place(const uint8_t *bytes, size_t n) {
  uint8_t *in = input_end - n - BK_SLACK;
  memcpy(in, bytes, n);
  for (int i = 0; i < BK_SLACK; i++) in[n + (size_t)i] = (uint8_t)",\"\\\n\r'a("[rnd(8)];
  return in;
}

static const char *same_marks(const bk_kernels *kernels, const bk_marks *plain, const bk_marks *fast, const uint8_t *in,
                              size_t length) {
  if (plain->status != fast->status || plain->field_count != fast->field_count || plain->row_count != fast->row_count ||
      plain->consumed != fast->consumed || plain->fault != fast->fault ||
      (plain->fault && plain->fault_at != fast->fault_at))
    return differ(in, length,
                  "%s: status %d, plain %d; fields %zu, %zu; rows %zu, %zu; consumed %zu, %zu; fault %d, %d",
                  kernels->name, fast->status, plain->status, fast->field_count, plain->field_count, fast->row_count,
                  plain->row_count, fast->consumed, plain->consumed, fast->fault, plain->fault);
  for (size_t i = 0; i < plain->field_count; i++) {
    bk_field a = plain->fields[i], b = fast->fields[i];
    if (a.start != b.start || a.end != (b.end & ~BK_CLEAN))
      return differ(in, length, "%s: field %zu is %x…%x, plain %x…%x", kernels->name, i, b.start, b.end, a.start,
                    a.end);
    for (size_t k = b.start & BK_OFFSET; (b.end & BK_CLEAN) && k < (b.end & BK_OFFSET); k++)
      if (in[k] < 0x20 || in[k] == '"' || in[k] == '\\')
        return differ(in, length, "%s: field %zu is called clean and is not", kernels->name, i);
  }
  for (size_t i = 0; i < plain->row_count; i++)
    if (memcmp(&plain->rows[i], &fast->rows[i], sizeof(bk_row)))
      return differ(in, length, "%s: row %zu", kernels->name, i);
  return NULL;
}

static size_t times_counted;

static const char *try_csv(const bk_kernels *kernels, const bk_csv *csv, const uint8_t *in, size_t from, size_t length,
                           int at_end, size_t fields, size_t rows) {
  bk_marks plain = { .fields = plain_fields, .rows = plain_rows, .field_capacity = fields, .row_capacity = rows },
           fast = plain;
  fast.fields = fast_fields;
  fast.rows = fast_rows;
  bk_kernels_at(0)->mark_csv(in, from, length, at_end, csv, &plain);
  bk_counted counted;
  if (!at_end && kernels->count_csv(in, from, length, csv, &fast, &counted)) {
    times_counted++;
    if (plain.status != BK_MARK_MORE || counted.rows != plain.row_count || counted.consumed != plain.consumed)
      return differ(in, length, "%s: counts %zu rows up to %zu; marks %zu up to %zu, status %d", kernels->name,
                    counted.rows, counted.consumed, plain.row_count, plain.consumed, plain.status);
  }
  kernels->mark_csv(in, from, length, at_end, csv, &fast);
  return same_marks(kernels, &plain, &fast, in, length);
}

bk_csv random_csv(int mode) {
  bk_csv csv = { .delimiter = mode % 4 == 3 ? '\t' : ',',
                 .quote = '"',
                 .escape = '\\',
                 .has_quote = rnd(4) > 0,
                 .has_escape = (uint8_t)rnd(2),
                 .escape_in_quotes = rnd(8) == 0,
                 .newline = (uint8_t)rnd(4),
                 .copy_end = rnd(3) == 0,
                 .quote_null = rnd(20) == 0,
                 .quotes_anywhere = rnd(3) == 0 };
  csv.undoubled = csv.quotes_anywhere && rnd(4) == 0;
  csv.loose_quotes = rnd(3) == 0;
  if (rnd(5) == 0) csv.delimiter = (uint8_t)rnd(256);
  if (rnd(10) == 0) csv.quote = rnd(2) ? '\'' : (uint8_t)rnd(256);
  if (rnd(10) == 0) csv.escape = (uint8_t)rnd(256);
  return csv;
}

const char *trial_csv_lengths(const bk_kernels *kernels, uint64_t seed) {
  begin_trial(seed);
  const char *wrong;
  for (size_t length = 0; length <= 300; length++) {
    for (int options = 0; options < 128; options++) {
      int mode = (int)rnd(9);
      bk_csv csv = { .delimiter = mode == 3 ? '\t' : ',',
                     .quote = '"',
                     .escape = '\\',
                     .has_quote = options & 1,
                     .has_escape = options >> 1 & 1,
                     .copy_end = options >> 2 & 1,
                     .quote_null = options >> 3 & 1,
                     .newline = (uint8_t)(options >> 5),
                     .quotes_anywhere = rnd(3) == 0,
                     .loose_quotes = rnd(3) == 0 };
      make_csv(made, length, mode);
      if ((wrong = try_csv(kernels, &csv, place(made, length), 0, length, options >> 4 & 1, FIELDS, ROWS)))
        return wrong;
    }
  }
  return NULL;
}

const char *trial_csv_borders(const bk_kernels *kernels, uint64_t seed) {
  begin_trial(seed);
  const char *wrong;
  times_counted = 0;
  for (int round = 0; round < 12000; round++) {
    size_t length = rnd(2) ? 4000 + rnd(200) : rnd(20) ? rnd(1500) : 30000 + rnd(1000);
    int mode = (int)rnd(40);
    size_t n = make_csv(made, length, mode);
    for (uint32_t k = rnd(8); n && k > 4; k--) made[rnd((uint32_t)n)] = (uint8_t)",\"\\\n\r'();\x80"[rnd(10)];
    bk_csv csv = random_csv(mode);
    if ((wrong = try_csv(kernels, &csv, place(made, n), rnd(2) ? 0 : rnd((uint32_t)n + 1), n, (int)rnd(2),
                         rnd(4) ? FIELDS : 1 + rnd(300), rnd(4) ? ROWS : 1 + rnd(200))))
      return wrong;
  }
  return times_counted > 500 ? NULL : "records are seldom counted";
}

// Marks in[0..<cut], then all from where that ended, into one array.
typedef void (*marking)(const bk_kernels *kernels, const void *dialect, const uint8_t *in, size_t from, size_t length,
                        int at_end, bk_marks *marks);
static void mark_as_csv(const bk_kernels *kernels, const void *dialect, const uint8_t *in, size_t from, size_t length,
                        int at_end, bk_marks *marks) {
  kernels->mark_csv(in, from, length, at_end, dialect, marks);
}
static void mark_as_sql(const bk_kernels *kernels, const void *dialect, const uint8_t *in, size_t from, size_t length,
                        int at_end, bk_marks *marks) {
  kernels->mark_tuples(in, from, length, at_end, dialect, marks);
}

static const char *try_cuts(const bk_kernels *kernels, marking mark, const void *dialect, size_t n) {
  const char *wrong;
  uint8_t *in = place(made, n);
  bk_marks whole = { .fields = plain_fields, .rows = plain_rows, .field_capacity = FIELDS, .row_capacity = ROWS };
  mark(kernels, dialect, in, 0, n, 1, &whole);
  for (size_t cut = 0; cut <= n; cut++) {
    bk_marks parts = { .fields = fast_fields, .rows = fast_rows, .field_capacity = FIELDS, .row_capacity = ROWS };
    mark(kernels, dialect, in, 0, cut, 0, &parts);
    if (parts.status == BK_MARK_MORE) mark(kernels, dialect, in, parts.consumed, n, 1, &parts);
    for (size_t i = 0; i < whole.field_count && i < parts.field_count; i++)  // a hint may depend on the cut
      if (!(whole.fields[i].end & BK_CLEAN)) parts.fields[i].end &= ~BK_CLEAN;
      else parts.fields[i].end |= BK_CLEAN;
    for (size_t i = 0; i < whole.field_count; i++) whole.fields[i].end &= ~BK_CLEAN;
    if ((wrong = same_marks(kernels, &whole, &parts, in, n))) return wrong;
  }
  return NULL;
}

const char *trial_csv_cuts(const bk_kernels *kernels, uint64_t seed) {
  begin_trial(seed);
  const char *wrong;
  for (int round = 0; round < 200; round++) {
    int mode = rnd(2) ? (int)rnd(18) : 18 + (int)rnd(18);
    size_t n = make_csv(made, 500 + rnd(300), mode);
    bk_csv csv = random_csv(mode);
    if ((wrong = try_cuts(kernels, mark_as_csv, &csv, n))) return wrong;
  }
  return NULL;
}

bk_sql random_sql(void) {
  return (bk_sql){ .mysql = (uint8_t)rnd(2),
                   .backslash = (uint8_t)rnd(2),
                   .double_is_string = (uint8_t)rnd(2),
                   .multibyte = rnd(5) ? 0 : (uint8_t)rnd(5),
                   .charset = (uint8_t)rnd(3) };
}

const char *trial_tuples(const bk_kernels *kernels, uint64_t seed) {
  begin_trial(seed);
  const char *wrong;
  for (int round = 0; round < 24000; round++) {
    size_t length = rnd(3) ? rnd(1200) : 4000 + rnd(200);
    size_t n = rnd(4) ? make_sql(made, length + 300) : make_csv(made, length, 5 + (int)rnd(2));
    if (n && rnd(2)) n = rnd((uint32_t)n + 1);
    for (uint32_t k = rnd(8); n && k > 4; k--) made[rnd((uint32_t)n)] = (uint8_t)",\"\\\n\r'();\x80"[rnd(10)];
    bk_sql sql = random_sql();
    uint8_t *in = place(made, n);
    size_t from = rnd(2) ? 0 : rnd((uint32_t)n + 1);
    int at_end = (int)rnd(2);
    bk_marks plain = { .fields = plain_fields,
                       .rows = plain_rows,
                       .field_capacity = rnd(4) ? FIELDS : 1 + rnd(300),
                       .row_capacity = rnd(4) ? ROWS : 1 + rnd(200) },
             fast = plain;
    fast.fields = fast_fields;
    fast.rows = fast_rows;
    bk_kernels_at(0)->mark_tuples(in, from, n, at_end, &sql, &plain);
    kernels->mark_tuples(in, from, n, at_end, &sql, &fast);
    if ((wrong = same_marks(kernels, &plain, &fast, in, n))) return wrong;
  }
  return NULL;
}

// The heads that are known, or some of them.
static void know_heads(void) {
  static uint8_t statements[HEADS][128 + BK_SLACK];
  if (!plain_heads) {
    plain_heads = bk_make_heads();
    fast_heads = bk_make_heads();
  }
  bk_clear_heads(plain_heads);
  bk_clear_heads(fast_heads);
  for (size_t i = 0; i < HEADS; i++) {
    const int n = sprintf((char *)statements[i], "%s (1);", made_heads[i]);
    const size_t length = rnd(10) ? strlen(made_heads[i]) : 0;
    bk_add_head(plain_heads, statements[i], (size_t)n, length);
    bk_add_head(fast_heads, statements[i], (size_t)n, length);
  }
}

static const char *same_statements(const bk_kernels *kernels, const bk_marks *plain, const bk_marks *fast,
                                   const uint8_t *in, size_t length) {
  if (plain->head != fast->head || plain->run_count != fast->run_count || plain->has_tuples != fast->has_tuples)
    return differ(in, length, "%s: head %x, plain %x; runs %zu, %zu; has tuples: %d, %d", kernels->name, fast->head,
                  plain->head, fast->run_count, plain->run_count, fast->has_tuples, plain->has_tuples);
  for (size_t i = 0; i < plain->run_count; i++)
    if (memcmp(&plain->runs[i], &fast->runs[i], sizeof(bk_run)))
      return differ(in, length, "%s: run %zu", kernels->name, i);
  for (uint32_t i = 0; i < HEADS; i++) {
    const bk_head *a = bk_head_at(plain_heads, i), *b = bk_head_at(fast_heads, i);
    if (a->statements != b->statements || (a->statements && a->first_at != b->first_at))
      return differ(in, length, "%s: statements with head %u", kernels->name, i);
  }
  return NULL;
}

const char *trial_statements(const bk_kernels *kernels, uint64_t seed) {
  begin_trial(seed);
  const char *wrong;
  for (int round = 0; round < 12000; round++) {
    size_t n = make_statements(made, 1200 + (rnd(3) ? rnd(3000) : rnd(20000)));
    if (n && rnd(2)) n = rnd((uint32_t)n + 1);
    for (uint32_t k = rnd(8); n && k > 5; k--) made[rnd((uint32_t)n)] = (uint8_t)",\"\\\n\r'();\x80"[rnd(10)];
    bk_sql sql = random_sql(), fast_sql = sql;
    know_heads();
    sql.heads = plain_heads;
    fast_sql.heads = fast_heads;
    uint8_t *in = place(made, n);
    size_t from = rnd(4) ? 0 : rnd((uint32_t)n + 1);
    int at_end = (int)rnd(2);
    bk_marks plain = { .fields = plain_fields,
                       .rows = plain_rows,
                       .runs = plain_runs,
                       .head = rnd(4) ? BK_NO_HEAD : rnd(HEADS),
                       .field_capacity = rnd(4) ? FIELDS : 1 + rnd(300),
                       .row_capacity = rnd(4) ? ROWS : 1 + rnd(200) },
             fast = plain;
    fast.fields = fast_fields;
    fast.rows = fast_rows;
    fast.runs = fast_runs;
    bk_kernels_at(0)->mark_tuples(in, from, n, at_end, &sql, &plain);
    kernels->mark_tuples(in, from, n, at_end, &fast_sql, &fast);
    if ((wrong = same_marks(kernels, &plain, &fast, in, n))) return wrong;
    if ((wrong = same_statements(kernels, &plain, &fast, in, n))) return wrong;
  }
  return NULL;
}

const char *trial_tuples_cuts(const bk_kernels *kernels, uint64_t seed) {
  begin_trial(seed);
  const char *wrong;
  for (int round = 0; round < 200; round++) {
    size_t n = make_sql(made, 800 + rnd(300));
    bk_sql sql = random_sql();
    if ((wrong = try_cuts(kernels, mark_as_sql, &sql, n))) return wrong;
  }
  return NULL;
}

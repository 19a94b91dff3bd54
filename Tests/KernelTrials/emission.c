// See KernelTrials.h: trials of writing rows as lines.
#include <stdio.h>
#include <string.h>
#include "KernelTrials.h"
#include "arena.h"
#include "decoded.h"
#include "inputs.h"
#include "random.h"
#include "shared.h"
#include "support.h"

// Each file has random numbers of its own.
static void prepare(uint64_t seed) {
  begin_trial(seed);
  seed_with(seed);
}

static const char *emit_all(const bk_kernels *kernels, const bk_batch *batch, const bk_plan *plan, size_t capacity,
                            size_t length, uint8_t *lines, emission *all) {
  size_t room = capacity;
  for (size_t row = 0; row < batch->row_count && all->length < MOST - OUTPUT;) {
    uint8_t *out = output_end - room - BK_SLACK;
    bk_emitted done = kernels->emit(batch, plan, row, out, room, scratch_end - (length + 1024));
    if (done.length > room) return differ(batch->in, length, "%s: more emitted than there is room", kernels->name);
    memcpy(lines + all->length, out, done.length);
    all->length += done.length;
    all->blank += done.blank;
    all->replaced += done.replaced;
    row = done.row;
    if (done.status == BK_EMIT_FULL) {
      room = done.length ? capacity : done.needed > room * 2 ? done.needed : room * 2;
      if (room > OUTPUT / 2) room = OUTPUT / 2;
    } else if (done.status == BK_EMIT_FAULT) {
      all->faults++;
      all->fault_hash = all->fault_hash * 31 + done.fault * 7 + done.fault_field * 13 + done.fault_at + row * 3;
      row++;
    } else if (row != batch->row_count) {
      return differ(batch->in, length, "%s: done before the last row", kernels->name);
    }
  }
  return NULL;
}

static const char *try_emit(const bk_kernels *kernels, const uint8_t *in, size_t length, const bk_marks *marks,
                            int is_sql, int has_numbers) {
  static uint8_t keys[64 * 48];
  static bk_column columns[64];
  uint32_t count = 1 + rnd(20);
  if (marks->row_count && rnd(10))
    count = (uint32_t)((marks->row_count > 1 ? marks->rows[1].first : marks->field_count) - marks->rows[0].first);
  if (count > 64) count = 64;
  uint8_t *key = keys;
  int all_text = !has_numbers && rnd(3) == 0;
  for (uint32_t i = 0; i < count; i++) {
    int n =
        sprintf((char *)key, ",\"%.*s\":\"", rnd(8) ? 3 : 36, &"abcdefghijklmnopqrstuvwxyzabcdefghijklmnopq"[rnd(3)]);
    columns[i] = (bk_column){ key, (uint32_t)n,
                              all_text                 ? 0
                              : has_numbers && rnd(30) ? 1 + rnd(2)
                              : rnd(3)                 ? rnd(3)
                                                       : rnd(13) };
    key += n;
  }
  static const char *const nulls[] = { "", "\\N", "NULL", "N", "abcdefgh" };
  bk_plan plan = { .columns = columns,
                   .column_count = count,
                   .escape = '\\',
                   .quote = '"',
                   .escapes = (uint8_t)rnd(6),
                   .escape_null = (uint8_t)rnd(2),
                   .hex_output = (uint8_t)rnd(2),
                   .omit_nulls = rnd(4) == 0,
                   .literals = (uint8_t)(is_sql ? rnd(3) : 0),
                   .numbers_as_written = (uint8_t)rnd(2),
                   .replace_utf8 = (uint8_t)rnd(2),
                   .skip_blank = (uint8_t)rnd(2),
                   .null_count = (uint8_t)rnd(3) };
  if (is_sql) plan.escapes = rnd(2) ? BK_ESCAPES_MYSQL_SQL : BK_ESCAPES_NONE;
  if (rnd(4) == 0) {
    plan.prefix = (const uint8_t *)",\"t\":\"x.y\"";
    plan.prefix_length = 10;
  }
  for (int i = 0; i < plan.null_count; i++) {
    const char *text = nulls[rnd(20) ? rnd(4) : 4];
    plan.null_text[i] = (const uint8_t *)text;
    plan.null_length[i] = (uint8_t)strlen(text);
  }
  bk_batch batch = { .in = in,
                     .fields = marks->fields,
                     .rows = marks->rows,
                     .field_count = marks->field_count,
                     .row_count = marks->row_count };
  batch.is_utf8 = bk_kernels_at(0)->utf8_valid_prefix(in, length) == length;
  const int has_made = rnd(3) == 0;
  if (has_made) move_to_arena(&batch, plain_fields, bk_kernels_at(0));
  size_t capacity = rnd(3) ? OUTPUT / 2 : 600 + rnd(8000);
  emission plain = { 0 }, fast = { 0 };
  const char *wrong;
  if ((wrong = emit_all(bk_kernels_at(0), &batch, &plan, capacity, length, plain_lines, &plain))) return wrong;
  if ((wrong = emit_all(kernels, &batch, &plan, capacity, length, fast_lines, &fast))) return wrong;
  if (memcmp(&plain, &fast, sizeof plain) || memcmp(plain_lines, fast_lines, plain.length)) {
    size_t at = 0;
    while (at < plain.length && plain_lines[at] == fast_lines[at]) at++;
    size_t from = at > 60 ? at - 60 : 0;
    return differ(
        in, length, "%s: output differs at %zu of %zu (plain %zu), faults %zu (plain %zu): …%.100s… plain …%.100s…",
        kernels->name, at, fast.length, plain.length, fast.faults, plain.faults, fast_lines + from, plain_lines + from);
  }
  if (has_made) return NULL;  // decode_all has an arena of its own
  emission decoded = { 0 };
  decode_all(&batch, &plan, scratch_end - OUTPUT / 2, fast_lines, MOST - OUTPUT, &decoded);
  if (memcmp(&plain, &decoded, sizeof plain) || memcmp(plain_lines, fast_lines, plain.length))
    return differ(in, length, "decoded values make %zu bytes, faults %zu; plain %zu, %zu: %.400s… %.400s…",
                  decoded.length, decoded.faults, plain.length, plain.faults, fast_lines, plain_lines);
  return NULL;
}

const char *trial_emit(const bk_kernels *kernels, uint64_t seed) {
  prepare(seed);
  const char *wrong;
  for (int round = 0; round < 20000; round++) {
    int is_sql = rnd(3) == 0, mode = (int)rnd(40);
    size_t length = rnd(4) ? rnd(1500) : 4000 + rnd(4000);
    size_t n = is_sql ? make_sql(made, length + 300) : make_csv(made, length, mode);
    for (uint32_t k = rnd(8); n && k > 4; k--) made[rnd((uint32_t)n)] = (uint8_t)",\"\\\n\r'();\x80"[rnd(10)];
    uint8_t *in = place(made, n);
    bk_marks marks = { .fields = fast_fields, .rows = fast_rows, .field_capacity = FIELDS, .row_capacity = ROWS };
    // Marks with and without the hint.
    const bk_kernels *marker = rnd(5) ? kernels : bk_kernels_at(0);
    if (is_sql) {
      bk_sql sql = random_sql();
      marker->mark_tuples(in, 0, n, 1, &sql, &marks);
    } else {
      bk_csv csv = random_csv(mode);
      marker->mark_csv(in, 0, n, 1, &csv, &marks);
    }
    if ((wrong = try_emit(kernels, in, n, &marks, is_sql, 0))) return wrong;
  }
  return NULL;
}

const char *trial_numbers(const bk_kernels *kernels, uint64_t seed) {
  prepare(seed);
  const char *wrong;
  for (int round = 0; round < 20000; round++) {
    const uint8_t separator = (uint8_t)",,,,\t;| -.05e"[rnd(14)];
    size_t n = make_numbers(made, 1100 + rnd(1500), separator, rnd(3) ? rnd(3) : rnd(20));
    uint8_t *in = place(made, n);
    bk_marks marks = { .fields = fast_fields, .rows = fast_rows, .field_capacity = FIELDS, .row_capacity = ROWS };
    bk_csv csv = { .delimiter = separator, .quote = '"', .escape = '"', .has_quote = 1 };
    kernels->mark_csv(in, 0, n, 1, &csv, &marks);
    if ((wrong = try_emit(kernels, in, n, &marks, 0, 1))) return wrong;
  }
  return NULL;
}

const char *trial_utf8(const bk_kernels *kernels, uint64_t seed) {
  prepare(seed);
  static const char *const pieces[] = { "a",
                                        "é",
                                        "你",
                                        "😀",
                                        "\xC0\x80",
                                        "\xE0\x9F\xBF",
                                        "\xED\xA0\x80",
                                        "\xF4\x90\x80\x80",
                                        "\xF0\x8F\xBF\xBF",
                                        "\x80",
                                        "\xFF",
                                        "\xC3",
                                        "\xE4\xBD",
                                        "\xF0\x9F\x98",
                                        "\xEF\xBF\xBF",
                                        "\xF4\x8F\xBF\xBF",
                                        "\xE0\xA0\x80",
                                        "\xED\x9F\xBF" };
  for (int round = 0; round < 200000; round++) {
    size_t n = 0, length = rnd(300);
    uint32_t bad = rnd(3), kinds = rnd(4);
    while (n < length) {
      const char *piece = bad == 2 && rnd(40) == 0 ? pieces[rnd(18)] : pieces[rnd(kinds + 1)];
      memcpy(made + n, piece, strlen(piece));
      n += strlen(piece);
    }
    if (bad == 1 && n) made[rnd((uint32_t)n)] = (uint8_t)rnd(256);
    if (rnd(2) && n) n -= rnd(n < 4 ? (uint32_t)n : 4);
    uint8_t *in = place(made, n);
    size_t plain = bk_kernels_at(0)->utf8_valid_prefix(in, n), fast = kernels->utf8_valid_prefix(in, n);
    if (plain != fast) return differ(in, n, "%s: valid to %zu, plain %zu", kernels->name, fast, plain);
  }
  return NULL;
}

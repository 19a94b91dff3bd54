#include <string.h>
#include "harness.h"

uint8_t take_option(fuzz_input *input) {
  if (!input->left) return 0;
  input->left--;
  return *input->at++;
}

uint8_t *exact_copy(const uint8_t *text, size_t length, uint8_t slack, uint8_t shift) {
  uint8_t *copy = (uint8_t *)keep(shift + length + BK_SLACK) + shift;
  memcpy(copy, text, length);
  memset(copy + length, slack, BK_SLACK);
  return copy;
}

void take_common_options(fuzz_input *input, fuzz_case *job) {
  uint8_t flags = take_option(input);
  job->plan.hex_output = flags & 1;
  job->plan.omit_nulls = flags >> 1 & 1;
  job->plan.replace_utf8 = flags >> 2 & 1;
  if (flags >> 3 & 1) {
    job->plan.prefix = (const uint8_t *)",\"table\":\"t\"";
    job->plan.prefix_length = 12;
  }
  job->rules = take_option(input);
  job->cut = (uint16_t)(take_option(input) << 8);
  job->cut |= take_option(input);
  job->slack = take_option(input);
  job->tightness = take_option(input);
  job->shift = take_option(input) % 64;
  uint8_t repeat = take_option(input);
  size_t times = repeat % 2 ? 2 + repeat / 32u : 1;  // the fast kernels want texts longer than a fuzzer thinks of
  uint8_t *text = keep(times * input->left);
  for (size_t i = 0; i < times && input->left; i++) memcpy(text + i * input->left, input->at, input->left);
  job->text = text;
  job->length = times * input->left;
}

// ---------------------------------------------------------------------------------------------------------------------
// Marking, in one piece, in two, and into arrays that are too small.

static bk_marks make_marks(size_t fields, size_t rows) {
  return (bk_marks){ .fields = keep(fields * sizeof(bk_field)),
                     .rows = keep(rows * sizeof(bk_row)),
                     .field_capacity = fields,
                     .row_capacity = rows };
}

static void mark(const bk_kernels *kernels, const fuzz_case *job, const uint8_t *in, size_t from, size_t length,
                 int at_end, bk_marks *marks) {
  if (job->csv) kernels->mark_csv(in, from, length, at_end, job->csv, marks);
  else kernels->mark_tuples(in, from, length, at_end, job->sql, marks);
}

static bk_marks mark_whole(const bk_kernels *kernels, const fuzz_case *job, const uint8_t *in) {
  bk_marks marks = make_marks(job->length + 2, job->length + 2);
  mark(kernels, job, in, 0, job->length, 1, &marks);
  return marks;
}

static bk_marks mark_in_two(const bk_kernels *kernels, const fuzz_case *job, const uint8_t *in) {
  bk_marks marks = make_marks(job->length + 2, job->length + 2);
  size_t cut = job->length * job->cut >> 16;
  mark(kernels, job, exact_copy(in, cut, job->slack, job->shift), 0, cut, 0, &marks);
  if (marks.status == BK_MARK_MORE) mark(kernels, job, in, marks.consumed, job->length, 1, &marks);
  return marks;
}

static bk_marks mark_into_small_arrays(const bk_kernels *kernels, const fuzz_case *job, const uint8_t *in) {
  bk_marks all = make_marks(job->length + 2, job->length + 2), some;
  size_t fields = 1 + job->tightness % 16, rows = 1 + job->tightness / 16;
  do {
    some = make_marks(fields, rows);
    mark(kernels, job, in, all.consumed, job->length, 1, &some);
    if (some.status == BK_MARK_FULL && !some.row_count) fields *= 4;
    REQUIRE(some.row_count <= rows && some.field_count <= fields, "more marks than room");
    for (size_t i = 0; i < some.row_count; i++) {
      all.rows[all.row_count] = some.rows[i];
      all.rows[all.row_count++].first += (uint32_t)all.field_count;
    }
    memcpy(all.fields + all.field_count, some.fields, some.field_count * sizeof(bk_field));
    all.field_count += some.field_count;
    all.consumed = some.consumed;
  } while (some.status == BK_MARK_FULL);
  all.status = some.status;
  all.fault = some.fault;
  all.fault_at = some.fault_at;
  return all;
}

static void require_same_marks(const bk_marks *a, const bk_marks *b, const char *name, const char *how) {
  const uint32_t meant = BK_OFFSET | BK_CARE | BK_ARENA;  // other bits of an end are hints
  REQUIRE(a->row_count == b->row_count, "%s, %s: %zu rows, not %zu", name, how, b->row_count, a->row_count);
  for (size_t i = 0; i < a->row_count; i++)
    REQUIRE(!memcmp(&a->rows[i], &b->rows[i], sizeof(bk_row)), "%s, %s: row %zu is another", name, how, i);
  REQUIRE(a->field_count == b->field_count, "%s, %s: %zu fields, not %zu", name, how, b->field_count, a->field_count);
  for (size_t i = 0; i < a->field_count; i++)
    REQUIRE(a->fields[i].start == b->fields[i].start && (a->fields[i].end & meant) == (b->fields[i].end & meant),
            "%s, %s: field %zu is %08x %08x, not %08x %08x", name, how, i, b->fields[i].start, b->fields[i].end,
            a->fields[i].start, a->fields[i].end);
  REQUIRE(a->status == b->status, "%s, %s: status %d, not %d", name, how, b->status, a->status);
  REQUIRE(a->consumed == b->consumed, "%s, %s: consumed %zu, not %zu", name, how, b->consumed, a->consumed);
  REQUIRE(a->fault == b->fault, "%s, %s: fault %d, not %d", name, how, b->fault, a->fault);
  if (a->fault)
    REQUIRE(a->fault_at == b->fault_at, "%s, %s: fault at %zu, not %zu", name, how, b->fault_at, a->fault_at);
}

// ---------------------------------------------------------------------------------------------------------------------
// Emitting, and what must come out.

typedef struct {
  uint8_t *lines;
  size_t length, room, blank, replaced;
  uint8_t *has_fault;
} emitted;

static void append(emitted *all, const uint8_t *bytes, size_t length) {
  if (all->length + length > all->room) {
    uint8_t *longer = keep(all->room = 2 * (all->length + length));
    if (all->length) memcpy(longer, all->lines, all->length);
    all->lines = longer;
  }
  if (length) memcpy(all->lines + all->length, bytes, length);
  all->length += length;
}

static emitted emit(const bk_kernels *kernels, const fuzz_case *job, const uint8_t *in, const bk_marks *marks,
                    size_t capacity) {
  emitted all = { .has_fault = keep(marks->row_count) };
  size_t longest = 0, first = marks->rows[0].start, last = marks->rows[marks->row_count - 1].end;
  for (size_t i = 0; i < marks->field_count; i++) {
    size_t length = (marks->fields[i].end & BK_OFFSET) - (marks->fields[i].start & BK_OFFSET);
    if (length > longest) longest = length;
  }
  bk_batch batch = { .in = in,
                     .fields = marks->fields,
                     .rows = marks->rows,
                     .field_count = marks->field_count,
                     .row_count = marks->row_count,
                     .is_utf8 = kernels->utf8_valid_prefix(in + first, last - first) == last - first };
  uint8_t *scratch = keep(longest + BK_SLACK), *out = keep(capacity + BK_SLACK);
  for (size_t row = 0; row < batch.row_count;) {
    bk_emitted done = kernels->emit(&batch, &job->plan, row, out, capacity, scratch);
    REQUIRE(done.length <= capacity && done.row >= row, "%s: more than there is room for", kernels->name);
    append(&all, out, done.length);
    all.blank += done.blank;
    all.replaced += done.replaced;
    row = done.row;
    if (done.status == BK_EMIT_FAULT) all.has_fault[row++] = 1;
    if (done.status == BK_EMIT_FULL && !done.length) {
      REQUIRE(done.needed > capacity, "%s: a row of %zu bytes does not fit into %zu", kernels->name, done.needed,
              capacity);
      out = keep((capacity = done.needed) + BK_SLACK);
    }
  }
  return all;
}

static void require_value(const ref_json *wanted, const json_pair *got, size_t row, size_t column) {
  const char *bytes = wanted->shape == REF_JSON_NULL ? "null" : (const char *)wanted->bytes;
  size_t length = wanted->shape == REF_JSON_NULL ? 4 : wanted->length;
  REQUIRE(got->is_string == (wanted->shape == REF_STRING) && got->length == length &&
              !memcmp(got->bytes, bytes, length),
          "row %zu, column %zu: “%.*s”, not “%.*s”", row, column, (int)got->length, got->bytes, (int)length, bytes);
}

// The next line must be this row.
static const uint8_t *require_row(const fuzz_case *job, const ref_json *wanted, size_t row, const uint8_t *line,
                                  const uint8_t *end) {
  const uint8_t *line_end = memchr(line, '\n', (size_t)(end - line));
  REQUIRE(line_end, "row %zu has no line", row);
  size_t capacity = job->plan.column_count + 1;
  json_pair *pairs = keep(capacity * sizeof *pairs), *pair = pairs;
  long count = json_read_line(line, (size_t)(line_end - line), pairs, capacity);
  REQUIRE(count >= 0, "not JSON: %.*s", (int)(line_end - line), line);
  if (job->plan.prefix_length) {
    REQUIRE(count && pair->key_length == 5 && !memcmp(pair->key, "table", 5), "row %zu: no prefix", row);
    pair++;
  }
  for (size_t i = 0; i < job->plan.column_count; i++) {
    char key[24];
    if (wanted[i].shape == REF_NO_KEY) continue;
    int length = sprintf(key, "c%zu", i);
    REQUIRE(pair < pairs + count && pair->key_length == (size_t)length && !memcmp(pair->key, key, (size_t)length),
            "row %zu: no key %s", row, key);
    require_value(&wanted[i], pair++, row, i);
  }
  REQUIRE(pair == pairs + count, "row %zu: keys too many", row);
  return line_end + 1;
}

static const char *why(const fuzz_case *job, const ref_row *row, const ref_json *wanted) {
  static char text[96];
  size_t i = 0;
  if (row->count != job->plan.column_count) return "has another number of fields";
  while (wanted[i].shape != REF_ERROR) i++;
  snprintf(text, sizeof text, "should have a fault: column %zu, rule %u, kind %d", i, job->plan.columns[i].rule,
           row->values[i].kind);
  return text;
}

static int is_blank(const ref_row *row) {
  return row->count == 1 && row->values[0].kind != REF_QUOTED && !row->values[0].length;
}

static void require_rows(const fuzz_case *job, const ref_rows *expected, const emitted *got) {
  const uint8_t *line = got->lines, *end = line + got->length;
  size_t columns = job->plan.column_count, blank = 0;
  for (size_t i = 0; i < expected->count; i++) {
    const ref_row *row = &expected->rows[i];
    if (job->plan.skip_blank && row->count != columns && is_blank(row)) {
      blank++;
      continue;
    }
    ref_json *wanted = keep(columns * sizeof *wanted);
    int is_bad = row->count != columns;
    for (size_t c = 0; c < columns && !is_bad; c++) {
      wanted[c] = ref_emit(&row->values[c], job->plan.columns[c].rule, &job->plan);
      is_bad = wanted[c].shape == REF_ERROR;
    }
    REQUIRE(got->has_fault[i] == is_bad, "row %zu %s", i, is_bad ? why(job, row, wanted) : "should have no fault");
    if (!is_bad) line = require_row(job, wanted, i, line, end);
  }
  REQUIRE(line == end, "lines too many: %.*s", (int)(end - line), line);
  REQUIRE(blank == got->blank, "%zu blank lines, not %zu", got->blank, blank);
}

static void make_columns(fuzz_case *job, size_t count) {
  bk_column *columns = keep(count * sizeof *columns);
  for (size_t i = 0; i < count; i++) {
    char *key = keep(32);
    uint32_t mixed = (uint32_t)(job->rules / 2 + i) * 2654435761u >> 16;
    int is_text = job->rules & 1 && mixed % 4;  // half of all cases are mostly text, as data is
    columns[i] = (bk_column){ .key = (uint8_t *)key,
                              .key_length = (uint32_t)sprintf(key, ",\"c%zu\":\"", i),
                              .rule = job->only_bytes ? BK_RULE_BYTES
                                      : is_text       ? BK_RULE_TEXT
                                                      : mixed / 4 % (BK_RULE_TRIMMED_TEXT + 1) };
  }
  job->plan.columns = columns;
  job->plan.column_count = (uint32_t)count;
  job->plan.skip_blank = count > 1;
}

void check_case(fuzz_case *job, const ref_rows *expected) {
  const uint8_t *in = exact_copy(job->text, job->length, job->slack, job->shift);
  const bk_kernels *plain = bk_kernels_at(0), *kernels;
  bk_marks first = mark_whole(plain, job, in);
  REQUIRE(first.row_count == expected->count, "%zu rows, the slow reader has %zu", first.row_count, expected->count);
  int is_over = first.status == BK_MARK_END || first.status == BK_MARK_TAIL;
  // `--` and no more: either
  int may_be_comment = job->sql && first.status == BK_MARK_TAIL && first.consumed + 4 > job->length;
  REQUIRE(is_over == expected->is_over || may_be_comment, "status %d", first.status);
  if (job->csv)
    REQUIRE(first.fault == expected->fault && (!first.fault || first.fault_at == expected->fault_at),
            "fault %d at %zu, not %d at %zu", first.fault, first.fault_at, expected->fault, expected->fault_at);
  else
    REQUIRE((first.fault || (first.status == BK_MARK_MORE && first.consumed < job->length)) >= (expected->fault != 0),
            "no fault");
  if (first.row_count) make_columns(job, expected->rows[0].count);

  emitted lines = { 0 };
  for (size_t i = 0; (kernels = bk_kernels_at(i)); i++) {
    bk_marks marks = mark_whole(kernels, job, in), pieces = mark_in_two(kernels, job, in),
             small = mark_into_small_arrays(kernels, job, in);
    require_same_marks(&first, &marks, kernels->name, "whole");
    require_same_marks(&first, &pieces, kernels->name, "in two pieces");
    require_same_marks(&first, &small, kernels->name, "into small arrays");
    if (!marks.row_count) continue;
    size_t room = 16 * job->length + 4096;
    emitted all = emit(kernels, job, in, &marks, room),
            tight = emit(kernels, job, in, &marks, 1 + 4 * (size_t)job->tightness);
    if (i == 0) {
      lines = all;
      require_rows(job, expected, &lines);
    }
    const emitted *both[] = { &all, &tight };
    for (int k = 0; k < 2; k++) {
      REQUIRE(both[k]->length == lines.length && (!lines.length || !memcmp(both[k]->lines, lines.lines, lines.length)),
              "%s: other lines%s", kernels->name, k ? " when the room is tight" : "");
      REQUIRE(!memcmp(both[k]->has_fault, lines.has_fault, marks.row_count), "%s: faults elsewhere", kernels->name);
      REQUIRE(both[k]->blank == lines.blank && both[k]->replaced == lines.replaced, "%s: other counts", kernels->name);
    }
  }
}

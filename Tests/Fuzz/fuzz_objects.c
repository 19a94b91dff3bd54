// Objects of JSON as rows: each row's keys are read where its kind is new, as the reader does; in one piece and in two.
#include <string.h>
#include "harness.h"

enum { MEMBERS = 64, ROWS = 256 };

typedef struct {
  size_t rows, consumed, fault_at;
  enum bk_mark_status status;
  uint64_t hash;  // of all rows and values
} outcome;

static void note_rows(const bk_marks *marks, size_t length, size_t member_count, outcome *out) {
  for (size_t row = 0; row < marks->row_count; row++) {
    const bk_row mark = marks->rows[row];
    REQUIRE(mark.start < mark.end && mark.end <= length, "a row outside the text");
    out->hash = out->hash * 31 + mark.start * 7u + mark.end;
    for (size_t i = 0; i < member_count; i++) {
      const bk_field field = marks->fields[mark.first + i];
      const uint32_t start = field.start & BK_OFFSET, end = field.end & BK_OFFSET, kind = field.start & ~BK_OFFSET;
      if (kind == BK_ABSENT) continue;
      REQUIRE(mark.start < start && start <= end && end < mark.end, "a value outside its row");
      out->hash = out->hash * 31 + field.start * 5u + field.end;
    }
  }
  out->rows += marks->row_count;
}

// Marks text[from..<length] as far as it goes.
static void mark_on(const uint8_t *text, size_t from, size_t length, int at_end, bk_json_rows *rows, outcome *out) {
  bk_marks marks = { .fields = keep(MEMBERS * ROWS * sizeof(bk_field)),
                     .rows = keep(ROWS * sizeof(bk_row)),
                     .field_capacity = MEMBERS * ROWS,
                     .row_capacity = ROWS };
  for (;;) {
    marks.row_count = marks.field_count = 0;
    bk_mark_json(text, from, length, at_end, rows, &marks);
    REQUIRE(marks.consumed >= from && marks.consumed <= length, "consumed what is not there");
    note_rows(&marks, length, rows->member_count, out);
    from = marks.consumed;
    *out = (outcome){ out->rows, from, marks.status == BK_MARK_FAULT ? marks.fault_at : 0, marks.status, out->hash };
    if (marks.status == BK_MARK_FULL) continue;
    if (marks.status != BK_MARK_KEYS) return;
    bk_json_key keys[MEMBERS];
    bk_json_object object = { .keys = keys, .capacity = MEMBERS };
    bk_read_json_keys(text, marks.fault_at, length, at_end, &object);
    out->status = object.status;
    if (object.status != BK_MARK_END || object.count > MEMBERS) return;
    REQUIRE(object.end <= length, "an object outside the text");
    rows->members = keep(MEMBERS * sizeof(bk_json_member));
    rows->member_count = object.count;
    for (size_t i = 0; i < object.count; i++) {
      uint8_t *const key = keep(keys[i].length + BK_SLACK);
      memcpy(key, text + keys[i].start, keys[i].length);
      rows->members[i] = (bk_json_member){ .key = key, .length = keys[i].length };
      bk_json_text(key, keys[i].length, keep(keys[i].length + 8));
    }
  }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
  fuzz_input input = { bytes, size };
  const uint8_t choice = take_option(&input), slack = take_option(&input), place = take_option(&input);
  const uint8_t *text = exact_copy(input.at, input.left, slack, choice >> 4);
  const size_t cut = input.left * place / 256;
  bk_json_rows rows = { .is_array = choice & 1 };
  outcome whole = { 0 }, pieces = { 0 };
  mark_on(text, 0, input.left, 1, &rows, &whole);
  rows = (bk_json_rows){ .is_array = choice & 1 };
  mark_on(exact_copy(input.at, cut, slack, choice >> 4), 0, cut, 0, &rows, &pieces);
  if (pieces.status == BK_MARK_MORE) mark_on(text, pieces.consumed, input.left, 1, &rows, &pieces);
  // A cut between two rows is none.
  if (pieces.status == whole.status && whole.status == BK_MARK_MORE)
    REQUIRE(pieces.rows == whole.rows && pieces.consumed == whole.consumed, "cut at %zu: other rows", cut);
  release_all();
  return 0;
}

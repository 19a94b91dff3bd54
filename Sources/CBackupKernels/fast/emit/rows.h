// Rows to JSON lines, two 32-byte stores a field: its key with the opening quote, its value, then a closing quote that
// the next key overwrites where the value has none. No checks within a row: one at its start, for the room of all of
// it.
//
//   fields  7  (bare, number)      ''  (null)          Ann  (text)
//   key     ,"id":"                ,"note":"           ,"name":"
//   out     ,"id":7                ,"note":null        ,"name":"Ann"      then the first comma becomes the brace
//                 ^ one byte back: no quote      ^ the same
//
// A value that is not clean is written by `special`. What that cannot do, and any row that may not fit or has a fault,
// is left to the plain implementation, row by row, so that every odd case has one meaning.
#pragma once
#include "../../kernels.h"
#include "../block64.h"
#include "field.h"
#include "numbers.h"
#include "row_kind.h"

// Bytes at the most by which JSON's escapes make text longer.
static size_t escaped_bytes_more(const uint8_t *text, size_t length) {
  size_t more = 0;
  for (size_t i = 0; i < length; i += 32) {
    const v32 v = v_load(text + i);
    more += 5 * (size_t)__builtin_popcount(v_bits(v_at_most(v, v_all(0x1F)))) +
            (size_t)__builtin_popcount(v_bits(v_unclean(v)));
  }
  return more;
}

static const uint8_t null_text[64] = "null";

// Whether it is JSON's `true` or `false`.
static inline int is_boolean_word(const uint8_t *text, size_t length) {
  uint64_t word, truth = 0, untruth = 0;
  memcpy(&word, text, 8);
  memcpy(&truth, "true", 4);
  memcpy(&untruth, "false", 5);
  return ((length == 4) & ((uint32_t)word == truth)) | ((length == 5) & ((word & 0xFFFFFFFFFF) == untruth));
}

// What is known of all columns: the less can occur, the less is asked for.
enum column_kinds {
  COLUMNS_TEXT,      // all are text, as in a CSV file without a structure
  COLUMNS_NUMBERS,   // text and numbers
  COLUMNS_TYPED,     // these and others
  COLUMNS_LITERALS,  // the same, of literals of SQL or JSON, which say what they are, too
};

// One line without its end. NULL: the row is the plain implementation's.
static inline __attribute__((always_inline)) uint8_t *emit_row(emitter *e, const bk_field *field, uint8_t *o,
                                                               const uint8_t *end, const enum row_kind kind_of_row,
                                                               const enum column_kinds columns) {
  const bk_plan *const plan = e->plan;
  const uint8_t *const in = e->batch->in, *const arena = e->batch->arena;
  const uint32_t flags_of_no_matter = BK_OFFSET | BK_ARENA;
  const bk_column *column = plan->columns;
  const size_t keep_nulls = plan->omit_nulls ? 0 : SIZE_MAX;
  const uint32_t only_ascii = e->batch->is_utf8 ? 0 : ~0u;
  for (const bk_field *last = field + plan->column_count; field < last; field++, column++) {
    const uint32_t start = field->start & BK_OFFSET, kind = field->start & ~BK_OFFSET, rule = column->rule;
    const size_t length = (field->end & BK_OFFSET) - start, key = column->key_length;
    const int is_made = kind_of_row > ROW_EMPTIES && (field->end & BK_ARENA) != 0;
    const uint8_t *text = (is_made ? arena : in) + start;
    const v32 v = v_load(text);
    size_t quotes = 1;
    int ok = 1, is_null = 0;
    if (kind_of_row == ROW_EMPTIES) is_null = (field->end & BK_OFFSET) == field->start;
    if (kind_of_row == ROW_MIXED) {
      is_null = (kind == BK_NULL) | (e->empty_is_null & ((field->end & ~BK_CLEAN) == field->start));
      ok = ((field->end & ~flags_of_no_matter) == BK_CLEAN) & (kind <= BK_QUOTED);
    }
    if (kind_of_row == ROW_NULLS) {
      size_t i = (size_t)(column - plan->columns);
      is_null = e->is_null[i / 64] >> (i % 64) & 1;
    }
    if (kind_of_row == ROW_ANY) {
      uint64_t word;
      memcpy(&word, text, 8);
      is_null = (((field->start & ~BK_OFFSET) | (field->end & BK_ARENA)) == 0) &
                (is_null_text(&e->nulls.here[0], word, length) | is_null_text(&e->nulls.here[1], word, length));
      is_null |= kind == BK_NULL;
      ok = ((field->end & ~flags_of_no_matter) == BK_CLEAN) & (kind <= BK_QUOTED);
      ok &= is_made | ((v_bits(v) & only_ascii & (uint32_t)((1ull << (length & 63)) - 1)) == 0);
      ok &= is_made | (length <= 32) | !only_ascii;
    }
    const int is_number = columns == COLUMNS_NUMBERS || ((rule == BK_RULE_NUMBER) | (rule == BK_RULE_NUMBER_TEXT));
    if (columns == COLUMNS_NUMBERS && kind_of_row <= ROW_EMPTIES) {
      quotes = rule != BK_RULE_NUMBER;
    } else if (columns != COLUMNS_TEXT && rule != BK_RULE_TEXT) {
      quotes = rule == BK_RULE_NUMBER_TEXT;
      if (is_number) {
        if (kind_of_row > ROW_EMPTIES) ok &= is_plain_number(text, length);
      } else if (columns == COLUMNS_LITERALS && rule == BK_RULE_LITERAL && kind == BK_BARE) {
        ok &= is_plain_number(text, length);
      } else if (rule == BK_RULE_BOOL) {
        ok &= is_boolean_word(text, length);
      } else {
        ok &= columns == COLUMNS_LITERALS &&
              ((rule == BK_RULE_LITERAL) |
               ((kind == BK_QUOTED) & ((rule == BK_RULE_QUOTED_TEXT) |
                                       ((rule == BK_RULE_TRIMMED_TEXT) & (text[length - (length > 0)] != ' ')))));
        quotes = 1;
      }
    } else if (columns == COLUMNS_LITERALS) {
      ok &= (kind != BK_BARE) | (plan->numbers_as_written & (*text < 'A'));  // a number, no word
    }
    if (kind_of_row >= ROW_MIXED) {  // JSON that is ready
      const int is_json = (kind == BK_JSON) & is_made;
      ok |= is_json;
      quotes = is_json ? 0 : quotes;
    }
    // A row's room is that of its record: what was made may be longer.
    if (kind_of_row > ROW_EMPTIES && __builtin_expect(is_made && o + key + length + 64 > end, 0)) return 0;
    if (columns >= COLUMNS_TYPED || kind_of_row >= (columns == COLUMNS_TEXT ? ROW_MIXED : ROW_MADE)) {
      if (__builtin_expect(!(ok | is_null), 0)) {
        o = special(e, column, *field, o, end);
        if (!o) return 0;
        continue;
      }
    }
    v_store(o, v_load(column->key));
    if (__builtin_expect(key > 32, 0)) memcpy(o + 32, column->key + 32, key - 32);
    if (kind_of_row == ROW_CLEAN) {
      uint8_t *value = o + key - 1 + quotes;
      v_store(value, v);
      if (__builtin_expect(length > 32, 0))
        for (size_t i = 32; i < length; i += 64) v64_store(value + i, v64_load(text + i));
      value[length] = '"';
      o = value + length + quotes;
    } else {
      quotes = is_null ? 0 : quotes;
      const size_t written = is_null ? 4 : length, advance = key - 1 + written + 2 * quotes;
      uint8_t *value = o + key - 1 + quotes;
      v_store(value, v_load(is_null ? null_text : text));
      if (__builtin_expect(written > 32, 0))
        for (size_t i = 32; i < written; i += 64) v64_store(value + i, v64_load(text + i));
      value[written] = '"';
      o += is_null ? advance & keep_nulls : advance;
    }
  }
  return o;
}

static inline __attribute__((always_inline)) bk_emitted emit_rows(const bk_batch *batch, const bk_plan *plan,
                                                                  size_t first_row, uint8_t *out, size_t capacity,
                                                                  uint8_t *scratch, const enum column_kinds columns) {
  emitter e;
  e.batch = batch;
  e.plan = plan;
  e.scratch = scratch;
  e.nulls = null_texts_of(plan);
  if (columns != COLUMNS_TEXT) find_number_runs(&e);
  size_t columns_room = plan->prefix_length + 128;
  for (uint32_t i = 0; i < plan->column_count; i++) columns_room += plan->columns[i].key_length + 5;

  bk_emitted done = { .row = first_row };
  uint8_t *o = out;
  const uint8_t *const out_end = out + capacity;
  for (; done.row < batch->row_count; done.row++) {
    const bk_row *row = &batch->rows[done.row];
    const bk_field *fields = batch->fields + row->first;
    size_t past = done.row + 1 < batch->row_count ? row[1].first : batch->field_count;
    size_t room = columns_room + (row->end - row->start);
    uint8_t *line = o;
    if (past - row->first != plan->column_count) goto plainly;
    if (room > (size_t)(out_end - o)) {
      // In an empty output it is a very long row. What it needs is counted here, since the plain implementation would
      // undo its escapes in the scratch memory only to learn that there is no room.
      done.status = BK_EMIT_FULL;
      done.needed = o > out ? room : 2 * room + escaped_bytes_more(batch->in + row->start, row->end - row->start);
      break;
    }
    e.replaced = 0;
    if (__builtin_expect(row->end >= e.nulls.searched_to, 0)) look_for_nulls(&e.nulls, batch, plan, row);
    if (plan->prefix_length) {
      memcpy(o, plan->prefix, plan->prefix_length);
      o += plan->prefix_length;
    }
    enum row_kind kind = batch->is_utf8 ? kind_of_row(&e, fields, plan->column_count) : ROW_ANY;
    if (columns != COLUMNS_TEXT && kind <= ROW_EMPTIES && !row_has_plain_numbers(&e, fields, kind == ROW_EMPTIES))
      kind = ROW_ANY;
    if (kind == ROW_CLEAN) o = emit_row(&e, fields, o, out_end - room, ROW_CLEAN, columns);
    else if (kind == ROW_EMPTIES) o = emit_row(&e, fields, o, out_end - room, ROW_EMPTIES, columns);
    else if (kind == ROW_MADE) o = emit_row(&e, fields, o, out_end - room, ROW_MADE, columns);
    else if (kind == ROW_MIXED) o = emit_row(&e, fields, o, out_end - room, ROW_MIXED, columns);
    else if (kind == ROW_NULLS) o = emit_row(&e, fields, o, out_end - room, ROW_NULLS, columns);
    else o = emit_row(&e, fields, o, out_end - room, ROW_ANY, columns);
    if (!o) goto plainly;
    if (o == line) o++;
    *line = '{';
    o[0] = '}';
    o[1] = '\n';
    o += 2;
    done.replaced += e.replaced;
    continue;

  plainly:;
    bk_batch one = *batch;
    one.row_count = done.row + 1;
    one.field_count = past;
    bk_emitted last = bk_emit_plain(&one, plan, done.row, line, (size_t)(out_end - line), scratch);
    o = line + last.length;
    done.blank += last.blank;
    done.replaced += last.replaced;
    if (last.status == BK_EMIT_DONE) continue;
    done.status = last.status;
    done.needed = last.needed;
    done.fault = last.fault;
    done.fault_field = last.fault_field;
    done.fault_at = last.fault_at;
    break;
  }
  done.length = (size_t)(o - out);
  return done;
}

static bk_emitted emit_fast(const bk_batch *batch, const bk_plan *plan, size_t first_row, uint8_t *out, size_t capacity,
                            uint8_t *scratch) {
  int all_text = 1, all_plain = 1, literals = plan->literals != 0;
  for (uint32_t i = 0; i < plan->column_count; i++) {
    const uint32_t rule = plan->columns[i].rule;
    all_text &= rule == BK_RULE_TEXT;
    literals |= rule == BK_RULE_LITERAL;
    all_plain &= (rule == BK_RULE_TEXT) | (rule == BK_RULE_NUMBER) | (rule == BK_RULE_NUMBER_TEXT);
  }
  for (int i = 0; i < plan->null_count; i++)
    if (plan->null_length[i] > 7) return bk_emit_plain(batch, plan, first_row, out, capacity, scratch);
  if (literals) return emit_rows(batch, plan, first_row, out, capacity, scratch, COLUMNS_LITERALS);
  if (all_text) return emit_rows(batch, plan, first_row, out, capacity, scratch, COLUMNS_TEXT);
  if (all_plain) return emit_rows(batch, plan, first_row, out, capacity, scratch, COLUMNS_NUMBERS);
  return emit_rows(batch, plan, first_row, out, capacity, scratch, COLUMNS_TYPED);
}

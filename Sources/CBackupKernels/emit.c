// Rows to JSON lines: the plain implementation, which every faster one must equal.
//
//   keys    `,"id":"`  `,"name":"`      rules  number, text
//   row     7 | O"Neill
//   line    {"id":7,"name":"O\"Neill"}⏎      (the first key's comma is overwritten by the brace)
#include "kernels.h"

enum { EMIT_ROOM = 8 };  // `{`, `null`, `}`, line end

enum row_end { ROW_WRITTEN, ROW_FULL, ROW_FAULT };

// The row needs more bytes than there are: `least`, and some for what comes after.
static enum row_end row_is_full(bk_emitted *done, size_t least) {
  done->needed = least + 4096;
  return ROW_FULL;
}

// Writes the line of one row, whose fields are as many as the plan's columns, to out[*at] and moves *at past it. Where
// it does not fit or has a fault, *at stays, and `done` says what is needed or what is wrong.
static enum row_end emit_row(const bk_batch *batch, const bk_plan *plan, const bk_row *row, uint8_t *out,
                             size_t capacity, size_t *at, uint8_t *scratch, bk_emitted *done) {
  const bk_field *fields = batch->fields + row->first;
  const size_t line = *at;
  size_t n = line, replaced = 0;
  if (plan->prefix_length) {
    if (n + plan->prefix_length + EMIT_ROOM > capacity) return row_is_full(done, plan->prefix_length + EMIT_ROOM);
    memcpy(out + n, plan->prefix, plan->prefix_length);
    n += plan->prefix_length;
  }
  for (size_t i = 0; i < plan->column_count; i++) {
    const bk_column *column = &plan->columns[i];
    const bk_field field = fields[i];
    if (bk_kind(field) == BK_ABSENT) continue;
    const int is_null = bk_is_null(batch, plan, field);
    if (is_null && plan->omit_nulls) continue;
    bk_value value;
    size_t room = column->key_length + EMIT_ROOM, written = 4;
    int is_fault = !is_null && !bk_resolve(batch, plan, field, scratch, &value, &done->fault, bk_unescape_plain);
    if (!is_fault) {
      if (!is_null) room += bk_value_room(&value, column->rule, column->size, plan);
      if (n + room > capacity) return row_is_full(done, n - line + room);
      memcpy(out + n, column->key, column->key_length - 1);
      n += column->key_length - 1;
      if (is_null) memcpy(out + n, "null", written);
      else written = bk_emit_value(&value, column->rule, column->size, plan, out + n, &replaced, &done->fault);
      is_fault = written == SIZE_MAX;
    }
    if (is_fault) {
      done->fault_field = i;
      done->fault_at = (field.end & BK_ARENA) ? row->start : bk_start(field);
      return ROW_FAULT;
    }
    n += written;
  }
  if (n + EMIT_ROOM > capacity) return row_is_full(done, n - line + EMIT_ROOM);
  if (n == line) n++;
  out[line] = '{';
  out[n++] = '}';
  out[n++] = '\n';
  *at = n;
  done->replaced += replaced;
  return ROW_WRITTEN;
}

bk_emitted bk_emit_plain(const bk_batch *batch, const bk_plan *plan, size_t first_row, uint8_t *out, size_t capacity,
                         uint8_t *scratch) {
  bk_emitted done = { .row = first_row };
  for (; done.row < batch->row_count; done.row++) {
    const bk_row *row = &batch->rows[done.row];
    const size_t count = bk_fields_of(batch, done.row);
    if (count != plan->column_count) {
      if (bk_is_blank(plan, row, count, batch->fields + row->first)) {
        done.blank++;
        continue;
      }
      done.status = BK_EMIT_FAULT;
      done.fault = BK_FAULT_FIELD_COUNT;
      done.fault_field = count < plan->column_count ? count : plan->column_count;
      done.fault_at = row->start;
      break;
    }
    const enum row_end end = emit_row(batch, plan, row, out, capacity, &done.length, scratch, &done);
    if (end == ROW_FULL) done.status = BK_EMIT_FULL;
    if (end == ROW_FAULT) done.status = BK_EMIT_FAULT;
    if (end != ROW_WRITTEN) break;
  }
  return done;
}

// Rows to JSON lines: the plain implementation, which every faster one must equal.
//
//   keys    `,"id":"`  `,"name":"`      rules  number, text
//   row     7 | O"Neill
//   line    {"id":7,"name":"O\"Neill"}⏎      (the first key's comma is overwritten by the brace)
#include "kernels.h"

enum { EMIT_ROOM = 8 };  // `{`, `null`, `}`, line end

static inline int is_blank(const bk_plan *plan, const bk_row *row, size_t count, const bk_field *fields) {
  return plan->skip_blank && count == 1 && row->start == row->end && bk_kind(fields[0]) == BK_BARE;
}

static inline size_t fields_of(const bk_batch *batch, size_t row) {
  size_t past = row + 1 < batch->row_count ? batch->rows[row + 1].first : batch->field_count;
  return past - batch->rows[row].first;
}

// A value's bytes with escapes undone, in the slab or in scratch. Returns 0 with a fault.
int bk_resolve(const bk_batch *batch, const bk_plan *plan, bk_field field, uint8_t *scratch, bk_value *value,
               enum bk_fault *fault) {
  value->kind = bk_kind(field);
  value->text = bk_bytes(batch, field);
  value->length = bk_end(field) - bk_start(field);
  value->is_utf8 = batch->is_utf8 && !(field.end & BK_ARENA);
  if (value->kind == BK_SECTIONS) value->kind = BK_QUOTED;
  value->is_raw = value->kind == BK_QUOTED || value->kind == BK_BARE || value->kind == BK_ESCAPED;
  if (!(field.end & BK_CARE) && value->kind != BK_HEX) return 1;
  value->length = bk_unescape(batch, plan, field, scratch);
  value->text = scratch;
  if (value->kind == BK_HEX || value->kind == BK_ESCAPED || plan->escapes == BK_ESCAPES_COPY) value->is_utf8 = 0;
  if (value->length != SIZE_MAX) return 1;
  *fault = value->kind == BK_HEX ? BK_FAULT_HEX : BK_FAULT_ESCAPE;
  return 0;
}

bk_emitted bk_emit(const bk_batch *batch, const bk_plan *plan, size_t first_row, uint8_t *out, size_t capacity,
                   uint8_t *scratch) {
  bk_emitted done = { .row = first_row };
  size_t n = 0;
  for (; done.row < batch->row_count; done.row++) {
    const bk_row *row = &batch->rows[done.row];
    const bk_field *fields = batch->fields + row->first;
    size_t count = fields_of(batch, done.row), line = n, replaced = 0;
    if (count != plan->column_count) {
      if (is_blank(plan, row, count, fields)) {
        done.blank++;
        continue;
      }
      done.status = BK_EMIT_FAULT;
      done.fault = BK_FAULT_FIELD_COUNT;
      done.fault_field = count < plan->column_count ? count : plan->column_count;
      done.fault_at = row->start;
      break;
    }
    if (plan->prefix_length) {
      if (n + plan->prefix_length + EMIT_ROOM > capacity) goto full;
      memcpy(out + n, plan->prefix, plan->prefix_length);
      n += plan->prefix_length;
    }
    for (size_t i = 0; i < count; i++) {
      const bk_column *column = &plan->columns[i];
      bk_field field = fields[i];
      if (bk_kind(field) == BK_ABSENT) continue;
      size_t room = column->key_length + EMIT_ROOM;
      if (bk_is_null(batch, plan, field)) {
        if (plan->omit_nulls) continue;
        if (n + room > capacity) goto full;
        memcpy(out + n, column->key, column->key_length - 1);
        n += column->key_length - 1;
        memcpy(out + n, "null", 4);
        n += 4;
        continue;
      }
      bk_value value;
      if (!bk_resolve(batch, plan, field, scratch, &value, &done.fault)) goto fault;
      room += bk_value_room(&value, column->rule, plan);
      if (n + room > capacity) {
        done.needed = n - line + room;
        goto full;
      }
      memcpy(out + n, column->key, column->key_length - 1);
      n += column->key_length - 1;
      size_t written = bk_emit_value(&value, column->rule, plan, out + n, &replaced, &done.fault);
      if (written == SIZE_MAX) goto fault;
      n += written;
      continue;

    fault:
      done.status = BK_EMIT_FAULT;
      done.fault_field = i;
      done.fault_at = (field.end & BK_ARENA) ? row->start : bk_start(field);
      n = line;
      goto end;
    }
    if (n + EMIT_ROOM > capacity) goto full;
    if (n == line) out[n++] = '{';
    else out[line] = '{';
    out[n++] = '}';
    out[n++] = '\n';
    done.replaced += replaced;
    continue;

  full:
    if (done.needed < n - line + 4096) done.needed = n - line + 4096;
    n = line;
    done.status = BK_EMIT_FULL;
    break;
  }
end:
  done.length = n;
  return done;
}

size_t bk_emit_field(const bk_batch *batch, const bk_plan *plan, bk_field field, enum bk_rule rule, uint8_t *out,
                     size_t capacity, uint8_t *scratch, enum bk_fault *fault) {
  if (bk_is_null(batch, plan, field)) {
    if (capacity >= 4) memcpy(out, "null", 4);
    return 4;
  }
  bk_value value;
  size_t replaced = 0;
  if (!bk_resolve(batch, plan, field, scratch, &value, fault)) return SIZE_MAX;
  size_t room = bk_value_room(&value, rule, plan);
  if (room > capacity) return room;
  return bk_emit_value(&value, rule, plan, out, &replaced, fault);
}

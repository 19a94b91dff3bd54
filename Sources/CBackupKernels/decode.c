// Rows to values, for those who want no JSON: the kind of each, and its bytes where they lie in the slab, or in the
// arena where they are other bytes than the input's.
//
//   fields   7 (number)  Ann (text)   "a ""b"""   \N     0x6869 (binary)
//   values   NUMBER 7    TEXT Ann     TEXT a "b"  NULL   BINARY hi
//            in the slab              in the arena       in the arena
#include "kernels.h"

typedef struct {
  const bk_batch *batch;
  const bk_plan *plan;
  uint8_t *arena, *scratch;
  size_t used, capacity, needed, replaced;
  enum bk_fault fault;
} decoder;

static inline bk_field value_at(enum bk_value_kind kind, size_t start, size_t length, uint32_t flags) {
  return (bk_field){ (uint32_t)start | kind, (uint32_t)(start + length) | flags };
}

// The bytes that stand where the arena ends become its own.
static inline bk_field take(decoder *d, enum bk_value_kind kind, size_t skipped, size_t length) {
  const size_t start = d->used + skipped;
  d->used = start + length;
  return value_at(kind, start, length, BK_ARENA);
}

// Bytes of a field as they are, or of scratch: those are copied.
static inline bk_field keep(decoder *d, enum bk_value_kind kind, bk_field field, const uint8_t *text, size_t length) {
  if (text == bk_bytes(d->batch, field)) return value_at(kind, bk_start(field), length, field.end & BK_ARENA);
  memcpy(d->arena + d->used, text, length);
  return take(d, kind, 0, length);
}

// A copy of text, with U+FFFD for what is none, and its padding.
static bk_field copy_text(decoder *d, const bk_value *value) {
  const uint8_t *text = value->text;
  uint8_t *out = d->arena + d->used;
  size_t left = value->length, n = 0;
  for (;;) {
    const size_t valid = bk_utf8_valid_prefix(text, left);
    memcpy(out + n, text, valid);
    n += valid;
    if (valid == left) break;
    memcpy(out + n, "\xEF\xBF\xBD", 3);
    n += 3;
    d->replaced++;
    const size_t skip = valid + bk_utf8_bad_length(text + valid, left - valid);
    text += skip;
    left -= skip;
  }
  memset(out + n, ' ', value->padding);
  return take(d, BK_VALUE_TEXT, 0, n + value->padding);
}

// -7, 42, 1.50: what JSON has as it stands.
static inline int is_plain_number(const uint8_t *t, size_t length) {
  size_t i = length && t[0] == '-';
  const size_t first = i;
  while (i < length && (uint8_t)(t[i] - '0') <= 9) i++;
  if (i == first || (t[first] == '0' && i - first > 1)) return 0;
  if (i == length) return 1;
  const size_t point = i++;
  if (t[point] != '.' || i == length) return 0;
  while (i < length && (uint8_t)(t[i] - '0') <= 9) i++;
  return i == length;
}

// A value in any form. Returns 0 with a fault, or where there is no room.
static __attribute__((noinline)) int decode_any(decoder *d, bk_field field, const bk_column *column, bk_field *out) {
  const enum bk_rule rule = column->rule;
  bk_value value;
  if (!bk_resolve(d->batch, d->plan, field, d->scratch, &value, &d->fault, bk_unescape)) return 0;
  const size_t room = bk_value_room(&value, rule, column->size, d->plan);
  if (room > d->capacity - d->used) {
    d->needed = room;
    return 0;
  }
  switch (bk_form_of(&value, rule, column->size, d->plan, &d->fault)) {
    case BK_FORM_NONE: return 0;
    case BK_FORM_JSON: *out = keep(d, BK_VALUE_JSON, field, value.text, value.length); return 1;
    case BK_FORM_TEXT:
      if (value.is_utf8 || bk_utf8_valid_prefix(value.text, value.length) == value.length) {
        *out = value.padding ? copy_text(d, &value) : keep(d, BK_VALUE_TEXT, field, value.text, value.length);
        return 1;
      }
      d->fault = BK_FAULT_UTF8;
      if (d->plan->replace_utf8) *out = copy_text(d, &value);
      return d->plan->replace_utf8;
    case BK_FORM_BYTES: {
      size_t length;
      uint8_t *decoded = d->arena + d->used;
      const uint8_t *bytes = bk_value_bytes(&value, rule, decoded, &length, &d->fault);
      if (!bytes) return 0;
      *out = bytes == decoded ? take(d, BK_VALUE_BINARY, 0, length) : keep(d, BK_VALUE_BINARY, field, bytes, length);
      return 1;
    }
    case BK_FORM_TOKEN: break;
  }
  const uint8_t *token = d->arena + d->used;
  const size_t length = bk_put_token(&value, rule, column->size, d->plan, d->arena + d->used, &d->fault);
  if (length == SIZE_MAX) return 0;
  if (*token == '"') *out = take(d, BK_VALUE_TEXT, 1, length - 2);
  else *out = take(d, *token == 't' || *token == 'f' ? BK_VALUE_BOOL : BK_VALUE_NUMBER, 0, length);
  return 1;
}

// Text that is stored as it stands.
static inline int is_plain_text(const decoder *d, bk_field field, uint32_t rule) {
  const uint32_t start = bk_start(field), end = bk_end(field);
  if (rule == BK_RULE_TRIMMED_TEXT) return start == end || d->batch->in[end - 1] != ' ';
  return rule == BK_RULE_TEXT || rule == BK_RULE_QUOTED_TEXT ||
         (rule == BK_RULE_LITERAL && bk_kind(field) == BK_QUOTED);
}

static inline int decode_field(decoder *d, bk_field field, const bk_column *column, bk_field *out) {
  const uint32_t kind = bk_kind(field), rule = column->rule;
  if (kind == BK_ABSENT || kind == BK_NULL ||
      (bk_may_be_null(d->plan, field) && bk_is_null(d->batch, d->plan, field))) {
    *out = value_at(kind == BK_ABSENT ? BK_VALUE_ABSENT : BK_VALUE_NULL, 0, 0, 0);
    return 1;
  }
  const int is_literal = kind == BK_BARE && d->plan->literals;
  if (!(field.end & (BK_CARE | BK_ARENA)) && kind <= BK_QUOTED) {
    if (d->batch->is_utf8 && !is_literal && is_plain_text(d, field, rule)) {
      *out = value_at(BK_VALUE_TEXT, bk_start(field), bk_end(field) - bk_start(field), 0);
      return 1;
    }
    const int is_number = rule == BK_RULE_NUMBER || (rule == BK_RULE_LITERAL && kind == BK_BARE);
    if (is_number && is_plain_number(d->batch->in + bk_start(field), bk_end(field) - bk_start(field))) {
      *out = value_at(BK_VALUE_NUMBER, bk_start(field), bk_end(field) - bk_start(field), 0);
      return 1;
    }
  }
  return decode_any(d, field, column, out);
}

bk_decoded bk_decode(const bk_batch *batch, const bk_plan *plan, size_t first_row, bk_field *values, uint8_t *arena,
                     size_t used, size_t capacity, uint8_t *scratch) {
  decoder d = { batch, plan, arena, scratch, used, capacity, 0, 0, BK_FAULT_NONE };
  bk_decoded done = { .row = first_row };
  bk_field *out = values;
  for (; done.row < batch->row_count; done.row++) {
    const bk_row *row = &batch->rows[done.row];
    const bk_field *fields = batch->fields + row->first;
    const size_t before = d.used, count = bk_fields_of(batch, done.row), replaced = d.replaced;
    if (count != plan->column_count) {
      done.status = bk_is_blank(plan, row, count, fields) ? BK_DECODE_BLANK : BK_DECODE_FAULT;
      done.fault = BK_FAULT_FIELD_COUNT;
      done.fault_field = count < plan->column_count ? count : plan->column_count;
      done.fault_at = row->start;
      break;
    }
    size_t i = 0;
    while (i < count && decode_field(&d, fields[i], &plan->columns[i], out + i)) i++;
    if (i < count) {
      d.used = before;
      d.replaced = replaced;
      done.status = d.needed ? BK_DECODE_FULL : BK_DECODE_FAULT;
      done.needed = d.needed;
      done.fault = d.fault;
      done.fault_field = i;
      done.fault_at = (fields[i].end & BK_ARENA) ? row->start : bk_start(fields[i]);
      break;
    }
    out += count;
  }
  done.values = (size_t)(out - values);
  done.used = d.used;
  done.replaced = d.replaced;
  return done;
}

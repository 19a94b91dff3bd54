// A column's values made ready, row by row, by what is decided once: the kernels of this CPU, the column's place.
//
//   fields    1 | "{ ""a"": 1 }" | x        the batch's
//   arena          {"a":1}                  bytes added to it
//   fields    1 | JSON [0,7)     | x        those the kernels that write lines get
#include "kernels.h"

// Whether there is a text that has to be prepared.
static inline int has_text(const bk_prepared *p, bk_field field) {
  const uint32_t kind = bk_kind(field);
  if (kind == BK_ABSENT || kind == BK_REFUSED || kind == BK_NULL || kind == BK_JSON) return 0;
  // A number or a word without quotes: the kernel knows what the server makes of it, or that nobody does.
  return (kind != BK_BARE && kind != BK_BITS) || !p->plan->literals;
}

static inline int is_null(const bk_prepared *p, bk_field field) {
  return bk_may_be_null(p->plan, field) && bk_is_null(p->batch, p->plan, field);
}

// Whether there is something in the field that this prepares.
static inline int has_work(const bk_prepared *p, bk_field field, const enum bk_preparation what) {
  if (what == BK_PREPARE_NESTED) return bk_kind(field) == BK_REFUSED;
  return has_text(p, field) && !is_null(p, field);
}

// The bytes that stand where the arena ends become its own.
static inline bk_field take(bk_prepared *p, enum bk_kind kind, size_t length) {
  const size_t start = p->used;
  p->used += length;
  return (bk_field){ (uint32_t)start | (uint32_t)kind, (uint32_t)p->used | BK_ARENA };
}

static inline int has_room(bk_prepared *p, size_t more) {
  if (more <= p->capacity - p->used) return 1;
  p->needed = more;
  return 0;
}

// `stays`: what is no JSON may stay where it is, a text.
static inline enum bk_json_end prepare_json(const bk_kernels *kernels, bk_prepared *p, const uint8_t *text,
                                            size_t length, int is_utf8, int stays, bk_field *field) {
  size_t written;
  uint8_t *const out = p->arena + p->used;
  if (!has_room(p, length)) return BK_JSON_NO_ROOM;
  const enum bk_json_end end = bk_json_line(kernels, text, length, is_utf8, out, &written, &p->memory);
  if (end == BK_JSON_INVALID) {
    p->no_json++;
    if (stays) return end;
    memcpy(out, text, length);
    *field = take(p, BK_QUOTED, length);
  } else if (end == BK_JSON_DONE) {
    *field = take(p, BK_JSON, written);
    p->json_nulls += written == 4 && out[0] == 'n';
  }
  return end;
}

static inline enum bk_json_end prepare_nested(const bk_kernels *kernels, bk_prepared *p, const uint8_t *text,
                                              size_t length, int is_utf8, bk_field *field) {
  size_t written;
  if (!has_room(p, length)) return BK_JSON_NO_ROOM;
  const enum bk_json_end end = bk_json_line(kernels, text, length, is_utf8, p->arena + p->used, &written, &p->memory);
  if (end == BK_JSON_DONE) *field = take(p, p->elements.is_json ? BK_JSON : BK_QUOTED, written);
  return end;
}

static inline enum bk_json_end prepare_array(const bk_kernels *kernels, bk_prepared *p, const uint8_t *text,
                                             size_t length, bk_field *field) {
  // More than an arena can hold is seldom needed, and no reason to refuse a value that fits.
  if (p->capacity < BK_OFFSET && !has_room(p, 2 * length + 1024)) return BK_JSON_NO_ROOM;
  bk_array array = { .kernels = kernels,
                     .text = text,
                     .length = length,
                     .elements = p->elements,
                     .out = p->arena + p->used,
                     .end = p->arena + p->capacity,
                     .memory = &p->memory };
  const enum bk_json_end end = kernels->array(&array);
  if (end == BK_JSON_DONE) *field = take(p, BK_JSON, (size_t)(array.out - (p->arena + p->used)));
  if (end == BK_JSON_NO_ROOM && !p->memory.needed_keys && !p->memory.needed_slots)
    p->needed = 2 * (p->capacity - p->used) + 1024;
  return end;
}

// Base64 text that is written as base64 again, its line ends taken out. Returns 0 where that is not all.
static inline int join_base64(const bk_kernels *kernels, bk_prepared *p, bk_field field, bk_field *ready) {
  const int has_care = (field.end & BK_CARE) != 0, escapes = p->plan->escapes;
  const size_t length = bk_end(field) - bk_start(field);
  if (!p->for_lines || p->plan->hex_output || p->plan->columns[p->column].rule != BK_RULE_HEX_BYTES ||
      bk_kind(field) > BK_QUOTED || !has_room(p, length + 2))
    return 0;
  if (has_care && (p->plan->escape != '\\' || (escapes != BK_ESCAPES_MYSQL && escapes != BK_ESCAPES_COPY))) return 0;
  uint8_t *const out = p->arena + p->used;
  const size_t count = kernels->join_base64(bk_bytes(p->batch, field), length, has_care, out + 1);
  if (count == SIZE_MAX) return 0;
  out[0] = out[count + 1] = '"';
  *ready = take(p, BK_JSON, count + 2);
  return 1;
}

static inline enum bk_json_end prepare_base64(const bk_kernels *kernels, bk_prepared *p, const uint8_t *text,
                                              size_t length, bk_field *field) {
  const int is_binary = p->plan->columns[p->column].rule == BK_RULE_HEX_BYTES;
  if (!has_room(p, is_binary ? length : 2 * length)) return BK_JSON_NO_ROOM;
  uint8_t *const out = p->arena + p->used;
  const size_t count = kernels->decode_base64(text, length, out);
  if (count == SIZE_MAX) return BK_JSON_INVALID;
  if (is_binary) {
    *field = take(p, BK_BINARY, count);
    return BK_JSON_DONE;
  }
  for (size_t i = count; i-- > 0;) {  // from the end: each byte becomes two
    out[2 * i + 1] = (uint8_t)"0123456789abcdef"[out[i] & 15];
    out[2 * i] = (uint8_t)"0123456789abcdef"[out[i] >> 4];
  }
  *field = take(p, BK_QUOTED, 2 * count);
  return BK_JSON_DONE;
}

static inline __attribute__((always_inline)) enum bk_prepare_status prepare_rows(bk_prepared *p, size_t *row,
                                                                                 size_t past,
                                                                                 const enum bk_preparation what) {
  const bk_kernels *const kernels = bk_kernels_in_use();
  const bk_batch *const batch = p->batch;
  for (; *row < past; ++*row) {
    if (bk_fields_of(batch, *row) != p->plan->column_count) continue;
    const size_t index = batch->rows[*row].first + p->column;
    const bk_field field = batch->fields[index];
    if (!has_work(p, field, what)) continue;
    bk_field *const ready = &p->fields[index];
    if (what == BK_PREPARE_BASE64 && join_base64(kernels, p, field, ready)) continue;
    const uint8_t *text = bk_bytes(batch, field);
    size_t length = bk_end(field) - bk_start(field);
    int is_utf8 = batch->is_utf8 && !(field.end & BK_ARENA);
    if ((field.end & BK_CARE) || bk_kind(field) == BK_HEX) {
      // These escapes stand for any bytes.
      if (bk_kind(field) == BK_HEX || bk_kind(field) == BK_ESCAPED || p->plan->escapes == BK_ESCAPES_COPY) is_utf8 = 0;
      length = kernels->unescape(batch, p->plan, field, p->scratch);
      if (length == SIZE_MAX) continue;  // an escape without meaning stays: the kernel that writes will report it
      text = p->scratch;
    }
    const int stays = is_utf8 && bk_kind(field) <= BK_QUOTED;
    const enum bk_json_end end = what == BK_PREPARE_JSON ? prepare_json(kernels, p, text, length, is_utf8, stays, ready)
                                 : what == BK_PREPARE_ARRAY  ? prepare_array(kernels, p, text, length, ready)
                                 : what == BK_PREPARE_NESTED ? prepare_nested(kernels, p, text, length, is_utf8, ready)
                                                             : prepare_base64(kernels, p, text, length, ready);
    if (end == BK_JSON_NO_ROOM) return BK_PREPARE_NO_ROOM;
  }
  return BK_PREPARE_DONE;
}

enum bk_prepare_status bk_prepare(bk_prepared *prepared, size_t *row, size_t past) {
  prepared->needed = prepared->memory.needed_keys = prepared->memory.needed_slots = 0;
  switch (prepared->preparation) {
    case BK_PREPARE_JSON: return prepare_rows(prepared, row, past, BK_PREPARE_JSON);
    case BK_PREPARE_ARRAY: return prepare_rows(prepared, row, past, BK_PREPARE_ARRAY);
    case BK_PREPARE_NESTED: return prepare_rows(prepared, row, past, BK_PREPARE_NESTED);
    default: return prepare_rows(prepared, row, past, BK_PREPARE_BASE64);
  }
}

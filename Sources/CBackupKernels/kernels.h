// What the kernel files share. Not visible outside this target.
#pragma once
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include "CBackupKernels.h"

// The plain implementation, a byte at a time: what every other must equal. dispatch.c picks one at run time.
void bk_mark_csv_plain(const uint8_t *in, size_t from, size_t len, int at_end, const bk_csv *csv, bk_marks *marks);
int bk_count_csv_plain(const uint8_t *in, size_t from, size_t len, const bk_csv *csv, const bk_marks *marks,
                       bk_counted *counted);
void bk_mark_tuples_plain(const uint8_t *in, size_t from, size_t len, int at_end, const bk_sql *sql, bk_marks *marks);
bk_emitted bk_emit_plain(const bk_batch *batch, const bk_plan *plan, size_t first_row, uint8_t *out, size_t capacity,
                         uint8_t *scratch);
size_t bk_utf8_valid_prefix_plain(const uint8_t *text, size_t length);
size_t bk_unescape_plain(const bk_batch *batch, const bk_plan *plan, bk_field field, uint8_t *out);
size_t bk_json_index_plain(const uint8_t *text, size_t from, size_t past, size_t length, uint32_t *tokens,
                           struct bk_json_scan *scan, uint8_t **out);
enum bk_json_end bk_json_line_plain(const uint8_t *text, size_t length, uint8_t *out, size_t *written,
                                    bk_json_memory *memory, struct bk_json_scan *scan);
enum bk_json_end bk_array_plain(bk_array *array);
size_t bk_decode_base64_plain(const uint8_t *text, size_t length, uint8_t *out);
size_t bk_join_base64_plain(const uint8_t *text, size_t length, int is_escaped, uint8_t *out);
// The rest of the text, from the byte `at` on; `count` letters have been written to `out`.
size_t bk_join_base64_rest(const uint8_t *text, size_t at, size_t length, int is_escaped, uint8_t *out, size_t count);

// The number of the head of the statement at in[at], or BK_NO_HEAD. `last`: that of the statement before, or
// BK_NO_HEAD.
uint32_t bk_find_head(bk_heads *heads, uint32_t last, const uint8_t *in, size_t at, size_t len);

static inline uint32_t bk_start(bk_field f) { return f.start & BK_OFFSET; }
static inline uint32_t bk_end(bk_field f) { return f.end & BK_OFFSET; }
static inline uint32_t bk_kind(bk_field f) { return f.start & ~BK_OFFSET; }
static inline const uint8_t *bk_bytes(const bk_batch *b, bk_field f) {
  return ((f.end & BK_ARENA) ? b->arena : b->in) + bk_start(f);
}

// A look at the marks before `bk_is_null` looks at the text.
static inline int bk_may_be_null(const bk_plan *plan, bk_field field) {
  if (bk_kind(field) == BK_NULL || (plan->escape_null && (field.end & BK_CARE))) return 1;
  if (bk_kind(field) != BK_BARE) return 0;
  const size_t length = bk_end(field) - bk_start(field);
  for (int i = 0; i < plan->null_count; i++)
    if (length == plan->null_length[i]) return 1;
  return 0;
}

static inline int bk_is_blank(const bk_plan *plan, const bk_row *row, size_t count, const bk_field *fields) {
  return plan->skip_blank && count == 1 && row->start == row->end && bk_kind(fields[0]) == BK_BARE;
}
static inline size_t bk_fields_of(const bk_batch *batch, size_t row) {
  size_t past = row + 1 < batch->row_count ? batch->rows[row + 1].first : batch->field_count;
  return past - batch->rows[row].first;
}

// Length of the malformed sequence at text[0]: what one U+FFFD stands for.
size_t bk_utf8_bad_length(const uint8_t *text, size_t length);

// Whether `byte` opens a character of two bytes in a charset whose second bytes may be ASCII.
static inline int bk_is_lead(uint8_t multibyte, uint8_t byte) {
  switch (multibyte) {
    case BK_SINGLE: return 0;
    case BK_CP932: return (byte >= 0x81 && byte <= 0x9F) || (byte >= 0xE0 && byte <= 0xFC);
    case BK_BIG5: return byte >= 0xA1 && byte <= 0xF9;
    default: return byte >= 0x81 && byte <= 0xFE;
  }
}
static inline int bk_is_trail(uint8_t multibyte, uint8_t byte) {
  switch (multibyte) {
    case BK_CP932: return (byte >= 0x40 && byte <= 0x7E) || (byte >= 0x80 && byte <= 0xFC);
    case BK_BIG5: return (byte >= 0x40 && byte <= 0x7E) || (byte >= 0xA1 && byte <= 0xFE);
    default: return (byte >= 0x40 && byte <= 0x7E) || (byte >= 0x80 && byte <= 0xFE);
  }
}

// Whether a character of two bytes stands at in[at].
static inline int bk_is_pair(uint8_t multibyte, const uint8_t *in, size_t at, size_t len) {
  return multibyte && at + 1 < len && bk_is_lead(multibyte, in[at]) && bk_is_trail(multibyte, in[at + 1]);
}

// Decodes hex digits into out; returns the bytes, or SIZE_MAX if a digit is none or their number is odd.
size_t bk_decode_hex(const uint8_t *digits, size_t length, uint8_t *out);

// Base64 text, a byte at a time.
typedef struct {
  uint32_t group, digits, padding;
} bk_base64;
// Puts the bytes of a group of four into *out where this byte ends one. Returns 0 where it is no base64.
int bk_take_base64(bk_base64 *state, uint8_t byte, uint8_t **out);

// One code point as UTF-8; returns how many bytes.
size_t bk_put_code_point(uint32_t c, uint8_t *out);
// Undoes the escape whose next byte is text[*i]; moves *i past it. Returns bytes written, SIZE_MAX if it means nothing.
size_t bk_undo_escape(enum bk_escapes escapes, int is_e_string, const uint8_t *text, size_t *i, size_t length,
                      uint8_t *out);

// A value's bytes with escapes undone, in the slab or in scratch. Returns 0 with a fault.
typedef size_t bk_unescape_function(const bk_batch *batch, const bk_plan *plan, bk_field field, uint8_t *out);
static inline int bk_resolve(const bk_batch *batch, const bk_plan *plan, bk_field field, uint8_t *scratch,
                             bk_value *value, enum bk_fault *fault, bk_unescape_function *unescape) {
  value->kind = bk_kind(field);
  value->text = bk_bytes(batch, field);
  value->length = bk_end(field) - bk_start(field);
  value->padding = 0;
  value->is_utf8 = batch->is_utf8 && !(field.end & BK_ARENA);
  if (value->kind == BK_SECTIONS) value->kind = BK_QUOTED;
  value->is_raw = value->kind == BK_QUOTED || value->kind == BK_BARE || value->kind == BK_ESCAPED;
  if (!(field.end & BK_CARE) && value->kind != BK_HEX) return 1;
  value->length = unescape(batch, plan, field, scratch);
  value->text = scratch;
  if (value->kind == BK_HEX || value->kind == BK_ESCAPED || plan->escapes == BK_ESCAPES_COPY) value->is_utf8 = 0;
  if (value->length != SIZE_MAX) return 1;
  *fault = value->kind == BK_HEX ? BK_FAULT_HEX : BK_FAULT_ESCAPE;
  return 0;
}

// What a value becomes under a rule, before it is written. The value becomes what the column stores: without the blanks
// that it loses, with the padding that it gets.
enum bk_form {
  BK_FORM_NONE,   // nothing: a fault
  BK_FORM_JSON,   // JSON already
  BK_FORM_TEXT,   // its text
  BK_FORM_BYTES,  // the bytes that bk_value_bytes gives
  BK_FORM_TOKEN,  // what bk_put_token writes
};
enum bk_form bk_form_of(bk_value *value, enum bk_rule rule, uint32_t size, const bk_plan *plan, enum bk_fault *fault);

// The bytes of a binary value: where they lie, or in `decoded`, which has room for its text. NULL with *fault set.
const uint8_t *bk_value_bytes(const bk_value *value, enum bk_rule rule, uint8_t *decoded, size_t *length,
                              enum bk_fault *fault);

// A number, a boolean, bits or a word without quotes as JSON: a token or a string that needs no escapes. Returns bytes
// written, SIZE_MAX with *fault set.
size_t bk_put_token(const bk_value *value, enum bk_rule rule, uint32_t size, const bk_plan *plan, uint8_t *out,
                    enum bk_fault *fault);

// One element of an array at array->at, by any rule. Returns BK_JSON_DONE with `at` and `out` past it.
enum bk_json_end bk_array_element(bk_array *array);

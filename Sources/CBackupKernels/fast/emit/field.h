// One field with its key, by any rule: what the writing of rows calls where a field is not clean.
//
//   field   "a ""b"""            0x6869 as bytes      -7.50 as a number in text
//   out     ,"k":"a \"b\""       ,"k":"aGk="          ,"k":"-7.50"
#pragma once
#include "../../kernels.h"
#include "../block64.h"
#include "../unescape.h"
#include "../utf8.h"
#include "binary.h"
#include "emitter.h"
#include "text.h"

// `true` or `false`, as JSON has them.
static inline int is_word(const uint8_t *text, size_t length) {
  return (length == 4 && !memcmp(text, "true", 4)) || (length == 5 && !memcmp(text, "false", 5));
}

static inline int is_all_ascii(const uint8_t *text, size_t length) {
  for (; length > 32; text += 32, length -= 32)
    if (v_bits(v_load(text))) return 0;
  return (v_bits(v_load(text)) & bits_below(length)) == 0;
}

// JSON that is ready, with its key.
static inline uint8_t *put_prepared(const emitter *e, const bk_column *column, bk_field field, uint8_t *o,
                                    const uint8_t *end) {
  const size_t length = bk_end(field) - bk_start(field), key = column->key_length - 1;
  const uint8_t *text = bk_bytes(e->batch, field);
  if (key + length + 128 > (size_t)(end - o)) return 0;
  memcpy(o, column->key, key);
  for (size_t i = 0; i < length; i += 64) v64_store(o + key + i, v64_load(text + i));
  return o + key + length;
}

// PostgreSQL's booleans, as COPY writes them.
static inline uint8_t *put_boolean(int truth, const bk_column *column, uint8_t *o) {
  memcpy(o, column->key, column->key_length - 1);
  o += column->key_length - 1;
  memcpy(o, truth ? "true" : "false", 5);
  return o + 5 - truth;
}

// Text as it is stored, and its closing quote. NULL: where there may be too little room, or it is not UTF-8 and that is
// a fault.
static inline uint8_t *put_stored_text(emitter *e, const bk_value *value, uint8_t *o, const uint8_t *end) {
  const uint8_t *text = value->text;
  size_t left = value->length, replaced = 0;
  while (!value->is_utf8) {
    const size_t valid = utf8_valid_prefix_fast(text, left);
    if (valid == left) break;
    if (!e->plan->replace_utf8 || !(o = put_text_plainly(text, valid, o, end))) return 0;
    memcpy(o, "\xEF\xBF\xBD", 3);
    o += 3;
    replaced++;
    const size_t skip = valid + bk_utf8_bad_length(text + valid, left - valid);
    text += skip;
    left -= skip;
  }
  o = put_text_plainly(text, left, o, end);
  if (!o) return 0;
  *o = '"';
  e->replaced += replaced;
  return o + 1;
}

// One field with its key, by any rule. `end`: the line must not pass it. NULL: the row is the plain implementation's.
static __attribute__((noinline)) uint8_t *special(emitter *e, const bk_column *column, bk_field field, uint8_t *o,
                                                  const uint8_t *end) {
  const bk_batch *batch = e->batch;
  const bk_plan *plan = e->plan;
  uint32_t kind = bk_kind(field), rule = column->rule;
  if (kind == BK_ABSENT) return o;
  if (kind == BK_JSON) return put_prepared(e, column, field, o, end);
  const int may_be_null =
      (field.end & BK_ARENA) || (plan->escape_null && (field.end & BK_CARE) && bk_end(field) - bk_start(field) <= 8);
  if (may_be_null && bk_is_null(batch, plan, field)) {  // of all others the caller knows
    if (plan->omit_nulls) return o;
    memcpy(o, column->key, column->key_length - 1);
    o += column->key_length - 1;
    memcpy(o, "null", 4);
    return o + 4;
  }
  size_t length = bk_end(field) - bk_start(field), key = column->key_length;
  const uint8_t *text = bk_bytes(batch, field);
  if (o + key + 64 > end) return 0;
  if (rule == BK_RULE_BOOL && length == 1 && (text[0] == 't' || text[0] == 'f') &&
      (kind == BK_QUOTED || (kind == BK_BARE && !plan->literals)))
    return put_boolean(text[0] == 't', column, o);
  if (kind == BK_BARE && rule == BK_RULE_LITERAL && !(field.end & BK_CARE) && is_word(text, length)) {
    memcpy(o, column->key, key - 1);
    memcpy(o + key - 1, text, length);
    return o + key - 1 + length;
  }

  const int keeps_end = rule == BK_RULE_TRIMMED_TEXT && (length == 0 || text[length - 1] != ' ');
  int is_text = kind == BK_QUOTED
                    ? rule == BK_RULE_TEXT || rule == BK_RULE_LITERAL || rule == BK_RULE_QUOTED_TEXT || keeps_end
                    : kind == BK_BARE && !plan->literals && (rule == BK_RULE_TEXT || rule == BK_RULE_QUOTED_TEXT);
  const int is_made = (field.end & BK_ARENA) != 0, care = (field.end & BK_CARE) != 0;
  const int is_known = is_made ? care : batch->is_utf8;
  if (is_text && (is_known || utf8_valid_prefix_fast(text, length) == length)) {
    const int escaping = plan->escapes != BK_ESCAPES_NONE;
    // A byte without a part in this value is looked for as a backslash, which JSON escapes anyway.
    const uint8_t escape = escaping ? plan->escape : '\\', quote = care && kind == BK_QUOTED ? text[-1] : '\\';
    const int usual = plan->escapes == BK_ESCAPES_QUOTES ? 0
                      : kind == BK_QUOTED                ? quote < 0x80 && escape < 0x80
                                                         : escaping && escape == '\\';
    if (!care || (usual && (!plan->multibyte || is_made || is_all_ascii(text, length)))) {
      memcpy(o, column->key, key);
      uint8_t *done = care ? put_text_with_care(text, length, o + key, end, quote, escape, plan->escapes)
                           : put_text_plainly(text, length, o + key, end);
      if (done) {
        *done = '"';
        return done + 1;
      }
    }
  }
  bk_value value;
  enum bk_fault fault = BK_FAULT_NONE;
  if (!bk_resolve(batch, plan, field, e->scratch, &value, &fault, unescape_fast)) return 0;
  if (key + 64 + bk_value_room(&value, rule, column->size, plan) > (size_t)(end - o)) return 0;
  memcpy(o, column->key, key);
  if (value.kind != BK_JSON && value.kind != BK_BITS && value.kind != BK_REFUSED) {
    uint8_t *done = put_binary(&value, rule, plan, e->scratch, o + key - 1, &fault);
    if (done) return done;
    if (fault) return 0;
  }
  bk_value stored = value;
  if (bk_form_of(&stored, rule, column->size, plan, &fault) == BK_FORM_TEXT && !stored.padding) {
    o[key - 1] = '"';
    uint8_t *done = put_stored_text(e, &stored, o + key, end);
    if (done) return done;
  }
  size_t written = bk_emit_value(&value, rule, column->size, plan, o + key - 1, &e->replaced, &fault);
  return written == SIZE_MAX ? 0 : o + key - 1 + written;
}

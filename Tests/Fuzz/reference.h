// The slow, obvious readers that judge the kernels. They share the kernels' option structures and nothing else: they
// read a character at a time, decode on the way and never look back, where the kernels mark extents first and decode
// later.
#pragma once
#include "CBackupKernels.h"

enum ref_kind { REF_BARE, REF_QUOTED, REF_ESCAPED, REF_BINARY, REF_HEX, REF_BITS, REF_NULL, REF_ABSENT };

typedef struct {
  enum ref_kind kind;
  const uint8_t *bytes;  // decoded
  size_t length;
  int is_bad;  // an escape or digits that mean nothing
} ref_value;

typedef struct {
  const ref_value *values;
  size_t count;
} ref_row;

typedef struct {
  ref_row *rows;
  size_t count;
  int is_over;          // the rows have ended (`\.`, `;`, something else than a tuple)
  enum bk_fault fault;  // why reading stopped
  size_t fault_at;
} ref_rows;

ref_rows ref_read_csv(const uint8_t *in, size_t length, const bk_csv *csv, const bk_plan *plan);
// The fault's offset is not given; tuples that end too early are BK_FAULT_UNCLOSED_QUOTE.
ref_rows ref_read_tuples(const uint8_t *in, size_t length, const bk_sql *sql);

// What a value becomes in JSON.
enum ref_shape { REF_ERROR, REF_JSON_NULL, REF_NO_KEY, REF_STRING, REF_TOKEN };
typedef struct {
  enum ref_shape shape;
  uint8_t *bytes;
  size_t length;
} ref_json;
ref_json ref_emit(const ref_value *value, enum bk_rule rule, const bk_plan *plan);

// Undoes the escape that continues at text[0], after the escape character `escape`. Returns the bytes it takes, 0 if it
// means nothing. `quote`: of the field, or -1.
size_t ref_undo_escape(enum bk_escapes escapes, int is_e_string, uint8_t escape, int quote, const uint8_t *text,
                       size_t left, uint8_t *out, size_t *written);
// Two bytes that are one character, the second of which may look like ASCII.
int ref_is_pair(enum bk_multibyte multibyte, const uint8_t *text, size_t left);

// Length of the character at text[0]; 0 if it is none, and then *bad is what one U+FFFD stands for.
size_t ref_utf8_character(const uint8_t *text, size_t left, size_t *bad);
size_t ref_utf8_valid_prefix(const uint8_t *text, size_t length);

// Puts JSON on one line; returns its length, SIZE_MAX where it is none or an object has a key twice.
size_t ref_json_line(const uint8_t *text, size_t length, uint8_t *out);

// One JSON line of flat values, strictly.
typedef struct {
  const uint8_t *key;
  size_t key_length;
  int is_string;  // else the token as it stands
  const uint8_t *bytes;
  size_t length;  // escapes undone
} json_pair;
// Returns the pairs of the object that must be all of text[0..<length]; -1 if it is not such JSON in UTF-8.
long json_read_line(const uint8_t *text, size_t length, json_pair *pairs, size_t capacity);

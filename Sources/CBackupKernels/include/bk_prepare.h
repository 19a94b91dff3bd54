// Values that need more than undoing and writing, made ready a column at a time: JSON on one line, PostgreSQL's arrays
// as JSON, the bytes of base64. CBackupKernels.h includes it.
#pragma once
#include <stddef.h>
#include <stdint.h>

struct bk_batch;
struct bk_field;
struct bk_kernels;
struct bk_plan;

enum bk_json_end {
  BK_JSON_DONE,
  BK_JSON_INVALID,  // no JSON, or an object has a key twice; an array that is not plain
  BK_JSON_NO_ROOM,  // more memory is needed, then from the start
};

// A key of an object, as it is spelled.
typedef struct {
  uint32_t start, length;
} bk_json_key;

// Memory in which an object's keys are compared. Empty to begin with; its owner makes as much of it as is
// needed.
typedef struct {
  uint32_t *hashes;   // `key_capacity` of them
  bk_json_key *keys;  // as many
  uint32_t *slots;    // a table of one object's keys
  size_t key_capacity, slot_capacity;
  size_t needed_keys, needed_slots;  // BK_JSON_NO_ROOM: capacities that are needed; 0 where there is enough
  uint64_t seed;                     // of hashes: any number that nobody can know before
} bk_json_memory;

// Writes JSON text (RFC 8259) to `out`, which has as many bytes as it and BK_SLACK, without the white space between its
// tokens. Every token stays as it is spelled. Objects and arrays are at most 1,000 inside each other. `is_utf8`: the
// text is known to be.
enum bk_json_end bk_json_line(const struct bk_kernels *kernels, const uint8_t *text, size_t length, int is_utf8,
                              uint8_t *out, size_t *written, bk_json_memory *memory);

// What becomes of an array's elements.
typedef struct {
  uint32_t rule;       // enum bk_rule
  uint8_t is_json;     // embedded where they are JSON
  uint8_t hex_output;  // as in bk_plan
} bk_elements;

// The walk over an array's text (PostgreSQL's manual, "Array Input and Output Syntax").
typedef struct {
  const struct bk_kernels *kernels;
  const uint8_t *text;
  size_t length, at;
  bk_elements elements;
  uint8_t *out, *end;  // the JSON array goes to `out`, which moves; BK_SLACK bytes more may be written
  bk_json_memory *memory;
} bk_array;

enum bk_preparation {
  BK_PREPARE_JSON,   // fields of BK_JSON; what is no JSON becomes a text
  BK_PREPARE_ARRAY,  // fields of BK_JSON; what is no plain array stays
  // fields of BK_REFUSED, which are JSON: to BK_JSON, or to a text (`elements.is_json` is 0); what is no JSON stays
  BK_PREPARE_NESTED,
  BK_PREPARE_BASE64,  // fields of BK_BINARY, for a BIT hexadecimal text; what is no base64 stays
};

typedef struct {
  const struct bk_batch *batch;
  const struct bk_plan *plan;
  uint32_t column;
  enum bk_preparation preparation;
  uint8_t for_lines;  // what is made is written into lines, and not decoded to values
  bk_elements elements;
  struct bk_field *fields;  // the batch's; those of the column are replaced by what has been made of them
  uint8_t *arena;           // bytes are added from `used` on up to `capacity`, and BK_SLACK more may be written
  size_t used, capacity;
  uint8_t *scratch;  // as for bk_emit
  bk_json_memory memory;
  size_t no_json, json_nulls;  // counted on: values that are no JSON, and those that are its `null`
  size_t needed;               // NO_ROOM: bytes past `used` that the next value may need; 0: `memory` says what
} bk_prepared;

enum bk_prepare_status { BK_PREPARE_DONE, BK_PREPARE_NO_ROOM };

// Prepares the column's values in rows[row..<past], those in its table's charset in UTF-8; *row moves to the first that
// is not done.
enum bk_prepare_status bk_prepare(bk_prepared *prepared, size_t *row, size_t past);

// Objects of JSON as rows. CBackupKernels.h includes it.
#pragma once
#include <stddef.h>
#include <stdint.h>
#include "bk_prepare.h"

struct bk_marks;

enum bk_json_nested {
  BK_NESTED_APART,    // marked BK_REFUSED, to be prepared
  BK_NESTED_AS_TEXT,  // marked BK_QUOTED: the column's values are JSON text
};

// A key of the rows' objects, and what was seen of its values.
typedef struct {
  const uint8_t *key;  // as it is spelled between its quotes; readable for BK_SLACK bytes past its end
  uint32_t length;
  uint8_t nested;       // enum bk_json_nested: what an object or an array becomes
  uint8_t shows_apart;  // set where a value was marked BK_REFUSED
} bk_json_member;

typedef struct {
  bk_json_member *members;  // in their order
  size_t member_count;
  uint8_t is_array;      // the rows are the elements of one array, which begins before; else they stand in lines
  uint8_t is_after_row;  // a row ends where the marking begins; kept from call to call
} bk_json_rows;

// Marks the objects in in[from..<len], a field for each member: BK_ABSENT where a row does not have its key. A row has
// some of the members, in their order; where it does not, or has another key, the marking ends with BK_MARK_KEYS, and
// `fault_at` is where the row begins.
// `at_end`: nothing follows. Strings are marked BK_QUOTED, their escapes those of JSON; numbers and words BK_BARE.
void bk_mark_json(const uint8_t *in, size_t from, size_t len, int at_end, bk_json_rows *rows, struct bk_marks *marks);

// An object and its keys, as they are spelled.
typedef struct {
  bk_json_key *keys;
  size_t capacity, count;  // all of its keys count, whether there is room or not
  uint32_t status;         // enum bk_mark_status: END, it is whole; MORE, more bytes are needed; FAULT
  uint32_t fault;          // enum bk_fault
  size_t end;              // past the object; of a fault, where it is
} bk_json_object;

// Reads the object at in[from] as far as its keys: values are passed over.
void bk_read_json_keys(const uint8_t *in, size_t from, size_t len, int at_end, bk_json_object *object);

// The text that a JSON string means, which stands between its quotes, into `out`, which has as many bytes as it.
// Returns the length, or SIZE_MAX with an escape that means nothing.
size_t bk_json_text(const uint8_t *text, size_t length, uint8_t *out);

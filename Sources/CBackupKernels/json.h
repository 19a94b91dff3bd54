// What the files of JSON share.
#pragma once
#include "kernels.h"

enum {
  JSON_CHUNK = 1024,  // bytes that are indexed at a time
  JSON_TOKENS = JSON_CHUNK + 2 * BK_SLACK,
  JSON_DEPTH = 1000,  // objects and arrays inside each other, at the most
};

// What the index of a text carries from block to block.
typedef struct bk_json_scan {
  uint64_t inside;   // all ones inside a string
  uint64_t escape;   // 1: the next byte is escaped
  uint64_t scalar;   // 1: the last byte belongs to a number or a word
  uint64_t wrong;    // not 0: this is no JSON
  uint64_t slashes;  // not 0: there were backslashes
  uint64_t beyond;   // not 0: there were bytes beyond ASCII
  size_t pair_at;    // where the `u` of a second surrogate must stand
} bk_json_scan;

// Whether the escape \uXXXX whose `u` stands at text[at] is a character, or half of one whose other half is there.
int bk_json_unit(const uint8_t *text, size_t at, size_t length, bk_json_scan *scan);

// A byte's part in JSON outside strings.
static inline int bk_json_is_layout(uint8_t b) { return b == ' ' || b == '\n' || b == '\r' || b == '\t'; }
static inline int bk_json_is_operator(uint8_t b) {
  return b == '{' || b == '}' || b == '[' || b == ']' || b == ':' || b == ',';
}

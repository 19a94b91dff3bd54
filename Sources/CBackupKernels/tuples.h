// What the files of the plain marking of tuples share.
#pragma once
#include "heads.h"

typedef struct {
  const uint8_t *in;
  size_t at, len;
  int at_end;
  const bk_sql *sql;
  enum bk_fault fault;
  size_t fault_at;
  size_t typed;  // fields with BK_TYPED
} cursor;

static inline int is_space(uint8_t b) { return b == ' ' || (b >= '\t' && b <= '\r'); }
static inline int is_digit(uint8_t b) { return b >= '0' && b <= '9'; }
static inline int is_word(uint8_t b) {
  return is_digit(b) || (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z') || b == '_' || b == '$' || b >= 0x80;
}

// All the steps below return 1 when done, 0 when the bytes ran out, -1 on a fault.
static inline int bk_fail(cursor *c, enum bk_fault fault, size_t at) {
  c->fault = fault;
  c->fault_at = at;
  return -1;
}

static inline int bk_skip_to(cursor *c, const char *stop, size_t stop_length) {
  for (; c->at + stop_length <= c->len; c->at++)
    if (!memcmp(c->in + c->at, stop, stop_length)) {
      c->at += stop_length;
      return 1;
    }
  return 0;
}

// White space and comments; the marks of MySQL's conditional comments, whose content counts.
int bk_skip_space(cursor *c);

// Marks the value at c->at.
int bk_mark_value(cursor *c, bk_field *field);

// The literal is text in UTF-8 whatever plain strings are in; or, in PostgreSQL, a char.
static inline void bk_set_typed(cursor *c, bk_field *field) {
  field->end |= BK_TYPED;
  c->typed++;
}

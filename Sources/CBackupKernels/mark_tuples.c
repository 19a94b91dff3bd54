// Marks the tuples of INSERT … VALUES, a byte at a time: the plain implementation, which every faster one must equal.
//
//   bytes   (1,'it''s',NULL,_binary 'x',0x41),(2, …
//   fields  [1,2) bare  [4,9) quoted, care  [11,15) null  [25,26) binary  [30,32) hex
//   rows    first 0, record [0,33)
#include "tuples.h"

int bk_skip_space(cursor *c) {
  for (;;) {
    if (c->at >= c->len) return 0;
    uint8_t b = c->in[c->at];
    if (is_space(b)) {
      c->at++;
      continue;
    }
    if (b != '/' && b != '-' && b != '*' && b != '#') return 1;
    if (b == '#') {
      if (!c->sql->mysql) return 1;
      if (!bk_skip_to(c, "\n", 1)) return 0;
      continue;
    }
    if (c->at + 1 >= c->len) return c->at_end;
    uint8_t next = c->in[c->at + 1];
    if (b == '*' && next == '/' && c->sql->mysql) {
      c->at += 2;
      continue;
    }
    if (c->at + 3 >= c->len) return c->at_end;
    if (b == '-' && next == '-' && (!c->sql->mysql || c->in[c->at + 2] <= ' ')) {  // MySQL: --5 is a number
      if (!bk_skip_to(c, "\n", 1)) return 0;
    } else if (b == '/' && next == '*' && c->sql->mysql &&
               (c->in[c->at + 2] == '!' || (c->in[c->at + 2] == 'M' && c->in[c->at + 3] == '!'))) {
      c->at += 3;
      while (c->at < c->len && (is_digit(c->in[c->at]) || c->in[c->at] == '!')) c->at++;
    } else if (b == '/' && next == '*') {
      c->at += 2;
      if (!bk_skip_to(c, "*/", 2)) return 0;
    } else {
      return 1;
    }
  }
}

// After a value: PostgreSQL's ::type, which makes of it what is resolved later.
static int skip_cast(cursor *c) {
  while (!c->sql->mysql && c->at < c->len && c->in[c->at] == ':') {
    if (c->at + 1 >= c->len) return c->at_end;
    if (c->in[c->at + 1] != ':') break;
    for (c->at += 2;; c->at++) {
      if (c->at >= c->len) return 0;
      uint8_t b = c->in[c->at];
      if (b == '(') {
        if (!bk_skip_to(c, ")", 1)) return 0;
        c->at--;
        continue;
      }
      if (b == '"') {
        c->at++;
        if (!bk_skip_to(c, "\"", 1)) return 0;
        c->at--;
        continue;
      }
      if (!is_word(b) && b != ' ' && b != '.' && b != '[' && b != ']') break;
    }
  }
  return 1;
}

static int mark_tuple(cursor *c, bk_marks *marks, size_t *fields) {
  c->at++;  // (
  int done = bk_skip_space(c);
  if (done != 1) return done;
  if (c->in[c->at] == ')') {
    c->at++;
    return 1;
  }  // MySQL's INSERT INTO t () VALUES ()
  for (;;) {
    if (*fields == marks->field_capacity) return -2;
    bk_field *field = &marks->fields[*fields];
    if ((done = bk_mark_value(c, field)) != 1) return done;
    ++*fields;
    if ((done = bk_skip_space(c)) != 1) return done;
    const size_t cast = c->at;
    if ((done = skip_cast(c)) != 1) return done;
    if (c->at > cast && bk_kind(*field) != BK_NULL && bk_kind(*field) != BK_ABSENT) bk_set_typed(c, field);
    if ((done = bk_skip_space(c)) != 1) return done;
    uint8_t b = c->in[c->at];
    if (b == ')') {
      c->at++;
      return 1;
    }
    if (b != ',') return bk_fail(c, BK_FAULT_NOT_A_LITERAL, bk_start(*field));
    c->at++;
    if ((done = bk_skip_space(c)) != 1) return done;
  }
}

// After a statement: to where the rows of the next one begin; 0 where that has no known head.
static int next_statement(cursor *c, uint32_t last, bk_marks *marks) {
  size_t at = c->at;
  while (at < c->len && is_space(c->in[at])) at++;
  const uint32_t head = bk_find_head(c->sql->heads, last, c->in, at, c->len);
  if (head == BK_NO_HEAD) return 0;
  c->at = marks->consumed = bk_begin_statement(c->sql->heads, head, at, marks);
  return 1;
}

void bk_mark_tuples_plain(const uint8_t *in, size_t from, size_t len, int at_end, const bk_sql *sql, bk_marks *marks) {
  cursor c = { in, from, len, at_end, sql, BK_FAULT_NONE, 0, 0 };
  marks->status = BK_MARK_MORE;
  marks->fault = BK_FAULT_NONE;
  marks->consumed = from;
  uint32_t last = BK_NO_HEAD;
  if (sql->heads && marks->head != BK_NO_HEAD) bk_begin_run(marks);
  for (;;) {
    if (sql->heads && marks->head == BK_NO_HEAD && !next_statement(&c, last, marks)) {
      marks->status = BK_MARK_END;
      break;
    }
    if (bk_skip_space(&c) != 1) break;
    uint8_t b = in[c.at];
    if (b == ',') {
      c.at++;
      if (bk_skip_space(&c) != 1) break;
      b = in[c.at];
      if (b != '(') {
        marks->status = BK_MARK_FAULT;
        marks->fault = BK_FAULT_NOT_A_ROW;
        marks->fault_at = c.at;
        break;
      }
    }
    if (b == ';') {
      marks->consumed = ++c.at;
      last = marks->head;
      marks->head = BK_NO_HEAD;
      if (sql->heads) continue;
      marks->status = BK_MARK_END;
      break;
    }
    if (b != '(') {
      marks->consumed = c.at;
      marks->status = BK_MARK_TAIL;
      break;
    }
    if (marks->row_count == marks->row_capacity) {
      marks->status = BK_MARK_FULL;
      break;
    }
    size_t start = c.at, fields = marks->field_count;
    int done = mark_tuple(&c, marks, &fields);
    if (done != 1) {
      if (done == -2) marks->status = BK_MARK_FULL;
      if (done == -1) {
        marks->status = BK_MARK_FAULT;
        marks->fault = c.fault;
        marks->fault_at = c.fault_at;
      }
      break;
    }
    marks->rows[marks->row_count++] = (bk_row){ (uint32_t)marks->field_count, (uint32_t)start, (uint32_t)c.at };
    marks->field_count = fields;
    marks->has_tuples = 1;
    marks->consumed = c.at;
  }
  marks->typed_count += c.typed;
}

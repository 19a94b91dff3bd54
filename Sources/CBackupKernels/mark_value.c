// Marks one value of a tuple, a byte at a time.
//
//   value   'it''s'               _binary 'x'    0x41         E'a'            E'a\n'           N'x'
//   field   it''s quoted, care    x binary       41 hex       a quoted        a\n escaped      x quoted, typed
#include "tuples.h"

// From after the opening quote to after the closing one.
static int skip_string(cursor *c, uint8_t quote, int backslash, uint32_t *care, size_t *end) {
  size_t open = c->at - 1;
  uint8_t multibyte = c->sql->multibyte;
  for (;;) {
    if (c->at >= c->len) return c->at_end ? bk_fail(c, BK_FAULT_UNCLOSED_QUOTE, open) : 0;
    uint8_t b = c->in[c->at];
    if (multibyte && bk_is_lead(multibyte, b)) {
      if (c->at + 1 >= c->len) {
        c->at++;
        continue;
      }
      c->at += bk_is_trail(multibyte, c->in[c->at + 1]) ? 2 : 1;
      continue;
    }
    if (b == '\\' && backslash) {
      *care = BK_CARE;
      c->at += 2;
      continue;
    }
    if (b != quote) {
      c->at++;
      continue;
    }
    if (c->at + 1 >= c->len && !c->at_end) return 0;
    if (c->at + 1 < c->len && c->in[c->at + 1] == quote) {
      *care = BK_CARE;
      c->at += 2;
      continue;
    }
    *end = c->at++;
    return 1;
  }
}

static int mark_string(cursor *c, uint8_t quote, uint32_t kind, int backslash, bk_field *field) {
  uint32_t care = 0;
  size_t end = 0, start = ++c->at;
  int done = skip_string(c, quote, backslash, &care, &end);
  if (done == 1) *field = (bk_field){ (uint32_t)start | kind, (uint32_t)end | care };
  return done;
}

// x'…' and b'…': the digits between the quotes.
static int mark_digits(cursor *c, uint32_t kind, bk_field *field) {
  c->at++;
  return mark_string(c, '\'', kind, 0, field);
}

// PostgreSQL: $tag$ … $tag$, nothing inside is special.
static int mark_dollar(cursor *c, bk_field *field) {
  size_t open = c->at, tag_end = open + 1;
  while (tag_end < c->len && c->in[tag_end] != '$') {
    if (!is_word(c->in[tag_end])) return bk_fail(c, BK_FAULT_NOT_A_LITERAL, open);
    tag_end++;
  }
  if (tag_end >= c->len) return 0;
  size_t tag_length = tag_end + 1 - open;
  c->at = tag_end + 1;
  size_t start = c->at;
  if (!bk_skip_to(c, (const char *)c->in + open, tag_length))
    return c->at_end ? bk_fail(c, BK_FAULT_UNCLOSED_QUOTE, open) : 0;
  *field = (bk_field){ (uint32_t)start | BK_QUOTED, (uint32_t)(c->at - tag_length) };
  return 1;
}

static int word_is(const cursor *c, size_t from, size_t to, const char *word) {
  size_t n = strlen(word);
  if (to - from != n) return 0;
  for (size_t i = 0; i < n; i++)
    if ((c->in[from + i] | 0x20) != (uint8_t)(word[i] | 0x20)) return 0;
  return 1;
}

static int skip_word(cursor *c, const char *word) {
  int done = bk_skip_space(c);
  if (done != 1) return done;
  size_t end = c->at;
  while (end < c->len && is_word(c->in[end])) end++;
  if (end >= c->len && !c->at_end) return 0;
  if (!word_is(c, c->at, end, word)) return bk_fail(c, BK_FAULT_NOT_A_LITERAL, c->at);
  c->at = end;
  return bk_skip_space(c);
}

// MySQL's CONVERT('…' USING utf8mb4), as mydumper writes JSON; c->at is at the bracket. Of bytes it makes text in
// UTF-8.
static int mark_convert(cursor *c, bk_field *field) {
  size_t start = c->at++;
  int done = bk_skip_space(c);
  if (done != 1 || (done = bk_mark_value(c, field)) != 1 || (done = skip_word(c, "using")) != 1 ||
      (done = skip_word(c, "utf8mb4")) != 1)
    return done;
  if (c->in[c->at] != ')') return bk_fail(c, BK_FAULT_NOT_A_LITERAL, start);
  c->at++;
  uint32_t kind = bk_kind(*field);
  if (kind == BK_NULL || field->end & BK_TYPED) return 1;
  if (kind != BK_QUOTED && kind != BK_HEX && kind != BK_BINARY) return bk_fail(c, BK_FAULT_NOT_A_LITERAL, start);
  if (kind == BK_BINARY) field->start = bk_start(*field) | BK_QUOTED;
  if (kind != BK_QUOTED || c->sql->charset == BK_CHARSET_BINARY) bk_set_typed(c, field);
  return 1;
}

// PostgreSQL's U&'…', perhaps with UESCAPE '…' after it; c->at is at the letter. Its escapes are undone later.
static int mark_unicode(cursor *c, size_t start, bk_field *field) {
  if (start + 2 >= c->len) return c->at_end ? bk_fail(c, BK_FAULT_NOT_A_LITERAL, start) : 0;
  if (c->in[start + 2] != '\'' || c->sql->backslash) return bk_fail(c, BK_FAULT_NOT_A_LITERAL, start);
  c->at = start + 2;
  int done = mark_string(c, '\'', BK_QUOTED, 0, field);
  if (done != 1) return done;
  bk_set_typed(c, field);
  const size_t end = c->at;
  if ((done = bk_skip_space(c)) != 1) return done;
  if ((c->in[c->at] | 0x20) != 'u') {
    c->at = end;
    return 1;
  }
  if ((done = skip_word(c, "uescape")) != 1) return done;
  if (c->at + 2 >= c->len) return c->at_end ? bk_fail(c, BK_FAULT_NOT_A_LITERAL, start) : 0;
  if (c->in[c->at] != '\'' || c->in[c->at + 2] != '\'') return bk_fail(c, BK_FAULT_NOT_A_LITERAL, start);
  c->at += 3;
  return 1;
}

// A number, a word, or a string with a word in front of it (_binary 'x', E'x', N'x', X'41', DATE '…').
static int mark_word(cursor *c, bk_field *field) {
  size_t start = c->at, at = start;
  const bk_sql *sql = c->sql;
  while (at < c->len && (c->in[at] == '-' || c->in[at] == '+')) at++;
  size_t body = at;
  while (at < c->len && (is_word(c->in[at]) || c->in[at] == '.' ||
                         ((c->in[at] == '+' || c->in[at] == '-') && at > body &&
                          (is_digit(c->in[body]) || c->in[body] == '.') && (c->in[at - 1] | 0x20) == 'e')))
    at++;
  if (at >= c->len) return c->at_end ? bk_fail(c, BK_FAULT_NOT_A_LITERAL, start) : 0;
  if (at == body) return bk_fail(c, BK_FAULT_NOT_A_LITERAL, start);
  uint8_t next = c->in[at];
  size_t length = at - body;
  if (next == '&' && body == start && length == 1 && (c->in[start] | 0x20) == 'u' && !sql->mysql)
    return mark_unicode(c, start, field);
  if (next == '\'' && body == start && length == 1) {
    uint8_t prefix = c->in[start] | 0x20;
    if (prefix == 'x') return mark_digits(c, BK_HEX, field);
    if (prefix == 'b') return mark_digits(c, BK_BITS, field);
    if (prefix == 'n') {
      c->at = at;
      int done = mark_string(c, '\'', BK_QUOTED, sql->backslash, field);
      if (done == 1 && (!sql->mysql || sql->charset != BK_CHARSET_UTF8)) bk_set_typed(c, field);
      return done;
    }
    if (prefix == 'e' && !sql->mysql) {
      c->at = at;
      int done = mark_string(c, '\'', BK_ESCAPED, 1, field);
      if (done == 1 && !(field->end & BK_CARE)) field->start = bk_start(*field) | BK_QUOTED;
      return done;
    }
  }
  if (sql->mysql && body == start && length > 2 && c->in[start] == '0' &&
      (c->in[start + 1] == 'x' || c->in[start + 1] == 'b')) {
    *field = (bk_field){ (uint32_t)(start + 2) | (c->in[start + 1] == 'x' ? BK_HEX : BK_BITS), (uint32_t)at };
    c->at = at;
    return 1;
  }
  if (sql->mysql && c->in[start] == '_') {  // a charset introducer: only those that leave the bytes as they are
    int binary = word_is(c, start, at, "_binary");
    if (!binary && !word_is(c, start, at, "_utf8mb4") && !word_is(c, start, at, "_utf8mb3") &&
        !word_is(c, start, at, "_utf8"))
      return bk_fail(c, BK_FAULT_NOT_A_LITERAL, start);
    c->at = at;
    int done = bk_skip_space(c);
    if (done != 1) return done;
    uint8_t quote = c->in[c->at];
    int is_string = quote == '\'' || (quote == '"' && sql->double_is_string);
    if (!is_string && c->at + 1 >= c->len && !c->at_end) return 0;
    done =
        is_string ? mark_string(c, quote, binary ? BK_BINARY : BK_QUOTED, sql->backslash, field) : mark_word(c, field);
    if (done == 1 && !binary && !(field->end & BK_TYPED) &&
        (bk_kind(*field) == BK_HEX || (is_string && sql->charset != BK_CHARSET_UTF8)))
      bk_set_typed(c, field);
    return done;
  }
  if (sql->mysql && next == '(' && word_is(c, start, at, "convert")) {
    c->at = at;
    return mark_convert(c, field);
  }
  uint32_t kind = word_is(c, start, at, "null") ? BK_NULL : word_is(c, start, at, "default") ? BK_ABSENT : BK_BARE;
  if (kind == BK_BARE && !is_digit(c->in[body]) && c->in[body] != '.' && !word_is(c, start, at, "true") &&
      !word_is(c, start, at, "false"))
    return bk_fail(c, BK_FAULT_NOT_A_LITERAL, start);
  *field = (bk_field){ (uint32_t)start | kind, (uint32_t)at };
  c->at = at;
  return 1;
}

int bk_mark_value(cursor *c, bk_field *field) {
  uint8_t b = c->in[c->at];
  if (b == '\'') return mark_string(c, b, BK_QUOTED, c->sql->backslash, field);
  if (b == '"' && c->sql->double_is_string) return mark_string(c, b, BK_QUOTED, c->sql->backslash, field);
  if (b == '$' && !c->sql->mysql) return mark_dollar(c, field);
  return mark_word(c, field);
}

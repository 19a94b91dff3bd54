#include <string.h>
#include "memory.h"
#include "reference.h"

typedef struct {
  const uint8_t *in;
  size_t at, length;
  const bk_csv *csv;
  const bk_plan *plan;
  uint8_t *out;  // where the next decoded byte goes
  ref_rows result;
} reader;

static int is_delimiter(const reader *r, size_t at) { return at < r->length && r->in[at] == r->csv->delimiter; }

// The length of the line end at `at`; the end of the text is one of length 0.
static int line_end(const reader *r, size_t at, size_t *length) {
  *length = 0;
  if (at == r->length) return 1;
  int is_last = at + 1 == r->length;
  switch (r->csv->newline) {
    case BK_NEWLINE_LF: *length = 1; return r->in[at] == '\n';
    case BK_NEWLINE_CR: *length = 1; return r->in[at] == '\r';
    case BK_NEWLINE_CRLF: *length = 2; return !is_last && r->in[at] == '\r' && r->in[at + 1] == '\n';
    default:
      *length = 1;
      if (r->in[at] == '\n' || (r->in[at] == '\r' && is_last)) return 1;
      *length = 2;
      return r->in[at] == '\r' && r->in[at + 1] == '\n';
  }
}

static int fail(reader *r, enum bk_fault fault, size_t at) {
  r->result.fault = fault;
  r->result.fault_at = at;
  return 0;
}

static void put(reader *r, ref_value *value, const uint8_t *bytes, size_t length) {
  memcpy(r->out, bytes, length);
  r->out += length;
  value->length += length;
}

static void read_escape(reader *r, ref_value *value, int quote) {
  uint8_t decoded[4];
  size_t written;
  r->at++;
  if (r->at == r->length) {
    put(r, value, &r->csv->escape, 1);
    return;
  }
  r->at +=
      ref_undo_escape(r->plan->escapes, 0, r->csv->escape, quote, r->in + r->at, r->length - r->at, decoded, &written);
  put(r, value, decoded, written);
}

static int read_quoted(reader *r, ref_value *value, enum bk_multibyte multibyte) {
  const bk_csv *csv = r->csv;
  size_t open = r->at++, ignored;
  value->kind = REF_QUOTED;
  for (;;) {
    if (r->at == r->length) return fail(r, BK_FAULT_UNCLOSED_QUOTE, open);
    const uint8_t *p = r->in + r->at;
    if (ref_is_pair(multibyte, p, r->length - r->at)) {
      put(r, value, p, 2);
      r->at += 2;
      continue;
    }
    if (csv->has_escape && *p == csv->escape) {
      if (r->at + 1 == r->length) return fail(r, BK_FAULT_UNCLOSED_QUOTE, open);
      read_escape(r, value, csv->quote);
      continue;
    }
    if (*p != csv->quote) {
      put(r, value, p, 1);
      r->at++;
      continue;
    }
    r->at++;
    if (r->at < r->length && r->in[r->at] == csv->quote) {
      put(r, value, p, 1);
      r->at++;
      continue;
    }
    if (is_delimiter(r, r->at) || line_end(r, r->at, &ignored)) return 1;
    return fail(r, BK_FAULT_TEXT_AFTER_QUOTE, r->at);
  }
}

static int is_null(const bk_plan *plan, const uint8_t *raw, size_t length) {
  for (int i = 0; i < plan->null_count; i++)
    if (length == plan->null_length[i] && !memcmp(raw, plan->null_text[i], length)) return 1;
  return 0;
}

// PostgreSQL's fields: quotes open and close anywhere.
static int read_sections(reader *r, ref_value *value) {
  const bk_csv *csv = r->csv;
  size_t start = r->at, open = 0, ignored;
  int inside = 0, saw_quote = 0;
  for (;;) {
    if (inside && r->at == r->length) return fail(r, BK_FAULT_UNCLOSED_QUOTE, open);
    if (!inside && (is_delimiter(r, r->at) || line_end(r, r->at, &ignored))) break;
    const uint8_t *p = r->in + r->at++;
    int is_followed = r->at < r->length, next = is_followed ? r->in[r->at] : -1;
    if (inside && csv->has_escape && *p == csv->escape && (next == csv->quote || next == csv->escape)) {
      put(r, value, r->in + r->at++, 1);
      continue;
    }
    if (*p != csv->quote) {
      put(r, value, p, 1);
      continue;
    }
    if (inside && !csv->undoubled && next == csv->quote) {
      put(r, value, r->in + r->at++, 1);
      continue;
    }
    if (!inside) open = r->at - 1;
    saw_quote = 1;
    inside = !inside;
  }
  value->kind = saw_quote ? REF_QUOTED : REF_BARE;
  if (!saw_quote && is_null(r->plan, r->in + start, r->at - start)) value->kind = REF_NULL;
  return 1;
}

static void read_bare(reader *r, ref_value *value, enum bk_multibyte multibyte) {
  size_t start = r->at, ignored;
  value->kind = REF_BARE;
  for (;;) {
    const uint8_t *p = r->in + r->at;
    if (ref_is_pair(multibyte, p, r->length - r->at)) {
      put(r, value, p, 2);
      r->at += 2;
      continue;
    }
    if (r->at < r->length && r->csv->has_escape && !r->csv->escape_in_quotes && *p == r->csv->escape) {
      read_escape(r, value, -1);
      continue;
    }
    if (is_delimiter(r, r->at) || line_end(r, r->at, &ignored)) break;
    put(r, value, p, 1);
    r->at++;
  }
  if (is_null(r->plan, r->in + start, r->at - start)) value->kind = REF_NULL;
}

static int read_field(reader *r, ref_value *value, enum bk_multibyte multibyte) {
  size_t left = r->length - r->at, ignored;
  const uint8_t *p = r->in + r->at;
  value->bytes = r->out;
  if (r->csv->quote_null && left >= 2 && p[0] == r->csv->quote && p[1] == 'N' &&
      (is_delimiter(r, r->at + 2) || line_end(r, r->at + 2, &ignored))) {
    put(r, value, p, 2);
    value->kind = is_null(r->plan, p, 2) ? REF_NULL : REF_BARE;
    r->at += 2;
    return 1;
  }
  if (r->csv->has_quote && r->csv->quotes_anywhere) return read_sections(r, value);
  if (r->csv->has_quote && left && *p == r->csv->quote) {
    if (!read_quoted(r, value, multibyte)) return 0;
    if (r->plan->escape_null && r->at - (size_t)(p - r->in) == 4 && p[1] == r->csv->escape && p[2] == 'N')
      value->kind = REF_NULL;
    return 1;
  }
  read_bare(r, value, multibyte);
  // LOAD DATA compares with the word when the escapes are undone; `\\N` is a text.
  if (r->plan->escape_null && r->csv->has_escape && value->kind == REF_BARE &&
      value->length < (size_t)(r->in + r->at - p))
    for (int i = 0; i < r->plan->null_count; i++)
      if (!memchr(r->plan->null_text[i], r->csv->escape, r->plan->null_length[i]) &&
          value->length == r->plan->null_length[i] && !memcmp(value->bytes, r->plan->null_text[i], value->length))
        value->kind = REF_NULL;
  return 1;
}

static int is_copy_end(const reader *r, size_t *length) {
  size_t end;
  if (!r->csv->copy_end || r->length - r->at < 2 || memcmp(r->in + r->at, "\\.", 2) || !line_end(r, r->at + 2, &end))
    return 0;
  *length = 2 + end;
  return 1;
}

ref_rows ref_read_csv(const uint8_t *in, size_t length, const bk_csv *csv, const bk_plan *plan) {
  reader r = { .in = in, .length = length, .csv = csv, .plan = plan, .out = keep(length + 1) };
  ref_value *values = keep((length + 1) * sizeof *values);
  r.result.rows = keep((length + 1) * sizeof(ref_row));
  while (r.at < length) {
    size_t end;
    if (is_copy_end(&r, &end)) {
      r.result.is_over = 1;
      break;
    }
    ref_row row = { values, 0 };
    for (;;) {
      enum bk_multibyte multibyte = row.count < csv->multibyte_count ? csv->multibyte[row.count] : BK_SINGLE;
      if (!read_field(&r, &values[row.count], multibyte)) return r.result;
      row.count++;
      if (!is_delimiter(&r, r.at)) break;
      r.at++;
    }
    line_end(&r, r.at, &end);
    r.at += end;
    values += row.count;
    r.result.rows[r.result.count++] = row;
  }
  return r.result;
}

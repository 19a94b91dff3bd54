// Marks delimited text, a byte at a time: the plain implementation, which every faster one must equal.
//
//   bytes   1,"say ""hi""",\N⏎            (delimiter , quote " escape \ )
//   fields  [0,1) bare   [3,13) quoted, care   [15,17) bare, care
//   rows    first 0, record [0,17)
#include "kernels.h"

// The length of the line end at in[at], or 0; -1 where the next byte must be known first.
static inline int newline_length(const bk_csv *csv, const uint8_t *in, size_t at, size_t len, int at_end) {
  uint8_t byte = in[at];
  if (csv->newline == BK_NEWLINE_CR) return byte == '\r';
  if (byte == '\n') return csv->newline != BK_NEWLINE_CRLF;
  if (byte != '\r' || csv->newline == BK_NEWLINE_LF) return 0;
  if (at + 1 == len) return at_end ? csv->newline != BK_NEWLINE_CRLF : -1;
  return in[at + 1] == '\n' ? 2 : 0;
}

enum next { NEXT_FIELD, NEXT_ROW, NEXT_MORE, NEXT_FAULT };

// Steps over the inside of quotes that open before in[*at]; *at is then at the closing quote. PostgreSQL's rules.
static enum next step_over_section(const uint8_t *in, size_t *at, size_t len, int at_end, const bk_csv *csv,
                                   uint32_t *flags, bk_marks *marks) {
  const size_t open = *at - 1;
  for (size_t p = *at;; p++) {
    if (p >= len) {
      if (!at_end) return NEXT_MORE;
      marks->fault = BK_FAULT_UNCLOSED_QUOTE;
      marks->fault_at = open;
      return NEXT_FAULT;
    }
    const int is_quote = in[p] == csv->quote, is_escape = csv->has_escape && in[p] == csv->escape;
    if (!is_quote && !is_escape) continue;
    if (p + 1 == len && !at_end) return NEXT_MORE;
    const int before_quote = p + 1 < len && in[p + 1] == csv->quote,
              before_escape = p + 1 < len && in[p + 1] == csv->escape;
    if (is_escape ? before_quote | before_escape : before_quote & !csv->undoubled) {
      *flags = BK_CARE;
      p++;
    } else if (is_quote) {
      *at = p;
      return NEXT_FIELD;
    }
  }
}

// A field in which quotes open and close anywhere (PostgreSQL): one pair around all of it makes it BK_QUOTED, no quote
// at all BK_BARE. `field` then has its bytes, and *at is at what ends it.
static enum next mark_sections(const uint8_t *in, size_t *at, size_t len, int at_end, const bk_csv *csv,
                               bk_field *field, bk_marks *marks) {
  const size_t start = *at;
  size_t p = start, close = 0, sections = 0;
  uint32_t flags = 0;
  for (;; p++) {
    if (p >= len) {
      if (!at_end) return NEXT_MORE;
      break;
    }
    if (in[p] == csv->quote) {
      sections++;
      p++;
      enum next next = step_over_section(in, &p, len, at_end, csv, &flags, marks);
      if (next != NEXT_FIELD) return next;
      close = p;
      continue;
    }
    if (in[p] == csv->delimiter) break;
    int n = newline_length(csv, in, p, len, at_end);
    if (n < 0) return NEXT_MORE;
    if (n > 0) break;
  }
  *at = p;
  if (!sections) *field = (bk_field){ (uint32_t)start | BK_BARE, (uint32_t)p };
  else if (sections == 1 && in[start] == csv->quote && close + 1 == p)
    *field = (bk_field){ (uint32_t)(start + 1) | BK_QUOTED, (uint32_t)close | flags };
  else *field = (bk_field){ (uint32_t)start | BK_SECTIONS, (uint32_t)p | BK_CARE };
  return NEXT_FIELD;
}

// Whether a field ends at in[at]; -1 where the next byte must be known first.
static int ends_field(const bk_csv *csv, const uint8_t *in, size_t at, size_t len, int at_end) {
  if (at >= len) return at_end ? 1 : -1;
  if (in[at] == csv->delimiter) return 1;
  int n = newline_length(csv, in, at, len, at_end);
  return n > 0 ? 1 : n;
}

// Set beside BK_RAW: the record begins with a quote, so all of its fields may be in quotes.
enum { RAW_QUOTED = 64 };

// Finds `count` bytes that are a whole field, perhaps in quotes: how many bytes stand before them, -1 where more must
// be known, -2 for NULL (`\N`) or anything else, which is a field like others. `","` is one byte in quotes, or a quote
// and the next field.
static int raw_field(const bk_csv *csv, const uint8_t *in, size_t at, size_t len, int at_end, uint8_t raw) {
  size_t count = (size_t)(raw & ~RAW_QUOTED) - BK_RAW;
  if (at + count + 2 >= len && !at_end) return -1;
  if (csv->has_escape && at + 1 < len && in[at] == csv->escape && in[at + 1] == 'N') {
    int ends = ends_field(csv, in, at + 2, len, at_end);
    if (ends) return ends < 0 ? -1 : -2;
  }
  for (int attempt = 0; attempt < 2; attempt++) {
    if (attempt == !(raw & RAW_QUOTED)) {
      if (!csv->has_quote || at + count + 1 >= len || in[at] != csv->quote || in[at + count + 1] != csv->quote)
        continue;
      int ends = ends_field(csv, in, at + count + 2, len, at_end);
      if (ends) return ends < 0 ? -1 : 1;
    } else if (at + count <= len) {
      int ends = ends_field(csv, in, at + count, len, at_end);
      if (ends) return ends < 0 ? -1 : 0;
    }
  }
  return -2;
}

// Sets *end to the end of `"N` at in[at] (OUTFILE … ESCAPED BY '"'), where that is a whole field.
static enum next find_quoted_n(const uint8_t *in, size_t at, size_t len, int at_end, const bk_csv *csv, size_t *end) {
  *end = at;
  if (!csv->quote_null || at + 1 >= len || in[at] != csv->quote || in[at + 1] != 'N') return NEXT_FIELD;
  const int ends = ends_field(csv, in, at + 2, len, at_end);
  if (ends < 0) return NEXT_MORE;
  if (ends) *end = at + 2;
  return NEXT_FIELD;
}

// Steps over the inside of a quoted field whose quote is before in[*at]; *at is then at the closing quote.
static enum next step_over_quoted(const uint8_t *in, size_t *at, size_t len, int at_end, const bk_csv *csv,
                                  uint8_t multibyte, uint32_t *flags, bk_marks *marks) {
  const size_t open = *at - 1;
  for (size_t p = *at;;) {
    if (p >= len) {
      if (!at_end) return NEXT_MORE;
      marks->fault = BK_FAULT_UNCLOSED_QUOTE;
      marks->fault_at = open;
      return NEXT_FAULT;
    }
    if (bk_is_pair(multibyte, in, p, len)) {
      p += 2;
    } else if (csv->has_escape && in[p] == csv->escape) {
      *flags = BK_CARE;
      p += 2;
    } else if (in[p] != csv->quote) {
      p++;
    } else if (p + 1 == len && !at_end) {
      return NEXT_MORE;
    } else if (p + 1 < len && in[p + 1] == csv->quote) {
      *flags = BK_CARE;
      p += 2;
    } else {
      const int ends = csv->loose_quotes ? ends_field(csv, in, p + 1, len, at_end) : 1;
      *at = p++;
      if (ends) return ends < 0 ? NEXT_MORE : NEXT_FIELD;
    }
  }
}

// Steps over a field without quotes; *at is then at its delimiter or line end.
static enum next step_over_bare(const uint8_t *in, size_t *at, size_t len, int at_end, const bk_csv *csv,
                                uint8_t multibyte, uint32_t *flags) {
  size_t p = *at;
  for (; p < len; p++) {
    if (bk_is_pair(multibyte, in, p, len)) {
      p++;
    } else if (csv->has_escape && !csv->escape_in_quotes && in[p] == csv->escape) {
      *flags = BK_CARE;
      p++;
    } else {
      if (in[p] == csv->delimiter) break;
      const int n = newline_length(csv, in, p, len, at_end);
      if (n < 0) return NEXT_MORE;
      if (n > 0) break;
    }
  }
  if (p >= len && !at_end) return NEXT_MORE;
  *at = p < len ? p : len;  // an escape may have stepped past it
  return NEXT_FIELD;
}

// Marks the value of the field at *at; *at is then at what should be its delimiter or line end.
static enum next mark_value(const uint8_t *in, size_t *at, size_t len, int at_end, const bk_csv *csv, bk_field *field,
                            uint8_t multibyte, bk_marks *marks) {
  size_t start = *at, end;
  uint32_t flags = 0, kind = BK_BARE;
  enum next next = find_quoted_n(in, start, len, at_end, csv, &end);
  if (next != NEXT_FIELD) return next;
  int before = -2;
  if (end > start) {
    *at = end;
  } else if (csv->has_quote && csv->quotes_anywhere) {
    return mark_sections(in, at, len, at_end, csv, field, marks);
  } else if (multibyte >= BK_RAW && (before = raw_field(csv, in, start, len, at_end, multibyte)) >= -1) {
    if (before == -1) return NEXT_MORE;
    if (before) kind = BK_QUOTED;
    start += (size_t)before;
    end = start + (size_t)(multibyte & ~RAW_QUOTED) - BK_RAW;
    *at = end + (size_t)before;
  } else {
    const uint8_t pairs = multibyte >= BK_RAW ? BK_SINGLE : multibyte;
    if (csv->has_quote && start < len && in[start] == csv->quote) {
      kind = BK_QUOTED;
      *at = ++start;
      next = step_over_quoted(in, at, len, at_end, csv, pairs, &flags, marks);
      end = (*at)++;
    } else {
      next = step_over_bare(in, at, len, at_end, csv, pairs, &flags);
      end = *at;
    }
    if (next != NEXT_FIELD) return next;
  }
  *field = (bk_field){ (uint32_t)start | kind, (uint32_t)end | flags };
  return NEXT_FIELD;
}

// Marks the field at *at and moves past its delimiter or line end.
static enum next mark_field(const uint8_t *in, size_t *at, size_t len, int at_end, const bk_csv *csv, bk_field *field,
                            uint8_t multibyte, size_t *record_end, bk_marks *marks) {
  size_t p = *at;
  const enum next next = mark_value(in, &p, len, at_end, csv, field, multibyte, marks);
  if (next != NEXT_FIELD) return next;
  *record_end = p;
  if (p >= len) {
    if (!at_end) return NEXT_MORE;
    *at = len;
    return NEXT_ROW;
  }
  if (in[p] == csv->delimiter) {
    *at = p + 1;
    return NEXT_FIELD;
  }
  const int n = newline_length(csv, in, p, len, at_end);
  if (n < 0) return NEXT_MORE;
  if (n > 0) {
    *at = p + (size_t)n;
    return NEXT_ROW;
  }
  marks->fault = BK_FAULT_TEXT_AFTER_QUOTE;
  marks->fault_at = p;
  return NEXT_FAULT;
}

// Whether the line `\.` stands at in[at]: its length with line end, 0 if not, -1 if that cannot be known yet.
static int copy_end_length(const bk_csv *csv, const uint8_t *in, size_t at, size_t len, int at_end) {
  if (in[at] != '\\') return 0;
  if (at + 1 >= len) return at_end ? 0 : -1;
  if (in[at + 1] != '.') return 0;
  if (at + 2 >= len) return at_end ? 2 : -1;
  int n = newline_length(csv, in, at + 2, len, at_end);
  return n > 0 ? n + 2 : n;
}

void bk_mark_csv_plain(const uint8_t *in, size_t from, size_t len, int at_end, const bk_csv *csv, bk_marks *marks) {
  size_t at = from, fields = marks->field_count, rows = marks->row_count;
  marks->status = BK_MARK_MORE;
  marks->fault = BK_FAULT_NONE;
  while (at < len) {
    if (rows == marks->row_capacity) {
      marks->status = BK_MARK_FULL;
      break;
    }
    if (csv->copy_end) {
      int n = copy_end_length(csv, in, at, len, at_end);
      if (n < 0) break;
      if (n > 0) {
        at += (size_t)n;
        marks->status = BK_MARK_END;
        break;
      }
    }
    size_t p = at, end = at, first = fields;
    enum next next = NEXT_FIELD;
    while (next == NEXT_FIELD) {
      if (fields == marks->field_capacity) {
        marks->status = BK_MARK_FULL;
        break;
      }
      uint8_t multibyte = fields - first < csv->multibyte_count ? csv->multibyte[fields - first] : 0;
      if (multibyte >= BK_RAW && csv->has_quote && in[at] == csv->quote) multibyte |= RAW_QUOTED;
      next = mark_field(in, &p, len, at_end, csv, &marks->fields[fields], multibyte, &end, marks);
      if (next == NEXT_FIELD || next == NEXT_ROW) fields++;
    }
    if (next != NEXT_ROW) {
      if (next == NEXT_FAULT) marks->status = BK_MARK_FAULT;
      fields = first;
      break;
    }
    marks->rows[rows++] = (bk_row){ .first = (uint32_t)first, .start = (uint32_t)at, .end = (uint32_t)end };
    at = p;
  }
  marks->field_count = fields;
  marks->row_count = rows;
  marks->consumed = at;
}

// It is of no use where marking is slow: nothing is known.
int bk_count_csv_plain(const uint8_t *in, size_t from, size_t len, const bk_csv *csv, const bk_marks *marks,
                       bk_counted *counted) {
  (void)in, (void)from, (void)len, (void)csv, (void)marks, (void)counted;
  return 0;
}

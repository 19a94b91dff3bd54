// The text of marked fields to UTF-8, a row after the other, all its columns of text in one pass.
//
//   slab     (7,'Ann','Zo\xEB','\xB0\xA1 \'x\'','2024-01-01')      columns latin1, latin1, gbk
//   fields    7  Ann    ↓           ↓ care         2024-01-01      ASCII stays where it is
//   arena             Zoë         '啊 \'x\'        decoded with the quote before it, escapes undone later
//
// Escapes are undone later, with those that JSON needs, wherever decoding leaves them what they are: in charsets whose
// other bytes are never ASCII, or where the export's own escapes knew the charset. Else they are undone first.
// What the loop does not know (literals with a type, hexadecimal, bytes that are no text) it leaves to the caller.
#include "charset.h"

// Reads up to 32 bytes, however short the text is.
static inline int is_ascii(const uint8_t *text, size_t length) {
  for (;; text += 32, length -= 32) {
    const uint64_t beyond = bk_beyond_ascii_of_16(text) | (uint64_t)bk_beyond_ascii_of_16(text + 16) << 16;
    if (length <= 32) return !(beyond & ((1ull << length) - 1));
    if (beyond) return 0;
  }
}

// What the loop does with a field.
enum field_kind { FIELD_LEFT, FIELD_TEXT, FIELD_OTHER };

static inline enum field_kind kind_of(bk_field field, const bk_plan *plan, uint32_t rule) {
  const uint32_t kind = field.start & ~BK_OFFSET;
  if (kind == BK_QUOTED) return FIELD_TEXT;
  if (kind == BK_NULL || kind == BK_ABSENT || kind == BK_REFUSED) return FIELD_LEFT;
  // A number or a word without quotes: the emitting kernel knows what the server makes of it, or that nobody does.
  if (kind == BK_BARE) return plan->literals ? FIELD_LEFT : FIELD_TEXT;
  if (kind == BK_BITS && plan->literals) return FIELD_LEFT;
  // A literal that is no string says itself what it is.
  if (rule == BK_RULE_LITERAL && kind != BK_ESCAPED) return FIELD_LEFT;
  return FIELD_OTHER;
}

// Whether an escape takes the meaning from a byte beyond ASCII, or from nothing.
static int escapes_beyond_ascii(const uint8_t *text, size_t length, uint8_t escape) {
  for (size_t i = 0; i < length; i++) {
    const uint8_t *found = memchr(text + i, escape, length - i);
    if (!found) return 0;
    i = (size_t)(found - text) + 1;
    if (i >= length || text[i] >= 0x80) return 1;
  }
  return 0;
}

static int are_mysql_escapes(const bk_plan *plan, uint8_t quote) {
  if (quote != '\'' && quote != '"') return 0;
  return plan->escapes == BK_ESCAPES_NONE ||
         ((plan->escapes == BK_ESCAPES_MYSQL || plan->escapes == BK_ESCAPES_MYSQL_SQL) && plan->escape == '\\');
}

// Whether escapes of a field in MySQL's quotes may be undone when its text is decoded.
static int may_keep_escapes(const bk_text_column *column) {
  if (column->charset->makes_special) return 0;
  return !column->charset->has_ascii_trail || (column->multibyte && column->multibyte == column->escaped_with);
}

#define EACH_BYTE 0x0101010101010101u
// The first bit that is set is that of the first byte that is zero.
static inline uint64_t zero_bytes(uint64_t word) { return (word - EACH_BYTE) & ~word & 0x80 * EACH_BYTE; }

// What bk_unescape makes of a quoted value with MySQL's escapes of bytes, eight bytes at a time.
static size_t undo_escapes(const bk_plan *plan, const uint8_t *text, size_t length, uint8_t *out) {
  const uint8_t quote = text[-1];
  const int escaping = plan->escapes != BK_ESCAPES_NONE;
  uint8_t *const begin = out;
  const uint8_t *const past = text + length;
  while (text < past) {
    size_t run = 0;
    for (;; run += 8) {
      uint64_t word;
      memcpy(&word, text + run, 8);
      memcpy(out + run, &word, 8);
      const uint64_t found = zero_bytes(word ^ quote * EACH_BYTE) | zero_bytes(word ^ '\\' * EACH_BYTE);
      if (found) { run += (size_t)__builtin_ctzll(found) / 8; break; }
      if (text + run + 8 >= past) { run += 8; break; }
    }
    if (run >= (size_t)(past - text)) return (size_t)(out - begin) + (size_t)(past - text);
    text += run;
    out += run;
    const uint8_t next = text + 1 < past ? text[1] : 0;
    if (*text == quote) {
      *out++ = quote;
      text += next == quote && text + 1 < past ? 2 : 1;
    } else if (!escaping || text + 1 >= past) {
      *out++ = *text++;
    } else {
      if (plan->escapes == BK_ESCAPES_MYSQL_SQL && (next == '%' || next == '_')) *out++ = '\\';
      *out++ = next == '0' ? 0 : next == 'b' ? '\b' : next == 'n' ? '\n' : next == 'r' ? '\r' : next == 't' ? '\t'
               : next == 'Z' ? 0x1A : next;
      text += 2;
    }
  }
  return (size_t)(out - begin);
}

// Whether every byte stands in JSON as it is.
static int is_clean(const uint8_t *text, size_t length) {
  uint8_t odd = 0;
  for (size_t i = 0; i < length; i++) odd |= (text[i] < 0x20) | (text[i] == '"') | (text[i] == '\\');
  return !odd;
}

typedef struct {
  uint8_t *at;  // where the text goes
  size_t length;
  uint32_t flags;
} made_text;

// The text of a field beyond ASCII; 0 where that is for the caller.
static int make_one(const bk_batch *batch, const bk_plan *plan, const bk_text_column *column, bk_field field,
                    const uint8_t *text, size_t length, uint8_t *out, uint8_t *scratch, made_text *made) {
  const int care = (field.end & BK_CARE) != 0, is_quoted = (field.start & ~BK_OFFSET) == BK_QUOTED;
  const bk_charset *charset = column->charset;
  const int is_mysql = care && is_quoted && are_mysql_escapes(plan, text[-1]);
  made->at = out;
  made->flags = 0;
  if (is_mysql && !column->refuses_utf8 && may_keep_escapes(column)) {
    *out++ = text[-1];
    const bk_charset_result all = bk_charset_decode_slack(charset, text, length, out);
    if (all.status == BK_CHARSET_DONE &&
        (plan->escapes == BK_ESCAPES_NONE || !escapes_beyond_ascii(out, all.written, plan->escape))) {
      *made = (made_text){ out, all.written, BK_CARE };
      return 1;
    }
    out--;
  }
  if (is_mysql && !column->escaped_with) {
    length = undo_escapes(plan, text, length, scratch);
    text = scratch;
  } else if (care) {
    bk_plan own = *plan;
    own.multibyte = column->escaped_with;
    length = bk_unescape(batch, &own, field, scratch);
    if (length == SIZE_MAX) return 0;
    text = scratch;
  }
  if (column->refuses_utf8 && bk_utf8_valid_prefix(text, length) == length) return 0;
  const bk_charset_result all = bk_charset_decode_slack(charset, text, length, out);
  made->length = all.written;
  // Of what is clean already nothing else is made, unless other characters become ASCII.
  if ((field.end & BK_CLEAN && !charset->makes_special) || is_clean(out, all.written)) made->flags = BK_CLEAN;
  return all.status == BK_CHARSET_DONE;
}

bk_text_made bk_make_text(const bk_batch *batch, const bk_plan *plan, const bk_text_column *columns, size_t count,
                          bk_text_made at, size_t past, bk_field *fields, uint8_t *arena, size_t capacity,
                          uint8_t *scratch) {
  at.status = BK_TEXT_DONE;
  for (; at.row < past; at.row++, at.place = 0) {
    const bk_row *row = &batch->rows[at.row];
    const size_t end = at.row + 1 < batch->row_count ? row[1].first : batch->field_count;
    if (end - row->first != plan->column_count) continue;
    for (; at.place < count; at.place++) {
      const bk_text_column *column = &columns[at.place];
      const bk_field field = batch->fields[row->first + column->column];
      const uint8_t *text = ((field.end & BK_ARENA) ? batch->arena : batch->in) + (field.start & BK_OFFSET);
      const size_t length = (field.end & BK_OFFSET) - (field.start & BK_OFFSET);
      const enum field_kind kind = kind_of(field, plan, plan->columns[column->column].rule);
      if ((field.start & ~BK_OFFSET) != BK_HEX && is_ascii(text, length)) continue;
      if (!column->charset || kind == FIELD_LEFT) {
        at.is_utf8 &= bk_utf8_valid_prefix(text, length) == length;
        continue;
      }
      if (kind == FIELD_TEXT && (field.start & ~BK_OFFSET) == BK_BARE && plan->null_count &&
          bk_is_null(batch, plan, field))
        continue;
      if (at.used + 1 + BK_CHARSET_GROWTH * length + BK_CHARSET_SLACK > capacity + BK_SLACK) {
        at.status = BK_TEXT_FULL;
        at.needed = 1 + BK_CHARSET_GROWTH * length + BK_CHARSET_SLACK;
        return at;
      }
      made_text made;
      if (kind == FIELD_OTHER || field.end & (BK_TYPED | BK_ARENA) ||
          !make_one(batch, plan, column, field, text, length, arena + at.used, scratch, &made)) {
        at.status = BK_TEXT_OTHER;
        at.place++;
        return at;
      }
      const size_t start = (size_t)(made.at - arena);
      at.used = start + made.length;
      fields[row->first + column->column] =
          (bk_field){ (uint32_t)start | BK_QUOTED, (uint32_t)at.used | BK_ARENA | made.flags };
    }
  }
  return at;
}

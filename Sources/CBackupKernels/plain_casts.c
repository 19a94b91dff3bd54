// Literals of PostgreSQL whose type changes nothing, made plain fields.
//
//   input    '2024-01-01'::date    N'x'             5::integer       'x '::char(2)
//   known    ::date                takes N'…'       ::integer, digits
//   field    2024-01-01 quoted     x quoted         5 bare           stays typed
#include "kernels.h"

static inline int ends_value(uint8_t byte) { return byte == ',' || byte == ')'; }

static inline int has_cast(const uint8_t *in, size_t at, const bk_plain_cast *column) {
  return column->cast_length && !memcmp(in + at, column->cast, column->cast_length) &&
         ends_value(in[at + column->cast_length]);
}

// Digits without a zero in front: what the server writes, too.
static int is_integer(const uint8_t *digits, size_t length) {
  for (size_t i = 0; i < length; i++)
    if ((uint8_t)(digits[i] - '0') > 9) return 0;
  return digits[0] != '0' || length == 1;
}

// The field without its type; 0 where that may change it.
static inline int make_plain(const uint8_t *in, bk_field *field, const bk_plain_cast *column) {
  if (field->end & BK_CARE) return 0;
  const size_t start = bk_start(*field), end = bk_end(*field);
  const uint32_t kind = bk_kind(*field), clean = field->end & BK_CLEAN;
  if (kind == BK_BARE) {
    if (end - start > column->digits || !is_integer(in + start, end - start) || !has_cast(in, end, column)) return 0;
    field->end = (uint32_t)end | clean;
    return 1;
  }
  if ((kind != BK_QUOTED && kind != BK_ESCAPED) || start < 2 || in[end] != '\'' || in[start - 1] != '\'') return 0;
  switch (in[start - 2] | 0x20) {
    case 'n':
      if (!ends_value(in[end + 1]) || !column->takes_national || in[end - 1] == ' ') return 0;
      break;
    case '&': return 0;
    default:
      if (column->digits || !has_cast(in, end + 1, column)) return 0;
  }
  *field = (bk_field){ (uint32_t)start | BK_QUOTED, (uint32_t)end | clean };
  return 1;
}

size_t bk_plain_casts(const uint8_t *in, bk_marks *marks, const bk_plain_cast *columns, size_t column_count,
                      size_t *row) {
  for (; *row < marks->row_count; ++*row) {
    const size_t first = marks->rows[*row].first,
                 past = *row + 1 < marks->row_count ? marks->rows[*row + 1].first : marks->field_count;
    for (size_t i = first; i < past; i++) {
      bk_field *field = &marks->fields[i];
      if (!(field->end & BK_TYPED)) continue;
      if (i - first >= column_count) field->end &= ~(uint32_t)BK_TYPED;
      else if (!make_plain(in, field, &columns[i - first])) return i;
    }
  }
  return SIZE_MAX;
}

// Rows of columns that lie apart to JSON lines.
#include "kernels.h"

// Copies bytes, and up to 31 past them.
static inline void copy_piece(const uint8_t *from, size_t length, uint8_t *to) {
  bk_sixteen a, b;
  size_t at = 0;
  do {
    memcpy(&a, from + at, 16);
    memcpy(&b, from + at + 16, 16);
    memcpy(to + at, &a, 16);
    memcpy(to + at + 16, &b, 16);
    at += 32;
  } while (at < length);
}

// The first byte that JSON escapes; 16 where there is none.
static inline size_t first_unclean(bk_sixteen v) {
  const bk_sixteen unclean = bk_unclean(v);
  uint64_t halves[2];
  memcpy(halves, &unclean, 16);
  if (halves[0]) return (size_t)__builtin_ctzll(halves[0]) / 8;
  return halves[1] ? 8 + (size_t)__builtin_ctzll(halves[1]) / 8 : 16;
}

// Writes text as the inside of a JSON string into `out`, which has 6 bytes for each of it; returns how many it wrote.
static size_t escape_text(const uint8_t *text, size_t length, uint8_t *out) {
  size_t at = 0, n = 0;
  while (at < length) {
    bk_sixteen v;
    memcpy(&v, text + at, 16);
    memcpy(out + n, &v, 16);
    size_t clean = first_unclean(v);
    if (clean > length - at) clean = length - at;
    at += clean;
    n += clean;
    if (clean == 16 || at == length) continue;
    n += bk_escape_json(text + at, 1, out + n);
    at++;
  }
  return n;
}

// Copies text, and up to 15 bytes past it; `*unclean`: JSON escapes some of it. Returns whether all of it is ASCII.
static inline int copy_text(const uint8_t *from, size_t length, uint8_t *to, int *unclean) {
  static const uint8_t places[16] = { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15 };
  bk_sixteen v, lanes, odd = { 0 }, high = { 0 };
  size_t at = 0;
  for (; at + 16 <= length; at += 16) {
    memcpy(&v, from + at, 16);
    memcpy(to + at, &v, 16);
    odd |= bk_unclean(v);
    high |= v;
  }
  memcpy(&lanes, places, 16);
  const bk_sixteen here = (bk_sixteen)(lanes < (uint8_t)(length - at));
  memcpy(&v, from + at, 16);
  memcpy(to + at, &v, 16);
  odd |= bk_unclean(v) & here;
  high |= v & here;
  *unclean = !bk_is_zero(odd);
  return bk_is_zero(high & 0x80);
}

// Moves columns before `past` back in front of a row that is not written.
static void go_back(bk_pieces *pieces, size_t past, size_t row) {
  for (size_t i = 0; i < past; i++) {
    bk_piece_column *column = &pieces->columns[i];
    if (column->levels && column->levels[row] != column->full) continue;
    column->next = (const uint8_t *)column->next - (column->form == BK_PIECE_KNOWN ? 4 : 8);
  }
}

enum { FIRST_DATE = -719528, LAST_DATE = 2932896 };

static inline uint8_t *put_key(const bk_piece_column *column, uint8_t *o) {
  copy_piece(column->key, column->key_length, o);
  return o + column->key_length;
}

static inline uint8_t *put_known(const bk_piece_column *column, size_t index, uint8_t *o) {
  const bk_piece piece = column->pieces[index];
  copy_piece(column->bytes + piece.start, piece.length, o);
  return o + piece.length;
}

// Writes the number that comes next; NULL: it is none that is written here.
static inline uint8_t *put_number(bk_piece_column *column, uint8_t *o) {
  const int64_t number = *(const int64_t *)column->next;
  if (column->form == BK_PIECE_DATE && (number < FIRST_DATE || number > LAST_DATE)) return NULL;
  column->next = (const int64_t *)column->next + 1;
  if (column->form == BK_PIECE_BOOL) return put_known(column, number != 0, o);
  o = put_key(column, o);
  if (column->form == BK_PIECE_SIGNED) {
    o += bk_put_signed(number, o);
  } else if (column->form == BK_PIECE_DECIMAL) {
    o += bk_put_decimal(number, column->scale, o);
  } else {
    bk_put_date((int32_t)number, o);
    o += 10;
  }
  *o = '"';
  return o + column->is_quoted;
}

// Writes the text that comes next, where what comes after it in the row has `room`. NULL: it does not fit before `end`,
// and `*needed` is what it and the room need; or it is no text, and `*needed` is 0.
static inline uint8_t *put_text(bk_piece_column *column, uint8_t *o, const uint8_t *end, size_t room, size_t *needed) {
  const bk_piece *piece = column->next;
  const uint8_t *text = column->bytes + piece->start;
  size_t length = piece->length;
  *needed = length + room;
  if (*needed > (size_t)(end - o)) return NULL;
  o = put_key(column, o);
  if (column->form == BK_PIECE_READY) {
    copy_piece(text, length, o);
  } else {
    int unclean;
    if (!copy_text(text, length, o, &unclean) && bk_utf8_valid_prefix(text, length) != length) {
      *needed = 0;
      return NULL;
    }
    if (unclean) {
      *needed = 6 * length + room;
      if (*needed > (size_t)(end - o)) return NULL;
      length = escape_text(text, length, o);
    }
  }
  column->next = piece + 1;
  o[length] = '"';
  return o + length + column->is_quoted;
}

size_t bk_put_pieces(bk_pieces *pieces, size_t rows) {
  const size_t room = pieces->room;
  const uint8_t *const end = pieces->out + pieces->capacity;
  uint8_t *line = pieces->out + pieces->length;
  size_t done = 0, needed = room;
  pieces->status = BK_PIECES_DONE;
  for (; done < rows; done++) {
    uint8_t *o = line, *put = NULL;
    size_t i = 0;
    needed = room;
    if (room <= (size_t)(end - o)) {
      if (pieces->prefix_length) memcpy(o, pieces->prefix, pieces->prefix_length);
      o += pieces->prefix_length;
      for (put = o; i < pieces->column_count; i++) {
        bk_piece_column *column = &pieces->columns[i];
        if (column->levels && column->levels[done] != column->full) {
          copy_piece(column->null, column->null_length, o);
          put = o + column->null_length;
        } else if (column->form == BK_PIECE_KNOWN) {
          const uint32_t *index = column->next;
          put = put_known(column, *index, o);
          column->next = index + 1;
        } else if (column->form < BK_PIECE_TEXT) {
          put = put_number(column, o);
          needed = 0;
        } else {
          put = put_text(column, o, end, room, &needed);
        }
        if (!put) break;
        o = put;
      }
    }
    if (!put) {
      go_back(pieces, i, done);
      pieces->status = needed ? BK_PIECES_FULL : BK_PIECES_OTHER;
      pieces->needed = (size_t)(o - line) + needed;
      break;
    }
    if (o == line) o++;
    *line = '{';
    *o++ = '}';
    *o++ = '\n';
    line = o;
  }
  pieces->length = (size_t)(line - pieces->out);
  return done;
}

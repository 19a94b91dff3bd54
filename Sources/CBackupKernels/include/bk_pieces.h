// Lines of rows whose columns lie apart, as their values were decoded: each line is put together from pieces, a key and
// its value each, without marks in between. CBackupKernels.h includes it.
//
//   columns   known    1 0          pieces  ,"flag":"A"  ,"flag":"N"
//             signed   7 8          key     ,"id":
//   lines     {"flag":"N","id":7}⏎{"flag":"A","id":8}⏎      (the first piece's comma is overwritten by the brace)
#pragma once
#include <stddef.h>
#include <stdint.h>

enum bk_piece_form {
  BK_PIECE_KNOWN,    // uint32_t: the number of a piece that is ready, key and all
  BK_PIECE_BOOL,     // int64_t: piece 0 where it is 0, else piece 1
  BK_PIECE_SIGNED,   // int64_t
  BK_PIECE_DECIMAL,  // int64_t: the unscaled value of a decimal of `scale` digits after the point, 0 to 8
  BK_PIECE_DATE,     // int64_t: days since 1970, which bk_put_date takes
  BK_PIECE_TEXT,     // bk_piece: text that is to be escaped, and has to be UTF-8
  BK_PIECE_READY,    // bk_piece: bytes that stand in JSON as they are
};

// Where bytes lie.
typedef struct {
  uint32_t start, length;
} bk_piece;

// A column of rows that follow each other. All bytes it points at are readable for BK_SLACK bytes past their end.
typedef struct {
  const void *next;        // the value of the next row that has one, of the type that the form says
  const uint8_t *levels;   // of each row: `full` where it has a value; or nothing: all have
  const bk_piece *pieces;  // those that are known
  const uint8_t *bytes;    // that pieces, or values, are places in
  const uint8_t *key;      // `,"name":`, with the opening quote where `is_quoted`
  const uint8_t *null;     // the piece of a row without a value
  uint32_t key_length, null_length;
  uint32_t form;  // enum bk_piece_form
  uint8_t full, scale, is_quoted;
} bk_piece_column;

enum bk_pieces_status {
  BK_PIECES_DONE,
  BK_PIECES_FULL,   // the next row does not fit
  BK_PIECES_OTHER,  // the next row has a value that these kernels do not write: text that is no UTF-8, a far date
};

typedef struct {
  bk_piece_column *columns;  // each moved on past the rows that are written
  size_t column_count;
  const uint8_t *prefix;  // as in bk_plan
  size_t prefix_length;
  size_t room;  // what a line has at the most, beside the texts of BK_PIECE_TEXT and BK_PIECE_READY
  uint8_t *out;
  size_t capacity;  // of `out`, past which BK_SLACK bytes can be written
  size_t length;    // written so far: whole lines; moved on
  size_t needed;    // FULL: bytes that the next row needs
  enum bk_pieces_status status;
} bk_pieces;

// Writes up to `rows` rows; returns how many it has written.
size_t bk_put_pieces(bk_pieces *pieces, size_t rows);

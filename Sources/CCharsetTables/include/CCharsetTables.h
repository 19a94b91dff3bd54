// The character sets of MySQL, MariaDB and PostgreSQL, as these servers themselves convert them to UTF-8.
//
// The same name is two character sets where the families differ (gb18030, sjis), so that one is asked for by family and
// name. Tables are packed in the program and unpacked when they are first asked for; they are never freed.
#pragma once
#include <stddef.h>
#include <stdint.h>
#include "CBackupKernels.h"

enum bk_charset_family { BK_CHARSET_MYSQL, BK_CHARSET_POSTGRESQL };

typedef struct bk_charset bk_charset;

// `key`: the family's own name in lower case, letters and digits alone. NULL: no such character set, or no memory.
const bk_charset *bk_charset_named(enum bk_charset_family family, const char *key);

// Whether every byte below 0x80 is the ASCII character of that number wherever a character may begin.
int bk_charset_is_ascii(const bk_charset *charset);

// Whether no character has more than one byte.
int bk_charset_is_single_byte(const bk_charset *charset);

enum bk_charset_status {
  BK_CHARSET_DONE,  // all was read
  BK_CHARSET_CUT,   // the last character is not whole
  BK_CHARSET_BAD,   // the bytes that follow are no character
};
typedef struct {
  size_t read, written;  // up to where the last whole character ends
  enum bk_charset_status status;
} bk_charset_result;

// Bytes that one byte of input may become, and what is needed beyond.
#define BK_CHARSET_GROWTH 3
#define BK_CHARSET_SLACK 64

// Decodes in[0..<length] to UTF-8. `out` has room for BK_CHARSET_GROWTH * length + BK_CHARSET_SLACK bytes.
bk_charset_result bk_charset_decode(const bk_charset *charset, const uint8_t *in, size_t length, uint8_t *out);
// The same of bytes that are readable for BK_SLACK past their end.
bk_charset_result bk_charset_decode_slack(const bk_charset *charset, const uint8_t *in, size_t length, uint8_t *out);
// The plain implementation, a character at a time, which the others must equal. SLUICE_KERNELS=plain chooses it.
bk_charset_result bk_charset_decode_plain(const bk_charset *charset, const uint8_t *in, size_t length, uint8_t *out);

// How many of the first bytes are ASCII.
size_t bk_ascii_prefix(const uint8_t *text, size_t length);

// UTF-16 and UTF-32 of either byte order, and UCS-2, which has no surrogates.
enum bk_wide { BK_WIDE_UTF16BE, BK_WIDE_UTF16LE, BK_WIDE_UTF32BE, BK_WIDE_UTF32LE, BK_WIDE_UCS2 };
bk_charset_result bk_charset_decode_wide(enum bk_wide wide, const uint8_t *in, size_t length, uint8_t *out);

// ---------------------------------------------------------------------------------------------------------------------
// Text of marked fields: see text.c.

// A column of text.
typedef struct {
  uint32_t column;            // its index
  const bk_charset *charset;  // what its values are in; NULL: UTF-8, which is only checked
  uint8_t multibyte;          // of the charset, enum bk_multibyte
  uint8_t escaped_with;       // the same, of the charset in which second bytes were left unescaped; else BK_SINGLE
  uint8_t refuses_utf8;       // a value beyond ASCII that is UTF-8 as well is none of ours
} bk_text_column;

enum bk_text_status {
  BK_TEXT_DONE,
  BK_TEXT_FULL,   // the next value needs `needed` more bytes after `used`
  BK_TEXT_OTHER,  // the next field is none of the usual ones: call again from after it
};

typedef struct {
  size_t row, place;  // of the next field: its row, and which of `columns` it is in
  size_t used;        // bytes of the arena that hold something
  int is_utf8;        // whether all text of these columns that was looked at, as it now stands, is UTF-8
  enum bk_text_status status;
  size_t needed;
} bk_text_made;

// Decodes the values of `columns` in the rows from `from.row` (and there from `from.place`) to `past`: ASCII stays
// where it is, other text goes to `arena` and its field in `fields` says so. `fields` begins as a copy of the batch's.
// `arena` holds `used` bytes, has room for `capacity`, and BK_SLACK more may be written. `scratch` is as for bk_emit.
bk_text_made bk_make_text(const bk_batch *batch, const bk_plan *plan, const bk_text_column *columns, size_t count,
                          bk_text_made from, size_t past, bk_field *fields, uint8_t *arena, size_t capacity,
                          uint8_t *scratch);

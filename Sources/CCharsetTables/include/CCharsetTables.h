// The character sets of MySQL, MariaDB and PostgreSQL, as these servers themselves convert them to UTF-8.
//
// The same name is two character sets where the families differ (gb18030, sjis), so that one is asked for by family and
// name. Tables are packed in the program and unpacked when they are first asked for; they are never freed.
#pragma once
#include <stddef.h>
#include <stdint.h>

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
#define BK_CHARSET_SLACK 16

// Decodes in[0..<length] to UTF-8. `out` has room for BK_CHARSET_GROWTH * length + BK_CHARSET_SLACK bytes.
bk_charset_result bk_charset_decode(const bk_charset *charset, const uint8_t *in, size_t length, uint8_t *out);

// UTF-16 and UTF-32 of either byte order, and UCS-2, which has no surrogates.
enum bk_wide { BK_WIDE_UTF16BE, BK_WIDE_UTF16LE, BK_WIDE_UTF32BE, BK_WIDE_UTF32LE, BK_WIDE_UCS2 };
bk_charset_result bk_charset_decode_wide(enum bk_wide wide, const uint8_t *in, size_t length, uint8_t *out);

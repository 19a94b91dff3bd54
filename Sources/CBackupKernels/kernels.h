// What the kernel files share. Not visible outside this target.
#pragma once
#include <string.h>
#include "CBackupKernels.h"

static inline uint32_t bk_start(bk_field f) { return f.start & BK_OFFSET; }
static inline uint32_t bk_end(bk_field f) { return f.end & BK_OFFSET; }
static inline uint32_t bk_kind(bk_field f) { return f.start & ~BK_OFFSET; }
static inline const uint8_t *bk_bytes(const bk_batch *b, bk_field f) {
  return ((f.end & BK_ARENA) ? b->arena : b->in) + bk_start(f);
}

// Length of the malformed sequence at text[0]: what one U+FFFD stands for.
size_t bk_utf8_bad_length(const uint8_t *text, size_t length);

// Whether `byte` opens a character of two bytes in a charset whose second bytes may be ASCII.
static inline int bk_is_lead(uint8_t multibyte, uint8_t byte) {
  switch (multibyte) {
    case BK_SINGLE: return 0;
    case BK_CP932: return (byte >= 0x81 && byte <= 0x9F) || (byte >= 0xE0 && byte <= 0xFC);
    case BK_BIG5: return byte >= 0xA1 && byte <= 0xF9;
    default: return byte >= 0x81 && byte <= 0xFE;
  }
}
static inline int bk_is_trail(uint8_t multibyte, uint8_t byte) {
  switch (multibyte) {
    case BK_CP932: return (byte >= 0x40 && byte <= 0x7E) || (byte >= 0x80 && byte <= 0xFC);
    case BK_BIG5: return (byte >= 0x40 && byte <= 0x7E) || (byte >= 0xA1 && byte <= 0xFE);
    default: return (byte >= 0x40 && byte <= 0x7E) || (byte >= 0x80 && byte <= 0xFE);
  }
}

// Whether a character of two bytes stands at in[at].
static inline int bk_is_pair(uint8_t multibyte, const uint8_t *in, size_t at, size_t len) {
  return multibyte && at + 1 < len && bk_is_lead(multibyte, in[at]) && bk_is_trail(multibyte, in[at + 1]);
}

// Decodes hex digits into out; returns the bytes, or SIZE_MAX if a digit is none or their number is odd.
size_t bk_decode_hex(const uint8_t *digits, size_t length, uint8_t *out);


// Finds a character set by family and name, and keeps it unpacked.
#include <stdatomic.h>
#include <stdlib.h>
#include "charset.h"

#define MOST 128
static _Atomic(bk_charset *) unpacked[MOST];

static void discard(bk_charset *charset) {
  free(charset->cells);
  free(charset->pairs);
  free(charset->twos);
  free(charset);
}

const bk_charset *bk_charset_named(enum bk_charset_family family, const char *key) {
  for (size_t i = 0; i < bk_packed_count && i < MOST; i++) {
    const bk_packed *packed = bk_packed_tables[i];
    if (packed->family != family || strcmp(packed->key, key)) continue;
    bk_charset *known = atomic_load(&unpacked[i]);
    if (known) return known;
    bk_charset *charset = calloc(1, sizeof *charset);
    if (!charset) return NULL;
    if (!bk_unpack(packed, charset) || !bk_flatten(charset)) { discard(charset); return NULL; }
    if (atomic_compare_exchange_strong(&unpacked[i], &known, charset)) return charset;
    discard(charset);  // another thread was first
    return known;
  }
  return NULL;
}

int bk_charset_is_ascii(const bk_charset *charset) { return charset->is_ascii; }

int bk_charset_is_single_byte(const bk_charset *charset) { return charset->row_count == 1; }

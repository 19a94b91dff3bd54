// One value's escapes, in every dialect.
#include <string.h>
#include "harness.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
  fuzz_input input = { bytes, size };
  uint8_t choice = take_option(&input), charset = take_option(&input);
  static const uint32_t kinds[] = { BK_BARE, BK_QUOTED, BK_ESCAPED, BK_BINARY };
  uint32_t kind = kinds[choice & 3];
  int is_e_string = kind == BK_ESCAPED, quoted = kind != BK_BARE;
  uint8_t quote = choice & 4 ? '"' : '\'';
  bk_plan plan = { .escapes = (choice >> 3) % 5u, .escape = choice & 128 ? '^' : '\\' };
  if (charset & 1 && !is_e_string) plan.multibyte = (charset >> 1) % 5u;
  uint8_t escape = is_e_string ? '\\' : plan.escape;

  // The slow way.
  uint8_t *wanted = keep(input.left + 8);
  size_t n = 0, is_bad = 0, written;
  for (size_t at = 0; at < input.left && !is_bad;) {
    const uint8_t *p = input.at + at;
    size_t left = input.left - at;
    if (ref_is_pair(plan.multibyte, p, left)) {
      wanted[n++] = p[0];
      wanted[n++] = p[1];
      at += 2;
      continue;
    }
    if (*p == escape && left > 1 && (is_e_string || plan.escapes != BK_ESCAPES_NONE)) {
      size_t taken = ref_undo_escape(plan.escapes, is_e_string, escape, quoted ? quote : -1, p + 1, left - 1,
                                     wanted + n, &written);
      is_bad = taken == 0 && (is_e_string || plan.escapes != BK_ESCAPES_QUOTES);
      n += written;
      at += 1 + taken;
      continue;
    }
    wanted[n++] = *p;
    at += quoted && *p == quote && left > 1 && p[1] == quote ? 2 : 1;
  }

  uint8_t *text = keep(input.left + 1 + BK_SLACK);
  text[0] = quote;
  memcpy(text + 1, input.at, input.left);
  bk_batch batch = { .in = text };
  bk_field field = { 1 | kind, (uint32_t)(input.left + 1) | BK_CARE };
  uint8_t *out = keep(input.left + BK_SLACK);
  for (size_t i = 0; bk_kernels_at(i); i++) {
    const char *name = bk_kernels_at(i)->name;
    size_t got = bk_kernels_at(i)->unescape(&batch, &plan, field, out);
    REQUIRE((got == SIZE_MAX) == is_bad, "%s: an escape that %s", name, is_bad ? "means nothing" : "means something");
    if (!is_bad) REQUIRE(got == n && !memcmp(out, wanted, n), "%s: another value", name);
  }
  release_all();
  return 0;
}

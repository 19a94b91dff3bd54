// Trials of texts with escapes, as lines are made of them, and of the index of JSON. Inputs and outputs end right
// before a page that cannot be touched, after their slack.
#include <stdlib.h>
#include <string.h>
#include "../../Sources/CBackupKernels/json.h"
#include "KernelTrials.h"
#include "random.h"
#include "support.h"

enum { INPUT = 1 << 14, OUTPUT = 1 << 17 };

static uint8_t *input_end, *output_end, *scratch_end, *plain_out, made[INPUT];

static void prepare(uint64_t seed) {
  seed_with(seed);
  if (input_end) return;
  input_end = guarded(INPUT);
  output_end = guarded(OUTPUT);
  scratch_end = guarded(OUTPUT);
  plain_out = malloc(OUTPUT);
}

static uint8_t *place(size_t n) {
  uint8_t *in = input_end - n - BK_SLACK;
  memcpy(in, made, n);
  for (int i = 0; i < BK_SLACK; i++) in[n + (size_t)i] = (uint8_t)"\"\\u0d8ef'n"[rnd(10)];
  return in;
}

static size_t put(size_t n, const char *text) {
  const size_t length = strlen(text);
  memcpy(made + n, text, length);
  return n + length;
}

// Escapes of every kind, in runs and alone, and what only looks like them.
static size_t put_escaped(size_t n, const char *const *pieces, uint32_t count) {
  for (uint32_t runs = 1 + rnd(8); runs > 0 && n < 1000; runs--) {
    const uint32_t one = rnd(count), is_run = rnd(2);
    for (uint32_t k = rnd(3) ? rnd(6) : rnd(40); k > 0 && n < 1000; k--) n = put(n, pieces[is_run ? one : rnd(count)]);
    for (uint32_t k = rnd(3) ? 0 : rnd(70); k > 0; k--) made[n++] = (uint8_t)('a' + rnd(26));
  }
  return n;
}

static const char *const json_pieces[] = { "\\u4e2d",
                                           "\\u00e9",
                                           "\\u0041",
                                           "\\u0022",
                                           "\\u000A",
                                           "\\ud7a3",
                                           "\\uD83D\\uDE00",
                                           "\\udbff\\udfff",
                                           "\\u0000",
                                           "\\n",
                                           "\\/",
                                           "\\\\",
                                           "\\\"",
                                           "\\b",
                                           "é",
                                           "中",
                                           "x",
                                           "\\f\\r\\t",
                                           "\\uFFFF",
                                           "\\u07ff\\u0800" };
static const char *const other_pieces[] = { "\\101",   "\\303\\251",
                                            "\\x41",   "\\xe4\\xb8\\xad",
                                            "\\7",     "\\x4",
                                            "\\n",     "\\v",
                                            "\\\\",    "\\'",
                                            "\\\"",    "\\u4e2d",
                                            "\\q",     "\\Z",
                                            "\\0",     "\\%",
                                            "\\_",     "\x01\x02\x03",
                                            "\t\t\t",  "\\\n",
                                            "é",       "''",
                                            "\xC3",    "\xFF\xFE",
                                            "中",      "x",
                                            "\\8",     "\\U0001F600",
                                            "\\ud83d", "\\é" };

const char *trial_escaped_text(const bk_kernels *kernels, uint64_t seed) {
  prepare(seed);
  size_t written = 0;
  for (int round = 0; round < 60000; round++) {
    const int is_json = (int)rnd(2), is_bare = !is_json && rnd(3) == 0;
    made[0] = (uint8_t)(is_json ? '"' : "'\""[rnd(2)]);
    size_t n = is_json ? put_escaped(1, json_pieces, sizeof json_pieces / sizeof *json_pieces)
                       : put_escaped(1, other_pieces, sizeof other_pieces / sizeof *other_pieces);
    for (uint32_t k = rnd(9); k > 7 && n > 2; k--) made[1 + rnd((uint32_t)n - 1)] = (uint8_t)"\\ud8x1"[rnd(6)];
    if (rnd(20) == 0) n -= rnd(n < 8 ? (uint32_t)n : 8);
    if (n == 0) n = 1;
    made[n] = made[0];
    uint8_t *in = place(n + 1);
    const uint32_t escapes = is_json ? BK_ESCAPES_JSON : is_bare ? BK_ESCAPES_COPY : rnd(6);
    const bk_column column = { (const uint8_t *)",\"k\":\"", 6, rnd(8) ? BK_RULE_TEXT : rnd(15), rnd(9) };
    const bk_plan plan = { .columns = &column,
                           .column_count = 1,
                           .escapes = (uint8_t)escapes,
                           .escape = '\\',
                           .quote = '"',
                           .literals = (uint8_t)(is_json || is_bare ? 0 : rnd(3)),
                           .replace_utf8 = (uint8_t)rnd(2) };
    const uint32_t kind = is_bare ? BK_BARE : !is_json && rnd(3) == 0 ? BK_ESCAPED : BK_QUOTED;
    const bk_field field = { 1 | kind, (uint32_t)n | BK_CARE };
    const bk_row row = { 0, 0, (uint32_t)n + 1 };
    const bk_batch batch = { .in = in,
                             .fields = &field,
                             .rows = &row,
                             .field_count = 1,
                             .row_count = 1,
                             .is_utf8 = bk_kernels_at(0)->utf8_valid_prefix(in, n + 1) == n + 1 };
    const size_t room = rnd(4) ? 12000 : 300 + rnd(1000);
    uint8_t *const scratch = scratch_end - n - BK_SLACK, *const out = output_end - room - BK_SLACK;
    const bk_emitted plain = bk_kernels_at(0)->emit(&batch, &plan, 0, plain_out, 12000, scratch),
                     fast = kernels->emit(&batch, &plan, 0, out, room, scratch);
    if (fast.status == BK_EMIT_FULL && room < 12000) continue;
    if (plain.status != fast.status || plain.length != fast.length || plain.replaced != fast.replaced ||
        (plain.status == BK_EMIT_FAULT && plain.fault != fast.fault) || memcmp(plain_out, out, plain.length))
      return differ(in, n + 1, "%s: escapes %d of kind %x: %zu bytes, plain %zu; status %d, %d; fault %d, %d",
                    kernels->name, (int)escapes, kind >> 28, fast.length, plain.length, fast.status, plain.status,
                    fast.fault, plain.fault);
    written += plain.status == BK_EMIT_DONE;
  }
  return written > 20000 ? NULL : "few texts have been written";
}

const char *trial_json_index(const bk_kernels *kernels, uint64_t seed) {
  prepare(seed);
  static uint32_t plain_tokens[JSON_TOKENS], fast_tokens[JSON_TOKENS];
  size_t good = 0;
  for (int round = 0; round < 60000; round++) {
    size_t n = 0;
    for (uint32_t k = 1 + rnd(4); k > 0 && n < 1500; k--) {
      n = put(n, (const char *[]){ "[1, -2.5,", "{ \"a\" :", "   ", "true,null", "]}" }[rnd(5)]);
      n = put(n, "\"");
      n = put_escaped(n, json_pieces, sizeof json_pieces / sizeof *json_pieces);
      n = put(n, "\"");
    }
    for (uint32_t k = rnd(12); k > 8; k--) made[rnd((uint32_t)n)] = (uint8_t)"\\ud8\"x1c\n"[rnd(9)];
    if (rnd(3) == 0) n -= rnd(n < 20 ? (uint32_t)n : 20);
    uint8_t *in = place(n);
    bk_json_scan plain = { .pair_at = SIZE_MAX }, fast = plain;
    const size_t chunk = 64 * (1 + rnd(8));
    for (size_t from = 0; from < n && !plain.wrong; from += chunk) {
      const size_t past = n - from < chunk ? n : from + chunk;
      uint8_t *plain_at = plain_out, *const out = output_end - (past - from) - BK_SLACK, *fast_at = out;
      const size_t a = bk_kernels_at(0)->json_index(in, from, past, n, plain_tokens, &plain, &plain_at),
                   b = kernels->json_index(in, from, past, n, fast_tokens, &fast, &fast_at);
      if (!plain.wrong != !fast.wrong) return differ(in, n, "%s: wrong %d", kernels->name, fast.wrong != 0);
      if (plain.wrong) break;
      const size_t length = (size_t)(plain_at - plain_out);
      if (a != b || memcmp(plain_tokens, fast_tokens, a * sizeof *plain_tokens) || length != (size_t)(fast_at - out) ||
          memcmp(plain_out, out, length) || plain.inside != fast.inside ||
          (past < n && (plain.escape != fast.escape || plain.scalar != fast.scalar)) ||
          !plain.slashes != !fast.slashes || !plain.beyond != !fast.beyond)
        return differ(in, n, "%s: %zu tokens, plain %zu, from %zu on", kernels->name, b, a, from);
    }
    good += !plain.wrong;
  }
  return good > 20000 ? NULL : "few texts have no error";
}

// Trials of what makes values ready. Inputs and outputs end right before a page that cannot be touched, after their
// slack.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "KernelTrials.h"
#include "random.h"
#include "support.h"

enum { INPUT = 1 << 16, OUTPUT = 1 << 19, KEYS = 1 << 14 };

static uint8_t *input_end, *output_end, *plain_out, made[INPUT];

static void prepare(uint64_t seed) {
  seed_with(seed);
  if (input_end) return;
  input_end = guarded(INPUT);
  output_end = guarded(OUTPUT);
  plain_out = malloc(OUTPUT);
}

// Copies an input to the end of the guarded memory, with hostile slack after it.
static uint8_t *place(size_t n) {
  uint8_t *in = input_end - n - BK_SLACK;
  memcpy(in, made, n);
  for (int i = 0; i < BK_SLACK; i++) in[n + (size_t)i] = (uint8_t)"\"]}{[,0\\e"[rnd(9)];
  return in;
}

static size_t put(size_t n, const char *text) {
  const size_t length = strlen(text);
  if (n + length > INPUT / 2) return n;
  memcpy(made + n, text, length);
  return n + length;
}

static size_t spoil(size_t n, const char *with) {
  for (uint32_t k = rnd(6); n && k > 3; k--) made[rnd((uint32_t)n)] = (uint8_t)with[rnd((uint32_t)strlen(with))];
  return n;
}

const char *trial_unescape(const bk_kernels *kernels, uint64_t seed) {
  prepare(seed);
  static const char *const letters[] = { "\\\"ab", "\\\\\\n0rtbZ%_x'\"", "\"\"\"a", "\\0123x4fabcdefghijklmnop\\v",
                                         "''a\\" };
  static const uint32_t kinds[] = { BK_BARE, BK_QUOTED, BK_ESCAPED, BK_BINARY, BK_HEX, BK_SECTIONS };
  for (int round = 0; round < 60000; round++) {
    const char *alphabet = letters[rnd(5)];
    const size_t n = 1 + rnd(rnd(4) ? 200 : 1000);
    const uint32_t often = 1 + rnd(30);
    made[0] = (uint8_t)"'\""[rnd(2)];
    for (size_t i = 1; i < n; i++)
      made[i] = rnd(often) ? (uint8_t)('a' + rnd(26)) : (uint8_t)alphabet[rnd((uint32_t)strlen(alphabet))];
    const uint32_t kind = kinds[rnd(20) ? rnd(2) : rnd(6)];
    if (kind == BK_HEX)
      for (size_t i = 1; i < n; i++) made[i] = (uint8_t)"0123456789abcdefABCDEFg"[rnd(40) ? rnd(22) : 22];
    uint8_t *in = place(n), *out = output_end - n - BK_SLACK;
    const bk_plan plan = { .escapes = rnd(6),
                           .escape = rnd(8) ? '\\' : (uint8_t)"^\"'"[rnd(3)],
                           .quote = '"',
                           .multibyte = rnd(10) ? 0 : BK_GBK };
    const bk_batch batch = { .in = in };
    const bk_field field = { 1 | kind, (uint32_t)n | BK_CARE };
    const size_t plain = bk_kernels_at(0)->unescape(&batch, &plan, field, plain_out),
                 fast = kernels->unescape(&batch, &plan, field, out);
    if (plain != fast || (plain != SIZE_MAX && memcmp(plain_out, out, plain)))
      return differ(in, n, "%s: escapes %d of kind %x: %zu bytes, plain %zu", kernels->name, plan.escapes, kind >> 28,
                    fast, plain);
  }
  return NULL;
}

static size_t put_space(size_t n) {
  for (uint32_t k = rnd(3) ? 0 : rnd(4) ? rnd(3) : rnd(90); k > 0; k--)
    n = put(n, (const char *[]){ " ", "\n", "\t", "\r" }[rnd(4)]);
  return n;
}

static size_t put_string(size_t n) {
  static const char *const pieces[] = { "a",          "key",  "é",  "\\u00e9",        "\\n",
                                        "\\\"",       "\\\\", "😀", "\\ud83d\\ude00", "\\u0061",
                                        "long words " };
  n = put(n, "\"");
  for (uint32_t k = rnd(rnd(9) ? 4 : 40); k > 0; k--) n = put(n, pieces[rnd(11)]);
  return put(n, "\"");
}

// A number, or what only looks like one.
static size_t put_number(size_t n) {
  static const char *const odd[] = { "01",  "-",   "-01", "1.",  ".5",  "1.2.3", "1e",
                                     "1e+", "--1", "1-2", "0x1", "-.1", "00" };
  char text[48];
  if (rnd(60) == 0) return put(n, odd[rnd(13)]);
  sprintf(text, "%.*f", (int)rnd(9), (double)((int)rnd(1 << 30) - (1 << 29)) / (double)(1 + rnd(1 << 20)));
  return put(n, text);
}

static size_t put_json(size_t n, int depth) {
  char text[48];
  switch (rnd(depth > 0 ? 9 : 6)) {
    case 5: return put_number(n);
    case 0: sprintf(text, "%d", (int)rnd(1 << 30) - (1 << 29)); return put(n, text);
    case 1: sprintf(text, "%d.%de%+d", (int)rnd(1000), (int)rnd(100000), (int)rnd(40)); return put(n, text);
    case 2: return put(n, (const char *[]){ "true", "false", "null", "-0", "0.10", "12345678901234567890123" }[rnd(6)]);
    case 3:
    case 4: return put_string(n);
    case 6: {
      n = put(n, "[");
      for (uint32_t k = rnd(rnd(5) ? 4 : 30), i = 0; i < k; i++) {
        n = put_space(i ? put(n, ",") : n);
        n = put_space(put_json(n, depth - 1));
      }
      return put(put_space(n), "]");
    }
    default: {
      const uint32_t count = rnd(8) ? rnd(7) : rnd(2) ? 40 + rnd(60) : 300;
      n = put(n, "{");
      for (uint32_t i = 0; i < count; i++) {
        n = put_space(i ? put(n, ",") : n);
        sprintf(text, rnd(3) ? "\"k%d\"" : "\"\\u006b%d\"", (int)(rnd(2000) ? i : rnd(count)));
        n = count > 7 || rnd(2) ? put(n, text) : put_string(n);
        n = put_space(put(put_space(n), ":"));
        n = put_space(put_json(n, count > 7 ? 0 : depth - 1));
      }
      return put(n, "}");
    }
  }
}

static void make_memory(bk_json_memory *memory) {
  static uint32_t hashes[KEYS], slots[4 * KEYS];
  static bk_json_key keys[KEYS];
  *memory = (bk_json_memory){
    .hashes = hashes, .keys = keys, .slots = slots, .key_capacity = 1 + rnd(40), .seed = rnd(1000)
  };
}

// Gives the memory what it asks for. Returns 0 where that is not more.
static int grow(bk_json_memory *memory) {
  if (memory->needed_keys <= memory->key_capacity && memory->needed_slots <= memory->slot_capacity) return 0;
  if (memory->needed_keys > KEYS || memory->needed_slots > 4 * KEYS) return 0;
  if (memory->needed_keys) memory->key_capacity = memory->needed_keys;
  if (memory->needed_slots) memory->slot_capacity = memory->needed_slots;
  memory->needed_keys = memory->needed_slots = 0;
  return 1;
}

static enum bk_json_end json_line(const bk_kernels *kernels, const uint8_t *in, size_t n, uint8_t *out,
                                  size_t *written) {
  bk_json_memory memory;
  make_memory(&memory);
  enum bk_json_end end;
  do end = bk_json_line(kernels, in, n, 0, out, written, &memory);
  while (end == BK_JSON_NO_ROOM && grow(&memory));
  return end;
}

const char *trial_json(const bk_kernels *kernels, uint64_t seed) {
  prepare(seed);
  int good = 0;
  for (int round = 0; round < 20000; round++) {
    size_t n = put_space(put_json(put_space(0), 1 + (int)rnd(4)));
    n = spoil(n, "\"\\{}[]:,u0e.- \n\x01\xC3td8");
    uint8_t *in = place(n), *out = output_end - n - BK_SLACK;
    size_t plain = 0, fast = 0;
    const enum bk_json_end wanted = json_line(bk_kernels_at(0), in, n, plain_out, &plain),
                           got = json_line(kernels, in, n, out, &fast);
    if (wanted == BK_JSON_NO_ROOM || got != wanted ||
        (got == BK_JSON_DONE && (plain != fast || memcmp(out, plain_out, plain))))
      return differ(in, n, "%s: ends %d, plain %d; %zu bytes, %zu", kernels->name, got, wanted, fast, plain);
    good += got == BK_JSON_DONE;
  }
  return good > 3000 ? NULL : differ(made, 0, "only %d texts were JSON", good);
}

static size_t put_array(size_t n, int depth) {
  static const char *const elements[] = {
    "1",          "-2.50",    "007",           "NULL", "null",    "t",
    "false",      "plain",    "two words",     "é",    "\"a b\"", "\"\"",
    "\"q \\\"\"", "\"NULL\"", "\"\\\\x6162\"", "1e5",  "\"\\é\"", "\"{\\\"a\\\": 1}\"",
    "",           "\"\x01\""
  };
  char text[80];
  n = put(n, "{");
  for (uint32_t k = rnd(rnd(6) ? 5 : 40), i = 0; i < k; i++) {
    if (i) n = put(n, ",");
    if (depth > 0 && rnd(4) == 0) n = put_array(n, depth - 1);
    else if (rnd(2)) n = put(n, elements[rnd(rnd(6) ? 3 : 20)]);
    else if (rnd(2)) sprintf(text, "%d", (int)rnd(1000000)), n = put(n, text);
    else {
      n = put(n, "\"");
      for (uint32_t m = rnd(60); m > 0; m--)
        n = put(n, (const char *[]){ "ab", " c", "\\\"", ",", "}", "\\\\", "ü" }[rnd(7)]);
      n = put(n, "\"");
    }
  }
  return put(n, "}");
}

static enum bk_json_end array_line(const bk_kernels *kernels, const uint8_t *in, size_t n, bk_elements elements,
                                   size_t room, uint8_t *out, size_t *written) {
  for (;; room = 2 * room < OUTPUT / 2 ? 2 * room : OUTPUT / 2) {
    bk_json_memory memory;
    make_memory(&memory);
    bk_array array = { .kernels = kernels,
                       .text = in,
                       .length = n,
                       .elements = elements,
                       .out = out,
                       .end = out + room,
                       .memory = &memory };
    if (kernels != bk_kernels_at(0)) array.out = output_end - room - BK_SLACK, array.end = output_end - BK_SLACK;
    uint8_t *const start = array.out;
    enum bk_json_end end = kernels->array(&array);
    *written = (size_t)(array.out - start);
    if (end == BK_JSON_DONE) memcpy(out, start, *written);
    if (end != BK_JSON_NO_ROOM) return end;
    if (room == OUTPUT / 2 && !memory.needed_keys && !memory.needed_slots) return end;
  }
}

const char *trial_arrays(const bk_kernels *kernels, uint64_t seed) {
  prepare(seed);
  static uint8_t fast_out[OUTPUT];
  int good = 0;
  for (int round = 0; round < 30000; round++) {
    size_t n = put_array(0, rnd(4) ? (int)rnd(3) : 7);
    n = spoil(n, "\"\\{},N1\x01\xC3");
    uint8_t *in = place(n);
    const bk_elements elements = { .rule = (const enum bk_rule[]){ BK_RULE_TEXT, BK_RULE_NUMBER, BK_RULE_NUMBER_TEXT,
                                                                   BK_RULE_BOOL, BK_RULE_BYTEA,
                                                                   BK_RULE_QUOTED_TEXT }[rnd(6)],
                                   .is_json = rnd(8) == 0,
                                   .hex_output = (uint8_t)rnd(2) };
    size_t plain = 0, fast = 0;
    const enum bk_json_end wanted = array_line(bk_kernels_at(0), in, n, elements, 1 << 18, plain_out, &plain),
                           got = array_line(kernels, in, n, elements, 1 + rnd(2000), fast_out, &fast);
    if (wanted == BK_JSON_NO_ROOM || got != wanted ||
        (got == BK_JSON_DONE && (plain != fast || memcmp(fast_out, plain_out, plain))))
      return differ(in, n, "%s: rule %d ends %d, plain %d; %zu bytes, %zu", kernels->name, elements.rule, got, wanted,
                    fast, plain);
    good += got == BK_JSON_DONE;
  }
  return good > 3000 ? NULL : differ(made, 0, "only %d texts were arrays", good);
}

const char *trial_base64(const bk_kernels *kernels, uint64_t seed) {
  prepare(seed);
  static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  for (int round = 0; round < 60000; round++) {
    size_t n = 0;
    const size_t count = rnd(rnd(4) ? 60 : 400), line = rnd(3) ? 76 : 1 + rnd(80);
    for (size_t i = 0; i < count; i++) {
      if (i && i % line == 0) made[n++] = (uint8_t)"\n\r"[rnd(9) == 0];
      made[n++] = (uint8_t)letters[rnd(64)];
    }
    for (uint32_t k = rnd(2) ? (4 - count % 4) % 4 : rnd(4); k > 0; k--) made[n++] = '=';
    n = spoil(n, "=\n*\xC3 -");
    uint8_t *in = place(n), *out = output_end - n - BK_SLACK;
    const size_t plain = bk_kernels_at(0)->decode_base64(in, n, plain_out), fast = kernels->decode_base64(in, n, out);
    if (plain != fast || (plain != SIZE_MAX && memcmp(plain_out, out, plain)))
      return differ(in, n, "%s: %zu bytes, plain %zu", kernels->name, fast, plain);
  }
  return NULL;
}

const char *trial_base64_lines(const bk_kernels *kernels, uint64_t seed) {
  prepare(seed);
  static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  size_t good = 0;
  for (int round = 0; round < 60000; round++) {
    size_t n = 0;
    const int is_escaped = (int)rnd(2);
    const size_t count = rnd(rnd(4) ? 60 : 400), line = rnd(3) ? 76 : 1 + rnd(80);
    for (size_t i = 0; i < count; i++) {
      if (i && i % line == 0 && is_escaped && rnd(9)) made[n++] = '\\';
      if (i && i % line == 0) {
        made[n] = (uint8_t)"n\nr\r"[2 * (rnd(9) == 0) + (n == 0 || made[n - 1] != '\\')];
        n++;
      }
      made[n++] = (uint8_t)letters[rnd(i + 2 < count ? 64 : 2) * (i + 2 < count ? 1 : 16) % 64];
    }
    for (uint32_t k = rnd(2) ? (4 - count % 4) % 4 : rnd(4); k > 0; k--) made[n++] = '=';
    n = spoil(n, "=\n*\xC3 -\\n");
    uint8_t *in = place(n), *out = output_end - n - BK_SLACK;
    const size_t plain = bk_kernels_at(0)->join_base64(in, n, is_escaped, plain_out),
                 fast = kernels->join_base64(in, n, is_escaped, out);
    if (plain != fast || (plain != SIZE_MAX && memcmp(plain_out, out, plain)))
      return differ(in, n, "%s: %zu letters, plain %zu", kernels->name, fast, plain);
    good += plain != SIZE_MAX;
    if (plain == SIZE_MAX || is_escaped) continue;
    // What is on one line means the same bytes, and is what they are written as.
    static uint8_t bytes[INPUT], again[INPUT], written[2 * INPUT];
    const size_t length = kernels->decode_base64(in, n, bytes), same = kernels->decode_base64(plain_out, plain, again);
    const bk_value value = { .text = bytes, .length = length, .kind = BK_BINARY };
    const bk_plan plan = { 0 };
    size_t replaced = 0;
    enum bk_fault fault = BK_FAULT_NONE;
    const size_t all = bk_emit_value(&value, BK_RULE_BYTES, 0, &plan, written, &replaced, &fault);
    if (length == SIZE_MAX || length != same || all != plain + 2 || memcmp(written + 1, plain_out, plain))
      return differ(in, n, "%s: other base64 than of its bytes", kernels->name);
  }
  return good > 6000 ? NULL : differ(made, 0, "only %zu texts were base64", good);
}

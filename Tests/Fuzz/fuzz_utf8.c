// Where text stops being UTF-8, and what U+FFFD stands for.
#include <string.h>
#include "harness.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
  fuzz_input input = { bytes, size };
  uint8_t shift = take_option(&input) % 64, slack = take_option(&input);
  size_t repeat = 1 + take_option(&input) % 40, length = input.left * repeat;  // long texts are blocks: make some
  uint8_t *text = keep(length);
  for (size_t i = 0; i < length; i++) text[i] = input.at[i % input.left];
  const uint8_t *copy = exact_copy(text, length, slack, shift);
  size_t valid = ref_utf8_valid_prefix(text, length);
  const bk_kernels *kernels;
  for (size_t i = 0; (kernels = bk_kernels_at(i)); i++) {
    size_t got = kernels->utf8_valid_prefix(copy, length);
    REQUIRE(got == valid, "%s: valid up to %zu, not %zu", kernels->name, got, valid);
  }

  bk_plan plan = { .replace_utf8 = 1 };
  bk_value value = { .text = copy, .length = length, .kind = BK_QUOTED, .is_raw = 1 };
  ref_value same = { .kind = REF_QUOTED, .bytes = text, .length = length };
  ref_json wanted = ref_emit(&same, BK_RULE_TEXT, &plan);
  size_t room = bk_value_room(&value, BK_RULE_TEXT, 0, &plan), replaced = 0;
  uint8_t *line = keep(room + 16);
  enum bk_fault fault = BK_FAULT_NONE;
  memcpy(line, "{\"k\":", 5);
  size_t written = bk_emit_value(&value, BK_RULE_TEXT, 0, &plan, line + 5, &replaced, &fault);
  REQUIRE(written <= room, "%zu bytes written, the room was %zu", written, room);
  line[5 + written] = '}';
  json_pair pair;
  REQUIRE(json_read_line(line, written + 6, &pair, 1) == 1, "not JSON");
  REQUIRE(pair.is_string && pair.length == wanted.length && !memcmp(pair.bytes, wanted.bytes, pair.length),
          "another text");
  REQUIRE((replaced == 0) == (valid == length), "%zu replaced", replaced);
  release_all();
  return 0;
}

// JSON put on one line, and arrays of PostgreSQL as JSON, by every implementation.
#include <string.h>
#include "harness.h"

enum { MOST_KEYS = 1024 };

static bk_json_memory new_memory(size_t keys) {
  return (bk_json_memory){ .hashes = keep(keys * sizeof(uint32_t)),
                           .keys = keep(keys * sizeof(bk_json_key)),
                           .slots = keep(4 * MOST_KEYS * sizeof(uint32_t)),
                           .key_capacity = keys,
                           .slot_capacity = 4 * MOST_KEYS,
                           .seed = keys };
}

static void check_json(const uint8_t *text, size_t length, size_t keys) {
  uint8_t *wanted = keep(length + 1);
  const size_t count = ref_json_line(text, length, wanted);
  for (size_t i = 0; bk_kernels_at(i); i++) {
    uint8_t *out = keep(length + BK_SLACK);
    size_t written = 0;
    bk_json_memory memory = new_memory(keys);
    enum bk_json_end end = bk_json_line(bk_kernels_at(i), text, length, 0, out, &written, &memory);
    if (end == BK_JSON_NO_ROOM) {
      memory = new_memory(MOST_KEYS);
      end = bk_json_line(bk_kernels_at(i), text, length, 0, out, &written, &memory);
    }
    REQUIRE((end == BK_JSON_DONE) == (count != SIZE_MAX), "%s: JSON, or none", bk_kernels_at(i)->name);
    if (end == BK_JSON_DONE)
      REQUIRE(written == count && !memcmp(out, wanted, count), "%s: another line", bk_kernels_at(i)->name);
  }
}

static void check_array(const uint8_t *text, size_t length, bk_elements elements, size_t room) {
  enum { ROOM = 1 << 16 };
  uint8_t *plain = NULL;
  size_t plain_length = 0;
  enum bk_json_end plain_end = BK_JSON_INVALID;
  for (size_t i = 0; bk_kernels_at(i); i++) {
    uint8_t *out = keep(room + BK_SLACK);
    bk_json_memory memory = new_memory(MOST_KEYS);
    bk_array array = {
      .kernels = bk_kernels_at(i), .text = text, .length = length, .elements = elements, .memory = &memory
    };
    array.out = out;
    array.end = out + room;
    enum bk_json_end end = bk_kernels_at(i)->array(&array);
    if (end == BK_JSON_NO_ROOM) {
      out = keep(ROOM + BK_SLACK);
      array.at = 0;
      array.out = out;
      array.end = out + ROOM;
      end = bk_kernels_at(i)->array(&array);
    }
    REQUIRE(end != BK_JSON_NO_ROOM, "%s: no end of room", bk_kernels_at(i)->name);
    const size_t written = (size_t)(array.out - out);
    if (i == 0) {
      plain = out;
      plain_length = written;
      plain_end = end;
      if (end == BK_JSON_DONE)
        REQUIRE(ref_json_line(out, written, keep(written + 1)) == written, "an array that is no JSON on one line");
    }
    REQUIRE(end == plain_end, "%s: an array, or none", bk_kernels_at(i)->name);
    if (end == BK_JSON_DONE)
      REQUIRE(written == plain_length && !memcmp(out, plain, written), "%s: another array", bk_kernels_at(i)->name);
  }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
  fuzz_input input = { bytes, size };
  static const uint8_t rules[] = { BK_RULE_TEXT, BK_RULE_NUMBER, BK_RULE_NUMBER_TEXT, BK_RULE_BOOL, BK_RULE_BYTEA };
  const uint8_t choice = take_option(&input), slack = take_option(&input), tight = take_option(&input);
  const uint8_t *text = exact_copy(input.at, input.left, slack, choice >> 4);
  const bk_elements elements = { .rule = rules[choice % 5u], .is_json = choice % 16u == 15, .hex_output = tight & 1 };
  check_json(text, input.left, 1 + tight % 8u);
  check_array(text, input.left, elements, 1 + 4u * tight);
  release_all();
  return 0;
}

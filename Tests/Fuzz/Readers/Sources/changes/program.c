// libFuzzer has the main function; this is what it calls.
#include <stddef.h>
#include <stdint.h>

int fuzz_changes(const uint8_t *bytes, size_t count);
size_t mutate_changes(uint8_t *bytes, size_t count, size_t limit, unsigned seed);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t count) { return fuzz_changes(bytes, count); }

size_t LLVMFuzzerCustomMutator(uint8_t *bytes, size_t count, size_t limit, unsigned seed) {
  return mutate_changes(bytes, count, limit, seed);
}

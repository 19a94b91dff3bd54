// libFuzzer has the main function; this is what it calls.
#include <stddef.h>
#include <stdint.h>

int fuzz_parquet(const uint8_t *bytes, size_t count);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t count) { return fuzz_parquet(bytes, count); }

// What libFuzzer offers its targets.
#pragma once
#include <stddef.h>
#include <stdint.h>

// Changes bytes in place, as libFuzzer sees fit; returns how many there are now.
size_t LLVMFuzzerMutate(uint8_t *bytes, size_t count, size_t limit);

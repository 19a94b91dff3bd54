// What the files of trials share.
#pragma once
#include <stddef.h>
#include <stdint.h>

// Memory that ends where nothing may be touched: returns that end.
uint8_t *guarded(size_t size);

// A message that ends with the input, for a trial to return.
const char *differ(const uint8_t *in, size_t length, const char *format, ...);

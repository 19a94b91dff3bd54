#define _GNU_SOURCE
#include "kernels.h"

int bk_contains(const uint8_t *text, size_t length, const uint8_t *needle, size_t needle_length) {
  return memmem(text, length, needle, needle_length) != NULL;
}

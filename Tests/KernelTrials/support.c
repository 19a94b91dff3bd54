// See support.h.
#include "support.h"
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>

#ifndef MAP_ANONYMOUS
#define MAP_ANONYMOUS MAP_ANON
#endif

uint8_t *guarded(size_t size) {
  uint8_t *map = mmap(0, size + 65536, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  mprotect(map + size, 65536, PROT_NONE);
  return map + size;
}
static char message[4096];
const char *differ(const uint8_t *in, size_t length, const char *format, ...) {
  va_list list;
  va_start(list, format);
  size_t n = (size_t)vsnprintf(message, 1000, format, list);
  va_end(list);
  n += (size_t)snprintf(message + n, 40, " in %zu bytes: ", length);
  for (size_t i = 0; i < length && n + 8 < sizeof message; i++)
    n += (size_t)(in[i] >= 0x20 && in[i] < 0x7F && in[i] != '\\' ? snprintf(message + n, 8, "%c", in[i])
                                                                 : snprintf(message + n, 8, "\\x%02x", in[i]));
  return message;
}

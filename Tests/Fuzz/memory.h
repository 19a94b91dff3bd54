// Memory that lives as long as one input, and the end of a run that found something.
#pragma once
#include <stdint.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

void *keep(size_t bytes);  // zeroed; its exact size, so that the sanitizer sees every byte too far
void release_all(void);

#define REQUIRE(holds, ...)                                                                                            \
  do {                                                                                                                 \
    if (!(holds)) {                                                                                                    \
      fprintf(stderr, "%s:%d: ", __FILE__, __LINE__);                                                                  \
      fprintf(stderr, __VA_ARGS__);                                                                                    \
      fputc('\n', stderr);                                                                                             \
      abort();                                                                                                         \
    }                                                                                                                  \
  } while (0)

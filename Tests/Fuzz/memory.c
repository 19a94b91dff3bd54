#include "memory.h"

static struct {
  void **blocks;
  size_t count, capacity;
} kept;

void *keep(size_t bytes) {
  if (kept.count == kept.capacity) {
    kept.capacity = kept.capacity ? kept.capacity * 2 : 64;
    kept.blocks = realloc(kept.blocks, kept.capacity * sizeof(void *));
  }
  return kept.blocks[kept.count++] = calloc(bytes ? bytes : 1, 1);
}

void release_all(void) {
  while (kept.count) free(kept.blocks[--kept.count]);
}

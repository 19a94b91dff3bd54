#ifndef CXXHASH_SHIM_H
#define CXXHASH_SHIM_H

/* Makes XXH64_state_t a complete type. */
#define XXH_STATIC_LINKING_ONLY
#include <stdint.h>
#include <xxhash.h>

/* XXH64_state_t as all versions of the library lay it out. They name its fields differently: 0.8.1 says mem64 where
   0.8.3 says buffer. */
typedef struct {
  uint64_t total_length;
  uint64_t lanes[4];
  uint8_t buffer[32];
  uint32_t buffered;
  uint32_t reserved32;
  uint64_t reserved64;
} xxhash64_state;

_Static_assert(sizeof(xxhash64_state) == sizeof(XXH64_state_t), "XXH64_state_t has another layout");

static inline void xxhash64_reset(xxhash64_state *state) { XXH64_reset((XXH64_state_t *)state, 0); }

static inline void xxhash64_update(xxhash64_state *state, const void *bytes, size_t count) {
  XXH64_update((XXH64_state_t *)state, bytes, count);
}

static inline uint64_t xxhash64_digest(const xxhash64_state *state) {
  return XXH64_digest((const XXH64_state_t *)state);
}

#endif

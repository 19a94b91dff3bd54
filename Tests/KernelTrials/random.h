// Numbers that are the same for the same seed; each file of trials has its own.
#pragma once
#include <stdint.h>

static uint64_t state;
static uint32_t rnd(uint32_t n) {
  state ^= state << 13;
  state ^= state >> 7;
  state ^= state << 17;
  return (uint32_t)((state >> 20) % n);
}
static void seed_with(uint64_t seed) {
  state = 88172645463325252ull ^ (seed * 2654435761u);
  for (int i = 0; i < 8; i++) rnd(2);
}

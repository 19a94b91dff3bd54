// The words of simd_avx2.h with NEON, which every 64-bit ARM CPU has.
#pragma once
#include <stdint.h>
#include <arm_neon.h>

typedef struct {
  uint8x16_t low, high;
} v32;

static inline v32 v_load(const uint8_t *p) { return (v32){ vld1q_u8(p), vld1q_u8(p + 16) }; }
static inline void v_store(uint8_t *p, v32 v) {
  vst1q_u8(p, v.low);
  vst1q_u8(p + 16, v.high);
}
static inline v32 v_all(uint8_t b) {
  uint8x16_t v = vdupq_n_u8(b);
  return (v32){ v, v };
}
static inline v32 v_or(v32 a, v32 b) { return (v32){ vorrq_u8(a.low, b.low), vorrq_u8(a.high, b.high) }; }
static inline v32 v_equal(v32 a, v32 b) { return (v32){ vceqq_u8(a.low, b.low), vceqq_u8(a.high, b.high) }; }
static inline v32 v_at_most(v32 a, v32 b) { return (v32){ vcleq_u8(a.low, b.low), vcleq_u8(a.high, b.high) }; }
static inline v32 v_minus(v32 a, v32 b) { return (v32){ vsubq_u8(a.low, b.low), vsubq_u8(a.high, b.high) }; }
static inline uint32_t v_bits(v32 v) {
  static const uint8_t weights[16] = { 1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128 };
  uint8x16_t weight = vld1q_u8(weights);
  uint8x16_t low = vandq_u8(vreinterpretq_u8_s8(vshrq_n_s8(vreinterpretq_s8_u8(v.low), 7)), weight);
  uint8x16_t high = vandq_u8(vreinterpretq_u8_s8(vshrq_n_s8(vreinterpretq_s8_u8(v.high), 7)), weight);
  uint8x16_t sum = vpaddq_u8(low, high);
  sum = vpaddq_u8(sum, sum);
  sum = vpaddq_u8(sum, sum);
  return vgetq_lane_u32(vreinterpretq_u32_u8(sum), 0);
}

static inline unsigned bits_first(uint64_t bits) { return bits ? (unsigned)__builtin_ctzll(bits) : 64; }
static inline uint64_t bits_parity(uint64_t bits) {
  for (int step = 1; step < 64; step *= 2) bits ^= bits << step;
  return bits;
}

static inline v32 v_and(v32 a, v32 b) { return (v32){ vandq_u8(a.low, b.low), vandq_u8(a.high, b.high) }; }
static inline v32 v_xor(v32 a, v32 b) { return (v32){ veorq_u8(a.low, b.low), veorq_u8(a.high, b.high) }; }
static inline v32 v_of_bits(uint32_t bits) {
  static const uint8_t weights[16] = { 1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128 };
  const uint8x16_t weight = vld1q_u8(weights);
  uint8x8_t b0 = vdup_n_u8((uint8_t)bits), b1 = vdup_n_u8((uint8_t)(bits >> 8)), b2 = vdup_n_u8((uint8_t)(bits >> 16)),
            b3 = vdup_n_u8((uint8_t)(bits >> 24));
  return (v32){ vtstq_u8(vcombine_u8(b0, b1), weight), vtstq_u8(vcombine_u8(b2, b3), weight) };
}

#define BK_LOOKUP 1
static inline v32 v_high_nibble(v32 v) { return (v32){ vshrq_n_u8(v.low, 4), vshrq_n_u8(v.high, 4) }; }
static inline v32 v_minus_floor(v32 a, v32 b) { return (v32){ vqsubq_u8(a.low, b.low), vqsubq_u8(a.high, b.high) }; }
static inline v32 v_lookup(const uint8_t table[16], v32 index) {
  uint8x16_t t = vld1q_u8(table);
  return (v32){ vqtbl1q_u8(t, index.low), vqtbl1q_u8(t, index.high) };
}
#define v_shifted(now, before, back)                                                                                   \
  ((v32){ vextq_u8((before).high, (now).low, 16 - (back)), vextq_u8((now).low, (now).high, 16 - (back)) })

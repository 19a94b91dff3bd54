// Sixty-four bytes and what their bitmaps say, out of two halves; simd_avx512.h has its own.
#pragma once
#include "../kernels.h"
#include "simd.h"

// Bytes that JSON writes as an escape.
static inline v32 v_unclean(v32 v) {
  return v_or(v_or(v_equal(v, v_all('"')), v_equal(v, v_all('\\'))), v_at_most(v, v_all(0x1F)));
}

static inline v32 v_digits(v32 v) { return v_at_most(v_minus(v, v_all('0')), v_all(9)); }

// The lowest `count` bits.
static inline uint64_t bits_below(size_t count) { return count < 64 ? (1ull << count) - 1 : ~0ull; }

#ifndef BK_BLOCK64
typedef struct {
  v32 low, high;
} v64;

static inline v64 v64_load(const uint8_t *p) { return (v64){ v_load(p), v_load(p + 32) }; }
static inline void v64_store(uint8_t *p, v64 v) {
  v_store(p, v.low);
  v_store(p + 32, v.high);
}
static inline uint64_t v64_equal(v64 v, uint8_t byte) {
  v32 all = v_all(byte);
  return (uint64_t)v_bits(v_equal(v.low, all)) | (uint64_t)v_bits(v_equal(v.high, all)) << 32;
}
static inline uint64_t v64_digits(v64 v) {
  return (uint64_t)v_bits(v_digits(v.low)) | (uint64_t)v_bits(v_digits(v.high)) << 32;
}
// Bytes from `low` to `low + span`.
static inline uint64_t v64_from(v64 v, uint8_t low, uint8_t span) {
  return (uint64_t)v_bits(v_at_most(v_minus(v.low, v_all(low)), v_all(span))) |
         (uint64_t)v_bits(v_at_most(v_minus(v.high, v_all(low)), v_all(span))) << 32;
}
static inline uint64_t v64_unclean(v64 v) {
  return (uint64_t)v_bits(v_unclean(v.low)) | (uint64_t)v_bits(v_unclean(v.high)) << 32;
}

// One bit for each byte beyond ASCII.
static inline uint64_t v64_high(v64 v) { return (uint64_t)v_bits(v.low) | (uint64_t)v_bits(v.high) << 32; }

// The operators of JSON.
static inline v32 v_json_operators(v32 v) {
  const v32 lower = v_or(v, v_all(0x20));
  return v_or(v_or(v_equal(v, v_all(':')), v_equal(v, v_all(','))),
              v_or(v_equal(lower, v_all('{')), v_equal(lower, v_all('}'))));
}
static inline uint64_t v64_json_operators(v64 v) {
  return (uint64_t)v_bits(v_json_operators(v.low)) | (uint64_t)v_bits(v_json_operators(v.high)) << 32;
}

static inline uint64_t v64_controls(v64 v) {
  return (uint64_t)v_bits(v_at_most(v.low, v_all(0x1F))) | (uint64_t)v_bits(v_at_most(v.high, v_all(0x1F))) << 32;
}

// Letters that mean the same after a backslash in JSON as under `escapes`.
static inline v32 v_letters_of_both(v32 v, uint32_t escapes) {
  v32 letters =
      v_or(v_or(v_equal(v, v_all('n')), v_equal(v, v_all('r'))), v_or(v_equal(v, v_all('t')), v_equal(v, v_all('b'))));
  return escapes >= BK_ESCAPES_COPY ? v_or(letters, v_equal(v, v_all('f'))) : letters;
}
static inline uint64_t v64_letters_of_both(v64 v, uint32_t escapes) {
  return (uint64_t)v_bits(v_letters_of_both(v.low, escapes)) | (uint64_t)v_bits(v_letters_of_both(v.high, escapes))
                                                                   << 32;
}

// Exclusive or with `by` where a bit is set.
static inline v64 v64_exchange(v64 v, uint64_t bits, uint8_t by) {
  v.low = v_xor(v.low, v_and(v_of_bits((uint32_t)bits), v_all(by)));
  v.high = v_xor(v.high, v_and(v_of_bits((uint32_t)(bits >> 32)), v_all(by)));
  return v;
}

// The control bytes that JSON writes as a backslash and a letter, and those letters in their place (other control bytes
// become others).
static inline uint64_t v64_short_controls(v64 v) {
  return v64_equal(v, '\b') | v64_equal(v, '\t') | v64_equal(v, '\n') | v64_equal(v, '\f') | v64_equal(v, '\r');
}
static inline v32 v_control_letters(v32 v) {
  v32 change =
      v_or(v_and(v_equal(v, v_all('\n')), v_all('\n' ^ 'n')), v_and(v_equal(v, v_all('\t')), v_all('\t' ^ 't')));
  change = v_or(change, v_and(v_equal(v, v_all('\r')), v_all('\r' ^ 'r')));
  change = v_or(change, v_and(v_or(v_equal(v, v_all('\b')), v_equal(v, v_all('\f'))), v_all('\b' ^ 'b')));
  return v_xor(v, change);
}
static inline v64 v64_control_letters(v64 v, uint64_t controls) {
  (void)controls;
  return (v64){ v_control_letters(v.low), v_control_letters(v.high) };
}

// Writes the first `count` of the bytes without those of `drop`, those of `insert` after `what`. `from`: where they
// stand in memory, or nothing if that is not what they are now.
static inline uint8_t *put_edited(uint8_t *o, v64 v, const uint8_t *from, uint64_t drop, uint64_t insert, uint8_t what,
                                  size_t count) {
  uint8_t bytes[128];
  v_store(o, v.low);
  v_store(o + 32, v.high);
  uint64_t edits = (drop | insert) & bits_below(count);
  if (!edits) return o + count;
  if (!from) {
    v_store(bytes, v.low);
    v_store(bytes + 32, v.high);
    from = bytes;
  }
  size_t done = 0;
  for (; edits; edits &= edits - 1) {
    const size_t place = bits_first(edits);
    o += place - done;
    *o = what;
    o += insert >> place & 1;
    done = place + (drop >> place & 1);
    v_store(o, v_load(from + done));
    v_store(o + 32, v_load(from + done + 32));
  }
  return o + (count - done);
}

// Writes the first `count` of the bytes without those of `drop`, which are among them. `from`: as above.
static inline uint8_t *put_kept(uint8_t *o, v64 v, const uint8_t *from, uint64_t drop, size_t count) {
  uint8_t bytes[128];
  v_store(o, v.low);
  v_store(o + 32, v.high);
  if (!drop) return o + count;
  if (!from) {
    v_store(bytes, v.low);
    v_store(bytes + 32, v.high);
    from = bytes;
  }
  size_t done = 0;
  for (; drop; drop &= drop - 1) {
    const size_t place = bits_first(drop);
    o += place - done;
    done = place + 1;
    v_store(o, v_load(from + done));
    v_store(o + 32, v_load(from + done + 32));
  }
  return o + (count - done);
}

// The places of the bits, from `at` on; up to 16 more may be written than there are.
static inline uint32_t *put_places(uint32_t *places, uint64_t bits, uint32_t at) {
  uint32_t *const end = places + __builtin_popcountll(bits);
  for (; bits; places += 8)
    for (int k = 0; k < 8; k++) {
      places[k] = at + bits_first(bits);
      bits &= bits - 1;
    }
  return end;
}

// Bare, clean fields, one for each bit of `ends`: the first starts at `start`, bit 0 stands for the byte `at`. Up to
// 64 are written, though fewer may count: what is after the last is overwritten later.
static inline void put_clean_fields(bk_field *field, uint64_t ends, uint32_t at, uint32_t start) {
  const unsigned count = (unsigned)__builtin_popcountll(ends);
  const uint32_t clean_at = at | BK_CLEAN, next_at = at + 1;
  for (unsigned i = 0; i < count; i += 8) {
    for (int k = 0; k < 8; k++) {
      uint32_t place = bits_first(ends);
      field[i + (unsigned)k] = (bk_field){ start, clean_at + place };
      start = next_at + place;
      ends &= ends - 1;
    }
  }
}
#endif

// Numbers and dates as text, without a branch a digit. Each function writes at `out`, where 24 bytes can be written
// whatever the text has, and returns the bytes of the text. CBackupKernels.h includes it.
//
//   1234567   0 1 2 3 4 5 6 7 in the bytes of a word, the highest digit first; the zeros in front are shifted out
#pragma once
#include <stddef.h>
#include <stdint.h>
#include <string.h>

// The eight digits of a number below 10^8, a byte each, the highest in the lowest byte.
static inline uint64_t bk_eight_digits(uint64_t n) {
  const uint64_t fours = (n / 10000) | (n % 10000) << 32;
  const uint64_t hundreds = ((fours * 10486) >> 20) & 0x0000007F0000007F;
  const uint64_t twos = hundreds | (fours - hundreds * 100) << 16;
  const uint64_t tens = ((twos * 103) >> 10) & 0x000F000F000F000F;
  return tens | (twos - tens * 10) << 8;
}

#define BK_ZEROS 0x3030303030303030u

// The last `count` digits of a number below 10^8; `count` is 1 to 8.
static inline void bk_put_last_digits(uint64_t n, size_t count, uint8_t *out) {
  const uint64_t text = (bk_eight_digits(n) | BK_ZEROS) >> (64 - 8 * count);
  memcpy(out, &text, 8);
}

static inline size_t bk_put_unsigned(uint64_t n, uint8_t *out) {
  uint64_t before = 0;
  size_t length = 0;
  if (n >= 100000000) {
    before = n / 100000000;
    if (before >= 100000000) {
      const uint64_t first = before / 100000000;  // at most 1844
      const uint64_t digits = bk_eight_digits(first);
      const size_t zeros = (size_t)__builtin_ctzll(digits) / 8;
      const uint64_t text = (digits | BK_ZEROS) >> (8 * zeros);
      memcpy(out, &text, 8);
      length = 8 - zeros;
      bk_put_last_digits(before - first * 100000000, 8, out + length);
      length += 8;
    } else {
      const uint64_t digits = bk_eight_digits(before);
      const size_t zeros = (size_t)__builtin_ctzll(digits) / 8;
      const uint64_t text = (digits | BK_ZEROS) >> (8 * zeros);
      memcpy(out, &text, 8);
      length = 8 - zeros;
    }
    bk_put_last_digits(n - before * 100000000, 8, out + length);
    return length + 8;
  }
  // A zero has one digit.
  const uint64_t digits = bk_eight_digits(n);
  const size_t zeros = (size_t)__builtin_ctzll(digits | 1ull << 56) / 8;
  const uint64_t text = (digits | BK_ZEROS) >> (8 * zeros);
  memcpy(out, &text, 8);
  return 8 - zeros;
}

static inline size_t bk_put_signed(int64_t n, uint8_t *out) {
  const int is_negative = n < 0;
  out[0] = '-';
  return (size_t)is_negative + bk_put_unsigned(is_negative ? 0 - (uint64_t)n : (uint64_t)n, out + is_negative);
}

// The last `count` digits of a number, zeros in front where it has fewer; up to 24.
static inline void bk_put_digits(uint64_t n, size_t count, uint8_t *out) {
  while (count > 8) {
    bk_put_last_digits(n % 100000000, 8, out + count - 8);
    n /= 100000000;
    count -= 8;
  }
  // What a store writes past its digits is written again.
  if (!count) return;
  uint64_t text = (bk_eight_digits(n % 100000000) | BK_ZEROS) >> (64 - 8 * count);
  for (size_t i = 0; i < count; i++, text >>= 8) out[i] = (uint8_t)text;
}

static const uint64_t bk_powers_of_ten[9] = { 1, 10, 100, 1000, 10000, 100000, 1000000, 10000000, 100000000 };

// A decimal whose unscaled value is `n`, of `scale` digits after the point: 0 to 8.
static inline size_t bk_put_decimal(int64_t n, size_t scale, uint8_t *out) {
  if (!scale) return bk_put_signed(n, out);
  const int is_negative = n < 0;
  const uint64_t value = is_negative ? 0 - (uint64_t)n : (uint64_t)n;
  const uint64_t unit = bk_powers_of_ten[scale];
  const uint64_t whole = scale == 2 ? value / 100 : value / unit;
  out[0] = '-';
  size_t length = (size_t)is_negative;
  length += bk_put_unsigned(whole, out + length);
  out[length++] = '.';
  bk_put_last_digits(value - whole * unit, scale, out + length);
  return length + scale;
}

// `YYYY-MM-DD`: the last four digits of the year, two of the month and the day, whether there is such a day or not.
static inline void bk_put_calendar(uint32_t year, uint32_t month, uint32_t day, uint8_t *out) {
  const uint64_t digits = bk_eight_digits(year % 10000 * 10000 + month * 100 + day) | BK_ZEROS;
  const uint64_t front =
      (digits & 0xFFFFFFFF) | (uint64_t)'-' << 32 | (digits & 0xFFFF00000000) << 8 | (uint64_t)'-' << 56;
  memcpy(out, &front, 8);
  const uint16_t back = (uint16_t)(digits >> 48);
  memcpy(out + 8, &back, 2);
}

// `HH:MM:SS` of numbers below 100.
static inline void bk_put_clock(uint32_t hours, uint32_t minutes, uint32_t seconds, uint8_t *out) {
  const uint64_t digits = bk_eight_digits(hours * 10000 + minutes * 100 + seconds) | BK_ZEROS;
  // The digits are the word's last six.
  const uint64_t text = ((digits >> 16) & 0xFFFF) | (uint64_t)':' << 16 | ((digits >> 32) & 0xFFFF) << 24 |
                        (uint64_t)':' << 40 | (digits >> 48) << 48;
  memcpy(out, &text, 8);
}

// `YYYY-MM-DD` of days since 1970 in the Gregorian calendar, for the years 0 to 9999: -719528 to 2932896 days.
static inline void bk_put_date(int32_t days, uint8_t *out) {
  // Years that begin in March end with the leap day; 400 of them are an era of as many days.
  const uint32_t shifted = (uint32_t)(days + 719468 + 146097), era = shifted / 146097, day_of_era = shifted % 146097;
  const uint32_t year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  const uint32_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const uint32_t march = (5 * day_of_year + 2) / 153, day = day_of_year - (153 * march + 2) / 5 + 1;
  const uint32_t month = march < 10 ? march + 3 : march - 9;
  const uint32_t year = year_of_era + era * 400 - 400 + (month <= 2);
  bk_put_calendar(year, month, day, out);
}

// `HH:MM:SS` of seconds of a day.
static inline void bk_put_time(uint32_t seconds, uint8_t *out) {
  const uint32_t minutes = seconds / 60, hours = minutes / 60;
  bk_put_clock(hours, minutes - hours * 60, seconds - minutes * 60, out);
}

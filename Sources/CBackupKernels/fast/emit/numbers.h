// Whether a row's numbers are as JSON has them: digits, or digits with one point between them, after a minus or none;
// no zero leads but one that stands alone or before the point. Columns of numbers that stand side by side are asked 64
// bytes at a time.
//
//   bytes     1 2 , - 0 . 5 0 , 7 ,      a run of three numbers, and the delimiter after it
//   starts    #     #           #        after each delimiter
//   firsts    #       #         #        the same, after the minus: a digit each
//   digits    # #     #   # #   #
//   points              #                between two digits; the digits after one end at a delimiter
#pragma once
#include "../../kernels.h"
#include "../block64.h"
#include "emitter.h"

// One number, of at most 32 bytes.
static inline __attribute__((always_inline)) int is_plain_number(const uint8_t *text, size_t length) {
  const size_t minus = (*text == '-') & (length > 0);
  text += minus;
  length -= minus;
  const uint64_t digits = v_bits(v_digits(v_load(text))), other = ~digits & bits_below(length);
  const int leads = (uint8_t)(*text - '1') < 9, zero = (int)digits & 1;
  if (other == 0) return (leads & (length > 0)) | (zero & (length == 1));
  const size_t point = bits_first(other);
  return ((other & (other - 1)) == 0) & (text[point] == '.') & (point + 1 < length) & (leads | (zero & (point == 1)));
}

// The numbers in in[from..<to], with the same delimiter between any two. `empties`: nothing is a number, too (it is
// NULL).
static inline __attribute__((always_inline)) int are_plain_numbers(const uint8_t *in, size_t from, size_t to,
                                                                   uint8_t delimiter, const int empties) {
  uint64_t wrong = 0;
  for (size_t length;; from += length + 1) {
    const v64 v = v64_load(in + from);
    uint64_t delimiters = v64_equal(v, delimiter);
    length = to - from;
    if (length > 63) {  // as many whole numbers as there are here
      if (!delimiters) return 0;
      length = 63 - (size_t)__builtin_clzll(delimiters);
    }
    const uint64_t here = bits_below(length), end = 1ull << length;
    const uint64_t digits = v64_digits(v) & here, points = v64_equal(v, '.') & here, minus = v64_equal(v, '-') & here,
                   zeros = v64_equal(v, '0');
    delimiters &= here;
    const uint64_t starts = delimiters << 1 | 1, signed_starts = starts & minus, unsigned_starts = starts & ~minus;
    const uint64_t firsts = unsigned_starts | signed_starts << 1;
    wrong |= here & ~(digits | points | delimiters | signed_starts);
    wrong |= (empties ? unsigned_starts & ~(delimiters | end) : unsigned_starts) & ~digits;
    wrong |= signed_starts << 1 & ~digits;
    wrong |= (firsts & zeros) << 1 & digits;
    wrong |= points & ~(digits << 1 & digits >> 1);
    wrong |= ((points << 1) + digits) & ~digits & points;
    if (from + length >= to) return !wrong;
  }
}

// Runs of columns whose values are numbers, found once a call.
static inline void find_number_runs(emitter *e) {
  const bk_plan *plan = e->plan;
  e->run_count = 0;
  e->has_all_runs = 1;
  for (uint32_t i = 0; i < plan->column_count; i++) {
    if (plan->columns[i].rule != BK_RULE_NUMBER && plan->columns[i].rule != BK_RULE_NUMBER_TEXT) continue;
    number_run *run = &e->runs[e->run_count];
    if (e->run_count > 0 && run[-1].past == i) {
      run[-1].past++;
      continue;
    }
    if (e->run_count == NUMBER_RUNS) {
      e->has_all_runs = 0;
      return;
    }
    *run = (number_run){ i, i + 1 };
    e->run_count++;
  }
}

// Whether all numbers of a clean row are plain. Where not, each field is to be asked.
static inline __attribute__((always_inline)) int row_has_plain_numbers(const emitter *e, const bk_field *fields,
                                                                       const int empties) {
  const uint8_t *const in = e->batch->in;
  for (uint32_t r = 0; r < e->run_count; r++) {
    const bk_field *field = fields + e->runs[r].first, *const past = fields + e->runs[r].past;
    const uint8_t delimiter = in[bk_end(*field)];  // after a field without quotes
    const int ends_numbers = delimiter != '-' && delimiter != '.' && (uint8_t)(delimiter - '0') > 9;
    if (past - field > 2 && bk_kind(*field) == BK_BARE && ends_numbers) {
      if (!are_plain_numbers(in, bk_start(*field), bk_end(past[-1]), delimiter, empties)) return 0;
      continue;
    }
    for (; field < past; field++) {
      const int is_null = empties && bk_end(*field) == field->start;  // quotes around nothing are not NULL
      if (!is_plain_number(in + bk_start(*field), bk_end(*field) - bk_start(*field)) && !is_null) return 0;
    }
  }
  return e->has_all_runs;
}

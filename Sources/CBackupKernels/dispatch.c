// Which implementation runs: the fastest this CPU has, or the one that SLUICE_KERNELS names.
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include "kernels.h"

static const bk_kernels plain = { "plain",
                                  bk_mark_csv_plain,
                                  bk_mark_tuples_plain,
                                  bk_emit_plain,
                                  bk_utf8_valid_prefix_plain,
                                  bk_unescape_plain,
                                  bk_json_index_plain,
                                  bk_array_plain,
                                  bk_decode_base64_plain,
                                  bk_join_base64_plain,
                                  bk_count_csv_plain,
                                  bk_json_line_plain };
extern const bk_kernels bk_kernels_sse2, bk_kernels_avx2, bk_kernels_avx512, bk_kernels_neon;

const bk_kernels *bk_kernels_at(size_t index) {
  if (index == 0) return &plain;
#if defined(__x86_64__)
  if (index == 1) return &bk_kernels_sse2;
  // Hypervisors may hide one of these without the others.
  if (index == 2 && __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") && __builtin_cpu_supports("bmi2") &&
      __builtin_cpu_supports("popcnt") && __builtin_cpu_supports("pclmul"))
    return &bk_kernels_avx2;
  if (index == 3 && bk_kernels_at(2) && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl") &&
      __builtin_cpu_supports("avx512vbmi2"))
    return &bk_kernels_avx512;
#elif defined(__aarch64__)
  if (index == 1) return &bk_kernels_neon;
#endif
  return NULL;
}

static const bk_kernels *choose(void) {
  const char *wanted = getenv("SLUICE_KERNELS");
  const bk_kernels *best = &plain;
  for (size_t i = 0; bk_kernels_at(i); i++) {
    best = bk_kernels_at(i);
    if (wanted && !strcmp(wanted, best->name)) break;
  }
  return best;
}

const bk_kernels *bk_kernels_in_use(void) {
  static _Atomic(const bk_kernels *) chosen;
  const bk_kernels *kernels = atomic_load_explicit(&chosen, memory_order_relaxed);
  // every thread chooses the same
  if (!kernels) atomic_store_explicit(&chosen, kernels = choose(), memory_order_relaxed);
  return kernels;
}

void bk_mark_csv(const uint8_t *in, size_t from, size_t len, int at_end, const bk_csv *csv, bk_marks *marks) {
  bk_kernels_in_use()->mark_csv(in, from, len, at_end, csv, marks);
}
int bk_count_csv(const uint8_t *in, size_t from, size_t len, const bk_csv *csv, const bk_marks *marks,
                 bk_counted *counted) {
  return bk_kernels_in_use()->count_csv(in, from, len, csv, marks, counted);
}
void bk_mark_tuples(const uint8_t *in, size_t from, size_t len, int at_end, const bk_sql *sql, bk_marks *marks) {
  bk_kernels_in_use()->mark_tuples(in, from, len, at_end, sql, marks);
}
bk_emitted bk_emit(const bk_batch *batch, const bk_plan *plan, size_t first_row, uint8_t *out, size_t capacity,
                   uint8_t *scratch) {
  return bk_kernels_in_use()->emit(batch, plan, first_row, out, capacity, scratch);
}
size_t bk_utf8_valid_prefix(const uint8_t *text, size_t length) {
  return bk_kernels_in_use()->utf8_valid_prefix(text, length);
}
size_t bk_unescape(const bk_batch *batch, const bk_plan *plan, bk_field field, uint8_t *out) {
  return bk_kernels_in_use()->unescape(batch, plan, field, out);
}

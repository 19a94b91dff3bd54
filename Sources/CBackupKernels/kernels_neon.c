// The fast kernels for any 64-bit ARM CPU.
#if defined(__aarch64__)
#include <stdint.h>
#include "fast/all.h"

const bk_kernels bk_kernels_neon = { "neon", mark_csv_fast, mark_tuples_fast, emit_fast, utf8_valid_prefix_fast };
#endif

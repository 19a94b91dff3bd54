// The fast kernels for any x86-64 CPU.
#if defined(__x86_64__)
#include <stdint.h>
#include "fast/all.h"

const bk_kernels bk_kernels_sse2 = { "sse2", mark_csv_fast, mark_tuples_fast, emit_fast, utf8_valid_prefix_fast };
#endif

// The fast kernels for any x86-64 CPU.
#if defined(__x86_64__)
#include <stdint.h>
#include "fast/all.h"

const bk_kernels bk_kernels_sse2 = BK_FAST_KERNELS("sse2");
#endif

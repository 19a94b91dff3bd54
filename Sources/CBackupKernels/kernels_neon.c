// The fast kernels for any 64-bit ARM CPU.
#if defined(__aarch64__)
#include <stdint.h>
#include "fast/all.h"

const bk_kernels bk_kernels_neon = BK_FAST_KERNELS("neon");
#endif

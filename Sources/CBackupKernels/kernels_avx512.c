// The fast kernels for x86-64 CPUs with AVX-512 as of Ice Lake and Zen 4 (2019, 2022). dispatch.c calls them only
// there.
#if defined(__x86_64__)
#define BK_AVX512
#include <stdint.h>
#include <immintrin.h>
#pragma clang attribute push(                                                                                          \
    __attribute__((target("avx2,bmi,bmi2,lzcnt,popcnt,pclmul,avx512f,avx512bw,avx512vl,avx512vbmi2"))),                \
    apply_to = function)
#include "fast/all.h"
#pragma clang attribute pop

const bk_kernels bk_kernels_avx512 = BK_FAST_KERNELS("avx512");
#endif

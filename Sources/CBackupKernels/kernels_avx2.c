// The fast kernels for x86-64 CPUs with AVX2 (2013 and later). dispatch.c calls them only there.
#if defined(__x86_64__)
#define BK_AVX2
#include <stdint.h>
#include <immintrin.h>
#pragma clang attribute push(__attribute__((target("avx2,bmi,bmi2,lzcnt,popcnt,pclmul"))), apply_to = function)
#include "fast/all.h"
#pragma clang attribute pop

const bk_kernels bk_kernels_avx2 = BK_FAST_KERNELS("avx2");
#endif

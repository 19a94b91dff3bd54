// The vectors of 32 bytes that the fast kernels are written in: those that the file which includes them has chosen
// (kernels_avx2.c, kernels_avx512.c), else those that every CPU of the architecture has.
#pragma once
#include <stdint.h>
#if defined(__aarch64__)
#include "simd_neon.h"
#elif defined(BK_AVX512)
#include "simd_avx512.h"
#elif defined(BK_AVX2)
#include "simd_avx2.h"
#elif defined(__x86_64__)
#include "simd_sse2.h"
#endif

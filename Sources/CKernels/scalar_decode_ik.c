// Decoding in portable C of the formats of ik_llama.cpp.
#include "tables.h"
#include "unpack.h"

INLINE void put_numbers(float *y, const uint8_t codes[256], const int8_t *values, int count, const float scales[16]) {
    (void)count;
    for (int s = 0; s < 16; s++) {
        for (int l = 0; l < 16; l++) y[16 * s + l] = scales[s] * (float)values[codes[16 * s + l]];
    }
}

#define NAME(kernel) scalar_##kernel
#include "ik_codebook_kernels.h"
#include "ik_other_kernels.h"

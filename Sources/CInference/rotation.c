// Rotations of pairs of numbers; two products and their sum, each rounded.
#include "CInference.h"

#pragma STDC FP_CONTRACT OFF
#pragma clang fp contract(off)

void hifi_rotate_halves(float *x, const float *cosines, const float *sines, size_t half) {
    for (size_t i = 0; i < half; i++) {
        const float a = x[i], b = x[i + half];
        x[i] = a * cosines[i] - b * sines[i];
        x[i + half] = a * sines[i] + b * cosines[i];
    }
}

void hifi_rotate_pairs(float *x, const float *cosines, const float *sines, size_t half) {
    for (size_t i = 0; i < half; i++) {
        const float a = x[2 * i], b = x[2 * i + 1];
        x[2 * i] = a * cosines[i] - b * sines[i];
        x[2 * i + 1] = a * sines[i] + b * cosines[i];
    }
}

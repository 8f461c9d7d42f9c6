// Vectors of LANES values for the encoders: each lane does what the reference does for one sub-block, operation by
// operation, so that no sum is taken in another order. The compiler maps them to whatever registers the including file
// allows; LANES is chosen there.
#ifndef HIFI_ENCODE_LANES_H
#define HIFI_ENCODE_LANES_H

#include "activation.h"

// Vectors wider than a register are passed in memory, differently by instruction set. Only inlined functions take them.
#pragma clang diagnostic ignored "-Wpsabi"

typedef float lanes_f __attribute__((ext_vector_type(LANES)));
typedef int32_t lanes_i __attribute__((ext_vector_type(LANES)));

/// Sub-blocks that are searched together, all lanes of one to a few vectors.
enum { COLUMNS = 64 };

_Static_assert(COLUMNS % LANES == 0, "whole vectors");

INLINE lanes_f load_lanes(const float *p) { lanes_f v; memcpy(&v, p, sizeof v); return v; }
INLINE void store_lanes(float *p, lanes_f v) { memcpy(p, &v, sizeof v); }
INLINE lanes_f all_lanes(float x) { return (lanes_f)x; }
INLINE lanes_f magnitude_lanes(lanes_f v) { return (lanes_f)((lanes_i)v & 0x7FFFFFFF); }
INLINE int any_lane(lanes_i mask) { return __builtin_reduce_or(mask) != 0; }

/// 1.5 * 2^23: what is added to it is rounded to an integer, to nearest, ties to even.
#define LIFT 12582912.0f

/// nearest(v), held to low ... high, for any v (ENC-04).
INLINE lanes_f nearest_any(lanes_f v, int low, int high) {
    lanes_i code = ((lanes_i)(v + LIFT) & 0x7FFFFF) - 0x400000;
    code = __builtin_elementwise_max(code, (lanes_i)low);
    code = __builtin_elementwise_min(code, (lanes_i)high);
    return __builtin_convertvector(code, lanes_f);
}

/// The same where |v| is known not to exceed 2^22: held and lowered as floats, both exact.
INLINE lanes_f nearest_small(lanes_f v, int low, int high) {
    const lanes_f least = all_lanes(LIFT + (float)low), most = all_lanes(LIFT + (float)high);
    lanes_f lifted = v + LIFT;
    lifted = lifted < least ? least : lifted;
    lifted = lifted > most ? most : lifted;
    return lifted - LIFT;
}

/// nearest(v) of one value.
INLINE int32_t nearest(float v) { return (int32_t)(bits_of(v + LIFT) & 0x7FFFFF) - 0x400000; }

INLINE int32_t held(int32_t v, int32_t low, int32_t high) { return v < low ? low : v > high ? high : v; }

/// Groups whose largest magnitude is below this become zero.
#define NEGLIGIBLE 1e-15f

/// Sixteen weights at a time, in the order of the block.
typedef float sixteen_f __attribute__((ext_vector_type(16)));
typedef int32_t sixteen_i __attribute__((ext_vector_type(16)));
typedef uint8_t sixteen_b __attribute__((ext_vector_type(16)));
typedef uint8_t bytes32 __attribute__((ext_vector_type(32)));

/// code = nearest((x + minimum) / step) held to low ... high, less low; `minimum` is left out by passing NULL.
INLINE void requantize16(const float *x, const float *minimum, float step, int low, int high, uint8_t *codes) {
    sixteen_f v;
    memcpy(&v, x, sizeof v);
    if (minimum != NULL) v = v + (sixteen_f)*minimum;
    v = v / (sixteen_f)step;
    sixteen_i code = ((sixteen_i)(v + LIFT) & 0x7FFFFF) - 0x400000;
    code = __builtin_elementwise_max(code, (sixteen_i)low);
    code = __builtin_elementwise_min(code, (sixteen_i)high) - low;
    const sixteen_b bytes = __builtin_convertvector(code, sixteen_b);
    memcpy(codes, &bytes, sizeof bytes);
}

INLINE bytes32 load_bytes32(const uint8_t *p) { bytes32 v; memcpy(&v, p, sizeof v); return v; }
INLINE void store_bytes32(uint8_t *p, bytes32 v) { memcpy(p, &v, sizeof v); }

typedef float four_f __attribute__((ext_vector_type(4)));

INLINE void transpose4(four_f *r) {
    const four_f a = __builtin_shufflevector(r[0], r[1], 0, 4, 1, 5), b = __builtin_shufflevector(r[0], r[1], 2, 6, 3, 7);
    const four_f c = __builtin_shufflevector(r[2], r[3], 0, 4, 1, 5), d = __builtin_shufflevector(r[2], r[3], 2, 6, 3, 7);
    r[0] = __builtin_shufflevector(a, c, 0, 1, 4, 5);
    r[1] = __builtin_shufflevector(a, c, 2, 3, 6, 7);
    r[2] = __builtin_shufflevector(b, d, 0, 1, 4, 5);
    r[3] = __builtin_shufflevector(b, d, 2, 3, 6, 7);
}

/// Sub-blocks of `values` weights, one after another, to out[values][COLUMNS], from column `first` on.
INLINE void transpose(const float *x, int values, int columns, float *out, int first) {
    for (int c = 0; c < columns; c += 4) {
        for (int i = 0; i < values; i += 4) {
            four_f r[4];
            for (int k = 0; k < 4; k++) memcpy(&r[k], x + (c + k) * values + i, sizeof r[k]);
            transpose4(r);
            for (int k = 0; k < 4; k++) memcpy(out + (i + k) * COLUMNS + first + c, &r[k], sizeof r[k]);
        }
    }
}

#endif

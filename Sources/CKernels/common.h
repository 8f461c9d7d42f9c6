// What all kernels share: loads of any alignment, strict fp32, stored outliers. Everything is static and inlined, so
// that it takes on the instruction set of the kernel that uses it.
#ifndef HIFI_COMMON_H
#define HIFI_COMMON_H

#include <math.h>
#include <string.h>

#include "CKernels.h"
#include "blocks.h"

#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__
#error "the kernels read little-endian scalars as they lie in memory"
#endif

// NUM-01: no two operations are contracted into a fused one. Kernels that may fuse call an intrinsic.
#pragma STDC FP_CONTRACT OFF
#pragma clang fp contract(off)

#define INLINE static inline __attribute__((always_inline, unused))

/// A loop of a constant number of steps, unrolled whole, so that what it indexes stays in registers.
#define EACH(variable, count) _Pragma("clang loop unroll(full)") for (int variable = 0; variable < (count); variable++)

INLINE uint16_t load16(const uint8_t *p) { uint16_t v; memcpy(&v, p, sizeof v); return v; }
INLINE uint32_t load32(const uint8_t *p) { uint32_t v; memcpy(&v, p, sizeof v); return v; }
INLINE uint64_t load64(const uint8_t *p) { uint64_t v; memcpy(&v, p, sizeof v); return v; }
INLINE float loadf32(const uint8_t *p) { float v; memcpy(&v, p, sizeof v); return v; }
INLINE uint32_t bits_of(float x) { uint32_t v; memcpy(&v, &x, sizeof v); return v; }
INLINE float float_of(uint32_t x) { float v; memcpy(&v, &x, sizeof v); return v; }

/// fp16 → fp32 in integer arithmetic (NUM-03). Normal numbers by re-biasing; subnormals by an exact subtraction.
INLINE float half_to_float(uint16_t h) {
    const uint32_t sign = (uint32_t)(h & 0x8000) << 16, magnitude = h & 0x7FFF;
    // All three are formed and one is chosen, so that loops over values become vector code.
    const uint32_t special = 0x7F800000 | (magnitude & 0x3FF) << 13 | (magnitude > 0x7C00 ? 0x00400000 : 0);
    const uint32_t normal = (magnitude << 13) + (112u << 23);
    const uint32_t subnormal = bits_of(float_of(0x38800000 | magnitude << 13) - float_of(0x38800000));
    return float_of(sign | (magnitude >= 0x7C00 ? special : magnitude >= 0x0400 ? normal : subnormal));
}

#if defined(HIFI_F16C)
// The instruction is exact, keeps subnormals, and makes a signalling NaN quiet with its payload, as NUM-03 asks.
// The empty statement keeps the compiler from inserting the two bytes into whatever vector register is at hand: if that
// is a running total, each block would wait for the one before.
INLINE float loadf16(const uint8_t *p) {
    uint32_t bits = load16(p);
    __asm__("" : "+r"(bits));
    return _mm_cvtss_f32(_mm_cvtph_ps(_mm_cvtsi32_si128((int)bits)));
}
#elif defined(__aarch64__)
// FCVT does the same; the compiler has it do so for this type wherever it is.
INLINE float loadf16(const uint8_t *p) { __fp16 v; memcpy(&v, p, sizeof v); return (float)v; }
#else
INLINE float loadf16(const uint8_t *p) { return half_to_float(load16(p)); }
#endif

/// NUM-09.
INLINE float e4m3_to_float(uint8_t c) {
    return c == 0 ? 0.0f : float_of((uint32_t)(c & 0x80) << 24 | ((uint32_t)(c >> 3 & 15) + 120) << 23 | (uint32_t)(c & 7) << 20);
}

/// 2^(e - 128), of which the first two are subnormal (NUM-08).
INLINE float e8m0_half_to_float(uint8_t e) { return float_of(e < 2 ? 0x00200000u << e : (uint32_t)(e - 1) << 23); }

/// a + b; if both are NaN the left one, made quiet (NUM-04), whatever order the compiler puts the operands in.
INLINE float strict_add(float a, float b) {
    if (a != a) return float_of(bits_of(a) | 0x00400000);
    return a + b;
}

// --- Stored outliers -------------------------------------------------------------------------------------------------

INLINE unsigned outliers_used(const hifi_outliers *o, const uint8_t *block) {
    if (!o->has_count) return o->slots;
    const unsigned count = block[o->count_at] & o->count_mask;
    return count < o->count_max ? count : o->count_max;
}

INLINE unsigned outliers_mode(const hifi_outliers *o, const uint8_t *block) {
    return o->switch_mask && (block[o->switch_at] & o->switch_mask) ? o->switched_mode : o->mode;
}

/// The block's residual scale as the value rule first uses it; 0 if values are fp16.
INLINE float outliers_scale(const hifi_outliers *o, const uint8_t *block) {
    if (o->value == HIFI_VALUE_F16) return 0;
    const uint8_t *p = block + o->scale_at;
    const float scale = o->scale == HIFI_SCALE_F32 ? loadf32(p) : o->scale == HIFI_SCALE_F16 ? loadf16(p) : e4m3_to_float(*p);
    return o->value == HIFI_VALUE_127TH_SCALED ? scale * (1.0f / 127.0f) : scale;
}

INLINE float outliers_value(const hifi_outliers *o, const uint8_t *block, float scale, unsigned slot) {
    if (o->value == HIFI_VALUE_F16) return loadf16(block + o->value_at + 2 * slot);
    const float code = (float)(int8_t)block[o->value_at + slot];
    return scale * (o->value == HIFI_VALUE_SCALED_127TH ? code / 127.0f : code);
}

/// Whether two of the eight bytes are equal: turned by one to four places they meet every other, and only equal ones
/// leave a zero byte.
INLINE int repeats_a_byte(uint64_t v) {
    uint64_t zero = 0;
    for (int turn = 1; turn <= 4; turn++) {
        const uint64_t difference = v ^ (v << 8 * turn | v >> (64 - 8 * turn));
        zero |= (difference - 0x0101010101010101) & ~difference;
    }
    return (zero & 0x8080808080808080) != 0;
}

/// Bit k is set if slot k acts once all slots in use have acted in order: of a repeated position that replaces the last
/// one does, or the first where the format says so.
INLINE unsigned outliers_acting(const hifi_outliers *o, const uint8_t *block, unsigned used, unsigned mode) {
    const uint8_t *index = block + o->index_at;
    unsigned acting = (1u << used) - 1;
    if (mode == HIFI_ADD && !o->first_only) return acting;
    if (used == 8 && !repeats_a_byte(load64(index))) return acting;
    for (unsigned later = 1; later < used; later++) {
        for (unsigned earlier = 0; earlier < later; earlier++) {
            if (index[earlier] == index[later]) acting &= ~(1u << (o->first_only ? later : earlier));
        }
    }
    return acting;
}

/// Eight fp16 values that replace: what r6, r12 and r13 have, and what has a path of its own.
INLINE int replaces_eight(const hifi_outliers *o) {
    return o->mode == HIFI_REPLACE && o->value == HIFI_VALUE_F16 && o->slots == 8 && !o->first_only && !o->switch_mask &&
           !o->wide_index;
}

/// Up to eight byte residuals times a scale, added: what RES8 has.
INLINE int adds_eight(const hifi_outliers *o) {
    return o->mode == HIFI_ADD && o->value == HIFI_VALUE_SCALED && o->slots == 8 && !o->first_only && !o->switch_mask &&
           !o->wide_index;
}

/// Lets the slots act on a decoded block.
INLINE void outliers_apply(const hifi_outliers *o, const uint8_t *block, float *out) {
    if (o->mode == HIFI_NO_OUTLIERS) return;
#if defined(HIFI_F16C)
    if (replaces_eight(o)) {
        float values[8];
        _mm256_storeu_ps(values, _mm256_cvtph_ps(_mm_loadu_si128((const __m128i *)(block + o->value_at))));
        const uint64_t positions = load64(block + o->index_at);
        const unsigned in_use = outliers_used(o, block);
        if (in_use == 8) {
            for (unsigned k = 0; k < 8; k++) out[positions >> (8 * k) & 255] = values[k];
        } else {
            for (unsigned k = 0; k < in_use; k++) out[positions >> (8 * k) & 255] = values[k];
        }
        return;
    }
    const float finite = adds_eight(o) ? outliers_scale(o, block) : INFINITY;
    if (finite - finite == 0) {
        // No value is a NaN, so the order of operands does not matter (NUM-04).
        const __m256i residuals = _mm256_cvtepi8_epi32(_mm_loadl_epi64((const __m128i *)(block + o->value_at)));
        float values[8];
        _mm256_storeu_ps(values, _mm256_mul_ps(_mm256_set1_ps(finite), _mm256_cvtepi32_ps(residuals)));
        const uint64_t positions = load64(block + o->index_at);
        const unsigned in_use = outliers_used(o, block);
        for (unsigned k = 0; k < in_use; k++) out[positions >> (8 * k) & 255] += values[k];
        return;
    }
#endif
    const unsigned used = outliers_used(o, block), mode = outliers_mode(o, block);
    const uint8_t *index = block + o->index_at;
    const float scale = outliers_scale(o, block);
    const unsigned acting = o->first_only ? outliers_acting(o, block, used, mode) : ~0u;
    for (unsigned k = 0; k < used; k++) {
        if (!(acting >> k & 1)) continue;
        const unsigned position = o->wide_index ? load16(index + 2 * k) : index[k];
        if (position > 255) continue;
        const float value = outliers_value(o, block, scale, k);
        out[position] = mode == HIFI_ADD ? strict_add(value, out[position]) : value;
    }
}

/// A weight taken apart: d * product - dmin * minimum, both integers.
typedef struct { int32_t product, minimum; } weight_parts;

/// What the outliers of a block change in its integer sums, and what they add.
typedef struct { int32_t product, minimum; float sum; } outlier_terms;

/// A slot's value times its activation `a` and the activation's scale. The activation comes first, so that nothing
/// overflows on the way to a result that does not.
INLINE float outliers_product(const hifi_outliers *o, const uint8_t *block, float scale, unsigned slot, int32_t a, float yd) {
    if (o->value == HIFI_VALUE_F16) return loadf16(block + o->value_at + 2 * slot) * ((float)a * yd);
    const float product = (float)((int8_t)block[o->value_at + slot] * a) * yd;
    return (o->value == HIFI_VALUE_SCALED_127TH ? product / 127.0f : product) * scale;
}

INLINE outlier_terms outliers_terms(
    const hifi_outliers *o, const uint8_t *block, const int8_t *q8, float yd, weight_parts (*part)(const uint8_t *, unsigned)) {
    outlier_terms terms = {0, 0, 0};
    const unsigned used = outliers_used(o, block), mode = outliers_mode(o, block);
    const uint8_t *index = block + o->index_at;
    const float scale = outliers_scale(o, block);
    const unsigned acting = outliers_acting(o, block, used, mode);
    for (unsigned k = 0; k < used; k++) {
        if (!(acting >> k & 1)) continue;
        const int32_t a = q8[index[k]];
        terms.sum += outliers_product(o, block, scale, k, a, yd);
        if (mode == HIFI_ADD) continue;
        const weight_parts base = part(block, index[k]);
        terms.product += base.product * a;
        terms.minimum += base.minimum * a;
    }
    return terms;
}

#endif

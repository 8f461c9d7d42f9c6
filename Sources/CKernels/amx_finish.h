// What tile products leave to the vector units: sums converted, scaled and added to totals, totals turned from rows to columns.
//
// Part of the kernel's text (amx_gemm.h). Vectors of sixteen in portable C; two operations have an instruction of their own.
#ifndef HIFI_AMX_FINISH_H
#define HIFI_AMX_FINISH_H

#include "amx_panel.h"

// Vectors wider than a register are passed in memory, differently by instruction set. Only inlined functions take them.
#pragma clang diagnostic ignored "-Wpsabi"

typedef float f32x16 __attribute__((vector_size(64)));
typedef int32_t i32x16 __attribute__((vector_size(64)));
typedef uint32_t u32x16 __attribute__((vector_size(64)));
typedef int8_t i8x16 __attribute__((vector_size(16)));

INLINE f32x16 load_f32x16(const void *p) { f32x16 v; memcpy(&v, p, sizeof v); return v; }
INLINE u32x16 load_u32x16(const void *p) { u32x16 v; memcpy(&v, p, sizeof v); return v; }
INLINE f32x16 all_f32(float x) { return (f32x16){x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x}; }
INLINE f32x16 fused(f32x16 a, f32x16 b, f32x16 c) { return __builtin_elementwise_fma(a, b, c); }
INLINE f32x16 floats_of(u32x16 v) { return __builtin_convertvector((i32x16)v, f32x16); }

/// sum[n] += low half of `pair` * low half of pairs[n] + upper half * upper half.
INLINE u32x16 add_pair_products(u32x16 sum, uint32_t pair, u32x16 pairs) {
#if defined(HIFI_AMX_EMULATED)
    for (int n = 0; n < 16; n++) {
        const int32_t first = (int16_t)pairs[n], second = (int16_t)(pairs[n] >> 16);
        sum[n] += (uint32_t)((int16_t)pair * first + (int16_t)(pair >> 16) * second);
    }
    return sum;
#else
    return (u32x16)_mm512_dpwssd_epi32((__m512i)sum, _mm512_set1_epi32((int)pair), (__m512i)pairs);
#endif
}

/// Sixteen rows of sixteen numbers to columns.
INLINE void turn16(f32x16 a[16]) {
    f32x16 b[16];
    EACH(i, 8) {
        b[2 * i] = __builtin_shufflevector(a[2 * i], a[2 * i + 1], 0, 16, 1, 17, 4, 20, 5, 21, 8, 24, 9, 25, 12, 28, 13, 29);
        b[2 * i + 1] = __builtin_shufflevector(a[2 * i], a[2 * i + 1], 2, 18, 3, 19, 6, 22, 7, 23, 10, 26, 11, 27, 14, 30, 15, 31);
    }
    EACH(i, 4) {
        a[4 * i] = __builtin_shufflevector(b[4 * i], b[4 * i + 2], 0, 1, 16, 17, 4, 5, 20, 21, 8, 9, 24, 25, 12, 13, 28, 29);
        a[4 * i + 1] = __builtin_shufflevector(b[4 * i], b[4 * i + 2], 2, 3, 18, 19, 6, 7, 22, 23, 10, 11, 26, 27, 14, 15, 30, 31);
        a[4 * i + 2] = __builtin_shufflevector(b[4 * i + 1], b[4 * i + 3], 0, 1, 16, 17, 4, 5, 20, 21, 8, 9, 24, 25, 12, 13, 28, 29);
        a[4 * i + 3] = __builtin_shufflevector(b[4 * i + 1], b[4 * i + 3], 2, 3, 18, 19, 6, 7, 22, 23, 10, 11, 26, 27, 14, 15, 30, 31);
    }
    // a[4 g + c] has columns c, c + 4, c + 8, c + 12 of rows 4 g to 4 g + 3 in its four quarters.
    EACH(c, 4) {
        const f32x16 low01 = __builtin_shufflevector(a[c], a[4 + c], 0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23);
        const f32x16 high01 = __builtin_shufflevector(a[c], a[4 + c], 8, 9, 10, 11, 12, 13, 14, 15, 24, 25, 26, 27, 28, 29, 30, 31);
        const f32x16 low23 = __builtin_shufflevector(a[8 + c], a[12 + c], 0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23);
        const f32x16 high23 =
            __builtin_shufflevector(a[8 + c], a[12 + c], 8, 9, 10, 11, 12, 13, 14, 15, 24, 25, 26, 27, 28, 29, 30, 31);
        b[c] = __builtin_shufflevector(low01, low23, 0, 1, 2, 3, 8, 9, 10, 11, 16, 17, 18, 19, 24, 25, 26, 27);
        b[c + 4] = __builtin_shufflevector(low01, low23, 4, 5, 6, 7, 12, 13, 14, 15, 20, 21, 22, 23, 28, 29, 30, 31);
        b[c + 8] = __builtin_shufflevector(high01, high23, 0, 1, 2, 3, 8, 9, 10, 11, 16, 17, 18, 19, 24, 25, 26, 27);
        b[c + 12] = __builtin_shufflevector(high01, high23, 4, 5, 6, 7, 12, 13, 14, 15, 20, 21, 22, 23, 28, 29, 30, 31);
    }
    EACH(i, 16) a[i] = b[i];
}

// --- Totals ----------------------------------------------------------------------------------------------------------

enum {
    PANEL_STRIPS = 8,
    /// Groups that are multiplied together.
    SET = 2,
    SET_SUMS = SET * 256,
    /// Sums of a job: two strips, the two parts of one, or of FLOATED four sub-blocks.
    JOB_SUMS = 4 * SET_SUMS,
    TOTALS = PANEL_STRIPS * SET_SUMS,
    /// 32-bit numbers before the panel: sums twice, totals twice, half a block.
    ROOM = 2 * JOB_SUMS + 2 * TOTALS + SET_SUMS,
};

/// What tiles leave behind for the vector units.
typedef struct {
    const uint32_t *sums;
    const uint8_t *strip, *group[SET];
    float *totals;  // f32 [2][16][16] for each strip: groups, rows, columns
    float *block;   // FLOATED: the same of the block's first half
    int half;       // FLOATED
    int first;      // the totals' first block: they begin with zero
} finishing;

#define EACH_GROUP(c) EACH(c, SET)

INLINE f32x16 total_at(const finishing *t, const float *place) { return t->first ? all_f32(0) : load_f32x16(place); }

/// Activations at a position, sixteen columns.
INLINE f32x16 activations_at(const uint8_t *group, uint32_t position) {
    const u32x16 four = load_u32x16(group + 64 * (position / 4));
#if defined(HIFI_AMX_EMULATED)
    return floats_of((u32x16)((i32x16)(four << (24 - 8 * (position % 4))) >> 24));
#else
    static const uint32_t ones[4] = {1, 1 << 8, 1 << 16, 1 << 24};
    const __m512i one = _mm512_set1_epi32((int)ones[position % 4]);
    return floats_of((u32x16)_mm512_dpbusd_epi32(_mm512_setzero_si512(), one, (__m512i)four));
#endif
}

/// Rows first to first + 3 of a strip of WHOLE, whose sums begin at `sums`.
INLINE void finish_whole(strip_shape s, const finishing *t, const uint8_t *strip, const uint32_t *sums, float *totals, int first) {
    f32x16 yd[SET];
    EACH_GROUP(c) yd[c] = load_f32x16(t->group[c] + GROUP_D);
    EACH(row, 4) {
        const int r = first + row;
        const f32x16 d = all_f32(loadf32(strip + s.d_at + 4 * r));
        f32x16 total[SET];
        EACH_GROUP(c) {
            const f32x16 sum = floats_of(load_u32x16(sums + 256 * c + 16 * r));
            total[c] = fused(sum, d * yd[c], total_at(t, totals + 256 * c + 16 * r));
        }
        if (s.sparse) {
            const uint64_t positions = load64(strip + s.positions_at + 8 * r);
            f32x16 terms[SET];
            EACH_GROUP(c) terms[c] = all_f32(0);
            EACH(k, 8) {
                const uint32_t position = positions >> (8 * k) & 255;
                const f32x16 value = all_f32(loadf32(strip + s.values_at + 32 * r + 4 * k));
                EACH_GROUP(c) terms[c] = fused(activations_at(t->group[c], position), value, terms[c]);
            }
            const f32x16 factor = all_f32(loadf32(strip + s.factor_at + 4 * r));
            EACH_GROUP(c) total[c] = fused(terms[c] * yd[c], factor, total[c]);
        }
        EACH_GROUP(c) memcpy(totals + 256 * c + 16 * r, &total[c], 64);
    }
}

/// Rows first to first + 3 of a strip of SPLIT: sums of the lower parts, then of the upper ones.
INLINE void finish_split(strip_shape s, const finishing *t, int first) {
    EACH_GROUP(c) {
        const f32x16 yd = load_f32x16(t->group[c] + GROUP_D);
        u32x16 pairs[4];
        if (s.minima) EACH(p, 4) pairs[p] = load_u32x16(t->group[c] + GROUP_SUMS + 64 * p);
        EACH(row, 4) {
            const int r = first + row;
            const uint32_t *const sums = t->sums + 256 * c + 16 * r;
            float *const place = t->totals + 256 * c + 16 * r;
            const f32x16 sum = floats_of(load_u32x16(sums) + (load_u32x16(sums + SET_SUMS) << 8));
            f32x16 total = fused(sum, all_f32(loadf32(t->strip + s.d_at + 4 * r)) * yd, total_at(t, place));
            if (s.minima) {
                u32x16 minima = {0};
                EACH(p, 4) minima = add_pair_products(minima, load32(t->strip + s.minima_at + 16 * r + 4 * p), pairs[p]);
                total = fused(-floats_of(minima), all_f32(loadf32(t->strip + s.dmin_at + 4 * r)) * yd, total);
            }
            memcpy(place, &total, 64);
        }
    }
}

/// Row r of a strip of FLOATED: four sub-blocks of the eight.
INLINE void finish_floated(strip_shape s, const finishing *t, int r) {
    f32x16 block[SET];
    EACH_GROUP(c) {
        block[c] = all_f32(0);
        if (t->half == 1) block[c] = load_f32x16(t->block + 256 * c + 16 * r);
    }
    EACH(g, 4) {
        const f32x16 d = all_f32(loadf32(t->strip + s.d_at + 32 * r + 16 * t->half + 4 * g));
        EACH_GROUP(c) block[c] = fused(floats_of(load_u32x16(t->sums + SET_SUMS * g + 256 * c + 16 * r)), d, block[c]);
    }
    EACH_GROUP(c) {
        float *const place = t->half == 0 ? t->block : t->totals;
        if (t->half == 1) {
            block[c] = fused(block[c], load_f32x16(t->group[c] + GROUP_D), total_at(t, t->totals + 256 * c + 16 * r));
        }
        memcpy(place + 256 * c + 16 * r, &block[c], 64);
    }
}

#endif

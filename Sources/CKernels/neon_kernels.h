// The NEON kernels, included once for every way to form sums of byte products: NAME(x) gives the function's name,
// DOT16(a, b) the four partial sums of sixteen products of signed bytes.
//
// Codes are made signed sixteen at a time; integer sums are exact. Blocks are finished in scalar arithmetic, as in the
// portable kernels.

INLINE uint8x16_t NAME(shift)(uint8x16_t v, int right) { return vshlq_u8(v, vdupq_n_s8((int8_t)-right)); }
INLINE uint8x16_t NAME(bits)(uint8x16_t v, int right, int mask) { return vandq_u8(NAME(shift)(v, right), vdupq_n_u8((uint8_t)mask)); }
INLINE int8x16_t NAME(less)(uint8x16_t v, int bias) { return vsubq_s8(vreinterpretq_s8_u8(v), vdupq_n_s8((int8_t)bias)); }

// Codes of sixteen weights, sub-block s of the block: both decoding and products begin with them. Shifts and masks put
//
//     Q3_K   qs      · · · · · · 1 0       Q5_K   qs      · · · · 3 2 1 0       Q6_K   ql      · · · · 3 2 1 0
//            hmask   · · · · · 2 · ·              qh      · · · 4 · · · ·              qh      · · 5 4 · · · ·
//            less 4                               Q4_K without qh                      less 32
//
// together. Products are summed by SDOT, or by SMULL and pairwise additions; a block is finished in scalar arithmetic.

INLINE int8x16_t NAME(codes_q2k)(const uint8_t *b, int s) {
    return NAME(less)(NAME(bits)(vld1q_u8(FIELD(b, hifi_q2_k, qs) + 32 * (s / 8) + 16 * (s % 2)), 2 * (s / 2 % 4), 3), 0);
}

INLINE int8x16_t NAME(codes_q3k)(const uint8_t *b, int s) {
    const uint8x16_t low = NAME(bits)(vld1q_u8(FIELD(b, hifi_q3_k, qs) + 32 * (s / 8) + 16 * (s % 2)), 2 * (s / 2 % 4), 3);
    const uint8x16_t high = NAME(bits)(vld1q_u8(FIELD(b, hifi_q3_k, hmask) + 16 * (s % 2)), s / 2, 1);
    return NAME(less)(vorrq_u8(low, vshlq_n_u8(high, 2)), 4);
}

INLINE int8x16_t NAME(codes_q4k)(const uint8_t *b, int s) {
    return NAME(less)(NAME(bits)(vld1q_u8(FIELD(b, hifi_q4_k, qs) + 32 * (s / 4) + 16 * (s % 2)), 4 * (s / 2 % 2), 15), 0);
}

INLINE int8x16_t NAME(codes_q5k)(const uint8_t *b, int s) {
    const uint8x16_t low = NAME(bits)(vld1q_u8(FIELD(b, hifi_q5_k, qs) + 32 * (s / 4) + 16 * (s % 2)), 4 * (s / 2 % 2), 15);
    const uint8x16_t high = NAME(bits)(vld1q_u8(FIELD(b, hifi_q5_k, qh) + 16 * (s % 2)), s / 2, 1);
    return NAME(less)(vorrq_u8(low, vshlq_n_u8(high, 4)), 0);
}

INLINE int8x16_t NAME(codes_q6k)(const uint8_t *b, int s) {
    const int half = s / 8, nibble = s / 4 % 2, mid = s / 2 % 2, lane = 16 * (s % 2);
    const uint8x16_t low = NAME(bits)(vld1q_u8(FIELD(b, hifi_q6_k, ql) + 64 * half + 32 * mid + lane), 4 * nibble, 15);
    const uint8x16_t high = NAME(bits)(vld1q_u8(FIELD(b, hifi_q6_k, qh) + 32 * half + lane), 4 * nibble + 2 * mid, 3);
    return NAME(less)(vorrq_u8(low, vshlq_n_u8(high, 4)), 32);
}

INLINE int8x16_t NAME(codes_q40)(const uint8_t *b, int side) {
    return NAME(less)(NAME(bits)(vld1q_u8(FIELD(b, hifi_q4_0, qs)), 4 * side, 15), 8);
}

INLINE int8x16_t NAME(codes_q80)(const uint8_t *b, int side) { return vld1q_s8((const int8_t *)FIELD(b, hifi_q8_0, qs) + 16 * side); }

// Decoding.

/// y = scale * code - minimum, or scale * code.
INLINE void NAME(put)(float *y, int8x16_t codes, float scale, float minimum, int affine) {
    const int16x8_t wide[2] = {vmovl_s8(vget_low_s8(codes)), vmovl_high_s8(codes)};
    for (int i = 0; i < 2; i++) {
        float32x4_t low = vmulq_n_f32(vcvtq_f32_s32(vmovl_s16(vget_low_s16(wide[i]))), scale);
        float32x4_t high = vmulq_n_f32(vcvtq_f32_s32(vmovl_high_s16(wide[i])), scale);
        if (affine) low = vsubq_f32(low, vdupq_n_f32(minimum)), high = vsubq_f32(high, vdupq_n_f32(minimum));
        vst1q_f32(y + 8 * i, low);
        vst1q_f32(y + 8 * i + 4, high);
    }
}

#define BLOCKS for (; count > 0; count--, b += f->stride, y += f->elements)
#define SIXTEENS _Pragma("clang loop unroll(full)") for (int s = 0; s < 16; s++)

void NAME(decode_q2k)(const hifi_format *f, const uint8_t *b, size_t count, float *y) {
    BLOCKS {
        const float d = loadf16(FIELD(b, hifi_q2_k, d)), dmin = loadf16(FIELD(b, hifi_q2_k, dmin));
        SIXTEENS {
            const uint8_t packed = FIELD(b, hifi_q2_k, scales)[s];
            NAME(put)(y + 16 * s, NAME(codes_q2k)(b, s), d * (float)(packed & 15), dmin * (float)(packed >> 4), 1);
        }
        outliers_apply(&f->outliers, b, y);
    }
}

/// 503 instructions a block; r6 780, r13 785, RES8 748.
void NAME(decode_q3k)(const hifi_format *f, const uint8_t *b, size_t count, float *y) {
    BLOCKS {
        const float d = loadf16(FIELD(b, hifi_q3_k, d));
        int8_t scales[16];
        q3k_scales(FIELD(b, hifi_q3_k, scales), scales);
        SIXTEENS NAME(put)(y + 16 * s, NAME(codes_q3k)(b, s), d * (float)scales[s], 0, 0);
        outliers_apply(&f->outliers, b, y);
    }
}

#define DECODE_Q45K(DECODER, CODES)                                                                                    \
    void NAME(DECODER)(const hifi_format *f, const uint8_t *b, size_t count, float *y) {                               \
        BLOCKS {                                                                                                       \
            const float d = loadf16(FIELD(b, hifi_q4_k, d)), dmin = loadf16(FIELD(b, hifi_q4_k, dmin));                \
            uint8_t scales[16];                                                                                        \
            q4k_scales(FIELD(b, hifi_q4_k, scales), scales);                                                           \
            SIXTEENS {                                                                                                 \
                NAME(put)(y + 16 * s, NAME(CODES)(b, s), d * (float)scales[s / 2], dmin * (float)scales[8 + s / 2], 1); \
            }                                                                                                          \
            outliers_apply(&f->outliers, b, y);                                                                        \
        }                                                                                                              \
    }
/// 461 instructions a block.
DECODE_Q45K(decode_q4k, codes_q4k)
/// 525 instructions a block.
DECODE_Q45K(decode_q5k, codes_q5k)

/// 433 instructions a block.
void NAME(decode_q6k)(const hifi_format *f, const uint8_t *b, size_t count, float *y) {
    BLOCKS {
        const float d = loadf16(FIELD(b, hifi_q6_k, d));
        const int8_t *scales = (const int8_t *)FIELD(b, hifi_q6_k, scales);
        SIXTEENS NAME(put)(y + 16 * s, NAME(codes_q6k)(b, s), d * (float)scales[s], 0, 0);
        outliers_apply(&f->outliers, b, y);
    }
}

/// 76 instructions a block.
void NAME(decode_q80)(const hifi_format *f, const uint8_t *b, size_t count, float *y) {
    BLOCKS for (int s = 0; s < 2; s++) NAME(put)(y + 16 * s, NAME(codes_q80)(b, s), loadf16(FIELD(b, hifi_q8_0, d)), 0, 0);
}

void NAME(decode_q40)(const hifi_format *f, const uint8_t *b, size_t count, float *y) {
    BLOCKS for (int s = 0; s < 2; s++) NAME(put)(y + 16 * s, NAME(codes_q40)(b, s), loadf16(FIELD(b, hifi_q4_0, d)), 0, 0);
}

// The instruction makes a signalling NaN quiet with its payload, as NUM-03 asks.
void NAME(decode_f16)(const hifi_format *f, const uint8_t *b, size_t count, float *y) {
    (void)f;
    for (; count >= 8; count -= 8, b += 16, y += 8) {
        const float16x8_t halves = vreinterpretq_f16_u8(vld1q_u8(b));
        vst1q_f32(y, vcvt_f32_f16(vget_low_f16(halves)));
        vst1q_f32(y + 4, vcvt_high_f32_f16(halves));
    }
    for (; count > 0; count--, b += 2, y++) *y = loadf16(b);
}

void NAME(decode_bf16)(const hifi_format *f, const uint8_t *b, size_t count, float *y) {
    (void)f;
    for (; count >= 8; count -= 8, b += 16, y += 8) {
        const uint16x8_t halves = vreinterpretq_u16_u8(vld1q_u8(b));
        vst1q_f32(y, vreinterpretq_f32_u32(vshll_n_u16(vget_low_u16(halves), 16)));
        vst1q_f32(y + 4, vreinterpretq_f32_u32(vshll_high_n_u16(halves, 16)));
    }
    for (; count > 0; count--, b += 2, y++) {
        const uint32_t bits = (uint32_t)load16(b) << 16;
        memcpy(y, &bits, 4);
    }
}

#include "neon_nibbles.h"

#undef BLOCKS

// Products.

#define PRODUCT_BEGIN(type)                                                                                            \
    float total = 0;                                                                                                   \
    for (; count > 0; count--, b += f->stride, x += HIFI_Q8K_BYTES) {                                                  \
        const int8_t *q8 = (const int8_t *)FIELD(x, hifi_q8_k, qs);                                                    \
        const uint8_t *sums = FIELD(x, hifi_q8_k, bsums);                                                              \
        const float yd = loadf32(FIELD(x, hifi_q8_k, d)), d = loadf16(FIELD(b, type, d));                              \
        int32x4_t acc = vdupq_n_s32(0);                                                                                \
        int32_t minimum = 0;                                                                                           \
        (void)sums;

#define STEP(CODES, scale) acc = vmlaq_n_s32(acc, DOT16(NAME(CODES)(b, s), vld1q_s8(q8 + 16 * s)), scale);
#define SUM(s) ((int32_t)(int16_t)load16(sums + 2 * (s)))

#define PRODUCT_END(dmin, part)                                                                                        \
        int32_t product = vaddvq_s32(acc);                                                                             \
        float outliers = 0;                                                                                            \
        if (f->outliers.mode != HIFI_NO_OUTLIERS) {                                                                    \
            const outlier_terms t = outliers_terms(&f->outliers, b, q8, yd, part);                                     \
            product -= t.product;                                                                                      \
            minimum -= t.minimum;                                                                                      \
            outliers = t.sum;                                                                                          \
        }                                                                                                              \
        total += yd * (d * (float)product - (dmin) * (float)minimum) + outliers;                                       \
    }                                                                                                                  \
    return total;

float NAME(dot_q2k)(const hifi_format *f, const uint8_t *b, const uint8_t *x, size_t count) {
    PRODUCT_BEGIN(hifi_q2_k)
    SIXTEENS {
        const uint8_t packed = FIELD(b, hifi_q2_k, scales)[s];
        STEP(codes_q2k, packed & 15)
        minimum += (packed >> 4) * SUM(s);
    }
    PRODUCT_END(loadf16(FIELD(b, hifi_q2_k, dmin)), q2k_part)
}

/// 291 instructions a block; r6 915, r13 922, RES8 519.
float NAME(dot_q3k)(const hifi_format *f, const uint8_t *b, const uint8_t *x, size_t count) {
    PRODUCT_BEGIN(hifi_q3_k)
    int8_t scales[16];
    q3k_scales(FIELD(b, hifi_q3_k, scales), scales);
    SIXTEENS STEP(codes_q3k, scales[s])
    PRODUCT_END(0.0f, q3k_part)
}

#define DOT_Q45K(PRODUCT, CODES, PART)                                                                                 \
    float NAME(PRODUCT)(const hifi_format *f, const uint8_t *b, const uint8_t *x, size_t count) {                      \
        PRODUCT_BEGIN(hifi_q4_k)                                                                                       \
        uint8_t scales[16];                                                                                            \
        q4k_scales(FIELD(b, hifi_q4_k, scales), scales);                                                               \
        SIXTEENS {                                                                                                     \
            STEP(CODES, scales[s / 2])                                                                                 \
            minimum += scales[8 + s / 2] * SUM(s);                                                                     \
        }                                                                                                              \
        PRODUCT_END(loadf16(FIELD(b, hifi_q4_k, dmin)), PART)                                                          \
    }
/// 211 instructions a block.
DOT_Q45K(dot_q4k, codes_q4k, q4k_part)
/// 264 instructions a block.
DOT_Q45K(dot_q5k, codes_q5k, q5k_part)

/// 213 instructions a block.
float NAME(dot_q6k)(const hifi_format *f, const uint8_t *b, const uint8_t *x, size_t count) {
    PRODUCT_BEGIN(hifi_q6_k)
    const int8_t *scales = (const int8_t *)FIELD(b, hifi_q6_k, scales);
    SIXTEENS STEP(codes_q6k, scales[s])
    PRODUCT_END(0.0f, q6k_part)
}

#define DOT_SMALL(PRODUCT, CODES, TYPE)                                                                                \
    float NAME(PRODUCT)(const hifi_format *f, const uint8_t *b, const uint8_t *x, size_t count) {                      \
        float total = 0;                                                                                               \
        for (; count > 0; count--, x += HIFI_Q8K_BYTES) {                                                              \
            const int8_t *q8 = (const int8_t *)FIELD(x, hifi_q8_k, qs);                                                \
            float block = 0;                                                                                           \
            for (int i = 0; i < 8; i++, b += f->stride, q8 += 32) {                                                    \
                const int32x4_t low = DOT16(NAME(CODES)(b, 0), vld1q_s8(q8));                                          \
                const int32x4_t high = DOT16(NAME(CODES)(b, 1), vld1q_s8(q8 + 16));                                    \
                block += loadf16(FIELD(b, TYPE, d)) * (float)vaddvq_s32(vaddq_s32(low, high));                         \
            }                                                                                                          \
            total += loadf32(FIELD(x, hifi_q8_k, d)) * block;                                                          \
        }                                                                                                              \
        return total;                                                                                                  \
    }
/// 38 instructions a block.
DOT_SMALL(dot_q80, codes_q80, hifi_q8_0)
DOT_SMALL(dot_q40, codes_q40, hifi_q4_0)

#undef SIXTEENS
#undef PRODUCT_BEGIN
#undef PRODUCT_END
#undef STEP
#undef SUM
#undef DECODE_Q45K
#undef DOT_Q45K
#undef DOT_SMALL

// Products of formats with signed codes and factors in portable C.
#include "signed_codes.h"
#include "tables.h"

INLINE int32_t sum_of_products(const int8_t *codes, const int8_t *q8, int count) {
    int32_t sum = 0;
    for (int l = 0; l < count; l++) sum += codes[l] * q8[l];
    return sum;
}

/// All factors of a block are integers times one number: one exact sum a block.
INLINE float dot_integers(hifi_base base, const hifi_format *f, const uint8_t *b, const uint8_t *x, size_t count) {
    const int groups = groups_of(base), run = 256 / groups;
    float total = 0;
    for (; count > 0; count--, b += f->stride, x += HIFI_Q8K_BYTES) {
        const int8_t *q8 = (const int8_t *)FIELD(x, hifi_q8_k, qs);
        int8_t codes[256], factors[16];
        signed_codes(base, f->grid, b, codes);
        const float d = integer_factors(base, b, factors);
        int32_t product = 0;
        for (int g = 0; g < groups; g++) product += factors[g] * sum_of_products(codes + run * g, q8 + run * g, run);
        total += loadf32(FIELD(x, hifi_q8_k, d)) * (d * (float)product);
    }
    return total;
}

/// Each run has a factor of its own. It comes last: that of MXFP4 may be 2^127, and a sum times that overflow where the product,
/// with a small activation scale, does not.
INLINE float dot_floats(hifi_base base, const hifi_format *f, const uint8_t *b, const uint8_t *x, size_t count) {
    const int groups = groups_of(base), run = 256 / groups;
    float total = 0;
    for (; count > 0; count--, b += f->stride * (size_t)(256 / f->elements), x += HIFI_Q8K_BYTES) {
        const int8_t *q8 = (const int8_t *)FIELD(x, hifi_q8_k, qs);
        const float yd = loadf32(FIELD(x, hifi_q8_k, d));
        int8_t codes[256];
        float factors[16];
        signed_codes(base, NULL, b, codes);
        float_factors(base, b, factors);
        for (int g = 0; g < groups; g++) {
            total += factors[g] * (yd * (float)sum_of_products(codes + run * g, q8 + run * g, run));
        }
    }
    return total;
}

#define DOT(NAME, KIND, BASE)                                                                                          \
    float scalar_dot_##NAME(const hifi_format *f, const uint8_t *b, const uint8_t *x, size_t count) {                  \
        return KIND(BASE, f, b, x, count);                                                                             \
    }
DOT(iq4nl, dot_floats, HIFI_IQ4_NL)
DOT(mxfp4, dot_floats, HIFI_MXFP4)
DOT(nvfp4, dot_floats, HIFI_NVFP4)
DOT(iq4xs, dot_integers, HIFI_IQ4_XS)
DOT(tq10, dot_integers, HIFI_TQ1_0)
DOT(tq20, dot_integers, HIFI_TQ2_0)
DOT(iq2xxs, dot_integers, HIFI_IQ2_XXS)
DOT(iq2xs, dot_integers, HIFI_IQ2_XS)
DOT(iq2s, dot_integers, HIFI_IQ2_S)
DOT(iq3xxs, dot_integers, HIFI_IQ3_XXS)
DOT(iq3s, dot_integers, HIFI_IQ3_S)

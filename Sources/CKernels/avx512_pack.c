// Unpacking rows to a panel, with AVX-512. Done once for all columns.
#if defined(__x86_64__)
#include "avx512_gemm.h"

AVX512_BEGIN

#include "avx512_codes.h"
#include "signed_codes.h"

/// Codes 0 to 7 of 64 weights become 128 - scale * (code - 4), 0 to 252. A 16-byte lane is one sub-block of 16, so the
/// eight possible results of each are a table for a byte shuffle.
static void unpack_q3k(const uint8_t *b, uint8_t *out) {
    const __m512i scales = _mm512_castsi256_si512(_mm256_cvtepi8_epi16(q3k_scales_vector(FIELD(b, hifi_q3_k, scales))));
    const __m512i factors = _mm512_broadcast_i32x4(_mm_setr_epi16(4, 3, 2, 1, 0, -1, -2, -3));
#pragma clang loop unroll(full)
    for (int part = 0; part < 4; part++) {
        const __m512i products = _mm512_mullo_epi16(scales_of_16(scales, part), factors);
        const __m512i table16 = _mm512_add_epi16(products, _mm512_set1_epi16(128));
        store64(out + 64 * part, _mm512_shuffle_epi8(_mm512_packus_epi16(table16, table16), codes_q3k_at(b, part)));
    }
}

/// Codes 0 to 3 times scales 0 to 15.
static void unpack_q2k(const uint8_t *b, uint8_t *out) {
    const __m128i packed = _mm_and_si128(_mm_loadu_si128((const __m128i *)FIELD(b, hifi_q2_k, scales)), _mm_set1_epi8(15));
    const __m512i scales = _mm512_castsi256_si512(_mm256_cvtepu8_epi16(packed));
    const __m512i factors = _mm512_broadcast_i32x4(_mm_setr_epi16(0, 1, 2, 3, 0, 1, 2, 3));
#pragma clang loop unroll(full)
    for (int part = 0; part < 4; part++) {
        const int shift = 4 * (part % 2);
        const __m512i codes = two_bits(twice(FIELD(b, hifi_q2_k, qs) + 32 * (part / 2)), shift, shift + 2);
        const __m512i products = _mm512_mullo_epi16(scales_of_16(scales, part), factors);
        store64(out + 64 * part, _mm512_shuffle_epi8(_mm512_packus_epi16(products, products), codes));
    }
}

static void unpack_q80(const uint8_t *b, size_t stride, uint8_t *out) {
    const __m256i sign = _mm256_set1_epi8((char)0x80);
    for (int s = 0; s < 8; s++, b += stride) {
        const __m256i q = _mm256_loadu_si256((const __m256i *)FIELD(b, hifi_q8_0, qs));
        _mm256_storeu_si256((__m256i *)(out + 32 * s), _mm256_xor_si256(q, sign));
    }
}

static void unpack_q40(const uint8_t *b, size_t stride, uint8_t *out) {
    const __m128i low4 = _mm_set1_epi8(15);
    for (int s = 0; s < 8; s++, b += stride) {
        const __m128i q = _mm_loadu_si128((const __m128i *)FIELD(b, hifi_q4_0, qs));
        _mm_storeu_si128((__m128i *)(out + 32 * s), _mm_and_si128(q, low4));
        _mm_storeu_si128((__m128i *)(out + 32 * s + 16), _mm_and_si128(_mm_srli_epi16(q, 4), low4));
    }
}

/// Sixteen rows of sixteen 32-bit numbers, rows 256 bytes apart, to columns 128 bytes apart.
static void transpose(const uint8_t *in, uint8_t *out) {
    __m512i a[16], b[16];
    for (int i = 0; i < 16; i++) a[i] = _mm512_loadu_si512(in + 256 * i);
#pragma clang loop unroll(full)
    for (int i = 0; i < 16; i += 2) {
        b[i] = _mm512_unpacklo_epi32(a[i], a[i + 1]);
        b[i + 1] = _mm512_unpackhi_epi32(a[i], a[i + 1]);
    }
#pragma clang loop unroll(full)
    for (int i = 0; i < 16; i += 4) {
        a[i] = _mm512_unpacklo_epi64(b[i], b[i + 2]);
        a[i + 1] = _mm512_unpackhi_epi64(b[i], b[i + 2]);
        a[i + 2] = _mm512_unpacklo_epi64(b[i + 1], b[i + 3]);
        a[i + 3] = _mm512_unpackhi_epi64(b[i + 1], b[i + 3]);
    }
    // a[4g + c] has columns c, c + 4, c + 8, c + 12 of rows 4g to 4g + 3 in its four lanes.
#pragma clang loop unroll(full)
    for (int c = 0; c < 4; c++) {
        const __m512i low01 = _mm512_shuffle_i32x4(a[c], a[4 + c], 0x44), high01 = _mm512_shuffle_i32x4(a[c], a[4 + c], 0xEE);
        const __m512i low23 = _mm512_shuffle_i32x4(a[8 + c], a[12 + c], 0x44), high23 = _mm512_shuffle_i32x4(a[8 + c], a[12 + c], 0xEE);
        store64(out + 128 * c, _mm512_shuffle_i32x4(low01, low23, 0x88));
        store64(out + 128 * (c + 4), _mm512_shuffle_i32x4(low01, low23, 0xDD));
        store64(out + 128 * (c + 8), _mm512_shuffle_i32x4(high01, high23, 0x88));
        store64(out + 128 * (c + 12), _mm512_shuffle_i32x4(high01, high23, 0xDD));
    }
}

INLINE void put_f32(uint8_t *at, size_t index, float v) { memcpy(at + 4 * index, &v, 4); }
INLINE void put_i32(uint8_t *at, size_t index, int32_t v) { memcpy(at + 4 * index, &v, 4); }
INLINE void put_i16(uint8_t *at, size_t index, int v) { const int16_t w = (int16_t)v; memcpy(at + 2 * index, &w, 2); }

/// Scales of signed codes.
static void pack_factors(hifi_base base, panel_shape s, const uint8_t *b, size_t r, uint8_t *block) {
    float factors[16];
    float_factors(base, b, factors);
    if (s.kind == WHOLE) {
        put_f32(block + s.d_at, r, factors[0]);
        return;
    }
    for (size_t g = 0; g < (size_t)s.groups; g++) put_f32(block + s.scale_at, PANEL_ROWS * g + r, factors[g]);
}

/// Scales and minima of row r.
static void pack_scales(hifi_base base, panel_shape s, const uint8_t *b, size_t stride, size_t r, uint8_t *block) {
    uint8_t *d = block + s.d_at, *scale = block + s.scale_at, *minima = block + s.minima_at, *dmin = block + s.dmin_at;
    uint8_t bytes[16];
    if (groups_of(base) != 0) {
        pack_factors(base, s, b, r, block);
        return;
    }
    switch (base) {
    case HIFI_Q2_K:
        put_f32(d, r, loadf16(FIELD(b, hifi_q2_k, d)));
        put_f32(dmin, r, loadf16(FIELD(b, hifi_q2_k, dmin)));
        for (size_t g = 0; g < 16; g++) {
            put_i16(minima, 2 * (PANEL_ROWS * (g / 2) + r) + g % 2, FIELD(b, hifi_q2_k, scales)[g] >> 4);
        }
        break;
    case HIFI_Q3_K: put_f32(d, r, -loadf16(FIELD(b, hifi_q3_k, d))); break;  // the codes are negated, see unpack_q3k
    case HIFI_Q4_K:
    case HIFI_Q5_K:
        // Both begin with d, dmin and scales.
        put_f32(d, r, loadf16(FIELD(b, hifi_q4_k, d)));
        put_f32(dmin, r, loadf16(FIELD(b, hifi_q4_k, dmin)));
        q4k_scales(FIELD(b, hifi_q4_k, scales), bytes);
        for (size_t g = 0; g < 8; g++) {
            put_i32(scale, PANEL_ROWS * g + r, bytes[g]);
            put_i16(minima, 2 * (PANEL_ROWS * (g / 2) + r) + g % 2, bytes[8 + g]);
        }
        break;
    case HIFI_Q6_K:
        // The 32 that the codes are too large by, as a minimum; with the same d it is taken off in integers.
        put_f32(d, r, loadf16(FIELD(b, hifi_q6_k, d)));
        for (size_t g = 0; g < 16; g++) {
            const int v = (int8_t)FIELD(b, hifi_q6_k, scales)[g];
            put_i32(scale, PANEL_ROWS * g + r, v);
            put_i16(minima, 2 * (PANEL_ROWS * (g / 2) + r) + g % 2, 32 * v);
        }
        break;
    default:
        for (size_t g = 0; g < 8; g++) put_f32(scale, PANEL_ROWS * g + r, loadf16(b + g * stride));  // d is first in both
    }
}

/// Outliers of row r: those that replace take their base out of the codes (128 stands for zero in Q3_K). A slot that does
/// not act has value 0.
static void pack_outliers(const hifi_outliers *o, const uint8_t *b, size_t r, uint8_t *codes, uint8_t *sparse) {
    const unsigned used = outliers_used(o, b), acting = outliers_acting(o, b, used, o->mode);
    const uint8_t *index = b + o->index_at;
    for (size_t k = 0; k < 8; k++) {
        const int acts = k < used && (acting >> k & 1);
        sparse[SPARSE_POSITIONS + 128 * (r / 16) + 16 * k + r % 16] = acts ? index[k] : 0;
        float value = 0;
        if (acts) value = o->value == HIFI_VALUE_F16 ? loadf16(b + o->value_at + 2 * k) : (float)(int8_t)b[o->value_at + k];
        put_f32(sparse + SPARSE_VALUES, 128 * (r / 16) + 16 * k + r % 16, value);
        if (acts && o->mode == HIFI_REPLACE) codes[index[k]] = 128;
    }
    const float scale = o->value == HIFI_VALUE_F16 ? 1.0f : outliers_scale(o, b);
    put_f32(sparse + SPARSE_FACTOR, r, used > 0 ? scale : 0.0f);
}

static void unpack(hifi_base base, const int8_t *grid, const uint8_t *b, size_t stride, uint8_t *out) {
    switch (base) {
    case HIFI_IQ4_NL:
    case HIFI_IQ4_XS:
    case HIFI_MXFP4:
    case HIFI_NVFP4: avx512_unpack_codebook(base, b, out); break;
    case HIFI_TQ1_0:
    case HIFI_TQ2_0: avx512_unpack_ternary(base, b, out); break;
    case HIFI_IQ2_XXS:
    case HIFI_IQ2_XS:
    case HIFI_IQ2_S:
    case HIFI_IQ3_XXS:
    case HIFI_IQ3_S: avx512_unpack_entries(base, grid, b, out); break;
    case HIFI_Q2_K: unpack_q2k(b, out); break;
    case HIFI_Q3_K: unpack_q3k(b, out); break;
    case HIFI_Q4_K: unpack_q4k(b, out); break;
    case HIFI_Q5_K: unpack_q5k(b, out); break;
    case HIFI_Q6_K: unpack_q6k(b, out); break;
    case HIFI_Q8_0: unpack_q80(b, stride, out); break;
    default: unpack_q40(b, stride, out);
    }
}

void avx512_pack_panel(
    const hifi_format *f, panel_shape shape, const uint8_t *rows, size_t row_bytes, size_t count, size_t superblocks, uint8_t *panel) {
    uint8_t codes[PANEL_ROWS][256] __attribute__((aligned(64)));
    const size_t step = f->stride * (size_t)(256 / f->elements);
    for (size_t i = 0; i < superblocks; i++, panel += shape.bytes) {
        for (size_t r = 0; r < PANEL_ROWS; r++) {
            const uint8_t *b = rows + (r < count ? r : count - 1) * row_bytes + i * step;
            unpack(f->base, f->grid, b, f->stride, codes[r]);
            pack_scales(f->base, shape, b, f->stride, r, panel);
            if (shape.sparse) pack_outliers(&f->outliers, b, r, codes[r], panel + shape.sparse_at);
        }
        for (size_t group = 0; group < 2; group++) {
            for (size_t part = 0; part < 4; part++) transpose(codes[16 * group] + 64 * part, panel + 2048 * part + 64 * group);
        }
    }
}

AVX512_END
#endif

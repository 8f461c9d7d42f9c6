// Unpacking rows to strips for tile products, with AVX-512. Done once for all columns, and it matters: a row of a block takes
// as long as some 50 columns do to be multiplied by it.
#if defined(__x86_64__)
#include "amx_panel.h"
#include "avx512_dot.h"

AVX512_BEGIN

#include "avx512_codes.h"

/// -code * scale lies in -128 to 124. A 16-byte lane is one sub-block of 16, so the eight possible results of each are a table
/// for a byte shuffle.
INLINE void pack_q3k(const uint8_t *b, size_t r, uint8_t *strip) {
    const __m512i scales = _mm512_castsi256_si512(_mm256_cvtepi8_epi16(q3k_scales_vector(FIELD(b, hifi_q3_k, scales))));
    const __m512i factors = _mm512_broadcast_i32x4(_mm_setr_epi16(4, 3, 2, 1, 0, -1, -2, -3));
    EACH(part, 4) {
        const __m512i products = _mm512_mullo_epi16(scales_of_16(scales, part), factors);
        store64(strip_codes(strip, r, (size_t)part), _mm512_shuffle_epi8(_mm512_packs_epi16(products, products), codes_q3k_at(b, part)));
    }
}

/// Codes times scales, less `bias` times scales, lower eight bits and the rest apart. A 16-bit lane of `scales` is that of its
/// two weights.
INLINE void store_split(uint8_t *lower, int upper_at, __m512i codes, __m512i scales, int bias_shift) {
    const __m512i low8 = _mm512_set1_epi16(0xFF);
    __m512i even = _mm512_mullo_epi16(_mm512_and_si512(codes, low8), scales);
    __m512i odd = _mm512_mullo_epi16(_mm512_srli_epi16(codes, 8), scales);
    if (bias_shift > 0) {
        const __m512i bias = _mm512_slli_epi16(scales, (unsigned)bias_shift);
        even = _mm512_sub_epi16(even, bias), odd = _mm512_sub_epi16(odd, bias);
    }
    // even & low8 | odd << 8; even >> 8 | odd & ~low8
    store64(lower, _mm512_ternarylogic_epi32(even, _mm512_slli_epi16(odd, 8), low8, 0xEC));
    store64(lower + upper_at, _mm512_ternarylogic_epi32(_mm512_srli_epi16(even, 8), odd, low8, 0xF4));
}

INLINE void put_f32(uint8_t *at, float v) { memcpy(at, &v, 4); }

INLINE void pack_q4k_or_q5k(hifi_base base, strip_shape s, const uint8_t *b, size_t r, uint8_t *strip) {
    uint8_t codes[256] __attribute__((aligned(64))), bytes[16];
    if (base == HIFI_Q4_K) unpack_q4k(b, codes); else unpack_q5k(b, codes);
    // Both begin with d, dmin and scales.
    q4k_scales(FIELD(b, hifi_q4_k, scales), bytes);
    const __m256i wide = _mm256_cvtepu8_epi16(_mm_loadu_si128((const __m128i *)bytes));
    const __m512i scales = _mm512_castsi256_si512(wide);
    EACH(part, 4) {
        const __m512i index = _mm512_inserti64x4(_mm512_set1_epi16((short)(2 * part)), _mm256_set1_epi16((short)(2 * part + 1)), 1);
        const __m512i each = _mm512_permutexvar_epi16(index, scales);
        store_split(strip_codes(strip, r, (size_t)part), s.upper_at, _mm512_load_si512(codes + 64 * part), each, 0);
    }
    _mm_storeu_si128((__m128i *)(strip + s.minima_at + 16 * r), _mm256_extracti128_si256(wide, 1));
    put_f32(strip + s.d_at + 4 * r, loadf16(FIELD(b, hifi_q4_k, d)));
    put_f32(strip + s.dmin_at + 4 * r, loadf16(FIELD(b, hifi_q4_k, dmin)));
}

INLINE void pack_q6k(strip_shape s, const uint8_t *b, size_t r, uint8_t *strip) {
    uint8_t codes[256] __attribute__((aligned(64)));
    unpack_q6k(b, codes);
    const __m256i wide = _mm256_cvtepi8_epi16(_mm_loadu_si128((const __m128i *)FIELD(b, hifi_q6_k, scales)));
    const __m512i scales = _mm512_castsi256_si512(wide);
    EACH(part, 4) {
        const __m512i each = scales_of_16(scales, part);
        store_split(strip_codes(strip, r, (size_t)part), s.upper_at, _mm512_load_si512(codes + 64 * part), each, 5);
    }
    put_f32(strip + s.d_at + 4 * r, loadf16(FIELD(b, hifi_q6_k, d)));
}

INLINE void pack_q80(const hifi_format *f, strip_shape s, const uint8_t *b, size_t r, uint8_t *strip) {
    EACH(g, 8) {
        memcpy(strip + 512 * g + 32 * r, FIELD(b, hifi_q8_0, qs), 32);
        put_f32(strip + s.d_at + 32 * r + 4 * g, loadf16(FIELD(b, hifi_q8_0, d)));
        b += f->stride;
    }
}

INLINE void pack(
    hifi_base base, int sparse, const hifi_format *f, const uint8_t *rows, size_t row_bytes, size_t count, size_t strips,
    size_t superblocks, uint8_t *out) {
    const strip_shape s = strip_shape_of(base, sparse);
    const size_t step = f->stride * (size_t)(256 / f->elements);
    for (size_t i = 0; i < superblocks; i++) {
        for (size_t p = 0; p < strips; p++, out += s.bytes) {
            for (size_t r = 0; r < STRIP_ROWS; r++) {
                const size_t row = STRIP_ROWS * p + r;
                const uint8_t *b = rows + (row < count ? row : count - 1) * row_bytes + i * step;
                switch (base) {
                case HIFI_Q3_K:
                    pack_q3k(b, r, out);
                    put_f32(out + s.d_at + 4 * r, -loadf16(FIELD(b, hifi_q3_k, d)));
                    if (sparse) strip_outliers(&f->outliers, s, b, r, out);
                    break;
                case HIFI_Q6_K: pack_q6k(s, b, r, out); break;
                case HIFI_Q8_0: pack_q80(f, s, b, r, out); break;
                default: pack_q4k_or_q5k(base, s, b, r, out);
                }
            }
        }
    }
}

void amx_pack_avx512(
    const hifi_format *f, strip_shape s, const uint8_t *rows, size_t row_bytes, size_t count, size_t strips, size_t superblocks,
    uint8_t *out) {
    switch (f->base) {
    case HIFI_Q3_K:
        if (s.sparse) {
            pack(HIFI_Q3_K, 1, f, rows, row_bytes, count, strips, superblocks, out);
        } else {
            pack(HIFI_Q3_K, 0, f, rows, row_bytes, count, strips, superblocks, out);
        }
        break;
    case HIFI_Q4_K: pack(HIFI_Q4_K, 0, f, rows, row_bytes, count, strips, superblocks, out); break;
    case HIFI_Q5_K: pack(HIFI_Q5_K, 0, f, rows, row_bytes, count, strips, superblocks, out); break;
    case HIFI_Q6_K: pack(HIFI_Q6_K, 0, f, rows, row_bytes, count, strips, superblocks, out); break;
    default: pack(HIFI_Q8_0, 0, f, rows, row_bytes, count, strips, superblocks, out);
    }
}

AVX512_END
#endif

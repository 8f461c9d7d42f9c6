// Products of four-bit codes that are looked up, with AVX-512.
//
// VPERMB takes a code's low six bits, so sixteen numbers that stand in the table four times need no mask. They have a bias, to be
// unsigned for VPDPBUSD. 128 weights at a time: of each sub-block the low nibbles in one register and the high ones in another, whose
// sums meet in the same lanes.
#if defined(__x86_64__)
#include "avx512_gemm.h"

AVX512_BEGIN

#include "avx512_dot_signed.h"
#include "signed_codes.h"
#include "tables.h"

INLINE __m512i table_of(const int8_t values[16], int bias) {
    const __m512i four_times = _mm512_broadcast_i32x4(_mm_loadu_si128((const __m128i *)values));
    return _mm512_add_epi8(four_times, _mm512_set1_epi8((char)bias));
}

/// sums + Σ number · activation, of the low and of the high nibbles.
INLINE __m512i add_nibbles(__m512i sums, __m512i table, __m512i q, __m512i low, __m512i high) {
    sums = _mm512_dpbusd_epi32(sums, _mm512_permutexvar_epi8(q, table), low);
    return _mm512_dpbusd_epi32(sums, _mm512_permutexvar_epi8(_mm512_srli_epi16(q, 4), table), high);
}

/// The same without the bias, lane by lane.
INLINE __m512i unbiased_nibbles(__m512i table, int bias, __m512i q, __m512i low, __m512i high) {
    const __m512i each = _mm512_set1_epi8((char)bias);
    const __m512i excess = _mm512_dpbusd_epi32(_mm512_dpbusd_epi32(_mm512_setzero_si512(), each, low), each, high);
    return _mm512_sub_epi32(add_nibbles(_mm512_setzero_si512(), table, q, low, high), excess);
}

/// The first or the other sixteen of each 32 of 128 activations.
INLINE __m512i first_sixteens(const int8_t *q8) { return _mm512_shuffle_i64x2(codes_at(q8, 0), codes_at(q8, 1), 0x88); }
INLINE __m512i other_sixteens(const int8_t *q8) { return _mm512_shuffle_i64x2(codes_at(q8, 0), codes_at(q8, 1), 0xDD); }

/// For each lane the sub-block it belongs to: four lanes each from `first` on.
INLINE __m512i four_lanes_each(int first) {
    return _mm512_add_epi32(_mm512_setr_epi32(0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3), _mm512_set1_epi32(first));
}

INLINE __m512i products_iq4xs(const hifi_format *f, const uint8_t *b, const uint8_t *x) {
    (void)f;
    const __m512i table = table_of(iq4_values, 128);
    const __m128i bytes = _mm_cvtsi64_si128((long long)iq4xs_scale_bytes(b));
    const __m512 factors = _mm512_castps256_ps512(_mm256_cvtepi32_ps(_mm256_cvtepi8_epi32(bytes)));
    __m512 products = _mm512_setzero_ps();
    EACH(half, 2) {
        const int8_t *q8 = codes_of(x) + 128 * half;
        const __m512i q = _mm512_loadu_si512(FIELD(b, hifi_iq4_xs, qs) + 64 * half);
        const __m512i sums = add_nibbles(_mm512_setzero_si512(), table, q, first_sixteens(q8), other_sixteens(q8));
        // Exact in fp32: 241 · 128 · 8 · 32 · 2 < 2^24. Cheaper than a multiplication of integers.
        const __m512 factor = _mm512_permutexvar_ps(four_lanes_each(4 * half), factors);
        products = _mm512_fmadd_ps(_mm512_cvtepi32_ps(sums), factor, products);
    }
    return without_bias(_mm512_cvtps_epi32(products), _mm256_cvtepi8_epi16(_mm_unpacklo_epi8(bytes, bytes)), x, 7);
}
DOT_BY_FOUR(iq4xs, hifi_iq4_xs, 1.0f)

/// Sixteen bytes from each of four places.
INLINE __m512i sixteen_of_four(const uint8_t *p, size_t stride) {
    const __m512i one = _mm512_castsi128_si512(_mm_loadu_si128((const __m128i *)p));
    const __m512i two = _mm512_inserti32x4(one, _mm_loadu_si128((const __m128i *)(p + stride)), 1);
    const __m512i three = _mm512_inserti32x4(two, _mm_loadu_si128((const __m128i *)(p + 2 * stride)), 2);
    return _mm512_inserti32x4(three, _mm_loadu_si128((const __m128i *)(p + 3 * stride)), 3);
}

float avx512_dot_iq4nl(const hifi_format *f, const uint8_t *b, const uint8_t *x, size_t count) {
    __m512 total = _mm512_setzero_ps();
    const __m512i table = table_of(iq4_values, 128);
    const size_t stride = sizeof(hifi_iq4_nl);
    (void)f;
    // Of eight blocks all scales lie in the first 128 bytes.
    const __m512i scale_at = _mm512_castsi128_si512(_mm_setr_epi16(0, 9, 18, 27, 36, 45, 54, 63));
    for (; count > 0; count--, x += HIFI_Q8K_BYTES, b += 8 * stride) {
        const __m512i scales = _mm512_permutex2var_epi16(_mm512_loadu_si512(b), scale_at, _mm512_loadu_si512(b + 64));
        const __m512 factors = _mm512_castps256_ps512(_mm256_cvtph_ps(_mm512_castsi512_si128(scales)));
        __m512 block = _mm512_setzero_ps();
        EACH(half, 2) {
            const int8_t *q8 = codes_of(x) + 128 * half;
            const __m512i q = sixteen_of_four(FIELD(b + 4 * stride * (size_t)half, hifi_iq4_nl, qs), stride);
            const __m512i sums = unbiased_nibbles(table, 128, q, first_sixteens(q8), other_sixteens(q8));
            block = _mm512_fmadd_ps(_mm512_cvtepi32_ps(sums), _mm512_permutexvar_ps(four_lanes_each(4 * half), factors), block);
        }
        total = _mm512_fmadd_ps(block, _mm512_set1_ps(scale_of(x)), total);
    }
    return _mm512_reduce_add_ps(total);
}

/// 2^(e - 128), of which the first two are subnormal (NUM-08).
INLINE __m512 e8m0_halves(__m128i eight) {
    const __m256i e = _mm256_cvtepu8_epi32(eight);
    const __m256i normal = _mm256_slli_epi32(_mm256_sub_epi32(e, _mm256_set1_epi32(1)), 23);
    const __mmask8 small = _mm256_cmplt_epu32_mask(e, _mm256_set1_epi32(2));
    const __m256i all = _mm256_mask_sllv_epi32(normal, small, _mm256_set1_epi32(0x00200000), e);
    return _mm512_castps256_ps512(_mm256_castsi256_ps(all));
}

float avx512_dot_mxfp4(const hifi_format *f, const uint8_t *b, const uint8_t *x, size_t count) {
    __m512 total = _mm512_setzero_ps();
    const __m512i table = table_of(mxfp4_values, 12);
    const size_t stride = sizeof(hifi_mxfp4);
    (void)f;
    const __m512i scale_at = _mm512_castsi128_si512(_mm_setr_epi8(0, 17, 34, 51, 68, 85, 102, 119, 0, 0, 0, 0, 0, 0, 0, 0));
    for (; count > 0; count--, x += HIFI_Q8K_BYTES, b += 8 * stride) {
        const __m512i scales = _mm512_permutex2var_epi8(_mm512_loadu_si512(b), scale_at, _mm512_loadu_si512(b + 64));
        const __m512 factors = e8m0_halves(_mm512_castsi512_si128(scales)), yd = _mm512_set1_ps(scale_of(x));
        EACH(half, 2) {
            const int8_t *q8 = codes_of(x) + 128 * half;
            const __m512i q = sixteen_of_four(FIELD(b + 4 * stride * (size_t)half, hifi_mxfp4, qs), stride);
            const __m512i sums = unbiased_nibbles(table, 12, q, first_sixteens(q8), other_sixteens(q8));
            // The factor, which may be 2^127, comes last.
            const __m512 scaled = _mm512_mul_ps(_mm512_cvtepi32_ps(sums), yd);
            total = _mm512_fmadd_ps(scaled, _mm512_permutexvar_ps(four_lanes_each(4 * half), factors), total);
        }
    }
    return _mm512_reduce_add_ps(total);
}

/// Sixteen halves of UE4M3 numbers, but for a factor of 128: as fp16 they are too small by 2^8. 0x7F is zero, 0xFF is not.
INLINE __m512 ue4m3_halves(__m128i bytes) {
    const __m128i seven = _mm_set1_epi8(0x7F);
    const __m128i numbers = _mm_andnot_si128(_mm_cmpeq_epi8(bytes, seven), _mm_and_si128(bytes, seven));
    return _mm512_cvtph_ps(_mm256_slli_epi16(_mm256_cvtepu8_epi16(numbers), 7));
}

float avx512_dot_nvfp4(const hifi_format *f, const uint8_t *b, const uint8_t *x, size_t count) {
    __m512 total = _mm512_setzero_ps();
    const __m512i table = table_of(mxfp4_values, 12);
    const size_t stride = sizeof(hifi_nvfp4);
    (void)f;
    const __m512i first_eights = _mm512_setr_epi64(0, 2, 4, 6, 8, 10, 12, 14), other_eights = _mm512_setr_epi64(1, 3, 5, 7, 9, 11, 13, 15);
    const __m512i two_lanes_each = _mm512_setr_epi32(0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7);
    for (; count > 0; count--, x += HIFI_Q8K_BYTES, b += 4 * stride) {
        const __m128i scales = _mm_setr_epi32(
            (int)load32(b), (int)load32(b + stride), (int)load32(b + 2 * stride), (int)load32(b + 3 * stride));
        const __m512 factors = ue4m3_halves(scales);
        __m512 block = _mm512_setzero_ps();
        EACH(half, 2) {
            const uint8_t *c = b + 2 * stride * (size_t)half;
            const __m512i q = two(FIELD(c, hifi_nvfp4, qs), FIELD(c + stride, hifi_nvfp4, qs));
            const __m512i front = codes_at(codes_of(x), 2 * half), back = codes_at(codes_of(x), 2 * half + 1);
            const __m512i low = _mm512_permutex2var_epi64(front, first_eights, back);
            const __m512i high = _mm512_permutex2var_epi64(front, other_eights, back);
            const __m512 sums = _mm512_cvtepi32_ps(unbiased_nibbles(table, 12, q, low, high));
            const __m512i lanes = _mm512_add_epi32(two_lanes_each, _mm512_set1_epi32(8 * half));
            block = _mm512_fmadd_ps(sums, _mm512_permutexvar_ps(lanes, factors), block);
        }
        total = _mm512_fmadd_ps(block, _mm512_set1_ps(128.0f * scale_of(x)), total);
    }
    return _mm512_reduce_add_ps(total);
}

/// Bytes of 64 weights: 16 of each of two sub-blocks, or eight of each of four.
INLINE __m512i in_order(__m256i q, int base_is_nvfp4, __m512i table) {
    const __m512i both = _mm512_castsi256_si512(q);
    const __m512i sixteens = _mm512_setr_epi64(0, 1, 0, 1, 2, 3, 2, 3), eights = _mm512_setr_epi64(0, 0, 1, 1, 2, 2, 3, 3);
    const __m512i shifts16 = _mm512_setr_epi64(0, 0, 4, 4, 0, 0, 4, 4), shifts8 = _mm512_setr_epi64(0, 4, 0, 4, 0, 4, 0, 4);
    const __m512i twice_each = _mm512_permutexvar_epi64(base_is_nvfp4 ? eights : sixteens, both);
    return _mm512_permutexvar_epi8(_mm512_srlv_epi64(twice_each, base_is_nvfp4 ? shifts8 : shifts16), table);
}

INLINE __m256i sixteen_of_two(const uint8_t *first, const uint8_t *second) {
    const __m256i low = _mm256_castsi128_si256(_mm_loadu_si128((const __m128i *)first));
    return _mm256_inserti128_si256(low, _mm_loadu_si128((const __m128i *)second), 1);
}

void avx512_unpack_codebook(hifi_base base, const uint8_t *b, uint8_t *out) {
    const int is_iq4 = base == HIFI_IQ4_NL || base == HIFI_IQ4_XS;
    const __m512i table = is_iq4 ? table_of(iq4_values, 128) : table_of(mxfp4_values, 12);
    for (size_t part = 0; part < 4; part++) {
        const uint8_t *nl = b + 2 * part * sizeof(hifi_iq4_nl), *mx = b + 2 * part * sizeof(hifi_mxfp4);
        __m256i q;
        switch (base) {
        case HIFI_IQ4_NL: q = sixteen_of_two(FIELD(nl, hifi_iq4_nl, qs), FIELD(nl + sizeof(hifi_iq4_nl), hifi_iq4_nl, qs)); break;
        case HIFI_MXFP4: q = sixteen_of_two(FIELD(mx, hifi_mxfp4, qs), FIELD(mx + sizeof(hifi_mxfp4), hifi_mxfp4, qs)); break;
        case HIFI_IQ4_XS: q = _mm256_loadu_si256((const __m256i *)(FIELD(b, hifi_iq4_xs, qs) + 32 * part)); break;
        default: q = _mm256_loadu_si256((const __m256i *)FIELD(b + part * sizeof(hifi_nvfp4), hifi_nvfp4, qs));
        }
        _mm512_storeu_si512(out + 64 * part, in_order(q, base == HIFI_NVFP4, table));
    }
}

AVX512_END
#endif

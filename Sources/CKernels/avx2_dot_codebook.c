// Products of four-bit codes that are looked up, with AVX2.
//
// One factor of a multiplication of bytes has no sign, so IQ4's numbers take that of the activation. The other way round would fail for an
// activation of -128, whose magnitude fits a byte without a sign and whose negative fits none with one. Pairs of products fit 16 bits.
// Numbers of E2M1 are looked up with 12 added, which is taken off pair by pair.
#if defined(__x86_64__)
#include "avx2_dot.h"

AVX2_BEGIN

#include "signed_codes.h"
#include "tables.h"

/// Sixteen bytes in both halves.
INLINE __m256i table_of(const int8_t values[16]) {
    return _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)values));
}

/// Pairs of products; 127 · 128 · 2 is the largest.
INLINE __m256i iq4_pairs(__m256i table, __m256i indices, __m256i a) {
    const __m256i values = _mm256_shuffle_epi8(table, indices);
    return _mm256_maddubs_epi16(_mm256_abs_epi8(a), _mm256_sign_epi8(values, a));
}

/// Low nibbles of sixteen bytes, then the high ones.
INLINE __m256i nibbles_of_16(const uint8_t *q) {
    const __m256i both = _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)q));
    return masked(_mm256_srlv_epi64(both, _mm256_set_epi64x(4, 4, 0, 0)), 15);
}

/// Sixteen bytes from each of two places.
INLINE __m256i two(const void *first, const void *second) {
    const __m256i low = _mm256_castsi128_si256(_mm_loadu_si128((const __m128i *)first));
    return _mm256_inserti128_si256(low, _mm_loadu_si128((const __m128i *)second), 1);
}

float avx2_dot_iq4xs(const hifi_format *f, const uint8_t *b, const uint8_t *x, size_t count) {
    __m256 total = _mm256_setzero_ps();
    const __m256i t = table_of(iq4_values);
    for (; count > 0; count--, b += f->stride, x += HIFI_Q8K_BYTES) {
        const int8_t *q8 = codes_of(x);
        const __m128i bytes = _mm_cvtsi64_si128((long long)iq4xs_scale_bytes(b));
        const __m256i scales = _mm256_broadcastsi128_si256(_mm_cvtepi8_epi16(bytes));
        __m256i low_products = _mm256_setzero_si256(), high_products = _mm256_setzero_si256();
        EACH(pair, 4) {
            // Of two sub-blocks the first sixteen weights, then the other sixteen.
            const __m256i q = load(FIELD(b, hifi_iq4_xs, qs) + 32 * pair);
            const int8_t *a = q8 + 64 * pair;
            const __m256i scale = pick((spread){scales, scales}, 2 * pair, 2 * pair + 1);
            const __m256i low = iq4_pairs(t, masked(q, 15), two(a, a + 32));
            const __m256i high = iq4_pairs(t, masked(_mm256_srli_epi16(q, 4), 15), two(a + 16, a + 48));
            low_products = _mm256_add_epi32(low_products, _mm256_madd_epi16(low, scale));
            high_products = _mm256_add_epi32(high_products, _mm256_madd_epi16(high, scale));
        }
        const __m256i products = _mm256_add_epi32(low_products, high_products);
        total = accumulate(total, products, loadf16(FIELD(b, hifi_iq4_xs, d)) * scale_of(x));
    }
    return reduce(total);
}

/// The numbers of two bytes that begin eight blocks. Put together by scalars: vectors are busy enough.
INLINE __m128i words_of_8(const uint8_t *b, size_t stride) {
    uint64_t halves[2];
    for (int h = 0; h < 2; h++, b += 4 * stride) {
        halves[h] = load16(b) | (uint64_t)load16(b + stride) << 16 | (uint64_t)load16(b + 2 * stride) << 32;
        halves[h] |= (uint64_t)load16(b + 3 * stride) << 48;
        __asm__("" : "+r"(halves[h]));
    }
    return _mm_set_epi64x((long long)halves[1], (long long)halves[0]);
}

float avx2_dot_iq4nl(const hifi_format *f, const uint8_t *b, const uint8_t *x, size_t count) {
    __m256 total = _mm256_setzero_ps();
    const __m256i t = table_of(iq4_values);
    const __m256i ones = _mm256_set1_epi16(1);
    for (; count > 0; count--, x += HIFI_Q8K_BYTES) {
        const __m256 factors = _mm256_cvtph_ps(words_of_8(b, f->stride));
        __m256 block = _mm256_setzero_ps();
        EACH(pair, 4) {
            // Two sub-blocks in the halves of a register: one conversion and one multiplication by factors for both.
            const uint8_t *next = b + f->stride;
            const __m256i q = two(FIELD(b, hifi_iq4_nl, qs), FIELD(next, hifi_iq4_nl, qs));
            const int8_t *a = codes_of(x) + 64 * pair;
            const __m256i low = iq4_pairs(t, masked(q, 15), two(a, a + 32));
            const __m256i high = iq4_pairs(t, masked(_mm256_srli_epi16(q, 4), 15), two(a + 16, a + 48));
            const __m256i products = _mm256_add_epi32(_mm256_madd_epi16(low, ones), _mm256_madd_epi16(high, ones));
            const __m256i place = _mm256_setr_epi32(
                2 * pair, 2 * pair, 2 * pair, 2 * pair, 2 * pair + 1, 2 * pair + 1, 2 * pair + 1, 2 * pair + 1);
            block = _mm256_fmadd_ps(_mm256_cvtepi32_ps(products), _mm256_permutevar8x32_ps(factors, place), block);
            b = next + f->stride;
        }
        total = _mm256_fmadd_ps(block, _mm256_set1_ps(scale_of(x)), total);
    }
    return reduce(total);
}

INLINE __m256i e2m1_table(void) { return _mm256_add_epi8(table_of(mxfp4_values), _mm256_set1_epi8(12)); }

/// Pairs of products with numbers from 0 to 24.
INLINE __m256i e2m1_pairs(__m256i numbers, __m256i a) {
    return _mm256_sub_epi16(_mm256_maddubs_epi16(numbers, a), _mm256_maddubs_epi16(_mm256_set1_epi8(12), a));
}

/// The exponents of eight blocks.
INLINE uint64_t exponents_of_8(const uint8_t *b, size_t stride) {
    uint64_t all = 0;
    for (int s = 0; s < 8; s++) all |= (uint64_t)b[(size_t)s * stride] << (8 * s);
    __asm__("" : "+r"(all));
    return all;
}

/// Adds eight blocks times their factors. With `late` the factor, which may be 2^127, comes after the activations' scale.
INLINE __m256 add_mxfp4(int late, __m256 total, const float factors[8], const uint8_t *b, size_t stride, const uint8_t *x) {
    const __m256i t = e2m1_table(), ones = _mm256_set1_epi16(1);
    const __m256 yd = _mm256_set1_ps(scale_of(x));
    __m256 block = _mm256_setzero_ps();
    EACH(s, 8) {
        const __m256i numbers = _mm256_shuffle_epi8(t, nibbles_of_16(FIELD(b, hifi_mxfp4, qs)));
        const __m256 sums = _mm256_cvtepi32_ps(_mm256_madd_epi16(e2m1_pairs(numbers, load(codes_of(x) + 32 * s)), ones));
        const __m256 factor = _mm256_set1_ps(factors[s]);
        if (late) total = _mm256_fmadd_ps(_mm256_mul_ps(sums, yd), factor, total);
        else block = _mm256_fmadd_ps(sums, factor, block);
        b += stride;
    }
    return late ? total : _mm256_fmadd_ps(block, yd, total);
}

float avx2_dot_mxfp4(const hifi_format *f, const uint8_t *b, const uint8_t *x, size_t count) {
    __m256 total = _mm256_setzero_ps();
    const uint64_t high_bits = 0x8080808080808080;
    for (; count > 0; count--, x += HIFI_Q8K_BYTES, b += 8 * (size_t)f->stride) {
        const uint64_t e = exponents_of_8(b, f->stride);
        float factors[8];
        // From 64 to 191 the upper two bits differ. Such factors neither overflow nor vanish with a sum of integers.
        if (((e ^ e << 1) & high_bits) == high_bits) {
            const __m256i wide = _mm256_cvtepu8_epi32(_mm_cvtsi64_si128((long long)e));
            const __m256i bits = _mm256_slli_epi32(_mm256_sub_epi32(wide, _mm256_set1_epi32(1)), 23);
            _mm256_storeu_ps(factors, _mm256_castsi256_ps(bits));
            total = add_mxfp4(0, total, factors, b, f->stride, x);
        } else {
            for (int s = 0; s < 8; s++) factors[s] = e8m0_half_to_float((uint8_t)(e >> (8 * s)));
            total = add_mxfp4(1, total, factors, b, f->stride, x);
        }
    }
    return reduce(total);
}

/// Four halves of UE4M3 numbers, but for a factor of 128: as fp16 they are too small by 2^8. 0x7F is zero, 0xFF is not.
INLINE __m128 four_factors(const uint8_t *d) {
    const __m128i bytes = _mm_cvtsi32_si128((int)load32(d)), seven = _mm_set1_epi8(0x7F);
    const __m128i numbers = _mm_andnot_si128(_mm_cmpeq_epi8(bytes, seven), _mm_and_si128(bytes, seven));
    return _mm_cvtph_ps(_mm_slli_epi16(_mm_cvtepu8_epi16(numbers), 7));
}

float avx2_dot_nvfp4(const hifi_format *f, const uint8_t *b, const uint8_t *x, size_t count) {
    __m256 total = _mm256_setzero_ps();
    const __m256i t = e2m1_table(), ones = _mm256_set1_epi16(1);
    for (; count > 0; count--, x += HIFI_Q8K_BYTES) {
        __m256 block = _mm256_setzero_ps();
        EACH(part, 4) {
            // Eight bytes to a sub-block, sub-blocks in the order 0, 2, 1, 3, in which the activations' eights come together.
            const __m256i q = _mm256_permute4x64_epi64(load(FIELD(b, hifi_nvfp4, qs)), 0xD8);
            const __m256i first = load(codes_of(x) + 64 * part), second = load(codes_of(x) + 64 * part + 32);
            const __m256i low = e2m1_pairs(_mm256_shuffle_epi8(t, masked(q, 15)), _mm256_unpacklo_epi64(first, second));
            const __m256i high = e2m1_pairs(
                _mm256_shuffle_epi8(t, masked(_mm256_srli_epi16(q, 4), 15)), _mm256_unpackhi_epi64(first, second));
            const __m256 sums = _mm256_cvtepi32_ps(_mm256_madd_epi16(_mm256_add_epi16(low, high), ones));
            const __m256 factors = _mm256_permutevar8x32_ps(
                _mm256_castps128_ps256(four_factors(FIELD(b, hifi_nvfp4, d))), _mm256_setr_epi32(0, 0, 2, 2, 1, 1, 3, 3));
            block = _mm256_fmadd_ps(sums, factors, block);
            b += f->stride;
        }
        total = _mm256_fmadd_ps(block, _mm256_set1_ps(128.0f * scale_of(x)), total);
    }
    return reduce(total);
}

AVX2_END
#endif

// The scan with AVX-512.
#if defined(__x86_64__)
#include "avx512.h"
#include "tables.h"

AVX512_BEGIN

#include "scan.h"
#include "scan_ymm.h"

static int dense(const hifi_scan_plan *plan, const uint8_t *p, size_t vectors, uint64_t *subnormal) {
    __m512i small = _mm512_setzero_si512();
    uint32_t bad = 0;
    // A group has fewer vectors than a lane can count.
    for (size_t done = 0; done < vectors; done += plan->vectors) {
        for (uint32_t v = 0; v < plan->vectors; v++, p += 64) {
            const __m512i words = _mm512_loadu_si512(p);
            const __m512i kept = _mm512_and_si512(words, _mm512_loadu_si512(plan->keep + 32 * v));
            bad |= _mm512_cmpeq_epi16_mask(kept, _mm512_loadu_si512(plan->special + 32 * v));
            const __m512i scales = _mm512_and_si512(words, _mm512_loadu_si512(plan->scale + 32 * v));
            const __m512i less = _mm512_add_epi16(scales, _mm512_set1_epi16(-1));
            const __mmask32 found = _mm512_cmplt_epu16_mask(less, _mm512_set1_epi16(0x3FF));
            small = _mm512_mask_add_epi16(small, found, small, _mm512_set1_epi16(1));
        }
    }
    *subnormal += scan_sum(_mm512_castsi512_si256(small)) + scan_sum(_mm512_extracti64x4_epi64(small, 1));
    return bad != 0;
}

static int window(const hifi_scan_window *w, const uint8_t *p, size_t stride, size_t count, uint64_t *subnormal) {
    return scan_window_ymm(w, p, stride, count, subnormal);
}

/// Pairs of equal positions, in the order of `hifi_scan_pairs`.
INLINE uint32_t equal_pairs(const uint8_t *index) {
    const __m256i positions = _mm256_set1_epi64x((long long)load64(index));
    return _mm256_cmpeq_epi8_mask(positions, _mm256_rorv_epi64(positions, _mm256_setr_epi64x(8, 16, 24, 32)));
}

/// Bit k is set if the weight at position k has not the Q3_K code of zero.
INLINE unsigned live_bases(const uint8_t *block, const uint8_t *index) {
    const __m128i positions = _mm_loadl_epi64((const __m128i *)index);
    // Matrices over the bits of a position, last row first: its upper three bits, and its lane with the half above.
    const __m128i row = _mm_gf2p8affine_epi64_epi8(positions, _mm_set1_epi64x(0x2040800000000000), 0);
    const __m128i place = _mm_gf2p8affine_epi64_epi8(positions, _mm_set1_epi64x(0x0102040810800000), 0);
    // Lookups of 32 and 64 bytes take as many bits of the index as they need.
    const __m128i third = _mm256_castsi256_si128(_mm256_permutexvar_epi8(_mm256_castsi128_si256(positions), scan_load(block)));
    const __m128i low = _mm512_castsi512_si128(_mm512_permutexvar_epi8(_mm512_castsi128_si512(place), _mm512_loadu_si512(block + 32)));
    const __m128i one = _mm_setr_epi8(1, 2, 4, 8, 16, 32, 64, -128, 0, 0, 0, 0, 0, 0, 0, 0);
    const __m128i two = _mm_setr_epi8(3, 12, 48, -64, 3, 12, 48, -64, 0, 0, 0, 0, 0, 0, 0, 0);
    const __m128i missing = _mm_andnot_si128(third, _mm_shuffle_epi8(one, row));
    // missing | (low & two)
    const __m128i hit = _mm_ternarylogic_epi32(missing, low, _mm_shuffle_epi8(two, row), 0xF8);
    return _mm_test_epi8_mask(hit, hit) & 255;
}

/// Bit k is set if the value of slot k is zero, of either sign.
INLINE unsigned zero_values(const hifi_scan_slot_layout *s, const uint8_t *block) {
    if (!s->wide_values) {
        const __m128i bytes = _mm_loadl_epi64((const __m128i *)(block + s->value_at));
        return _mm_testn_epi8_mask(bytes, bytes) & 255;
    }
    return _mm_testn_epi16_mask(_mm_loadu_si128((const __m128i *)(block + s->value_at)), _mm_set1_epi16(0x7FFF));
}

INLINE unsigned not_rising(const hifi_scan_slot_layout *s, const uint8_t *block) {
    const __m128i positions = _mm_loadl_epi64((const __m128i *)(block + s->index_at)), before = _mm_slli_epi64(positions, 8);
    const unsigned fall = _mm_cmple_epu8_mask(positions, before);
    if (s->has_count) return fall;
    return fall & ~(_mm_cmpeq_epi8_mask(positions, before) & zero_values(s, block));
}

INLINE unsigned sentinels(const hifi_scan_slot_layout *s, const uint8_t *block) {
    const __m128i next = _mm_add_epi8(_mm_loadl_epi64((const __m128i *)(block + s->index_at)), _mm_set1_epi8(1));
    return _mm_cmple_epu8_mask(next, _mm_set1_epi8(1)) & zero_values(s, block);
}

INLINE unsigned filled(const hifi_scan_slot_layout *s, const uint8_t *block) {
    const __m128i positions = _mm_loadl_epi64((const __m128i *)(block + s->index_at));
    return ~(_mm_testn_epi8_mask(positions, positions) & zero_values(s, block));
}

#include "scan_slots.h"

size_t avx512_scan(const hifi_scan_plan *plan, const uint8_t *blocks, size_t count, uint64_t *subnormal) {
    return scan_blocks((scan_steps){dense, window, slots}, plan, blocks, count, subnormal);
}

AVX512_END
#endif

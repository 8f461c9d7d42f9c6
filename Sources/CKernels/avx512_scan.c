// The scan with AVX-512.
#if defined(__x86_64__)
#include "avx512.h"
#include "tables.h"

AVX512_BEGIN

#include "scan.h"
#include "scan_ymm.h"

static int dense(const hifi_scan_plan *plan, const uint8_t *p, size_t vectors, hifi_scan_found *found) {
    const __m512i bits = _mm512_set1_epi16((short)plan->dense_bits), one = _mm512_set1_epi16(1);
    __m512i most = _mm512_setzero_si512(), other = most, small = most;
    if (!plan->dense_scales) {
        // Plain floats: one pattern for all vectors, since no other short block has such words.
        const __m512i pattern = _mm512_loadu_si512(plan->bits);
        size_t v = 0;
        for (; v + 2 <= vectors; v += 2, p += 128) {
            most = _mm512_max_epu16(most, _mm512_and_si512(_mm512_loadu_si512(p), pattern));
            other = _mm512_max_epu16(other, _mm512_and_si512(_mm512_loadu_si512(p + 64), pattern));
        }
        if (v < vectors) most = _mm512_max_epu16(most, _mm512_and_si512(_mm512_loadu_si512(p), pattern));
        return _mm512_cmpeq_epi16_mask(_mm512_max_epu16(most, other), bits) != 0;
    }
    // Short blocks: their suspicious words are their scales. A group has fewer vectors than a lane can count.
    for (size_t done = 0; done < vectors; done += plan->vectors) {
        for (uint32_t v = 0; v < plan->vectors; v++, p += 64) {
            const __m512i scales = _mm512_and_si512(_mm512_loadu_si512(p), _mm512_loadu_si512(plan->scale + 32 * v));
            most = _mm512_max_epu16(most, scales);
            const __mmask32 is_small = _mm512_cmplt_epu16_mask(_mm512_sub_epi16(scales, one), _mm512_set1_epi16(0x3FF));
            small = _mm512_mask_add_epi16(small, is_small, small, one);
        }
    }
    found->subnormal += scan_sum(_mm512_castsi512_si256(small)) + scan_sum(_mm512_extracti64x4_epi64(small, 1));
    const __m512i kept = _mm512_and_si512(most, bits);
    scan_note(found, 0, _mm512_castsi512_si256(kept));
    scan_note(found, 16, _mm512_extracti64x4_epi64(kept, 1));
    return _mm512_cmpge_epu16_mask(most, bits) != 0;
}

static int window(
    const hifi_scan_window *w, const uint8_t *p, size_t stride, size_t count, hifi_scan_found *found, size_t lane) {
    return scan_window_ymm(w, p, stride, count, found, lane);
}

static int among(const hifi_scan_set *s, const uint8_t *p, size_t stride, size_t count) { return scan_among_ymm(s, p, stride, count); }

/// Pairs of equal positions, in the order of `hifi_scan_pairs`.
INLINE uint32_t equal_pairs(const uint8_t *index) {
    const __m256i positions = _mm256_set1_epi64x((long long)load64(index));
    return _mm256_cmpeq_epi8_mask(positions, _mm256_rorv_epi64(positions, _mm256_setr_epi64x(8, 16, 24, 32)));
}

/// Byte k is not zero if the weight at position k has not the Q3_K code of zero; only the lower eight are meant.
INLINE __m128i live_lanes(const uint8_t *block, const uint8_t *index) {
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
    return _mm_ternarylogic_epi32(missing, low, _mm_shuffle_epi8(two, row), 0xF8);
}

/// The same of two blocks, the second's positions after the first's.
INLINE __m128i live_lanes_of_two(const uint8_t *p, const uint8_t *q, const uint8_t *p_index, const uint8_t *q_index) {
    const __m128i positions = scan_both(p_index, q_index);
    const __m128i row = _mm_gf2p8affine_epi64_epi8(positions, _mm_set1_epi64x(0x2040800000000000), 0);
    const __m128i place = _mm_gf2p8affine_epi64_epi8(positions, _mm_set1_epi64x(0x0102040810800000), 0);
    // The planes of the second block stand after those of the first. Bit 5 of the lane: 32 ? second : positions.
    const __m128i second = _mm_set_epi64x(0x2020202020202020, 0);
    const __m128i lane = _mm_ternarylogic_epi32(positions, _mm_set1_epi8(32), second, 0xB8);
    const __m512i hmask = _mm512_inserti64x4(_mm512_castsi256_si512(scan_load(p)), scan_load(q), 1);
    const __m128i third = _mm512_castsi512_si128(_mm512_permutexvar_epi8(_mm512_castsi128_si512(lane), hmask));
    const __m512i index = _mm512_castsi128_si512(_mm_or_si128(place, _mm_set_epi64x(0x4040404040404040, 0)));
    const __m128i low =
        _mm512_castsi512_si128(_mm512_permutex2var_epi8(_mm512_loadu_si512(p + 32), index, _mm512_loadu_si512(q + 32)));
    const __m128i one = _mm_setr_epi8(1, 2, 4, 8, 16, 32, 64, -128, 0, 0, 0, 0, 0, 0, 0, 0);
    const __m128i two = _mm_setr_epi8(3, 12, 48, -64, 3, 12, 48, -64, 0, 0, 0, 0, 0, 0, 0, 0);
    const __m128i missing = _mm_andnot_si128(third, _mm_shuffle_epi8(one, row));
    return _mm_ternarylogic_epi32(missing, low, _mm_shuffle_epi8(two, row), 0xF8);
}

/// Any of up to sixteen slots: quickly where all positions differ and none could be a sentinel.
static int many_slots(const hifi_scan_plan *plan, const uint8_t *p, size_t count) {
    const hifi_scan_slot_layout s = plan->slots;
    const uint8_t *const start = p;
    uint32_t bad = 0;
    const int takes = s.wide_values && (plan->tests & ~(unsigned)(HIFI_SCAN_DISTINCT | HIFI_SCAN_SPARING | HIFI_SCAN_EMPTY)) == 0;
    if (!takes) return scalar_scan_slots(plan, p, count);
    for (size_t b = 0; b < count; b++, p += plan->stride) {
        const __m128i positions = _mm_loadu_si128((const __m128i *)(p + s.index_at));
        const __m512i before = _mm512_conflict_epi32(_mm512_cvtepu8_epi32(positions));
        const uint32_t used = (1u << scan_used(&s, p)) - 1;
        bad |= _mm512_test_epi32_mask(before, before) & used;
        const __m256i values = scan_load(p + s.value_at);
        const uint32_t zero = _mm256_testn_epi16_mask(values, _mm256_set1_epi16(0x7FFF));
        const __m128i next = _mm_add_epi8(positions, _mm_set1_epi8(1));
        if (plan->tests & HIFI_SCAN_SPARING) bad |= _mm_cmple_epu8_mask(next, _mm_set1_epi8(1)) & zero & used;
        if (plan->tests & HIFI_SCAN_EMPTY) {
            bad |= ~(_mm_testn_epi8_mask(positions, positions) & zero) & ~used & ((1u << s.slots) - 1);
        }
    }
    return bad != 0 && scalar_scan_slots(plan, start, count);
}

#include "scan_slots.h"

size_t avx512_scan(const hifi_scan_plan *plan, const uint8_t *blocks, size_t count, hifi_scan_found *found) {
    return scan_blocks((scan_steps){dense, window, slots, among}, plan, blocks, count, found);
}

AVX512_END
#endif

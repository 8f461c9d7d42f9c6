// The scan with AVX2.
#if defined(__x86_64__)
#include "avx2.h"
#include "tables.h"

AVX2_BEGIN

#include "scan.h"
#include "scan_ymm.h"

static int dense(const hifi_scan_plan *plan, const uint8_t *p, size_t vectors, uint64_t *subnormal) {
    __m256i bad = _mm256_setzero_si256(), small = bad;
    // A group has fewer vectors than a lane can count.
    for (size_t done = 0; done < vectors; done += plan->vectors) {
        for (uint32_t v = 0; v < 2 * plan->vectors; v++, p += 32) {
            const __m256i words = scan_load(p);
            bad = _mm256_or_si256(
                bad, _mm256_cmpeq_epi16(_mm256_and_si256(words, scan_load(plan->keep + 16 * v)), scan_load(plan->special + 16 * v)));
            small = _mm256_sub_epi16(small, scan_subnormal(words, scan_load(plan->scale + 16 * v)));
        }
    }
    *subnormal += scan_sum(small);
    return scan_any(bad);
}

static int window(const hifi_scan_window *w, const uint8_t *p, size_t stride, size_t count, uint64_t *subnormal) {
    return scan_window_ymm(w, p, stride, count, subnormal);
}

/// Pairs of equal positions, in the order of `hifi_scan_pairs`.
INLINE uint32_t equal_pairs(const uint8_t *index) {
    const __m256i turn = _mm256_setr_epi8(
        1, 2, 3, 4, 5, 6, 7, 0, 2, 3, 4, 5, 6, 7, 0, 1, 3, 4, 5, 6, 7, 0, 1, 2, 4, 5, 6, 7, 0, 1, 2, 3);
    const __m256i positions = _mm256_set1_epi64x((long long)load64(index));
    return (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(positions, _mm256_shuffle_epi8(positions, turn)));
}

/// Bit k is set if the weight at position k has not the Q3_K code of zero.
INLINE unsigned live_bases(const uint8_t *block, const uint8_t *index) {
    const __m256i low = _mm256_set1_epi8(0x55);
    const __m256i q0 = scan_load(block + 32), q1 = scan_load(block + 64);
    // Bit 2 * quarter of each byte: whether the two low bits of a code are set; the upper half of the block beside it.
    const __m256i first = _mm256_and_si256(_mm256_or_si256(q0, _mm256_srli_epi16(q0, 1)), low);
    const __m256i second = _mm256_and_si256(_mm256_or_si256(q1, _mm256_srli_epi16(q1, 1)), low);
    const __m256i some = _mm256_or_si256(first, _mm256_add_epi8(second, second));
    const __m256i none = _mm256_xor_si256(scan_load(block), _mm256_set1_epi8(-1));
    // Sixteen bytes of either beside each other, then looked up by the position's lane.
    const __m256i left = _mm256_permute2x128_si256(some, none, 0x20), right = _mm256_permute2x128_si256(some, none, 0x31);
    const __m256i positions = _mm256_set1_epi64x((long long)load64(index));
    const __m256i lane = _mm256_and_si256(positions, _mm256_set1_epi8(31));
    const __m256i byte =
        _mm256_blendv_epi8(_mm256_shuffle_epi8(left, lane), _mm256_shuffle_epi8(right, lane), _mm256_slli_epi16(lane, 3));
    const __m256i row = _mm256_and_si256(_mm256_srli_epi16(positions, 5), _mm256_set1_epi8(7));
    const __m256i bits = _mm256_setr_epi8(
        1, 4, 16, 64, 2, 8, 32, -128, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 64, -128, 0, 0, 0, 0, 0, 0, 0, 0);
    const __m256i hit = _mm256_and_si256(byte, _mm256_shuffle_epi8(bits, row));
    const unsigned zeros = (unsigned)_mm256_movemask_epi8(_mm256_cmpeq_epi8(hit, _mm256_setzero_si256()));
    return ~(zeros & zeros >> 16) & 255;
}

/// Bit k is set if the value of slot k is zero, of either sign.
INLINE unsigned zero_values(const hifi_scan_slot_layout *s, const uint8_t *block) {
    if (!s->wide_values) {
        const __m128i bytes = _mm_loadl_epi64((const __m128i *)(block + s->value_at));
        return (unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(bytes, _mm_setzero_si128())) & 255;
    }
    const __m128i words = _mm_and_si128(_mm_loadu_si128((const __m128i *)(block + s->value_at)), _mm_set1_epi16(0x7FFF));
    const __m128i zero = _mm_cmpeq_epi16(words, _mm_setzero_si128());
    return (unsigned)_mm_movemask_epi8(_mm_packs_epi16(zero, _mm_setzero_si128()));
}

INLINE unsigned not_rising(const hifi_scan_slot_layout *s, const uint8_t *block) {
    const __m128i positions = _mm_loadl_epi64((const __m128i *)(block + s->index_at)), before = _mm_slli_epi64(positions, 8);
    const unsigned fall = (unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(_mm_min_epu8(positions, before), positions));
    if (s->has_count) return fall;
    const unsigned same = (unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(positions, before));
    return fall & ~(same & zero_values(s, block));
}

INLINE unsigned sentinels(const hifi_scan_slot_layout *s, const uint8_t *block) {
    const __m128i next =
        _mm_add_epi8(_mm_loadl_epi64((const __m128i *)(block + s->index_at)), _mm_set1_epi8(1));
    const unsigned outermost = (unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(_mm_min_epu8(next, _mm_set1_epi8(1)), next));
    return outermost & zero_values(s, block);
}

INLINE unsigned filled(const hifi_scan_slot_layout *s, const uint8_t *block) {
    const __m128i positions = _mm_loadl_epi64((const __m128i *)(block + s->index_at));
    const unsigned zero = (unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(positions, _mm_setzero_si128()));
    return ~(zero & zero_values(s, block));
}

#include "scan_slots.h"

size_t avx2_scan(const hifi_scan_plan *plan, const uint8_t *blocks, size_t count, uint64_t *subnormal) {
    return scan_blocks((scan_steps){dense, window, slots}, plan, blocks, count, subnormal);
}

AVX2_END
#endif

// The scan with AVX2.
#if defined(__x86_64__)
#include "avx2.h"
#include "tables.h"

AVX2_BEGIN

#include "scan.h"
#include "scan_ymm.h"

static int dense(const hifi_scan_plan *plan, const uint8_t *p, size_t vectors, hifi_scan_found *found) {
    const __m256i bits = _mm256_set1_epi16((short)plan->dense_bits);
    __m256i most = _mm256_setzero_si256(), other = most, small = most;
    if (!plan->dense_scales) {
        // Plain floats: one pattern for all vectors, since no other short block has such words.
        const __m256i left = scan_load(plan->bits), right = scan_load(plan->bits + 16);
        for (size_t v = 0; v < vectors; v++, p += 64) {
            most = _mm256_max_epu16(most, _mm256_and_si256(scan_load(p), left));
            other = _mm256_max_epu16(other, _mm256_and_si256(scan_load(p + 32), right));
        }
        return scan_full(_mm256_max_epu16(most, other), bits);
    }
    // Short blocks: their suspicious words are their scales. A group has fewer vectors than a lane can count.
    const __m256i all = _mm256_set1_epi16(-1);
    for (size_t done = 0; done < vectors; done += plan->vectors) {
        for (uint32_t v = 0; v < plan->vectors; v++, p += 64) {
            const __m256i left = _mm256_and_si256(scan_load(p), scan_load(plan->scale + 32 * v));
            const __m256i right = _mm256_and_si256(scan_load(p + 32), scan_load(plan->scale + 32 * v + 16));
            most = _mm256_max_epu16(most, left);
            other = _mm256_max_epu16(other, right);
            small = _mm256_sub_epi16(small, _mm256_add_epi16(scan_subnormal(left, all), scan_subnormal(right, all)));
        }
    }
    found->subnormal += scan_sum(small);
    scan_note(found, 0, _mm256_and_si256(most, bits));
    scan_note(found, 16, _mm256_and_si256(other, bits));
    const __m256i largest = _mm256_max_epu16(most, other);
    return scan_any(_mm256_cmpeq_epi16(_mm256_max_epu16(largest, bits), largest));
}

static int window(
    const hifi_scan_window *w, const uint8_t *p, size_t stride, size_t count, hifi_scan_found *found, size_t lane) {
    return scan_window_ymm(w, p, stride, count, found, lane);
}

static int among(const hifi_scan_set *s, const uint8_t *p, size_t stride, size_t count) { return scan_among_ymm(s, p, stride, count); }

/// Pairs of equal positions, in the order of `hifi_scan_pairs`.
INLINE uint32_t equal_pairs(const uint8_t *index) {
    const __m256i turn = _mm256_setr_epi8(
        1, 2, 3, 4, 5, 6, 7, 0, 2, 3, 4, 5, 6, 7, 0, 1, 3, 4, 5, 6, 7, 0, 1, 2, 4, 5, 6, 7, 0, 1, 2, 3);
    const __m256i positions = _mm256_set1_epi64x((long long)load64(index));
    return (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(positions, _mm256_shuffle_epi8(positions, turn)));
}

/// Byte k is not zero if the weight at position k has not the Q3_K code of zero; only the lower eight are meant.
INLINE __m128i live_lanes(const uint8_t *block, const uint8_t *index) {
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
    return _mm_or_si128(_mm256_castsi256_si128(hit), _mm256_extracti128_si256(hit, 1));
}

/// The same of two blocks, the second's positions after the first's.
INLINE __m128i live_lanes_of_two(const uint8_t *p, const uint8_t *q, const uint8_t *p_index, const uint8_t *q_index) {
    return _mm_unpacklo_epi64(live_lanes(p, p_index), live_lanes(q, q_index));
}

/// Any of up to sixteen slots.
static int many_slots(const hifi_scan_plan *plan, const uint8_t *p, size_t count) { return scalar_scan_slots(plan, p, count); }

#include "scan_slots.h"

size_t avx2_scan(const hifi_scan_plan *plan, const uint8_t *blocks, size_t count, hifi_scan_found *found) {
    return scan_blocks((scan_steps){dense, window, slots, among}, plan, blocks, count, found);
}

AVX2_END
#endif

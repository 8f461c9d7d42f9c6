// Scan steps in vectors of 32 bytes, for AVX2 and what is built on it.
#ifndef HIFI_SCAN_YMM_H
#define HIFI_SCAN_YMM_H

INLINE __m256i scan_load(const void *p) { return _mm256_loadu_si256((const __m256i *)p); }
/// Eight bytes from each of two places.
INLINE __m128i scan_both(const uint8_t *p, const uint8_t *q) {
    return _mm_castps_si128(_mm_loadh_pi(_mm_castsi128_ps(_mm_loadl_epi64((const __m128i *)p)), (const __m64 *)q));
}
INLINE int scan_any(__m256i v) { return !_mm256_testz_si256(v, v); }

/// Minus one in each lane whose scale is subnormal: exponent 0, fraction not.
INLINE __m256i scan_subnormal(__m256i words, __m256i scale) {
    const __m256i less = _mm256_add_epi16(_mm256_and_si256(words, scale), _mm256_set1_epi16(-1));
    return _mm256_cmpeq_epi16(_mm256_min_epu16(less, _mm256_set1_epi16(0x3FE)), less);
}

/// The sum of sixteen counts below 65536.
INLINE uint64_t scan_sum(__m256i counts) {
    const __m256i low = _mm256_and_si256(counts, _mm256_set1_epi32(0xFFFF)), high = _mm256_srli_epi32(counts, 16);
    const __m256i eight = _mm256_add_epi32(low, high);
    uint32_t parts[8];
    _mm256_storeu_si256((__m256i *)parts, eight);
    uint64_t sum = 0;
    for (int i = 0; i < 8; i++) sum += parts[i];
    return sum;
}

/// Of words with nothing but some bits kept, the largest has all of them if any has.
INLINE int scan_full(__m256i most, __m256i bits) {
    const __m256i full = _mm256_cmpeq_epi16(most, bits), none = _mm256_cmpeq_epi16(bits, _mm256_setzero_si256());
    return !_mm256_testc_si256(none, full);
}

/// Adds the largest words of a group, from a lane on, to those of all groups.
INLINE void scan_note(hifi_scan_found *found, size_t lane, __m256i most) {
    __m256i *high = (__m256i *)(found->high + lane), *low = (__m256i *)(found->low + lane);
    _mm256_storeu_si256(high, _mm256_max_epu16(_mm256_loadu_si256(high), most));
    _mm256_storeu_si256(low, _mm256_min_epu16(_mm256_loadu_si256(low), most));
}

INLINE int scan_window_loop(
    const hifi_scan_window *w, const uint8_t *p, size_t stride, size_t count, hifi_scan_found *found, size_t lane, int limits,
    int scales) {
    const __m256i bits = scan_load(w->bits), scale = scan_load(w->scale), mask = scan_load(w->mask), limit = scan_load(w->limit);
    const __m256i minus = _mm256_set1_epi16(-1);
    __m256i most = _mm256_setzero_si256(), over = most, least = minus;
    const uint8_t *q = p;
    _Pragma("clang loop unroll_count(4)") for (size_t b = 0; b < count; b++, q += stride) {
        const __m256i words = scan_load(q);
        most = _mm256_max_epu16(most, _mm256_and_si256(words, bits));
        if (limits) over = _mm256_or_si256(over, _mm256_subs_epu8(_mm256_and_si256(words, mask), limit));
        // Zero and what is not a scale become the largest.
        if (scales) least = _mm256_min_epu16(least, _mm256_add_epi16(_mm256_and_si256(words, scale), minus));
    }
    // Subnormal scales are rare: they are counted once it is known that there are any.
    if (scales && scan_any(scan_subnormal(_mm256_sub_epi16(least, minus), minus))) {
        // A group has fewer blocks than a lane can count.
        __m256i small = _mm256_setzero_si256();
        for (size_t b = 0; b < count; b++, p += stride) small = _mm256_sub_epi16(small, scan_subnormal(scan_load(p), scale));
        found->subnormal += scan_sum(small);
    }
    scan_note(found, lane, most);
    return scan_full(most, bits) || scan_any(over);
}

/// Two lookups by the lower half of each byte, of which one is of the bytes below 128 and gives 0 for others, the other the reverse,
/// give the bits of what is forbidden; the bit is that of the upper half.
INLINE int scan_among_ymm(const hifi_scan_set *s, const uint8_t *p, size_t stride, size_t count) {
    const __m256i low = _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)s->low));
    const __m256i high = _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)s->high));
    const __m256i bit = _mm256_set1_epi64x((long long)0x8040201008040201), half = _mm256_set1_epi8(15);
    const __m256i upper = _mm256_set1_epi8(-128);
    // Loads of a whole window that lies within the block, the last one as far to the right as the field reaches. A field that is
    // shorter has one, whose other bytes do not count.
    size_t start = s->at;
    uint8_t counted[HIFI_SCAN_WINDOW];
    memset(counted, 0xFF, sizeof counted);
    if (s->count < HIFI_SCAN_WINDOW) {
        if (start > stride - HIFI_SCAN_WINDOW) start = stride - HIFI_SCAN_WINDOW;
        memset(counted, 0, sizeof counted);
        memset(counted + (s->at - start), 0xFF, s->count);
    }
    const size_t last = s->count < HIFI_SCAN_WINDOW ? 0 : s->count - HIFI_SCAN_WINDOW;
    __m256i found = _mm256_setzero_si256();
    for (size_t b = 0; b < count; b++, p += stride) {
        for (size_t i = 0;; i += HIFI_SCAN_WINDOW) {
            const size_t place = i < last ? i : last;
            const __m256i v = scan_load(p + start + place);
            const __m256i row = _mm256_or_si256(_mm256_shuffle_epi8(low, v), _mm256_shuffle_epi8(high, _mm256_xor_si256(v, upper)));
            const __m256i own = _mm256_shuffle_epi8(bit, _mm256_and_si256(_mm256_srli_epi16(v, 4), half));
            found = _mm256_or_si256(found, _mm256_and_si256(row, own));
            if (place == last) break;
        }
    }
    return scan_any(_mm256_and_si256(found, scan_load(counted)));
}

INLINE int scan_window_ymm(
    const hifi_scan_window *w, const uint8_t *p, size_t stride, size_t count, hifi_scan_found *found, size_t lane) {
    if (w->limits) {
        return w->scales ? scan_window_loop(w, p, stride, count, found, lane, 1, 1)
                         : scan_window_loop(w, p, stride, count, found, lane, 1, 0);
    }
    return w->scales ? scan_window_loop(w, p, stride, count, found, lane, 0, 1)
                     : scan_window_loop(w, p, stride, count, found, lane, 0, 0);
}

#endif

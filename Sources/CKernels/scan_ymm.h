// Scan steps in vectors of 32 bytes, for AVX2 and what is built on it.
#ifndef HIFI_SCAN_YMM_H
#define HIFI_SCAN_YMM_H

INLINE __m256i scan_load(const void *p) { return _mm256_loadu_si256((const __m256i *)p); }
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

INLINE int scan_window_ymm(const hifi_scan_window *w, const uint8_t *p, size_t stride, size_t count, uint64_t *subnormal) {
    const __m256i keep = scan_load(w->keep), special = scan_load(w->special), scale = scan_load(w->scale);
    const __m256i mask = scan_load(w->mask), limit = scan_load(w->limit);
    __m256i bad = _mm256_setzero_si256(), small = bad;
    // A group has fewer blocks than a lane can count.
    if (w->limits) {
        for (size_t b = 0; b < count; b++, p += stride) {
            const __m256i words = scan_load(p);
            bad = _mm256_or_si256(bad, _mm256_cmpeq_epi16(_mm256_and_si256(words, keep), special));
            bad = _mm256_or_si256(bad, _mm256_subs_epu8(_mm256_and_si256(words, mask), limit));
            small = _mm256_sub_epi16(small, scan_subnormal(words, scale));
        }
    } else {
        for (size_t b = 0; b < count; b++, p += stride) {
            const __m256i words = scan_load(p);
            bad = _mm256_or_si256(bad, _mm256_cmpeq_epi16(_mm256_and_si256(words, keep), special));
            small = _mm256_sub_epi16(small, scan_subnormal(words, scale));
        }
    }
    *subnormal += scan_sum(small);
    return scan_any(bad);
}

#endif

// Tests of up to eight outlier slots over a group of blocks, made of the vector steps that the including file has:
// equal_pairs, live_lanes, live_lanes_of_two, many_slots. A lane of a vector of bytes is a slot.
#ifndef HIFI_SCAN_SLOTS_H
#define HIFI_SCAN_SLOTS_H

INLINE __m128i scan_load8(const uint8_t *p) { return _mm_loadl_epi64((const __m128i *)p); }

/// Bytes that are not zero, of the first eight.
INLINE unsigned scan_lanes(__m128i v) { return ~(unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(v, _mm_setzero_si128())) & 255; }

/// The lanes of the first c slots.
INLINE __m128i scan_first(unsigned c) {
    static const uint8_t ones[16] = {255, 255, 255, 255, 255, 255, 255, 255};
    return scan_load8(ones + 8 - c);
}

/// Values without their signs, narrowed so that zero stays zero and nothing else becomes it.
INLINE __m128i scan_values(const hifi_scan_slot_layout *s, const uint8_t *block) {
    if (!s->wide_values) return scan_load8(block + s->value_at);
    const __m128i words = _mm_loadu_si128((const __m128i *)(block + s->value_at));
    return _mm_packus_epi16(_mm_and_si128(words, _mm_set1_epi16(0x7FFF)), _mm_setzero_si128());
}

/// Lanes whose position is not above that of the lane before; the first is never among them.
INLINE __m128i scan_falling(__m128i positions) {
    const __m128i first = _mm_setr_epi8(-1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0), before = _mm_slli_epi64(positions, 8);
    return _mm_andnot_si128(first, _mm_cmpeq_epi8(_mm_min_epu8(positions, before), positions));
}

/// Lanes with value 0 at position 0 or 255.
INLINE __m128i scan_sentinels(__m128i positions, __m128i values) {
    const __m128i next = _mm_add_epi8(positions, _mm_set1_epi8(1));
    const __m128i outermost = _mm_cmpeq_epi8(_mm_min_epu8(next, _mm_set1_epi8(1)), next);
    return _mm_and_si128(outermost, _mm_cmpeq_epi8(values, _mm_setzero_si128()));
}

/// One loop for all tests of a group; `tests` is a constant to the compiler. May suspect what is right only of
/// HIFI_SCAN_SPARING, and of HIFI_SCAN_RISING without a count.
INLINE int scan_group(const hifi_scan_slot_layout *s, const uint8_t *p, size_t stride, size_t count, unsigned tests) {
    __m128i bad = _mm_setzero_si128();
    uint32_t pairs = 0;
    for (size_t b = 0; b < count; b++, p += stride) {
        const uint8_t *index = p + s->index_at;
        const unsigned used = scan_used(s, p);
        const __m128i lanes = scan_first(used), positions = scan_load8(index);
        __m128i wrong = _mm_setzero_si128();
        if (tests & HIFI_SCAN_BASE_ZERO) wrong = live_lanes(p, index);
        if (tests & HIFI_SCAN_RISING) wrong = _mm_or_si128(wrong, scan_falling(positions));
        if (tests & HIFI_SCAN_SPARING) wrong = _mm_or_si128(wrong, scan_sentinels(positions, scan_values(s, p)));
        bad = _mm_or_si128(bad, _mm_and_si128(wrong, lanes));
        if (tests & HIFI_SCAN_EMPTY) {
            bad = _mm_or_si128(bad, _mm_andnot_si128(lanes, _mm_or_si128(positions, scan_values(s, p))));
        }
        // Positions that rise are distinct.
        const int compares = (tests & HIFI_SCAN_DISTINCT) != 0 || ((tests & HIFI_SCAN_SPARING) != 0 && !(tests & HIFI_SCAN_RISING));
        if (compares) pairs |= equal_pairs(index) & (s->has_count ? hifi_scan_pairs[used] : ~0u);
    }
    if (!s->has_count) pairs &= hifi_scan_pairs[s->slots];
    // Beyond the last slot other fields begin.
    return pairs != 0 || (scan_lanes(bad) & ((1u << s->slots) - 1)) != 0;
}

/// Counted slots in rising order over codes of zero, those not in use empty (as r13 has them): two blocks at a time.
INLINE int scan_rising(const hifi_scan_slot_layout *s, const uint8_t *p, size_t stride, size_t count) {
    const __m128i first = _mm_set1_epi64x(255), magnitude = _mm_set1_epi16(0x7FFF);
    __m128i bad = _mm_setzero_si128();
    for (; count >= 2; count -= 2, p += 2 * stride) {
        const uint8_t *const q = p + stride;
        const __m128i used = _mm_unpacklo_epi64(scan_first(scan_used(s, p)), scan_first(scan_used(s, q)));
        const __m128i positions = scan_both(p + s->index_at, q + s->index_at), before = _mm_slli_epi64(positions, 8);
        const __m128i falling = _mm_andnot_si128(first, _mm_cmpeq_epi8(_mm_min_epu8(positions, before), positions));
        const __m128i wrong = _mm_or_si128(falling, live_lanes_of_two(p, q, p + s->index_at, q + s->index_at));
        const __m128i values = _mm_packus_epi16(
            _mm_and_si128(_mm_loadu_si128((const __m128i *)(p + s->value_at)), magnitude),
            _mm_and_si128(_mm_loadu_si128((const __m128i *)(q + s->value_at)), magnitude));
        bad = _mm_or_si128(bad, _mm_blendv_epi8(_mm_or_si128(positions, values), wrong, used));
    }
    const unsigned slots = (1u << s->slots) - 1;
    if ((~(unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(bad, _mm_setzero_si128())) & (slots | slots << 8)) != 0) return 1;
    enum { tests = HIFI_SCAN_RISING | HIFI_SCAN_BASE_ZERO | HIFI_SCAN_EMPTY };
    return count != 0 && scan_group(s, p, stride, count, tests);
}

static int slots(const hifi_scan_plan *plan, const uint8_t *p, size_t count) {
    if (plan->slots.slots > 8) return many_slots(plan, p, count);
    // A copy, so that the compiler knows that nothing changes it.
    hifi_scan_slot_layout s = plan->slots;
    const size_t stride = plan->stride;
    enum { distinct = HIFI_SCAN_DISTINCT, zero = HIFI_SCAN_BASE_ZERO, rising = HIFI_SCAN_RISING, sparing = HIFI_SCAN_SPARING };
    int bad;
    if (s.has_count) {
        s.has_count = 1;
        switch (plan->tests) {
        case distinct: bad = scan_group(&s, p, stride, count, distinct); break;
        case rising | zero | HIFI_SCAN_EMPTY:
            s.wide_values = 1;
            bad = scan_rising(&s, p, stride, count);
            break;
        default: bad = scan_group(&s, p, stride, count, plan->tests); break;
        }
    } else {
        s.has_count = 0;
        switch (plan->tests) {
        case distinct: bad = scan_group(&s, p, stride, count, distinct); break;
        case distinct | zero: bad = scan_group(&s, p, stride, count, distinct | zero); break;
        case rising | sparing:
            s.wide_values = 1;
            bad = scan_group(&s, p, stride, count, rising | sparing);
            break;
        case sparing:
            s.wide_values = 1;
            bad = scan_group(&s, p, stride, count, sparing);
            break;
        default: bad = scan_group(&s, p, stride, count, plan->tests); break;
        }
    }
    const int is_exact = (plan->tests & sparing) == 0 && (s.has_count || (plan->tests & rising) == 0);
    return bad && (is_exact || scalar_scan_slots(plan, p, count));
}

#endif

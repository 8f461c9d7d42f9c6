// Tests of outlier slots over a group of blocks, made of the vector steps that the including file has:
// equal_pairs, live_bases, not_rising, sentinels, filled.
#ifndef HIFI_SCAN_SLOTS_H
#define HIFI_SCAN_SLOTS_H

INLINE uint32_t repeated(const hifi_scan_slot_layout *s, const uint8_t *p, size_t stride, size_t count) {
    uint32_t bad = 0;
    if (!s->has_count) {
        for (size_t b = 0; b < count; b++, p += stride) bad |= equal_pairs(p + s->index_at);
        return bad & hifi_scan_pairs[s->slots];
    }
    for (size_t b = 0; b < count; b++, p += stride) bad |= equal_pairs(p + s->index_at) & hifi_scan_pairs[scan_used(s, p)];
    return bad;
}

INLINE uint32_t falling(const hifi_scan_slot_layout *s, const uint8_t *p, size_t stride, size_t count) {
    unsigned bad = 0;
    // Slot 0 has none before it.
    for (size_t b = 0; b < count; b++, p += stride) bad |= not_rising(s, p) & ((1u << scan_used(s, p)) - 1) & ~1u;
    return bad;
}

INLINE uint32_t live(const hifi_scan_slot_layout *s, const uint8_t *p, size_t stride, size_t count) {
    unsigned bad = 0;
    for (size_t b = 0; b < count; b++, p += stride) bad |= live_bases(p, p + s->index_at) & ((1u << scan_used(s, p)) - 1);
    return bad;
}

INLINE uint32_t overwriting(const hifi_scan_slot_layout *s, const uint8_t *p, size_t stride, size_t count) {
    uint32_t bad = 0;
    for (size_t b = 0; b < count; b++, p += stride) {
        const unsigned used = scan_used(s, p), unused = sentinels(s, p) & ((1u << used) - 1);
        uint32_t pairs = equal_pairs(p + s->index_at) & hifi_scan_pairs[used];
        if (unused != 0) {
            // Empty slots may share a position with each other, and rest on a weight that is zero.
            pairs &= ~scan_pairs_within(unused);
            bad |= s->q3k_base ? live_bases(p, p + s->index_at) & unused : unused;
        }
        bad |= pairs;
    }
    return bad;
}

INLINE uint32_t not_empty(const hifi_scan_slot_layout *s, const uint8_t *p, size_t stride, size_t count) {
    const unsigned all = (1u << s->slots) - 1;
    unsigned bad = 0;
    for (size_t b = 0; b < count; b++, p += stride) bad |= filled(s, p) & all & ~((1u << scan_used(s, p)) - 1);
    return bad;
}

static int slots(const hifi_scan_plan *plan, const uint8_t *p, size_t count) {
    // A copy, so that the compiler knows that nothing changes it.
    const hifi_scan_slot_layout s = plan->slots;
    const size_t stride = plan->stride;
    uint32_t bad = 0;
    if (plan->tests & HIFI_SCAN_DISTINCT) bad |= repeated(&s, p, stride, count);
    if (plan->tests & HIFI_SCAN_RISING) bad |= falling(&s, p, stride, count);
    if (plan->tests & HIFI_SCAN_BASE_ZERO) bad |= live(&s, p, stride, count);
    if (plan->tests & HIFI_SCAN_SPARING) bad |= overwriting(&s, p, stride, count);
    if (plan->tests & HIFI_SCAN_EMPTY) bad |= not_empty(&s, p, stride, count);
    return bad != 0;
}

#endif

// Looking over many blocks for anything suspicious: the loop that all instruction sets share.
//
// A group of blocks stays in the first-level cache while one test after the other passes over it; each test is a loop
// without a branch. The answer is "clean" or "look closer": what is wrong, and whether anything is, callers decide.
#ifndef HIFI_SCAN_H
#define HIFI_SCAN_H

#include <string.h>

#include "common.h"

/// For c slots in use: bit 8 (r - 1) + i is set if slots i and (i + r) mod 8 are both in use. Rotations by one to four
/// places bring every two slots together.
extern const uint32_t hifi_scan_pairs[9];

/// The tests of slots in portable C.
int scalar_scan_slots(const hifi_scan_plan *, const uint8_t *, size_t count);

INLINE unsigned scan_used(const hifi_scan_slot_layout *s, const uint8_t *block) {
    if (!s->has_count) return s->slots;
    const unsigned count = block[s->count_at] & s->count_mask;
    return count < s->count_max ? count : s->count_max;
}

typedef struct {
    /// Words of a pattern that repeats: whether any is suspicious; what was seen is added to `*found`, where there is anything
    /// to be seen.
    int (*dense)(const hifi_scan_plan *, const uint8_t *, size_t vectors, hifi_scan_found *found);
    int (*window)(const hifi_scan_window *, const uint8_t *, size_t stride, size_t count, hifi_scan_found *found, size_t lane);
    int (*slots)(const hifi_scan_plan *, const uint8_t *, size_t count);
    /// Whether any byte is not of the set; blocks are no shorter than a window.
    int (*among)(const hifi_scan_set *, const uint8_t *, size_t stride, size_t count);
} scan_steps;

/// A word of a pattern, and the place of its kind in it.
INLINE void scan_word(const hifi_scan_plan *plan, const uint8_t *p, size_t i, uint16_t *most, uint16_t *small) {
    const uint16_t word = load16(p + 2 * i), kept = word & plan->bits[i];
    *most = kept > *most ? kept : *most;
    *small += (uint16_t)((uint16_t)((word & plan->scale[i]) - 1) < 0x3FF);
}

/// The bytes after the last whole period of a pattern.
INLINE int scan_rest(const hifi_scan_plan *plan, const uint8_t *p, size_t words, hifi_scan_found *found) {
    uint16_t most[32] = {0}, small[32] = {0};
    size_t first = 0;
    for (; first + 32 <= words; first += 32) {
        for (size_t i = 0; i < 32; i++) scan_word(plan, p, first + i, most + i, small + i);
    }
    for (size_t i = 0; first + i < words; i++) scan_word(plan, p, first + i, most + i, small + i);
    int bad = 0;
    for (size_t i = 0; i < 32; i++) {
        bad |= plan->dense_bits != 0 && most[i] == plan->dense_bits;
        found->subnormal += small[i];
        found->high[i] = most[i] > found->high[i] ? most[i] : found->high[i];
    }
    return bad;
}

/// A window of blocks that are shorter: those at the end of the group from a copy, lest what is behind them be read.
INLINE int scan_short(
    scan_steps steps, const hifi_scan_window *w, const uint8_t *p, size_t stride, size_t count, hifi_scan_found *found, size_t lane) {
    const size_t bytes = count * stride, whole = bytes < HIFI_SCAN_WINDOW ? 0 : (bytes - HIFI_SCAN_WINDOW) / stride + 1;
    uint8_t rest[2 * HIFI_SCAN_WINDOW] = {0};
    memcpy(rest, p + whole * stride, bytes - whole * stride);
    const int bad = steps.window(w, p, stride, whole, found, lane);
    return bad | steps.window(w, rest, stride, count - whole, found, lane);
}

INLINE size_t scan_blocks(scan_steps steps, const hifi_scan_plan *plan, const uint8_t *blocks, size_t count, hifi_scan_found *found) {
    for (size_t first = 0; first < count; first += plan->group) {
        const size_t n = count - first < plan->group ? count - first : plan->group;
        const uint8_t *p = blocks + first * plan->stride;
        int bad = 0;
        if (plan->vectors > 0) {
            const size_t period = (size_t)64 * plan->vectors, bytes = n * plan->stride;
            const size_t whole = bytes / period;
            bad = whole > 0 && steps.dense(plan, p, whole * plan->vectors, found);
            if (bytes > whole * period) bad |= scan_rest(plan, p + whole * period, (bytes - whole * period) / 2, found);
        } else {
            if (plan->stride < HIFI_SCAN_WINDOW) {
                if (plan->windows > 0) bad = scan_short(steps, &plan->window[0], p, plan->stride, n, found, 0);
            } else {
                for (uint32_t w = 0; w < plan->windows; w++) {
                    bad |= steps.window(&plan->window[w], p + plan->window[w].at, plan->stride, n, found, HIFI_SCAN_WINDOW / 2 * w);
                }
                for (uint32_t s = 0; s < plan->sets; s++) bad |= steps.among(&plan->set[s], p, plan->stride, n);
            }
            if (plan->tests != 0) bad |= steps.slots(plan, p, n);
        }
        if (bad) return first;
    }
    return count;
}

#endif

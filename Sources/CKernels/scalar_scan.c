// The scan in portable C, which compilers vectorise where blocks have a pattern.
#include "scan.h"
#include "tables.h"

/// Adds the largest words of a group to those of all groups.
INLINE void note(hifi_scan_found *found, size_t lane, const uint16_t *most, int count) {
    uint16_t *high = found->high + lane, *low = found->low + lane;
    for (int i = 0; i < count; i++) {
        high[i] = most[i] > high[i] ? most[i] : high[i];
        low[i] = most[i] < low[i] ? most[i] : low[i];
    }
}

static int dense(const hifi_scan_plan *plan, const uint8_t *p, size_t vectors, hifi_scan_found *found) {
    uint16_t most[32] = {0};
    uint64_t subnormal = 0;
    for (size_t done = 0; done < vectors; done += plan->vectors) {
        for (uint32_t v = 0; v < plan->vectors; v++, p += 64) {
            const uint16_t *bits = plan->bits + 32 * v, *scale = plan->scale + 32 * v;
            // Words that are not looked at keep no bits.
            for (int i = 0; i < 32; i++) {
                const uint16_t kept = load16(p + 2 * i) & bits[i];
                most[i] = kept > most[i] ? kept : most[i];
            }
            if (!plan->dense_scales) continue;
            uint16_t small = 0;
            for (int i = 0; i < 32; i++) small += (uint16_t)((uint16_t)((load16(p + 2 * i) & scale[i]) - 1) < 0x3FF);
            subnormal += small;
        }
    }
    found->subnormal += subnormal;
    if (plan->dense_scales) note(found, 0, most, 32);
    int bad = 0;
    for (int i = 0; i < 32; i++) bad |= most[i] == plan->dense_bits;
    return bad;
}

static int window(const hifi_scan_window *w, const uint8_t *p, size_t stride, size_t count, hifi_scan_found *found, size_t lane) {
    uint16_t most[16] = {0}, small[16] = {0};
    uint8_t over[HIFI_SCAN_WINDOW] = {0};
    for (size_t b = 0; b < count; b++, p += stride) {
        for (int i = 0; i < 16; i++) {
            const uint16_t word = load16(p + 2 * i);
            const uint16_t kept = word & w->bits[i];
            most[i] = kept > most[i] ? kept : most[i];
            small[i] += (uint16_t)((uint16_t)((word & w->scale[i]) - 1) < 0x3FF);
        }
        if (!w->limits) continue;
        for (int i = 0; i < HIFI_SCAN_WINDOW; i++) over[i] |= (uint8_t)((uint8_t)(p[i] & w->mask[i]) > w->limit[i]);
    }
    int any = 0;
    note(found, lane, most, 16);
    for (int i = 0; i < 16; i++) any |= w->bits[i] != 0 && most[i] == w->bits[i], found->subnormal += small[i];
    for (int i = 0; i < HIFI_SCAN_WINDOW; i++) any |= over[i];
    return any;
}

static int among(const hifi_scan_set *s, const uint8_t *p, size_t stride, size_t count) {
    unsigned bad = 0;
    for (size_t b = 0; b < count; b++, p += stride) {
        for (uint32_t i = 0; i < s->count; i++) bad |= s->forbidden[p[s->at + i]];
    }
    return bad != 0;
}

INLINE int repeats(const uint8_t *index, unsigned used) {
    if (used == 8) return repeats_a_byte(load64(index));
    int bad = 0;
    for (unsigned i = 1; i < used; i++) {
        for (unsigned j = 0; j < i; j++) bad |= index[i] == index[j];
    }
    return bad;
}

/// Whether the Q3_K code of a weight is not the one of zero.
INLINE unsigned is_live(const uint8_t *block, unsigned i) {
    const unsigned low = block[32 + 32 * (i >> 7) + (i & 31)] >> (2 * (i >> 5 & 3)) & 3, high = block[i & 31] >> (i >> 5) & 1;
    return low | (high ^ 1);
}

INLINE int is_zero(const hifi_scan_slot_layout *s, const uint8_t *block, unsigned slot) {
    return s->wide_values ? (load16(block + s->value_at + 2 * slot) & 0x7FFF) == 0 : block[s->value_at + slot] == 0;
}

static int rises(const hifi_scan_slot_layout *s, const uint8_t *block, unsigned used) {
    const uint8_t *index = block + s->index_at;
    int bad = 0;
    for (unsigned k = 1; k < used; k++) {
        const int may_repeat = !s->has_count && index[k] == index[k - 1] && is_zero(s, block, k);
        bad |= index[k] <= index[k - 1] && !may_repeat;
    }
    return bad;
}

static int overwrites(const hifi_scan_slot_layout *s, const uint8_t *block, unsigned used) {
    const uint8_t *index = block + s->index_at;
    int bad = 0;
    for (unsigned k = 0; k < used; k++) {
        const int unused = is_zero(s, block, k) && (index[k] == 0 || index[k] == 255);
        if (unused) bad |= !s->q3k_base || is_live(block, index[k]);
        for (unsigned j = 0; j < k; j++) bad |= index[j] == index[k] && !(unused && is_zero(s, block, j));
    }
    return bad;
}

int scalar_scan_slots(const hifi_scan_plan *plan, const uint8_t *p, size_t count) {
    const hifi_scan_slot_layout s = plan->slots;
    int bad = 0;
    for (size_t b = 0; b < count; b++, p += plan->stride) {
        const unsigned used = scan_used(&s, p);
        const uint8_t *index = p + s.index_at;
        if (plan->tests & HIFI_SCAN_DISTINCT) bad |= repeats(index, used);
        if (plan->tests & HIFI_SCAN_RISING) bad |= rises(&s, p, used);
        if (plan->tests & HIFI_SCAN_BASE_ZERO) {
            unsigned live = 0;
            for (unsigned k = 0; k < used; k++) live |= is_live(p, index[k]);
            bad |= live != 0;
        }
        if (plan->tests & HIFI_SCAN_SPARING) bad |= overwrites(&s, p, used);
        if (plan->tests & HIFI_SCAN_EMPTY) {
            for (unsigned k = used; k < s.slots; k++) bad |= index[k] != 0 || !is_zero(&s, p, k);
        }
    }
    return bad;
}

size_t scalar_scan(const hifi_scan_plan *plan, const uint8_t *blocks, size_t count, hifi_scan_found *found) {
    return scan_blocks((scan_steps){dense, window, scalar_scan_slots, among}, plan, blocks, count, found);
}

// Plans of what the scan looks for. No rule about files is here: callers say which words and bytes are suspicious.
#include "scan.h"

void hifi_scan_begin_singly(hifi_scan_plan *plan, uint32_t stride) {
    memset(plan, 0, sizeof *plan);
    plan->stride = stride;
    plan->group = stride == 0 ? 0 : 64;
}

void hifi_scan_begin(hifi_scan_plan *plan, uint32_t stride) {
    hifi_scan_begin_singly(plan, stride);
    if (stride == 0 || stride >= 2 * HIFI_SCAN_WINDOW) return;
    plan->group = 0;
    // Short blocks: the pattern of one block, repeated until it fills whole vectors.
    uint32_t bytes = stride;
    while (bytes % 64 != 0) bytes += stride;
    if (stride % 2 != 0 || bytes / 64 > HIFI_SCAN_VECTORS) return;
    plan->vectors = bytes / 64;
    // Few enough that a lane has no more than 60 blocks of a group.
    const uint32_t periods = 16384 / bytes < 60 ? 16384 / bytes : 60;
    plan->group = bytes / stride * (periods > 0 ? periods : 1);
}

/// The window that covers some bytes of the block, made if there is none; NULL if there is no room.
static hifi_scan_window *window_for(hifi_scan_plan *plan, uint32_t at, uint32_t bytes) {
    if (plan->group == 0 || plan->vectors > 0 || at > plan->stride || bytes > plan->stride - at) return NULL;
    for (uint32_t i = 0; i < plan->windows; i++) {
        const uint32_t start = plan->window[i].at;
        if (at >= start && at + bytes <= start + HIFI_SCAN_WINDOW && (at - start) % 2 == 0) return &plan->window[i];
    }
    if (plan->windows == HIFI_SCAN_WINDOWS) return NULL;
    hifi_scan_window *window = &plan->window[plan->windows++];
    // As far to the right as the block reaches, lest it be left. A block that is shorter has one window, from its start on.
    if (plan->stride < HIFI_SCAN_WINDOW) return window;
    const uint32_t last = plan->stride - HIFI_SCAN_WINDOW;
    window->at = at < last ? at : last - (last - at) % 2;
    return window;
}

int hifi_scan_word(hifi_scan_plan *plan, uint32_t at, uint16_t bits, int is_scale) {
    const uint16_t scale = is_scale ? 0x7FFF : 0;
    if (plan->vectors > 0) {
        if (at % 2 != 0 || at + 2 > plan->stride) return 0;
        // Kernels take one kind of word: the scales of short blocks, or plain floats that fill every vector alike.
        if (!is_scale && plan->vectors != 1) return 0;
        if (plan->dense_bits != 0 && (plan->dense_bits != bits || plan->dense_scales != scale)) return 0;
        plan->dense_bits = bits;
        plan->dense_scales = scale;
        for (uint32_t word = at / 2; word < 32 * plan->vectors; word += plan->stride / 2) {
            plan->bits[word] = bits;
            plan->scale[word] = scale;
        }
        return 1;
    }
    // The last blocks of a group that are shorter than a window are seen apart from the others, so that lanes would not hold the
    // largest of the group.
    hifi_scan_window *window = plan->stride < HIFI_SCAN_WINDOW ? NULL : window_for(plan, at, 2);
    if (window == NULL || (at - window->at) % 2 != 0) return 0;
    const uint32_t word = (at - window->at) / 2;
    window->bits[word] = bits;
    window->scale[word] = scale;
    window->scales |= scale;
    return 1;
}

uint64_t hifi_scan_lanes(const hifi_scan_plan *plan, uint32_t at) {
    uint64_t lanes = 0;
    if (plan->vectors > 0) {
        if (!plan->dense_scales || at % 2 != 0 || at >= plan->stride) return 0;
        for (uint32_t word = at / 2; word < 32 * plan->vectors; word += plan->stride / 2) {
            if (plan->bits[word] != 0) lanes |= UINT64_C(1) << word % 32;
        }
        return lanes;
    }
    for (uint32_t i = 0; i < plan->windows; i++) {
        const hifi_scan_window *window = &plan->window[i];
        if (at < window->at || at - window->at >= HIFI_SCAN_WINDOW || (at - window->at) % 2 != 0) continue;
        const uint32_t word = (at - window->at) / 2;
        if (window->bits[word] != 0) lanes |= UINT64_C(1) << (HIFI_SCAN_WINDOW / 2 * i + word);
    }
    return lanes;
}

int hifi_scan_limit(hifi_scan_plan *plan, uint32_t at, uint8_t mask, uint8_t limit) {
    if (plan->vectors > 0) return 0;
    // Found by its word, so that it may share a window with others.
    hifi_scan_window *window = window_for(plan, at & ~1u, 2);
    if (window == NULL) return 0;
    window->mask[at - window->at] = mask;
    window->limit[at - window->at] = limit;
    window->limits = 1;
    return 1;
}

int hifi_scan_among(hifi_scan_plan *plan, uint32_t at, uint32_t count, const uint8_t allowed[32]) {
    if (plan->group == 0 || plan->vectors > 0 || plan->stride < HIFI_SCAN_WINDOW || plan->sets == HIFI_SCAN_SETS) return 0;
    if (count == 0 || at > plan->stride || count > plan->stride - at) return 0;
    hifi_scan_set *set = &plan->set[plan->sets++];
    set->at = at;
    set->count = count;
    for (int b = 0; b < 256; b++) {
        if (allowed[b >> 3] >> (b & 7) & 1) continue;
        set->forbidden[b] = 1;
        (b < 128 ? set->low : set->high)[b & 15] |= (uint8_t)(1 << (b >> 4 & 7));
    }
    return 1;
}

int hifi_scan_slots(hifi_scan_plan *plan, const hifi_scan_slot_layout *slots, unsigned tests) {
    // Eight or sixteen slots are loaded at once, however many there are.
    const uint32_t loaded = slots->slots > 8 ? 16 : 8, values = slots->wide_values ? 2 * loaded : loaded;
    if (plan->group == 0 || plan->vectors > 0 || slots->slots < 1 || slots->slots > 16) return 0;
    const int needs_values = loaded == 16 || (tests & (HIFI_SCAN_RISING | HIFI_SCAN_SPARING | HIFI_SCAN_EMPTY)) != 0;
    if (slots->index_at + loaded > plan->stride || (needs_values && slots->value_at + values > plan->stride)) return 0;
    if (slots->has_count && (slots->count_at >= plan->stride || slots->count_max > slots->slots)) return 0;
    if ((tests & (HIFI_SCAN_RISING | HIFI_SCAN_SPARING)) != 0 && !slots->wide_values) return 0;
    if ((tests & HIFI_SCAN_BASE_ZERO) != 0 && (!slots->q3k_base || plan->stride < 96)) return 0;
    plan->slots = *slots;
    plan->tests |= tests;
    return 1;
}

#define ROTATED(c, r, i) ((uint32_t)((i) < (c) && ((i) + (r)) % 8 < (c)) << (8 * ((r) - 1) + (i)))
#define ROTATION(c, r)                                                                                                 \
    (ROTATED(c, r, 0) | ROTATED(c, r, 1) | ROTATED(c, r, 2) | ROTATED(c, r, 3) | ROTATED(c, r, 4) | ROTATED(c, r, 5) | \
     ROTATED(c, r, 6) | ROTATED(c, r, 7))
#define PAIRS(c) (ROTATION(c, 1) | ROTATION(c, 2) | ROTATION(c, 3) | ROTATION(c, 4))

const uint32_t hifi_scan_pairs[9] = {PAIRS(0), PAIRS(1), PAIRS(2), PAIRS(3), PAIRS(4), PAIRS(5), PAIRS(6), PAIRS(7), PAIRS(8)};

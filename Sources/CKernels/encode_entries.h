// The search for entries of IQ2 and IQ3 in one sub-block (ENC-33 to ENC-35): trials are lanes where levels are rounded and sums taken,
// neighbours are lanes where one of them is chosen.
#ifndef HIFI_ENCODE_ENTRIES_H
#define HIFI_ENCODE_ENTRIES_H

#include "encode_lanes.h"

/// Room for trials.
enum { TRIALS_AT_ONCE = 32, LARGEST_PART = 32, MOST_GROUPS = 8 };

typedef float trials_f __attribute__((ext_vector_type(TRIALS_AT_ONCE)));
typedef int32_t trials_i __attribute__((ext_vector_type(TRIALS_AT_ONCE)));
typedef int8_t trials_b __attribute__((ext_vector_type(TRIALS_AT_ONCE)));
typedef float eight_f __attribute__((ext_vector_type(8)));
typedef int32_t eight_i __attribute__((ext_vector_type(8)));
typedef int8_t eight_b __attribute__((ext_vector_type(8)));

/// The nearest neighbour of a group: the first with the least sum of (root * difference) * difference.
INLINE const uint8_t *nearest_neighbour(
    const hifi_entry_index *index, const uint8_t *list, const float *x, const float *roots, float scale) {
    const int lanes = index->lanes, size = 8 * (lanes + 2);
    uint32_t blocks;
    memcpy(&blocks, list, 4);
    list += 4;
    eight_f least = (eight_f)3.4028234663852886e+38f;
    eight_i place = 0;
    for (uint32_t b = 0; b < blocks; b++) {
        const uint8_t *numbers = list + (size_t)b * (size_t)size + 16;
        eight_f distance = 0;
        for (int lane = 0; lane < lanes; lane++, numbers += 8) {
            eight_b q;
            memcpy(&q, numbers, sizeof q);
            const eight_f difference = scale * __builtin_convertvector(q, eight_f) - x[lane];
            distance += roots[lane] * difference * difference;
        }
        const eight_i is_less = distance < least;
        least = is_less ? distance : least;
        place = is_less ? (eight_i)(int32_t)b : place;
    }
    int found = 0;
    float best = least[0];
    int32_t first = place[0];
    for (int k = 1; k < 8; k++) {
        // Of equals the one that comes first in the list.
        const int is_first = least[k] < best || (least[k] == best && place[k] < first);
        found = is_first ? k : found;
        best = is_first ? least[k] : best;
        first = is_first ? place[k] : first;
    }
    uint16_t number;
    memcpy(&number, list + (size_t)first * (size_t)size + 2 * (size_t)found, 2);
    return index->entries + (size_t)number * (size_t)lanes;
}

/// The entry at the point with this key, or else its nearest neighbour; as levels.
INLINE const uint8_t *entry_at(
    const hifi_entry_index *index, int key, const float *x, const float *roots, float scale, int group, uint32_t *astray) {
    const int32_t place = index->places[key];
    if (place >= 0) return index->entries + (size_t)place * (size_t)index->lanes;
    *astray |= 1u << group;
    return nearest_neighbour(index, index->lists + (-1 - place), x, roots, scale);
}

INLINE void entry_sums(
    const hifi_entry_index *index, const float *x, const float *weights, const uint8_t *levels, float *projection, float *norm) {
    *projection = *norm = 0;
    for (int i = 0; i < index->part; i++) {
        const float q = (float)(2 * levels[i] + 1);
        *projection += weights[i] * x[i] * q;
        *norm += weights[i] * q * q;
    }
}

int NAME(search_entries)(
    const hifi_entry_index *index, const float *x, const float *weights, const float *roots, float base, float *scale, uint8_t *levels) {
    const int part = index->part, lanes = index->lanes, groups = part / lanes, trials = 2 * index->trials + 1;
    if (part > LARGEST_PART || trials > TRIALS_AT_ONCE || groups > MOST_GROUPS || lanes < 1 || !(base > 0) || !(base <= 3e38f)) return 0;
    const float top = (float)(2 * index->levels - 1);
    float inverses[TRIALS_AT_ONCE], steps[TRIALS_AT_ONCE];
    for (int t = 0; t < TRIALS_AT_ONCE; t++) {
        const int k = t < trials ? t - index->trials : 0;
        inverses[t] = (top + (float)k * index->step) / base;
        steps[t] = 1.0f / inverses[t];
    }
    trials_f inverse;
    memcpy(&inverse, inverses, sizeof inverse);
    // Levels of the entries that each trial takes, by weight and trial, and which groups had none of their own.
    int8_t numbers[LARGEST_PART][TRIALS_AT_ONCE] = {{0}};
    const uint8_t *chosen[MOST_GROUPS][TRIALS_AT_ONCE];
    uint32_t astray[TRIALS_AT_ONCE] = {0};
    for (int g = 0; g < groups; g++) {
        trials_i key = 0;
        for (int lane = 0; lane < lanes; lane++) {
            const trials_f v = 0.5f * (inverse * x[g * lanes + lane] - 1.0f);
            trials_i level = ((trials_i)(v + LIFT) & 0x7FFFFF) - 0x400000;
            level = __builtin_elementwise_max(level, (trials_i)0);
            level = __builtin_elementwise_min(level, (trials_i)(index->levels - 1));
            key |= level << (lane * index->bits);
        }
        int32_t keys[TRIALS_AT_ONCE];
        memcpy(keys, &key, sizeof keys);
        for (int t = 0; t < trials; t++) {
            const uint8_t *entry = entry_at(index, keys[t], x + g * lanes, roots + g * lanes, steps[t], g, astray + t);
            chosen[g][t] = entry;
            for (int lane = 0; lane < lanes; lane++) numbers[g * lanes + lane][t] = (int8_t)(2 * entry[lane] + 1);
        }
    }
    trials_f projection = 0, norm = 0;
    for (int i = 0; i < part; i++) {
        trials_b bytes;
        memcpy(&bytes, numbers[i], sizeof bytes);
        const trials_f q = __builtin_convertvector(bytes, trials_f);
        projection += weights[i] * x[i] * q;
        norm += weights[i] * q * q;
    }
    float projections[TRIALS_AT_ONCE], norms[TRIALS_AT_ONCE], best = 0;
    memcpy(projections, &projection, sizeof projections);
    memcpy(norms, &norm, sizeof norms);
    int winner = -1;
    for (int t = 0; t < trials; t++) {
        if (!(norms[t] > 0 && projections[t] * projections[t] > best * norms[t])) continue;
        *scale = projections[t] / norms[t];
        best = *scale * projections[t];
        winner = t;
    }
    if (winner < 0) return 0;
    for (int g = 0; g < groups; g++) memcpy(levels + g * lanes, chosen[g][winner], (size_t)lanes);
    uint32_t again = index->again == HIFI_AGAIN_ALL || (index->again == HIFI_AGAIN_ALL_IF_STRAYED && astray[winner] != 0)
                         ? ~0u : astray[winner];
    if (again == 0 || !(*scale > 0)) return 1;
    const float fitted = 1.0f / *scale;
    for (int g = 0; g < groups; g++) {
        if ((again >> g & 1) == 0) continue;
        int key = 0;
        for (int lane = 0; lane < lanes; lane++) {
            key |= held(nearest(0.5f * (fitted * x[g * lanes + lane] - 1.0f)), 0, index->levels - 1) << (lane * index->bits);
        }
        uint32_t ignored = 0;
        memcpy(levels + g * lanes, entry_at(index, key, x + g * lanes, roots + g * lanes, *scale, g, &ignored), (size_t)lanes);
    }
    float sum, squares;
    entry_sums(index, x, weights, levels, &sum, &squares);
    if (squares > 0) *scale = sum / squares;
    return 1;
}

#endif

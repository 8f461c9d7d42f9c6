// Prints a digest of encoded blocks for each base and search, by portable C or, on AArch64, by the table that is named. Two processors
// must print the same: Scripts/neon-check compares them. EncodeTests compares the sets of one processor.   Usage: encode_check ROWS SET
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "CKernels.h"
#include "tables.h"

enum { ROW = 11 * 256 };

static uint64_t state = 1;

static uint64_t next(void) {
    uint64_t z = state += 0x9E3779B97F4A7C15;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
    return z ^ (z >> 31);
}

/// By turns: about normal, few levels, any magnitude up to 65504, subnormal, mostly zero.
static float weight(int kind) {
    const uint64_t bits = next();
    const float normal = ((float)(bits & 0xFFFF) + (float)(bits >> 16 & 0xFFFF) + (float)(bits >> 32 & 0xFFFF)) / 65536.0f - 1.5f;
    uint32_t any = (uint32_t)(bits >> 20) % 0x477FE000u | (uint32_t)(bits & 1) << 31;
    if (kind == 3) any &= 0x8003FFFF;
    float value;
    memcpy(&value, &any, sizeof value);
    switch (kind) {
    case 0: return normal * 0.02f;
    case 1: return (float)(bits % 9) * 0.25f - 1.0f;
    case 4: return bits % 31 == 0 ? normal : 0.0f;
    default: return value;
    }
}

int main(int count, char **names) {
    const int rows = count == 3 ? atoi(names[1]) : 0;
    if (rows < 1) return 2;
    float *x = malloc(sizeof *x * ROW * rows), *importance = malloc(sizeof *importance * ROW);
    uint8_t *out = malloc((size_t)ROW * rows * 2);
    if (x == NULL || importance == NULL || out == NULL) return 1;
    for (int i = 0; i < ROW * rows; i++) x[i] = weight(i / ROW % 5);
    for (int i = 0; i < ROW; i++) importance[i] = next() % 5 == 0 ? 0.0f : (float)(next() % 10000) / 1024.0f;
    static const struct { hifi_base base; uint32_t bytes, weights; const char *name; } bases[] = {
        {HIFI_Q3_K, 110, 256, "q3_k"}, {HIFI_Q4_K, 144, 256, "q4_k"}, {HIFI_Q5_K, 176, 256, "q5_k"},
        {HIFI_Q6_K, 210, 256, "q6_k"}, {HIFI_Q8_0, 34, 32, "q8_0"}, {HIFI_Q4_0, 18, 32, "q4_0"},
        {HIFI_Q4_1, 20, 32, "q4_1"}, {HIFI_Q5_0, 22, 32, "q5_0"}, {HIFI_Q5_1, 24, 32, "q5_1"},
        {HIFI_Q2_K, 84, 256, "q2_k"}, {HIFI_IQ4_NL, 18, 32, "iq4_nl"},
        {HIFI_IQ4_XS, 136, 256, "iq4_xs"}, {HIFI_TQ1_0, 54, 256, "tq1_0"}, {HIFI_TQ2_0, 66, 256, "tq2_0"}, {HIFI_Q2_0, 18, 64, "q2_0"},
    };
    const hifi_kernels *kernels = strcmp(names[2], "scalar") == 0 ? &hifi_scalar : NULL;
#if defined(__aarch64__)
    if (kernels == NULL) kernels = hifi_kernels_named(names[2]);
#endif
    if (kernels == NULL) return 2;
    for (unsigned b = 0; b < sizeof bases / sizeof *bases; b++) {
        for (int search = HIFI_SEARCH_PLAIN; search <= HIFI_SEARCH_WEIGHTED; search++) {
            for (unsigned slots = 0; slots <= 8; slots += 8) {
                // Outliers are stored after K-quants only.
                if (slots > 0 && (bases[b].weights < 256 || bases[b].base > HIFI_Q6_K)) continue;
                const hifi_encoding e = {
                    .base = bases[b].base, .stride = bases[b].bytes + 3 * slots, .search = (uint8_t)search,
                    .slots = (uint8_t)slots, .outliers = (uint8_t)slots, .scored_by_importance = 1,
                    .index_at = (uint16_t)bases[b].bytes, .value_at = (uint16_t)(bases[b].bytes + slots)};
                const size_t row = ROW / bases[b].weights;
                kernels->encode[e.base](&e, x, search == HIFI_SEARCH_PLAIN ? NULL : importance, row, row * rows, out);
                uint64_t digest = 0xCBF29CE484222325;
                for (size_t i = 0; i < row * rows * e.stride; i++) digest = (digest ^ out[i]) * 0x100000001B3;
                printf("%s search %d outliers %u: %016llx\n", bases[b].name, search, slots, (unsigned long long)digest);
            }
        }
    }
    free(x);
    free(importance);
    free(out);
    return 0;
}

// Compares the NEON kernels with the portable ones on random blocks: decoded weights bit for bit (NaN as a class) and
// products bit for bit, both finishing blocks with the same operations. The portable kernels themselves are compared with
// the reference by the Swift tests. Built and run by neon_check.sh, under emulation where the processor is another.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "CKernels.h"
#include "tables.h"

static uint64_t state = 1;
static uint64_t next(void) {
    uint64_t z = state += 0x9E3779B97F4A7C15;
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9;
    z = (z ^ z >> 27) * 0x94D049BB133111EB;
    return z ^ z >> 31;
}

static hifi_outliers eight(uint16_t index, uint16_t value) {
    return (hifi_outliers){.mode = HIFI_REPLACE, .value = HIFI_VALUE_F16, .slots = 8, .index_at = index, .value_at = value};
}

static int is_nan(uint32_t bits) { return (bits & 0x7FFFFFFF) > 0x7F800000; }

static int same(const float *a, const float *b, size_t count) {
    for (size_t i = 0; i < count; i++) {
        uint32_t x, y;
        memcpy(&x, a + i, 4);
        memcpy(&y, b + i, 4);
        if (x != y && !(is_nan(x) && is_nan(y))) return 0;
    }
    return 1;
}

int main(void) {
    hifi_outliers counted = eight(110, 118), added = eight(112, 120);
    counted.has_count = 1, counted.count_at = 134, counted.count_mask = 255, counted.count_max = 8;
    added = (hifi_outliers){.mode = HIFI_ADD, .value = HIFI_VALUE_SCALED, .scale = HIFI_SCALE_F32, .slots = 8, .index_at = 112,
                            .value_at = 120, .scale_at = 128, .has_count = 1, .count_at = 110, .count_mask = 255, .count_max = 8};
    const struct { const char *name; hifi_format format; } cases[] = {
        {"q2_k", {HIFI_Q2_K, 256, 84, {0}}}, {"q3_k", {HIFI_Q3_K, 256, 110, {0}}}, {"q4_k", {HIFI_Q4_K, 256, 144, {0}}},
        {"q5_k", {HIFI_Q5_K, 256, 176, {0}}}, {"q6_k", {HIFI_Q6_K, 256, 210, {0}}}, {"q8_0", {HIFI_Q8_0, 32, 34, {0}}},
        {"q4_0", {HIFI_Q4_0, 32, 18, {0}}}, {"q3_k_hifi@r6", {HIFI_Q3_K, 256, 134, eight(110, 118)}},
        {"q3_k_hifi@r12", {HIFI_Q3_K, 256, 136, eight(110, 118)}}, {"q3_k_hifi@r13", {HIFI_Q3_K, 256, 136, counted}},
        {"q3_k_hifi_res8", {HIFI_Q3_K, 256, 132, added}}, {"q4_k_hifi", {HIFI_Q4_K, 256, 168, eight(144, 152)}},
    };
    const hifi_kernels *tried[] = {&hifi_neon, &hifi_neon_dotprod}, *active = hifi_kernels_named("neon");
    const int variants = active == &hifi_neon_dotprod ? 2 : 1;  // the second one only where the processor has it
    int failures = 0, checks = 0;
    enum { superblocks = 400 };
    float *x = malloc(256 * superblocks * sizeof *x);
    uint8_t *q8k = malloc(HIFI_Q8K_BYTES * superblocks);
    for (size_t i = 0; i < 256 * superblocks; i++) x[i] = (float)(int32_t)(next() >> 32) * 0x1p-31f;
    hifi_scalar.quantize_q8k(x, 256 * superblocks, q8k);
    for (size_t c = 0; c < sizeof cases / sizeof *cases; c++) {
        const hifi_format *f = &cases[c].format;
        const size_t count = superblocks * (256 / f->elements), bytes = count * f->stride;
        uint8_t *blocks = malloc(bytes);
        for (size_t i = 0; i < bytes; i++) blocks[i] = (uint8_t)(next() >> 32);
        float *expected = malloc(256 * superblocks * sizeof *expected), *found = malloc(256 * superblocks * sizeof *found);
        hifi_scalar.decode[f->base](f, blocks, count, expected);
        for (int t = 0; t < variants; t++) {
            memset(found, 0, 256 * superblocks * sizeof *found);
            tried[t]->decode[f->base](f, blocks, count, found);
            checks++;
            if (!same(found, expected, 256 * superblocks)) failures++, printf("%s: decode %d differs\n", cases[c].name, t);
            for (size_t i = 0; i < superblocks; i++) {
                const uint8_t *row = blocks + i * (256 / f->elements) * f->stride, *a = q8k + i * HIFI_Q8K_BYTES;
                const float want = hifi_scalar.dot[f->base](f, row, a, 1), got = tried[t]->dot[f->base](f, row, a, 1);
                checks++;
                if (!same(&got, &want, 1)) failures++, printf("%s: product %d of block %zu: %g, %g\n", cases[c].name, t, i, got, want);
            }
        }
        free(blocks), free(expected), free(found);
    }
    printf("%d checks, %d failures; \"neon\" is the %s variant here\n", checks, failures, variants == 2 ? "dot-product" : "plain");
    free(x), free(q8k);
    return failures != 0;
}

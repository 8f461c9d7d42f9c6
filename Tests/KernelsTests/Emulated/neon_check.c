// Compares the NEON kernels with the portable ones on random blocks: decoded weights bit for bit (NaN as a class), products and matrix
// products bit for bit, as all finish blocks with the same operations, activations byte for byte. The portable kernels themselves are
// compared with the reference by the Swift tests. Built and run by Scripts/neon-check, under emulation where the processor is another.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "CKernels.h"
#include "tables.h"

static uint64_t state = 1;
static uint64_t next(void) {
    uint64_t z = state += 0x9E3779B97F4A7C15;
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9;
    z = (z ^ z >> 27) * 0x94D049BB133111EB;
    return z ^ z >> 31;
}

/// Memory whose last byte is the last readable one: reading or writing past it ends the program. Never given back.
static void *guarded(size_t bytes) {
    const size_t page = (size_t)sysconf(_SC_PAGESIZE), length = (bytes + page - 1) / page * page;
    uint8_t *start = mmap(NULL, length + page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (start == MAP_FAILED || mprotect(start + length, page, PROT_NONE) != 0) exit(2);
    return start + length - bytes;
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

static int failures, checks;

static void check(int passed, const char *what, const char *name, int variant) {
    checks++;
    if (!passed && failures++ < 20) printf("%s: %s differs, variant %d\n", name, what, variant);
}

/// Rows and columns that do not fill the kernel's tiles, compared with one product each.
static void check_matrix(const hifi_kernels *kernels, const hifi_format *f, const uint8_t *blocks, const uint8_t *q8k, const char *name,
                         int t) {
    enum { rows = 21, columns = 7, superblocks = 5 };
    const size_t row_bytes = superblocks * (256 / f->elements) * f->stride, column_bytes = superblocks * HIFI_Q8K_BYTES;
    if (!kernels->gemm_takes(f)) return;
    uint8_t *scratch = aligned_alloc(64, (kernels->gemm_scratch(f, superblocks) + 63) / 64 * 64);
    float found[columns][rows];
    memset(found, 0xFF, sizeof found);
    for (size_t first = 0; first < rows; first += kernels->panel_rows) {
        const size_t count = rows - first < kernels->panel_rows ? rows - first : kernels->panel_rows;
        kernels->gemm_panel(
            f, blocks + first * row_bytes, row_bytes, count, q8k, column_bytes, columns, superblocks, &found[0][first], rows, scratch);
    }
    for (size_t c = 0; c < columns; c++) {
        for (size_t r = 0; r < rows; r++) {
            const float expected = hifi_scalar.dot[f->base](f, blocks + r * row_bytes, q8k + c * column_bytes, superblocks);
            check(same(&found[c][r], &expected, 1), "matrix product", name, t);
        }
    }
    free(scratch);
}

/// Values that reach every branch of the rules.
static float troublesome(size_t i) {
    static const uint32_t special[] = {
        0, 0x80000000, 1, 0x807FFFFF, 0x7F7FFFFF, 0x7F800000, 0xFF800000, 0x7FC00000, 0xFFC12345, 0x7F800001, 0x33000000, 0x33000001,
        0x33800000, 0x387FC000, 0x387FE000, 0x38800000, 0x477FE000, 0x477FEFFF, 0x477FF000, 0x3F808000, 0x3F818000, 0xB8001000};
    const uint64_t z = next();
    uint32_t bits = (uint32_t)(z >> 32);
    switch (i / 1024 % 6) {
    case 0: bits = special[z % (sizeof special / sizeof *special)]; break;
    case 1: break;  // any bits
    case 2: bits = (bits & 0x807FFFFF) | 0x3F000000; break;
    case 3: return (float)((int)(z % 255) - 127) + (z >> 20 & 1 ? 0.5f : 0);  // ties
    case 4: bits &= 0x800FFFFF; break;                                       // subnormal
    default: return (z >> 8 & 1 ? -3.0f : 3.0f) * (z & 7 ? 0.25f : 1);         // equal magnitudes
    }
    float v;
    memcpy(&v, &bits, 4);
    return v;
}

static void check_activations(const hifi_kernels *kernels, int t) {
    enum { count = 256 * 240 };
    float *x = guarded(count * sizeof *x);
    for (size_t i = 0; i < count; i++) x[i] = troublesome(i);
    uint8_t *const q8k = guarded(HIFI_Q8K_BYTES), *const q80 = guarded(8 * HIFI_Q80_BYTES), *const half = guarded(2 * 255);
    uint8_t expected[512] __attribute__((aligned(8)));
    // Block by block, to say which.
    for (size_t i = 0; i < count; i += 256) {
        hifi_scalar.quantize_q8k(x + i, 256, expected), kernels->quantize_q8k(x + i, 256, q8k);
        check(memcmp(q8k, expected, HIFI_Q8K_BYTES) == 0, "Q8_K", "activations", t);
        hifi_scalar.quantize_q80(x + i, 256, expected), kernels->quantize_q80(x + i, 256, q80);
        check(memcmp(q80, expected, 8 * HIFI_Q80_BYTES) == 0, "Q8_0", "activations", t);
        // 255: the last ones one by one.
        hifi_scalar.to_f16(x + i, 255, (uint16_t *)expected), kernels->to_f16(x + i, 255, (uint16_t *)half);
        check(memcmp(half, expected, 2 * 255) == 0, "fp16", "small floats", t);
        hifi_scalar.to_bf16(x + i, 255, (uint16_t *)expected), kernels->to_bf16(x + i, 255, (uint16_t *)half);
        check(memcmp(half, expected, 2 * 255) == 0, "bf16", "small floats", t);
    }
}

int main(void) {
    hifi_outliers counted = eight(110, 118), added = eight(112, 120);
    counted.has_count = 1, counted.count_at = 134, counted.count_mask = 255, counted.count_max = 8;
    added = (hifi_outliers){.mode = HIFI_ADD, .value = HIFI_VALUE_SCALED, .scale = HIFI_SCALE_F32, .slots = 8, .index_at = 112,
                            .value_at = 120, .scale_at = 128, .has_count = 1, .count_at = 110, .count_mask = 255, .count_max = 8};
    // Not the numbers of a real grid, but as large.
    static int8_t grid[8192];
    for (size_t i = 0; i < sizeof grid; i++) grid[i] = (int8_t)(1 + next() % 62);
    const struct { const char *name; hifi_format format; } cases[] = {
        {"q2_k", {HIFI_Q2_K, 256, 84, {0}}}, {"q3_k", {HIFI_Q3_K, 256, 110, {0}}}, {"q4_k", {HIFI_Q4_K, 256, 144, {0}}},
        {"q5_k", {HIFI_Q5_K, 256, 176, {0}}}, {"q6_k", {HIFI_Q6_K, 256, 210, {0}}}, {"q8_0", {HIFI_Q8_0, 32, 34, {0}}},
        {"q4_0", {HIFI_Q4_0, 32, 18, {0}}}, {"q3_k_hifi@r6", {HIFI_Q3_K, 256, 134, eight(110, 118)}},
        {"q3_k_hifi@r12", {HIFI_Q3_K, 256, 136, eight(110, 118)}}, {"q3_k_hifi@r13", {HIFI_Q3_K, 256, 136, counted}},
        {"q3_k_hifi_res8", {HIFI_Q3_K, 256, 132, added}}, {"q4_k_hifi", {HIFI_Q4_K, 256, 168, eight(144, 152)}},
        {"q4_1", {HIFI_Q4_1, 32, 20, {0}}}, {"q5_0", {HIFI_Q5_0, 32, 22, {0}}}, {"q5_1", {HIFI_Q5_1, 32, 24, {0}}},
        {"iq4_nl", {HIFI_IQ4_NL, 32, 18, {0}}}, {"iq4_xs", {HIFI_IQ4_XS, 256, 136, {0}}}, {"mxfp4", {HIFI_MXFP4, 32, 17, {0}}},
        {"nvfp4", {HIFI_NVFP4, 64, 36, {0}, NULL}}, {"tq1_0", {HIFI_TQ1_0, 256, 54, {0}, NULL}},
        {"tq2_0", {HIFI_TQ2_0, 256, 66, {0}, NULL}},
        {"iq2_xxs", {HIFI_IQ2_XXS, 256, 66, {0}, grid}}, {"iq2_xs", {HIFI_IQ2_XS, 256, 74, {0}, grid}},
        {"iq2_s", {HIFI_IQ2_S, 256, 82, {0}, grid}}, {"iq3_xxs", {HIFI_IQ3_XXS, 256, 98, {0}, grid}},
        {"iq3_s", {HIFI_IQ3_S, 256, 110, {0}, grid}},
        {"f16", {HIFI_F16, 1, 2, {0}}}, {"bf16", {HIFI_BF16, 1, 2, {0}}},
    };
    const hifi_kernels *tried[] = {&hifi_neon, &hifi_neon_dotprod}, *active = hifi_kernels_named("neon");
    const int variants = active == &hifi_neon_dotprod ? 2 : 1;  // the second one only where the processor has it
    enum { superblocks = 400 };
    float *x = malloc(256 * superblocks * sizeof *x);
    uint8_t *q8k = guarded(HIFI_Q8K_BYTES * superblocks);
    for (size_t i = 0; i < 256 * superblocks; i++) x[i] = (float)(int32_t)(next() >> 32) * 0x1p-31f;
    hifi_scalar.quantize_q8k(x, 256 * superblocks, q8k);
    for (size_t c = 0; c < sizeof cases / sizeof *cases; c++) {
        const hifi_format *f = &cases[c].format;
        const size_t count = superblocks * (256 / f->elements), bytes = count * f->stride;
        uint8_t *blocks = guarded(bytes);
        for (size_t i = 0; i < bytes; i++) blocks[i] = (uint8_t)(next() >> 32);
        float *expected = malloc(256 * superblocks * sizeof *expected), *found = guarded(256 * superblocks * sizeof *found);
        hifi_scalar.decode[f->base](f, blocks, count, expected);
        for (int t = 0; t < variants; t++) {
            memset(found, 0, 256 * superblocks * sizeof *found);
            tried[t]->decode[f->base](f, blocks, count, found);
            check(same(found, expected, 256 * superblocks), "decoding", cases[c].name, t);
            if (f->elements == 1) {
                // The last ones one by one, NaN payloads too.
                memset(found, 0, 256 * superblocks * sizeof *found);
                tried[t]->decode[f->base](f, blocks, count - 3, found);
                check(memcmp(found, expected, 4 * (count - 3)) == 0, "widening", cases[c].name, t);
                continue;
            }
            if (!hifi_multiplies(f)) continue;
            for (size_t i = 0; i < superblocks; i++) {
                const uint8_t *row = blocks + i * (256 / f->elements) * f->stride, *a = q8k + i * HIFI_Q8K_BYTES;
                const float want = hifi_scalar.dot[f->base](f, row, a, 1), got = tried[t]->dot[f->base](f, row, a, 1);
                check(same(&got, &want, 1), "product", cases[c].name, t);
            }
            check_matrix(tried[t], f, blocks, q8k, cases[c].name, t);
        }
        free(expected);
    }
    for (int t = 0; t < variants; t++) check_activations(tried[t], t);
    printf("%d checks, %d failures; \"neon\" is the %s variant here\n", checks, failures, variants == 2 ? "dot-product" : "plain");
    free(x);
    return failures != 0;
}

// Which kernels run. This file is compiled for the baseline processor and must stay so.
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "signed_codes.h"
#include "tables.h"

#if defined(__AVX__)
#error "the dispatcher must be compiled for the baseline processor"
#endif

#if defined(__aarch64__) && defined(__linux__)
#include <sys/auxv.h>
#endif

typedef struct {
    const hifi_kernels *kernels;
    int (*runs)(void);
} entry;

static int always(void) { return 1; }
static int never(void) { return 0; }

#if defined(__x86_64__)
static int runs_avx2(void) {
    __builtin_cpu_init();
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") && __builtin_cpu_supports("f16c");
}

/// The level of Ice Lake and Zen 4: byte permutes, VNNI and GFNI are in use. Earlier AVX-512 runs the AVX2 kernels.
static int runs_avx512(void) {
    return runs_avx2() && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
           __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512cd") &&
           __builtin_cpu_supports("avx512vnni") && __builtin_cpu_supports("avx512vbmi") && __builtin_cpu_supports("gfni");
}

static int runs_amx(void) { return runs_avx512() && amx_is_permitted(); }
#endif

#if defined(__aarch64__)
static int runs_dotprod(void) {
#if defined(__linux__)
    return (getauxval(AT_HWCAP) >> 20 & 1) != 0;  // HWCAP_ASIMDDP
#elif defined(__APPLE__)
    return 1;
#else
    return 0;
#endif
}
#endif

// Slowest first. Two entries of one name are one set to the outside: the faster that runs.
static const entry entries[] = {
    {&hifi_scalar, always},
    // For tests, by hifi_kernels_emulated.
    {&hifi_amx_emulated, never},
#if defined(__aarch64__)
    {&hifi_neon, always},
    {&hifi_neon_dotprod, runs_dotprod},
#endif
#if defined(__x86_64__)
    {&hifi_avx2, runs_avx2},
    {&hifi_avx512, runs_avx512},
    {&hifi_amx_emulated_avx512, never},
    {&hifi_amx, runs_amx},
#endif
};

enum { entry_count = sizeof entries / sizeof *entries };

static _Atomic uint64_t entered[entry_count];

const hifi_kernels *hifi_kernels_named(const char *name) {
    for (int i = entry_count - 1; i >= 0; i--) {
        if (strcmp(entries[i].kernels->name, name) == 0 && entries[i].runs()) return entries[i].kernels;
    }
    return NULL;
}

size_t hifi_kernels_available(const hifi_kernels **out, size_t capacity) {
    size_t count = 0;
    for (int i = 0; i < entry_count; i++) {
        if (!entries[i].runs()) continue;
        if (count < capacity) out[count] = entries[i].kernels;
        count++;
    }
    return count;
}

static const hifi_kernels *choose(void) {
    const char *forced = getenv("HIFI_FORCE_ISA");
    if (forced != NULL && *forced != '\0') return hifi_kernels_named(forced);
    for (int i = entry_count - 1; i > 0; i--) {
        if (entries[i].runs()) return entries[i].kernels;
    }
    return &hifi_scalar;
}

const hifi_kernels *hifi_kernels_active(void) {
    // Two threads that meet here choose alike, so the race is harmless; the flag tells "none" from "not yet".
    static _Atomic(const hifi_kernels *) active;
    static _Atomic int chosen;
    if (!atomic_load_explicit(&chosen, memory_order_acquire)) {
        atomic_store_explicit(&active, choose(), memory_order_relaxed);
        atomic_store_explicit(&chosen, 1, memory_order_release);
    }
    return atomic_load_explicit(&active, memory_order_relaxed);
}

const hifi_kernels *hifi_kernels_emulated(size_t index) {
#if defined(__x86_64__)
    if (index == 1 && runs_avx512()) return &hifi_amx_emulated_avx512;
#endif
    return index == 0 ? &hifi_amx_emulated : NULL;
}

static int index_of(const hifi_kernels *kernels) {
    for (int i = 0; i < entry_count; i++) {
        if (entries[i].kernels == kernels) return i;
    }
    return 0;
}

uint64_t hifi_kernels_entered(const hifi_kernels *kernels) {
    return atomic_load_explicit(&entered[index_of(kernels)], memory_order_relaxed);
}

static void note_entry(const hifi_kernels *kernels) {
    atomic_fetch_add_explicit(&entered[index_of(kernels)], 1, memory_order_relaxed);
}

void hifi_decode(const hifi_kernels *kernels, const hifi_format *format, const uint8_t *blocks, size_t count, float *out) {
    if ((unsigned)format->base >= HIFI_BASE_COUNT) return;
    note_entry(kernels);
    kernels->decode[format->base](format, blocks, count, out);
}

int hifi_multiplies(const hifi_format *format) {
    if ((unsigned)format->base >= HIFI_BASE_COUNT || hifi_scalar.dot[format->base] == NULL) return 0;
    // Kernels of signed codes know where the next block begins, and of no outliers.
    const size_t own = superblock_bytes_of(format->base);
    return own == 0 || (format->outliers.mode == HIFI_NO_OUTLIERS && format->stride * (size_t)(256 / format->elements) == own);
}

/// Asks for the lines of some bytes.
static void fetch_ahead(const uint8_t *from, const uint8_t *to) {
    for (const uint8_t *p = from; p < to; p += 64) __builtin_prefetch(p, 0, 3);
}

void hifi_dot_rows(
    const hifi_kernels *kernels, const hifi_format *format, const uint8_t *rows, size_t row_bytes, size_t row_count,
    const uint8_t *q8k, size_t superblocks, float *out) {
    if (!hifi_multiplies(format)) return;
    note_entry(kernels);
    const hifi_dot_fn dot = kernels->dot[format->base];
    // Weights are read once, as fast as memory gives them. The processor by itself reads ahead within a page of 4 KiB only, and does not
    // look up the next page's address; more than a page ahead hides both. Never beyond these rows: the next are perhaps another thread's.
    const size_t ahead = 6144;
    const uint8_t *end = rows + row_count * row_bytes, *fetched = row_count * row_bytes < ahead ? end : rows + ahead;
    fetch_ahead(rows, fetched);
    for (size_t r = 0; r < row_count; r++) {
        const uint8_t *next = (size_t)(end - fetched) < row_bytes ? end : fetched + row_bytes;
        fetch_ahead(fetched, next);
        fetched = next;
        out[r] = dot(format, rows + r * row_bytes, q8k, superblocks);
    }
}

int hifi_encode(
    const hifi_kernels *kernels, const hifi_encoding *encoding, const float *x, const float *importance, size_t row_blocks,
    size_t blocks, uint8_t *out) {
    if ((unsigned)encoding->base >= HIFI_BASE_COUNT || kernels->encode[encoding->base] == NULL) return 0;
    note_entry(kernels);
    return kernels->encode[encoding->base](encoding, x, importance, row_blocks, blocks, out);
}

void hifi_gemm_panel(
    const hifi_kernels *kernels, const hifi_format *format, const uint8_t *rows, size_t row_bytes, size_t row_count,
    const uint8_t *q8k, size_t column_bytes, size_t columns, size_t superblocks, float *out, size_t out_stride, uint8_t *scratch) {
    if (!hifi_multiplies(format) || kernels->gemm_panel == NULL) return;
    note_entry(kernels);
    kernels->gemm_panel(format, rows, row_bytes, row_count, q8k, column_bytes, columns, superblocks, out, out_stride, scratch);
}

void hifi_gemm_arranged(
    const hifi_kernels *kernels, const hifi_format *format, const uint8_t *rows, size_t row_bytes, size_t row_count,
    const uint8_t *arranged, size_t columns, size_t superblocks, float *out, size_t out_stride, uint8_t *scratch) {
    if (kernels->gemm_arranged == NULL || kernels->arranged_bytes(format, columns, superblocks) == 0) return;
    note_entry(kernels);
    kernels->gemm_arranged(format, rows, row_bytes, row_count, arranged, columns, superblocks, out, out_stride, scratch);
}

size_t hifi_scan(
    const hifi_kernels *kernels, const hifi_scan_plan *plan, const uint8_t *blocks, size_t count, hifi_scan_found *found) {
    if (plan->stride == 0 || plan->group == 0) return 0;
    note_entry(kernels);
    return kernels->scan(plan, blocks, count, found);
}

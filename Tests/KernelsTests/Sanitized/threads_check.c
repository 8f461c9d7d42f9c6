// Runs the pool of threads and, on it, what quantize, verify and perplexity share between threads, under ThreadSanitizer (and
// AddressSanitizer): Scripts/sanitize builds and runs it. Every result has to be that of one thread.
//
// Usage: threads_check     prints "pool threads calls N"
#include <pthread.h>

#include "CInference.h"
#include "CKernels.h"
#include "CThreads.h"
#include "rooms.h"

enum { PIECES = 37, SUPERBLOCKS = 3, BYTES = 110 * SUPERBLOCKS, NUMBERS = 256 * SUPERBLOCKS };

/// Read by all threads; each task writes what is its own.
typedef struct {
    const uint8_t *blocks, *q8k;
    const float *x, *panel;
    hifi_format format;
    hifi_scan_plan plan;
    float *decoded, *dots, *products;
    uint8_t *encoded, *activations;
    size_t clean[PIECES];
    int runs[PIECES];
} work;

static void one_piece(void *context, size_t i) {
    work *w = context;
    // The first call of all chooses, in whatever threads come first.
    const hifi_kernels *kernels = hifi_kernels_active();
    const uint8_t *blocks = w->blocks + i * BYTES;
    const float *x = w->x + i * NUMBERS;
    w->runs[i]++;
    hifi_decode(kernels, &w->format, blocks, SUPERBLOCKS, w->decoded + i * NUMBERS);
    hifi_dot_rows(kernels, &w->format, blocks, BYTES, 1, w->q8k, SUPERBLOCKS, w->dots + i);
    hifi_scan_found found = {0};
    memset(found.low, 0xFF, sizeof found.low);
    w->clean[i] = hifi_scan(kernels, &w->plan, blocks, SUPERBLOCKS, &found);
    const hifi_encoding e = {.base = HIFI_Q3_K, .stride = 110};
    hifi_encode(kernels, &e, x, NULL, SUPERBLOCKS, SUPERBLOCKS, w->encoded + i * BYTES);
    kernels->quantize_q8k(x, NUMBERS, w->activations + i * SUPERBLOCKS * HIFI_Q8K_BYTES);
    hifi_float_kernels_fastest()->panel_product(x, 256, w->panel, w->products + i * SUPERBLOCKS * 32, 32, SUPERBLOCKS, 256, 0);
}

static work make_work(uint8_t *blocks, uint8_t *q8k, float *x, float *panel) {
    work w = {.blocks = blocks, .q8k = q8k, .x = x, .panel = panel, .format = {.base = HIFI_Q3_K, .elements = 256, .stride = 110}};
    hifi_scan_begin(&w.plan, 110);
    hifi_scan_word(&w.plan, 108, 0x7C00, 1);
    w.decoded = calloc(PIECES * NUMBERS, 4), w.dots = calloc(PIECES, 4), w.products = calloc(PIECES * SUPERBLOCKS * 32, 4);
    w.encoded = calloc(PIECES, BYTES), w.activations = calloc(PIECES * SUPERBLOCKS, HIFI_Q8K_BYTES);
    return w;
}

static int same_work(const work *a, const work *b, int runs) {
    for (int i = 0; i < PIECES; i++) {
        if (a->runs[i] != runs || a->clean[i] != b->clean[i]) return 0;
    }
    return memcmp(a->decoded, b->decoded, 4 * PIECES * NUMBERS) == 0 && same_floats(a->dots, b->dots, PIECES) &&
           same_floats(a->products, b->products, PIECES * SUPERBLOCKS * 32) && memcmp(a->encoded, b->encoded, PIECES * BYTES) == 0 &&
           memcmp(a->activations, b->activations, PIECES * SUPERBLOCKS * HIFI_Q8K_BYTES) == 0;
}

static void leave_work(work *w) { free(w->decoded), free(w->dots), free(w->products), free(w->encoded), free(w->activations); }

typedef struct { hifi_pool *pool; work *own; int rounds; } caller;

static void *call(void *argument) {
    const caller *c = argument;
    for (int i = 0; i < c->rounds; i++) hifi_pool_run(c->pool, PIECES, one_piece, c->own);
    return NULL;
}

static void count_up(void *context, size_t i) { ((int *)context)[i]++; }

int main(void) {
    uint8_t *blocks = malloc(PIECES * BYTES), *q8k = malloc(SUPERBLOCKS * HIFI_Q8K_BYTES);
    float *x = malloc(4 * PIECES * NUMBERS), *panel = malloc(4 * 256 * 32);
    fill_bytes(blocks, PIECES * BYTES, 0), fill_floats(x, PIECES * NUMBERS, 0, 1), fill_floats(panel, 256 * 32, 0, 1);
    fill_bytes(q8k, SUPERBLOCKS * HIFI_Q8K_BYTES, 0);
    // Pools with more threads than processors sleep, others look out for work: both. Two callers at a time wait for each other.
    static const size_t threads[] = {2, 1, 5};
    for (size_t t = 0; t < 3; t++) {
        enum { ROUNDS = 20, CALLERS = 3 };
        hifi_pool *pool = hifi_pool_make(threads[t]);
        work own[CALLERS];
        caller callers[CALLERS];
        pthread_t ids[CALLERS];
        for (int i = 0; i < CALLERS; i++) {
            own[i] = make_work(blocks, q8k, x, panel);
            callers[i] = (caller){pool, &own[i], ROUNDS};
            if (pthread_create(&ids[i], NULL, call, &callers[i]) != 0) return 2;
        }
        for (int i = 0; i < CALLERS; i++) pthread_join(ids[i], NULL);
        work alone = make_work(blocks, q8k, x, panel);
        for (size_t i = 0; i < PIECES; i++) one_piece(&alone, i);
        for (int i = 0; i < CALLERS; i++) {
            expect(same_work(&own[i], &alone, ROUNDS), "work", "threads");
            leave_work(&own[i]);
        }
        leave_work(&alone);
        hifi_pool_free(pool);
        calls += CALLERS * ROUNDS;
    }
    // Many short rounds, and pools that end while their threads begin.
    for (int i = 0; i < 60; i++) {
        int counts[200] = {0};
        const size_t count = (size_t)(i * 7 % 200);
        hifi_pool *pool = hifi_pool_make((size_t)(1 + i % 4));
        for (int r = 0; r < i % 20; r++) hifi_pool_run(pool, count, count_up, counts);
        hifi_pool_free(pool);
        for (size_t k = 0; k < 200; k++) expect(counts[k] == (k < count ? i % 20 : 0), "how often a task ran", "a pool");
        calls += (uint64_t)(i % 20);
    }
    if (hifi_kernels_entered(hifi_kernels_active()) == 0) return 2;
    free(blocks), free(q8k), free(x), free(panel);
    printf("pool threads calls %llu\n", (unsigned long long)calls);
    return failures > 0;
}

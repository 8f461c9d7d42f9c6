/* Attacks on blocks: lengths that lie, buffers without a byte to spare, threads, numbers that are none. */
#include "attack.h"

#include <fenv.h>
#include <pthread.h>
#if defined(__x86_64__)
#include <xmmintrin.h>
#endif

/* ---- Lengths ------------------------------------------------------------------------------------------------------------------------- */

/* Whether the numbers contradict each other, so that no memory may be touched. */
static bool contradict(const hifi_type *type, size_t bytes, size_t columns, size_t count) {
    if (columns == 0 || columns % type->weights) return true;
    const __uint128_t row = (__uint128_t)type->header_bytes + (__uint128_t)(columns / type->weights) * type->bytes;
    return bytes % (row * type->interleave) != 0 || bytes / row * columns != count;
}

void lengths(void) {
    const size_t top = SIZE_MAX, half = SIZE_MAX / 2;
    guarded nothing = guard(0, false);
    float *const numbers = (float *)(void *)nothing.at;
    for (size_t i = 0; i < hifi_type_count(); i++) {
        hifi_type type;
        hifi_type_at(i, &type);
        const size_t w = type.weights, b = type.bytes;
        const size_t columns[] = {0, w - 1, w, w + 1, top, top / w * w, half + 1, half / w * w, (size_t)1 << 32};
        const size_t sizes[] = {b - 1, b, top, half + 1, top / 4 + 1, (size_t)1 << 32};
        const size_t n = sizeof columns / sizeof *columns, m = sizeof sizes / sizeof *sizes;
        for (size_t c = 0; c < n; c++) {
            for (size_t s = 0; s < m * m; s++) {
                /* The memory given has no byte at all: whoever believes a number crashes. */
                const size_t bytes = sizes[s % m], count = sizes[s / m];
                hifi_error error;
                hifi_product product;
                if (!contradict(&type, bytes, columns[c], count)) continue;
                hifi_status status = hifi_blocks_decode(type.name, nothing.at, bytes, columns[c], numbers, count, &error);
                if (status == HIFI_OK || !printable(error.message) || !error.message[0])
                    check(false, "%s decodes %zu bytes in rows of %zu to %zu: %d", type.name, bytes, columns[c], count, status);
                status = hifi_blocks_encode(type.name, numbers, count, columns[c], NULL, nothing.at, bytes, &error);
                if (status == HIFI_OK || !printable(error.message) || !error.message[0])
                    check(false, "%s encodes %zu numbers in rows of %zu to %zu: %d", type.name, count, columns[c], bytes, status);
                if (s >= m) continue;
                if (columns[c] % w == 0 && columns[c] && row_bytes(&type, columns[c]) == bytes) continue;
                status = hifi_row_dot(type.name, nothing.at, bytes, numbers, columns[c], &product, &error);
                if (status == HIFI_OK || !printable(error.message) || !error.message[0])
                    check(false, "%s multiplies %zu bytes by %zu numbers: %d", type.name, bytes, columns[c], status);
            }
        }
        check(true, "lengths of %s", type.name);
    }
    unguard(&nothing);
}

/* ---- Exact buffers ------------------------------------------------------------------------------------------------------------------- */

/* FNV-1a, to compare what threads get. */
static uint64_t digest(uint64_t hash, const void *bytes, size_t count) {
    for (size_t i = 0; i < count; i++) hash = (hash ^ ((const unsigned char *)bytes)[i]) * 0x100000001B3ULL;
    return hash;
}

/* Decodes twice into memory without a byte to spare; the digest of the weights. */
static uint64_t decode_twice(const hifi_type *type, const void *blocks, size_t bytes, size_t columns, size_t count) {
    uint64_t found[2];
    for (int round = 0; round < 2; round++) {
        hifi_error error;
        guarded in = guarded_copy(blocks, bytes, round), out = guard(count * sizeof(float), round);
        const hifi_status status = hifi_blocks_decode(type->name, in.at, bytes, columns, (float *)(void *)out.at, count, &error);
        check(status == HIFI_OK, "decode %s: %d %s", type->name, status, error.message);
        check(intact(&out) && memcmp(in.at, blocks, bytes) == 0, "decoding %s writes to the weights only", type->name);
        found[round] = digest(0xCBF29CE484222325ULL, out.at, out.bytes);
        unguard(&in), unguard(&out);
    }
    check(found[0] == found[1], "%s decodes to the same bits twice", type->name);
    return found[0];
}

/* All that a type does, in exact buffers: encoding, decoding what was encoded and noise, a product. The digest of all results. */
static uint64_t exercise(const hifi_type *type) {
    const size_t rows = type->interleave * 2, columns = (size_t)type->weights * (type->weights == 1 ? 96 : 3),
                 count = rows * columns;
    const size_t row = row_bytes(type, columns), bytes = rows * row;
    hifi_error error;
    uint64_t hash = 1, state = 88172645463325252ULL + type->bytes;
    float *weights = malloc(count * sizeof *weights), *importances = malloc(columns * sizeof *importances);
    unsigned char *blocks = malloc(bytes);
    random_weights(weights, count, type->bytes + 7);
    for (size_t i = 0; i < columns; i++) importances[i] = (float)(random_next(&state) % 1000 + 1) / 128;
    for (size_t i = 0; i < bytes; i++) blocks[i] = (unsigned char)random_next(&state);
    if (type->decodes) hash = digest(hash, (uint64_t[]){decode_twice(type, blocks, bytes, columns, count)}, 8);
    else {
        const hifi_status status = hifi_blocks_decode(type->name, blocks, bytes, columns, weights, count, &error);
        fails(status, HIFI_UNSUPPORTED, &error, type->name);
    }
    for (int round = 0; round < 4; round++) {
        const bool important = round & 1;
        guarded in = guarded_copy(weights, count * sizeof(float), round / 2), out = guard(bytes, round / 2);
        guarded by = guarded_copy(importances, columns * sizeof(float), round / 2);
        const float *given = important ? (const float *)(void *)by.at : NULL;
        const float *numbers = (const float *)(void *)in.at;
        const hifi_status status = hifi_blocks_encode(type->name, numbers, count, columns, given, out.at, bytes, &error);
        if (!type->encodes) fails(status, HIFI_UNSUPPORTED, &error, type->name);
        else if (status == HIFI_OK) {
            hash = digest(hash, out.at, bytes);
            check(intact(&out), "encoding %s writes to the blocks only", type->name);
            memcpy(blocks, out.at, bytes);
            hash = digest(hash, (uint64_t[]){decode_twice(type, blocks, bytes, columns, count)}, 8);
            float *back = malloc(count * sizeof *back);
            double wrong = 0, all = 0;
            hifi_blocks_decode(type->name, blocks, bytes, columns, back, count, NULL);
            for (size_t i = 0; i < count; i++) {
                wrong += ((double)back[i] - weights[i]) * ((double)back[i] - weights[i]);
                all += (double)weights[i] * weights[i];
            }
            check(wrong < 0.6 * all, "%s: encoded and decoded, %.3g of the energy are wrong", type->name, wrong / all);
            free(back);
        } else check(!important && error.message[0], "encode %s, round %d: %d %s", type->name, round, status, error.message);
        unguard(&in), unguard(&out), unguard(&by);
    }
    hifi_product product;
    for (int round = 0; round < 2; round++) {
        guarded in = guarded_copy(blocks, row, round), by = guarded_copy(weights, columns * sizeof(float), round);
        const hifi_status status = hifi_row_dot(type->name, in.at, row, (const float *)(void *)by.at, columns, &product, &error);
        if (status == HIFI_OK) {
            /* Of encoded blocks; those of types that are not encoded are noise, whose scales may be anything. */
            const bool sound = product.bound >= 0 && product.exact <= product.magnitude && product.exact >= -product.magnitude;
            if (type->encodes) check(sound, "%s: %g of %g", type->name, product.exact, product.magnitude);
            hash = digest(hash, &product, sizeof product);
        } else check(error.message[0] && printable(error.message), "multiply %s: %d", type->name, status);
        unguard(&in), unguard(&by);
    }
    free(weights), free(importances), free(blocks);
    return hash;
}

uint64_t exercise_all(void) {
    uint64_t hash = 0;
    for (size_t i = 0; i < hifi_type_count(); i++) {
        hifi_type type;
        if (left_out(i)) continue;
        hifi_type_at(i, &type);
        hash = digest(hash, (uint64_t[]){exercise(&type)}, 8);
    }
    return hash;
}

void buffers(void) {
    const uint64_t first = exercise_all();
    if (!brief) check(exercise_all() == first, "the same twice");
}

/* What a type is said to multiply, and what it does. */
void products(void) {
    for (size_t i = 0; i < hifi_type_count(); i++) {
        hifi_type type;
        hifi_error error;
        hifi_product product;
        hifi_type_at(i, &type);
        const size_t columns = (size_t)type.weights * (type.weights < 256 ? 256 / type.weights : 1),
                     bytes = row_bytes(&type, columns);
        unsigned char *row = calloc(bytes, 1);
        float *activations = calloc(columns, sizeof *activations);
        const hifi_status status = hifi_row_dot(type.name, row, bytes, activations, columns, &product, &error);
        fails(status, type.multiplies ? HIFI_OK : HIFI_UNSUPPORTED, &error, type.name);
        if (status == HIFI_OK)
            check(product.exact == 0 && product.magnitude == 0, "%s: nothing times nothing is %g", type.name, product.exact);
        free(row), free(activations);
    }
}

/* ---- Threads ------------------------------------------------------------------------------------------------------------------------- */

static pthread_barrier_t barrier;

static void *thread_body(void *argument) {
    /* All begin with the first call of the library at once. */
    pthread_barrier_wait(&barrier);
    hifi_verdict verdict;
    const hifi_status status = hifi_file_verify(model, 0, NULL, NULL, &verdict, NULL, NULL);
    check(status == HIFI_OK && verdict.status == 0, "verify on a thread: %d", status);
    *(uint64_t *)argument = exercise_all();
    return NULL;
}

void threads(void) {
    enum { THREADS = 8 };
    pthread_t thread[THREADS];
    uint64_t found[THREADS];
    pthread_barrier_init(&barrier, NULL, THREADS);
    for (int i = 0; i < THREADS; i++) pthread_create(&thread[i], NULL, thread_body, &found[i]);
    for (int i = 0; i < THREADS; i++) pthread_join(thread[i], NULL);
    const uint64_t alone = exercise_all();
    for (int i = 0; i < THREADS; i++) check(found[i] == alone, "thread %d gets other bits", i);
}

/* A thread with little stack, as servers and garbage-collected languages have. */
static void *shallow_body(void *argument) {
    (void)argument;
    hifi_verdict verdict;
    check(
        hifi_file_verify(model, 0, NULL, NULL, &verdict, NULL, NULL) == HIFI_OK && verdict.status == 0, "verify with little stack");
    exercise_all();
    return NULL;
}

void stack(void) {
    pthread_attr_t attributes;
    pthread_t thread;
    pthread_attr_init(&attributes);
    pthread_attr_setstacksize(&attributes, 256 * 1024);
    check(pthread_create(&thread, &attributes, shallow_body, NULL) == 0 && pthread_join(thread, NULL) == 0, "a thread of 256 KiB");
}

/* ---- Refusals ------------------------------------------------------------------------------------------------------------------------ */

void refusals(void) {
    const uint32_t bad[] = {0x7FC00000, 0xFFC00001, 0x7F800001, 0x7F800000, 0xFF800000};
    for (size_t i = 0; i < hifi_type_count(); i++) {
        hifi_type type;
        hifi_type_at(i, &type);
        if (!type.encodes || left_out(i)) continue;
        const size_t columns = (size_t)type.weights * 2, bytes = row_bytes(&type, columns);
        float *weights = malloc(columns * sizeof *weights), *importances = malloc(columns * sizeof *importances);
        unsigned char *blocks = malloc(bytes);
        hifi_error error;
        for (size_t k = 0; k < sizeof bad / sizeof *bad; k++) {
            random_weights(weights, columns, k);
            for (size_t c = 0; c < columns; c++) importances[c] = 1;
            memcpy(&importances[columns - 1], &bad[k], 4);
            fails(
                hifi_blocks_encode(type.name, weights, columns, columns, importances, blocks, bytes, &error), HIFI_REFUSED, &error,
                type.name);
            importances[columns - 1] = 1;
            memcpy(&weights[k % columns], &bad[k], 4);
            fails(
                hifi_blocks_encode(type.name, weights, columns, columns, importances, blocks, bytes, &error), HIFI_REFUSED, &error,
                type.name);
            fails(
                hifi_blocks_encode(type.name, weights, columns, columns, NULL, blocks, bytes, &error), HIFI_REFUSED, &error,
                type.name);
        }
        /* Extremes, and nothing but zeros: an answer, whichever. */
        const float extremes[] = {3.4028235e38F, -3.4028235e38F, 1e-45F, -0.0F, 0.0F, 1.17549435e-38F};
        for (size_t k = 0; k < sizeof extremes / sizeof *extremes; k++) {
            for (size_t c = 0; c < columns; c++) weights[c] = extremes[k];
            memset(&error, 0, sizeof error);
            const hifi_status status = hifi_blocks_encode(type.name, weights, columns, columns, NULL, blocks, bytes, &error);
            check(
                status == HIFI_OK || (status == HIFI_REFUSED && error.message[0]), "%s of %g: %d", type.name, (double)extremes[k],
                status);
        }
        free(weights), free(importances), free(blocks);
    }
    unsigned char block[34] = {0, 0x3C, 1};
    float ones[32];
    hifi_product product;
    hifi_error error;
    for (int i = 0; i < 32; i++) ones[i] = 1;
    fails(hifi_row_dot("q8_0", block, 34, ones, 32, &product, &error), HIFI_OK, &error, "a product");
    /* The activations are quantized, so that one is 127 times the fp16 next to 1/127. */
    check(product.exact > 0.99 && product.exact < 1.01 && product.bound >= 0, "one times one is %g", product.exact);
    for (size_t k = 0; k < sizeof bad / sizeof *bad; k++) {
        memcpy(&ones[5], &bad[k], 4);
        const hifi_status status = hifi_row_dot("q8_0", block, 34, ones, 32, &product, &error);
        check(status == HIFI_REFUSED && error.message[0], "a product with activation %08x: %d", bad[k], status);
    }
}

/* Programs change how the processor rounds, and those compiled for speed flush subnormals to zero. */
void rounding(void) {
    const uint64_t plain = exercise_all();
    const int modes[] = {FE_UPWARD, FE_DOWNWARD, FE_TOWARDZERO};
    const char *said[] = {"up", "down", "to zero"};
    for (int i = 0; i < 3; i++) {
        fesetround(modes[i]);
        const uint64_t found = exercise_all();
        const bool kept = fegetround() == modes[i];
        fesetround(FE_TONEAREST);
        check(found == plain, "a caller that rounds %s gets other bits", said[i]);
        check(kept, "the caller's rounding mode is kept");
    }
#if defined(__x86_64__)
    const unsigned normal = _mm_getcsr();
    _mm_setcsr(normal | 0x8040);
    const uint64_t found = exercise_all();
    const bool kept = (_mm_getcsr() & 0x8040) == 0x8040;
    _mm_setcsr(normal);
    check(found == plain, "a caller that flushes subnormals to zero gets other bits");
    check(kept, "the caller's flushing of subnormals is kept");
#endif
}

/* Puts a decoder of one's own to the conformance vectors. Here it is one of Q8_0; put yours in its place.
 *
 *     cc -std=c11 suite.c $(pkg-config --cflags --libs hifi) -lm -o suite
 *     ./suite "$(pkg-config --variable=vectors hifi)"
 *
 * Prints how many cases applied and which failed. Exit status: 0 all pass, 1 some fail or none applied, 64 called wrongly, 74 the vectors
 * cannot be read. */
#include <hifi.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- The decoder under test: blocks of an fp16 scale and 32 signed codes. ------------------------------------------------------------ */

static const char *const type_under_test = "q8_0";

static float from_half(unsigned half) {
    const unsigned exponent = half >> 10 & 31, fraction = half & 1023;
    float value;
    if (exponent == 31) value = fraction ? NAN : INFINITY;
    else if (exponent == 0) value = ldexpf((float)fraction, -24);
    else value = ldexpf((float)(fraction + 1024), (int)exponent - 25);
    return half & 0x8000 ? -value : value;
}

static void decode(const uint8_t *blocks, size_t count, float *weights) {
    for (size_t i = 0; i < count; i++) {
        const uint8_t *block = blocks + i / 32 * 34;
        weights[i] = from_half((unsigned)block[0] | (unsigned)block[1] << 8) * (float)(int8_t)block[2 + i % 32];
    }
}

/* ---- The suite ----------------------------------------------------------------------------------------------------------------------- */

/* Every bit counts, the sign of a zero included. Where the answer is a NaN any NaN will do. */
static int same(const float *found, const float *expected, size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (isnan(expected[i]) && isnan(found[i])) continue;
        if (memcmp(&found[i], &expected[i], sizeof found[i]) != 0) return 0;
    }
    return 1;
}

int main(int argc, char **argv) {
    if (argc != 2) {
        fprintf(stderr, "usage: suite FOLDER_OF_VECTORS\n");
        return 64;
    }
    hifi_error error;
    hifi_vectors *vectors;
    if (hifi_vectors_open(argv[1], &vectors, &error) != HIFI_OK) {
        fprintf(stderr, "suite: %s\n", error.message);
        return 74;
    }
    size_t applied = 0, failed = 0;
    hifi_vector v;
    /* Everything that `v` points to is valid until the next call. */
    while (hifi_vectors_next(vectors, &v) == HIFI_OK) {
        if (v.kind != HIFI_DECODE || strcmp(v.type, type_under_test) != 0) continue;
        float *weights = malloc((v.count ? v.count : 1) * sizeof *weights);
        if (!weights) {
            fprintf(stderr, "suite: no memory for %zu weights\n", v.count);
            hifi_vectors_close(vectors);
            return 70;
        }
        decode(v.blocks, v.count, weights);
        applied++;
        if (!same(weights, v.weights, v.count)) {
            failed++;
            printf("%s fails: %s\n", v.id, v.why);
        }
        free(weights);
    }
    hifi_vectors_close(vectors);
    printf("%s: %zu cases applied, %zu failed\n", type_under_test, applied, failed);
    /* A test that tested nothing has not passed. */
    return applied == 0 || failed > 0;
}

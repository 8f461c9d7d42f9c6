/* Example adapter in C for `hifi conformance --exec ./example_adapter`: see PROTOCOL.md.
 * Needs nothing but the C library:   cc -O2 -o example_adapter example_adapter.c -lm
 * Replace decode_row and dot_row by calls of your own kernels. */
#include <inttypes.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BLOCK_WEIGHTS = 32, BLOCK_BYTES = 34 };

/* ---- What is tested: Q8_0, an fp16 scale and 32 signed codes. ------------------------------------------------------------------ */

static float half_to_float(uint16_t h) {
    uint32_t sign = (uint32_t)(h & 0x8000) << 16, exponent = h >> 10 & 31, fraction = h & 0x3FF, bits;
    if (exponent == 31) {
        bits = sign | 0x7F800000 | fraction << 13;
    } else if (exponent) {
        bits = sign | (exponent + 112) << 23 | fraction << 13;
    } else {
        float value = ldexpf((float)fraction, -24);
        return sign ? -value : value;
    }
    float value;
    memcpy(&value, &bits, 4);
    return value;
}

static float scale_of(const uint8_t *block) { return half_to_float((uint16_t)(block[0] | block[1] << 8)); }

static void decode_row(const uint8_t *blocks, size_t count, float *out) {
    for (size_t b = 0; b < count; b++, blocks += BLOCK_BYTES)
        for (int i = 0; i < BLOCK_WEIGHTS; i++) *out++ = scale_of(blocks) * (float)(int8_t)blocks[2 + i];
}

static float dot_row(const uint8_t *x, const uint8_t *y, size_t count) {
    double sum = 0;
    for (size_t b = 0; b < count; b++, x += BLOCK_BYTES, y += BLOCK_BYTES) {
        int32_t codes = 0;
        for (int i = 0; i < BLOCK_WEIGHTS; i++) codes += (int8_t)x[2 + i] * (int8_t)y[2 + i];
        sum += (double)scale_of(x) * scale_of(y) * codes;
    }
    return (float)sum;
}

/* ---- The protocol. Lines come from hifi itself, so looking for the names of members is enough here. ------------------------------- */

static FILE *bulk;

/* The text behind "name": in the line, or NULL. */
static const char *member(const char *line, const char *name) {
    char key[64];
    snprintf(key, sizeof key, "\"%s\":", name);
    const char *at = strstr(line, key);
    if (!at) return NULL;
    at += strlen(key);
    return at + strspn(at, " ");
}

static int64_t number(const char *line, const char *name) {
    const char *at = line ? member(line, name) : NULL;
    return at ? strtoll(at, NULL, 10) : 0;
}

static int is(const char *line, const char *name, const char *word) {
    const char *at = member(line, name);
    size_t length = strlen(word);
    return at && at[0] == '"' && !strncmp(at + 1, word, length) && at[1 + length] == '"';
}

/* The bytes of a payload, in hexadecimal or in the bulk file; the caller frees them. */
static uint8_t *payload(const char *line, const char *name, size_t *count) {
    const char *at = member(line, name);
    if (!at) return NULL;
    if (*at == '"') {
        *count = strcspn(++at, "\"") / 2;
        uint8_t *bytes = malloc(*count + 1);
        for (size_t i = 0; bytes && i < *count; i++) {
            char digits[3] = {at[2 * i], at[2 * i + 1], 0};
            bytes[i] = (uint8_t)strtoul(digits, NULL, 16);
        }
        return bytes;
    }
    *count = (size_t)number(at, "bytes");
    uint8_t *bytes = malloc(*count + 1);
    if (bytes && (!bulk || fseek(bulk, (long)number(at, "offset"), SEEK_SET) || fread(bytes, 1, *count, bulk) != *count)) {
        free(bytes);
        return NULL;
    }
    return bytes;
}

/* Small answers go into the message, large ones into the room that the request offers. fp32 is stored as this machine has it: it must be
 * little-endian. */
static void answer(const char *line, int64_t id, const float *floats, size_t count) {
    const char *room = member(line, "room");
    if (room && bulk) {
        long offset = (long)number(room, "offset");
        fseek(bulk, offset, SEEK_SET);
        fwrite(floats, 4, count, bulk);
        fflush(bulk);
        printf("{\"id\": %" PRId64 ", \"floats\": {\"offset\": %ld, \"bytes\": %zu}}\n", id, offset, 4 * count);
        return;
    }
    printf("{\"id\": %" PRId64 ", \"floats\": \"", id);
    for (size_t i = 0; i < 4 * count; i++) printf("%02x", ((const uint8_t *)floats)[i]);
    printf("\"}\n");
}

static void work(const char *line, int64_t id) {
    size_t bytes = 0, other = 0;
    uint8_t *blocks = payload(line, "blocks", &bytes), *column = payload(line, "activations", &other);
    size_t count = bytes / BLOCK_BYTES;
    float *out = malloc((count * BLOCK_WEIGHTS + 1) * sizeof *out);
    if (!blocks || !out || bytes % BLOCK_BYTES) {
        printf("{\"id\": %" PRId64 ", \"error\": \"no whole blocks\"}\n", id);
    } else if (is(line, "op", "decode")) {
        decode_row(blocks, count, out);
        answer(line, id, out, count * BLOCK_WEIGHTS);
    } else if (column && other == bytes && is(line, "activation_type", "q8_0")) {
        out[0] = dot_row(blocks, column, count);
        answer(line, id, out, 1);
    } else {
        printf("{\"id\": %" PRId64 ", \"skipped\": \"activations of another type or number\"}\n", id);
    }
    free(blocks);
    free(column);
    free(out);
}

int main(void) {
    char *line = NULL;
    size_t room = 0;
    while (getline(&line, &room, stdin) > 0 && !is(line, "op", "bye")) {
        int64_t id = number(line, "id");
        if (is(line, "op", "hello")) {
            const char *path = member(line, "bulk");
            char name[4096] = "";
            if (path) snprintf(name, sizeof name, "%.*s", (int)strcspn(path + 1, "\""), path + 1);
            bulk = fopen(name, "r+b");
            printf("{\"id\": %" PRId64 ", \"protocol\": 1, \"name\": \"example in C\", \"version\": \"1\", "
                   "\"supports\": {\"decode\": [\"q8_0\"], \"dot\": [\"q8_0\"], \"encode\": [], \"quantize\": []}}\n", id);
        } else {
            work(line, id);
        }
        fflush(stdout);
    }
    free(line);
    return 0;
}

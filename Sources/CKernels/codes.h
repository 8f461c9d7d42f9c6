// Unpacked codes of a block, 0 and up, in the order of the weights; portable C that compilers vectorise.
#ifndef HIFI_CODES_H
#define HIFI_CODES_H

#include "unpack.h"

static void codes_q2k(const uint8_t *b, uint8_t out[256]) {
    const uint8_t *q = FIELD(b, hifi_q2_k, qs);
    for (int i = 0; i < 8; i++) {
        for (int l = 0; l < 32; l++) out[32 * i + l] = q[32 * (i / 4) + l] >> (2 * (i % 4)) & 3;
    }
}

static void codes_q3k(const uint8_t *b, uint8_t out[256]) {
    const uint8_t *q = FIELD(b, hifi_q3_k, qs), *h = FIELD(b, hifi_q3_k, hmask);
    for (int i = 0; i < 8; i++) {
        for (int l = 0; l < 32; l++) out[32 * i + l] = (q[32 * (i / 4) + l] >> (2 * (i % 4)) & 3) | (h[l] >> i & 1) << 2;
    }
}

static void codes_q4k(const uint8_t *b, uint8_t out[256]) {
    const uint8_t *q = FIELD(b, hifi_q4_k, qs);
    for (int i = 0; i < 8; i++) {
        for (int l = 0; l < 32; l++) out[32 * i + l] = q[32 * (i / 2) + l] >> (4 * (i % 2)) & 15;
    }
}

static void codes_q5k(const uint8_t *b, uint8_t out[256]) {
    const uint8_t *q = FIELD(b, hifi_q5_k, qs), *h = FIELD(b, hifi_q5_k, qh);
    for (int i = 0; i < 8; i++) {
        for (int l = 0; l < 32; l++) out[32 * i + l] = (q[32 * (i / 2) + l] >> (4 * (i % 2)) & 15) | (h[l] >> i & 1) << 4;
    }
}

static void codes_q6k(const uint8_t *b, uint8_t out[256]) {
    const uint8_t *low = FIELD(b, hifi_q6_k, ql), *high = FIELD(b, hifi_q6_k, qh);
    for (int i = 0; i < 8; i++) {
        const int half = i / 4, nibble = i / 2 % 2, mid = i % 2;
        for (int l = 0; l < 32; l++) {
            const int low4 = low[64 * half + 32 * mid + l] >> (4 * nibble) & 15;
            const int high2 = high[32 * half + l] >> (4 * nibble + 2 * mid) & 3;
            out[32 * i + l] = (uint8_t)(low4 | high2 << 4);
        }
    }
}

static void codes_q40(const uint8_t *b, size_t stride, uint8_t out[256]) {
    for (int i = 0; i < 8; i++, b += stride) {
        const uint8_t *q = FIELD(b, hifi_q4_0, qs);
        for (int l = 0; l < 16; l++) out[32 * i + l] = q[l] & 15, out[32 * i + 16 + l] = q[l] >> 4;
    }
}

#endif

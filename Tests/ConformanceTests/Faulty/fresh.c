/* A second adapter with one mistake, chosen by number, as faulty.c is: mistakes that were thought of after the diagnosis was written,
 * without looking at what it knew. What each is stands in fresh.txt. */
#include "planted.h"

static void scale_min(int j, const uint8_t *q, uint8_t *d, uint8_t *m) {
    if (j < 4 || F(4)) {
        *d = q[j] & 63;
        *m = q[j + 4] & 63;
    } else {
        *d = (uint8_t)((q[j + 4] >> (F(3) ? 4 : 0) & 0xF) | ((q[j - 4] >> 6) << (F(5) ? 5 : 4)));
        *m = (uint8_t)((q[j + 4] >> (F(3) ? 0 : 4) & 0xF) | (F(6) ? 0 : (q[j] >> 6) << 4));
    }
}

static void q4_k(const uint8_t *x, float *y) {
    float d = half(x), min = half(x + 2);
    const uint8_t *q = x + 16;
    int is = 0;
    for (int j = 0; j < 256; j += 64) {
        uint8_t sc, m;
        scale_min(is, x + 4, &sc, &m);
        float d1 = d * sc, m1 = min * m;
        scale_min(is + 1, x + 4, &sc, &m);
        float d2 = d * sc, m2 = min * m;
        if (F(7) && j == 192) d2 = d1;
        if (F(8)) m2 = 0;
        if (F(9)) { float t = m1; m1 = m2; m2 = t; }
        for (int l = 0; l < 32; l++) *y++ = d1 * (q[F(10) ? l ^ 1 : l] & 0xF) - m1;
        for (int l = 0; l < 32; l++) *y++ = d2 * (F(1) ? q[l] & 0xF0 : q[F(10) ? l ^ 1 : l] >> 4) - m2;
        q += 32;
        is += F(2) ? 1 : 2;
    }
}

static void q5_k(const uint8_t *x, float *y) {
    float d = half(x), min = half(x + 2);
    const uint8_t *qh = x + (F(15) ? 48 : 16), *ql = x + (F(15) ? 16 : 48);
    int is = 0;
    uint8_t u1 = F(11) ? 2 : 1, u2 = F(11) ? 1 : 2;
    for (int j = 0; j < 256; j += 64) {
        uint8_t sc, m;
        scale_min(is, x + 4, &sc, &m);
        float d1 = d * sc, m1 = min * m;
        scale_min(is + 1, x + 4, &sc, &m);
        float d2 = d * sc, m2 = min * m;
        for (int l = 0; l < 32; l++) {
            int h = (qh[l] & u1) != 0, code = F(14) ? ql[l] >> 4 : ql[l] & 0xF;
            if (F(12)) h = !h;
            if (F(13) && j == 0) h = 0;
            *y++ = d1 * (code + 16 * h) - m1;
        }
        for (int l = 0; l < 32; l++) {
            int h = (qh[l] & u2) != 0, code = F(14) ? ql[l] & 0xF : ql[l] >> 4;
            if (F(12)) h = !h;
            if (F(13) && j == 0) h = 0;
            *y++ = d2 * (code + 16 * h) - m2;
        }
        ql += 32;
        is += 2;
        u1 = (uint8_t)(u1 << 2), u2 = (uint8_t)(u2 << 2);
    }
}

static void q6_k(const uint8_t *x, float *y) {
    const uint8_t *ql = x, *qh = x + 128;
    const int8_t *sc = (const int8_t *)x + 192;
    float d = half(x + 208);
    if (F(21)) d *= d;
    for (int n = 0; n < 256; n += 128) {
        for (int l = 0; l < 32; l++) {
            int is = F(17) ? l / 8 : l / 16, up = F(19) ? 5 : 4, bias = F(20) ? 0 : 32;
            int q1 = ((ql[F(16) ? l + 32 : l] & 0xF) | (qh[l] >> (F(18) ? 6 : 0) & 3) << up) - bias;
            int q2 = ((ql[F(16) ? l : l + 32] & 0xF) | (qh[l] >> (F(18) ? 4 : 2) & 3) << up) - bias;
            int q3 = ((ql[l] >> 4) | (qh[l] >> (F(18) ? 2 : 4) & 3) << up) - bias;
            int q4 = ((ql[l + 32] >> 4) | (qh[l] >> (F(18) ? 0 : 6) & 3) << up) - bias;
            if (F(22)) q1 = (int8_t)(q1 << 3) >> 3;
            y[l] = d * sc[is] * q1;
            y[l + 32] = d * sc[is + (F(23) ? 1 : 2)] * q2;
            y[l + 64] = d * sc[is + (F(23) ? 2 : 4)] * q3;
            y[l + 96] = d * sc[is + (F(23) ? 3 : 6)] * q4;
        }
        y += 128;
        ql += 64;
        qh += 32;
        sc += 8;
    }
}

static void q3_scales(const uint8_t *s, int8_t *out) {
    for (int i = 0; i < 16; i++) {
        int low = s[i % 8] >> 4 * (F(26) ? 1 - i / 8 : i / 8) & 15, high = s[8 + i % 4] >> 2 * (i / 4) & 3;
        if (F(27)) high = s[8 + i / 4] >> 2 * (i % 4) & 3;
        if (F(28)) low = s[i / 2] >> 4 * (i % 2) & 15;
        out[i] = (int8_t)((low | high << 4) - 32);
    }
}

static void q3_k(const uint8_t *x, float *y) {
    const uint8_t *hm = x, *q = x + 32;
    int8_t scales[16];
    q3_scales(x + 96, scales);
    float d = half(x + 108);
    int is = 0;
    uint8_t m = F(30) ? 2 : 1;
    for (int n = 0; n < 256; n += 128) {
        for (int j = 0; j < 4; j++) {
            for (int part = 0; part < 2; part++, is++) {
                float dl = d * scales[F(31) ? (is + 1) & 15 : is];
                for (int l = 16 * part; l < 16 * part + 16; l++) {
                    int low = q[l] >> (F(29) ? 6 - 2 * j : 2 * j) & 3, set = (hm[l] & m) != 0;
                    if (F(24) && n) set = !set;
                    *y++ = dl * (low - (set ? 0 : F(25) ? 2 : 4));
                }
            }
            m = (uint8_t)(m << 1);
        }
        q += 32;
    }
}

static void q3_k_hifi(const uint8_t *x, float *y) {
    q3_k(x, y);
    for (int k = 0; k < 8; k++) {
        if (F(35) && k % 2 == 0) continue;
        int at = x[110 + k], done = 0;
        float value = half(x + 118 + 2 * (F(33) ? 0 : k) + F(32));
        if (F(34)) at = 255 - at;
        if (F(36)) value *= half(x + 108);
        for (int i = 0; i < k; i++) done |= x[110 + i] == at;
        if (F(37) && done) continue;
        if (F(38) && fabsf(y[at]) > fabsf(value)) continue;
        y[at] = value;
    }
}

static void q2_k(const uint8_t *x, float *y) {
    const uint8_t *q = x + 16;
    float d = half(x + 80), min = half(x + 82);
    if (F(40)) min = d;
    int is = 0;
    for (int n = 0; n < 256; n += 128) {
        if (F(43)) is = 0;
        for (int j = 0; j < 4; j++) {
            for (int part = 0; part < 2; part++) {
                uint8_t sc = x[is++];
                float dl = d * (F(39) ? sc >> 4 : sc & 0xF), ml = min * (sc >> 4);
                if (F(44)) ml = min * sc;
                for (int l = 0; l < 16; l++) *y++ = dl * (q[F(41) ? l : l + 16 * part] >> (F(42) ? j : 2 * j) & 3) - ml;
            }
        }
        q += 32;
    }
}

static void q8_0(const uint8_t *x, float *y) {
    float d = half(x);
    if (F(45)) d = fabsf(d);
    if (F(47)) d /= 127;
    for (int i = 0; i < 32; i++) {
        y[i] = d * (int8_t)x[2 + (F(48) ? 31 - i : i)];
        if (F(46) && i >= 16) y[i] = 0;
    }
}

static void q4_0(const uint8_t *x, float *y) {
    float d = half(x);
    for (int i = 0; i < 16; i++) {
        int low = (x[2 + i] & 0xF) - 8, high = (x[2 + i] >> 4) - 8;
        if (F(49)) low = (int8_t)(x[2 + i] << 4) >> 4, high = (int8_t)x[2 + i] >> 4;
        if (F(50)) low += 8, high += 8;
        if (F(51)) high = low;
        y[i] = d * low;
        y[i + 16] = d * high;
    }
}

static void q4_1(const uint8_t *x, float *y) {
    float d = half(x + (F(53) ? 2 : 0)), m = half(x + (F(53) ? 0 : 2));
    if (F(52)) m *= d;
    for (int i = 0; i < 16; i++) {
        y[F(54) ? 2 * i : i] = (x[4 + i] & 0xF) * d + m;
        y[F(54) ? 2 * i + 1 : i + 16] = (x[4 + i] >> 4) * d + m;
    }
}

static void q5_0(const uint8_t *x, float *y) {
    float d = half(x);
    uint32_t qh = (uint32_t)x[2] | (uint32_t)x[3] << 8 | (uint32_t)x[4] << 16 | (uint32_t)x[5] << 24;
    if (F(56)) qh = (uint32_t)x[5] | (uint32_t)x[4] << 8 | (uint32_t)x[3] << 16 | (uint32_t)x[2] << 24;
    if (F(57)) qh = 0;
    for (int i = 0; i < 16; i++) {
        uint8_t h0 = (uint8_t)((qh >> i << 4) & 0x10), h1 = (uint8_t)((qh >> (F(55) ? i + 16 : i + 12)) & 0x10);
        y[i] = d * ((int)((x[6 + i] & 0xF) | h0) - 16);
        y[i + 16] = d * ((int)((x[6 + i] >> 4) | h1) - 16);
    }
}

static void q5_1(const uint8_t *x, float *y) {
    float d = half(x), m = F(58) ? 0 : half(x + 2);
    uint32_t qh;
    memcpy(&qh, x + 4, 4);
    int high = F(59) ? 8 : 16;
    for (int i = 0; i < 16; i++) {
        y[i] = ((x[8 + i] & 0xF) + (qh >> i & 1 ? high : 0)) * d + m;
        y[i + 16] = ((x[8 + i] >> 4) + (qh >> (F(60) ? 31 - i : i + 16) & 1 ? high : 0)) * d + m;
    }
}

static void iq4_nl(const uint8_t *x, float *y) {
    static const int8_t book[16] = {-127, -104, -83, -65, -49, -35, -22, -10, 1, 13, 25, 38, 53, 69, 89, 113};
    float d = half(x);
    for (int i = 0; i < 16; i++) {
        int low = x[2 + i] & 0xF, high = x[2 + i] >> 4;
        if (F(61)) low = low == 6 ? 7 : low == 7 ? 6 : low, high = high == 6 ? 7 : high == 7 ? 6 : high;
        y[F(62) ? i + 16 : i] = d * (F(63) ? low - 8 : book[low]);
        y[F(62) ? i : i + 16] = d * (F(63) ? high - 8 : book[high]);
    }
}

static const struct { const char *name; int weights, bytes; void (*decode)(const uint8_t *, float *); } types[] = {
    {"q4_k", 256, 144, q4_k}, {"q5_k", 256, 176, q5_k}, {"q6_k", 256, 210, q6_k}, {"q3_k", 256, 110, q3_k},
    {"q3_k_hifi@r6", 256, 134, q3_k_hifi}, {"q2_k", 256, 84, q2_k}, {"q8_0", 32, 34, q8_0}, {"q4_0", 32, 18, q4_0},
    {"q4_1", 32, 20, q4_1}, {"q5_0", 32, 22, q5_0}, {"q5_1", 32, 24, q5_1}, {"iq4_nl", 32, 18, iq4_nl},
};
enum { TYPES = sizeof types / sizeof *types };

/* A product by decoded weights; mistakes from 101 on are about the product itself. */
static float dot(int type, const uint8_t *x, size_t blocks, const uint8_t *y, int is_q8k) {
    static double before;
    double sum = F(108) ? before : 0;
    size_t weights = blocks * (size_t)types[type].weights, unit = is_q8k ? 256 : 32, count = weights / unit;
    float *w = malloc(weights * sizeof *w);
    for (size_t b = 0; b < blocks; b++) types[type].decode(x + b * (size_t)types[type].bytes, w + b * (size_t)types[type].weights);
    for (size_t b = 0; b < count; b++) {
        float d;
        size_t other = F(103) ? (b + 1) % count : b, size = is_q8k ? 292 : 34;
        const int8_t *codes = (const int8_t *)y + size * b + (is_q8k ? 4 : 2);
        if (is_q8k) memcpy(&d, y + 292 * other, 4);
        else d = half(y + 34 * other);
        if (F(104)) d = fabsf(d);
        if (F(101) && b % 2 == 1) continue;
        double part = 0;
        for (size_t i = 0; i < unit; i++) {
            int code = codes[F(106) ? i ^ 31 : i];
            if (F(105)) code = abs(code);
            if (F(107) && b == count - 1 && i >= unit - 4) continue;
            if (F(109) && code < -64) code = -64;
            part += (double)w[b * unit + i] * code;
        }
        if (F(102)) part = part < 0 ? ceil(part) : floor(part);
        sum += part * d;
    }
    free(w);
    before = sum;
    if (F(110)) sum = fabs(sum);
    return (float)sum;
}

#include "adapter.h"

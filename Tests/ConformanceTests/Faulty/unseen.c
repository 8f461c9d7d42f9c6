/* A second adapter with one mistake, chosen by number, as faulty.c is: mistakes that were thought of after all that the diagnosis
 * knows was written, and which nothing was changed for before they were tried. What each is stands in fresh.txt. */
#include "planted.h"

static void scale_min(int j, const uint8_t *q, uint8_t *d, uint8_t *m) {
    if (j < (F(201) ? 5 : 4)) {
        *d = q[j] & 63;
        *m = q[j + 4] & 63;
    } else {
        *d = (uint8_t)((q[j + 4] & 0xF) | ((q[j - 4] >> (F(202) ? 4 : 6)) & 3) << 4);
        *m = (uint8_t)((q[j + 4] >> 4) | ((q[j] >> 6) << (F(203) ? 2 : 4)));
    }
}

static void q4_k(const uint8_t *x, float *y) {
    float d = half(x), min = half(x + (F(204) ? 4 : 2));
    const uint8_t *q = x + (F(205) ? 12 : 16);
    int is = 0;
    for (int j = 0; j < 256; j += 64) {
        uint8_t sc, m, s2, n;
        if (F(210) && j == 192) is -= 2;
        scale_min(is, x + 4, &sc, &m);
        scale_min(is + 1, x + 4, &s2, &n);
        float d1 = d * sc, d2 = d * s2;
        if (F(209)) d1 = (float)(_Float16)d1, d2 = (float)(_Float16)d2;
        int mask = F(207) && j >= 128 ? 7 : 15;
        for (int l = 0; l < 32; l++) *y++ = F(206) ? d1 * ((q[l] & mask) - m) : d1 * (q[l] & mask) - min * m;
        for (int l = 0; l < 32; l++) *y++ = F(206) ? d2 * ((q[l] >> 4) - n) : d2 * (q[l] >> 4) - min * n;
        q += F(208) ? 16 : 32;
        is += 2;
    }
}

static void q5_k(const uint8_t *x, float *y) {
    float d = half(x), min = half(x + 2);
    const uint8_t *qh = x + 16, *ql = x + 48;
    int is = 0, u1 = 0, u2 = 1;
    for (int j = 0; j < 256; j += 64) {
        uint8_t sc, m, s2, n;
        scale_min(is, x + 4, &sc, &m);
        scale_min(is + 1, x + 4, &s2, &n);
        float d1 = d * sc, m1 = min * m, d2 = d * s2, m2 = min * (F(214) && j >= 128 ? m : n);
        int high = F(212) ? -16 : 16;
        for (int l = 0; l < 32; l++) *y++ = d1 * ((ql[l] & 0xF) + (qh[F(213) ? l & 15 : l] >> u1 & 1) * high) - m1;
        for (int l = 0; l < 32; l++) *y++ = d2 * ((ql[l] >> 4) + (qh[F(213) ? l & 15 : l] >> u2 & 1) * high) - m2;
        ql += F(215) ? 16 : 32;
        is += 2;
        u1 += F(211) ? 1 : 2, u2 += F(211) ? 1 : 2;
    }
}

static void q6_k(const uint8_t *x, float *y) {
    const uint8_t *ql = x, *qh = x + 128;
    const int8_t *sc = (const int8_t *)x + (F(219) ? 193 : 192);
    uint8_t turned[2] = {x[209], x[208]};
    float d = half(F(221) ? turned : x + 208);
    for (int n = 0; n < 256; n += 128) {
        for (int l = 0; l < 32; l++) {
            int is = l / 16, turn = F(217) ? 2 : 0, mask = F(223) ? 15 : 3, s[4];
            int q1 = ((ql[l] & 0xF) | (qh[l] >> turn & mask) << 4) - 32;
            int q2 = ((ql[l + 32] & 0xF) | (qh[l] >> (2 + turn) & mask) << 4) - 32;
            int q3 = ((ql[F(216) ? l + 32 : l] >> 4) | (qh[l] >> (4 + turn) & mask) << 4) - 32;
            int q4 = ((ql[F(216) ? l : l + 32] >> 4) | (qh[l] >> ((6 + turn) & 7) & mask) << 4) - 32;
            for (int i = 0; i < 4; i++) s[i] = F(218) ? sc[is + 2 * i] & 127 : sc[is + 2 * i];
            y[l] = d * s[0] * q1;
            y[l + 32] = d * s[1] * q2;
            y[F(222) ? l + 96 : l + 64] = d * s[2] * q3;
            y[F(222) ? l + 64 : l + 96] = d * s[3] * q4;
        }
        y += 128;
        if (!F(220)) ql += 64;
        qh += 32;
        sc += 8;
    }
}

static void q3_k(const uint8_t *x, float *y) {
    const uint8_t *hm = x, *q = x + 32;
    int8_t scales[16];
    for (int i = 0; i < 16; i++) {
        int low = x[96 + i % 8] >> 4 * (i / 8) & 15, high = x[104 + i % 4] >> 2 * (F(225) ? i / 8 : i / 4) & 3;
        scales[i] = (int8_t)(((low | high << 4) & (F(224) ? 31 : 63)) - 32);
    }
    float d = half(x + 108);
    int is = 0, bit = 0;
    for (int n = 0; n < 256; n += 128) {
        for (int j = 0; j < 4; j++) {
            for (int l = 0; l < 32; l++) {
                int low = q[l] >> (F(228) ? 2 * (j ^ 1) : 2 * j) & 3, set = hm[F(226) ? l ^ 16 : l] >> bit & 1;
                if (F(227) && n == 0 && j == 0) set = !set;
                *y++ = d * scales[is + l / 16] * (low - (set ? 0 : 4));
            }
            is += 2;
            if (!(F(229) && n == 0 && j == 2)) bit++;
        }
        q += 32;
        if (F(229)) bit = 4;
    }
}

static void q3_k_hifi(const uint8_t *x, float *y) {
    q3_k(x, y);
    for (int k = 0; k < 8; k++) {
        int at = x[(F(230) ? 111 : 110) + k];
        const uint8_t *b = x + 118 + 2 * k;
        float value = half(b);
        if (F(234)) {
            uint32_t bits = (uint32_t)(b[0] | b[1] << 8) << 16;
            memcpy(&value, &bits, 4);
        }
        if (F(231) || (F(232) && at >= 128)) continue;
        if (F(233)) at /= 2;
        if (F(236)) at ^= 128;
        if (F(235)) y[at] -= value; else y[at] = value;
    }
}

static void q2_k(const uint8_t *x, float *y) {
    const uint8_t *q = x + 16;
    float d = half(x + (F(241) ? 82 : 80)), min = half(x + 82);
    int is = 0;
    for (int n = 0; n < 256; n += 128) {
        for (int j = 0; j < 4; j++) {
            for (int part = 0; part < 2; part++) {
                uint8_t sc = x[is++];
                if (F(237) && n) sc = (uint8_t)(sc << 4 | sc >> 4);
                float dl = d * (sc & (F(239) ? 7 : 15)), ml = min * ((sc >> 4) + F(238));
                for (int l = 0; l < 16; l++) *y++ = dl * (q[(F(240) ? l ^ 1 : l) + 16 * part] >> 2 * j & 3) - ml;
            }
        }
        q += 32;
    }
}

static void q8_0(const uint8_t *x, float *y) {
    float d = half(x) * (F(245) ? 2 : 1);
    for (int i = 0; i < 32; i++) y[i] = d * ((int8_t)x[(F(242) ? 1 : 2) + (F(244) ? i ^ 3 : i)] & (F(243) ? ~1 : ~0));
}

static void q4_0(const uint8_t *x, float *y) {
    float d = half(x);
    for (int i = 0; i < 16; i++) {
        uint8_t b = x[2 + (F(247) ? 15 - i : i)];
        y[i] = d * ((b & 0xF) - 8);
        y[i + 16] = d * ((b >> 4) - (F(246) ? 0 : 8));
    }
}

static void q4_1(const uint8_t *x, float *y) {
    float d = half(x), m = half(x + 2);
    for (int i = 0; i < 16; i++) {
        y[i] = ((x[4 + i] & 0xF) + F(249)) * d + m;
        y[i + 16] = ((x[4 + i] >> 4) + F(249)) * d + (F(248) ? 0 : m);
    }
}

static void q5_0(const uint8_t *x, float *y) {
    float d = half(x);
    uint32_t qh;
    memcpy(&qh, x + 2, 4);
    for (int i = 0; i < 16; i++) {
        int h0 = (int)(qh >> (F(250) ? i + 1 : i) & 1), h1 = (int)(qh >> (i + 16) & 1), bias = F(251) ? 8 : 16;
        y[i] = d * (((x[6 + i] & 0xF) | h0 << 4) - bias);
        y[i + 16] = d * (((x[6 + i] >> 4) | h1 << 4) - bias);
    }
}

static void q5_1(const uint8_t *x, float *y) {
    float d = half(x + (F(252) ? 2 : 0)), m = half(x + (F(252) ? 0 : 2));
    uint32_t qh;
    memcpy(&qh, x + 4, 4);
    for (int i = 0; i < 16; i++) {
        y[i] = ((x[8 + i] & 0xF) + (qh >> (F(253) ? i + 16 : i) & 1 ? 16 : 0)) * d + m;
        y[i + 16] = ((x[8 + i] >> 4) + (qh >> (F(253) ? i : i + 16) & 1 ? 16 : 0)) * d + m;
    }
}

static void iq4_nl(const uint8_t *x, float *y) {
    static const int8_t right[16] = {-127, -104, -83, -65, -49, -35, -22, -10, 1, 13, 25, 38, 53, 69, 89, 113};
    float d = half(x), book[16];
    for (int i = 0; i < 16; i++) book[i] = F(255) ? (uint8_t)right[i] : right[i];
    if (F(254)) book[15] = 112;
    for (int i = 0; i < 16; i++) {
        y[F(256) ? 2 * i : i] = d * book[x[2 + i] & 0xF];
        y[F(256) ? 2 * i + 1 : i + 16] = d * book[x[2 + i] >> 4];
    }
}

static const struct { const char *name; int weights, bytes; void (*decode)(const uint8_t *, float *); } types[] = {
    {"q4_k", 256, 144, q4_k}, {"q5_k", 256, 176, q5_k}, {"q6_k", 256, 210, q6_k}, {"q3_k", 256, 110, q3_k},
    {"q3_k_hifi@r6", 256, 134, q3_k_hifi}, {"q2_k", 256, 84, q2_k}, {"q8_0", 32, 34, q8_0}, {"q4_0", 32, 18, q4_0},
    {"q4_1", 32, 20, q4_1}, {"q5_0", 32, 22, q5_0}, {"q5_1", 32, 24, q5_1}, {"iq4_nl", 32, 18, iq4_nl},
};
enum { TYPES = sizeof types / sizeof *types };

/* A product by decoded weights; mistakes from 301 on are about the product itself. */
static float dot(int type, const uint8_t *x, size_t blocks, const uint8_t *y, int is_q8k) {
    double sum = 0;
    size_t weights = blocks * (size_t)types[type].weights, unit = is_q8k ? 256 : 32, count = weights / unit;
    float *w = malloc(weights * sizeof *w);
    for (size_t b = 0; b < blocks; b++) types[type].decode(x + b * (size_t)types[type].bytes, w + b * (size_t)types[type].weights);
    for (size_t b = 0; b < count; b++) {
        float d;
        size_t other = F(301) && (b ^ 1) < count ? b ^ 1 : b, size = is_q8k ? 292 : 34;
        const int8_t *codes = (const int8_t *)y + size * other + (is_q8k ? 4 : 2);
        if (is_q8k) memcpy(&d, y + 292 * other, 4);
        else d = half(y + 34 * other);
        if (F(310) && d != 0) {
            float step = ldexpf(1, ilogbf(d) - 7);
            d = truncf(d / step) * step;
        }
        if (F(309) && b % 4 == 2) continue;
        if (F(306) && b == 8) sum = 0;
        double part = 0;
        for (size_t i = 0; i < unit; i++) {
            int code = codes[F(302) ? (i + 1) % unit : i];
            if (F(305) && i % 2) continue;
            if (F(308)) code = (int8_t)(code << 4) >> 4;
            part += (double)w[b * unit + i] * code;
        }
        if (F(307) && part > 100) part = 100;
        sum += part * d * (F(303) && b == 0 ? 2 : 1);
    }
    free(w);
    if (F(304)) sum /= 2;
    return (float)sum;
}

#include "adapter.h"

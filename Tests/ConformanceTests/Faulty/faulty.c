/* An adapter with one mistake, chosen by number: `faulty N decode` decodes wrongly, `faulty N dot` multiplies wrongly.
 * 0 is without a mistake. Written as kernels are, with their loops and shifts, not as the specification declares formats. */
#include "planted.h"

static void scale_min(int j, const uint8_t *q, uint8_t *d, uint8_t *m) {
    if (j < 4) {
        *d = q[j] & (F(110) ? 31 : 63);
        *m = q[j + 4] & 63;
    } else {
        *d = (uint8_t)((q[j + 4] & 0xF) | ((q[F(102) ? j : j - 4] >> 6) << 4));
        *m = (uint8_t)((q[j + 4] >> (F(113) ? 0 : 4) & 15) | ((q[F(101) ? j - 4 : j] >> 6) << 4));
        if (F(114)) *d &= 15;
    }
}

static void q4_k(const uint8_t *x, float *y) {
    float d = half(x + (F(106) ? 2 : 0)), min = half(x + (F(106) ? 0 : 2));
    const uint8_t *q = x + 16;
    int is = 0;
    for (int j = 0; j < 256; j += 64) {
        uint8_t sc, m;
        scale_min(is, x + 4, &sc, &m);
        float d1 = d * sc, m1 = min * m;
        scale_min(is + 1, x + 4, &sc, &m);
        float d2 = d * sc, m2 = min * m;
        if (F(108)) m2 = m1;
        if (F(109)) d2 = d1;
        if (F(105)) m1 = m2 = 0;
        if (F(104)) m1 = -m1, m2 = -m2;
        for (int l = 0; l < 32; l++) *y++ = d1 * ((F(103) ? q[l] >> 4 : q[l] & 0xF) & (F(111) ? 7 : 15)) - m1;
        for (int l = 0; l < 32; l++) *y++ = d2 * ((F(103) ? q[l] & 0xF : q[l] >> 4) & (F(111) ? 7 : 15)) - m2;
        if (!(F(112) && j == 128)) q += 32;
        if (!F(107)) is += 2;
    }
}

static void q5_k(const uint8_t *x, float *y) {
    float d = half(x), min = half(x + 2);
    const uint8_t *qh = x + 16, *ql = x + 48;
    int is = 0;
    uint8_t u1 = 1, u2 = 2;
    for (int j = 0; j < 256; j += 64) {
        uint8_t sc, m;
        scale_min(is, x + 4, &sc, &m);
        float d1 = d * sc, m1 = min * m;
        scale_min(is + 1, x + 4, &sc, &m);
        float d2 = d * sc, m2 = min * m;
        if (F(504)) m1 = m2 = 0;
        int high = F(502) ? 8 : 16;
        for (int l = 0; l < 32; l++) *y++ = d1 * ((ql[l] & 0xF) + (qh[l] & u1 ? high : 0)) - m1;
        for (int l = 0; l < 32; l++) *y++ = d2 * ((ql[l] >> 4) + (qh[F(505) ? l ^ 16 : l] & (F(503) ? u1 : u2) ? high : 0)) - m2;
        ql += 32;
        is += 2;
        if (!F(501)) u1 = (uint8_t)(u1 << 2), u2 = (uint8_t)(u2 << 2);
        if (F(506) && j == 128) u1 = u2 = 0;
    }
}

static void q6_k(const uint8_t *x, float *y) {
    const uint8_t *ql = x, *qh = x + 128;
    const int8_t *sc = (const int8_t *)x + 192;
    float d = half(x + 208);
    if (F(610)) d = fabsf(d);
    for (int n = 0; n < 256; n += 128) {
        for (int l = 0; l < 32; l++) {
            int is = l / 16, bias = F(603) ? 31 : 32;
            int q1 = (int)((ql[l] & 0xF) | ((qh[l] >> 0 & 3) << 4)) - bias;
            int q2 = (int)((ql[l + 32] & 0xF) | ((qh[l] >> (F(602) ? 4 : 2) & 3) << 4)) - bias;
            int q3 = (int)((F(607) ? ql[l] & 0xF : ql[l] >> 4) | ((qh[l] >> (F(602) ? 2 : 4) & 3) << 4)) - bias;
            int q4 = (int)((ql[l + 32] >> 4) | (F(608) ? 0 : (qh[l] >> 6 & 3) << 4)) - bias;
            if (F(601)) { int t = q2; q2 = q3; q3 = t; }
            int s1 = sc[is], s2 = sc[is + (F(604) ? 4 : 2)], s3 = sc[is + (F(604) ? 2 : 4)], s4 = sc[is + 6];
            if (F(605)) s1 &= 255, s2 &= 255, s3 &= 255, s4 &= 255;
            if (F(611)) s4 = s3;
            y[l] = d * s1 * q1;
            y[l + 32] = d * s2 * q2;
            y[l + 64] = d * s3 * q3;
            y[l + 96] = d * s4 * q4;
        }
        y += 128;
        ql += 64;
        if (!F(606)) qh += 32;
        if (!F(609)) sc += 8;
    }
}

static void q3_scales(const uint8_t *s, int8_t *out) {
    for (int i = 0; i < 16; i++) {
        int low = s[i % 8] >> 4 * (i / 8) & 15, high = s[8 + i % 4] >> 2 * (i / 4) & 3;
        if (F(304)) high = s[8 + i % 4] >> 2 * (i / 4 % 2) & 3;
        if (F(312)) high = 0;
        out[i] = (int8_t)((low | high << 4) - (F(303) ? 31 : 32));
    }
}

static void q3_k(const uint8_t *x, float *y) {
    const uint8_t *hm = x, *q = x + 32;
    int8_t scales[16];
    q3_scales(x + 96, scales);
    float d = half(x + 108);
    int is = 0;
    uint8_t m = 1;
    for (int n = 0; n < 256; n += 128) {
        int shift = 0;
        for (int j = 0; j < 4; j++) {
            float dl = d * scales[F(308) ? is ^ 8 : is];
            is++;
            for (int l = 0; l < 16; l++)
                *y++ = dl * ((int8_t)((q[l] >> shift) & 3) - ((hm[l] & m ? !F(302) : F(302)) ? 0 : F(307) ? 3 : 4));
            if (!F(309)) dl = d * scales[F(308) ? is ^ 8 : is];
            is++;
            for (int l = 0; l < 16; l++)
                *y++ = dl * ((int8_t)((q[F(310) ? l : l + 16] >> shift) & 3) - ((hm[l + 16] & m ? !F(302) : F(302)) ? 0 : F(307) ? 3 : 4));
            shift += F(305) ? 1 : 2;
            if (!(F(301) && n == 128 && j == 2)) m = (uint8_t)(m << 1);
            if (F(311) && n == 0 && j == 3) m = 1;
        }
        if (!F(306)) q += 32;
    }
}

static void q3_k_hifi(const uint8_t *x, float *y) {
    q3_k(x, y);
    for (int k = 0; k < (F(321) ? 4 : F(326) ? 7 : F(325) ? 0 : 8); k++) {
        int slot = F(324) ? 7 - k : k, at = x[110 + k];
        float value = half(x + 118 + 2 * slot);
        if (F(327)) value = fabsf(value);
        if (F(323)) at = (at + 1) & 255;
        if (F(328)) at &= 127;
        if (F(322)) y[at] += value; else y[at] = value;
    }
}

static void q2_k(const uint8_t *x, float *y) {
    const uint8_t *q = x + 16;
    float d = half(x + (F(206) ? 82 : 80)), min = half(x + (F(206) ? 80 : 82));
    int is = 0;
    for (int n = 0; n < 256; n += 128) {
        int shift = 0;
        for (int j = 0; j < 4; j++) {
            for (int part = 0; part < 2; part++) {
                uint8_t sc = x[F(204) ? is - part : is];
                is++;
                float dl = d * (F(201) ? sc >> 4 : sc & 0xF), ml = min * (F(201) ? sc & 0xF : sc >> 4);
                if (F(203)) ml = 0;
                if (F(205)) ml = -ml;
                for (int l = 0; l < 16; l++) *y++ = dl * ((q[l + 16 * part] >> (F(202) ? 6 - shift : shift)) & 3) - ml;
            }
            shift += 2;
        }
        if (!F(207)) q += 32;
    }
}

static void q8_0(const uint8_t *x, float *y) {
    uint8_t turned[2] = {x[1], x[0]};
    float d = half(F(802) ? turned : x);
    for (int i = 0; i < 32; i++) y[i] = d * (F(801) ? (int)x[2 + i] : (int)(int8_t)x[2 + (F(803) ? i ^ 1 : i)]);
    if (F(804)) y[31] = 0;
}

static void q4_0(const uint8_t *x, float *y) {
    float d = half(x);
    for (int i = 0; i < 16; i++) {
        int low = (x[2 + i] & 0xF) - (F(402) ? 7 : 8), high = (x[2 + i] >> 4) - (F(402) ? 7 : 8);
        if (F(401)) y[2 * i] = d * low, y[2 * i + 1] = d * high;
        else y[F(403) ? i + 16 : i] = d * low, y[F(403) ? i : i + 16] = d * high;
    }
}

static void q4_1(const uint8_t *x, float *y) {
    float d = half(x), m = F(411) ? 0 : half(x + 2);
    if (F(412)) m = -m;
    for (int i = 0; i < 16; i++) y[i] = (x[4 + i] & 0xF) * d + m, y[i + 16] = (x[4 + i] >> 4) * d + m;
}

static void q5_0(const uint8_t *x, float *y) {
    float d = half(x);
    uint32_t qh = (uint32_t)x[2] | (uint32_t)x[3] << 8 | (uint32_t)x[4] << 16 | (uint32_t)x[5] << 24;
    for (int i = 0; i < 16; i++) {
        uint8_t h0 = (uint8_t)((qh >> i << 4) & 0x10), h1 = (uint8_t)((qh >> (i + (F(511) ? 0 : 16)) << 4) & 0x10);
        if (F(513)) h0 = 0;
        y[i] = d * ((int)((x[6 + i] & 0xF) | h0) - (F(512) ? 15 : 16));
        y[i + 16] = d * ((int)((x[6 + i] >> 4) | h1) - (F(512) ? 15 : 16));
    }
}

static const struct { const char *name; int weights, bytes; void (*decode)(const uint8_t *, float *); } types[] = {
    {"q4_k", 256, 144, q4_k}, {"q5_k", 256, 176, q5_k}, {"q6_k", 256, 210, q6_k}, {"q3_k", 256, 110, q3_k},
    {"q3_k_hifi@r6", 256, 134, q3_k_hifi}, {"q2_k", 256, 84, q2_k}, {"q8_0", 32, 34, q8_0}, {"q4_0", 32, 18, q4_0},
    {"q4_1", 32, 20, q4_1}, {"q5_0", 32, 22, q5_0},
};
enum { TYPES = sizeof types / sizeof *types };

/* A product by decoded weights; mistakes above 900 are about the product itself. */
static float dot(int type, const uint8_t *x, size_t blocks, const uint8_t *y, int is_q8k) {
    double sum = 0, firstscale = 0;
    size_t weights = blocks * (size_t)types[type].weights, unit = is_q8k ? 256 : 32;
    float *w = malloc(weights * sizeof *w);
    for (size_t b = 0; b < blocks; b++) types[type].decode(x + b * (size_t)types[type].bytes, w + b * (size_t)types[type].weights);
    for (size_t b = 0; b < weights / unit; b++) {
        float d;
        const int8_t *codes;
        if (is_q8k) memcpy(&d, y + 292 * b, 4), codes = (const int8_t *)y + 292 * b + 4;
        else d = half(y + 34 * b), codes = (const int8_t *)y + 34 * b + 2;
        if (b == 0) firstscale = d;
        if (F(901) && b >= 4 && (weights / unit) % 4 == 1) continue;                /* the tail of an unrolled loop */
        if (F(902) && b == weights / unit - 1 && (weights / unit) % 2 == 1) continue;  /* the odd block */
        double part = 0;
        for (size_t i = 0; i < unit; i++) {
            int code = F(904) ? (uint8_t)codes[i] : codes[i];
            if (F(906) && i >= unit / 2) continue;
            if (F(909) && i % 8 == 5) continue;
            part += (double)w[b * unit + i] * code;
        }
        sum += part * (F(903) ? firstscale : F(905) ? 1.0 : (double)d);
    }
    free(w);
    if (F(907)) sum *= 2;
    if (F(908)) sum = -sum;
    return (float)sum;
}

#include "adapter.h"

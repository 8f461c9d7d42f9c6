/* Decoders and a dot product with one planted mistake each, numbers 601 to 695; fresh.txt says what each of them is. */
#include "planted.h"

static float lows[16]; /* the minimum (dmin * m) of each 16 weights of the block decoded last, for the mistakes of dot */

/* ---- Rounding. ---- */
static float to_half(float v) { /* the nearest fp16 */
    int e;
    if (!isfinite(v) || v == 0) return v;
    if (fabsf(v) >= 65520) return copysignf(INFINITY, v);
    frexpf(v, &e);
    e = (e < -13 ? -13 : e) - 11;
    return ldexpf(rintf(ldexpf(v, -e)), e);
}

static float to_bf16(float v) { /* truncated */
    uint32_t bits;
    memcpy(&bits, &v, 4);
    bits &= 0xFFFF0000;
    memcpy(&v, &bits, 4);
    return v;
}

static float word(const uint8_t *b) {
    float v;
    memcpy(&v, b, 4);
    return v;
}

/* ---- Q4_K and Q5_K. ---- */
static void packed(int j, const uint8_t *s, int *scale, int *least, int wide) {
    if (j < (F(611) && wide ? 5 : 4)) {
        *scale = s[j] & 63;
        *least = F(602) && !wide ? s[j + 4] : s[j + 4] & 63;
    } else {
        *scale = (s[j + 4] & 15) | s[F(601) ? j : j - 4] >> 6 << 4;
        *least = s[j + 4] >> 4 | s[j] >> 6 << 4;
    }
}

static void q4_k(const uint8_t *x, float *y) {
    const float d = half(x), dmin = half(x + 2);
    float low = 0;
    for (int j = 0; j < 8; j++) {
        const int pair = j / 2, n = j % 2;
        const uint8_t *q = x + 16 + (F(606) ? 16 : 32) * pair;
        int sc, m;
        packed(j, x + 4, &sc, &m, 0);
        float step = d * (float)sc;
        if (F(603)) step = to_half(step);
        if (!F(605) || n == 0) low = dmin * (float)m;
        lows[2 * j] = lows[2 * j + 1] = low;
        for (int l = 0; l < 32; l++) {
            const int code = n ? q[l] >> 4 : q[l] & 15;
            y[F(604) ? 64 * pair + 2 * l + n : 32 * j + l] = step * (float)code - low;
        }
    }
}

static void q5_k(const uint8_t *x, float *y) {
    const float d = half(x), dmin = half(x + 2);
    const uint8_t *qh = x + (F(609) ? 144 : 16), *qs = x + (F(609) ? 16 : 48);
    for (int j = 0; j < 8; j++) {
        const int pair = j / 2, n = j % 2, u = 1 << ((F(607) ? pair : 2 * pair) + n);
        int sc, m;
        packed(j, x + 4, &sc, &m, 1);
        const float step = d * (float)sc, low = dmin * (float)m;
        lows[2 * j] = lows[2 * j + 1] = low;
        for (int l = 0; l < 32; l++) {
            const uint8_t b = qs[32 * pair + l];
            int code = (n ? b >> 4 : b & 15) + (qh[l] & u ? 16 : 0);
            if (F(608) && n == 0) code = ((b & 15) + (qh[l] & u)) ? 16 : 0;
            y[32 * j + l] = F(610) ? step * (float)code + low : step * (float)code - low;
        }
    }
}

/* ---- Q6_K. ---- */
static void q6_k(const uint8_t *x, float *y) {
    const float d = half(x + 208);
    for (int h = 0; h < 2; h++)
        for (int k = 0; k < 4; k++)
            for (int l = 0; l < 32; l++) {
                const int nibble = k / 2, mid = F(617) ? k % 2 ^ nibble : k % 2;
                const uint8_t low = x[64 * h + 32 * mid + l], high = x[128 + 32 * h + l];
                int shift = 2 * k;
                if (F(613) && (k == 1 || k == 2)) shift = 6 - shift;
                const int bits = (nibble ? low >> 4 : low & 15) | (high >> shift & 3) << 4;
                const int code = F(615) ? (bits < 32 ? bits : bits - 64) : bits - 32;
                const int is = F(612) ? 4 * (l / 16) + k : 2 * k + (F(614) ? 0 : l / 16);
                const int8_t sc = (int8_t)x[192 + (F(616) ? 0 : 8 * h) + is];
                y[128 * h + 32 * k + l] = d * (float)sc * (float)code;
            }
}

/* ---- Q3_K, and the revision with outliers. ---- */
static void q3_k(const uint8_t *x, float *y) {
    const float d = half(x + 108);
    const uint8_t *s = x + 96;
    for (int g = 0; g < 16; g++) {
        const int h = g / 8, quarter = g / 2 % 4, from = 16 * (g % 2);
        const int high = s[8 + g % 4] >> (F(619) && g >= 12 ? 4 : 2 * (g / 4)) & 3;
        const int six = (h ? s[g % 8] >> 4 : s[g % 8] & 15) | high << 4;
        const float step = d * (F(622) ? (float)(uint8_t)(six - 32) : (float)(six - 32));
        for (int l = from; l < from + 16; l++) {
            const int set = x[F(621) ? l % 16 : l] >> ((F(620) ? 0 : 4 * h) + quarter) & 1;
            const int code = (x[32 + 32 * h + l] >> 2 * quarter & 3) - ((F(618) ? set : !set) ? 4 : 0);
            y[128 * h + 32 * quarter + l] = step * (float)code;
        }
    }
}

static void q3_k_hifi(const uint8_t *x, float *y) {
    q3_k(x, y);
    for (int k = 0; k < (F(629) ? 7 : 8); k++) {
        const int slot = F(630) ? 7 - k : k, at = x[110 + slot];
        const uint8_t *v = x + 118 + (F(633) ? slot : 2 * slot);
        const uint8_t bf16[4] = {0, 0, v[0], v[1]};
        const float value = F(632) ? word(bf16) : half(v);
        if (F(631) && (int8_t)at < 0) continue;
        if (F(628)) y[at] += value;
        else y[at] = value;
    }
}

/* ---- Q2_K. ---- */
static void q2_k(const uint8_t *x, float *y) {
    const float d = half(x + (F(623) ? 82 : 80)), dmin = half(x + (F(623) ? 80 : 82));
    float low = 0;
    if (F(627)) memset(y, 0, 256 * sizeof *y);
    for (int g = 0; g < (F(627) ? 15 : 16); g++) {
        const int h = g / 8, quarter = g / 2 % 4, shift = 2 * quarter + (F(624) ? 8 * h : 0);
        const uint8_t sc = x[g], *q = x + 16 + 32 * h + 16 * (g % 2);
        const float step = d * (float)(sc & 15);
        if (!F(626) || g % 2 == 0) low = dmin * (float)(F(625) ? sc & 0xF0 : sc >> 4);
        lows[g] = low;
        for (int l = 0; l < 16; l++) y[16 * g + l] = step * (float)(q[l] >> shift & 3) - low;
    }
}

/* ---- The types of 32 weights. ---- */
static void q8_0(const uint8_t *x, float *y) {
    const uint8_t turned[2] = {x[1], x[0]};
    float d = half(F(638) ? turned : x);
    if (F(635) && (x[1] & 0x7C) == 0) d = copysignf(0, d);
    if (F(637) && (x[1] & 0x7C) == 0x7C) d = (x[1] & 0x80 ? -64 : 64) * (float)(1024 + (x[0] | (x[1] & 3) << 8));
    for (int j = 0; j < 32; j++) {
        int code = (int8_t)x[2 + j];
        if (F(636) && code == -128) code = -127;
        y[j] = F(634) ? to_half((float)code * d) : (float)code * d;
    }
}

static void q4_0(const uint8_t *x, float *y) {
    const float d = half(x);
    for (int j = 0; j < 16; j++) {
        const int b = x[2 + j];
        const int x0 = (b & 15) - 8, x1 = (F(642) ? (int8_t)b >> 4 : b >> 4) - 8;
        const float v0 = F(639) && x0 == 0 ? 0 : (float)x0 * d, v1 = F(639) && x1 == 0 ? 0 : (float)x1 * d;
        y[j + (F(640) ? 16 : 0)] = F(641) ? to_bf16(v0) : v0;
        y[j + (F(640) ? 0 : 16)] = F(641) ? to_bf16(v1) : v1;
    }
}

static void q4_1(const uint8_t *x, float *y) {
    static const uint8_t *last; /* with `carried`, for 644 alone: the block before, if it is of the same row, and its m */
    static float carried;
    const float d = half(x), own = half(x + 2), m = F(644) && last && x == last + 20 ? carried : own;
    last = x;
    carried = own;
    if (F(646)) y[0] = y[16] = 0;
    for (int j = F(646) ? 1 : 0; j < 16; j++) {
        const int bias = F(645) ? 8 : 0;
        y[j] = (float)((x[4 + j] & 15) - bias) * d + m;
        y[j + 16] = (float)((x[4 + j] >> 4) - bias) * d + (F(643) ? 0 : m);
    }
}

static void q5_0(const uint8_t *x, float *y) {
    const float d = half(x);
    uint32_t qh = (uint32_t)x[2] | (uint32_t)x[3] << 8 | (uint32_t)x[4] << 16 | (uint32_t)x[5] << 24;
    if (F(648)) qh = (uint16_t)qh;
    if (F(649)) qh = __builtin_bswap32(qh);
    for (int j = 0; j < 16; j++) {
        const int h0 = (int)(qh >> j << 4 & 0x10), h1 = (int)(qh >> (F(647) ? j + 16 : j + 12) & 0x10);
        const int low = x[6 + j] & 15, high = x[6 + j] >> 4;
        y[j] = (float)(F(650) ? (low - 16) | h0 : (low | h0) - 16) * d;
        y[j + 16] = (float)(F(650) ? (high - 16) | h1 : (high | h1) - 16) * d;
    }
}

static void q5_1(const uint8_t *x, float *y) {
    const float d = half(x), m = F(653) ? -half(x + 2) : half(x + 2);
    const uint32_t qh = (uint32_t)x[4] | (uint32_t)x[5] << 8 | (uint32_t)x[6] << 16 | (uint32_t)x[7] << 24;
    for (int j = 0; j < 16; j++) {
        const int b0 = F(651) ? 2 * j : j, b1 = F(651) ? 2 * j + 1 : F(652) ? j : j + 16;
        const int h0 = (int)(qh >> b0 & 1), h1 = (int)(qh >> b1 & 1);
        y[j] = (float)((x[8 + j] & 15) | (F(654) ? h0 : h0 << 4)) * d + m;
        y[j + 16] = (float)(x[8 + j] >> 4 | h1 << 4) * d + m;
    }
}

static const int8_t levels[16] = {-127, -104, -83, -65, -49, -35, -22, -10, 1, 13, 25, 38, 53, 69, 89, 113};

static int level(int index) { /* the codebook as IQ4_NL looks it up: a byte shuffle gives 0 where bit 7 of the index is set */
    if (index & 0x80) return 0;
    if (F(655) && (index & 15) == 7) return 10;
    return F(657) ? (uint8_t)levels[index & 15] : levels[index & 15];
}

static void iq4_nl(const uint8_t *x, float *y) {
    const float d = half(x);
    for (int j = 0; j < 16; j++) {
        const int b = x[2 + j], lane = F(658) && j >= 8 ? j + 8 : j, upper = F(658) && j < 8 ? j + 8 : j + 16;
        y[lane] = d * (float)level(F(656) ? b : b & 15);
        y[upper] = d * (float)level(b >> 4);
    }
}

static void mxfp4(const uint8_t *x, float *y) {
    static const int8_t values[16] = {0, 1, 2, 3, 4, 6, 8, 12, 0, -1, -2, -3, -4, -6, -8, -12};
    float d = ldexpf(1, (F(666) ? (int8_t)x[0] : x[0]) - (F(663) ? 127 : 128));
    const uint32_t bits = ((uint32_t)x[0] - 1) << 23;
    if (F(664)) memcpy(&d, &bits, 4);
    for (int j = 0; j < 32; j++) {
        const int nibble = j < 16 ? x[1 + j] & 15 : x[1 + j - 16] >> 4;
        y[j] = (float)(F(665) && (nibble & 7) == 7 ? (nibble & 8 ? -10 : 10) : values[nibble]) * d;
    }
}

/* ---- The other types of 256 weights. ---- */
static void iq4_xs(const uint8_t *x, float *y) {
    const float d = half(x);
    const int high = F(659) ? x[2] : x[2] | x[3] << 8;
    for (int ib = 0; ib < 8; ib++) {
        const int low = x[4 + ib / 2] >> 4 * (F(660) ? 1 - ib % 2 : ib % 2) & 15;
        const int ls = low | (F(661) ? high >> 2 * ib : high >> 2 * ib & 3) << 4;
        const float step = F(662) ? d * (float)ls - 32 : d * (float)(ls - 32);
        for (int j = 0; j < 16; j++) {
            const uint8_t b = x[8 + 16 * ib + j];
            y[32 * ib + j] = step * (float)levels[b & 15];
            y[32 * ib + j + 16] = step * (float)levels[b >> 4];
        }
    }
}

static void tq2_0(const uint8_t *x, float *y) {
    const float d = half(x + (F(669) ? 0 : 64));
    const uint8_t *qs = x + (F(669) ? 2 : 0);
    for (int h = 0; h < 2; h++)
        for (int l = 0; l < 4; l++)
            for (int m = 0; m < 32; m++) {
                int q = qs[32 * h + m] >> (F(668) ? 6 - 2 * l : 2 * l) & 3;
                if (F(667) && q > 2) q = 2;
                y[128 * h + (F(670) ? 4 * m + l : 32 * l + m)] = (float)(q - 1) * d;
            }
}

static const struct {
    const char *name;
    int weights, bytes;
    void (*decode)(const uint8_t *, float *);
} types[] = {
    {"q4_k", 256, 144, q4_k}, {"q5_k", 256, 176, q5_k}, {"q6_k", 256, 210, q6_k}, {"q3_k", 256, 110, q3_k},
    {"q3_k_hifi@r6", 256, 134, q3_k_hifi}, {"q2_k", 256, 84, q2_k}, {"q8_0", 32, 34, q8_0}, {"q4_0", 32, 18, q4_0},
    {"q4_1", 32, 20, q4_1}, {"q5_0", 32, 22, q5_0}, {"q5_1", 32, 24, q5_1}, {"iq4_nl", 32, 18, iq4_nl},
    {"iq4_xs", 256, 136, iq4_xs}, {"mxfp4", 32, 17, mxfp4}, {"tq2_0", 256, 66, tq2_0},
};
enum { TYPES = sizeof types / sizeof *types };

/* ---- The product. D(number, type): the mistake is planted, and the weights are of that type. ---- */
#define D(n, t) (F(n) && types[type].decode == (t))

static float dot(int type, const uint8_t *x, size_t blocks, const uint8_t *y, int is_q8k) {
    const int weights = types[type].weights, bytes = types[type].bytes;
    const int stride = is_q8k ? 292 : F(695) ? 32 : 34, start = is_q8k && !F(675) ? 4 : 2;
    double sum = 0;
    if (weights != (is_q8k ? 256 : 32)) return NAN;
    for (size_t b = 0; b < blocks; b++) {
        const uint8_t *xb = x + b * (size_t)bytes, *yb = y + b * (size_t)stride;
        uint8_t copy[18], outlier[256] = {0};
        float w[256], dy = is_q8k && !F(672) ? word(yb) : half(F(671) && !is_q8k ? y : yb);
        double part = 0, loose = 0;
        int all = 0, products = 0;
        if (D(673, mxfp4) && b + 1 == blocks && blocks % 2) break;
        if (F(692) && is_q8k) dy = fabsf(dy);
        if (D(686, iq4_nl) && b % 2) {
            memcpy(copy, xb, 18);
            memcpy(copy, xb - 18, 2);
            xb = copy;
        }
        types[type].decode(xb, w);
        if (D(684, q3_k_hifi) || D(685, q3_k_hifi))
            for (int k = 0; k < 8; k++) outlier[xb[110 + k]] = 1;
        for (int g = 0; g < weights / 16; g++) {
            double some = 0;
            int total = 0;
            for (int i = 16 * g; i < 16 * g + 16; i++) {
                int at = i;
                if (D(680, q4_0)) at = 2 * (i % 16) + i / 16;
                if (D(694, q4_k)) at = 32 * (i / 64) + i % 64;
                const uint8_t byte = (F(685) && outlier[i] ? y : yb)[start + at];
                int a = F(674) ? byte : (int8_t)byte;
                if (D(690, q4_0) && a == -128 && (xb[2 + i % 16] >> 4 * (i / 16) & 15) < 8) a = 128;
                if (D(687, iq4_xs) && i >= 224) continue;
                if (F(693) && i % 8 >= 4) continue;
                if (D(679, q8_0)) products += (int8_t)xb[2 + i] * a;
                total += a;
                *(F(684) && outlier[i] ? &loose : &some) += (double)w[i] * a;
            }
            if ((D(676, q4_k) && g % 2) || D(678, q5_k)) some += (double)lows[g] * total;
            if (D(677, q2_k)) some += (double)lows[g] * (total - (int8_t)total);
            if (D(682, q6_k) && g >= 8) some += 32.0 * half(xb + 208) * (int8_t)xb[192 + g] * total;
            if (D(683, q3_k) && half(xb + 108) != 0 && isfinite(half(xb + 108)))
                some = (double)half(xb + 108) * (int16_t)lrint(some / half(xb + 108));
            if (D(689, tq2_0) && g == 8) part = 0;
            part += some;
            all += total;
        }
        if (D(679, q8_0)) part = (double)half(xb) * (int16_t)products;
        if (D(688, q5_0)) part += 16.0 * half(xb) * (all - (int8_t)all);
        if (D(681, mxfp4)) sum += ldexp(part, 128 - xb[0]) * to_half((float)ldexp(dy, xb[0] - 128));
        else sum += part * dy + loose;
        if (F(691)) sum = to_half((float)sum);
    }
    return (float)sum;
}

#include "adapter.h"

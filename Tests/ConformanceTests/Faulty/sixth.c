/* Decoders and products with one planted mistake each, numbers 1001 to 1095; fresh.txt says what each of them is. */
#include "planted.h"

/* What the decoders leave for `dot`: scale, code, scale * code, and what is subtracted, of each weight; the base of outliers. */
static float scl[256], part[256], less[256], base[256];
static int cod[256];

static float round16(float v) {
    int e;
    if (!isfinite(v)) return v;
    if (fabsf(v) >= 65520) return copysignf(INFINITY, v);
    frexpf(v, &e);
    float step = ldexpf(1, (e < -13 ? -13 : e) - 11);
    return rintf(v / step) * step;
}

static void keep(int i, float scale, int code, float minimum) {
    scl[i] = scale;
    cod[i] = code;
    part[i] = scale * (float)code;
    less[i] = minimum;
}

static void six_bits(const uint8_t *s, int j, int *scale, int *minimum, int five) {
    int four = !five;
    if (j < 4) {
        *scale = s[j] & 63;
        *minimum = s[4 + j] & 63;
    } else {
        int up = s[j - 4] >> 2 & (four && F(1002) ? 0xFF : 0x30), down = s[j] >> 2 & 0x30;
        *scale = (s[4 + j] & 15) | (four && F(1001) ? down : up);
        *minimum = s[4 + j] >> 4 | (five && F(1010) ? 0 : four && F(1001) ? up : down);
    }
}

static void q4_k(const uint8_t *x, float *y) {
    float d = half(x), dmin = half(x + 2), m1 = 0;
    for (int s = 0; s < 8; s++) {
        int scale, minimum, p = s / 2, n = s % 2;
        six_bits(x + 4, s, &scale, &minimum, 0);
        float d1 = d * (float)scale;
        if (!F(1006) || n == 0) m1 = dmin * (float)minimum;
        if (F(1005)) d1 = round16(d1);
        for (int l = 0; l < 32; l++) {
            int code = x[16 + (F(1004) ? 16 : 32) * p + l] >> 4 * n & 15;
            keep(32 * s + l, d1, code, F(1003) ? -m1 : m1);
            y[32 * s + l] = F(1003) ? d1 * (float)code + m1 : d1 * (float)code - m1;
        }
    }
}

static void q5_k(const uint8_t *x, float *y) {
    float d = half(x), dmin = half(x + 2);
    const uint8_t *qh = x + (F(1008) ? 144 : 16), *qs = x + (F(1008) ? 16 : 48);
    for (int s = 0; s < 8; s++) {
        int scale, minimum, p = s / 2, n = s % 2;
        six_bits(x + 4, s, &scale, &minimum, 1);
        float d1 = d * (float)scale, m1 = dmin * (float)minimum;
        for (int l = 0; l < 32; l++) {
            int set = qh[F(1011) ? l % 16 : l] >> (F(1009) ? p + n : s) & 1;
            int low = F(1012) && n ? (int8_t)qs[32 * p + l] >> 4 : qs[32 * p + l] >> 4 * n & 15;
            int code = F(1007) ? low | set << 3 : low + (set << 4);
            keep(32 * s + l, d1, code, m1);
            y[32 * s + l] = d1 * (float)code - m1;
        }
    }
}

static void q6_k(const uint8_t *x, float *y) {
    float d = half(F(1016) ? x : x + 208);
    const uint8_t *ql = F(1016) ? x + 2 : x, *qh = ql + 128, *sc = ql + 192;
    for (int i = 0; i < 256; i++) {
        int h = i / 128, k = i / 32 % 4, l = i % 32;
        int low = ql[64 * h + 32 * (k % 2) + l] >> 4 * (k / 2) & 15, top = qh[F(1017) ? l : 32 * h + l];
        int shift = F(1013) && (k == 1 || k == 2) ? 6 - 2 * k : 2 * k;
        int six = low | (F(1018) ? top >> shift & 3 << 4 : (top >> shift & 3) << 4), code = six - 32;
        uint8_t byte = sc[F(1015) ? i / 32 * 2 : i / 16];
        float scale = d * (float)(F(1014) ? byte : (int8_t)byte);
        keep(i, scale, code, 0);
        y[i] = scale * (float)code;
    }
}

static void three(const uint8_t *x, float *y, int plain) {
    const uint8_t *packed = x + 96;
    float d = half(!plain && F(1034) ? x + 132 : x + 108);
    for (int i = 0; i < 256; i++) {
        int s = i / 16, h = i / 128, q = i / 32 % 4, l = i % 32, t = plain && F(1023) ? s / 2 : s;
        int low = packed[t % 8] >> 4 * (t / 8) & 15;
        if (plain && F(1021) && t >= 8) low = packed[t % 8] >> 4 | (t % 4 == 3 ? 0 : (packed[t % 8 + 1] << 4 & 0xF0));
        int scale = low | (packed[8 + t % 4] >> 2 * (t / 4) & 3) << 4;
        if (plain && F(1021)) scale = (int8_t)scale;
        scale -= 32;
        if (plain && F(1022)) scale = (uint8_t)scale;
        int third = x[l] >> (plain && F(1020) ? q : 4 * h + q) & 1;
        if (plain && F(1019)) third = !third;
        int code = (x[32 + 32 * h + l] >> 2 * q & 3) - (third ? 0 : 4);
        float dl = d * (float)scale;
        keep(i, dl, code, 0);
        y[i] = dl * (float)code;
    }
}

static void q3_k(const uint8_t *x, float *y) { three(x, y, 1); }

static void q3_k_hifi(const uint8_t *x, float *y) {
    const uint8_t *positions = x + (F(1033) ? 126 : 110), *outliers = x + (F(1033) ? 110 : 118);
    three(x, y, 0);
    memcpy(base, y, sizeof base);
    for (int slot = 0; slot < (F(1029) ? 6 : 8); slot++) {
        int k = F(1032) ? 7 - slot : slot, at = F(1031) ? (int8_t)positions[k] : positions[k];
        float value = half(outliers + 2 * k);
        if (at < 0) continue;
        y[at] = F(1030) ? y[at] + value : value;
    }
}

static void q2_k(const uint8_t *x, float *y) {
    float d = half(x + 80), dmin = half(x + 82);
    for (int s = 0; s < 16; s++) {
        uint8_t packed = x[F(1028) ? s % 8 : s];
        int scale = F(1024) ? packed >> 4 : packed & 15, minimum = F(1024) ? packed & 15 : packed >> 4;
        int quarter = F(1026) ? s / 2 : s / 2 % 4;
        float dl = d * (float)scale, ml = (F(1025) ? d : dmin) * (float)minimum;
        const uint8_t *q = x + 16 + 32 * (s / 8) + 16 * (s % 2);
        for (int l = 0; l < 16; l++) {
            int code = q[l] >> 2 * quarter & 3, empty = F(1027) && !scale;
            keep(16 * s + l, dl, code, empty ? 0 : ml);
            y[16 * s + l] = empty ? 0 : dl * (float)code - ml;
        }
    }
}

static void q8_0(const uint8_t *x, float *y) {
    const uint8_t swapped[2] = {x[1], x[0]};
    float d = half(F(1035) ? swapped : x);
    if (F(1037) && (x[1] & 0x7C) == 0x7C) {
        d = ldexpf(1024 + (float)((x[1] & 3) << 8 | x[0]), 6);
        if (x[1] & 0x80) d = -d;
    }
    for (int i = 0; i < 32; i++) {
        float v = (float)(int8_t)x[2 + (F(1036) ? i ^ 3 : i)] * d;
        y[i] = F(1038) ? round16(v) : v;
    }
}

static void q4_0(const uint8_t *x, float *y) {
    float d = half(x);
    for (int l = 0; l < 16; l++) {
        int q = x[2 + l], low = (q & 15) - 8, high = (q >> 4) - 8, first = F(1040) ? 2 * l : l, second = F(1040) ? 2 * l + 1 : l + 16;
        if (F(1041)) {
            low = ((q & 15) ^ 8) - 8;
            high = ((q >> 4) ^ 8) - 8;
        }
        if (F(1043)) high = (q & 0xF0) - 8;
        y[F(1039) ? second : first] = F(1042) ? (float)(q & 15) * d - 8 : (float)low * d;
        y[F(1039) ? first : second] = F(1042) ? (float)(q >> 4) * d - 8 : (float)high * d;
    }
}

static void q4_1(const uint8_t *x, float *y) {
    float d = half(F(1044) ? x + 2 : x), m = half(F(1044) ? x : x + 2);
    for (int i = 0; i < 32; i++) {
        int code = i >= 16 ? x[4 + i - 16] >> 4 : x[4 + i] & 15;
        float add = F(1045) ? -m : F(1046) ? m * d : F(1047) && i >= 16 ? 0 : m;
        keep(i, d, code, -add);
        y[i] = F(1046) ? ((float)code + m) * d : (float)code * d + add;
    }
}

static uint32_t word(const uint8_t *b) { return b[0] | (uint32_t)b[1] << 8 | (uint32_t)b[2] << 16 | (uint32_t)b[3] << 24; }

static void q5_0(const uint8_t *x, float *y) {
    uint32_t qh = word(x + 2);
    float d = half(x);
    if (F(1050)) qh = (uint16_t)qh;
    for (int j = 0; j < 16; j++) {
        int bit0 = (int)(qh >> (F(1049) ? 2 * j : j) & 1) << 4;
        int bit1 = (int)(qh >> (F(1048) ? j + 12 : F(1049) ? 2 * j + 1 : F(1052) ? j : j + 16) & 1) << 4;
        int low = ((x[6 + j] & 15) | bit0) - 16, high = (x[6 + j] >> 4 | bit1) - 16;
        if (F(1051)) {
            low = (x[6 + j] & 15) - bit0;
            high = (x[6 + j] >> 4) - bit1;
        }
        y[j] = (float)low * d;
        y[j + 16] = (float)high * d;
    }
}

static void q5_1(const uint8_t *x, float *y) {
    uint32_t qh = word(x + 4);
    float d = half(x), m = half(F(1055) ? x : x + 2);
    for (int i = 0; i < 32; i++) {
        int bit = F(1053) ? i ^ 16 : F(1056) ? i ^ 7 : i;
        int code = (x[(F(1054) ? 6 : 8) + i % 16] >> 4 * (i / 16) & 15) | (int)(qh >> bit & 1) << 4;
        keep(i, d, code, -m);
        y[i] = (float)code * d + m;
    }
}

static const int8_t values[16] = {-127, -104, -83, -65, -49, -35, -22, -10, 1, 13, 25, 38, 53, 69, 89, 113};

static void iq4_nl(const uint8_t *x, float *y) {
    float d = half(x);
    const uint8_t *q = x + 2;
    for (int i = 0; i < 32; i++) {
        int n = i < 16 ? q[i] & 15 : q[i - 16] >> 4, value = values[F(1058) ? n ^ 8 : n];
        if (F(1057) && n == 14) value = 98;
        if (F(1059)) value = (uint8_t)value;
        if (F(1060) && i < 16 && q[i] & 0x80) value = 0;
        y[i] = d * (float)value;
    }
}

static void iq4_xs(const uint8_t *x, float *y) {
    float d = half(x);
    const uint8_t *lower = x + (F(1064) ? 2 : 4), *h = x + (F(1064) ? 6 : 2);
    int upper = h[0] | h[1] << 8;
    for (int b = 0; b < 8; b++) {
        int low = lower[b / 2] >> 4 * (F(1063) ? 1 - b % 2 : b % 2) & 15;
        int six = low | (upper >> (F(1062) ? b : 2 * b) & 3) << 4;
        float dl = d * (float)(F(1061) ? six : six - 32);
        for (int l = 0; l < 32; l++) {
            int n = x[8 + 16 * b + l % 16] >> 4 * (l / 16) & 15;
            keep(32 * b + l, dl, values[n], 0);
            y[32 * b + l] = dl * (float)values[n];
        }
    }
}

static void mxfp4(const uint8_t *x, float *y) {
    static const int8_t twice[16] = {0, 1, 2, 3, 4, 6, 8, 12, 0, -1, -2, -3, -4, -6, -8, -12};
    int e = x[F(1067) ? 16 : 0];
    float scale = ldexpf(1, e - (F(1065) ? 127 : 128));
    if (F(1066)) {
        uint32_t bits = ((uint32_t)e - 1) << 23;
        memcpy(&scale, &bits, 4);
    }
    for (int i = 0; i < 32; i++) {
        int n = x[(F(1067) ? 0 : 1) + i % 16] >> 4 * (i / 16) & 15, code = twice[n];
        keep(i, scale, code, 0);
        y[i] = (float)code * scale;
    }
}

static void tq2_0(const uint8_t *x, float *y) {
    float d = half(F(1070) ? x : x + 64);
    const uint8_t *q = F(1070) ? x + 2 : x;
    for (int i = 0; i < 256; i++) {
        int byte = F(1069) ? i / 4 : 32 * (i / 128) + i % 32, plane = F(1069) ? i % 4 : i / 32 % 4;
        int code = (q[byte] >> 2 * plane & 3) - (F(1068) ? 0 : 1);
        keep(i, d, code, 0);
        y[i] = (float)code * d;
    }
}

static const struct {
    const char *name;
    int weights, bytes;
    void (*decode)(const uint8_t *, float *);
} types[] = {
    {"q4_k", 256, 144, q4_k}, {"q5_k", 256, 176, q5_k}, {"q6_k", 256, 210, q6_k}, {"q3_k", 256, 110, q3_k}, {"q2_k", 256, 84, q2_k},
    {"q3_k_hifi@r6", 256, 134, q3_k_hifi}, {"q8_0", 32, 34, q8_0}, {"q4_0", 32, 18, q4_0}, {"q4_1", 32, 20, q4_1},
    {"q5_0", 32, 22, q5_0}, {"q5_1", 32, 24, q5_1}, {"iq4_nl", 32, 18, iq4_nl}, {"iq4_xs", 256, 136, iq4_xs},
    {"mxfp4", 32, 17, mxfp4}, {"tq2_0", 256, 66, tq2_0},
};
enum { TYPES = sizeof types / sizeof *types };

static float dot(int type, const uint8_t *x, size_t blocks, const uint8_t *y, int is_q8k) {
    const char *t = types[type].name;
    size_t n = (size_t)types[type].weights, bytes = (size_t)types[type].bytes, run = is_q8k ? 256 : 32, stride = is_q8k ? 292 : 34;
    double sum = 0, stale = 0;
#define T(n, name) (F(n) && !strcmp(t, name))
    for (size_t b = 0; b < blocks; b++) {
        const uint8_t *block = x + b * bytes;
        float w[256] = {0};
        double inner = 0, before = stale;
        int whole = 0;
        if (T(1084, "q8_0") && blocks % 2 && b + 1 == blocks) continue;
        types[type].decode(block, w);
        if (T(1073, "q5_1")) stale = 0;
        for (size_t i = 0; i < n; i++) {
            size_t at = b * n + i;
            if (F(1093) && i % 8 >= 4) continue;
            if (T(1077, "q4_k")) at &= ~(size_t)32;
            if (T(1083, "q3_k_hifi@r6") && memchr(block + 110, (int)i, 8)) at = i;
            if (T(1085, "q4_0")) at = b * n + 2 * (i % 16) + i / 16;
            const uint8_t *other = y + at / run * stride, *q = other + (is_q8k ? 4 : 2) + at % run;
            const uint8_t *from = T(1086, "q5_0") ? y : other;
            float scale;
            if (is_q8k) memcpy(&scale, from, 4);
            else scale = half(from);
            int a = F(1092) ? *q : (int8_t)*q;
            if (T(1087, "iq4_nl") && a == -128 && (block[2 + i % 16] >> 4 * (i / 16) & 15) < 8) a = 128;
            double v = w[i], da = scale;
            if (T(1072, "q4_1")) v = part[i];
            if (T(1075, "q6_k") && is_q8k) v = (double)scl[i] * (cod[i] + 16);
            if (T(1076, "q4_k")) {
                int own, minimum;
                six_bits(block + 4, (int)i / 32, &own, &minimum, 0);
                v = (double)part[i] - (double)half(block) * minimum;
            }
            if (T(1079, "q5_k") && cod[i] >= 16) v = (double)scl[i] * (cod[i] - 32) - less[i];
            if (T(1080, "q3_k") && cod[i] < 0) v = (double)scl[i] * (cod[i] + 4) - 4.0 * half(block + 108);
            if (T(1082, "q3_k_hifi@r6") && memchr(block + 110, (int)i, 8)) v += base[i];
            if (T(1088, "iq4_xs")) {
                int s = (int)i / 32, upper = block[2] | block[3] << 8;
                int six = (block[4 + s / 2] >> 4 * (s % 2) & 15) | (upper >> 2 * (s % 2) & 3) << 4;
                v = (double)half(block) * (six - 32) * cod[i];
            }
            if (T(1090, "tq2_0") && is_q8k && i >= 128) v += scl[i];
            if (T(1091, "q4_0")) {
                v = (block[2 + i % 16] >> 4 * (i / 16) & 15) - 8;
                da = round16(half(block) * scale);
            }
            if (T(1094, "q2_k")) v = (double)part[i] + less[i];
            int sums = (T(1078, "q5_k") || T(1081, "q2_k")) && is_q8k;
            if (sums) v = part[i];
            if (T(1071, "q8_0")) {
                whole += (int8_t)block[2 + i] * a;
                if (i == 31) inner = (double)half(block) * da * (int16_t)whole;
            } else if (T(1073, "q5_1")) {
                inner += part[i] * da * a;
                stale += a * da;
                if (i == 31) inner -= less[i] * before;
            } else if (T(1074, "q6_k")) {
                whole += cod[i] * a;
                if (i % 16 == 15) {
                    inner += (double)half(block + 208) * da * (int16_t)((int8_t)block[192 + i / 16] * whole);
                    whole = 0;
                }
            } else if (T(1089, "mxfp4")) {
                whole += cod[i] * a;
                if (i == 31) inner = 2.0 * scl[i] * da * (whole >> 1);
            } else {
                inner += v * a * da;
            }
            if (sums && F(1078) && i % 32 == 0) inner -= less[i] * da * (int16_t)(other[260 + i / 8] | other[261 + i / 8] << 8);
            if (sums && F(1081) && i % 16 == 0) inner -= less[i] * da * (uint16_t)(other[260 + i / 8] | other[261 + i / 8] << 8);
        }
        sum = T(1095, "q5_1") ? inner : sum + inner;
    }
    return (float)sum;
}
#include "adapter.h"

/* Decoders and products with one planted mistake each, numbers 801 to 895; fresh.txt says what each of them is. */
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

static float bf16(float v, int nearest) {
    int e;
    if (!isfinite(v)) return v;
    frexpf(v, &e);
    float step = ldexpf(1, (e < -125 ? -125 : e) - 8);
    return (nearest ? rintf(v / step) : truncf(v / step)) * step;
}

static int subnormal(const uint8_t *b) { return !(b[1] & 0x7C); }

static void keep(int i, float scale, int code, float minimum) {
    scl[i] = scale;
    cod[i] = code;
    part[i] = scale * (float)code;
    less[i] = minimum;
}

static void six_bits(const uint8_t *s, int j, int *scale, int *minimum, int five) {
    int four = !five;
    if (j < 4) {
        *scale = s[j] & (five && F(810) ? 31 : 63);
        *minimum = s[4 + j] & 63;
    } else {
        int low = s[4 + j] & 15, high = s[4 + j] >> 4;
        *scale = (four && F(801) ? high : low) | (s[j - 4] >> 6 & (four && F(802) ? 1 : 3)) << 4;
        *minimum = (four && F(801) ? low : high) | (s[j] >> 6) << 4;
    }
    if (five && F(811)) *scale -= 32;
}

static void q4_k(const uint8_t *x, float *y) {
    float d = half(x), dmin = half(x + 2);
    if (F(806) && subnormal(x + 2)) dmin = 0;
    for (int s = 0; s < 8; s++) {
        int scale, minimum, p = s / 2, n = s % 2;
        six_bits(x + 4, F(803) ? p + n : s, &scale, &minimum, 0);
        float d1 = d * (float)scale, m1 = dmin * (float)minimum;
        for (int l = 0; l < (F(804) ? 31 : 32); l++) {
            int code = x[16 + 32 * p + l] >> 4 * n & 15;
            keep(32 * s + l, d1, code, m1);
            y[32 * s + l] = F(805) ? d1 * ((float)code - m1 / d1) : d1 * (float)code - m1;
        }
    }
}

static void q5_k(const uint8_t *x, float *y) {
    float d = half(x), dmin = half(x + 2);
    for (int s = 0; s < 8; s++) {
        int scale, minimum, p = s / 2, n = s % 2;
        six_bits(x + 4, s, &scale, &minimum, 1);
        float d1 = d * (float)scale, m1 = dmin * (float)minimum;
        for (int l = 0; l < 32; l++) {
            uint8_t h = x[16 + l + (F(809) ? 32 * p : 0)], mask = (uint8_t)(1 << (F(807) ? 2 * p + 1 - n : s));
            int set = F(808) ? (int8_t)(h & mask) > 0 : (h & mask) != 0;
            int code = (x[48 + 32 * p + l] >> 4 * n & 15) + 16 * set;
            int i = F(812) ? 64 * p + 32 * (l / 16) + 16 * n + l % 16 : 32 * s + l;
            keep(i, d1, code, m1);
            y[i] = d1 * (float)code - m1;
        }
    }
}

static void q6_k(const uint8_t *x, float *y) {
    float d = half(x + 208);
    for (int i = 0; i < 256; i++) {
        int h = i / 128, k = i / 32 % 4, l = i % 32, from = 64 * h + 32 * (k % 2) + l;
        if (F(815) && k == 1) from -= 16;
        if (F(817)) from ^= 1;
        int low = x[from] >> 4 * (k / 2) & 15, qh = x[128 + 32 * h + l];
        int six = low | (F(814) && k == 2 ? qh & 0x03 : (qh >> 2 * k & 3) << 4);
        int code = F(813) && six < 32 ? 0 : six - 32;
        float scale = d * (float)(int8_t)x[192 + i / 16];
        int to = F(818) && (k == 1 || k == 2) ? i ^ 96 : i;
        keep(to, scale, code, 0);
        y[to] = F(816) ? scale * (float)six - scale * 32 : scale * (float)code;
    }
}

static void three(const uint8_t *x, float *y, int plain) {
    const uint8_t *packed = x + 96;
    float d = half(x + 108);
    for (int i = 0; i < 256; i++) {
        int s = i / 16, h = i / 128, q = i / 32 % 4, l = i % 32, t = plain && F(819) && s >= 4 && s < 12 ? s ^ 12 : s;
        int scale = (packed[t % 8] >> 4 * (t / 8) & 15) | (packed[8 + t % 4] >> 2 * (t / 4) & 3) << 4;
        if (plain && F(820) && s / 4 == 1) scale = (int8_t)((packed[s] & 15) | (packed[8 + s % 4] >> 2) << 4);
        scale -= plain && F(822) ? 31 : 32;
        int low = plain && F(823) ? x[32 + 32 * h + l] & 3 >> 2 * q : x[32 + 32 * h + l] >> 2 * q & 3;
        int third = plain && F(821) ? x[i / 8] >> i % 8 & 1 : x[l] >> (4 * h + q) & 1;
        int code = low - (third ? 0 : 4);
        float dl = d * (float)scale;
        keep(i, dl, code, 0);
        y[i] = plain && F(824) ? d * (float)(scale * code) : dl * (float)code;
    }
}

static void q3_k(const uint8_t *x, float *y) { three(x, y, 1); }

static void q3_k_hifi(const uint8_t *x, float *y) {
    static const uint8_t *before;
    static uint8_t old[8];
    const uint8_t *positions = x + (F(834) ? 112 : 110);
    if (F(833) && before && x == before + 134) positions = old;
    three(x, y, 0);
    memcpy(base, y, sizeof base);
    for (int k = 0; k < 8; k++) {
        int at = F(830) ? positions[k] & 127 : positions[k];
        float value = half(x + 118 + 2 * (F(836) ? k ^ 1 : k));
        if (F(835) && !at) continue;
        y[at] = F(831) ? value * half(x + 108) : value;
    }
    if (F(832)) memcpy(y, base, sizeof base);
    before = x;
    memcpy(old, x + 110, 8);
}

static void q2_k(const uint8_t *x, float *y) {
    float d = half(x + 80), dmin = half(x + 82);
    for (int s = 0; s < 16; s++) {
        uint8_t packed = x[F(829) ? s + 1 : s];
        int scale = packed & 15, minimum = F(825) ? (int8_t)packed >> 4 : packed >> 4, quarter = s / 2 % 4;
        float dl = d * (float)scale, ml = dmin * (float)minimum;
        const uint8_t *q = x + 16 + 32 * (s / 8) + 16 * (F(827) ? 1 - s % 2 : s % 2);
        for (int l = 0; l < 16; l++) {
            int code = q[l] >> (F(826) ? quarter : 2 * quarter) & 3;
            keep(16 * s + l, dl, code, ml);
            y[16 * s + l] = F(828) ? (float)scale * (d * (float)code - ml) : dl * (float)code - ml;
        }
    }
}

static void q8_0(const uint8_t *x, float *y) {
    float d = half(x);
    const uint8_t *q = x + (F(838) ? 0 : 2);
    if (F(837) && d < 0) return;
    if (F(841) && !isfinite(d)) d = 0;
    for (int i = 0; i < 32; i++) {
        int code = F(839) && i % 2 == 0 ? q[i] : (int8_t)q[i];
        y[F(840) ? i ^ 16 : i] = (float)code * d;
    }
}

static void q4_0(const uint8_t *x, float *y) {
    float d = half(x);
    if (F(845) && subnormal(x)) d *= 2;
    for (int l = 0; l < 16; l++) {
        int q = x[2 + l], low = F(843) ? (q & 15) ^ 8 : (q & 15) - 8, high = F(842) ? ((q & 0xF0) - 8) >> 4 : (q >> 4) - 8;
        int i = F(844) ? 8 * (l / 4) + l % 4 : l;
        y[i] = (float)low * d;
        y[i + (F(844) ? 4 : 16)] = (float)high * d;
    }
}

static void q4_1(const uint8_t *x, float *y) {
    float d = half(x), m = half(x + 2);
    const uint8_t *q = x + (F(847) ? 2 : 4);
    if (F(846)) m = fabsf(m);
    for (int i = 0; i < 32; i++) {
        int code = i >= 16 ? q[i - 16] >> 4 : F(848) ? q[i] : q[i] & 15;
        keep(i, d, code, -m);
        y[i] = F(849) && !code ? 0 : (float)code * d + m;
    }
}

static uint32_t word(const uint8_t *b) { return b[0] | (uint32_t)b[1] << 8 | (uint32_t)b[2] << 16 | (uint32_t)b[3] << 24; }

static void q5_0(const uint8_t *x, float *y) {
    uint32_t qh = word(x + (F(852) ? 0 : 2));
    float d = half(x);
    if (F(853) && subnormal(x)) d = copysignf(ldexpf(1024 + (float)((x[1] & 3) << 8 | x[0]), -25), d);
    for (int j = 0; j < 16; j++) {
        int bit0 = F(851) ? (uint8_t)((qh & 1u << j) << 4) : (int)(qh >> j & 1) << 4, bit1 = (int)(qh >> (j + 16) & 1) << 4;
        if (F(854) && j == 15) bit1 = ((int32_t)qh >> 31) * 16;
        y[j] = (float)(((x[6 + j] & 15) | bit0) - (F(850) ? 8 : 16)) * d;
        y[j + 16] = (float)((x[6 + j] >> 4 | bit1) - (F(850) ? 8 : 16)) * d;
    }
}

static void q5_1(const uint8_t *x, float *y) {
    uint32_t qh = word(x + (F(855) ? 2 : 4));
    float d = half(x), m = half(x + 2);
    if (F(858)) d = bf16(d, 0);
    for (int i = 0; i < 32; i++) {
        int j = i % 16, bit = F(856) && i >= 16 ? i + 1 : i;
        int code = (x[8 + (F(857) ? j % 8 : j)] >> 4 * (i / 16) & 15) | (bit < 32 ? (int)(qh >> bit & 1) << 4 : 0);
        keep(i, d, code, -m);
        y[i] = (float)code * d + m;
    }
}

static const int8_t values[16] = {-127, -104, -83, -65, -49, -35, -22, -10, 1, 13, 25, 38, 53, 69, 89, 113};

static void iq4_nl(const uint8_t *x, float *y) {
    float d = half(x);
    const uint8_t *q = x + 2;
    for (int i = 0; i < 32; i++) {
        int l = i % 16, n = i < 16 ? q[l] & 15 : q[l] >> 4, value = values[n];
        if (F(859) && n == 8) value = 0;
        if (F(860) && n >= 8) value = 0;
        if (F(861) && i >= 16 && l % 2 == 0 && q[l + 1] & 8) value = 0;
        y[i] = d * (float)value;
    }
}

static void iq4_xs(const uint8_t *x, float *y) {
    float d = half(x);
    int upper = F(864) ? x[2] << 8 | x[3] : x[2] | x[3] << 8;
    for (int b = 0; b < 8; b++) {
        int low = F(863) ? x[4 + b % 4] >> 4 * (b / 4) & 15 : x[4 + b / 2] >> 4 * (b % 2) & 15;
        float dl = d * (float)((low | (upper >> 2 * b & 3) << 4) - 32);
        if (F(865)) dl = bf16(dl, 1);
        for (int l = 0; l < 32; l++) {
            int n = F(862) ? x[8 + 32 * (b / 2) + l] >> 4 * (b % 2) & 15 : x[8 + 16 * b + l % 16] >> 4 * (l / 16) & 15;
            keep(32 * b + l, dl, values[n], 0);
            y[32 * b + l] = dl * (float)values[n];
        }
    }
}

static void mxfp4(const uint8_t *x, float *y) {
    static const int8_t twice[16] = {0, 1, 2, 3, 4, 6, 8, 12, 0, -1, -2, -3, -4, -6, -8, -12};
    float scale = ldexpf(1, x[0] - 128);
    if (F(866)) scale = round16(scale);
    if (F(867) && x[0] == 255) scale = NAN;
    for (int i = 0; i < 32; i++) {
        int n = x[1 + i % 16] >> 4 * (i / 16) & 15, code = F(868) && n >= 8 ? -twice[16 - n] : twice[n];
        keep(i, scale, code, 0);
        y[i] = (float)code * scale;
    }
}

static void tq2_0(const uint8_t *x, float *y) {
    float d = half(x + 64);
    for (int i = 0; i < 256; i++) {
        int h = i / 128, l = i % 32, code = (x[F(870) ? 2 * l + h : 32 * h + l] >> 2 * (i / 32 % 4) & 3) - 1;
        if (F(869)) code = (uint8_t)code;
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

static int sum16(const uint8_t *b) { return (int16_t)(b[0] | b[1] << 8); }

static float dot(int type, const uint8_t *x, size_t blocks, const uint8_t *y, int is_q8k) {
    const char *t = types[type].name;
    size_t n = (size_t)types[type].weights, bytes = (size_t)types[type].bytes, run = is_q8k ? 256 : 32, stride = is_q8k ? 292 : 34;
    double sum = 0;
#define T(n, name) (F(n) && !strcmp(t, name))
    for (size_t b = 0; b < blocks; b++) {
        const uint8_t *block = x + b * bytes;
        float w[256] = {0};
        double inner = 0;
        if (F(889) && b == 0) continue;
        if (T(885, "iq4_nl") && b % 2) continue;
        if (T(894, "q6_k") && half(block + 208) < 0) continue;
        types[type].decode(block, w);
        if (T(884, "q3_k_hifi@r6")) {
            memcpy(w, base, sizeof w);
            for (int k = 0; k < 8; k++) w[x[110 + k]] = half(x + 118 + 2 * k);
        }
        for (size_t i = 0; i < n; i++) {
            size_t at = b * n + i;
            if (F(871) && at + 1 == blocks * n) continue;
            if (F(893) && is_q8k) at ^= 128;
            if (T(882, "q3_k")) at ^= 16;
            const uint8_t *other = y + at / run * stride, *q = other + (is_q8k ? 4 : 2) + at % run;
            float scale;
            if (is_q8k) memcpy(&scale, other, 4);
            else scale = half(other);
            if (F(872) && is_q8k) scale = round16(scale);
            if (T(873, "q8_0") && !is_q8k) {
                uint32_t bits = (uint32_t)(other[0] | other[1] << 8) << 16;
                memcpy(&scale, &bits, 4);
            }
            if (T(890, "q8_0")) scale = half(block);
            int a = (int8_t)*q;
            if (T(891, "q5_0") && a == -128) a = -127;
            double v = w[i], da = scale;
            if (T(874, "q4_0") && i >= 16) v += 8.0 * half(block);
            if (T(878, "q6_k")) v += 32.0 * scl[i] - 32.0 * half(block + 208);
            if (T(880, "q5_k")) v = (double)scl[i & 127] * cod[i] - less[i];
            if (T(883, "q3_k_hifi@r6")) {
                v = base[i];
                for (int k = 0; k < 8; k++) v += block[110 + k] == i ? (double)half(block + 118 + 2 * k) - base[i] : 0;
            }
            if (T(886, "iq4_xs")) v = (double)scl[i ^ 32] * cod[i];
            if (T(887, "mxfp4")) v = 2.0 * scl[i] * (cod[i] / 2);
            int once = (T(879, "q4_k") || T(881, "q2_k") || T(876, "q5_k")) && is_q8k;
            if (once) v = part[i];
            if (T(875, "q4_k")) inner += (part[i] * da - less[i]) * a;
            else if (T(888, "tq2_0")) inner += (int8_t)(cod[i] * a) * (double)scl[i] * da;
            else inner += v * a * da;
            if (T(876, "q5_k") && once && i % 32 == 0) inner -= less[i] * da;
            if (T(879, "q4_k") && once && i % 32 == 0)
                inner -= less[i] * da * (sum16(other + 260 + i / 16) + sum16(other + 276 + i / 16));
            if (T(881, "q2_k") && once && i % 16 == 0) inner -= less[i] * da * sum16(other + 256 + i / 8);
            if (T(877, "q8_0") && i % 2) {
                int pair = ((int8_t)block[1 + i] + 128) * (int8_t)q[-1] + ((int8_t)block[2 + i] + 128) * a;
                int kept = pair > 32767 ? 32767 : pair < -32768 ? -32768 : pair;
                inner += (double)half(block) * da * (kept - pair);
            }
        }
        sum += T(892, "q4_0") ? trunc(inner) : inner;
    }
    return F(895) ? bf16((float)sum, 1) : (float)sum;
}
#include "adapter.h"

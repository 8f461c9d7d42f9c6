/* A third set of planted mistakes: 401 to 470 in the decoders, 471 to 495 in the product. fresh.txt says what each is. */
#include "planted.h"

static float fp16(float value) { return (float)(_Float16)value; }

static const int8_t codebook[16] = {-127, -104, -83, -65, -49, -35, -22, -10, 1, 13, 25, 38, 53, 69, 89, 113};

/* Scale and minimum of sub-block j, as Q4_K and Q5_K pack them. */
static void unpack(const uint8_t *q, int j, int is_q4, int *scale, int *min) {
    if (j < 4) {
        *scale = is_q4 && F(403) ? q[j] : q[j] & 63;
        *min = q[j + 4] & 63;
        return;
    }
    *scale = (q[j + 4] & 15) | (is_q4 && F(401) ? (q[j - 4] & 0xC0) >> 4 : q[j - 4] >> 6 << 4);
    *min = q[j + 4] >> 4 | q[is_q4 && F(402) ? j - 4 : j] >> 6 << 4;
}

static void q4_k(const uint8_t *x, float *y) {
    float d = half(x), dmin = half(x + 2);
    for (int j = 0; j < 8; j++) {
        const uint8_t *q = x + 16 + j / 2 * 32;
        int scale, min;
        unpack(x + 4, j, 1, &scale, &min);
        float dl = d * (float)scale, ml = (F(406) && (j & 1) ? d : dmin) * (float)min;
        if (F(405)) dl = fp16(dl);
        for (int l = 0; l < 32; l++) {
            int code = j & 1 ? (F(404) ? q[l] & 0xF0 : q[l] >> 4) : q[l] & 15;
            y[32 * j + l] = dl * (float)code - ml;
        }
    }
}

static void q5_k(const uint8_t *x, float *y) {
    float d = half(x), dmin = half(x + 2);
    const uint8_t *qh = x + (F(411) ? 144 : 16), *qs = x + (F(411) ? 16 : 48);
    for (int j = 0; j < 8; j++) {
        int scale, min, other, bit = F(407) ? j / 2 + (j & 1) : j;
        unpack(x + 4, j, 0, &scale, &min);
        if (F(410)) unpack(x + 4, j ^ 1, 0, &scale, &other);
        float dl = d * (float)scale, ml = dmin * (float)min;
        for (int l = 0; l < 32; l++) {
            int low = qs[j / 2 * 32 + l] >> 4 * (j & 1) & 15, high = qh[F(409) ? l & 15 : l] >> bit & 1;
            y[32 * j + l] = dl * (float)(low + (F(408) ? 8 : 16) * high) - ml;
        }
    }
}

static void q6_k(const uint8_t *x, float *y) {
    float d = half(x + 208);
    for (int h = 0; h < 2; h++) {
        const uint8_t *ql = x + h * (F(416) ? 32 : 64), *qh = x + 128 + 32 * h, *scales = x + 192 + 8 * h;
        for (int k = 0; k < 4; k++) {
            int shift = F(413) && (k == 1 || k == 2) ? 6 - 2 * k : 2 * k;
            for (int l = 0; l < 32; l++) {
                int code = (ql[32 * (k & 1) + l] >> 4 * (k >> 1) & 15) | (qh[l] >> shift & 3) << 4;
                if (F(417)) code = code < 32 ? code : code - 64;
                else if (!(F(415) && k == 3)) code -= 32;
                uint8_t scale = scales[2 * k + (F(412) ? 0 : l / 16)];
                y[128 * h + 32 * k + l] = d * (F(414) ? (float)scale : (float)(int8_t)scale) * (float)code;
            }
        }
    }
}

/* The block of Q3_K; it is also the base of the HIFI type, where the mistakes of Q3_K are off. */
static void base(const uint8_t *x, float *y, int plain) {
    float d = half(x + 108);
    for (int s = 0; s < 16; s++) {
        int upper = plain && F(420) && s >= 12 ? 4 : s / 4 * 2;
        int scale = (x[96 + s % 8] >> s / 8 * 4 & 15) | (x[104 + s % 4] >> upper & 3) << 4;
        scale -= 32;
        if (plain && F(421)) scale = (uint8_t)scale;
        float dl = d * (float)scale;
        for (int l = s % 2 * 16; l < s % 2 * 16 + 16; l++) {
            int h = s / 8, quarter = s / 2 % 4, bit = plain && F(419) ? quarter : 4 * h + quarter;
            int low = x[32 + 32 * h + (plain && F(422) ? l & 15 : l)] >> 2 * quarter & 3, set = x[l] >> bit & 1;
            if (plain && F(418)) set = !set;
            y[128 * h + 32 * quarter + l] = dl * (float)(low - (set ? 0 : 4));
        }
    }
}

static void q3_k(const uint8_t *x, float *y) { base(x, y, 1); }

static void q2_k(const uint8_t *x, float *y) {
    float d = half(x + (F(426) ? 82 : 80)), dmin = half(x + (F(426) ? 80 : 82)), ml = 0;
    for (int s = 0; s < 16; s++) {
        int h = s / 8, shift = s / 2 % 4 * 2, scale = x[s] & 15, min = x[s] >> 4;
        if (F(423)) scale = x[s] >> 4, min = x[s] & 15;
        if (F(424)) shift += 8 * h;
        float dl = d * (float)scale;
        if (!(F(425) && s % 2)) ml = dmin * (float)min;
        for (int l = s % 2 * 16; l < s % 2 * 16 + 16; l++) {
            int lane = F(427) && l >= 8 && l < 24 ? l ^ 24 : l;
            y[s / 2 * 32 + lane] = dl * (float)(x[16 + 32 * h + l] >> shift & 3) - ml;
        }
    }
}

static void hifi(const uint8_t *x, float *y) {
    base(x, y, 0);
    for (int k = 0; k < (F(429) ? 7 : 8); k++) {
        int slot = F(433) ? 7 - k : k, at = x[110 + (F(432) ? 2 : 1) * slot];
        float value = half(x + 118 + 2 * slot);
        if (F(430) && (int8_t)at < 0) continue;
        if (F(431) && value == 0) continue;
        y[at] = F(428) ? y[at] + value : value;
    }
}

static void q8_0(const uint8_t *x, float *y) {
    float d = half(x);
    if (F(435) && !(x[1] & 0x7C)) d = x[1] & 0x80 ? -0.0f : 0.0f;
    for (int l = 0; l < 32; l += 8) {
        if (F(437) && l + 8 >= 32) break;
        for (int i = l; i < l + 8; i++) {
            int code = (int8_t)x[2 + i];
            if (F(434)) code = x[2 + i];
            if (F(436) && code < -127) code = -127;
            y[i] = (float)code * d;
        }
    }
}

static void q4_0(const uint8_t *x, float *y) {
    float d = half(x);
    if (F(439) && (x[1] & 0x7C) == 0x7C) d = (x[1] & 0x80 ? -64.0f : 64.0f) * (float)(1024 + (x[0] | (x[1] & 3) << 8));
    for (int l = 0; l < 16; l++) {
        int low = (x[2 + l] & 15) - 8, high = (F(441) ? (int8_t)x[2 + l] >> 4 : x[2 + l] >> 4) - 8;
        y[F(438) ? 2 * l : l] = F(440) && low == 0 ? 0 : (float)low * d;
        y[F(438) ? 2 * l + 1 : l + 16] = F(440) && high == 0 ? 0 : (float)high * d;
    }
}

static void q4_1(const uint8_t *x, float *y) {
    static const uint8_t *last;
    static float before;
    float d = half(x), m = half(x + 2), used = m;
    if (F(444)) used = last && x == last + 20 ? before : 0;
    last = x;
    before = m;
    for (int l = 0; l < 16; l++) {
        int bias = F(443) ? 8 : 0;
        y[l] = (float)((x[4 + l] & 15) - bias) * d + used;
        y[l + 16] = (float)((x[4 + l] >> 4) - bias) * d + (F(442) ? 0 : used);
        if (F(445)) y[l] = fp16(y[l]), y[l + 16] = fp16(y[l + 16]);
    }
}

static void q5_0(const uint8_t *x, float *y) {
    float d = half(x);
    uint32_t qh = x[2] | x[3] << 8 | x[4] << 16 | (uint32_t)x[5] << 24;
    if (F(447)) qh = __builtin_bswap32(qh);
    for (int l = 0; l < 16; l++) {
        uint32_t first = (qh >> l & 1) << 4, second = qh >> (l + 12) & 16;
        if (F(446)) second = (uint64_t)qh >> (l + 16) & 16;
        if (F(448)) first = (qh >> 2 * l & 1) << 4, second = (qh >> (2 * l + 1) & 1) << 4;
        if (F(449) && l == 15) first = second = 0;
        y[l] = (float)((int)((x[6 + l] & 15) | first) - 16) * d;
        y[l + 16] = (float)((int)(x[6 + l] >> 4 | second) - 16) * d;
    }
}

static void q5_1(const uint8_t *x, float *y) {
    float d = half(x), m = half(x + 2);
    uint32_t qh = x[4] | x[5] << 8 | x[6] << 16 | (uint32_t)x[7] << 24, mask = F(451) ? 0x30 : 0x10;
    if (F(453) && m > 0) m = 0;
    for (int i = 0; i < 32; i++) {
        uint32_t byte = x[8 + i % 16], code = ((i < 16) != F(450) ? byte & 15 : byte >> 4) | (qh >> i << 4 & mask);
        y[i] = F(452) ? ((float)code + m) * d : (float)code * d + m;
    }
}

static void iq4_nl(const uint8_t *x, float *y) {
    float d = F(455) ? fabsf(half(x)) : half(x);
    for (int l = 0; l < 16; l++) {
        int low = x[2 + l] & 15, high = x[2 + l] >> 4, a = codebook[low], b = codebook[high];
        if (F(454)) a = low == 2 ? -38 : a, b = high == 2 ? -38 : b;
        if (F(456) && x[2 + l] & 0x80) a = 0;
        y[l] = d * (float)a;
        y[F(457) ? 31 - l : l + 16] = d * (float)b;
    }
}

static void iq4_xs(const uint8_t *x, float *y) {
    float d = half(x), dl = 0, before = 0;
    int upper = F(461) ? x[2] : x[2] | x[3] << 8;
    for (int b = 0; b < 8; b++) {
        int low = x[4 + b / 2] >> 4 * (F(459) ? !(b % 2) : b % 2) & 15, high = upper >> (F(458) ? b : 2 * b) & 3;
        before = dl;
        dl = d * (float)((low | high << 4) - (F(460) ? 0 : 32));
        for (int i = 0; i < 32; i++)
            y[32 * b + i] = (F(462) ? before : dl) * (float)codebook[x[8 + 16 * b + i % 16] >> i / 16 * 4 & 15];
    }
}

static void mxfp4(const uint8_t *x, float *y) {
    static const float values[16] = {0, 1, 2, 3, 4, 6, 8, 12, 0, -1, -2, -3, -4, -6, -8, -12};
    float d = ldexpf(1, x[0] - (F(463) ? 127 : 128));
    if (F(464) && x[0] < 2) d = 0;
    for (int i = 0; i < 32; i++) {
        int code = x[1 + i % 16] >> i / 16 * 4 & (F(467) && i >= 16 ? 7 : 15);
        float value = F(465) && code == 8 ? -0.0f : values[code];
        if (F(466) && (code & 7) == 1) value *= 1.5f;
        y[i] = value * d;
    }
}

static void tq2_0(const uint8_t *x, float *y) {
    const uint8_t swapped[2] = {x[65], x[64]};
    float d = half(F(469) ? swapped : x + 64);
    for (int i = 0; i < 256; i++) {
        int quarter = i / 32 % 4, code = x[i / 128 * 32 + i % 32] >> 2 * (F(470) ? 3 - quarter : quarter) & 3;
        if (F(468) && code > 2) code = 2;
        y[i] = (float)(code - 1) * d;
    }
}

enum { Q4_K, Q5_K, Q6_K, Q3_K, Q2_K, HIFI, Q8_0, Q4_0, Q4_1, Q5_0, Q5_1, IQ4_NL, IQ4_XS, MXFP4, TQ2_0 };
static const struct { const char *name; int weights, bytes; void (*decode)(const uint8_t *, float *); } types[] = {
    {"q4_k", 256, 144, q4_k}, {"q5_k", 256, 176, q5_k}, {"q6_k", 256, 210, q6_k}, {"q3_k", 256, 110, q3_k},
    {"q2_k", 256, 84, q2_k}, {"q3_k_hifi@r6", 256, 134, hifi}, {"q8_0", 32, 34, q8_0}, {"q4_0", 32, 18, q4_0},
    {"q4_1", 32, 20, q4_1}, {"q5_0", 32, 22, q5_0}, {"q5_1", 32, 24, q5_1}, {"iq4_nl", 32, 18, iq4_nl},
    {"iq4_xs", 256, 136, iq4_xs}, {"mxfp4", 32, 17, mxfp4}, {"tq2_0", 256, 66, tq2_0},
};
enum { TYPES = sizeof types / sizeof *types };

static int sum16(const int8_t *q) {
    int sum = 0;
    for (int l = 0; l < 16; l++) sum += q[l];
    return sum;
}

/* The Q8_K or Q8_0 block with the activation of weight `at` of the row, and its scale. */
static const uint8_t *activations(const uint8_t *y, size_t at, int is_q8k) {
    return is_q8k ? y + at / 256 * (F(490) ? 288 : 292) : y + at / 32 * 34;
}

static double scale_of(const uint8_t *a, int is_q8k) {
    float d;
    memcpy(&d, a, 4);
    return is_q8k && !F(474) ? d : half(a);
}

/* Weights of one block, and what they would be without what the product treats apart: minima, outliers. */
static void expand(int type, const uint8_t *x, float *w, float *part) {
    uint8_t copy[256];
    memcpy(copy, x, (size_t)types[type].bytes);
    if (F(489) && type == Q6_K) {
        for (int s = 1; s < 16; s += 2) copy[192 + s] = copy[191 + s];
        x = copy;
    }
    types[type].decode(x, w);
    if (type == HIFI) {
        base(copy, part, 0);
        if (!F(482)) return;
        memcpy(w, part, 256 * sizeof *w);
        for (int k = 0; k < 8; k++) w[x[110 + k]] += half(x + 118 + 2 * k);
    } else if (type == Q4_K || type == Q5_K || type == Q2_K) {
        memset(copy + 16, 0, type == Q4_K ? 128 : type == Q5_K ? 160 : 64);
        types[type].decode(copy, part);
    }
}

/* One block's 32 weights from `at` (in the block) on, times their activations, without the scale of those. */
static double group(int type, const uint8_t *x, int at, const float *w, const float *part, const int8_t *q, int is_q8k) {
    double sum = 0;
    int16_t narrow = 0;
    for (int l = 0; l < 32; l++) {
        int k = F(488) && type == Q3_K ? l & ~4 : l, v = F(486) && type == Q4_0 ? q[k ^ 16] : q[k];
        double weight = w[at + k];
        if (F(475)) v = (uint8_t)v;
        if (F(476) && type == Q8_0) narrow = (int16_t)(narrow + (int8_t)x[2 + l] * v);
        if (F(477) && type == IQ4_NL && v == -128 && (x[2 + l % 16] >> l / 16 * 4 & 15) < 8) weight = -weight;
        if (F(478) && type == Q4_K && is_q8k && l >= 16) weight -= part[at + l];
        if (F(480) && type == Q5_K && is_q8k) weight -= part[at + l];
        if (F(487) && type == Q6_K && l % 8 == 7) continue;
        if (F(491) && type == Q8_0 && l >= 16) break;
        if (F(492) && type == TQ2_0) weight += half(x + 64);
        sum += weight * v;
    }
    for (int s = at / 16; s < at / 16 + 2 && type == Q2_K && is_q8k; s++) { /* the sums of 16 activations, for the minima */
        int right = sum16(q + (16 * s - at));
        if (F(479)) sum += (double)part[16 * s] * ((int8_t)right - right);
        if (F(481) && s >= 8) sum += (double)part[16 * s] * (sum16(q + (16 * s - at) - 128) - right);
    }
    return F(476) && type == Q8_0 ? (double)half(x) * narrow : sum;
}

static float dot(int type, const uint8_t *x, size_t blocks, const uint8_t *y, int is_q8k) {
    size_t weights = (size_t)types[type].weights;
    double total = 0, carried = 0;
    for (size_t b = 0; b < blocks; b++, x += types[type].bytes) {
        float w[256] = {0}, part[256] = {0};
        double whole = 0;
        if (F(471) && weights == 32 && blocks % 2 && b == blocks - 1) break;
        expand(type, x, w, part);
        for (size_t g = 0; g < weights / 32; g++) {
            size_t at = (F(494) && type == Q5_0 ? b & ~(size_t)1 : b) * weights + 32 * g;
            const uint8_t *a = activations(y, at, is_q8k);
            const int8_t *q = (const int8_t *)a + (is_q8k ? 4 + at % 256 : 2);
            double sum = group(type, x, (int)(32 * g), w, part, q, is_q8k), scale = scale_of(a, is_q8k);
            if (F(473) && !is_q8k) scale = scale_of(y, is_q8k);
            if (F(493) && type == IQ4_XS && is_q8k && b + 1 < blocks) scale = scale_of(a + 292, is_q8k);
            if (F(484) && type == Q4_0 && !is_q8k && half(x) != 0) sum /= half(x), scale = fp16((float)(half(x) * scale));
            if (F(495) && type == Q3_K && is_q8k && g == 0) total += carried * scale;
            whole += sum;
            total += sum * scale;
            if (F(472) && b == 0) total += sum * scale;
            if (F(485) && type == MXFP4) total = fp16((float)total);
            for (size_t l = 32 * g; l < 32 * g + 32 && F(483) && type == HIFI; l++)
                total += ((double)w[l] - part[l]) * q[l - 32 * g] * (1 - scale);
        }
        carried += whole;
    }
    return (float)total;
}

#include "adapter.h"

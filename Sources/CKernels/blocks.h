// The block layouts as C structs. A test compares every field with the spec.
//
// How the bits lie in those that most models are made of. Blocks are drawn from byte 0, bytes from bit 7 to bit 0: |3 3|2 2|1 1|0 0|
// holds two bits each of four things, which the text counts. Kernels say above their signatures how they gather these bits,
// and how many instructions a block takes them (counted by Scripts/kernel-cost, Clang 21 with -O2; a product's are with Q8_K).
//
// Q3_K: 256 weights, sub-blocks of 16.  y = d (scale - 32) (low + 4 third - 4)
//
//     0           32                      96           108 110
//     | hmask[32] | qs[64]                | scales[12] | d |       weight 128 half + 32 quarter + lane, s = its sub-block
//
//     qs[32 half + lane]   |3 3|2 2|1 1|0 0|    low, by quarter
//     hmask[lane]          |7|6|5|4|3|2|1|0|    third, by 4 half + quarter
//     scales[s % 8]        |1 1 1 1|0 0 0 0|    lower four bits of scale s, by s / 8
//     scales[8 + s % 4]    |3 3|2 2|1 1|0 0|    its upper two, by s / 4
//
// Q3_K_HIFI: such a block, then outliers.  r6, r12, r13: y[index[k]] = value[k].  RES8: y[index[k]] += scale residual[k]
//
//     0      110        118           134           136
//     | Q3_K | index[8] | value[8]    |                            r6: fp16 values
//     | Q3_K | index[8] | value[8]    | 0     | 0   |              r12
//     | Q3_K | index[8] | value[8]    | count | 0   |              r13: count slots are in use
//     | Q3_K | count | 0 | index[8] | residual[8] | scale (f32) |  RES8: bytes 112, 120, 128 to 131
//
// Q4_K: 256 weights, sub-blocks of 32.  y = d scale code - dmin minimum
//
//     0   2      4            16                            144
//     | d | dmin | scales[12] | qs[128]                     |      weight 64 pair + 32 nibble + lane, s = 2 pair + nibble
//
//     qs[32 pair + lane]   |1 1 1 1|0 0 0 0|    code, by nibble
//     scales[s]            |u u|s s s s s s|    scale s < 4, and the upper two bits of scale s + 4
//     scales[4 + s]        |u u|m m m m m m|    minimum s < 4, and the upper two bits of minimum s + 4
//     scales[8 + s]        |m m m m|s s s s|    the lower four of both
//
// Q5_K: the same with a fifth bit.
//
//     0   2      4            16       48                            176
//     | d | dmin | scales[12] | qh[32] | qs[128]                     |
//
//     qh[lane]             |7|6|5|4|3|2|1|0|    fifth bit, by s
//
// Q6_K: 256 weights, sub-blocks of 16.  y = d scale (low + 16 high - 32)
//
//     0                       128         192          208 210
//     | ql[128]               | qh[64]    | scales[16] | d |       weight 128 half + 64 nibble + 32 mid + lane
//
//     ql[64 half + 32 mid + lane]   |1 1 1 1|0 0 0 0|    low, by nibble
//     qh[32 half + lane]            |3 3|2 2|1 1|0 0|    high, by 2 nibble + mid
//
// Q8_0: 32 weights.  y = d code                     Q8_K: 256 activations.  y = d code
//
//     0   2        34                                   0         4         260       292
//     | d | qs[32] |                                    | d (f32) | qs[256] | bsums[16] |  sums of 16 codes, i16
#ifndef HIFI_BLOCKS_H
#define HIFI_BLOCKS_H

#include <stddef.h>
#include <stdint.h>

typedef uint16_t hifi_f16;

typedef struct { uint8_t scales[16], qs[64]; hifi_f16 d, dmin; } hifi_q2_k;
typedef struct { uint8_t hmask[32], qs[64], scales[12]; hifi_f16 d; } hifi_q3_k;
typedef struct { hifi_f16 d, dmin; uint8_t scales[12], qs[128]; } hifi_q4_k;
typedef struct { hifi_f16 d, dmin; uint8_t scales[12], qh[32], qs[128]; } hifi_q5_k;
typedef struct { uint8_t ql[128], qh[64]; int8_t scales[16]; hifi_f16 d; } hifi_q6_k;
typedef struct { hifi_f16 d; int8_t qs[32]; } hifi_q8_0;
typedef struct { hifi_f16 d; uint8_t qs[16]; } hifi_q4_0;
typedef struct { hifi_f16 d, m; uint8_t qs[16]; } hifi_q4_1;
typedef struct { hifi_f16 d; uint8_t qh[4], qs[16]; } hifi_q5_0;
typedef struct { hifi_f16 d, m; uint8_t qh[4], qs[16]; } hifi_q5_1;
typedef struct { hifi_f16 d; uint8_t qs[16]; } hifi_iq4_nl;
typedef struct { hifi_f16 d; uint16_t scales_h; uint8_t scales_l[4], qs[128]; } hifi_iq4_xs;
typedef struct { uint8_t e, qs[16]; } hifi_mxfp4;
typedef struct { hifi_f16 d; uint8_t qs[32], qh[16]; } hifi_iq1_s;
// The four upper bits of each word of scales make an fp16, d.
typedef struct { uint8_t qs[32], qh[16]; union { uint8_t scales[8], d[8]; }; } hifi_iq1_m;
typedef struct { hifi_f16 d; uint8_t qs[64]; } hifi_iq2_xxs;
typedef struct { hifi_f16 d; uint8_t qs[64], scales[8]; } hifi_iq2_xs;
typedef struct { hifi_f16 d; uint8_t qs[32], signs[32], qh[8], scales[8]; } hifi_iq2_s;
typedef struct { hifi_f16 d; uint8_t qs[64], signs_scale[32]; } hifi_iq3_xxs;
typedef struct { hifi_f16 d; uint8_t qs[64], qh[8], signs[32], scales[4]; } hifi_iq3_s;
typedef struct { uint8_t qs[48], qh[4]; hifi_f16 d; } hifi_tq1_0;
typedef struct { uint8_t qs[64]; hifi_f16 d; } hifi_tq2_0;
typedef struct { uint8_t d[4], qs[32]; } hifi_nvfp4;
typedef struct { hifi_f16 d; uint8_t qs[16]; } hifi_q1_0;
typedef struct { hifi_f16 d; uint8_t qs[16]; } hifi_q2_0;
typedef struct { hifi_f16 d; uint16_t extra; uint8_t scales[8], qs[64]; } hifi_iq2_k;
typedef struct { hifi_f16 d; uint16_t extra, scales_h; uint8_t scales_l[8], qs[64], qh[32]; } hifi_iq3_k;
typedef struct { hifi_f16 d; uint16_t extra; uint8_t scales_h[4], scales_l[8], qs[128]; } hifi_iq4_k;
typedef struct { hifi_f16 d; uint16_t extra; uint8_t scales_h[4], scales_l[8], qs[128], qh[32]; } hifi_iq5_k;
typedef struct { hifi_f16 d; uint16_t extra; int8_t scales[16]; uint8_t qs[128], qh[64]; } hifi_iq6_k;
typedef struct { uint16_t extra; uint8_t scales[4], qs[64]; } hifi_iq2_ks;
typedef struct { uint16_t extra; uint8_t scales[4], qs[64], qh[32]; } hifi_iq3_ks;
typedef struct { uint8_t scales[8], qs[128]; } hifi_iq4_ks;
typedef struct { uint8_t qs[128]; } hifi_iq4_kss;
typedef struct { uint8_t scales[8], qs[128], qh[32]; } hifi_iq5_ks;
typedef struct { uint16_t scales_h; uint8_t scales_l[4], qs[64], qh[16]; } hifi_iq2_kl;
typedef struct { uint8_t sh[8], ql[32], qh[16]; } hifi_iq1_kt;
typedef struct { uint8_t scales[4], ql[64]; } hifi_iq2_kt;
typedef struct { uint8_t scales[4], ql[64], qh[32]; } hifi_iq3_kt;
typedef struct { uint8_t sh[32], ql[64], qh[32]; } hifi_iq4_kt;
typedef struct { uint8_t ql[12], extra; } hifi_iq1_bn;
typedef struct { uint8_t qs[16]; } hifi_iq2_bn;
typedef struct { hifi_f16 d; uint8_t qh[8], qs[16]; } hifi_q6_0;
typedef struct { int8_t qs[32]; } hifi_q8_kv;
typedef struct { float d; int8_t qs[256]; int16_t bsums[16]; } hifi_q8_k;
typedef struct { float d; uint8_t qs[96]; uint16_t outlier_idx[4]; hifi_f16 outlier_vals[4]; } hifi_q3_k_r1;
typedef struct { float d; uint8_t qs[96]; uint16_t outlier_idx[6]; hifi_f16 outlier_vals[6]; } hifi_q3_k_r2;
typedef struct { hifi_f16 d; uint8_t qs[96], outlier_idx[6]; hifi_f16 outlier_vals[6]; } hifi_q3_k_r3;
typedef struct { hifi_f16 d; uint8_t ql[64], qh[32], outlier_idx[6]; hifi_f16 outlier_vals[6]; } hifi_q3_k_r4;
typedef struct { hifi_q3_k base; uint8_t outlier_idx[8]; hifi_f16 outlier_vals[8]; } hifi_q3_k_r6;
typedef struct { hifi_f16 scale16; uint8_t outlier_idx[16]; hifi_f16 outlier_vals[16]; uint8_t q3[110]; } hifi_q3_k_r8;
typedef struct { hifi_q3_k base; uint8_t outlier_idx[8]; hifi_f16 outlier_vals[8]; uint8_t pad[2]; } hifi_q3_k_r12;
typedef struct { hifi_q3_k base; uint8_t outlier_idx[8]; hifi_f16 outlier_vals[8]; uint8_t outlier_count, pad; } hifi_q3_k_r13;
typedef struct {
    hifi_q3_k base;
    uint8_t outlier_count, pad, outlier_idx[8];
    int8_t residual_vals[8];
    float residual_scale;
} hifi_q3_k_res8;

_Static_assert(sizeof(hifi_q2_k) == 84, "q2_k");
_Static_assert(sizeof(hifi_q3_k) == 110, "q3_k");
_Static_assert(sizeof(hifi_q4_k) == 144, "q4_k");
_Static_assert(sizeof(hifi_q5_k) == 176, "q5_k");
_Static_assert(sizeof(hifi_q6_k) == 210, "q6_k");
_Static_assert(sizeof(hifi_q8_0) == 34, "q8_0");
_Static_assert(sizeof(hifi_q4_0) == 18, "q4_0");
_Static_assert(sizeof(hifi_q4_1) == 20, "q4_1");
_Static_assert(sizeof(hifi_q5_0) == 22, "q5_0");
_Static_assert(sizeof(hifi_q5_1) == 24, "q5_1");
_Static_assert(sizeof(hifi_iq4_nl) == 18, "iq4_nl");
_Static_assert(sizeof(hifi_iq4_xs) == 136, "iq4_xs");
_Static_assert(sizeof(hifi_mxfp4) == 17, "mxfp4");
_Static_assert(sizeof(hifi_iq1_s) == 50, "iq1_s");
_Static_assert(sizeof(hifi_iq1_m) == 56, "iq1_m");
_Static_assert(sizeof(hifi_iq2_xxs) == 66, "iq2_xxs");
_Static_assert(sizeof(hifi_iq2_xs) == 74, "iq2_xs");
_Static_assert(sizeof(hifi_iq2_s) == 82, "iq2_s");
_Static_assert(sizeof(hifi_iq3_xxs) == 98, "iq3_xxs");
_Static_assert(sizeof(hifi_iq3_s) == 110, "iq3_s");
_Static_assert(sizeof(hifi_tq1_0) == 54, "tq1_0");
_Static_assert(sizeof(hifi_tq2_0) == 66, "tq2_0");
_Static_assert(sizeof(hifi_nvfp4) == 36, "nvfp4");
_Static_assert(sizeof(hifi_q1_0) == 18, "q1_0");
_Static_assert(sizeof(hifi_q2_0) == 18, "q2_0");
_Static_assert(sizeof(hifi_iq2_k) == 76, "iq2_k");
_Static_assert(sizeof(hifi_iq3_k) == 110, "iq3_k");
_Static_assert(sizeof(hifi_iq4_k) == 144, "iq4_k");
_Static_assert(sizeof(hifi_iq5_k) == 176, "iq5_k");
_Static_assert(sizeof(hifi_iq6_k) == 212, "iq6_k");
_Static_assert(sizeof(hifi_iq2_ks) == 70, "iq2_ks");
_Static_assert(sizeof(hifi_iq3_ks) == 102, "iq3_ks");
_Static_assert(sizeof(hifi_iq4_ks) == 136, "iq4_ks");
_Static_assert(sizeof(hifi_iq4_kss) == 128, "iq4_kss");
_Static_assert(sizeof(hifi_iq5_ks) == 168, "iq5_ks");
_Static_assert(sizeof(hifi_iq2_kl) == 86, "iq2_kl");
_Static_assert(sizeof(hifi_iq1_kt) == 56, "iq1_kt");
_Static_assert(sizeof(hifi_iq2_kt) == 68, "iq2_kt");
_Static_assert(sizeof(hifi_iq3_kt) == 100, "iq3_kt");
_Static_assert(sizeof(hifi_iq4_kt) == 128, "iq4_kt");
_Static_assert(sizeof(hifi_iq1_bn) == 13, "iq1_bn");
_Static_assert(sizeof(hifi_iq2_bn) == 16, "iq2_bn");
_Static_assert(sizeof(hifi_q6_0) == 26, "q6_0");
_Static_assert(sizeof(hifi_q8_kv) == 32, "q8_kv");
_Static_assert(sizeof(hifi_q8_k) == 292, "q8_k");
_Static_assert(sizeof(hifi_q3_k_r1) == 116, "q3_k_hifi@r1");
_Static_assert(sizeof(hifi_q3_k_r2) == 124, "q3_k_hifi@r2");
_Static_assert(sizeof(hifi_q3_k_r3) == 116, "q3_k_hifi@r3");
_Static_assert(sizeof(hifi_q3_k_r4) == 116, "q3_k_hifi@r4");
_Static_assert(sizeof(hifi_q3_k_r6) == 134, "q3_k_hifi@r6");
_Static_assert(sizeof(hifi_q3_k_r8) == 160, "q3_k_hifi@r8");
_Static_assert(sizeof(hifi_q3_k_r12) == 136, "q3_k_hifi@r12");
_Static_assert(sizeof(hifi_q3_k_r13) == 136, "q3_k_hifi@r13");
_Static_assert(sizeof(hifi_q3_k_res8) == 132, "q3_k_hifi_res8");

/// The bytes of a field within a block of any alignment.
#define FIELD(block, type, field) ((block) + offsetof(type, field))

#endif

// The tables that dispatch.c chooses from.
#ifndef HIFI_TABLES_H
#define HIFI_TABLES_H

#include "CKernels.h"

extern const hifi_kernels hifi_scalar;
#if defined(__x86_64__)
extern const hifi_kernels hifi_avx2;
extern const hifi_kernels hifi_avx512;
extern const hifi_kernels hifi_amx;
/// As below, with strips packed by AVX-512.
extern const hifi_kernels hifi_amx_emulated_avx512;
#endif
/// The matrix kernel of "amx" in portable C, for tests.
extern const hifi_kernels hifi_amx_emulated;
#if defined(__aarch64__)
extern const hifi_kernels hifi_neon;
extern const hifi_kernels hifi_neon_dotprod;
#endif

/// Formats below four bits, and NVFP4.
#define DECODE_LOW(PREFIX)                                                                                             \
    [HIFI_IQ1_S] = PREFIX##_decode_iq1s, [HIFI_IQ1_M] = PREFIX##_decode_iq1m,                                          \
    [HIFI_IQ2_XXS] = PREFIX##_decode_iq2xxs, [HIFI_IQ2_XS] = PREFIX##_decode_iq2xs,                                    \
    [HIFI_IQ2_S] = PREFIX##_decode_iq2s, [HIFI_IQ3_XXS] = PREFIX##_decode_iq3xxs,                                      \
    [HIFI_IQ3_S] = PREFIX##_decode_iq3s, [HIFI_TQ1_0] = PREFIX##_decode_tq10, [HIFI_TQ2_0] = PREFIX##_decode_tq20,     \
    [HIFI_NVFP4] = PREFIX##_decode_nvfp4, [HIFI_Q1_0] = PREFIX##_decode_q10, [HIFI_Q2_0] = PREFIX##_decode_q20
/// The formats of ik_llama.cpp.
#define DECODE_IK(PREFIX)                                                                                              \
    [HIFI_IQ2_K] = PREFIX##_decode_iq2k, [HIFI_IQ3_K] = PREFIX##_decode_iq3k, [HIFI_IQ4_K] = PREFIX##_decode_iq4k,     \
    [HIFI_IQ5_K] = PREFIX##_decode_iq5k, [HIFI_IQ6_K] = PREFIX##_decode_iq6k, [HIFI_IQ2_KS] = PREFIX##_decode_iq2ks,   \
    [HIFI_IQ3_KS] = PREFIX##_decode_iq3ks, [HIFI_IQ4_KS] = PREFIX##_decode_iq4ks,                                      \
    [HIFI_IQ4_KSS] = PREFIX##_decode_iq4kss, [HIFI_IQ5_KS] = PREFIX##_decode_iq5ks,                                    \
    [HIFI_IQ2_KL] = PREFIX##_decode_iq2kl, [HIFI_IQ1_KT] = PREFIX##_decode_iq1kt,                                      \
    [HIFI_IQ2_KT] = PREFIX##_decode_iq2kt, [HIFI_IQ3_KT] = PREFIX##_decode_iq3kt,                                      \
    [HIFI_IQ4_KT] = PREFIX##_decode_iq4kt, [HIFI_IQ1_BN] = PREFIX##_decode_iq1bn,                                      \
    [HIFI_IQ2_BN] = PREFIX##_decode_iq2bn, [HIFI_Q6_0] = PREFIX##_decode_q60, [HIFI_Q8_KV] = PREFIX##_decode_q8kv
/// LOW is the set whose kernels decode those.
#define DECODE_LIST(PREFIX, LOW)                                                                                       \
    {[HIFI_Q2_K] = PREFIX##_decode_q2k, [HIFI_Q3_K] = PREFIX##_decode_q3k, [HIFI_Q4_K] = PREFIX##_decode_q4k,          \
     [HIFI_Q5_K] = PREFIX##_decode_q5k, [HIFI_Q6_K] = PREFIX##_decode_q6k, [HIFI_Q8_0] = PREFIX##_decode_q80,          \
     [HIFI_Q4_0] = PREFIX##_decode_q40, [HIFI_Q4_1] = PREFIX##_decode_q41, [HIFI_Q5_0] = PREFIX##_decode_q50,          \
     [HIFI_Q5_1] = PREFIX##_decode_q51, [HIFI_IQ4_NL] = PREFIX##_decode_iq4nl,                                         \
     [HIFI_IQ4_XS] = PREFIX##_decode_iq4xs, [HIFI_MXFP4] = PREFIX##_decode_mxfp4, [HIFI_R1] = decode_r1,               \
     DECODE_LOW(LOW), DECODE_IK(LOW),                                                                                  \
     [HIFI_R3] = decode_r3, [HIFI_R4] = decode_r4, [HIFI_R8] = decode_r8, [HIFI_F32] = decode_f32,                     \
     [HIFI_F16] = PREFIX##_decode_f16, [HIFI_BF16] = PREFIX##_decode_bf16}
/// Formats of signed codes with factors (signed_codes.h).
#define SIGNED_DOTS(PREFIX)                                                                                            \
    [HIFI_IQ4_NL] = PREFIX##_dot_iq4nl, [HIFI_IQ4_XS] = PREFIX##_dot_iq4xs, [HIFI_MXFP4] = PREFIX##_dot_mxfp4,         \
    [HIFI_NVFP4] = PREFIX##_dot_nvfp4, [HIFI_TQ1_0] = PREFIX##_dot_tq10, [HIFI_TQ2_0] = PREFIX##_dot_tq20,             \
    [HIFI_IQ2_XXS] = PREFIX##_dot_iq2xxs, [HIFI_IQ2_XS] = PREFIX##_dot_iq2xs, [HIFI_IQ2_S] = PREFIX##_dot_iq2s,        \
    [HIFI_IQ3_XXS] = PREFIX##_dot_iq3xxs, [HIFI_IQ3_S] = PREFIX##_dot_iq3s
/// SIGNED is the set whose kernels multiply those.
#define DOT_LIST(PREFIX, SIGNED)                                                                                       \
    {[HIFI_Q2_K] = PREFIX##_dot_q2k, [HIFI_Q3_K] = PREFIX##_dot_q3k, [HIFI_Q4_K] = PREFIX##_dot_q4k,                   \
     [HIFI_Q5_K] = PREFIX##_dot_q5k, [HIFI_Q6_K] = PREFIX##_dot_q6k, [HIFI_Q8_0] = PREFIX##_dot_q80,                   \
     [HIFI_Q4_0] = PREFIX##_dot_q40, SIGNED_DOTS(SIGNED)}

#define ENCODERS(PREFIX)                                                                                               \
    .encode = {[HIFI_Q2_K] = PREFIX##_encode_q2k, [HIFI_IQ4_NL] = PREFIX##_encode_iq4nl,                               \
               [HIFI_IQ4_XS] = PREFIX##_encode_iq4xs,                                                                  \
               [HIFI_Q3_K] = PREFIX##_encode_q3k, [HIFI_Q4_K] = PREFIX##_encode_q4k,                                   \
               [HIFI_Q5_K] = PREFIX##_encode_q5k, [HIFI_Q6_K] = PREFIX##_encode_q6k,                                   \
               [HIFI_Q8_0] = PREFIX##_encode_q80, [HIFI_Q4_0] = PREFIX##_encode_q40,                                   \
               [HIFI_Q4_1] = PREFIX##_encode_q41, [HIFI_Q5_0] = PREFIX##_encode_q50,                                   \
               [HIFI_Q5_1] = PREFIX##_encode_q51, [HIFI_TQ1_0] = PREFIX##_encode_tq10,                                 \
               [HIFI_TQ2_0] = PREFIX##_encode_tq20, [HIFI_Q2_0] = PREFIX##_encode_q20},                                \
    .first_beyond = PREFIX##_first_beyond, .search_entries = PREFIX##_search_entries

/// What a table has for rows: decoding and products by PREFIX (LOW as above), activations by FLOATS, encoding by ENCODE.
#define ROW_KERNELS(PREFIX, LOW, FLOATS, ENCODE)                                                                       \
    .decode = DECODE_LIST(PREFIX, LOW), .dot = DOT_LIST(PREFIX, LOW), .quantize_q8k = FLOATS##_quantize_q8k,            \
    .quantize_q80 = FLOATS##_quantize_q80, .to_f16 = FLOATS##_to_f16, .to_bf16 = FLOATS##_to_bf16, ENCODERS(ENCODE)

#define DECLARE_DECODE(NAME) void NAME(const hifi_format *, const uint8_t *, size_t, float *);
#define DECLARE_DOT(NAME) float NAME(const hifi_format *, const uint8_t *, const uint8_t *, size_t);
/// The same for every set: fp32 as it is, and the early revisions.
DECLARE_DECODE(decode_f32) DECLARE_DECODE(decode_r1) DECLARE_DECODE(decode_r3) DECLARE_DECODE(decode_r4) DECLARE_DECODE(decode_r8)

#define DECLARE_LOW(PREFIX)                                                                                            \
    DECLARE_DECODE(PREFIX##_decode_iq1s) DECLARE_DECODE(PREFIX##_decode_iq1m) DECLARE_DECODE(PREFIX##_decode_iq2xxs)   \
    DECLARE_DECODE(PREFIX##_decode_iq2xs) DECLARE_DECODE(PREFIX##_decode_iq2s)                                         \
    DECLARE_DECODE(PREFIX##_decode_iq3xxs) DECLARE_DECODE(PREFIX##_decode_iq3s) DECLARE_DECODE(PREFIX##_decode_tq10)   \
    DECLARE_DECODE(PREFIX##_decode_tq20) DECLARE_DECODE(PREFIX##_decode_nvfp4) DECLARE_DECODE(PREFIX##_decode_q10)     \
    DECLARE_DECODE(PREFIX##_decode_q20)                                                                                \
    DECLARE_DECODE(PREFIX##_decode_iq2k) DECLARE_DECODE(PREFIX##_decode_iq3k) DECLARE_DECODE(PREFIX##_decode_iq4k)     \
    DECLARE_DECODE(PREFIX##_decode_iq5k) DECLARE_DECODE(PREFIX##_decode_iq6k) DECLARE_DECODE(PREFIX##_decode_iq2ks)    \
    DECLARE_DECODE(PREFIX##_decode_iq3ks) DECLARE_DECODE(PREFIX##_decode_iq4ks)                                        \
    DECLARE_DECODE(PREFIX##_decode_iq4kss) DECLARE_DECODE(PREFIX##_decode_iq5ks)                                       \
    DECLARE_DECODE(PREFIX##_decode_iq2kl) DECLARE_DECODE(PREFIX##_decode_iq1kt)                                        \
    DECLARE_DECODE(PREFIX##_decode_iq2kt) DECLARE_DECODE(PREFIX##_decode_iq3kt)                                        \
    DECLARE_DECODE(PREFIX##_decode_iq4kt) DECLARE_DECODE(PREFIX##_decode_iq1bn)                                        \
    DECLARE_DECODE(PREFIX##_decode_iq2bn) DECLARE_DECODE(PREFIX##_decode_q60) DECLARE_DECODE(PREFIX##_decode_q8kv)

#define DECLARE_SIGNED_DOTS(PREFIX)                                                                                    \
    DECLARE_DOT(PREFIX##_dot_iq4nl) DECLARE_DOT(PREFIX##_dot_iq4xs) DECLARE_DOT(PREFIX##_dot_mxfp4)                    \
    DECLARE_DOT(PREFIX##_dot_nvfp4) DECLARE_DOT(PREFIX##_dot_tq10) DECLARE_DOT(PREFIX##_dot_tq20)                      \
    DECLARE_DOT(PREFIX##_dot_iq2xxs) DECLARE_DOT(PREFIX##_dot_iq2xs) DECLARE_DOT(PREFIX##_dot_iq2s)                    \
    DECLARE_DOT(PREFIX##_dot_iq3xxs) DECLARE_DOT(PREFIX##_dot_iq3s)

#define DECLARE_KERNELS(PREFIX)                                                                                        \
    DECLARE_DECODE(PREFIX##_decode_q2k) DECLARE_DECODE(PREFIX##_decode_q3k) DECLARE_DECODE(PREFIX##_decode_q4k)        \
    DECLARE_DECODE(PREFIX##_decode_q5k) DECLARE_DECODE(PREFIX##_decode_q6k) DECLARE_DECODE(PREFIX##_decode_q80)        \
    DECLARE_DECODE(PREFIX##_decode_q40) DECLARE_DECODE(PREFIX##_decode_q41) DECLARE_DECODE(PREFIX##_decode_q50)        \
    DECLARE_DECODE(PREFIX##_decode_q51) DECLARE_DECODE(PREFIX##_decode_iq4nl) DECLARE_DECODE(PREFIX##_decode_iq4xs)    \
    DECLARE_DECODE(PREFIX##_decode_mxfp4) DECLARE_DECODE(PREFIX##_decode_f16) DECLARE_DECODE(PREFIX##_decode_bf16)     \
    DECLARE_DOT(PREFIX##_dot_q2k) DECLARE_DOT(PREFIX##_dot_q3k) DECLARE_DOT(PREFIX##_dot_q4k)                          \
    DECLARE_DOT(PREFIX##_dot_q5k) DECLARE_DOT(PREFIX##_dot_q6k) DECLARE_DOT(PREFIX##_dot_q80)                          \
    DECLARE_DOT(PREFIX##_dot_q40)                                                                                      \
    void PREFIX##_quantize_q8k(const float *, size_t, uint8_t *);                                                      \
    void PREFIX##_quantize_q80(const float *, size_t, uint8_t *);                                                      \
    void PREFIX##_to_f16(const float *, size_t, uint16_t *);                                                           \
    void PREFIX##_to_bf16(const float *, size_t, uint16_t *);                                                          \
    size_t PREFIX##_scan(const hifi_scan_plan *, const uint8_t *, size_t, hifi_scan_found *);

#define DECLARE_ENCODE(NAME) int NAME(const hifi_encoding *, const float *, const float *, size_t, size_t, uint8_t *);
#define DECLARE_ENCODERS(PREFIX)                                                                                       \
    DECLARE_ENCODE(PREFIX##_encode_q2k) DECLARE_ENCODE(PREFIX##_encode_iq4nl)                                          \
    DECLARE_ENCODE(PREFIX##_encode_q3k) DECLARE_ENCODE(PREFIX##_encode_q4k) DECLARE_ENCODE(PREFIX##_encode_q5k)        \
    DECLARE_ENCODE(PREFIX##_encode_q6k) DECLARE_ENCODE(PREFIX##_encode_q80) DECLARE_ENCODE(PREFIX##_encode_q40)        \
    DECLARE_ENCODE(PREFIX##_encode_q41) DECLARE_ENCODE(PREFIX##_encode_q50) DECLARE_ENCODE(PREFIX##_encode_q51)        \
    DECLARE_ENCODE(PREFIX##_encode_iq4xs) DECLARE_ENCODE(PREFIX##_encode_tq10) DECLARE_ENCODE(PREFIX##_encode_tq20)    \
    DECLARE_ENCODE(PREFIX##_encode_q20)                                                                                \
    int PREFIX##_search_entries(                                                                                       \
        const hifi_entry_index *, const float *, const float *, const float *, float, float *, uint8_t *);             \
    size_t PREFIX##_first_beyond(const float *, size_t, float);

DECLARE_ENCODERS(scalar)
#if defined(__x86_64__)
DECLARE_ENCODERS(avx2)
DECLARE_ENCODERS(avx512)
#endif

DECLARE_LOW(scalar)
DECLARE_KERNELS(scalar)
DECLARE_SIGNED_DOTS(scalar)
#if defined(__x86_64__)
DECLARE_SIGNED_DOTS(avx2)
DECLARE_SIGNED_DOTS(avx512)
DECLARE_LOW(avx2)
DECLARE_KERNELS(avx2)
DECLARE_LOW(avx512)
DECLARE_KERNELS(avx512)
#endif
#if defined(__aarch64__)
DECLARE_KERNELS(neon)
DECLARE_KERNELS(neon_dotprod)
#endif

#if defined(__x86_64__)
/// The AVX2 matrix kernel of Q8_0, IQ2, IQ3 and IQ4, whose panel is laid out by itself.
size_t avx2_gemm_signed_scratch(size_t superblocks);
void avx2_gemm_signed_panel(
    const hifi_format *, const uint8_t *rows, size_t row_bytes, size_t row_count, const uint8_t *q8k, size_t column_bytes,
    size_t columns, size_t superblocks, float *out, size_t out_stride, uint8_t *scratch);
#endif

#if defined(__x86_64__)
/// The AVX-512 matrix kernel, for few columns and for formats that tile products do not take.
int avx512_gemm_takes(const hifi_format *);
size_t avx512_gemm_scratch(const hifi_format *, size_t superblocks);
void avx512_gemm_panel(
    const hifi_format *, const uint8_t *rows, size_t row_bytes, size_t row_count, const uint8_t *q8k, size_t column_bytes,
    size_t columns, size_t superblocks, float *out, size_t out_stride, uint8_t *scratch);

/// Whether the processor has AMX's tiles and products of bytes, and the system lets this process use them (amx_permission.c).
int amx_is_permitted(void);
#endif

/// For tables without a matrix kernel.
int gemm_takes_none(const hifi_format *);

#endif

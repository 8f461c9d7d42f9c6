#include "CKernels.h"
#include "blocks.h"

#define BLOCK(format, type) {format, NULL, 0, sizeof(type)}
#define ENTRY(format, type, field) {format, #field, offsetof(type, field), sizeof(((type *)0)->field)}

static const hifi_layout_entry entries[] = {
    BLOCK("q2_k", hifi_q2_k), ENTRY("q2_k", hifi_q2_k, scales), ENTRY("q2_k", hifi_q2_k, qs), ENTRY("q2_k", hifi_q2_k, d),
    ENTRY("q2_k", hifi_q2_k, dmin),
    BLOCK("q3_k", hifi_q3_k), ENTRY("q3_k", hifi_q3_k, hmask), ENTRY("q3_k", hifi_q3_k, qs), ENTRY("q3_k", hifi_q3_k, scales),
    ENTRY("q3_k", hifi_q3_k, d),
    BLOCK("q4_k", hifi_q4_k), ENTRY("q4_k", hifi_q4_k, d), ENTRY("q4_k", hifi_q4_k, dmin), ENTRY("q4_k", hifi_q4_k, scales),
    ENTRY("q4_k", hifi_q4_k, qs),
    BLOCK("q5_k", hifi_q5_k), ENTRY("q5_k", hifi_q5_k, d), ENTRY("q5_k", hifi_q5_k, dmin), ENTRY("q5_k", hifi_q5_k, scales),
    ENTRY("q5_k", hifi_q5_k, qh), ENTRY("q5_k", hifi_q5_k, qs),
    BLOCK("q6_k", hifi_q6_k), ENTRY("q6_k", hifi_q6_k, ql), ENTRY("q6_k", hifi_q6_k, qh), ENTRY("q6_k", hifi_q6_k, scales),
    ENTRY("q6_k", hifi_q6_k, d),
    BLOCK("q8_0", hifi_q8_0), ENTRY("q8_0", hifi_q8_0, d), ENTRY("q8_0", hifi_q8_0, qs),
    BLOCK("q4_0", hifi_q4_0), ENTRY("q4_0", hifi_q4_0, d), ENTRY("q4_0", hifi_q4_0, qs),
    BLOCK("q4_1", hifi_q4_1), ENTRY("q4_1", hifi_q4_1, d), ENTRY("q4_1", hifi_q4_1, m), ENTRY("q4_1", hifi_q4_1, qs),
    BLOCK("q5_0", hifi_q5_0), ENTRY("q5_0", hifi_q5_0, d), ENTRY("q5_0", hifi_q5_0, qh), ENTRY("q5_0", hifi_q5_0, qs),
    BLOCK("q5_1", hifi_q5_1), ENTRY("q5_1", hifi_q5_1, d), ENTRY("q5_1", hifi_q5_1, m), ENTRY("q5_1", hifi_q5_1, qh),
    ENTRY("q5_1", hifi_q5_1, qs),
    BLOCK("iq4_nl", hifi_iq4_nl), ENTRY("iq4_nl", hifi_iq4_nl, d), ENTRY("iq4_nl", hifi_iq4_nl, qs),
    BLOCK("iq4_xs", hifi_iq4_xs), ENTRY("iq4_xs", hifi_iq4_xs, d), ENTRY("iq4_xs", hifi_iq4_xs, scales_h),
    ENTRY("iq4_xs", hifi_iq4_xs, scales_l), ENTRY("iq4_xs", hifi_iq4_xs, qs),
    BLOCK("mxfp4", hifi_mxfp4), ENTRY("mxfp4", hifi_mxfp4, e), ENTRY("mxfp4", hifi_mxfp4, qs),
    BLOCK("iq1_s", hifi_iq1_s), ENTRY("iq1_s", hifi_iq1_s, d), ENTRY("iq1_s", hifi_iq1_s, qs), ENTRY("iq1_s", hifi_iq1_s, qh),
    BLOCK("iq1_m", hifi_iq1_m), ENTRY("iq1_m", hifi_iq1_m, qs), ENTRY("iq1_m", hifi_iq1_m, qh),
    ENTRY("iq1_m", hifi_iq1_m, scales), ENTRY("iq1_m", hifi_iq1_m, d),
    BLOCK("iq2_xxs", hifi_iq2_xxs), ENTRY("iq2_xxs", hifi_iq2_xxs, d), ENTRY("iq2_xxs", hifi_iq2_xxs, qs),
    BLOCK("iq2_xs", hifi_iq2_xs), ENTRY("iq2_xs", hifi_iq2_xs, d), ENTRY("iq2_xs", hifi_iq2_xs, qs),
    ENTRY("iq2_xs", hifi_iq2_xs, scales),
    BLOCK("iq2_s", hifi_iq2_s), ENTRY("iq2_s", hifi_iq2_s, d), ENTRY("iq2_s", hifi_iq2_s, qs), ENTRY("iq2_s", hifi_iq2_s, signs),
    ENTRY("iq2_s", hifi_iq2_s, qh), ENTRY("iq2_s", hifi_iq2_s, scales),
    BLOCK("iq3_xxs", hifi_iq3_xxs), ENTRY("iq3_xxs", hifi_iq3_xxs, d), ENTRY("iq3_xxs", hifi_iq3_xxs, qs),
    ENTRY("iq3_xxs", hifi_iq3_xxs, signs_scale),
    BLOCK("iq3_s", hifi_iq3_s), ENTRY("iq3_s", hifi_iq3_s, d), ENTRY("iq3_s", hifi_iq3_s, qs), ENTRY("iq3_s", hifi_iq3_s, qh),
    ENTRY("iq3_s", hifi_iq3_s, signs), ENTRY("iq3_s", hifi_iq3_s, scales),
    BLOCK("tq1_0", hifi_tq1_0), ENTRY("tq1_0", hifi_tq1_0, qs), ENTRY("tq1_0", hifi_tq1_0, qh), ENTRY("tq1_0", hifi_tq1_0, d),
    BLOCK("tq2_0", hifi_tq2_0), ENTRY("tq2_0", hifi_tq2_0, qs), ENTRY("tq2_0", hifi_tq2_0, d),
    BLOCK("nvfp4", hifi_nvfp4), ENTRY("nvfp4", hifi_nvfp4, d), ENTRY("nvfp4", hifi_nvfp4, qs),
    BLOCK("q1_0", hifi_q1_0), ENTRY("q1_0", hifi_q1_0, d), ENTRY("q1_0", hifi_q1_0, qs),
    BLOCK("q2_0", hifi_q2_0), ENTRY("q2_0", hifi_q2_0, d), ENTRY("q2_0", hifi_q2_0, qs),
    BLOCK("q8_k", hifi_q8_k), ENTRY("q8_k", hifi_q8_k, d), ENTRY("q8_k", hifi_q8_k, qs), ENTRY("q8_k", hifi_q8_k, bsums),
    BLOCK("q3_k_hifi@r1", hifi_q3_k_r1), ENTRY("q3_k_hifi@r1", hifi_q3_k_r1, d), ENTRY("q3_k_hifi@r1", hifi_q3_k_r1, qs),
    ENTRY("q3_k_hifi@r1", hifi_q3_k_r1, outlier_idx), ENTRY("q3_k_hifi@r1", hifi_q3_k_r1, outlier_vals),
    BLOCK("q3_k_hifi@r2", hifi_q3_k_r2), ENTRY("q3_k_hifi@r2", hifi_q3_k_r2, d), ENTRY("q3_k_hifi@r2", hifi_q3_k_r2, qs),
    ENTRY("q3_k_hifi@r2", hifi_q3_k_r2, outlier_idx), ENTRY("q3_k_hifi@r2", hifi_q3_k_r2, outlier_vals),
    BLOCK("q3_k_hifi@r3", hifi_q3_k_r3), ENTRY("q3_k_hifi@r3", hifi_q3_k_r3, d), ENTRY("q3_k_hifi@r3", hifi_q3_k_r3, qs),
    ENTRY("q3_k_hifi@r3", hifi_q3_k_r3, outlier_idx), ENTRY("q3_k_hifi@r3", hifi_q3_k_r3, outlier_vals),
    BLOCK("q3_k_hifi@r4", hifi_q3_k_r4), ENTRY("q3_k_hifi@r4", hifi_q3_k_r4, d), ENTRY("q3_k_hifi@r4", hifi_q3_k_r4, ql),
    ENTRY("q3_k_hifi@r4", hifi_q3_k_r4, qh), ENTRY("q3_k_hifi@r4", hifi_q3_k_r4, outlier_idx),
    ENTRY("q3_k_hifi@r4", hifi_q3_k_r4, outlier_vals),
    BLOCK("q3_k_hifi@r8", hifi_q3_k_r8), ENTRY("q3_k_hifi@r8", hifi_q3_k_r8, scale16),
    ENTRY("q3_k_hifi@r8", hifi_q3_k_r8, outlier_idx), ENTRY("q3_k_hifi@r8", hifi_q3_k_r8, outlier_vals),
    ENTRY("q3_k_hifi@r8", hifi_q3_k_r8, q3),
    BLOCK("q3_k_hifi@r6", hifi_q3_k_r6), ENTRY("q3_k_hifi@r6", hifi_q3_k_r6, outlier_idx),
    ENTRY("q3_k_hifi@r6", hifi_q3_k_r6, outlier_vals),
    BLOCK("q3_k_hifi@r12c", hifi_q3_k_r12), ENTRY("q3_k_hifi@r12c", hifi_q3_k_r12, outlier_idx),
    ENTRY("q3_k_hifi@r12c", hifi_q3_k_r12, outlier_vals), ENTRY("q3_k_hifi@r12c", hifi_q3_k_r12, pad),
    BLOCK("q3_k_hifi@r13", hifi_q3_k_r13), ENTRY("q3_k_hifi@r13", hifi_q3_k_r13, outlier_idx),
    ENTRY("q3_k_hifi@r13", hifi_q3_k_r13, outlier_vals), ENTRY("q3_k_hifi@r13", hifi_q3_k_r13, outlier_count),
    ENTRY("q3_k_hifi@r13", hifi_q3_k_r13, pad),
    BLOCK("q3_k_hifi_res8", hifi_q3_k_res8), ENTRY("q3_k_hifi_res8", hifi_q3_k_res8, outlier_count),
    ENTRY("q3_k_hifi_res8", hifi_q3_k_res8, pad), ENTRY("q3_k_hifi_res8", hifi_q3_k_res8, outlier_idx),
    ENTRY("q3_k_hifi_res8", hifi_q3_k_res8, residual_vals), ENTRY("q3_k_hifi_res8", hifi_q3_k_res8, residual_scale),
};

size_t hifi_layout_count(void) { return sizeof entries / sizeof *entries; }

hifi_layout_entry hifi_layout_at(size_t index) {
    static const hifi_layout_entry none = {NULL, NULL, 0, 0};
    return index < hifi_layout_count() ? entries[index] : none;
}

// Arithmetic in fp32 for the forward pass of a model: one source, compiled for several instruction sets.
//
// Results do not depend on the instruction set, bit for bit: every sum is a chain of fused multiply-adds, or goes through sixteen lanes
// that are added up in one order; exponentials are computed here. None of the functions keeps state.
#ifndef HIFI_CINFERENCE_H
#define HIFI_CINFERENCE_H

#include <stddef.h>
#include <stdint.h>

/// Columns of a panel: right operands of products lie as rows of this many numbers, one row per term of the sum.
#define HIFI_PANEL 32

#if defined(__swift__)
#define HIFI_SENDABLE __attribute__((swift_attr("@Sendable")))
#else
#define HIFI_SENDABLE
#endif

/// A constant of the program, so every thread may have it.
typedef struct HIFI_SENDABLE {
    /// "portable", "avx2" or "avx512".
    const char *name;
    /// c[i * c_stride + j] = sum over k of a[i * a_stride + k] * b[k * HIFI_PANEL + j], for i < rows, j < HIFI_PANEL;
    /// with `accumulate`, the sum goes on from what c holds.
    void (*panel_product)(
        const float *a, size_t a_stride, const float *b, float *c, size_t c_stride, size_t rows, size_t terms, int accumulate);
    /// out[i] = x[i] / sqrt(mean of squares + epsilon) * weight[i]; the mean in double. out may be x.
    void (*rms_norm)(const float *x, const float *weight, float epsilon, float *out, size_t count);
    /// x[i] = exp(scale * (x[i] - largest)); returns the sum. No number may be NaN.
    float (*softmax_terms)(float *x, float scale, size_t count);
    /// The sum of exp(x[i] - offset), in double.
    double (*exponential_sum)(const float *x, float offset, size_t count);
    /// The sum of exp(x[i] - offset) (x[i] - y[i]), in double.
    double (*divergence_sum)(const float *x, const float *y, float offset, size_t count);
    /// The largest number, NaN if there is any, negative infinity if there is none.
    float (*largest)(const float *x, size_t count);
    /// 1 if no number is infinite or NaN, else 0.
    int (*all_finite)(const float *x, size_t count);
    /// out[i] = gate[i] / (1 + exp(-gate[i])) * up[i]
    void (*swiglu)(const float *gate, const float *up, float *out, size_t count);
    /// x[i] += y[i]
    void (*add)(float *x, const float *y, size_t count);
    /// x[i] *= factor
    void (*scale)(float *x, float factor, size_t count);
    /// sums[i] += x[i] * x[i], in double.
    void (*add_squares)(double *sums, const float *x, size_t count);
    /// Blocks of 32 numbers as Q8_0 would keep them: by 127 / largest, ties to even, the scale rounded to fp16. out may be x.
    void (*through_q8_0)(const float *x, float *out, size_t count);
    /// Blocks of 256 numbers as Q8_K would keep them: by -127 / the extreme number, ties to even. out may be x.
    void (*through_q8_k)(const float *x, float *out, size_t count);
    /// Rows of `count` numbers, at most HIFI_PANEL of them, into a panel: panel[k * HIFI_PANEL + r] = rows[r * stride + k].
    /// Columns without a row become zero.
    void (*transpose)(const float *rows, size_t stride, size_t row_count, float *panel, size_t count);
} hifi_float_kernels;

/// Kernels by name; NULL if this processor cannot run them.
const hifi_float_kernels *hifi_float_kernels_named(const char *name);

/// The fastest that this processor can run.
const hifi_float_kernels *hifi_float_kernels_fastest(void);

/// Rotates the pairs (x[i], x[i + half]) by angles given as cosines and sines.
void hifi_rotate_halves(float *x, const float *cosines, const float *sines, size_t half);
/// Rotates the pairs (x[2 i], x[2 i + 1]).
void hifi_rotate_pairs(float *x, const float *cosines, const float *sines, size_t half);

#endif

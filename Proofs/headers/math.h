// As much of <math.h> as the kernels' decoding needs where there is no C library of the target.
#ifndef HIFI_PROOFS_MATH_H
#define HIFI_PROOFS_MATH_H
#define INFINITY __builtin_inff()
#define NAN __builtin_nanf("")
#define fabsf __builtin_fabsf
#define fmaxf __builtin_fmaxf
#define fminf __builtin_fminf
#define rintf __builtin_rintf
#define lrintf __builtin_lrintf
#define roundf __builtin_roundf
#define truncf __builtin_truncf
#define sqrtf __builtin_sqrtf
#define isfinite(x) __builtin_isfinite(x)
#define isnan(x) __builtin_isnan(x)
#define signbit(x) __builtin_signbit(x)
#endif

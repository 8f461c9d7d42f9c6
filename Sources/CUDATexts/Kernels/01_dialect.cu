// Kernels over quantized blocks, one text for NVRTC, nvcc, clang, and the tests' C++ compiler.
//
// The files of this folder are one program: they are joined in the order of their names. Instructions without a portable
// spelling are behind the small functions of this file; the tests' shim has a twin of each. No header is needed.

typedef unsigned char u8;
typedef signed char i8;
typedef unsigned short u16;
typedef short i16;
typedef unsigned int u32;
typedef unsigned long long u64;

#define KERNEL extern "C" __global__ void
#define DEVICE static __device__ __forceinline__
#define EVERY_LANE 0xFFFFFFFFu

#if defined(__CUDACC__) || defined(__CUDACC_RTC__)

#define DYNAMIC_SHARED(name) extern __shared__ __align__(16) u8 name[]

DEVICE float half_to_float(u16 h) {
    float f;
    asm("cvt.f32.f16 %0, %1;" : "=f"(f) : "h"(h));
    return f;
}

/// To nearest, ties to even. The caller sees to NaN.
DEVICE u16 float_to_half(float f) {
    u16 h;
    asm("cvt.rn.f16.f32 %0, %1;" : "=h"(h) : "f"(f));
    return h;
}

/// Sixteen bytes that are read once: they need no place in the first-level cache.
DEVICE uint4 load_stream16(const void *p) {
    uint4 v;
    asm volatile("ld.global.nc.L1::no_allocate.v4.u32 {%0, %1, %2, %3}, [%4];"
                 : "=r"(v.x), "=r"(v.y), "=r"(v.z), "=r"(v.w) : "l"(p));
    return v;
}

DEVICE uint2 load_stream8(const void *p) {
    uint2 v;
    asm volatile("ld.global.nc.L1::no_allocate.v2.u32 {%0, %1}, [%2];" : "=r"(v.x), "=r"(v.y) : "l"(p));
    return v;
}

DEVICE u32 shared_address(const void *p) { return (u32)__cvta_generic_to_shared(p); }

/// Sixteen bytes from global to shared memory, there once `copy_wait` has returned.
DEVICE void copy_async16(void *target, const void *source) {
#if __CUDA_ARCH__ >= 800
    asm volatile("cp.async.cg.shared.global [%0], [%1], 16;" ::"r"(shared_address(target)), "l"(source) : "memory");
#else
    *(uint4 *)target = __ldg((const uint4 *)source);
#endif
}

/// Waits for this thread's own copies; others see them after a barrier.
DEVICE void copy_wait() {
#if __CUDA_ARCH__ >= 800
    asm volatile("cp.async.wait_all;" ::: "memory");
#endif
}

/// Four matrices of eight rows of sixteen bytes: lane l gives the address of row l % 8 of matrix l / 8 and gets word l % 4
/// of row l / 4 of each.
DEVICE void load_matrices(u32 (&r)[4], const void *row) {
    asm volatile("ldmatrix.sync.aligned.m8n8.x4.shared.b16 {%0, %1, %2, %3}, [%4];"
                 : "=r"(r[0]), "=r"(r[1]), "=r"(r[2]), "=r"(r[3]) : "r"(shared_address(row)) : "memory");
}

/// c += a * b for 16 rows of a, 8 columns of b and 16 signed bytes each. With g = lane / 4 and t = lane % 4: a0 and a1 are
/// bytes 4t of rows g and g + 8, b is bytes 4t of column g, c is rows g, g, g + 8, g + 8 and columns 2t, 2t + 1, 2t, 2t + 1.
DEVICE void mma_16(int (&c)[4], u32 a0, u32 a1, u32 b) {
#if __CUDA_ARCH__ >= 800
    asm volatile("mma.sync.aligned.m16n8k16.row.col.s32.s8.s8.s32 {%0, %1, %2, %3}, {%4, %5}, {%6}, {%0, %1, %2, %3};"
                 : "+r"(c[0]), "+r"(c[1]), "+r"(c[2]), "+r"(c[3]) : "r"(a0), "r"(a1), "r"(b));
#else
    asm volatile("mma.sync.aligned.m8n8k16.row.col.s32.s8.s8.s32 {%0, %1}, {%2}, {%3}, {%0, %1};"
                 : "+r"(c[0]), "+r"(c[1]) : "r"(a0), "r"(b));
    asm volatile("mma.sync.aligned.m8n8k16.row.col.s32.s8.s8.s32 {%0, %1}, {%2}, {%3}, {%0, %1};"
                 : "+r"(c[2]), "+r"(c[3]) : "r"(a1), "r"(b));
#endif
}

/// The same for 32 bytes: a2, a3 and b1 are the bytes 16 further on.
DEVICE void mma_32(int (&c)[4], const u32 (&a)[4], u32 b0, u32 b1) {
#if __CUDA_ARCH__ >= 800
    asm volatile("mma.sync.aligned.m16n8k32.row.col.s32.s8.s8.s32 {%0, %1, %2, %3}, {%4, %5, %6, %7}, {%8, %9}, {%0, %1, %2, %3};"
                 : "+r"(c[0]), "+r"(c[1]), "+r"(c[2]), "+r"(c[3])
                 : "r"(a[0]), "r"(a[1]), "r"(a[2]), "r"(a[3]), "r"(b0), "r"(b1));
#else
    mma_16(c, a[0], a[1], b0);
    mma_16(c, a[2], a[3], b1);
#endif
}

#endif

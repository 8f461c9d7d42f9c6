import Foundation
import Testing

/// A shared library that looks like ggml and misbehaves on demand, compiled from C by the tests.
enum FakeGGML {
    /// Compiles into a folder: `base` with the tables, and `cpu` with the processor's table (the same file if there is none).
    static func build(in folder: URL, name: String = "libggml-base.so", options: [String] = []) throws {
        let compiler = try #require(Fixture.compiler)
        let sourceFile = folder.appendingPathComponent("fake.c")
        try Data(source.utf8).write(to: sourceFile)
        let output = folder.appendingPathComponent(name).path
        let result = try Fixture.run([compiler, "-shared", "-fPIC", "-O1", "-o", output, sourceFile.path] + options)
        try #require(result.status == 0, "\(result.errors)")
        try FileManager.default.removeItem(at: sourceFile)
    }

    private static let source = """
        #include <stdint.h>
        #include <stddef.h>
        #include <stdbool.h>
        #include <stdio.h>
        #include <string.h>
        #include <unistd.h>

        typedef void (*to_float_t)(const void *, float *, int64_t);
        typedef void (*from_float_t)(const float *, void *, int64_t);
        typedef void (*vec_dot_t)(int, float *, size_t, const void *, size_t, const void *, size_t, int);

        static float half(uint16_t h) {
            uint32_t s = (uint32_t)(h & 0x8000) << 16, e = h >> 10 & 31, m = h & 1023, bits;
            if (e == 31) bits = s | 0x7f800000 | m << 13 | (m ? 0x400000 : 0);
            else if (e) bits = s | (e + 112) << 23 | m << 13;
            else { float f = (float)m * 0x1p-24f; memcpy(&bits, &f, 4); bits |= s; }
            float f; memcpy(&f, &bits, 4); return f;
        }
        static uint16_t u16(const uint8_t *b) { return b[0] | b[1] << 8; }

        static void q8_0_to_float(const void *x, float *y, int64_t k) {
            const uint8_t *b = x;
            for (int64_t i = 0; i < k; i++) y[i] = (float)(int8_t)b[i / 32 * 34 + 2 + i % 32] * half(u16(b + i / 32 * 34));
        }
        static void q8_0_from_float(const float *x, void *y, int64_t k) {
            uint8_t *b = y;
            for (int64_t i = 0; i < k; i++) {
                b[i / 32 * 34] = 0; b[i / 32 * 34 + 1] = 0x3c;
                b[i / 32 * 34 + 2 + i % 32] = (uint8_t)(int8_t)x[i];
            }
        }
        static void q8_0_dot(int n, float *s, size_t bs, const void *x, size_t bx, const void *y, size_t by, int nrc) {
            float sum = 0, a[32], b[32];
            for (int i = 0; i < n; i += 32) {
                q8_0_to_float((const uint8_t *)x + i / 32 * 34, a, 32);
                q8_0_to_float((const uint8_t *)y + i / 32 * 34, b, 32);
                for (int j = 0; j < 32; j++) sum += a[j] * b[j];
            }
            *s = sum;
        }
        static void hifi(const uint8_t *b, float *y, int count) {
            float d = half(u16(b + 108));
            for (int i = 0; i < 256; i++) {
                int h = i >> 7, q = i >> 5 & 3, l = i & 31, s = i >> 4;
                int code = (b[32 + 32 * h + l] >> 2 * q & 3) + 4 * (b[l] >> (4 * h + q) & 1) - 4;
                int scale = (b[96 + s % 8] >> 4 * (s / 8) & 15) + 16 * (b[104 + s % 4] >> 2 * (s / 4) & 3) - 32;
                y[i] = d * (float)scale * (float)code;
            }
            for (int k = 0; k < count; k++) y[b[110 + k]] = half(u16(b + 118 + 2 * k));
        }
        static void r6_to_float(const void *x, float *y, int64_t k) {
            for (int64_t i = 0; i < k; i += 256) hifi((const uint8_t *)x + i / 256 * 134, y + i, 8);
        }
        static void r136_to_float(const void *x, float *y, int64_t k) {
            for (int64_t i = 0; i < k; i += 256) {
                const uint8_t *b = (const uint8_t *)x + i / 256 * 136;
        #ifdef WITH_COUNT
                hifi(b, y + i, b[134] < 8 ? b[134] : 8);
        #else
                hifi(b, y + i, 8);
        #endif
            }
        }
        static void iq4_ks_to_float(const void *x, float *y, int64_t k) {
            static const int book[16] = {-127, -104, -83, -65, -49, -35, -22, -10, 1, 13, 25, 38, 53, 69, 89, 113};
            // Behind the row there are zeros, so that a mistake reads the same each time.
            static uint8_t row[1 << 20];
            const uint8_t *b;
            float d;
            memset(row, 0, sizeof row);
            memcpy(row, x, 4 + k / 256 * 136);
            memcpy(&d, row, 4);
            for (int64_t i = 0; i < k; i++) {
        #ifdef HEADER_EACH
                memcpy(&d, row + i / 256 * 140, 4);
                b = row + 4 + i / 256 * 140;
        #else
                b = row + 4 + i / 256 * 136;
        #endif
                int w = i % 256, head = b[w / 32], code = b[8 + w / 32 * 16 + w % 16] >> (w % 32 / 16 * 4) & 15;
                y[i] = d * (float)((head & 254) - 127) * (float)(book[code] + (head & 1) * 4);
            }
        }
        static void crashes(const void *x, float *y, int64_t k) { *(volatile int *)8 = 1; }
        static void hangs(const void *x, float *y, int64_t k) { for (;;) sleep(1); }
        static void overflows(const void *x, float *y, int64_t k) { memset(y, 0, 4 * k + 8); }
        static void talks(const void *x, float *y, int64_t k) {
            printf("{\\"id\\": 1, \\"floats\\": \\"\\"}\\n"); fflush(stdout);
            for (int64_t i = 0; i < k; i++) y[i] = 1;
        }

        struct traits {
            const char *name;
            int64_t elements;
        #if LAYOUT != 48
            int64_t interleave;
        #endif
            size_t bytes;
            bool quantized;
            to_float_t to_float;
        #if LAYOUT == 120
            from_float_t from_float;
        #endif
            from_float_t from_float_ref;
        #if LAYOUT == 120
            void *to_mat;
            vec_dot_t vec_dot;
            int vec_dot_type;
            int64_t nrows, ncols;
            void *gemv, *gemm;
        #endif
        };
        #if LAYOUT == 120
        #define FAST .from_float = q8_0_from_float, .vec_dot = q8_0_dot, .vec_dot_type = 3,
        #else
        #define FAST
        #endif
        // Numbers of our own, with gaps: nothing may be recognised by its number.
        static const struct traits table[13] = {
            [0] = {.name = "f32", .elements = 1, .bytes = 4},
            [1] = {.name = "f16", .elements = 1, .bytes = 2},
            [3] = {.name = "q8_0", .elements = 32, .bytes = 34, .quantized = true, .to_float = q8_0_to_float,
                   FAST .from_float_ref = q8_0_from_float},
            [4] = {.name = "Q3_HIFI", .elements = 256, .bytes = 134, .quantized = true, .to_float = r6_to_float},
            [5] = {.name = "Q3_K_HIFI", .elements = 256, .bytes = 136, .quantized = true, .to_float = r136_to_float},
            [6] = {.name = "q4_0", .elements = 32, .bytes = 18, .quantized = true, .to_float = crashes},
            [7] = {.name = "q4_1", .elements = 32, .bytes = 20, .quantized = true, .to_float = hangs},
            [8] = {.name = "q5_0", .elements = 32, .bytes = 22, .quantized = true, .to_float = overflows},
            [9] = {.name = "q5_1", .elements = 32, .bytes = 24, .quantized = true, .to_float = talks},
            [10] = {.name = "DEPRECATED"},
            // The right name, the wrong size: not the type of that name.
            [11] = {.name = "q6_K", .elements = 256, .bytes = 212, .quantized = true, .to_float = crashes},
            // Rows with a header of 4 bytes, which no size here tells.
            [12] = {.name = "iq4_ks", .elements = 256, .bytes = 136, .quantized = true, .to_float = iq4_ks_to_float},
        };
        // What lies after the table is not a type.
        static const char *const behind[40] = {(const char *)1, (const char *)2, (const char *)3};
        const void *keep_behind(void) { return behind; }

        #ifndef NO_TRAITS
        const struct traits *ggml_get_type_traits(int type) { return &table[type]; }
        #endif
        size_t ggml_type_size(int type) {
        #ifdef WRONG_SIZE
            if (type == 3) return 36;
        #endif
            return table[type].bytes;
        }
        int64_t ggml_blck_size(int type) { return table[type].elements; }

        size_t ggml_quantize_chunk(int type, const float *src, void *dst, int64_t start, int64_t rows, int64_t columns,
                                   const float *imatrix) {
            if (type != 3) return 0;
            q8_0_from_float(src, dst, rows * columns);
            if (imatrix) ((uint8_t *)dst)[2] = (uint8_t)imatrix[columns - 1];
            if (src[0] > 1e4f) ((uint8_t *)dst)[1] = 0x7c;
            return rows * columns / 32 * 34;
        }
        #ifdef VALIDATE
        bool ggml_validate_row_data(int type, const void *data, size_t count) {
            if (VALIDATE == 0) return false;
            for (size_t i = 0; i + 34 <= count; i += 34) if ((((const uint8_t *)data)[i + 1] & 0x7c) == 0x7c) return false;
            return true;
        }
        #endif
        #if LAYOUT != 120 && !defined(NO_CPU)
        struct traits_cpu { from_float_t from_float; vec_dot_t vec_dot; int vec_dot_type; int64_t nrows; };
        static const struct traits_cpu cpu[13] = {[3] = {q8_0_from_float, q8_0_dot, 3, 1}};
        const struct traits_cpu *ggml_get_type_traits_cpu(int type) { return &cpu[type]; }
        static int ready;
        void ggml_cpu_init(void) { ready = 1; }
        float ggml_fp16_to_fp32(uint16_t h) { return ready ? half(h) : 0; }
        #endif
        #ifdef SCORE
        int ggml_backend_score(void) { return SCORE; }
        #endif
        #ifdef NEEDS_PYTHON
        extern char PyLong_Type, _Py_NoneStruct;
        void *python_parts[] = {&PyLong_Type, &_Py_NoneStruct};
        extern int PyErr_Occurred(void);
        int module(void) { return PyErr_Occurred(); }
        #endif
        """
}

// Puts the arithmetic of the forward pass through lengths, addresses and numbers, under sanitizers: Scripts/sanitize builds and runs it.
//
// Usage: floats_check SET     prints "SET floats calls N", or "SET none" where the processor lacks the set
#include "CInference.h"
#include "rooms.h"

static const hifi_float_kernels *kernels;

static float *numbers(size_t count, size_t place, unsigned kind) {
    float *x = room(4 * count, place % 16 * 4);
    fill_floats(x, count, kind, 0);
    return x;
}

/// For those that take no NaN.
static float *ordered(size_t count, size_t place, unsigned kind) {
    float *x = room(4 * count, place % 16 * 4);
    fill_floats(x, count, kind, 1);
    return x;
}

static void check_products(void) {
    static const size_t terms[] = {0, 1, 2, 31, 255, 256, 257, 513};
    for (size_t rows = 0; rows < 27; rows++) {
        for (size_t t = 0; t < 8; t++) {
            const size_t count = terms[t], a_stride = count + rows % 3, c_stride = HIFI_PANEL + rows % 2 * 5;
            const size_t a_numbers = rows == 0 ? 0 : (rows - 1) * a_stride + count, c_numbers = rows == 0 ? 0 : (rows - 1) * c_stride + 32;
            float *a = numbers(a_numbers, rows + t, (unsigned)t), *b = numbers(count * HIFI_PANEL, rows, (unsigned)rows);
            float *c = numbers(c_numbers, t, 0), *d = room(4 * c_numbers, 0);
            memcpy(d, c, 4 * c_numbers);
            float *a2 = room(4 * a_numbers, 8), *b2 = room(4 * count * HIFI_PANEL, 20);
            memcpy(a2, a, 4 * a_numbers), memcpy(b2, b, 4 * count * HIFI_PANEL);
            kernels->panel_product(a, a_stride, b, c, c_stride, rows, count, t % 2);
            kernels->panel_product(a2, a_stride, b2, d, c_stride, rows, count, t % 2);
            calls += 2;
            expect(same_floats(c, d, c_numbers), "a product", kernels->name);
            leave_rooms(0);
        }
    }
}

static void check_lists(void) {
    for (unsigned kind = 0; kind < 8; kind++) {
        for (size_t place = 0; place < 16; place++) {
            for (size_t count = 1; count < 70; count++) {
                float *x = numbers(count, place, kind), *y = numbers(count, place + 3, kind + 1), *out = numbers(count, place + 7, 0);
                kernels->rms_norm(x, y, 1e-6f, out, count);
                kernels->rms_norm(x, y, 1e-6f, x, count);
                kernels->swiglu(ordered(count, place, kind), ordered(count, place + 5, kind + 3), out, count);
                kernels->softmax_terms(ordered(count, place, kind), 0.125f, count);
                kernels->exponential_sum(ordered(count, place + 1, kind), 1.0f, count);
                kernels->divergence_sum(ordered(count, place, kind), ordered(count, place + 9, kind), 2.0f, count);
                kernels->largest(x, count), kernels->all_finite(x, count);
                kernels->add(x, y, count), kernels->scale(y, 3.0f, count);
                double *sums = room(8 * count, place % 8 * 8);
                memset(sums, 0, 8 * count);
                kernels->add_squares(sums, x, count);
                float *cosines = numbers(count, place, 0), *sines = numbers(count, place + 1, 0);
                hifi_rotate_halves(numbers(2 * count, place, kind), cosines, sines, count);
                hifi_rotate_pairs(numbers(2 * count, place + 11, kind), cosines, sines, count);
                calls += 13;
                leave_rooms(0);
            }
            for (size_t blocks = 0; blocks < 4; blocks++) {
                float *x = ordered(256 * blocks, place, kind);
                kernels->through_q8_k(x, numbers(256 * blocks, place + 1, 0), 256 * blocks);
                kernels->through_q8_0(x, x, 256 * blocks);
                calls += 2;
                leave_rooms(0);
            }
            for (size_t rows = 0; rows <= HIFI_PANEL; rows += 1 + place % 5) {
                const size_t count = 1 + (7 * rows + place) % 50, stride = count + rows % 3;
                float *x = numbers(rows == 0 ? 0 : (rows - 1) * stride + count, place, kind);
                kernels->transpose(x, stride, rows, numbers(count * HIFI_PANEL, place + 2, 0), count);
                calls++;
                leave_rooms(0);
            }
        }
    }
}

int main(int count, char **words) {
    if (count != 2) return 2;
    kernels = hifi_float_kernels_named(words[1]);
    if (kernels == NULL) {
        printf("%s none\n", words[1]);
        return 0;
    }
    check_products();
    check_lists();
    printf("%s floats calls %llu\n", words[1], (unsigned long long)calls);
    return failures > 0;
}

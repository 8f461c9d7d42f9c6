// The kernels of the text, compiled as C++.
#pragma once
#include <utility>

#include "cuda_dialect.h"
//
#include "kernels.cu"
//
#include "kernel_list.h"

template <auto K> struct Trampoline;
template <class... A, void (*K)(A...)> struct Trampoline<K> {
    template <size_t... I> static void go(void **p, std::index_sequence<I...>) { K(*static_cast<A *>(p[I])...); }
    static void call(void **p) { go(p, std::index_sequence_for<A...>()); }
};

inline void add(const char *name, void (*call)(void **)) { kernels()[name] = Kernel{name, call}; }

#define ADD(name) add(#name, &Trampoline<name>::call);
#define ADD_FORMAT(name, format) \
    ADD(hifi_decode_##name) ADD(hifi_decode_short_##name) ADD(hifi_repack_##name) ADD(hifi_gather_##name) ADD(hifi_tiles_##name##_1) \
    ADD(hifi_tiles_##name##_4) ADD(hifi_tiles_##name##_8) ADD(hifi_rows_##name##_1) ADD(hifi_rows_##name##_4)
#define ADD_BASE(name, base) ADD(hifi_matrix_##name)

inline void list_kernels() {
    FOR_EVERY_FORMAT(ADD_FORMAT)
    FOR_EVERY_BASE(ADD_BASE)
    ADD(hifi_quantize_q8k) ADD(hifi_quantize_q80) ADD(hifi_spread_q8k) ADD(hifi_outliers_hifi) ADD(hifi_outliers_res8)
    ADD(hifi_quantize_spread) ADD(hifi_quantize_swiglu) ADD(hifi_norm) ADD(hifi_heads) ADD(hifi_add) ADD(hifi_swiglu) ADD(hifi_through_q8_0)
    ADD(hifi_through_q8_k) ADD(hifi_broken) ADD(hifi_product_f32_128) ADD(hifi_product_f32_32) ADD(hifi_product_f16_128)
    ADD(hifi_product_f16_32) ADD(hifi_product_bf16_128) ADD(hifi_product_bf16_32) ADD(hifi_attention_scores)
    ADD(hifi_attention_terms) ADD(hifi_attention_read_128) ADD(hifi_attention_read_64) ADD(hifi_score)
    ADD(hifi_gather_f32) ADD(hifi_gather_f16) ADD(hifi_gather_bf16)
}

// Kernels over quantized blocks: one table of functions per instruction set, one of them active.
//
// What the bytes mean is said by Spec/ and decided by the reference decoder; this is the same arithmetic, faster.
#ifndef HIFI_CKERNELS_H
#define HIFI_CKERNELS_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// Layouts with their own kernels. Other formats are one of these with stored outliers after it.
typedef enum {
    HIFI_Q2_K,
    HIFI_Q3_K,
    HIFI_Q4_K,
    HIFI_Q5_K,
    HIFI_Q6_K,
    HIFI_Q8_0,
    HIFI_Q4_0,
    HIFI_BASE_COUNT,
} hifi_base;

typedef enum {
    HIFI_NO_OUTLIERS,
    /// y[i] = value
    HIFI_REPLACE,
    /// y[i] = value + y[i], one rounding
    HIFI_ADD,
} hifi_mode;

/// How a slot's value comes from the block.
typedef enum {
    /// f32(fp16 value)
    HIFI_VALUE_F16,
    /// scale * f32(int8)
    HIFI_VALUE_SCALED,
    /// scale * (f32(int8) / 127)
    HIFI_VALUE_SCALED_127TH,
    /// (scale * (1 / 127)) * f32(int8)
    HIFI_VALUE_127TH_SCALED,
} hifi_value;

typedef enum { HIFI_SCALE_F16, HIFI_SCALE_F32, HIFI_SCALE_E4M3 } hifi_scale;

/// Stored outliers of a block: where they lie and what they do. Offsets are bytes from the start of the block.
typedef struct {
    uint8_t mode;        // hifi_mode
    uint8_t value;       // hifi_value
    uint8_t scale;       // hifi_scale, for the scaled values
    uint8_t slots;       // stored in every block; at most HIFI_MAX_SLOTS
    uint8_t first_only;  // of a repeated position only the first slot acts
    uint8_t has_count;   // slots in use: min(block[count_at] & count_mask, count_max); else all
    uint8_t count_mask;
    uint8_t count_max;
    uint8_t switch_mask;  // nonzero: block[switch_at] & switch_mask selects switched_mode
    uint8_t switched_mode;
    uint16_t index_at;  // uint8_t[slots]
    uint16_t value_at;  // fp16[slots] or int8_t[slots]
    uint16_t scale_at;
    uint16_t count_at;
    uint16_t switch_at;
} hifi_outliers;

#define HIFI_MAX_SLOTS 16

/// A format the kernels can read: a base layout at the start of each block, blocks `stride` bytes apart.
typedef struct {
    hifi_base base;
    uint32_t elements;
    uint32_t stride;
    hifi_outliers outliers;
} hifi_format;

/// Bytes of a Q8_K block: f32 scale, 256 codes, 16 sums of 16 codes each.
#define HIFI_Q8K_BYTES 292
/// Bytes of a Q8_0 block: fp16 scale, 32 codes.
#define HIFI_Q80_BYTES 34

typedef void (*hifi_decode_fn)(const hifi_format *format, const uint8_t *blocks, size_t count, float *out);
typedef float (*hifi_dot_fn)(const hifi_format *format, const uint8_t *row, const uint8_t *q8k, size_t superblocks);

/// Which search finds the scales of a block (ENC-09 to ENC-12).
typedef enum {
    /// That of the plain row quantizers.
    HIFI_SEARCH_PLAIN,
    /// That made for importance matrices, without importances.
    HIFI_SEARCH_UNWEIGHTED,
    /// The same, with them.
    HIFI_SEARCH_WEIGHTED,
} hifi_search;

/// How rows become blocks: a base layout at the start of each block, blocks `stride` bytes apart; outliers stored as fp16
/// and cleared from what the base encoder sees. Offsets are bytes from the start of the block.
typedef struct {
    hifi_base base;
    uint32_t stride;
    uint8_t search;               // hifi_search
    uint8_t slots;                // 0: no outliers; at most HIFI_MAX_SLOTS
    uint8_t outliers;             // slots to fill
    uint8_t scored_by_importance; // the score is |x|, times the importance if given
    uint8_t rising;               // in order of position instead of falling score
    uint8_t stops_at_zero;        // at the first score that is not above zero
    uint8_t empty;                // position that an unused slot holds
    uint8_t empty_of_none;        // the same in a block without any outlier
    uint8_t has_count;
    uint16_t index_at;  // uint8_t[slots]
    uint16_t value_at;  // fp16[slots]
    uint16_t count_at;
} hifi_encoding;

/// `blocks` blocks of whole rows of `row_blocks` each. `importance` has one value per weight of a row, or is NULL. Weights
/// are finite, importances finite and not negative. Returns nonzero if a scale or minimum that was stored is infinite.
typedef int (*hifi_encode_fn)(
    const hifi_encoding *encoding, const float *x, const float *importance, size_t row_blocks, size_t blocks, uint8_t *out);

/// One instruction set's kernels. Pointers may have any alignment; nothing is read or written outside the blocks.
typedef struct {
    /// "scalar", "avx2", "avx512" or "neon".
    const char *name;
    /// `count` blocks to fp32, bit for bit as the reference decodes them.
    hifi_decode_fn decode[HIFI_BASE_COUNT];
    /// One row times one row of Q8_K activations; `superblocks` are of 256 weights.
    hifi_dot_fn dot[HIFI_BASE_COUNT];
    /// `count` fp32 to `count / 256` Q8_K blocks.
    void (*quantize_q8k)(const float *x, size_t count, uint8_t *out);
    /// `count` fp32 to `count / 32` Q8_0 blocks, by the rule weights are made with.
    void (*quantize_q80)(const float *x, size_t count, uint8_t *out);
    /// To nearest, ties to even; NaN becomes 0x7E00 with its sign.
    void (*to_f16)(const float *x, size_t count, uint16_t *out);
    /// To nearest, ties to even; NaN keeps its upper bits and becomes quiet.
    void (*to_bf16)(const float *x, size_t count, uint16_t *out);
    /// Byte for byte as the reference encodes; NULL where there is no kernel for the base.
    hifi_encode_fn encode[HIFI_BASE_COUNT];
    /// The first of `count` values for which |x| <= limit does not hold, else `count`.
    size_t (*first_beyond)(const float *x, size_t count, float limit);
    /// Rows that `gemm_panel` takes at a time; 0 where there is no such kernel for any format.
    size_t panel_rows;
    /// Whether `gemm_panel` takes the format.
    int (*gemm_takes)(const hifi_format *format);
    /// Bytes of scratch for a panel of rows of this many super-blocks.
    size_t (*gemm_scratch)(const hifi_format *format, size_t superblocks);
    /// Up to `panel_rows` rows times `columns` rows of Q8_K activations, `column_bytes` apart:
    /// out[c * out_stride + r]. Scratch must be 64-byte aligned.
    void (*gemm_panel)(
        const hifi_format *format, const uint8_t *rows, size_t row_bytes, size_t row_count, const uint8_t *q8k,
        size_t column_bytes, size_t columns, size_t superblocks, float *out, size_t out_stride, uint8_t *scratch);
} hifi_kernels;

/// Kernels by name that this processor can run, else NULL.
const hifi_kernels *hifi_kernels_named(const char *name);

/// The processor's instruction sets, slowest first; returns how many, writes at most `capacity`.
size_t hifi_kernels_available(const hifi_kernels **out, size_t capacity);

/// The kernels in use: those named by the environment's HIFI_FORCE_ISA, else the fastest. NULL if the environment names
/// kernels that do not exist or that this processor cannot run: to run others instead would make a forced test lie.
/// Chosen once, at the first call.
const hifi_kernels *hifi_kernels_active(void);

/// How many calls below went to this table since the start, for tests that must know which kernels really ran.
uint64_t hifi_kernels_entered(const hifi_kernels *kernels);

/// A table's functions, counted. No kernel is called for a base out of range.
void hifi_decode(const hifi_kernels *kernels, const hifi_format *format, const uint8_t *blocks, size_t count, float *out);

/// out[r] = row r times one row of activations.
void hifi_dot_rows(
    const hifi_kernels *kernels, const hifi_format *format, const uint8_t *rows, size_t row_bytes, size_t row_count,
    const uint8_t *q8k, size_t superblocks, float *out);

/// As the table's encode; 0, and nothing written, for a base without a kernel.
int hifi_encode(
    const hifi_kernels *kernels, const hifi_encoding *encoding, const float *x, const float *importance, size_t row_blocks,
    size_t blocks, uint8_t *out);

/// As the table's gemm_panel.
void hifi_gemm_panel(
    const hifi_kernels *kernels, const hifi_format *format, const uint8_t *rows, size_t row_bytes, size_t row_count,
    const uint8_t *q8k, size_t column_bytes, size_t columns, size_t superblocks, float *out, size_t out_stride, uint8_t *scratch);

/// A field as the C structs lay it out, to be compared with the spec.
typedef struct {
    const char *format;
    const char *field;  // NULL: the whole block
    uint32_t offset;
    uint32_t bytes;
} hifi_layout_entry;

size_t hifi_layout_count(void);
hifi_layout_entry hifi_layout_at(size_t index);

/// Threads that wait for work.
typedef struct hifi_pool hifi_pool;
typedef void (*hifi_task)(void *context, size_t index);

/// `threads` counts the caller: 1 makes no thread. NULL if none can be made.
hifi_pool *hifi_pool_make(size_t threads);
size_t hifi_pool_threads(const hifi_pool *pool);
/// Runs task(context, 0 … count - 1), each once, and returns when all are done. One caller at a time: others wait.
void hifi_pool_run(hifi_pool *pool, size_t count, hifi_task task, void *context);
void hifi_pool_free(hifi_pool *pool);

/// Time-stamp counter, or nanoseconds where there is none.
uint64_t hifi_ticks(void);

#ifdef __cplusplus
}
#endif

#endif

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
    HIFI_Q4_1,
    HIFI_Q5_0,
    HIFI_Q5_1,
    HIFI_IQ4_NL,
    HIFI_IQ4_XS,
    HIFI_MXFP4,
    // Codes that name entries of a grid.
    HIFI_IQ1_S,
    HIFI_IQ1_M,
    HIFI_IQ2_XXS,
    HIFI_IQ2_XS,
    HIFI_IQ2_S,
    HIFI_IQ3_XXS,
    HIFI_IQ3_S,
    // One to four bits without entries.
    HIFI_TQ1_0,
    HIFI_TQ2_0,
    HIFI_NVFP4,
    HIFI_Q1_0,
    HIFI_Q2_0,
    // Those of ik_llama.cpp.
    HIFI_IQ2_K,
    HIFI_IQ3_K,
    HIFI_IQ4_K,
    HIFI_IQ5_K,
    HIFI_IQ6_K,
    HIFI_IQ2_KS,
    HIFI_IQ3_KS,
    HIFI_IQ4_KS,
    HIFI_IQ4_KSS,
    HIFI_IQ5_KS,
    HIFI_IQ2_KL,
    HIFI_IQ1_KT,
    HIFI_IQ2_KT,
    HIFI_IQ3_KT,
    HIFI_IQ4_KT,
    HIFI_IQ1_BN,
    HIFI_IQ2_BN,
    HIFI_Q6_0,
    HIFI_Q8_KV,
    // Revisions that are not built on a K-quant; r2 begins as r1 does.
    HIFI_R1,
    HIFI_R3,
    HIFI_R4,
    HIFI_R8,
    // Element types, one weight a block.
    HIFI_F32,
    HIFI_F16,
    HIFI_BF16,
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
    uint8_t wide_index;  // positions of two bytes, ignored from 256 on; of bases without products
    uint16_t index_at;   // uint8_t[slots], or uint16_t[slots]
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
    /// The entries of the grid whose numbers the codes are, a signed byte for each number, as the spec has them: eight to an entry
    /// (IQ1, IQ2) or four (IQ3). NULL for other bases. Written once and never freed.
    const int8_t *grid;
    /// The scale in the header of the row that the blocks are of; of bases whose blocks have none.
    float row_scale;
} hifi_format;

/// Bytes of a Q8_K block: f32 scale, 256 codes, 16 sums of 16 codes each.
#define HIFI_Q8K_BYTES 292
/// Bytes of a Q8_0 block: fp16 scale, 32 codes.
#define HIFI_Q80_BYTES 34

/// What a scan looks for in blocks of one format: filled by the functions below, then only read.
#define HIFI_SCAN_WINDOW 32
#define HIFI_SCAN_WINDOWS 4
#define HIFI_SCAN_VECTORS 17

/// Consecutive bytes of a block, taken as words and as bytes.
typedef struct {
    uint32_t at;
    uint16_t limits, scales;  // whether there are any
    /// A word is suspicious if it has some bits, and all of them set.
    uint16_t bits[HIFI_SCAN_WINDOW / 2];
    /// 0x7FFF at fp16 scales, else 0.
    uint16_t scale[HIFI_SCAN_WINDOW / 2];
    /// A byte b is suspicious if (b & mask) > limit.
    uint8_t mask[HIFI_SCAN_WINDOW], limit[HIFI_SCAN_WINDOW];
} hifi_scan_window;

/// Where up to sixteen outlier slots with positions of one byte lie.
typedef struct {
    uint8_t slots;
    uint8_t has_count;  // in use: min(block[count_at] & count_mask, count_max); else all
    uint8_t count_mask;
    uint8_t count_max;
    uint8_t wide_values;  // fp16; else one byte each
    uint8_t q3k_base;     // the block begins as Q3_K does
    uint16_t index_at;
    uint16_t value_at;
    uint16_t count_at;
} hifi_scan_slot_layout;

/// Tests of the slots in use.
enum {
    /// No position twice.
    HIFI_SCAN_DISTINCT = 1,
    /// Positions rise; without a count, one whose value is 0 may repeat the one before.
    HIFI_SCAN_RISING = 2,
    /// The Q3_K code at each position is that of zero.
    HIFI_SCAN_BASE_ZERO = 4,
    /// No position twice, and no slot of value 0 at position 0 or 255 over a code other than that of zero; such slots may
    /// repeat each other.
    HIFI_SCAN_SPARING = 8,
    /// Slots not in use hold position 0 and value 0.
    HIFI_SCAN_EMPTY = 16,
};

#define HIFI_SCAN_SETS 2

/// Consecutive bytes of a block that are suspicious unless they are of a set.
typedef struct {
    uint32_t at, count;
    /// 1 for each byte that is not of the set.
    uint8_t forbidden[256];
    /// The same in bits: of byte b bit (b >> 4) & 7 of entry b & 15, in `low` for bytes below 128, else in `high`.
    uint8_t low[16], high[16];
} hifi_scan_set;

typedef struct {
    uint32_t stride;
    /// Blocks judged together.
    uint32_t group;
    /// Blocks too short for windows: the words of some whole blocks that fill this many vectors of 64 bytes; else 0.
    uint32_t vectors;
    uint32_t windows;
    uint32_t sets;
    uint32_t tests;
    hifi_scan_slot_layout slots;
    hifi_scan_window window[HIFI_SCAN_WINDOWS];
    hifi_scan_set set[HIFI_SCAN_SETS];
    /// Of the vectors: the bits of suspicious words, all the same, and 0x7FFF if those words are fp16 scales; the same at the
    /// places of those words.
    uint16_t dense_bits, dense_scales;
    uint16_t bits[32 * HIFI_SCAN_VECTORS], scale[32 * HIFI_SCAN_VECTORS];
} hifi_scan_plan;

#define HIFI_SCAN_LANES 64

/// What a scan saw on the way. Lanes are places in windows, or in the repeated pattern of short blocks.
typedef struct {
    /// Scales with exponent 0 and another fraction.
    uint64_t subnormal;
    /// The largest word of a group in each lane, only the bits that make it suspicious kept: the largest and the smallest
    /// over all groups. To begin with 0 and 0xFFFF.
    uint16_t high[HIFI_SCAN_LANES], low[HIFI_SCAN_LANES];
} hifi_scan_found;

/// Blocks to fp32. All decoders have this contract:
///
/// - requires: `format->stride * count` bytes at `blocks` that can be read, of any alignment, and `4 * format->elements * count` at
///   `out` that can be written, aligned as floats are, apart from each other; `format` as `KernelFormat` makes it for this base.
/// - assigns: those bytes of `out` and nothing else.
/// - ensures: the reference's fp32 bit for bit, whatever the blocks hold (NaNs on AArch64 as a class).
typedef void (*hifi_decode_fn)(const hifi_format *format, const uint8_t *blocks, size_t count, float *out);
/// One row times one row of activations. All products have this contract:
///
/// - requires: `superblocks` times 256 weights' worth of blocks at `row` and as many Q8_K blocks at `q8k`, of any alignment; `format`
///   as above, with a product (`hifi_multiplies`).
/// - assigns: nothing.
/// - ensures: a result within the bound of DOT-06; integer sums are exact for every byte, and the order of fp32 additions depends on
///   `format` and `superblocks` alone.
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

/// What the slots of a block store.
typedef enum {
    /// The largest weights as fp16; they are cleared from what the base encoder sees.
    HIFI_STORES_WEIGHTS,
    /// The largest differences from the decoded base as bytes, and their scale as f32 (ENC-23).
    HIFI_STORES_RESIDUALS,
} hifi_stored;

/// How rows become blocks: a base layout at the start of each block, blocks `stride` bytes apart. Offsets are bytes from
/// the start of the block.
typedef struct {
    hifi_base base;
    uint32_t stride;
    uint8_t search;               // hifi_search
    uint8_t stored;               // hifi_stored; residuals with Q3_K only
    uint8_t slots;                // 0: no outliers; at most HIFI_MAX_SLOTS
    uint8_t outliers;             // slots to fill
    uint8_t scored_by_importance; // the score is |x|, times the importance if given
    uint8_t rising;               // in order of position instead of falling score
    uint8_t stops_at_zero;        // at the first score that is not above zero
    uint8_t empty;                // position that an unused slot holds
    uint8_t empty_of_none;        // the same in a block without any outlier
    uint8_t has_count;
    uint16_t index_at;  // uint8_t[slots]
    uint16_t value_at;  // fp16[slots], or int8_t[slots]
    uint16_t count_at;
    uint16_t scale_at;  // of residuals
} hifi_encoding;

/// Which entries are chosen again for the scale of the trial that won (ENC-35).
typedef enum { HIFI_AGAIN_STRAYED, HIFI_AGAIN_ALL_IF_STRAYED, HIFI_AGAIN_ALL } hifi_again;

/// The entries of a grid by their levels, and how a sub-block of a format is searched for them (ENC-33 to ENC-35).
typedef struct {
    uint8_t lanes;   // of an entry
    uint8_t levels;
    uint8_t bits;    // of a level in a key, the first lane lowest
    uint8_t part;    // weights of a sub-block
    uint8_t trials;  // on each side of the middle one
    uint8_t again;   // hifi_again
    float step;      // between trials
    /// By key: the number of the entry, or -1 - (where the list of neighbours begins, in bytes).
    const int32_t *places;
    /// A list: how many blocks of eight neighbours (u32); a block: their numbers (u16 each), and lane by lane what the level of each
    /// counts as (2 level + 1, a byte each). The last block is filled up by the last neighbour.
    const uint8_t *lists;
    /// Levels of each entry.
    const uint8_t *entries;
} hifi_entry_index;

/// Searches entries and scale of a sub-block. 0, and nothing that counts written, where that is left to the reference: where no trial
/// wins, or trials would not be finite.
///
/// `base` is what the top number is divided by in the middle trial, `roots` are by what neighbours are compared. Writes a level for
/// each weight, of entries all, and the scale, which may be negative.
typedef int (*hifi_search_entries_fn)(
    const hifi_entry_index *index, const float *x, const float *weights, const float *roots, float base, float *scale, uint8_t *levels);

/// `blocks` blocks of whole rows of `row_blocks` each. `importance` has one value per weight of a row, or is NULL. Weights
/// are finite, importances finite and not negative. Returns nonzero if a scale or minimum that was stored is infinite.
typedef int (*hifi_encode_fn)(
    const hifi_encoding *encoding, const float *x, const float *importance, size_t row_blocks, size_t blocks, uint8_t *out);

/// One instruction set's kernels. Bytes may have any alignment, floats and numbers of 16 bits have that of their type; nothing is read
/// or written outside of what is given.
typedef struct {
    /// "scalar", "avx2", "avx512", "amx" or "neon".
    const char *name;
    /// `count` blocks to fp32, bit for bit as the reference decodes them.
    hifi_decode_fn decode[HIFI_BASE_COUNT];
    /// One row times one row of Q8_K activations; `superblocks` are of 256 weights. NULL for bases without products, by every set
    /// the same.
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
    hifi_search_entries_fn search_entries;
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
    /// Rows that `gemm_arranged` takes at a time, a multiple of 16; 0 where there is no such kernel.
    size_t arranged_rows;
    /// Columns that are arranged together.
    size_t group_columns;
    /// Bytes of so many rows of activations as `gemm_arranged` takes them; 0 where `gemm_panel` is to multiply them.
    size_t (*arranged_bytes)(const hifi_format *format, size_t columns, size_t superblocks);
    /// Groups `first` to `first + count - 1` of activations, once for all rows of weights. `out` is where group 0 begins, and
    /// must be 64-byte aligned.
    void (*arrange)(
        const uint8_t *q8k, size_t column_bytes, size_t columns, size_t superblocks, size_t first, size_t count, uint8_t *out);
    /// As gemm_scratch, for `gemm_arranged`.
    size_t (*arranged_scratch)(const hifi_format *format, size_t superblocks);
    /// As gemm_panel, the activations arranged.
    void (*gemm_arranged)(
        const hifi_format *format, const uint8_t *rows, size_t row_bytes, size_t row_count, const uint8_t *arranged,
        size_t columns, size_t superblocks, float *out, size_t out_stride, uint8_t *scratch);
    /// As hifi_scan.
    size_t (*scan)(const hifi_scan_plan *plan, const uint8_t *blocks, size_t count, hifi_scan_found *found);
} hifi_kernels;

/// Kernels by name that this processor can run, else NULL.
const hifi_kernels *hifi_kernels_named(const char *name);

/// The processor's instruction sets, slowest first; returns how many, writes at most `capacity`.
size_t hifi_kernels_available(const hifi_kernels **out, size_t capacity);

/// The kernels in use: those named by the environment's HIFI_FORCE_ISA, else the fastest. NULL if the environment names
/// kernels that do not exist or that this processor cannot run: to run others instead would make a forced test lie.
/// Chosen once, at the first call.
const hifi_kernels *hifi_kernels_active(void);

/// Tables that run on every processor (the second one: every processor that runs "avx512") for tests, never chosen: the matrix
/// kernel of "amx" on emulated tiles. NULL beyond the last.
const hifi_kernels *hifi_kernels_emulated(size_t index);

/// How many calls below went to this table since the start, for tests that must know which kernels really ran.
uint64_t hifi_kernels_entered(const hifi_kernels *kernels);

/// Whether there are products of the format: of some bases with and without stored outliers, of some only of their own blocks.
int hifi_multiplies(const hifi_format *format);

/// A table's functions, counted. No kernel is called for a base out of range.
void hifi_decode(const hifi_kernels *kernels, const hifi_format *format, const uint8_t *blocks, size_t count, float *out);

/// out[r] = row r times one row of activations. Nothing is written for a format without products.
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

/// As the table's gemm_arranged.
void hifi_gemm_arranged(
    const hifi_kernels *kernels, const hifi_format *format, const uint8_t *rows, size_t row_bytes, size_t row_count,
    const uint8_t *arranged, size_t columns, size_t superblocks, float *out, size_t out_stride, uint8_t *scratch);

/// An empty plan for blocks `stride` bytes apart.
void hifi_scan_begin(hifi_scan_plan *plan, uint32_t stride);
/// The same for blocks that are too short for a quick plan, or of which such a plan knows no test: short ones too are then read one
/// by one.
void hifi_scan_begin_singly(hifi_scan_plan *plan, uint32_t stride);
/// The additions return 0, and change nothing that matters, where the kernels have no test for such blocks.
///
/// A word at byte `at`, suspicious if all of some bits are set; whether it is an fp16 scale, to be counted if subnormal.
int hifi_scan_word(hifi_scan_plan *plan, uint32_t at, uint16_t bits, int is_scale);
/// A byte at `at`, suspicious if (byte & mask) > limit.
int hifi_scan_limit(hifi_scan_plan *plan, uint32_t at, uint8_t mask, uint8_t limit);
/// Some bytes from `at` on, suspicious unless the bit of each is set: of byte b bit b & 7 of allowed[b >> 3].
int hifi_scan_among(hifi_scan_plan *plan, uint32_t at, uint32_t count, const uint8_t allowed[32]);
/// Tests of slots; the same layout each time.
int hifi_scan_slots(hifi_scan_plan *plan, const hifi_scan_slot_layout *slots, unsigned tests);

/// The lanes that words at byte `at` of blocks come to, a bit for each; 0 where the plan has no such word. A group has no more
/// than 64 blocks for each of these lanes, but for up to 31 short blocks at the end, which only `high` takes in.
uint64_t hifi_scan_lanes(const hifi_scan_plan *plan, uint32_t at);

/// Looks over `count` blocks for anything suspicious. Returns the first block of the first group in which something is, or
/// `count`. Every fault is in such a group; not every such group has one. What is seen in all blocks up to the end of that
/// group is added to `*found`.
size_t hifi_scan(
    const hifi_kernels *kernels, const hifi_scan_plan *plan, const uint8_t *blocks, size_t count, hifi_scan_found *found);

/// A field as the C structs lay it out, to be compared with the spec.
typedef struct {
    const char *format;
    const char *field;  // NULL: the whole block
    uint32_t offset;
    uint32_t bytes;
} hifi_layout_entry;

size_t hifi_layout_count(void);
hifi_layout_entry hifi_layout_at(size_t index);

#ifdef __cplusplus
}
#endif

#endif

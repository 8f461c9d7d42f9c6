/* libhifi: quantized blocks and GGUF files, decoded, encoded, multiplied and verified by one executable specification.
 *
 * Every function may be called from any thread at any time, but for one hifi_vectors, which is for one thread at a time. A thread needs a
 * stack of 256 KiB. There is nothing to set up and nothing global. How the caller rounds, and whether it flushes subnormals, makes no
 * difference, and is the same afterwards. Functions that can fail return
 * a status and, if `error` is not NULL, put a message of one printable line there; what they would have written is then unspecified.
 * Lengths are in bytes where the name says bytes, else in numbers. Strings are UTF-8 and end with a zero byte.
 *
 *     hifi_type type;
 *     hifi_error error;
 *     if (hifi_type_named("q3_k_hifi@r6", &type, &error) != HIFI_OK) return fail(error.message);
 *     float weights[256];
 *     if (hifi_blocks_decode(type.name, block, type.bytes, 256, weights, 256, &error) != HIFI_OK) return fail(error.message);
 *
 * A program asks hifi_abi_version() and goes on if it is HIFI_ABI_VERSION. It rises when something here changes its meaning or its size;
 * functions are added without.
 */
#ifndef HIFI_H
#define HIFI_H

#include <stddef.h>
#include <stdint.h>

#define HIFI_ABI_VERSION 1

#ifdef __cplusplus
extern "C" {
#endif

typedef int32_t hifi_status;

enum {
    HIFI_OK = 0,
    /* A pointer that must not be NULL is, a length contradicts another, or a text is not UTF-8. */
    HIFI_BAD_ARGUMENT = 1,
    /* No type, or no such vectors, of that name. */
    HIFI_UNKNOWN = 2,
    /* The type is known, and this cannot be done with it. */
    HIFI_UNSUPPORTED = 3,
    /* The input is refused: a weight that is not finite, blocks that are not whole. */
    HIFI_REFUSED = 4,
    /* A file cannot be read. */
    HIFI_UNREADABLE = 5,
    /* No more vectors. */
    HIFI_END = 6,
    /* A fault of this library. */
    HIFI_INTERNAL = 7
};

typedef struct hifi_error {
    hifi_status status;
    char message[1020];
} hifi_error;

/* HIFI_ABI_VERSION of the library that is loaded. */
uint32_t hifi_abi_version(void);
/* The version of the library and of the specification in it, such as "0.1.0". */
const char *hifi_version(void);

/* ------------------------------------------------------------------------------------------------------------------------------ types */

typedef struct hifi_type {
    /* The name that all functions take: "q4_k", "q3_k_hifi@r6". */
    char name[48];
    /* Weights of a block; a row is a whole number of blocks. */
    uint32_t weights;
    /* Bytes of a block. */
    uint32_t bytes;
    /* Bytes in front of the blocks of each row; nearly always 0. */
    uint32_t header_bytes;
    /* Rows whose blocks are interleaved; 1 where each stands for itself. */
    uint32_t interleave;
    /* 1 where the library does this with the type, else 0. */
    uint32_t decodes, encodes, multiplies;
    /* 0. */
    uint32_t reserved[5];
} hifi_type;

/* How many types there are. */
size_t hifi_type_count(void);
/* The type at an index, in the order of the specification. HIFI_UNKNOWN from hifi_type_count() on. */
hifi_status hifi_type_at(size_t index, hifi_type *type);
/* A type by its name or an alias ("q3_k_hifi" is its newest revision), in upper or lower case. */
hifi_status hifi_type_named(const char *name, hifi_type *type, hifi_error *error);
/* What the specification says of a type as JSON: sizes, fields with their offsets, checks, clauses. */
hifi_status hifi_type_json(const char *name, char **json, hifi_error *error);

/* ----------------------------------------------------------------------------------------------------------------------------- blocks */

/* Decodes rows of `columns` weights to fp32, each bit as the specification says.
 *
 * blocks: `bytes` bytes, any alignment: whole rows, or of interleaved rows whole groups.
 * columns: weights of a row, a multiple of the type's.
 * weights: room for exactly `count` numbers, as many as the rows have weights. */
hifi_status hifi_blocks_decode(
    const char *type, const void *blocks, size_t bytes, size_t columns, float *weights, size_t count, hifi_error *error);

/* Encodes rows of `columns` weights as llama-quantize and the fork do, byte for byte.
 *
 * weights: `count` numbers: whole rows.
 * importances: `columns` numbers, one for each column, or NULL.
 * blocks: room for exactly `bytes` bytes, as many as the rows take.
 * HIFI_REFUSED: a weight or an importance is not finite, an importance is negative, a weight is too large for the type, or importances are
 * missing that the type needs. As these programs do, it does not look at what it wrote: scales that overflow make blocks that decode to
 * weights which are not finite. */
hifi_status hifi_blocks_encode(
    const char *type, const float *weights, size_t count, size_t columns, const float *importances, void *blocks, size_t bytes,
    hifi_error *error);

typedef struct hifi_product {
    /* The product of the row and the quantized activations, nearly exact (fp64). */
    double exact;
    /* What a kernel's fp32 result may differ from it by. */
    double bound;
    /* The same without rounding errors: the sum of all terms' magnitudes. */
    double magnitude;
} hifi_product;

/* One row times a vector of activations, which are quantized first as ggml does for this type.
 *
 * row: `bytes` bytes of one row. activations: `count` numbers, as many as the row has weights. */
hifi_status hifi_row_dot(
    const char *type, const void *row, size_t bytes, const float *activations, size_t count, hifi_product *product, hifi_error *error);

/* ------------------------------------------------------------------------------------------------------------------------------ files */

typedef enum hifi_severity { HIFI_NOTE = 0, HIFI_WARNING = 1, HIFI_ERROR = 2 } hifi_severity;

/* Numbers of a finding that do not apply. */
#define HIFI_NOWHERE UINT64_MAX

/* One thing that verification has to say. Texts are printable, and valid during the call only; those that do not apply are NULL. Names from
 * files have escapes for what cannot be printed, and long ones are cut: the report in JSON has them whole. */
typedef struct hifi_finding {
    const char *rule;
    const char *clause;
    const char *message;
    const char *expected;
    const char *found;
    const char *advice;
    const char *file;
    const char *tensor;
    const char *key;
    const char *field;
    uint64_t offset, row, block, count;
    hifi_severity severity;
    /* 1 where it does not count, else 0. */
    int32_t suppressed;
} hifi_finding;

typedef void (*hifi_on_finding)(const hifi_finding *finding, void *context);

enum {
    /* Look at the header and where data lies, not at the data. */
    HIFI_HEADER_ONLY = 1
};

typedef struct hifi_verdict {
    /* As the command's exit status: 0 conforming, 1 errors or warnings, 2 malformed, 74 where one of the files could not be read. */
    int32_t status;
    /* Areas that were not, or not wholly, checked. A verdict of 0 with gaps is "conforming as far as checked". */
    uint32_t gaps;
    uint64_t errors, warnings, notes;
} hifi_verdict;

/* Verifies a file, a folder of models or a split set, named by one of its parts.
 *
 * Files are mapped: if another program cuts one short meanwhile, the process gets SIGBUS, and the library catches no signals.
 *
 * flags: 0 or HIFI_HEADER_ONLY.
 * verdict: may be NULL.
 * on_finding: called for each finding, in the order of the report, on the calling thread; may be NULL.
 * json: the report as `hifi verify --format json` prints it, without digests; may be NULL. Release it by hifi_free.
 * HIFI_OK says that there is a report; what was found is in the verdict. */
hifi_status hifi_file_verify(
    const char *path, uint32_t flags, hifi_on_finding on_finding, void *context, hifi_verdict *verdict, char **json, hifi_error *error);

/* What the types of a file, of those in a folder or of the parts of a split set mean, who may have made it and who reads it right: a JSON
 * array with `file` and `identification`, or `error`, of each. Release it by hifi_free. HIFI_UNREADABLE where none could be read. */
hifi_status hifi_file_identify(const char *path, char **json, hifi_error *error);

/* Releases a text that a function of this library made; NULL is fine. */
void hifi_free(char *text);

/* ---------------------------------------------------------------------------------------------------------------------------- vectors */

/* Cases of the conformance suite, one after another. */
typedef struct hifi_vectors hifi_vectors;

typedef enum hifi_vector_kind { HIFI_DECODE = 0, HIFI_ENCODE = 1 } hifi_vector_kind;

/* A question and its answer. Pointers are valid until the next call with the same vectors. */
typedef struct hifi_vector {
    const char *id;
    const char *type;
    /* Why the case is there. */
    const char *why;
    hifi_vector_kind kind;
    /* 0 required, 1 recommended, 2 optional. */
    int32_t level;
    /* The blocks: the input of decoding, the answer of encoding. NULL where encoding must be refused. */
    const uint8_t *blocks;
    /* For encoding: where this is 0 the byte may have any value, else it is 0xFF. NULL if all bytes count. */
    const uint8_t *mask;
    size_t bytes;
    /* The weights: the answer of decoding, where a NaN stands for any NaN, and the input of encoding. */
    const float *weights;
    size_t count;
    /* Weights of a row. */
    size_t columns;
    /* For encoding: `columns` importances, or NULL. */
    const float *importances;
} hifi_vector;

/* Opens a folder of vectors. HIFI_UNREADABLE where it has none, or where a file was changed. */
hifi_status hifi_vectors_open(const char *folder, hifi_vectors **vectors, hifi_error *error);
/* The next case of decoding blocks, or of encoding rows as llama-quantize does; HIFI_END after the last, HIFI_BAD_ARGUMENT for NULL. */
hifi_status hifi_vectors_next(hifi_vectors *vectors, hifi_vector *vector);
/* NULL is fine. */
void hifi_vectors_close(hifi_vectors *vectors);

#ifdef __cplusplus
}
#endif

#endif

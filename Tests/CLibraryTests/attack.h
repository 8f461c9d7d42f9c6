/* What the attacks on the C library share: checks that are counted, groups that run in processes of their own, memory that ends at a page
 * nobody may touch, and what counts as a printable text. */
#ifndef ATTACK_H
#define ATTACK_H

#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <hifi.h>

#include <errno.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* ---- Checks ------------------------------------------------------------------------------------------------------------------------ */

typedef struct counts {
    int passed, failed;
} counts;

/* Shared with the processes of the groups. */
extern counts *tally;
/* Where failures are said: standard error as the program found it, whatever a group does to its own. */
extern FILE *failures;

/* ---- What the groups attack with ---------------------------------------------------------------------------------------------------- */

/* The folder of vectors, a sound model, and a folder to write to. */
extern const char *vectors_folder, *model, *scratch;
/* A short run, which takes one type in sixteen. */
extern bool brief;

static inline bool left_out(size_t type) { return brief && type % 16 != 7; }

/* A path in the folder to write to; good for the next three calls on this thread. */
const char *place(const char *name);
/* These end the program where they fail. */
void write_file(const char *path, const void *bytes, size_t count);
unsigned char *read_file(const char *path, size_t *count);
/* A folder of vectors with one file of cases. */
const char *small_folder(void);
/* Everything that each type does, in exact buffers: a digest of all results. */
uint64_t exercise_all(void);

/* Bytes of one row of whole blocks. */
static inline size_t row_bytes(const hifi_type *type, size_t columns) {
    return type->header_bytes + columns / type->weights * type->bytes;
}

/* The groups: blocks.c */
void lengths(void), buffers(void), products(void), threads(void), stack(void), refusals(void), rounding(void);
/* files.c */
void vectors(void), folders(void), files(void);
/* process.c */
void memory(void), process(void);

/* Counts a check; says what failed, but of one group not more than twenty lines. Threads count one after another. */
__attribute__((format(printf, 2, 3))) static inline bool check(bool holds, const char *format, ...) {
    static int said;
    if (holds) {
        __atomic_add_fetch(&tally->passed, 1, __ATOMIC_RELAXED);
        return true;
    }
    __atomic_add_fetch(&tally->failed, 1, __ATOMIC_RELAXED);
    if (__atomic_add_fetch(&said, 1, __ATOMIC_RELAXED) <= 20) {
        char text[2048];
        va_list arguments;
        va_start(arguments, format);
        vsnprintf(text, sizeof text, format, arguments);
        va_end(arguments);
        fprintf(failures, "FAILED: %s\n", text);
        fflush(failures);
    }
    return false;
}

/* Runs a group in a process of its own, so that a crash or a hang is one failure and not the end. */
static inline void group(const char *name, int seconds, void (*body)(void)) {
    struct timespec start, end;
    clock_gettime(CLOCK_MONOTONIC, &start);
    const counts before = *tally;
    fflush(NULL);
    const pid_t child = fork();
    if (child == 0) {
        alarm((unsigned)seconds);
        body();
        fflush(NULL);
        exit(0);
    }
    int status = -1;
    if (child > 0) waitpid(child, &status, 0);
    const bool hung = WIFSIGNALED(status) && WTERMSIG(status) == SIGALRM;
    if (hung) check(false, "%s: does not end within %d s", name, seconds);
    else if (WIFSIGNALED(status)) check(false, "%s: ended by signal %d (%s)", name, WTERMSIG(status), strsignal(WTERMSIG(status)));
    else check(status == 0, "%s: exit status %d", name, WEXITSTATUS(status));
    clock_gettime(CLOCK_MONOTONIC, &end);
    const double took = (double)(end.tv_sec - start.tv_sec) + 1e-9 * (double)(end.tv_nsec - start.tv_nsec);
    printf("%-12s %6d passed %4d failed %6.1f s\n", name, tally->passed - before.passed, tally->failed - before.failed, took);
}

/* ---- Memory between pages that nobody may touch ------------------------------------------------------------------------------------- */

typedef struct guarded {
    unsigned char *map, *at;
    size_t mapped, bytes;
} guarded;

/* `bytes` bytes that end where a forbidden page begins or, at the start, begin where one ends. Filled with 0xA5. */
static inline guarded guard(size_t bytes, bool start) {
    const size_t page = (size_t)sysconf(_SC_PAGESIZE), inner = (bytes + page - 1) / page * page;
    guarded memory = {.mapped = inner + 2 * page, .bytes = bytes};
    memory.map = mmap(NULL, memory.mapped, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (memory.map == MAP_FAILED || (inner && mprotect(memory.map + page, inner, PROT_READ | PROT_WRITE))) {
        perror("mmap");
        exit(70);
    }
    if (inner) memset(memory.map + page, 0xA5, inner);
    memory.at = memory.map + page + (start ? 0 : inner - bytes);
    return memory;
}

static inline guarded guarded_copy(const void *source, size_t bytes, bool start) {
    guarded memory = guard(bytes, start);
    if (bytes) memcpy(memory.at, source, bytes);
    return memory;
}

/* Whether what lies between the memory and the other forbidden page is as it was. */
static inline bool intact(const guarded *memory) {
    const size_t page = (size_t)sysconf(_SC_PAGESIZE);
    for (const unsigned char *p = memory->map + page; p < memory->map + memory->mapped - page; p++)
        if ((p < memory->at || p >= memory->at + memory->bytes) && *p != 0xA5) return false;
    return true;
}

static inline void unguard(guarded *memory) { munmap(memory->map, memory->mapped); }

/* ---- Texts --------------------------------------------------------------------------------------------------------------------------- */

/* Whether a text is UTF-8 without a character that controls a terminal, reorders what is read, or breaks the line. */
static inline bool printable(const char *text) {
    for (const unsigned char *p = (const unsigned char *)text; *p;) {
        const int more = *p < 0x80                 ? 0
                         : *p >= 0xC2 && *p < 0xE0 ? 1
                         : *p >= 0xE0 && *p < 0xF0 ? 2
                         : *p >= 0xF0 && *p < 0xF5 ? 3
                                                   : -1;
        if (more < 0) return false;
        uint32_t c = more == 0 ? *p : *p & (0x3FU >> more);
        for (int i = 1; i <= more; i++) {
            if ((p[i] & 0xC0) != 0x80) return false;
            c = c << 6 | (p[i] & 0x3FU);
        }
        if (c < 0x20 || (c >= 0x7F && c < 0xA0) || (c >= 0xD800 && c < 0xE000)) return false;
        if ((c >= 0x200B && c <= 0x200F) || (c >= 0x2028 && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || c == 0xFEFF)
            return false;
        p += more + 1;
    }
    return true;
}

/* Checks that a call failed as it should, with a message that can be shown; `error` may be NULL. */
static inline void fails(hifi_status found, hifi_status wanted, const hifi_error *error, const char *what) {
    check(found == wanted, "%s: status %d, not %d (%s)", what, found, wanted, error ? error->message : "no message asked for");
    if (!error) return;
    check(error->status == found, "%s: error.status is %d, returned was %d", what, error->status, found);
    const bool ends = memchr(error->message, 0, sizeof error->message) != NULL;
    check(ends && printable(error->message), "%s: the message is not one printable line", what);
    check(ends && (error->message[0] != 0) == (found != HIFI_OK), "%s: a message comes with a failure and only then", what);
}

/* ---- Numbers ------------------------------------------------------------------------------------------------------------------------- */

static inline uint64_t random_next(uint64_t *state) {
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return *state * 0x2545F4914F6CDD1DULL;
}

/* Weights as a model has them: mostly small, some outliers. */
static inline void random_weights(float *weights, size_t count, uint64_t seed) {
    uint64_t state = seed * 0x9E3779B97F4A7C15ULL + 1;
    for (size_t i = 0; i < count; i++) {
        /* Exact, so that the caller's rounding makes no difference: 24 bits and a power of two. */
        const int32_t unit = (int32_t)(random_next(&state) >> 40) - (1 << 23);
        weights[i] = (float)unit * (random_next(&state) % 64 == 0 ? 0x1p-24F : 0x1p-27F);
    }
}

static inline uint32_t bits_of(float value) {
    uint32_t bits;
    memcpy(&bits, &value, sizeof bits);
    return bits;
}

#endif

// One call of a kernel between two traps, for Scripts/kernel-cost: ISA FORMAT OPERATION BLOCKS.
//
// Alone it steps through itself, instruction by instruction, and prints how many there were between the traps. With a fifth
// argument it only runs: an emulator counts, and what comes before and after is the same whatever BLOCKS is.
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <unistd.h>

#include "CKernels.h"

enum { most = 64 };

static hifi_format format_named(const char *name) {
    const hifi_outliers eight = {.mode = HIFI_REPLACE, .value = HIFI_VALUE_F16, .slots = 8, .index_at = 110, .value_at = 118};
    hifi_outliers counted = eight;
    counted.has_count = 1, counted.count_at = 134, counted.count_mask = 255, counted.count_max = 8;
    const hifi_outliers added = {.mode = HIFI_ADD, .value = HIFI_VALUE_SCALED, .scale = HIFI_SCALE_F32, .slots = 8,
                                 .has_count = 1, .count_mask = 255, .count_max = 8, .index_at = 112, .value_at = 120,
                                 .scale_at = 128, .count_at = 110};
    const struct { const char *name; hifi_format format; } known[] = {
        {"q3_k", {HIFI_Q3_K, 256, 110, {0}}}, {"q4_k", {HIFI_Q4_K, 256, 144, {0}}}, {"q5_k", {HIFI_Q5_K, 256, 176, {0}}},
        {"q6_k", {HIFI_Q6_K, 256, 210, {0}}}, {"q8_0", {HIFI_Q8_0, 32, 34, {0}}}, {"r6", {HIFI_Q3_K, 256, 134, eight}},
        {"r12", {HIFI_Q3_K, 256, 136, eight}}, {"r13", {HIFI_Q3_K, 256, 136, counted}}, {"res8", {HIFI_Q3_K, 256, 132, added}},
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) if (strcmp(known[i].name, name) == 0) return known[i].format;
    exit(2);
}

int main(int count, char **arguments) {
    if (count < 5) return 2;
    const hifi_kernels *kernels = hifi_kernels_named(arguments[1]);
    if (!kernels) return 3;
    const hifi_format f = format_named(arguments[2]);
    const int decodes = strcmp(arguments[3], "decode") == 0, steps = count == 5;
    const size_t blocks = strtoul(arguments[4], NULL, 10), group = 256 / f.elements;
    static uint8_t weights[most * 256 * 2], q8k[most * HIFI_Q8K_BYTES];
    static float y[most * 256];
    if (blocks > most * group) return 2;
    // Codes of every kind; scales that are ordinary numbers; eight slots in use, at positions that differ.
    for (size_t i = 0; i < sizeof weights; i++) weights[i] = (uint8_t)(i * 2654435761u >> 16) & 0x3F;
    for (size_t b = 0; b < most * group && f.outliers.slots; b++) {
        uint8_t *block = weights + b * f.stride;
        for (int k = 0; k < 8; k++) block[f.outliers.index_at + k] = (uint8_t)(31 * k + b % 8);
        if (f.outliers.has_count) block[f.outliers.count_at] = 8;
    }
    for (size_t i = 0; i < most * 256; i++) y[i] = (float)(i % 61) - 30;
    kernels->quantize_q8k(y, most * 256, q8k);
    const pid_t child = steps ? fork() : 0;
    if (child == 0) {
        if (steps) ptrace(PTRACE_TRACEME, 0, NULL, NULL), raise(SIGTRAP);
        if (decodes) kernels->decode[f.base](&f, weights, blocks, y);
        else y[0] = kernels->dot[f.base](&f, weights, q8k, blocks / group);
        if (steps) raise(SIGTRAP);
        return y[0] == y[0] ? 0 : 1;
    }
    int status, signals = 0;
    long instructions = 0;
    while (waitpid(child, &status, 0) == child && WIFSTOPPED(status)) {
        siginfo_t info;
        ptrace(PTRACE_GETSIGINFO, child, NULL, &info);
        // A step of ours has a code above zero; what the program raised has none.
        signals += info.si_code <= 0;
        instructions += info.si_code > 0 && signals == 1;
        ptrace(signals < 2 ? PTRACE_SINGLESTEP : PTRACE_CONT, child, NULL, NULL);
    }
    printf("%ld\n", instructions);
    return !WIFEXITED(status) || WEXITSTATUS(status) != 0;
}

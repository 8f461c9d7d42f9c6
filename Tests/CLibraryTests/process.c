/* What the library leaves behind in memory and in the process. */
#include "attack.h"

#include <fcntl.h>
#include <fenv.h>
#include <limits.h>
#include <locale.h>
#include <sys/stat.h>

/* ---- Memory and the process ------------------------------------------------------------------------------------------- */

static long resident(void) {
    char line[128];
    long kilobytes = -1;
    FILE *status = fopen("/proc/self/status", "r");
    while (status && fgets(line, sizeof line, status))
        if (sscanf(line, "VmRSS: %ld", &kilobytes) == 1) break;
    if (status) fclose(status);
    return kilobytes;
}

static int descriptors(void) {
    int count = 0;
    for (int i = 0; i < 256; i++) count += fcntl(i, F_GETFD) >= 0;
    return count;
}

void memory(void) {
    const char *small = small_folder();
    size_t size;
    unsigned char *bytes = read_file(model, &size);
    write_file(place("third.gguf"), bytes, size / 3);
    free(bytes);
    char third[PATH_MAX];
    snprintf(third, sizeof third, "%s", place("third.gguf"));
    const int rounds = 200, warm = 30, open_before = descriptors();
    long before = 0;
    for (int i = 0; i < warm + rounds; i++) {
        if (i == warm) before = resident();
        hifi_verdict verdict;
        hifi_vectors *vectors = NULL;
        hifi_vector vector;
        char *json = NULL;
        check(
            hifi_file_verify(third, i % 2 ? HIFI_HEADER_ONLY : 0, NULL, NULL, &verdict, &json, NULL) == HIFI_OK, "verify, round %d",
            i);
        hifi_free(json);
        check(hifi_file_identify(third, &json, NULL) == HIFI_OK, "identify, round %d", i);
        hifi_free(json);
        check(hifi_vectors_open(small, &vectors, NULL) == HIFI_OK, "open, round %d", i);
        for (int k = 0; k < i % 40 && hifi_vectors_next(vectors, &vector) == HIFI_OK; k++) {}
        hifi_vectors_close(vectors);
        check(hifi_file_verify("missing.gguf", 0, NULL, NULL, &verdict, &json, NULL) == HIFI_UNREADABLE, "missing, round %d", i);
    }
    const long grown = resident() - before;
    printf("             %ld kB more after %d rounds of %ld kB\n", grown, rounds, before);
    /* A leak of one finding a round would show: 200 times some kilobytes. */
    check(before > 0 && grown < 1024, "memory grew by %ld kB in %d rounds", grown, rounds);
    check(descriptors() == open_before, "%d descriptors were open, now %d", open_before, descriptors());
}

/* A library leaves the process as it found it. */
void process(void) {
    struct sigaction before[65], after[65];
    char directory[PATH_MAX], then[PATH_MAX];
    sigset_t mask, mask_then;
    for (int s = 1; s < 65; s++) sigaction(s, NULL, &before[s]);
    sigprocmask(SIG_SETMASK, NULL, &mask);
    if (!getcwd(directory, sizeof directory)) exit(70);
    const mode_t masked = umask(027);
    umask(027);
    char *locale = strdup(setlocale(LC_ALL, NULL));
    fflush(NULL);
    const int out = dup(1), err = dup(2), caught = open(place("said"), O_RDWR | O_CREAT | O_TRUNC, 0600),
              open_before = descriptors();
    dup2(caught, 1), dup2(caught, 2);
    hifi_verdict verdict;
    hifi_error error;
    hifi_type type;
    hifi_file_verify(model, 0, NULL, NULL, &verdict, NULL, &error);
    hifi_file_verify("missing.gguf", 0, NULL, NULL, &verdict, NULL, &error);
    hifi_type_named("nothing", &type, &error);
    exercise_all();
    dup2(out, 1), dup2(err, 2);
    check(lseek(caught, 0, SEEK_END) == 0, "the library wrote to standard output or error");
    check(descriptors() == open_before, "descriptors");
    for (int s = 1; s < 65; s++) {
        /* Two signals are the C library's own and cannot be asked for. */
        if (sigaction(s, NULL, &after[s]) != 0) continue;
        check(
            before[s].sa_handler == after[s].sa_handler && before[s].sa_flags == after[s].sa_flags,
            "the handler of signal %d changed", s);
    }
    sigprocmask(SIG_SETMASK, NULL, &mask_then);
    check(memcmp(&mask, &mask_then, sizeof mask) == 0, "the mask of signals changed");
    check(getcwd(then, sizeof then) && strcmp(directory, then) == 0, "the working directory changed");
    check(umask(masked) == 027, "the mask of permissions changed");
    check(strcmp(locale, setlocale(LC_ALL, NULL)) == 0, "the locale changed");
    check(fegetround() == FE_TONEAREST, "the rounding mode changed");
    free(locale);
}

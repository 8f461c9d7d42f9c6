/* Verifies GGUF files and prints what is wrong with them.
 *
 *     cc -std=c11 verify.c $(pkg-config --cflags --libs hifi) -o verify
 *     ./verify model.gguf folder-of-models
 *
 * The exit status is that of `hifi verify`, the worst of all files: 0 conforming, 1 findings, 2 malformed, 64 called wrongly, 74 not
 * readable. */
#include <hifi.h>

#include <inttypes.h>
#include <stdio.h>

/* Called for each finding. Its texts are gone when this returns: copy what you want to keep. */
static void show(const hifi_finding *finding, void *context) {
    static const char *const severities[] = {"note", "warning", "error"};
    int *shown = context;
    if (finding->suppressed) return;
    ++*shown;
    printf("%s: %s %s: ", finding->file, severities[finding->severity], finding->rule);
    if (finding->tensor) printf("%s: ", finding->tensor);
    if (finding->offset != HIFI_NOWHERE) printf("byte %" PRIu64 ": ", finding->offset);
    puts(finding->message);
    if (finding->advice && finding->severity == HIFI_ERROR) printf("    -> %s\n", finding->advice);
}

static int worse(int a, int b) { return a > b ? a : b; }

int main(int argc, char **argv) {
    /* The header that this was compiled with and the library that was found have to mean the same. */
    if (hifi_abi_version() != HIFI_ABI_VERSION) {
        fprintf(
            stderr, "verify: libhifi has ABI version %" PRIu32 ", not %d; compile this program again\n", hifi_abi_version(),
            HIFI_ABI_VERSION);
        return 70;
    }
    if (argc < 2) {
        fprintf(stderr, "usage: verify FILE...\n");
        return 64;
    }
    int worst = 0;
    for (int i = 1; i < argc; i++) {
        hifi_verdict verdict;
        hifi_error error;
        int shown = 0;
        if (hifi_file_verify(argv[i], 0, show, &shown, &verdict, NULL, &error) != HIFI_OK) {
            fprintf(stderr, "verify: %s\n", error.message);
            worst = worse(worst, error.status == HIFI_UNREADABLE ? 74 : 70);
            continue;
        }
        static const char *const verdicts[] = {"conforming", "findings", "malformed"};
        const char *said = verdict.status >= 0 && verdict.status <= 2 ? verdicts[verdict.status] : "not wholly readable";
        const char *limit = verdict.status == 0 && verdict.gaps > 0 ? " as far as checked" : "";
        printf("%s: %s%s, %d shown\n", argv[i], said, limit, shown);
        worst = worse(worst, verdict.status);
    }
    return worst;
}

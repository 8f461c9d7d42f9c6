/* Attacks by files: vectors, paths that name no file, damaged models. */
#include "attack.h"

#include <limits.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>

/* ---- Vectors ------------------------------------------------------------------------------------------------------------------------- */

/* Puts the library to its own vectors. */
static void suite_on(const char *folder, size_t least) {
    hifi_vectors *vectors = NULL;
    hifi_vector v;
    hifi_error error;
    hifi_status status = hifi_vectors_open(folder, &vectors, &error);
    fails(status, HIFI_OK, &error, "open vectors");
    if (status) return;
    size_t cases[2] = {0, 0}, masked = 0, refused = 0, important = 0;
    while ((status = hifi_vectors_next(vectors, &v)) == HIFI_OK) {
        const bool shaped = v.id && v.type && v.why && v.columns && v.level >= 0 && v.level <= 2 &&
                            (v.kind == HIFI_DECODE || v.kind == HIFI_ENCODE);
        if (!check(shaped, "shape of %s", v.id ? v.id : "a case")) continue;
        cases[v.kind]++;
        if (v.kind == HIFI_DECODE) {
            guarded out = guard(v.count * sizeof(float), false);
            float *found = (float *)(void *)out.at;
            status = hifi_blocks_decode(v.type, v.blocks, v.bytes, v.columns, found, v.count, &error);
            bool same = status == HIFI_OK;
            for (size_t i = 0; same && i < v.count; i++)
                same = v.weights[i] != v.weights[i] ? found[i] != found[i] : bits_of(found[i]) == bits_of(v.weights[i]);
            check(same, "%s: %d %s", v.id, status, error.message);
            unguard(&out);
            continue;
        }
        hifi_type type;
        check(hifi_type_named(v.type, &type, NULL) == HIFI_OK, "type of %s", v.id);
        const size_t bytes = v.count / v.columns * row_bytes(&type, v.columns);
        guarded out = guard(bytes, false);
        status = hifi_blocks_encode(v.type, v.weights, v.count, v.columns, v.importances, out.at, bytes, &error);
        if (v.blocks) {
            bool same = status == HIFI_OK && v.bytes == bytes;
            for (size_t i = 0; same && i < bytes; i++) same = ((out.at[i] ^ v.blocks[i]) & (v.mask ? v.mask[i] : 0xFF)) == 0;
            check(same, "%s: %d %s", v.id, status, error.message);
        } else fails(status, HIFI_REFUSED, &error, v.id);
        masked += v.mask != NULL, refused += v.blocks == NULL, important += v.importances != NULL;
        unguard(&out);
    }
    check(status == HIFI_END, "after the last: %d", status);
    check(hifi_vectors_next(vectors, &v) == HIFI_END && hifi_vectors_next(vectors, &v) == HIFI_END, "the end stays the end");
    check(hifi_vectors_next(vectors, NULL) == HIFI_BAD_ARGUMENT, "next without a place");
    hifi_vectors_close(vectors);
    check(cases[0] + cases[1] >= least, "only %zu cases", cases[0] + cases[1]);
    printf(
        "             %zu cases of decoding, %zu of encoding: %zu with a mask, %zu refused, %zu with importances\n", cases[0],
        cases[1], masked, refused, important);
}

void vectors(void) { suite_on(vectors_folder, 5000); }

/* A folder with one file of cases: what the full index says of it, and a copy. */
const char *small_folder(void) {
    char path[PATH_MAX], *line = NULL;
    size_t room = 0, size;
    snprintf(path, sizeof path, "%s/index.json", vectors_folder);
    FILE *index = fopen(path, "r");
    if (!index) exit(74);
    while (getline(&line, &room, index) > 0 && !strstr(line, "\"decode/i8.json\"")) {}
    fclose(index);
    const char *digits = strstr(line, "\"cases\": ");
    char *comma = strrchr(line, '}');
    if (!digits || !comma) exit(70);
    comma[1] = 0;
    char text[1024];
    const int length = snprintf(
        text, sizeof text, "{\"suite\": \"1.0.0\", \"cases\": %d, \"files\": [\n%s\n]}\n", atoi(digits + 9), line);
    mkdir(place("small"), 0700), mkdir(place("small/decode"), 0700);
    write_file(place("small/index.json"), text, (size_t)length);
    free(line);
    snprintf(path, sizeof path, "%s/decode/i8.json", vectors_folder);
    unsigned char *cases = read_file(path, &size);
    write_file(place("small/decode/i8.json"), cases, size);
    free(cases);
    snprintf(path, sizeof path, "%s/notes.json", vectors_folder);
    unsigned char *notes = read_file(path, &size);
    write_file(place("small/notes.json"), notes, size);
    free(notes);
    return place("small");
}

void folders(void) {
    hifi_error error;
    hifi_vectors *vectors = NULL;
    suite_on(small_folder(), 30);
    mkdir(place("empty"), 0700);
    mkfifo(place("pipe"), 0600);
    const char *hostile[] = {"/", "/dev/zero", "/dev/null", "missing\x1b[2J", model, place("empty"), place("pipe")};
    for (size_t i = 0; i < sizeof hostile / sizeof *hostile; i++)
        fails(hifi_vectors_open(hostile[i], &vectors, &error), HIFI_UNREADABLE, &error, hostile[i]);
    fails(hifi_vectors_open("", &vectors, &error), HIFI_BAD_ARGUMENT, &error, "no folder");
    fails(hifi_vectors_open("\xff", &vectors, &error), HIFI_BAD_ARGUMENT, &error, "a folder that is not UTF-8");
    size_t size;
    unsigned char *cases = read_file(place("small/decode/i8.json"), &size);
    cases[size / 2] ^= 1;
    write_file(place("small/decode/i8.json"), cases, size);
    fails(hifi_vectors_open(place("small"), &vectors, &error), HIFI_UNREADABLE, &error, "a changed file");
    unlink(place("small/decode/i8.json"));
    fails(hifi_vectors_open(place("small"), &vectors, &error), HIFI_UNREADABLE, &error, "a missing file");
    mkfifo(place("small/decode/i8.json"), 0600);
    fails(hifi_vectors_open(place("small"), &vectors, &error), HIFI_UNREADABLE, &error, "a pipe for a file of cases");
    unlink(place("small/index.json"));
    mkfifo(place("small/index.json"), 0600);
    fails(hifi_vectors_open(place("small"), &vectors, &error), HIFI_UNREADABLE, &error, "a pipe for the index");
    unlink(place("small/index.json"));
    for (size_t i = 0; i < 3; i++) {
        const char *texts[] = {
            "", "[[[[",
            "{\"suite\": \"1.0.0\", \"cases\": 1, \"files\": [{\"path\": \"../../x\", \"cases\": 1, \"xxh3\": \"0\"}]}"};
        write_file(place("small/index.json"), texts[i], strlen(texts[i]));
        fails(hifi_vectors_open(place("small"), &vectors, &error), HIFI_UNREADABLE, &error, texts[i]);
    }
    char *deep = malloc(1 << 20);
    memset(deep, '[', 1 << 20);
    write_file(place("small/index.json"), deep, 1 << 20);
    fails(hifi_vectors_open(place("small"), &vectors, &error), HIFI_UNREADABLE, &error, "an index of brackets");
    free(deep), free(cases);
}

/* ---- Files --------------------------------------------------------------------------------------------------------------------------- */

typedef struct seen {
    uint64_t of[3], wrong;
    bool nested;
} seen;

static void on_finding(const hifi_finding *f, void *context) {
    seen *all = context;
    const char *texts[] = {f->rule, f->clause, f->message, f->expected, f->found, f->advice, f->file, f->tensor, f->key, f->field};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (texts[i] && !printable(texts[i])) all->wrong++;
    if (!f->rule || !f->message || f->severity < HIFI_NOTE || f->severity > HIFI_ERROR || (f->suppressed & ~1)) all->wrong++;
    else if (!f->suppressed) all->of[f->severity]++;
    if (all->nested) return;
    /* A callback may call the library. */
    all->nested = true;
    hifi_verdict verdict;
    seen inner = {.nested = true};
    if (hifi_file_verify(model, HIFI_HEADER_ONLY, on_finding, &inner, &verdict, NULL, NULL) != HIFI_OK || inner.wrong) all->wrong++;
}

/* Verifies and identifies a file; the status of the verdict, or -1. */
static int verify(const char *path, const char *what) {
    hifi_error error;
    hifi_verdict verdict;
    seen all = {.nested = false};
    char *json = NULL, *identity = NULL;
    const hifi_status status = hifi_file_verify(path, 0, on_finding, &all, &verdict, &json, &error);
    const hifi_status identified = hifi_file_identify(path, &identity, NULL);
    if (identified == HIFI_OK) {
        check(identity && (identity[0] == '{' || identity[0] == '['), "%s: identity is JSON", what);
        hifi_free(identity);
    } else check(identified == HIFI_UNREADABLE, "%s: identify says %d", what, identified);
    fails(status, status == HIFI_UNREADABLE ? HIFI_UNREADABLE : HIFI_OK, &error, what);
    if (status) return -1;
    check(json && json[0] == '{', "%s: the report is JSON", what);
    check(
        all.wrong == 0, "%s: %llu findings have texts that are not printable, or are not whole", what,
        (unsigned long long)all.wrong);
    const bool alike = all.of[HIFI_ERROR] == verdict.errors && all.of[HIFI_WARNING] == verdict.warnings &&
                       all.of[HIFI_NOTE] == verdict.notes;
    check(
        alike, "%s: %llu errors, %llu warnings, %llu notes were shown; the verdict has %llu, %llu, %llu", what,
        (unsigned long long)all.of[2], (unsigned long long)all.of[1], (unsigned long long)all.of[0],
        (unsigned long long)verdict.errors, (unsigned long long)verdict.warnings, (unsigned long long)verdict.notes);
    check(verdict.status >= 0 && verdict.status <= 2, "%s: verdict %d", what, verdict.status);
    hifi_free(json);
    return verdict.status;
}

void files(void) {
    size_t size;
    unsigned char *bytes = read_file(model, &size);
    check(verify(model, "the model") == 0, "the model conforms");
    write_file(place("empty.gguf"), "", 0), write_file(place("one.gguf"), "G", 1);
    check(verify(place("empty.gguf"), "an empty file") == 2, "an empty file is malformed");
    check(verify(place("one.gguf"), "a file of one byte") == 2, "a file of one byte is malformed");
    write_file(place("cut.gguf"), bytes, size / 3);
    check(verify(place("cut.gguf"), "a cut file") == 2, "a cut file is malformed");

    mkdir(place("none"), 0700);
    mkfifo(place("pipe"), 0600);
    (void)!symlink(place("loop"), place("loop"));
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    const int listener = socket(AF_UNIX, SOCK_STREAM, 0);
    snprintf(address.sun_path, sizeof address.sun_path, "%.100s", place("socket"));
    (void)!bind(listener, (struct sockaddr *)&address, sizeof address);
    char *endless = malloc(100001);
    memset(endless, 'x', 100000), endless[100000] = 0;
    const char *hostile[] = {
        "/dev/zero",
        "/dev/null",
        "/dev/random",
        "/dev/tty",
        "/proc/self/mem",
        "/proc/self/environ",
        "-",
        "http://127.0.0.1:9/m.gguf",
        "https://127.0.0.1:9/m.gguf",
        "hf://someone/something",
        "missing.gguf",
        "missing\x1b[2J\n.gguf",
        endless,
        "missing.gguf/",
        "*"};
    for (size_t i = 0; i < sizeof hostile / sizeof *hostile; i++) check(verify(hostile[i], hostile[i]) != 0, "%.80s", hostile[i]);
    const char *own[] = {"none", "pipe", "loop", "socket", "absent"};
    for (size_t i = 0; i < sizeof own / sizeof *own; i++) check(verify(place(own[i]), own[i]) == -1, "%s is unreadable", own[i]);
    close(listener), free(endless);
    hifi_error error;
    fails(hifi_file_verify("\xff.gguf", 0, NULL, NULL, NULL, NULL, &error), HIFI_BAD_ARGUMENT, &error, "a path that is not UTF-8");

    /* Characters that control a terminal, in the name of a tensor and in the header at large. */
    unsigned char *name = memmem(bytes, size, "token_embd.weight", 17);
    if (check(name != NULL, "the model has token_embd.weight")) {
        memcpy(name, "\x1b]0;x\x07\xe2\x80\xae\n\r\xff\x7f", 13);
        write_file(place("named.gguf"), bytes, size);
        check(verify(place("named.gguf"), "a hostile name") != 0, "a hostile name is found");
        memcpy(name, "token_embd.weight", 17);
    }
    uint64_t state = 4242;
    int found = 0;
    const int rounds = brief ? 1 : 60;
    for (int i = 0; i < rounds; i++) {
        const size_t window = i % 3 ? 65536 : size;
        size_t at[8];
        unsigned char old[8];
        for (int k = 0; k < 8; k++) {
            at[k] = random_next(&state) % window, old[k] = bytes[at[k]];
            bytes[at[k]] = (unsigned char)random_next(&state);
        }
        write_file(place("hurt.gguf"), bytes, size);
        found += verify(place("hurt.gguf"), "a damaged file") != 0;
        for (int k = 7; k >= 0; k--) bytes[at[k]] = old[k];
    }
    printf("             %d of %d files with eight random bytes have findings\n", found, rounds);
    free(bytes);
}

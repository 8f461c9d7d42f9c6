/* Hostile calls of the C library: whatever a program gets wrong is answered by a status and a message, and memory is kept to the byte.
 *
 *     attack VECTORS MODEL [--short]
 *
 * VECTORS is the folder of conformance vectors, MODEL a small sound model. Writes to a temporary folder that it removes. --short leaves out
 * what takes long under an instrument such as valgrind. Prints "N passed, N failed"; exit status 1 if any failed. */
#include "attack.h"

#include <limits.h>

counts *tally;
FILE *failures;
const char *vectors_folder, *model, *scratch;
bool brief;

const char *place(const char *name) {
    static _Thread_local char path[4][PATH_MAX];
    static _Thread_local unsigned next;
    char *found = path[next++ % 4];
    snprintf(found, PATH_MAX, "%s/%s", scratch, name);
    return found;
}

void write_file(const char *path, const void *bytes, size_t count) {
    unlink(path);
    FILE *file = fopen(path, "wb");
    if (!file || fwrite(bytes, 1, count, file) != count || fclose(file) != 0) {
        perror(path);
        exit(74);
    }
}

unsigned char *read_file(const char *path, size_t *count) {
    FILE *file = fopen(path, "rb");
    if (!file || fseek(file, 0, SEEK_END) != 0) {
        perror(path);
        exit(74);
    }
    *count = (size_t)ftell(file);
    rewind(file);
    unsigned char *bytes = malloc(*count + 1);
    if (!bytes || fread(bytes, 1, *count, file) != *count) exit(74);
    bytes[*count] = 0;
    fclose(file);
    return bytes;
}

/* ---- Pointers ------------------------------------------------------------------------------------------------------------------------ */

static void pointers(void) {
    hifi_error error;
    hifi_type type;
    hifi_product product;
    hifi_verdict verdict;
    hifi_vectors *vectors = NULL;
    hifi_vector vector;
    char *json = NULL;
    unsigned char block[34] = {0};
    float weights[32] = {0}, ones[32];
    for (int i = 0; i < 32; i++) ones[i] = 1;

    check(hifi_abi_version() == HIFI_ABI_VERSION, "abi version");
    check(hifi_version() && hifi_version()[0] && printable(hifi_version()), "version");
    check(hifi_version() == hifi_version(), "the version stays where it is");

    /* Each twice: with a place for the message and without. */
    for (int round = 0; round < 2; round++) {
        hifi_error *e = round ? NULL : &error;
        const hifi_status bad = HIFI_BAD_ARGUMENT;
#define BAD(call) (memset(&error, 0x7F, sizeof error), fails(call, bad, e, #call))
        BAD(hifi_type_named(NULL, &type, e));
        BAD(hifi_type_named("q8_0", NULL, e));
        BAD(hifi_type_named(NULL, NULL, e));
        BAD(hifi_type_json(NULL, &json, e));
        BAD(hifi_type_json("q8_0", NULL, e));
        BAD(hifi_blocks_decode(NULL, block, 34, 32, weights, 32, e));
        BAD(hifi_blocks_decode("q8_0", NULL, 34, 32, weights, 32, e));
        BAD(hifi_blocks_decode("q8_0", block, 34, 32, NULL, 32, e));
        BAD(hifi_blocks_encode(NULL, ones, 32, 32, NULL, block, 34, e));
        BAD(hifi_blocks_encode("q8_0", NULL, 32, 32, NULL, block, 34, e));
        BAD(hifi_blocks_encode("q8_0", ones, 32, 32, NULL, NULL, 34, e));
        BAD(hifi_row_dot(NULL, block, 34, ones, 32, &product, e));
        BAD(hifi_row_dot("q8_0", NULL, 34, ones, 32, &product, e));
        BAD(hifi_row_dot("q8_0", block, 34, NULL, 32, &product, e));
        BAD(hifi_row_dot("q8_0", block, 34, ones, 32, NULL, e));
        BAD(hifi_file_verify(NULL, 0, NULL, NULL, &verdict, NULL, e));
        BAD(hifi_file_verify("", 0, NULL, NULL, &verdict, NULL, e));
        for (int bit = 1; bit < 32; bit++) BAD(hifi_file_verify(model, 1U << bit, NULL, NULL, &verdict, NULL, e));
        BAD(hifi_file_identify(NULL, &json, e));
        BAD(hifi_file_identify(model, NULL, e));
        BAD(hifi_vectors_open(NULL, &vectors, e));
        BAD(hifi_vectors_open(vectors_folder, NULL, e));

        /* Floats have to be aligned; blocks need not be. */
        char crooked[33 * sizeof(float)];
        float *odd = (float *)(void *)(crooked + 1);
        if (((uintptr_t)odd & 3) == 0) odd = (float *)(void *)(crooked + 2);
        BAD(hifi_blocks_decode("q8_0", block, 34, 32, odd, 32, e));
        BAD(hifi_blocks_encode("q8_0", odd, 32, 32, NULL, block, 34, e));
        BAD(hifi_blocks_encode("q8_0", ones, 32, 32, odd, block, 34, e));
        BAD(hifi_row_dot("q8_0", block, 34, odd, 32, &product, e));
#undef BAD
        fails(hifi_blocks_decode("q8_0", NULL, 0, 32, NULL, 0, e), HIFI_OK, e, "decode nothing");
        fails(hifi_blocks_encode("q8_0", NULL, 0, 32, NULL, NULL, 0, e), HIFI_OK, e, "encode nothing");
        fails(hifi_blocks_encode("q8_0", NULL, 0, 32, ones, NULL, 0, e), HIFI_OK, e, "encode nothing with importances");
        fails(hifi_file_verify(model, HIFI_HEADER_ONLY, NULL, NULL, NULL, NULL, e), HIFI_OK, e, "verify without any answer");
    }
    check(hifi_type_at(0, NULL) == HIFI_BAD_ARGUMENT, "type_at NULL");
    check(hifi_type_at(hifi_type_count(), &type) == HIFI_UNKNOWN, "type_at behind the last");
    check(
        hifi_type_at(SIZE_MAX, &type) == HIFI_UNKNOWN && hifi_type_at(SIZE_MAX / 2 + 1, &type) == HIFI_UNKNOWN, "type_at far away");
    check(hifi_vectors_next(NULL, &vector) == HIFI_BAD_ARGUMENT, "next of NULL");
    hifi_vectors_close(NULL);
    hifi_free(NULL);
}

/* ---- Names --------------------------------------------------------------------------------------------------------------------------- */

static void names(void) {
    hifi_error error;
    hifi_type type, again;
    size_t decodes = 0, encodes = 0, multiplies = 0;
    for (size_t i = 0; i < hifi_type_count(); i++) {
        memset(&type, 0x7F, sizeof type);
        if (!check(hifi_type_at(i, &type) == HIFI_OK, "type %zu", i)) continue;
        const bool ends = memchr(type.name, 0, sizeof type.name) != NULL;
        if (!check(ends && type.name[0] && printable(type.name), "name of type %zu", i)) continue;
        check(type.weights && type.bytes && type.interleave, "%s has a size", type.name);
        check(type.decodes <= 1 && type.encodes <= 1 && type.multiplies <= 1, "%s: flags", type.name);
        for (int r = 0; r < 5; r++) check(type.reserved[r] == 0, "%s: reserved[%d]", type.name, r);
        fails(hifi_type_named(type.name, &again, &error), HIFI_OK, &error, type.name);
        check(strcmp(again.name, type.name) == 0 && again.bytes == type.bytes, "%s by its name is %s", type.name, again.name);
        if (!left_out(i)) {
            char *json = NULL;
            fails(hifi_type_json(type.name, &json, &error), HIFI_OK, &error, type.name);
            check(json && json[0] == '{' && strstr(json, type.name), "%s as JSON", type.name);
            hifi_free(json);
        }
        decodes += type.decodes, encodes += type.encodes, multiplies += type.multiplies;
    }
    printf("             %zu types: %zu decode, %zu encode, %zu multiply\n", hifi_type_count(), decodes, encodes, multiplies);
    check(decodes > 50 && encodes > 30 && multiplies > 50, "most types are usable");
    fails(hifi_type_named("q3_k_hifi", &type, &error), HIFI_OK, &error, "q3_k_hifi");
    check(strncmp(type.name, "q3_k_hifi@r", 11) == 0, "q3_k_hifi is a revision: %s", type.name);

    const size_t length = brief ? 4096 : 1 << 20;
    char *a = malloc(length + 1), *accents = malloc(length + 1), *escapes = malloc(length + 1);
    memset(a, 'a', length), memset(escapes, 27, length);
    for (size_t i = 0; i < length; i++) accents[i] = (char)(i % 2 ? 0xA9 : 0xC3);
    a[length] = accents[length] = escapes[length] = 0;
    const struct {
        const char *text;
        hifi_status status;
    } hostile[] = {
        {"", HIFI_UNKNOWN},
        {"no_such_type", HIFI_UNKNOWN},
        {" q8_0", HIFI_UNKNOWN},
        {"q8_0\n", HIFI_UNKNOWN},
        {"q8_0\x1b[2J", HIFI_UNKNOWN},
        {"q8_0\x7f", HIFI_UNKNOWN},
        {"q8_0\xc2\x9b", HIFI_UNKNOWN},
        {"q8_0\xe2\x80\xae", HIFI_UNKNOWN},
        {"\xe2\x80\xa8", HIFI_UNKNOWN},
        {"%s%n%s%n", HIFI_UNKNOWN},
        {"q8_0\xff", HIFI_BAD_ARGUMENT},
        {"\xc0\xaf", HIFI_BAD_ARGUMENT},
        {"\xed\xa0\x80", HIFI_BAD_ARGUMENT},
        {"\xf4\x90\x80\x80", HIFI_BAD_ARGUMENT},
        {"\xe2\x82", HIFI_BAD_ARGUMENT},
        {a, HIFI_UNKNOWN},
        {accents, HIFI_UNKNOWN},
        {escapes, HIFI_UNKNOWN},
    };
    for (size_t i = 0; i < sizeof hostile / sizeof *hostile; i++) {
        char what[64], *json = NULL;
        snprintf(what, sizeof what, "hostile name %zu", i);
        float weight = 0;
        hifi_product product;
        fails(hifi_type_named(hostile[i].text, &type, &error), hostile[i].status, &error, what);
        fails(hifi_type_json(hostile[i].text, &json, &error), hostile[i].status, &error, what);
        fails(hifi_blocks_decode(hostile[i].text, &weight, 4, 1, &weight, 1, &error), hostile[i].status, &error, what);
        fails(hifi_blocks_encode(hostile[i].text, &weight, 1, 1, NULL, &weight, 4, &error), hostile[i].status, &error, what);
        fails(hifi_row_dot(hostile[i].text, &weight, 4, &weight, 1, &product, &error), hostile[i].status, &error, what);
    }
    /* The message is written to the struct and nothing behind it. */
    guarded last = guard(sizeof error, false);
    hifi_error *at = (hifi_error *)(void *)last.at;
    fails(hifi_type_named(a, &type, at), HIFI_UNKNOWN, at, "a long name before a forbidden page");
    fails(hifi_type_named(accents, &type, at), HIFI_UNKNOWN, at, "a long name before a forbidden page");
    check(intact(&last), "the message stays in its struct");
    unguard(&last);
    free(a), free(accents), free(escapes);
}

int main(int argc, char **argv) {
    if (argc < 3) {
        fprintf(stderr, "usage: attack VECTORS MODEL [--short]\n");
        return 64;
    }
    static char folder[PATH_MAX];
    const char *temporary = getenv("TMPDIR");
    snprintf(folder, sizeof folder, "%s/hifi-attack-XXXXXX", temporary && *temporary ? temporary : "/tmp");
    vectors_folder = argv[1], model = argv[2], brief = argc > 3;
    scratch = mkdtemp(folder);
    tally = mmap(NULL, sizeof *tally, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    failures = fdopen(dup(2), "w");
    if (!scratch || tally == MAP_FAILED || !failures) return 70;
    setvbuf(stdout, NULL, _IOLBF, 0);
    group("pointers", 60, pointers);
    group("names", 60, names);
    group("folders", 60, folders);
    group("files", 120, files);
    group("refusals", 120, refusals);
    group("buffers", 300, buffers);
    group("products", 60, products);
    if (!brief) {
        group("process", 60, process);
        group("lengths", 60, lengths);
        group("threads", 120, threads);
        group("stack", 60, stack);
        group("rounding", 60, rounding);
        group("vectors", 120, vectors);
        group("memory", 120, memory);
    }
    char command[128];
    snprintf(command, sizeof command, "rm -rf '%s'", scratch);
    (void)!system(command);
    printf("%d passed, %d failed\n", tally->passed, tally->failed);
    return tally->failed ? 1 : 0;
}

/* The part of an adapter that is the same whatever it does: messages, payloads, and asking `types` and `dot`.
 *
 * To be included after `types`, `TYPES` and `dot`. */
static FILE *bulk;

static const char *member(const char *line, const char *name) {
    char key[64];
    snprintf(key, sizeof key, "\"%s\":", name);
    const char *at = strstr(line, key);
    if (!at) return NULL;
    at += strlen(key);
    return at + strspn(at, " ");
}

static int64_t number(const char *line, const char *name) {
    const char *at = line ? member(line, name) : NULL;
    return at ? strtoll(at, NULL, 10) : 0;
}

static int is(const char *line, const char *name, const char *word) {
    const char *at = member(line, name);
    size_t length = strlen(word);
    return at && at[0] == '"' && !strncmp(at + 1, word, length) && at[1 + length] == '"';
}

static uint8_t *payload(const char *line, const char *name, size_t *count) {
    const char *at = member(line, name);
    *count = 0;
    if (!at) return NULL;
    if (*at == '"') {
        *count = strcspn(++at, "\"") / 2;
        uint8_t *bytes = malloc(*count + 1);
        for (size_t i = 0; i < *count; i++) {
            char digits[3] = {at[2 * i], at[2 * i + 1], 0};
            bytes[i] = (uint8_t)strtoul(digits, NULL, 16);
        }
        return bytes;
    }
    *count = (size_t)number(at, "bytes");
    uint8_t *bytes = malloc(*count + 1);
    if (fseek(bulk, (long)number(at, "offset"), SEEK_SET) || fread(bytes, 1, *count, bulk) != *count) exit(9);
    return bytes;
}

static void answer(const char *line, int64_t id, const float *floats, size_t count) {
    const char *room = member(line, "room");
    if (room) {
        long offset = (long)number(room, "offset");
        fseek(bulk, offset, SEEK_SET);
        fwrite(floats, 4, count, bulk);
        fflush(bulk);
        printf("{\"id\": %" PRId64 ", \"floats\": {\"offset\": %ld, \"bytes\": %zu}}\n", id, offset, 4 * count);
        return;
    }
    printf("{\"id\": %" PRId64 ", \"floats\": \"", id);
    for (size_t i = 0; i < 4 * count; i++) printf("%02x", ((const uint8_t *)floats)[i]);
    printf("\"}\n");
}

static void work(const char *line, int64_t id) {
    int type = 0;
    while (type < TYPES && !is(line, "type", types[type].name)) type++;
    int decodes = is(line, "op", "decode"), is_q8k = is(line, "activation_type", "q8_k");
    if (type == TYPES || (!decodes && !is_q8k && !is(line, "activation_type", "q8_0")) || (decodes ? in_dot : in_decode)) {
        printf("{\"id\": %" PRId64 ", \"skipped\": \"not here\"}\n", id);
        return;
    }
    size_t bytes, other;
    uint8_t *blocks = payload(line, "blocks", &bytes), *column = payload(line, "activations", &other);
    size_t count = bytes / (size_t)types[type].bytes, weights = count * (size_t)types[type].weights;
    float *out = calloc(weights + 1, sizeof *out);
    if (decodes) {
        for (size_t b = 0; b < count; b++)
            types[type].decode(blocks + b * (size_t)types[type].bytes, out + b * (size_t)types[type].weights);
        answer(line, id, out, weights);
    } else {
        out[0] = dot(type, blocks, count, column, is_q8k);
        answer(line, id, out, 1);
    }
    free(blocks);
    free(column);
    free(out);
}

int main(int count, char **words) {
    char *line = NULL;
    size_t room = 0;
    if (count < 3) return 64;
    fault = atoi(words[1]);
    in_decode = !strcmp(words[2], "decode");
    in_dot = !strcmp(words[2], "dot");
    while (getline(&line, &room, stdin) > 0 && !is(line, "op", "bye")) {
        int64_t id = number(line, "id");
        if (is(line, "op", "hello")) {
            const char *path = member(line, "bulk");
            char name[4096];
            snprintf(name, sizeof name, "%.*s", (int)strcspn(path + 1, "\""), path + 1);
            bulk = fopen(name, "r+b");
            printf("{\"id\": %" PRId64 ", \"protocol\": 1, \"name\": \"faulty\", "
                   "\"version\": \"1\", \"supports\": {\"encode\": [], \"quantize\": []}}\n", id);
        } else {
            work(line, id);
        }
        fflush(stdout);
    }
    free(line);
    return 0;
}

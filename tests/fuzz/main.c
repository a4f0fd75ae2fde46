/* Runs a fuzz target without a fuzzer: over files, and over what a few changes
 * make of them, the same at each run. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/fuzz/fuzz.h"

#include <dirent.h>

/* Changed inputs in a run; the environment's FUZZ_RUNS may say otherwise. */
#define RUNS 400
/* Bytes of an input. */
#define INPUT_MAX 65536
#define PATH_SIZE 4096

/* Not every target has it. */
int LLVMFuzzerInitialize(int *argc, char ***argv) __attribute__((weak));

struct input {
    uint8_t *data;
    size_t size;
};

static struct input *inputs;
static size_t input_count;

/* ---- inputs -----------------------------------------------------------------
 */

static void
add_input(FILE *from, const char *name)
{
    struct input input = {malloc(INPUT_MAX), 0};

    inputs = realloc(inputs, (input_count + 1) * sizeof *inputs);
    if (input.data == NULL || inputs == NULL || from == NULL) {
        perror(name);
        exit(99);
    }
    input.size = fread(input.data, 1, INPUT_MAX, from);
    inputs[input_count++] = input;
}

static void
add_file(const char *path)
{
    FILE *file = fopen(path, "rb");

    add_input(file, path);
    (void)fclose(file);
}

/* In the order of their names, which is the same everywhere. */
static void
add_folder(const char *path)
{
    struct dirent **entries = NULL;
    int count = scandir(path, &entries, NULL, alphasort);

    if (count < 0) {
        perror(path);
        exit(99);
    }
    for (int i = 0; i < count; i++) {
        char file[PATH_SIZE];
        int length =
            snprintf(file, sizeof file, "%s/%s", path, entries[i]->d_name);

        FUZZ_CHECK(length > 0 && (size_t)length < sizeof file);
        if (entries[i]->d_name[0] != '.') {
            add_file(file);
        }
        free(entries[i]);
    }
    free(entries);
}

/* ---- changes ----------------------------------------------------------------
 */

/* xorshift64: the same numbers everywhere. */
static size_t
below(size_t limit)
{
    static uint64_t x = UINT64_C(0x9e3779b97f4a7c15);

    x ^= x << 13;
    x ^= x >> 7;
    x ^= x << 17;
    return (size_t)(x % (limit == 0 ? 1 : limit));
}

/* Put other bytes in the place of some. */
static void
replace(struct input *input, size_t at, size_t old, const uint8_t *data,
        size_t size)
{
    if (input->size - old + size > INPUT_MAX) {
        return;
    }
    memmove(input->data + at + size, input->data + at + old,
            input->size - at - old);
    if (size != 0) {
        memmove(input->data + at, data, size);
    }
    input->size = input->size - old + size;
}

static void
change(struct input *input)
{
    static const char *const words[] = {
        "\"",      "{",
        "}",       "[",
        "]",       "null",
        "-1",      "0",
        "\\",      "1e99",
        "\n",      "\xff",
        "\\u0000", "9223372036854775808",
        ":",       "%",
        "",        "/",
        "\"\":[]", "\xf0\x9f\x8d\x84",
    };
    const char *word = words[below(sizeof words / sizeof words[0])];
    const struct input *other = &inputs[below(input_count)];
    size_t at = below(input->size + 1);
    size_t old = below(input->size - at + 1);
    size_t from = below(other->size + 1);
    uint8_t byte = (uint8_t)below(256);

    switch (below(5)) {
    case 0:
        replace(input, at, old > 0, &byte, 1);
        break;
    case 1:
        replace(input, at, old % 4, (const uint8_t *)word, strlen(word));
        break;
    case 2: /* a part of another */
        replace(input, at, old, other->data + from, below(other->size - from));
        break;
    case 3: /* cut short, or a part of it left out */
        replace(input, at, below(4) == 0 ? input->size - at : old, NULL, 0);
        break;
    default: /* a part of it twice */
    {
        uint8_t *part = malloc(old + 1);

        FUZZ_CHECK(part != NULL);
        memcpy(part, input->data + at, old);
        replace(input, at, 0, part, old);
        free(part);
    }
    }
}

static void
run(const struct input *input)
{
    /* Of its very size, so that a sanitizer sees what reads beyond. */
    uint8_t *data = malloc(input->size == 0 ? 1 : input->size);

    FUZZ_CHECK(data != NULL);
    memcpy(data, input->data, input->size);
    (void)LLVMFuzzerTestOneInput(data, input->size);
    free(data);
}

static void
run_changed(long runs)
{
    struct input changed = {malloc(INPUT_MAX), 0};

    FUZZ_CHECK(changed.data != NULL);
    for (long i = 0; i < runs && input_count > 0; i++) {
        const struct input *input = &inputs[(size_t)i % input_count];

        memcpy(changed.data, input->data, input->size);
        changed.size = input->size;
        for (size_t changes = 1 + below(4); changes > 0; changes--) {
            change(&changed);
        }
        run(&changed);
    }
    free(changed.data);
}

int
main(int argc, char **argv)
{
    const char *slash = strrchr(argv[0], '/');
    const char *target = slash == NULL ? argv[0] : slash + 1;
    const char *asked = getenv("FUZZ_RUNS");
    long runs = asked == NULL ? RUNS : strtol(asked, NULL, 10);

    if (LLVMFuzzerInitialize != NULL) {
        (void)LLVMFuzzerInitialize(&argc, &argv);
    }
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "-") == 0) {
            add_input(stdin, "standard input");
        } else {
            add_file(argv[i]);
        }
    }
    if (argc == 1) {
        char folder[PATH_SIZE];
        int length = snprintf(folder, sizeof folder,
                              SRCDIR "/tests/fuzz/seeds/%s", target);

        FUZZ_CHECK(length > 0 && (size_t)length < sizeof folder);
        add_folder(folder);
    }
    for (size_t i = 0; i < input_count; i++) {
        run(&inputs[i]);
    }
    if (argc == 1) {
        run_changed(runs);
    }
    (void)printf("%s: %zu inputs\n", target, input_count);
    for (size_t i = 0; i < input_count; i++) {
        free(inputs[i].data);
    }
    free(inputs);
    return input_count == 0;
}

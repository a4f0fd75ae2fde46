/* Directories, manifests and modules made on the spot. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/driver/fixture.h"

#include "core/base/alloc.h"
#include "core/base/arena.h"
#include "core/driver/context.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define TEXT_MAX 8192

static char root[256];
static pil__arena texts;

static const char *
keep(const char *text)
{
    const char *copy = pil__arena_strndup(&texts, text, strlen(text));

    assert_non_null(copy);
    return copy;
}

const char *
text_of(const char *format, ...)
{
    char text[TEXT_MAX];
    va_list args;

    va_start(args, format);
    assert_true(vsnprintf(text, sizeof text, format, args) < TEXT_MAX);
    va_end(args);
    return keep(text);
}

const char *
path_of(const char *directory, const char *name)
{
    return text_of("%s/%s", directory, name);
}

int
fixture_begin(void **state)
{
    const char *where = getenv("TMPDIR");

    (void)state;
    (void)snprintf(root, sizeof root, "%s/pileus-driver-XXXXXX",
                   where == NULL || *where != '/' ? "/tmp" : where);
    (void)umask(022);
    (void)unsetenv("PILEUS_DRIVER_PATH");
    (void)unsetenv("XDG_DATA_HOME");
    (void)unsetenv("HOME");
    return mkdtemp(root) == NULL ? -1 : 0;
}

static int
remove_one(const char *path, const struct stat *facts, int type,
           struct FTW *where)
{
    (void)facts;
    (void)type;
    (void)where;
    return remove(path);
}

int
fixture_end(void **state)
{
    (void)state;
    pil__arena_free(&texts);
    return nftw(root, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

const char *
fresh_directory(void)
{
    static unsigned count;
    const char *path = text_of("%s/%u", root, count++);

    assert_int_equal(mkdir(path, 0755), 0);
    return path;
}

void
write_file(const char *path, const void *data, size_t size)
{
    FILE *file = fopen(path, "we");

    assert_non_null(file);
    assert_int_equal(fwrite(data, 1, size, file), size);
    assert_int_equal(fclose(file), 0);
}

void
write_text(const char *path, const char *text)
{
    write_file(path, text, strlen(text));
}

char *
read_file(const char *path, size_t *size)
{
    FILE *file = fopen(path, "re");
    struct stat facts;
    char *data;

    assert_non_null(file);
    assert_int_equal(fstat(fileno(file), &facts), 0);
    *size = (size_t)facts.st_size;
    data = test_malloc(*size + 1);
    assert_int_equal(fread(data, 1, *size, file), *size);
    data[*size] = '\0';
    assert_int_equal(fclose(file), 0);
    return data;
}

void
copy_file(const char *from, const char *to)
{
    size_t size = 0;
    char *data = read_file(from, &size);

    write_file(to, data, size);
    test_free(data);
}

/* Each key of a good manifest and its value. */
static const char *const good[][2] = {
    {"pileus", "1"},
    {"name", "\"mock\""},
    {"title", "\"Mock\""},
    {"version", "\"1.0\""},
    {"type", "\"mock\""},
    {"module", "\"mock.so\""},
    {"abi", "\"1.0\""},
    {"threads", "\"parallel\""},
    {"calls", "{\"compute\": [\"list_nodes\"]}"},
};

#define GOOD_COUNT (sizeof good / sizeof good[0])
#define CHANGES_MAX 8

static void
add_key(char *text, const char *key, const char *json)
{
    size_t length = strlen(text);

    if (json != NULL) {
        assert_true(snprintf(text + length, TEXT_MAX - length,
                             "%c\n  \"%s\": %s", length == 0 ? '{' : ',', key,
                             json) < (int)(TEXT_MAX - length));
    }
}

const char *
manifest_text(const char *key, ...)
{
    const char *changes[CHANGES_MAX][2];
    size_t count = 0;
    char text[TEXT_MAX] = "";
    va_list args;

    va_start(args, key);
    for (; key != NULL; key = va_arg(args, const char *)) {
        assert_true(count < CHANGES_MAX);
        changes[count][0] = key;
        changes[count++][1] = va_arg(args, const char *);
    }
    va_end(args);
    for (size_t i = 0; i < GOOD_COUNT; i++) {
        const char *json = good[i][1];

        for (size_t j = 0; j < count; j++) {
            if (changes[j][0] != NULL &&
                strcmp(changes[j][0], good[i][0]) == 0) {
                json = changes[j][1];
                changes[j][0] = NULL;
            }
        }
        add_key(text, good[i][0], json);
    }
    for (size_t j = 0; j < count; j++) {
        if (changes[j][0] != NULL) {
            add_key(text, changes[j][0], changes[j][1]);
        }
    }
    return text_of("%s\n}\n", text);
}

void
without_system_drivers(pileus_context *ctx)
{
    pil__directory *last = &ctx->directories[ctx->directory_count - 1];

    pil__free(last->path);
    last->path = pil__strdup(path_of(root, "no-such-directory"));
    assert_non_null(last->path);
}

pileus_context *
context_of(const char *directory, ...)
{
    pileus_context *ctx = NULL;
    pileus_error *err = NULL;
    va_list args;

    expect_ok(pileus_context_new(&ctx, &err), err);
    without_system_drivers(ctx);
    va_start(args, directory);
    for (; directory != NULL; directory = va_arg(args, const char *)) {
        expect_ok(pileus_context_add_directory(ctx, directory, &err), err);
    }
    va_end(args);
    return ctx;
}

pileus_drivers *
find_all(pileus_context *ctx)
{
    pileus_drivers *drivers = NULL;
    pileus_error *err = NULL;

    expect_ok(pileus_drivers_find(&drivers, ctx, &err), err);
    for (size_t i = 0; i < pileus_drivers_note_count(drivers); i++) {
        print_message("%s\n", pileus_drivers_note(drivers, i));
    }
    return drivers;
}

void
write_other(const char *directory, const char *name)
{
    write_text(path_of(directory, text_of("%s.json", name)),
               manifest_text("name", text_of("\"%s\"", name), NULL));
}

void
expect_in(const pileus_drivers *drivers, const char *name,
          const char *directory)
{
    const pileus_driver_info *info = pileus_drivers_get(drivers, name);

    assert_non_null(info);
    assert_string_equal(pileus_driver_manifest_path(info),
                        path_of(directory, text_of("%s.json", name)));
}

void
expect_note(const pileus_drivers *drivers, const char *words)
{
    size_t count = 0;

    for (size_t i = 0; i < pileus_drivers_note_count(drivers); i++) {
        count += strstr(pileus_drivers_note(drivers, i), words) != NULL;
    }
    assert_int_equal(count, 1);
}

void
expect_notes(const pileus_drivers *drivers, size_t count)
{
    assert_int_equal(pileus_drivers_note_count(drivers), count);
    assert_null(pileus_drivers_note(drivers, count));
}

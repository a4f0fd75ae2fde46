/* Directories, manifests and modules made on the spot, for suites about
 * finding and loading drivers. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_DRIVER_FIXTURE_H
#define TESTS_DRIVER_FIXTURE_H

#include "tests/support/probe.h"

#include <sys/stat.h>

#define MOCK(name) BUILDDIR "/tests/drivers/.libs/" name ".so"

/* Of a group of tests: a directory of its own and an environment without
 * drivers; and all of it gone again. */
int fixture_begin(void **state);
int fixture_end(void **state);

/* A new empty directory, which nobody else can write. The path, like all text
 * that is returned here, is good to the end of the group. */
const char *fresh_directory(void);
const char *path_of(const char *directory, const char *name);
const char *text_of(const char *format, ...) PILEUS_PRINTF(1, 2);

void write_file(const char *path, const void *data, size_t size);
void write_text(const char *path, const char *text);
/* All of a file, to be freed by test_free. */
char *read_file(const char *path, size_t *size);
void copy_file(const char *from, const char *to);

/* A good manifest of the driver "mock", but for the keys given: each with its
 * value as JSON, or NULL to leave it out; a NULL key ends them. */
const char *manifest_text(const char *key, ...);
/* The same, written to DIRECTORY/mock.json. */
#define write_manifest(directory, ...)                                         \
    write_text(path_of(directory, "mock.json"), manifest_text(__VA_ARGS__))

/* A context that searches these directories, named by the application; a NULL
 * ends them. */
pileus_context *context_of(const char *directory, ...);

/* No context knows this one from another machine's: where the distribution's
 * drivers would be, nothing is. */
void without_system_drivers(pileus_context *ctx);

/* A manifest of another name than mock, as DIRECTORY/NAME.json. */
void write_other(const char *directory, const char *name);

/* What is found along the search path. */
pileus_drivers *find_all(pileus_context *ctx);
/* The driver of this name was found in this directory. */
void expect_in(const pileus_drivers *drivers, const char *name,
               const char *directory);
/* Exactly one note has these words in it. */
void expect_note(const pileus_drivers *drivers, const char *words);
/* There are so many notes. */
void expect_notes(const pileus_drivers *drivers, size_t count);

#endif

/* Opening the dummy driver, and saying what came of a call. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/plugins/dummy_support.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

void
assert_done(pileus_code code, pileus_error **err)
{
    if (code != PILEUS_OK) {
        fail_msg("%s: %s", pileus_code_name(code), pileus_error_message(*err));
    }
    assert_null(*err);
}

void
assert_failed(pileus_code wanted, pileus_code code, pileus_error **err,
              const char *part)
{
    assert_string_equal(pileus_code_name(code), pileus_code_name(wanted));
    assert_int_equal(pileus_error_code(*err), wanted);
    if (strstr(pileus_error_message(*err), part) == NULL) {
        fail_msg("\"%s\" does not say \"%s\"", pileus_error_message(*err),
                 part);
    }
    pileus_error_free(*err);
    *err = NULL;
}

pileus_code
try_open(pileus_connection **conn, const char *const *pairs, pileus_error **err)
{
    pileus_options *options = NULL;
    pileus_code code = pileus_options_new(&options, err);

    for (size_t i = 0; code == PILEUS_OK && pairs[i] != NULL; i += 2) {
        code = pileus_options_set(options, pairs[i], pairs[i + 1], err);
    }
    if (code == PILEUS_OK) {
        code = pileus_connection_open(conn, NULL, "dummy", options, NULL, err);
    }
    pileus_options_free(options);
    return code;
}

pileus_connection *
open_with(const char *const *pairs)
{
    pileus_connection *conn = NULL;
    pileus_error *err = NULL;
    pileus_code code = try_open(&conn, pairs, &err);

    assert_done(code, &err);
    assert_non_null(conn);
    return conn;
}

pileus_list *
list_nodes(pileus_connection *conn)
{
    pileus_list *list = NULL;
    pileus_error *err = NULL;
    pileus_code code = pileus_node_list(&list, conn, NULL, NULL, &err);

    assert_done(code, &err);
    return list;
}

pileus_node *
create_node(pileus_connection *conn)
{
    pileus_node *node = NULL;
    pileus_error *err = NULL;
    pileus_code code = pileus_node_create(&node, conn, NULL, NULL, &err);

    assert_done(code, &err);
    return node;
}

pileus_code
try_token(pileus_node **node, pileus_connection *conn, const char *token,
          pileus_error **err)
{
    pileus_node_spec *spec = NULL;
    pileus_code code = pileus_node_spec_new(&spec, err);

    if (code == PILEUS_OK) {
        code = pileus_node_spec_set_token(spec, token, err);
    }
    if (code == PILEUS_OK) {
        code = pileus_node_create(node, conn, spec, NULL, err);
    }
    pileus_node_spec_free(spec);
    return code;
}

void
assert_ids(pileus_connection *conn, const char *wanted)
{
    pileus_list *list = list_nodes(conn);
    char ids[256] = "";
    size_t length = 0;

    for (size_t i = 0; i < pileus_list_count(list); i++) {
        const char *id = pileus_node_id(pileus_list_node(list, i));

        length += (size_t)snprintf(ids + length, sizeof ids - length, "%s%s",
                                   i == 0 ? "" : " ", id == NULL ? "-" : id);
        assert_true(length < sizeof ids);
    }
    assert_string_equal(ids, wanted);
    pileus_list_free(list);
}

int
place_setup(void **state)
{
    place *here = calloc(1, sizeof *here);

    if (here == NULL) {
        return -1;
    }
    *state = here;
    /* In the working directory, so that relative paths are tried, too. */
    (void)snprintf(here->directory, sizeof here->directory, "dummy-XXXXXX");
    if (mkdtemp(here->directory) == NULL) {
        return -1;
    }
    (void)snprintf(here->file, sizeof here->file, "%s/state", here->directory);
    (void)snprintf(here->lock, sizeof here->lock, "%s/state.lock",
                   here->directory);
    (void)snprintf(here->scratch, sizeof here->scratch, "%s/state.tmp",
                   here->directory);
    return 0;
}

int
place_teardown(void **state)
{
    place *here = *state;
    int code;

    (void)unlink(here->file);
    (void)unlink(here->lock);
    code = rmdir(here->directory);
    free(here);
    return code;
}

char *
read_file(const char *path, size_t *size)
{
    FILE *in = fopen(path, "rb");
    char *data = malloc(65536);

    assert_non_null(in);
    assert_non_null(data);
    *size = fread(data, 1, 65535, in);
    assert_int_equal(fclose(in), 0);
    data[*size] = '\0';
    return data;
}

void
write_file(const char *path, const char *data, size_t size)
{
    FILE *out = fopen(path, "wb");

    assert_non_null(out);
    assert_int_equal(fwrite(data, 1, size, out), size);
    assert_int_equal(fclose(out), 0);
}

int64_t
clock_ms(void)
{
    struct timespec now;

    assert_int_equal(clock_gettime(CLOCK_MONOTONIC, &now), 0);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

struct canceller {
    pthread_t thread;
    pileus_call *call;
    int ms;
};

static void *
cancel_main(void *user)
{
    const canceller *later = user;
    struct timespec pause = {later->ms / 1000, later->ms % 1000 * 1000000L};

    (void)nanosleep(&pause, NULL);
    pileus_call_cancel(later->call);
    return NULL;
}

canceller *
cancel_later(pileus_call *call, int ms)
{
    canceller *later = malloc(sizeof *later);

    assert_non_null(later);
    later->call = call;
    later->ms = ms;
    assert_int_equal(pthread_create(&later->thread, NULL, cancel_main, later),
                     0);
    return later;
}

void
cancel_done(canceller *later)
{
    assert_int_equal(pthread_join(later->thread, NULL), 0);
    free(later);
}

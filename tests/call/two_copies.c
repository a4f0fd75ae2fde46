/* Two copies of libpileus in one process, as two libraries that each bring
 * their own would have it: one module serves both, and neither sees the other.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/support/expect.h"

#include <pileus/pileus.h>

#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define LIBRARY BUILDDIR "/.libs/libpileus.so"

/* One copy, by the functions that this test calls. */
typedef struct copy {
    char path[64];
    void *handle;
    pileus_code (*open)(pileus_connection **, pileus_context *, const char *,
                        const pileus_options *, pileus_call *, pileus_error **);
    void (*unref)(pileus_connection *);
    pileus_code (*list)(pileus_list **, pileus_connection *,
                        const pileus_query *, pileus_call *, pileus_error **);
    void (*list_free)(pileus_list *);
    size_t (*count)(const pileus_list *);
    pileus_code (*create)(pileus_node **, pileus_connection *,
                          const pileus_node_spec *, pileus_call *,
                          pileus_error **);
    void (*node_unref)(pileus_node *);
    pileus_connection *conn;
} copy;

static bool
copy_library(const char *path)
{
    static char block[65536];
    FILE *from = fopen(LIBRARY, "rb");
    FILE *to = fopen(path, "wb");
    size_t size = 0;

    while (from != NULL && to != NULL &&
           (size = fread(block, 1, sizeof block, from)) > 0) {
        assert_int_equal(fwrite(block, 1, size, to), size);
    }
    if (from != NULL) {
        (void)fclose(from);
    }
    return to != NULL && fclose(to) == 0 && from != NULL;
}

/* The address of a function; POSIX has it go through an object pointer. */
static void
find(const copy *one, const char *name, void *function)
{
    void *address = dlsym(one->handle, name);

    assert_non_null(address);
    memcpy(function, &address, sizeof address);
}

static void
load(copy *one)
{
    int fd;

    (void)snprintf(one->path, sizeof one->path, "/tmp/pileus-copy-XXXXXX");
    fd = mkstemp(one->path);
    assert_true(fd >= 0);
    assert_int_equal(close(fd), 0);
    assert_true(copy_library(one->path));
    one->handle = dlopen(one->path, RTLD_NOW | RTLD_LOCAL);
    assert_non_null(one->handle);
    find(one, "pileus_connection_open", &one->open);
    find(one, "pileus_connection_unref", &one->unref);
    find(one, "pileus_node_list", &one->list);
    find(one, "pileus_list_free", &one->list_free);
    find(one, "pileus_list_count", &one->count);
    find(one, "pileus_node_create", &one->create);
    find(one, "pileus_node_unref", &one->node_unref);
    assert_int_equal(one->open(&one->conn, NULL, "dummy", NULL, NULL, NULL),
                     PILEUS_OK);
}

static size_t
count_nodes(const copy *one)
{
    pileus_list *list = NULL;
    size_t count;

    assert_int_equal(one->list(&list, one->conn, NULL, NULL, NULL), PILEUS_OK);
    count = one->count(list);
    one->list_free(list);
    return count;
}

static void
test_two_copies(void **state)
{
    copy one = {.handle = NULL};
    copy two = {.handle = NULL};
    pileus_node *node = NULL;

    (void)state;
    if (access(LIBRARY, R_OK) != 0) {
        print_message("skipped: %s is not there (a static build?)\n", LIBRARY);
        skip();
    }
    load(&one);
    load(&two);
    assert_true(one.open != two.open);
    assert_int_equal(one.create(&node, one.conn, NULL, NULL, NULL), PILEUS_OK);
    assert_int_equal(count_nodes(&one), 3);
    assert_int_equal(count_nodes(&two), 2);
    one.node_unref(node);
    one.unref(one.conn);
    assert_int_equal(count_nodes(&two), 2); /* after the first has ended */
    two.unref(two.conn);
    (void)unlink(one.path);
    (void)unlink(two.path);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_two_copies),
    };

    return cmocka_run_group_tests_name("two copies", tests, NULL, NULL);
}

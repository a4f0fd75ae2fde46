/* Files of a provider's own, as drivers read them. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/call/call.h"

#include "tests/support/alloc.h"

#include <pileus/file.h>
#include <pileus/pileus.h>

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#define NOBODY 65534
#define MOST 100
/* Says that it has no bytes, and has more than are made room for at first. */
#define OF_NO_SIZE "/proc/self/smaps"

static char directory[] = "/tmp/pileus-file-XXXXXX";
static char path[64]; /* in it */
static pileus_call *call;

static int
begin(void **state)
{
    pileus_error *err = NULL;

    (void)state;
    assert_non_null(mkdtemp(directory));
    (void)snprintf(path, sizeof path, "%s/it", directory);
    expect_ok(pileus_call_new(&call, &err), err);
    return 0;
}

static int
end(void **state)
{
    (void)state;
    pileus_call_free(call);
    (void)unlink(path);
    return rmdir(directory);
}

static void
write_file(const void *data, size_t size, mode_t mode)
{
    FILE *out;

    (void)unlink(path);
    out = fopen(path, "w");
    assert_non_null(out);
    assert_int_equal(fwrite(data, 1, size, out), size);
    assert_int_equal(fclose(out), 0);
    assert_int_equal(chmod(path, mode), 0);
}

/* ---- what is read ----------------------------------------------------------
 */

static void
expect_file(const char *name, const char *home, const void *data, size_t size,
            bool exposed)
{
    pileus_file *file = NULL;
    size_t got = 1;

    assert_int_equal(
        pileus_file_read(call, name, home, MOST, PILEUS_FILE_NEEDED, &file),
        PILEUS_OK);
    assert_non_null(file);
    assert_memory_equal(pileus_file_data(file, &got), data, size);
    assert_int_equal(got, size);
    assert_int_equal(pileus_file_data(file, NULL)[size], '\0');
    assert_int_equal(pileus_file_is_exposed(file), exposed);
    assert_string_equal(pileus_file_path(file), home == NULL ? name : path);
    pileus_file_data(file, NULL)[0] = 'x'; /* they may be changed */
    pileus_file_free(file);
}

static void
test_bytes(void **state)
{
    static const char bytes[] = "one\0two\xff\n";
    char full[MOST];

    (void)state;
    write_file(bytes, sizeof bytes, 0600);
    expect_file(path, NULL, bytes, sizeof bytes, false);
    expect_file("~/it", directory, bytes, sizeof bytes, false);
    write_file(bytes, sizeof bytes, 0640);
    expect_file(path, NULL, bytes, sizeof bytes, true);
    memset(full, 'a', sizeof full);
    write_file(full, sizeof full, 0604);
    expect_file(path, NULL, full, sizeof full, true);
    write_file("", 0, 0400);
    expect_file(path, NULL, "", 0, false);
    expect_file("/dev/null", NULL, "", 0, true);
    pileus_file_free(NULL);
}

/* How large a file is its end says, not its facts. */
static void
test_growing(void **state)
{
    pileus_file *file = NULL;
    size_t size = 0;

    (void)state;
    if (access(OF_NO_SIZE, R_OK) != 0) {
        skip();
    }
    assert_int_equal(
        pileus_file_read(call, OF_NO_SIZE, NULL, 1 << 24, 0, &file), PILEUS_OK);
    assert_non_null(file);
    assert_true(strlen(pileus_file_data(file, &size)) == size);
    assert_true(size > 8192);
    assert_memory_equal(pileus_file_data(file, NULL) + size - 1, "\n", 1);
    pileus_file_free(file);
}

/* ---- what is not there -----------------------------------------------------
 */

static void
expect_none(const char *name, const char *home, uint64_t flags)
{
    pileus_file *file = (pileus_file *)(void *)path;
    pileus_error *err = NULL;

    assert_int_equal(pileus_file_read(call, name, home, MOST, flags, &file),
                     PILEUS_OK);
    assert_null(file);
    assert_int_equal(pil__call_result(call, PILEUS_OK, &err), PILEUS_OK);
    assert_null(err);
}

static void
expect_refusal(const char *name, uint64_t flags, const char *words)
{
    pileus_file *file = (pileus_file *)(void *)path;
    pileus_error *err = NULL;
    int32_t code = pileus_file_read(call, name, NULL, MOST, flags, &file);

    assert_null(file);
    assert_int_equal(pil__call_result(call, code, &err), code);
    expect_error(&err, PILEUS_CONFIGURATION, words);
}

static void
test_missing(void **state)
{
    (void)state;
    (void)unlink(path);
    expect_none(path, NULL, 0);
    expect_none("~/it", directory, PILEUS_FILE_READABLE);
    expect_none("~/it", NULL, 0);
    expect_none("/dev/null/it", NULL, 0);
    expect_refusal(path, PILEUS_FILE_NEEDED,
                   "/it cannot be read (No such file or directory): check its "
                   "name");
    expect_refusal("/dev/null/it", PILEUS_FILE_NEEDED | PILEUS_FILE_READABLE,
                   "cannot be read (Not a directory)");
    expect_refusal("~/it", PILEUS_FILE_NEEDED,
                   "it is not known where ~/it is: set HOME");
}

/* Root may read all, so it is nobody for once. */
static void
test_must_not_be_read(void **state)
{
    bool is_root = geteuid() == 0;

    (void)state;
    write_file("a", 1, 0);
    assert_int_equal(is_root ? seteuid(NOBODY) : 0, 0);
    expect_none(path, NULL, PILEUS_FILE_READABLE);
    expect_none(path, NULL, PILEUS_FILE_READABLE | PILEUS_FILE_NEEDED);
    expect_refusal(path, 0, "cannot be read (Permission denied)");
    assert_int_equal(is_root ? seteuid(0) : 0, 0);
}

/* ---- what is not believed --------------------------------------------------
 */

static void
test_refused(void **state)
{
    char large[MOST + 1];

    (void)state;
    memset(large, 'a', sizeof large);
    write_file(large, sizeof large, 0600);
    expect_refusal(path, 0, "/it is larger than 100 bytes: make it smaller");
    expect_refusal("/dev/zero", 0, "/dev/zero is larger than 100 bytes");
    if (access(OF_NO_SIZE, R_OK) == 0) {
        expect_refusal(OF_NO_SIZE, 0, "is larger than 100 bytes");
    }
    write_file("a", 1, 0620);
    expect_refusal(path, 0, "/it can be written by others: make it yours");
    write_file("a", 1, 0602);
    expect_refusal(path, 0, "chmod go-w it");
    expect_refusal(directory, 0, "is not a regular file: put a file there");
    (void)unlink(path);
    assert_int_equal(mkfifo(path, 0600), 0);
    expect_refusal(path, 0, "/it is not a regular file");
    if (geteuid() == 0) {
        write_file("a", 1, 0600);
        assert_int_equal(chown(path, NOBODY, 0), 0);
        expect_refusal(path, 0, "can be written by others");
    }
}

/* ---- memory ----------------------------------------------------------------
 */

static pileus_code
read_it(void *user)
{
    pileus_file *file = NULL;
    pileus_error *err = NULL;
    pileus_code code =
        pileus_file_read(call, user, directory, 1 << 24, 0, &file);

    assert_int_equal(file != NULL, code == PILEUS_OK);
    pileus_file_free(file);
    assert_int_equal(pil__call_result(call, code, &err), code);
    pileus_error_free(err);
    return code;
}

static void
test_no_memory(void **state)
{
    char name[] = "~/it";
    char growing[] = OF_NO_SIZE;

    (void)state;
    write_file("a", 1, 0600);
    fail_each_allocation(read_it, name);
    if (access(OF_NO_SIZE, R_OK) == 0) {
        fail_each_allocation(read_it, growing);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_bytes),   cmocka_unit_test(test_growing),
        cmocka_unit_test(test_missing), cmocka_unit_test(test_must_not_be_read),
        cmocka_unit_test(test_refused), cmocka_unit_test(test_no_memory),
    };

    return cmocka_run_group_tests_name("file", tests, begin, end);
}

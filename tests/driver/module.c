/* Loading modules: those that work, and each kind that does not. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/driver/context.h"
#include "core/driver/module.h"

#include "tests/driver/fixture.h"

#include <sys/types.h>
#include <unistd.h>

/* Load the driver of the manifest in a directory. */
static pileus_code
load(pil__module **module, const char *directory, pileus_error **err)
{
    pileus_context *ctx = context_of(directory, NULL);
    pileus_driver_info *info = NULL;
    pileus_code code = pil__context_find(&info, ctx, "mock", err);

    *module = NULL;
    assert_int_equal(code, PILEUS_OK);
    code = pil__module_load(module, info, err);
    pil__manifest_unref(info);
    pileus_context_unref(ctx);
    return code;
}

static pil__module *
load_good(const char *directory)
{
    pil__module *module = NULL;
    pileus_error *err = NULL;

    expect_ok(load(&module, directory, &err), err);
    assert_non_null(module);
    return module;
}

/* The module is refused with these words, and its file is named. */
static void
refuse(const char *directory, const char *words)
{
    pil__module *module = NULL;
    pileus_error *err = NULL;

    assert_int_equal(load(&module, directory, &err), PILEUS_DRIVER);
    print_message("%s\n", pileus_error_message(err));
    assert_non_null(
        strstr(pileus_error_message(err), path_of(directory, "mock.so")));
    assert_null(strchr(pileus_error_message(err), '\n'));
    expect_error(&err, PILEUS_DRIVER, words);
}

/* A directory with this module as the driver "mock". */
static const char *
directory_of(const char *module)
{
    const char *directory = fresh_directory();

    write_manifest(directory, NULL);
    copy_file(module, path_of(directory, "mock.so"));
    return directory;
}

/* Change the first occurrence of some bytes in a file. */
static void
patch(const char *path, const void *from, const void *to, size_t length)
{
    size_t size = 0;
    char *data = read_file(path, &size);
    size_t at = 0;

    while (at + length <= size && memcmp(data + at, from, length) != 0) {
        at++;
    }
    assert_true(at + length <= size);
    memcpy(data + at, to, length);
    write_file(path, data, size);
    test_free(data);
}

static void
test_good(void **state)
{
    const char *directory = directory_of(MOCK("mock"));
    const pil__module *module = load_good(directory);

    (void)state;
    assert_string_equal(module->path, path_of(directory, "mock.so"));
    assert_string_equal(module->descriptor.name, "mock");
    assert_int_equal(module->descriptor.thread_model, PILEUS_THREADS_PARALLEL);
    assert_null(module->gate);
}

/* Through another manifest, a link, a second name: the same module. */
static void
test_once(void **state)
{
    const char *directory = directory_of(MOCK("mock"));
    const pil__module *module = load_good(directory);
    const char *links = fresh_directory();
    const char *names = fresh_directory();

    (void)state;
    assert_ptr_equal(load_good(directory), module);
    write_manifest(links, NULL);
    assert_int_equal(
        symlink(path_of(directory, "mock.so"), path_of(links, "mock.so")), 0);
    assert_ptr_equal(load_good(links), module);
    write_manifest(names, "module", "\"other.so\"", NULL);
    assert_int_equal(
        link(path_of(directory, "mock.so"), path_of(names, "other.so")), 0);
    assert_ptr_equal(load_good(names), module);
    /* A copy is a module of its own. */
    assert_ptr_not_equal(load_good(directory_of(MOCK("mock"))), module);
}

/* Loaded already is not agreed already. */
static void
test_second_manifest(void **state)
{
    const char *directory = directory_of(MOCK("mock"));

    (void)state;
    (void)load_good(directory);
    write_manifest(directory, "threads", "\"serial\"", NULL);
    refuse(directory, "says its thread model is 'parallel', but the manifest");
    write_manifest(directory, NULL);
    (void)load_good(directory);
}

/* What is loaded stays loaded: an upgrade of the file comes to those who start
 * later. */
static void
test_replaced(void **state)
{
    const char *directory = directory_of(MOCK("mock"));
    const pil__module *module = load_good(directory);

    (void)state;
    copy_file(MOCK("mock_minor"), path_of(directory, "new.so"));
    assert_int_equal(
        rename(path_of(directory, "new.so"), path_of(directory, "mock.so")), 0);
    assert_ptr_equal(load_good(directory), module);
    assert_int_equal(module->descriptor.abi_minor, PILEUS_ABI_MINOR);
}

static void
test_newer_minor(void **state)
{
    const pil__module *module = load_good(directory_of(MOCK("mock_minor")));

    (void)state;
    assert_int_equal(module->descriptor.abi_minor, 7);
    refuse(directory_of(MOCK("mock_hostminor")),
           "needs a libpileus with driver ABI 1.5 or later");
}

static void
test_other_major(void **state)
{
    const char *directory = directory_of(MOCK("mock"));

    (void)state;
    refuse(directory_of(MOCK("mock_newer")),
           "is made for driver ABI 2.0 and libpileus " PACKAGE_VERSION
           " has 1.0: upgrade libpileus");
    refuse(directory_of(MOCK("mock_older")), "upgrade the driver");
    /* By the word of the manifest alone: the file is not looked at. */
    write_manifest(directory, "abi", "\"2.1\"", NULL);
    write_text(path_of(directory, "mock.so"), "of the future");
    refuse(directory, "is made for driver ABI 2.1 and libpileus");
}

static void
test_descriptors(void **state)
{
    (void)state;
    refuse(directory_of(MOCK("mock_magic")), "with 12345678, not 554c4950");
    refuse(directory_of(MOCK("mock_short")),
           "the size of its descriptor as 32, which is too short");
    refuse(directory_of(MOCK("mock_huge")),
           "the size of its descriptor as 2147483647, which makes no sense");
    refuse(directory_of(MOCK("mock_nothing")), "gives no descriptor");
    refuse(directory_of(MOCK("mock_noservice")), "has no get_service");
}

static void
test_disagreement(void **state)
{
    const char *directory = directory_of(MOCK("mock"));

    (void)state;
    write_manifest(directory, "type", "\"0\"", NULL);
    refuse(directory, "says its type is 'mock', but the manifest");
    write_manifest(directory, "threads", "\"connection\"", NULL);
    refuse(directory, "says its thread model is 'parallel', but the manifest");
}

/* The tables that a module gives, as core/call asks for them. */
static void
refuse_services(const char *path, const char *words)
{
    const pil__module *module = load_good(directory_of(path));
    const pileus_driver_descriptor *descriptor = &module->descriptor;
    pileus_connection_service connection;
    pileus_compute_service compute;
    pileus_error *err = NULL;
    pileus_code code = pil__negotiate_connection(
        &connection, descriptor->get_service(NULL, "connection", 1),
        module->path, &err);

    if (code == PILEUS_OK) {
        code = pil__negotiate_compute(
            &compute, descriptor->get_service(NULL, "compute", 1), module->path,
            &err);
    }
    assert_int_equal(code, PILEUS_DRIVER);
    print_message("%s\n", pileus_error_message(err));
    expect_error(&err, PILEUS_DRIVER, words);
}

static void
test_services(void **state)
{
    (void)state;
    refuse_services(MOCK("mock_noopen"), "has no call connection.open");
    refuse_services(MOCK("mock_noclose"), "has no call connection.close");
    refuse_services(MOCK("mock_nolist"), "has no call compute.list_nodes");
    refuse_services(MOCK("mock_shorttable"),
                    "service \"connection\" as 8, which is too short");
    refuse_services(MOCK("mock_hugetable"),
                    "service \"compute\" as 9223372036854775807, which makes "
                    "no sense");
}

/* Opened as an application does it, a mock works, and one that does not is
 * refused in the same words. */
static void
test_as_applications_do(void **state)
{
    pileus_context *ctx = context_of(directory_of(MOCK("mock")), NULL);
    pileus_connection *conn = NULL;
    pileus_list *list = NULL;
    pileus_error *err = NULL;

    (void)state;
    expect_ok(pileus_connection_open(&conn, ctx, "mock", NULL, NULL, &err),
              err);
    expect_ok(pileus_node_list(&list, conn, NULL, NULL, &err), err);
    assert_int_equal(pileus_list_count(list), 2);
    assert_string_equal(pileus_node_name(pileus_list_node(list, 1)), "mock-2");
    pileus_list_free(list);
    pileus_connection_unref(conn);
    pileus_context_unref(ctx);
    conn = NULL;
    ctx = context_of(directory_of(MOCK("mock_nolist")), NULL);
    assert_int_equal(
        pileus_connection_open(&conn, ctx, "mock", NULL, NULL, &err),
        PILEUS_DRIVER);
    assert_null(conn);
    expect_error(&err, PILEUS_DRIVER, "has no call compute.list_nodes");
    pileus_context_unref(ctx);
}

static void
test_no_symbol(void **state)
{
    const char *directory = fresh_directory();
    pileus_context *ctx = context_of(directory, NULL);
    pileus_driver_info *info = NULL;
    pil__module *module = NULL;
    pileus_error *err = NULL;

    (void)state;
    write_other(directory, "other");
    copy_file(MOCK("mock"), path_of(directory, "mock.so"));
    expect_ok(pil__context_find(&info, ctx, "other", &err), err);
    assert_int_equal(pil__module_load(&module, info, &err), PILEUS_DRIVER);
    assert_non_null(
        strstr(pileus_error_message(err), path_of(directory, "mock.so")));
    expect_error(&err, PILEUS_DRIVER,
                 "has no function other_LTX_pileus_driver, so it is not the "
                 "driver 'other'");
    pil__manifest_unref(info);
    pileus_context_unref(ctx);
}

/* At once, not at the first call that needs it. */
static void
test_undefined_symbol(void **state)
{
    (void)state;
    refuse(directory_of(MOCK("mock_undefined")),
           "mock.so cannot be loaded (undefined symbol: "
           "mock_symbol_that_nobody_defines): install what is missing");
}

/* The name of the library that is missing is told, not the driver's. */
static void
test_missing_library(void **state)
{
    const char *directory = directory_of(MOCK("mock"));

    (void)state;
    patch(path_of(directory, "mock.so"), "\0libc.", "\0libQ.", 6);
    refuse(directory, "mock.so cannot be loaded (libQ.");
    refuse(directory, "install what is missing");
}

static void
test_missing_module(void **state)
{
    const char *directory = fresh_directory();

    (void)state;
    write_manifest(directory, NULL);
    refuse(directory,
           text_of("%s/mock.so, which the manifest %s/mock.json names, is "
                   "missing: install the driver again, or remove the manifest",
                   directory, directory));
    assert_int_equal(symlink("gone.so", path_of(directory, "mock.so")), 0);
    refuse(directory, "cannot be read (No such file or directory)");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_good),
        cmocka_unit_test(test_once),
        cmocka_unit_test(test_second_manifest),
        cmocka_unit_test(test_replaced),
        cmocka_unit_test(test_newer_minor),
        cmocka_unit_test(test_other_major),
        cmocka_unit_test(test_descriptors),
        cmocka_unit_test(test_disagreement),
        cmocka_unit_test(test_services),
        cmocka_unit_test(test_as_applications_do),
        cmocka_unit_test(test_no_symbol),
        cmocka_unit_test(test_undefined_symbol),
        cmocka_unit_test(test_missing_library),
        cmocka_unit_test(test_missing_module),
    };

    return cmocka_run_group_tests_name("module", tests, fixture_begin,
                                       fixture_end);
}

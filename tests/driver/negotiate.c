/* Negotiation: what of a driver's tables is taken, and what is refused. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/driver/abi.h"
#include "core/driver/module.h"

#include "tests/driver/fixture.h"

static const pileus_driver_info info = {
    .name = "mock",
    .type = "mock",
    .thread_model = PILEUS_THREADS_PARALLEL,
    .manifest_path = "/drivers/mock.json",
    .module_path = "/drivers/mock.so",
};

static const void *
get_service(void *state, const char *service, uint32_t version)
{
    (void)state;
    (void)service;
    (void)version;
    return NULL;
}

static const pileus_driver_descriptor good = {
    .magic = PILEUS_DRIVER_MAGIC,
    .struct_size = sizeof(pileus_driver_descriptor),
    .abi_major = PILEUS_ABI_MAJOR,
    .abi_minor = PILEUS_ABI_MINOR,
    .name = "mock",
    .version = "1.0",
    .type = "mock",
    .thread_model = PILEUS_THREADS_PARALLEL,
    .get_service = get_service,
};

static void
refuse(const pileus_driver_descriptor *given, const char *words)
{
    pileus_driver_descriptor descriptor;
    pileus_error *err = NULL;

    assert_int_equal(pil__negotiate_descriptor(&descriptor, given, &info, &err),
                     PILEUS_DRIVER);
    print_message("%s\n", pileus_error_message(err));
    assert_non_null(strstr(pileus_error_message(err), info.module_path));
    expect_error(&err, PILEUS_DRIVER, words);
}

static void
test_good(void **state)
{
    pileus_driver_descriptor descriptor;
    pileus_error *err = NULL;

    (void)state;
    memset(&descriptor, 0xAA, sizeof descriptor);
    expect_ok(pil__negotiate_descriptor(&descriptor, &good, &info, &err), err);
    assert_memory_equal(&descriptor, &good, sizeof good);
}

/* A later release's, of the same major, longer than ours and of a newer minor.
 */
static void
test_longer(void **state)
{
    struct {
        pileus_driver_descriptor descriptor;
        void *later[4];
    } given = {good, {&given, &given, &given, &given}};
    struct {
        pileus_driver_descriptor descriptor;
        char guard[16];
    } ours;
    pileus_error *err = NULL;

    (void)state;
    memset(&ours, 0xAA, sizeof ours);
    given.descriptor.struct_size = sizeof given;
    given.descriptor.abi_minor = PILEUS_ABI_MINOR + 9;
    expect_ok(pil__negotiate_descriptor(&ours.descriptor, &given.descriptor,
                                        &info, &err),
              err);
    assert_int_equal(ours.descriptor.struct_size, sizeof ours.descriptor);
    assert_int_equal(ours.descriptor.abi_minor, PILEUS_ABI_MINOR + 9);
    assert_ptr_equal(ours.descriptor.get_service, get_service);
    for (size_t i = 0; i < sizeof ours.guard; i++) {
        assert_int_equal((unsigned char)ours.guard[i], 0xAA);
    }
}

static void
test_head(void **state)
{
    pileus_driver_descriptor given = good;

    (void)state;
    refuse(NULL, "gives no descriptor");
    given.magic = 0;
    refuse(&given, "with 00000000, not 554c4950");
    given = good;
    given.abi_major = 2;
    given.abi_minor = 3;
    refuse(&given, "is made for driver ABI 2.3 and libpileus " PACKAGE_VERSION
                   " has 1.0: upgrade libpileus");
    /* Another major may be of another size: that is not what is wrong. */
    given.struct_size = 16;
    refuse(&given, "upgrade libpileus");
    given = good;
    given.abi_major = 0;
    refuse(&given, "is made for driver ABI 0.0 and libpileus " PACKAGE_VERSION
                   " has 1.0: upgrade the driver");
    given = good;
    given.abi_minor = 5;
    given.host_minor_min = 4;
    refuse(&given, "needs a libpileus with driver ABI 1.4 or later, and "
                   "libpileus " PACKAGE_VERSION " has 1.0: upgrade libpileus");
}

static void
test_sizes(void **state)
{
    static const uint32_t small[] = {0, 8, 16, PIL__DESCRIPTOR_1_0 - 8,
                                     PIL__DESCRIPTOR_1_0 - 1};
    static const uint32_t odd[] = {PIL__DESCRIPTOR_1_0 + 1,
                                   PIL__ABI_SIZE_MAX + 8, UINT32_MAX};
    pileus_driver_descriptor given = good;

    (void)state;
    for (size_t i = 0; i < sizeof small / sizeof small[0]; i++) {
        given.struct_size = small[i];
        refuse(&given, "which is too short: build the driver again");
    }
    for (size_t i = 0; i < sizeof odd / sizeof odd[0]; i++) {
        given.struct_size = odd[i];
        refuse(&given, "which makes no sense: build the driver again");
    }
}

static void
test_missing(void **state)
{
    pileus_driver_descriptor given = good;

    (void)state;
    given.name = NULL;
    refuse(&given, "has no name, which every driver must have");
    given = good;
    given.version = NULL;
    refuse(&given, "has no version,");
    given = good;
    given.type = NULL;
    refuse(&given, "has no type,");
    given = good;
    given.get_service = NULL;
    refuse(&given, "has no get_service,");
}

static void
test_disagreement(void **state)
{
    pileus_driver_descriptor given = good;

    (void)state;
    given.name = "other";
    refuse(&given, "says its name is 'other', but the manifest "
                   "/drivers/mock.json says 'mock'");
    given = good;
    given.type = "0";
    refuse(&given, "says its type is '0', but the manifest");
    given = good;
    given.thread_model = PILEUS_THREADS_SERIAL;
    refuse(&given, "says its thread model is 'serial', but the manifest "
                   "/drivers/mock.json says 'parallel'");
    given.thread_model = 0;
    refuse(&given, "gives 0 as its thread model, which is none");
    given.thread_model = 4;
    refuse(&given, "gives 4 as its thread model, which is none");
}

/* ---- services ------------------------------------------------------------ */

static int32_t
open_connection(void *state, pileus_call *call, void **connection)
{
    (void)state;
    (void)call;
    (void)connection;
    return PILEUS_OK;
}

static void
close_connection(void *connection)
{
    (void)connection;
}

static int32_t
list(void *connection, pileus_call *call, const pileus_query_args *query,
     pileus_sink *sink)
{
    (void)connection;
    (void)call;
    (void)query;
    (void)sink;
    return PILEUS_OK;
}

static void
refuse_connection(const pileus_connection_service *given, const char *words)
{
    pileus_connection_service service;
    pileus_error *err = NULL;

    assert_int_equal(
        pil__negotiate_connection(&service, given, "/mock.so", &err),
        PILEUS_DRIVER);
    print_message("%s\n", pileus_error_message(err));
    assert_non_null(strstr(pileus_error_message(err), "/mock.so"));
    expect_error(&err, PILEUS_DRIVER, words);
}

static void
test_connection(void **state)
{
    const pileus_connection_service whole = {
        .struct_size = sizeof whole,
        .open = open_connection,
        .close = close_connection,
    };
    pileus_connection_service given = whole;
    pileus_connection_service service;
    pileus_error *err = NULL;

    (void)state;
    memset(&service, 0xAA, sizeof service);
    expect_ok(pil__negotiate_connection(&service, &given, "/mock.so", &err),
              err);
    assert_memory_equal(&service, &whole, sizeof whole);
    refuse_connection(NULL, "has no service \"connection\"");
    given.open = NULL;
    refuse_connection(&given, "has no call connection.open");
    given = whole;
    given.close = NULL;
    refuse_connection(&given, "has no call connection.close");
    given = whole;
    given.struct_size = 0;
    refuse_connection(&given,
                      "service \"connection\" as 0, which is too short");
    given.struct_size = UINT64_MAX;
    refuse_connection(&given, "18446744073709551615, which makes no sense");
}

static void
refuse_compute(const pileus_compute_service *given, const char *words)
{
    pileus_compute_service service;
    pileus_error *err = NULL;

    assert_int_equal(pil__negotiate_compute(&service, given, "/mock.so", &err),
                     PILEUS_DRIVER);
    print_message("%s\n", pileus_error_message(err));
    assert_non_null(strstr(pileus_error_message(err), "/mock.so"));
    expect_error(&err, PILEUS_DRIVER, words);
}

static void
test_compute(void **state)
{
    const pileus_compute_service none = {.struct_size = sizeof none};
    const pileus_compute_service least = {
        .struct_size = sizeof least,
        .list_nodes = list,
    };
    pileus_compute_service given = least;
    pileus_compute_service service;
    pileus_error *err = NULL;

    (void)state;
    memset(&service, 0xAA, sizeof service);
    expect_ok(pil__negotiate_compute(&service, &given, "/mock.so", &err), err);
    assert_memory_equal(&service, &least, sizeof least);
    memset(&service, 0xAA, sizeof service);
    expect_ok(pil__negotiate_compute(&service, NULL, "/mock.so", &err), err);
    assert_memory_equal(&service, &none, sizeof none);
    refuse_compute(&none, "has no call compute.list_nodes");
    given.struct_size = PIL__COMPUTE_1_0 - sizeof(void *);
    refuse_compute(&given, "service \"compute\" as ");
    given.struct_size = UINT64_MAX - 7;
    refuse_compute(&given, "which makes no sense");
}

static void
refuse_images(const pileus_images_service *given, const char *words)
{
    pileus_images_service service;
    pileus_error *err = NULL;

    assert_int_equal(pil__negotiate_service(&service, sizeof service, given,
                                            PIL__IMAGES_1_0, "images",
                                            "/mock.so", &err),
                     PILEUS_DRIVER);
    assert_non_null(strstr(pileus_error_message(err), "/mock.so"));
    expect_error(&err, PILEUS_DRIVER, words);
}

static int32_t
get_image(void *connection, pileus_call *call, const char *id,
          pileus_sink *sink)
{
    (void)connection;
    (void)call;
    (void)id;
    (void)sink;
    return PILEUS_OK;
}

/* One without mandatory calls: any of them may be left out. */
static void
test_optional_service(void **state)
{
    struct {
        pileus_images_service table;
        void *later[4];
    } given = {{.struct_size = sizeof given, .get_image = get_image},
               {&given, &given, &given, &given}};
    struct {
        pileus_images_service table;
        unsigned char guard[16];
    } ours;
    pileus_error *err = NULL;

    (void)state;
    memset(&ours, 0xAA, sizeof ours);
    expect_ok(pil__negotiate_service(&ours.table, sizeof ours.table, &given,
                                     PIL__IMAGES_1_0, "images", "/mock.so",
                                     &err),
              err);
    assert_int_equal(ours.table.struct_size, sizeof ours.table);
    assert_ptr_equal(ours.table.get_image, get_image);
    assert_null(ours.table.delete_image);
    assert_int_equal(ours.guard[0], 0xAA);
    expect_ok(pil__negotiate_service(&ours.table, sizeof ours.table, NULL,
                                     PIL__IMAGES_1_0, "images", "/mock.so",
                                     &err),
              err);
    assert_int_equal(ours.table.struct_size, sizeof ours.table);
    assert_null(ours.table.get_image);
    given.table.struct_size = PIL__IMAGES_1_0 - 8;
    refuse_images(&given.table, "which is too short");
    given.table.struct_size = UINT64_MAX;
    refuse_images(&given.table, "which makes no sense");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_good),
        cmocka_unit_test(test_longer),
        cmocka_unit_test(test_head),
        cmocka_unit_test(test_sizes),
        cmocka_unit_test(test_missing),
        cmocka_unit_test(test_disagreement),
        cmocka_unit_test(test_optional_service),
        cmocka_unit_test(test_connection),
        cmocka_unit_test(test_compute),
    };

    return cmocka_run_group_tests_name("negotiate", tests, NULL, NULL);
}

/* The name that was most likely meant. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <pileus/driver_list.h>

#include "tests/support/expect.h"

static const char *const names[] = {
    "dummy", "libvirt", "digitalocean", "", "openstack", NULL, "ec2", "gce"};

static const char *
nearest(const char *name)
{
    return pileus_nearest(name, names, sizeof names / sizeof names[0]);
}

static void
test_typing_errors(void **state)
{
    (void)state;
    assert_string_equal(nearest("dummy"), "dummy");
    assert_string_equal(nearest("dumy"), "dummy");
    assert_string_equal(nearest("dummmy"), "dummy");
    assert_string_equal(nearest("dimmy"), "dummy");
    assert_string_equal(nearest("udmmy"), "dummy");
    assert_string_equal(nearest("libvrit"), "libvirt");
    assert_string_equal(nearest("opnestakc"), "openstack");
    assert_string_equal(nearest("ec3"), "ec2");
    assert_string_equal(nearest("gcc"), "gce");
}

/* What was begun and not finished. */
static void
test_beginnings(void **state)
{
    (void)state;
    assert_string_equal(nearest("dig"), "digitalocean");
    assert_string_equal(nearest("open"), "openstack");
    assert_null(nearest("o"));
}

static void
test_nothing_is_near(void **state)
{
    char longest[80];

    (void)state;
    memset(longest, 'x', sizeof longest - 1);
    longest[sizeof longest - 1] = '\0';
    assert_null(nearest("azure"));
    assert_null(nearest(""));
    assert_null(nearest(NULL));
    assert_null(nearest(longest));
    assert_null(pileus_nearest("dummy", NULL, 0));
    assert_null(pileus_nearest("xx", (const char *const[]){longest},
                               1)); /* too long to compare */
    assert_null(pileus_nearest("ab", (const char *const[]){"c"}, 1));
}

static void
test_nearer_ones_win(void **state)
{
    static const char *const regions[] = {"eu-west-1", "eu-west-2",
                                          "eu-west-3"};

    (void)state;
    assert_ptr_equal(pileus_nearest("eu-west-2", regions, 3), regions[1]);
    assert_ptr_equal(pileus_nearest("euwest-3", regions, 3), regions[2]);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_typing_errors),
        cmocka_unit_test(test_beginnings),
        cmocka_unit_test(test_nothing_is_near),
        cmocka_unit_test(test_nearer_ones_win),
    };

    return cmocka_run_group_tests_name("nearest", tests, NULL, NULL);
}

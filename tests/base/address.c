/* Which addresses are private. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/base/address.h"

#include "tests/support/expect.h"

static void
test_private(void **state)
{
    static const char *const addresses[] = {
        "10.0.0.0",        "10.255.255.255",
        "172.16.0.1",      "172.31.255.255",
        "192.168.0.1",     "100.64.0.1",
        "127.0.0.1",       "100.127.255.255",
        "169.254.169.254", "fc00::1",
        "fd12::1",         "fe80::1",
        "fec0::1",         "::1",
    };

    (void)state;
    for (size_t i = 0; i < sizeof addresses / sizeof *addresses; i++) {
        if (!pil__address_is_private(addresses[i])) {
            fail_msg("%s is private", addresses[i]);
        }
    }
}

static void
test_public(void **state)
{
    static const char *const addresses[] = {
        "9.255.255.255",
        "11.0.0.0",
        "172.15.255.255",
        "172.32.0.0",
        "192.167.0.1",
        "192.169.0.1",
        "100.63.255.255",
        "100.128.0.0",
        "1.1.1.1",
        "128.0.0.1",
        "2001:db8::1",
        "fe00::1",
        "::2",
        "",
        "private",
        "10.0.0",
        "10.0.0.0.0",
        "fe80::1%lo",
    };

    (void)state;
    for (size_t i = 0; i < sizeof addresses / sizeof *addresses; i++) {
        if (pil__address_is_private(addresses[i])) {
            fail_msg("'%s' is not private", addresses[i]);
        }
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_private),
        cmocka_unit_test(test_public),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

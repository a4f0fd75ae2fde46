/* Fingerprints of public keys, as "ssh-keygen -l -E md5" tells them. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/data/ssh_key.h"

#include "tests/support/expect.h"

#include <pileus/digest.h>

#define ED25519                                                                \
    "AAAAC3NzaC1lZDI1NTE5AAAAIAFhEWuWYStDA3dY+EmtERTQHD0SuK6XtA+GKpb7a0jG"
#define RSA                                                                    \
    "AAAAB3NzaC1yc2EAAAADAQABAAAAgQCzd9DVejX5rAXiAASB4zFGZUb5Pzl+GZuhUZMxe7PX" \
    "KIkbYlFjocwX6E7m4PI4qDGXfocmFEeSaxfdkfR+bsr3Fa5NyxhxLQoS+d6AQWBvJLllxC7h" \
    "C7q8BN6DZSmEBpD06eW845lv8Led5MEHwuX1wFnFUgI8vD4utSkG1YtddQ=="
#define ECDSA                                                                  \
    "AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAABBBBlU7NEZnemfjgAG32K+" \
    "PtJB170O56i+j/N2Q0J2lQ34BzAFuV2e1G48BM4wxPaidgKAw89SWqDKt017V1K6xyk="

static void
test_keys(void **state)
{
    static const struct {
        const char *key;
        const char *fingerprint;
    } keys[] = {
        {"ssh-ed25519 " ED25519 " me@home",
         "4b:3e:84:d5:04:8d:a6:65:8c:02:4f:3b:37:64:e6:b8"},
        {" ssh-ed25519\t" ED25519 "\r\n",
         "4b:3e:84:d5:04:8d:a6:65:8c:02:4f:3b:37:64:e6:b8"},
        {"ssh-rsa " RSA, "4f:1f:1d:b8:64:03:da:b3:20:b2:78:6f:3f:33:8a:4c"},
        {"ecdsa-sha2-nistp256 " ECDSA " e",
         "69:1d:a7:13:01:0f:7c:cf:bb:b2:d1:ce:65:3e:11:5c"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
        char out[PILEUS_FINGERPRINT_SIZE] = "";
        pileus_error *err = NULL;

        expect_ok(pil__ssh_fingerprint(keys[i].key, out, &err), err);
        assert_string_equal(out, keys[i].fingerprint);
    }
}

static void
test_no_keys(void **state)
{
    static const char *const texts[] = {
        "",
        " ",
        "ssh-ed25519",
        "ssh-ed25519 ",
        "ssh-rsa " ED25519,            /* of another type */
        "ssh-ed25519 " ED25519 "A",    /* a digit too many */
        "ssh-ed25519 " ED25519 "====", /* padding of nothing */
        "ssh-ed25519 !" ED25519,
        "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5", /* nothing behind the type */
        "ssh-ed25519 AAAA",
        "ssh-ed25519 /////wAA",
        "-----BEGIN OPENSSH PRIVATE KEY-----",
        "no-pty "
        "ssh-ed25519 " ED25519,
    };

    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        char out[PILEUS_FINGERPRINT_SIZE] = "";
        pileus_error *err = NULL;

        assert_int_equal(pil__ssh_fingerprint(texts[i], out, &err),
                         PILEUS_INVALID_ARGUMENT);
        expect_error(&err, PILEUS_INVALID_ARGUMENT, "no public key");
        assert_string_equal(out, "");
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_keys),
        cmocka_unit_test(test_no_keys),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

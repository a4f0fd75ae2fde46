/* Digests: the vectors of FIPS 180, and libcloud's uuids. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/data/digest.h"

#include "tests/support/expect.h"

#include <stdlib.h>

static void
expect_digest(const void *data, size_t size, const char *hex)
{
    char out[PIL__SHA1_HEX_SIZE];

    assert_true(pil__sha1_hex(data, size, out));
    assert_string_equal(out, hex);
}

static void
test_sha1(void **state)
{
    char *million = malloc(1000000);

    (void)state;
    memset(million, 'a', 1000000);
    expect_digest("", 0, "da39a3ee5e6b4b0d3255bfef95601890afd80709");
    expect_digest("abc", 3, "a9993e364706816aba3e25717850c26c9cd0d89d");
    expect_digest("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
                  56, "84983e441c3bd26ebaae4aa1f95129e5e54670f1");
    expect_digest(million, 1000000, "34aa973cd4c4daa4f61eeb2bdbad27316534016f");
    expect_digest("3:0", 3, "d3748461511d8b9b0e0bfa0d4d3383a619a2bb9f");
    free(million);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sha1),
    };

    return cmocka_run_group_tests_name("digest", tests, NULL, NULL);
}

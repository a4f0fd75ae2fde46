/* Files of profiles. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/fuzz/fuzz.h"

#include <pileus/pileus.h>

#include <unistd.h>

static int file = -1;

/* One file for all, which has no name but the descriptor's. */
int
LLVMFuzzerInitialize(int *argc, char ***argv)
{
    static char path[] = "/tmp/pileus-fuzz-XXXXXX";
    char named[64];

    (void)argc;
    (void)argv;
    file = mkstemp(path);
    FUZZ_CHECK(file >= 0);
    (void)unlink(path);
    (void)snprintf(named, sizeof named, "/dev/fd/%d", file);
    return setenv("PILEUS_PROFILES", named, 1);
}

static void
use(const char *profile)
{
    pileus_options *options = NULL;
    const char *driver = NULL;
    pileus_error *err = NULL;
    pileus_code code;

    FUZZ_CHECK(pileus_options_new(&options, NULL) == PILEUS_OK);
    code = pileus_options_set_profile(options, profile, &driver, &err);
    FUZZ_CHECK((code == PILEUS_OK) == (driver != NULL));
    fuzz_check_text(driver);
    fuzz_check_error(code, err);
    pileus_options_free(options);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    FUZZ_CHECK(ftruncate(file, 0) == 0);
    FUZZ_CHECK(pwrite(file, data, size, 0) == (ssize_t)size);
    use("work");
    use("wrok");
    return 0;
}

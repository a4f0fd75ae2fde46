/* Public keys of SSH. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/data/ssh_key.h"

#include "tests/fuzz/fuzz.h"

#include <pileus/digest.h>

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *text = fuzz_text(data, size);
    char print[PILEUS_FINGERPRINT_SIZE];
    pileus_error *err = NULL;
    pileus_code code = pil__ssh_fingerprint(text, print, &err);

    FUZZ_CHECK(code != PILEUS_OK ||
               strlen(print) == PILEUS_FINGERPRINT_SIZE - 1);
    fuzz_check_error(code, err);
    free(text);
    return 0;
}

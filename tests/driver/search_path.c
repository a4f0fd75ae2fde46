/* Prints the search path of a new context, one directory a line: what the
 * suite "setid" runs with more rights than it has itself. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/driver/context.h"

#include <stdio.h>
#include <unistd.h>

int
main(void)
{
    pileus_context *ctx = NULL;

    if (pileus_context_new(&ctx, NULL) != PILEUS_OK) {
        return 1;
    }
    for (size_t i = 0; i < ctx->directory_count; i++) {
        (void)puts(ctx->directories[i].path);
    }
    pileus_context_unref(ctx);
    /* No more than this: a leak checker, which would have its say at the end,
     * may not look into a set-id program, and fails. */
    _exit(fflush(stdout) == 0 ? 0 : 1);
}

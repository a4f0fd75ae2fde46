/* Output that can be taken up again: objects with all that is known of them. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "cli/output.h"

#include "cli/report.h"

static void
nothing(cli_output *out)
{
    (void)out;
}

static void
saved_add(cli_output *out, const void *object, size_t group)
{
    pileus_text *saved = NULL;
    pileus_error *err = NULL;

    (void)group;
    if (out->kind->save(&saved, object, &err) == PILEUS_OK) {
        size_t size = 0;
        const char *text = pileus_text_data(saved, &size);

        (void)fwrite(text, 1, size, out->file);
    } else {
        cli_failure(NULL, err);
        out->failed = true;
    }
    pileus_error_free(err);
    pileus_text_free(saved);
}

const cli_format cli_format_saved = {"saved", true, nothing, saved_add,
                                     nothing};

/* Options of the command line that are pairs: KEY=VALUE. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "cli/pairs.h"

#include "cli/status.h"

#include <stdlib.h>
#include <string.h>

int
cli_pairs_add(void *object, const cli_args *args, cli_option option,
              bool key_alone, cli_pair_fn add, pileus_error **err)
{
    const cli_strings *texts = &args->values[option];
    pileus_code code = PILEUS_OK;

    for (size_t i = 0; i < texts->count && code == PILEUS_OK; i++) {
        const char *text = texts->items[i];
        size_t length = strcspn(text, "=");
        const char *value = text[length] == '=' ? text + length + 1 : NULL;
        char *key;

        if (length == 0 || (value == NULL && !key_alone)) {
            return cli_args_wrong(args, "--%s takes %s, not '%s'",
                                  cli_options[option].name,
                                  cli_options[option].value, text);
        }
        key = cli_copy_part(text, length);
        code = add(object, key, value, err);
        free(key);
    }
    return cli_status_of(code);
}

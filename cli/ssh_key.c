/* The public key that --ssh-key gives. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "cli/ssh_key.h"

#include "cli/memory.h"
#include "cli/status.h"

#include <string.h>

/* Longer ones are no public keys. */
#define KEY_MAX 65536

static bool
is_public_key(const char *text)
{
    return strncmp(text, "ssh-", 4) == 0 || strncmp(text, "ecdsa-", 6) == 0 ||
           strncmp(text, "sk-", 3) == 0;
}

int
cli_ssh_key_read(cli_input *key, const cli_args *args)
{
    const char *value = cli_args_get(args, CLI_SSH_KEY);

    *key = (cli_input){0};
    if (value == NULL) {
        return CLI_DONE;
    }
    if (is_public_key(value)) {
        *key = (cli_input){cli_copy(value), strlen(value)};
        return CLI_DONE;
    }
    if (!cli_input_read_text(key, value, "public key", KEY_MAX)) {
        return CLI_USAGE;
    }
    if (strstr(key->data, "PRIVATE KEY") != NULL) {
        cli_input_wipe(key);
        return cli_args_wrong(args,
                              "'%s' is a private key: give the public one, "
                              "usually '%s.pub'",
                              value, value);
    }
    return CLI_DONE;
}

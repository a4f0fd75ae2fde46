/* What is done to key pairs: show, create, import, delete. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "cli/nouns.h"

#include "cli/change.h"
#include "cli/create.h"
#include "cli/report.h"
#include "cli/secret_file.h"
#include "cli/ssh_key.h"
#include "cli/status.h"

#include <string.h>

int
cli_keypair_show(const cli_args *args)
{
    return cli_show(args, &cli_kind_keypair);
}

/* ---- create ---------------------------------------------------------------
 */

static pileus_code
make(const cli_creation *c, void **object, pileus_connection *conn, void *other,
     pileus_call *call, pileus_error **err)
{
    pileus_key_pair *pair = NULL;
    pileus_code code = pileus_key_pair_create(
        &pair, conn, cli_args_get(c->args, CLI_NAME), call, err);

    (void)other;
    *object = pair;
    return code;
}

static int
keep(const cli_creation *c, void **object, pileus_call *call)
{
    cli_secret_file *file = c->spec;
    const char *key = pileus_key_pair_private_key(*object);

    (void)call;
    if (key == NULL) {
        cli_error("the provider told no private key: use the one you have, or "
                  "delete the key pair");
        return CLI_FAILED;
    }
    return cli_secret_file_write(file, key) ? CLI_DONE : CLI_FAILED;
}

/* Does --columns ask for the private key, and does the format have columns? */
static bool
is_shown(const cli_args *args)
{
    static const char column[] = "private_key";
    const char *at = cli_args_get(args, CLI_COLUMNS);
    const char *format = cli_args_get(args, CLI_OUTPUT);

    if (format != NULL && strcmp(format, cli_format_id.name) == 0) {
        return false;
    }
    while (at != NULL) {
        const char *comma = strchr(at, ',');
        size_t length = comma == NULL ? strlen(at) : (size_t)(comma - at);

        if (length == sizeof column - 1 && memcmp(at, column, length) == 0) {
            return true;
        }
        at = comma == NULL ? NULL : comma + 1;
    }
    return false;
}

int
cli_keypair_create(const cli_args *args)
{
    const char *path = cli_args_get(args, CLI_PRIVATE_KEY_FILE);
    cli_secret_file file;
    cli_creation c = {
        .args = args,
        .kind = &cli_kind_keypair,
        .made = PILEUS_KIND_KEY_PAIR,
        .make = make,
    };
    int status;

    if (path == NULL && !is_shown(args)) {
        return cli_args_wrong(args,
                              "the private key is told this once: keep it with "
                              "--private-key-file FILE, or show it with "
                              "--columns name,private_key");
    }
    if (path == NULL) {
        return cli_create_run(&c);
    }
    /* First, so that the key has somewhere to go. */
    if (!cli_secret_file_open(&file, path)) {
        return CLI_USAGE;
    }
    c.spec = &file;
    c.after = keep;
    status = cli_create_run(&c);
    cli_secret_file_close(&file);
    return status;
}

/* ---- import ---------------------------------------------------------------
 */

static pileus_code
import(const cli_creation *c, void **object, pileus_connection *conn,
       void *other, pileus_call *call, pileus_error **err)
{
    pileus_key_pair *pair = NULL;
    pileus_code code = pileus_key_pair_import(
        &pair, conn, cli_args_get(c->args, CLI_NAME), c->spec, call, err);

    (void)other;
    *object = pair;
    return code;
}

int
cli_keypair_import(const cli_args *args)
{
    cli_input key = {0};
    cli_creation c = {
        .args = args,
        .kind = &cli_kind_keypair,
        .made = PILEUS_KIND_KEY_PAIR,
        .make = import,
    };
    int status = cli_ssh_key_read(&key, args);

    c.spec = key.data;
    if (status == CLI_DONE) {
        status = cli_create_run(&c);
    }
    cli_input_wipe(&key);
    return status;
}

/* ---- delete ---------------------------------------------------------------
 */

static pileus_code
act(const cli_change *c, void *pair, void *other, pileus_call *call,
    pileus_error **err)
{
    (void)c;
    (void)other;
    return pileus_key_pair_delete(pair, call, err);
}

int
cli_keypair_delete(const cli_args *args)
{
    cli_change c = {
        .args = args,
        .kind = &cli_kind_keypair,
        .shape = cli_change_shape(args),
        .confirm = true,
        .act = act,
    };

    return cli_change_run(&c);
}

/* What is done to volumes and snapshots: show, create, attach, detach,
 * destroy. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "cli/nouns.h"

#include "cli/change.h"
#include "cli/create.h"
#include "cli/pairs.h"
#include "cli/report.h"
#include "cli/status.h"

#include <errno.h>
#include <stdlib.h>

/* ---- volume create --------------------------------------------------------
 */

/* A number of GB; PILEUS_OK also when there is none. */
static int
set_size(pileus_volume_spec *spec, const cli_args *args, pileus_error **err)
{
    const char *text = cli_args_get(args, CLI_SIZE);
    char *end = NULL;
    long long gb;

    if (text == NULL) {
        return CLI_DONE;
    }
    errno = 0;
    gb = strtoll(text, &end, 10);
    if (*text < '0' || *text > '9' || *end != '\0' || errno != 0 || gb < 1) {
        return cli_args_wrong(args,
                              "'%s' is no size of a volume: give a whole "
                              "number of GB, 1 or more",
                              text);
    }
    return cli_status_of(pileus_volume_spec_set_size(spec, gb, err));
}

static int
set_strings(pileus_volume_spec *spec, const cli_args *args, pileus_error **err)
{
    static const struct {
        cli_option option;
        pileus_code (*set)(pileus_volume_spec *spec, const char *value,
                           pileus_error **err);
    } rows[] = {
        {CLI_NAME, pileus_volume_spec_set_name},
        {CLI_LOCATION, pileus_volume_spec_set_location},
        {CLI_SNAPSHOT, pileus_volume_spec_set_snapshot},
        {CLI_TOKEN, pileus_volume_spec_set_token},
    };
    pileus_code code = PILEUS_OK;

    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const char *value = cli_args_get(args, rows[i].option);

        if (value != NULL && code == PILEUS_OK) {
            code = rows[i].set(spec, value, err);
        }
    }
    return cli_status_of(code);
}

static pileus_code
set_option(void *spec, const char *key, const char *value, pileus_error **err)
{
    return pileus_volume_spec_set_option(spec, key, value, err);
}

static int
make_spec(pileus_volume_spec **spec, const cli_args *args)
{
    pileus_error *err = NULL;
    int status = cli_status_of(pileus_volume_spec_new(spec, &err));

    if (status == CLI_DONE) {
        status = set_strings(*spec, args, &err);
    }
    if (status == CLI_DONE) {
        status = set_size(*spec, args, &err);
    }
    if (status == CLI_DONE) {
        status = cli_pairs_add(*spec, args, CLI_SET, false, set_option, &err);
    }
    if (err != NULL) {
        cli_failure(NULL, err);
        pileus_error_free(err);
    }
    return status;
}

static pileus_code
make_volume(const cli_creation *c, void **object, pileus_connection *conn,
            void *other, pileus_call *call, pileus_error **err)
{
    pileus_volume *volume = NULL;
    pileus_code code = pileus_volume_create(&volume, conn, c->spec, call, err);

    (void)other;
    *object = volume;
    return code;
}

int
cli_volume_create(const cli_args *args)
{
    pileus_volume_spec *spec = NULL;
    cli_creation c = {
        .args = args,
        .kind = &cli_kind_volume,
        .made = PILEUS_KIND_VOLUME,
        .make = make_volume,
    };
    int status = make_spec(&spec, args);

    c.spec = spec;
    if (status == CLI_DONE) {
        status = cli_create_run(&c);
    }
    pileus_volume_spec_free(spec);
    return status;
}

/* ---- volumes that are there -----------------------------------------------
 */

int
cli_volume_show(const cli_args *args)
{
    return cli_show(args, &cli_kind_volume);
}

static pileus_code
destroy(const cli_change *c, void *volume, void *other, pileus_call *call,
        pileus_error **err)
{
    (void)c;
    (void)other;
    return pileus_volume_destroy(volume, 0, call, err);
}

int
cli_volume_destroy(const cli_args *args)
{
    cli_change c = {
        .args = args,
        .kind = &cli_kind_volume,
        .shape = cli_change_shape(args),
        .confirm = true,
        .act = destroy,
    };

    return cli_change_run(&c);
}

static pileus_code
attach(const cli_change *c, void *volume, void *node, pileus_call *call,
       pileus_error **err)
{
    return pileus_volume_attach(volume, node, cli_args_get(c->args, CLI_DEVICE),
                                call, err);
}

int
cli_volume_attach(const cli_args *args)
{
    cli_change c = {
        .args = args,
        .kind = &cli_kind_volume,
        .shape = CLI_SHAPE_ONE,
        .act = attach,
        .after = cli_change_look_again,
        .other = &cli_kind_node,
        .other_option = CLI_NODE,
    };

    return cli_change_run(&c);
}

static pileus_code
detach(const cli_change *c, void *volume, void *other, pileus_call *call,
       pileus_error **err)
{
    (void)c;
    (void)other;
    return pileus_volume_detach(volume, call, err);
}

int
cli_volume_detach(const cli_args *args)
{
    cli_change c = {
        .args = args,
        .kind = &cli_kind_volume,
        .shape = cli_change_shape(args),
        .act = detach,
        .after = cli_change_look_again,
    };

    return cli_change_run(&c);
}

/* ---- snapshots ------------------------------------------------------------
 */

static pileus_code
make_snapshot(const cli_creation *c, void **object, pileus_connection *conn,
              void *volume, pileus_call *call, pileus_error **err)
{
    pileus_snapshot *snapshot = NULL;
    pileus_code code = pileus_snapshot_create(
        &snapshot, volume, cli_args_get(c->args, CLI_NAME), call, err);

    (void)conn;
    *object = snapshot;
    return code;
}

int
cli_snapshot_create(const cli_args *args)
{
    cli_creation c = {
        .args = args,
        .kind = &cli_kind_snapshot,
        .made = PILEUS_KIND_SNAPSHOT,
        .make = make_snapshot,
        .other = &cli_kind_volume,
        .other_option = CLI_VOLUME,
    };

    return cli_create_run(&c);
}

int
cli_snapshot_show(const cli_args *args)
{
    return cli_show(args, &cli_kind_snapshot);
}

static pileus_code
destroy_snapshot(const cli_change *c, void *snapshot, void *other,
                 pileus_call *call, pileus_error **err)
{
    (void)c;
    (void)other;
    return pileus_snapshot_destroy(snapshot, call, err);
}

int
cli_snapshot_destroy(const cli_args *args)
{
    cli_change c = {
        .args = args,
        .kind = &cli_kind_snapshot,
        .shape = cli_change_shape(args),
        .confirm = true,
        .act = destroy_snapshot,
    };

    return cli_change_run(&c);
}

/* What is done to images: show, create, delete. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "cli/nouns.h"

#include "cli/change.h"
#include "cli/create.h"

int
cli_image_show(const cli_args *args)
{
    return cli_show(args, &cli_kind_image);
}

static pileus_code
make(const cli_creation *c, void **object, pileus_connection *conn, void *node,
     pileus_call *call, pileus_error **err)
{
    pileus_image *image = NULL;
    pileus_code code =
        pileus_image_create(&image, node, cli_args_get(c->args, CLI_NAME),
                            cli_args_get(c->args, CLI_DESCRIPTION), call, err);

    (void)conn;
    *object = image;
    return code;
}

int
cli_image_create(const cli_args *args)
{
    cli_creation c = {
        .args = args,
        .kind = &cli_kind_image,
        .made = PILEUS_KIND_IMAGE,
        .make = make,
        .other = &cli_kind_node,
        .other_option = CLI_NODE,
    };

    return cli_create_run(&c);
}

static pileus_code
act(const cli_change *c, void *image, void *other, pileus_call *call,
    pileus_error **err)
{
    (void)c;
    (void)other;
    return pileus_image_delete(image, call, err);
}

int
cli_image_delete(const cli_args *args)
{
    cli_change c = {
        .args = args,
        .kind = &cli_kind_image,
        .shape = cli_change_shape(args),
        .confirm = true,
        .act = act,
    };

    return cli_change_run(&c);
}

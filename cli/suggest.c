/* Which size, image or location was meant, when one is unknown. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "cli/suggest.h"

#include "cli/memory.h"
#include "cli/report.h"

#include <pileus/pileus.h>

#include <stdlib.h>
#include <string.h>

void
cli_nearest_offer(cli_nearest *nearest, const char *name)
{
    const char *pair[] = {nearest->best, name};

    if (name == NULL) {
        return;
    }
    nearest->exact = nearest->exact || strcmp(name, nearest->word) == 0;
    if (pileus_nearest(nearest->word, pair, 2) == name) {
        free(nearest->best);
        nearest->best = cli_copy(name);
    }
}

static bool
offer_size(void *nearest, pileus_size *size)
{
    cli_nearest_offer(nearest, pileus_size_id(size));
    return true;
}

static bool
offer_image(void *nearest, pileus_image *image)
{
    cli_nearest_offer(nearest, pileus_image_id(image));
    return true;
}

static bool
offer_location(void *nearest, pileus_location *location)
{
    cli_nearest_offer(nearest, pileus_location_id(location));
    return true;
}

static pileus_code
offer_all(pileus_connection *conn, cli_option option, cli_nearest *nearest,
          pileus_call *call)
{
    switch (option) {
    case CLI_SIZE:
        return pileus_size_each(conn, NULL, offer_size, nearest, call, NULL);
    case CLI_IMAGE:
        return pileus_image_each(conn, NULL, offer_image, nearest, call, NULL);
    default:
        return pileus_location_each(conn, NULL, offer_location, nearest, call,
                                    NULL);
    }
}

static void
suggest(pileus_connection *conn, const cli_args *args, cli_option option,
        pileus_call *call)
{
    const char *noun = cli_options[option].name;
    cli_nearest nearest = {.word = cli_args_get(args, option)};

    if (nearest.word != NULL &&
        offer_all(conn, option, &nearest, call) == PILEUS_OK &&
        !nearest.exact) {
        if (nearest.best != NULL) {
            cli_hint("there is no %s '%s': did you mean '%s'?", noun,
                     nearest.word, nearest.best);
        } else {
            cli_hint("there is no %s '%s': 'pileus %s list' shows those there "
                     "are",
                     noun, nearest.word, noun);
        }
    }
    free(nearest.best);
}

void
cli_suggest_arguments(pileus_connection *conn, const cli_args *args,
                      pileus_call *call)
{
    suggest(conn, args, CLI_SIZE, call);
    suggest(conn, args, CLI_IMAGE, call);
    suggest(conn, args, CLI_LOCATION, call);
}

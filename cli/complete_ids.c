/* Completion of what drivers and providers know. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "cli/complete.h"

#include "cli/memory.h"
#include "cli/session.h"
#include "cli/status.h"

#include <pileus/pileus.h>

#include <stdlib.h>
#include <string.h>

#define PATIENCE_MS 2000

/* ---- drivers and their options ------------------------------------------- */

void
cli_complete_drivers(const cli_typing *typing)
{
    pileus_context *ctx = cli_context_new();
    pileus_drivers *drivers = NULL;

    (void)pileus_drivers_find(&drivers, ctx, NULL);
    for (size_t i = 0; i < pileus_drivers_count(drivers); i++) {
        const pileus_driver_info *driver = pileus_drivers_at(drivers, i);

        cli_complete_offer(typing, pileus_driver_name(driver), "",
                           pileus_driver_title(driver));
    }
    pileus_drivers_free(drivers);
    pileus_context_unref(ctx);
}

static const pileus_option_info *
option_named(const pileus_driver_info *driver, const char *name, size_t length)
{
    for (size_t i = 0; i < pileus_driver_option_count(driver); i++) {
        const pileus_option_info *option = pileus_driver_option(driver, i);

        if (strlen(pileus_option_name(option)) == length &&
            memcmp(pileus_option_name(option), name, length) == 0) {
            return option;
        }
    }
    return NULL;
}

static void
complete_setting_value(const cli_typing *typing,
                       const pileus_option_info *option, bool from_file)
{
    const char *choice;

    if (from_file || strcmp(pileus_option_type(option), "path") == 0) {
        (void)printf("files %.*s\n", (int)typing->start, typing->word);
        return;
    }
    if (strcmp(pileus_option_type(option), "boolean") == 0) {
        cli_complete_offer(typing, "true", "", NULL);
        cli_complete_offer(typing, "false", "", NULL);
    }
    for (size_t i = 0; (choice = pileus_option_choice(option, i)) != NULL;
         i++) {
        cli_complete_offer(typing, choice, "", NULL);
    }
}

static void
complete_setting(cli_typing typing, const pileus_driver_info *driver)
{
    const char *typed = typing.word + typing.start;
    size_t length = strcspn(typed, "=@");
    const pileus_option_info *option;

    if (typed[length] == '\0') {
        for (size_t i = 0; i < pileus_driver_option_count(driver); i++) {
            option = pileus_driver_option(driver, i);
            cli_complete_offer(&typing, pileus_option_name(option), "=",
                               pileus_option_help(option));
        }
        return;
    }
    option = option_named(driver, typed, length);
    if (option != NULL) {
        typing.start += length + 1;
        complete_setting_value(&typing, option, typed[length] == '@');
    }
}

void
cli_complete_settings(cli_typing typing)
{
    const char *name = cli_args_get(typing.args, CLI_DRIVER);
    pileus_context *ctx;
    pileus_drivers *drivers = NULL;
    const pileus_driver_info *driver;

    if (name == NULL) {
        return;
    }
    ctx = cli_context_new();
    (void)pileus_drivers_find(&drivers, ctx, NULL);
    driver = pileus_drivers_get(drivers, name);
    if (driver != NULL) {
        complete_setting(typing, driver);
    }
    pileus_drivers_free(drivers);
    pileus_context_unref(ctx);
}

/* ---- ids and names from the provider ------------------------------------- */

static bool
offer_size(void *typing, pileus_size *size)
{
    cli_complete_offer(typing, pileus_size_id(size), "",
                       pileus_size_name(size));
    return true;
}

static bool
offer_image(void *typing, pileus_image *image)
{
    cli_complete_offer(typing, pileus_image_id(image), "",
                       pileus_image_name(image));
    return true;
}

static bool
offer_location(void *typing, pileus_location *location)
{
    cli_complete_offer(typing, pileus_location_id(location), "",
                       pileus_location_name(location));
    return true;
}

static bool
offer_node_id(void *typing, pileus_node *node)
{
    cli_complete_offer(typing, pileus_node_id(node), "",
                       pileus_node_name(node));
    return true;
}

static bool
offer_node_name(void *typing, pileus_node *node)
{
    cli_complete_offer(typing, pileus_node_name(node), "",
                       pileus_state_name(pileus_node_state(node)));
    return true;
}

static bool
offer_node(void *typing, pileus_node *node)
{
    return offer_node_id(typing, node) && offer_node_name(typing, node);
}

/* Of --id and --name the noun says of what. */
static const char *
noun_of(const cli_typing *typing, cli_option kind)
{
    return kind == CLI_SIZE || kind == CLI_IMAGE || kind == CLI_LOCATION
               ? cli_options[kind].name
               : typing->args->noun->name;
}

static void
offer_all(const cli_typing *typing, cli_option kind, pileus_connection *conn,
          pileus_call *call)
{
    const char *noun = noun_of(typing, kind);
    cli_typing copy = *typing;

    if (strcmp(noun, "size") == 0) {
        (void)pileus_size_each(conn, NULL, offer_size, &copy, call, NULL);
    } else if (strcmp(noun, "image") == 0) {
        (void)pileus_image_each(conn, NULL, offer_image, &copy, call, NULL);
    } else if (strcmp(noun, "location") == 0) {
        (void)pileus_location_each(conn, NULL, offer_location, &copy, call,
                                   NULL);
    } else {
        (void)pileus_node_each(conn, NULL,
                               kind == CLI_NAME        ? offer_node_name
                               : kind == CLI_ID_FILTER ? offer_node_id
                                                       : offer_node,
                               &copy, call, NULL);
    }
}

void
cli_complete_ids(const cli_typing *typing, cli_option kind)
{
    cli_session session;
    pileus_connection *conn = NULL;

    if (cli_session_start(&session, typing->args, false) == CLI_DONE) {
        pileus_call *call;

        session.timeout_ms = PATIENCE_MS;
        call = cli_call_new(&session);
        if (cli_session_open(&conn, &session, cli_session_profile(&session),
                             call, NULL) == PILEUS_OK) {
            offer_all(typing, kind, conn, call);
        }
        pileus_connection_unref(conn);
        cli_call_free(call);
    }
    cli_session_end(&session);
}

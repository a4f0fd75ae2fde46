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

/* What of an object is offered. */
typedef struct offering {
    const cli_typing *typing;
    const cli_kind *kind;
    bool ids;
    bool names;
} offering;

static bool
offer(void *user, const void *object)
{
    const offering *to = user;
    const char *id = to->kind->id(object);
    const char *name = to->kind->name(object);
    bool same = id != NULL && name != NULL && strcmp(id, name) == 0;

    if (to->ids) {
        cli_complete_offer(to->typing, id, "", same ? NULL : name);
    }
    if (to->names && !(to->ids && same)) {
        cli_complete_offer(to->typing, name, "",
                           to->kind->state == NULL ? NULL
                                                   : to->kind->state(object));
    }
    return true;
}

void
cli_complete_ids(const cli_typing *typing, const cli_kind *kind, bool ids,
                 bool names)
{
    offering to = {typing, kind, ids, names};
    cli_taker taker = {offer, &to};
    cli_session session;
    pileus_connection *conn = NULL;

    if (cli_session_start(&session, typing->args, false) == CLI_DONE) {
        pileus_call *call;

        session.timeout_ms = PATIENCE_MS;
        call = cli_call_new(&session);
        if (cli_session_open(&conn, &session, cli_session_profile(&session),
                             call, NULL) == PILEUS_OK) {
            (void)kind->each(conn, NULL, &taker, call, NULL);
        }
        pileus_connection_unref(conn);
        cli_call_free(call);
    }
    cli_session_end(&session);
}

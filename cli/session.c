/* Opening connections as the command line says. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "cli/session.h"

#include "cli/memory.h"
#include "cli/moment.h"
#include "cli/report.h"
#include "cli/signals.h"
#include "cli/status.h"

#include <stdlib.h>
#include <string.h>

pileus_context *
cli_context_new(void)
{
    pileus_context *ctx = NULL;
    pileus_error *err = NULL;
    pileus_code code = pileus_context_new(&ctx, &err);

    if (code != PILEUS_OK) {
        cli_failure(NULL, err);
        pileus_error_free(err);
        exit(cli_status_of(code));
    }
    pileus_context_set_log(ctx, cli_report_level_now(), cli_report_log, NULL);
    return ctx;
}

/* ---- checks before anything is opened ------------------------------------ */

static int
ask_for_driver(const cli_session *session)
{
    pileus_drivers *drivers = NULL;
    cli_buffer names;

    cli_buffer_open(&names);
    if (pileus_drivers_find(&drivers, session->ctx, NULL) == PILEUS_OK) {
        for (size_t i = 0; i < pileus_drivers_count(drivers); i++) {
            (void)fprintf(names.file, "%s%s", i == 0 ? "" : ", ",
                          pileus_driver_name(pileus_drivers_at(drivers, i)));
        }
    }
    if (*cli_buffer_text(&names) == '\0') {
        (void)cli_args_wrong(session->args,
                             "say which driver with -d NAME, or which profile "
                             "with -p NAME; no driver is installed here");
    } else {
        (void)cli_args_wrong(session->args,
                             "say which driver with -d NAME (%s), or which "
                             "profile with -p NAME",
                             names.data);
    }
    cli_buffer_close(&names);
    pileus_drivers_free(drivers);
    return CLI_USAGE;
}

static int
check_profiles(const cli_session *session, bool fleet)
{
    const cli_strings *profiles = &session->args->values[CLI_PROFILE];

    if (profiles->count == 0 && !cli_args_has(session->args, CLI_DRIVER)) {
        return ask_for_driver(session);
    }
    if (profiles->count > 1 && !fleet) {
        return cli_args_wrong(session->args,
                              "only listings take several profiles: say one");
    }
    for (size_t i = 0; i < profiles->count; i++) {
        for (size_t j = 0; j < i; j++) {
            if (strcmp(profiles->items[i], profiles->items[j]) == 0) {
                return cli_args_wrong(session->args,
                                      "the profile '%s' is given twice",
                                      profiles->items[i]);
            }
        }
    }
    return CLI_DONE;
}

static int
read_timeout(cli_session *session)
{
    const char *text = cli_args_get(session->args, CLI_TIMEOUT_OPTION);

    if (text != NULL && (!cli_duration_parse(&session->timeout_ms, text) ||
                         session->timeout_ms == 0)) {
        return cli_args_wrong(session->args,
                              "'%s' is no time limit: write 250ms, 1.5s, "
                              "5m, 2h or 1d",
                              text);
    }
    return CLI_DONE;
}

/* ---- -O ------------------------------------------------------------------ */

static int
read_setting(cli_session *session, const char *text)
{
    size_t length = strcspn(text, "=@");
    const char *value = text + length + 1;
    char *key;
    cli_setting *setting;

    if (length == 0 || text[length] == '\0') { /* it may be a secret */
        return cli_args_wrong(session->args, "-O takes KEY=VALUE or KEY@FILE");
    }
    key = cli_copy_part(text, length);
    session->settings =
        cli_grow(session->settings, &session->setting_capacity,
                 session->setting_count, sizeof session->settings[0]);
    setting = &session->settings[session->setting_count];
    session->setting_count++;
    *setting = (cli_setting){.key = key};
    if (text[length] == '@') {
        return cli_input_read_text(&setting->value, value, key,
                                   PILEUS_OPTION_MAX)
                   ? CLI_DONE
                   : CLI_USAGE;
    }
    setting->value = (cli_input){cli_copy(value), strlen(value)};
    return CLI_DONE;
}

static int
read_settings(cli_session *session)
{
    const cli_strings *texts = &session->args->values[CLI_OPTION];
    int status = CLI_DONE;

    for (size_t i = 0; i < texts->count && status == CLI_DONE; i++) {
        status = read_setting(session, texts->items[i]);
    }
    return status;
}

/* ---- exchanges ----------------------------------------------------------- */

static int
watch_exchanges(const cli_session *session)
{
    const char *record = cli_args_get(session->args, CLI_RECORD);
    const char *replay = cli_args_get(session->args, CLI_REPLAY);
    pileus_error *err = NULL;
    pileus_code code = PILEUS_OK;

    if (cli_args_has(session->args, CLI_TRACE)) {
        pileus_context_set_trace(session->ctx, cli_report_trace, NULL);
    }
    if (record != NULL) {
        code = pileus_context_set_record(session->ctx, record, &err);
    }
    if (code == PILEUS_OK && replay != NULL) {
        code = pileus_context_set_replay(session->ctx, replay, &err);
    }
    if (code != PILEUS_OK) {
        cli_failure(NULL, err);
        pileus_error_free(err);
        return CLI_USAGE;
    }
    return CLI_DONE;
}

/* -------------------------------------------------------------------------- */

int
cli_session_start(cli_session *session, const cli_args *args, bool fleet)
{
    int status;

    *session = (cli_session){.args = args, .ctx = cli_context_new()};
    status = check_profiles(session, fleet);
    if (status == CLI_DONE) {
        status = read_timeout(session);
    }
    if (status == CLI_DONE) {
        status = read_settings(session);
    }
    if (status == CLI_DONE) {
        status = watch_exchanges(session);
    }
    return status;
}

void
cli_session_end(cli_session *session)
{
    for (size_t i = 0; i < session->setting_count; i++) {
        free(session->settings[i].key);
        cli_input_wipe(&session->settings[i].value);
    }
    free(session->settings);
    pileus_context_unref(session->ctx);
}

const char *
cli_session_profile(const cli_session *session)
{
    return cli_args_get(session->args, CLI_PROFILE);
}

pileus_call *
cli_call_new(const cli_session *session)
{
    pileus_call *call = NULL;

    if (pileus_call_new(&call, NULL) != PILEUS_OK) {
        cli_no_memory();
    }
    if (session->timeout_ms > 0) {
        pileus_call_set_timeout(call, session->timeout_ms);
    }
    cli_signals_watch(call);
    return call;
}

void
cli_call_free(pileus_call *call)
{
    cli_signals_forget(call);
    pileus_call_free(call);
}

/* The options of one connection, and the driver that its profile names. */
static pileus_code
make_options(pileus_options **options, const char **driver,
             const cli_session *session, const char *profile,
             pileus_error **err)
{
    pileus_code code = pileus_options_new(options, err);

    for (size_t i = 0; code == PILEUS_OK && i < session->setting_count; i++) {
        code = pileus_options_set(*options, session->settings[i].key,
                                  session->settings[i].value.data, err);
    }
    if (code == PILEUS_OK && profile != NULL) {
        code = pileus_options_set_profile(*options, profile, driver, err);
    }
    return code;
}

pileus_code
cli_session_open(pileus_connection **conn, const cli_session *session,
                 const char *profile, pileus_call *call, pileus_error **err)
{
    const char *driver = cli_args_get(session->args, CLI_DRIVER);
    pileus_options *options = NULL;
    pileus_code code = make_options(&options, &driver, session, profile, err);

    if (code == PILEUS_OK) {
        code = pileus_connection_open(conn, session->ctx, driver, options, call,
                                      err);
    }
    pileus_options_free(options);
    return code;
}

int
cli_session_connect(pileus_connection **conn, const cli_session *session,
                    pileus_call *call)
{
    pileus_error *err = NULL;
    pileus_code code;

    pileus_call_set_progress(call, cli_progress, NULL);
    code = cli_session_open(conn, session, cli_session_profile(session), call,
                            &err);
    if (err != NULL) {
        cli_failure(NULL, err);
        pileus_error_free(err);
    }
    return cli_status_of_opening(code);
}

/* The driver, opened with what the plan says. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "sdk/check/target.h"

#include "sdk/check/board.h"
#include "sdk/check/judge.h"
#include "sdk/check/marker.h"

#include <stdlib.h>
#include <string.h>

/* ---- what it is told ------------------------------------------------------
 */

static void
see_log(void *user, pileus_log_level level, const char *driver,
        const char *message)
{
    (void)user;
    (void)level;
    (void)driver;
    check_marker_look("a log line", message, strlen(message));
}

static void
see_trace(void *user, const char *text)
{
    (void)user;
    check_marker_look("the trace", text, strlen(text));
}

static void
see_progress(void *user, const char *what, double done)
{
    (void)user;
    (void)done;
    check_marker_look("the progress", what, strlen(what));
}

static void
see_made(void *user, pileus_kind kind, const char *id)
{
    (void)user;
    (void)kind;
    if (id != NULL) {
        check_marker_look("the id of what was made", id, strlen(id));
    }
}

pileus_call *
check_call_new(int64_t ms)
{
    pileus_call *call = NULL;

    if (pileus_call_new(&call, NULL) != PILEUS_OK) {
        return NULL;
    }
    pileus_call_set_timeout(call, ms);
    pileus_call_set_progress(call, see_progress, NULL);
    pileus_call_set_made(call, see_made, NULL);
    return call;
}

/* ---- options -------------------------------------------------------------
 */

/* Something of its type, for an option that has to be there. */
static const char *
any_value(const pileus_option_info *option)
{
    const char *type = pileus_option_type(option);

    return strcmp(type, "integer") == 0    ? "1"
           : strcmp(type, "boolean") == 0  ? "true"
           : strcmp(type, "duration") == 0 ? "1s"
           : strcmp(type, "path") == 0     ? "/dev/null"
           : strcmp(type, "choice") == 0   ? pileus_option_choice(option, 0)
                                           : "seven";
}

/* Is what the driver talks to no matter, so that secrets need not be right? */
static bool
is_no_matter(const check_plan *plan)
{
    return !plan->http || plan->replay != NULL || check_plan_serves(plan);
}

/* The value for an option; NULL: it is left out. */
static const char *
value_for(const check_target *target, const check_opening *opening,
          const pileus_option_info *option)
{
    const check_plan *plan = target->plan;
    const char *name = pileus_option_name(option);
    const char *given = check_plan_option(plan, name);

    if (given != NULL) {
        return given;
    }
    if (plan->http && strcmp(name, "endpoint") == 0) {
        return target->server != NULL   ? check_server_url(target->server)
               : plan->endpoint != NULL ? plan->endpoint
               : pileus_option_required(option) ? "http://127.0.0.1:9"
                                                : NULL;
    }
    if (plan->http && strcmp(name, "retries") == 0) {
        return opening->retries == NULL ? "0" : opening->retries;
    }
    if (target->server != NULL && strcmp(name, "request-timeout") == 0) {
        return CHECK_REQUEST_TIMEOUT;
    }
    if (plan->http && strcmp(name, "proxy") == 0) {
        return target->server == NULL ? NULL : "";
    }
    if (pileus_option_secret(option) &&
        (opening->plant || is_no_matter(plan))) {
        return CHECK_MARKER_VALUE;
    }
    return pileus_option_required(option) && is_no_matter(plan)
               ? any_value(option)
               : NULL;
}

static pileus_code
make_options(pileus_options **options, const check_target *target,
             const check_opening *opening, pileus_error **err)
{
    const pileus_driver_info *info = target->plan->info;
    pileus_code code = pileus_options_new(options, err);

    for (size_t i = 0;
         code == PILEUS_OK && i < pileus_driver_option_count(info); i++) {
        const pileus_option_info *option = pileus_driver_option(info, i);
        const char *value = value_for(target, opening, option);

        if (value != NULL) {
            code = pileus_options_set(*options, pileus_option_name(option),
                                      value, err);
        }
    }
    /* Those that the driver has not got are for the library to refuse. */
    for (size_t i = 0; code == PILEUS_OK && i < target->plan->option_count;
         i++) {
        code = pileus_options_set(*options, target->plan->names[i],
                                  target->plan->values[i],
                                  NULL) == PILEUS_NO_MEMORY
                   ? PILEUS_NO_MEMORY
                   : PILEUS_OK;
    }
    return code;
}

/* ---- opening -------------------------------------------------------------
 */

static pileus_code
make_context(check_target *target, const check_opening *opening,
             pileus_error **err)
{
    const check_plan *plan = target->plan;
    pileus_code code = pileus_context_new(&target->ctx, err);

    if (code == PILEUS_OK) {
        code = pileus_context_add_directory(target->ctx, plan->directory, err);
    }
    if (code == PILEUS_OK && opening->record != NULL) {
        code = pileus_context_set_record(target->ctx, opening->record, err);
    }
    if (code == PILEUS_OK && plan->replay != NULL) {
        code = pileus_context_set_replay(target->ctx, plan->replay, err);
    }
    if (code == PILEUS_OK) {
        pileus_context_set_log(target->ctx, PILEUS_LOG_DEBUG, see_log, NULL);
        pileus_context_set_trace(target->ctx, see_trace, NULL);
    }
    return code;
}

pileus_connection *
check_target_again(check_target *target, const check_opening *opening,
                   pileus_error **err)
{
    static const check_opening plain;
    pileus_options *options = NULL;
    pileus_connection *conn = NULL;
    pileus_call *call;

    opening = opening == NULL ? &plain : opening;
    call = check_call_new(opening->ms == 0 ? CHECK_CALL_MS : opening->ms);
    if (make_options(&options, target, opening, err) == PILEUS_OK) {
        (void)pileus_connection_open(&conn, target->ctx, target->plan->name,
                                     options, call, err);
    }
    pileus_options_free(options);
    pileus_call_free(call);
    return conn;
}

pileus_code
check_target_open(check_target *target, const check_plan *plan,
                  const check_opening *opening, pileus_error **err)
{
    static const check_opening plain;

    memset(target, 0, sizeof *target);
    target->plan = plan;
    opening = opening == NULL ? &plain : opening;
    if (check_plan_serves(plan)) {
        target->server = check_server_start();
    }
    if (target->server != NULL && opening->relay != NULL) {
        check_server_relay(target->server, opening->relay);
    }
    if (make_context(target, opening, err) != PILEUS_OK) {
        return PILEUS_FAILED;
    }
    check_doing("opening it");
    target->conn = check_target_again(target, opening, err);
    return target->conn == NULL ? PILEUS_FAILED : PILEUS_OK;
}

bool
check_target_open_or_say(check_target *target, const check_plan *plan,
                         const check_opening *opening)
{
    pileus_error *err = NULL;

    if (check_target_open(target, plan, opening, &err) == PILEUS_OK) {
        return true;
    }
    check_judge_error("open", pileus_error_code(err), err);
    if (check_plan_serves(plan)) {
        check_skipped("open",
                      "it is not opened where no request succeeds, so its "
                      "calls are not tried: %s: %.100s; give a provider that "
                      "works with --replay or --endpoint",
                      pileus_code_name(pileus_error_code(err)),
                      pileus_error_message(err));
    } else {
        check_finding("open",
                      "it cannot be opened, so nothing else can be tried: %s; "
                      "give what it needs with -O KEY=VALUE",
                      pileus_error_message(err));
    }
    pileus_error_free(err);
    return false;
}

void
check_target_close(check_target *target)
{
    check_doing("closing it");
    pileus_connection_close(target->conn);
    pileus_connection_unref(target->conn);
    pileus_context_unref(target->ctx);
    check_server_stop(target->server);
    memset(target, 0, sizeof *target);
}

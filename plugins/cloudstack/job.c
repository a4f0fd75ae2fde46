/* Jobs: what CloudStack begins, followed to its end. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "cloudstack.h"

/* How often to ask for a job: soon at first, then ever less. */
#define PAUSE_FIRST_MS 200
#define PAUSE_LAST_MS 5000

enum { PENDING = 0, DONE = 1, FAILED = 2 };

/* The job has failed, in its own words. */
static int32_t
job_failed(pileus_call *call, const pileus_value *result, const char *what)
{
    char message[PILEUS_MESSAGE_MAX];
    int64_t number = 0;
    const char *words = pileus_json_string(call, result, "errortext");
    pileus_failure failure = {
        .struct_size = sizeof failure,
        .retry_after_ms = -1,
        .message = message,
        .provider_code = pileus_json_text(call, result, "errorcode"),
        .provider_message = words,
    };

    (void)pileus_json_integer(call, result, "errorcode", &number);
    failure.code = cs_code(number, words, PILEUS_FAILED);
    failure.retryable = cs_passes(number);
    failure.status = number;
    (void)snprintf(message, sizeof message,
                   "CloudStack failed while %s: %.500s", what,
                   words == NULL ? "it does not say why, so ask its "
                                   "administrator"
                                 : words);
    return pileus_fail_with(call, &failure);
}

/* Following it has ended, yet the job goes on. */
static int32_t
left_behind(pileus_call *call, int32_t code, const char *job, const char *what)
{
    char message[PILEUS_MESSAGE_MAX];
    const pileus_failure failure = {
        .struct_size = sizeof failure,
        .code = code,
        .may_have_happened = 1,
        .retry_after_ms = -1,
        .message = message,
    };

    (void)snprintf(message, sizeof message,
                   "lost sight of CloudStack %s (job %s), which may go on "
                   "there: look at it later%s",
                   what, job,
                   code == PILEUS_TIMEOUT ? ", or allow more time" : "");
    return pileus_fail_with(call, &failure);
}

/* Ask once. *status tells how far it is; the response is kept when it is over
 * in any way. */
static int32_t
ask(const cs_connection *connection, pileus_call *call, const char *job,
    pileus_response **response, const pileus_value **result, int64_t *status)
{
    const pileus_value *answer = NULL;
    pileus_response *got = NULL;
    cs_params params;
    int32_t code;

    cs_params_begin(&params, NULL, "queryAsyncJobResult");
    cs_params_add(&params, "jobid", job);
    code = cs_ask(connection, call, &params, &got, &answer);
    if (code == PILEUS_OK) {
        code = pileus_json_need_integer(call, answer, "jobstatus", status);
    }
    if (code == PILEUS_OK && *status != PENDING) {
        *result = pileus_json_get(call, answer, "jobresult");
        *response = got;
    } else {
        pileus_response_free(got);
    }
    return code;
}

static int32_t
follow(const cs_connection *connection, pileus_call *call, const char *job,
       const char *what, pileus_response **response,
       const pileus_value **result)
{
    int64_t pause = PAUSE_FIRST_MS;
    int64_t status = PENDING;
    int32_t code = ask(connection, call, job, response, result, &status);

    while (code == PILEUS_OK && status == PENDING) {
        pileus_progress(call, what, -1);
        code = pileus_wait(call, pause);
        pause = pause + pause / 2 < PAUSE_LAST_MS ? pause + pause / 2
                                                  : PAUSE_LAST_MS;
        if (code == PILEUS_OK) {
            code = ask(connection, call, job, response, result, &status);
        }
    }
    if (code != PILEUS_OK) {
        return left_behind(call, code, job, what);
    }
    return status == DONE ? PILEUS_OK : job_failed(call, *result, what);
}

/* An answer without a job is the result itself, or a refusal. */
static int32_t
check_at_once(pileus_call *call, const pileus_value *answer, const char *what)
{
    const char *success = pileus_json_text(call, answer, "success");
    const char *words = pileus_json_string(call, answer, "displaytext");

    if (success == NULL || strcmp(success, "false") != 0) {
        return PILEUS_OK;
    }
    return pileus_fail(call, PILEUS_FAILED,
                       "CloudStack failed while %s: %.500s", what,
                       words == NULL ? "it does not say why, so ask its "
                                       "administrator"
                                     : words);
}

int32_t
cs_do(const cs_connection *connection, pileus_call *call,
      const cs_params *params, const char *what, pileus_kind kind,
      pileus_response **response, const pileus_value **result)
{
    pileus_response *begun = NULL;
    pileus_response *ended = NULL;
    const pileus_value *answer = NULL;
    const char *id;
    const char *job;
    int32_t code = cs_change(connection, call, params, &begun, &answer);

    if (code != PILEUS_OK) {
        return code;
    }
    id = pileus_json_text(call, answer, "id");
    job = pileus_json_text(call, answer, "jobid");
    if (kind != 0 && id != NULL) {
        code = pileus_made(call, kind, id);
    }
    if (code == PILEUS_OK && job == NULL) {
        code = check_at_once(call, answer, what);
    } else if (code == PILEUS_OK) {
        answer = NULL;
        code = follow(connection, call, job, what, &ended, &answer);
    }
    if (ended != NULL) {
        pileus_response_free(begun);
        begun = ended;
    }
    if (code == PILEUS_OK && response != NULL) {
        *response = begun;
        *result = answer;
    } else {
        pileus_response_free(begun);
    }
    return code;
}

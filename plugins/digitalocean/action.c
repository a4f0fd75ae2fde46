/* Actions: DigitalOcean's jobs. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "digitalocean.h"

/* How often to ask for an action that takes its time. */
#define STEP_FIRST_MS 1000
#define STEP_LAST_MS 5000

static int32_t
action_failed(pileus_call *call, const pileus_value *action)
{
    const char *type = pileus_json_string(call, action, "type");
    const char *id = pileus_json_text(call, action, "id");

    return pileus_fail(call, PILEUS_FAILED,
                       "DigitalOcean began the action %s (%s), and it failed: "
                       "look at the droplet, and try again",
                       type == NULL ? "" : type, id == NULL ? "" : id);
}

/* How far an action has come. */
static int32_t
read_action(pileus_call *call, const pileus_value *answer, bool *over)
{
    const pileus_value *action = pileus_json_get(call, answer, "action");
    const char *status = NULL;
    int32_t code =
        pileus_json_need_text(call, answer, "action.status", &status);

    if (code != PILEUS_OK) {
        return code;
    }
    *over = strcmp(status, "completed") == 0;
    return strcmp(status, "errored") == 0 ? action_failed(call, action)
                                          : PILEUS_OK;
}

int32_t
do_action(const do_connection *connection, pileus_call *call, const char *path,
          pileus_writer *body, char action_id[DO_ACTION_ID_SIZE])
{
    pileus_response *response = NULL;
    const pileus_value *answer = NULL;
    const char *id = NULL;
    bool over = false;
    int32_t code =
        do_send(connection, call, "POST", path, body, &response, &answer);

    if (code == PILEUS_OK) {
        code = read_action(call, answer, &over);
    }
    if (code == PILEUS_OK && action_id != NULL) {
        code = pileus_json_need_text(call, answer, "action.id", &id);
        if (code == PILEUS_OK) {
            (void)snprintf(action_id, DO_ACTION_ID_SIZE, "%s", id);
        }
    }
    pileus_response_free(response);
    return code;
}

/* Time ran out, yet the provider goes on with it. */
static int32_t
left_behind(pileus_call *call, int32_t code, const char *action_id,
            const char *what)
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
                   "stopped waiting while DigitalOcean was %s (action %s), "
                   "which goes on there: look at it later, or allow more time",
                   what, action_id);
    return pileus_fail_with(call, &failure);
}

int32_t
do_follow(const do_connection *connection, pileus_call *call,
          const char *action_id, const char *what)
{
    char path[PILEUS_HTTP_PATH_SIZE];
    int64_t step = STEP_FIRST_MS;
    bool over = false;
    int32_t code = pileus_http_path(call, path, "/v2/actions", action_id, NULL);

    while (code == PILEUS_OK && !over) {
        pileus_response *response = NULL;
        const pileus_value *answer = NULL;

        pileus_progress(call, what, -1);
        code = do_send(connection, call, "GET", path, NULL, &response, &answer);
        if (code == PILEUS_OK) {
            code = read_action(call, answer, &over);
        }
        pileus_response_free(response);
        if (code == PILEUS_OK && !over) {
            code = pileus_wait(call, step);
            step = step * 2 < STEP_LAST_MS ? step * 2 : STEP_LAST_MS;
        }
    }
    return code == PILEUS_TIMEOUT || code == PILEUS_CANCELLED
               ? left_behind(call, code, action_id, what)
               : code;
}

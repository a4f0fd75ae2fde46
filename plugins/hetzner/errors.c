/* What Hetzner Cloud's refusals, and failed actions, mean. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "hetzner.h"

/* Codes that say more than the status. The rest are as their status has it. */
static const struct {
    const char *word;
    pileus_code code;
    bool retryable;
} codes[] = {
    /* another action is running on it; it changed meanwhile */
    {"locked", PILEUS_CONFLICT, true},
    {"conflict", PILEUS_CONFLICT, true},
    {"uniqueness_error", PILEUS_CONFLICT, false},
    {"protected", PILEUS_CONFLICT, false},
    {"resource_in_use", PILEUS_CONFLICT, false},
    {"resource_locked", PILEUS_CONFLICT, false},
    {"server_not_stopped", PILEUS_CONFLICT, false},
    {"server_already_attached", PILEUS_CONFLICT, false},
    {"volume_already_attached", PILEUS_CONFLICT, false},
    {"resource_limit_exceeded", PILEUS_QUOTA, false},
    {"rate_limit_exceeded", PILEUS_RATE_LIMITED, true},
    {"token_readonly", PILEUS_PERMISSION, false},
    {"invalid_input", PILEUS_INVALID_ARGUMENT, false},
    {"invalid_server_type", PILEUS_INVALID_ARGUMENT, false},
    {"json_error", PILEUS_INVALID_ARGUMENT, false},
    {"unsupported_error", PILEUS_NOT_SUPPORTED, false},
    {"deprecated_api_endpoint", PILEUS_NOT_SUPPORTED, false},
    {"no_space_left_in_location", PILEUS_UNAVAILABLE, false},
    {"placement_error", PILEUS_UNAVAILABLE, true},
    {"resource_unavailable", PILEUS_UNAVAILABLE, true},
    {"maintenance", PILEUS_UNAVAILABLE, true},
    {"bad_gateway", PILEUS_UNAVAILABLE, true},
    {"timeout", PILEUS_UNAVAILABLE, true},
};

void
hz_explain(void *user, pileus_call *call, const pileus_response *response,
           pileus_failure *failure)
{
    const pileus_value *body = NULL;
    const char *word;

    (void)user;
    failure->request_id = pileus_response_header(response, "X-Correlation-Id");
    if (pileus_response_json(call, response, &body) != PILEUS_OK) {
        return;
    }
    word = pileus_json_string(call, body, "error.code");
    failure->provider_code = word;
    failure->provider_message = pileus_json_string(call, body, "error.message");
    for (size_t i = 0; word != NULL && i < sizeof codes / sizeof codes[0];
         i++) {
        if (strcmp(codes[i].word, word) == 0) {
            failure->code = codes[i].code;
            failure->retryable = codes[i].retryable;
        }
    }
}

int32_t
hz_check_action(pileus_call *call, const pileus_value *answer, const char *path)
{
    const pileus_value *action = pileus_json_get(call, answer, path);
    const char *status = pileus_json_string(call, action, "status");
    const char *command = pileus_json_string(call, action, "command");
    char message[PILEUS_MESSAGE_MAX];
    pileus_failure failure = {
        .struct_size = sizeof failure,
        .code = PILEUS_FAILED,
        .may_have_happened = 1,
        .retry_after_ms = -1,
        .message = message,
    };

    if (status == NULL || strcmp(status, "error") != 0) {
        return PILEUS_OK;
    }
    failure.provider_code = pileus_json_string(call, action, "error.code");
    failure.provider_message =
        pileus_json_string(call, action, "error.message");
    (void)snprintf(message, sizeof message,
                   "Hetzner Cloud began the action %s, and it failed: see its "
                   "words, look at what became of it, and try again",
                   command == NULL ? "" : command);
    return pileus_fail_with(call, &failure);
}

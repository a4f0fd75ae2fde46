/* Failures: CloudStack's numbers and words, in pileus' codes. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "cloudstack.h"

/* CloudStack's ApiErrorCode, which is the HTTP status as well. */
static const struct {
    int64_t number;
    int32_t code;
    bool passes; /* the same call may succeed later */
} codes[] = {
    {401, PILEUS_AUTHENTICATION, false},
    {405, PILEUS_INVALID_ARGUMENT, false}, /* method not allowed */
    {429, PILEUS_RATE_LIMITED, true},      /* api limit exceed */
    {430, PILEUS_INVALID_ARGUMENT, false}, /* malformed parameter */
    {431, PILEUS_INVALID_ARGUMENT, false}, /* parameter */
    {432, PILEUS_NOT_SUPPORTED, false},    /* unsupported action */
    {530, PILEUS_FAILED, false},           /* internal */
    {531, PILEUS_PERMISSION, false},       /* account */
    {532, PILEUS_QUOTA, false},            /* account resource limit */
    {533, PILEUS_UNAVAILABLE, true},       /* insufficient capacity */
    {534, PILEUS_UNAVAILABLE, true},       /* resource unavailable */
    {535, PILEUS_QUOTA, false},            /* resource allocation */
    {536, PILEUS_CONFLICT, false},         /* resource in use */
    {537, PILEUS_CONFLICT, false},         /* network rule conflict */
};

#define CODES (sizeof codes / sizeof *codes)

/* Is one of these in the words? */
static bool
has_any(const char *words, const char *const *signs)
{
    for (; words != NULL && *signs != NULL; signs++) {
        if (strstr(words, *signs) != NULL) {
            return true;
        }
    }
    return false;
}

/* CloudStack has one number for all that is wrong with a parameter, an id that
 * nothing has included. Only the words tell. */
static bool
is_missing(const char *words)
{
    static const char *const signs[] = {"does not exist", "nable to find",
                                        "was not found", NULL};

    return has_any(words, signs);
}

/* The same for a state that forbids what is asked, and a name that is taken. */
static bool
is_wrong_state(const char *words)
{
    static const char *const signs[] = {"in the right state",
                                        "not in the correct state",
                                        "already exists", NULL};

    return has_any(words, signs);
}

int32_t
cs_code(int64_t number, const char *words, int32_t fallback)
{
    if (number == 431 && is_missing(words)) {
        return PILEUS_NOT_FOUND;
    }
    if (number == 431 && is_wrong_state(words)) {
        return PILEUS_CONFLICT;
    }
    for (size_t i = 0; i < CODES; i++) {
        if (codes[i].number == number) {
            return codes[i].code;
        }
    }
    return fallback;
}

bool
cs_passes(int64_t number)
{
    for (size_t i = 0; i < CODES; i++) {
        if (codes[i].number == number) {
            return codes[i].passes;
        }
    }
    return false;
}

/* An answer below 400 is one of failure, too, when it holds an error. */
void
cs_explain(void *user, pileus_call *call, const pileus_response *response,
           pileus_failure *failure)
{
    const pileus_value *body = NULL;
    const pileus_value *inner;
    int64_t number = failure->status;

    (void)user;
    if (pileus_response_json(call, response, &body) != PILEUS_OK) {
        return;
    }
    inner = pileus_json_at(call, body, 0, NULL);
    if (pileus_json_integer(call, inner, "errorcode", &number)) {
        failure->provider_code = pileus_json_text(call, inner, "errorcode");
        failure->provider_message =
            pileus_json_string(call, inner, "errortext");
    } else if (failure->status < 400) {
        return;
    }
    failure->code =
        cs_code(number, failure->provider_message,
                failure->code == PILEUS_OK ? PILEUS_FAILED : failure->code);
    if (number == failure->status || failure->status < 400) {
        failure->retryable = cs_passes(number);
    }
}

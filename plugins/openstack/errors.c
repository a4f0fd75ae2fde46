/* What the refusals of OpenStack's services mean. Each has a fault body of its
 * own: Nova and Cinder {"KIND": {"message", "code"}}, Keystone {"error": …},
 * Neutron {"NeutronError": {"type", "message"}}, Glance {"message"} or a page.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#include "openstack.h"

/* The first entry that is a fault, and its kind; NULL: there is none. */
static const pileus_value *
find_fault(pileus_call *call, const pileus_value *body, const char **kind)
{
    uint64_t count = pileus_json_type(call, body, NULL) == PILEUS_TYPE_DICT
                         ? pileus_json_count(call, body, NULL)
                         : 0;

    for (uint64_t i = 0; i < count; i++) {
        const pileus_value *entry = pileus_json_at(call, body, i, kind);

        if (pileus_json_string(call, entry, "message") != NULL) {
            return entry;
        }
    }
    return NULL;
}

static void
read_fault(pileus_call *call, const pileus_response *response,
           pileus_failure *failure)
{
    const pileus_value *body = NULL;
    const pileus_value *fault;
    const char *kind = NULL;

    if (pileus_response_json(call, response, &body) != PILEUS_OK) {
        return; /* Glance's page, or a proxy's */
    }
    fault = find_fault(call, body, &kind);
    if (fault == NULL) {
        failure->provider_message = pileus_json_string(call, body, "message");
        return;
    }
    failure->provider_code = pileus_json_string(call, fault, "type");
    if (failure->provider_code == NULL) {
        failure->provider_code = kind;
    }
    failure->provider_message = pileus_json_string(call, fault, "message");
}

static bool
says(const pileus_failure *failure, const char *word)
{
    return (failure->provider_message != NULL &&
            strstr(failure->provider_message, word) != NULL) ||
           (failure->provider_code != NULL &&
            strstr(failure->provider_code, word) != NULL);
}

/* Nova refuses what is over a quota with 403, Cinder with 413, Neutron with
 * 409; 413 was also what too many requests were told. */
static void
judge_limits(pileus_failure *failure)
{
    bool limited = failure->status == 403 || failure->status == 409 ||
                   failure->status == 413;

    if (limited && (says(failure, "uota") || says(failure, "LimitExceeded") ||
                    says(failure, "Maximum number of "))) {
        failure->code = PILEUS_QUOTA;
        failure->retryable = 0;
    } else if (failure->status == 413 && failure->retry_after_ms >= 0) {
        failure->code = PILEUS_RATE_LIMITED;
        failure->retryable = 1;
    }
}

static void
explain_any(pileus_call *call, const pileus_response *response,
            pileus_failure *failure)
{
    const char *id = pileus_response_header(response, "X-Openstack-Request-Id");

    failure->request_id =
        id != NULL ? id
                   : pileus_response_header(response, "X-Compute-Request-Id");
    read_fault(call, response, failure);
    judge_limits(failure);
    if (failure->status == 406) { /* the microversion */
        failure->code = PILEUS_NOT_SUPPORTED;
    }
}

void
os_explain_login(void *user, pileus_call *call, const pileus_response *response,
                 pileus_failure *failure)
{
    (void)user;
    explain_any(call, response, failure);
}

void
os_explain(void *user, pileus_call *call, const pileus_response *response,
           pileus_failure *failure)
{
    os_connection *connection = user;

    explain_any(call, response, failure);
    if (failure->status == 401 &&
        pileus_lease_refused(connection->token, call)) {
        failure->retryable = 1;
    }
}

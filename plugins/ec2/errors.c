/* What Amazon's failures mean. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "ec2.h"

/* Where in the code the words stand. */
enum { WHOLE, BEGIN, END };

/* In this order: the first that fits counts. The codes are those of the page
 * "Error codes for the Amazon EC2 API". */
static const struct rule {
    const char *words;
    int where;
    int32_t code;
    int32_t retryable;
} rules[] = {
    {"AuthFailure", WHOLE, PILEUS_AUTHENTICATION, 0},
    {"ExpiredToken", BEGIN, PILEUS_AUTHENTICATION, 0},
    {"IncompleteSignature", WHOLE, PILEUS_AUTHENTICATION, 0},
    {"InvalidClientTokenId", WHOLE, PILEUS_AUTHENTICATION, 0},
    {"MissingAuthenticationToken", WHOLE, PILEUS_AUTHENTICATION, 0},
    {"RequestExpired", WHOLE, PILEUS_AUTHENTICATION, 0},
    {"SignatureDoesNotMatch", WHOLE, PILEUS_AUTHENTICATION, 0},
    {"UnrecognizedClientException", WHOLE, PILEUS_AUTHENTICATION, 0},
    {"Blocked", WHOLE, PILEUS_PERMISSION, 0},
    {"OptInRequired", WHOLE, PILEUS_PERMISSION, 0},
    {"PendingVerification", WHOLE, PILEUS_PERMISSION, 0},
    {"TagPolicyViolation", WHOLE, PILEUS_PERMISSION, 0},
    {"UnauthorizedOperation", WHOLE, PILEUS_PERMISSION, 0},
    {"EC2ThrottledException", WHOLE, PILEUS_RATE_LIMITED, 1},
    {"RequestLimitExceeded", WHOLE, PILEUS_RATE_LIMITED, 1},
    {"RequestThrottled", BEGIN, PILEUS_RATE_LIMITED, 1},
    {"Throttling", BEGIN, PILEUS_RATE_LIMITED, 1},
    {"RateExceeded", END, PILEUS_RATE_LIMITED, 1},
    {"FilterLimitExceeded", WHOLE, PILEUS_INVALID_ARGUMENT, 0},
    {"LimitExceeded", END, PILEUS_QUOTA, 0},
    {"CountExceeded", END, PILEUS_QUOTA, 0},
    {"VolumeIOPSLimit", WHOLE, PILEUS_QUOTA, 0},
    {"InsufficientFreeAddressesInSubnet", WHOLE, PILEUS_QUOTA, 0},
    {"InternalError", WHOLE, PILEUS_UNAVAILABLE, 1},
    {"InternalFailure", WHOLE, PILEUS_UNAVAILABLE, 1},
    {"InternalServerError", WHOLE, PILEUS_UNAVAILABLE, 1},
    {"ServiceUnavailable", WHOLE, PILEUS_UNAVAILABLE, 1},
    {"Unavailable", WHOLE, PILEUS_UNAVAILABLE, 1},
    {"Insufficient", BEGIN, PILEUS_UNAVAILABLE, 0},
    {"SpotMaxPriceTooLow", WHOLE, PILEUS_UNAVAILABLE, 0},
    {".NotFound", END, PILEUS_NOT_FOUND, 0},
    {".NotFoundException", END, PILEUS_NOT_FOUND, 0},
    {"DefaultVpcDoesNotExist", WHOLE, PILEUS_NOT_FOUND, 0},
    {"InvalidPlacementGroup.Unknown", WHOLE, PILEUS_NOT_FOUND, 0},
    {"InvalidAMIID.Unavailable", WHOLE, PILEUS_NOT_FOUND, 0},
    {"InvalidAMIID.Malformed", WHOLE, PILEUS_NOT_FOUND, 0},
    {"InvalidInstanceID.Malformed", WHOLE, PILEUS_NOT_FOUND, 0},
    {"InvalidSnapshotID.Malformed", WHOLE, PILEUS_NOT_FOUND, 0},
    {"InvalidVolumeID.Malformed", WHOLE, PILEUS_NOT_FOUND, 0},
    {".Duplicate", END, PILEUS_CONFLICT, 0},
    {".InUse", END, PILEUS_CONFLICT, 0},
    {"DependencyViolation", WHOLE, PILEUS_CONFLICT, 0},
    {"Idempotent", BEGIN, PILEUS_CONFLICT, 0},
    {"Incorrect", BEGIN, PILEUS_CONFLICT, 0},
    {"InvalidAddress.Locked", WHOLE, PILEUS_CONFLICT, 0},
    {"InvalidHostState", WHOLE, PILEUS_CONFLICT, 0},
    {"InvalidInstanceState", WHOLE, PILEUS_CONFLICT, 0},
    {"InvalidState", BEGIN, PILEUS_CONFLICT, 0},
    {"OperationNotPermitted", WHOLE, PILEUS_CONFLICT, 0},
    {"Resource.Already", BEGIN, PILEUS_CONFLICT, 0},
    {"VolumeInUse", WHOLE, PILEUS_CONFLICT, 0},
    {"InvalidAction", WHOLE, PILEUS_NOT_SUPPORTED, 0},
    {"NonEBSInstance", WHOLE, PILEUS_NOT_SUPPORTED, 0},
    {"NotSupported", END, PILEUS_NOT_SUPPORTED, 0},
    {"Unsupported", BEGIN, PILEUS_NOT_SUPPORTED, 0},
    {"VolumeTypeNotAvailableInZone", WHOLE, PILEUS_NOT_SUPPORTED, 0},
    {"Invalid", BEGIN, PILEUS_INVALID_ARGUMENT, 0},
    {"Malformed", BEGIN, PILEUS_INVALID_ARGUMENT, 0},
    {"Missing", BEGIN, PILEUS_INVALID_ARGUMENT, 0},
    {"UnknownParameter", WHOLE, PILEUS_INVALID_ARGUMENT, 0},
    {"ValidationError", WHOLE, PILEUS_INVALID_ARGUMENT, 0},
    {"ZonesMismatched", WHOLE, PILEUS_INVALID_ARGUMENT, 0},
};

static bool
fits(const struct rule *rule, const char *code)
{
    size_t length = strlen(rule->words);
    size_t size = strlen(code);

    switch (rule->where) {
    case BEGIN:
        return strncmp(code, rule->words, length) == 0;
    case END:
        return size >= length && strcmp(code + size - length, rule->words) == 0;
    default:
        return strcmp(code, rule->words) == 0;
    }
}

/* Of the credentials, not of the request: the last is EC2's own word for it. */
static bool
tells_expiry(const char *code)
{
    return strcmp(code, "ExpiredToken") == 0 ||
           strcmp(code, "ExpiredTokenException") == 0 ||
           strcmp(code, "RequestExpired") == 0;
}

static void
judge(const char *code, pileus_failure *failure)
{
    for (size_t i = 0; i < sizeof rules / sizeof rules[0]; i++) {
        if (fits(&rules[i], code)) {
            failure->code = rules[i].code;
            failure->retryable = rules[i].retryable;
            return;
        }
    }
}

/* <Response><Errors><Error><Code/><Message/></Error></Errors><RequestID/>
 * </Response>. */
void
ec2_explain(void *user, pileus_call *call, const pileus_response *response,
            pileus_failure *failure)
{
    const char *body = pileus_response_body(response, NULL);
    const pileus_value *answer = NULL;
    const char *code;
    const char *request;
    ec2_connection *connection = user;

    if (body[strspn(body, " \t\r\n")] != '<' ||
        pileus_response_json(call, response, &answer) != PILEUS_OK) {
        return;
    }
    code = pileus_json_string(call, answer, "Errors.Error.Code");
    request = pileus_json_string(call, answer, "RequestID");
    if (code == NULL) {
        return;
    }
    failure->provider_code = code;
    failure->provider_message =
        pileus_json_string(call, answer, "Errors.Error.Message");
    if (request != NULL) {
        failure->request_id = request;
    }
    judge(code, failure);
    if (tells_expiry(code) &&
        pileus_lease_refused(connection->credentials.lease, call)) {
        failure->retryable = 1;
    }
}

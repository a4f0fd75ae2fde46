/* Credentials of the role that this very instance has, from its metadata (EC2
 * User Guide, "Retrieve security credentials from instance metadata"), by
 * version 2 of the service alone: each asking begins with a token of its own.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#include "credentials.h"
#include "text.h"

#include <pileus/digest.h>
#include <pileus/json.h>

#include <stdlib.h>
#include <time.h>

#define NS_PER_S INT64_C(1000000000)
#define ROLES "/latest/meta-data/iam/security-credentials/"
#define ROLE_MAX 128
#define TOKEN_SECONDS "60"
#define TOKEN_MAX 1024
/* The service is on the link: it answers at once, or is not there. */
#define TIMEOUT_MS 1000
#define TRIES 2
/* Credentials that have expired while the service has no newer ones may be
 * accepted all the same; so many seconds later others are asked for. */
#define STALE_S 60

/* ---- failures -------------------------------------------------------------
 */

static int32_t
fail(const ec2_credentials *self, pileus_call *call, const char *what)
{
    return !self->had_some
               ? pileus_fail(call, PILEUS_CONFIGURATION,
                             "there are no credentials, and %s: %s, or give "
                             "the instance a role",
                             what, self->about)
               : pileus_fail(call, PILEUS_UNAVAILABLE,
                             "the credentials of this instance cannot be "
                             "renewed, for %s: try again later",
                             what);
}

/* What a request's failure means here; some mean the same everywhere. */
static int32_t
judge(const ec2_credentials *self, pileus_call *call, int32_t code,
      const char *what)
{
    switch (code) {
    case PILEUS_OK:
    case PILEUS_NO_MEMORY:
    case PILEUS_TIMEOUT:
    case PILEUS_CANCELLED:
        return code;
    case PILEUS_NOT_FOUND:
        return fail(self, call, what);
    case PILEUS_UNAVAILABLE:
        return fail(self, call, "the metadata service does not answer");
    default:
        return fail(self, call, "the metadata service refuses to tell any");
    }
}

/* ---- requests -------------------------------------------------------------
 */

static int32_t
get_token(const ec2_credentials *self, pileus_call *call, char token[TOKEN_MAX])
{
    const pileus_pair header = {"X-aws-ec2-metadata-token-ttl-seconds",
                                TOKEN_SECONDS};
    const pileus_request request = {
        .struct_size = sizeof request,
        .flags = PILEUS_REQUEST_SECRET,
        .method = "PUT",
        .path = "/latest/api/token",
        .header_count = 1,
        .headers = &header,
    };
    pileus_response *response = NULL;
    size_t size = 0;
    int32_t code = pileus_http_send(self->metadata, call, &request, &response);

    if (code == PILEUS_OK) {
        const char *body = pileus_response_body(response, &size);

        size = strcspn(body, "\r\n");
        if (size > 0 && size < TOKEN_MAX) {
            memcpy(token, body, size);
            token[size] = '\0';
        } else {
            code = PILEUS_PROTOCOL;
        }
    }
    pileus_response_free(response);
    return judge(self, call, code, "there is no metadata service");
}

static int32_t
get(const ec2_credentials *self, pileus_call *call, const char *path,
    const char *token, pileus_response **response)
{
    const pileus_pair header = {"X-aws-ec2-metadata-token", token};
    const pileus_request request = {
        .struct_size = sizeof request,
        .path = path,
        .header_count = 1,
        .headers = &header,
    };

    return judge(self, call,
                 pileus_http_send(self->metadata, call, &request, response),
                 "this instance has no role");
}

/* The path of the role's credentials; an instance has one role at most. */
static int32_t
get_role(const ec2_credentials *self, pileus_call *call, const char *token,
         char path[sizeof ROLES + ROLE_MAX])
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyz"
                                "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+=,.@_-";
    pileus_response *response = NULL;
    int32_t code = get(self, call, ROLES, token, &response);

    if (code == PILEUS_OK) {
        const char *body = pileus_response_body(response, NULL);
        size_t length = strcspn(body, "\r\n");

        if (length == 0) {
            code = fail(self, call, "this instance has no role");
        } else if (length > ROLE_MAX || *body == '.' ||
                   strspn(body, plain) < length) {
            code = fail(self, call, "the metadata names no role");
        } else {
            (void)snprintf(path, sizeof ROLES + ROLE_MAX, "%s%.*s", ROLES,
                           (int)length, body);
        }
    }
    pileus_response_free(response);
    return code;
}

/* ---- the document ---------------------------------------------------------
 */

static int32_t
read_end(const ec2_credentials *self, pileus_call *call,
         const pileus_value *document, ec2_keys *keys)
{
    int64_t now = (int64_t)time(NULL);
    int64_t ns = 0;

    if (!pileus_json_time(call, document, "Expiration", &ns)) {
        return fail(self, call, "what the metadata tells has no end");
    }
    keys->expires = true;
    keys->expires_s = ns / NS_PER_S;
    if (keys->expires_s <= now) {
        pileus_log(call, PILEUS_LOG_WARNING,
                   "the metadata of this instance has credentials that have "
                   "expired, and no others: trying these");
        keys->expires_s = now + STALE_S;
    }
    return PILEUS_OK;
}

static int32_t
read_document(const ec2_credentials *self, pileus_call *call,
              const pileus_value *document, ec2_keys *keys)
{
    const char *verdict = pileus_json_string(call, document, "Code");
    const char *key = pileus_json_string(call, document, "AccessKeyId");
    const char *secret = pileus_json_string(call, document, "SecretAccessKey");
    const char *token = pileus_json_string(call, document, "Token");
    int32_t code;

    if (verdict != NULL && strcmp(verdict, "Success") != 0) {
        return fail(self, call, "the role of this instance gives none");
    }
    if (key == NULL || secret == NULL || token == NULL || *key == '\0' ||
        *secret == '\0' || *token == '\0') {
        return fail(self, call, "what the metadata tells is none");
    }
    code = read_end(self, call, document, keys);
    return code == PILEUS_OK ? ec2_keys_set(keys, call, key, secret, token)
                             : code;
}

/* No failure tells what was read: it is all secret. */
static int32_t
get_document(const ec2_credentials *self, pileus_call *call, const char *path,
             const char *token, ec2_keys *keys)
{
    pileus_response *response = NULL;
    pileus_document *document = NULL;
    const pileus_value *value = NULL;
    const char *body;
    size_t size = 0;
    int32_t code = get(self, call, path, token, &response);

    if (code != PILEUS_OK) {
        return code;
    }
    body = pileus_response_body(response, &size);
    code = pileus_json_parse(call, body, size, &document, &value);
    if (code == PILEUS_OK) {
        code = read_document(self, call, value, keys);
        pileus_json_free(call, document);
    } else if (code != PILEUS_NO_MEMORY) {
        code = fail(self, call, "what the metadata tells is no JSON");
    }
    pileus_response_free(response);
    return code;
}

static int32_t
fetch(const ec2_credentials *self, pileus_call *call, ec2_keys *keys)
{
    char token[TOKEN_MAX] = "";
    char path[sizeof ROLES + ROLE_MAX] = "";
    int32_t code = get_token(self, call, token);

    if (code == PILEUS_OK) {
        code = get_role(self, call, token, path);
    }
    if (code == PILEUS_OK) {
        code = get_document(self, call, path, token, keys);
    }
    pileus_wipe(call, token, sizeof token);
    return code;
}

/* ---- the way there --------------------------------------------------------
 */

int32_t
ec2_open_metadata(ec2_credentials *self, pileus_call *call)
{
    static const char *const secrets[] = {
        "X-aws-ec2-metadata-token", "AccessKeyId", "SecretAccessKey", "Token"};
    const pileus_http_hooks hooks = {
        .struct_size = sizeof hooks,
        .direct = 1,
        .timeout_ms = TIMEOUT_MS,
        .tries = TRIES,
    };
    const char *endpoint = pileus_setting(call, "metadata-endpoint");
    int32_t code = PILEUS_OK;

    if (endpoint == NULL || strncmp(endpoint, "http", 4) != 0) {
        return pileus_fail(call, PILEUS_CONFIGURATION,
                           "the option 'metadata-endpoint' is a URL such as "
                           "http://169.254.169.254, not '%.200s'",
                           endpoint == NULL ? "" : endpoint);
    }
    self->metadata = pileus_http_new_at(call, &hooks, endpoint);
    if (self->metadata == NULL) {
        return PILEUS_FAILED; /* reported */
    }
    self->fetch = fetch;
    for (size_t i = 0;
         code == PILEUS_OK && i < sizeof secrets / sizeof secrets[0]; i++) {
        code = pileus_http_secret(self->metadata, call, secrets[i]);
    }
    return code;
}

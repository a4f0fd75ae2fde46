/* Credentials from a program (AWS SDKs and Tools Reference Guide, "Process
 * credential provider"): one document of JSON on its standard output. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "credentials.h"
#include "process.h"
#include "text.h"

#include <pileus/digest.h>
#include <pileus/json.h>

#include <stdlib.h>
#include <time.h>

#define NS_PER_S INT64_C(1000000000)

static int32_t
wrong(const ec2_credentials *self, pileus_call *call, const char *what)
{
    return pileus_fail(call, PILEUS_CONFIGURATION,
                       "%s: %s: have it write {\"Version\": 1, "
                       "\"AccessKeyId\": \"A\", \"SecretAccessKey\": \"S\"}",
                       self->about, what);
}

static int32_t
read_end(const ec2_credentials *self, pileus_call *call,
         const pileus_value *answer, ec2_keys *keys)
{
    int64_t ns = 0;

    if (pileus_json_get(call, answer, "Expiration") == NULL) {
        return PILEUS_OK;
    }
    if (!pileus_json_time(call, answer, "Expiration", &ns)) {
        return wrong(self, call,
                     "what it writes has an \"Expiration\" that is no time of "
                     "ISO 8601");
    }
    keys->expires = true;
    keys->expires_s = ns / NS_PER_S;
    return keys->expires_s > (int64_t)time(NULL)
               ? PILEUS_OK
               : pileus_fail(call, PILEUS_AUTHENTICATION,
                             "%s: the credentials that it gives have expired: "
                             "log in again with it, or set this machine's "
                             "clock",
                             self->about);
}

static int32_t
read_answer(const ec2_credentials *self, pileus_call *call,
            const pileus_value *answer, ec2_keys *keys)
{
    const char *key = pileus_json_string(call, answer, "AccessKeyId");
    const char *secret = pileus_json_string(call, answer, "SecretAccessKey");
    const char *token = pileus_json_string(call, answer, "SessionToken");
    int64_t version = 0;
    int32_t code;

    if (!pileus_json_integer(call, answer, "Version", &version) ||
        version != 1) {
        return wrong(self, call,
                     "what it writes is not of \"Version\" 1, the only one "
                     "that there is");
    }
    if (key == NULL || *key == '\0' || secret == NULL || *secret == '\0') {
        return wrong(self, call,
                     "what it writes lacks \"AccessKeyId\" or "
                     "\"SecretAccessKey\"");
    }
    code = read_end(self, call, answer, keys);
    return code == PILEUS_OK
               ? ec2_keys_set(keys, call, key, secret,
                              token != NULL && *token != '\0' ? token : NULL)
               : code;
}

/* No failure tells what was read: it is all secret. */
static int32_t
read_output(const ec2_credentials *self, pileus_call *call, const char *output,
            size_t size, ec2_keys *keys)
{
    pileus_document *document = NULL;
    const pileus_value *answer = NULL;
    int32_t code = pileus_json_parse(call, output, size, &document, &answer);

    if (code == PILEUS_OK) {
        code = read_answer(self, call, answer, keys);
        pileus_json_free(call, document);
    } else if (code != PILEUS_NO_MEMORY) {
        code = wrong(self, call, "what it writes is no JSON");
    }
    return code;
}

int32_t
ec2_fetch_external(const ec2_credentials *self, pileus_call *call,
                   ec2_keys *keys)
{
    char *command = strdup(self->command);
    char *output = NULL;
    char **words = NULL;
    bool whole = true;
    size_t size = 0;
    int32_t code;

    if (command == NULL || !ec2_split(command, &words, &whole)) {
        code = ec2_no_memory(call);
    } else if (!whole || words[0] == NULL) {
        code = pileus_fail(call, PILEUS_CONFIGURATION,
                           "%s: a quotation mark is not closed, or there is no "
                           "program in it: mend the line",
                           self->about);
    } else {
        code =
            ec2_run(call, words, self->timeout_ms, self->about, &output, &size);
    }
    if (code == PILEUS_OK) {
        code = read_output(self, call, output, size, keys);
        pileus_wipe(call, output, size);
    }
    free(output);
    free(words);
    if (command != NULL) {
        pileus_wipe(call, command, strlen(self->command));
    }
    free(command);
    return code;
}

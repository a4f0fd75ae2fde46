/* Key pairs. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "ec2.h"

#include <stdlib.h>

static const ec2_fact facts[] = {
    {"create_time", "createTime", EC2_TEXT},
    {"key_pair_id", "keyPairId", EC2_TEXT},
    {"key_type", "keyType", EC2_TEXT},
    {NULL, NULL, 0},
};

/* The text without blanks around it. */
static void
set_trimmed(pileus_record *record, int32_t field, const char *text)
{
    size_t length;

    if (text == NULL) {
        return;
    }
    text += strspn(text, " \t\r\n");
    length = strlen(text);
    while (length > 0 && strchr(" \t\r\n", text[length - 1]) != NULL) {
        length--;
    }
    pileus_set_string_n(record, field, text, length);
}

static int32_t
put_key(void *user, pileus_call *call, const pileus_value *key)
{
    const char *name = NULL;
    pileus_record *record;
    int32_t code = pileus_json_need_text(call, key, "keyName", &name);

    if (code != PILEUS_OK) {
        return code;
    }
    record = pileus_begin(user, PILEUS_KIND_KEY_PAIR);
    pileus_set_name(record, name);
    set_trimmed(record, PILEUS_FIELD_FINGERPRINT,
                pileus_json_string(call, key, "keyFingerprint"));
    set_trimmed(record, PILEUS_FIELD_PUBLIC_KEY,
                pileus_json_string(call, key, "publicKey"));
    pileus_set_string(record, PILEUS_FIELD_PRIVATE_KEY,
                      pileus_json_string(call, key, "keyMaterial"));
    ec2_set_extra(record, call, key, facts);
    (void)ec2_set_tags(record, call, key, false);
    return pileus_put(record);
}

/* ---- reading --------------------------------------------------------------
 */

int32_t
ec2_list_key_pairs(void *connection, pileus_call *call,
                   const pileus_query_args *query, pileus_sink *sink)
{
    static const ec2_narrowing by = {.id = "key-name", .name = "key-name"};
    ec2_params params;

    ec2_params_begin(&params, "DescribeKeyPairs");
    ec2_add(&params, "true", "IncludePublicKey");
    ec2_narrow(&params, query, &by);
    return ec2_list(connection, call, &params, "keySet", 0, put_key, sink);
}

int32_t
ec2_get_key_pair(void *connection, pileus_call *call, const char *name,
                 pileus_sink *sink)
{
    pileus_response *response = NULL;
    const pileus_value *answer = NULL;
    ec2_params params;
    int32_t code;

    ec2_params_begin(&params, "DescribeKeyPairs");
    ec2_add(&params, "true", "IncludePublicKey");
    ec2_add(&params, name, "KeyName.1");
    code = ec2_ask(connection, call, &params, 0, name, &response, &answer);
    if (code == PILEUS_OK && pileus_json_count(call, answer, "keySet") == 0) {
        code = pileus_fail(call, PILEUS_NOT_FOUND,
                           "EC2 has no key pair '%.64s': list those there are",
                           name);
    }
    if (code == PILEUS_OK) {
        code = put_key(sink, call, pileus_json_get(call, answer, "keySet.0"));
    }
    pileus_response_free(response);
    return code;
}

/* ---- changing -------------------------------------------------------------
 */

/* Make one as the parameters say, and put it. */
static int32_t
make(ec2_connection *connection, pileus_call *call, const ec2_params *params,
     const char *name, pileus_sink *sink)
{
    pileus_response *response = NULL;
    const pileus_value *key = NULL;
    int32_t code =
        ec2_change(connection, call, params, 0, NULL, &response, &key);

    if (code == PILEUS_OK) {
        code = ec2_made(connection, call, PILEUS_KIND_KEY_PAIR, name);
    }
    if (code == PILEUS_OK) {
        code = put_key(sink, call, key);
    }
    pileus_response_free(response);
    return code;
}

int32_t
ec2_create_key_pair(void *connection, pileus_call *call, const char *name,
                    pileus_sink *sink)
{
    ec2_params params;

    ec2_params_begin(&params, "CreateKeyPair");
    ec2_add(&params, name, "KeyName");
    return make(connection, call, &params, name, sink);
}

int32_t
ec2_import_key_pair(void *connection, pileus_call *call, const char *name,
                    const char *public_key, pileus_sink *sink)
{
    char *material = ec2_base64(call, public_key, strlen(public_key));
    ec2_params params;
    int32_t code;

    if (material == NULL) {
        return PILEUS_NO_MEMORY;
    }
    ec2_params_begin(&params, "ImportKeyPair");
    ec2_add(&params, name, "KeyName");
    ec2_add(&params, material, "PublicKeyMaterial");
    code = make(connection, call, &params, name, sink);
    free(material);
    return code;
}

int32_t
ec2_delete_key_pair(void *connection, pileus_call *call,
                    const pileus_key_pair *pair)
{
    const char *name = pileus_object_name(call, pair);
    ec2_params params;

    ec2_params_begin(&params, "DeleteKeyPair");
    ec2_add(&params, name, "KeyName");
    return ec2_remove(connection, call, &params, PILEUS_REQUEST_IDEMPOTENT,
                      name);
}

/* SSH key pairs. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "extra.h"

static const cs_extra extras[] = {
    {"id", "id", true},
    {"account", "account", false},
    {"domain", "domain", false},
    {"domainid", "domain_id", true},
    {"project", "project", false},
    {"projectid", "project_id", true},
};

typedef struct listing {
    pileus_sink *sink;
    const char *name; /* the only one wanted; NULL: all */
    bool found;
} listing;

/* To CloudStack a key pair is its name. */
static int32_t
put_pair(pileus_call *call, const pileus_value *pair, pileus_sink *sink)
{
    const char *name = NULL;
    pileus_record *record;
    int32_t code = pileus_json_need_text(call, pair, "name", &name);

    if (code != PILEUS_OK) {
        return code;
    }
    record = pileus_begin(sink, PILEUS_KIND_KEY_PAIR);
    pileus_set_id(record, name);
    pileus_set_name(record, name);
    pileus_set_string(record, PILEUS_FIELD_FINGERPRINT,
                      pileus_json_string(call, pair, "fingerprint"));
    pileus_set_string(record, PILEUS_FIELD_PRIVATE_KEY,
                      pileus_json_string(call, pair, "privatekey"));
    cs_set_extra(call, record, pair, extras, sizeof extras / sizeof *extras);
    return pileus_put(record);
}

static int32_t
put(void *user, pileus_call *call, const pileus_value *pair)
{
    listing *how = user;
    const char *name = pileus_json_string(call, pair, "name");

    if (how->name != NULL && (name == NULL || strcmp(name, how->name) != 0)) {
        return PILEUS_OK;
    }
    how->found = true;
    return put_pair(call, pair, how->sink);
}

int32_t
cs_list_key_pairs(void *connection, pileus_call *call,
                  const pileus_query_args *query, pileus_sink *sink)
{
    listing how = {.sink = sink};
    cs_params params;

    cs_params_begin(&params, connection, "listSSHKeyPairs");
    cs_params_add(&params, "name", query->name);
    return cs_list(connection, call, &params, "sshkeypair", put, &how);
}

int32_t
cs_get_key_pair(void *connection, pileus_call *call, const char *name,
                pileus_sink *sink)
{
    listing how = {.sink = sink, .name = name};
    cs_params params;
    int32_t code;

    cs_params_begin(&params, connection, "listSSHKeyPairs");
    cs_params_add(&params, "name", name);
    code = cs_list(connection, call, &params, "sshkeypair", put, &how);
    if (code == PILEUS_OK && !how.found) {
        code = pileus_fail(call, PILEUS_NOT_FOUND,
                           "CloudStack has no key pair with the name '%.64s': "
                           "list what there is",
                           name);
    }
    return code;
}

static int32_t
make(const cs_connection *connection, pileus_call *call,
     const cs_params *params, const char *what, pileus_sink *sink)
{
    pileus_response *response = NULL;
    const pileus_value *answer = NULL;
    int32_t code = cs_do(connection, call, params, what, 0, &response, &answer);

    if (code == PILEUS_OK) {
        code = put_pair(call, pileus_json_get(call, answer, "keypair"), sink);
        pileus_response_free(response);
    }
    return code;
}

int32_t
cs_create_key_pair(void *connection, pileus_call *call, const char *name,
                   pileus_sink *sink)
{
    cs_params params;

    cs_params_begin(&params, connection, "createSSHKeyPair");
    cs_params_add(&params, "name", name);
    return make(connection, call, &params, "making the key pair", sink);
}

int32_t
cs_import_key_pair(void *connection, pileus_call *call, const char *name,
                   const char *public_key, pileus_sink *sink)
{
    cs_params params;

    cs_params_begin(&params, connection, "registerSSHKeyPair");
    cs_params_add(&params, "name", name);
    cs_params_add(&params, "publickey", public_key);
    return make(connection, call, &params, "importing the key", sink);
}

int32_t
cs_delete_key_pair(void *connection, pileus_call *call,
                   const pileus_key_pair *pair)
{
    cs_params params;

    cs_params_begin(&params, connection, "deleteSSHKeyPair");
    cs_params_add(&params, "name", pileus_object_name(call, pair));
    return cs_do(connection, call, &params, "deleting the key pair", 0, NULL,
                 NULL);
}

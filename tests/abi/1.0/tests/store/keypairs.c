/* The store: key pairs. They have no ids, and are known by their names. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/store/store.h"

/* A pair has no id: it is known by its name. */
static pileus_record *
begin_pair(pileus_sink *sink, const thing *at)
{
    pileus_record *record = pileus_begin(sink, PILEUS_KIND_KEY_PAIR);

    pileus_set_name(record, at->name);
    pileus_set_string(record, PILEUS_FIELD_PUBLIC_KEY, at->belongs);
    pileus_set_string(record, PILEUS_FIELD_FINGERPRINT, "00:11:22:33");
    return record;
}

static int32_t
put_pair(pileus_sink *sink, const thing *at)
{
    return pileus_put(begin_pair(sink, at));
}

static int32_t
put_new_pair(pileus_sink *sink, const thing *at)
{
    pileus_record *record = begin_pair(sink, at);

    pileus_set_string(record, PILEUS_FIELD_PRIVATE_KEY,
                      "-----BEGIN PRIVATE KEY-----\ntell-nobody\n"
                      "-----END PRIVATE KEY-----\n");
    return pileus_put(record);
}

static int32_t
store_list_key_pairs(void *connection, pileus_call *call,
                     const pileus_query_args *query, pileus_sink *sink)
{
    store *self = connection;

    (void)call;
    (void)query;
    return store_put_all(sink, self->pairs, put_pair);
}

static int32_t
make_pair(store *self, pileus_call *call, const char *name,
          const char *public_key, store_put_fn put, pileus_sink *sink)
{
    thing *at;

    if (store_find(self->pairs, name) != NULL) {
        return pileus_fail(call, PILEUS_CONFLICT,
                           "there is a key pair '%s' already: choose another "
                           "name, or delete it",
                           name);
    }
    at = store_add(self->pairs, call, name, name);
    if (at == NULL) {
        return PILEUS_QUOTA;
    }
    store_copy(at->belongs, public_key);
    return store_put_made(self, sink, at, put);
}

static int32_t
store_create_key_pair(void *connection, pileus_call *call, const char *name,
                      pileus_sink *sink)
{
    return make_pair(connection, call, name, "ssh-rsa BBBB made", put_new_pair,
                     sink);
}

static int32_t
store_import_key_pair(void *connection, pileus_call *call, const char *name,
                      const char *public_key, pileus_sink *sink)
{
    return make_pair(connection, call, name, public_key, put_pair, sink);
}

/* Nothing secret comes back to a driver. */
static int32_t
store_delete_key_pair(void *connection, pileus_call *call,
                      const pileus_key_pair *pair)
{
    store *self = connection;

    if (pileus_object_string(call, pair, PILEUS_FIELD_PRIVATE_KEY, 0) != NULL) {
        return pileus_fail(call, PILEUS_FAILED, "a private key came back");
    }
    return store_forget(self->pairs, call, pair);
}

/* The core can do without it. */
#ifndef STORE_PLAIN
static int32_t
store_get_key_pair(void *connection, pileus_call *call, const char *name,
                   pileus_sink *sink)
{
    store *self = connection;

    return store_get(self->pairs, call, name, put_pair, sink);
}
#else
#define store_get_key_pair NULL
#endif

const pileus_keypairs_service store_keypairs = {
    .struct_size = sizeof store_keypairs,
    .list_key_pairs = store_list_key_pairs,
    .get_key_pair = store_get_key_pair,
    .create_key_pair = store_create_key_pair,
    .import_key_pair = store_import_key_pair,
    .delete_key_pair = store_delete_key_pair,
};

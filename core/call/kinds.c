/* The four listing functions of each kind: each, list, iterate, next. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/call/listing.h"

#include <pileus/pileus.h>

/* They differ in the types alone, and those of snapshots by one parameter; so
 * one text makes them all. */
#define FUNCTIONS_OF(noun, KIND, PARAMETER, VOLUME)                            \
    typedef struct noun##_taker {                                              \
        pileus_##noun##_fn fn;                                                 \
        void *user;                                                            \
    } noun##_taker;                                                            \
                                                                               \
    static bool take_##noun(void *user, pil__object *object)                   \
    {                                                                          \
        const noun##_taker *to = user;                                         \
                                                                               \
        return to->fn(to->user, (pileus_##noun *)object);                      \
    }                                                                          \
                                                                               \
    pileus_code pileus_##noun##_each(pileus_connection *conn,                  \
                                     PARAMETER const pileus_query *query,      \
                                     pileus_##noun##_fn fn, void *user,        \
                                     pileus_call *call, pileus_error **err)    \
    {                                                                          \
        pil__listing listing = {conn, KIND, VOLUME, query};                    \
        noun##_taker to = {fn, user};                                          \
        pileus_code code =                                                     \
            pil__listing_check(&listing, fn == NULL ? NULL : &to, err);        \
                                                                               \
        return code != PILEUS_OK                                               \
                   ? code                                                      \
                   : pil__each(&listing, take_##noun, &to, call, err);         \
    }                                                                          \
                                                                               \
    pileus_code pileus_##noun##_list(pileus_list **list,                       \
                                     pileus_connection *conn,                  \
                                     PARAMETER const pileus_query *query,      \
                                     pileus_call *call, pileus_error **err)    \
    {                                                                          \
        pil__listing listing = {conn, KIND, VOLUME, query};                    \
                                                                               \
        return pil__list(list, &listing, call, err);                           \
    }                                                                          \
                                                                               \
    pileus_code pileus_##noun##_iterate(pileus_iterator **iterator,            \
                                        pileus_connection *conn,               \
                                        PARAMETER const pileus_query *query,   \
                                        pileus_call *call, pileus_error **err) \
    {                                                                          \
        pil__listing listing = {conn, KIND, VOLUME, query};                    \
                                                                               \
        return pil__iterate(iterator, &listing, call, err);                    \
    }                                                                          \
                                                                               \
    pileus_code pileus_iterator_next_##noun(                                   \
        pileus_iterator *iterator, pileus_##noun **object, pileus_error **err) \
    {                                                                          \
        pil__object *taken = NULL;                                             \
        pileus_code code = pil__iterator_next(iterator, KIND, &taken, err);    \
                                                                               \
        *object = (pileus_##noun *)taken;                                      \
        return code;                                                           \
    }

#define NOTHING_MORE
#define AND_A_VOLUME const pileus_volume *volume,

FUNCTIONS_OF(node, PILEUS_KIND_NODE, NOTHING_MORE, NULL)
FUNCTIONS_OF(size, PILEUS_KIND_SIZE, NOTHING_MORE, NULL)
FUNCTIONS_OF(image, PILEUS_KIND_IMAGE, NOTHING_MORE, NULL)
FUNCTIONS_OF(location, PILEUS_KIND_LOCATION, NOTHING_MORE, NULL)
FUNCTIONS_OF(volume, PILEUS_KIND_VOLUME, NOTHING_MORE, NULL)
FUNCTIONS_OF(snapshot, PILEUS_KIND_SNAPSHOT, AND_A_VOLUME, volume)
FUNCTIONS_OF(address, PILEUS_KIND_ADDRESS, NOTHING_MORE, NULL)
FUNCTIONS_OF(key_pair, PILEUS_KIND_KEY_PAIR, NOTHING_MORE, NULL)

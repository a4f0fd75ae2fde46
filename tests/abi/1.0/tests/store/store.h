/* The store: a driver with all services, its things kept in memory, a
 * fresh set for each connection. For tests of what the library and the command
 * make of it. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_STORE_STORE_H
#define TESTS_STORE_STORE_H

#include <pileus/driver.h>

#define STORE_MOST 16
#define STORE_TEXT 128
#define STORE_TAGS 4

/* Anything that is kept. */
typedef struct thing {
    bool there;
    char id[STORE_TEXT];
    char name[STORE_TEXT];
    char belongs[STORE_TEXT]; /* volume: its node; snapshot: its volume; key
                                 pair: its public key; image and address: its
                                 node */
    char about[STORE_TEXT];   /* volume: location or device; image:
                                 description; address: its IP */
    int64_t size;
    int32_t state;
    char tags[STORE_TAGS][2][STORE_TEXT]; /* key and value */
} thing;

typedef struct store {
    char act[STORE_TEXT]; /* what creates shall do: the option "act" */
    int made;
    thing nodes[STORE_MOST];
    thing volumes[STORE_MOST];
    thing snapshots[STORE_MOST];
    thing pairs[STORE_MOST];
    thing images[STORE_MOST];
    thing addresses[STORE_MOST];
} store;

void store_copy(char to[STORE_TEXT], const char *from);
bool store_acts(const store *self, const char *act);

/* NULL when there is none. */
thing *store_find(thing *list, const char *id);
/* A new one; NULL: the store is full, which was reported. */
thing *store_add(thing *list, pileus_call *call, const char *id,
                 const char *name);
/* The one that came back; NULL: it is gone, which was reported. */
thing *store_found(thing *list, pileus_call *call, const void *object);
/* The same, and then it is gone. */
int32_t store_forget(thing *list, pileus_call *call, const void *object);

typedef int32_t (*store_put_fn)(pileus_sink *sink, const thing *at);

/* A record of it, with id and name. */
pileus_record *store_begin(pileus_sink *sink, pileus_kind kind,
                           const thing *at);
int32_t store_put_all(pileus_sink *sink, const thing *list, store_put_fn put);
/* What was made, as the option "act" wants it. */
int32_t store_put_made(const store *self, pileus_sink *sink, const thing *at,
                       store_put_fn put);
/* The one of this id; PILEUS_NOT_FOUND, reported, when there is none. */
int32_t store_get(thing *list, pileus_call *call, const char *id,
                  store_put_fn put, pileus_sink *sink);

extern const pileus_volumes_service store_volumes;
extern const pileus_keypairs_service store_keypairs;
extern const pileus_images_service store_images;
extern const pileus_addresses_service store_addresses;
extern const pileus_lifecycle_service store_lifecycle;
extern const pileus_tags_service store_tags;

/* Say of a record what tags it has. */
void store_put_tags(pileus_record *record, pileus_kind kind, const thing *at);

int32_t store_list_images(void *connection, pileus_call *call,
                          const pileus_query_args *query, pileus_sink *sink);

#endif

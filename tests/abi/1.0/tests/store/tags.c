/* The store: tags of nodes and volumes. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/store/store.h"

void
store_put_tags(pileus_record *record, pileus_kind kind, const thing *at)
{
    bool dict = kind == PILEUS_KIND_VOLUME && *at->tags[0][0] != '\0';

    if (dict) {
        pileus_extra_open_dict(record, "tags");
    }
    for (int i = 0; i < STORE_TAGS && *at->tags[i][0] != '\0'; i++) {
        if (kind == PILEUS_KIND_NODE) {
            pileus_add_tag(record, at->tags[i][0], at->tags[i][1]);
        } else {
            pileus_extra_string(record, at->tags[i][0], at->tags[i][1]);
        }
    }
    if (dict) {
        pileus_extra_close(record);
    }
}

/* The place of a tag, or that of the first free one; NULL: there is none. */
static char (*place_of(thing *at, const char *key))[STORE_TEXT]
{
    for (int i = 0; i < STORE_TAGS; i++) {
        if (*at->tags[i][0] == '\0' || strcmp(at->tags[i][0], key) == 0) {
            return at->tags[i];
        }
    }
    return NULL;
}

static thing *
tagged(store *self, pileus_call *call, pileus_kind kind, const void *object)
{
    return store_found(kind == PILEUS_KIND_NODE ? self->nodes : self->volumes,
                       call, object);
}

static int32_t
store_set_tags(void *connection, pileus_call *call, pileus_kind kind,
               const void *object, const pileus_pair *tags, uint64_t count)
{
    thing *at = tagged(connection, call, kind, object);

    for (uint64_t i = 0; at != NULL && i < count; i++) {
        char(*place)[STORE_TEXT] = place_of(at, tags[i].name);

        if (place == NULL) {
            return pileus_fail(call, PILEUS_QUOTA, "too many tags");
        }
        store_copy(place[0], tags[i].name);
        store_copy(place[1], tags[i].value);
    }
    return at == NULL ? PILEUS_NOT_FOUND : PILEUS_OK;
}

/* Those that follow move up. */
static int32_t
store_remove_tags(void *connection, pileus_call *call, pileus_kind kind,
                  const void *object, const char *const *keys, uint64_t count)
{
    thing *at = tagged(connection, call, kind, object);

    for (uint64_t i = 0; at != NULL && i < count; i++) {
        char(*place)[STORE_TEXT] = place_of(at, keys[i]);

        if (place != NULL) {
            size_t left =
                (size_t)((char *)(at->tags + STORE_TAGS) - (char *)place) -
                sizeof at->tags[0];

            memmove(place, (char *)place + sizeof at->tags[0], left);
            *at->tags[STORE_TAGS - 1][0] = '\0';
        }
    }
    return at == NULL ? PILEUS_NOT_FOUND : PILEUS_OK;
}

const pileus_tags_service store_tags = {
    .struct_size = sizeof store_tags,
    .set_tags = store_set_tags,
    .remove_tags = store_remove_tags,
};

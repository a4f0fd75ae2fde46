/* Tags of what is there: give it some, take some away. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "cli/nouns.h"

#include "cli/change.h"
#include "cli/memory.h"
#include "cli/pairs.h"
#include "cli/status.h"

#include <pileus/tags.h>

#include <stdlib.h>

/* What the command line says: as many of them as are given. */
typedef struct wanted {
    pileus_pair *pairs; /* their texts are its own */
    const char **keys;  /* the pairs' */
    size_t count;
} wanted;

typedef pileus_code (*tag_fn)(void *object, const wanted *tags,
                              pileus_call *call, pileus_error **err);

/* ---- a kind's calls -------------------------------------------------------
 */

#define CALLS(noun)                                                            \
    static pileus_code set_##noun(void *object, const wanted *tags,            \
                                  pileus_call *call, pileus_error **err)       \
    {                                                                          \
        return pileus_##noun##_set_tags(object, tags->pairs, tags->count,      \
                                        call, err);                            \
    }                                                                          \
                                                                               \
    static pileus_code remove_##noun(void *object, const wanted *tags,         \
                                     pileus_call *call, pileus_error **err)    \
    {                                                                          \
        return pileus_##noun##_remove_tags(object, tags->keys, tags->count,    \
                                           call, err);                         \
    }

CALLS(node)
CALLS(image)
CALLS(volume)
CALLS(snapshot)
CALLS(key_pair)
CALLS(address)

static const struct {
    const cli_kind *kind;
    tag_fn set;
    tag_fn remove;
} kinds[] = {
    {&cli_kind_node, set_node, remove_node},
    {&cli_kind_image, set_image, remove_image},
    {&cli_kind_volume, set_volume, remove_volume},
    {&cli_kind_snapshot, set_snapshot, remove_snapshot},
    {&cli_kind_keypair, set_key_pair, remove_key_pair},
    {&cli_kind_address, set_address, remove_address},
};

/* ---- what is wanted -------------------------------------------------------
 */

static pileus_code
add(void *object, const char *key, const char *value, pileus_error **err)
{
    wanted *tags = object;
    char *name = cli_copy(key);

    (void)err;
    tags->keys[tags->count] = name;
    tags->pairs[tags->count++] =
        (pileus_pair){name, value == NULL ? NULL : cli_copy(value)};
    return PILEUS_OK;
}

static void
drop(wanted *tags)
{
    for (size_t i = 0; i < tags->count; i++) {
        free((char *)tags->pairs[i].name);
        free((char *)tags->pairs[i].value);
    }
    free(tags->pairs);
    free(tags->keys);
}

/* To remove, a key is enough; a value would promise more than is done. */
static int
read_tags(wanted *tags, const cli_args *args, bool remove)
{
    const cli_strings *texts = &args->values[CLI_TAG];
    int status;

    tags->pairs = cli_alloc(texts->count * sizeof *tags->pairs);
    tags->keys = cli_alloc(texts->count * sizeof *tags->keys);
    status = cli_pairs_add(tags, args, CLI_TAG, remove, add, NULL);
    for (size_t i = 0; status == CLI_DONE && remove && i < tags->count; i++) {
        if (tags->pairs[i].value != NULL) {
            return cli_args_wrong(args,
                                  "untag takes the tag's key alone, not '%s'",
                                  texts->items[i]);
        }
    }
    return status;
}

/* ---- the verbs ------------------------------------------------------------
 */

typedef struct verb {
    tag_fn act;
    wanted tags;
} verb;

static pileus_code
act(const cli_change *c, void *object, void *other, pileus_call *call,
    pileus_error **err)
{
    const verb *own = c->own;

    (void)other;
    return own->act(object, &own->tags, call, err);
}

static int
run(const cli_args *args, bool remove)
{
    verb own = {0};
    cli_change c = {
        .args = args,
        .kind = cli_kind_get(args->noun->name),
        .shape = cli_change_shape(args),
        .act = act,
        .after = cli_change_look_again,
        .own = &own,
    };
    int status = read_tags(&own.tags, args, remove);

    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        if (kinds[i].kind == c.kind) {
            own.act = remove ? kinds[i].remove : kinds[i].set;
        }
    }
    if (status == CLI_DONE) {
        status = cli_change_run(&c);
    }
    drop(&own.tags);
    return status;
}

int
cli_tag(const cli_args *args)
{
    return run(args, false);
}

int
cli_untag(const cli_args *args)
{
    return run(args, true);
}

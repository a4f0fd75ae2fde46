/* Tags of what is there: set and remove them. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/call/connection.h"

#include "core/base/error.h"
#include "core/model/check.h"

#include <pileus/tags.h>

#include <string.h>

/* What is asked for: pairs, or keys alone. */
typedef struct change {
    const char *what; /* the call */
    const pileus_pair *tags;
    const char *const *keys;
    size_t count;
} change;

static const char *
key_at(const change *of, size_t i)
{
    return of->tags != NULL ? of->tags[i].name : of->keys[i];
}

static pileus_code
check_one(const change *of, size_t i, pileus_error **err)
{
    size_t length = PILEUS_NUL_TERMINATED;
    pileus_code code = pil__check_plain("the key of a tag", key_at(of, i),
                                        &length, PILEUS_OPTION_MAX, err);

    if (code == PILEUS_OK && of->tags != NULL) {
        code = pil__check_text("the value of a tag", of->tags[i].value,
                               PILEUS_OPTION_MAX, err);
    }
    for (size_t j = 0; code == PILEUS_OK && j < i; j++) {
        if (strcmp(key_at(of, i), key_at(of, j)) == 0) {
            code = pil__error_set(err, PILEUS_INVALID_ARGUMENT,
                                  "the tag \"%s\" is given twice: give it once",
                                  key_at(of, i));
        }
    }
    return code;
}

static pileus_code
check(const change *of, pileus_error **err)
{
    pileus_code code = PILEUS_OK;

    if ((of->tags == NULL && of->keys == NULL) || of->count == 0 ||
        of->count > PILEUS_TAGS_MAX) {
        return pil__error_set(err, PILEUS_INVALID_ARGUMENT,
                              "%s takes 1 to %d tags, not %zu: give them",
                              of->what, PILEUS_TAGS_MAX,
                              of->tags == NULL && of->keys == NULL ? 0
                                                                   : of->count);
    }
    for (size_t i = 0; code == PILEUS_OK && i < of->count; i++) {
        code = check_one(of, i, err);
    }
    return code;
}

static int32_t
run(const pil__operation *operation, pileus_kind kind, const void *object,
    const change *of)
{
    const pileus_tags_service *service = &operation->conn->instance->tags;
    void *state = operation->conn->state;

    return of->tags != NULL ? service->set_tags(state, operation->call, kind,
                                                object, of->tags, of->count)
                            : service->remove_tags(state, operation->call, kind,
                                                   object, of->keys, of->count);
}

/* argument: what the kind is called where capabilities are asked for. */
static pileus_code
carry_out(const void *object, pileus_kind kind, const char *argument,
          const change *of, pileus_call *call, pileus_error **err)
{
    pil__operation operation;
    pileus_code code = check(of, err);

    if (code == PILEUS_OK) {
        code = pil__enter_verb(&operation, object, kind, "tags", of->what, call,
                               err);
    }
    if (code == PILEUS_OK) {
        code = pil__admit(&operation, argument, object, err);
    }
    if (code != PILEUS_OK) {
        return code;
    }
    return pil__leave(&operation, run(&operation, kind, object, of), err);
}

#define CALLS(noun, KIND)                                                      \
    pileus_code pileus_##noun##_set_tags(                                      \
        pileus_##noun *object, const pileus_pair *tags, size_t count,          \
        pileus_call *call, pileus_error **err)                                 \
    {                                                                          \
        const change of = {"set_tags", tags, NULL, count};                     \
                                                                               \
        return carry_out(object, KIND, #noun, &of, call, err);                 \
    }                                                                          \
                                                                               \
    pileus_code pileus_##noun##_remove_tags(                                   \
        pileus_##noun *object, const char *const *keys, size_t count,          \
        pileus_call *call, pileus_error **err)                                 \
    {                                                                          \
        const change of = {"remove_tags", NULL, keys, count};                  \
                                                                               \
        return carry_out(object, KIND, #noun, &of, call, err);                 \
    }

CALLS(node, PILEUS_KIND_NODE)
CALLS(image, PILEUS_KIND_IMAGE)
CALLS(volume, PILEUS_KIND_VOLUME)
CALLS(snapshot, PILEUS_KIND_SNAPSHOT)
CALLS(key_pair, PILEUS_KIND_KEY_PAIR)
CALLS(address, PILEUS_KIND_ADDRESS)

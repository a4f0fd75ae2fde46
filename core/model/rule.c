/* Which fields there are, in which kinds, and what may be said in each. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/model/rule.h"

#include "core/model/object.h"

#define NODE (1U << PILEUS_KIND_NODE)
#define SIZE (1U << PILEUS_KIND_SIZE)
#define IMAGE (1U << PILEUS_KIND_IMAGE)
#define LOCATION (1U << PILEUS_KIND_LOCATION)
#define VOLUME (1U << PILEUS_KIND_VOLUME)
#define SNAPSHOT (1U << PILEUS_KIND_SNAPSHOT)
#define KEY_PAIR (1U << PILEUS_KIND_KEY_PAIR)
#define ADDRESS (1U << PILEUS_KIND_ADDRESS)
#define STATEFUL (NODE | VOLUME | SNAPSHOT)
#define ALL (STATEFUL | SIZE | IMAGE | LOCATION | KEY_PAIR | ADDRESS)

static const struct pil__rule rules[PIL__FIELD_LAST + 1] = {
    [PILEUS_FIELD_ID] = {"id", PIL__SHAPE_ID, ALL},
    [PILEUS_FIELD_NAME] = {"name", PIL__SHAPE_STRING, ALL},
    [PILEUS_FIELD_STATE] = {"state", PIL__SHAPE_INTEGER, STATEFUL},
    [PILEUS_FIELD_PROVIDER_STATE] = {"provider's state", PIL__SHAPE_STRING,
                                     STATEFUL},
    [PILEUS_FIELD_PUBLIC_IP] = {"public address", PIL__SHAPE_ADDRESS, NODE},
    [PILEUS_FIELD_PRIVATE_IP] = {"private address", PIL__SHAPE_ADDRESS, NODE},
    [PILEUS_FIELD_SIZE] = {"size", PIL__SHAPE_RECORD, NODE},
    [PILEUS_FIELD_IMAGE] = {"image", PIL__SHAPE_RECORD, NODE},
    [PILEUS_FIELD_LOCATION] = {"location", PIL__SHAPE_ID, NODE | VOLUME},
    [PILEUS_FIELD_CREATED_AT] = {"time of creation", PIL__SHAPE_INTEGER,
                                 STATEFUL},
    [PILEUS_FIELD_UUID_KEY] = {"key for uuids", PIL__SHAPE_ID, NODE},
    [PILEUS_FIELD_RAM] = {"RAM", PIL__SHAPE_INTEGER, SIZE},
    [PILEUS_FIELD_DISK] = {"disk", PIL__SHAPE_INTEGER,
                           SIZE | VOLUME | SNAPSHOT},
    [PILEUS_FIELD_BANDWIDTH] = {"bandwidth", PIL__SHAPE_INTEGER, SIZE},
    [PILEUS_FIELD_VCPUS] = {"number of CPUs", PIL__SHAPE_INTEGER, SIZE},
    [PILEUS_FIELD_PRICE] = {"price", PIL__SHAPE_DOUBLE, SIZE},
    [PILEUS_FIELD_COUNTRY] = {"country", PIL__SHAPE_STRING, LOCATION},
    [PILEUS_FIELD_TAG] = {"tags", PIL__SHAPE_PAIRS, NODE},
    [PILEUS_FIELD_NODE] = {"node", PIL__SHAPE_ID, VOLUME | ADDRESS},
    [PILEUS_FIELD_VOLUME] = {"volume", PIL__SHAPE_ID, SNAPSHOT},
    [PILEUS_FIELD_PUBLIC_KEY] = {"public key", PIL__SHAPE_STRING, KEY_PAIR},
    [PILEUS_FIELD_PRIVATE_KEY] = {"private key", PIL__SHAPE_STRING, KEY_PAIR},
    [PILEUS_FIELD_FINGERPRINT] = {"fingerprint", PIL__SHAPE_STRING, KEY_PAIR},
    [PILEUS_FIELD_IP] = {"address", PIL__SHAPE_STRING, ADDRESS},
    [PILEUS_FIELD_POOL] = {"pool", PIL__SHAPE_STRING, ADDRESS},
};

const struct pil__rule *
pil__rule(pileus_kind kind, int32_t field)
{
    if (kind < PILEUS_KIND_NODE || kind > PIL__KIND_LAST ||
        field < PILEUS_FIELD_ID || field > PIL__FIELD_LAST ||
        (rules[field].kinds & 1U << kind) == 0) {
        return NULL;
    }
    return &rules[field];
}

const char *
pil__kind_name(pileus_kind kind)
{
    switch (kind) {
    case PILEUS_KIND_NODE:
        return "node";
    case PILEUS_KIND_SIZE:
        return "size";
    case PILEUS_KIND_IMAGE:
        return "image";
    case PILEUS_KIND_LOCATION:
        return "location";
    case PILEUS_KIND_VOLUME:
        return "volume";
    case PILEUS_KIND_SNAPSHOT:
        return "snapshot";
    case PILEUS_KIND_KEY_PAIR:
        return "key pair";
    case PILEUS_KIND_ADDRESS:
        return "address";
    default:
        return "thing of an unknown kind";
    }
}

const char *
pil__kind_article(pileus_kind kind)
{
    char first = pil__kind_name(kind)[0];

    return first == 'i' || first == 'a' ? "an" : "a";
}

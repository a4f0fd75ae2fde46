/* Labels: Hetzner Cloud's tags, and the mark of a create's token. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "hetzner.h"

/* What may be in a label's key or value, and how much of it. */
#define LETTERS                                                                \
    "abcdefghijklmnopqrstuvwxyz"                                               \
    "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
#define PART_MAX 63
#define PREFIX_MAX 253

int32_t
hz_token(pileus_call *call, const char *token, char value[HZ_TOKEN_SIZE])
{
    uint8_t digest[PILEUS_DIGEST_MAX];
    size_t size = 0;
    int32_t code = pileus_digest(call, PILEUS_DIGEST_SHA256, token,
                                 strlen(token), digest, &size);

    if (code == PILEUS_OK) {
        pileus_hex(call, digest, (HZ_TOKEN_SIZE - 1) / 2, value);
    }
    return code;
}

void
hz_read_labels(pileus_call *call, pileus_record *record,
               const pileus_value *labels)
{
    uint64_t count = pileus_json_count(call, labels, NULL);

    for (uint64_t i = 0; i < count; i++) {
        const char *key = NULL;
        const pileus_value *value = pileus_json_at(call, labels, i, &key);
        const char *text = pileus_json_string(call, value, NULL);

        pileus_add_tag(record, key, text == NULL ? "" : text);
    }
}

/* ---- what a label may be ------------------------------------------------- */

static bool
is_part(const char *text, size_t size, size_t most)
{
    return size > 0 && size <= most && strchr(LETTERS, text[0]) != NULL &&
           strchr(LETTERS, text[size - 1]) != NULL &&
           strspn(text, LETTERS "-_.") >= size;
}

/* A name, or a domain's name, a slash and a name. */
static bool
is_key(const char *key)
{
    const char *slash = strchr(key, '/');
    const char *name = slash == NULL ? key : slash + 1;

    return (slash == NULL || is_part(key, (size_t)(slash - key), PREFIX_MAX)) &&
           is_part(name, strlen(name), PART_MAX);
}

static bool
is_value(const char *value)
{
    return value == NULL || *value == '\0' ||
           is_part(value, strlen(value), PART_MAX);
}

int32_t
hz_check_labels(pileus_call *call, const pileus_pair *tags, uint64_t count)
{
    for (uint64_t i = 0; i < count; i++) {
        if (!is_key(tags[i].name) || !is_value(tags[i].value)) {
            return pileus_fail(call, PILEUS_INVALID_ARGUMENT,
                               "Hetzner Cloud cannot have the label '%.64s' "
                               "with that value: each has letters, digits, "
                               "'-', '_' and '.' within, and at most %d",
                               tags[i].name, PART_MAX);
        }
        if (strcmp(tags[i].name, HZ_TOKEN_LABEL) == 0) {
            return pileus_fail(call, PILEUS_INVALID_ARGUMENT,
                               "the label %s is this driver's own: choose "
                               "another key",
                               HZ_TOKEN_LABEL);
        }
    }
    return PILEUS_OK;
}

const char *
hz_selector(const pileus_query_args *query, char selector[HZ_SELECTOR_SIZE])
{
    size_t length = 0;

    *selector = '\0';
    for (uint64_t i = 0; i < query->tag_count; i++) {
        const pileus_pair *tag = &query->tags[i];
        int added;

        if (!is_key(tag->name) || !is_value(tag->value)) {
            continue;
        }
        added = snprintf(selector + length, HZ_SELECTOR_SIZE - length,
                         "%s%s%s%s", length == 0 ? "" : ",", tag->name,
                         tag->value == NULL ? "" : "==",
                         tag->value == NULL ? "" : tag->value);
        if (added < 0 || (size_t)added >= HZ_SELECTOR_SIZE - length) {
            selector[length] = '\0'; /* the core sorts out the rest */
            break;
        }
        length += (size_t)added;
    }
    return length == 0 ? NULL : selector;
}

/* What Amazon says of a thing, as entries of its extra. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "ec2.h"

static void
set_flag(pileus_record *record, const char *key, const char *text)
{
    if (text == NULL) {
        pileus_extra_null(record, key);
    } else {
        pileus_extra_boolean(record, key, strcmp(text, "true") == 0);
    }
}

static void
set_fact(pileus_record *record, pileus_call *call, const pileus_value *value,
         const ec2_fact *fact)
{
    const char *text = pileus_json_string(call, value, fact->path);
    int64_t number = 0;

    if (fact->type == EC2_VALUE) {
        pileus_extra_json(record, fact->key,
                          pileus_json_get(call, value, fact->path));
    } else if (fact->type == EC2_FLAG) {
        set_flag(record, fact->key, text);
    } else if (fact->type == EC2_NUMBER &&
               pileus_json_integer(call, value, fact->path, &number)) {
        pileus_extra_integer(record, fact->key, number);
    } else {
        pileus_extra_string(record, fact->key, text);
    }
}

void
ec2_set_extra(pileus_record *record, pileus_call *call,
              const pileus_value *value, const ec2_fact *facts)
{
    for (; facts->key != NULL; facts++) {
        set_fact(record, call, value, facts);
    }
}

const char *
ec2_set_tags(pileus_record *record, pileus_call *call,
             const pileus_value *value, bool has_tags)
{
    const pileus_value *set = pileus_json_get(call, value, "tagSet");
    uint64_t count = pileus_json_count(call, set, NULL);
    const char *name = NULL;

    pileus_extra_open_dict(record, "tags");
    for (uint64_t i = 0; i < count; i++) {
        const pileus_value *tag = pileus_json_at(call, set, i, NULL);
        const char *key = pileus_json_string(call, tag, "key");
        const char *text = pileus_json_string(call, tag, "value");

        if (key == NULL) {
            continue;
        }
        text = text == NULL ? "" : text;
        pileus_extra_string(record, key, text);
        if (strcmp(key, "Name") == 0 && *text != '\0') {
            name = text;
        }
        if (has_tags) {
            pileus_add_tag(record, key, text);
        }
    }
    pileus_extra_close(record);
    return name;
}

int32_t
ec2_number_of(const ec2_word *words, const char *word)
{
    while (words->word != NULL &&
           (word == NULL || strcmp(words->word, word) != 0)) {
        words++;
    }
    return words->number;
}

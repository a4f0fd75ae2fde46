/* Tags: bare words there, keys with values here. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "digitalocean.h"

/* The longest that DigitalOcean takes. */
#define WORD_MAX 255

void
do_read_tags(pileus_call *call, pileus_record *record,
             const pileus_value *words)
{
    uint64_t count = pileus_json_count(call, words, NULL);

    for (uint64_t i = 0; i < count; i++) {
        const char *word = pileus_json_string(
            call, pileus_json_at(call, words, i, NULL), NULL);
        const char *colon = word == NULL ? NULL : strchr(word, ':');
        char key[DO_TAG_SIZE];

        if (colon == NULL || colon == word || colon - word > WORD_MAX) {
            if (word != NULL) {
                pileus_add_tag(record, word, "");
            }
            continue;
        }
        memcpy(key, word, (size_t)(colon - word));
        key[colon - word] = '\0';
        pileus_add_tag(record, key, colon + 1);
    }
}

bool
do_tag_word(const pileus_pair *tag, char word[DO_TAG_SIZE])
{
    static const char allowed[] = "abcdefghijklmnopqrstuvwxyz"
                                  "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                  "0123456789-_:";
    bool bare = tag->value == NULL || *tag->value == '\0';
    int length = snprintf(word, DO_TAG_SIZE, "%s%s%s", tag->name,
                          bare ? "" : ":", bare ? "" : tag->value);

    return length > 0 && length <= WORD_MAX &&
           strspn(word, allowed) == strlen(word) &&
           strchr(tag->name, ':') == NULL;
}

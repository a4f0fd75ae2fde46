/* What create calls are asked, as parameters. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "ec2.h"
#include "text.h"

#include <stdlib.h>

/* ---- options --------------------------------------------------------------
 */

void
ec2_add_plain(ec2_params *params, const pileus_pair *options, uint64_t count,
              const ec2_plain *plain)
{
    for (; plain->option != NULL; plain++) {
        ec2_add(params, pileus_pair_value(options, count, plain->option), "%s",
                plain->param);
    }
}

int32_t
ec2_capability_of(const ec2_plain *plain, const char *argument)
{
    for (; plain->option != NULL; plain++) {
        if (strcmp(plain->option, argument) == 0) {
            return PILEUS_CAPABILITY_YES;
        }
    }
    return PILEUS_CAPABILITY_UNKNOWN;
}

int32_t
ec2_flag(pileus_call *call, const char *option, const char *value, bool *flag)
{
    if (value == NULL) {
        return PILEUS_OK;
    }
    *flag = strcmp(value, "true") == 0;
    return *flag || strcmp(value, "false") == 0
               ? PILEUS_OK
               : pileus_fail(call, PILEUS_INVALID_ARGUMENT,
                             "the option %s is true or false, not '%.64s'",
                             option, value);
}

/* ---- tags and bytes ------------------------------------------------------
 */

void
ec2_add_tags(ec2_params *params, int specification, const char *kind,
             const char *name, const pileus_pair *tags, uint64_t count)
{
    int tag = 0;

    if (name != NULL) {
        tag++;
        ec2_add(params, "Name", "TagSpecification.%d.Tag.%d.Key", specification,
                tag);
        ec2_add(params, name, "TagSpecification.%d.Tag.%d.Value", specification,
                tag);
    }
    for (uint64_t i = 0; i < count; i++) {
        if (name != NULL && strcmp(tags[i].name, "Name") == 0) {
            continue;
        }
        tag++;
        ec2_add(params, tags[i].name, "TagSpecification.%d.Tag.%d.Key",
                specification, tag);
        ec2_add(params, tags[i].value, "TagSpecification.%d.Tag.%d.Value",
                specification, tag);
    }
    if (tag > 0) {
        ec2_add(params, kind, "TagSpecification.%d.ResourceType",
                specification);
    }
}

char *
ec2_base64(pileus_call *call, const void *data, size_t size)
{
    char *text = malloc(4 * ((size + 2) / 3) + 1);

    if (text == NULL) {
        (void)ec2_no_memory(call);
        return NULL;
    }
    pileus_base64(call, data, size, text);
    return text;
}

/* ---- lists ----------------------------------------------------------------
 */

bool
ec2_words_begin(ec2_words *words, const char *text)
{
    words->text = text == NULL ? NULL : strdup(text);
    words->rest = words->text;
    return text == NULL || words->text != NULL;
}

char *
ec2_words_next(ec2_words *words)
{
    while (words->rest != NULL && *words->rest != '\0') {
        char *word = words->rest + strspn(words->rest, " ");
        size_t length = strcspn(word, ",");

        words->rest = word + length + (word[length] == ',');
        while (length > 0 && word[length - 1] == ' ') {
            length--;
        }
        if (length > 0) {
            word[length] = '\0';
            return word;
        }
    }
    return NULL;
}

void
ec2_words_end(ec2_words *words)
{
    free(words->text);
    words->text = NULL;
}

/* Options as an application gives them. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/config/options.h"

#include "core/base/alloc.h"
#include "core/base/error.h"
#include "core/base/wipe.h"

#include <string.h>

const char *
pil__setting_texts_get(const pil__setting_texts *texts, const char *name)
{
    for (size_t i = 0; i < texts->count; i++) {
        if (strcmp(texts->entries[i].name, name) == 0) {
            return texts->entries[i].value;
        }
    }
    return NULL;
}

bool
pil__setting_texts_add(pil__setting_texts *texts, const char *name,
                       const char *value)
{
    pil__setting_text added = {0};

    if (!pil__grow((void **)&texts->entries, &texts->capacity, texts->count,
                   sizeof *texts->entries)) {
        return false;
    }
    added.name = pil__strdup(name);
    added.value = pil__strdup(value);
    if (added.name == NULL || added.value == NULL) {
        pil__free(added.name);
        if (added.value != NULL) {
            pil__wipe(added.value, strlen(added.value));
        }
        pil__free(added.value);
        return false;
    }
    texts->entries[texts->count++] = added;
    return true;
}

void
pil__setting_texts_free(pil__setting_texts *texts)
{
    for (size_t i = 0; i < texts->count; i++) {
        pil__free(texts->entries[i].name);
        pil__wipe(texts->entries[i].value, strlen(texts->entries[i].value));
        pil__free(texts->entries[i].value);
    }
    pil__free(texts->entries);
    *texts = (pil__setting_texts){0};
}

pileus_code
pileus_options_new(pileus_options **options, pileus_error **err)
{
    *options = pil__calloc(1, sizeof **options);
    return *options == NULL ? pil__error_no_memory(err) : PILEUS_OK;
}

void
pileus_options_free(pileus_options *options)
{
    if (options == NULL) {
        return;
    }
    pil__setting_texts_free(&options->given);
    pil__setting_texts_free(&options->profile);
    pil__free(options->profile_name);
    pil__free(options->profile_driver);
    pil__free(options->profile_path);
    pil__free(options);
}

pileus_code
pileus_options_set(pileus_options *options, const char *name, const char *value,
                   pileus_error **err)
{
    if (options == NULL || name == NULL || *name == '\0' || value == NULL) {
        return pil__error_set(err, PILEUS_INVALID_ARGUMENT,
                              "an option needs a name and a value: give both");
    }
    if (pil__setting_texts_get(&options->given, name) != NULL) {
        return pil__error_set(err, PILEUS_INVALID_ARGUMENT,
                              "option '%.64s' is given twice: leave one out",
                              name);
    }
    return pil__setting_texts_add(&options->given, name, value)
               ? PILEUS_OK
               : pil__error_no_memory(err);
}

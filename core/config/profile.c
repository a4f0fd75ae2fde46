/* Profiles: named drivers with their options, in a file of the user's. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/base/alloc.h"
#include "core/base/arena.h"
#include "core/base/env.h"
#include "core/base/error.h"
#include "core/base/file.h"
#include "core/base/text.h"
#include "core/config/options.h"
#include "core/data/json.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* Where the file is, to be freed; NULL with the error set. */
static char *
profile_path(pileus_error **err)
{
    pil__text path = {0};
    const char *named = pil__getenv("PILEUS_PROFILES");
    const char *config = pil__getenv("XDG_CONFIG_HOME");
    const char *home = pil__getenv("HOME");
    char *taken;

    if (named != NULL && *named != '\0') {
        pil__text_puts(&path, named);
    } else if (config != NULL && *config == '/') {
        pil__text_printf(&path, "%s/pileus/profiles.json", config);
    } else if (home != NULL && *home == '/') {
        pil__text_printf(&path, "%s/.config/pileus/profiles.json", home);
    } else {
        (void)pil__error_set(err, PILEUS_CONFIGURATION,
                             "no place for profiles is known: set "
                             "PILEUS_PROFILES to the file's path, or HOME");
        return NULL;
    }
    taken = pil__text_take(&path);
    if (taken == NULL) {
        (void)pil__error_no_memory(err);
    }
    return taken;
}

/* An option's value as text: JSON's strings, whole numbers and booleans. */
static const char *
value_text(const pileus_value *value, char number[32])
{
    switch (pileus_value_type(value)) {
    case PILEUS_TYPE_STRING:
        return pileus_value_string(value);
    case PILEUS_TYPE_BOOL:
        return pileus_value_bool(value, false) ? "true" : "false";
    case PILEUS_TYPE_INTEGER:
        (void)snprintf(number, 32, "%" PRId64, pileus_value_integer(value, 0));
        return number;
    default:
        return NULL;
    }
}

static pileus_code
take_options(pileus_options *options, const char *path, const char *profile,
             const pileus_value *from, pileus_error **err)
{
    for (size_t i = 0; i < pileus_value_count(from); i++) {
        char number[32];
        const char *name = pileus_value_key(from, i);
        const char *text = value_text(pileus_value_at(from, i), number);

        if (text == NULL) {
            return pil__error_set(
                err, PILEUS_CONFIGURATION,
                "option '%.64s' of profile '%s' in %s is neither text, nor a "
                "whole number, nor true or false: make it one",
                name, profile, path);
        }
        if (!pil__setting_texts_add(&options->profile, name, text)) {
            return pil__error_no_memory(err);
        }
    }
    return PILEUS_OK;
}

static pileus_code
no_profile(const pileus_value *document, const char *path, const char *profile,
           pileus_error **err)
{
    size_t count = pileus_value_count(document);
    const char **names = pil__calloc(count, sizeof *names);
    const char *nearest;
    pileus_code code;

    if (names == NULL) {
        return pil__error_no_memory(err);
    }
    for (size_t i = 0; i < count; i++) {
        names[i] = pileus_value_key(document, i);
    }
    nearest = pileus_nearest(profile, names, count);
    code = nearest == NULL
               ? pil__error_set(err, PILEUS_CONFIGURATION,
                                "there is no profile '%.64s' in %s: add it",
                                profile, path)
               : pil__error_set(err, PILEUS_CONFIGURATION,
                                "there is no profile '%.64s' in %s: did you "
                                "mean '%s'?",
                                profile, path, nearest);
    pil__free(names);
    return code;
}

/* Take one profile out of the document. */
static pileus_code
take_profile(pileus_options *options, const char *path, const char *profile,
             const pileus_value *document, pileus_error **err)
{
    const pileus_value *found = pileus_value_get(document, profile);
    const pileus_value *given = pileus_value_get(found, "options");
    const char *driver = pileus_value_string(pileus_value_get(found, "driver"));

    if (found == NULL) {
        return no_profile(document, path, profile, err);
    }
    if (driver == NULL ||
        (given != NULL && pileus_value_type(given) != PILEUS_TYPE_DICT)) {
        return pil__error_set(
            err, PILEUS_CONFIGURATION,
            "profile '%s' in %s must be like {\"driver\": \"NAME\", "
            "\"options\": {\"KEY\": \"VALUE\"}}: mend it",
            profile, path);
    }
    options->profile_name = pil__strdup(profile);
    options->profile_driver = pil__strdup(driver);
    if (options->profile_name == NULL || options->profile_driver == NULL) {
        return pil__error_no_memory(err);
    }
    return take_options(options, path, profile, given, err);
}

static void
forget_profile(pileus_options *options)
{
    pil__setting_texts_free(&options->profile);
    pil__free(options->profile_name);
    pil__free(options->profile_driver);
    pil__free(options->profile_path);
    options->profile_name = NULL;
    options->profile_driver = NULL;
    options->profile_path = NULL;
}

pileus_code
pileus_options_set_profile(pileus_options *options, const char *profile,
                           const char **driver, pileus_error **err)
{
    pil__arena arena = {0};
    const pileus_value *document = NULL;
    pil__file file;
    char *path = NULL;
    pileus_code code;

    if (options == NULL || profile == NULL || options->profile_name != NULL) {
        return pil__error_set(err, PILEUS_INVALID_ARGUMENT,
                              "options take one profile, by its name: give "
                              "one, once");
    }
    path = profile_path(err);
    if (path == NULL) {
        return err == NULL ? PILEUS_CONFIGURATION : pileus_error_code(*err);
    }
    options->profile_path = path;
    code = pil__file_read(&file, path, PIL__JSON_DOCUMENT_MAX, PIL__FILE_NEEDED,
                          err);
    if (code != PILEUS_OK) {
        code = pil__error_prefix(err, code, "profiles");
    } else {
        options->profile_exposed = file.exposed;
        code = pil__json_parse(&document, &arena, file.data, file.size, err);
        if (code != PILEUS_OK) {
            code = pil__error_prefix(err, code, "%s", path);
        }
    }
    if (code == PILEUS_OK) {
        code = take_profile(options, path, profile, document, err);
    }
    if (code == PILEUS_OK && driver != NULL) {
        *driver = options->profile_driver;
    }
    if (code != PILEUS_OK) {
        forget_profile(options);
    }
    pil__file_free(&file);
    pil__arena_free(&arena);
    return code;
}

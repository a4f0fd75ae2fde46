/* The options that a manifest declares. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/base/error.h"
#include "core/base/utf8.h"
#include "core/driver/manifest_parse.h"

#include <string.h>

static pileus_code
parse_flag(bool *flag, const pileus_value *dict, const char *key,
           pileus_error **err)
{
    const pileus_value *value = pileus_value_get(dict, key);

    if (value != NULL && pileus_value_type(value) != PILEUS_TYPE_BOOL) {
        return pil__error_set(err, PILEUS_CONFIGURATION,
                              "\"%s\" must be true or false", key);
    }
    *flag = pileus_value_bool(value, false);
    return PILEUS_OK;
}

static pileus_code
parse_limit(bool *has, int64_t *limit, const pileus_value *dict,
            const char *key, pil__option_type type, pileus_error **err)
{
    const pileus_value *value = pileus_value_get(dict, key);

    if (value == NULL) {
        return PILEUS_OK;
    }
    if (pileus_value_type(value) != PILEUS_TYPE_INTEGER) {
        return pil__error_set(err, PILEUS_CONFIGURATION,
                              "\"%s\" must be a whole number", key);
    }
    if (type != PIL__OPTION_INTEGER && type != PIL__OPTION_DURATION) {
        return pil__error_set(err, PILEUS_CONFIGURATION,
                              "\"%s\" is for options of type integer and "
                              "duration only",
                              key);
    }
    *has = true;
    *limit = pileus_value_integer(value, 0);
    return PILEUS_OK;
}

static bool
is_word(const char *text)
{
    return text != NULL && *text != '\0' && pil__utf8_plain(text, strlen(text));
}

/* A letter or underscore, then those and digits. */
static bool
is_variable(const char *text)
{
    static const char allowed[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                  "abcdefghijklmnopqrstuvwxyz_0123456789";

    return text != NULL && *text != '\0' &&
           strchr("0123456789", *text) == NULL &&
           text[strspn(text, allowed)] == '\0';
}

/* The list of strings under a key in *words, NULL-terminated; an empty one
 * when the key is not there. */
static pileus_code
parse_words(const char *const **words, pil__arena *arena,
            const pileus_value *dict, const char *key,
            bool (*valid)(const char *text), pileus_error **err)
{
    const pileus_value *list = pileus_value_get(dict, key);
    size_t count = pileus_value_count(list);
    const char **array = pil__arena_alloc(arena, (count + 1) * sizeof *array);
    bool good = list == NULL || pileus_value_type(list) == PILEUS_TYPE_LIST;

    if (array == NULL) {
        return pil__error_no_memory(err);
    }
    for (size_t i = 0; good && i < count; i++) {
        array[i] = pileus_value_string(pileus_value_at(list, i));
        good = valid(array[i]);
    }
    if (!good) {
        return pil__error_set(
            err, PILEUS_CONFIGURATION, "\"%s\" must be a list of %s", key,
            valid == is_variable ? "names of environment variables"
                                 : "words, none of them empty");
    }
    array[count] = NULL;
    *words = array;
    return PILEUS_OK;
}

static pileus_code
parse_type(pileus_option_info *option, const pileus_value *dict,
           pileus_error **err)
{
    const char *type = NULL;
    pileus_code code = pil__manifest_text(&type, dict, "type", true, err);

    if (code == PILEUS_OK && !pil__option_type_parse(type, &option->type)) {
        code = pil__error_set(err, PILEUS_CONFIGURATION,
                              "\"type\" must be string, integer, boolean, "
                              "duration, path or choice");
    }
    if (code == PILEUS_OK) {
        code = parse_limit(&option->has_minimum, &option->minimum, dict,
                           "minimum", option->type, err);
    }
    if (code == PILEUS_OK) {
        code = parse_limit(&option->has_maximum, &option->maximum, dict,
                           "maximum", option->type, err);
    }
    if (code == PILEUS_OK && option->has_minimum && option->has_maximum &&
        option->minimum > option->maximum) {
        code = pil__error_set(err, PILEUS_CONFIGURATION,
                              "\"minimum\" is above \"maximum\"");
    }
    return code;
}

pileus_code
pil__manifest_variables(const char *const **names, pil__arena *arena,
                        const pileus_value *dict, const char *key,
                        pileus_error **err)
{
    return parse_words(names, arena, dict, key, is_variable, err);
}

static pileus_code
parse_lists(pileus_option_info *option, pil__arena *arena,
            const pileus_value *dict, pileus_error **err)
{
    pileus_code code = pil__manifest_variables(&option->environment, arena,
                                               dict, "environment", err);

    if (code == PILEUS_OK) {
        code =
            parse_words(&option->choices, arena, dict, "choices", is_word, err);
    }
    if (code != PILEUS_OK) {
        return code;
    }
    if (option->type == PIL__OPTION_CHOICE && option->choices[0] == NULL) {
        return pil__error_set(err, PILEUS_CONFIGURATION,
                              "an option of type choice must have \"choices\"");
    }
    if (option->type != PIL__OPTION_CHOICE && option->choices[0] != NULL) {
        return pil__error_set(err, PILEUS_CONFIGURATION,
                              "\"choices\" is for options of type choice only");
    }
    return PILEUS_OK;
}

/* The default is text, as a person would give it, and must be a value of the
 * option; it may be empty where the option may. */
static pileus_code
parse_default(pileus_option_info *option, const pileus_value *dict,
              pileus_error **err)
{
    const pileus_value *value = pileus_value_get(dict, "default");
    pileus_code code;

    if (value == NULL) {
        return PILEUS_OK;
    }
    option->default_value = pileus_value_string(value);
    if (option->default_value == NULL) {
        return pil__error_set(err, PILEUS_CONFIGURATION,
                              "\"default\" must be a string, whatever the "
                              "option's type");
    }
    code = pil__option_check(option, option->default_value, NULL, err);
    if (code != PILEUS_OK) {
        code = pil__error_prefix(err, code, "\"default\" is no value of it");
    }
    return code;
}

static pileus_code
parse_option(pileus_option_info *option, pil__arena *arena,
             const pileus_value *dict, pileus_error **err)
{
    pileus_code code =
        pil__manifest_text(&option->help, dict, "help", true, err);

    if (code == PILEUS_OK) {
        code = parse_type(option, dict, err);
    }
    if (code == PILEUS_OK) {
        code = parse_flag(&option->secret, dict, "secret", err);
    }
    if (code == PILEUS_OK) {
        code = parse_flag(&option->required, dict, "required", err);
    }
    if (code == PILEUS_OK) {
        code = parse_lists(option, arena, dict, err);
    }
    if (code == PILEUS_OK) {
        code = parse_default(option, dict, err);
    }
    if (code != PILEUS_OK) {
        code = pil__error_prefix(err, code, "option \"%s\"", option->name);
    }
    return code;
}

/* The name of entry i, which none of the i options before it has. */
static pileus_code
parse_option_name(pileus_option_info *options, size_t i,
                  const pileus_value *dict, pileus_error **err)
{
    const char *name = NULL;
    pileus_code code = pil__manifest_text(&name, dict, "name", true, err);

    if (code == PILEUS_OK && !pil__manifest_name_valid(name, "_-")) {
        code = pil__error_set(
            err, PILEUS_CONFIGURATION,
            "\"name\" must be a lower-case letter followed by such letters, "
            "digits, underscores and dashes, %d bytes at most",
            PIL__NAME_MAX);
    }
    for (size_t j = 0; code == PILEUS_OK && j < i; j++) {
        if (strcmp(options[j].name, name) == 0) {
            code = pil__error_set(err, PILEUS_CONFIGURATION,
                                  "\"%s\" is declared already, as entry %zu",
                                  name, j + 1);
        }
    }
    if (code != PILEUS_OK) {
        code = pil__error_prefix(err, code, "entry %zu of \"options\"", i + 1);
    }
    options[i].name = name;
    return code;
}

pileus_code
pil__manifest_parse_options(pileus_driver_info *info, const pileus_value *list,
                            pileus_error **err)
{
    size_t count = pileus_value_count(list);
    pileus_option_info *options;
    pileus_code code = PILEUS_OK;

    if (list != NULL && pileus_value_type(list) != PILEUS_TYPE_LIST) {
        return pil__error_set(err, PILEUS_CONFIGURATION,
                              "\"options\" must be a list");
    }
    options = pil__arena_alloc(&info->arena, count * sizeof *options);
    if (options == NULL) {
        return pil__error_no_memory(err);
    }
    for (size_t i = 0; code == PILEUS_OK && i < count; i++) {
        const pileus_value *dict = pileus_value_at(list, i);

        options[i] = (pileus_option_info){0};
        code = parse_option_name(options, i, dict, err);
        if (code == PILEUS_OK) {
            code = parse_option(&options[i], &info->arena, dict, err);
        }
    }
    info->options = options;
    info->option_count = count;
    return code;
}

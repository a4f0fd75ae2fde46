/* Settings: what each option of a driver came to, and from where. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/config/settings.h"

#include "core/base/alloc.h"
#include "core/base/env.h"
#include "core/base/error.h"
#include "core/base/text.h"
#include "core/base/url.h"
#include "core/base/wipe.h"
#include "core/config/options.h"

#include <string.h>

static pileus_code
unknown_option(const char *driver, const pileus_option_info *declared,
               size_t count, const char *name, const char *origin,
               pileus_error **err)
{
    const char **names = pil__calloc(count, sizeof *names);
    pil__text text = {0};
    const char *nearest;
    char *message;
    pileus_code code;

    if (names == NULL) {
        return pil__error_no_memory(err);
    }
    for (size_t i = 0; i < count; i++) {
        names[i] = declared[i].name;
    }
    nearest = pileus_nearest(name, names, count);
    pil__text_printf(&text, "driver '%s' has no option '%.64s' (%s)", driver,
                     name, origin);
    if (nearest != NULL) {
        pil__text_printf(&text, ": did you mean '%s'?", nearest);
    } else if (count == 0) {
        pil__text_puts(&text, ": it takes none");
    } else {
        pil__text_puts(&text, ": it takes");
        for (size_t i = 0; i < count; i++) {
            pil__text_printf(&text, "%s %s", i == 0 ? "" : ",", names[i]);
        }
    }
    message = pil__text_take(&text);
    code = message == NULL
               ? pil__error_no_memory(err)
               : pil__error_set(err, PILEUS_CONFIGURATION, "%s", message);
    pil__free(message);
    pil__free(names);
    return code;
}

/* All names given must be known. */
static pileus_code
check_names(const char *driver, const pileus_option_info *declared,
            size_t count, const pil__setting_texts *texts, const char *origin,
            pileus_error **err)
{
    for (size_t i = 0; i < texts->count; i++) {
        const char *name = texts->entries[i].name;
        size_t k = 0;

        while (k < count && strcmp(declared[k].name, name) != 0) {
            k++;
        }
        if (k == count) {
            return unknown_option(driver, declared, count, name, origin, err);
        }
    }
    return PILEUS_OK;
}

/* Where the value comes from, and in *origin the words for a message. */
static const char *
look_up(pil__setting *setting, const pileus_options *options,
        const char **origin)
{
    const pileus_option_info *option = setting->option;
    const char *text = NULL;

    if (options != NULL) {
        text = pil__setting_texts_get(&options->given, option->name);
        setting->source = *origin = "caller";
        if (text == NULL) {
            text = pil__setting_texts_get(&options->profile, option->name);
            setting->source = *origin = "profile";
        }
    }
    for (size_t i = 0; text == NULL && option->environment != NULL &&
                       option->environment[i] != NULL;
         i++) {
        text = pil__getenv(option->environment[i]);
        text = text != NULL && *text == '\0' ? NULL : text;
        setting->source = "environment";
        *origin = option->environment[i];
    }
    if (text == NULL) {
        text = option->default_value;
        setting->source = *origin = "default";
    }
    return text;
}

static pileus_code
missing_option(const char *driver, const pileus_option_info *option,
               pileus_error **err)
{
    const char *variable = pileus_option_environment(option, 0);

    return variable == NULL
               ? pil__error_set(err, PILEUS_CONFIGURATION,
                                "driver '%s' needs the option '%s': give it",
                                driver, option->name)
               : pil__error_set(err, PILEUS_CONFIGURATION,
                                "driver '%s' needs the option '%s': give it, "
                                "or set the environment variable %s",
                                driver, option->name, variable);
}

static pileus_code
settle(pil__setting *setting, const char *driver, const pileus_options *options,
       pileus_error **err)
{
    const char *origin = NULL;
    const char *text = look_up(setting, options, &origin);
    pileus_code code;

    if (text == NULL) {
        return setting->option->required
                   ? missing_option(driver, setting->option, err)
                   : PILEUS_OK;
    }
    if (setting->option->secret && options != NULL &&
        options->profile_exposed && strcmp(origin, "profile") == 0) {
        return pil__error_set(err, PILEUS_CONFIGURATION,
                              "profile file %s holds the secret '%s' and can "
                              "be read by others: chmod go-r it",
                              options->profile_path, setting->option->name);
    }
    code = pil__option_check(setting->option, text, &setting->number, err);
    if (code != PILEUS_OK) {
        return pil__error_prefix(err, code, "driver '%s', from %s", driver,
                                 origin);
    }
    setting->value = pil__strdup(text);
    return setting->value == NULL ? pil__error_no_memory(err) : PILEUS_OK;
}

/* Where a URL's password begins, and its length; NULL when it has none. */
static const char *
password_in(const char *text, size_t *length)
{
    const char *begin = strstr(text, "://");
    const char *at = NULL;
    const char *colon;

    if (begin == NULL) {
        return NULL;
    }
    begin += strlen("://");
    for (const char *p = begin; *p != '\0' && strchr("/?#", *p) == NULL; p++) {
        at = *p == '@' ? p : at;
    }
    colon = at == NULL ? NULL : memchr(begin, ':', (size_t)(at - begin));
    if (colon == NULL) {
        return NULL;
    }
    *length = (size_t)(at - colon) - 1;
    return colon + 1;
}

/* Know the option's value, if it is secret, and if it is a URL, the password in
 * it. False: no memory. */
static bool
learn(pil__redactor *secrets, const pileus_option_info *option,
      const char *value)
{
    pil__text plain = {0};
    const char *password;
    size_t length = 0;
    bool good;

    if (value == NULL || !option->secret) {
        return true;
    }
    good = pil__redactor_add(secrets, value, strlen(value));
    password = password_in(value, &length);
    if (good && password != NULL) {
        pil__url_unescape(&plain, password, length);
        good = !plain.failed &&
               pil__redactor_add(secrets, plain.data == NULL ? "" : plain.data,
                                 plain.length);
        pil__wipe(plain.data, plain.length);
        pil__text_free(&plain);
    }
    return good;
}

pileus_code
pil__settings_new(pil__settings **settings, const char *driver,
                  const pileus_option_info *declared, size_t count,
                  const pileus_options *options, pileus_error **err)
{
    pil__settings *made =
        pil__calloc(1, sizeof *made + count * sizeof made->entries[0]);
    pileus_code code = PILEUS_OK;

    if (made == NULL) {
        return pil__error_no_memory(err);
    }
    made->count = count;
    if (options != NULL) {
        code = check_names(driver, declared, count, &options->given, "caller",
                           err);
    }
    if (options != NULL && code == PILEUS_OK) {
        code = check_names(driver, declared, count, &options->profile,
                           "profile", err);
    }
    for (size_t i = 0; i < count && code == PILEUS_OK; i++) {
        made->entries[i].option = &declared[i];
        code = settle(&made->entries[i], driver, options, err);
        if (code == PILEUS_OK &&
            !learn(&made->secrets, &declared[i], made->entries[i].value)) {
            code = pil__error_no_memory(err);
        }
    }
    if (code != PILEUS_OK) {
        pil__settings_free(made);
        return code;
    }
    *settings = made;
    return PILEUS_OK;
}

static void
forget(pil__setting *setting)
{
    if (setting->value != NULL) {
        pil__wipe(setting->value, strlen(setting->value));
        pil__free(setting->value);
        setting->value = NULL;
    }
}

static bool
is_nearer(const pil__setting *setting)
{
    return setting->value != NULL && (strcmp(setting->source, "caller") == 0 ||
                                      strcmp(setting->source, "profile") == 0);
}

static pileus_code
provide(pil__setting *setting, const char *driver, const char *value,
        const char *origin, pileus_error **err)
{
    pileus_code code =
        pil__option_check(setting->option, value, &setting->number, err);

    if (code != PILEUS_OK) {
        return pil__error_prefix(err, code, "driver '%s', from %s", driver,
                                 origin);
    }
    setting->value = pil__strdup(value);
    setting->source = "file";
    return setting->value == NULL ? pil__error_no_memory(err) : PILEUS_OK;
}

pileus_code
pil__settings_provide(pil__settings *settings, const char *driver,
                      const char *name, const char *value, const char *origin,
                      pileus_error **err)
{
    for (size_t i = 0; i < settings->count; i++) {
        pil__setting *setting = &settings->entries[i];

        if (strcmp(setting->option->name, name) != 0) {
            continue;
        }
        if (!learn(&settings->secrets, setting->option, value)) {
            return pil__error_no_memory(err);
        }
        if (is_nearer(setting)) {
            return PILEUS_OK;
        }
        forget(setting);
        return value == NULL ? PILEUS_OK
                             : provide(setting, driver, value, origin, err);
    }
    return pil__error_set(err, PILEUS_DRIVER,
                          "driver '%s' provides the option '%s', which its "
                          "manifest has not got: tell its authors",
                          driver, name);
}

void
pil__settings_free(pil__settings *settings)
{
    if (settings == NULL) {
        return;
    }
    pil__redactor_free(&settings->secrets);
    for (size_t i = 0; i < settings->count; i++) {
        forget(&settings->entries[i]);
    }
    pil__free(settings);
}

const pil__setting *
pil__settings_get(const pil__settings *settings, const char *name)
{
    for (size_t i = 0; i < settings->count; i++) {
        if (settings->entries[i].value != NULL &&
            strcmp(settings->entries[i].option->name, name) == 0) {
            return &settings->entries[i];
        }
    }
    return NULL;
}

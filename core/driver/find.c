/* Finding the one driver that is asked for, or saying why there is none. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/base/alloc.h"
#include "core/base/error.h"
#include "core/base/text.h"
#include "core/base/utf8.h"
#include "core/driver/search.h"

#include <string.h>

/* How many names and directories a message tells at most. */
#define TOLD_MAX 12
/* A name that is longer is not repeated: no message may be full of it. */
#define NAME_SHOWN 255

static pileus_code
check_name(const char *name, pileus_error **err)
{
    if (name == NULL || *name == '\0') {
        return pil__error_set(err, PILEUS_INVALID_ARGUMENT,
                              "no driver is named: give the name of one, such "
                              "as 'dummy'");
    }
    if (strlen(name) > NAME_SHOWN || !pil__utf8_plain(name, strlen(name))) {
        return pil__error_set(err, PILEUS_INVALID_ARGUMENT,
                              "what was given as a driver's name is too long, "
                              "or no plain text: give the name of a driver, "
                              "such as 'dummy'");
    }
    if (strchr(name, '/') != NULL) {
        return pil__error_set(
            err, PILEUS_INVALID_ARGUMENT,
            "'%s' is a path, not a driver's name: give the name alone, and "
            "its directory in PILEUS_DRIVER_PATH",
            name);
    }
    if (!pil__driver_name_valid(name)) {
        return pil__error_set(
            err, PILEUS_INVALID_ARGUMENT,
            "'%s' cannot be a driver's name, which is a lower-case letter "
            "followed by such letters, digits and underscores, %d bytes at "
            "most: check its spelling",
            name, PIL__NAME_MAX);
    }
    return PILEUS_OK;
}

/* The name that was meant, or those there are. */
static bool
tell_names(pil__text *text, const char *name, const pileus_drivers *drivers)
{
    size_t count = pileus_drivers_count(drivers);
    const char **names = pil__calloc(count, sizeof *names);
    const char *nearest;

    if (names == NULL) {
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        names[i] = pileus_driver_name(pileus_drivers_at(drivers, i));
    }
    nearest = pileus_nearest(name, names, count);
    if (nearest != NULL) {
        pil__text_printf(text, " (did you mean '%s'?)", nearest);
    } else if (count == 0) {
        pil__text_puts(text, " (none at all was found)");
    } else {
        for (size_t i = 0; i < count && i < TOLD_MAX; i++) {
            pil__text_printf(text, "%s%s", i == 0 ? " (there are: " : ", ",
                             names[i]);
        }
        pil__text_puts(text, count > TOLD_MAX ? ", and more)" : ")");
    }
    pil__free(names);
    return true;
}

static pileus_code
not_found(const char *name, const pileus_context *ctx, pileus_error **err)
{
    pileus_drivers *drivers = NULL;
    pil__text text = {0};
    pileus_code code = pil__search(&drivers, ctx, NULL, err);
    bool made;
    char *rest;

    if (code != PILEUS_OK) {
        return code;
    }
    made = tell_names(&text, name, drivers);
    pil__text_puts(&text, "; searched: ");
    for (size_t i = 0; i < ctx->directory_count && i < TOLD_MAX; i++) {
        pil__text_printf(&text, "%s%s", i == 0 ? "" : ", ",
                         ctx->directories[i].path);
    }
    pil__text_puts(&text, ctx->directory_count > TOLD_MAX ? ", and more" : "");
    rest = pil__text_take(&text);
    if (!made || rest == NULL) {
        code = pil__error_no_memory(err);
    } else {
        code = pil__error_set(
            err, PILEUS_NOT_FOUND,
            "there is no driver '%s'%s; install the driver's package or name "
            "its directory in PILEUS_DRIVER_PATH",
            name, rest);
    }
    pil__free(rest);
    pileus_drivers_free(drivers);
    return code;
}

pileus_code
pil__context_find(pileus_driver_info **info, pileus_context *ctx,
                  const char *name, pileus_error **err)
{
    pileus_drivers *drivers = NULL;
    pileus_code code = check_name(name, err);

    if (code == PILEUS_OK) {
        code = pil__search(&drivers, ctx, name, err);
    }
    if (code != PILEUS_OK) {
        return code;
    }
    for (size_t i = 0; i < drivers->note_count; i++) {
        pil__context_log(ctx, PILEUS_LOG_INFO, NULL, drivers->notes[i]);
    }
    if (drivers->info_count > 0) {
        *info = pil__manifest_ref(drivers->infos[0]);
    } else if (drivers->refusal != NULL && err != NULL) {
        pileus_error_free(*err);
        *err = drivers->refusal;
        drivers->refusal = NULL;
        code = pileus_error_code(*err);
    } else if (drivers->refusal != NULL) {
        code = pileus_error_code(drivers->refusal);
    } else if (drivers->found_count > 0) {
        code = pil__error_set(err, PILEUS_NOT_FOUND,
                              "the driver '%s' is hidden by the empty file %s: "
                              "remove that file to have it back",
                              name, drivers->found[0].path);
    } else {
        code = not_found(name, ctx, err);
    }
    pileus_drivers_free(drivers);
    return code;
}

/* Contexts: their search path and their log. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/driver/context.h"

#include "core/base/alloc.h"
#include "core/base/env.h"
#include "core/base/errno.h"
#include "core/base/error.h"
#include "core/base/text.h"

#include <errno.h>
#include <limits.h>
#include <string.h>
#include <unistd.h>

/* Where the user's drivers are, under their data directory, and where that is
 * under their home directory. */
#define USER_DRIVERS "pileus/drivers"
#define USER_DATA ".local/share"

/* Insert a directory at index at; takes over path. NULL: no memory. */
static bool
insert(pileus_context *ctx, size_t at, char *path, bool named)
{
    void *array = ctx->directories;

    if (path == NULL ||
        !pil__grow(&array, &ctx->directory_capacity, ctx->directory_count,
                   sizeof *ctx->directories)) {
        pil__free(path);
        return false;
    }
    ctx->directories = array;
    memmove(ctx->directories + at + 1, ctx->directories + at,
            (ctx->directory_count - at) * sizeof *ctx->directories);
    ctx->directories[at] = (pil__directory){.path = path, .named = named};
    ctx->directory_count++;
    return true;
}

static bool
append(pileus_context *ctx, char *path)
{
    return insert(ctx, ctx->directory_count, path, false);
}

/* The directories of a colon-separated list; empty entries, which a stray
 * colon leaves, are kept for the walk to explain. */
static bool
append_list(pileus_context *ctx, const char *list)
{
    bool done = list == NULL || *list == '\0';

    while (!done) {
        size_t length = strcspn(list, ":");

        if (!append(ctx, pil__strndup(list, length))) {
            return false;
        }
        done = list[length] == '\0';
        list += length + 1;
    }
    return true;
}

/* The user's own: the XDG base directory specification has a relative
 * XDG_DATA_HOME ignored. */
static bool
append_user(pileus_context *ctx)
{
    const char *data = pil__getenv("XDG_DATA_HOME");
    const char *home = pil__getenv("HOME");
    pil__text path = {0};

    if (data != NULL && *data == '/') {
        pil__text_printf(&path, "%s/" USER_DRIVERS, data);
    } else if (home != NULL && *home == '/') {
        pil__text_printf(&path, "%s/" USER_DATA "/" USER_DRIVERS, home);
    } else {
        return true;
    }
    return append(ctx, pil__text_take(&path));
}

pileus_code
pileus_context_new(pileus_context **ctx, pileus_error **err)
{
    pileus_context *made;

    if (ctx == NULL) {
        return pil__error_set(err, PILEUS_INVALID_ARGUMENT,
                              "pileus_context_new: ctx is NULL");
    }
    made = pil__calloc(1, sizeof *made);
    if (made == NULL) {
        return pil__error_no_memory(err);
    }
    if (pthread_mutex_init(&made->lock, NULL) != 0) {
        pil__free(made);
        return pil__error_no_memory(err);
    }
    atomic_init(&made->references, 1);
    if (!append_list(made, pil__getenv("PILEUS_DRIVER_PATH")) ||
        !append_user(made) || !append(made, pil__strdup(PILEUS_DRIVERDIR))) {
        pileus_context_unref(made);
        return pil__error_no_memory(err);
    }
    *ctx = made;
    return PILEUS_OK;
}

pileus_context *
pileus_context_ref(pileus_context *ctx)
{
    if (ctx != NULL) {
        atomic_fetch_add_explicit(&ctx->references, 1, memory_order_relaxed);
    }
    return ctx;
}

void
pileus_context_unref(pileus_context *ctx)
{
    if (ctx == NULL || atomic_fetch_sub_explicit(&ctx->references, 1,
                                                 memory_order_acq_rel) > 1) {
        return;
    }
    if (ctx->instances_free != NULL) {
        ctx->instances_free(ctx->instances);
    }
    if (ctx->recorder != NULL) {
        ctx->recorder_free(ctx->recorder);
    }
    if (ctx->recording != NULL) {
        ctx->recording_free(ctx->recording);
    }
    for (size_t i = 0; i < ctx->directory_count; i++) {
        pil__free(ctx->directories[i].path);
    }
    pil__free(ctx->directories);
    (void)pthread_mutex_destroy(&ctx->lock);
    pil__free(ctx);
}

/* A path made absolute, to be freed by pil__free: the working directory may be
 * another one when the path is walked. */
static pileus_code
make_absolute(char **absolute, const char *path, pileus_error **err)
{
    pil__text text = {0};

    if (*path != '/') {
        char here[PATH_MAX];
        char buffer[PIL__ERRNO_TEXT_MAX];

        if (getcwd(here, sizeof here) == NULL) {
            return pil__error_set(
                err, PILEUS_INVALID_ARGUMENT,
                "the working directory is unknown (%s): give the directory "
                "'%s' by its absolute path",
                pil__errno_text(errno, buffer), path);
        }
        pil__text_printf(&text, "%s/", strcmp(here, "/") == 0 ? "" : here);
    }
    pil__text_puts(&text, path);
    *absolute = pil__text_take(&text);
    return *absolute == NULL ? pil__error_no_memory(err) : PILEUS_OK;
}

pileus_code
pileus_context_add_directory(pileus_context *ctx, const char *directory,
                             pileus_error **err)
{
    char *absolute = NULL;
    pileus_code code;

    if (ctx == NULL || directory == NULL || *directory == '\0') {
        return pil__error_set(
            err, PILEUS_INVALID_ARGUMENT, "pileus_context_add_directory: %s",
            ctx == NULL ? "ctx is NULL" : "the directory has no name");
    }
    code = make_absolute(&absolute, directory, err);
    if (code != PILEUS_OK) {
        return code;
    }
    if (!insert(ctx, ctx->named_count, absolute, true)) {
        return pil__error_no_memory(err);
    }
    ctx->named_count++;
    return PILEUS_OK;
}

void
pileus_context_set_log(pileus_context *ctx, pileus_log_level level,
                       pileus_log_fn fn, void *user)
{
    if (ctx != NULL) {
        ctx->log_level = level;
        ctx->log_fn = fn;
        ctx->log_user = user;
    }
}

void
pil__context_log(const pileus_context *ctx, pileus_log_level level,
                 const char *driver, const char *message)
{
    if (ctx->log_fn != NULL && level <= ctx->log_level) {
        ctx->log_fn(ctx->log_user, level, driver, message);
    }
}

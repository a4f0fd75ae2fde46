/* Manifests: reading the file, counting references, answering questions. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/driver/manifest.h"

#include "core/base/alloc.h"
#include "core/base/errno.h"
#include "core/base/error.h"
#include "core/base/text.h"
#include "core/driver/manifest_parse.h"
#include "core/driver/safety.h"

#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static const char *const thread_model_names[] = {
    [PILEUS_THREADS_SERIAL] = "serial",
    [PILEUS_THREADS_CONNECTION] = "connection",
    [PILEUS_THREADS_PARALLEL] = "parallel",
};

const char *
pil__thread_model_name(uint32_t thread_model)
{
    size_t count = sizeof thread_model_names / sizeof thread_model_names[0];

    return thread_model < count ? thread_model_names[thread_model] : NULL;
}

bool
pil__driver_name_valid(const char *name)
{
    return pil__manifest_name_valid(name, "_");
}

/* All of the file, at most max bytes; what is left when max are read shows in
 * *size being more than max. */
static pileus_code
read_all(char **data, size_t *size, int fd, size_t max, pileus_error **err)
{
    char buffer[PIL__ERRNO_TEXT_MAX];
    ssize_t got = 1;

    *size = 0;
    *data = pil__malloc(max + 1);
    if (*data == NULL) {
        return pil__error_no_memory(err);
    }
    while (got != 0 && *size <= max) {
        got = read(fd, *data + *size, max + 1 - *size);
        if (got < 0 && errno != EINTR) {
            return pil__error_set(err, PILEUS_CONFIGURATION,
                                  "it cannot be read: %s",
                                  pil__errno_text(errno, buffer));
        }
        *size += got > 0 ? (size_t)got : 0;
    }
    return PILEUS_OK;
}

static pileus_code
parse(pileus_driver_info **info, const char *data, size_t size,
      const char *path, pileus_error **err)
{
    pileus_driver_info *made = pil__calloc(1, sizeof *made);
    pileus_code code;

    if (made == NULL) {
        return pil__error_no_memory(err);
    }
    atomic_init(&made->references, 1);
    code = pil__manifest_parse(made, data, size, path, err);
    if (code != PILEUS_OK) {
        pil__manifest_unref(made);
        return code;
    }
    *info = made;
    return PILEUS_OK;
}

/* What comes next says what is wrong; this says what to do. */
static pileus_code
advise(pileus_code code, const char *path, pileus_error **err)
{
    return code == PILEUS_OK
               ? PILEUS_OK
               : pil__error_prefix(err, code,
                                   "manifest %s cannot be used, mend it or "
                                   "install the driver again",
                                   path);
}

static pileus_code
read_and_parse(pileus_driver_info **info, int fd, const char *path,
               pileus_error **err)
{
    char *data = NULL;
    size_t size = 0;
    pileus_code code = read_all(&data, &size, fd, PIL__MANIFEST_MAX, err);

    if (code == PILEUS_OK && size > PIL__MANIFEST_MAX) {
        code = pil__error_set(err, PILEUS_CONFIGURATION,
                              "it is larger than the %d bytes that a manifest "
                              "may have",
                              PIL__MANIFEST_MAX);
    } else if (code == PILEUS_OK && size > 0) {
        code = parse(info, data, size, path, err);
    }
    pil__free(data);
    return advise(code, path, err);
}

pileus_code
pil__manifest_linked(pileus_driver_info **info, const char *name,
                     const char *text, pileus_error **err)
{
    char path[PIL__NAME_MAX + sizeof PIL__MANIFEST_SUFFIX];

    (void)snprintf(path, sizeof path, "%s" PIL__MANIFEST_SUFFIX, name);
    return advise(parse(info, text, strlen(text), path, err), path, err);
}

pileus_code
pil__manifest_read(pileus_driver_info **info, const char *directory,
                   const char *file, pileus_error **err)
{
    pil__text text = {0};
    struct stat facts;
    char *path;
    int fd = -1;
    pileus_code code;

    *info = NULL;
    pil__text_puts(&text, directory);
    if (text.length == 0 || directory[text.length - 1] != '/') {
        pil__text_puts(&text, "/");
    }
    pil__text_puts(&text, file);
    path = pil__text_take(&text);
    if (path == NULL) {
        return pil__error_no_memory(err);
    }
    code = pil__safe_file(&fd, &facts, path, PILEUS_CONFIGURATION, err);
    if (code == PILEUS_OK) {
        code = read_and_parse(info, fd, path, err);
        (void)close(fd);
    }
    pil__free(path);
    return code;
}

pileus_driver_info *
pil__manifest_ref(const pileus_driver_info *info)
{
    /* The count is the one thing about a manifest that ever changes. */
    pileus_driver_info *same = (pileus_driver_info *)(uintptr_t)info;

    atomic_fetch_add_explicit(&same->references, 1, memory_order_relaxed);
    return same;
}

void
pil__manifest_unref(const pileus_driver_info *info)
{
    pileus_driver_info *same = (pileus_driver_info *)(uintptr_t)info;

    if (same != NULL && atomic_fetch_sub_explicit(&same->references, 1,
                                                  memory_order_acq_rel) == 1) {
        pil__arena_free(&same->arena);
        pil__free(same);
    }
}

const pileus_option_info *
pil__manifest_option(const pileus_driver_info *info, const char *name)
{
    for (size_t i = 0; i < info->option_count; i++) {
        if (strcmp(info->options[i].name, name) == 0) {
            return &info->options[i];
        }
    }
    return NULL;
}

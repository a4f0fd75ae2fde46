/* Owner and mode of manifests, modules and the directories they are in. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/driver/safety.h"

#include "core/base/alloc.h"
#include "core/base/errno.h"
#include "core/base/error.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static pileus_code
check(const struct stat *facts, const char *path, pileus_code code,
      pileus_error **err)
{
    if (facts->st_uid != 0 && facts->st_uid != geteuid()) {
        return pil__error_set(err, code,
                              "%s is owned by uid %ju, neither root nor you: "
                              "have root own it, or do without it",
                              path, (uintmax_t)facts->st_uid);
    }
    if ((facts->st_mode & (S_IWGRP | S_IWOTH)) != 0) {
        return pil__error_set(err, code,
                              "%s can be written by others (mode %04o): "
                              "chmod go-w it",
                              path, (unsigned)facts->st_mode & 07777U);
    }
    return PILEUS_OK;
}

static pileus_code
cannot_open(const char *path, int number, pileus_code code, pileus_error **err)
{
    char buffer[PIL__ERRNO_TEXT_MAX];

    if (number == ENOMEM) {
        return pil__error_no_memory(err);
    }
    return pil__error_set(err, code,
                          "%s cannot be read (%s): make it readable, or do "
                          "without it",
                          path, pil__errno_text(number, buffer));
}

pileus_code
pil__safe_directory(int *fd, const char *path, pileus_code code,
                    pileus_error **err)
{
    struct stat facts;
    pileus_code result;

    *fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (*fd < 0 || fstat(*fd, &facts) != 0) {
        result = cannot_open(path, errno, code, err);
    } else {
        result = check(&facts, path, code, err);
    }
    if (result != PILEUS_OK && *fd >= 0) {
        (void)close(*fd);
        *fd = -1;
    }
    return result;
}

/* The directory that the file of this path is in. */
static pileus_code
check_directory_of(const char *path, pileus_code code, pileus_error **err)
{
    const char *slash = strrchr(path, '/');
    size_t length = slash == NULL ? 0 : (size_t)(slash - path);
    char *directory;
    int fd = -1;
    pileus_code result;

    if (slash == NULL) {
        directory = pil__strdup(".");
    } else {
        directory = pil__strndup(path, length == 0 ? 1 : length);
    }
    if (directory == NULL) {
        return pil__error_no_memory(err);
    }
    result = pil__safe_directory(&fd, directory, code, err);
    if (result == PILEUS_OK) {
        (void)close(fd);
    }
    pil__free(directory);
    return result;
}

static pileus_code
check_real_directory(const char *path, pileus_code code, pileus_error **err)
{
    char real[PATH_MAX];

    if (realpath(path, real) == NULL) {
        return cannot_open(path, errno, code, err);
    }
    return strcmp(real, path) == 0 ? PILEUS_OK
                                   : check_directory_of(real, code, err);
}

pileus_code
pil__safe_file(int *fd, struct stat *facts, const char *path, pileus_code code,
               pileus_error **err)
{
    pileus_code result = check_directory_of(path, code, err);

    *fd = -1;
    if (result != PILEUS_OK) {
        return result;
    }
    /* Non-blocking, for a FIFO would keep us waiting for a writer. */
    *fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (*fd < 0 || fstat(*fd, facts) != 0) {
        result = cannot_open(path, errno, code, err);
    } else if (!S_ISREG(facts->st_mode)) {
        result = pil__error_set(err, code,
                                "%s is not a regular file: install the driver "
                                "again",
                                path);
    } else {
        result = check(facts, path, code, err);
    }
    if (result == PILEUS_OK) {
        result = check_real_directory(path, code, err);
    }
    if (result != PILEUS_OK && *fd >= 0) {
        (void)close(*fd);
        *fd = -1;
    }
    return result;
}

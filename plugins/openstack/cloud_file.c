/* Files of clouds: where they are, and whether they are fit to be believed. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "clouds.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#define PATH_SIZE 4096

static int32_t
refuse(pileus_call *call, const char *path, const char *what)
{
    return pileus_fail(call, PILEUS_CONFIGURATION, "%.400s %s", path, what);
}

static int32_t
check(pileus_call *call, const char *path, const struct stat *st)
{
    if (!S_ISREG(st->st_mode)) {
        return refuse(call, path, "is not a regular file: put a file there");
    }
    if ((st->st_uid != 0 && st->st_uid != geteuid()) ||
        (st->st_mode & (S_IWGRP | S_IWOTH)) != 0) {
        return refuse(call, path,
                      "can be written by others: make it yours with chown, "
                      "and chmod go-w it");
    }
    return st->st_size > OS_YAML_SIZE_MAX
               ? refuse(call, path, "is larger than 1 MiB: make it smaller")
               : PILEUS_OK;
}

static int32_t
read_whole(pileus_call *call, int fd, const char *path, char *data,
           size_t *size)
{
    ssize_t got = 1;

    while (*size < OS_YAML_SIZE_MAX && got != 0) {
        got = read(fd, data + *size, OS_YAML_SIZE_MAX - *size);
        if (got < 0 && errno != EINTR) {
            return refuse(call, path, "cannot be read: mend its disk");
        }
        *size += got > 0 ? (size_t)got : 0;
    }
    return PILEUS_OK;
}

static int32_t
read_open(pileus_call *call, int fd, const char *path, os_yaml **document,
          bool *exposed)
{
    char *data;
    size_t size = 0;
    struct stat st = {0};
    int32_t code = fstat(fd, &st) == 0
                       ? check(call, path, &st)
                       : refuse(call, path, "cannot be looked at");

    if (code != PILEUS_OK) {
        return code;
    }
    data = malloc(OS_YAML_SIZE_MAX);
    if (data == NULL) {
        return pileus_fail(call, PILEUS_NO_MEMORY, "no memory for %.400s",
                           path);
    }
    code = read_whole(call, fd, path, data, &size);
    if (code == PILEUS_OK) {
        code = os_yaml_parse(call, path, data, size, document);
    }
    *exposed = (st.st_mode & (S_IRGRP | S_IROTH)) != 0;
    pileus_wipe(call, data, size);
    free(data);
    return code;
}

/* PILEUS_OK and no document: there is no such file. One that must not be read
 * is passed over, unless it was asked for. */
static int32_t
try(pileus_call *call, const char *path, bool asked_for, os_yaml **document,
    bool *exposed)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    int32_t code;

    if (fd < 0 && asked_for) {
        return pileus_fail(call, PILEUS_CONFIGURATION,
                           "%.400s cannot be read: %s", path,
                           errno == ENOENT ? "there is no such file"
                                           : "its rights do not allow it");
    }
    if (fd < 0) {
        return PILEUS_OK;
    }
    code = read_open(call, fd, path, document, exposed);
    (void)close(fd);
    return code;
}

static int32_t
try_directory(pileus_call *call, const char *directory, const char *below,
              const char *stem, os_yaml **document, bool *exposed)
{
    static const char *const suffixes[] = {"yaml", "yml", "json"};
    char path[PATH_SIZE];
    int32_t code = PILEUS_OK;

    for (size_t i = 0; code == PILEUS_OK && *document == NULL && i < 3; i++) {
        int length = snprintf(path, sizeof path, "%s%s%s.%s", directory, below,
                              stem, suffixes[i]);

        if (length > 0 && (size_t)length < sizeof path) {
            code = try(call, path, false, document, exposed);
        }
    }
    return code;
}

int32_t
os_find_file(pileus_call *call, const char *stem, const char *named,
             os_yaml **document, bool *exposed)
{
    const struct {
        const char *directory; /* NULL: unknown */
        const char *below;
    } places[] = {
        {"", ""},
        {pileus_setting(call, "config-home"), "/openstack/"},
        {pileus_setting(call, "home"), "/.config/openstack/"},
        {"/etc/xdg", "/openstack/"},
        {"/etc", "/openstack/"},
    };
    int32_t code = PILEUS_OK;

    if (named != NULL) {
        return try(call, named, true, document, exposed);
    }
    for (size_t i = 0; code == PILEUS_OK && *document == NULL &&
                       i < sizeof places / sizeof places[0];
         i++) {
        if (places[i].directory != NULL) {
            code = try_directory(call, places[i].directory, places[i].below,
                                 stem, document, exposed);
        }
    }
    return code;
}

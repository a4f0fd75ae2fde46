/* Files that are believed: read whole, and nobody else may have written them.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/base/file.h"

#include "core/base/alloc.h"
#include "core/base/errno.h"
#include "core/base/error.h"
#include "core/base/wipe.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* When a file does not say how large it is. */
#define FIRST_CAPACITY 4096

static pileus_code
cannot_read(const char *path, int number, pileus_error **err)
{
    char buffer[PIL__ERRNO_TEXT_MAX];

    return pil__error_set(err, PILEUS_CONFIGURATION,
                          "%.400s cannot be read (%s): check its name and "
                          "rights, or name another one",
                          path, pil__errno_text(number, buffer));
}

static pileus_code
too_large(const char *path, size_t most, pileus_error **err)
{
    return pil__error_set(err, PILEUS_CONFIGURATION,
                          "%.400s is larger than %zu bytes: make it smaller, "
                          "or name another one",
                          path, most);
}

static pileus_code
check(const struct stat *facts, const char *path, size_t most,
      pileus_error **err)
{
    if (S_ISCHR(facts->st_mode)) {
        return PILEUS_OK;
    }
    if (!S_ISREG(facts->st_mode)) {
        return pil__error_set(err, PILEUS_CONFIGURATION,
                              "%.400s is not a regular file: put a file there, "
                              "or name another one",
                              path);
    }
    if ((facts->st_uid != 0 && facts->st_uid != geteuid()) ||
        (facts->st_mode & (S_IWGRP | S_IWOTH)) != 0) {
        return pil__error_set(err, PILEUS_CONFIGURATION,
                              "%.400s can be written by others: make it yours "
                              "with chown, and chmod go-w it",
                              path);
    }
    return facts->st_size > 0 && (uintmax_t)facts->st_size > most
               ? too_large(path, most, err)
               : PILEUS_OK;
}

/* Room for so many bytes and a NUL; what is moved may be secret. */
static bool
grow(pil__file *file, size_t *capacity, size_t wanted)
{
    char *grown = pil__wipe_move(file->data, file->size, wanted + 1);

    if (grown == NULL) {
        return false;
    }
    file->data = grown;
    *capacity = wanted;
    return true;
}

/* Until its end, or until it is seen to have a byte too many. */
static pileus_code
read_open(pil__file *file, int fd, size_t size, const char *path, size_t most,
          pileus_error **err)
{
    size_t capacity = 0;
    ssize_t got = 1;

    if (!grow(file, &capacity, size + 1)) {
        return pil__error_no_memory(err);
    }
    while (got != 0 && file->size <= most) {
        if (file->size == capacity &&
            !grow(file, &capacity,
                  capacity > most / 2 ? most + 1 : capacity * 2)) {
            return pil__error_no_memory(err);
        }
        got = read(fd, file->data + file->size, capacity - file->size);
        if (got < 0 && errno != EINTR) {
            return cannot_read(path, errno, err);
        }
        file->size += got > 0 ? (size_t)got : 0;
    }
    file->data[file->size] = '\0';
    return file->size <= most ? PILEUS_OK : too_large(path, most, err);
}

pileus_code
pil__file_read(pil__file *file, const char *path, size_t most, uint64_t flags,
               pileus_error **err)
{
    /* Non-blocking, for a FIFO would keep us waiting for a writer. */
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    struct stat facts;
    size_t size;
    pileus_code code;

    memset(file, 0, sizeof *file);
    if (fd < 0) {
        bool passed = errno == ENOENT || errno == ENOTDIR
                          ? (flags & PIL__FILE_NEEDED) == 0
                          : errno == EACCES && (flags & PIL__FILE_READABLE);

        return passed ? PILEUS_OK : cannot_read(path, errno, err);
    }
    code = fstat(fd, &facts) == 0 ? check(&facts, path, most, err)
                                  : cannot_read(path, errno, err);
    if (code == PILEUS_OK) {
        file->exposed = (facts.st_mode & (S_IRGRP | S_IROTH)) != 0;
        size = S_ISREG(facts.st_mode) && facts.st_size > 0
                   ? (size_t)facts.st_size
                   : FIRST_CAPACITY;
        code = read_open(file, fd, size < most ? size : most, path, most, err);
    }
    (void)close(fd);
    if (code != PILEUS_OK) {
        pil__file_free(file);
    }
    return code;
}

void
pil__file_free(pil__file *file)
{
    if (file->data != NULL) {
        pil__wipe(file->data, file->size);
        pil__free(file->data);
    }
    memset(file, 0, sizeof *file);
}

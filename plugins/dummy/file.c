/* Locking, reading and replacing the file that nodes are kept in. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

/* No state file of DUMMY_NODES_MAX nodes is larger. */
#define FILE_MAX (256 * 1024 * 1024)
/* Longest pause between two tries for the lock, in milliseconds. */
#define LOCK_PAUSE_MAX 16

/* What to do about an errno. */
static const char *
advice(int error)
{
    switch (error) {
    case EACCES:
    case EPERM:
        return "give this user the right to do that, or name another file";
    case ENOENT:
        return "make the directory it shall be in";
    case ENOTDIR:
        return "name a file in a directory";
    case ELOOP:
    case EMLINK:
        return "if it is a symbolic link, name the file that it points to";
    case EISDIR:
        return "name a file, not a directory";
    case ENOSPC:
    case EDQUOT:
    case EFBIG:
        return "make room for it; what was kept is unchanged";
    default:
        return "name another file if this does not pass";
    }
}

/* Report that something cannot be done with the file. */
static int32_t
fail(const struct dummy_file *file, pileus_call *call, const char *what,
     int error)
{
    pileus_code code = PILEUS_CONFIGURATION;
    char reason[128];

    if (error == ENOMEM) {
        code = PILEUS_NO_MEMORY;
    } else if (error == ENOSPC || error == EDQUOT || error == EFBIG ||
               error == EIO) {
        code = PILEUS_FAILED;
    }
    if (strerror_r(error, reason, sizeof reason) != 0) {
        (void)snprintf(reason, sizeof reason, "error %d", error);
    }
    return pileus_fail(call, code, "cannot %s state file %s: %s: %s", what,
                       file->path, reason, advice(error));
}

static char *
concat(const char *a, const char *b)
{
    size_t size = strlen(a) + strlen(b) + 1;
    char *text = malloc(size);

    if (text != NULL) {
        (void)snprintf(text, size, "%s%s", a, b);
    }
    return text;
}

int32_t
dummy_file_open(struct dummy_file *file, pileus_call *call, const char *path)
{
    const char *slash = strrchr(path, '/');
    const char *name = slash == NULL ? path : slash + 1;
    char *directory = NULL;
    int32_t code = PILEUS_OK;

    file->directory = -1;
    file->path = strdup(path);
    file->name = strdup(name);
    file->lock_name = concat(name, ".lock");
    file->scratch_name = concat(name, ".tmp");
    directory = slash == NULL ? strdup(".") : strdup(path);
    if (file->path == NULL || file->name == NULL || file->lock_name == NULL ||
        file->scratch_name == NULL || directory == NULL) {
        code = pileus_fail(call, PILEUS_NO_MEMORY,
                           "no memory for the name of state file %s", path);
        goto out;
    }
    if (*name == '\0') {
        code = fail(file, call, "use", EISDIR);
        goto out;
    }
    if (slash != NULL) {
        directory[slash == path ? 1 : slash - path] = '\0';
    }
    file->directory = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (file->directory < 0) {
        code = fail(file, call, "open the directory of", errno);
    }
out:
    free(directory);
    return code;
}

void
dummy_file_close(struct dummy_file *file)
{
    /* Opened only after its path was set. */
    if (file->path != NULL && file->directory >= 0) {
        (void)close(file->directory);
    }
    free(file->path);
    free(file->name);
    free(file->lock_name);
    free(file->scratch_name);
    memset(file, 0, sizeof *file);
}

/* ---- the lock ----------------------------------------------------------- */

int32_t
dummy_file_lock(const struct dummy_file *file, pileus_call *call, int *lock)
{
    int64_t pause = 1;
    int32_t code = PILEUS_OK;
    int fd = openat(file->directory, file->lock_name,
                    O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC,
                    S_IRUSR | S_IWUSR);

    *lock = -1;
    if (fd < 0) {
        return fail(file, call, "open the lock (.lock) beside", errno);
    }
    /* flock, not fcntl: its locks hold between threads and connections of one
     * process, too. It has no time limit, so it is tried again and again. */
    while (code == PILEUS_OK && flock(fd, LOCK_EX | LOCK_NB) != 0) {
        if (errno == EWOULDBLOCK) {
            code = pileus_wait(call, pause);
            pause = pause < LOCK_PAUSE_MAX ? pause * 2 : LOCK_PAUSE_MAX;
        } else if (errno != EINTR) {
            code = fail(file, call, "lock", errno);
        }
    }
    if (code != PILEUS_OK) {
        (void)close(fd);
        return code;
    }
    *lock = fd;
    return PILEUS_OK;
}

void
dummy_file_unlock(int lock)
{
    if (lock >= 0) {
        /* Said, not left to close: a child forked meanwhile has a copy. */
        (void)flock(lock, LOCK_UN);
        (void)close(lock);
    }
}

/* ---- reading ------------------------------------------------------------ */

/* Fill data; errno on failure. *size becomes less when the file ends early. */
static int
read_all(int fd, char *data, size_t *size)
{
    size_t done = 0;

    while (done < *size) {
        ssize_t got = read(fd, data + done, *size - done);

        if (got < 0 && errno != EINTR) {
            return errno;
        }
        if (got == 0) {
            break;
        }
        done += got > 0 ? (size_t)got : 0;
    }
    *size = done;
    return 0;
}

int32_t
dummy_file_read(const struct dummy_file *file, pileus_call *call, char **data,
                size_t *size)
{
    struct stat facts;
    char *buffer = NULL;
    int32_t code = PILEUS_OK;
    int error;
    /* O_NONBLOCK: do not hang on a FIFO. */
    int fd = openat(file->directory, file->name,
                    O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);

    *data = NULL;
    *size = 0;
    if (fd < 0) {
        return errno == ENOENT ? PILEUS_OK : fail(file, call, "open", errno);
    }
    if (fstat(fd, &facts) != 0) {
        code = fail(file, call, "look at", errno);
        goto out;
    }
    if (!S_ISREG(facts.st_mode) || facts.st_size > FILE_MAX) {
        code = pileus_fail(call, PILEUS_CONFIGURATION,
                           "state file %s is %s: name another file", file->path,
                           S_ISREG(facts.st_mode)
                               ? "far larger than any that this driver writes"
                               : "a directory or device, not a plain file");
        goto out;
    }
    *size = (size_t)facts.st_size;
    buffer = malloc(*size + 1); /* empty is not the same as absent */
    if (buffer == NULL) {
        code = fail(file, call, "read", ENOMEM);
        goto out;
    }
    error = read_all(fd, buffer, size);
    if (error != 0) {
        code = fail(file, call, "read", error);
        goto out;
    }
    *data = buffer;
    buffer = NULL;
out:
    free(buffer);
    (void)close(fd);
    return code;
}

/* ---- replacing ---------------------------------------------------------- */

static int
write_all(int fd, const char *data, size_t size)
{
    while (size > 0) {
        ssize_t put = write(fd, data, size);

        if (put < 0 && errno != EINTR) {
            return errno;
        }
        if (put > 0) {
            data += put;
            size -= (size_t)put;
        }
    }
    return fsync(fd) == 0 ? 0 : errno;
}

int32_t
dummy_file_replace(const struct dummy_file *file, pileus_call *call,
                   const char *data, size_t size)
{
    int error = 0;
    int fd;

    /* One left behind by a process that was killed; the lock is ours. */
    if (unlinkat(file->directory, file->scratch_name, 0) != 0 &&
        errno != ENOENT) {
        return fail(file, call, "remove the old scratch file (.tmp) beside",
                    errno);
    }
    fd = openat(file->directory, file->scratch_name,
                O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (fd < 0) {
        return fail(file, call, "make a new (.tmp)", errno);
    }
    error = write_all(fd, data, size);
    if (close(fd) != 0 && error == 0) {
        error = errno;
    }
    if (error == 0 && renameat(file->directory, file->scratch_name,
                               file->directory, file->name) != 0) {
        error = errno;
    }
    if (error != 0) {
        (void)unlinkat(file->directory, file->scratch_name, 0);
        return fail(file, call, "write", error);
    }
    /* The change holds; it only might not outlive a power failure. */
    if (fsync(file->directory) != 0 && errno != EINVAL) {
        pileus_log(call, PILEUS_LOG_WARNING,
                   "cannot flush the directory of state file %s", file->path);
    }
    return PILEUS_OK;
}

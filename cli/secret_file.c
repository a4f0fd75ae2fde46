/* A new file for a secret, which nobody else can read. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "cli/secret_file.h"

#include "cli/report.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

bool
cli_secret_file_open(cli_secret_file *file, const char *path)
{
    /* O_EXCL follows no link, either. */
    *file = (cli_secret_file){
        .path = path,
        .fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC,
                   S_IRUSR | S_IWUSR),
    };
    if (file->fd < 0) {
        cli_error("cannot make the file '%s': %s%s", path, strerror(errno),
                  errno == EEXIST ? "; it is never overwritten: choose another "
                                    "name"
                                  : "");
    }
    return file->fd >= 0;
}

static bool
write_all(int fd, const char *data, size_t size)
{
    while (size > 0) {
        ssize_t done = write(fd, data, size);

        if (done < 0 && errno != EINTR) {
            return false;
        }
        if (done > 0) {
            data += done;
            size -= (size_t)done;
        }
    }
    return fsync(fd) == 0;
}

bool
cli_secret_file_write(cli_secret_file *file, const char *secret)
{
    file->written = write_all(file->fd, secret, strlen(secret));
    if (!file->written) {
        cli_error("cannot write to '%s': %s", file->path, strerror(errno));
    }
    return file->written;
}

void
cli_secret_file_close(cli_secret_file *file)
{
    (void)close(file->fd);
    if (!file->written) {
        (void)unlink(file->path);
    }
}

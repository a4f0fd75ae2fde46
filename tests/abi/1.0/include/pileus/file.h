/* Files of a provider's own, for drivers: those that its other tools read. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PILEUS_FILE_H
#define PILEUS_FILE_H

#include <pileus/driver.h>

PILEUS_BEGIN_DECLS

/* Flags of pileus_file_read. */
enum {
    PILEUS_FILE_NEEDED = 1,  /* that there is none is a failure */
    PILEUS_FILE_READABLE = 2 /* one that the user must not read is as good as
                                none: for those of a search path */
};

/* Read a whole file of at most so many bytes into *file, to be freed with
 * pileus_file_free; it stays NULL, and nothing is reported, when there is none.
 * A path that begins with "~/" is in the directory home; when that is NULL,
 * there is no such file. From any thread.
 *
 * What is in such a file says where secrets are sent to, and which program is
 * run to get one. So nothing but a regular file is read that root or the user
 * owns and nobody else can write; but a device with nothing in it, such as
 * /dev/null, is an empty file. A refusal is PILEUS_CONFIGURATION, and reported
 * with the path and what to do. */
static inline int32_t
pileus_file_read(pileus_call *call, const char *path, const char *home,
                 uint64_t size_max, uint64_t flags, pileus_file **file)
{
    return PILEUS_HOST(call)->file->read(call, path, home, size_max, flags,
                                         file);
}

/* Its path, home in the place of "~": for failures. */
static inline const char *
pileus_file_path(const pileus_file *file)
{
    return PILEUS_HOST(file)->file->path(file);
}

/* What is in it, and in *size, unless that is NULL, how much. There may be any
 * bytes; one behind the last is NUL. They may be changed. */
static inline char *
pileus_file_data(pileus_file *file, size_t *size)
{
    return PILEUS_HOST(file)->file->data(file, size);
}

/* Can others than its owner read it? Of one that has a secret a driver is to
 * warn. */
static inline bool
pileus_file_is_exposed(const pileus_file *file)
{
    return PILEUS_HOST(file)->file->is_exposed(file) != 0;
}

/* Free it, all that was read wiped; NULL is allowed. */
static inline void
pileus_file_free(pileus_file *file)
{
    if (file != NULL) {
        PILEUS_HOST(file)->file->free(file);
    }
}

PILEUS_END_DECLS

#endif

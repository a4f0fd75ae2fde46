/* Files that are believed: read whole, and nobody else may have written them.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PIL__BASE_FILE_H
#define PIL__BASE_FILE_H

#include <pileus/error.h>

typedef struct pil__file {
    char *data; /* a NUL behind it; NULL: there is no such file */
    size_t size;
    bool exposed; /* others can read it */
} pil__file;

enum {
    PIL__FILE_NEEDED = 1,  /* that there is none is a failure */
    PIL__FILE_READABLE = 2 /* one that must not be read is as good as none */
};

/* Read a file of at most so many bytes. One that somebody else than root and
 * the effective user owns or can write is refused, and so is what is no regular
 * file, but a device with nothing in it, such as /dev/null, is an empty one.
 * All failures but memory are PILEUS_CONFIGURATION. */
pileus_code pil__file_read(pil__file *file, const char *path, size_t most,
                           uint64_t flags, pileus_error **err);
/* Wipe and free what was read; zeroed is allowed. */
void pil__file_free(pil__file *file);

#endif

/* One small file that several processes read and replace. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef DUMMY_FILE_H
#define DUMMY_FILE_H

#include <pileus/driver.h>

/*
 * The file is only ever replaced as a whole, by renaming: whoever reads it,
 * without any lock, sees it as it was before or as it is after. Whoever means
 * to replace it holds the lock while it reads and writes. The lock is on a
 * file of its own, FILE.lock, which stays.
 */
struct dummy_file {
    char *path;         /* as the user named it, for messages */
    char *name;         /* the last part of it */
    char *lock_name;    /* NAME.lock */
    char *scratch_name; /* NAME.tmp */
    int directory;      /* opened, so that nobody's chdir moves the file */
};

/* Nothing needs to be there but the directory. On failure, and zeroed, it may
 * be closed all the same. */
int32_t dummy_file_open(struct dummy_file *file, pileus_call *call,
                        const char *path);
void dummy_file_close(struct dummy_file *file);

/* Wait for the lock, as long as the call allows. */
int32_t dummy_file_lock(const struct dummy_file *file, pileus_call *call,
                        int *lock);
/* Give it back; -1 is allowed. */
void dummy_file_unlock(int lock);

/* All of it in *data, to be freed; NULL there when there is no such file. */
int32_t dummy_file_read(const struct dummy_file *file, pileus_call *call,
                        char **data, size_t *size);
/* On failure the file is what it was. */
int32_t dummy_file_replace(const struct dummy_file *file, pileus_call *call,
                           const char *data, size_t size);

#endif

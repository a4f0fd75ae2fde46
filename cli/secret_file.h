/* A new file for a secret, which nobody else can read. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLI_SECRET_FILE_H
#define CLI_SECRET_FILE_H

#include <stdbool.h>

typedef struct cli_secret_file {
    const char *path;
    int fd;
    bool written;
} cli_secret_file;

/* Make the file, which must not be there yet. False: it cannot be made, and
 * that was reported. */
bool cli_secret_file_open(cli_secret_file *file, const char *path);
/* Write the secret; false: it cannot be, and that was reported. */
bool cli_secret_file_write(cli_secret_file *file, const char *secret);
/* Close it; a file that the secret did not get into goes again. */
void cli_secret_file_close(cli_secret_file *file);

#endif

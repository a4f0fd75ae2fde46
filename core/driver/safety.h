/* Is a file safe to believe? Only root and the user may have written it. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PIL__DRIVER_SAFETY_H
#define PIL__DRIVER_SAFETY_H

#include <pileus/error.h>

#include <sys/stat.h>

/* Open a directory for reading into *fd. One that somebody else than root and
 * the effective user owns or can write is refused. */
pileus_code pil__safe_directory(int *fd, const char *path, pileus_code code,
                                pileus_error **err);

/* Open a regular file for reading into *fd, with its facts in *facts. Refused
 * as above: the file, the directory it is named in, and the one it is really
 * in when it is a symbolic link. All failures but memory have this code. */
pileus_code pil__safe_file(int *fd, struct stat *facts, const char *path,
                           pileus_code code, pileus_error **err);

#endif

/* The command with secrets, and all that it prints looked through. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_SECRETS_COMMAND_H
#define TESTS_SECRETS_COMMAND_H

#include <stddef.h>

/* An option of a driver and its value. */
typedef struct given {
    char name[64];
    char value[256];
} given;

/* Run every noun's verbs for that driver. folder: for files; it may be the one
 * where recordings go. */
void command_run(const char *driver, const given *options, size_t count,
                 const char *folder);

#endif

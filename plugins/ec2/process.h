/* A program that gives credentials. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef EC2_PROCESS_H
#define EC2_PROCESS_H

#include <pileus/driver.h>

#define EC2_PROCESS_OUTPUT_MAX 65536

/* Cut a command into words, in place, as a shell does with blanks, quotes and
 * backslashes, and with nothing else; the last of *words is NULL, and it is to
 * be freed. False in *whole: a quote is not closed. False: no memory. */
bool ec2_split(char *command, char ***words, bool *whole);

/* Run a program and give what it writes to its standard output, at most
 * EC2_PROCESS_OUTPUT_MAX bytes with a NUL behind, to be wiped and freed. One
 * that takes longer is ended. about: begins the sentence of a failure. */
int32_t ec2_run(pileus_call *call, char *const *words, int64_t timeout_ms,
                const char *about, char **output, size_t *size);

#endif

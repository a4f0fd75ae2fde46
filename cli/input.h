/* What the command reads: files and standard input named on its line. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLI_INPUT_H
#define CLI_INPUT_H

#include <stdbool.h>
#include <stddef.h>

/* What was read, to be wiped. */
typedef struct cli_input {
    char *data; /* with a NUL behind it */
    size_t size;
} cli_input;

/* Read a file, or standard input for "-", whole. what names its use in the
 * messages. False: it cannot be read, is longer than most bytes, or standard
 * input was read before; that was reported. */
bool cli_input_read(cli_input *input, const char *path, const char *what,
                    size_t most);
/* The same for text of one value: without the line break at its end, and
 * without NULs. */
bool cli_input_read_text(cli_input *input, const char *path, const char *what,
                         size_t most);
void cli_input_wipe(cli_input *input);

#endif

/* What a stream's terminal can do. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLI_TERMINAL_H
#define CLI_TERMINAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

typedef struct cli_terminal {
    bool is_terminal; /* nothing below holds when it is none */
    bool colour;      /* NO_COLOR is unset, and TERM is not dumb */
    bool moves;       /* lines can be erased and rewritten */
    bool ascii;       /* it does not understand UTF-8 */
    size_t width;     /* columns */
} cli_terminal;

cli_terminal cli_terminal_of(FILE *stream);

#endif

/* Durations read, moments written. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLI_MOMENT_H
#define CLI_MOMENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* "250ms", "1.5s", "5m", "2h", "1d", or a bare number of seconds, in
 * milliseconds; false when the text is none of these. */
bool cli_duration_parse(int64_t *ms, const char *text);

/* Room for a moment as text, and its NUL. */
#define CLI_MOMENT_SIZE 40

/* Nanoseconds since 1970 as RFC 3339 has it, in UTC, with as many digits of
 * the fraction as it takes. */
void cli_moment_format(char text[CLI_MOMENT_SIZE], int64_t ns);

#endif

/* Text from a provider, made fit for people and their terminals. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLI_TEXT_H
#define CLI_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

/* The character that size bytes begin with, and the bytes it takes; 0 when
 * they begin with none (RFC 3629). */
size_t cli_text_decode(uint32_t *character, const char *data, size_t size);

/* Write the text with everything that could drive a terminal made visible:
 * control characters as \xHH, characters that change the direction of writing
 * as \u{HHHH}, bytes that are no UTF-8 as \xHH. With ascii, for a terminal
 * that does not understand UTF-8, all that is not ASCII as \u{HHHH}. */
void cli_text_show(FILE *out, const char *text, bool ascii);

/* Write the text with each byte that is no UTF-8 replaced by U+FFFD. */
void cli_text_mend(FILE *out, const char *text);
bool cli_text_valid(const char *text);

/* Columns that a text takes on a terminal; cli_text_show made it fit. */
size_t cli_text_width(const char *text);

/* Write as much of the text as fits in width columns, the last of them
 * being "…" (or "~") when something is left out; returns the columns
 * written. */
size_t cli_text_cut(FILE *out, const char *text, size_t width, bool ascii);

#endif

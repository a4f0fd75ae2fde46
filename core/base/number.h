/* Numbers from their text, in whatever locale the application runs. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PIL__BASE_NUMBER_H
#define PIL__BASE_NUMBER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Whole numbers of so many characters fit in an int64, whatever they are. */
#define PIL__DIGITS_SAFE 18
/* A number of more characters is not read. */
#define PIL__NUMBER_MAX 1000
/* Room for any double, with its NUL. */
#define PIL__NUMBER_SIZE 32

/* The text is a whole number of digits alone, as JSON writes it. False, and
 * *number left alone: it is not, or it is no int64. */
bool pil__number_integer(const char *text, size_t size, int64_t *number);

/* The text is a number as JSON writes it (RFC 8259); one beyond the range of a
 * double is the largest there is. False, and *number left alone: it is not, or
 * it is longer than PIL__NUMBER_MAX. */
bool pil__number_double(const char *text, size_t size, double *number);

/* A finite number as JSON writes it, with as few digits as bring it back
 * exactly. Returns the length. */
size_t pil__number_write(char out[PIL__NUMBER_SIZE], double number);

#endif

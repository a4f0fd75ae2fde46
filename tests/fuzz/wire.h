/* A wire whose answers are an input, in a time of its own. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PIL__TESTS_FUZZ_WIRE_H
#define PIL__TESTS_FUZZ_WIRE_H

#include <stddef.h>

/*
 * The program is linked with --wrap for the functions by which the core loads
 * its transport and reads its clock. Nothing sleeps: who waits for a time has
 * it at once, for the clock goes there.
 */

/* What stands between two answers. */
#define FUZZ_WIRE_BETWEEN "\n---\n"

/* The answers to what is asked from now on, the last one again and again, until
 * the provider is gone. Each is a body, or begins with "HTTP", a status, lines
 * of a header and an empty one. Bodies come in parts of this size. The text
 * must stay. */
void fuzz_wire_answers(const char *text, size_t size, size_t part);

#endif

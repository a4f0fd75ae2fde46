/* A format for tests: a document with one event in each line. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_HTTP_LINES_H
#define TESTS_HTTP_LINES_H

#include <pileus/format.h>

/*
 *   {    [    a dict, a list begins          k TEXT    a key
 *   }    ]    it is over                     s TEXT    a string
 *   i NUMBER  f NUMBER  an integer, a double b 0  b 1  a boolean
 *   0         null                           !         the parser refuses
 *   ~         an event is refused, and the parser goes on all the same
 */
extern const pileus_format lines_format;

#endif

/* Answers of a provider that fails. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SDK_CHECK_ANSWER_H
#define SDK_CHECK_ANSWER_H

#include "sdk/check/server.h"

typedef struct check_answer {
    char *data; /* to be freed */
    size_t size;
} check_answer;

/* Does the request ask for a session, before anything else can be tried? Of
 * the one way that several providers share, OpenStack's Keystone, it gets one
 * in all manners but silence. */
bool check_answer_lets_in(const char *request);

/* The answer to a request, head and body; false: memory ran out. */
bool check_answer_make(check_answer *made, check_manner how,
                       const char *request);

#endif

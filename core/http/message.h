/* What HTTP messages are made of: headers, statuses, times. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PIL__HTTP_MESSAGE_H
#define PIL__HTTP_MESSAGE_H

#include "core/http/request.h"

/* May a header of this name and value be sent: nothing that would end its
 * line? */
bool pil__header_valid(const char *name, const char *value);

/* The header of that name, in any case; NULL: none. */
pileus_pair *pil__headers_find(const pil__headers *pairs, const char *name);
/* Set a header, taking the place of one of that name. False: no memory. */
bool pil__headers_set(pil__headers *pairs, pil__arena *arena, const char *name,
                      const char *value);

/* Add a parameter. False: no memory. */
bool pil__parts_add(pil__parts *parts, pil__arena *arena, const char *name,
                    const char *value);

/* Seconds since 1970 UTC of a date as HTTP has them, in any of its three
 * forms. False: it is none, or before 1970. */
bool pil__http_date(const char *text, int64_t *seconds);

/* What a status means: the code, and whether the same request may succeed
 * later; and in words what to do about it. */
typedef struct pil__status_rule {
    int16_t status;
    bool retryable;
    pileus_code code;
    const char *reason; /* HTTP's name of it */
    const char *advice;
} pil__status_rule;

/* The rule of a status of 400 or more. */
const pil__status_rule *pil__status_rule_of(long status);

/* The first words of a body for people: of a web page its title or its text,
 * of plain text its beginning. Empty when there is nothing to be read. */
#define PIL__HTTP_WORDS_MAX 200
/* How much of a provider's words a sentence quotes; and of what is no answer.
 */
#define PIL__HTTP_QUOTED_MAX 500
#define PIL__HTTP_QUOTED_FEW 80
void pil__body_words(char words[PIL__HTTP_WORDS_MAX], const char *body,
                     size_t size);
/* Is it a web page? */
bool pil__body_is_html(const char *body, size_t size);

#endif

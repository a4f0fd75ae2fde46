/* What of requests and answers is secret, and showing them without it. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PIL__HTTP_SCRUB_H
#define PIL__HTTP_SCRUB_H

#include "core/http/http.h"
#include "core/http/request.h"

/*
 * Secret is what a name says to be: one that the driver has declared, or one
 * of those that everyone uses for secrets; and wherever they stand, the values
 * of secret options, and the password and user data of a create. In their
 * place stands PIL__REDACTED.
 */
typedef struct pil__scrub {
    const pileus_http *http;
    const pil__redactor *options; /* NULL: none */
    const pil__redactor *call;    /* NULL: none */
} pil__scrub;

pil__scrub pil__scrub_of(const pileus_http *http, const pileus_call *call);

/* Is the value of a header, parameter or key of that name secret? */
bool pil__scrub_is_secret(const pil__scrub *scrub, const char *name,
                          size_t size);

/* Each adds to the text. A value, by its name: */
void pil__scrub_value(pil__text *out, const pil__scrub *scrub, const char *name,
                      const char *value);
/* the whole URL of an attempt: */
void pil__scrub_url(pil__text *out, const pil__scrub *scrub,
                    const pileus_attempt *attempt);
/* a body, which is looked through by names if it is JSON, XML or a form,
 * whole or not (scrub_body.c): */
void pil__scrub_body(pil__text *out, const pil__scrub *scrub, const char *body,
                     size_t size);
/* any text. */
void pil__scrub_text(pil__text *out, const pil__scrub *scrub, const char *text,
                     size_t size);

#endif

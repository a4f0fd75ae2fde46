/* The text that CloudStack's signature is made of. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLOUDSTACK_SIGN_H
#define CLOUDSTACK_SIGN_H

#include <pileus/text.h>

/* What stays as it is when CloudStack's server percent-encodes parameters to
 * check a signature, besides letters and digits. */
#define CS_PLAIN ".-*_"

/* A parameter of a request. */
typedef struct cs_signed {
    const char *name;
    size_t name_size;
    const char *value;
    size_t value_size;
    bool encoded; /* the value is percent-encoded already */
} cs_signed;

/* All parameters but the signature, sorted by their names, "name=value" with
 * "&" between, values percent-encoded, and all in lower case; in *data, which
 * is of the text, begun before. Sorts them. */
int32_t cs_sign_text(pileus_text *text, cs_signed *params, size_t count,
                     char **data, size_t *size);

/* The parameters of a form into params, up to max of them; how many there
 * are. */
size_t cs_sign_form(cs_signed *params, size_t max, const char *form,
                    size_t size);

#endif

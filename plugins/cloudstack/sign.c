/* The text that CloudStack's signature is made of. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "sign.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

static int
compare(const void *a, const void *b)
{
    const cs_signed *one = a;
    const cs_signed *other = b;
    size_t shorter =
        one->name_size < other->name_size ? one->name_size : other->name_size;
    int order = strncasecmp(one->name, other->name, shorter);

    return order != 0 ? order
                      : (one->name_size > other->name_size) -
                            (one->name_size < other->name_size);
}

void
cs_sign_text(cs_text *text, cs_signed *params, size_t count)
{
    size_t begin = text->size;

    if (count > 0) {
        qsort(params, count, sizeof *params, compare);
    }
    for (size_t i = 0; i < count; i++) {
        if (i > 0) {
            cs_text_add(text, "&", 1);
        }
        cs_text_add(text, params[i].name, params[i].name_size);
        cs_text_add(text, "=", 1);
        if (params[i].encoded) {
            cs_text_add(text, params[i].value, params[i].value_size);
        } else {
            cs_text_encode(text, params[i].value, params[i].value_size);
        }
    }
    for (size_t i = begin; i < text->size; i++) {
        if (text->data[i] >= 'A' && text->data[i] <= 'Z') {
            text->data[i] = (char)(text->data[i] - 'A' + 'a');
        }
    }
}

size_t
cs_sign_form(cs_signed *params, size_t max, const char *form, size_t size)
{
    const char *end = form + size;
    size_t count = 0;

    while (count < max && form < end) {
        const char *next = memchr(form, '&', (size_t)(end - form));
        const char *stop = next == NULL ? end : next;
        const char *equals = memchr(form, '=', (size_t)(stop - form));

        if (equals != NULL) {
            params[count++] = (cs_signed){
                .name = form,
                .name_size = (size_t)(equals - form),
                .value = equals + 1,
                .value_size = (size_t)(stop - equals - 1),
                .encoded = true,
            };
        }
        form = next == NULL ? end : next + 1;
    }
    return count;
}

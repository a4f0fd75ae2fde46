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

int32_t
cs_sign_text(pileus_text *text, cs_signed *params, size_t count, char **data,
             size_t *size)
{
    int32_t code;

    if (count > 0) {
        qsort(params, count, sizeof *params, compare);
    }
    for (size_t i = 0; text != NULL && i < count; i++) {
        pileus_text_join(text, i == 0 ? "" : "&", NULL);
        (void)pileus_text_add(text, params[i].name, params[i].name_size);
        pileus_text_join(text, "=", NULL);
        if (params[i].encoded) {
            (void)pileus_text_add(text, params[i].value, params[i].value_size);
        } else {
            pileus_text_encode(text, params[i].value, params[i].value_size,
                               CS_PLAIN);
        }
    }
    code = pileus_text_end(text, data, size);
    for (size_t i = 0; code == PILEUS_OK && i < *size; i++) {
        if ((*data)[i] >= 'A' && (*data)[i] <= 'Z') {
            (*data)[i] = (char)((*data)[i] - 'A' + 'a');
        }
    }
    return code;
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

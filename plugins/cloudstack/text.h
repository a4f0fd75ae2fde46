/* Text that grows, and percent-encoding into it. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLOUDSTACK_TEXT_H
#define CLOUDSTACK_TEXT_H

#include <stdbool.h>
#include <stddef.h>

/* All zero to begin with. failed: memory ran out, and it is not complete. */
typedef struct cs_text {
    char *data; /* with a NUL behind */
    size_t size;
    size_t capacity;
    bool failed;
} cs_text;

void cs_text_add(cs_text *text, const char *data, size_t size);
/* Percent-encoded as CloudStack's server does when it checks a signature:
 * everything but letters, digits and ".-*_". */
void cs_text_encode(cs_text *text, const char *data, size_t size);
void cs_text_free(cs_text *text);

#endif

/* Writing JSON documents, over yajl's generator. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PIL__DATA_JSON_WRITER_H
#define PIL__DATA_JSON_WRITER_H

#include <pileus/error.h>
#include <pileus/value.h>

/* Lists and dicts in one another, at most. */
#define PIL__WRITER_DEPTH_MAX 64

typedef struct pil__writer pil__writer;

/* A dict, begun; NULL: no memory. Freeing it wipes what was written. */
pil__writer *pil__writer_new(void);
void pil__writer_free(pil__writer *writer);

/* As json.h says of the functions of these names. What goes wrong is
 * remembered, and told by pil__writer_end: PILEUS_NO_MEMORY,
 * PILEUS_INVALID_ARGUMENT for a value that JSON cannot hold, PILEUS_DRIVER for
 * what is nested wrongly. */
void pil__writer_string(pil__writer *writer, const char *key, const char *value,
                        size_t length);
void pil__writer_integer(pil__writer *writer, const char *key, int64_t value);
void pil__writer_double(pil__writer *writer, const char *key, double value);
void pil__writer_bool(pil__writer *writer, const char *key, bool value);
void pil__writer_null(pil__writer *writer, const char *key);
/* A value with all that is in it; a number as it was read. */
void pil__writer_value(pil__writer *writer, const char *key,
                       const pileus_value *value);
void pil__writer_open(pil__writer *writer, const char *key, pileus_type type);
void pil__writer_close(pil__writer *writer);
pileus_code pil__writer_end(pil__writer *writer, const char **text,
                            size_t *size, pileus_error **err);

#endif

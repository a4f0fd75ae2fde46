/* The one place where the core gets memory, so that a test can make it fail. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PIL__BASE_ALLOC_H
#define PIL__BASE_ALLOC_H

#include <stddef.h>

/* All return NULL when memory is out; what they give is freed by pil__free. */
void *pil__malloc(size_t size);
void *pil__calloc(size_t count, size_t size);
void *pil__realloc(void *old, size_t size);
/* PIL__HUGE bytes, in huge pages where the system has such. */
#define PIL__HUGE ((size_t)2 * 1024 * 1024)
void *pil__malloc_huge(void);
char *pil__strdup(const char *text);
/* The first size bytes of data, and a NUL behind them. */
char *pil__strndup(const char *data, size_t size);
void pil__free(void *memory);

/* Make room in an array for one more entry of entry_size bytes behind the
 * count it has, growing *capacity by half. False: no memory, nothing changed.
 */
int pil__grow(void **array, size_t *capacity, size_t count, size_t entry_size);

/* For tests: called before each allocation; returning 0 makes it fail. */
extern int (*pil__alloc_hook)(void);

#endif

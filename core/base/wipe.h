/* Wiping secrets out of memory. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PIL__BASE_WIPE_H
#define PIL__BASE_WIPE_H

#include <stddef.h>

/* Overwrite, in a way that no compiler leaves out. NULL is allowed. */
void pil__wipe(void *memory, size_t size);
/* Wipe a string of the core's memory, and free it. NULL is allowed. */
void pil__wipe_free(char *text);
/* Room for more of what is in the core's memory: its first size bytes in new
 * memory of that capacity, the old one (NULL: none) wiped and freed. NULL: no
 * memory, and the old one stays. */
void *pil__wipe_move(void *old, size_t size, size_t capacity);

#endif

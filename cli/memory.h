/* Memory of the command: there is always some, or the command ends. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLI_MEMORY_H
#define CLI_MEMORY_H

#include <stddef.h>
#include <stdio.h>

/* Say that memory ran out and exit. */
_Noreturn void cli_no_memory(void);

/* None of these returns NULL; free() frees what they give. */
void *cli_alloc(size_t size); /* zeroed */
char *cli_copy(const char *text);
char *cli_copy_part(const char *data, size_t size);
/* Room in an array for one more entry of entry_size bytes behind the count it
 * has; the array, perhaps moved, is returned. */
void *cli_grow(void *array, size_t *capacity, size_t count, size_t entry_size);

/* A list of strings that belong to somebody else. Zeroed, it is empty. */
typedef struct cli_strings {
    const char **items;
    size_t count;
    size_t capacity;
} cli_strings;

void cli_strings_add(cli_strings *strings, const char *item);

/* A stream into memory. */
typedef struct cli_buffer {
    FILE *file;
    char *data;
    size_t size;
} cli_buffer;

void cli_buffer_open(cli_buffer *buffer);
/* What was written since it was opened or rewound, NUL-terminated. It is valid
 * until the buffer is rewound, which must come before anything more is
 * written. */
const char *cli_buffer_text(cli_buffer *buffer);
void cli_buffer_rewind(cli_buffer *buffer);
void cli_buffer_close(cli_buffer *buffer);

/* Overwrite memory that held a secret, and free it. */
void cli_wipe(void *memory, size_t size);

#endif

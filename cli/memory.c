/* Memory of the command: there is always some, or the command ends. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "cli/memory.h"

#include "cli/status.h"

#include <stdlib.h>
#include <string.h>

_Noreturn void
cli_no_memory(void)
{
    (void)fputs("pileus: memory ran out: free some, or raise the limit of this "
                "process, and try again\n",
                stderr);
    exit(CLI_FAILED);
}

void *
cli_alloc(size_t size)
{
    void *memory = calloc(1, size);

    if (memory == NULL) {
        cli_no_memory();
    }
    return memory;
}

char *
cli_copy_part(const char *data, size_t size)
{
    char *copy = cli_alloc(size + 1);

    memcpy(copy, data, size);
    return copy;
}

char *
cli_copy(const char *text)
{
    return cli_copy_part(text, strlen(text));
}

void *
cli_grow(void *array, size_t *capacity, size_t count, size_t entry_size)
{
    size_t wanted = *capacity < 4 ? 4 : *capacity + *capacity / 2;
    void *grown;

    if (count < *capacity) {
        return array;
    }
    grown = wanted > SIZE_MAX / entry_size
                ? NULL
                : realloc(array, wanted * entry_size);
    if (grown == NULL) {
        cli_no_memory();
    }
    *capacity = wanted;
    return grown;
}

void
cli_strings_add(cli_strings *strings, const char *item)
{
    strings->items = cli_grow(strings->items, &strings->capacity,
                              strings->count, sizeof strings->items[0]);
    strings->items[strings->count] = item;
    strings->count++;
}

void
cli_buffer_open(cli_buffer *buffer)
{
    *buffer = (cli_buffer){0};
    buffer->file = open_memstream(&buffer->data, &buffer->size);
    if (buffer->file == NULL) {
        cli_no_memory();
    }
}

const char *
cli_buffer_text(cli_buffer *buffer)
{
    if (putc('\0', buffer->file) == EOF || fflush(buffer->file) != 0 ||
        ferror(buffer->file)) {
        cli_no_memory();
    }
    return buffer->data;
}

void
cli_buffer_rewind(cli_buffer *buffer)
{
    rewind(buffer->file);
}

void
cli_buffer_close(cli_buffer *buffer)
{
    (void)fclose(buffer->file);
    free(buffer->data);
}

void
cli_wipe(void *memory, size_t size)
{
    volatile unsigned char *bytes = memory;

    for (size_t i = 0; i < size; i++) {
        bytes[i] = 0;
    }
    free(memory);
}

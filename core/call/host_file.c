/* The host table: files of a provider's own. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/call/host_data.h"

#include "core/base/alloc.h"
#include "core/base/error.h"
#include "core/base/file.h"
#include "core/base/text.h"
#include "core/call/call.h"
#include "core/call/host.h"

#include <pileus/file.h>

#include <string.h>

_Static_assert((int)PILEUS_FILE_NEEDED == (int)PIL__FILE_NEEDED &&
                   (int)PILEUS_FILE_READABLE == (int)PIL__FILE_READABLE,
               "drivers' flags are those of core/base");

/* The first member is what PILEUS_HOST wants. */
struct pileus_file {
    const pileus_host *host;
    char *path;
    pil__file read;
};

static void
file_free(pileus_file *file)
{
    pil__file_free(&file->read);
    pil__free(file->path);
    pil__free(file);
}

/* NULL: no memory. */
static pileus_file *
new_file(const char *path, const char *home)
{
    pileus_file *file = pil__calloc(1, sizeof *file);
    pil__text text = {0};

    if (file == NULL) {
        return NULL;
    }
    if (strncmp(path, "~/", 2) == 0) {
        pil__text_puts(&text, home);
        path++;
    }
    pil__text_puts(&text, path);
    file->host = &pil__host;
    file->path = pil__text_take(&text);
    if (file->path == NULL) {
        pil__free(file);
        return NULL;
    }
    return file;
}

static pileus_code
no_home(const char *path, uint64_t flags, pileus_error **err)
{
    return (flags & PILEUS_FILE_NEEDED) == 0
               ? PILEUS_OK
               : pil__error_set(err, PILEUS_CONFIGURATION,
                                "it is not known where %.400s is: set HOME, "
                                "or give the whole path",
                                path);
}

static int32_t
file_read(pileus_call *call, const char *path, const char *home,
          uint64_t size_max, uint64_t flags, pileus_file **file)
{
    size_t most = size_max < SIZE_MAX / 4 ? (size_t)size_max : SIZE_MAX / 4;
    pileus_error *error = NULL;
    pileus_file *made;
    pileus_code code;

    *file = NULL;
    if (strncmp(path, "~/", 2) == 0 && home == NULL) {
        return pil__call_fail_as(call, no_home(path, flags, &error), &error);
    }
    made = new_file(path, home);
    if (made == NULL) {
        return pil__call_fail_as(call, pil__error_no_memory(&error), &error);
    }
    code = pil__file_read(&made->read, made->path, most, flags, &error);
    if (made->read.data == NULL) {
        file_free(made);
        return pil__call_fail_as(call, code, &error);
    }
    *file = made;
    return PILEUS_OK;
}

static const char *
file_path(const pileus_file *file)
{
    return file->path;
}

static char *
file_data(pileus_file *file, size_t *size)
{
    if (size != NULL) {
        *size = file->read.size;
    }
    return file->read.data;
}

static int32_t
file_is_exposed(const pileus_file *file)
{
    return file->read.exposed;
}

const pileus_host_file pil__host_file = {
    .struct_size = sizeof(pileus_host_file),
    .read = file_read,
    .path = file_path,
    .data = file_data,
    .is_exposed = file_is_exposed,
    .free = file_free,
};

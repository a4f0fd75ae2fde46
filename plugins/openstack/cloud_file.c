/* Files of clouds: where they are. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "clouds.h"

#include <pileus/file.h>

#define PATH_SIZE 4096

/* PILEUS_OK and no document: there is no such file. One that must not be read
 * is passed over, unless it was asked for. */
static int32_t
try(pileus_call *call, const char *path, uint64_t flags, os_yaml **document,
    bool *exposed)
{
    pileus_file *file = NULL;
    size_t size = 0;
    int32_t code = pileus_file_read(call, path, pileus_setting(call, "home"),
                                    OS_YAML_SIZE_MAX, flags, &file);

    if (file != NULL) {
        const char *data = pileus_file_data(file, &size);

        *exposed = pileus_file_is_exposed(file);
        code =
            os_yaml_parse(call, pileus_file_path(file), data, size, document);
    }
    pileus_file_free(file);
    return code;
}

static int32_t
try_directory(pileus_call *call, const char *directory, const char *below,
              const char *stem, os_yaml **document, bool *exposed)
{
    static const char *const suffixes[] = {"yaml", "yml", "json"};
    char path[PATH_SIZE];
    int32_t code = PILEUS_OK;

    for (size_t i = 0; code == PILEUS_OK && *document == NULL && i < 3; i++) {
        int length = snprintf(path, sizeof path, "%s%s%s.%s", directory, below,
                              stem, suffixes[i]);

        if (length > 0 && (size_t)length < sizeof path) {
            code = try(call, path, PILEUS_FILE_READABLE, document, exposed);
        }
    }
    return code;
}

int32_t
os_find_file(pileus_call *call, const char *stem, const char *named,
             os_yaml **document, bool *exposed)
{
    const struct {
        const char *directory; /* NULL: unknown */
        const char *below;
    } places[] = {
        {"", ""},
        {pileus_setting(call, "config-home"), "/openstack/"},
        {"~", "/.config/openstack/"},
        {"/etc/xdg", "/openstack/"},
        {"/etc", "/openstack/"},
    };
    int32_t code = PILEUS_OK;

    if (named != NULL) {
        return try(call, named, PILEUS_FILE_NEEDED, document, exposed);
    }
    for (size_t i = 0; code == PILEUS_OK && *document == NULL &&
                       i < sizeof places / sizeof places[0];
         i++) {
        if (places[i].directory != NULL) {
            code = try_directory(call, places[i].directory, places[i].below,
                                 stem, document, exposed);
        }
    }
    return code;
}

/* Objects that were saved, instead of the provider's. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "cli/saved.h"

#include "cli/input.h"
#include "cli/report.h"
#include "cli/status.h"

#include <string.h>

/* Bytes of a file, at most. */
#define SAVED_MAX ((size_t)1 << 30)

int
cli_saved_load(pileus_list **list, const cli_args *args,
               pileus_connection *conn)
{
    const char *path = cli_args_get(args, CLI_SAVED);
    cli_input input = {0};
    pileus_error *err = NULL;
    pileus_code code;

    *list = NULL;
    if (path == NULL) {
        return CLI_DONE;
    }
    if (!cli_input_read(&input, path, "what was saved", SAVED_MAX)) {
        return CLI_USAGE;
    }
    code = pileus_list_load(list, conn, input.data, input.size, &err);
    if (code != PILEUS_OK) {
        cli_failure(path, err);
        pileus_error_free(err);
    }
    cli_input_wipe(&input);
    return cli_status_of(code);
}

/* How many there are of this kind that is says; the last of them in *found. */
static size_t
count(void **found, const cli_kind *kind, const pileus_list *list,
      const char *(*is)(const void *object), const char *word)
{
    size_t number = 0;

    for (size_t i = 0; i < pileus_list_count(list); i++) {
        void *object = kind->entry(list, i);
        const char *text = object == NULL ? NULL : is(object);

        if (text != NULL && strcmp(text, word) == 0) {
            *found = object;
            number++;
        }
    }
    return number;
}

int
cli_saved_find(void **object, const cli_kind *kind, const pileus_list *list,
               const char *word)
{
    void *found = NULL;
    size_t number = count(&found, kind, list, kind->id, word);

    if (number == 0) {
        number = count(&found, kind, list, kind->name, word);
    }
    if (number == 0) {
        cli_error("no %s that was saved has the id or name '%s'", kind->noun,
                  word);
        return CLI_NOT_FOUND;
    }
    if (number > 1) {
        cli_error("%zu %ss that were saved are '%s': say which by id, and save "
                  "each once",
                  number, kind->noun, word);
        return CLI_USAGE;
    }
    *object = kind->ref(found);
    return CLI_DONE;
}

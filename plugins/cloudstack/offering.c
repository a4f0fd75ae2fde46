/* Disk offerings: what a volume may be. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "cloudstack.h"

#include <stdlib.h>

typedef struct search {
    int64_t gb;
    const char *wanted; /* name or id; NULL: what fits the size */
    char *id;           /* the best so far */
    bool open;
    bool exact;
} search;

static int32_t
keep(search *how, pileus_call *call, const char *id, bool open, bool exact)
{
    char *copy = strdup(id);

    if (copy == NULL) {
        return pileus_fail(call, PILEUS_NO_MEMORY,
                           "no memory for the id of a disk offering");
    }
    free(how->id);
    how->id = copy;
    how->open = open;
    how->exact = exact;
    return PILEUS_OK;
}

static bool
is_wanted(pileus_call *call, const search *how, const pileus_value *offering,
          const char *id)
{
    const char *name = pileus_json_string(call, offering, "name");

    return strcmp(id, how->wanted) == 0 ||
           (name != NULL && strcmp(name, how->wanted) == 0);
}

/* One of just that size is better than one of any size; the first counts. */
static int32_t
look(void *user, pileus_call *call, const pileus_value *offering)
{
    search *how = user;
    const char *id = NULL;
    int64_t gb = -1;
    bool open = pileus_json_boolean(call, offering, "iscustomized", false);
    bool exact;
    int32_t code = pileus_json_need_text(call, offering, "id", &id);

    if (code != PILEUS_OK) {
        return code;
    }
    (void)pileus_json_integer(call, offering, "disksize", &gb);
    if (how->wanted != NULL) {
        exact = is_wanted(call, how, offering, id);
        open = exact && open;
    } else {
        exact = !open && (how->gb == 0 || gb == how->gb);
        open = open && how->gb > 0;
    }
    if ((exact && !how->exact) || (open && how->id == NULL)) {
        code = keep(how, call, id, open, exact);
    }
    return code;
}

int32_t
cs_find_offering(const cs_connection *connection, pileus_call *call, int64_t gb,
                 const char *wanted, char **id, bool *open)
{
    search how = {.gb = gb, .wanted = wanted};
    cs_params params;
    int32_t code;

    cs_params_begin(&params, NULL, "listDiskOfferings");
    code = cs_list(connection, call, &params, "diskoffering", look, &how);
    if (code == PILEUS_OK && how.id == NULL && wanted != NULL) {
        code = pileus_fail(call, PILEUS_NOT_FOUND,
                           "CloudStack has no disk offering with the name or "
                           "id '%.64s': ask its administrator which there are",
                           wanted);
    } else if (code == PILEUS_OK && how.id == NULL) {
        code = pileus_fail(call, PILEUS_INVALID_ARGUMENT,
                           "CloudStack has no disk offering of %lld GB, and "
                           "none of any size: give another size, or name one "
                           "with the option 'disk-offering'",
                           (long long)gb);
    }
    if (code == PILEUS_OK) {
        *id = how.id;
        *open = how.open;
    } else {
        free(how.id);
    }
    return code;
}

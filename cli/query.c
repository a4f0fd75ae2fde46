/* The query that a listing's filters make. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "cli/query.h"

#include "cli/pairs.h"
#include "cli/report.h"
#include "cli/status.h"

#include <string.h>

/* Volumes and snapshots have states of their own. */
static bool
is_storage(const cli_args *args)
{
    return args->noun != NULL && (strcmp(args->noun->name, "volume") == 0 ||
                                  strcmp(args->noun->name, "snapshot") == 0);
}

size_t
cli_state_names(const char *names[CLI_STATES_MAX], const cli_args *args)
{
    bool storage = is_storage(args);
    size_t count = 0;
    int32_t parsed;

    /* Numbers beyond the last known one have no name that reads back. */
    for (int32_t state = 0; count < CLI_STATES_MAX; state++) {
        const char *name = storage ? pileus_storage_state_name(state)
                                   : pileus_state_name(state);
        bool known = storage ? pileus_storage_state_parse(name, &parsed)
                             : pileus_state_parse(name, &parsed);

        if (!known || parsed != state) {
            break;
        }
        names[count] = name;
        count++;
    }
    return count;
}

bool
cli_state_parse(int32_t *state, const char *name, const cli_args *args)
{
    const char *names[CLI_STATES_MAX];

    if (is_storage(args) ? pileus_storage_state_parse(name, state)
                         : pileus_state_parse(name, state)) {
        return true;
    }
    (void)cli_args_unknown(args, "state", name, names,
                           cli_state_names(names, args));
    return false;
}

static pileus_code
add_ids(pileus_query *query, const cli_strings *ids, pileus_error **err)
{
    pileus_code code = PILEUS_OK;

    for (size_t i = 0; i < ids->count && code == PILEUS_OK; i++) {
        code = pileus_query_add_id(query, ids->items[i], PILEUS_NUL_TERMINATED,
                                   err);
    }
    return code;
}

static pileus_code
add_simple(pileus_query *query, const cli_args *args, pileus_error **err)
{
    const char *name = cli_args_get(args, CLI_NAME);
    const char *location = cli_args_get(args, CLI_LOCATION);
    pileus_code code = add_ids(query, &args->values[CLI_ID_FILTER], err);

    if (code == PILEUS_OK && name != NULL) {
        code = pileus_query_set_name(query, name, err);
    }
    if (code == PILEUS_OK && location != NULL) {
        code = pileus_query_set_location(query, location, err);
    }
    return code;
}

static pileus_code
add_tag(void *query, const char *key, const char *value, pileus_error **err)
{
    return pileus_query_add_tag(query, key, value, err);
}

static pileus_code
add_filter(void *query, const char *key, const char *value, pileus_error **err)
{
    return pileus_query_add_filter(query, key, value, err);
}

static int
add_states(pileus_query *query, const cli_args *args, pileus_error **err)
{
    const cli_strings *names = &args->values[CLI_STATE];
    pileus_code code = PILEUS_OK;

    for (size_t i = 0; i < names->count && code == PILEUS_OK; i++) {
        pileus_state state;

        if (!cli_state_parse(&state, names->items[i], args)) {
            return CLI_USAGE;
        }
        code = pileus_query_add_state(query, state, err);
    }
    return cli_status_of(code);
}

int
cli_query_make(pileus_query **query, const cli_args *args)
{
    pileus_error *err = NULL;
    pileus_code code = pileus_query_new(query, &err);
    int status = CLI_DONE;

    if (code == PILEUS_OK) {
        code = add_simple(*query, args, &err);
    }
    status = cli_status_of(code);
    if (status == CLI_DONE) {
        status = add_states(*query, args, &err);
    }
    if (status == CLI_DONE) {
        status = cli_pairs_add(*query, args, CLI_TAG, true, add_tag, &err);
    }
    if (status == CLI_DONE) {
        status =
            cli_pairs_add(*query, args, CLI_FILTER, false, add_filter, &err);
    }
    if (err != NULL) {
        cli_failure(NULL, err);
        pileus_error_free(err);
    }
    return status;
}

/* What a node shall be, as the command line says. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "cli/node_spec.h"

#include "cli/input.h"
#include "cli/pairs.h"
#include "cli/report.h"
#include "cli/ssh_key.h"
#include "cli/status.h"

/* Longer ones are no passwords. */
#define PASSWORD_MAX 4096

typedef pileus_code (*set_fn)(pileus_node_spec *spec, const char *value,
                              pileus_error **err);

static int
set_strings(pileus_node_spec *spec, const cli_args *args, pileus_error **err)
{
    static const struct {
        cli_option option;
        set_fn set;
    } rows[] = {
        {CLI_NAME, pileus_node_spec_set_name},
        {CLI_SIZE, pileus_node_spec_set_size},
        {CLI_IMAGE, pileus_node_spec_set_image},
        {CLI_LOCATION, pileus_node_spec_set_location},
        {CLI_KEY_NAME, pileus_node_spec_set_key_name},
        {CLI_TOKEN, pileus_node_spec_set_token},
    };
    pileus_code code = PILEUS_OK;

    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const char *value = cli_args_get(args, rows[i].option);

        if (value != NULL && code == PILEUS_OK) {
            code = rows[i].set(spec, value, err);
        }
    }
    return cli_status_of(code);
}

static int
set_ssh_key(pileus_node_spec *spec, const cli_args *args, pileus_error **err)
{
    cli_input key;
    int status = cli_ssh_key_read(&key, args);

    if (status == CLI_DONE && key.data != NULL) {
        status =
            cli_status_of(pileus_node_spec_set_ssh_key(spec, key.data, err));
    }
    cli_input_wipe(&key);
    return status;
}

static int
set_password(pileus_node_spec *spec, const cli_args *args, pileus_error **err)
{
    const char *file = cli_args_get(args, CLI_PASSWORD_FILE);
    cli_input password;
    int status;

    if (file == NULL) {
        return CLI_DONE;
    }
    if (!cli_input_read_text(&password, file, "password", PASSWORD_MAX)) {
        return CLI_USAGE;
    }
    status =
        cli_status_of(pileus_node_spec_set_password(spec, password.data, err));
    cli_input_wipe(&password);
    return status;
}

static int
set_user_data(pileus_node_spec *spec, const cli_args *args, pileus_error **err)
{
    const char *file = cli_args_get(args, CLI_USER_DATA);
    cli_input data;
    int status;

    if (file == NULL) {
        return CLI_DONE;
    }
    if (!cli_input_read(&data, file, "user data", PILEUS_USER_DATA_MAX)) {
        return CLI_USAGE;
    }
    status = cli_status_of(
        pileus_node_spec_set_user_data(spec, data.data, data.size, err));
    cli_input_wipe(&data);
    return status;
}

static pileus_code
add_tag(void *spec, const char *key, const char *value, pileus_error **err)
{
    return pileus_node_spec_add_tag(spec, key, value, err);
}

static int
add_tags(pileus_node_spec *spec, const cli_args *args, pileus_error **err)
{
    return cli_pairs_add(spec, args, CLI_TAG, false, add_tag, err);
}

static pileus_code
set_option(void *spec, const char *key, const char *value, pileus_error **err)
{
    return pileus_node_spec_set_option(spec, key, value, err);
}

static int
set_options(pileus_node_spec *spec, const cli_args *args, pileus_error **err)
{
    return cli_pairs_add(spec, args, CLI_SET, false, set_option, err);
}

int
cli_node_spec_make(pileus_node_spec **spec, const cli_args *args)
{
    static int (*const steps[])(pileus_node_spec *, const cli_args *,
                                pileus_error **) = {
        set_strings,   set_ssh_key, set_password,
        set_user_data, add_tags,    set_options,
    };
    pileus_error *err = NULL;
    int status = cli_status_of(pileus_node_spec_new(spec, &err));

    for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++) {
        if (status == CLI_DONE) {
            status = steps[i](*spec, args, &err);
        }
    }
    if (err != NULL) {
        cli_failure(NULL, err);
        pileus_error_free(err);
    }
    return status;
}

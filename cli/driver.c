/* Drivers: their columns, listing and showing them, from manifests alone. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "cli/nouns.h"

#include "cli/help.h"
#include "cli/memory.h"
#include "cli/output.h"
#include "cli/report.h"
#include "cli/session.h"
#include "cli/status.h"

#include <stdlib.h>

static cli_cell
get_name(const void *driver)
{
    return cli_cell_string(pileus_driver_name(driver));
}

static cli_cell
get_title(const void *driver)
{
    return cli_cell_string(pileus_driver_title(driver));
}

static cli_cell
get_version(const void *driver)
{
    return cli_cell_string(pileus_driver_version(driver));
}

static cli_cell
get_type(const void *driver)
{
    return cli_cell_string(pileus_driver_type(driver));
}

static cli_cell
get_abi(const void *driver)
{
    return cli_cell_string(pileus_driver_abi(driver));
}

static cli_cell
get_threads(const void *driver)
{
    return cli_cell_string(pileus_driver_thread_model(driver));
}

static cli_cell
get_website(const void *driver)
{
    return cli_cell_string(pileus_driver_website(driver));
}

static cli_cell
get_module(const void *driver)
{
    return cli_cell_string(pileus_driver_module_path(driver));
}

static cli_cell
get_manifest(const void *driver)
{
    return cli_cell_string(pileus_driver_manifest_path(driver));
}

static cli_cell
get_options(const void *driver)
{
    return cli_cell_options(driver);
}

static const char *
call_at(const void *driver, size_t i)
{
    return pileus_driver_call(driver, i);
}

static cli_cell
get_calls(const void *driver)
{
    return cli_cell_strings(call_at, driver);
}

/* Programs rely on which of them are in JSON, and in which order. */
static const cli_column columns[] = {
    {"name", get_name, true, true},
    {"title", get_title, true, true},
    {"version", get_version, true, true},
    {"type", get_type, true, false},
    {"abi", get_abi, true, true},
    {"threads", get_threads, true, false},
    {"website", get_website, true, false},
    {"module", get_module, true, false},
    {"manifest", get_manifest, true, false},
    {"options", get_options, true, false},
    {"calls", get_calls, true, false},
};

static const char *
id_of(const void *driver)
{
    return pileus_driver_name(driver);
}

const cli_kind cli_kind_driver = {
    .noun = "driver",
    .columns = columns,
    .column_count = sizeof columns / sizeof columns[0],
    .id = id_of,
};

/* What the search passed over: all of it with -v, else that there is some. */
static void
report_notes(const pileus_drivers *drivers, const cli_args *args)
{
    size_t count = pileus_drivers_note_count(drivers);

    if (!cli_args_has(args, CLI_VERBOSE)) {
        if (count > 0) {
            cli_warning("%zu %s passed over: -v says why", count,
                        count == 1 ? "thing was" : "things were");
        }
        return;
    }
    for (size_t i = 0; i < count; i++) {
        cli_warning("%s", pileus_drivers_note(drivers, i));
    }
}

/* Returns an exit code: CLI_DONE, or what was reported. */
static int
find(pileus_drivers **drivers, pileus_context *ctx, const cli_args *args)
{
    pileus_error *err = NULL;
    pileus_code code = pileus_drivers_find(drivers, ctx, &err);

    if (code == PILEUS_OK) {
        report_notes(*drivers, args);
        if (pileus_drivers_count(*drivers) == 0) {
            cli_warning("no driver is installed here: install one, or name its "
                        "directory in PILEUS_DRIVER_PATH");
        }
    } else {
        cli_failure(NULL, err);
        pileus_error_free(err);
    }
    return cli_status_of(code);
}

int
cli_driver_list(const cli_args *args)
{
    cli_output out;
    pileus_context *ctx;
    pileus_drivers *drivers = NULL;
    int status;

    if (!cli_output_open(&out, args, &cli_kind_driver, CLI_SHAPE_LIST, false)) {
        return CLI_USAGE;
    }
    ctx = cli_context_new();
    status = find(&drivers, ctx, args);
    for (size_t i = 0; i < pileus_drivers_count(drivers); i++) {
        if (!cli_output_add(&out, pileus_drivers_at(drivers, i), 0)) {
            break;
        }
    }
    status = cli_output_close(&out, status);
    pileus_drivers_free(drivers);
    pileus_context_unref(ctx);
    return status;
}

static int
no_driver(const pileus_drivers *drivers, const cli_args *args, const char *name)
{
    cli_strings names = {0};

    for (size_t i = 0; i < pileus_drivers_count(drivers); i++) {
        cli_strings_add(&names,
                        pileus_driver_name(pileus_drivers_at(drivers, i)));
    }
    (void)cli_args_unknown(args, "driver", name, names.items, names.count);
    free(names.items);
    return CLI_USAGE;
}

int
cli_driver_show(const cli_args *args)
{
    const char *name = args->operands.items[0];
    const pileus_driver_info *driver;
    cli_output out;
    pileus_context *ctx;
    pileus_drivers *drivers = NULL;
    int status;

    if (!cli_output_open(&out, args, &cli_kind_driver, CLI_SHAPE_FACTS,
                         false)) {
        return CLI_USAGE;
    }
    ctx = cli_context_new();
    status = find(&drivers, ctx, args);
    driver = pileus_drivers_get(drivers, name);
    if (status == CLI_DONE && driver == NULL) {
        status = no_driver(drivers, args, name);
    }
    if (status == CLI_DONE && cli_output_add(&out, driver, 0) &&
        cli_output_is_table(args) && !cli_args_has(args, CLI_COLUMNS)) {
        cli_help_driver(driver);
    }
    status = cli_output_close(&out, status);
    pileus_drivers_free(drivers);
    pileus_context_unref(ctx);
    return status;
}

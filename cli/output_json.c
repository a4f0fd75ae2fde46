/* Output as JSON: one document, or one object a line. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "cli/output.h"

#include "cli/json.h"

static void
put_object(yajl_gen json, const cli_output *out, const void *object)
{
    (void)yajl_gen_map_open(json);
    for (size_t i = 0; i < out->choices.count; i++) {
        const cli_choice *choice = &out->choices.items[i];
        cli_cell cell = cli_choice_get(choice, out->kind, object);

        cli_json_string(json, choice->name);
        cli_json_cell(json, &cell);
    }
    (void)yajl_gen_map_close(json);
}

static void
json_begin(cli_output *out)
{
    out->state = cli_json_new(out->file, true);
}

static void
json_add(cli_output *out, const void *object, size_t group)
{
    (void)group;
    if (out->shape == CLI_SHAPE_LIST && out->count == 0) {
        (void)yajl_gen_array_open(out->state);
    }
    put_object(out->state, out, object);
}

static void
json_end(cli_output *out)
{
    if (out->shape == CLI_SHAPE_LIST && out->count > 0) {
        (void)yajl_gen_array_close(out->state);
    } else if (out->shape == CLI_SHAPE_LIST) {
        cli_json_empty(out->state, "[]");
    }
    cli_json_free(out->state);
}

const cli_format cli_format_json = {"json", true, json_begin, json_add,
                                    json_end};

static void
jsonl_nothing(cli_output *out)
{
    (void)out;
}

static void
jsonl_add(cli_output *out, const void *object, size_t group)
{
    yajl_gen json = cli_json_new(out->file, false);

    (void)group;
    put_object(json, out, object);
    (void)putc('\n', out->file);
    cli_json_free(json);
}

const cli_format cli_format_jsonl = {"jsonl", true, jsonl_nothing, jsonl_add,
                                     jsonl_nothing};

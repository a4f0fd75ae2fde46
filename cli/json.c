/* Writing JSON. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "cli/json.h"

#include "cli/memory.h"
#include "cli/text.h"

#include <math.h>
#include <string.h>

/* yajl leaves DEL and the control characters of U+0080 to U+009F as they are.
 * They stand in strings only, where an escape says the same. yajl hands over
 * whole runs of a string's bytes, so none of them comes in two parts. */
static void
print(void *out, const char *data, size_t size)
{
    size_t done = 0;

    for (size_t i = 0; i < size; i++) {
        uint32_t c = (uint8_t)data[i];
        size_t length = 1;

        if (c == 0xC2 && i + 1 < size && (uint8_t)data[i + 1] <= 0x9F) {
            c = (uint8_t)data[i + 1];
            length = 2;
        } else if (c != 0x7F) {
            continue;
        }
        (void)fwrite(data + done, 1, i - done, out);
        (void)fprintf(out, "\\u%04x", (unsigned)c);
        i += length - 1;
        done = i + 1;
    }
    (void)fwrite(data + done, 1, size - done, out);
}

yajl_gen
cli_json_new(FILE *out, bool indented)
{
    yajl_gen json = yajl_gen_alloc(NULL);

    if (json == NULL) {
        cli_no_memory();
    }
    (void)yajl_gen_config(json, yajl_gen_print_callback, print, out);
    if (indented) {
        (void)yajl_gen_config(json, yajl_gen_beautify, 1);
        (void)yajl_gen_config(json, yajl_gen_indent_string, "  ");
    }
    return json;
}

void
cli_json_free(yajl_gen json)
{
    yajl_gen_free(json);
}

void
cli_json_string(yajl_gen json, const char *text)
{
    cli_buffer buffer;

    if (cli_text_valid(text)) {
        (void)yajl_gen_string(json, (const unsigned char *)text, strlen(text));
        return;
    }
    cli_buffer_open(&buffer);
    cli_text_mend(buffer.file, text);
    text = cli_buffer_text(&buffer);
    (void)yajl_gen_string(json, (const unsigned char *)text, strlen(text));
    cli_buffer_close(&buffer);
}

static void
put_double(yajl_gen json, double number)
{
    char text[CLI_DOUBLE_SIZE];

    if (isfinite(number)) {
        cli_double_format(text, number);
        (void)yajl_gen_number(json, text, strlen(text));
    } else {
        (void)yajl_gen_null(json);
    }
}

void
cli_json_empty(yajl_gen json, const char *brackets)
{
    (void)yajl_gen_number(json, brackets, 2);
}

static void put_value(yajl_gen json, const pileus_value *value);

static void
put_list(yajl_gen json, const pileus_value *list)
{
    if (pileus_value_count(list) == 0) {
        cli_json_empty(json, "[]");
        return;
    }
    (void)yajl_gen_array_open(json);
    for (size_t i = 0; i < pileus_value_count(list); i++) {
        put_value(json, pileus_value_at(list, i));
    }
    (void)yajl_gen_array_close(json);
}

static void
put_dict(yajl_gen json, const pileus_value *dict)
{
    if (pileus_value_count(dict) == 0) {
        cli_json_empty(json, "{}");
        return;
    }
    (void)yajl_gen_map_open(json);
    for (size_t i = 0; i < pileus_value_count(dict); i++) {
        cli_json_string(json, pileus_value_key(dict, i));
        put_value(json, pileus_value_at(dict, i));
    }
    (void)yajl_gen_map_close(json);
}

/* No deeper than PILEUS_DEPTH_MAX, which the core sees to. */
static void
put_value(yajl_gen json, const pileus_value *value)
{
    switch (pileus_value_type(value)) {
    case PILEUS_TYPE_BOOL:
        (void)yajl_gen_bool(json, pileus_value_bool(value, false));
        break;
    case PILEUS_TYPE_INTEGER:
        (void)yajl_gen_integer(json, pileus_value_integer(value, 0));
        break;
    case PILEUS_TYPE_DOUBLE:
        put_double(json, pileus_value_double(value, 0));
        break;
    case PILEUS_TYPE_STRING:
        cli_json_string(json, pileus_value_string(value));
        break;
    case PILEUS_TYPE_LIST:
        put_list(json, value);
        break;
    case PILEUS_TYPE_DICT:
        put_dict(json, value);
        break;
    default:
        (void)yajl_gen_null(json);
        break;
    }
}

static void
put_string_or_null(yajl_gen json, const char *text)
{
    if (text == NULL) {
        (void)yajl_gen_null(json);
    } else {
        cli_json_string(json, text);
    }
}

static void
put_strings(yajl_gen json, cli_string_at at, const void *object)
{
    if (at(object, 0) == NULL) {
        cli_json_empty(json, "[]");
        return;
    }
    (void)yajl_gen_array_open(json);
    for (size_t i = 0; at(object, i) != NULL; i++) {
        cli_json_string(json, at(object, i));
    }
    (void)yajl_gen_array_close(json);
}

static const char *
environment_at(const void *option, size_t i)
{
    return pileus_option_environment(option, i);
}

static const char *
choice_at(const void *option, size_t i)
{
    return pileus_option_choice(option, i);
}

static void
put_option(yajl_gen json, const pileus_option_info *option)
{
    (void)yajl_gen_map_open(json);
    cli_json_string(json, "name");
    cli_json_string(json, pileus_option_name(option));
    cli_json_string(json, "type");
    cli_json_string(json, pileus_option_type(option));
    cli_json_string(json, "help");
    put_string_or_null(json, pileus_option_help(option));
    cli_json_string(json, "secret");
    (void)yajl_gen_bool(json, pileus_option_secret(option));
    cli_json_string(json, "required");
    (void)yajl_gen_bool(json, pileus_option_required(option));
    cli_json_string(json, "default");
    put_string_or_null(json, pileus_option_default(option));
    cli_json_string(json, "environment");
    put_strings(json, environment_at, option);
    cli_json_string(json, "choices");
    put_strings(json, choice_at, option);
    (void)yajl_gen_map_close(json);
}

static void
put_options(yajl_gen json, const pileus_driver_info *driver)
{
    if (pileus_driver_option_count(driver) == 0) {
        cli_json_empty(json, "[]");
        return;
    }
    (void)yajl_gen_array_open(json);
    for (size_t i = 0; i < pileus_driver_option_count(driver); i++) {
        put_option(json, pileus_driver_option(driver, i));
    }
    (void)yajl_gen_array_close(json);
}

void
cli_json_cell(yajl_gen json, const cli_cell *cell)
{
    switch (cell->type) {
    case CLI_CELL_STRING:
        cli_json_string(json, cell->u.string);
        break;
    case CLI_CELL_INTEGER:
        (void)yajl_gen_integer(json, cell->u.integer);
        break;
    case CLI_CELL_DOUBLE:
        put_double(json, cell->u.real);
        break;
    case CLI_CELL_STRINGS:
        put_strings(json, cell->u.strings.at, cell->u.strings.object);
        break;
    case CLI_CELL_VALUE:
        put_value(json, cell->u.value);
        break;
    case CLI_CELL_OPTIONS:
        put_options(json, cell->u.driver);
        break;
    case CLI_CELL_MOMENT:
        cli_json_string(json, cell->u.moment);
        break;
    default:
        (void)yajl_gen_null(json);
        break;
    }
}

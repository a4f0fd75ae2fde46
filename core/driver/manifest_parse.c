/* The content of a manifest, but for its options. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/driver/manifest_parse.h"

#include "core/base/error.h"
#include "core/base/utf8.h"
#include "core/data/json.h"

#include <inttypes.h>
#include <string.h>

/* Digits of a version number of the ABI: as many as surely fit. */
#define ABI_DIGITS_MAX 9

bool
pil__manifest_name_valid(const char *name, const char *others)
{
    size_t length = 0;

    if (*name < 'a' || *name > 'z') {
        return false;
    }
    while ((name[length] >= 'a' && name[length] <= 'z') ||
           (name[length] >= '0' && name[length] <= '9') ||
           (name[length] != '\0' && strchr(others, name[length]) != NULL)) {
        length++;
    }
    return name[length] == '\0' && length <= PIL__NAME_MAX;
}

pileus_code
pil__manifest_text(const char **text, const pileus_value *dict, const char *key,
                   bool mandatory, pileus_error **err)
{
    const pileus_value *value = pileus_value_get(dict, key);

    *text = pileus_value_string(value);
    if (value == NULL && mandatory) {
        return pil__error_set(err, PILEUS_CONFIGURATION, "\"%s\" is missing",
                              key);
    }
    if (value == NULL) {
        return PILEUS_OK;
    }
    if (*text == NULL || **text == '\0' ||
        !pil__utf8_plain(*text, strlen(*text))) {
        return pil__error_set(err, PILEUS_CONFIGURATION,
                              "\"%s\" must be a string, not empty, on one line",
                              key);
    }
    return PILEUS_OK;
}

static pileus_code
check_format(const pileus_value *root, pileus_error **err)
{
    const pileus_value *format = pileus_value_get(root, "pileus");
    int64_t number = pileus_value_integer(format, 0);

    if (pileus_value_type(root) != PILEUS_TYPE_DICT) {
        return pil__error_set(err, PILEUS_CONFIGURATION,
                              "it must be a JSON object");
    }
    if (format == NULL) {
        return pil__error_set(err, PILEUS_CONFIGURATION,
                              "\"pileus\", the number of its format, is "
                              "missing");
    }
    if (number > PIL__MANIFEST_FORMAT) {
        return pil__error_set(err, PILEUS_CONFIGURATION,
                              "its format is %" PRId64 ", and this libpileus "
                              "reads up to %d: upgrade libpileus",
                              number, PIL__MANIFEST_FORMAT);
    }
    if (number < 1) {
        return pil__error_set(err, PILEUS_CONFIGURATION,
                              "\"pileus\" must be %d, the number of its format",
                              PIL__MANIFEST_FORMAT);
    }
    return PILEUS_OK;
}

static pileus_code
parse_name(pileus_driver_info *info, const pileus_value *root,
           pileus_error **err)
{
    const char *file = strrchr(info->manifest_path, '/');
    size_t stem;
    pileus_code code = pil__manifest_text(&info->name, root, "name", true, err);

    if (code != PILEUS_OK) {
        return code;
    }
    if (!pil__driver_name_valid(info->name)) {
        return pil__error_set(
            err, PILEUS_CONFIGURATION,
            "\"name\" must be a lower-case letter followed by such letters, "
            "digits and underscores, %d bytes at most",
            PIL__NAME_MAX);
    }
    file = file == NULL ? info->manifest_path : file + 1;
    stem = strlen(file) - strlen(PIL__MANIFEST_SUFFIX);
    if (strlen(info->name) != stem || strncmp(info->name, file, stem) != 0) {
        return pil__error_set(err, PILEUS_CONFIGURATION,
                              "its \"name\" is \"%s\", so the file must be "
                              "called %s" PIL__MANIFEST_SUFFIX,
                              info->name, info->name);
    }
    return PILEUS_OK;
}

/* Digits in *number; what is behind them, or NULL when there are none or too
 * many. */
static const char *
parse_digits(uint32_t *number, const char *text)
{
    size_t length = strspn(text, "0123456789");

    if (length == 0 || length > ABI_DIGITS_MAX) {
        return NULL;
    }
    *number = 0;
    for (size_t i = 0; i < length; i++) {
        *number = *number * 10 + (uint32_t)(text[i] - '0');
    }
    return text + length;
}

static pileus_code
parse_abi(pileus_driver_info *info, const pileus_value *root,
          pileus_error **err)
{
    const char *rest;
    pileus_code code = pil__manifest_text(&info->abi, root, "abi", true, err);

    if (code != PILEUS_OK) {
        return code;
    }
    rest = parse_digits(&info->abi_major, info->abi);
    if (rest != NULL && *rest == '.') {
        rest = parse_digits(&info->abi_minor, rest + 1);
    } else {
        rest = NULL;
    }
    if (rest == NULL || *rest != '\0') {
        return pil__error_set(err, PILEUS_CONFIGURATION,
                              "\"abi\" must be two numbers with a dot between "
                              "them, such as \"%d.%d\"",
                              PILEUS_ABI_MAJOR, PILEUS_ABI_MINOR);
    }
    return PILEUS_OK;
}

static pileus_code
parse_threads(pileus_driver_info *info, const pileus_value *root,
              pileus_error **err)
{
    const char *text = NULL;
    pileus_code code = pil__manifest_text(&text, root, "threads", true, err);

    if (code != PILEUS_OK) {
        return code;
    }
    for (uint32_t i = PILEUS_THREADS_SERIAL; i <= PILEUS_THREADS_PARALLEL;
         i++) {
        if (strcmp(text, pil__thread_model_name(i)) == 0) {
            info->thread_model = i;
            return PILEUS_OK;
        }
    }
    return pil__error_set(err, PILEUS_CONFIGURATION,
                          "\"threads\" must be \"serial\", \"connection\" or "
                          "\"parallel\"");
}

/* The module stands beside the manifest, whatever its name: with a directory
 * in it, a manifest could have any file of the system loaded. */
static pileus_code
parse_module(pileus_driver_info *info, const pileus_value *root,
             pileus_error **err)
{
    const char *file = strrchr(info->manifest_path, '/');
    size_t directory =
        file == NULL ? 0 : (size_t)(file + 1 - info->manifest_path);
    const char *module = NULL;
    size_t size;
    char *path;
    pileus_code code = pil__manifest_text(&module, root, "module", true, err);

    if (code != PILEUS_OK) {
        return code;
    }
    if (strchr(module, '/') != NULL || *module == '.') {
        return pil__error_set(err, PILEUS_CONFIGURATION,
                              "\"module\" must be the name of a file beside "
                              "the manifest, such as \"%s.so\", without a "
                              "directory",
                              info->name);
    }
    size = strlen(module) + 1;
    path = pil__arena_alloc(&info->arena, directory + size);
    if (path == NULL) {
        return pil__error_no_memory(err);
    }
    memcpy(path, info->manifest_path, directory);
    memcpy(path + directory, module, size);
    info->module_path = path;
    return PILEUS_OK;
}

/* Add the calls of one service to the end of calls, of which count are there.
 */
static pileus_code
add_calls(const char **calls, size_t *count, pil__arena *arena,
          const char *service, const pileus_value *names, pileus_error **err)
{
    size_t prefix = strlen(service);

    for (size_t i = 0; i < pileus_value_count(names); i++) {
        const char *name = pileus_value_string(pileus_value_at(names, i));
        char *call;

        if (name == NULL || !pil__manifest_name_valid(name, "_")) {
            return pil__error_set(err, PILEUS_CONFIGURATION,
                                  "\"calls\": entry %zu of \"%s\" is not the "
                                  "name of a call",
                                  i + 1, service);
        }
        call = pil__arena_alloc(arena, prefix + 1 + strlen(name) + 1);
        if (call == NULL) {
            return pil__error_no_memory(err);
        }
        memcpy(call, service, prefix);
        call[prefix] = '.';
        memcpy(call + prefix + 1, name, strlen(name) + 1);
        calls[(*count)++] = call;
    }
    return PILEUS_OK;
}

static pileus_code
parse_calls(pileus_driver_info *info, const pileus_value *root,
            pileus_error **err)
{
    const pileus_value *services = pileus_value_get(root, "calls");
    size_t total = 0;
    const char **calls;
    pileus_code code = PILEUS_OK;

    for (size_t i = 0; i < pileus_value_count(services); i++) {
        const pileus_value *names = pileus_value_at(services, i);

        if (pileus_value_type(names) != PILEUS_TYPE_LIST) {
            services = NULL;
        }
        total += pileus_value_count(names);
    }
    if (pileus_value_type(services) != PILEUS_TYPE_DICT) {
        return pil__error_set(err, PILEUS_CONFIGURATION,
                              "\"calls\" must be an object with a list of "
                              "calls for each service");
    }
    calls = pil__arena_alloc(&info->arena, total * sizeof *calls);
    if (calls == NULL) {
        return pil__error_no_memory(err);
    }
    for (size_t i = 0; code == PILEUS_OK && i < pileus_value_count(services);
         i++) {
        code = add_calls(calls, &info->call_count, &info->arena,
                         pileus_value_key(services, i),
                         pileus_value_at(services, i), err);
    }
    info->calls = calls;
    return code;
}

static pileus_code
parse_texts(pileus_driver_info *info, const pileus_value *root,
            pileus_error **err)
{
    pileus_code code =
        pil__manifest_text(&info->title, root, "title", true, err);

    if (code == PILEUS_OK) {
        code = pil__manifest_text(&info->version, root, "version", true, err);
    }
    if (code == PILEUS_OK) {
        code = pil__manifest_text(&info->type, root, "type", true, err);
    }
    if (code == PILEUS_OK) {
        code = pil__manifest_text(&info->website, root, "website", false, err);
    }
    return code;
}

pileus_code
pil__manifest_parse(pileus_driver_info *info, const char *data, size_t size,
                    const char *path, pileus_error **err)
{
    static pileus_code (*const parts[])(
        pileus_driver_info *, const pileus_value *, pileus_error **) = {
        parse_name, parse_texts,   parse_module,
        parse_abi,  parse_threads, parse_calls,
    };
    const pileus_value *root = NULL;
    pileus_code code;

    info->manifest_path = pil__arena_strndup(&info->arena, path, strlen(path));
    if (info->manifest_path == NULL) {
        return pil__error_no_memory(err);
    }
    code = pil__json_parse(&root, &info->arena, data, size, err);
    if (code == PILEUS_OK) {
        code = check_format(root, err);
    }
    for (size_t i = 0; code == PILEUS_OK && i < sizeof parts / sizeof parts[0];
         i++) {
        code = parts[i](info, root, err);
    }
    if (code == PILEUS_OK) {
        code = pil__manifest_parse_options(
            info, pileus_value_get(root, "options"), err);
    }
    if (code == PILEUS_OK) {
        code =
            pil__manifest_parse_http(info, pileus_value_get(root, "http"), err);
    }
    return code;
}

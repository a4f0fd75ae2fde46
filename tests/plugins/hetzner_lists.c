/* What the mock of Hetzner Cloud lists, page by page. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/plugins/hetzner_mock.h"

#include <stdlib.h>

typedef bool (*entry_fn)(mock_request *asking, size_t i, FILE *out);

/* A page of what print says there is: it prints entry i, or with out NULL tells
 * whether entry i is asked for. */
static void
answer_list(mock_request *asking, const char *items, size_t count,
            entry_fn print)
{
    char value[16] = "";
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    size_t matching = 0;
    size_t first;
    bool more;

    if (!mock_query(asking, "per_page", value, sizeof value) ||
        strcmp(value, "50") != 0) {
        mock_complain(asking, "per_page is not 50");
    }
    first = !mock_query(asking, "page", value, sizeof value)
                ? 0
                : ((size_t)strtol(value, NULL, 10) - 1) * 50;
    (void)fprintf(out, "{\"%s\": [", items);
    for (size_t i = 0; i < count; i++) {
        if (!print(asking, i, NULL)) {
            continue;
        }
        if (matching >= first && matching < first + 50) {
            (void)fputs(matching > first ? ", " : "", out);
            (void)print(asking, i, out);
        }
        matching++;
    }
    more = matching > first + 50;
    (void)fprintf(out,
                  "], \"meta\": {\"pagination\": {\"page\": %zu, \"per_page\": "
                  "50, \"next_page\": ",
                  first / 50 + 1);
    (void)(more ? fprintf(out, "%zu", first / 50 + 2) : fputs("null", out));
    (void)fprintf(out, ", \"total_entries\": %zu}}}", matching);
    (void)fclose(out);
    mock_answer(asking, 200, text);
    free(text);
}

/* Is it asked for by that parameter, if the parameter is there? */
static bool
wanted(const mock_request *asking, const char *name, const char *value)
{
    char given[256];

    return !mock_query(asking, name, given, sizeof given) ||
           strcmp(given, value) == 0;
}

/* Of "key==value" or "key", once. */
static bool
selected(const mock_request *asking, const char *labels)
{
    char selector[256];
    char pair[300];
    char *value;

    if (!mock_query(asking, "label_selector", selector, sizeof selector)) {
        return true;
    }
    value = strstr(selector, "==");
    if (value != NULL) {
        *value = '\0';
    }
    (void)snprintf(pair, sizeof pair, "\"%s\": \"%s", selector,
                   value == NULL ? "" : value + 2);
    return strstr(labels, pair) != NULL;
}

static bool
server_entry(mock_request *asking, size_t i, FILE *out)
{
    const mock_server *server = &asking->mock->servers[i];

    if (out != NULL) {
        print_server(out, server);
    }
    return wanted(asking, "name", server->name) &&
           selected(asking, server->labels);
}

static bool
type_entry(mock_request *asking, size_t i, FILE *out)
{
    static const char *const names[] = {"cx22", "cax11"};

    if (out != NULL) {
        print_type(out, names[i]);
    }
    return wanted(asking, "name", names[i]);
}

static bool
location_entry(mock_request *asking, size_t i, FILE *out)
{
    (void)asking;
    if (out != NULL) {
        print_location(out, i == 0 ? "fsn1" : "hel1");
    }
    return true;
}

static bool
image_entry(mock_request *asking, size_t i, FILE *out)
{
    if (out != NULL) {
        print_image(out, i == 0 ? MOCK_SYSTEM_IMAGE : MOCK_SNAPSHOT);
    }
    return wanted(asking, "type", i == 0 ? "system" : "snapshot");
}

static bool
volume_entry(mock_request *asking, size_t i, FILE *out)
{
    const mock_volume *volume = &asking->mock->volumes[i];

    if (out != NULL) {
        print_volume(out, volume);
    }
    return wanted(asking, "name", volume->name);
}

static bool
key_entry(mock_request *asking, size_t i, FILE *out)
{
    const mock_key *key = &asking->mock->keys[i];

    if (out != NULL) {
        print_key(out, key);
    }
    return wanted(asking, "name", key->name) &&
           wanted(asking, "fingerprint", key->print);
}

bool
mock_serve_list(mock_request *asking)
{
    hetzner_mock *mock = asking->mock;
    const struct {
        const char *path;
        size_t count;
        entry_fn entry;
    } lists[] = {
        {"/servers", mock->server_count, server_entry},
        {"/server_types", 2, type_entry},
        {"/locations", 2, location_entry},
        {"/images", mock->snapshot ? 2 : 1, image_entry},
        {"/volumes", mock->volume_count, volume_entry},
        {"/ssh_keys", mock->key_count, key_entry},
    };

    for (size_t i = 0;
         mock_is(asking, "GET") && i < sizeof lists / sizeof lists[0]; i++) {
        if (strcmp(lists[i].path, asking->path) == 0) {
            answer_list(asking, lists[i].path + 1, lists[i].count,
                        lists[i].entry);
            return true;
        }
    }
    return false;
}

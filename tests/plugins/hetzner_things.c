/* What the mock of Hetzner Cloud makes, and does with each thing. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/plugins/hetzner_mock.h"

#include <stdlib.h>

/* ---- making -------------------------------------------------------------- */

static void
keep_labels(mock_server *server, yajl_val labels)
{
    size_t used = 1;

    (void)snprintf(server->labels, sizeof server->labels, "{");
    for (size_t i = 0; labels != NULL && i < YAJL_GET_OBJECT(labels)->len;
         i++) {
        used += (size_t)snprintf(
            server->labels + used, sizeof server->labels - used,
            "%s\"%s\": \"%s\"", i == 0 ? "" : ", ",
            YAJL_GET_OBJECT(labels)->keys[i],
            YAJL_GET_STRING(YAJL_GET_OBJECT(labels)->values[i]));
    }
    (void)snprintf(server->labels + used, sizeof server->labels - used, "}");
}

void
mock_create_server(mock_request *asking)
{
    hetzner_mock *mock = asking->mock;
    const char *name = mock_string(asking, "name");
    const char *location = mock_string(asking, "location");
    mock_server *server = &mock->servers[mock->server_count];
    char *text = NULL;
    size_t size = 0;
    FILE *out;

    if (!mock_has_only(asking,
                       "name server_type image location ssh_keys user_data "
                       "labels public_net networks volumes firewalls "
                       "automount start_after_create placement_group") ||
        name == NULL || mock_string(asking, "server_type") == NULL ||
        mock_string(asking, "image") == NULL) {
        mock_complain(asking, "no proper server");
        return;
    }
    for (size_t i = 0; i < mock->server_count; i++) {
        if (strcmp(mock->servers[i].name, name) == 0) {
            mock_refuse(asking, 409, "uniqueness_error");
            return;
        }
    }
    mock->server_count++;
    server->id = mock->next_id++;
    (void)snprintf(server->name, sizeof server->name, "%s", name);
    (void)snprintf(server->status, sizeof server->status, "initializing");
    (void)snprintf(server->type, sizeof server->type, "%s",
                   mock_string(asking, "server_type"));
    (void)snprintf(server->location, sizeof server->location, "%s",
                   location == NULL ? "fsn1" : location);
    keep_labels(server, mock_get(asking->body, "labels"));
    if (mock->lose_create) {
        mock->lose_create = false;
        channel_reset(asking->channel);
        return;
    }
    out = open_memstream(&text, &size);
    (void)fputs("{\"server\": ", out);
    print_server(out, server);
    (void)fputs(", ", out);
    print_action(out, "action", "create_server", false);
    (void)fprintf(out, ", \"next_actions\": [], \"root_password\": %s}",
                  mock_get(asking->body, "ssh_keys") == NULL
                      ? "\"" MOCK_PASSWORD "\""
                      : "null");
    (void)fclose(out);
    mock_answer(asking, 201, text);
    free(text);
}

void
mock_create_volume(mock_request *asking)
{
    hetzner_mock *mock = asking->mock;
    mock_volume *volume = &mock->volumes[mock->volume_count];
    yajl_val size = mock_get(asking->body, "size");
    char *text = NULL;
    size_t length = 0;
    FILE *out;

    if (!mock_has_only(asking, "name size location format") ||
        mock_string(asking, "name") == NULL || !YAJL_IS_INTEGER(size) ||
        YAJL_GET_INTEGER(size) < 10 ||
        mock_string(asking, "location") == NULL) {
        mock_complain(asking, "no proper volume");
        return;
    }
    mock->volume_count++;
    volume->id = mock->next_id++;
    volume->size = YAJL_GET_INTEGER(size);
    (void)snprintf(volume->name, sizeof volume->name, "%s",
                   mock_string(asking, "name"));
    (void)snprintf(volume->location, sizeof volume->location, "%s",
                   mock_string(asking, "location"));
    out = open_memstream(&text, &length);
    (void)fputs("{\"volume\": ", out);
    print_volume(out, volume);
    (void)fputs(", ", out);
    print_action(out, "action", "create_volume", false);
    (void)fputs(", \"next_actions\": []}", out);
    (void)fclose(out);
    mock_answer(asking, 201, text);
    free(text);
}

void
mock_create_key(mock_request *asking)
{
    hetzner_mock *mock = asking->mock;
    mock_key *key = &mock->keys[mock->key_count];
    char *text = NULL;
    size_t size = 0;
    FILE *out;

    if (!mock_has_only(asking, "name public_key") ||
        mock_string(asking, "name") == NULL ||
        mock_string(asking, "public_key") == NULL) {
        mock_complain(asking, "no proper key");
        return;
    }
    mock->key_count++;
    key->id = mock->next_id++;
    (void)snprintf(key->name, sizeof key->name, "%s",
                   mock_string(asking, "name"));
    (void)snprintf(key->public_key, sizeof key->public_key, "%s",
                   mock_string(asking, "public_key"));
    /* The suite's only key, as ssh-keygen says. */
    (void)snprintf(key->print, sizeof key->print, "%s",
                   "4b:3e:84:d5:04:8d:a6:65:8c:02:4f:3b:37:64:e6:b8");
    out = open_memstream(&text, &size);
    (void)fputs("{\"ssh_key\": ", out);
    print_key(out, key);
    (void)fputs("}", out);
    (void)fclose(out);
    mock_answer(asking, 201, text);
    free(text);
}

/* ---- one thing ----------------------------------------------------------- */

static void
answer_action(mock_request *asking, const char *command, int status)
{
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);

    (void)fputc('{', out);
    print_action(out, "action", command, asking->mock->fail_action);
    (void)fputc('}', out);
    (void)fclose(out);
    asking->mock->fail_action = false;
    mock_answer(asking, status, text);
    free(text);
}

static void
look_at_server(mock_request *asking, mock_server *server)
{
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);

    if (server->shutting && server->obeys_after > 0 &&
        --server->obeys_after == 0) {
        (void)snprintf(server->status, sizeof server->status, "off");
    }
    (void)fputs("{\"server\": ", out);
    print_server(out, server);
    (void)fputc('}', out);
    (void)fclose(out);
    mock_answer(asking, 200, text);
    free(text);
}

static void
create_image(mock_request *asking)
{
    char *text = NULL;
    size_t size = 0;
    FILE *out;

    if (!mock_has_only(asking, "type description labels") ||
        mock_string(asking, "type") == NULL ||
        strcmp(mock_string(asking, "type"), "snapshot") != 0) {
        mock_complain(asking, "no proper image");
        return;
    }
    asking->mock->snapshot = true;
    out = open_memstream(&text, &size);
    (void)fputs("{\"image\": ", out);
    print_image(out, 900);
    (void)fputs(", ", out);
    print_action(out, "action", "create_image", false);
    (void)fputc('}', out);
    (void)fclose(out);
    mock_answer(asking, 201, text);
    free(text);
}

static void
act_on_server(mock_request *asking, mock_server *server, const char *action)
{
    static const struct {
        const char *action;
        const char *leads_to;
    } actions[] = {
        {"poweron", "running"}, {"poweroff", "off"}, {"reboot", "running"},
        {"reset", "running"},   {"shutdown", NULL},
    };

    if (asking->mock->locked > 0) {
        asking->mock->locked--;
        mock_refuse(asking, 423, "locked");
        return;
    }
    if (strcmp(action, "create_image") == 0) {
        create_image(asking);
        return;
    }
    for (size_t i = 0; i < sizeof actions / sizeof actions[0]; i++) {
        if (strcmp(actions[i].action, action) == 0) {
            server->shutting |= actions[i].leads_to == NULL;
            if (actions[i].leads_to != NULL) {
                (void)snprintf(server->status, sizeof server->status, "%s",
                               actions[i].leads_to);
            }
            answer_action(asking, action, 201);
            return;
        }
    }
    mock_complain(asking, "no such action");
}

void
mock_serve_server(mock_request *asking, const char *rest)
{
    hetzner_mock *mock = asking->mock;
    char *after = NULL;
    long long id = strtoll(rest, &after, 10);
    size_t i = 0;

    while (i < mock->server_count && mock->servers[i].id != id) {
        i++;
    }
    if (i == mock->server_count) {
        mock_refuse(asking, 404, "not_found");
    } else if (mock_is(asking, "GET") && *after == '\0') {
        look_at_server(asking, &mock->servers[i]);
    } else if (mock_is(asking, "DELETE") && *after == '\0') {
        mock->server_count--;
        memmove(&mock->servers[i], &mock->servers[i + 1],
                (mock->server_count - i) * sizeof mock->servers[0]);
        answer_action(asking, "delete_server", 200);
    } else if (mock_is(asking, "POST") && strncmp(after, "/actions/", 9) == 0) {
        act_on_server(asking, &mock->servers[i], after + 9);
    } else {
        mock_complain(asking, "no such request");
    }
}

void
mock_serve_volume(mock_request *asking, const char *rest)
{
    hetzner_mock *mock = asking->mock;
    char *after = NULL;
    long long id = strtoll(rest, &after, 10);
    mock_volume *volume = &mock->volumes[0];
    yajl_val server = mock_get(asking->body, "server");

    if (mock->volume_count == 0 || volume->id != id) {
        mock_refuse(asking, 404, "not_found");
    } else if (mock_is(asking, "DELETE") && *after == '\0') {
        mock->volume_count = 0;
        mock_answer(asking, 204, "");
    } else if (mock_is(asking, "POST") &&
               strcmp(after, "/actions/attach") == 0 &&
               YAJL_IS_INTEGER(server) && mock_has_only(asking, "server")) {
        if (volume->server != 0) {
            mock_refuse(asking, 422, "volume_already_attached");
            return;
        }
        volume->server = YAJL_GET_INTEGER(server);
        answer_action(asking, "attach_volume", 201);
    } else if (mock_is(asking, "POST") &&
               strcmp(after, "/actions/detach") == 0 && asking->body == NULL) {
        volume->server = 0;
        answer_action(asking, "detach_volume", 201);
    } else {
        mock_complain(asking, "no such request");
    }
}

void
mock_serve_image(mock_request *asking, const char *rest)
{
    hetzner_mock *mock = asking->mock;
    char *text = NULL;
    size_t size = 0;
    FILE *out;
    char *end;
    long long id = strtoll(rest, &end, 10);
    bool is_system = id == MOCK_SYSTEM_IMAGE && mock_is(asking, "GET");
    bool is_snapshot = id == MOCK_SNAPSHOT && mock->snapshot;

    if (*end != '\0' || (!is_system && !is_snapshot)) {
        mock_refuse(asking, 404, "not_found");
    } else if (mock_is(asking, "DELETE")) {
        mock->snapshot = false;
        mock_answer(asking, 204, "");
    } else {
        out = open_memstream(&text, &size);
        (void)fputs("{\"image\": ", out);
        print_image(out, id);
        (void)fputc('}', out);
        (void)fclose(out);
        mock_answer(asking, 200, text);
        free(text);
    }
}

void
mock_serve_key(mock_request *asking, const char *rest)
{
    hetzner_mock *mock = asking->mock;

    if (!mock_is(asking, "DELETE") || mock->key_count == 0 ||
        mock->keys[0].id != strtoll(rest, NULL, 10)) {
        mock_complain(asking, "no such request");
        return;
    }
    mock->key_count = 0;
    mock_answer(asking, 204, "");
}

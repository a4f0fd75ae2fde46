/* An OpenStack of the suite's own. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/plugins/openstack_mock.h"

#include "tests/plugins/openstack_metadata.h"
#include "tests/plugins/openstack_neutron.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#define JSON                                                                   \
    "Content-Type: application/json\r\nX-Openstack-Request-Id: req-1\r\n"
#define BODY_MAX 65536
#define KEY_PATH "/compute/v2.1/os-keypairs/my%20key%40home%2F1"

typedef struct asking {
    openstack_mock *mock;
    const web_asked *asked;
    web_channel *channel;
} asking;

static void
complain(const asking *of, const char *about)
{
    of->mock->complaints++;
    print_error("mock: %s: %s %s\n", about, of->asked->method,
                of->asked->target);
    channel_answer(of->channel, 400, JSON, "{}");
}

static bool
is_asked(const asking *of, const char *method, const char *path)
{
    size_t length = strcspn(of->asked->target, "?");

    return strcmp(of->asked->method, method) == 0 && strlen(path) == length &&
           strncmp(of->asked->target, path, length) == 0;
}

/* ---- Keystone -------------------------------------------------------------
 */

static void
print_time(char out[32], time_t when)
{
    struct tm utc;

    assert_non_null(gmtime_r(&when, &utc));
    assert_true(strftime(out, 32, "%Y-%m-%dT%H:%M:%S.000000Z", &utc) > 0);
}

static void
print_catalogue(const openstack_mock *mock, char *out, size_t size)
{
    const char *url = server_url(mock->web);

    if (mock->catalogue != NULL) {
        (void)snprintf(out, size, "%s", mock->catalogue);
        return;
    }
    (void)snprintf(
        out, size,
        "[{\"type\": \"compute\", \"name\": \"nova\", \"endpoints\": ["
        "{\"interface\": \"internal\", \"region_id\": \"one\", \"url\": "
        "\"%s/wrong\"}, {\"interface\": \"public\", \"region_id\": \"one\", "
        "\"url\": \"%s/compute/v2.1\"}]}, {\"type\": \"image\", "
        "\"endpoints\": [{\"interface\": \"public\", \"region\": \"one\", "
        "\"url\": \"%s/image\"}]}, {\"type\": \"network\", "
        "\"endpoints\": [{\"interface\": \"public\", \"region\": \"one\", "
        "\"url\": \"%s/network/\"}]}]",
        url, url, url, url);
}

static void
give_token(const asking *of)
{
    openstack_mock *mock = of->mock;
    time_t now = time(NULL) - 3600; /* its clock is slow */
    char catalogue[4096];
    char body[8192];
    char header[256];
    char begin[32];
    char end[32];

    (void)snprintf(mock->login, sizeof mock->login, "%s", of->asked->body);
    if (strstr(of->asked->body, "wrong") != NULL) {
        channel_answer(of->channel, 401, JSON,
                       "{\"error\": {\"code\": 401, \"message\": \"The request "
                       "you have made requires authentication.\", \"title\": "
                       "\"Unauthorized\"}}");
        return;
    }
    mock->tokens++;
    print_time(begin, now);
    print_time(end, now + mock->life_s);
    print_catalogue(mock, catalogue, sizeof catalogue);
    (void)snprintf(body, sizeof body,
                   "{\"token\": {\"issued_at\": \"%s\", \"expires_at\": "
                   "\"%s\", \"catalog\": %s}}",
                   begin, end, catalogue);
    (void)snprintf(header, sizeof header, JSON "X-Subject-Token: token-%d\r\n",
                   mock->tokens);
    channel_answer(of->channel, 201, header, body);
}

/* Is the token the last one? */
static bool
is_known(const asking *of)
{
    char given[64] = "";
    char good[64];

    (void)asked_header(of->asked, "X-Auth-Token", given, sizeof given);
    (void)snprintf(good, sizeof good, "token-%d", of->mock->tokens);
    if (of->mock->refuse_all || strcmp(given, good) != 0) {
        of->mock->refused++;
        channel_answer(of->channel, 401, JSON,
                       "{\"error\": {\"code\": 401, \"message\": \"gone\"}}");
        return false;
    }
    return true;
}

/* ---- microversions --------------------------------------------------------
 */

/* The one that the request asks for, by the newer header, or in a Nova that
 * does not know it by the older one. */
static int
asked_version(const asking *of)
{
    char text[64] = "";
    int version = 1;

    if (of->mock->most >= 27) {
        (void)asked_header(of->asked, "OpenStack-API-Version", text,
                           sizeof text);
        (void)sscanf(text, "compute 2.%d", &version);
    } else if (of->mock->most > 1) {
        (void)asked_header(of->asked, "X-OpenStack-Nova-API-Version", text,
                           sizeof text);
        (void)sscanf(text, "2.%d", &version);
    }
    return version;
}

/* Does Nova have it? */
static bool
has_version(const asking *of)
{
    openstack_mock *mock = of->mock;
    int version = asked_version(of);
    char body[256];

    if (version <= mock->most) {
        mock->version = version;
        return true;
    }
    mock->too_new++;
    (void)snprintf(body, sizeof body,
                   "{\"computeFault\": {\"message\": \"Version 2.%d is not "
                   "supported by the API. Minimum is 2.1 and maximum is "
                   "2.%d.\", \"code\": 406}}",
                   version, mock->most);
    channel_answer(of->channel, 406, JSON, body);
    return false;
}

static void
show_versions(const asking *of)
{
    openstack_mock *mock = of->mock;
    char body[256];

    mock->documents++;
    (void)snprintf(body, sizeof body,
                   "{\"version\": {\"id\": \"v2.1\", \"status\": "
                   "\"CURRENT\", \"version\": \"2.%d\", \"min_version\": "
                   "\"2.1\", \"links\": []}}",
                   mock->most);
    channel_answer(of->channel,
                   mock->document_status == 0 ? 200 : mock->document_status,
                   JSON, mock->document == NULL ? body : mock->document);
}

/* ---- Nova -----------------------------------------------------------------
 */

static int
print_server(char *out, size_t size, const openstack_mock *mock, int id,
             const char *mark)
{
    return snprintf(
        out, size,
        "{%s%s%s\"id\": \"id-%d\", \"name\": \"s%d\", \"status\": \"%s\", "
        "\"OS-EXT-STS:power_state\": %d, "
        "\"OS-EXT-STS:task_state\": %s%s%s, \"image\": \"\", \"flavor\": "
        "{\"id\": \"7\"}, \"metadata\": {\"pileus-token\": \"%s\", \"role\": "
        "\"web\"}, \"addresses\": {\"a\": [{\"addr\": \"10.0.0.%d\", "
        "\"OS-EXT-IPS:type\": \"fixed\"}, {\"addr\": \"10.1.0.%d\", "
        "\"OS-EXT-IPS:type\": \"floating\"}], \"b\": [{\"addr\": "
        "\"2001:db8::%d\"}]}, \"OS-EXT-AZ:availability_zone\": \"nova\"}",
        mock->version >= 9 ? "\"locked\": false, " : "",
        mock->version >= 19 ? "\"description\": \"of 2.19\", " : "",
        mock->version >= 26 ? "\"tags\": [\"blue\"], " : "", id, id,
        mock->status == NULL ? "ACTIVE" : mock->status, mock->is_off ? 4 : 1,
        mock->task == NULL ? "" : "\"",
        mock->task == NULL ? "null" : mock->task,
        mock->task == NULL ? "" : "\"", mark, id % 200, id % 200, id);
}

/* The page behind the marker, and whether there is another. */
static void
list_servers(const asking *of)
{
    const char *marker = strstr(of->asked->target, "marker=id-");
    int first = marker == NULL ? 1 : atoi(marker + strlen("marker=id-")) + 1;
    int last = first + MOCK_PAGE - 1;
    char body[BODY_MAX] = "{\"servers\": [";
    size_t used = strlen(body);

    if (of->mock->version >= 47) {
        complain(of, "the flavor has no id then");
        return;
    }
    if (of->mock->expire_at_page != 0 &&
        first / MOCK_PAGE + 1 >= of->mock->expire_at_page) {
        of->mock->expire_at_page = 0;
        of->mock->tokens++; /* nobody has this one */
        (void)is_known(of);
        return;
    }
    for (int id = first; id <= last && id <= of->mock->servers; id++) {
        used += (size_t)snprintf(body + used, sizeof body - used, "%s",
                                 id == first ? "" : ", ");
        used += (size_t)print_server(body + used, sizeof body - used, of->mock,
                                     id, "");
    }
    if (*of->mock->mark != '\0' && first == 1) {
        used += (size_t)snprintf(body + used, sizeof body - used, "%s",
                                 of->mock->servers == 0 ? "" : ", ");
        used += (size_t)print_server(body + used, sizeof body - used, of->mock,
                                     900, of->mock->mark);
    }
    (void)snprintf(body + used, sizeof body - used, "]%s}",
                   last < of->mock->servers
                       ? ", \"servers_links\": [{\"rel\": \"next\", \"href\": "
                         "\"http://elsewhere.invalid/\"}]"
                       : "");
    channel_answer(of->channel, 200, JSON, body);
}

static void
create_server(const asking *of)
{
    const char *mark = strstr(of->asked->body, "\"pileus-token\":\"");
    openstack_mock *mock = of->mock;

    if (mock->version >= 37 &&
        strstr(of->asked->body, "\"networks\":") == NULL) {
        complain(of, "a server must say its networks then");
        return;
    }
    mock->creates++;
    mock->created_version = mock->version;
    (void)snprintf(mock->created, sizeof mock->created, "%s", of->asked->body);
    if (mark == NULL) {
        complain(of, "a server without a mark");
        return;
    }
    mark += strlen("\"pileus-token\":\"");
    (void)snprintf(mock->mark, sizeof mock->mark, "%.*s",
                   (int)strcspn(mark, "\""), mark);
    channel_answer(of->channel, 202, JSON,
                   "{\"server\": {\"id\": \"id-900\", \"adminPass\": "
                   "\"its-password\"}}");
}

/* An action is kept, and answered: a console with what it wrote. */
static void
act_on_server(const asking *of)
{
    openstack_mock *mock = of->mock;

    mock->action_version = mock->version;
    (void)snprintf(mock->action, sizeof mock->action, "%s", of->asked->body);
    if (strstr(mock->action, "os-getConsoleOutput") != NULL) {
        channel_answer(of->channel, 200, JSON,
                       mock->console != NULL
                           ? mock->console
                           : "{\"output\": \"one\\ntwo\\u001b[2J\\n\"}");
    } else if (mock->rebuilt != NULL &&
               strstr(mock->action, "\"rebuild\"") != NULL) {
        channel_answer(of->channel, 202, JSON, mock->rebuilt);
    } else {
        channel_answer(of->channel, 202, JSON, "");
    }
}

static void
show_server(const asking *of, int id)
{
    char server[2048];
    char body[4096];

    (void)print_server(server, sizeof server, of->mock, id, of->mock->mark);
    (void)snprintf(body, sizeof body, "{\"server\": %s}", server);
    channel_answer(of->channel, 200, JSON, body);
}

static void
show_key(const asking *of)
{
    channel_answer(of->channel, 200, JSON,
                   "{\"keypair\": {\"name\": \"my key@home/1\", "
                   "\"fingerprint\": \"00\", \"public_key\": \"ssh-rsa A\"}}");
}

/* The pages of two keys, or without pages all three. */
static void
list_keys(const asking *of)
{
    bool later = asked_query(of->asked, "marker", "b");

    if (of->mock->version < 35) {
        channel_answer(of->channel, 200, JSON,
                       "{\"keypairs\": [{\"keypair\": {\"name\": \"a\"}}, "
                       "{\"keypair\": {\"name\": \"b\"}}, {\"keypair\": "
                       "{\"name\": \"c\"}}]}");
        return;
    }
    channel_answer(
        of->channel, 200, JSON,
        later ? "{\"keypairs\": [{\"keypair\": {\"name\": \"c\", \"type\": "
                "\"x509\"}}]}"
              : "{\"keypairs\": [{\"keypair\": {\"name\": \"a\", \"type\": "
                "\"ssh\"}}, {\"keypair\": {\"name\": \"b\", \"type\": "
                "\"ssh\"}}], \"keypairs_links\": [{\"rel\": \"next\", "
                "\"href\": \"http://elsewhere.invalid/\"}]}");
}

static void
make_key(const asking *of)
{
    const char *body = of->asked->body;
    bool imported = strstr(body, "\"public_key\":") != NULL;

    if (!imported && of->mock->version >= 92) {
        complain(of, "Nova makes no keys then");
    } else if (strchr(body, '@') != NULL && of->mock->version < 92) {
        channel_answer(of->channel, 400, JSON,
                       "{\"badRequest\": {\"message\": \"Keypair name "
                       "contains unsafe characters\", \"code\": 400}}");
    } else {
        channel_answer(of->channel, 200, JSON,
                       imported ? "{\"keypair\": {\"name\": \"key\", "
                                  "\"fingerprint\": \"00\"}}"
                                : "{\"keypair\": {\"name\": \"key\", "
                                  "\"private_key\": \"PRIVATE\"}}");
    }
}

static void
list_flavors(const asking *of)
{
    channel_answer(of->channel, 200, JSON,
                   of->mock->version >= 61
                       ? "{\"flavors\": [{\"id\": \"7\", \"name\": \"seven\", "
                         "\"ram\": 512, \"extra_specs\": {\"hw:gpu\": "
                         "\"1\"}}]}"
                       : "{\"flavors\": [{\"id\": \"7\", \"name\": \"seven\", "
                         "\"ram\": 512}]}");
}

/* ---- Neutron --------------------------------------------------------------
 */

/* A network lan, two of the name twice, and one of a name that is like the one
 * that is asked for. */
static void
list_networks(const asking *of)
{
    const char *body = "{\"networks\": []}";

    if (asked_query(of->asked, "name", "lan")) {
        body = "{\"networks\": [{\"id\": \"lan-id\", \"name\": \"lan\"}, "
               "{\"id\": \"other-id\", \"name\": \"lan2\"}]}";
    } else if (asked_query(of->asked, "name", "twice")) {
        body = "{\"networks\": [{\"id\": \"a\", \"name\": \"twice\"}, "
               "{\"id\": \"b\", \"name\": \"twice\"}]}";
    }
    channel_answer(of->channel, 200, JSON, body);
}

/* ---- all ------------------------------------------------------------------
 */

static void
serve(const asking *of)
{
    openstack_mock *mock = of->mock;

    if (is_asked(of, "POST", "/identity/v3/auth/tokens")) {
        give_token(of);
    } else if (strncmp(of->asked->target, "/compute/v2.1/", 14) != 0 &&
               strncmp(of->asked->target, "/image/v2/", 10) != 0 &&
               strncmp(of->asked->target, "/network/v2.0/", 14) != 0) {
        complain(of, "nothing is there");
    } else if (!is_known(of)) {
        return;
    } else if (is_asked(of, "GET", "/compute/v2.1/")) {
        show_versions(of);
    } else if (!has_version(of)) {
        return;
    } else if (mock->fault != 0) {
        int status = mock->fault;

        mock->fault = 0;
        channel_answer(of->channel, status, JSON, mock->fault_body);
    } else if (is_asked(of, "GET", "/compute/v2.1/servers/detail")) {
        list_servers(of);
    } else if (is_asked(of, "POST", "/compute/v2.1/servers")) {
        create_server(of);
    } else if (is_asked(of, "GET", "/compute/v2.1/servers/id-900")) {
        show_server(of, 900);
    } else if (is_asked(of, "GET", "/compute/v2.1/servers/id-1")) {
        show_server(of, 1);
    } else if (is_asked(of, "GET", KEY_PATH) ||
               is_asked(of, "DELETE", KEY_PATH)) {
        show_key(of);
    } else if (is_asked(of, "GET", "/compute/v2.1/os-keypairs")) {
        list_keys(of);
    } else if (is_asked(of, "POST", "/compute/v2.1/os-keypairs")) {
        make_key(of);
    } else if (is_asked(of, "GET", "/compute/v2.1/flavors/detail")) {
        list_flavors(of);
    } else if (metadata_serve(mock, of->asked, of->channel)) {
        return;
    } else if (neutron_serve(mock, of->asked, of->channel)) {
        return;
    } else if (is_asked(of, "GET", "/network/v2.0/networks")) {
        list_networks(of);
    } else if (is_asked(of, "POST", "/compute/v2.1/servers/id-1/action")) {
        act_on_server(of);
    } else if (is_asked(of, "GET", "/image/v2/images")) {
        channel_answer(of->channel, 200, JSON, "{\"images\": []}");
    } else {
        complain(of, "there is no such method");
    }
}

static void
provide(void *user, const web_asked *asked, web_channel *channel)
{
    const asking of = {user, asked, channel};

    (void)pthread_mutex_lock(&of.mock->lock);
    serve(&of);
    (void)pthread_mutex_unlock(&of.mock->lock);
}

openstack_mock *
mock_start(int servers)
{
    return mock_start_tls(servers, NULL);
}

openstack_mock *
mock_start_tls(int servers, const char *pem)
{
    openstack_mock *mock = calloc(1, sizeof *mock);

    assert_non_null(mock);
    (void)pthread_mutex_init(&mock->lock, NULL);
    mock->servers = servers;
    mock->life_s = 3600;
    mock->most = 93;
    mock->web = server_start(provide, mock, pem, NULL);
    (void)snprintf(mock->endpoint, sizeof mock->endpoint, "%s/identity",
                   server_url(mock->web));
    return mock;
}

void
mock_stop(openstack_mock *mock)
{
    int complaints;

    server_stop(mock->web);
    complaints = mock->complaints;
    (void)pthread_mutex_destroy(&mock->lock);
    free(mock);
    assert_int_equal(complaints, 0);
}

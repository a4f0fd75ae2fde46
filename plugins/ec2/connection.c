/* Connections: options, and the signature on each attempt. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "ec2.h"
#include "sign.h"
#include "text.h"
#include "xml.h"

#include <stdlib.h>
#include <time.h>

/* The page of a listing adds a parameter or two. */
#define SIGNED_MAX (EC2_PARAMS_MAX + 8)

/* ---- each attempt ---------------------------------------------------------
 */

static int32_t
set_date(pileus_call *call, char date[EC2_DATE_SIZE])
{
    time_t now = time(NULL);
    struct tm utc;

    if (gmtime_r(&now, &utc) == NULL ||
        strftime(date, EC2_DATE_SIZE, "%Y%m%dT%H%M%SZ", &utc) == 0) {
        return pileus_fail(call, PILEUS_FAILED,
                           "this machine's clock is at no time that requests "
                           "can be signed with: set it");
    }
    return PILEUS_OK;
}

static int32_t
set_headers(const ec2_keys *keys, pileus_attempt *attempt, const char *date,
            const char *authorization)
{
    int32_t code = pileus_attempt_set_header(attempt, "X-Amz-Date", date);

    if (code == PILEUS_OK && keys->token != NULL) {
        code = pileus_attempt_set_header(attempt, "X-Amz-Security-Token",
                                         keys->token);
    }
    return code == PILEUS_OK ? pileus_attempt_set_header(
                                   attempt, "Authorization", authorization)
                             : code;
}

static int32_t
sign_with(const ec2_connection *connection, const ec2_keys *keys,
          pileus_call *call, pileus_attempt *attempt)
{
    const ec2_signer signer = {
        .key = keys->key,
        .secret = keys->secret,
        .token = keys->token,
        .region = connection->region,
        .service = "ec2",
    };
    pileus_pair query[SIGNED_MAX];
    char date[EC2_DATE_SIZE];
    ec2_unsigned what = {
        .method = pileus_attempt_method(attempt),
        .path = pileus_attempt_path(attempt),
        .host = connection->host,
        .date = date,
        .query = query,
    };
    pileus_text *header = NULL;
    char *value = NULL;
    int32_t code = set_date(call, date);

    if (*what.path == '\0') {
        what.path = "/";
    }
    what.body = pileus_attempt_body(attempt, &what.body_size);
    while (what.query_count < SIGNED_MAX &&
           pileus_attempt_query_at(attempt, what.query_count,
                                   &query[what.query_count])) {
        what.query_count++;
    }
    if (code == PILEUS_OK) {
        code = ec2_sign(call, &signer, &what, &header, &value);
    }
    if (code == PILEUS_OK) {
        code = set_headers(keys, attempt, date, value);
    }
    pileus_text_drop(header);
    return code;
}

static int32_t
sign(void *user, pileus_call *call, pileus_attempt *attempt)
{
    ec2_connection *connection = user;
    pileus_lease *lease = connection->credentials.lease;
    void *keys = NULL;
    int32_t code = pileus_lease_take(lease, call, &keys);

    if (code == PILEUS_OK) {
        code = sign_with(connection, keys, call, attempt);
        pileus_lease_put_back(lease, keys);
    }
    return code;
}

/* ---- opening --------------------------------------------------------------
 */

/* A copy of the option's value; false: no memory. Unset or empty: NULL. */
static bool
copy_setting(char **copy, pileus_call *call, const char *name)
{
    const char *value = pileus_setting(call, name);

    *copy = value == NULL || *value == '\0' ? NULL : strdup(value);
    return value == NULL || *value == '\0' || *copy != NULL;
}

static void
release(ec2_connection *connection, const pileus_host *host)
{
    pileus_http_free(connection->http);
    ec2_credentials_end(&connection->credentials, host);
    free(connection->host);
    free(connection->region);
    free(connection->owners);
    (void)pthread_mutex_destroy(&connection->settling.lock);
    free(connection);
}

/* The endpoint without its scheme and path, and without the scheme's own port,
 * which is not sent. */
static char *
host_of(const char *endpoint)
{
    bool tls = *endpoint != '\0' && strncmp(endpoint + 4, "s:", 2) == 0;
    const char *usual = tls ? ":443" : ":80";
    const char *host = strstr(endpoint, "://");
    size_t length;

    host = host == NULL ? endpoint : host + 3;
    length = strcspn(host, "/");
    if (length > strlen(usual) &&
        strncmp(host + length - strlen(usual), usual, strlen(usual)) == 0) {
        length -= strlen(usual);
    }
    return strndup(host, length);
}

/* Where the API of a region is, when nobody says: some are in partitions with
 * domains of their own (AWS General Reference, "Amazon EC2 endpoints"). NULL:
 * as the manifest has it. */
static const char *
usual_endpoint(const char *region)
{
    static const struct {
        const char *begin;
        const char *endpoint;
    } partitions[] = {
        {"cn-", "https://ec2.{region}.amazonaws.com.cn"},
        {"eusc-", "https://ec2.{region}.amazonaws.eu"},
        {"us-iso-", "https://ec2.{region}.c2s.ic.gov"},
        {"us-isob-", "https://ec2.{region}.sc2s.sgov.gov"},
        {"eu-isoe-", "https://ec2.{region}.cloud.adc-e.uk"},
        {"us-isof-", "https://ec2.{region}.csp.hci.ic.gov"},
    };

    for (size_t i = 0; i < sizeof partitions / sizeof partitions[0]; i++) {
        const char *begin = partitions[i].begin;

        if (strncmp(region, begin, strlen(begin)) == 0) {
            return partitions[i].endpoint;
        }
    }
    return NULL;
}

static int32_t
provide_endpoint(const ec2_connection *made, pileus_call *call)
{
    const char *source = pileus_setting_source(call, "endpoint");
    const char *usual = source != NULL && strcmp(source, "default") == 0
                            ? usual_endpoint(made->region)
                            : NULL;

    return usual == NULL ? PILEUS_OK
                         : pileus_setting_provide(call, "endpoint", usual,
                                                  "what the region is in");
}

static int32_t
connect_http(ec2_connection *made, pileus_call *call)
{
    static const char *const secrets[] = {
        "Authorization", "X-Amz-Security-Token", "keyMaterial", "UserData"};
    const pileus_http_hooks hooks = {
        .struct_size = sizeof hooks,
        .user = made,
        .sign = sign,
        .explain = ec2_explain,
        .format = &ec2_xml,
    };
    int32_t code = provide_endpoint(made, call);

    if (code != PILEUS_OK) {
        return code;
    }
    made->http = pileus_http_new(call, &hooks);
    if (made->http == NULL) {
        return PILEUS_FAILED; /* reported */
    }
    made->host = host_of(pileus_http_endpoint(made->http));
    if (made->host == NULL) {
        return ec2_no_memory(call);
    }
    for (size_t i = 0;
         code == PILEUS_OK && i < sizeof secrets / sizeof secrets[0]; i++) {
        code = pileus_http_secret(made->http, call, secrets[i]);
    }
    return code;
}

/* It goes into the host's name, and into what is signed. */
static int32_t
check_region(const ec2_connection *made, pileus_call *call)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyz"
                                "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._";

    return made->region != NULL &&
                   made->region[strspn(made->region, plain)] == '\0'
               ? PILEUS_OK
               : pileus_fail(call, PILEUS_CONFIGURATION,
                             "'%.64s' is no region: name one such as "
                             "eu-central-1",
                             made->region == NULL ? "" : made->region);
}

static int32_t
take_settings(ec2_connection *made, pileus_call *call)
{
    int32_t code = ec2_find_credentials(&made->credentials, call);

    if (code == PILEUS_OK && (!copy_setting(&made->region, call, "region") ||
                              !copy_setting(&made->owners, call, "owners"))) {
        code = ec2_no_memory(call);
    }
    return code == PILEUS_OK ? check_region(made, call) : code;
}

static ec2_connection *
new_connection(void)
{
    ec2_connection *made = calloc(1, sizeof *made);

    if (made == NULL || pthread_mutex_init(&made->settling.lock, NULL) != 0) {
        free(made);
        return NULL;
    }
    return made;
}

int32_t
ec2_open(void *state, pileus_call *call, void **connection)
{
    ec2_connection *made = new_connection();
    int32_t code;

    (void)state;
    if (made == NULL) {
        return pileus_fail(call, PILEUS_NO_MEMORY,
                           "no memory for a connection to EC2");
    }
    code = take_settings(made, call);
    if (code == PILEUS_OK) {
        code = connect_http(made, call);
    }
    /* After the way to EC2, for the first way is the one of raw requests. */
    if (code == PILEUS_OK && made->credentials.is_due) {
        code = ec2_open_metadata(&made->credentials, call);
    }
    if (code == PILEUS_OK) {
        code = ec2_credentials_begin(&made->credentials, call);
    }
    if (code == PILEUS_OK) {
        *connection = made;
    } else {
        release(made, PILEUS_HOST(call));
    }
    return code;
}

void
ec2_close(void *connection)
{
    ec2_connection *self = connection;

    release(self, PILEUS_HOST(self->http));
}

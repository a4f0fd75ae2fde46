/* A provider that answers everything, and whose failures echo what was asked.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/secrets/provider.h"

#include "tests/secrets/find.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define JSON "Content-Type: application/json\r\n"
#define ANSWER_MAX (512 * 1024)

const char *
manner_name(manner how)
{
    static const char *const names[MANNERS] = {
        "success",      "refused",     "forbidden",  "not found",
        "a mistake",    "broken",      "a web page", "plain text",
        "half of JSON", "wrong types", "elsewhere",  "cut off",
    };

    return names[how];
}

/* ---- success ----------------------------------------------------------------
 */

/* An object of any kind, as far as one can be all of them. */
static void
write_object(FILE *out, bool gogrid, bool fresh)
{
    fprintf(out,
            "{\"id\": 7, \"name\": \"seven\", \"slug\": \"seven\", "
            "\"status\": \"active\", \"size_slug\": \"seven\", "
            "\"memory\": 1024, \"vcpus\": 1, \"cpunumber\": 1, \"disk\": 10, "
            "\"cores\": 1, \"size\": 10, \"size_gigabytes\": 10, "
            "\"created\": \"2026-01-02T03:04:05Z\", "
            "\"created_at\": \"2026-01-02T03:04:05Z\", "
            "\"fingerprint\": \"00:11\", \"public_key\": \"ssh-ed25519 AAAA\", "
            "\"droplet_ids\": [7], \"resource_id\": \"7\", \"server\": 7, "
            "\"regions\": [\"seven\"], \"available\": true, "
            "\"min_disk_size\": 10, \"disksize\": 10, \"passwordenabled\": "
            "true, \"serviceofferingid\": 7, \"templateid\": 7, "
            "\"virtualmachineid\": 7, \"volumeid\": 7, \"zoneid\": 7");
    if (gogrid) {
        fputs(", \"ip\": {\"ip\": \"192.0.2.7\"}, \"state\": {\"name\": "
              "\"On\"}, \"ram\": {\"name\": \"512MB\"}, \"image\": {\"id\": 7}",
              out);
    } else {
        fputs(", \"state\": \"Running\", \"image\": {\"id\": 7}, "
              "\"server_type\": {\"name\": \"seven\"}, \"region\": {\"slug\": "
              "\"seven\"}, \"location\": {\"name\": \"seven\"}",
              out);
    }
    if (fresh) {
        fputs(", \"password\": \"" MADE "-1\", \"privatekey\": \"" MADE
              "-2\", \"private_key\": \"" MADE "-3\"",
              out);
    }
    fputc('}', out);
}

static void
write_things(FILE *out, const char *const *names, bool list, bool gogrid,
             bool fresh)
{
    for (; *names != NULL; names++) {
        fprintf(out, "\"%s\": %s", *names, list ? "[" : "");
        write_object(out, gogrid, fresh);
        fputs(list ? "], " : ", ", out);
    }
}

static void
write_all(FILE *out, const web_asked *asked, bool fresh)
{
    static const char *const singles[] = {"droplet", "server",  "volume",
                                          "image",   "ssh_key", "snapshot",
                                          "keypair", NULL};
    static const char *const lists[] = {
        "droplets",     "servers",    "volumes",        "images",
        "regions",      "sizes",      "list",           "locations",
        "snapshots",    "zone",       "server_types",   "ssh_keys",
        "template",     "volume",     "snapshot",       "serviceoffering",
        "diskoffering", "sshkeypair", "virtualmachine", NULL};
    static const char *const results[] = {"virtualmachine", "volume",
                                          "snapshot", "template", NULL};
    bool gogrid = strstr(asked->target, "/grid/") != NULL ||
                  strstr(asked->target, "/support/") != NULL;
    bool cloudstack = strstr(asked->target, "command=") != NULL;

    fputc('{', out);
    if (!cloudstack) {
        write_things(out, singles, false, gogrid, fresh);
    } else {
        fputs("\"jobid\": \"1\", \"id\": \"7\", \"jobstatus\": 1, "
              "\"jobresult\": {",
              out);
        write_things(out, results, false, false, fresh);
        fputs("\"success\": true}, \"success\": true, \"keypair\": ", out);
        write_object(out, false, fresh);
        fputs(", ", out);
    }
    write_things(out, lists, true, gogrid, fresh && gogrid);
    fprintf(out,
            "\"count\": 1, \"root_password\": %s, \"action\": {\"id\": 1, "
            "\"status\": \"%s\"}, \"next_actions\": [], \"links\": {}, "
            "\"meta\": {\"total\": 1, \"pagination\": {\"next_page\": null, "
            "\"total_entries\": 1}}, \"summary\": {\"total\": 1}, "
            "\"status\": \"success\"}",
            fresh ? "\"" MADE "-4\"" : "null",
            strstr(asked->target, "/v2/") != NULL ? "completed" : "success");
}

/* ---- in XML -----------------------------------------------------------------
 */

/* Does it speak EC2's protocol? */
static bool
speaks_xml(const web_asked *asked)
{
    return strstr(asked->target, "Action=") != NULL ||
           strstr(asked->body, "Action=") != NULL;
}

/* A thing of any kind. */
#define XML_THING                                                              \
    "<instanceId>i-7</instanceId><volumeId>vol-7</volumeId><size>7</size>"     \
    "<snapshotId>snap-7</snapshotId><imageId>ami-7</imageId><keyName>seven"    \
    "</keyName><zoneName>seven</zoneName><instanceType>seven</instanceType>"   \
    "<name>seven</name>"

static void
write_xml(FILE *out, const web_asked *asked)
{
    static const char *const lists[] = {
        "imagesSet",   "volumeSet",       "snapshotSet",
        "keySet",      "instanceTypeSet", "availabilityZoneInfo",
        "instancesSet"};
    bool fresh = strstr(asked->body, "Action=CreateKeyPair") != NULL;

    fputs("<R>" XML_THING "<reservationSet><item><instancesSet><item>" XML_THING
          "</item></instancesSet></item></reservationSet>",
          out);
    for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++) {
        fprintf(out, "<%s><item>" XML_THING "</item></%s>", lists[i], lists[i]);
    }
    fprintf(out, "%s</R>",
            fresh ? "<keyMaterial>" MADE "-5</keyMaterial>" : "");
}

/* ---- Keystone ---------------------------------------------------------------
 */

static bool
logs_in(const web_asked *asked)
{
    return strstr(asked->target, "/auth/tokens") != NULL;
}

/* All services are where this one is. */
static void
write_catalogue(FILE *out, const web_asked *asked)
{
    static const char *const types[] = {"compute", "image", "volumev3"};
    char host[256] = "";

    (void)asked_header(asked, "Host", host, sizeof host);
    fputs("{\"token\": {\"catalog\": [", out);
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++) {
        fprintf(out,
                "%s{\"type\": \"%s\", \"endpoints\": [{\"interface\": "
                "\"public\", \"region\": \"seven\", \"url\": "
                "\"http://%s/v3\"}]}",
                i == 0 ? "" : ", ", types[i], host);
    }
    fputs("]}}", out);
}

/* ---- success of all kinds
 * -----------------------------------------------------
 */

/* Does it make something whose answer tells a secret? */
static bool
makes(provider *self, const web_asked *asked)
{
    static const char *const makers[] = {"command=deploy", "command=createSSH",
                                         "/support/password/"};
    bool job = strstr(asked->target, "queryAsyncJobResult") != NULL;
    bool fresh = job ? self->made
                     : strcmp(asked->method, "POST") == 0 &&
                           strstr(asked->target, "command=") == NULL &&
                           strstr(asked->target, "key") == NULL;

    for (size_t i = 0; i < sizeof makers / sizeof makers[0]; i++) {
        if (strstr(asked->target, makers[i]) != NULL ||
            strstr(asked->body, makers[i]) != NULL) {
            fresh = true;
        }
    }
    self->made = fresh && !job;
    return fresh;
}

static void
succeed(provider *self, const web_asked *asked, FILE *out)
{
    const char *command = strstr(asked->target, "command=");
    bool fresh = makes(self, asked);

    if (speaks_xml(asked)) {
        write_xml(out, asked);
        return;
    }
    if (logs_in(asked)) {
        write_catalogue(out, asked);
        return;
    }
    if (command == NULL) {
        write_all(out, asked, fresh);
        return;
    }
    fputs("{\"", out);
    for (command += strlen("command="); isalpha((unsigned char)*command);
         command++) {
        fputc(tolower((unsigned char)*command), out);
    }
    fputs("response\": ", out);
    write_all(out, asked, fresh);
    fputc('}', out);
}

/* ---- echoes
 * ------------------------------------------------------------------
 */

/* The request in the shapes that echoes come in, without what no JSON string
 * may have. */
static char *
echo_of(const web_asked *asked, bool whole)
{
    char *plain = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&plain, &size);
    char own[1024] = "";
    char proxy[1024] = "";

    (void)asked_header(asked, "Authorization", own, sizeof own);
    (void)asked_header(asked, "Proxy-Authorization", proxy, sizeof proxy);
    fprintf(out, "you asked %s for %s with %s %s %.2000s", asked->method,
            whole ? asked->target : "something", own, proxy,
            whole ? asked->body : "");
    (void)fclose(out);
    for (char *c = plain; *c != '\0'; c++) {
        *c = (unsigned char)*c < ' ' ? ' ' : *c;
    }
    return plain;
}

static void
write_escaped(FILE *out, const char *text)
{
    for (; *text != '\0'; text++) {
        fprintf(out,
                *text == '"' || *text == '\\' || *text == '/' ? "\\%c" : "%c",
                *text);
    }
}

static void
write_html(FILE *out, const char *text)
{
    for (; *text != '\0'; text++) {
        switch (*text) {
        case '&':
            fputs("&amp;", out);
            break;
        case '<':
            fputs("&lt;", out);
            break;
        case '>':
            fputs("&gt;", out);
            break;
        case '"':
            fputs("&quot;", out);
            break;
        default:
            fputc(*text, out);
        }
    }
}

/* All that a provider's error may be called, with the echo in it. */
static void
write_error(FILE *out, const web_asked *asked)
{
    static const char *const names[] = {"message", "errortext", "id",
                                        "code",    "details",   "displaytext"};
    char *plain = echo_of(asked, true);
    char *bare = echo_of(asked, false);
    char *const shapes[] = {encode_percent(bare), encode_base64(plain),
                            encode_json(bare)};

    fputs("{\"errorresponse\": ", out);
    for (int depth = 0; depth < 3; depth++) {
        fprintf(out, "%s{", depth == 0 ? "" : "\"error\": ");
        for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
            fprintf(out, "\"%s\": \"", names[i]);
            write_escaped(out, plain);
            for (size_t j = 0; j < 3; j++) {
                fprintf(out, " %s", shapes[j]);
            }
            fputs("\", ", out);
        }
        fputs("\"errorcode\": 431, ", out);
    }
    fputs("\"x\": 0}}}", out);
    for (size_t j = 0; j < 3; j++) {
        free(shapes[j]);
    }
    free(plain);
    free(bare);
}

/* The same in XML. */
static void
write_xml_error(FILE *out, const web_asked *asked)
{
    char *plain = echo_of(asked, true);

    fputs("<Response><Errors><Error><Code>", out);
    write_html(out, plain);
    fputs("</Code><Message>", out);
    write_html(out, plain);
    fputs("</Message></Error></Errors><RequestID>", out);
    write_html(out, plain);
    fputs("</RequestID></Response>", out);
    free(plain);
}

static void
fail_with(manner how, const web_asked *asked, FILE *out)
{
    char *plain = echo_of(asked, how != WEB_PAGE);

    switch (how) {
    case WEB_PAGE:
        fputs("<html><head><title>", out);
        write_html(out, plain);
        fputs("</title></head></html>", out);
        break;
    case PLAIN_TEXT:
        fputs(plain, out);
        break;
    case HALF:
        fputs("{\"message\": \"", out);
        write_escaped(out, plain);
        break;
    case WRONG_TYPES:
        fputs("{\"droplets\": \"", out);
        write_escaped(out, plain);
        fputs("\", \"servers\": [{\"id\": {\"", out);
        write_escaped(out, plain);
        fputs("\": 1}}]}", out);
        break;
    default:
        if (speaks_xml(asked)) {
            write_xml_error(out, asked);
        } else {
            write_error(out, asked);
        }
    }
    free(plain);
}

void
provide(void *user, const web_asked *asked, web_channel *channel)
{
    static const int statuses[MANNERS] = {
        [SUCCESS] = 200,     [REFUSED] = 401,       [FORBIDDEN] = 403,
        [NOT_FOUND] = 404,   [UNPROCESSABLE] = 422, [BROKEN] = 500,
        [WEB_PAGE] = 503,    [PLAIN_TEXT] = 200,    [HALF] = 200,
        [WRONG_TYPES] = 200, [ELSEWHERE] = 302,
    };
    provider *self = user;
    manner how = (enum manner)atomic_load(&self->manner);
    char *body = NULL;
    size_t size = 0;
    FILE *out;
    char headers[6000];

    if (how == CUT_OFF) {
        channel_reset(channel);
        return;
    }
    out = open_memstream(&body, &size);
    if (how == SUCCESS) {
        succeed(self, asked, out);
    } else {
        fail_with(how, asked, out);
    }
    (void)fclose(out);
    (void)snprintf(
        headers, sizeof headers, JSON "X-Request-Id: %.1000s\r\n%s%s%.4000s%s",
        how == SUCCESS ? "r-1" : asked->target,
        logs_in(asked) ? "X-Subject-Token: " MADE "-6\r\n" : "",
        how == ELSEWHERE ? "Location: https://x.example/" : "",
        how == ELSEWHERE ? asked->target : "", how == ELSEWHERE ? "\r\n" : "");
    channel_answer(channel, statuses[how], headers, body);
    free(body);
}

/* Answers of a provider that fails, which echo what was asked. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "sdk/check/answer.h"

#include "sdk/check/report.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ECHO_MAX 2000

static const struct {
    const char *name;
    int status;
} manners[CHECK_MANNERS] = {
    [CHECK_NOTHING_THERE] = {"404, there is no such thing", 404},
    [CHECK_REFUSED] = {"401, who are you", 401},
    [CHECK_FORBIDDEN] = {"403, you may not", 403},
    [CHECK_INVALID] = {"422, that makes no sense", 422},
    [CHECK_TOO_MANY] = {"429, too many requests", 429},
    [CHECK_BROKEN] = {"500, a mistake of the provider's", 500},
    [CHECK_UNAVAILABLE] = {"503, not now", 503},
    [CHECK_WEB_PAGE] = {"a web page with status 200", 200},
    [CHECK_WRONG_TYPES] = {"status 200 with other types than documented", 200},
    [CHECK_TRUNCATED] = {"an answer that ends too soon", 200},
    [CHECK_CUT_OFF] = {"the connection lost before the answer", 0},
    [CHECK_ELSEWHERE] = {"a redirect to another host", 302},
    [CHECK_SILENT] = {"no answer at all", 0},
};

const char *
check_manner_name(check_manner manner)
{
    return manners[manner].name;
}

/* Does it want XML, as EC2's protocol does? */
static bool
wants_xml(const char *request)
{
    return strstr(request, "Action=") != NULL ||
           strstr(request, "/xml") != NULL;
}

/* As text between XML's tags. */
static void
write_xml_text(FILE *out, const char *text)
{
    for (; *text != '\0'; text++) {
        unsigned char c = (unsigned char)*text;

        if (c == '<' || c == '>' || c == '&') {
            (void)fprintf(out, "&#%u;", (unsigned)c);
        } else {
            (void)putc(c < ' ' || c > '~' ? ' ' : c, out);
        }
    }
}

/* All that an error's words may be called. */
static void
write_json(FILE *out, const char *echo, int status)
{
    static const char *const names[] = {"message", "errortext",  "error",
                                        "code",    "request_id", "detail"};

    (void)fputs("{\"errorresponse\": ", out);
    for (int depth = 0; depth < 2; depth++) {
        (void)fputs(depth == 0 ? "{" : "\"error_details\": {", out);
        for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
            (void)fprintf(out, "\"%s\": ", names[i]);
            check_json_string(out, echo);
            (void)fputs(", ", out);
        }
        (void)fprintf(out, "\"errorcode\": %d, ", status);
    }
    (void)fputs("\"x\": 0}}}", out);
}

static void
write_xml(FILE *out, const char *echo)
{
    (void)fputs("<Response><Errors><Error><Code>Failed</Code><Message>", out);
    write_xml_text(out, echo);
    (void)fputs("</Message></Error></Errors><RequestID>r-1</RequestID>"
                "</Response>",
                out);
}

static void
write_body(FILE *out, check_manner how, const char *request)
{
    char echo[ECHO_MAX + 32];

    (void)snprintf(echo, sizeof echo, "you asked %.*s", ECHO_MAX, request);
    switch (how) {
    case CHECK_WEB_PAGE:
        (void)fputs("<html><head><title>Sign in</title></head><body>", out);
        write_xml_text(out, echo);
        (void)fputs("</body></html>", out);
        break;
    case CHECK_WRONG_TYPES:
        (void)fputs(wants_xml(request) ? "<a><a><a>1</a></a></a>"
                                       : "[[{\"id\": [], \"x\": null}], 7]",
                    out);
        break;
    case CHECK_TRUNCATED:
        (void)fputs(wants_xml(request) ? "<Response><item><name>a"
                                       : "{\"items\": [{\"id\": 1}, {\"na",
                    out);
        break;
    default:
        if (wants_xml(request)) {
            write_xml(out, echo);
        } else {
            write_json(out, echo, manners[how].status);
        }
    }
}

/* ---- letting in -------------------------------------------------------------
 */

bool
check_answer_lets_in(const char *request)
{
    size_t line = strcspn(request, "\r");
    const char *path = strstr(request, "/v3/auth/tokens ");

    return strncmp(request, "POST ", 5) == 0 && path != NULL &&
           path < request + line;
}

/* The host that was asked, as its header has it. */
static void
copy_host(char *host, size_t room, const char *request)
{
    const char *at = strstr(request, "\r\nHost: ");

    at = at == NULL ? "" : at + strlen("\r\nHost: ");
    (void)snprintf(host, room, "%.*s", (int)strcspn(at, "\r"), at);
}

/* All services are where this one is. */
static void
let_in(FILE *out, const char *request)
{
    static const char *const types[] = {"compute", "image", "volumev3",
                                        "network"};
    char body[2048];
    char host[256];
    size_t size;

    copy_host(host, sizeof host, request);
    size = (size_t)snprintf(body, sizeof body, "{\"token\": {\"catalog\": [");
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++) {
        size += (size_t)snprintf(
            body + size, sizeof body - size,
            "%s{\"type\": \"%s\", \"endpoints\": [{\"interface\": "
            "\"public\", \"region\": \"seven\", \"region_id\": \"seven\", "
            "\"url\": \"http://%s/v3\"}]}",
            i == 0 ? "" : ", ", types[i], host);
    }
    size += (size_t)snprintf(body + size, sizeof body - size,
                             "], \"expires_at\": \"2099-01-01T00:00:00Z\"}}");
    (void)fprintf(out,
                  "HTTP/1.1 201 Created\r\nContent-Type: application/json\r\n"
                  "X-Subject-Token: session\r\nContent-Length: %zu\r\n\r\n%s",
                  size, body);
}

/* ---- all answers ----------------------------------------------------------
 */

static void
write_answer(FILE *out, check_manner how, const char *request, const char *body,
             size_t size)
{
    (void)fprintf(out,
                  "HTTP/1.1 %d Status\r\nContent-Type: %s\r\n"
                  "Content-Length: %zu\r\n%s%s\r\n",
                  manners[how].status,
                  how == CHECK_WEB_PAGE ? "text/html"
                  : wants_xml(request)  ? "text/xml"
                                        : "application/json",
                  how == CHECK_TRUNCATED ? size + 1000 : size,
                  how == CHECK_TOO_MANY ? "Retry-After: 0\r\n" : "",
                  how == CHECK_ELSEWHERE
                      ? "Location: https://elsewhere.invalid/\r\n"
                      : "");
    (void)fwrite(body, 1, size, out);
}

bool
check_answer_make(check_answer *made, check_manner how, const char *request)
{
    char *body = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&body, &size);
    bool good;

    if (out == NULL) {
        return false;
    }
    write_body(out, how, request);
    good = fclose(out) == 0;
    out = good ? open_memstream(&made->data, &made->size) : NULL;
    if (out != NULL) {
        if (check_answer_lets_in(request)) {
            let_in(out, request);
        } else {
            write_answer(out, how, request, body, size);
        }
        good = fclose(out) == 0;
    }
    free(body);
    return good && out != NULL;
}

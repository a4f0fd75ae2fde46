/* libcloud's exchanges with EC2, as we ask them. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/peer/ec2.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void
write_string(FILE *out, const char *text)
{
    (void)fputc('"', out);
    for (; *text != '\0'; text++) {
        (void)fprintf(out,
                      *text == '"' || *text == '\\' ? "\\%c"
                      : (unsigned char)*text < ' '  ? "\\u%04x"
                                                    : "%c",
                      *text);
    }
    (void)fputc('"', out);
}

/* A form, as a JSON string. */
static void
write_form(FILE *out, yajl_val query)
{
    (void)fputc('"', out);
    for (size_t i = 0; i < YAJL_GET_OBJECT(query)->len; i++) {
        const char *value = YAJL_GET_STRING(YAJL_GET_OBJECT(query)->values[i]);

        assert_non_null(value);
        (void)fprintf(out, "%s%s=", i == 0 ? "" : "&",
                      YAJL_GET_OBJECT(query)->keys[i]);
        for (; *value != '\0'; value++) {
            (void)fprintf(out, isalnum((unsigned char)*value) ? "%c" : "%%%02X",
                          (unsigned char)*value);
        }
    }
    (void)fputc('"', out);
}

static void
write_query(FILE *out, yajl_val query)
{
    (void)fputc('{', out);
    for (size_t i = 0; i < YAJL_GET_OBJECT(query)->len; i++) {
        (void)fputs(i == 0 ? "" : ", ", out);
        write_string(out, YAJL_GET_OBJECT(query)->keys[i]);
        (void)fputs(": ", out);
        write_string(out, YAJL_GET_STRING(YAJL_GET_OBJECT(query)->values[i]));
    }
    (void)fputc('}', out);
}

/* One fixture of libcloud's has a set for each snapshot, which is nothing that
 * Amazon says: it is made one set. */
static void
join_sets(char *body)
{
    char *end;

    while ((end = strstr(body, "</snapshotSet>")) != NULL) {
        char *begin = strstr(end, "<snapshotSet>");

        if (begin == NULL) {
            return;
        }
        memset(end, ' ', strlen("</snapshotSet>"));
        memset(begin, ' ', strlen("<snapshotSet>"));
        body = end;
    }
}

static void
write_exchange(FILE *out, yajl_val exchange, const char *action)
{
    yajl_val query = peer_get(peer_get(exchange, "request"), "query");
    yajl_val response = peer_get(exchange, "response");
    bool reads = strncmp(action, "Describe", 8) == 0;
    char *body = YAJL_GET_STRING(peer_get(response, "body"));

    join_sets(body);
    (void)fputs("{\"op\": \"ours\", \"scenario\": ", out);
    write_string(out, peer_string(exchange, "scenario"));
    (void)fprintf(out,
                  ", \"request\": {\"method\": \"%s\", \"host\": "
                  "\"https://ec2.invalid\", \"path\": \"" EC2_OURS
                  "\", \"headers\": {}, \"query\": ",
                  reads ? "GET" : "POST");
    if (reads) {
        write_query(out, query);
        (void)fputs(", \"body\": \"\"", out);
    } else {
        (void)fputs("{}, \"body\": ", out);
        write_form(out, query);
    }
    (void)fprintf(out,
                  "}, \"response\": {\"status\": %s, \"headers\": {}, "
                  "\"body\": ",
                  YAJL_GET_NUMBER(peer_get(response, "status")));
    write_string(out, body);
    (void)fputs("}}\n", out);
}

static void
add_line(ec2_exchanges *exchanges, FILE *out, const char *line)
{
    yajl_val exchange = yajl_tree_parse(line, NULL, 0);
    const char *action;

    assert_non_null(exchange);
    action =
        peer_string(peer_get(peer_get(exchange, "request"), "query"), "Action");
    exchanges->actions =
        realloc(exchanges->actions,
                (exchanges->count + 1) * sizeof exchanges->actions[0]);
    assert_non_null(exchanges->actions);
    exchanges->actions[exchanges->count] = strdup(action);
    write_exchange(out, exchange, action);
    exchanges->count++;
    yajl_tree_free(exchange);
}

bool
ec2_exchanges_read(ec2_exchanges *exchanges)
{
    char *text = replay_read("ec2", "exchanges.jsonl");
    char *rest = text;
    size_t size = 0;
    FILE *out;

    memset(exchanges, 0, sizeof *exchanges);
    if (text == NULL) {
        return false;
    }
    out = open_memstream(&exchanges->text, &size);
    assert_non_null(out);
    for (char *line = strtok_r(text, "\n", &rest); line != NULL;
         line = strtok_r(NULL, "\n", &rest)) {
        add_line(exchanges, out, line);
    }
    exchanges->first = exchanges->count; /* they follow libcloud's */
    assert_int_equal(fclose(out), 0);
    free(text);
    return true;
}

void
ec2_exchanges_free(ec2_exchanges *exchanges)
{
    for (size_t i = 0; i < exchanges->count; i++) {
        free(exchanges->actions[i]);
    }
    free(exchanges->actions);
    free(exchanges->text);
}

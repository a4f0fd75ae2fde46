/* Which object is meant: by id, or else by name. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "cli/find.h"

#include "cli/memory.h"
#include "cli/report.h"
#include "cli/status.h"
#include "cli/suggest.h"

#include <stdlib.h>

#define IDS_SHOWN 10 /* of objects that share a name */

/* ---- none of that name ----------------------------------------------------
 */

typedef struct search {
    const cli_kind *kind;
    cli_nearest nearest;
} search;

static bool
offer(void *user, const void *object)
{
    search *s = user;

    cli_nearest_offer(&s->nearest, s->kind->name(object));
    cli_nearest_offer(&s->nearest, s->kind->id(object));
    return true;
}

static int
none(const cli_kind *kind, pileus_connection *conn, const char *word,
     pileus_call *call)
{
    search s = {.kind = kind, .nearest = {.word = word}};
    cli_taker to = {offer, &s};

    /* A failure of this only costs the suggestion. */
    (void)kind->each(conn, NULL, &to, call, NULL);
    if (s.nearest.best != NULL) {
        cli_error("no %s has the id or name '%s': did you mean '%s'?",
                  kind->noun, word, s.nearest.best);
    } else {
        cli_error("no %s has the id or name '%s': 'pileus %s list' shows those "
                  "there are",
                  kind->noun, word, kind->noun);
    }
    free(s.nearest.best);
    return CLI_NOT_FOUND;
}

/* ---- one, or several ------------------------------------------------------
 */

/* Those of a name. */
typedef struct named {
    const cli_kind *kind;
    void *first;
    size_t count;
    cli_buffer ids; /* joined by commas, as far as they are shown */
} named;

static bool
take(void *user, const void *object)
{
    named *n = user;
    const char *id = n->kind->id(object);

    if (n->count == 0) {
        n->first = n->kind->ref(object);
    }
    if (n->count < IDS_SHOWN) {
        (void)fprintf(n->ids.file, "%s%s", n->count == 0 ? "" : ", ",
                      id == NULL ? "one without" : id);
    }
    n->count++;
    return true;
}

static pileus_code
list_named(named *n, pileus_connection *conn, const char *name,
           pileus_call *call, pileus_error **err)
{
    cli_taker to = {take, n};
    pileus_query *query = NULL;
    pileus_code code = pileus_query_new(&query, err);

    if (code == PILEUS_OK) {
        code = pileus_query_set_name(query, name, err);
    }
    if (code == PILEUS_OK) {
        code = n->kind->each(conn, query, &to, call, err);
    }
    pileus_query_free(query);
    return code;
}

static int
find_by_name(void **object, const cli_kind *kind, pileus_connection *conn,
             const char *word, pileus_call *call, pileus_error **err)
{
    named n = {.kind = kind};
    pileus_code code;
    int status;

    cli_buffer_open(&n.ids);
    code = list_named(&n, conn, word, call, err);
    status = cli_status_of(code);
    if (code == PILEUS_OK && n.count == 0) {
        status = none(kind, conn, word, call);
    } else if (code == PILEUS_OK && n.count > 1) {
        cli_error("%zu %ss are named '%s': say which by id (%s%s)", n.count,
                  kind->noun, word, cli_buffer_text(&n.ids),
                  n.count > IDS_SHOWN ? ", ..." : "");
        status = CLI_USAGE;
    }
    if (status == CLI_DONE) {
        *object = n.first;
    } else if (n.first != NULL) {
        kind->unref(n.first);
    }
    cli_buffer_close(&n.ids);
    return status;
}

int
cli_find(void **object, const cli_kind *kind, pileus_connection *conn,
         const char *word, pileus_call *call, const char *about)
{
    pileus_error *err = NULL;
    pileus_code code = kind->get(object, conn, word, call, &err);
    int status = cli_status_of(code);

    if (code == PILEUS_NOT_FOUND) {
        pileus_error_free(err);
        err = NULL;
        status = find_by_name(object, kind, conn, word, call, &err);
    }
    if (err != NULL) {
        cli_failure(about, err);
        pileus_error_free(err);
    }
    return status;
}

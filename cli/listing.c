/* Listings: of one connection, or of a fleet of them at once. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "cli/listing.h"

#include "cli/memory.h"
#include "cli/query.h"
#include "cli/report.h"
#include "cli/session.h"
#include "cli/status.h"

#include <pthread.h>
#include <stdlib.h>

/* One connection's part of a listing. */
typedef struct listing {
    const cli_session *session;
    const pileus_query *query;
    cli_lister lister;
    cli_output *out;
    const char *profile; /* NULL: -d says which */
    bool fleet;
    size_t number;
    pthread_t thread;
    bool threaded;
    int status;
} listing;

static bool
add(void *user, const void *object)
{
    const listing *one = user;

    return cli_output_add(one->out, object, one->number);
}

static void *
list_one(void *user)
{
    listing *one = user;
    cli_taker to = {add, one};
    pileus_call *call = cli_call_new(one->session);
    pileus_connection *conn = NULL;
    pileus_error *err = NULL;
    pileus_code code =
        cli_session_open(&conn, one->session, one->profile, call, &err);

    if (code != PILEUS_OK) {
        one->status = cli_status_of_opening(code);
    } else {
        code = one->lister != NULL
                   ? one->lister(conn, one->query, &to, one->session->args,
                                 call, &err)
                   : one->out->kind->each(conn, one->query, &to, call, &err);
        one->status = cli_status_of(code);
    }
    if (err != NULL) {
        cli_failure(one->fleet ? one->profile : NULL, err);
        pileus_error_free(err);
    }
    pileus_connection_unref(conn);
    cli_call_free(call);
    return NULL;
}

static int
list_fleet(const listing *model, const cli_strings *profiles)
{
    listing *listings = cli_alloc(profiles->count * sizeof listings[0]);
    cli_tally tally = {0};

    for (size_t i = 0; i < profiles->count; i++) {
        listings[i] = *model;
        listings[i].profile = profiles->items[i];
        listings[i].number = i;
        listings[i].threaded = pthread_create(&listings[i].thread, NULL,
                                              list_one, &listings[i]) == 0;
        if (!listings[i].threaded) { /* too many: then one by one */
            (void)list_one(&listings[i]);
        }
    }
    for (size_t i = 0; i < profiles->count; i++) {
        if (listings[i].threaded) {
            (void)pthread_join(listings[i].thread, NULL);
        }
        cli_tally_add(&tally, listings[i].status);
    }
    free(listings);
    return cli_tally_status(&tally);
}

static int
list(const cli_session *session, const pileus_query *query, cli_output *out,
     cli_lister lister)
{
    const cli_strings *profiles = &session->args->values[CLI_PROFILE];
    listing one = {
        .session = session,
        .query = query,
        .lister = lister,
        .out = out,
        .profile = cli_session_profile(session),
        .fleet = profiles->count > 1,
    };

    if (one.fleet) {
        return list_fleet(&one, profiles);
    }
    (void)list_one(&one);
    return one.status;
}

int
cli_listing_run(const cli_args *args, const cli_kind *kind, cli_lister lister)
{
    cli_session session;
    cli_output out;
    pileus_query *query = NULL;
    bool fleet = args->values[CLI_PROFILE].count > 1;
    int status;

    if (!cli_output_open(&out, args, kind, CLI_SHAPE_LIST, fleet)) {
        return CLI_USAGE;
    }
    status = cli_query_make(&query, args);
    if (status == CLI_DONE) {
        status = cli_session_start(&session, args, true);
        if (status == CLI_DONE) {
            status = list(&session, query, &out, lister);
        }
        cli_session_end(&session);
    }
    pileus_query_free(query);
    return cli_output_close(&out, status);
}

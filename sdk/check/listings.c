/* Each listing: whole, each thing once, and ended when it is told to. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "sdk/check/board.h"
#include "sdk/check/calls.h"
#include "sdk/check/groups.h"
#include "sdk/check/judge.h"
#include "sdk/check/target.h"
#include "sdk/check/walk.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* ---- ended early -----------------------------------------------------------
 */

static bool
take_one(void *user, const char *id, const char *name)
{
    size_t *count = user;

    (void)id;
    (void)name;
    (*count)++;
    return false;
}

/* The library sees to it that this is a success, whatever the driver makes of
 * it, if it comes back. */
static void
end_early(const check_listing *listing, pileus_connection *conn)
{
    pileus_call *call = check_call_new(CHECK_CALL_MS);
    size_t count = 0;

    check_doing("%s, ended after its first object", listing->name);
    (void)listing->walk(conn, take_one, &count, call, NULL);
    pileus_call_free(call);
}

/* ---- by id -----------------------------------------------------------------
 */

/* The call that gets one of what the listing lists; NULL: none does. */
static const check_call *
getter(const check_listing *listing, const pileus_driver_info *info)
{
    static const char *const pairs[][2] = {
        {"compute.list_nodes", "compute.get_node"},
        {"compute.list_images", "images.get_image"},
        {"keypairs.list_key_pairs", "keypairs.get_key_pair"},
    };

    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++) {
        for (size_t j = 0; j < check_call_count; j++) {
            if (strcmp(pairs[i][0], listing->name) == 0 &&
                strcmp(pairs[i][1], check_calls[j].name) == 0 &&
                check_call_listed(&check_calls[j], info)) {
                return &check_calls[j];
            }
        }
    }
    return NULL;
}

/* What is listed can be got. */
static void
get_first(const check_listing *listing, const check_target *target,
          const check_ids *ids)
{
    const check_call *call = getter(listing, target->plan->info);
    bool by_name = strcmp(listing->name, "keypairs.list_key_pairs") == 0;
    char text[PILEUS_ID_MAX + 1];
    const char *tab;
    check_ask ask = {target->conn, text, NULL};
    pileus_error *err = NULL;

    if (call == NULL || ids->count == 0) {
        return;
    }
    tab = strchr(ids->lines[0], '\t');
    (void)snprintf(text, sizeof text, "%.*s",
                   by_name ? (int)strlen(tab + 1) : (int)(tab - ids->lines[0]),
                   by_name ? tab + 1 : ids->lines[0]);
    check_doing("%s of '%s', which %s gave", call->name, text, listing->name);
    if (check_call_run(call, &ask, CHECK_CALL_MS, call->name, &err) !=
        PILEUS_OK) {
        check_finding("get", "%s lists '%s', and %s does not give it: %s",
                      listing->name, text, call->name,
                      pileus_error_message(err));
    }
    pileus_error_free(err);
}

/* ---- whole -----------------------------------------------------------------
 */

static void
look_at_ids(const check_listing *listing, const check_ids *ids)
{
    const char *twice = check_ids_twice(ids);

    if (ids->again) {
        check_finding("pages",
                      "%s begins again with its first object when it should "
                      "go on: its pages do not advance; let pileus_http_list "
                      "page, or check that the marker is another each time",
                      listing->name);
    } else if (twice != NULL) {
        check_finding("twice",
                      "%s gives the id '%.*s' twice: pages that overlap, or an "
                      "id that is none",
                      listing->name, (int)strcspn(twice, "\t"), twice);
    }
    if (ids->nameless) {
        check_finding("ids",
                      "%s gives an object without an id: without one nothing "
                      "can be done to it",
                      listing->name);
    }
}

static void
compare_walks(const check_listing *listing, const check_ids *first,
              const check_ids *second)
{
    const char *other = check_ids_differ(first, second);

    if (other != NULL) {
        check_finding("same",
                      "%s gives another answer the second time (%zu and %zu "
                      "objects; '%.*s' is in one of them only): is there "
                      "something it keeps between calls?",
                      listing->name, first->count, second->count,
                      (int)strcspn(other, "\t"), other);
    }
}

static void
try_listing(const check_listing *listing, const check_target *target)
{
    pileus_error *err = NULL;
    check_ids first;
    check_ids second;
    pileus_code code;

    check_doing("%s", listing->name);
    code = check_ids_take(&first, listing, target->conn, CHECK_CALL_MS, &err);
    check_judge_error(listing->name, code, err);
    if (code == PILEUS_TIMEOUT) {
        check_finding("pages", "%s has no end within %d ms: %s", listing->name,
                      CHECK_CALL_MS, pileus_error_message(err));
    } else if (code != PILEUS_OK && !check_plan_serves(target->plan)) {
        check_finding("lists", "%s fails: %s", listing->name,
                      pileus_error_message(err));
    }
    pileus_error_free(err);
    err = NULL;
    look_at_ids(listing, &first);
    if (code == PILEUS_OK && !first.again) {
        check_note("lists", "%s: %zu objects", listing->name, first.count);
        check_doing("%s, a second time", listing->name);
        if (check_ids_take(&second, listing, target->conn, CHECK_CALL_MS,
                           NULL) == PILEUS_OK) {
            compare_walks(listing, &first, &second);
        }
        check_ids_drop(&second);
        get_first(listing, target, &first);
    }
    if (code == PILEUS_OK && first.count > 1) {
        end_early(listing, target->conn);
    }
    check_ids_drop(&first);
}

void
check_listings(const check_plan *plan, size_t part)
{
    static const char *const names[] = {
        "lists", "pages", "twice", "ids", "same", "get", "early-end", "errors"};
    check_target target;

    (void)part;
    if (check_target_open_or_say(&target, plan, NULL)) {
        for (size_t i = 0; i < check_listing_count; i++) {
            if (check_listing_listed(&check_listings_all[i], plan->info)) {
                try_listing(&check_listings_all[i], &target);
            }
        }
        if (check_plan_serves(plan)) {
            check_skipped("lists", "a provider that works is not there: give "
                                   "one with --replay or --endpoint");
        } else {
            for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
                check_good_unless(names[i]);
            }
        }
    }
    check_target_close(&target);
}

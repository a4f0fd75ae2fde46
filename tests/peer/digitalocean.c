/* The DigitalOcean driver against libcloud's: every call, over real HTTP. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/peer/digitalocean.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/*
 * The replay server answers as DigitalOcean did when libcloud asked. Each call
 * of expected.json is made again through the driver, and each field of each
 * answer compared. What differs on purpose stands here, and nowhere else.
 */

#define API "https://docs.digitalocean.com/reference/api/"

static const peer_difference differences[] = {
    {"Node", "public_ips", "libcloud leaves IPv6 out",
     API "#tag/Droplets: networks.v6"},
    {"Node", "+extra.volume_ids", "libcloud leaves it out",
     API "#tag/Droplets: volume_ids"},
    {"Node", "+extra.next_backup_window", "libcloud leaves it out",
     API "#tag/Droplets: next_backup_window"},
    {"Node", "+extra.vpc_uuid", "libcloud leaves it out",
     API "#tag/Droplets: vpc_uuid"},
    {"NodeSize", "bandwidth", "libcloud takes TB for GB",
     API "#tag/Sizes: transfer is in terabytes"},
    {"NodeLocation", "extra",
     "a dict of all facts, where libcloud has features",
     API "#tag/Regions: sizes, features, available"},
    {"StorageVolume", "state", "told by what it is attached to, not null",
     API "#tag/Block-Storage: droplet_ids"},
    {"StorageVolume", "+extra.description", "libcloud leaves it out",
     API "#tag/Block-Storage: description"},
    {"VolumeSnapshot", "size", "what a volume from it needs, not what it takes",
     API "#tag/Snapshots: min_disk_size, size_gigabytes"},
    {"VolumeSnapshot", "created", "libcloud has the time in its extra alone",
     API "#tag/Snapshots: created_at"},
    {"VolumeSnapshot", "+extra.size_gigabytes", "what it takes",
     API "#tag/Snapshots: size_gigabytes"},
    {"VolumeSnapshot", "+extra.resource_type", "libcloud leaves it out",
     API "#tag/Snapshots: resource_type"},
    {"create_image", "result", "the image, which libcloud never looks for",
     API "#operation/dropletActions_post: snapshot"},
    {"attach_volume", "request", "by the volume's id, not by name and region",
     API "#operation/volumeActions_post_byId"},
    {"detach_volume", "result",
     "a volume that is attached to nothing is an "
     "error, where libcloud does nothing",
     API "#operation/volumeActions_post_byId: droplet_id is required"},
    {"ex_rename_node", "left out", "there is no rename in pileus",
     API "#operation/dropletActions_post: rename"},
    {NULL, NULL, NULL, NULL},
};

/* Requests that we make and libcloud does not, answered as the provider's
 * documentation has it. */
#define EXCHANGE(METHOD, PATH, STATUS, BODY)                                   \
    "{\"op\": \"ours\", \"scenario\": \"main\", \"request\": {\"method\": "    \
    "\"" METHOD "\", \"host\": \"api.digitalocean.com\", \"path\": \"" PATH    \
    "\", \"query\": {}, \"headers\": {}, \"body\": null}, \"response\": "      \
    "{\"status\": " STATUS ", \"headers\": {}, \"body\": \"" BODY "\"}}\n"
#define VOLUME "/v2/volumes/62766883-2c28-11e6-b8e6-000f53306ae1"
static const char ours[] = EXCHANGE(
    "GET", "/v2/actions/36805022", "200",
    "{\\\"action\\\": {\\\"id\\\": 36805022, \\\"status\\\": "
    "\\\"completed\\\", \\\"type\\\": \\\"snapshot\\\"}}")
    EXCHANGE("GET", "/v2/droplets/3164444/snapshots", "200",
             "{\\\"snapshots\\\": [{\\\"id\\\": 12344, \\\"name\\\": "
             "\\\"My snapshot\\\"}, {\\\"id\\\": 12345, \\\"name\\\": "
             "\\\"My snapshot\\\"}, {\\\"id\\\": 12346, \\\"name\\\": "
             "\\\"another\\\"}], \\\"meta\\\": {\\\"total\\\": 3}}")
        EXCHANGE("GET", VOLUME, "200",
                 "{\\\"volume\\\": {\\\"id\\\": "
                 "\\\"62766883-2c28-11e6-b8e6-000f53306ae1\\\", "
                 "\\\"droplet_ids\\\": []}}")
            EXCHANGE(
                "POST", VOLUME "/actions", "202",
                "{\\\"action\\\": {\\\"id\\\": 110956293, \\\"status\\\": "
                "\\\"in-progress\\\", \\\"type\\\": \\\"attach_volume\\\"}}");

/* Of what libcloud asked, nothing was left out but what the table names; and
 * nothing was asked that there is no answer for. */
static void
check_summary(replay *server)
{
    static const char *const left_out[] = {"ex_rename_node", "attach_volume"};
    yajl_val summary = replay_summary(server);
    yajl_val never = peer_get(summary, "never_asked");

    assert_int_equal(YAJL_GET_ARRAY(peer_get(summary, "unmatched"))->len, 0);
    for (size_t i = 0; i < YAJL_GET_ARRAY(never)->len; i++) {
        const char *op = peer_string(YAJL_GET_ARRAY(never)->values[i], "op");

        if (strcmp(op, left_out[0]) != 0 && strcmp(op, left_out[1]) != 0) {
            fail_msg("the request of %s was never made", op);
        }
    }
    yajl_tree_free(summary);
}

static pileus_connection *
connect_to(const replay *server, const char *token)
{
    pileus_options *options = NULL;
    pileus_connection *conn = NULL;
    pileus_error *err = NULL;

    done(pileus_options_new(&options, &err), err);
    done(pileus_options_set(options, "endpoint", replay_url(server), &err),
         err);
    done(pileus_options_set(options, "token", token, &err), err);
    done(pileus_connection_open(&conn, NULL, "digitalocean", options, NULL,
                                &err),
         err);
    pileus_options_free(options);
    return conn;
}

static void
test_every_call(void **state)
{
    char *text = replay_read("digitalocean", "expected.json");
    struct run now = {.check = {.differences = differences}};
    char wrong[256] = "";
    yajl_val expected;
    yajl_val calls;

    (void)state;
    if (text != NULL) {
        now.server = replay_start("digitalocean", ours,
                                  "{\"ignore_query\": [\"per_page\", "
                                  "\"page\"]}");
    }
    if (now.server == NULL) {
        free(text);
        skip();
    }
    expected = yajl_tree_parse(text, wrong, sizeof wrong);
    assert_non_null(expected);
    now.conn = connect_to(
        now.server, peer_string(peer_get(expected, "constructor"), "key"));
    calls = peer_get(expected, "calls");
    for (size_t i = 0; i < YAJL_GET_ARRAY(calls)->len; i++) {
        now.call = YAJL_GET_ARRAY(calls)->values[i];
        now.op = peer_string(now.call, "op");
        now.args = peer_get(now.call, "args");
        now.result = peer_get(now.call, "result");
        replay_scenario(now.server, peer_string(now.call, "scenario"));
        run_call(&now);
    }
    replay_scenario(now.server, "main");
    check_summary(now.server);
    peer_check_met(&now.check);
    print_message("%zu calls, %zu fields compared\n",
                  YAJL_GET_ARRAY(calls)->len, now.check.fields);
    assert_true(now.check.fields > 100);
    pileus_connection_unref(now.conn);
    replay_stop(now.server);
    yajl_tree_free(expected);
    free(text);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_call),
    };

    return cmocka_run_group_tests_name("peer/digitalocean", tests, NULL, NULL);
}

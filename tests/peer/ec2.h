/* The EC2 driver against libcloud's: what its files share. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_PEER_EC2_H
#define TESTS_PEER_EC2_H

#include "tests/peer/check.h"
#include "tests/peer/replay.h"

/* ec2_differences.c */
extern const peer_difference ec2_differences[];

/*
 * libcloud asks all by GET and signs in the query; we change things by POST. So
 * its exchanges are served again as we ask them, under the path /ours. (ec2_
 * exchanges.c)
 */
#define EC2_OURS "/ours"

typedef struct ec2_exchanges {
    char *text;     /* one on a line */
    size_t first;   /* what the first of them is by number */
    char **actions; /* of each */
    size_t count;
} ec2_exchanges;

/* False: the pack is not there. */
bool ec2_exchanges_read(ec2_exchanges *exchanges);
void ec2_exchanges_free(ec2_exchanges *exchanges);
/* One more, with what libcloud's table of sizes says. (ec2_sizes.c) */
void ec2_exchanges_add_sizes(ec2_exchanges *exchanges, yajl_val expected);

/* What create_node was asked, as ours; names of arguments that we have not are
 * looked up among the differences. (ec2_spec.c) */
pileus_node_spec *ec2_spec_of(peer_check *check, yajl_val args, bool *whole);

/* ---- ec2.c ----------------------------------------------------------------
 */

struct run {
    peer_check check;
    replay *server;
    pileus_connection *conn;
    const char *op;
    yajl_val args;
    yajl_val call;
    yajl_val result; /* NULL: it is to fail */
    size_t left_out;
};

void ec2_done(pileus_code code, const pileus_error *err);
void ec2_leave_out(struct run *run);
/* libcloud itself refuses, before it asks anything. */
bool ec2_is_its_own_refusal(struct run *run);
void ec2_check_true(struct run *run, pileus_code code, const pileus_error *err);
/* The one that the call is about. */
pileus_node *ec2_the_node(struct run *run);

/* ---- ec2_sizes.c: calls ---------------------------------------------------
 */

void ec2_list_sizes(struct run *run);

/* ---- ec2_storage.c: calls -------------------------------------------------
 */

void ec2_get_image(struct run *run);
void ec2_create_image(struct run *run);
void ec2_create_volume(struct run *run);
void ec2_attach_volume(struct run *run);
void ec2_detach_volume(struct run *run);
void ec2_destroy_volume(struct run *run);
void ec2_create_snapshot(struct run *run);
void ec2_list_snapshots(struct run *run);
void ec2_list_volume_snapshots(struct run *run);
void ec2_destroy_snapshot(struct run *run);
void ec2_get_key_pair(struct run *run);
void ec2_create_key_pair(struct run *run);
void ec2_import_key_pair(struct run *run);
void ec2_delete_key_pair(struct run *run);

#endif

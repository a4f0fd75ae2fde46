/* What the suite that compares the CloudStack driver with libcloud's shares. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_PEER_CLOUDSTACK_H
#define TESTS_PEER_CLOUDSTACK_H

#include "tests/peer/check.h"
#include "tests/peer/replay.h"
#include "tests/support/expect.h"

/* What differs on purpose, ended by one without a class. */
extern const peer_difference cloudstack_differences[];

/* Where the calls have got to. */
typedef struct peer_run {
    replay *server;
    pileus_connection *conn;
    peer_check check;
    yajl_val call;
    yajl_val args;
    yajl_val result;
    yajl_val error;
} peer_run;

pileus_connection *open_cloudstack(const char *url, const char *path,
                                   bool expunge);
#define API_PATH "/test/path"

/* As theirs: both fine, or both failed. True: there is a result to compare. */
bool check_outcome(const peer_run *run, pileus_code code, pileus_error **err);

/* What stood in the file that libcloud's suite imports from. */
#define FILE_KEY                                                               \
    "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQCw3Fw6AdX+3Ul3lRJIPE0Hd5oBaHnCVB1"  \
    "Wl325FVeJZeQiKF9Z0sw+/StWuo2ZA5ra6/A8X7tITiO7goUncdd7xLT3r3UCwKGNZXrTn8"  \
    "e2Kutqd9S7EN+SUh63kZmcEQsFCuC3hg0O8TzG5ROQxukYc+7PAvcYk7+KV8r3B5eh2lvp5"  \
    "tHTpCX/63pm4zHm5rnE38DnESeh4Dh2R8hkhnoxo9ixQCdETbufUTo5abCkKbcf8/1+qA5A"  \
    "13uXqBsx/KtmZX0SvyQW3hKFPGXSaYxAE/u+DZU8Myr/dDKLrGPYt6e5CSXlQLFcnz99akuV" \
    "dqOP9ygPGcgwlAajOZgt+Vwn sebgoa@sebmini.local"

/* ---- calls of libcloud's, made again ------------------------------------- */

void run_create_node(peer_run *run);
void run_verb(peer_run *run);
void run_get(peer_run *run);
void run_create_volume(peer_run *run);
void run_volume_verb(peer_run *run);
void run_destroy_snapshot(peer_run *run);
void run_key_pair(peer_run *run);

/* The node that the call is about, asked for by its id. */
pileus_node *get_node(const peer_run *run);

#endif

/* What the files of the suite's own EC2 share. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_PLUGINS_EC2_ASKING_H
#define TESTS_PLUGINS_EC2_ASKING_H

#include "tests/plugins/ec2_request.h"

#define ZONE "eu-test-1a"

typedef struct asking {
    ec2_mock *mock;
    const request *request;
    web_channel *channel;
    const char *action;
} asking;

typedef struct mock_action {
    const char *action;
    const char *method;
    const char *rules; /* what may be asked */
    void (*serve)(const asking *of);
    const char *answer; /* of one that has no function */
} mock_action;

/* ec2_mock.c */
void mock_answer(const asking *of, const char *content);
void mock_fail(const asking *of, int status, const char *code);
/* A good client never asks that. */
void mock_complain(const asking *of, const char *about);
/* The parameter of that name; NULL: there is none. */
const char *mock_param(const asking *of, const char *name);

/* ec2_mock_actions.c; NULL: there is none. */
const mock_action *mock_find_action(const char *name);
/* ec2_mock_filters.c: of that listing, with blanks between. */
const char *mock_filters(const char *action);
/* ec2_mock_check.c: what is wrong with what is asked; NULL: nothing. */
const char *mock_fault(const asking *of, const char *rules);

/* ec2_instances.c */
/* Which instance the value names; negative: none. */
int mock_instance_of(const asking *of, const char *value);
void mock_describe(const asking *of);
/* The answer to what made it. */
void mock_answer_run(const asking *of, int i);
void mock_command(const asking *of);
void mock_reboot(const asking *of);

/* ec2_mock_run.c, ec2_mock_tags.c */
void mock_run(const asking *of);
void mock_tag(const asking *of);
/* The tag's place, or a new one's; NULL: there is none, and is to be none. */
mock_pair *mock_tag_of(ec2_mock *mock, int i, const char *key, bool make);

/* ec2_mock_volume.c */
void mock_describe_volumes(const asking *of);
void mock_create_volume(const asking *of);
void mock_delete_volume(const asking *of);
void mock_attach_volume(const asking *of);
void mock_detach_volume(const asking *of);

/* ec2_mock_key.c */
void mock_describe_keys(const asking *of);
void mock_make_key(const asking *of);

/* ec2_mock_life.c */
void mock_modify(const asking *of);
void mock_replace_root(const asking *of);
void mock_console(const asking *of);

/* ec2_mock_address.c */
void mock_describe_addresses(const asking *of);
void mock_allocate(const asking *of);
void mock_release(const asking *of);
void mock_associate(const asking *of);
void mock_disassociate(const asking *of);

#endif

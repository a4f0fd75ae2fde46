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

/* ec2_mock.c */
void mock_answer(const asking *of, const char *content);
void mock_fail(const asking *of, int status, const char *code);
/* A good client never asks that. */
void mock_complain(const asking *of, const char *about);
/* The parameter of that name; NULL: there is none. */
const char *mock_param(const asking *of, const char *name);

/* ec2_instances.c */
/* Which instance the value names; negative: none. */
int mock_instance_of(const asking *of, const char *value);
void mock_describe(const asking *of);
void mock_run(const asking *of);
void mock_command(const asking *of);
void mock_reboot(const asking *of);

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

/* A strict metadata service of an instance, of version 2. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/plugins/ec2_metadata_mock.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#define ROLES "/latest/meta-data/iam/security-credentials/"

static void
complain(metadata *self, const web_asked *asked, web_channel *channel)
{
    self->complaints++;
    print_error("metadata: %s %s\n%s", asked->method, asked->target,
                asked->head);
    channel_answer(channel, 400, NULL, NULL);
}

static void
give_token(metadata *self, const web_asked *asked, web_channel *channel)
{
    char seconds[32] = "";
    char token[32];

    (void)asked_header(asked, "X-aws-ec2-metadata-token-ttl-seconds", seconds,
                       sizeof seconds);
    if (atoi(seconds) < 1 || atoi(seconds) > 21600 ||
        asked_header(asked, "X-Forwarded-For", seconds, sizeof seconds)) {
        complain(self, asked, channel);
        return;
    }
    if (self->token_status != 0) {
        channel_answer(channel, self->token_status, NULL, "sesame");
        return;
    }
    self->tokens++;
    (void)snprintf(token, sizeof token, "sesame-%d", self->tokens);
    channel_answer(channel, 200, "Content-Type: text/plain\r\n", token);
}

static void
give_document(metadata *self, web_channel *channel)
{
    time_t when = time(NULL) + self->life_s;
    struct tm utc;
    char end[32];
    char body[1024];

    self->documents++;
    if (self->document != NULL) {
        channel_answer(channel, 200, "Content-Type: text/plain\r\n",
                       self->document);
        return;
    }
    assert_non_null(gmtime_r(&when, &utc));
    assert_true(strftime(end, sizeof end, "%Y-%m-%dT%H:%M:%SZ", &utc) > 0);
    (void)snprintf(body, sizeof body,
                   "{\n  \"Code\" : \"Success\",\n  \"Type\" : \"AWS-HMAC\",\n"
                   "  \"AccessKeyId\" : \"" MOCK_KEY
                   "\",\n  \"SecretAccessKey\" : \"" MOCK_SECRET
                   "\",\n  \"Token\" : \"t-%d\",\n  \"Expiration\" : \"%s\"\n}",
                   self->documents, end);
    channel_answer(channel, 200, "Content-Type: text/plain\r\n", body);
}

static void
give(metadata *self, const web_asked *asked, web_channel *channel)
{
    char token[64] = "";
    char good[64];

    (void)asked_header(asked, "X-aws-ec2-metadata-token", token, sizeof token);
    (void)snprintf(good, sizeof good, "sesame-%d", self->tokens);
    if (strcmp(asked->method, "PUT") == 0 &&
        strcmp(asked->target, "/latest/api/token") == 0) {
        give_token(self, asked, channel);
    } else if (strcmp(asked->method, "GET") != 0 || strcmp(token, good) != 0) {
        complain(self, asked, channel);
    } else if (strcmp(asked->target, ROLES) == 0) {
        channel_answer(channel, self->roles == NULL ? 404 : 200, NULL,
                       self->roles);
    } else if (strcmp(asked->target, ROLES ROLE) == 0) {
        give_document(self, channel);
    } else {
        complain(self, asked, channel);
    }
}

static void
serve(void *user, const web_asked *asked, web_channel *channel)
{
    metadata *self = user;

    if (self->hangs) {
        (void)channel_pause(channel, 60000);
        return;
    }
    (void)pthread_mutex_lock(&self->lock);
    give(self, asked, channel);
    (void)pthread_mutex_unlock(&self->lock);
}

void
metadata_start(metadata *self)
{
    memset(self, 0, sizeof *self);
    (void)pthread_mutex_init(&self->lock, NULL);
    self->life_s = 3600;
    self->roles = ROLE "\n";
    self->web = server_start(serve, self, NULL, NULL);
}

void
metadata_stop(metadata *self)
{
    server_stop(self->web);
    (void)pthread_mutex_destroy(&self->lock);
    assert_int_equal(self->complaints, 0);
}

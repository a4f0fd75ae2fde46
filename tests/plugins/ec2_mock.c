/* An EC2 of the suite's own, strict about signatures and parameters. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/plugins/ec2_mock.h"
#include "tests/plugins/ec2_asking.h"

#include <stdio.h>
#include <stdlib.h>

#define XML "Content-Type: text/xml;charset=UTF-8\r\n"
#define NAMESPACE "http://ec2.amazonaws.com/doc/2016-11-15/"

/* ---- answers --------------------------------------------------------------
 */

void
mock_answer(const asking *of, const char *content)
{
    size_t size = strlen(content) + 512;
    char *body = malloc(size);

    assert_non_null(body);
    (void)snprintf(body, size,
                   "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                   "<%sResponse xmlns=\"" NAMESPACE "\">\n"
                   "    <requestId>r-1</requestId>\n    %s\n</%sResponse>\n",
                   of->action, content, of->action);
    channel_answer(of->channel, 200, XML, body);
    free(body);
}

void
mock_fail(const asking *of, int status, const char *code)
{
    char body[512];

    (void)snprintf(body, sizeof body,
                   "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Response>"
                   "<Errors><Error><Code>%s</Code><Message>The &lt;word&gt; "
                   "is %s</Message></Error></Errors><RequestID>r-2</RequestID>"
                   "</Response>",
                   code, code);
    channel_answer(of->channel, status, XML, body);
}

void
mock_complain(const asking *of, const char *about)
{
    of->mock->complaints++;
    if (!of->mock->is_tried) {
        print_error("mock: %s: %s %s\n%s\n", about, of->request->asked->method,
                    of->request->asked->target, of->request->asked->body);
    }
    mock_fail(of, 400, "InvalidParameterValue");
}

const char *
mock_param(const asking *of, const char *name)
{
    return request_get(of->request, name);
}

/* ---- what is asked --------------------------------------------------------
 */

static void
remember(const asking *of)
{
    bool changes = strcmp(of->request->asked->method, "POST") == 0;
    char *out = changes ? of->mock->last : of->mock->asked;
    size_t length = 1;

    (void)snprintf(out, sizeof of->mock->last, "\n");
    for (size_t i = 0; i < of->request->count; i++) {
        length += (size_t)snprintf(out + length, sizeof of->mock->last - length,
                                   "%s=%s\n", of->request->params[i].name,
                                   of->request->params[i].value);
        assert_true(length < sizeof of->mock->last);
    }
}

/* Something was broken on purpose. */
static bool
fails(const asking *of)
{
    ec2_mock *mock = of->mock;

    if (mock->fails > 0) {
        mock->fails--;
        mock_fail(of, mock->status, mock->code);
        return true;
    }
    if (mock->unknown > 0) {
        mock->unknown--;
        mock_fail(of, 400, "InvalidInstanceID.NotFound");
        return true;
    }
    if (mock->raw != NULL) {
        channel_answer(of->channel, 200, XML, mock->raw);
        return true;
    }
    return false;
}

static void
serve(asking *of, const mock_action *action)
{
    char type[64] = "";
    const char *fault;

    (void)asked_header(of->request->asked, "Content-Type", type, sizeof type);
    if (strcmp(of->request->asked->method, action->method) != 0 ||
        (of->request->asked->body_size > 0 &&
         strcmp(type, "application/x-www-form-urlencoded") != 0)) {
        mock_complain(of, "the method, or the type");
        return;
    }
    fault = mock_fault(of, action->rules);
    if (fault != NULL) {
        mock_complain(of, fault);
        return;
    }
    remember(of);
    if (fails(of)) {
        return;
    }
    if (action->serve != NULL) {
        action->serve(of);
    } else {
        mock_answer(of, action->answer);
    }
}

/* With a token, but not that of the session that is wanted. */
static bool
is_expired(const asking *of)
{
    char token[256] = "";

    return of->mock->token != NULL &&
           asked_header(of->request->asked, "X-Amz-Security-Token", token,
                        sizeof token) &&
           strcmp(token, of->mock->token) != 0;
}

static void
find(asking *of)
{
    const char *version = mock_param(of, "Version");
    const mock_action *action;

    of->mock->answered++;
    of->action = mock_param(of, "Action");
    if (version == NULL || strcmp(version, "2016-11-15") != 0 ||
        of->action == NULL) {
        mock_complain(of, "no version or action");
        return;
    }
    if (is_expired(of)) {
        of->mock->expired++;
        mock_fail(of, 400, "RequestExpired");
        return;
    }
    if (!request_is_signed(of->request, of->mock->token)) {
        mock_fail(of, 401, "AuthFailure");
        return;
    }
    action = mock_find_action(of->action);
    if (action != NULL) {
        serve(of, action);
        return;
    }
    mock_complain(of, "there is no such action");
}

static void
provide(void *user, const web_asked *asked, web_channel *channel)
{
    request *read = malloc(sizeof *read);
    asking of = {user, read, channel, NULL};

    assert_non_null(read);
    request_read(read, asked);
    (void)pthread_mutex_lock(&of.mock->lock);
    find(&of);
    (void)pthread_mutex_unlock(&of.mock->lock);
    request_free(read);
    free(read);
}

ec2_mock *
mock_start(int instances)
{
    ec2_mock *mock = calloc(1, sizeof *mock);

    assert_non_null(mock);
    (void)pthread_mutex_init(&mock->lock, NULL);
    for (int i = 0; i < instances; i++) {
        mock->instances[i].state = "running";
        (void)snprintf(mock_tag_of(mock, i, "Name", true)->value, MOCK_TAG_SIZE,
                       "n%d", i);
        (void)mock_tag_of(mock, i, "empty", true);
    }
    mock->count = instances;
    mock->web = server_start(provide, mock, NULL, NULL);
    return mock;
}

void
mock_stop(ec2_mock *mock)
{
    int complaints;

    server_stop(mock->web);
    complaints = mock->complaints;
    (void)pthread_mutex_destroy(&mock->lock);
    free(mock);
    assert_int_equal(complaints, 0);
}

/* Memory that runs out while a raw request is made, sent and answered. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/http/web.h"
#include "tests/support/alloc.h"

static void
answer(void *user, const web_asked *asked, web_channel *channel)
{
    (void)user;
    channel_answer(channel, strcmp(asked->method, "PUT") == 0 ? 201 : 404,
                   "Content-Type: application/json\r\n",
                   "{\"error\": {\"message\": \"no\", \"code\": 1}}");
}

static pileus_code
make(pileus_raw_request **request, const char *method, pileus_error **err)
{
    pileus_code code = pileus_raw_request_new(request, method, "/x?a=b", err);

    if (code == PILEUS_OK) {
        code = pileus_raw_request_add_query(*request, "c", "d", err);
    }
    if (code == PILEUS_OK) {
        code = pileus_raw_request_set_header(*request, "X-Test", "yes", err);
    }
    if (code == PILEUS_OK) {
        code = pileus_raw_request_set_body(*request, "{}", 2, err);
    }
    return code;
}

/* user: the connection. Once it is answered well, and once it is refused: the
 * refusal and its answer may be there without what the driver would have said
 * of it, had there been memory. */
static pileus_code
ask(void *user)
{
    static const char *const methods[] = {"PUT", "DELETE"};
    pileus_code code = PILEUS_OK;

    for (size_t i = 0; code == PILEUS_OK && i < 2; i++) {
        pileus_raw_request *request = NULL;
        pileus_raw_response *response = NULL;
        pileus_error *err = NULL;

        code = make(&request, methods[i], &err);
        if (code == PILEUS_OK) {
            code = pileus_raw_send(&response, user, request, NULL, &err);
        }
        if (i == 1 && code == PILEUS_NOT_FOUND) {
            assert_int_equal(pileus_raw_response_status(response), 404);
            code = alloc_failed > 0 ? PILEUS_NO_MEMORY : PILEUS_OK;
        }
        pileus_raw_response_free(response);
        pileus_raw_request_free(request);
        pileus_error_free(err);
    }
    return code;
}

static void
test_raw(void **state)
{
    web_server *server = server_start(answer, NULL, NULL, NULL);
    pileus_connection *conn =
        open_web(server_url(server), "token", "tell-nobody", "retries", "0");

    (void)state;
    fail_each_allocation(ask, conn);
    pileus_connection_unref(conn);
    server_stop(server);
}

/* The way that a connection has is there, or it is not open. */
static pileus_code
open_and_close(void *user)
{
    pileus_context *ctx = NULL;
    pileus_options *options = NULL;
    pileus_connection *conn = NULL;
    pileus_error *err = NULL;
    pileus_code code = pileus_context_new(&ctx, &err);

    if (code == PILEUS_OK) {
        code = pileus_context_add_directory(ctx, BUILDDIR "/tests/http/drivers",
                                            &err);
    }
    if (code == PILEUS_OK) {
        code = pileus_options_new(&options, &err);
    }
    if (code == PILEUS_OK) {
        code = pileus_options_set(options, "endpoint", user, &err);
    }
    if (code == PILEUS_OK) {
        code = pileus_options_set(options, "token", "tell-nobody", &err);
    }
    if (code == PILEUS_OK) {
        code = pileus_connection_open(&conn, ctx, "web", options, NULL, &err);
    }
    pileus_connection_unref(conn);
    pileus_options_free(options);
    pileus_context_unref(ctx);
    if (code != PILEUS_OK && code != PILEUS_NO_MEMORY) {
        print_error("%s\n", pileus_error_message(err));
    }
    pileus_error_free(err);
    return code;
}

static void
test_open(void **state)
{
    char endpoint[] = "http://127.0.0.1:1";

    (void)state;
    fail_each_allocation(open_and_close, endpoint);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_raw),
        cmocka_unit_test(test_open),
    };

    return cmocka_run_group_tests_name("no memory for raw requests", tests,
                                       NULL, NULL);
}

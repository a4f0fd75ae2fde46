/* A provider that works as far as a recording goes. The recording is asked by
 * the driver itself: another connection of it, in a replay. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "sdk/check/relay.h"

#include "sdk/check/target.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TARGET_MAX 8192
#define METHOD_MAX 16

struct check_relay {
    check_target target;
    pthread_mutex_t lock; /* of the following */
    char *lost_request;   /* NULL: none is lost */
    check_answer lost;
};

check_relay *
check_relay_open(const check_plan *plan, pileus_error **err)
{
    check_relay *made = calloc(1, sizeof *made);

    if (made != NULL && pthread_mutex_init(&made->lock, NULL) != 0) {
        free(made);
        return NULL;
    }
    if (made != NULL &&
        check_target_open(&made->target, plan, NULL, err) != PILEUS_OK) {
        check_relay_close(made);
        made = NULL;
    }
    return made;
}

void
check_relay_close(check_relay *relay)
{
    if (relay != NULL) {
        check_target_close(&relay->target);
        (void)pthread_mutex_destroy(&relay->lock);
        free(relay->lost_request);
        free(relay->lost.data);
        free(relay);
    }
}

/* "METHOD TARGET HTTP/1.1"; false: it is none. */
static bool
take_line(const char *request, char *method, char *target)
{
    return sscanf(request, "%15[A-Z] %8191[^ \r\n] HTTP/", method, target) == 2;
}

static pileus_code
make_request(pileus_raw_request **made, const char *request, pileus_error **err)
{
    char method[METHOD_MAX];
    char target[TARGET_MAX];
    const char *body = strstr(request, "\r\n\r\n");
    pileus_code code;

    if (!take_line(request, method, target)) {
        return PILEUS_INVALID_ARGUMENT;
    }
    code = pileus_raw_request_new(made, method, target, err);
    if (code == PILEUS_OK && body != NULL && body[4] != '\0') {
        code =
            pileus_raw_request_set_body(*made, body + 4, strlen(body + 4), err);
    }
    return code;
}

static bool
write_response(check_answer *made, const pileus_raw_response *response)
{
    size_t size = 0;
    const char *body =
        response == NULL ? "" : pileus_raw_response_body(response, &size);
    const char *type =
        response == NULL ? NULL
                         : pileus_raw_response_header(response, "Content-Type");
    int status =
        response == NULL ? 404 : (int)pileus_raw_response_status(response);
    FILE *out = open_memstream(&made->data, &made->size);

    if (out == NULL) {
        return false;
    }
    (void)fprintf(out,
                  "HTTP/1.1 %d Status\r\nContent-Type: %s\r\n"
                  "Content-Length: %zu\r\n\r\n",
                  status, type == NULL ? "application/json" : type, size);
    (void)fwrite(body, 1, size, out);
    return fclose(out) == 0;
}

void
check_relay_lose(check_relay *relay, const check_answer *made,
                 const char *request)
{
    check_answer lost = {malloc(made->size), made->size};
    char *copy = strdup(request);

    if (lost.data == NULL || copy == NULL) {
        free(lost.data);
        free(copy);
        return;
    }
    memcpy(lost.data, made->data, made->size);
    (void)pthread_mutex_lock(&relay->lock);
    free(relay->lost_request);
    free(relay->lost.data);
    relay->lost_request = copy;
    relay->lost = lost;
    (void)pthread_mutex_unlock(&relay->lock);
}

/* Is it the one whose answer was lost? */
static bool
find_lost(check_relay *relay, check_answer *made, const char *request)
{
    bool found;

    (void)pthread_mutex_lock(&relay->lock);
    found = relay->lost_request != NULL &&
            strcmp(relay->lost_request, request) == 0;
    if (found) {
        *made = relay->lost;
        relay->lost = (check_answer){NULL, 0};
        free(relay->lost_request);
        relay->lost_request = NULL;
    }
    (void)pthread_mutex_unlock(&relay->lock);
    return found;
}

bool
check_relay_answer(check_relay *relay, check_answer *made, const char *request)
{
    pileus_raw_request *raw = NULL;
    pileus_raw_response *response = NULL;
    bool good;

    if (find_lost(relay, made, request)) {
        return true;
    }
    if (make_request(&raw, request, NULL) == PILEUS_OK) {
        (void)pileus_raw_send(&response, relay->target.conn, raw, NULL, NULL);
    }
    good = write_response(made, response);
    pileus_raw_response_free(response);
    pileus_raw_request_free(raw);
    return good;
}

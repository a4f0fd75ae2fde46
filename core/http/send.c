/* Sending one request and waiting for its answer. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/http/job.h"

/* Until there is an answer, or there will be none. */
static int32_t
finish(pil__job *job)
{
    for (;;) {
        int32_t code;

        pil__job_step(job);
        if (job->state == PIL__JOB_DONE) {
            return PILEUS_OK;
        }
        if (job->state == PIL__JOB_FAILED) {
            return pil__job_report(job);
        }
        code = pil__jobs_wait(&job, 1);
        if (code != PILEUS_OK) {
            return pil__job_give_up(job, code);
        }
    }
}

/* Did the last attempt bring a whole answer, whatever it was? */
static bool
is_answered(const pil__job *job)
{
    return job->exchange.done && job->exchange.end == PIL__WIRE_OK &&
           job->response->status != 0;
}

int32_t
pil__http_ask(pileus_http *http, pileus_call *call,
              const pileus_request *request, pileus_response **response)
{
    pil__line *line = pil__http_take_line(http);
    pil__job job;
    int32_t code;

    *response = NULL;
    if (line == NULL) {
        return pileus_fail(call, PILEUS_NO_MEMORY, "memory ran out");
    }
    code = pil__job_begin(&job, http, call, line, request);
    if (code == PILEUS_OK) {
        code = finish(&job);
        if (is_answered(&job)) {
            *response = job.response;
            job.response = NULL;
        }
    }
    pil__job_end(&job);
    pil__http_give_line(http, line);
    return code;
}

int32_t
pil__http_send(pileus_http *http, pileus_call *call,
               const pileus_request *request, pileus_response **response)
{
    pileus_response *answer = NULL;
    int32_t code = pil__http_ask(http, call, request, &answer);

    if (code == PILEUS_OK) {
        *response = answer;
    } else {
        pil__response_free(answer);
    }
    return code;
}

/* A provider that works as far as a recording goes, behind the program's own
 * server. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SDK_CHECK_RELAY_H
#define SDK_CHECK_RELAY_H

#include "sdk/check/answer.h"
#include "sdk/check/plan.h"

#include <pileus/pileus.h>

typedef struct check_relay check_relay;

/* Over the recording that the plan names. NULL: the error says why. */
check_relay *check_relay_open(const check_plan *plan, pileus_error **err);
void check_relay_close(check_relay *relay);

/* The recording's answer to a request, which is a 404 when it has none. From
 * any thread. false: memory ran out. */
bool check_relay_answer(check_relay *relay, check_answer *made,
                        const char *request);
/* The answer does not arrive. When the very same request comes again, that is
 * its answer, as of a provider that knows a token: nothing happens twice. */
void check_relay_lose(check_relay *relay, const check_answer *made,
                      const char *request);

#endif

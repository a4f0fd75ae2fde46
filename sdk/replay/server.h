/* A server that answers from a recording, and fails as it is told. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SDK_REPLAY_SERVER_H
#define SDK_REPLAY_SERVER_H

#include "core/http/recording.h"
#include "sdk/replay/faults.h"

#include <stdint.h>
#include <stdio.h>

/* Bytes of a request's body, at most. */
#define REPLAY_BODY_MAX (64 << 20)
/* How long a silence lasts, in milliseconds. */
#define REPLAY_SILENCE_MS 600000

typedef struct replay_server replay_server;

/* Listens at 127.0.0.1; port 0: at one that is free. log (NULL: none) gets a
 * line of JSON for each request. The recording and the faults are the server's
 * until it is stopped. NULL: it cannot listen, as errno says. */
replay_server *replay_server_start(pil__recording *recording,
                                   replay_faults *faults, uint16_t port,
                                   FILE *log);
uint16_t replay_server_port(const replay_server *server);
/* Let all clients go. Returns how many requests had no answer recorded. */
unsigned long replay_server_stop(replay_server *server);

#endif

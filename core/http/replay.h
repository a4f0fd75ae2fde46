/* The wire over a recording, without a network. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PIL__HTTP_REPLAY_H
#define PIL__HTTP_REPLAY_H

#include "core/http/recording.h"
#include "core/http/wire.h"

/* So many times faster does waiting go by. */
#define PIL__REPLAY_HASTE 100

extern const pil__wire_api pil__replay_api;

/* NULL: no memory. The recording outlives it. */
pil__wire *pil__replay_open(pil__recording *recording);

#endif

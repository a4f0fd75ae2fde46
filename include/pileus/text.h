/* Texts that are given away: a console's log, objects that were saved. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PILEUS_TEXT_H
#define PILEUS_TEXT_H

#include <pileus/common.h>

PILEUS_BEGIN_DECLS

/* Its bytes: perhaps no UTF-8, perhaps with control characters, where they are
 * a machine's. Behind them is a NUL that is not counted in *size (may be NULL).
 * They belong to the text. From any thread. */
PILEUS_API const char *pileus_text_data(const pileus_text *text, size_t *size);
/* Once; NULL is allowed. What was in it is wiped. */
PILEUS_API void pileus_text_free(pileus_text *text);

PILEUS_END_DECLS

#endif

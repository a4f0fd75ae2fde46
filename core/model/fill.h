/* Filling in specifications: texts and pairs, checked and copied. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PIL__MODEL_FILL_H
#define PIL__MODEL_FILL_H

#include "core/model/check.h"
#include "core/model/pairs.h"

/* The error of an application that gave nothing to fill in; in what follows,
 * the place is NULL then. what names the text, as in check.h. */
pileus_code pil__fill_nowhere(pileus_error **err);

/* Set a text that is clean and has at most max bytes. length may be
 * PILEUS_NUL_TERMINATED. The old one is wiped, for it may be a secret. */
pileus_code pil__fill(char **place, const char *what, const char *text,
                      size_t length, size_t max, pileus_error **err);
/* Set an idempotency token. */
pileus_code pil__fill_token(char **place, const char *token,
                            pileus_error **err);
/* Add a pair whose name is not there yet. what is "tag" or "option". */
pileus_code pil__fill_pair(struct pil__pairs *pairs, const char *what,
                           const char *name, const char *value,
                           pileus_error **err);

#endif

/* Checking what an application says of the things it wants. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PIL__MODEL_CHECK_H
#define PIL__MODEL_CHECK_H

#include <pileus/error.h>

/* Errors are PILEUS_INVALID_ARGUMENT and never show the text. what names it:
 * "the node's name". */

/* Is the text there, not empty, at most max bytes long, and valid UTF-8
 * without control characters? *length may be PILEUS_NUL_TERMINATED, and
 * becomes the length. */
pileus_code pil__check_plain(const char *what, const char *text, size_t *length,
                             size_t max, pileus_error **err);
/* The same for the name of something that is to be made. */
pileus_code pil__check_name(const char *what, const char *name,
                            pileus_error **err);
/* Is the text there, at most max bytes long, and valid UTF-8? */
pileus_code pil__check_text(const char *what, const char *text, size_t max,
                            pileus_error **err);
/* Is it a public SSH key in OpenSSH's one-line form? A file's content may be
 * given as it is: *length becomes that of the key, without the line's end. */
pileus_code pil__check_public_key(const char *key, size_t *length,
                                  pileus_error **err);
/* Check an id as pileus_query_add_id says; *length as above. */
pileus_code pil__id_check(const char *id, size_t *length, pileus_error **err);

#endif

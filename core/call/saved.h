/* The form of saved objects: a line of JSON each. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PIL__CALL_SAVED_H
#define PIL__CALL_SAVED_H

#include <pileus/saved.h>

/* Raised when a line means something else than before; new keys and new
 * fields do not raise it. */
#define PIL__SAVED_FORM 1

/* Keys of a line. Fields are keyed by their numbers (record.h). */
#define PIL__SAVED_KEY_FORM "pileus"
#define PIL__SAVED_KEY_DRIVER "driver"
#define PIL__SAVED_KEY_KIND "kind"
/* ... and of what is in a line: an object, or a record in it. */
#define PIL__SAVED_KEY_FIELDS "fields"
#define PIL__SAVED_KEY_EXTRA "extra"
#define PIL__SAVED_KEY_BLOB "blob"
#define PIL__SAVED_KEY_FORMAT "format"
#define PIL__SAVED_KEY_BYTES "base64"

/* The text that is to be given away, if all went well; freed if not. */
pileus_code pil__saved_give(pileus_text **saved, pileus_text *text,
                            pileus_code code);

#endif

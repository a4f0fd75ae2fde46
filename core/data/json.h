/* Small JSON documents as values: manifests, profiles. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PIL__DATA_JSON_H
#define PIL__DATA_JSON_H

#include "core/model/value.h"

#include <pileus/error.h>

/* A document larger than this is refused: of settings, of an answer. */
#define PIL__JSON_DOCUMENT_MAX 1048576
#define PIL__JSON_ANSWER_MAX 67108864

/* Read a whole document (RFC 8259, over yajl's streaming parser) into *value,
 * in the arena. Depth is limited to PILEUS_DEPTH_MAX; invalid UTF-8, duplicate
 * keys, U+0000 in a string, numbers that fit neither int64 nor double, and
 * anything behind the document are PILEUS_CONFIGURATION errors that say what
 * is wrong and, where known, at which byte. */
pileus_code pil__json_parse(const pileus_value **value, pil__arena *arena,
                            const char *data, size_t size, pileus_error **err);

/* The same for what a provider answers, which is none of our making: bad bytes
 * and U+0000 are replaced by U+FFFD, a key that is there twice counts as its
 * last, a number keeps its text, and errors are PILEUS_PROTOCOL. */
pileus_code pil__json_parse_answer(const pileus_value **value,
                                   pil__arena *arena, const char *data,
                                   size_t size, pileus_error **err);

/* The same for what this library wrote, which wraps what a provider said. */
pileus_code pil__json_parse_saved(const pileus_value **value, pil__arena *arena,
                                  const char *data, size_t size,
                                  pileus_error **err);

/* A reader of such an answer in another format, which events make, to be freed
 * with pil__json_reader_free. NULL: no memory. */
struct pil__reader *pil__json_foreign_new(pil__arena *arena);
/* NULL is allowed. */
void pil__json_reader_free(struct pil__reader *reader);

#endif

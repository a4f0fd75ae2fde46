/* Small JSON documents as values: manifests, profiles. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PIL__DATA_JSON_H
#define PIL__DATA_JSON_H

#include "core/model/value.h"

#include <pileus/error.h>

/* A document larger than this is refused. */
#define PIL__JSON_DOCUMENT_MAX 1048576

/* Read a whole document (RFC 8259, over yajl's streaming parser) into *value,
 * in the arena. Depth is limited to PILEUS_DEPTH_MAX; invalid UTF-8, duplicate
 * keys, U+0000 in a string, numbers that fit neither int64 nor double, and
 * anything behind the document are PILEUS_CONFIGURATION errors that say what
 * is wrong and, where known, at which byte. */
pileus_code pil__json_parse(const pileus_value **value, pil__arena *arena,
                            const char *data, size_t size, pileus_error **err);

#endif

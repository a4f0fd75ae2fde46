/* JSON documents as they arrive, item by item. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PIL__DATA_JSON_STREAM_H
#define PIL__DATA_JSON_STREAM_H

#include <pileus/error.h>
#include <pileus/value.h>

/* What one item may take in memory, and what the rest of its document may. */
#define PIL__JSON_ITEM_MAX 16777216
/* Keys in a path to the items. */
#define PIL__JSON_PATH_MAX 8

typedef struct pil__stream pil__stream;
struct pil__reader;

/* Takes an item, which is gone when it returns. What it returns, unless
 * PILEUS_OK, ends the stream. */
typedef int32_t (*pil__item_fn)(void *user, const pileus_value *item);

/* A stream of the elements of the list at the path, which has keys with dots
 * between (NULL or "": the document itself is the list). A list that is not
 * there, or null, has none; anything else there is PILEUS_PROTOCOL. Otherwise
 * documents are read as by pil__json_parse_answer, but in memory for one item
 * only, and of any length. The path must outlive the stream. */
pileus_code pil__stream_new(pil__stream **stream, const char *items,
                            pil__item_fn fn, void *user, pileus_error **err);
/* The same of a document in another format: events for the reader are what
 * comes, and no bytes. */
pileus_code pil__stream_new_foreign(pil__stream **stream, const char *items,
                                    pil__item_fn fn, void *user,
                                    pileus_error **err);
struct pil__reader *pil__stream_reader(pil__stream *stream);

/* The next bytes, cut anywhere. What fn returned, unless PILEUS_OK, comes back
 * without an error, and again from then on, as any failure does. */
pileus_code pil__stream_feed(pil__stream *stream, const char *data, size_t size,
                             pileus_error **err);

/* The document is over. *rest is all of it but the items, as long as the
 * stream lives. */
pileus_code pil__stream_end(pil__stream *stream, const pileus_value **rest,
                            pileus_error **err);

/* NULL is allowed. */
void pil__stream_free(pil__stream *stream);

#endif

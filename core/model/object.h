/* Objects: nodes, sizes, volumes and so on are all one of these. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PIL__MODEL_OBJECT_H
#define PIL__MODEL_OBJECT_H

#include "core/base/arena.h"

#include <pileus/driver.h>
#include <pileus/error.h>
#include <pileus/model.h>

/*
 * An object is a reference count, a kind, and fields by number (record.h), all
 * in one arena. A driver builds it as a pileus_record; once finished it is
 * read-only but for its state, if it has one. The public types are this struct
 * under other names; only object.c and its neighbours in core/model see inside.
 */
typedef struct pil__object pil__object;

/* The first member, as PILEUS_HOST wants of every handle; the
 * second is for whoever has the record built (the sink), the same in nested
 * records. */
struct pil__object_head {
    const pileus_host *host;
    void *owner;
};

/* What one object and those nested in it may take, in bytes. */
#define PIL__OBJECT_MAX 16777216
/* Public and private addresses of a node. */
#define PIL__ADDRESSES_MAX 4096

/* ---- building ------------------------------------------------------------ */

/* An empty object with one reference, to be filled; NULL: no memory. It moves
 * into the arena, which is an empty one. scratch: where its extra is made
 * (NULL: in memory of its own); see below. */
pil__object *pil__object_new(pileus_kind kind, const pileus_host *host,
                             void *owner, pil__arena arena,
                             pil__arena *scratch);
/* Bytes that it takes. */
size_t pil__object_size(const pil__object *object);
/* A nested object lives in its node, so its references are the node's. NULL is
 * allowed. The last reference frees it and gives back its connection; a key
 * pair, which may hold a private key, is wiped. */
pil__object *pil__object_ref(const pil__object *object);
void pil__object_unref(const pil__object *object);

/*
 * The extra of an object is a draft at first, made of what was read, in the
 * scratch memory. Most objects of a listing are looked at and let go, and with
 * them their drafts. A reference, or reading the extra, has it kept, of the
 * object and of those nested in it, and so must whoever wants to be told when
 * memory runs out at that: false, and then the extra is lost. Once the scratch
 * memory goes, only what was kept may be used. From any thread.
 */
bool pil__object_keep(const pil__object *object);
bool pil__object_is_lost(const pil__object *object);
/* Has something been put into its extra? */
bool pil__object_has_extra(const pil__object *object);

/* The extra of another object, which is finished and kept, takes the place of
 * the object's own for those who read it from now on; what others read already
 * stays as long as the object. From any thread. */
void pil__object_take_answer(pil__object *object, pil__object *answer);
/* The object whose extra that is: perhaps itself. */
const pil__object *pil__object_answer(const pil__object *object);

/* What pileus_host_record and pileus_host_extra do. A failure (memory, limits,
 * wrong nesting, wrong type for the field) marks the object; finish reports
 * it. Unknown fields are ignored. */
void pil__object_set_string(pil__object *object, int32_t field,
                            const char *value, size_t length);
void pil__object_set_integer(pil__object *object, int32_t field, int64_t value);
void pil__object_set_double(pil__object *object, int32_t field, double value);
void pil__object_add_pair(pil__object *object, int32_t field, const char *name,
                          size_t name_length, const char *value,
                          size_t value_length);
void pil__object_set_blob(pil__object *object, uint32_t format,
                          const void *data, size_t size);
/* The record of a node's size or image, made at first use; it belongs to the
 * object. NULL: no memory (marked), or a field that holds no record. */
pil__object *pil__object_nested(pil__object *object, int32_t field);

void pil__object_extra_null(pil__object *object, const char *key,
                            size_t length);
void pil__object_extra_boolean(pil__object *object, const char *key,
                               size_t length, int32_t value);
void pil__object_extra_integer(pil__object *object, const char *key,
                               size_t length, int64_t value);
void pil__object_extra_real(pil__object *object, const char *key, size_t length,
                            double value);
void pil__object_extra_string(pil__object *object, const char *key,
                              size_t length, const char *value,
                              size_t value_length);
/* A value, with all that is in it. */
void pil__object_extra_value(pil__object *object, const char *key,
                             size_t length, const pileus_value *value);
void pil__object_extra_open(pil__object *object, const char *key, size_t length,
                            int32_t type);
void pil__object_extra_close(pil__object *object);

/* End the building: report what went wrong while it was built, see that all
 * lists and dicts are closed, and bind the object with its nested ones to the
 * connection (by a reference; NULL: none) and to the driver's type for uuids
 * (which is copied; NULL: none). A key pair without an id gets its name as id,
 * an address without a name its IP as name. Errors are PILEUS_NO_MEMORY, or
 * PILEUS_PROTOCOL for what the driver or provider did. */
pileus_code pil__object_finish(pil__object *object, pileus_connection *conn,
                               const char *type, pileus_error **err);

/* ---- reading ------------------------------------------------------------- */

/* An object NULL has nothing. */

pileus_kind pil__object_kind(const pil__object *object);
/* For messages: "key pair", and "a" or "an" before it. */
const char *pil__kind_name(pileus_kind kind);
const char *pil__kind_article(pileus_kind kind);
/* Has the building gone wrong? */
bool pil__object_has_failed(const pil__object *object);
/* Entry index of a string field; NULL when it is not there. */
const char *pil__object_string(const pil__object *object, int32_t field,
                               uint64_t index);
/* How often a string field was set: 0 or 1 unless it is repeatable. */
size_t pil__object_count(const pil__object *object, int32_t field);
/* A number in *value, and true; false when it is not there. */
bool pil__object_integer(const pil__object *object, int32_t field,
                         int64_t *value);
bool pil__object_double(const pil__object *object, int32_t field,
                        double *value);
/* The state as a number of 32 bits; unknown when it is not there. */
int32_t pil__object_state(const pil__object *object, int32_t unknown);
/* The size or image of a node; NULL when it is not there. */
const pil__object *pil__object_record(const pil__object *object, int32_t field);
/* A dict, made when it is first asked for; NULL: no memory. From any thread. */
const pileus_value *pil__object_extra(const pil__object *object);
/* A dict, never NULL. */
const pileus_value *pil__object_tags(const pil__object *object);
/* Value of a node's tag; NULL if it has none of that key. */
const char *pil__object_tag(const pil__object *object, const char *key);
/* size and format may be NULL. */
const void *pil__object_blob(const pil__object *object, size_t *size,
                             uint32_t *format);
pileus_connection *pil__object_connection(const pil__object *object);
/* Lowercase hex SHA-1 of "key:type", key being that for uuids, the id, or the
 * first public address. NULL without any, and when memory is out. */
const char *pil__object_uuid(const pil__object *object);

/* ---- a state that changes ------------------------------------------------ */

/* Replace the state, and the provider's word (NULL: none) that goes with it,
 * of a finished object: from any thread, while others read. The old word stays
 * valid as long as the object. PILEUS_OK or PILEUS_NO_MEMORY. */
pileus_code pil__object_change_state(pil__object *object, int32_t state,
                                     const char *word);

/* A copy of a finished object with all its facts, bound to another connection.
 * Whether that may be is the caller's business. NULL: no memory. */
pil__object *pil__object_copy(const pil__object *object,
                              pileus_connection *conn);

#endif

/* Objects as they cross: how they go back, and how they are read again. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PILEUS_RECORD_H
#define PILEUS_RECORD_H

/* Part of driver.h. */

#include <pileus/host.h>

PILEUS_BEGIN_DECLS

/* Facts of an object, by number. Numbers are never used twice. In brackets:
 * the kinds that have it, when not all do. */
enum {
    PILEUS_FIELD_ID = 1,             /* string */
    PILEUS_FIELD_NAME = 2,           /* string */
    PILEUS_FIELD_STATE = 3,          /* integer, a pileus_state [node] or a
                                        pileus_storage_state
                                        [volume, snapshot] */
    PILEUS_FIELD_PROVIDER_STATE = 4, /* string [node, volume, snapshot] */
    PILEUS_FIELD_PUBLIC_IP = 5,      /* string, repeatable [node] */
    PILEUS_FIELD_PRIVATE_IP = 6,     /* string, repeatable [node] */
    PILEUS_FIELD_SIZE = 7,           /* record of a size [node] */
    PILEUS_FIELD_IMAGE = 8,          /* record of an image [node] */
    PILEUS_FIELD_LOCATION = 9,       /* string, an id [node, volume] */
    PILEUS_FIELD_CREATED_AT = 10,    /* integer, ns since 1970 UTC
                                        [node, volume, snapshot] */
    PILEUS_FIELD_UUID_KEY = 11,  /* string, instead of the id in uuids [node] */
    PILEUS_FIELD_RAM = 12,       /* integer, MiB [size] */
    PILEUS_FIELD_DISK = 13,      /* integer, GB [size, volume, snapshot] */
    PILEUS_FIELD_BANDWIDTH = 14, /* integer [size] */
    PILEUS_FIELD_VCPUS = 15,     /* integer [size] */
    PILEUS_FIELD_PRICE = 16,     /* double [size] */
    PILEUS_FIELD_COUNTRY = 17,   /* string, ISO 3166-1 alpha-2 [location] */
    PILEUS_FIELD_TAG = 18,       /* pairs [node] */
    PILEUS_FIELD_NODE = 19,      /* string, id of the node it is attached to
                                    [volume, address] */
    PILEUS_FIELD_VOLUME = 20,    /* string, id of its volume [snapshot] */
    PILEUS_FIELD_PUBLIC_KEY = 21,  /* string, in OpenSSH's form [key pair] */
    PILEUS_FIELD_PRIVATE_KEY = 22, /* string, PEM, a secret that does
                                      not come back [key pair] */
    PILEUS_FIELD_FINGERPRINT = 23, /* string [key pair] */
    PILEUS_FIELD_IP = 24,          /* string [address] */
    PILEUS_FIELD_POOL = 25         /* string, name or id of what it was taken
                                      of [address] */
};

/* ---- records: how objects go back --------------------------------------- */

/*
 * Begin a record, set what is known, put it. Strings are copied. What is not
 * set is "the provider did not say". A setter that cannot do its work (memory,
 * a string beyond its limit) marks the record, and pileus_put reports it; so
 * nothing needs checking in between, and NULL for the record is allowed. A
 * field the core does not know is left out silently. Strings of an id must be
 * clean UTF-8; in others bytes that are not are replaced by U+FFFD.
 */

static inline pileus_record *
pileus_begin(pileus_sink *sink, pileus_kind kind)
{
    return PILEUS_HOST(sink)->record->begin(sink, kind);
}

/* Put the record into its sink, which ends it. PILEUS_OK; else the failure has
 * been reported, or the application has had enough: return what it says, the
 * core knows which. */
static inline int32_t
pileus_put(pileus_record *record)
{
    return record == NULL ? PILEUS_NO_MEMORY
                          : PILEUS_HOST(record)->record->put(record);
}

/* End a record without putting it. */
static inline void
pileus_drop(pileus_record *record)
{
    if (record != NULL) {
        PILEUS_HOST(record)->record->drop(record);
    }
}

static inline void
pileus_set_string_n(pileus_record *record, int32_t field, const char *value,
                    size_t length)
{
    if (record != NULL && value != NULL) {
        PILEUS_HOST(record)->record->set_string(record, field, value, length);
    }
}

static inline void
pileus_set_string(pileus_record *record, int32_t field, const char *value)
{
    pileus_set_string_n(record, field, value, PILEUS_NUL_TERMINATED);
}

static inline void
pileus_set_integer(pileus_record *record, int32_t field, int64_t value)
{
    if (record != NULL) {
        PILEUS_HOST(record)->record->set_integer(record, field, value);
    }
}

static inline void
pileus_set_double(pileus_record *record, int32_t field, double value)
{
    if (record != NULL) {
        PILEUS_HOST(record)->record->set_double(record, field, value);
    }
}

static inline void
pileus_set_id(pileus_record *record, const char *id)
{
    pileus_set_string(record, PILEUS_FIELD_ID, id);
}

static inline void
pileus_set_name(pileus_record *record, const char *name)
{
    pileus_set_string(record, PILEUS_FIELD_NAME, name);
}

/* The state, and the provider's own word for it (may be NULL). */
static inline void
pileus_set_state(pileus_record *record, pileus_state state, const char *word)
{
    pileus_set_integer(record, PILEUS_FIELD_STATE, state);
    pileus_set_string(record, PILEUS_FIELD_PROVIDER_STATE, word);
}

static inline void
pileus_add_public_ip(pileus_record *record, const char *address)
{
    pileus_set_string(record, PILEUS_FIELD_PUBLIC_IP, address);
}

static inline void
pileus_add_private_ip(pileus_record *record, const char *address)
{
    pileus_set_string(record, PILEUS_FIELD_PRIVATE_IP, address);
}

static inline void
pileus_add_tag(pileus_record *record, const char *key, const char *value)
{
    if (record != NULL) {
        PILEUS_HOST(record)->record->add_pair(record, PILEUS_FIELD_TAG, key,
                                              PILEUS_NUL_TERMINATED, value,
                                              PILEUS_NUL_TERMINATED);
    }
}

/* The size (PILEUS_FIELD_SIZE) or image (PILEUS_FIELD_IMAGE) of a node, to be
 * filled like any record, at least with its id; it belongs to the node's
 * record and is neither put nor dropped. */
static inline pileus_record *
pileus_nested(pileus_record *record, int32_t field)
{
    return record == NULL ? NULL
                          : PILEUS_HOST(record)->record->nested(record, field);
}

/* The driver's own bytes, which come back with the node. format is the
 * driver's number for how they are laid out; no pointers inside, for they may
 * be saved and come back in another process or to another version. */
static inline void
pileus_set_blob(pileus_record *record, uint32_t format, const void *data,
                size_t size)
{
    if (record != NULL) {
        PILEUS_HOST(record)->record->set_blob(record, format, data, size);
    }
}

/* ---- extra: the generic dictionary -------------------------------------- */

/* Entries of the record's extra, in this order. Inside a list the key is NULL.
 * A key set twice keeps its place and takes the later value. */

static inline void
pileus_extra_null(pileus_record *record, const char *key)
{
    if (record != NULL) {
        PILEUS_HOST(record)->extra->null(record, key, PILEUS_NUL_TERMINATED);
    }
}

static inline void
pileus_extra_boolean(pileus_record *record, const char *key, bool value)
{
    if (record != NULL) {
        PILEUS_HOST(record)->extra->boolean(record, key, PILEUS_NUL_TERMINATED,
                                            value);
    }
}

static inline void
pileus_extra_integer(pileus_record *record, const char *key, int64_t value)
{
    if (record != NULL) {
        PILEUS_HOST(record)->extra->integer(record, key, PILEUS_NUL_TERMINATED,
                                            value);
    }
}

static inline void
pileus_extra_double(pileus_record *record, const char *key, double value)
{
    if (record != NULL) {
        PILEUS_HOST(record)->extra->real(record, key, PILEUS_NUL_TERMINATED,
                                         value);
    }
}

/* value NULL sets null. */
static inline void
pileus_extra_string(pileus_record *record, const char *key, const char *value)
{
    if (record != NULL && value == NULL) {
        pileus_extra_null(record, key);
    } else if (record != NULL) {
        PILEUS_HOST(record)->extra->string(record, key, PILEUS_NUL_TERMINATED,
                                           value, PILEUS_NUL_TERMINATED);
    }
}

/* A list or dict begins; what follows goes into it, until pileus_extra_close.
 */
static inline void
pileus_extra_open_list(pileus_record *record, const char *key)
{
    if (record != NULL) {
        PILEUS_HOST(record)->extra->open(record, key, PILEUS_NUL_TERMINATED,
                                         PILEUS_TYPE_LIST);
    }
}

static inline void
pileus_extra_open_dict(pileus_record *record, const char *key)
{
    if (record != NULL) {
        PILEUS_HOST(record)->extra->open(record, key, PILEUS_NUL_TERMINATED,
                                         PILEUS_TYPE_DICT);
    }
}

static inline void
pileus_extra_close(pileus_record *record)
{
    if (record != NULL) {
        PILEUS_HOST(record)->extra->close(record);
    }
}

/* ---- reading an object that comes back ---------------------------------- */

/* Entry index of a string field (0 unless it is repeatable); NULL when it is
 * unset. Valid until the driver returns. */
static inline const char *
pileus_object_string(pileus_call *call, const void *object, int32_t field,
                     uint64_t index)
{
    return PILEUS_HOST(call)->object->string(call, object, field, index);
}

/* Its id; NULL for a node without one. */
static inline const char *
pileus_object_id(pileus_call *call, const void *object)
{
    return pileus_object_string(call, object, PILEUS_FIELD_ID, 0);
}

static inline const char *
pileus_object_name(pileus_call *call, const void *object)
{
    return pileus_object_string(call, object, PILEUS_FIELD_NAME, 0);
}

/* An integer field in *value; PILEUS_NOT_FOUND, with nothing reported, when it
 * is unset. */
static inline int32_t
pileus_object_integer(pileus_call *call, const void *object, int32_t field,
                      int64_t *value)
{
    return PILEUS_HOST(call)->object->integer(call, object, field, value);
}

/* The bytes given with pileus_set_blob. NULL when there are none, and, with
 * the failure reported, when another driver made them. Valid until the driver
 * returns. */
static inline const void *
pileus_object_blob(pileus_call *call, const void *object, uint64_t *size,
                   uint32_t *format)
{
    return PILEUS_HOST(call)->object->blob(call, object, size, format);
}

/* ---- a text, as it goes back -------------------------------------------- */

/* Add bytes, whatever they are, to what a call gives as text. PILEUS_OK, or
 * the failure (memory, too long a text) has been reported: return it. length
 * may be PILEUS_NUL_TERMINATED. */
static inline int32_t
pileus_text_add(pileus_text *text, const char *bytes, size_t length)
{
    return PILEUS_HOST(text)->text->add(text, bytes, length);
}

PILEUS_END_DECLS

#endif

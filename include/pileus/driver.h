/* The driver ABI: what a driver gives the core, and what the core gives it. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PILEUS_DRIVER_H
#define PILEUS_DRIVER_H

/*
 * A driver is one shared object, NAME.so, beside a manifest, NAME.json. It
 * exports one function, made by PILEUS_DRIVER, that returns a constant
 * descriptor. It links nothing of libpileus: everything it needs of the core
 * arrives through the host table, which the inline functions below wrap.
 *
 * The promise: within one ABI major, a driver compiled today runs under every
 * later core, and under every earlier one as far as both know the calls. So
 * here nothing ever moves or changes its meaning; tables and structs grow at
 * their tails, and each starts with its size. pileus-driver(3) is the guide.
 */

#include <pileus/common.h>
#include <pileus/host.h>

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

PILEUS_BEGIN_DECLS

#define PILEUS_ABI_MAJOR 1
#define PILEUS_ABI_MINOR 0

/* Compile for an older minor by defining this before the include: the source
 * then sees that minor's calls only, and its module is one of that minor. */
#ifndef PILEUS_DRIVER_API
#define PILEUS_DRIVER_API PILEUS_ABI_MINOR
#endif
#if PILEUS_DRIVER_API > PILEUS_ABI_MINOR
#error "PILEUS_DRIVER_API is newer than these headers: install a newer SDK"
#endif

#define PILEUS_DRIVER_MAGIC UINT32_C(0x554c4950) /* "PILU" in memory */

typedef struct pileus_host pileus_host;
typedef struct pileus_sink pileus_sink;     /* where a listing's objects go */
typedef struct pileus_record pileus_record; /* an object being built */

/* ---- what crosses as a struct ------------------------------------------- */

/* A name and its value. Never grows. */
typedef struct pileus_pair {
    const char *name;
    const char *value; /* NULL in a tag query: any value */
} pileus_pair;

/* Which objects a listing is about; see pileus_query. A driver may hand any
 * of it to its provider, and must do so with the filters; the core checks all
 * the rest once more. Unset: NULL and 0. */
typedef struct pileus_query_args {
    uint64_t struct_size;
    uint64_t id_count;
    const char *const *ids;
    const char *name;
    uint64_t state_count;
    const pileus_state *states;
    const char *location;
    uint64_t tag_count;
    const pileus_pair *tags;
    uint64_t filter_count; /* the driver's own */
    const pileus_pair *filters;
} pileus_query_args;

/* What a node shall be; see pileus_node_spec. Unset: NULL and 0. The core has
 * asked the driver's capability for each argument that is set. */
typedef struct pileus_create_args {
    uint64_t struct_size;
    uint64_t flags;    /* none yet: 0 */
    const char *token; /* idempotency token, always set */
    const char *name;
    const char *size;
    const char *image;
    const char *location;
    const char *ssh_key;
    const char *key_name;
    const char *password; /* secret */
    const void *user_data;
    uint64_t user_data_size;
    uint64_t tag_count;
    const pileus_pair *tags;
    uint64_t option_count; /* the driver's own */
    const pileus_pair *options;
} pileus_create_args;

/* A failure, as a driver reports it. */
typedef struct pileus_failure {
    uint64_t struct_size;
    int32_t code;      /* a pileus_code, not PILEUS_OK */
    int32_t retryable; /* 1: the same call may succeed later */
    int32_t
        may_have_happened;  /* 1: the thing may have been done all the same */
    int32_t reserved;       /* 0 */
    int64_t retry_after_ms; /* by the provider's word; negative: unknown */
    int64_t status;         /* the provider's number; 0: none */
    const char *message;    /* one sentence that says what to do */
    const char *provider_code;
    const char *provider_message;
    const char *request_id;
} pileus_failure;

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
                                    [volume] */
    PILEUS_FIELD_VOLUME = 20,    /* string, id of its volume [snapshot] */
    PILEUS_FIELD_PUBLIC_KEY = 21,  /* string, in OpenSSH's form [key pair] */
    PILEUS_FIELD_PRIVATE_KEY = 22, /* string, PEM, a secret that does
                                      not come back [key pair] */
    PILEUS_FIELD_FINGERPRINT = 23  /* string [key pair] */
};

/* ---- what a driver gives: descriptor and services ----------------------- */

/* Which calls the core may make at the same time. */
enum {
    PILEUS_THREADS_SERIAL = 1,     /* one at a time in the whole process */
    PILEUS_THREADS_CONNECTION = 2, /* one at a time on each connection */
    PILEUS_THREADS_PARALLEL = 3    /* any number */
};

/* Every function of a driver that returns int32_t returns a pileus_code, and
 * has called pileus_fail before it returns anything but PILEUS_OK. */

typedef struct pileus_driver_descriptor {
    /* Filled by PILEUS_DRIVER. */
    uint32_t magic;
    uint32_t struct_size;
    uint32_t abi_major;
    uint32_t abi_minor;
    const char *name; /* as in the manifest and the file's name */

    /* Filled by the author. */
    const char *version;     /* of the driver; anything */
    const char *type;        /* libcloud's type of the provider, for uuids */
    uint32_t host_minor_min; /* lowest minor of the core that it can run on */
    uint32_t thread_model;

    /* Optional: once in each context, before and after all else. What init
     * leaves in *state is handed to the other functions. A failing init leaves
     * nothing behind. call is valid during init only. */
    int32_t (*init)(pileus_call *call, void **state);
    void (*fini)(void *state);

    /* Mandatory: the table of a service, or NULL. It must be constant. */
    const void *(*get_service)(void *state, const char *service,
                               uint32_t version);
} pileus_driver_descriptor;

/*
 * Define the driver. NAME is a C identifier and the stem of the module's file;
 * the rest are designated initialisers of the descriptor:
 *
 *   PILEUS_DRIVER(acme, .version = "1.0", .type = "acme",
 *                 .thread_model = PILEUS_THREADS_PARALLEL,
 *                 .get_service = acme_get_service)
 *
 * The symbol's name carries the driver's, as libltdl wants it for modules that
 * are linked into a program statically.
 */
#define PILEUS_DRIVER(NAME, ...)                                               \
    PILEUS_API const pileus_driver_descriptor *NAME##_LTX_pileus_driver(void); \
    PILEUS_API const pileus_driver_descriptor *NAME##_LTX_pileus_driver(void)  \
    {                                                                          \
        static const pileus_driver_descriptor descriptor = {                   \
            .magic = PILEUS_DRIVER_MAGIC,                                      \
            .struct_size = sizeof(pileus_driver_descriptor),                   \
            .abi_major = PILEUS_ABI_MAJOR,                                     \
            .abi_minor = PILEUS_DRIVER_API,                                    \
            .name = #NAME,                                                     \
            __VA_ARGS__};                                                      \
        return &descriptor;                                                    \
    }

/* Service "connection", version 1. Mandatory. */
typedef struct pileus_connection_service {
    uint64_t struct_size; /* sizeof(pileus_connection_service) */

    /* Mandatory. Settings (pileus_setting) can be read here only; copy what is
     * needed later, and wipe copies of secrets. */
    int32_t (*open)(void *state, pileus_call *call, void **connection);
    /* Mandatory. No call is under way, and none follows. */
    void (*close)(void *connection);

    /* Optional: a pileus_capability for a call of a service, or with argument
     * not NULL for that argument of it; PILEUS_CAPABILITY_UNKNOWN leaves the
     * answer to the core: a call is supported when it is in the table; of the
     * standard arguments of create_node and create_volume none is, and of the
     * driver's own none, and of filters none; of the arguments of other calls
     * (services.h) all are. Must not talk to the provider. */
    int32_t (*capability)(void *connection, const char *service,
                          const char *call, const char *argument);
} pileus_connection_service;

/*
 * Service "compute", version 1. A call left out (NULL) is "not supported", and
 * the core says so without calling in, unless it is said otherwise.
 *
 * A node argument is one that this driver made; read it with pileus_object_id,
 * pileus_object_blob and the like. after is a record of that node: what is set
 * in it (its state, say) becomes the handle's. Without a state there the core
 * sets rebooting, starting, stopping, terminated. It is not put anywhere.
 */
typedef struct pileus_compute_service {
    uint64_t struct_size; /* sizeof(pileus_compute_service) */

    /* Listings put records into the sink, in any order. list_nodes is
     * mandatory. */
    int32_t (*list_nodes)(void *connection, pileus_call *call,
                          const pileus_query_args *query, pileus_sink *sink);
    int32_t (*list_sizes)(void *connection, pileus_call *call,
                          const pileus_query_args *query, pileus_sink *sink);
    int32_t (*list_images)(void *connection, pileus_call *call,
                           const pileus_query_args *query, pileus_sink *sink);
    int32_t (*list_locations)(void *connection, pileus_call *call,
                              const pileus_query_args *query,
                              pileus_sink *sink);

    /* Put the node of this id; PILEUS_NOT_FOUND if there is none. Left out:
     * the core lists and picks. */
    int32_t (*get_node)(void *connection, pileus_call *call, const char *id,
                        pileus_sink *sink);

    /* Make a node and put it. As soon as its id is known, say pileus_made. */
    int32_t (*create_node)(void *connection, pileus_call *call,
                           const pileus_create_args *args, pileus_sink *sink);

    /* flags: 0, PILEUS_SOFT or PILEUS_HARD. A flag that the driver cannot
     * keep is PILEUS_NOT_SUPPORTED. */
    int32_t (*reboot_node)(void *connection, pileus_call *call,
                           const pileus_node *node, uint64_t flags,
                           pileus_record *after);
    int32_t (*start_node)(void *connection, pileus_call *call,
                          const pileus_node *node, uint64_t flags,
                          pileus_record *after);
    int32_t (*stop_node)(void *connection, pileus_call *call,
                         const pileus_node *node, uint64_t flags,
                         pileus_record *after);
    int32_t (*destroy_node)(void *connection, pileus_call *call,
                            const pileus_node *node, uint64_t flags,
                            pileus_record *after);
} pileus_compute_service;

/* ---- what a driver gets: the host table --------------------------------- */

/* Each part is led by its size and grows at its tail. Use the inline functions
 * below; they document what these do. Lengths may be PILEUS_NUL_TERMINATED. */

typedef struct pileus_host_call {
    uint64_t struct_size;
    void (*log)(pileus_call *call, int32_t level, const char *message);
    int32_t (*fail)(pileus_call *call, const pileus_failure *failure);
    int32_t (*check)(pileus_call *call);
    int32_t (*wait)(pileus_call *call, int64_t ms);
    int64_t (*remaining_ms)(const pileus_call *call);
    int64_t (*now_ms)(const pileus_call *call);
    void (*progress)(pileus_call *call, const char *what, double done);
    int32_t (*made)(pileus_call *call, int32_t kind, const char *id,
                    size_t length);
    void (*on_cancel)(pileus_call *call, void (*fn)(void *user), void *user);
} pileus_host_call;

typedef struct pileus_host_setting {
    uint64_t struct_size;
    const char *(*string)(pileus_call *call, const char *name);
    int32_t (*integer)(pileus_call *call, const char *name, int64_t *value);
    int32_t (*boolean)(pileus_call *call, const char *name, int32_t *value);
} pileus_host_setting;

typedef struct pileus_host_record {
    uint64_t struct_size;
    pileus_record *(*begin)(pileus_sink *sink, int32_t kind);
    pileus_record *(*nested)(pileus_record *record, int32_t field);
    void (*set_string)(pileus_record *record, int32_t field, const char *value,
                       size_t length);
    void (*set_integer)(pileus_record *record, int32_t field, int64_t value);
    void (*set_double)(pileus_record *record, int32_t field, double value);
    void (*add_pair)(pileus_record *record, int32_t field, const char *name,
                     size_t name_length, const char *value,
                     size_t value_length);
    void (*set_blob)(pileus_record *record, uint32_t format, const void *data,
                     size_t size);
    int32_t (*put)(pileus_record *record);
    void (*drop)(pileus_record *record);
} pileus_host_record;

typedef struct pileus_host_extra {
    uint64_t struct_size;
    void (*null)(pileus_record *record, const char *key, size_t length);
    void (*boolean)(pileus_record *record, const char *key, size_t length,
                    int32_t value);
    void (*integer)(pileus_record *record, const char *key, size_t length,
                    int64_t value);
    void (*real)(pileus_record *record, const char *key, size_t length,
                 double value);
    void (*string)(pileus_record *record, const char *key, size_t length,
                   const char *value, size_t value_length);
    void (*open)(pileus_record *record, const char *key, size_t length,
                 int32_t type);
    void (*close)(pileus_record *record);
} pileus_host_extra;

typedef struct pileus_host_object {
    uint64_t struct_size;
    const char *(*string)(pileus_call *call, const void *object, int32_t field,
                          uint64_t index);
    int32_t (*integer)(pileus_call *call, const void *object, int32_t field,
                       int64_t *value);
    const void *(*blob)(pileus_call *call, const void *object, uint64_t *size,
                        uint32_t *format);
} pileus_host_object;

struct pileus_host {
    uint64_t struct_size;
    uint32_t abi_major;
    uint32_t abi_minor;
    const char *version; /* of libpileus, for messages */
    const pileus_host_call *call;
    const pileus_host_setting *setting;
    const pileus_host_record *record;
    const pileus_host_extra *extra;
    const pileus_host_object *object;
    const pileus_host_json *json;
    const pileus_host_writer *writer;
    const pileus_host_digest *digest;
    const pileus_host_http *http;
    const pileus_host_format *format;
};

/* Every handle that reaches a driver begins with a pointer to its host, so a
 * driver keeps no global pointer, and two copies of libpileus in one process
 * can use the same module. */
#define PILEUS_HOST(handle)                                                    \
    (*(const pileus_host *const *)(const void *)(handle))

/* Does the host behind this handle have that call? PILEUS_HAVE(call, record,
 * put). Calls of the minor that host_minor_min names are always there. */
#define PILEUS_HAVE(handle, part, function)                                    \
    (PILEUS_HOST(handle)->struct_size >=                                       \
         offsetof(pileus_host, part) + sizeof(void *) &&                       \
     PILEUS_HOST(handle)->part != NULL &&                                      \
     PILEUS_HOST(handle)->part->struct_size >=                                 \
         offsetof(pileus_host_##part, function) + sizeof(void *))

/* ---- the call ----------------------------------------------------------- */

/* Write a line to the application's log. Secrets of the connection's options
 * are replaced in it. From any thread. */
static inline void PILEUS_PRINTF(3, 4)
    pileus_log(pileus_call *call, pileus_log_level level, const char *format,
               ...)
{
    char text[PILEUS_MESSAGE_MAX];
    va_list args;

    va_start(args, format);
    (void)vsnprintf(text, sizeof text, format, args);
    va_end(args);
    PILEUS_HOST(call)->call->log(call, level, text);
}

/* Report a failure with all its facts, and return its code, so that a driver
 * says "return pileus_fail_with(…)". The last one reported counts. */
static inline int32_t
pileus_fail_with(pileus_call *call, const pileus_failure *failure)
{
    /* In brackets, for cmocka has a macro of that name. */
    return (PILEUS_HOST(call)->call->fail)(call, failure);
}

/* Report a failure that has a code and a sentence only. */
static inline int32_t PILEUS_PRINTF(3, 4)
    pileus_fail(pileus_call *call, pileus_code code, const char *format, ...)
{
    char text[PILEUS_MESSAGE_MAX];
    pileus_failure failure;
    va_list args;

    va_start(args, format);
    (void)vsnprintf(text, sizeof text, format, args);
    va_end(args);
    memset(&failure, 0, sizeof failure);
    failure.struct_size = sizeof failure;
    failure.code = code;
    failure.retry_after_ms = -1;
    failure.message = text;
    return pileus_fail_with(call, &failure);
}

/* Is it time to end? PILEUS_OK, or PILEUS_CANCELLED or PILEUS_TIMEOUT with the
 * failure already reported: ask between steps, and return what it says. */
static inline int32_t
pileus_check(pileus_call *call)
{
    return PILEUS_HOST(call)->call->check(call);
}

/* Let ms milliseconds pass; ends early as pileus_check does. */
static inline int32_t
pileus_wait(pileus_call *call, int64_t ms)
{
    return PILEUS_HOST(call)->call->wait(call, ms);
}

/* Milliseconds until the deadline; INT64_MAX without one. */
static inline int64_t
pileus_remaining_ms(const pileus_call *call)
{
    return PILEUS_HOST(call)->call->remaining_ms(call);
}

/* The monotonic clock, in milliseconds from some beginning. */
static inline int64_t
pileus_now_ms(const pileus_call *call)
{
    return PILEUS_HOST(call)->call->now_ms(call);
}

/* Tell what is done at present, and how much of it is, 0 to 1 or negative for
 * unknown. From the thread that the call came in. */
static inline void
pileus_progress(pileus_call *call, const char *what, double done)
{
    PILEUS_HOST(call)->call->progress(call, what, done);
}

/* Something exists at the provider now, with this id: said the moment it is
 * known, before anything else can fail. id NULL: the driver has undone it, and
 * it does not exist any more. */
static inline int32_t
pileus_made(pileus_call *call, pileus_kind kind, const char *id)
{
    return PILEUS_HOST(call)->call->made(call, kind, id, PILEUS_NUL_TERMINATED);
}

/* Have fn called when the call is cancelled, at once if it is already: from the
 * cancelling thread, so quickly, and without using the call. fn NULL ends it;
 * when that returns, fn is not running and will not run. One at a time. */
static inline void
pileus_on_cancel(pileus_call *call, void (*fn)(void *user), void *user)
{
    PILEUS_HOST(call)->call->on_cancel(call, fn, user);
}

/* ---- settings, during open ---------------------------------------------- */

/* What an option of the manifest came to, as text; NULL when it is unset.
 * Valid until open returns. */
static inline const char *
pileus_setting(pileus_call *call, const char *name)
{
    return PILEUS_HOST(call)->setting->string(call, name);
}

/* The same as a number: an integer, or a duration in milliseconds. The core
 * has checked it. PILEUS_NOT_FOUND, nothing reported and *value left alone,
 * when it is unset. */
static inline int32_t
pileus_setting_integer(pileus_call *call, const char *name, int64_t *value)
{
    return PILEUS_HOST(call)->setting->integer(call, name, value);
}

/* The same for a boolean. */
static inline int32_t
pileus_setting_boolean(pileus_call *call, const char *name, bool *value)
{
    int32_t number = 0;
    int32_t code = PILEUS_HOST(call)->setting->boolean(call, name, &number);

    if (code == PILEUS_OK) {
        *value = number != 0;
    }
    return code;
}

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

/* ---- reading what is asked ------------------------------------------------
 */

/* The value of a query's filter; NULL when it is not set. */
static inline const char *
pileus_query_filter(const pileus_query_args *query, const char *name)
{
    for (uint64_t i = 0; i < query->filter_count; i++) {
        if (strcmp(query->filters[i].name, name) == 0) {
            return query->filters[i].value;
        }
    }
    return NULL;
}

PILEUS_END_DECLS

#endif

/* What applications and drivers share: codes, states, kinds, fields, limits. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PILEUS_COMMON_H
#define PILEUS_COMMON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
#define PILEUS_BEGIN_DECLS extern "C" {
#define PILEUS_END_DECLS }
#else
#define PILEUS_BEGIN_DECLS
#define PILEUS_END_DECLS
#endif

#if defined(__GNUC__)
#define PILEUS_API __attribute__((visibility("default")))
#define PILEUS_PRINTF(fmt, args) __attribute__((format(printf, fmt, args)))
#define PILEUS_CHECKED __attribute__((warn_unused_result))
#else
#define PILEUS_API
#define PILEUS_PRINTF(fmt, args)
#define PILEUS_CHECKED
#endif

PILEUS_BEGIN_DECLS

/* Length argument that says "the string ends at its NUL". */
#define PILEUS_NUL_TERMINATED ((size_t)-1)

/* Limits, in bytes unless said otherwise. A string beyond its limit is
 * refused, never cut. */
#define PILEUS_ID_MAX 1024        /* id of a node, size, image or location */
#define PILEUS_STRING_MAX 1048576 /* any other string of a record */
#define PILEUS_BLOB_MAX 1048576   /* a driver's blob */
#define PILEUS_DEPTH_MAX 32       /* levels of lists and dicts in an extra */
#define PILEUS_OPTION_MAX 65536   /* value of an option */
#define PILEUS_USER_DATA_MAX 1048576
#define PILEUS_MESSAGE_MAX 4096 /* message of an error or a log line */

/* What a function came to. 0 is success; a value unknown to the reader is a
 * failure of a newer library and has a message like any other. */
typedef int32_t pileus_code;
enum {
    PILEUS_OK = 0,
    PILEUS_INVALID_ARGUMENT = 1, /* the caller's argument is wrong */
    PILEUS_NOT_SUPPORTED = 2,    /* driver or provider cannot do this */
    PILEUS_AUTHENTICATION = 3,   /* who are you: credentials refused */
    PILEUS_PERMISSION = 4,       /* known, but may not do this */
    PILEUS_NOT_FOUND = 5,        /* the thing named does not exist */
    PILEUS_CONFLICT = 6,         /* its present state forbids the call */
    PILEUS_QUOTA = 7,            /* a limit of the account is reached */
    PILEUS_RATE_LIMITED = 8,     /* too many requests; wait and try again */
    PILEUS_UNAVAILABLE = 9,      /* cannot be reached, or is failing */
    PILEUS_TIMEOUT = 10,         /* the call's deadline has passed */
    PILEUS_CANCELLED = 11,       /* cancelled by the application */
    PILEUS_PROTOCOL = 12,        /* the answer makes no sense */
    PILEUS_TLS = 13,             /* no trusted, encrypted connection */
    PILEUS_NO_MEMORY = 14,       /* memory ran out */
    PILEUS_DRIVER = 15,          /* the driver cannot be loaded or misbehaves */
    PILEUS_CONFIGURATION = 16,   /* options, manifests, files of settings */
    PILEUS_CLOSED = 17,          /* the connection was closed */
    PILEUS_BUSY = 18,            /* called again from within itself */
    PILEUS_FAILED = 19           /* the provider failed, in its own words */
};

/* State of a node: libcloud's whole set; the first five have kept their
 * numbers since 2012. An unknown number is carried, not dropped. */
typedef int32_t pileus_state;
enum {
    PILEUS_STATE_RUNNING = 0,
    PILEUS_STATE_REBOOTING = 1,
    PILEUS_STATE_TERMINATED = 2, /* gone; cannot be started again */
    PILEUS_STATE_PENDING = 3,
    PILEUS_STATE_UNKNOWN = 4,
    PILEUS_STATE_STARTING = 5,
    PILEUS_STATE_STOPPING = 6,
    PILEUS_STATE_STOPPED = 7, /* can be started again */
    PILEUS_STATE_SUSPENDED = 8,
    PILEUS_STATE_ERROR = 9,
    PILEUS_STATE_PAUSED = 10,
    PILEUS_STATE_RECONFIGURING = 11,
    PILEUS_STATE_MIGRATING = 12,
    PILEUS_STATE_NORMAL = 13,
    PILEUS_STATE_UPDATING = 14
};

/* State of a volume or snapshot: libcloud's whole set. An unknown number is
 * carried, not dropped. */
typedef int32_t pileus_storage_state;
enum {
    PILEUS_VOLUME_UNKNOWN = 0,
    PILEUS_VOLUME_AVAILABLE = 1,
    PILEUS_VOLUME_IN_USE = 2,
    PILEUS_VOLUME_ERROR = 3,
    PILEUS_VOLUME_CREATING = 4,
    PILEUS_VOLUME_DELETING = 5,
    PILEUS_VOLUME_DELETED = 6,
    PILEUS_VOLUME_BACKUP = 7,
    PILEUS_VOLUME_ATTACHING = 8,
    PILEUS_VOLUME_MIGRATING = 9,
    PILEUS_VOLUME_UPDATING = 10,
    PILEUS_VOLUME_RESTORING = 11 /* snapshots only */
};

/* Kind of an object. */
typedef int32_t pileus_kind;
enum {
    PILEUS_KIND_NODE = 1,
    PILEUS_KIND_SIZE = 2,
    PILEUS_KIND_IMAGE = 3,
    PILEUS_KIND_LOCATION = 4,
    PILEUS_KIND_VOLUME = 5,
    PILEUS_KIND_SNAPSHOT = 6,
    PILEUS_KIND_KEY_PAIR = 7,
    PILEUS_KIND_ADDRESS = 8
};

/* Can it be done? Asked per call, and per argument of a call. */
typedef int32_t pileus_capability;
enum {
    PILEUS_CAPABILITY_NO = 0,
    PILEUS_CAPABILITY_YES = 1,
    PILEUS_CAPABILITY_EMULATED = 2, /* done by pileus, not by the provider */
    PILEUS_CAPABILITY_IGNORED = 3,  /* argument taken, but without effect */
    PILEUS_CAPABILITY_UNKNOWN = 4   /* the driver does not say */
};

/* How strongly a driver keeps a repeated create from making two things. The
 * values are more specific answers of a capability question about the
 * argument "token" of "create_node" or "create_volume". */
enum {
    PILEUS_TOKEN_NATIVE = 16,      /* the provider knows idempotency tokens */
    PILEUS_TOKEN_NATURAL_KEY = 17, /* a unique name does it */
    PILEUS_TOKEN_LOOKUP = 18       /* marked with a tag, looked up first */
};

/* How much a log line matters. */
typedef int32_t pileus_log_level;
enum {
    PILEUS_LOG_ERROR = 0,
    PILEUS_LOG_WARNING = 1,
    PILEUS_LOG_INFO = 2,
    PILEUS_LOG_DEBUG = 3
};

/* Shape of a value in an extra dictionary. */
typedef int32_t pileus_type;
enum {
    PILEUS_TYPE_NULL = 0,
    PILEUS_TYPE_BOOL = 1,
    PILEUS_TYPE_INTEGER = 2,
    PILEUS_TYPE_DOUBLE = 3,
    PILEUS_TYPE_STRING = 4,
    PILEUS_TYPE_LIST = 5,
    PILEUS_TYPE_DICT = 6
};

/* stop: how a node is brought down. The default asks the guest, waits, then
 * pulls the plug. reboot: the default asks the guest. */
#define PILEUS_SOFT UINT64_C(1) /* only ask the guest */
#define PILEUS_HARD UINT64_C(2) /* do not ask: as the power button does */

/* A name and its value. Never grows. */
typedef struct pileus_pair {
    const char *name;
    const char *value; /* NULL in a tag query: any value */
} pileus_pair;

/* Opaque, all of them. */
typedef struct pileus_call pileus_call;
typedef struct pileus_node pileus_node;
typedef struct pileus_size pileus_size;
typedef struct pileus_image pileus_image;
typedef struct pileus_location pileus_location;
typedef struct pileus_volume pileus_volume;
typedef struct pileus_snapshot pileus_snapshot;
typedef struct pileus_key_pair pileus_key_pair;
typedef struct pileus_address pileus_address;
typedef struct pileus_value pileus_value;
typedef struct pileus_text pileus_text;

PILEUS_END_DECLS

#endif

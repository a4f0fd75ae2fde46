/* The host table: what a driver gets of the core. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PILEUS_HOST_H
#define PILEUS_HOST_H

/* Part of driver.h. */

#include <pileus/common.h>

PILEUS_BEGIN_DECLS

typedef struct pileus_host pileus_host;
typedef struct pileus_sink pileus_sink;     /* where a listing's objects go */
typedef struct pileus_record pileus_record; /* an object being built */
typedef struct pileus_document pileus_document; /* JSON that was read */
typedef struct pileus_stream pileus_stream;     /* JSON as it arrives */
typedef struct pileus_events pileus_events;     /* of another format */
typedef struct pileus_writer pileus_writer;     /* JSON being written */
typedef struct pileus_http pileus_http;         /* a way to a provider */
typedef struct pileus_response pileus_response; /* one whole answer */
typedef struct pileus_attempt pileus_attempt;   /* a request being sent */
typedef struct pileus_file pileus_file;         /* that was read */
typedef struct pileus_lease pileus_lease;       /* of what ends */
struct pileus_pair;
struct pileus_failure;
struct pileus_request;
struct pileus_format;
struct pileus_pages;
struct pileus_http_hooks;
struct pileus_lease_terms;

/* Each part is led by its size and grows at its tail. The inline functions of
 * driver_call.h, record.h, json.h, format.h, digest.h, http.h, file.h,
 * lease.h and text.h wrap these, and document what they do. Lengths may be
 * PILEUS_NUL_TERMINATED. */

typedef struct pileus_host_call {
    uint64_t struct_size;
    void (*log)(pileus_call *call, int32_t level, const char *message);
    int32_t (*fail)(pileus_call *call, const struct pileus_failure *failure);
    int32_t (*check)(pileus_call *call);
    int32_t (*wait)(pileus_call *call, int64_t ms);
    int64_t (*remaining_ms)(const pileus_call *call);
    int64_t (*now_ms)(const pileus_call *call);
    void (*progress)(pileus_call *call, const char *what, double done);
    int32_t (*made)(pileus_call *call, int32_t kind, const char *id,
                    size_t length);
    void (*on_cancel)(pileus_call *call, void (*fn)(void *user), void *user);
    int32_t (*address_is_private)(const char *address);
} pileus_host_call;

typedef struct pileus_host_setting {
    uint64_t struct_size;
    const char *(*string)(pileus_call *call, const char *name);
    int32_t (*integer)(pileus_call *call, const char *name, int64_t *value);
    int32_t (*boolean)(pileus_call *call, const char *name, int32_t *value);
    const char *(*source)(pileus_call *call, const char *name);
    int32_t (*provide)(pileus_call *call, const char *name, const char *value,
                       const char *origin);
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

typedef struct pileus_host_json {
    uint64_t struct_size;
    const pileus_value *(*get)(const pileus_value *value, const char *path);
    int32_t (*type)(const pileus_value *value, const char *path);
    uint64_t (*count)(const pileus_value *value, const char *path);
    const pileus_value *(*at)(const pileus_value *value, uint64_t i,
                              const char **key);
    const char *(*string)(const pileus_value *value, const char *path);
    const char *(*text)(const pileus_value *value, const char *path);
    int32_t (*integer)(const pileus_value *value, const char *path,
                       int64_t *out);
    int32_t (*real)(const pileus_value *value, const char *path, double *out);
    int32_t (*boolean)(const pileus_value *value, const char *path,
                       int32_t fallback);
    int32_t (*time)(const pileus_value *value, const char *path, int64_t *ns);
    int32_t (*need_text)(pileus_call *call, const pileus_value *value,
                         const char *path, const char **out);
    int32_t (*need_integer)(pileus_call *call, const pileus_value *value,
                            const char *path, int64_t *out);
    /* In both, format NULL: JSON. */
    int32_t (*parse)(pileus_call *call, const struct pileus_format *format,
                     const char *data, size_t size, pileus_document **document,
                     const pileus_value **value);
    void (*free)(pileus_document *document);
    void (*to_extra)(pileus_record *record, const char *key, size_t length,
                     const pileus_value *value);
    pileus_stream *(*stream_new)(pileus_call *call,
                                 const struct pileus_format *format,
                                 const char *items,
                                 int32_t (*item)(void *user, pileus_call *call,
                                                 const pileus_value *value),
                                 void *user);
    int32_t (*stream_feed)(pileus_stream *stream, const char *data,
                           size_t size);
    int32_t (*stream_end)(pileus_stream *stream, const pileus_value **rest);
    void (*stream_free)(pileus_stream *stream);
} pileus_host_json;

typedef struct pileus_host_format {
    uint64_t struct_size;
    int32_t (*open)(pileus_events *events, int32_t type);
    int32_t (*close)(pileus_events *events);
    int32_t (*key)(pileus_events *events, const char *key, size_t length);
    int32_t (*string)(pileus_events *events, const char *text, size_t length);
    int32_t (*integer)(pileus_events *events, int64_t number);
    int32_t (*real)(pileus_events *events, double number);
    int32_t (*boolean)(pileus_events *events, int32_t value);
    int32_t (*null)(pileus_events *events);
} pileus_host_format;

typedef struct pileus_host_writer {
    uint64_t struct_size;
    pileus_writer *(*begin)(pileus_call *call);
    void (*string)(pileus_writer *writer, const char *key, const char *value,
                   size_t length);
    void (*integer)(pileus_writer *writer, const char *key, int64_t value);
    void (*real)(pileus_writer *writer, const char *key, double value);
    void (*boolean)(pileus_writer *writer, const char *key, int32_t value);
    void (*null)(pileus_writer *writer, const char *key);
    void (*open)(pileus_writer *writer, const char *key, int32_t type);
    void (*close)(pileus_writer *writer);
    int32_t (*end)(pileus_writer *writer, const char **text, size_t *size);
    void (*free)(pileus_writer *writer);
} pileus_host_writer;

typedef struct pileus_host_digest {
    uint64_t struct_size;
    int32_t (*hash)(pileus_call *call, int32_t algorithm, const void *data,
                    size_t data_size, uint8_t *out, size_t *size);
    int32_t (*hmac)(pileus_call *call, int32_t algorithm, const void *key,
                    size_t key_size, const void *data, size_t data_size,
                    uint8_t *out, size_t *size);
    int32_t (*rsa_sign)(pileus_call *call, int32_t algorithm, const char *pem,
                        const void *data, size_t data_size, uint8_t **out,
                        size_t *size);
    void (*hex)(const void *data, size_t size, char *out);
    void (*base64)(const void *data, size_t size, char *out);
    int32_t (*equal)(const void *a, const void *b, size_t size);
    void (*wipe)(void *memory, size_t size);
    void (*release)(void *memory, size_t size);
    int32_t (*ssh_fingerprint)(pileus_call *call, const char *public_key,
                               char *out);
    int32_t (*unbase64)(const char *text, size_t length, void *out,
                        size_t *size);
} pileus_host_digest;

typedef struct pileus_host_http {
    uint64_t struct_size;
    pileus_http *(*create)(pileus_call *call,
                           const struct pileus_http_hooks *hooks);
    void (*destroy)(pileus_http *http);
    const char *(*endpoint)(pileus_http *http);
    int32_t (*secret)(pileus_http *http, pileus_call *call, const char *name);
    int32_t (*send)(pileus_http *http, pileus_call *call,
                    const struct pileus_request *request,
                    pileus_response **response);
    int32_t (*list)(pileus_http *http, pileus_call *call,
                    const struct pileus_request *request,
                    const struct pileus_pages *pages,
                    int32_t (*item)(void *user, pileus_call *call,
                                    const pileus_value *value),
                    void *user);
    void (*response_free)(pileus_response *response);
    int64_t (*response_status)(const pileus_response *response);
    const char *(*response_header)(const pileus_response *response,
                                   const char *name);
    const char *(*response_body)(const pileus_response *response, size_t *size);
    int32_t (*response_json)(pileus_call *call, const pileus_response *response,
                             const pileus_value **value);
    const char *(*attempt_method)(const pileus_attempt *attempt);
    const char *(*attempt_path)(const pileus_attempt *attempt);
    int32_t (*attempt_query_at)(const pileus_attempt *attempt, uint64_t i,
                                struct pileus_pair *pair);
    const void *(*attempt_body)(const pileus_attempt *attempt, size_t *size);
    int32_t (*attempt_set_header)(pileus_attempt *attempt, const char *name,
                                  const char *value);
    int32_t (*attempt_add_query)(pileus_attempt *attempt, const char *name,
                                 const char *value);
    int32_t (*set_bearer)(pileus_http *http, pileus_call *call,
                          const char *token);
    pileus_http *(*create_at)(pileus_call *call,
                              const struct pileus_http_hooks *hooks,
                              const char *endpoint);
} pileus_host_http;

typedef struct pileus_host_text {
    uint64_t struct_size;
    int32_t (*add)(pileus_text *text, const char *bytes, size_t length);
    pileus_text *(*begin)(pileus_call *call);
    int32_t (*encode)(pileus_text *text, const char *bytes, size_t length,
                      const char *plain);
    int32_t (*end)(pileus_text *text, char **data, size_t *size);
    void (*drop)(pileus_text *text);
} pileus_host_text;

typedef struct pileus_host_file {
    uint64_t struct_size;
    int32_t (*read)(pileus_call *call, const char *path, const char *home,
                    uint64_t size_max, uint64_t flags, pileus_file **file);
    const char *(*path)(const pileus_file *file);
    char *(*data)(pileus_file *file, size_t *size);
    int32_t (*is_exposed)(const pileus_file *file);
    void (*free)(pileus_file *file);
} pileus_host_file;

typedef struct pileus_host_lease {
    uint64_t struct_size;
    pileus_lease *(*create)(pileus_call *call,
                            const struct pileus_lease_terms *terms);
    void (*destroy)(pileus_lease *lease);
    int32_t (*give)(pileus_lease *lease, pileus_call *call, void *value,
                    int64_t life_ms);
    int32_t (*take)(pileus_lease *lease, pileus_call *call, void **value);
    void (*put_back)(pileus_lease *lease, void *value);
    int32_t (*refused)(pileus_lease *lease, pileus_call *call);
} pileus_host_lease;

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
    const pileus_host_text *text;
    const pileus_host_file *file;
    const pileus_host_lease *lease;
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

PILEUS_END_DECLS

#endif

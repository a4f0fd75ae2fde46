/* What a fake host does not have. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PILEUS_FAKE_MISSING_H
#define PILEUS_FAKE_MISSING_H

/* Part of fake_host.h. */

#include <pileus/fake/handles.h>

/* ---- what is not faked
 * --------------------------------------------------------------- */

#define PILEUS_FAKE_MISSING(TYPE, TABLE, CALL, ...)                            \
    static inline TYPE pileus_fake_no_##TABLE##_##CALL(__VA_ARGS__)            \
    {                                                                          \
        pileus_fake_die("not faked: ", #TABLE "." #CALL);                      \
    }

#ifdef __GNUC__
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wunused-parameter"
#endif
PILEUS_FAKE_MISSING(pileus_stream *, json, stream_new, pileus_call *call,
                    const struct pileus_format *format, const char *items,
                    int32_t (*item)(void *, pileus_call *,
                                    const pileus_value *),
                    void *user)
PILEUS_FAKE_MISSING(int32_t, json, stream_feed, pileus_stream *stream,
                    const char *data, size_t size)
PILEUS_FAKE_MISSING(int32_t, json, stream_end, pileus_stream *stream,
                    const pileus_value **rest)
PILEUS_FAKE_MISSING(void, json, stream_free, pileus_stream *stream)
PILEUS_FAKE_MISSING(int32_t, format, open, pileus_events *events, int32_t type)
PILEUS_FAKE_MISSING(int32_t, format, close, pileus_events *events)
PILEUS_FAKE_MISSING(int32_t, format, key, pileus_events *events,
                    const char *key, size_t length)
PILEUS_FAKE_MISSING(int32_t, format, string, pileus_events *events,
                    const char *text, size_t length)
PILEUS_FAKE_MISSING(int32_t, format, integer, pileus_events *events,
                    int64_t number)
PILEUS_FAKE_MISSING(int32_t, format, real, pileus_events *events, double number)
PILEUS_FAKE_MISSING(int32_t, format, boolean, pileus_events *events,
                    int32_t value)
PILEUS_FAKE_MISSING(int32_t, format, null, pileus_events *events)
PILEUS_FAKE_MISSING(int32_t, digest, hash, pileus_call *call, int32_t algorithm,
                    const void *data, size_t data_size, uint8_t *out,
                    size_t *size)
PILEUS_FAKE_MISSING(int32_t, digest, hmac, pileus_call *call, int32_t algorithm,
                    const void *key, size_t key_size, const void *data,
                    size_t data_size, uint8_t *out, size_t *size)
PILEUS_FAKE_MISSING(int32_t, digest, rsa_sign, pileus_call *call,
                    int32_t algorithm, const char *pem, const void *data,
                    size_t data_size, uint8_t **out, size_t *size)
PILEUS_FAKE_MISSING(void, digest, hex, const void *data, size_t size, char *out)
PILEUS_FAKE_MISSING(void, digest, base64, const void *data, size_t size,
                    char *out)
PILEUS_FAKE_MISSING(int32_t, digest, equal, const void *a, const void *b,
                    size_t size)
PILEUS_FAKE_MISSING(void, digest, wipe, void *memory, size_t size)
PILEUS_FAKE_MISSING(void, digest, release, void *memory, size_t size)
PILEUS_FAKE_MISSING(int32_t, digest, ssh_fingerprint, pileus_call *call,
                    const char *public_key, char *out)
PILEUS_FAKE_MISSING(int32_t, digest, unbase64, const char *text, size_t length,
                    void *out, size_t *size)
PILEUS_FAKE_MISSING(int32_t, text, add, pileus_text *text, const char *bytes,
                    size_t length)
PILEUS_FAKE_MISSING(pileus_text *, text, begin, pileus_call *call)
PILEUS_FAKE_MISSING(int32_t, text, encode, pileus_text *text, const char *bytes,
                    size_t length, const char *plain)
PILEUS_FAKE_MISSING(int32_t, text, end, pileus_text *text, char **data,
                    size_t *size)
PILEUS_FAKE_MISSING(void, text, drop, pileus_text *text)
PILEUS_FAKE_MISSING(int32_t, file, read, pileus_call *call, const char *path,
                    const char *home, uint64_t size_max, uint64_t flags,
                    pileus_file **file)
PILEUS_FAKE_MISSING(const char *, file, path, const pileus_file *file)
PILEUS_FAKE_MISSING(char *, file, data, pileus_file *file, size_t *size)
PILEUS_FAKE_MISSING(int32_t, file, is_exposed, const pileus_file *file)
PILEUS_FAKE_MISSING(void, file, free, pileus_file *file)
PILEUS_FAKE_MISSING(pileus_lease *, lease, create, pileus_call *call,
                    const struct pileus_lease_terms *terms)
PILEUS_FAKE_MISSING(void, lease, destroy, pileus_lease *lease)
PILEUS_FAKE_MISSING(int32_t, lease, give, pileus_lease *lease,
                    pileus_call *call, void *value, int64_t life_ms)
PILEUS_FAKE_MISSING(int32_t, lease, take, pileus_lease *lease,
                    pileus_call *call, void **value)
PILEUS_FAKE_MISSING(void, lease, put_back, pileus_lease *lease, void *value)
PILEUS_FAKE_MISSING(int32_t, lease, refused, pileus_lease *lease,
                    pileus_call *call)
#ifdef __GNUC__
#pragma GCC diagnostic pop
#endif

#endif

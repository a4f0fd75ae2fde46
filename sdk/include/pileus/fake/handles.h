/* The handles of a fake host, and their memory. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PILEUS_FAKE_HANDLES_H
#define PILEUS_FAKE_HANDLES_H

/* Part of fake_host.h. */

#include <pileus/driver.h>
#include <pileus/http.h>
#include <pileus/json.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <yajl/yajl_gen.h>
#include <yajl/yajl_tree.h>

typedef struct pileus_fake pileus_fake;

/* Every handle begins as these do: with its host, as PILEUS_HOST has it. */
struct pileus_call {
    const pileus_host *host;
    pileus_fake *fake;
};
struct pileus_sink {
    const pileus_host *host;
    pileus_fake *fake;
};
struct pileus_http {
    const pileus_host *host;
    pileus_fake *fake;
    pileus_http_hooks hooks;
    char *endpoint;
    char *bearer;
};
/* JSON being written. yajl lets any bracket close any other. */
typedef struct pileus_fake_json {
    yajl_gen gen; /* NULL: not begun */
    uint32_t depth;
    bool in_list[PILEUS_DEPTH_MAX + 2];
    bool wrong; /* something was written that is none */
} pileus_fake_json;

struct pileus_writer {
    const pileus_host *host;
    pileus_fake *fake;
    pileus_fake_json json;
};
struct pileus_document {
    yajl_val root;
};
struct pileus_response {
    const pileus_host *host;
    pileus_fake *fake;
    int64_t status;
    char *body;
    yajl_val root; /* NULL: not read yet */
};
struct pileus_attempt {
    const pileus_host *host;
    pileus_fake *fake;
    const pileus_request *request;
    const char *method;
    char *query;   /* "a=1&b=2" */
    char *headers; /* "A: 1\nB: 2\n" */
};

/* One fact of a record; strings are copies. */
typedef struct pileus_fake_fact {
    int32_t field;
    pileus_type type;
    char *text; /* of a string, or a pair's value */
    char *name; /* of a pair */
    int64_t integer;
    double real;
    pileus_record *nested;
    struct pileus_fake_fact *next;
} pileus_fake_fact;

struct pileus_record {
    const pileus_host *host;
    pileus_fake *fake;
    pileus_kind kind;
    bool is_put;
    pileus_fake_fact *facts; /* in order */
    pileus_fake_json extra;
    void *blob;
    size_t blob_size;
    uint32_t blob_format;
    pileus_record *next;
};

typedef struct pileus_fake_canned {
    char *request;
    int64_t status;
    char *body;
    bool used;
    struct pileus_fake_canned *next;
} pileus_fake_canned;

struct pileus_fake {
    struct pileus_call call;
    struct pileus_sink sink;
    pileus_record *records; /* all, put or not, the newest first */
    pileus_record **put;
    size_t put_count;
    pileus_fake_fact *settings;
    pileus_fake_canned *canned; /* in order */
    struct pileus_fake_text {
        char *data; /* NULL: nothing yet */
        size_t size;
    } log, requests;
    char *made;
    pileus_failure failure; /* code PILEUS_OK: none */
    char *failure_texts[4];
    yajl_val *documents;
    size_t document_count;
};

/* ---- memory
 * ------------------------------------------------------------------ */

_Noreturn static inline void
pileus_fake_die(const char *words, const char *more)
{
    (void)fprintf(stderr, "pileus/fake_host.h: %s%s\n", words, more);
    abort();
}

static inline void *
pileus_fake_grow(void *memory, size_t size)
{
    void *grown = realloc(memory, size);

    if (grown == NULL) {
        pileus_fake_die("memory ran out", "");
    }
    return grown;
}

static inline void *
pileus_fake_zeroed(size_t size)
{
    return memset(pileus_fake_grow(NULL, size), 0, size);
}

/* text may be NULL, and its length PILEUS_NUL_TERMINATED. */
static inline char *
pileus_fake_copy(const char *text, size_t length)
{
    char *copy;

    if (text == NULL) {
        return NULL;
    }
    length = length == PILEUS_NUL_TERMINATED ? strlen(text) : length;
    copy = pileus_fake_grow(NULL, length + 1);
    memcpy(copy, text, length);
    copy[length] = '\0';
    return copy;
}

static inline void
pileus_fake_append(char **data, size_t *size, const char *text, size_t length)
{
    length = length == PILEUS_NUL_TERMINATED ? strlen(text) : length;
    *data = pileus_fake_grow(*data, *size + length + 1);
    memcpy(*data + *size, text, length);
    *size += length;
    (*data)[*size] = '\0';
}

/* Two texts and what is between them, as a new one; a may be NULL. */
static inline char *
pileus_fake_join(const char *a, const char *between, const char *b)
{
    char *data = NULL;
    size_t size = 0;

    pileus_fake_append(&data, &size, a == NULL ? "" : a, PILEUS_NUL_TERMINATED);
    pileus_fake_append(&data, &size, between, PILEUS_NUL_TERMINATED);
    pileus_fake_append(&data, &size, b, PILEUS_NUL_TERMINATED);
    return data;
}

#endif

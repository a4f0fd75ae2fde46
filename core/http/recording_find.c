/* Recordings: the exchange that answers a request. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/http/recording.h"

#include "core/base/alloc.h"
#include "core/base/url.h"
#include "core/config/redact.h"
#include "core/data/json_path.h"
#include "core/http/similar.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

/* What is asked for. */
typedef struct asked {
    const char *method;
    char *path;
    struct {
        char *name;
        char *value;
    } * query;
    size_t count;
    size_t capacity;
} asked;

static void
asked_free(asked *one)
{
    for (size_t i = 0; i < one->count; i++) {
        pil__free(one->query[i].name);
        pil__free(one->query[i].value);
    }
    pil__free(one->query);
    pil__free(one->path);
}

static char *
decoded(const char *data, size_t size)
{
    pil__text text = {0};

    pil__text_add(&text, "", 0);
    pil__url_unescape(&text, data, size);
    return pil__text_take(&text);
}

/* Take a URL apart. False: no memory. */
static bool
ask(asked *one, const char *method, const char *text)
{
    pil__url url = {0};
    const char *at;
    size_t left;

    one->method = method;
    (void)pil__url_parse(&url, text);
    one->path = pil__recording_path(url.path, url.path_length);
    at = url.query;
    left = url.query_length;
    while (one->path != NULL && left > 0) {
        const char *end = memchr(at, '&', left);
        size_t size = end == NULL ? left : (size_t)(end - at);
        const char *equals = memchr(at, '=', size);
        size_t name = equals == NULL ? size : (size_t)(equals - at);
        void *array = one->query;

        if (!pil__grow(&array, &one->capacity, one->count,
                       sizeof *one->query)) {
            return false;
        }
        one->query = array;
        one->query[one->count].name = decoded(at, name);
        one->query[one->count].value =
            equals == NULL ? decoded("", 0)
                           : decoded(equals + 1, size - name - 1);
        one->count++;
        if (one->query[one->count - 1].name == NULL ||
            one->query[one->count - 1].value == NULL) {
            return false;
        }
        at += end == NULL ? size : size + 1;
        left -= end == NULL ? size : size + 1;
    }
    return one->path != NULL;
}

/* A parameter that is another one each time. */
static bool
is_passing(const char *name, const char *value)
{
    static const char *const names[] = {"expires", "nonce", "timestamp"};

    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (strcasecmp(name, names[i]) == 0) {
            return true;
        }
    }
    return strcmp(value, PIL__REDACTED) == 0;
}

/* Value i of the recorded parameter; NULL beyond the end. */
static const char *
recorded_value(const pileus_value *values, size_t i)
{
    if (pileus_value_type(values) == PILEUS_TYPE_LIST) {
        return pil__json_text(pileus_value_at(values, i), NULL);
    }
    return i == 0 ? pil__json_text(values, NULL) : NULL;
}

/* Was it asked with this parameter, or with a secret one of the name? */
static bool
asks(const asked *one, const char *name, const char *value)
{
    for (size_t i = 0; i < one->count; i++) {
        if (strcasecmp(one->query[i].name, name) == 0 &&
            (strcmp(one->query[i].value, value) == 0 ||
             is_passing(name, one->query[i].value))) {
            return true;
        }
    }
    return is_passing(name, value);
}

/* Was it recorded with this parameter, or with a secret one of the name? */
static bool
holds(const pil__recorded *recorded, const char *name, const char *value)
{
    for (size_t i = 0; i < pileus_value_count(recorded->query); i++) {
        const pileus_value *values = pileus_value_at(recorded->query, i);
        const char *found;

        if (strcasecmp(pileus_value_key(recorded->query, i), name) != 0) {
            continue;
        }
        for (size_t j = 0; (found = recorded_value(values, j)) != NULL; j++) {
            if (strcmp(found, value) == 0 || is_passing(name, found)) {
                return true;
            }
        }
    }
    return is_passing(name, value);
}

static bool
is_same_query(const asked *one, const pil__recorded *recorded)
{
    for (size_t i = 0; i < one->count; i++) {
        if (!holds(recorded, one->query[i].name, one->query[i].value)) {
            return false;
        }
    }
    for (size_t i = 0; i < pileus_value_count(recorded->query); i++) {
        const pileus_value *values = pileus_value_at(recorded->query, i);
        const char *name = pileus_value_key(recorded->query, i);
        const char *value;

        for (size_t j = 0; (value = recorded_value(values, j)) != NULL; j++) {
            if (!asks(one, name, value)) {
                return false;
            }
        }
    }
    return true;
}

/* Say what comes nearest. */
static void
explain(const pil__recording *recording, const asked *one, char *words)
{
    const char *what = "a request of another path";
    const pil__recorded *nearest = NULL;

    for (size_t i = 0; i < recording->count; i++) {
        const pil__recorded *recorded = &recording->at[i];

        if (strcmp(recorded->path, one->path) != 0) {
            nearest = nearest == NULL ? recorded : nearest;
        } else if (strcmp(recorded->method, one->method) != 0) {
            nearest = recorded;
            what = "another method";
        } else {
            nearest = recorded;
            what = "the same with other parameters";
            break;
        }
    }
    if (nearest == NULL) {
        (void)snprintf(words, PIL__RECORDING_WORDS_MAX, "there is nothing");
    } else {
        (void)snprintf(words, PIL__RECORDING_WORDS_MAX,
                       "there is %s: %.10s %.100s", what, nearest->method,
                       nearest->path);
    }
}

static pil__recorded *
best(const pil__recording *recording, const asked *one, const char *body,
     size_t body_size)
{
    pil__recorded *found = NULL;
    double most = -1;

    for (size_t i = 0; i < recording->count; i++) {
        pil__recorded *recorded = &recording->at[i];
        double similar;

        if (strcmp(recorded->method, one->method) != 0 ||
            strcmp(recorded->path, one->path) != 0 ||
            !is_same_query(one, recorded)) {
            continue;
        }
        similar = pil__similar(recorded->sent, strlen(recorded->sent), body,
                               body_size);
        if (found == NULL || similar > most ||
            (similar >= most && recorded->used < found->used)) {
            found = recorded;
            most = similar;
        }
    }
    return found;
}

bool
pil__recording_find(const pil__recorded **found, pil__recording *recording,
                    const char *method, const char *url, const char *body,
                    size_t body_size, char words[PIL__RECORDING_WORDS_MAX])
{
    asked one = {0};
    pil__recorded *recorded;
    bool known = ask(&one, method, url);

    *found = NULL;
    if (known) {
        (void)pthread_mutex_lock(&recording->lock);
        recorded = best(recording, &one, body, body_size);
        if (recorded != NULL) {
            recorded->used++;
        }
        (void)pthread_mutex_unlock(&recording->lock);
        *found = recorded;
    }
    if (known && *found == NULL) {
        explain(recording, &one, words);
    }
    asked_free(&one);
    return known;
}

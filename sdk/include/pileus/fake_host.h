/* A host for unit tests of a driver: its calls, without libpileus. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PILEUS_FAKE_HOST_H
#define PILEUS_FAKE_HOST_H

/*
 * A test includes this and the driver's source, or calls the descriptor's
 * function, and hands the driver a call and a sink of a fake. What the driver
 * says of objects, failures, ids and to the log is kept to be looked at; what
 * it asks of the provider is answered by what the test has put there.
 *
 *   pileus_fake *fake = pileus_fake_new();
 *
 *   pileus_fake_setting(fake, "token", "any");
 *   pileus_fake_answer(fake, "GET /servers", 200, "{\"servers\": []}");
 *   code = connection->open(NULL, pileus_fake_call(fake), &conn);
 *   code = compute->list_nodes(conn, pileus_fake_call(fake), &query,
 *                              pileus_fake_sink(fake));
 *   assert(pileus_fake_count(fake) == 0);
 *
 * It is for C, and needs yajl 2 (-lyajl). It is smaller than the core: nothing
 * is sent twice, limits and secrets are not looked at, of values no more is
 * checked than is said here, and time does not pass. What is not there ends
 * the program with a sentence that names the table and the call: digests,
 * files, leases, texts to be built, other formats than JSON, JSON as it
 * arrives. pileus-driver-check(1) then tries the whole driver under the real
 * core.
 *
 * One thread at a time. Memory that runs out ends the program, too. All that a
 * function below returns belongs to the fake.
 */

#include <pileus/fake/tables.h>

/* ---- for tests
 * ----------------------------------------------------------------------
 */

static inline pileus_fake *
pileus_fake_new(void)
{
    pileus_fake *fake = pileus_fake_zeroed(sizeof *fake);

    fake->call.host = pileus_fake_host();
    fake->call.fake = fake;
    fake->sink.host = fake->call.host;
    fake->sink.fake = fake;
    return fake;
}

static inline void
pileus_fake_free_facts(pileus_fake_fact *facts)
{
    while (facts != NULL) {
        pileus_fake_fact *next = facts->next;

        free(facts->text);
        free(facts->name);
        free(facts);
        facts = next;
    }
}

static inline void
pileus_fake_free_records(pileus_record *records)
{
    while (records != NULL) {
        pileus_record *next = records->next;

        pileus_fake_free_facts(records->facts);
        if (records->extra.gen != NULL) {
            yajl_gen_free(records->extra.gen);
        }
        free(records->blob);
        free(records);
        records = next;
    }
}

/* Free it and all that belongs to it; not what the driver has: so a leak of the
 * driver's is one. */
static inline void
pileus_fake_free(pileus_fake *fake)
{
    pileus_fake_free_records(fake->records);
    pileus_fake_free_facts(fake->settings);
    while (fake->canned != NULL) {
        pileus_fake_canned *next = fake->canned->next;

        free(fake->canned->request);
        free(fake->canned->body);
        free(fake->canned);
        fake->canned = next;
    }
    for (size_t i = 0; i < fake->document_count; i++) {
        yajl_tree_free(fake->documents[i]);
    }
    for (size_t i = 0; i < 4; i++) {
        free(fake->failure_texts[i]);
    }
    free(fake->documents);
    free(fake->put);
    free(fake->log.data);
    free(fake->requests.data);
    free(fake->made);
    free(fake);
}

/* What the driver is called with. */
static inline pileus_call *
pileus_fake_call(pileus_fake *fake)
{
    return &fake->call;
}

static inline pileus_sink *
pileus_fake_sink(pileus_fake *fake)
{
    return &fake->sink;
}

/* An option that is set, "endpoint" among them. */
static inline void
pileus_fake_setting(pileus_fake *fake, const char *name, const char *value)
{
    pileus_fake_fact *fact = pileus_fake_zeroed(sizeof *fact);

    fact->name = pileus_fake_copy(name, PILEUS_NUL_TERMINATED);
    fact->text = pileus_fake_copy(value, PILEUS_NUL_TERMINATED);
    fact->next = fake->settings;
    fake->settings = fact;
}

/* Answer a request once: "GET /servers", whatever its query, or
 * "GET /servers?page=2", whose query is not encoded. The path is as the driver
 * gives it, without the endpoint. */
static inline void
pileus_fake_answer(pileus_fake *fake, const char *request, int64_t status,
                   const char *body)
{
    pileus_fake_canned **end = &fake->canned;

    while (*end != NULL) {
        end = &(*end)->next;
    }
    *end = pileus_fake_zeroed(sizeof **end);
    (*end)->request = pileus_fake_copy(request, PILEUS_NUL_TERMINATED);
    (*end)->status = status;
    (*end)->body = pileus_fake_copy(body, PILEUS_NUL_TERMINATED);
}

/* JSON, for functions of a driver that take a value. */
static inline const pileus_value *
pileus_fake_json_value(pileus_fake *fake, const char *text)
{
    yajl_val root = pileus_fake_read(&fake->call, text, strlen(text));

    if (root == NULL) {
        pileus_fake_die("the test gives what is no JSON: ", text);
    }
    fake->documents = pileus_fake_grow(
        fake->documents, (fake->document_count + 1) * sizeof(yajl_val));
    fake->documents[fake->document_count++] = root;
    return pileus_fake_value(root);
}

/* An object of the driver's, for calls that take one: id may be NULL, and more
 * is set with pileus_set_string and the like. It is also what such calls leave
 * the state after them in. */
static inline void *
pileus_fake_object(pileus_fake *fake, pileus_kind kind, const char *id)
{
    pileus_record *record = pileus_fake_new_record(fake, kind);

    pileus_set_id(record, id);
    return record;
}

/* The objects that were put, in order. */
static inline size_t
pileus_fake_count(const pileus_fake *fake)
{
    return fake->put_count;
}

static inline const pileus_record *
pileus_fake_at(const pileus_fake *fake, size_t i)
{
    return i < fake->put_count ? fake->put[i] : NULL;
}

static inline pileus_kind
pileus_fake_kind(const pileus_record *record)
{
    return record->kind;
}

/* A string, the index-th of its field; NULL: there is none. */
static inline const char *
pileus_fake_string(const pileus_record *record, int32_t field, uint64_t index)
{
    const pileus_fake_fact *fact = pileus_fake_fact_at(record, field, index);

    return fact == NULL ? NULL : fact->text;
}

/* A number, or the fallback. */
static inline int64_t
pileus_fake_integer(const pileus_record *record, int32_t field,
                    int64_t fallback)
{
    const pileus_fake_fact *fact = pileus_fake_fact_at(record, field, 0);

    return fact == NULL ? fallback : fact->integer;
}

static inline double
pileus_fake_double(const pileus_record *record, int32_t field, double fallback)
{
    const pileus_fake_fact *fact = pileus_fake_fact_at(record, field, 0);

    return fact == NULL ? fallback : fact->real;
}

/* The value of the pair of this name; NULL: there is none. */
static inline const char *
pileus_fake_pair(const pileus_record *record, int32_t field, const char *name)
{
    const pileus_fake_fact *fact;

    for (uint64_t i = 0; (fact = pileus_fake_fact_at(record, field, i)) != NULL;
         i++) {
        if (fact->name != NULL && strcmp(fact->name, name) == 0) {
            return fact->text;
        }
    }
    return NULL;
}

/* The size or image that is nested in it; NULL: there is none. */
static inline const pileus_record *
pileus_fake_nested(const pileus_record *record, int32_t field)
{
    const pileus_fake_fact *fact = pileus_fake_fact_at(record, field, 0);

    return fact == NULL ? NULL : fact->nested;
}

/* Its extra as JSON, without blanks, in order; NULL: none was set. */
static inline const char *
pileus_fake_extra(const pileus_record *record)
{
    pileus_record *own = (pileus_record *)(uintptr_t)record;
    size_t size = 0;

    return own->extra.gen == NULL ? NULL
                                  : pileus_fake_json_text(&own->extra, &size);
}

/* The failure that was reported last; NULL: none was. */
static inline const pileus_failure *
pileus_fake_failure(const pileus_fake *fake)
{
    return fake->failure.code == PILEUS_OK ? NULL : &fake->failure;
}

/* The lines of the log, "LEVEL: WORDS"; what was sent, each request with its
 * line, its headers, which may be none, and its body. */
static inline const char *
pileus_fake_log(const pileus_fake *fake)
{
    return fake->log.data == NULL ? "" : fake->log.data;
}

static inline const char *
pileus_fake_requests(const pileus_fake *fake)
{
    return fake->requests.data == NULL ? "" : fake->requests.data;
}

/* The id that pileus_made was told last; NULL: none, or it was undone. */
static inline const char *
pileus_fake_made(const pileus_fake *fake)
{
    return fake->made;
}

#endif

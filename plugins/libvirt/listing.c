/* Compute's list_nodes and get_node. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "listing.h"

#include "domains.h"
#include "job.h"
#include "state.h"

#include <stdlib.h>

/* ---- jobs -------------------------------------------------------------- */

typedef struct listing {
    lv_job job;
    char **ids; /* of the only nodes wanted, or all if there are none */
    size_t id_count;
    char *name; /* of the only node wanted; NULL: all */
    pileus_state *states;
    size_t state_count;
} listing;

static void
listing_free(lv_job *job)
{
    listing *self = (listing *)job;

    for (size_t i = 0; i < self->id_count; i++) {
        free(self->ids[i]);
    }
    free(self->ids);
    free(self->name);
    free(self->states);
}

static bool
is_repeated(const listing *self, size_t index)
{
    for (size_t i = 0; i < index; i++) {
        if (strcmp(self->ids[i], self->ids[index]) == 0) {
            return true;
        }
    }
    return false;
}

/* Only what was asked for by id or name. What is not there is no failure. */
static bool
find_wanted(listing *self, lv_domains *domains)
{
    lv_failure *failure = &self->job.failure;
    virDomainPtr domain;

    for (size_t i = 0; i < self->id_count; i++) {
        if (is_repeated(self, i)) {
            continue;
        }
        domain = lv_domain_find(self->job.virt, self->ids[i], "read", failure);
        if (domain != NULL && !lv_domains_add(domains, domain, failure)) {
            return false;
        }
        if (domain == NULL && failure->code != PILEUS_NOT_FOUND) {
            return false;
        }
        lv_failure_clear(failure);
    }
    if (self->id_count == 0 && self->name != NULL) {
        domain = virDomainLookupByName(self->job.virt, self->name);
        if (domain != NULL) {
            return lv_domains_add(domains, domain, failure);
        }
        if (lv_last_number() != VIR_ERR_NO_DOMAIN) {
            return lv_failed(failure, "look for a node named %s", self->name);
        }
    }
    return true;
}

static bool
is_wanted(const listing *self, const lv_known *known)
{
    for (size_t i = 0; i < self->state_count; i++) {
        if (lv_state(known->state, known->reason) == self->states[i]) {
            return true;
        }
    }
    return self->state_count == 0 || known->state < 0;
}

static void
listing_run(lv_job *job)
{
    listing *self = (listing *)job;
    lv_domains domains = {0};
    bool go_on = self->id_count > 0 || self->name != NULL
                     ? find_wanted(self, &domains)
                     : lv_domains_all(&domains, job->virt, &job->failure);

    for (size_t i = 0; go_on && i < domains.count; i++) {
        const lv_domain *entry = &domains.list[i];
        lv_facts *facts;

        if (!is_wanted(self, &entry->known)) {
            continue;
        }
        facts = lv_facts_gather(entry->domain, &entry->known, &job->failure);
        if (facts != NULL && !lv_job_give(job, facts)) {
            lv_facts_free(facts);
            go_on = false;
        }
        /* One that has vanished since is no failure. */
        if (facts == NULL && job->failure.code == PILEUS_NOT_FOUND) {
            lv_failure_clear(&job->failure);
        } else if (facts == NULL) {
            go_on = false;
        }
    }
    lv_domains_free(&domains);
}

static const lv_job_kind listing_kind = {
    .size = sizeof(listing),
    .doing = "listing the nodes",
    .grace_ms = 200,
    .run = listing_run,
    .free = listing_free,
};

static void
getting_run(lv_job *job)
{
    static const lv_known nothing = LV_NOTHING_KNOWN;
    listing *self = (listing *)job;
    virDomainPtr domain =
        lv_domain_find(job->virt, self->ids[0], "read", &job->failure);
    lv_facts *facts;

    if (domain == NULL) {
        return;
    }
    facts = lv_facts_gather(domain, &nothing, &job->failure);
    (void)virDomainFree(domain);
    if (facts != NULL && !lv_job_give(job, facts)) {
        lv_facts_free(facts);
    }
}

static const lv_job_kind getting_kind = {
    .size = sizeof(listing),
    .doing = "reading a node",
    .grace_ms = 200,
    .run = getting_run,
    .free = listing_free,
};

/* ---- calls ------------------------------------------------------------- */

static bool
copy_ids(listing *self, const char *const *ids, size_t count)
{
    self->ids = calloc(count, sizeof *self->ids);
    while (self->ids != NULL && self->id_count < count) {
        self->ids[self->id_count] = strdup(ids[self->id_count]);
        if (self->ids[self->id_count] == NULL) {
            return false;
        }
        self->id_count++;
    }
    return self->ids != NULL;
}

static bool
copy_query(listing *self, const pileus_query_args *query)
{
    if (query->id_count > 0 &&
        !copy_ids(self, query->ids, (size_t)query->id_count)) {
        return false;
    }
    if (query->name != NULL && (self->name = strdup(query->name)) == NULL) {
        return false;
    }
    if (query->state_count > 0) {
        self->states = calloc((size_t)query->state_count, sizeof *self->states);
        if (self->states == NULL) {
            return false;
        }
        self->state_count = (size_t)query->state_count;
        memcpy(self->states, query->states,
               self->state_count * sizeof *self->states);
    }
    return true;
}

/* Put the nodes whose facts the job gives, and end it. */
static int32_t
put_all(lv_job *job, const lv_connection *connection, pileus_call *call,
        pileus_sink *sink)
{
    int32_t code = lv_job_start(call, job);

    while (code == PILEUS_OK) {
        void *facts = NULL;
        pileus_record *record;

        code = lv_job_next(call, job, &facts);
        if (code != PILEUS_OK || facts == NULL) {
            break;
        }
        record = pileus_begin(sink, PILEUS_KIND_NODE);
        lv_facts_describe(facts, connection, record);
        lv_facts_free(facts);
        code = pileus_put(record);
    }
    lv_job_end(job);
    return code;
}

int32_t
lv_list_nodes(void *connection, pileus_call *call,
              const pileus_query_args *query, pileus_sink *sink)
{
    listing *self = lv_job_new(call, &listing_kind, connection);

    if (self == NULL) {
        return PILEUS_NO_MEMORY;
    }
    if (!copy_query(self, query)) {
        lv_job_end(&self->job);
        return pileus_fail(call, PILEUS_NO_MEMORY,
                           "memory ran out while listing the nodes");
    }
    return put_all(&self->job, connection, call, sink);
}

int32_t
lv_get_node(void *connection, pileus_call *call, const char *id,
            pileus_sink *sink)
{
    listing *self = lv_job_new(call, &getting_kind, connection);

    if (self == NULL) {
        return PILEUS_NO_MEMORY;
    }
    if (!copy_ids(self, &id, 1)) {
        lv_job_end(&self->job);
        return pileus_fail(call, PILEUS_NO_MEMORY,
                           "memory ran out while reading a node");
    }
    return put_all(&self->job, connection, call, sink);
}

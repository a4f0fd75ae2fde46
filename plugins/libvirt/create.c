/* Compute's create_node: the disk, the domain, its start; or nothing. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "create.h"

#include "domain_xml.h"
#include "facts.h"
#include "job.h"
#include "metadata.h"

#include <stdlib.h>

/* What this job makes, and what it must undo if it cannot make all. */
typedef struct creation {
    lv_job job;
    lv_order order;
    lv_guest guest;
    lv_link link;
    const char *link_name;
    lv_disk disk;
    virDomainPtr domain; /* NULL: not defined yet */
    bool undone;         /* it was defined, and is no more */
} creation;

/* ---- on the thread of the job ------------------------------------------ */

/* Hand over the facts of a domain. False: it failed, or nobody wants them. */
static bool
give(creation *self, virDomainPtr domain)
{
    static const lv_known nothing = LV_NOTHING_KNOWN;
    lv_facts *facts = lv_facts_gather(domain, &nothing, &self->job.failure);

    if (facts == NULL || lv_job_give(&self->job, facts)) {
        return facts != NULL;
    }
    lv_facts_free(facts);
    return false;
}

/* Was this domain made with the same token? */
static bool
is_of_token(virDomainPtr domain, const lv_order *order)
{
    char *text = virDomainGetXMLDesc(domain, 0);
    xmlDocPtr xml = lv_xml_read(text);
    bool is = xml != NULL &&
              lv_xml_is(lv_note_find(xml, order->uuid), "token", order->token);

    xmlFreeDoc(xml);
    free(text);
    return is;
}

/* If an earlier create with this token has made the node, give that one.
 * *found: it has, or something else has its UUID, and this is the end of it. */
static bool
give_earlier(creation *self, bool *found)
{
    lv_failure *failure = &self->job.failure;
    virDomainPtr domain =
        virDomainLookupByUUIDString(self->job.virt, self->order.uuid);
    bool given;

    *found = domain != NULL;
    if (domain == NULL) {
        return lv_last_number() == VIR_ERR_NO_DOMAIN
                   ? true
                   : lv_failed(failure, "see whether node %s exists already",
                               self->order.name);
    }
    given = is_of_token(domain, &self->order)
                ? give(self, domain)
                : lv_refuse(failure, PILEUS_CONFLICT,
                            "the domain %s has the UUID that belongs to this "
                            "token, but was not made with it: use another "
                            "token",
                            virDomainGetName(domain));
    (void)virDomainFree(domain);
    return given;
}

/* Does another domain have the name? Then that is the failure. */
static bool
is_name_taken(creation *self)
{
    virDomainPtr other =
        virDomainLookupByName(self->job.virt, self->order.name);

    if (other == NULL) {
        return false;
    }
    (void)virDomainFree(other);
    lv_failure_explain(&self->job.failure, PILEUS_CONFLICT,
                       "there is a node named %s already: choose another "
                       "name, or destroy that one first",
                       self->order.name);
    return true;
}

/* Define the domain, or define it anew. */
static bool
define(creation *self)
{
    char *xml = lv_domain_xml(&self->order, &self->guest, &self->disk,
                              self->link, self->link_name);
    virDomainPtr domain;

    if (xml == NULL) {
        return lv_no_memory(&self->job.failure);
    }
    domain = virDomainDefineXML(self->job.virt, xml);
    free(xml);
    if (domain == NULL) {
        (void)lv_failed(&self->job.failure, "define node %s", self->order.name);
        /* libvirt has no number for that. */
        (void)is_name_taken(self);
        return false;
    }
    if (self->domain != NULL) {
        (void)virDomainFree(self->domain);
    }
    self->domain = domain;
    return true;
}

/* Hand over the id as soon as there is something to it, and nothing else, for
 * which libvirt would have to be asked first. */
static bool
give_id(creation *self)
{
    lv_facts *facts = calloc(1, sizeof *facts);

    if (facts == NULL) {
        return lv_no_memory(&self->job.failure);
    }
    memcpy(facts->uuid, self->order.uuid, sizeof facts->uuid);
    if (!lv_job_give(&self->job, facts)) {
        lv_facts_free(facts);
        return false;
    }
    return true;
}

/* One that runs already was started by the same token on another thread. */
static bool
start(creation *self)
{
    lv_failure *failure = &self->job.failure;

    if (virDomainCreate(self->domain) == 0) {
        return true;
    }
    (void)lv_failed(failure, "start node %s", self->order.name);
    if (virDomainIsActive(self->domain) == 1) {
        lv_failure_clear(failure);
    }
    return failure->code == PILEUS_OK;
}

/* Some hosts cannot give a guest all that their own processor has, such as one
 * that is a guest itself, and find out by QEMU's end: there the guest gets the
 * processor that libvirt gives to those that ask for none. */
static bool
start_somehow(creation *self)
{
    if (start(self)) {
        return true;
    }
    if (!self->guest.own_cpu ||
        self->job.failure.number != VIR_ERR_INTERNAL_ERROR ||
        lv_job_is_abandoned(&self->job)) {
        return false;
    }
    self->guest.own_cpu = false;
    lv_failure_clear(&self->job.failure);
    return define(self) && start(self);
}

static bool
make(creation *self)
{
    lv_failure *failure = &self->job.failure;
    virConnectPtr virt = self->job.virt;

    return !is_name_taken(self) &&
           lv_guest_choose(&self->guest, virt, failure) &&
           lv_link_choose(&self->link, &self->link_name, virt,
                          self->order.network, failure) &&
           lv_disk_make(&self->disk, virt, &self->order, failure) &&
           !lv_job_is_abandoned(&self->job) && define(self) && give_id(self) &&
           start_somehow(self);
}

/* In the reverse order; what cannot be undone is named. */
static void
undo(creation *self)
{
    lv_failure *failure = &self->job.failure;

    self->undone = self->domain != NULL && virDomainUndefine(self->domain) == 0;
    if (self->domain != NULL && !self->undone) {
        lv_failure_add(failure,
                       " (and the node, which had been defined already, could "
                       "not be taken back: destroy node %s)",
                       self->order.uuid);
        return; /* its disk goes with it */
    }
    lv_disk_undo(&self->disk, failure);
}

/* What is in the way may be the node of the same token, made at the same time
 * on another thread: then it is the one to give. */
static void
reconsider(creation *self)
{
    lv_failure conflict = self->job.failure;
    bool found = false;

    memset(&self->job.failure, 0, sizeof self->job.failure);
    (void)give_earlier(self, &found);
    if (found) {
        lv_failure_clear(&conflict);
    } else {
        lv_failure_clear(&self->job.failure);
        self->job.failure = conflict;
    }
}

static void
creation_run(lv_job *job)
{
    creation *self = (creation *)job;
    bool found = false;

    if (!give_earlier(self, &found) || found) {
        return;
    }
    if (make(self)) {
        (void)give(self, self->domain);
    } else {
        undo(self);
        if (job->failure.code == PILEUS_CONFLICT) {
            reconsider(self);
        }
    }
    if (self->domain != NULL) {
        (void)virDomainFree(self->domain);
    }
    lv_disk_clear(&self->disk);
}

static void
creation_free(lv_job *job)
{
    creation *self = (creation *)job;

    lv_guest_clear(&self->guest);
    lv_order_clear(&self->order);
}

/* A create that has to end early gets some time to undo what it did. */
static const lv_job_kind creating = {
    .size = sizeof(creation),
    .doing = "making a node",
    .writes = true,
    .grace_ms = 2000,
    .run = creation_run,
    .free = creation_free,
};

/* ---- on the thread of the call ----------------------------------------- */

static int32_t
put(const lv_facts *facts, const lv_connection *connection, pileus_sink *sink)
{
    pileus_record *record = pileus_begin(sink, PILEUS_KIND_NODE);

    lv_facts_describe(facts, connection, record);
    return pileus_put(record);
}

/* Take what the job gives: the id first, the node last. */
static int32_t
take(creation *self, pileus_call *call, pileus_sink *sink)
{
    lv_facts *last = NULL;
    int32_t code = lv_job_start(call, &self->job);

    pileus_progress(call,
                    self->order.image == NULL ? "making the node"
                                              : "copying the image",
                    -1);
    while (code == PILEUS_OK) {
        void *item = NULL;

        code = lv_job_next(call, &self->job, &item);
        if (code != PILEUS_OK || item == NULL) {
            break;
        }
        lv_facts_free(last);
        last = item;
        (void)pileus_made(call, PILEUS_KIND_NODE, last->uuid);
    }
    if (code == PILEUS_OK) {
        code = put(last, self->job.connection, sink);
    } else if (lv_job_is_done(&self->job) && self->undone) {
        (void)pileus_made(call, PILEUS_KIND_NODE, NULL);
    }
    lv_facts_free(last);
    return code;
}

int32_t
lv_create_node(void *connection, pileus_call *call,
               const pileus_create_args *args, pileus_sink *sink)
{
    creation *self = lv_job_new(call, &creating, connection);
    int32_t code;

    if (self == NULL) {
        return PILEUS_NO_MEMORY;
    }
    code = lv_order_read(&self->order, call, connection, args);
    if (code == PILEUS_OK) {
        code = take(self, call, sink);
    }
    lv_job_end(&self->job);
    return code;
}

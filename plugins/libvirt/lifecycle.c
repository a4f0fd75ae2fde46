/* Compute's reboot_node, start_node and stop_node. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "lifecycle.h"

#include "facts.h"
#include "state.h"

#include <stdlib.h>

/* How often a node is looked at while its guest shuts down: soon at first. */
#define LOOK_FIRST_MS 100
#define LOOK_LAST_MS 1000

lv_action *
lv_action_new(pileus_call *call, const lv_job_kind *kind,
              lv_connection *connection, const char *id)
{
    lv_action *self;

    if (id == NULL) {
        (void)pileus_fail(call, PILEUS_NOT_FOUND,
                          "this node has no id, so libvirt does not know it: "
                          "list the nodes again");
        return NULL;
    }
    self = lv_job_new(call, kind, connection);
    if (self != NULL && (self->id = strdup(id)) == NULL) {
        (void)pileus_fail(call, PILEUS_NO_MEMORY, "memory ran out while %s",
                          kind->doing);
        lv_job_end(&self->job);
        self = NULL;
    }
    return self;
}

void
lv_action_free(lv_job *job)
{
    free(((lv_action *)job)->id);
}

/* ---- on the thread of a job -------------------------------------------- */

/* One that is not there any more was transient, and is gone. */
static void
read_back(lv_action *self, virDomainPtr domain, const char *name)
{
    if (virDomainGetState(domain, &self->state, &self->reason, 0) == 0) {
        return;
    }
    self->gone = lv_last_number() == VIR_ERR_NO_DOMAIN;
    if (!self->gone) {
        (void)lv_failed(&self->job.failure, "read back the state of node %s",
                        name);
    }
}

/* Do something to the node, and read its state back. Some hypervisors call it
 * an internal error when a node's state forbids something: wants_active tells
 * it apart. */
static void
act(lv_job *job, const char *doing, bool wants_active,
    int (*function)(virDomainPtr))
{
    lv_action *self = (lv_action *)job;
    virDomainPtr domain =
        lv_domain_find(job->virt, self->id, doing, &job->failure);
    const char *name;
    bool failed;

    if (domain == NULL) {
        return;
    }
    name = virDomainGetName(domain); /* which forgets libvirt's last error */
    failed = function != NULL && function(domain) < 0;
    if (failed) {
        (void)lv_failed(&job->failure, "%s node %s", doing, name);
    } else {
        read_back(self, domain, name);
    }
    if (failed && job->failure.code == PILEUS_FAILED &&
        virDomainIsActive(domain) == !wants_active) {
        job->failure.code = PILEUS_CONFLICT;
    }
    (void)virDomainFree(domain);
}

static int
reboot(virDomainPtr domain)
{
    return virDomainReboot(domain, VIR_DOMAIN_REBOOT_DEFAULT);
}

static int
reset(virDomainPtr domain)
{
    return virDomainReset(domain, 0);
}

/* To be running is what start is for, whatever there is in the way of it. */
static int
start(virDomainPtr domain)
{
    int state = VIR_DOMAIN_NOSTATE;

    if (virDomainGetState(domain, &state, NULL, 0) < 0) {
        return -1;
    }
    switch (state) {
    case VIR_DOMAIN_PAUSED:
        return virDomainResume(domain);
    case VIR_DOMAIN_PMSUSPENDED:
        return virDomainPMWakeup(domain, 0);
    default:
        return virDomainCreate(domain);
    }
}

static void
reboot_run(lv_job *job)
{
    act(job, "reboot", true, reboot);
}

static void
reset_run(lv_job *job)
{
    act(job, "reset", true, reset);
}

static void
start_run(lv_job *job)
{
    act(job, "start", false, start);
}

static void
ask_run(lv_job *job)
{
    act(job, "shut down", true, virDomainShutdown);
}

static void
stop_run(lv_job *job)
{
    act(job, "stop", true, virDomainDestroy);
}

static void
look_run(lv_job *job)
{
    act(job, "look at", true, NULL);
}

#define ACTION(DOING, WRITES, RUN)                                             \
    {                                                                          \
        .size = sizeof(lv_action), .doing = (DOING), .writes = (WRITES),       \
        .grace_ms = 200, .run = (RUN), .free = lv_action_free,                 \
    }

static const lv_job_kind rebooting =
    ACTION("rebooting a node", true, reboot_run);
static const lv_job_kind resetting =
    ACTION("resetting a node", true, reset_run);
static const lv_job_kind starting = ACTION("starting a node", true, start_run);
static const lv_job_kind asking =
    ACTION("asking a guest to shut down", true, ask_run);
static const lv_job_kind stopping = ACTION("stopping a node", true, stop_run);
static const lv_job_kind looking = ACTION("looking at a node", false, look_run);

/* ---- on the thread of the call ----------------------------------------- */

/* What a node was found to be. */
typedef struct look {
    int state;
    int reason;
    bool gone;
} look;

static int32_t
run(lv_connection *connection, pileus_call *call, const lv_job_kind *kind,
    const char *id, look *found)
{
    lv_action *self = lv_action_new(call, kind, connection, id);
    int32_t code;

    if (self == NULL) {
        return id == NULL ? PILEUS_NOT_FOUND : PILEUS_NO_MEMORY;
    }
    code = lv_job_run(call, &self->job);
    if (code == PILEUS_OK) {
        found->state = self->state;
        found->reason = self->reason;
        found->gone = self->gone;
    }
    lv_job_end(&self->job);
    return code;
}

static void
set_after(pileus_record *after, const look *found)
{
    if (found->gone) {
        pileus_set_state(after, PILEUS_STATE_TERMINATED, NULL);
    } else {
        pileus_set_state(after, lv_state(found->state, found->reason),
                         lv_state_word(found->state));
    }
}

/* While the guest makes up its mind, libvirt calls the node running still; to
 * the application it is what it asked for, and the core says so. */
static bool
is_undecided(const look *found)
{
    return !found->gone && (found->state == VIR_DOMAIN_RUNNING ||
                            found->state == VIR_DOMAIN_BLOCKED);
}

int32_t
lv_reboot_node(void *connection, pileus_call *call, const pileus_node *node,
               uint64_t flags, pileus_record *after)
{
    look found = {0};
    int32_t code =
        run(connection, call, flags == PILEUS_HARD ? &resetting : &rebooting,
            pileus_object_id(call, node), &found);

    if (code == PILEUS_OK && !is_undecided(&found)) {
        set_after(after, &found);
    }
    return code;
}

int32_t
lv_start_node(void *connection, pileus_call *call, const pileus_node *node,
              uint64_t flags, pileus_record *after)
{
    look found = {0};
    int32_t code;

    if (flags != 0) {
        return pileus_fail(call, PILEUS_NOT_SUPPORTED,
                           "there is no soft and no hard way to start a node "
                           "of libvirt: leave the flag out");
    }
    code =
        run(connection, call, &starting, pileus_object_id(call, node), &found);
    if (code == PILEUS_OK) {
        set_after(after, &found);
    }
    return code;
}

/* How long the guest may take: the option's time, yet so that some of the
 * call's time is left for pulling the plug. */
static int64_t
patience_ms(const lv_connection *connection, pileus_call *call)
{
    int64_t wanted = connection->settings.stop_timeout_ms;
    int64_t left = pileus_remaining_ms(call) / 4 * 3;

    return wanted < left ? wanted : left;
}

static bool
is_over(const look *found)
{
    return found->gone || !lv_is_active(found->state);
}

/* Wait until the guest has shut down, or until it has had its time. */
static int32_t
wait_for_guest(lv_connection *connection, pileus_call *call, const char *id,
               look *found)
{
    int64_t begin = pileus_now_ms(call);
    int64_t patience = patience_ms(connection, call);
    int64_t step = LOOK_FIRST_MS;
    int32_t code = PILEUS_OK;

    while (code == PILEUS_OK && !is_over(found)) {
        int64_t left = begin + patience - pileus_now_ms(call);

        if (left <= 0) {
            break;
        }
        pileus_progress(call, "waiting for the guest to shut down",
                        1.0 - (double)left / (double)patience);
        code = pileus_wait(call, step < left ? step : left);
        if (code == PILEUS_OK) {
            code = run(connection, call, &looking, id, found);
        }
        step = step * 2 < LOOK_LAST_MS ? step * 2 : LOOK_LAST_MS;
    }
    return code;
}

/* Ask the guest, and wait. One that cannot hear (it is paused, or off) is not
 * asked, and one that is shutting down already need not be. *over: it did what
 * it was asked. */
static int32_t
ask_and_wait(lv_connection *connection, pileus_call *call, const char *id,
             look *found, bool *over)
{
    int32_t code = run(connection, call, &looking, id, found);

    if (code != PILEUS_OK ||
        (!is_undecided(found) && found->state != VIR_DOMAIN_SHUTDOWN)) {
        return code;
    }
    if (is_undecided(found)) {
        code = run(connection, call, &asking, id, found);
        if (code == PILEUS_NOT_SUPPORTED || code == PILEUS_FAILED ||
            code == PILEUS_CONFLICT) {
            return PILEUS_OK; /* it cannot be asked */
        }
    }
    if (code == PILEUS_OK) {
        code = wait_for_guest(connection, call, id, found);
    }
    *over = is_over(found);
    return code;
}

/* Ask the guest, wait, then pull the plug. What was off to begin with is left
 * to libvirt to refuse. */
static int32_t
stop_gently(lv_connection *connection, pileus_call *call, const char *id,
            look *found)
{
    bool over = false;
    bool was_on;
    int32_t code = ask_and_wait(connection, call, id, found, &over);

    if (code != PILEUS_OK || over) {
        return code;
    }
    was_on = !is_over(found);
    if (was_on) {
        pileus_log(call, PILEUS_LOG_INFO,
                   "the guest of node %s did not shut down: pulling the plug",
                   id);
    }
    code = run(connection, call, &stopping, id, found);
    /* It may have shut down at the last moment. */
    if (code == PILEUS_CONFLICT && was_on &&
        run(connection, call, &looking, id, found) == PILEUS_OK &&
        is_over(found)) {
        code = PILEUS_OK;
    }
    return code;
}

int32_t
lv_stop_node(void *connection, pileus_call *call, const pileus_node *node,
             uint64_t flags, pileus_record *after)
{
    const char *id = pileus_object_id(call, node);
    look found = {0};
    int32_t code;

    if (flags == PILEUS_SOFT) {
        code = run(connection, call, &asking, id, &found);
        if (code != PILEUS_OK || is_undecided(&found)) {
            return code;
        }
    } else if (flags == PILEUS_HARD) {
        code = run(connection, call, &stopping, id, &found);
    } else {
        code = stop_gently(connection, call, id, &found);
    }
    if (code == PILEUS_OK) {
        set_after(after, &found);
    }
    return code;
}

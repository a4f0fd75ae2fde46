/* Compute's list_locations: the one host. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "locations.h"

#include "job.h"

typedef struct locating {
    lv_job job;
    virNodeInfo host;
    unsigned long libvirt_version;    /* 0, like the next: not known */
    unsigned long hypervisor_version; /* major * 1000000 + minor * 1000 + … */
} locating;

static void
locating_run(lv_job *job)
{
    locating *self = (locating *)job;

    if (virNodeGetInfo(job->virt, &self->host) < 0) {
        (void)lv_failed(&job->failure, "read the facts of the host");
    }
    (void)virConnectGetLibVersion(job->virt, &self->libvirt_version);
    (void)virConnectGetVersion(job->virt, &self->hypervisor_version);
}

static const lv_job_kind locating_kind = {
    .size = sizeof(locating),
    .doing = "reading the facts of the host",
    .grace_ms = 200,
    .run = locating_run,
};

static void
extra_version(pileus_record *record, const char *key, unsigned long version)
{
    char text[64];

    if (version > 0) {
        (void)snprintf(text, sizeof text, "%lu.%lu.%lu", version / 1000000,
                       version / 1000 % 1000, version % 1000);
        pileus_extra_string(record, key, text);
    }
}

static int32_t
put(const locating *self, pileus_sink *sink)
{
    const lv_connection *connection = self->job.connection;
    pileus_record *record = pileus_begin(sink, PILEUS_KIND_LOCATION);
    char model[sizeof self->host.model + 1] = {0};

    memcpy(model, self->host.model, sizeof self->host.model);
    pileus_set_id(record, connection->hostname);
    pileus_set_name(record, connection->hostname);
    if (connection->uri != NULL) {
        pileus_extra_string(record, "uri", connection->uri);
    }
    pileus_extra_string(record, "hypervisor", connection->type);
    extra_version(record, "hypervisor_version", self->hypervisor_version);
    extra_version(record, "libvirt_version", self->libvirt_version);
    pileus_extra_string(record, "cpu_model", model);
    pileus_extra_integer(record, "cpus", self->host.cpus);
    pileus_extra_integer(record, "memory", (int64_t)(self->host.memory / 1024));
    return pileus_put(record);
}

int32_t
lv_list_locations(void *connection, pileus_call *call,
                  const pileus_query_args *query, pileus_sink *sink)
{
    locating *self = lv_job_new(call, &locating_kind, connection);
    int32_t code;

    (void)query; /* there is but one */
    if (self == NULL) {
        return PILEUS_NO_MEMORY;
    }
    code = lv_job_run(call, &self->job);
    if (code == PILEUS_OK) {
        code = put(self, sink);
    }
    lv_job_end(&self->job);
    return code;
}

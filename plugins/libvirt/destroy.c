/* Compute's destroy_node: the domain, and the storage made for it. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "facts.h"
#include "lifecycle.h"
#include "metadata.h"

#include <stdlib.h>

/* Pull the plug, unless it is out. *gone: it was transient, and is no more. */
static bool
stop(lv_job *job, virDomainPtr domain, bool *gone)
{
    const char *name = virDomainGetName(domain);
    int active = virDomainIsActive(domain);

    if (active == 1 && virDomainDestroy(domain) < 0 &&
        lv_last_number() != VIR_ERR_NO_DOMAIN) {
        (void)lv_failed(&job->failure, "stop node %s before it is destroyed",
                        name);
        active = virDomainIsActive(domain); /* did it stop by itself? */
        if (active != 0) {
            return false;
        }
        lv_failure_clear(&job->failure);
    }
    active = virDomainIsActive(domain);
    *gone = active < 0 && lv_last_number() == VIR_ERR_NO_DOMAIN;
    return active == 0 || *gone
               ? true
               : lv_failed(&job->failure, "see whether node %s has stopped",
                           name);
}

/* One that is gone already is no failure: destroy may be tried again. */
static bool
delete_volume(lv_job *job, const char *pool_name, const char *name)
{
    virStoragePoolPtr pool = virStoragePoolLookupByName(job->virt, pool_name);
    virStorageVolPtr volume =
        pool == NULL ? NULL : virStorageVolLookupByName(pool, name);
    bool deleted = true;

    if (volume == NULL) {
        int number = lv_last_number();

        deleted = number == VIR_ERR_NO_STORAGE_POOL ||
                  number == VIR_ERR_NO_STORAGE_VOL;
    } else {
        deleted = virStorageVolDelete(volume, 0) == 0;
        deleted = deleted || lv_last_number() == VIR_ERR_NO_STORAGE_VOL;
    }
    if (!deleted) {
        (void)lv_failed(&job->failure,
                        "delete volume %s of pool %s, the node's own disk (the "
                        "node is stopped, and stays until this succeeds)",
                        name, pool_name);
    }
    if (volume != NULL) {
        (void)virStorageVolFree(volume);
    }
    if (pool != NULL) {
        (void)virStoragePoolFree(pool);
    }
    return deleted;
}

static bool
delete_volumes(lv_job *job, xmlDocPtr xml, const char *uuid)
{
    bool deleted = true;

    for (xmlNodePtr at = lv_note_child(lv_note_find(xml, uuid), "volume");
         at != NULL && deleted; at = lv_xml_next(at)) {
        char *pool = lv_xml_attribute(at, "pool");
        char *name = lv_xml_attribute(at, "name");

        if (pool != NULL && name != NULL) {
            deleted = delete_volume(job, pool, name);
        }
        free(pool);
        free(name);
    }
    return deleted;
}

/* With all that hangs on it, as far as this hypervisor knows such things. */
static bool
undefine(lv_job *job, virDomainPtr domain)
{
    static const unsigned int flags[] = {
#if LIBVIR_VERSION_NUMBER >= 5006000
        VIR_DOMAIN_UNDEFINE_MANAGED_SAVE |
            VIR_DOMAIN_UNDEFINE_SNAPSHOTS_METADATA |
            VIR_DOMAIN_UNDEFINE_CHECKPOINTS_METADATA |
            VIR_DOMAIN_UNDEFINE_NVRAM,
#endif
        VIR_DOMAIN_UNDEFINE_MANAGED_SAVE |
            VIR_DOMAIN_UNDEFINE_SNAPSHOTS_METADATA | VIR_DOMAIN_UNDEFINE_NVRAM,
        VIR_DOMAIN_UNDEFINE_MANAGED_SAVE |
            VIR_DOMAIN_UNDEFINE_SNAPSHOTS_METADATA,
        VIR_DOMAIN_UNDEFINE_MANAGED_SAVE,
    };
    const char *name = virDomainGetName(domain);
    int done = -1;

    for (size_t i = 0; i < sizeof flags / sizeof flags[0] && done < 0; i++) {
        done = virDomainUndefineFlags(domain, flags[i]);
        if (done < 0 && !lv_last_is_unsupported()) {
            break;
        }
    }
    if (done < 0 && lv_last_is_unsupported()) {
        done = virDomainUndefine(domain);
    }
    return done == 0 || lv_last_number() == VIR_ERR_NO_DOMAIN
               ? true
               : lv_failed(&job->failure, "undefine node %s", name);
}

static void
destroy_run(lv_job *job)
{
    lv_action *self = (lv_action *)job;
    virDomainPtr domain =
        lv_domain_find(job->virt, self->id, "destroy", &job->failure);
    const char *name;
    char *text = NULL;
    xmlDocPtr xml = NULL;
    bool gone = false;

    if (domain == NULL) {
        return;
    }
    name = virDomainGetName(domain);
    text = virDomainGetXMLDesc(domain, 0);
    if (text == NULL) {
        (void)lv_failed(&job->failure, "destroy node %s", name);
        goto out;
    }
    xml = lv_xml_read(text);
    if (xml == NULL) {
        (void)lv_refuse(&job->failure, PILEUS_PROTOCOL,
                        "cannot destroy node %s: libvirt's description of it "
                        "is no XML, or memory ran out",
                        name);
        goto out;
    }
    /* The domain last: as long as it is there, whatever else failed can be
     * tried again through it. */
    (void)(stop(job, domain, &gone) && delete_volumes(job, xml, self->id) &&
           (gone || undefine(job, domain)));

out:
    xmlFreeDoc(xml);
    free(text);
    (void)virDomainFree(domain);
}

static const lv_job_kind destroying = {
    .size = sizeof(lv_action),
    .doing = "destroying a node",
    .writes = true,
    .grace_ms = 200,
    .run = destroy_run,
    .free = lv_action_free,
};

int32_t
lv_destroy_node(void *connection, pileus_call *call, const pileus_node *node,
                uint64_t flags, pileus_record *after)
{
    lv_action *self;
    int32_t code;

    (void)after; /* the core sets it terminated */
    if (flags == PILEUS_SOFT) {
        return pileus_fail(call, PILEUS_NOT_SUPPORTED,
                           "libvirt destroys nodes without asking the guest: "
                           "stop the node first, or leave the flag out");
    }
    self = lv_action_new(call, &destroying, connection,
                         pileus_object_id(call, node));
    if (self == NULL) {
        return pileus_object_id(call, node) == NULL ? PILEUS_NOT_FOUND
                                                    : PILEUS_NO_MEMORY;
    }
    code = lv_job_run(call, &self->job);
    lv_job_end(&self->job);
    return code;
}

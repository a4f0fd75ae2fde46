/* The disk of a new node. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "disk.h"

#include "volume.h"
#include "xml.h"

#include <stdlib.h>

/* What it is made from, and where. */
typedef struct source {
    virStorageVolPtr volume; /* NULL: empty */
    lv_volume facts;
    virStoragePoolPtr pool; /* where the disk goes */
    bool pool_has_formats;  /* a folder of files, as opposed to bare devices */
    int64_t bytes;
} source;

/* ---- where from, where to ---------------------------------------------- */

/* Look at the image; nothing is made of it yet. */
static bool
read_image(source *from, virConnectPtr virt, const lv_order *order,
           lv_failure *failure)
{
    size_t pool_length = strcspn(order->image, "/");
    char *pool = strndup(order->image, pool_length);
    bool read;

    if (pool == NULL) {
        return lv_no_memory(failure);
    }
    from->volume = lv_volume_find(virt, order->image, "use", failure);
    read = from->volume != NULL &&
           lv_volume_read(&from->facts, from->volume, pool, failure);
    free(pool);
    if (!read) {
        return false;
    }
    if (from->facts.format != NULL && strcmp(from->facts.format, "iso") == 0) {
        return lv_refuse(failure, PILEUS_INVALID_ARGUMENT,
                         "image %.256s is a CD: choose one that is a disk",
                         order->image);
    }
    if (from->bytes == 0) {
        from->bytes = from->facts.capacity;
    }
    if (from->facts.capacity > from->bytes) {
        return lv_refuse(
            failure, PILEUS_INVALID_ARGUMENT,
            "image %.256s needs a disk of %" PRId64
            " bytes, and size %s has only %" PRId64 ": choose a larger size",
            order->image, from->facts.capacity, order->size.name, from->bytes);
    }
    return true;
}

/* "default" if it is active, else whatever is. */
static virStoragePoolPtr
any_pool(virConnectPtr virt, lv_failure *failure)
{
    virStoragePoolPtr chosen = virStoragePoolLookupByName(virt, "default");
    virStoragePoolPtr *pools = NULL;
    int count;

    if (chosen != NULL && virStoragePoolIsActive(chosen) == 1) {
        return chosen;
    }
    if (chosen != NULL) {
        (void)virStoragePoolFree(chosen);
        chosen = NULL;
    }
    count = virConnectListAllStoragePools(
        virt, &pools, VIR_CONNECT_LIST_STORAGE_POOLS_ACTIVE);
    for (int i = 0; i < count; i++) {
        if (i == 0) {
            chosen = pools[i];
        } else {
            (void)virStoragePoolFree(pools[i]);
        }
    }
    free(pools);
    if (count < 0) {
        (void)lv_failed(failure, "find a storage pool for the disk");
    } else if (count == 0) {
        (void)lv_refuse(failure, PILEUS_CONFLICT,
                        "there is no active storage pool for the disk: start "
                        "one with \"virsh pool-start\", or choose a size with "
                        "a disk of 0");
    }
    return chosen;
}

static bool
choose_pool(source *from, virConnectPtr virt, const lv_order *order,
            lv_failure *failure)
{
    const char *wanted = order->pool;
    const char *name;
    char *text;
    xmlDocPtr document;
    xmlNodePtr root;

    if (wanted == NULL && from->volume != NULL) {
        wanted = from->facts.pool;
    }
    from->pool = wanted == NULL ? any_pool(virt, failure)
                                : virStoragePoolLookupByName(virt, wanted);
    if (from->pool == NULL) {
        return wanted == NULL
                   ? false
                   : lv_failed(failure, "use storage pool %s", wanted);
    }
    name = virStoragePoolGetName(from->pool);
    text = virStoragePoolGetXMLDesc(from->pool, 0);
    document = lv_xml_read(text);
    root = document == NULL ? NULL : xmlDocGetRootElement(document);
    from->pool_has_formats = lv_xml_is(root, "type", "dir") ||
                             lv_xml_is(root, "type", "fs") ||
                             lv_xml_is(root, "type", "netfs");
    xmlFreeDoc(document);
    if (text == NULL) {
        return lv_failed(failure, "read storage pool %s", name);
    }
    free(text);
    return true;
}

static void
source_clear(source *from)
{
    if (from->volume != NULL) {
        (void)virStorageVolFree(from->volume);
    }
    if (from->pool != NULL) {
        (void)virStoragePoolFree(from->pool);
    }
    lv_volume_clear(&from->facts);
}

/* ---- making ------------------------------------------------------------ */

/* The image's own format where that can be had, else the one that the pool's
 * volumes have. */
static const char *
choose_format(const source *from)
{
    if (!from->pool_has_formats) {
        return "raw";
    }
    return from->facts.format != NULL && strcmp(from->facts.format, "raw") == 0
               ? "raw"
               : "qcow2";
}

static bool
name_disk(lv_disk *disk, const source *from, const lv_order *order,
          lv_failure *failure)
{
    const char *format = choose_format(from);
    size_t size = strlen(order->name) + sizeof "." + strlen(format);

    disk->format = strdup(format);
    disk->pool = strdup(virStoragePoolGetName(from->pool));
    disk->name = malloc(size);
    if (disk->format == NULL || disk->pool == NULL || disk->name == NULL) {
        return lv_no_memory(failure);
    }
    (void)snprintf(disk->name, size, "%s.%s", order->name, format);
    return true;
}

static char *
write_volume(const lv_disk *disk, const source *from)
{
    lv_xml xml;

    lv_xml_begin(&xml);
    lv_xml_open(&xml, "volume");
    lv_xml_leaf(&xml, "name", disk->name);
    lv_xml_amount(&xml, "capacity", "bytes", from->bytes);
    if (from->pool_has_formats) {
        /* Only what is written takes room. */
        lv_xml_amount(&xml, "allocation", "bytes", 0);
        lv_xml_open(&xml, "target");
        lv_xml_mark(&xml, "format", "type", disk->format);
        lv_xml_close(&xml);
    }
    lv_xml_close(&xml);
    return lv_xml_take(&xml);
}

/* Another one of that name is what most often forbids it; libvirt has no number
 * of its own for that. */
static bool
explain(const lv_disk *disk, const source *from, lv_failure *failure)
{
    virStorageVolPtr other;

    (void)lv_failed(failure, "make volume %s in pool %s", disk->name,
                    disk->pool);
    other = virStorageVolLookupByName(from->pool, disk->name);
    if (other != NULL) {
        lv_failure_explain(failure, PILEUS_CONFLICT,
                           "volume %s of pool %s exists already: choose "
                           "another name for the node, or delete the volume "
                           "if it is left over",
                           disk->name, disk->pool);
        (void)virStorageVolFree(other);
    }
    return false;
}

/* See what was made. A copied volume is as large as the image was, on some
 * hypervisors, and grows now. */
static bool
settle(lv_disk *disk, const source *from, lv_failure *failure)
{
    virStorageVolInfo info;

    if (virStorageVolGetInfo(disk->volume, &info) < 0) {
        return lv_failed(failure, "read volume %s of pool %s", disk->name,
                         disk->pool);
    }
    disk->is_block = info.type == VIR_STORAGE_VOL_BLOCK;
    if (info.type != VIR_STORAGE_VOL_FILE && !disk->is_block) {
        return lv_refuse(failure, PILEUS_NOT_SUPPORTED,
                         "pool %s has neither files nor block devices for its "
                         "volumes: choose another pool",
                         disk->pool);
    }
    if ((int64_t)info.capacity < from->bytes &&
        virStorageVolResize(disk->volume, (unsigned long long)from->bytes, 0) <
            0) {
        return lv_failed(failure,
                         "grow volume %s of pool %s to %" PRId64 " bytes",
                         disk->name, disk->pool, from->bytes);
    }
    disk->path = virStorageVolGetPath(disk->volume);
    return disk->path != NULL ? true
                              : lv_failed(failure, "find volume %s of pool %s",
                                          disk->name, disk->pool);
}

static bool
make(lv_disk *disk, const source *from, const lv_order *order,
     lv_failure *failure)
{
    char *xml;

    if (!name_disk(disk, from, order, failure)) {
        return false;
    }
    xml = write_volume(disk, from);
    if (xml == NULL) {
        return lv_no_memory(failure);
    }
    disk->volume =
        from->volume == NULL
            ? virStorageVolCreateXML(from->pool, xml, 0)
            : virStorageVolCreateXMLFrom(from->pool, xml, from->volume, 0);
    free(xml);
    if (disk->volume == NULL) {
        return explain(disk, from, failure);
    }
    if (!settle(disk, from, failure)) {
        lv_disk_undo(disk, failure);
        return false;
    }
    return true;
}

bool
lv_disk_make(lv_disk *disk, virConnectPtr virt, const lv_order *order,
             lv_failure *failure)
{
    source from = {.bytes = order->size.disk_gb * LV_GB};
    bool made;

    if (order->image == NULL && from.bytes == 0) {
        return true;
    }
    made = (order->image == NULL || read_image(&from, virt, order, failure)) &&
           choose_pool(&from, virt, order, failure) &&
           make(disk, &from, order, failure);
    source_clear(&from);
    return made;
}

void
lv_disk_undo(lv_disk *disk, lv_failure *failure)
{
    if (disk->volume != NULL && virStorageVolDelete(disk->volume, 0) < 0) {
        lv_failure_add(failure,
                       " (and volume %s of pool %s, which had been made for "
                       "it, could not be deleted: delete it with \"virsh "
                       "vol-delete\")",
                       disk->name, disk->pool);
    }
    if (disk->volume != NULL) {
        (void)virStorageVolFree(disk->volume);
        disk->volume = NULL;
    }
}

void
lv_disk_clear(lv_disk *disk)
{
    if (disk->volume != NULL) {
        (void)virStorageVolFree(disk->volume);
    }
    free(disk->pool);
    free(disk->name);
    free(disk->format);
    free(disk->path);
    memset(disk, 0, sizeof *disk);
}

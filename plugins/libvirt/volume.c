/* Storage volumes: finding one, and its facts. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "volume.h"

#include <stdlib.h>

static bool
parse(lv_volume *volume, const char *text)
{
    xmlDocPtr document = lv_xml_read(text);
    xmlNodePtr root = document == NULL ? NULL : xmlDocGetRootElement(document);
    xmlNodePtr target = lv_xml_child(root, "target", NULL);

    volume->name = lv_xml_text(lv_xml_child(root, "name", NULL));
    volume->key = lv_xml_text(lv_xml_child(root, "key", NULL));
    volume->type = lv_xml_attribute(root, "type");
    volume->path = lv_xml_text(lv_xml_child(target, "path", NULL));
    volume->format =
        lv_xml_attribute(lv_xml_child(target, "format", NULL), "type");
    if (!lv_xml_bytes(lv_xml_child(root, "capacity", NULL), "bytes",
                      &volume->capacity)) {
        volume->capacity = -1;
    }
    if (!lv_xml_bytes(lv_xml_child(root, "allocation", NULL), "bytes",
                      &volume->allocation)) {
        volume->allocation = -1;
    }
    xmlFreeDoc(document);
    return volume->name != NULL;
}

bool
lv_volume_read(lv_volume *volume, virStorageVolPtr from, const char *pool,
               lv_failure *failure)
{
    const char *name = virStorageVolGetName(from);
    char *text = virStorageVolGetXMLDesc(from, 0);
    bool read = false;

    memset(volume, 0, sizeof *volume);
    if (text == NULL) {
        return lv_failed(failure, "read volume %s of pool %s", name, pool);
    }
    volume->pool = strdup(pool);
    if (volume->pool == NULL) {
        (void)lv_no_memory(failure);
    } else if (!parse(volume, text)) {
        (void)lv_refuse(failure, PILEUS_PROTOCOL,
                        "cannot read volume %s of pool %s: libvirt's "
                        "description of it is no XML, or memory ran out",
                        name, pool);
    } else {
        read = true;
    }
    free(text);
    if (!read) {
        lv_volume_clear(volume);
    }
    return read;
}

void
lv_volume_clear(lv_volume *volume)
{
    free(volume->pool);
    free(volume->name);
    free(volume->path);
    free(volume->key);
    free(volume->type);
    free(volume->format);
    memset(volume, 0, sizeof *volume);
}

virStorageVolPtr
lv_volume_find(virConnectPtr virt, const char *id, const char *doing,
               lv_failure *failure)
{
    const char *slash = strchr(id, '/');
    char *pool_name = slash == NULL ? NULL : strndup(id, (size_t)(slash - id));
    virStoragePoolPtr pool = NULL;
    virStorageVolPtr volume = NULL;

    if (pool_name == NULL) {
        (void)lv_refuse(failure, PILEUS_NOT_FOUND,
                        "cannot %s image %.256s: the id of an image is "
                        "POOL/VOLUME: list the images",
                        doing, id);
        return NULL;
    }
    pool = virStoragePoolLookupByName(virt, pool_name);
    if (pool != NULL) {
        volume = virStorageVolLookupByName(pool, slash + 1);
    }
    if (volume == NULL) {
        (void)lv_failed(failure, "%s image %.256s", doing, id);
    }
    if (pool != NULL) {
        (void)virStoragePoolFree(pool);
    }
    free(pool_name);
    return volume;
}

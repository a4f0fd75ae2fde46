/* What pileus notes in the domains it makes. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "metadata.h"

#include <errno.h>
#include <stdlib.h>

static void
write_size(lv_xml *xml, const lv_size *size)
{
    lv_xml_open(xml, "pileus:size");
    lv_xml_put(xml, "name", size->name);
    lv_xml_put_number(xml, "vcpus", size->vcpus);
    lv_xml_put_number(xml, "ram", size->ram_mib);
    lv_xml_put_number(xml, "disk", size->disk_gb);
    lv_xml_close(xml);
}

void
lv_note_write(lv_xml *xml, const lv_note *note)
{
    lv_xml_open(xml, "metadata");
    lv_xml_open(xml, "pileus:node");
    lv_xml_put(xml, "xmlns:pileus", LV_NAMESPACE);
    lv_xml_put(xml, "uuid", note->uuid);
    lv_xml_put(xml, "token", note->token);
    lv_xml_put_number(xml, "created", note->created_ns);
    write_size(xml, note->size);
    if (note->image != NULL) {
        lv_xml_mark(xml, "pileus:image", "id", note->image);
    }
    if (note->volume != NULL) {
        lv_xml_open(xml, "pileus:volume");
        lv_xml_put(xml, "pool", note->pool);
        lv_xml_put(xml, "name", note->volume);
        lv_xml_close(xml);
    }
    for (size_t i = 0; i < note->tag_count; i++) {
        lv_xml_open(xml, "pileus:tag");
        lv_xml_put(xml, "key", note->tags[i].name);
        lv_xml_put(xml, "value", note->tags[i].value);
        lv_xml_close(xml);
    }
    lv_xml_close(xml);
    lv_xml_close(xml);
}

xmlNodePtr
lv_note_find(xmlDocPtr domain, const char *uuid)
{
    xmlNodePtr root = xmlDocGetRootElement(domain);
    xmlNodePtr metadata = lv_xml_child(root, "metadata", NULL);
    xmlNodePtr note = lv_xml_child(metadata, "node", LV_NAMESPACE);

    return lv_xml_is(note, "uuid", uuid) ? note : NULL;
}

xmlNodePtr
lv_note_child(xmlNodePtr note, const char *name)
{
    return lv_xml_child(note, name, LV_NAMESPACE);
}

/* A number in an attribute; false if there is none. */
static bool
number_of(xmlNodePtr node, const char *name, int64_t *number)
{
    char *text = lv_xml_attribute(node, name);
    char *end = NULL;
    bool is;

    errno = 0;
    *number = text == NULL ? 0 : strtoll(text, &end, 10);
    is = text != NULL && end != text && *end == '\0' && errno == 0;
    free(text);
    return is;
}

static void
describe_size(xmlNodePtr size, pileus_record *record)
{
    static const struct {
        const char *name;
        int32_t field;
    } numbers[] = {
        {"vcpus", PILEUS_FIELD_VCPUS},
        {"ram", PILEUS_FIELD_RAM},
        {"disk", PILEUS_FIELD_DISK},
    };
    char *name = lv_xml_attribute(size, "name");

    if (name != NULL) {
        pileus_record *nested = pileus_nested(record, PILEUS_FIELD_SIZE);

        pileus_set_id(nested, name);
        pileus_set_name(nested, name);
        for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
            int64_t number;

            if (number_of(size, numbers[i].name, &number)) {
                pileus_set_integer(nested, numbers[i].field, number);
            }
        }
    }
    free(name);
}

static void
describe_image(xmlNodePtr image, pileus_record *record)
{
    char *id = lv_xml_attribute(image, "id");
    const char *name = id == NULL ? NULL : strchr(id, '/');

    if (name != NULL) {
        pileus_record *nested = pileus_nested(record, PILEUS_FIELD_IMAGE);

        pileus_set_id(nested, id);
        pileus_set_name(nested, name + 1);
    }
    free(id);
}

void
lv_note_describe(xmlNodePtr note, pileus_record *record)
{
    int64_t created_ns;

    if (number_of(note, "created", &created_ns)) {
        pileus_set_integer(record, PILEUS_FIELD_CREATED_AT, created_ns);
    }
    describe_size(lv_note_child(note, "size"), record);
    describe_image(lv_note_child(note, "image"), record);
    for (xmlNodePtr tag = lv_note_child(note, "tag"); tag != NULL;
         tag = lv_xml_next(tag)) {
        char *key = lv_xml_attribute(tag, "key");
        char *value = lv_xml_attribute(tag, "value");

        if (key != NULL && value != NULL) {
            pileus_add_tag(record, key, value);
        }
        free(key);
        free(value);
    }
}

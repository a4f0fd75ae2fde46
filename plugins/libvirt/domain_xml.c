/* The document that defines a new domain. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "domain_xml.h"

#include "metadata.h"

static void
write_note(lv_xml *xml, const lv_order *order, const lv_disk *disk)
{
    lv_note note = {
        .uuid = order->uuid,
        .token = order->token,
        .created_ns = order->created_ns,
        .size = &order->size,
        .image = order->image,
        .pool = disk->pool,
        .volume = disk->volume == NULL ? NULL : disk->name,
        .tag_count = order->tag_count,
        .tags = order->tags,
    };

    lv_note_write(xml, &note);
}

/* ACPI is how the guest is asked to shut down, where there is such a thing. */
static void
write_machine(lv_xml *xml, const lv_guest *guest)
{
    bool is_pc =
        strcmp(guest->arch, "x86_64") == 0 || strcmp(guest->arch, "i686") == 0;

    lv_xml_open(xml, "os");
    lv_xml_open(xml, "type");
    lv_xml_put(xml, "arch", guest->arch);
    lv_xml_write(xml, "hvm");
    lv_xml_close(xml);
    lv_xml_close(xml);
    if (is_pc || strcmp(guest->arch, "aarch64") == 0) {
        lv_xml_open(xml, "features");
        lv_xml_open(xml, "acpi");
        lv_xml_close(xml);
        if (is_pc) {
            lv_xml_open(xml, "apic");
            lv_xml_close(xml);
        }
        lv_xml_close(xml);
    }
    if (guest->own_cpu) {
        lv_xml_mark(xml, "cpu", "mode", "host-passthrough");
    }
}

static void
write_disk(lv_xml *xml, const lv_guest *guest, const lv_disk *disk)
{
    if (disk->volume == NULL) {
        return;
    }
    lv_xml_open(xml, "disk");
    lv_xml_put(xml, "type", disk->is_block ? "block" : "file");
    lv_xml_put(xml, "device", "disk");
    lv_xml_open(xml, "driver");
    if (strcmp(guest->type, "test") != 0) {
        lv_xml_put(xml, "name", "qemu");
    }
    lv_xml_put(xml, "type", disk->format);
    lv_xml_close(xml);
    lv_xml_mark(xml, "source", disk->is_block ? "dev" : "file", disk->path);
    lv_xml_open(xml, "target");
    lv_xml_put(xml, "dev", "vda");
    lv_xml_put(xml, "bus", "virtio");
    lv_xml_close(xml);
    lv_xml_close(xml);
}

static void
write_link(lv_xml *xml, lv_link link, const char *name)
{
    static const char *const kinds[] = {
        [LV_LINK_NETWORK] = "network",
        [LV_LINK_BRIDGE] = "bridge",
        [LV_LINK_USER] = "user",
    };

    if (link == LV_LINK_NONE) {
        return;
    }
    lv_xml_open(xml, "interface");
    lv_xml_put(xml, "type", kinds[link]);
    if (link != LV_LINK_USER) {
        lv_xml_mark(xml, "source", kinds[link], name);
    }
    lv_xml_mark(xml, "model", "type", "virtio");
    lv_xml_close(xml);
}

/* A console to read what the guest says, a channel for its agent, and a source
 * of randomness for its keys. */
static void
write_helpers(lv_xml *xml)
{
    lv_xml_mark(xml, "serial", "type", "pty");
    lv_xml_open(xml, "channel");
    lv_xml_put(xml, "type", "unix");
    lv_xml_open(xml, "target");
    lv_xml_put(xml, "type", "virtio");
    lv_xml_put(xml, "name", "org.qemu.guest_agent.0");
    lv_xml_close(xml);
    lv_xml_close(xml);
    lv_xml_open(xml, "rng");
    lv_xml_put(xml, "model", "virtio");
    lv_xml_open(xml, "backend");
    lv_xml_put(xml, "model", "random");
    lv_xml_write(xml, "/dev/urandom");
    lv_xml_close(xml);
    lv_xml_close(xml);
}

char *
lv_domain_xml(const lv_order *order, const lv_guest *guest, const lv_disk *disk,
              lv_link link, const char *link_name)
{
    char vcpus[32];
    lv_xml xml;

    (void)snprintf(vcpus, sizeof vcpus, "%" PRId64, order->size.vcpus);
    lv_xml_begin(&xml);
    lv_xml_open(&xml, "domain");
    lv_xml_put(&xml, "type", guest->type);
    lv_xml_leaf(&xml, "name", order->name);
    lv_xml_leaf(&xml, "uuid", order->uuid);
    write_note(&xml, order, disk);
    lv_xml_amount(&xml, "memory", "MiB", order->size.ram_mib);
    lv_xml_leaf(&xml, "vcpu", vcpus);
    write_machine(&xml, guest);
    lv_xml_open(&xml, "devices");
    write_disk(&xml, guest, disk);
    write_link(&xml, link, link_name);
    write_helpers(&xml);
    lv_xml_close(&xml);
    lv_xml_close(&xml);
    return lv_xml_take(&xml);
}

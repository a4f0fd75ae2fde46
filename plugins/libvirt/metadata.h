/* What pileus notes in the domains it makes. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LV_METADATA_H
#define LV_METADATA_H

#include "sizes.h"
#include "xml.h"

/*
 * A domain that this driver makes carries, in its <metadata>, one element:
 *
 *   <pileus:node xmlns:pileus="urn:x-pileus:node:1" uuid="…" token="…"
 *                created="NANOSECONDS SINCE 1970">
 *     <pileus:size name="small" vcpus="1" ram="1024" disk="10"/>
 *     <pileus:image id="POOL/VOLUME"/>
 *     <pileus:volume pool="…" name="…"/>      made for it, goes with it
 *     <pileus:tag key="…" value="…"/>
 *   </pileus:node>
 *
 * The uuid is the domain's own: tools that copy a domain copy its metadata as
 * well, and the copy must not take the original's disks with it.
 */
#define LV_NAMESPACE "urn:x-pileus:node:1"

typedef struct lv_note {
    const char *uuid;
    const char *token;
    int64_t created_ns;
    const lv_size *size;
    const char *image; /* NULL, like the next two: none */
    const char *pool;
    const char *volume;
    size_t tag_count;
    const pileus_pair *tags;
} lv_note;

/* Write the <metadata> of a domain. */
void lv_note_write(lv_xml *xml, const lv_note *note);

/* The element in a domain's document; NULL if there is none, or if it is
 * another domain's. */
xmlNodePtr lv_note_find(xmlDocPtr domain, const char *uuid);
/* A child element of it ("volume"), and with lv_xml_next the further ones. */
xmlNodePtr lv_note_child(xmlNodePtr note, const char *name);
/* Set what it says in the node's record. */
void lv_note_describe(xmlNodePtr note, pileus_record *record);

#endif

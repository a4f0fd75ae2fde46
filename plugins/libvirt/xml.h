/* XML: reading what libvirt gives, writing what it takes. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LV_XML_H
#define LV_XML_H

#include <libxml/tree.h>
#include <libxml/xmlwriter.h>

#include <inttypes.h>
#include <stdbool.h>
#include <stddef.h>

/* ---- reading ----------------------------------------------------------- */

/* The document in text, to be freed with xmlFreeDoc; NULL for no XML, or no
 * memory. Prints nothing, and fetches nothing. */
xmlDocPtr lv_xml_read(const char *text);

/* The first child of that name, and of that namespace (NULL: of none); the next
 * sibling of the same name as the node itself. NULL for the node is allowed,
 * and NULL says there is none. */
xmlNodePtr lv_xml_child(xmlNodePtr node, const char *name, const char *space);
xmlNodePtr lv_xml_next(xmlNodePtr node);

/* An attribute, or the node's text: a copy to be freed with free; NULL if it is
 * not there. */
char *lv_xml_attribute(xmlNodePtr node, const char *name);
char *lv_xml_text(xmlNodePtr node);
/* The text as a whole number, in its unit if it names one: bytes ("KiB" being
 * libvirt's own default for memory). False if it is none. */
bool lv_xml_number(xmlNodePtr node, int64_t *number);
bool lv_xml_bytes(xmlNodePtr node, const char *default_unit, int64_t *bytes);
/* Does the attribute have that value? */
bool lv_xml_is(xmlNodePtr node, const char *name, const char *value);

/* ---- writing ----------------------------------------------------------- */

/* A document being written. Everything is escaped as it must be. Memory that
 * runs out is remembered, and lv_xml_take gives NULL. */
typedef struct lv_xml {
    xmlBufferPtr buffer;
    xmlTextWriterPtr writer;
    bool failed;
} lv_xml;

void lv_xml_begin(lv_xml *xml);
void lv_xml_open(lv_xml *xml, const char *name);
void lv_xml_close(lv_xml *xml);
void lv_xml_put(lv_xml *xml, const char *attribute, const char *value);
void lv_xml_put_number(lv_xml *xml, const char *attribute, int64_t value);
void lv_xml_write(lv_xml *xml, const char *text);
/* <NAME>TEXT</NAME> */
void lv_xml_leaf(lv_xml *xml, const char *name, const char *text);
/* <NAME ATTRIBUTE='VALUE'/> */
void lv_xml_mark(lv_xml *xml, const char *name, const char *attribute,
                 const char *value);
/* <NAME unit='UNIT'>NUMBER</NAME> */
void lv_xml_amount(lv_xml *xml, const char *name, const char *unit,
                   int64_t number);
/* The finished text, to be freed with free. */
char *lv_xml_take(lv_xml *xml);

#endif

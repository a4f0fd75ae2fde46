/* Writing the XML that libvirt takes. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "xml.h"

#include <stdio.h>
#include <string.h>

#define X(text) ((const xmlChar *)(text))

/* Remember a failure of one of libxml2's functions. */
static void
mind(lv_xml *xml, int result)
{
    xml->failed = xml->failed || result < 0;
}

void
lv_xml_begin(lv_xml *xml)
{
    memset(xml, 0, sizeof *xml);
    xml->buffer = xmlBufferCreate();
    if (xml->buffer != NULL) {
        xml->writer = xmlNewTextWriterMemory(xml->buffer, 0);
    }
    xml->failed = xml->writer == NULL;
}

void
lv_xml_open(lv_xml *xml, const char *name)
{
    if (!xml->failed) {
        mind(xml, xmlTextWriterStartElement(xml->writer, X(name)));
    }
}

void
lv_xml_close(lv_xml *xml)
{
    if (!xml->failed) {
        mind(xml, xmlTextWriterEndElement(xml->writer));
    }
}

void
lv_xml_put(lv_xml *xml, const char *attribute, const char *value)
{
    if (!xml->failed) {
        mind(xml,
             xmlTextWriterWriteAttribute(xml->writer, X(attribute), X(value)));
    }
}

void
lv_xml_put_number(lv_xml *xml, const char *attribute, int64_t value)
{
    char text[sizeof "-9223372036854775808"];

    (void)snprintf(text, sizeof text, "%" PRId64, value);
    lv_xml_put(xml, attribute, text);
}

void
lv_xml_write(lv_xml *xml, const char *text)
{
    if (!xml->failed) {
        mind(xml, xmlTextWriterWriteString(xml->writer, X(text)));
    }
}

void
lv_xml_leaf(lv_xml *xml, const char *name, const char *text)
{
    if (!xml->failed) {
        mind(xml, xmlTextWriterWriteElement(xml->writer, X(name), X(text)));
    }
}

void
lv_xml_mark(lv_xml *xml, const char *name, const char *attribute,
            const char *value)
{
    lv_xml_open(xml, name);
    lv_xml_put(xml, attribute, value);
    lv_xml_close(xml);
}

void
lv_xml_amount(lv_xml *xml, const char *name, const char *unit, int64_t number)
{
    lv_xml_open(xml, name);
    lv_xml_put(xml, "unit", unit);
    if (!xml->failed) {
        mind(xml,
             xmlTextWriterWriteFormatString(xml->writer, "%" PRId64, number));
    }
    lv_xml_close(xml);
}

char *
lv_xml_take(lv_xml *xml)
{
    char *text = NULL;

    if (xml->writer != NULL) {
        mind(xml, xmlTextWriterEndDocument(xml->writer));
        xmlFreeTextWriter(xml->writer); /* and flush it */
    }
    if (!xml->failed) {
        text = strdup((const char *)xmlBufferContent(xml->buffer));
    }
    xmlBufferFree(xml->buffer);
    memset(xml, 0, sizeof *xml);
    return text;
}

/* Reading the XML that libvirt gives. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "xml.h"

#include <errno.h>
#include <libxml/parser.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

xmlDocPtr
lv_xml_read(const char *text)
{
    size_t size = text == NULL ? 0 : strlen(text);

    if (size == 0 || size > INT_MAX) {
        return NULL;
    }
    return xmlReadMemory(text, (int)size, NULL, NULL,
                         XML_PARSE_NONET | XML_PARSE_NOERROR |
                             XML_PARSE_NOWARNING | XML_PARSE_NOBLANKS);
}

static bool
is_named(xmlNodePtr node, const char *name, const char *space)
{
    const char *its = node->ns == NULL ? NULL : (const char *)node->ns->href;

    return node->type == XML_ELEMENT_NODE &&
           strcmp((const char *)node->name, name) == 0 &&
           (its == NULL || space == NULL ? its == space
                                         : strcmp(its, space) == 0);
}

xmlNodePtr
lv_xml_child(xmlNodePtr node, const char *name, const char *space)
{
    xmlNodePtr child = node == NULL ? NULL : node->children;

    while (child != NULL && !is_named(child, name, space)) {
        child = child->next;
    }
    return child;
}

xmlNodePtr
lv_xml_next(xmlNodePtr node)
{
    const char *name = (const char *)node->name;
    const char *space = node->ns == NULL ? NULL : (const char *)node->ns->href;
    xmlNodePtr next = node->next;

    while (next != NULL && !is_named(next, name, space)) {
        next = next->next;
    }
    return next;
}

/* libxml2's strings are freed by its own function, ours by free. */
static char *
adopt(xmlChar *text)
{
    char *copy = text == NULL ? NULL : strdup((const char *)text);

    xmlFree(text);
    return copy;
}

char *
lv_xml_attribute(xmlNodePtr node, const char *name)
{
    return node == NULL ? NULL
                        : adopt(xmlGetNoNsProp(node, (const xmlChar *)name));
}

char *
lv_xml_text(xmlNodePtr node)
{
    return node == NULL ? NULL : adopt(xmlNodeGetContent(node));
}

bool
lv_xml_is(xmlNodePtr node, const char *name, const char *value)
{
    char *its = lv_xml_attribute(node, name);
    bool is = its != NULL && strcmp(its, value) == 0;

    free(its);
    return is;
}

bool
lv_xml_number(xmlNodePtr node, int64_t *number)
{
    char *text = lv_xml_text(node);
    char *end = NULL;
    long long value = 0;

    errno = 0;
    if (text != NULL) {
        value = strtoll(text, &end, 10);
    }
    if (text == NULL || end == text || *end != '\0' || errno != 0) {
        free(text);
        return false;
    }
    free(text);
    *number = value;
    return true;
}

bool
lv_xml_bytes(xmlNodePtr node, const char *default_unit, int64_t *bytes)
{
    static const struct {
        const char *unit;
        int64_t size;
    } units[] = {
        {"bytes", 1},
        {"b", 1},
        {"KiB", INT64_C(1) << 10},
        {"MiB", INT64_C(1) << 20},
        {"GiB", INT64_C(1) << 30},
        {"TiB", INT64_C(1) << 40},
    };
    char *named = lv_xml_attribute(node, "unit");
    const char *unit = named == NULL ? default_unit : named;
    bool known = false;
    int64_t number = 0;

    if (lv_xml_number(node, &number) && number >= 0) {
        for (size_t i = 0; i < sizeof units / sizeof units[0]; i++) {
            if (strcmp(unit, units[i].unit) == 0 &&
                number <= INT64_MAX / units[i].size) {
                *bytes = number * units[i].size;
                known = true;
            }
        }
    }
    free(named);
    return known;
}

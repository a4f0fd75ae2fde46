/* XML as Amazon's services write it, as a format of pileus. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "xml.h"

#include "text.h"

#include <limits.h>
#include <stdlib.h>

#include <expat.h>

/* Levels of elements, and bytes of one text: more, and the answer is refused.
 */
#define DEPTH_MAX PILEUS_DEPTH_MAX
#define TEXT_MAX ((size_t)4 * 1024 * 1024)

typedef struct reader {
    pileus_call *call;
    pileus_events *events;
    XML_Parser parser;
    int32_t code; /* why reading is over */
    size_t depth;
    /* What each element that is open has turned out to be; null: nothing yet.
     */
    pileus_type shape[DEPTH_MAX];
    char *text; /* in the innermost one */
    size_t size;
    size_t capacity;
} reader;

/* ---- ending ---------------------------------------------------------------
 */

/* Reading is over, unless code is PILEUS_OK. */
static void
note(reader *self, int32_t code)
{
    if (code != PILEUS_OK && self->code == PILEUS_OK) {
        self->code = code;
        (void)XML_StopParser(self->parser, XML_FALSE);
    }
}

static void
refuse(reader *self, const char *why)
{
    if (self->code == PILEUS_OK) {
        note(self,
             pileus_fail(self->call, PILEUS_PROTOCOL,
                         "the XML of the answer is refused in line %lu, "
                         "for %s: check the endpoint",
                         (unsigned long)XML_GetCurrentLineNumber(self->parser),
                         why));
    }
}

/* ---- text -----------------------------------------------------------------
 */

static bool
is_blank(const char *text, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        if (strchr(" \t\r\n", text[i]) == NULL || text[i] == '\0') {
            return false;
        }
    }
    return true;
}

static bool
make_room(reader *self, size_t more)
{
    size_t capacity = self->capacity == 0 ? 256 : self->capacity;
    char *text;

    while (capacity - self->size < more) {
        capacity *= 2;
    }
    if (capacity == self->capacity) {
        return true;
    }
    text = realloc(self->text, capacity);
    if (text == NULL) {
        note(self, ec2_no_memory(self->call));
        return false;
    }
    self->text = text;
    self->capacity = capacity;
    return true;
}

static void XMLCALL
on_text(void *user, const XML_Char *data, int length)
{
    reader *self = user;
    size_t size = (size_t)length;

    if (self->code != PILEUS_OK || self->depth == 0) {
        return;
    }
    if (self->shape[self->depth - 1] != PILEUS_TYPE_NULL) {
        if (!is_blank(data, size)) {
            refuse(self, "text stands between its elements");
        }
    } else if (size > TEXT_MAX - self->size) {
        refuse(self, "a text in it is too long");
    } else if (make_room(self, size)) {
        memcpy(self->text + self->size, data, size);
        self->size += size;
    }
}

/* ---- elements -------------------------------------------------------------
 */

/* Its first element tells what the innermost one is. */
static void
take_shape(reader *self, const char *first)
{
    pileus_type *shape = &self->shape[self->depth - 1];

    if (!is_blank(self->text, self->size)) {
        refuse(self, "text stands between its elements");
        return;
    }
    self->size = 0;
    if (self->depth > 1 && strcmp(first, "item") == 0) {
        *shape = PILEUS_TYPE_LIST;
        note(self, pileus_event_open_list(self->events));
    } else {
        *shape = PILEUS_TYPE_DICT;
        note(self, pileus_event_open_dict(self->events));
    }
}

static void XMLCALL
on_begin(void *user, const XML_Char *name, const XML_Char **attributes)
{
    reader *self = user;

    (void)attributes;
    if (self->code != PILEUS_OK) {
        return;
    }
    if (self->depth == DEPTH_MAX) {
        refuse(self, "its elements are nested too deeply");
        return;
    }
    if (self->depth > 0 && self->shape[self->depth - 1] == PILEUS_TYPE_NULL) {
        take_shape(self, name);
    }
    if (self->code == PILEUS_OK && self->depth > 0) {
        if (self->shape[self->depth - 1] == PILEUS_TYPE_DICT) {
            note(self, pileus_event_key(self->events, name, strlen(name)));
        } else if (strcmp(name, "item") != 0) {
            refuse(self, "there is something else in a list of items");
        }
    }
    self->shape[self->depth++] = PILEUS_TYPE_NULL;
    self->size = 0;
}

/* Does the name say that it is a list, though there is nothing in it? */
static bool
is_set(const char *name)
{
    size_t length = strlen(name);

    return length > 3 && strcmp(name + length - 3, "Set") == 0;
}

/* An element without others in it. */
static int32_t
tell_leaf(const reader *self, const char *name)
{
    int32_t code;

    if (self->depth == 1) {
        code = pileus_event_open_dict(self->events);
    } else if (is_set(name) && is_blank(self->text, self->size)) {
        code = pileus_event_open_list(self->events);
    } else if (self->size == 0) {
        return pileus_event_null(self->events);
    } else {
        return pileus_event_string(self->events, self->text, self->size);
    }
    return code == PILEUS_OK ? pileus_event_close(self->events) : code;
}

static void XMLCALL
on_end(void *user, const XML_Char *name)
{
    reader *self = user;

    if (self->code != PILEUS_OK) {
        return;
    }
    if (self->shape[self->depth - 1] != PILEUS_TYPE_NULL) {
        note(self, pileus_event_close(self->events));
    } else if (self->depth == 1 && !is_blank(self->text, self->size)) {
        refuse(self, "it is nothing but text");
    } else {
        note(self, tell_leaf(self, name));
    }
    self->depth--;
    self->size = 0;
}

/* ---- what is not to be there ----------------------------------------------
 */

static void XMLCALL
on_doctype(void *user, const XML_Char *name, const XML_Char *system,
           const XML_Char *public, int subset)
{
    (void)name;
    (void)system;
    (void)public;
    (void)subset;
    refuse(user, "it has a DTD");
}

/* ---- the format -----------------------------------------------------------
 */

static void
finish(void *user)
{
    reader *self = user;

    if (self->parser != NULL) {
        XML_ParserFree(self->parser);
    }
    free(self->text);
    free(self);
}

static void *
begin(pileus_call *call, pileus_events *events)
{
    reader *self = calloc(1, sizeof *self);

    if (self == NULL) {
        return NULL;
    }
    self->call = call;
    self->events = events;
    self->parser = XML_ParserCreate(NULL);
    if (self->parser == NULL) {
        finish(self);
        return NULL;
    }
    XML_SetUserData(self->parser, self);
    XML_SetElementHandler(self->parser, on_begin, on_end);
    XML_SetCharacterDataHandler(self->parser, on_text);
    XML_SetStartDoctypeDeclHandler(self->parser, on_doctype);
    return self;
}

static int32_t
parse(reader *self, const char *data, size_t size, bool last)
{
    if (self->code == PILEUS_OK &&
        XML_Parse(self->parser, data, (int)size, last) == XML_STATUS_ERROR &&
        self->code == PILEUS_OK) {
        enum XML_Error error = XML_GetErrorCode(self->parser);

        if (error == XML_ERROR_NO_MEMORY) {
            self->code = ec2_no_memory(self->call);
        } else {
            refuse(self, XML_ErrorString(error));
        }
    }
    return self->code;
}

static int32_t
feed(void *user, const char *data, size_t size)
{
    int32_t code = PILEUS_OK;

    while (code == PILEUS_OK && size > 0) {
        size_t part = size > INT_MAX ? INT_MAX : size;

        code = parse(user, data, part, false);
        data += part;
        size -= part;
    }
    return code;
}

static int32_t
end(void *user)
{
    return parse(user, "", 0, true);
}

const pileus_format ec2_xml = {
    .struct_size = sizeof ec2_xml,
    .name = "XML",
    .accept = "text/xml, application/xml",
    .begin = begin,
    .feed = feed,
    .end = end,
    .free = finish,
};

/* All that an application gets to see, looked through for marked secrets. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/secrets/seen.h"

#include "tests/secrets/find.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static char doing[256];
static int leaks;
static int texts;
static int made;

void
seen_doing(const char *driver, const char *what)
{
    (void)pthread_mutex_lock(&lock);
    (void)snprintf(doing, sizeof doing, "%s, %s", driver, what);
    (void)pthread_mutex_unlock(&lock);
}

/* A signature is good for whoever has it: where one is told, the word that
 * stands for secrets must be there. */
static const char *
find_signature(const char *text, size_t size)
{
    static const char *const names[] = {"signature=", "\"signature\": \"",
                                        "\"signature\":\""};
    static const char *const fine[] = {"[secret]", "%5Bsecret%5D"};

    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        size_t length = strlen(names[i]);
        const char *at = text;

        while (size > 0 && (at = memmem(at, size - (size_t)(at - text),
                                        names[i], length)) != NULL) {
            at += length;
            if (size - (size_t)(at - text) > strlen(fine[1]) &&
                memcmp(at, fine[0], strlen(fine[0])) != 0 &&
                memcmp(at, fine[1], strlen(fine[1])) != 0) {
                return "as a signature";
            }
        }
    }
    return NULL;
}

static void
look(const char *place, const char *text, size_t size, bool made_is_right)
{
    const char *how = find_marker(text, size, PLANTED);
    const char *how_made = find_marker(text, size, MADE);

    if (how == NULL && strcmp(place, "the trace") == 0 &&
        strstr(text, "\ncurl ") != NULL) {
        how = find_signature(text, size);
    }
    (void)pthread_mutex_lock(&lock);
    texts++;
    if (how_made != NULL && made_is_right) {
        made++;
        how_made = NULL;
    }
    if (how != NULL || how_made != NULL) {
        leaks++;
        printf("# leak: %s: %s has %s %s: %.*s\n", doing, place,
               how != NULL ? "a secret" : "what the provider made",
               how != NULL ? how : how_made, size > 600 ? 600 : (int)size,
               text);
    }
    (void)pthread_mutex_unlock(&lock);
}

void
seen_bytes(const char *place, const void *data, size_t size)
{
    if (data != NULL) {
        look(place, data, size, false);
    }
}

void
seen_text(const char *place, const char *text)
{
    seen_bytes(place, text, text == NULL ? 0 : strlen(text));
}

bool
seen_recording(const char *folder)
{
    char path[512];
    char *line = NULL;
    size_t size = 0;
    ssize_t length;
    FILE *in;

    (void)snprintf(path, sizeof path, "%s/exchanges.jsonl", folder);
    in = fopen(path, "r");
    if (in == NULL) {
        return false;
    }
    while ((length = getline(&line, &size, in)) > 0) {
        seen_bytes("the recording", line, (size_t)length);
    }
    free(line);
    (void)fclose(in);
    return truncate(path, 0) == 0; /* whoever writes to it goes on */
}

void
seen_output(const char *place, const char *text, bool fresh)
{
    look(place, text, strlen(text), fresh);
}

int
seen_leaks(void)
{
    return leaks;
}

int
seen_texts(void)
{
    return texts;
}

int
seen_made(void)
{
    return made;
}

void
seen_forget(void)
{
    leaks = 0;
}

/* ---- values ---------------------------------------------------------------
 */

static void
look_at_value(const char *place, const pileus_value *value, bool fresh)
{
    const char *string = pileus_value_string(value);

    if (string != NULL) {
        look(place, string, strlen(string), fresh);
    }
    for (size_t i = 0; i < pileus_value_count(value); i++) {
        seen_text(place, pileus_value_key(value, i));
        look_at_value(place, pileus_value_at(value, i), fresh);
    }
}

static void
seen_value(const char *place, const pileus_value *value)
{
    look_at_value(place, value, false);
}

/* ---- errors ---------------------------------------------------------------
 */

void
seen_error(pileus_error **err)
{
    if (*err != NULL) {
        seen_text("the error's message", pileus_error_message(*err));
        seen_text("the error's provider code",
                  pileus_error_provider_code(*err));
        seen_text("the error's provider message",
                  pileus_error_provider_message(*err));
        seen_text("the error's request id", pileus_error_request_id(*err));
        seen_text("the error's made id", pileus_error_made_id(*err));
        pileus_error_free(*err);
        *err = NULL;
    }
}

/* ---- objects ---------------------------------------------------------------
 */

void
seen_node(const pileus_node *node, bool fresh)
{
    size_t size = 0;
    uint32_t format = 0;
    const void *blob;

    if (node == NULL) {
        return;
    }
    seen_text("a node", pileus_node_id(node));
    seen_text("a node", pileus_node_name(node));
    seen_text("a node", pileus_node_provider_state(node));
    seen_text("a node", pileus_node_uuid(node));
    for (size_t i = 0; i < pileus_node_public_ip_count(node); i++) {
        seen_text("a node", pileus_node_public_ip(node, i));
    }
    seen_value("a node's tags", pileus_node_tags(node));
    look_at_value("a node's extra", pileus_node_extra(node), fresh);
    blob = pileus_node_blob(node, &size, &format);
    seen_bytes("a node's blob", blob, size);
}

void
seen_key_pair(const pileus_key_pair *pair, bool fresh)
{
    const char *key = pair == NULL ? NULL : pileus_key_pair_private_key(pair);

    if (pair == NULL) {
        return;
    }
    seen_text("a key pair", pileus_key_pair_name(pair));
    seen_text("a key pair", pileus_key_pair_fingerprint(pair));
    seen_text("a key pair", pileus_key_pair_public_key(pair));
    seen_value("a key pair's extra", pileus_key_pair_extra(pair));
    if (key != NULL) {
        look("a private key", key, strlen(key), fresh);
    }
}

void
seen_list(const pileus_list *list)
{
    for (size_t i = 0; i < pileus_list_count(list); i++) {
        const pileus_size *size = pileus_list_size(list, i);
        const pileus_image *image = pileus_list_image(list, i);
        const pileus_location *location = pileus_list_location(list, i);
        const pileus_volume *volume = pileus_list_volume(list, i);
        const pileus_snapshot *snapshot = pileus_list_snapshot(list, i);

        seen_node(pileus_list_node(list, i), false);
        seen_key_pair(pileus_list_key_pair(list, i), false);
        if (size != NULL) {
            seen_text("a size", pileus_size_name(size));
            seen_value("a size's extra", pileus_size_extra(size));
        }
        if (image != NULL) {
            seen_text("an image", pileus_image_name(image));
            seen_value("an image's extra", pileus_image_extra(image));
        }
        if (location != NULL) {
            seen_text("a location", pileus_location_name(location));
            seen_value("a location's extra", pileus_location_extra(location));
        }
        if (volume != NULL) {
            seen_text("a volume", pileus_volume_name(volume));
            seen_value("a volume's extra", pileus_volume_extra(volume));
        }
        if (snapshot != NULL) {
            seen_text("a snapshot", pileus_snapshot_name(snapshot));
            seen_value("a snapshot's extra", pileus_snapshot_extra(snapshot));
        }
    }
}

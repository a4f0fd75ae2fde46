/* Objects of a driver that no provider gave. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "sdk/check/things.h"

#include "sdk/check/report.h"

#include <pileus/record.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const kinds[] = {"node",  "volume",   "snapshot",
                                    "image", "key pair", "address"};

/* Objects as they are saved (pileus/saved.h): an id and a name, for the ids of
 * others the same, and an address where one must be. */
static void
write_line(FILE *out, const char *driver, const char *kind, const char *id,
           const char *blob)
{
    (void)fputs("{\"pileus\": 1, \"driver\": ", out);
    check_json_string(out, driver);
    (void)fprintf(out, ", \"kind\": \"%s\", \"fields\": {", kind);
    (void)fprintf(out, "\"%d\": ", PILEUS_FIELD_NAME);
    check_json_string(out, id == NULL ? "seven" : id);
    if (id != NULL) {
        (void)fprintf(out, ", \"%d\": ", PILEUS_FIELD_ID);
        check_json_string(out, id);
    }
    if (strcmp(kind, "address") == 0) {
        (void)fprintf(out, ", \"%d\": \"192.0.2.7\"", PILEUS_FIELD_IP);
    }
    if ((strcmp(kind, "volume") == 0 || strcmp(kind, "address") == 0) &&
        id != NULL) {
        (void)fprintf(out, ", \"%d\": ", PILEUS_FIELD_NODE);
        check_json_string(out, id);
    }
    (void)fputc('}', out);
    if (blob != NULL) {
        (void)fprintf(out, ", \"blob\": {\"format\": 1, \"base64\": \"%s\"}",
                      blob);
    }
    (void)fputs("}\n", out);
}

/* The first of each kind. */
static void
pick(check_things *things)
{
    for (size_t i = pileus_list_count(things->list); i-- > 0;) {
        pileus_node *node = pileus_list_node(things->list, i);
        pileus_volume *volume = pileus_list_volume(things->list, i);
        pileus_snapshot *snapshot = pileus_list_snapshot(things->list, i);
        pileus_image *image = pileus_list_image(things->list, i);
        pileus_key_pair *pair = pileus_list_key_pair(things->list, i);
        pileus_address *address = pileus_list_address(things->list, i);

        things->node = node == NULL ? things->node : node;
        things->volume = volume == NULL ? things->volume : volume;
        things->snapshot = snapshot == NULL ? things->snapshot : snapshot;
        things->image = image == NULL ? things->image : image;
        things->key_pair = pair == NULL ? things->key_pair : pair;
        things->address = address == NULL ? things->address : address;
    }
}

bool
check_things_load(check_things *things, pileus_connection *conn, const char *id,
                  const char *blob)
{
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    bool good = false;

    memset(things, 0, sizeof *things);
    if (out == NULL) {
        return false;
    }
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        write_line(out, pileus_connection_driver(conn), kinds[i], id, blob);
    }
    if (fclose(out) == 0) {
        good = pileus_list_load(&things->list, conn, text, size, NULL) ==
               PILEUS_OK;
    }
    free(text);
    pick(things);
    return good;
}

void
check_things_drop(check_things *things)
{
    pileus_list_free(things->list);
    memset(things, 0, sizeof *things);
}

/* Files of clouds, as the OpenStack driver reads them. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/call/call.h"
#include "plugins/openstack/yaml.h"
#include "tests/fuzz/fuzz.h"

/* Are its names and texts there, and its entries; as deep as entries nest. */
static void
look_at(const os_yaml_node *node, int depth)
{
    fuzz_check_text(node->text);
    FUZZ_CHECK(node->line > 0);
    FUZZ_CHECK((node->text == NULL) ==
               (node->kind == OS_YAML_LIST || node->kind == OS_YAML_MAP));
    FUZZ_CHECK((node->kind == OS_YAML_MAP) || node->names == NULL);
    for (uint64_t i = 0; i < node->count; i++) {
        if (node->kind == OS_YAML_MAP) {
            fuzz_check_text(node->names[i]->text);
        }
        if (depth > 0 && i < 4) { /* aliases make it a lot */
            look_at(node->entries[i], depth - 1);
        }
    }
}

/* A map has each of its keys, and the last of a name is the one. */
static void
look_up(os_yaml *document, const os_yaml_node *map)
{
    for (uint64_t i = map->count; i > 0 && i + 16 > map->count; i--) {
        const os_yaml_node *value = map->entries[i - 1];
        const os_yaml_node *found =
            os_yaml_get(document, map, map->names[i - 1]->text);

        FUZZ_CHECK(found == NULL || found->kind != OS_YAML_NULL);
        FUZZ_CHECK(found != NULL || value->kind == OS_YAML_NULL ||
                   i < map->count);
    }
    (void)os_yaml_get(document, map, "not_there");
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *text = fuzz_text(data, size);
    os_yaml *document = NULL;
    pileus_call call;
    pileus_error *err = NULL;
    int32_t code;

    FUZZ_CHECK(pil__call_init(&call, NULL) == PILEUS_OK);
    code = os_yaml_parse(&call, "clouds.yaml", text, size, &document);
    FUZZ_CHECK((code == PILEUS_OK) == (document != NULL));
    if (document != NULL) {
        FUZZ_CHECK(document->node_count <= OS_YAML_NODES_MAX);
    }
    if (document != NULL && document->root != NULL) {
        look_at(document->root, 6);
        if (document->root->kind == OS_YAML_MAP) {
            look_up(document, document->root);
        }
    }
    if (code != PILEUS_OK) {
        code = pil__call_result(&call, code, &err);
        fuzz_check_error(code, err);
    }
    os_yaml_free(document, call.host);
    pil__call_destroy(&call);
    free(text);
    return 0;
}

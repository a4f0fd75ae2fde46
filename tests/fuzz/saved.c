/* Objects that were saved, as somebody else may have written them. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/fuzz/fuzz.h"

#include <pileus/pileus.h>

#include <string.h>

static pileus_connection *conn;

int
LLVMFuzzerInitialize(int *argc, char ***argv)
{
    pileus_context *ctx = NULL;

    (void)argc;
    (void)argv;
    FUZZ_CHECK(pileus_context_new(&ctx, NULL) == PILEUS_OK);
    FUZZ_CHECK(pileus_context_add_directory(ctx, BUILDDIR "/drivers", NULL) ==
               PILEUS_OK);
    FUZZ_CHECK(pileus_connection_open(&conn, ctx, "dummy", NULL, NULL, NULL) ==
               PILEUS_OK);
    pileus_context_unref(ctx);
    return 0;
}

/* What is taken is saved as it is taken again. */
static void
save(const pileus_list *list)
{
    pileus_list *again = NULL;
    pileus_text *one = NULL;
    pileus_text *two = NULL;
    size_t size = 0;
    size_t same = 0;
    const char *text;

    FUZZ_CHECK(pileus_list_save(&one, list, NULL) == PILEUS_OK);
    text = pileus_text_data(one, &size);
    FUZZ_CHECK(pileus_list_load(&again, conn, text, size, NULL) == PILEUS_OK);
    FUZZ_CHECK(pileus_list_save(&two, again, NULL) == PILEUS_OK);
    FUZZ_CHECK(strcmp(pileus_text_data(two, &same), text) == 0);
    FUZZ_CHECK(same == size);
    pileus_text_free(one);
    pileus_text_free(two);
    pileus_list_free(again);
}

/* What is asked for: once more the same, too. */
#define FUZZ_ASKED(noun)                                                       \
    static void fuzz_##noun(const char *text, size_t size)                     \
    {                                                                          \
        pileus_##noun *one = NULL;                                             \
        pileus_##noun *two = NULL;                                             \
        pileus_text *saved = NULL;                                             \
        pileus_text *again = NULL;                                             \
        pileus_error *err = NULL;                                              \
        pileus_code code = pileus_##noun##_load(&one, text, size, &err);       \
                                                                               \
        FUZZ_CHECK((code == PILEUS_OK) == (one != NULL));                      \
        fuzz_check_error(code, err);                                           \
        if (one == NULL) {                                                     \
            return;                                                            \
        }                                                                      \
        FUZZ_CHECK(pileus_##noun##_save(&saved, one, NULL) == PILEUS_OK);      \
        FUZZ_CHECK(pileus_##noun##_load(&two, pileus_text_data(saved, NULL),   \
                                        PILEUS_NUL_TERMINATED,                 \
                                        NULL) == PILEUS_OK);                   \
        FUZZ_CHECK(pileus_##noun##_save(&again, two, NULL) == PILEUS_OK);      \
        FUZZ_CHECK(strcmp(pileus_text_data(saved, NULL),                       \
                          pileus_text_data(again, NULL)) == 0);                \
        pileus_text_free(saved);                                               \
        pileus_text_free(again);                                               \
        pileus_##noun##_free(one);                                             \
        pileus_##noun##_free(two);                                             \
    }
FUZZ_ASKED(node_spec)
FUZZ_ASKED(volume_spec)
FUZZ_ASKED(query)

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    pileus_list *list = NULL;
    pileus_error *err = NULL;
    pileus_code code =
        pileus_list_load(&list, conn, (const char *)data, size, &err);

    FUZZ_CHECK((code == PILEUS_OK) == (list != NULL));
    fuzz_check_error(code, err);
    if (list != NULL) {
        save(list);
    }
    pileus_list_free(list);
    fuzz_node_spec((const char *)data, size);
    fuzz_volume_spec((const char *)data, size);
    fuzz_query((const char *)data, size);
    return 0;
}

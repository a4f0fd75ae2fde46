/* The store: what is done to nodes. They have no states, so that those that
 * the core sets are seen; and the console does what the option "act" says. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/store/store.h"

#define STORE_VERB(verb)                                                       \
    static int32_t store_##verb(void *connection, pileus_call *call,           \
                                const pileus_node *node, uint64_t flags,       \
                                pileus_record *after)                          \
    {                                                                          \
        (void)connection;                                                      \
        (void)node;                                                            \
        (void)after;                                                           \
        return flags == 0 ? PILEUS_OK                                          \
                          : pileus_fail(call, PILEUS_FAILED, "flags came");    \
    }
STORE_VERB(pause_node)
STORE_VERB(unpause_node)
STORE_VERB(suspend_node)
STORE_VERB(resume_node)
STORE_VERB(shelve_node)
STORE_VERB(unshelve_node)
STORE_VERB(confirm_resize_node)
STORE_VERB(revert_resize_node)

/* The provider's word shows what came. */
static int32_t
store_rebuild_node(void *connection, pileus_call *call, const pileus_node *node,
                   const pileus_create_args *args, pileus_record *after)
{
    char word[STORE_TEXT];

    (void)connection;
    (void)node;
    if (args->token == NULL) {
        return pileus_fail(call, PILEUS_FAILED, "no token came");
    }
    (void)snprintf(word, sizeof word, "%s %s", args->image,
                   args->password == NULL ? "-" : args->password);
    pileus_set_state(after, PILEUS_STATE_PENDING, word);
    return PILEUS_OK;
}

static int32_t
store_resize_node(void *connection, pileus_call *call, const pileus_node *node,
                  const char *size, uint64_t flags, pileus_record *after)
{
    (void)connection;
    (void)call;
    (void)node;
    (void)flags;
    pileus_set_state(after, PILEUS_STATE_RUNNING, size);
    return PILEUS_OK;
}

/* One byte more than a text may have, in parts; what the additions say is
 * passed over. */
static int32_t
write_too_much(pileus_text *text)
{
    static const char part[65536];

    for (int i = 0; i < 256; i++) {
        (void)pileus_text_add(text, part, sizeof part);
    }
    (void)pileus_text_add(text, "x", 1);
    (void)pileus_text_add(text, "y", 1);
    return PILEUS_OK;
}

static int32_t
store_get_console_log(void *connection, pileus_call *call,
                      const pileus_node *node, uint64_t lines,
                      pileus_text *text)
{
    const store *self = connection;
    int32_t code;

    (void)node;
    (void)lines;
    if (store_acts(self, "huge")) {
        return write_too_much(text);
    }
    if (store_acts(self, "silent")) {
        return PILEUS_OK;
    }
    code = pileus_text_add(text, "one\ntwo\nth\0ree\xff\n", 16);
    if (code == PILEUS_OK && store_acts(self, "open")) {
        code = pileus_text_add(text, "login: ", PILEUS_NUL_TERMINATED);
    }
    return code == PILEUS_OK && store_acts(self, "fail")
               ? pileus_fail(call, PILEUS_UNAVAILABLE, "the line went dead")
               : code;
}

const pileus_lifecycle_service store_lifecycle = {
    .struct_size = sizeof store_lifecycle,
    .pause_node = store_pause_node,
    .unpause_node = store_unpause_node,
    .suspend_node = store_suspend_node,
    .resume_node = store_resume_node,
    .shelve_node = store_shelve_node,
    .unshelve_node = store_unshelve_node,
    .rebuild_node = store_rebuild_node,
    .resize_node = store_resize_node,
    .confirm_resize_node = store_confirm_resize_node,
    .revert_resize_node = store_revert_resize_node,
    .get_console_log = store_get_console_log,
};

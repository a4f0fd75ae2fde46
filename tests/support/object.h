/* Building objects as a sink would. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_SUPPORT_OBJECT_H
#define TESTS_SUPPORT_OBJECT_H

#include "core/model/object.h"

#include "tests/support/expect.h"

#define ALL_OF_IT PILEUS_NUL_TERMINATED

static inline pil__object *
new_object(pileus_kind kind)
{
    pil__object *object =
        pil__object_new(kind, NULL, NULL, (pil__arena){0}, NULL);

    assert_non_null(object);
    return object;
}

static inline pil__object *
new_node(const char *id)
{
    pil__object *node = new_object(PILEUS_KIND_NODE);

    pil__object_set_string(node, PILEUS_FIELD_ID, id, ALL_OF_IT);
    return node;
}

/* End the building, which has gone well, of a driver of type "0". */
static inline pil__object *
finish(pil__object *object)
{
    pileus_error *err = NULL;

    assert_false(pil__object_has_failed(object));
    expect_ok(pil__object_finish(object, NULL, "0", &err), err);
    return object;
}

/* End the building, which has gone wrong as these words say. */
static inline void
expect_broken(pil__object *object, const char *words)
{
    pileus_error *err = NULL;

    assert_int_equal(pil__object_finish(object, NULL, "0", &err),
                     PILEUS_PROTOCOL);
    assert_true(pil__object_has_failed(object));
    assert_non_null(strstr(pileus_error_message(err), "author"));
    expect_error(&err, PILEUS_PROTOCOL, words);
    pil__object_unref(object);
}

static inline pileus_node *
as_node(pil__object *object)
{
    return (pileus_node *)(void *)object;
}

#endif

/* Comparing our objects with libcloud's, field by field. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/peer/check.h"

#include "tests/peer/facts.h"

#include <stdlib.h>
#include <string.h>

yajl_val
peer_get(yajl_val object, const char *key)
{
    const char *path[] = {key, NULL};

    return yajl_tree_get(object, path, yajl_t_any);
}

const char *
peer_string(yajl_val object, const char *key)
{
    const char *string = YAJL_GET_STRING(peer_get(object, key));

    if (string == NULL) {
        fail_msg("no string %s in libcloud's answer", key);
    }
    return string;
}

/* ---- differences --------------------------------------------------------- */

bool
peer_differs(peer_check *check, const char *class, const char *field)
{
    for (size_t i = 0; check->differences[i].class != NULL; i++) {
        assert_true(i < PEER_DIFFERENCES_MAX);
        if (strcmp(check->differences[i].class, class) == 0 &&
            strcmp(check->differences[i].field, field) == 0) {
            check->met[i] = true;
            return true;
        }
    }
    return false;
}

/* The same of a difference in just these values. */
static bool
differs_so(peer_check *check, const char *class, const char *field,
           const char *theirs, const char *ours)
{
    char narrow[256];

    (void)snprintf(narrow, sizeof narrow, "%s: %s -> %s", field, theirs, ours);
    return peer_differs(check, class, narrow);
}

void
peer_check_met(const peer_check *check)
{
    for (size_t i = 0; check->differences[i].class != NULL; i++) {
        if (!check->met[i]) {
            fail_msg("%s.%s does not differ, though the table says so",
                     check->differences[i].class, check->differences[i].field);
        }
    }
}

/* ---- their values as text ------------------------------------------------ */

static void print_theirs(FILE *out, yajl_val value);

static void
print_their_dict(FILE *out, yajl_val dict)
{
    const char *last = "";

    for (size_t done = 0; done < YAJL_GET_OBJECT(dict)->len; done++) {
        const char *next = NULL;

        for (size_t i = 0; i < YAJL_GET_OBJECT(dict)->len; i++) {
            const char *key = YAJL_GET_OBJECT(dict)->keys[i];

            if (strcmp(key, last) > 0 &&
                (next == NULL || strcmp(key, next) < 0)) {
                next = key;
            }
        }
        facts_print_string(out, next);
        print_theirs(out, peer_get(dict, next));
        last = next;
    }
}

static void
print_theirs(FILE *out, yajl_val value)
{
    if (YAJL_IS_TRUE(value) || YAJL_IS_FALSE(value)) {
        (void)fputs(YAJL_IS_TRUE(value) ? "true" : "false", out);
    } else if (YAJL_IS_NUMBER(value)) {
        (void)fprintf(out, "%.15g", strtod(YAJL_GET_NUMBER(value), NULL));
    } else if (YAJL_IS_STRING(value)) {
        facts_print_string(out, YAJL_GET_STRING(value));
    } else if (YAJL_IS_ARRAY(value)) {
        (void)fputc('[', out);
        for (size_t i = 0; i < YAJL_GET_ARRAY(value)->len; i++) {
            print_theirs(out, YAJL_GET_ARRAY(value)->values[i]);
            (void)fputc(',', out);
        }
        (void)fputc(']', out);
    } else if (YAJL_IS_OBJECT(value)) {
        (void)fputc('{', out);
        print_their_dict(out, value);
        (void)fputc('}', out);
    } else {
        (void)fputs("null", out);
    }
}

static char *
text_of_theirs(yajl_val value)
{
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);

    assert_non_null(out);
    print_theirs(out, value);
    assert_int_equal(fclose(out), 0);
    return text;
}

/* ---- comparing ----------------------------------------------------------- */

static void
check_field(peer_check *check, const char *class, const char *field,
            yajl_val theirs, const char *our_text)
{
    char *their_text = text_of_theirs(theirs);

    check->fields++;
    if (strcmp(their_text, our_text) != 0 &&
        !peer_differs(check, class, field) &&
        !differs_so(check, class, field, their_text, our_text)) {
        fail_msg("%s.%s: libcloud has %s, we have %s", class, field, their_text,
                 our_text);
    }
    free(their_text);
}

static void
check_value(peer_check *check, const char *class, const char *field,
            yajl_val theirs, const pileus_value *ours)
{
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);

    assert_non_null(out);
    facts_print_value(out, ours);
    assert_int_equal(fclose(out), 0);
    check_field(check, class, field, theirs, text);
    free(text);
}

static void
check_extra(peer_check *check, const char *class, yajl_val theirs,
            const pileus_value *ours)
{
    char field[128];

    if (!YAJL_IS_OBJECT(theirs)) {
        check_value(check, class, "extra", theirs, ours);
        return;
    }
    for (size_t i = 0; i < YAJL_GET_OBJECT(theirs)->len; i++) {
        const char *key = YAJL_GET_OBJECT(theirs)->keys[i];

        (void)snprintf(field, sizeof field, "extra.%s", key);
        if (pileus_value_get(ours, key) == NULL &&
            !peer_differs(check, class, field) &&
            !differs_so(
                check, class, field,
                YAJL_IS_NULL(YAJL_GET_OBJECT(theirs)->values[i]) ? "null" : "",
                "null")) {
            fail_msg("%s.%s is in libcloud's answer alone", class, field);
        }
        check_value(check, class, field, YAJL_GET_OBJECT(theirs)->values[i],
                    pileus_value_get(ours, key));
    }
    for (size_t i = 0; i < pileus_value_count(ours); i++) {
        const char *key = pileus_value_key(ours, i);

        (void)snprintf(field, sizeof field, "+extra.%s", key);
        if (peer_get(theirs, key) == NULL &&
            !peer_differs(check, class, field)) {
            fail_msg("%s.%s is in our answer alone", class, field + 1);
        }
    }
}

void
peer_check_object(peer_check *check, yajl_val theirs, const void *ours)
{
    const facts_class *class = facts_class_named(peer_string(theirs, "_type"));

    assert_non_null(ours);
    for (size_t i = 0; i < YAJL_GET_OBJECT(theirs)->len; i++) {
        const char *field = YAJL_GET_OBJECT(theirs)->keys[i];
        yajl_val value = YAJL_GET_OBJECT(theirs)->values[i];
        char *text = NULL;
        size_t size = 0;
        FILE *out;

        if (strcmp(field, "_type") == 0) {
            continue;
        }
        if (strcmp(field, "extra") == 0) {
            check_extra(check, class->name, value, class->extra(ours));
            continue;
        }
        out = open_memstream(&text, &size);
        assert_non_null(out);
        if (!class->print(out, ours, field)) {
            fail_msg("%s.%s is compared with nothing", class->name, field);
        }
        assert_int_equal(fclose(out), 0);
        check_field(check, class->name, field, value, text);
        free(text);
    }
}

/* The object there, of whatever kind. */
static const void *
entry_of(const pileus_list *list, size_t i)
{
    const void *any[] = {
        pileus_list_node(list, i),     pileus_list_size(list, i),
        pileus_list_image(list, i),    pileus_list_location(list, i),
        pileus_list_volume(list, i),   pileus_list_snapshot(list, i),
        pileus_list_key_pair(list, i),
    };

    for (size_t k = 0; k < sizeof any / sizeof any[0]; k++) {
        if (any[k] != NULL) {
            return any[k];
        }
    }
    return NULL;
}

void
peer_check_list(peer_check *check, yajl_val theirs, const pileus_list *ours)
{
    assert_true(YAJL_IS_ARRAY(theirs));
    assert_int_equal(pileus_list_count(ours), YAJL_GET_ARRAY(theirs)->len);
    for (size_t i = 0; i < pileus_list_count(ours); i++) {
        peer_check_object(check, YAJL_GET_ARRAY(theirs)->values[i],
                          entry_of(ours, i));
    }
}

/* The EC2 driver against a provider of its own: XML that is no good, and XML
 * that is odd. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/plugins/ec2_support.h"

#include <stdio.h>
#include <stdlib.h>

#define NODES(content)                                                         \
    "<R><reservationSet><item><instancesSet>" content                          \
    "</instancesSet></item></reservationSet></R>"

static void
test_wrong_answers(void **state)
{
    static const struct {
        const char *body;
        const char *words;
    } wrong[] = {
        {"<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>", "it has a DTD"},
        {"<!DOCTYPE R SYSTEM \"http://x.invalid/\"><R/>", "it has a DTD"},
        {"<R><reservationSet>&lol;</reservationSet></R>", "undefined entity"},
        {"<R><reservationSet><item>", "no element found"},
        {"<R></S>", "mismatched tag"},
        {"<R/><R/>", "junk after"},
        {"words", "syntax error"},
        {"<R>words</R>", "nothing but text"},
        {"<R><a/>words</R>", "text stands between"},
        {"<R>words<a/></R>", "text stands between"},
        {"<R><reservationSet><item/><x/></reservationSet></R>",
         "something else in a list"},
        {"<R><reservationSet>words</reservationSet></R>",
         "should be the list of items"},
        {"<html><title>Sign in</title></html>", "a web page instead of XML"},
        {NODES("<item><imageId>a</imageId></item>"), "instanceId"},
        {"", "answered with nothing"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        ec2_mock *mock = mock_start(0);
        pileus_connection *conn = connect_with(mock, NULL, NULL);
        pileus_list *list = NULL;
        pileus_error *err = NULL;

        mock->raw = wrong[i].body;
        assert_int_equal(pileus_node_list(&list, conn, NULL, NULL, &err),
                         PILEUS_PROTOCOL);
        expect_error(&err, PILEUS_PROTOCOL, wrong[i].words);
        pileus_connection_unref(conn);
        mock_stop(mock);
    }
}

static void
test_deep(void **state)
{
    char body[3 * (PILEUS_DEPTH_MAX + 1) + 1] = "";
    ec2_mock *mock = mock_start(0);
    pileus_connection *conn = connect_with(mock, NULL, NULL);
    pileus_list *list = NULL;
    pileus_error *err = NULL;

    (void)state;
    for (size_t i = 0; i <= PILEUS_DEPTH_MAX; i++) {
        memcpy(body + 3 * i, "<a>", 4);
    }
    mock->raw = body;
    assert_int_equal(pileus_node_list(&list, conn, NULL, NULL, &err),
                     PILEUS_PROTOCOL);
    expect_error(&err, PILEUS_PROTOCOL, "nested too deeply");
    pileus_connection_unref(conn);
    mock_stop(mock);
}

/* Lists that are empty, in every way that there is, and a text with all of
 * XML's own entities, in CDATA and without. */
static void
test_odd_answers(void **state)
{
    static const struct {
        const char *body;
        const char *name; /* of the one there is; NULL: there is none */
    } odd[] = {
        {"<R/>", NULL},
        {"<R>\n</R>", NULL},
        {"<R><reservationSet/></R>", NULL},
        {"<R><reservationSet>\n  </reservationSet></R>", NULL},
        {"<R><reservationSet><item><instancesSet/></item></reservationSet></R>",
         NULL},
        {NODES("<item><instanceId>i-7</instanceId></item>"), "i-7"},
        {NODES("<item><instanceId>i-7</instanceId><tagSet><item><key>Name"
               "</key><value>&lt;a&gt; &amp;<![CDATA[<b>]]>&#x2603;</value>"
               "</item></tagSet></item>"),
         "<a> &<b>\xe2\x98\x83"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof odd / sizeof odd[0]; i++) {
        ec2_mock *mock = mock_start(0);
        pileus_connection *conn = connect_with(mock, NULL, NULL);
        pileus_list *list = NULL;
        pileus_error *err = NULL;

        mock->raw = odd[i].body;
        expect_ok(pileus_node_list(&list, conn, NULL, NULL, &err), err);
        assert_int_equal(pileus_list_count(list), odd[i].name != NULL);
        if (odd[i].name != NULL) {
            assert_string_equal(pileus_node_name(pileus_list_node(list, 0)),
                                odd[i].name);
        }
        pileus_list_free(list);
        pileus_connection_unref(conn);
        mock_stop(mock);
    }
}

/* ---- hostile answers ------------------------------------------------------
 */

#define LAUGH(n, m)                                                            \
    "<!ENTITY l" #n " \"&l" #m ";&l" #m ";&l" #m ";&l" #m ";&l" #m ";&l" #m    \
    ";&l" #m ";&l" #m ";&l" #m ";&l" #m ";\">"

/* What a listing comes to when this is the answer; no list is to be left. */
static pileus_code
list_of(const char *body, pileus_error **err)
{
    ec2_mock *mock = mock_start(0);
    pileus_connection *conn = connect_with(mock, NULL, NULL);
    pileus_list *list = NULL;
    pileus_code code;

    mock->raw = body;
    code = pileus_node_list(&list, conn, NULL, NULL, err);
    assert_int_equal(list != NULL, code == PILEUS_OK);
    pileus_list_free(list);
    pileus_connection_unref(conn);
    mock_stop(mock);
    return code;
}

static void
test_hostile(void **state)
{
    static const struct {
        const char *body;
        const char *words;
    } hostile[] = {
        /* entities that grow, that are files, that are parameters */
        {"<!DOCTYPE R [<!ENTITY l0 \"ha\">" LAUGH(1, 0) LAUGH(2, 1) LAUGH(3, 2)
             LAUGH(4, 3) LAUGH(5, 4) LAUGH(6, 5) LAUGH(7, 6) LAUGH(8, 7)
                 LAUGH(9, 8) "]><R>&l9;</R>",
         "it has a DTD"},
        {"<!DOCTYPE R [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>"
         "<R>&x;</R>",
         "it has a DTD"},
        {"<!DOCTYPE R [<!ENTITY % p SYSTEM \"http://x.invalid/\"> %p;]><R/>",
         "it has a DTD"},
        {"<?xml version=\"1.0\"?><!-- --><!DOCTYPE R PUBLIC \"a\" \"b\"><R/>",
         "it has a DTD"},
        {"<R>&l9;</R>", "undefined entity"},
        {"<R a=\"&l9;\"/>", "undefined entity"},
        /* what is not closed */
        {"<R><![CDATA[words</R>", "unclosed CDATA"},
        {"<R><!-- words</R>", "unclosed token"},
        {"<R><?php words</R>", "unclosed token"},
        {"<R a=\"b</R>", "invalid token"},
        {"<R", "unclosed token"},
        {"<", "unclosed token"},
        {"<R>&am", "unclosed token"},
        {"<?xml", "unclosed token"},
        /* characters that are none */
        {"<R><a>\xff\xfe</a></R>", "invalid token"},
        {"<R><a>\xc3(</a></R>", "invalid token"},
        {"<R><a>\xc0\xbc</a></R>", "invalid token"},     /* "<", overlong */
        {"<R><a>\xed\xa0\x80</a></R>", "invalid token"}, /* a surrogate */
        {"<R><a>\xf5\x80\x80\x80</a></R>", "invalid token"},
        {"<R><a>\x01</a></R>", "invalid token"},
        {"<R><a>&#0;</a></R>", "invalid character number"},
        {"<R><a>&#xD800;</a></R>", "invalid character number"},
        {"<R><a>&#x110000;</a></R>", "invalid character number"},
        {"<R><a>&#99999999999999999999;</a></R>", "invalid character number"},
        /* encodings */
        {"<?xml version=\"1.0\" encoding=\"EBCDIC-US\"?><R/>",
         "unknown encoding"},
        {"<?xml version=\"1.0\" encoding=\"UTF-16\"?><R/>", "encoding"},
        {"<?xml version=\"1.0\" encoding=\"UTF-7\"?><R/>", "unknown encoding"},
        {"<?xml version=\"9.9\" encoding=\"\"?><R/>", "not well-formed"},
        /* structure */
        {"<R a=\"1\" a=\"2\"/>", "duplicate attribute"},
        {"<1/>", "not well-formed"},
        {"</R>", "not well-formed"},
        {"<R><a></R></a>", "mismatched tag"},
        {"<R/>words", "junk after"},
        {"words<R/>", "not well-formed"},
        {" <?xml version=\"1.0\"?><R/>", "not at start"},
        {"<?xml version=\"1.0\"?>", "no element found"},
        {"\xef\xbb\xbf", "no element found"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof hostile / sizeof hostile[0]; i++) {
        pileus_error *err = NULL;
        pileus_code code = list_of(hostile[i].body, &err);

        if (code != PILEUS_PROTOCOL ||
            strstr(pileus_error_message(err), hostile[i].words) == NULL) {
            print_error("%s\n", hostile[i].body);
        }
        expect_error(&err, PILEUS_PROTOCOL, hostile[i].words);
    }
}

/* ---- answers that are too large -------------------------------------------
 */

/* before, what is between so many times, and after; to be freed. */
static char *
repeated(const char *before, const char *between, size_t count,
         const char *after)
{
    size_t size = strlen(between);
    char *text = malloc(strlen(before) + size * count + strlen(after) + 1);
    char *at = text;

    assert_non_null(text);
    at = stpcpy(at, before);
    for (size_t i = 0; i < count; i++) {
        memcpy(at, between, size);
        at += size;
    }
    (void)stpcpy(at, after);
    return text;
}

#define NAMED(name)                                                            \
    "<R><reservationSet><item><instancesSet><item><instanceId>i-7"             \
    "</instanceId><tagSet><item><key>Name</key><value>" name

static void
test_large(void **state)
{
    static const char ends[] = "</value></item></tagSet></item></instancesSet>"
                               "</item></reservationSet></R>";
    static const struct {
        const char *before;
        const char *between;
        size_t count;
        const char *after;
        pileus_code wanted;
        const char *words;
    } large[] = {
        /* One text; the most that there may be, and one byte more. */
        {"<R><a>", "0123456789abcdef", 262144, "</a></R>", PILEUS_OK, NULL},
        {"<R><a>", "0123456789abcdef", 262144, "!</a></R>", PILEUS_PROTOCOL,
         "too long"},
        {"<R><a>", "<![CDATA[0123456789abcdef]]>", 262145, "</a></R>",
         PILEUS_PROTOCOL, "too long"},
        /* A name of one mebibyte, and one byte more. */
        {NAMED(""), "0123456789abcdef", 65536, ends, PILEUS_OK, NULL},
        {NAMED("x"), "0123456789abcdef", 65536, ends, PILEUS_PROTOCOL, ""},
        /* Levels: the most there may be, and one more. */
        {"", "<a>", PILEUS_DEPTH_MAX + 1, "", PILEUS_PROTOCOL,
         "nested too deeply"},
        {"", "<a>", 100000, "", PILEUS_PROTOCOL, "nested too deeply"},
        /* Names, attributes, blanks, comments, items. */
        {"<R><", "a", 1048576, "/></R>", PILEUS_OK, NULL},
        {"<R a=\"", "a", 1048576, "\"/>", PILEUS_OK, NULL},
        {"<R>", " ", 5242880, "</R>", PILEUS_PROTOCOL, "too long"},
        {"<R>", "<!-- -->", 131072, "</R>", PILEUS_OK, NULL},
        {"<R><reservationSet>", "<item/>", 131072, "</reservationSet></R>",
         PILEUS_OK, NULL},
    };

    (void)state;
    for (size_t i = 0; i < sizeof large / sizeof large[0]; i++) {
        char *body = repeated(large[i].before, large[i].between, large[i].count,
                              large[i].after);
        pileus_error *err = NULL;
        pileus_code code = list_of(body, &err);

        if (code != large[i].wanted) {
            print_error("%zu: %s\n", i, pileus_error_message(err));
        }
        assert_int_equal(code, large[i].wanted);
        if (code != PILEUS_OK) {
            expect_error(&err, code, large[i].words);
        }
        free(body);
    }
}

/* ---- answers that are damaged ---------------------------------------------
 */

static const char good[] =
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<R xmlns=\"http://ec2\">"
    "<requestId>r</requestId><reservationSet><item><instancesSet><item>"
    "<instanceId>i-7</instanceId><instanceState><code>16</code><name>running"
    "</name></instanceState><tagSet><item><key>Name</key><value>a &amp; "
    "<![CDATA[b]]>&#x2603;</value></item></tagSet></item></instancesSet></item>"
    "</reservationSet></R>";

/* It ends at each of its bytes. */
static void
test_truncated(void **state)
{
    ec2_mock *mock = mock_start(0);
    pileus_connection *conn = connect_with(mock, NULL, NULL);
    char body[sizeof good];

    (void)state;
    for (size_t size = 0; size < sizeof good; size++) {
        bool whole = size == sizeof good - 1;
        pileus_list *list = NULL;
        pileus_error *err = NULL;

        memcpy(body, good, size);
        body[size] = '\0';
        mock->raw = body;
        assert_int_equal(pileus_node_list(&list, conn, NULL, NULL, &err),
                         whole ? PILEUS_OK : PILEUS_PROTOCOL);
        pileus_error_free(err);
        if (whole) {
            assert_string_equal(pileus_node_name(pileus_list_node(list, 0)),
                                "a & b\xe2\x98\x83");
        }
        pileus_list_free(list);
    }
    pileus_connection_unref(conn);
    mock_stop(mock);
}

/* Each byte is another one: that is read, or refused, and nothing else. */
static void
test_damaged(void **state)
{
    static const char others[] = "<>&\"/ \xff\x80]";
    ec2_mock *mock = mock_start(0);
    pileus_connection *conn = connect_with(mock, NULL, NULL);
    size_t refused = 0;
    char body[sizeof good];

    (void)state;
    for (size_t i = 0; i < sizeof good - 1; i++) {
        pileus_list *list = NULL;
        pileus_error *err = NULL;
        pileus_code code;

        memcpy(body, good, sizeof good);
        body[i] = others[i % (sizeof others - 1)];
        mock->raw = body;
        code = pileus_node_list(&list, conn, NULL, NULL, &err);
        if (code != PILEUS_OK) {
            assert_int_equal(code, PILEUS_PROTOCOL);
            refused++;
        }
        pileus_error_free(err);
        pileus_list_free(list);
    }
    assert_true(refused > sizeof good / 2);
    pileus_connection_unref(conn);
    mock_stop(mock);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_wrong_answers), cmocka_unit_test(test_deep),
        cmocka_unit_test(test_odd_answers),   cmocka_unit_test(test_hostile),
        cmocka_unit_test(test_large),         cmocka_unit_test(test_truncated),
        cmocka_unit_test(test_damaged),
    };

    return cmocka_run_group_tests_name("plugins/ec2_xml", tests, NULL, NULL);
}

/* What CloudStack's signatures are made of. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "plugins/cloudstack/sign.h"
#include "tests/peer/check.h"
#include "tests/peer/replay.h"

#include <pileus/pileus.h>

#include <stdlib.h>
#include <string.h>

#include <openssl/evp.h>
#include <openssl/hmac.h>

#define PARAMS_MAX 32

static pileus_call *call;

static int
begin(void **state)
{
    (void)state;
    return pileus_call_new(&call, NULL) == PILEUS_OK ? 0 : -1;
}

static int
end(void **state)
{
    (void)state;
    pileus_call_free(call);
    return 0;
}

static size_t
add(cs_signed *params, size_t count, const char *name, const char *value)
{
    assert_true(count < PARAMS_MAX);
    params[count] =
        (cs_signed){name, strlen(name), value, strlen(value), false};
    return count + 1;
}

static void
expect_text(cs_signed *params, size_t count, const char *wanted)
{
    pileus_text *text = pileus_text_begin(call);
    char *data = NULL;
    size_t size = 0;

    assert_int_equal(cs_sign_text(text, params, count, &data, &size),
                     PILEUS_OK);
    assert_string_equal(data, wanted);
    assert_int_equal(size, strlen(wanted));
    pileus_text_drop(text);
}

static void
assert_text(const char *const *pairs, const char *wanted)
{
    cs_signed params[PARAMS_MAX];
    size_t count = 0;

    for (; *pairs != NULL; pairs += 2) {
        count = add(params, count, pairs[0], pairs[1]);
    }
    expect_text(params, count, wanted);
}

#define ASSERT_TEXT(wanted, ...)                                               \
    assert_text((const char *const[]){__VA_ARGS__, NULL}, wanted)

/* The example of the developer's guide, "Signing API Requests", step 2. */
static void
test_guide(void **state)
{
    (void)state;
    ASSERT_TEXT("apikey=mivr6x7u6bn_sdahobpjnejpgest35exq-jb8cg20yi3yaxxcgpyuai"
                "rmfi_ejtvwz0nukkjbpmy3y2bcikwfq&command=deployvirtualmachine&d"
                "iskofferingid=1&serviceofferingid=1&templateid=2&zoneid=4",
                "command", "deployVirtualMachine", "serviceOfferingId", "1",
                "diskOfferingId", "1", "templateId", "2", "zoneId", "4",
                "apiKey",
                "miVr6X7u6bN_sdahOBpjNejPgEsT35eXq-jB8CG20YI3yaxXcgpyuaIRmFI_EJ"
                "TVwZ0nUkkJbPmY3y2bciKwFQ");
}

/* As java.net.URLEncoder does, with which the server checks it. */
static void
test_encoding(void **state)
{
    (void)state;
    ASSERT_TEXT("a=%20%2b%2f%3d%26%7e*-._%c3%a4%5b%5d&tags[0].key=x",
                "tags[0].key", "X", "A", " +/=&~*-._\xc3\xa4[]");
    ASSERT_TEXT("name=&namespace=b", "nameSpace", "b", "name", "");
    ASSERT_TEXT("expires=2026-01-02t03%3a04%3a05%2b0000&signatureversion=3",
                "signatureVersion", "3", "expires", "2026-01-02T03:04:05+0000");
}

static void
test_form(void **state)
{
    static const char form[] = "b=%2B%20x&none&a=&=1&c=Y";
    cs_signed params[PARAMS_MAX];
    size_t count = cs_sign_form(params, PARAMS_MAX, form, strlen(form));

    (void)state;
    assert_int_equal(count, 4);
    expect_text(params, count, "=1&a=&b=%2b%20x&c=y");
    assert_int_equal(cs_sign_form(params, 2, form, strlen(form)), 2);
    assert_int_equal(cs_sign_form(params, 2, form, 0), 0);
}

/* ---- libcloud's signatures ------------------------------------------------
 */

static void
check_signature(yajl_val query)
{
    /* One test of libcloud's has credentials of its own. */
    const char *key = peer_string(query, "apiKey");
    const char *secret = strcmp(key, "apikey") == 0 ? "secret" : key;
    cs_signed params[PARAMS_MAX];
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned char signature[2 * EVP_MAX_MD_SIZE];
    unsigned int size = 0;
    pileus_text *text = pileus_text_begin(call);
    char *data = NULL;
    size_t data_size = 0;
    size_t count = 0;

    for (size_t i = 0; i < YAJL_GET_OBJECT(query)->len; i++) {
        const char *name = YAJL_GET_OBJECT(query)->keys[i];

        if (strcmp(name, "signature") != 0) {
            count = add(params, count, name, peer_string(query, name));
        }
    }
    assert_int_equal(cs_sign_text(text, params, count, &data, &data_size),
                     PILEUS_OK);
    assert_non_null(HMAC(EVP_sha1(), secret, (int)strlen(secret),
                         (const unsigned char *)data, data_size, digest,
                         &size));
    assert_true(EVP_EncodeBlock(signature, digest, (int)size) > 0);
    assert_string_equal((const char *)signature,
                        peer_string(query, "signature"));
    pileus_text_drop(text);
}

static void
test_libcloud(void **state)
{
    char *text = replay_read("cloudstack", "exchanges.jsonl");
    size_t count = 0;

    (void)state;
    if (text == NULL) {
        skip();
    }
    for (char *line = text; *line != '\0';) {
        char *end = strchr(line, '\n');
        yajl_val exchange;

        assert_non_null(end);
        *end = '\0';
        exchange = yajl_tree_parse(line, NULL, 0);
        assert_non_null(exchange);
        check_signature(peer_get(peer_get(exchange, "request"), "query"));
        yajl_tree_free(exchange);
        line = end + 1;
        count++;
    }
    print_message("%zu signatures\n", count);
    assert_true(count > 0);
    free(text);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_guide),
        cmocka_unit_test(test_encoding),
        cmocka_unit_test(test_form),
        cmocka_unit_test(test_libcloud),
    };

    return cmocka_run_group_tests_name("plugins/cloudstack_sign", tests, begin,
                                       end);
}

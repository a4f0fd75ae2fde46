/* Manifests: what a good one says, and each way to be broken. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/driver/manifest.h"

#include "tests/driver/fixture.h"

static pileus_driver_info *
read_good(const char *directory)
{
    pileus_driver_info *info = NULL;
    pileus_error *err = NULL;

    expect_ok(pil__manifest_read(&info, directory, "mock.json", &err), err);
    assert_non_null(info);
    return info;
}

/* The manifest with this text is refused with these words, and the file and
 * what to do are named. */
static void
refuse_text(const char *text, size_t size, const char *words)
{
    const char *directory = fresh_directory();
    const char *path = path_of(directory, "mock.json");
    pileus_driver_info *info = NULL;
    pileus_error *err = NULL;
    const char *message;

    write_file(path, text, size);
    assert_int_equal(pil__manifest_read(&info, directory, "mock.json", &err),
                     PILEUS_CONFIGURATION);
    assert_null(info);
    message = pileus_error_message(err);
    print_message("%s\n", message);
    assert_non_null(strstr(message, path));
    assert_non_null(strstr(message, "mend it or install the driver again"));
    assert_null(strchr(message, '\n'));
    expect_error(&err, PILEUS_CONFIGURATION, words);
    /* No error wanted is all right, too. */
    assert_int_equal(pil__manifest_read(&info, directory, "mock.json", NULL),
                     PILEUS_CONFIGURATION);
}

static void
refuse(const char *key, const char *json, const char *words)
{
    const char *text = manifest_text(key, json, NULL);

    refuse_text(text, strlen(text), words);
}

/* The same for a manifest with this one option. */
static void
refuse_option(const char *option, const char *words)
{
    refuse("options", text_of("[%s]", option), words);
}

static void
test_smallest(void **state)
{
    const char *directory = fresh_directory();
    pileus_driver_info *info;

    (void)state;
    write_manifest(directory, NULL);
    info = read_good(directory);
    assert_string_equal(pileus_driver_name(info), "mock");
    assert_string_equal(pileus_driver_title(info), "Mock");
    assert_string_equal(pileus_driver_version(info), "1.0");
    assert_string_equal(pileus_driver_type(info), "mock");
    assert_string_equal(pileus_driver_abi(info), "1.0");
    assert_string_equal(pileus_driver_thread_model(info), "parallel");
    assert_null(pileus_driver_website(info));
    assert_string_equal(pileus_driver_manifest_path(info),
                        path_of(directory, "mock.json"));
    assert_string_equal(pileus_driver_module_path(info),
                        path_of(directory, "mock.so"));
    assert_int_equal(pileus_driver_call_count(info), 1);
    assert_string_equal(pileus_driver_call(info, 0), "compute.list_nodes");
    assert_null(pileus_driver_call(info, 1));
    assert_int_equal(pileus_driver_option_count(info), 0);
    assert_null(pileus_driver_option(info, 0));
    assert_null(pil__manifest_option(info, "region"));
    pil__manifest_unref(info);
}

static void
test_options(void **state)
{
    const char *directory = fresh_directory();
    const pileus_option_info *option;
    pileus_driver_info *info;

    (void)state;
    write_manifest(
        directory, "website", "\"https://example.org/\"", "options",
        "[{\"name\": \"user-name\", \"type\": \"string\", \"help\": \"who\","
        "  \"required\": true, \"environment\": [\"MOCK_USER\", \"_u2\"]},"
        " {\"name\": \"pass_2\", \"type\": \"string\", \"help\": \"h\","
        "  \"secret\": true, \"default\": \"\"},"
        " {\"name\": \"n\", \"type\": \"integer\", \"help\": \"h\","
        "  \"minimum\": -3, \"maximum\": 10, \"default\": \"10\"},"
        " {\"name\": \"t\", \"type\": \"duration\", \"help\": \"h\","
        "  \"minimum\": 1000, \"default\": \"1.5s\"},"
        " {\"name\": \"c\", \"type\": \"choice\", \"help\": \"h\","
        "  \"choices\": [\"a\", \"b c\"], \"default\": \"b c\"}]",
        "calls", "{\"volumes\": [\"a\", \"b\"], \"none\": [], \"x\": [\"y\"]}",
        NULL);
    info = read_good(directory);
    assert_string_equal(pileus_driver_website(info), "https://example.org/");
    assert_int_equal(pileus_driver_option_count(info), 5);
    option = pileus_driver_option(info, 0);
    assert_string_equal(pileus_option_name(option), "user-name");
    assert_string_equal(pileus_option_help(option), "who");
    assert_true(pileus_option_required(option));
    assert_false(pileus_option_secret(option));
    assert_null(pileus_option_default(option));
    assert_string_equal(pileus_option_environment(option, 0), "MOCK_USER");
    assert_string_equal(pileus_option_environment(option, 1), "_u2");
    assert_null(pileus_option_environment(option, 2));
    option = pil__manifest_option(info, "pass_2");
    assert_true(pileus_option_secret(option));
    assert_string_equal(pileus_option_default(option), "");
    option = pil__manifest_option(info, "n");
    assert_true(option->has_minimum && option->has_maximum);
    assert_int_equal(option->minimum, -3);
    assert_int_equal(option->maximum, 10);
    option = pil__manifest_option(info, "t");
    assert_true(option->has_minimum && !option->has_maximum);
    assert_string_equal(pileus_option_type(option), "duration");
    option = pil__manifest_option(info, "c");
    assert_string_equal(pileus_option_choice(option, 1), "b c");
    assert_null(pileus_option_choice(option, 2));
    assert_int_equal(pileus_driver_call_count(info), 3);
    assert_string_equal(pileus_driver_call(info, 1), "volumes.b");
    assert_string_equal(pileus_driver_call(info, 2), "x.y");
    pil__manifest_unref(info);
}

/* A newer manifest may say more, and be for another ABI: it is listed. */
static void
test_http(void **state)
{
    const char *directory = fresh_directory();
    pileus_driver_info *info;

    (void)state;
    write_manifest(directory, "http",
                   "{\"required\": false, \"variables\": {\"ca-file\": "
                   "[\"A_CA\", \"B_CA\"]}}",
                   NULL);
    info = read_good(directory);
    assert_string_equal(pil__manifest_option(info, "ca-file")->environment[1],
                        "B_CA");
    assert_false(pil__manifest_option(info, "endpoint")->required);
    pil__manifest_unref(info);
    refuse("http", "{\"required\": 1}", "must be true or false");
    refuse("http", "{\"variables\": {\"endpoint\": [\"A\"]}}",
           "whose keys are");
}

static void
test_newer(void **state)
{
    const char *directory = fresh_directory();
    pileus_driver_info *info;

    (void)state;
    write_manifest(directory, "abi", "\"2.17\"", "regions", "[1, {}]",
                   "options",
                   "[{\"name\": \"a\", \"type\": \"path\", \"help\": \"h\", "
                   "\"since\": \"1.4\"}]",
                   NULL);
    info = read_good(directory);
    assert_int_equal(info->abi_major, 2);
    assert_int_equal(info->abi_minor, 17);
    pil__manifest_unref(info);
}

static void
test_references(void **state)
{
    const char *directory = fresh_directory();
    pileus_driver_info *info;

    (void)state;
    write_manifest(directory, NULL);
    info = read_good(directory);
    assert_ptr_equal(pil__manifest_ref(info), info);
    pil__manifest_unref(info);
    assert_string_equal(pileus_driver_name(info), "mock");
    pil__manifest_unref(info);
    pil__manifest_unref(NULL);
}

static void
test_getters_of_null(void **state)
{
    (void)state;
    assert_null(pileus_driver_name(NULL));
    assert_null(pileus_driver_title(NULL));
    assert_null(pileus_driver_version(NULL));
    assert_null(pileus_driver_website(NULL));
    assert_null(pileus_driver_type(NULL));
    assert_null(pileus_driver_abi(NULL));
    assert_null(pileus_driver_thread_model(NULL));
    assert_null(pileus_driver_manifest_path(NULL));
    assert_null(pileus_driver_module_path(NULL));
    assert_null(pileus_driver_call(NULL, 0));
    assert_null(pileus_driver_option(NULL, 0));
    assert_null(pil__thread_model_name(0));
    assert_null(pil__thread_model_name(4));
}

static void
test_driver_names(void **state)
{
    static const char *const good[] = {"a", "a1_", "digital_ocean", "z9"};
    static const char *const bad[] = {"",    "1a",  "_a", "A",   "a-b",
                                      "a.b", "a/b", "a ", "a\n", "\xC3\xA4"};
    char name[PIL__NAME_MAX + 2];

    (void)state;
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
        assert_true(pil__driver_name_valid(good[i]));
    }
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        assert_false(pil__driver_name_valid(bad[i]));
    }
    memset(name, 'a', sizeof name);
    name[PIL__NAME_MAX + 1] = '\0';
    assert_false(pil__driver_name_valid(name));
    name[PIL__NAME_MAX] = '\0';
    assert_true(pil__driver_name_valid(name));
}

static void
test_missing_keys(void **state)
{
    static const char *const keys[] = {"name",   "title", "version", "type",
                                       "module", "abi",   "threads", "pileus"};

    (void)state;
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
        refuse(keys[i], NULL, text_of("\"%s\"", keys[i]));
        refuse(keys[i], NULL, "is missing");
    }
    refuse("calls", NULL, "\"calls\" must be an object");
}

static void
test_wrong_types(void **state)
{
    static const char *const texts[] = {"name",    "title",  "version",
                                        "type",    "module", "abi",
                                        "threads", "website"};
    static const char *const wrong[] = {"1",  "null", "true",     "[]",
                                        "{}", "\"\"", "\"a\\nb\""};

    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        for (size_t j = 0; j < sizeof wrong / sizeof wrong[0]; j++) {
            refuse(texts[i], wrong[j],
                   text_of("\"%s\" must be a string", texts[i]));
        }
    }
    refuse("options", "{}", "\"options\" must be a list");
    refuse("options", "\"a\"", "\"options\" must be a list");
    refuse("calls", "[]", "\"calls\" must be an object");
    refuse("calls", "{\"compute\": \"list_nodes\"}", "\"calls\" must be");
    refuse("calls", "{\"compute\": [], \"x\": {\"a\": 1}}",
           "\"calls\" must be");
    refuse("calls", "{\"compute\": [\"list_nodes\", 7]}",
           "entry 2 of \"compute\"");
    refuse("calls", "{\"compute\": [\"list nodes\"]}",
           "entry 1 of \"compute\"");
}

static void
test_wrong_values(void **state)
{
    (void)state;
    refuse("pileus", "0", "\"pileus\" must be 1");
    refuse("pileus", "\"1\"", "\"pileus\" must be 1");
    refuse("pileus", "2", "upgrade libpileus");
    refuse("name", "\"Mock\"", "\"name\" must be a lower-case letter");
    refuse("name", "\"../mock\"", "\"name\" must be a lower-case letter");
    refuse("name", "\"other\"", "must be called other.json");
    refuse("name", "\"moc\"", "must be called moc.json");
    refuse("threads", "\"many\"", "\"threads\" must be \"serial\"");
    refuse("module", "\"../mock.so\"", "without a directory");
    refuse("module", "\"/tmp/mock.so\"", "without a directory");
    refuse("module", "\"a/b.so\"", "without a directory");
    refuse("module", "\"..\"", "without a directory");
    refuse("module", "\".hidden.so\"", "without a directory");
}

static void
test_wrong_abi(void **state)
{
    static const char *const wrong[] = {
        "\"1\"",    "\"1.\"",   "\".0\"",          "\"1.0.0\"", "\"1.x\"",
        "\"-1.0\"", "\"+1.0\"", "\"1.0 \"",        "\"one\"",   "\"1.0x\"",
        "\" 1.0\"", "\"1,0\"",  "\"1.4294967296\""};

    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        refuse("abi", wrong[i], "\"abi\" must be two numbers");
    }
}

static void
test_wrong_options(void **state)
{
    (void)state;
    refuse_option("7", "entry 1 of \"options\": \"name\" is missing");
    refuse_option("{}", "entry 1 of \"options\": \"name\" is missing");
    refuse_option("{\"name\": \"Region\"}", "\"name\" must be a lower-case");
    refuse_option("{\"name\": \"a\"}", "option \"a\": \"help\" is missing");
    refuse_option("{\"name\": \"a\", \"help\": \"h\"}",
                  "option \"a\": \"type\" is missing");
    refuse_option("{\"name\": \"a\", \"help\": \"h\", \"type\": \"float\"}",
                  "\"type\" must be string, integer");
    refuse("options",
           "[{\"name\": \"a\", \"help\": \"h\", \"type\": \"string\"},"
           " {\"name\": \"b\", \"help\": \"h\", \"type\": \"string\"},"
           " {\"name\": \"a\", \"help\": \"h\", \"type\": \"path\"}]",
           "entry 3 of \"options\": \"a\" is declared already, as entry 1");
}

/* An option of this type, with this more, is refused. */
static void
refuse_typed(const char *type, const char *more, const char *words)
{
    refuse_option(text_of("{\"name\": \"a\", \"help\": \"h\", \"type\": "
                          "\"%s\", %s}",
                          type, more),
                  words);
}

static void
test_wrong_details(void **state)
{
    (void)state;
    refuse_typed("string", "\"secret\": 1", "\"secret\" must be true or false");
    refuse_typed("string", "\"required\": \"yes\"",
                 "\"required\" must be true");
    refuse_typed("string", "\"default\": 1", "\"default\" must be a string");
    refuse_typed("integer", "\"default\": 1", "\"default\" must be a string");
    refuse_typed("integer", "\"default\": \"ten\"", "\"default\" is no value");
    refuse_typed("integer", "\"default\": \"11\", \"maximum\": 10",
                 "\"default\" is no value");
    refuse_typed("boolean", "\"default\": \"perhaps\"", "is no value of it");
    refuse_typed("duration", "\"default\": \"5 parsecs\"", "is no value of it");
    refuse_typed("choice", "\"default\": \"c\", \"choices\": [\"a\", \"b\"]",
                 "is no value of it");
    refuse_typed("choice", "\"default\": \"a\"", "must have \"choices\"");
    refuse_typed("choice", "\"choices\": []", "must have \"choices\"");
    refuse_typed("choice", "\"choices\": [\"\"]", "\"choices\" must be a list");
    refuse_typed("choice", "\"choices\": [1]", "\"choices\" must be a list");
    refuse_typed("choice", "\"choices\": {\"a\": \"b\"}", "must be a list of");
    refuse_typed("string", "\"choices\": [\"a\"]", "of type choice only");
    refuse_typed("string", "\"minimum\": 1", "integer and duration only");
    refuse_typed("choice", "\"maximum\": 1, \"choices\": [\"a\"]",
                 "integer and duration only");
    refuse_typed("integer", "\"minimum\": \"1\"", "must be a whole number");
    refuse_typed("integer", "\"maximum\": 1.5", "must be a whole number");
    refuse_typed("integer", "\"minimum\": 2, \"maximum\": 1", "is above");
    refuse_typed("string", "\"environment\": \"A\"", "must be a list of names");
    refuse_typed("string", "\"environment\": [\"1A\"]", "a list of names");
    refuse_typed("string", "\"environment\": [\"A=B\"]", "a list of names");
    refuse_typed("string", "\"environment\": [\"\"]", "a list of names");
}

/* The value of a secret is in no message, even a default's. */
static void
test_secret_default(void **state)
{
    const char *directory = fresh_directory();
    pileus_driver_info *info = NULL;
    pileus_error *err = NULL;

    (void)state;
    write_manifest(directory, "options",
                   "[{\"name\": \"a\", \"help\": \"h\", \"type\": \"integer\","
                   " \"secret\": true, \"default\": \"hunter2\"}]",
                   NULL);
    assert_int_equal(pil__manifest_read(&info, directory, "mock.json", &err),
                     PILEUS_CONFIGURATION);
    assert_null(strstr(pileus_error_message(err), "hunter2"));
    expect_error(&err, PILEUS_CONFIGURATION, "option \"a\"");
}

/* A manifest that ends anywhere before its last brace is none. */
static void
test_truncated(void **state)
{
    const char *text = manifest_text(NULL);
    size_t whole = strlen(text);

    (void)state;
    while (text[whole - 1] != '}') {
        whole--;
    }
    for (size_t size = 1; size < whole; size++) {
        refuse_text(text, size, "mock.json");
    }
}

static void
test_not_json(void **state)
{
    static const char nul[] = "{\"pileus\": 1, \"name\": \"mo\\u0000ck\"}";
    static const char bad[] = "{\"pileus\": 1, \"title\": \"\xC3(\"}";
    static const char twice[] = "{\"pileus\": 1, \"pileus\": 1}";

    (void)state;
    refuse_text("[1]", 3, "must be a JSON object");
    refuse_text("\0\0\0\0", 4, "mock.json");
    refuse_text("\x7f"
                "ELF",
                4, "mock.json");
    refuse_text("{} {}", 5, "mock.json");
    refuse_text(nul, sizeof nul - 1, "mock.json");
    refuse_text(bad, sizeof bad - 1, "mock.json");
    refuse_text(twice, sizeof twice - 1, "pileus");
}

static void
test_deep(void **state)
{
    char deep[2 * (PILEUS_DEPTH_MAX + 8)];

    (void)state;
    memset(deep, '[', sizeof deep / 2);
    memset(deep + sizeof deep / 2, ']', sizeof deep / 2);
    refuse("x", text_of("%.*s", (int)sizeof deep, deep), "mock.json");
}

static void
test_too_large(void **state)
{
    const char *directory = fresh_directory();
    const char *text = manifest_text(NULL);
    char *large = test_malloc(PIL__MANIFEST_MAX + 1);

    (void)state;
    memset(large, ' ', PIL__MANIFEST_MAX + 1);
    memcpy(large, text, strlen(text));
    refuse_text(large, PIL__MANIFEST_MAX + 1, "larger than the 262144 bytes");
    write_file(path_of(directory, "mock.json"), large, PIL__MANIFEST_MAX);
    pil__manifest_unref(read_good(directory));
    test_free(large);
}

/* An empty file is not broken: it hides the name. */
static void
test_empty(void **state)
{
    const char *directory = fresh_directory();
    pileus_driver_info *info = NULL;
    pileus_error *err = NULL;

    (void)state;
    write_text(path_of(directory, "mock.json"), "");
    expect_ok(pil__manifest_read(&info, directory, "mock.json", &err), err);
    assert_null(info);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_smallest),
        cmocka_unit_test(test_options),
        cmocka_unit_test(test_http),
        cmocka_unit_test(test_newer),
        cmocka_unit_test(test_references),
        cmocka_unit_test(test_getters_of_null),
        cmocka_unit_test(test_driver_names),
        cmocka_unit_test(test_missing_keys),
        cmocka_unit_test(test_wrong_types),
        cmocka_unit_test(test_wrong_values),
        cmocka_unit_test(test_wrong_abi),
        cmocka_unit_test(test_wrong_options),
        cmocka_unit_test(test_wrong_details),
        cmocka_unit_test(test_secret_default),
        cmocka_unit_test(test_truncated),
        cmocka_unit_test(test_not_json),
        cmocka_unit_test(test_deep),
        cmocka_unit_test(test_too_large),
        cmocka_unit_test(test_empty),
    };

    return cmocka_run_group_tests_name("manifest", tests, fixture_begin,
                                       fixture_end);
}

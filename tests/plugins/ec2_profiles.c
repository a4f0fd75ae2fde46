/* The EC2 driver and the files that Amazon's tools share: profiles, their
 * settings, and which of several credentials are used. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/plugins/ec2_files.h"

#define REGION "region = " MOCK_REGION "\n"
#define WRONG_REGION "region = eu-wrong-1\n"
#define DEFAULT "[default]\n"

/* ---- what is used ---------------------------------------------------------
 */

typedef struct use {
    const char *credentials; /* file; NULL: none */
    const char *config;
    const char *environment[9]; /* names and values */
    const char *options[9];
    const char *token; /* that is to come with it */
} use;

static const use uses[] = {
    /* The default profile, as it is written by hand and by tools. */
    {DEFAULT KEYS, DEFAULT REGION, {NULL}, {NULL}, NULL},
    {DEFAULT KEYS REGION, NULL, {NULL}, {NULL}, NULL},
    {NULL, DEFAULT KEYS REGION, {NULL}, {NULL}, NULL},
    {"# mine\r\n\r\n[default] ; yes\r\n"
     "AWS_Access_Key_ID=" MOCK_KEY "   # of last year\r\n"
     "aws_secret_access_key\t=\t" MOCK_SECRET "\r\n",
     "\xef\xbb\xbf[ profile\tdefault ]\n  region = " MOCK_REGION "\n",
     {NULL},
     {NULL},
     NULL},
    {DEFAULT KEYS "aws_session_token = " MOCK_TOKEN "\n",
     DEFAULT REGION,
     {NULL},
     {NULL},
     MOCK_TOKEN},
    /* What means nothing here is passed over, also where it is nested. */
    {"[another]\n" OTHER_KEYS DEFAULT KEYS "[third]\nx = y\n",
     DEFAULT "s3 =\n  region = nowhere\n\n  x = y\noutput = json\n" REGION
             "[services mine]\nec2 =\n  endpoint_url = x\n[plugins]\na = b\n",
     {NULL},
     {NULL},
     NULL},
    /* The last word counts, and sections of one name are one. */
    {DEFAULT OTHER_KEYS "[x]\n" DEFAULT KEYS,
     DEFAULT WRONG_REGION "[profile default]\n" REGION DEFAULT WRONG_REGION,
     {NULL},
     {NULL},
     NULL},
    /* A named profile takes nothing from the default one. */
    {DEFAULT OTHER_KEYS "[me]\n" KEYS,
     DEFAULT WRONG_REGION "[profile me]\n" REGION,
     {"AWS_PROFILE", "me", NULL},
     {NULL},
     NULL},
    {DEFAULT OTHER_KEYS "[me]\n" KEYS,
     DEFAULT WRONG_REGION "[profile \"me\"]\n" REGION,
     {"AWS_PROFILE", "another", NULL},
     {"profile", "me", NULL},
     NULL},
    {DEFAULT KEYS, DEFAULT REGION, {"AWS_PROFILE", "", NULL}, {NULL}, NULL},
    /* The credentials file goes before the other. */
    {DEFAULT KEYS REGION,
     DEFAULT OTHER_KEYS WRONG_REGION,
     {NULL},
     {NULL},
     NULL},
    {DEFAULT KEYS,
     DEFAULT "credential_process = /bin/false\n" REGION,
     {NULL},
     {NULL},
     NULL},
    /* The environment goes before the profile, and before a profile of the
     * environment's, */
    {DEFAULT OTHER_KEYS,
     DEFAULT WRONG_REGION,
     {"AWS_ACCESS_KEY_ID", MOCK_KEY, "AWS_SECRET_ACCESS_KEY", MOCK_SECRET,
      "AWS_REGION", MOCK_REGION, NULL},
     {NULL},
     NULL},
    {"[me]\n" OTHER_KEYS,
     "[profile me]\n" REGION,
     {"AWS_ACCESS_KEY_ID", MOCK_KEY, "AWS_SECRET_ACCESS_KEY", MOCK_SECRET,
      "AWS_PROFILE", "me", NULL},
     {NULL},
     NULL},
    {DEFAULT KEYS,
     DEFAULT WRONG_REGION,
     {"AWS_DEFAULT_REGION", MOCK_REGION, NULL},
     {NULL},
     NULL},
    /* but not before one that the caller names. */
    {"[me]\n" KEYS,
     "[profile me]\n" REGION,
     {"AWS_ACCESS_KEY_ID", "AKIDOTHER", "AWS_SECRET_ACCESS_KEY", "other",
      "AWS_SESSION_TOKEN", "other", NULL},
     {"profile", "me", NULL},
     NULL},
    /* The caller's keys go before everything, and without others' tokens. */
    {DEFAULT OTHER_KEYS,
     DEFAULT REGION,
     {"AWS_ACCESS_KEY_ID", "AKIDOTHER", "AWS_SECRET_ACCESS_KEY", "other",
      "AWS_SESSION_TOKEN", "other", NULL},
     {"key", MOCK_KEY, "secret", MOCK_SECRET, NULL},
     NULL},
    {NULL,
     NULL,
     {"AWS_ACCESS_KEY_ID", MOCK_KEY, "AWS_SECRET_ACCESS_KEY", MOCK_SECRET,
      "AWS_SESSION_TOKEN", MOCK_TOKEN, NULL},
     {"region", MOCK_REGION, NULL},
     MOCK_TOKEN},
    /* Files elsewhere, and none. */
    {"[me]\n" KEYS,
     NULL,
     {"AWS_CONFIG_FILE", "/dev/null", "AWS_PROFILE", "me", "AWS_REGION",
      MOCK_REGION, NULL},
     {NULL},
     NULL},
    {DEFAULT KEYS,
     DEFAULT REGION,
     {"AWS_SHARED_CREDENTIALS_FILE", "/nowhere/1", "AWS_CONFIG_FILE",
      "/nowhere/2", NULL},
     {"credentials-file", "~/.aws/credentials", "config-file", "~/.aws/config",
      NULL},
     NULL},
};

static void
set_all(const char *const *pairs, bool set)
{
    for (; *pairs != NULL; pairs += 2) {
        assert_int_equal(
            set ? setenv(pairs[0], pairs[1], 1) : unsetenv(pairs[0]), 0);
    }
}

static void
test_uses(void **state)
{
    ec2_mock *mock = mock_start(1);

    (void)state;
    for (size_t i = 0; i < sizeof uses / sizeof uses[0]; i++) {
        const use *one = &uses[i];
        pileus_connection *conn = NULL;
        pileus_error *err = NULL;
        pileus_code code;

        files_write("credentials", one->credentials, 0600);
        files_write("config", one->config, 0644);
        set_all(one->environment, true);
        mock->token = one->token;
        code = files_open(&conn, mock, NULL, one->options, &err);
        if (code == PILEUS_OK) {
            code = files_list(conn, &err);
        }
        if (code != PILEUS_OK) {
            print_error("use %zu\n", i);
        }
        expect_ok(code, err);
        pileus_connection_unref(conn);
        set_all(one->environment, false);
    }
    mock_stop(mock);
}

/* ---- what is refused ------------------------------------------------------
 */

typedef struct refusal {
    const char *credentials;
    const char *config;
    const char *options[7];
    pileus_code code;
    const char *words;
} refusal;

static const refusal refusals[] = {
    {NULL, NULL, {NULL}, PILEUS_CONFIGURATION, "there is no region: give"},
    {NULL,
     NULL,
     {"region", MOCK_REGION, NULL},
     PILEUS_CONFIGURATION,
     "there are no credentials: give 'key' and 'secret', or add them to the "
     "profile 'default' in ~/.aws/credentials"},
    {DEFAULT KEYS,
     DEFAULT REGION,
     {"profile", "me", NULL},
     PILEUS_CONFIGURATION,
     "there is no profile 'me', neither in /tmp/pileus-ec2-"},
    {NULL,
     NULL,
     {"profile", "me", NULL},
     PILEUS_CONFIGURATION,
     "/.aws/config (not there)"},
    {NULL,
     "[me]\n" KEYS REGION,
     {"profile", "me", NULL},
     PILEUS_CONFIGURATION,
     "begins with [profile me]: rename it"},
    {"[profile me]\n" KEYS REGION,
     NULL,
     {"profile", "me", NULL},
     PILEUS_CONFIGURATION,
     "there is no profile 'me'"},
    {NULL,
     NULL,
     {"key", MOCK_KEY, "region", MOCK_REGION, NULL},
     PILEUS_CONFIGURATION,
     "the option 'secret' is not set"},
    {NULL,
     NULL,
     {"secret", "sesame", "key", "", "region", MOCK_REGION, NULL},
     PILEUS_CONFIGURATION,
     "the option 'key' is not set"},
    {DEFAULT KEYS,
     DEFAULT "region = eu/../x\n",
     {NULL},
     PILEUS_CONFIGURATION,
     "'eu/../x' is no region"},
    /* Lines. */
    {"\n[default\nsesame\n",
     NULL,
     {NULL},
     PILEUS_CONFIGURATION,
     "/.aws/credentials, line 2: the ']' of a section is missing"},
    {"[default] sesame\n",
     NULL,
     {NULL},
     PILEUS_CONFIGURATION,
     "line 1: something stands behind a section"},
    {DEFAULT "aws_access_key_id: sesame\n",
     NULL,
     {NULL},
     PILEUS_CONFIGURATION,
     "line 2: this is no setting, for it has no '='"},
    {DEFAULT " = sesame\n",
     NULL,
     {NULL},
     PILEUS_CONFIGURATION,
     "line 2: a setting has no name"},
    {"x = sesame\n" DEFAULT,
     NULL,
     {NULL},
     PILEUS_CONFIGURATION,
     "line 1: a setting stands before any section"},
    {DEFAULT "aws_access_key_id = a\n  sesame\n",
     NULL,
     {NULL},
     PILEUS_CONFIGURATION,
     "line 3: a value goes on here"},
    {DEFAULT KEYS,
     DEFAULT "[profile x]\nsesame\n",
     {NULL},
     PILEUS_CONFIGURATION,
     "/.aws/config, line 3: this is no setting"},
    {DEFAULT "aws_access_key_id = sesame\n",
     DEFAULT REGION,
     {NULL},
     PILEUS_CONFIGURATION,
     "line 2: aws_access_key_id comes without the other half"},
    {DEFAULT "aws_access_key_id =\naws_secret_access_key = sesame\n",
     DEFAULT REGION,
     {NULL},
     PILEUS_CONFIGURATION,
     "line 3: aws_secret_access_key comes without the other half"},
    /* Other ways to credentials: a role is another identity than its keys. */
    {DEFAULT KEYS,
     DEFAULT REGION "role_arn = arn:x\nsource_profile = default\n",
     {NULL},
     PILEUS_NOT_SUPPORTED,
     "/.aws/config, line 3: role_arn is not for this driver: name a profile "
     "with credential_process = aws configure export-credentials --profile "
     "default --format process"},
    {NULL,
     DEFAULT REGION "sso_session = x\n",
     {NULL},
     PILEUS_NOT_SUPPORTED,
     "line 3: sso_session is not for this driver"},
};

static void
expect_refusal(const ec2_mock *mock, const refusal *one)
{
    pileus_connection *conn = NULL;
    pileus_error *err = NULL;

    (void)files_open(&conn, mock, NULL, one->options, &err);
    assert_null(conn);
    assert_non_null(err);
    assert_null(strstr(pileus_error_message(err), "sesame"));
    expect_error(&err, one->code, one->words);
}

static void
test_refusals(void **state)
{
    ec2_mock *mock = mock_start(1);

    (void)state;
    for (size_t i = 0; i < sizeof refusals / sizeof refusals[0]; i++) {
        files_write("credentials", refusals[i].credentials, 0600);
        files_write("config", refusals[i].config, 0644);
        expect_refusal(mock, &refusals[i]);
    }
    assert_int_equal(mock->answered, 0);
    mock_stop(mock);
}

/* ---- files that are none, or not to be believed ---------------------------
 */

static void
test_files(void **state)
{
    static const refusal cases[] = {
        {NULL,
         NULL,
         {"config-file", "/", NULL},
         PILEUS_CONFIGURATION,
         "/ is not a regular file"},
        {NULL,
         NULL,
         {"config-file", "/dev/zero", NULL},
         PILEUS_CONFIGURATION,
         "/dev/zero is larger than 1048576 bytes"},
        {NULL,
         NULL,
         {NULL},
         PILEUS_CONFIGURATION,
         "/.aws/config can be written by others"},
    };
    ec2_mock *mock = mock_start(1);

    (void)state;
    files_write("credentials", DEFAULT KEYS, 0600);
    files_write("config", DEFAULT REGION, 0664);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        expect_refusal(mock, &cases[i]);
    }
    mock_stop(mock);
}

static void
test_nul(void **state)
{
    static const char text[] = "[default]\nregion = a\0sesame\n";
    static const refusal nul = {NULL,
                                NULL,
                                {NULL},
                                PILEUS_CONFIGURATION,
                                "/.aws/config, line 2: there is a NUL in it"};
    ec2_mock *mock = mock_start(1);
    FILE *out;

    (void)state;
    files_write("credentials", DEFAULT KEYS, 0600);
    files_write("config", "", 0644);
    out = fopen(files_path("config"), "w");
    assert_non_null(out);
    assert_int_equal(fwrite(text, 1, sizeof text - 1, out), sizeof text - 1);
    assert_int_equal(fclose(out), 0);
    expect_refusal(mock, &nul);
    mock_stop(mock);
}

static void
watch(void *user, pileus_log_level level, const char *driver,
      const char *message)
{
    int *warnings = user;

    (void)driver;

    if (level == PILEUS_LOG_WARNING &&
        strstr(message, "can be read by others: chmod go-r it") != NULL) {
        (*warnings)++;
    }
}

/* Keys that others can read are used, and it is said. */
static void
test_exposed(void **state)
{
    static const mode_t modes[] = {0644, 0600};
    ec2_mock *mock = mock_start(1);

    (void)state;
    files_write("config", DEFAULT REGION, 0644);
    for (size_t i = 0; i < 2; i++) {
        pileus_connection *conn = NULL;
        pileus_error *err = NULL;
        int warnings = 0;

        files_write("credentials", DEFAULT KEYS, modes[i]);
        expect_ok(pileus_context_new(&files_context, &err), err);
        pileus_context_set_log(files_context, PILEUS_LOG_WARNING, watch,
                               &warnings);
        expect_ok(files_open(&conn, mock, NULL, NULL, &err), err);
        assert_int_equal(warnings, i == 0 ? 1 : 0);
        pileus_connection_unref(conn);
        pileus_context_unref(files_context);
        files_context = NULL;
    }
    mock_stop(mock);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_uses),    cmocka_unit_test(test_refusals),
        cmocka_unit_test(test_files),   cmocka_unit_test(test_nul),
        cmocka_unit_test(test_exposed),
    };

    return cmocka_run_group_tests_name("plugins/ec2_profiles", tests,
                                       files_begin, files_end);
}

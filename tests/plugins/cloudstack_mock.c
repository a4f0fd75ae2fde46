/* A CloudStack of the suite's own, strict about signatures and parameters. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/plugins/cloudstack_mock.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <strings.h>
#include <time.h>

#include <openssl/evp.h>
#include <openssl/hmac.h>

#define JSON "Content-Type: application/json;charset=UTF-8\r\n"
#define FORM "application/x-www-form-urlencoded"
#define PARAMS_MAX 64
#define PAGE_MAX 500
#define FOR_EVER_MS 300000

typedef struct param {
    char *name;
    char *value;
} param;

typedef struct asking {
    cloudstack_mock *mock;
    const web_asked *asked;
    web_channel *channel;
    char *text; /* that all names and values are in */
    param params[PARAMS_MAX];
    size_t count;
    const struct mock_command *command;
} asking;

struct mock_command {
    const char *name;
    void (*serve)(const asking *of);
    mock_kind kind;
    const char *needed; /* with blanks between */
    const char *known;
    const char *state; /* that it leads to; NULL: away with it */
};

/* What CloudStack calls them, and what they belong to. */
static const struct {
    const char *name;
    const char *of;
} kinds[] = {
    [MOCK_NODE] = {"virtualmachine", NULL},
    [MOCK_VOLUME] = {"volume", "virtualmachineid"},
    [MOCK_SNAPSHOT] = {"snapshot", "volumeid"},
    [MOCK_TEMPLATE] = {"template", NULL},
    [MOCK_ZONE] = {"zone", NULL},
    [MOCK_OFFERING] = {"serviceoffering", NULL},
    [MOCK_DISK_OFFERING] = {"diskoffering", NULL},
    [MOCK_KEY_PAIR] = {"sshkeypair", NULL},
    [MOCK_ADDRESS] = {"publicipaddress", "virtualmachineid"},
    [MOCK_PORT_RULE] = {"portforwardingrule", "virtualmachineid"},
    [MOCK_IP_RULE] = {"ipforwardingrule", "virtualmachineid"},
};

/* ---- parameters -----------------------------------------------------------
 */

static const char *
value_of(const asking *of, const char *name)
{
    for (size_t i = 0; i < of->count; i++) {
        if (strcasecmp(of->params[i].name, name) == 0) {
            return of->params[i].value;
        }
    }
    return NULL;
}

/* In place, as of forms. */
static void
decode(char *text)
{
    char *to = text;

    for (const char *from = text; *from != '\0'; from++) {
        char hex[3] = {from[0] == '%' ? from[1] : '\0', '\0', '\0'};

        if (hex[0] != '\0') {
            hex[1] = from[2];
            *to++ = (char)strtol(hex, NULL, 16);
            from += 2;
        } else {
            *to++ = *from == '+' ? ' ' : *from;
        }
    }
    *to = '\0';
}

/* Of the query and the form; false: not as they should be. */
static bool
parse(asking *of)
{
    const char *query = strchr(of->asked->target, '?');
    const char *form = of->asked->body;
    char *next;

    assert_true(asprintf(&of->text, "%s%s%s", query == NULL ? "" : query + 1,
                         query != NULL && *form != '\0' ? "&" : "", form) >= 0);
    for (char *at = of->text; at != NULL; at = next) {
        char *equals = strchr(at, '=');

        next = strchr(at, '&');
        if (next != NULL) {
            *next++ = '\0';
        }
        if (equals == NULL || (next != NULL && equals > next) ||
            of->count == PARAMS_MAX) {
            return false;
        }
        *equals++ = '\0';
        decode(at);
        decode(equals);
        if (*equals == '\0' || value_of(of, at) != NULL) {
            return false;
        }
        of->params[of->count].name = at;
        of->params[of->count++].value = equals;
    }
    return true;
}

/* Is it one of these words? */
static bool
is_among(const char *words, const char *word)
{
    size_t length = strlen(word);

    while (*words != '\0') {
        size_t one = strcspn(words, " ");

        if (one == length && strncasecmp(words, word, one) == 0) {
            return true;
        }
        words += one + strspn(words + one, " ");
    }
    return false;
}

/* ---- answers --------------------------------------------------------------
 */

static void
answer(const asking *of, int status, const char *inside)
{
    const char *command = value_of(of, "command");
    char name[64] = "";
    char *body = NULL;

    (void)snprintf(name, sizeof name, "%s",
                   command == NULL ? "error" : command);
    for (char *c = name; *c != '\0'; c++) {
        *c = (char)tolower((unsigned char)*c);
    }
    assert_true(asprintf(&body, "{\"%sresponse\": {%s}}", name, inside) >= 0);
    channel_answer(of->channel, status, JSON, body);
    free(body);
}

static void
fail_with(const asking *of, int status, int number, const char *words)
{
    char inside[1024];

    (void)snprintf(inside, sizeof inside,
                   "\"uuidList\": [], \"errorcode\": %d, \"cserrorcode\": "
                   "4350, \"errortext\": \"%s\"",
                   number, words);
    answer(of, status, inside);
}

static void
complain(const asking *of, const char *about, const char *what)
{
    of->mock->complaints++;
    print_error("mock: %s: %s: %s %s\n", about, what, of->asked->method,
                of->asked->target);
    fail_with(of, 431, 431, about);
}

static void
print_thing(FILE *out, const mock_thing *thing)
{
    (void)fprintf(out, "{\"id\": \"%s\", \"name\": \"%s\"", thing->id,
                  thing->name);
    if (*thing->state != '\0') {
        (void)fprintf(out, ", \"state\": \"%s\"", thing->state);
    }
    if (*thing->of != '\0') {
        (void)fprintf(out, ", \"%s\": \"%s\"", kinds[thing->kind].of,
                      thing->of);
    }
    (void)fprintf(out, "%s}", thing->more);
}

/* ---- signatures -----------------------------------------------------------
 */

/* As the server of CloudStack does: by the names as they came. */
static int
compare(const void *a, const void *b)
{
    return strcmp(((const param *)a)->name, ((const param *)b)->name);
}

static void
print_encoded(FILE *out, const char *value)
{
    for (; *value != '\0'; value++) {
        unsigned char c = (unsigned char)*value;

        if (isalnum(c) || strchr(".-*_", c) != NULL) {
            (void)fputc(c, out);
        } else {
            (void)fprintf(out, "%%%02x", c);
        }
    }
}

/* The signature that the parameters should have. */
static void
sign(const asking *of, char signature[64])
{
    asking sorted = *of;
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned size = 0;
    char *text = NULL;
    size_t length = 0;
    FILE *out = open_memstream(&text, &length);

    assert_non_null(out);
    qsort(sorted.params, sorted.count, sizeof sorted.params[0], compare);
    for (size_t i = 0; i < sorted.count; i++) {
        if (strcmp(sorted.params[i].name, "signature") != 0) {
            (void)fprintf(out, "%s%s=", i == 0 ? "" : "&",
                          sorted.params[i].name);
            print_encoded(out, sorted.params[i].value);
        }
    }
    (void)fclose(out);
    for (size_t i = 0; i < length; i++) {
        text[i] = (char)tolower((unsigned char)text[i]);
    }
    assert_non_null(HMAC(EVP_sha1(), MOCK_SECRET, (int)strlen(MOCK_SECRET),
                         (unsigned char *)text, length, digest, &size));
    (void)EVP_EncodeBlock((unsigned char *)signature, digest, (int)size);
    free(text);
}

/* Is the signature still good? */
static bool
is_fresh(const asking *of)
{
    const char *version = value_of(of, "signatureVersion");
    const char *expires = value_of(of, "expires");
    struct tm when = {0};
    const char *end;

    if (of->mock->eternal) {
        return version == NULL && expires == NULL;
    }
    if (version == NULL || strcmp(version, "3") != 0 || expires == NULL) {
        return false;
    }
    end = strptime(expires, "%Y-%m-%dT%H:%M:%S+0000", &when);
    return end != NULL && *end == '\0' &&
           timegm(&when) > time(NULL) + of->mock->ahead;
}

static bool
is_signed(const asking *of)
{
    const char *key = value_of(of, "apiKey");
    const char *given = value_of(of, "signature");
    char wanted[64] = "";

    if (key == NULL || strcmp(key, MOCK_KEY) != 0 || given == NULL ||
        !is_fresh(of)) {
        return false;
    }
    sign(of, wanted);
    return strcmp(given, wanted) == 0;
}

/* ---- things ---------------------------------------------------------------
 */

static mock_thing *
find(cloudstack_mock *mock, mock_kind kind, const char *id)
{
    for (int i = 0; id != NULL && i < mock->count; i++) {
        if (mock->things[i].kind == kind &&
            strcmp(mock->things[i].id, id) == 0) {
            return &mock->things[i];
        }
    }
    return NULL;
}

static mock_thing *
add_thing(cloudstack_mock *mock, mock_kind kind, const char *name,
          const char *state, const char *more)
{
    mock_thing *thing = &mock->things[mock->count];

    assert_true(mock->count < MOCK_THINGS);
    thing->kind = kind;
    (void)snprintf(thing->id, sizeof thing->id, "%s-%d", kinds[kind].name,
                   ++mock->count);
    (void)snprintf(thing->name, sizeof thing->name, "%s", name);
    (void)snprintf(thing->state, sizeof thing->state, "%s", state);
    (void)snprintf(thing->more, sizeof thing->more, "%s", more);
    return thing;
}

mock_thing *
mock_named(cloudstack_mock *mock, mock_kind kind, const char *name)
{
    for (int i = 0; i < mock->count; i++) {
        if (mock->things[i].kind == kind &&
            strcmp(mock->things[i].name, name) == 0) {
            return &mock->things[i];
        }
    }
    return NULL;
}

/* ---- listings -------------------------------------------------------------
 */

/* Is it what the listing asks for? */
static bool
is_listed(const asking *of, const mock_thing *thing)
{
    const char *id = value_of(of, "id");
    const char *name = value_of(of, "name");
    const char *belongs = kinds[of->command->kind].of == NULL
                              ? NULL
                              : value_of(of, kinds[of->command->kind].of);
    const char *type = value_of(of, "type");

    return thing->kind == of->command->kind &&
           (id == NULL || strcmp(id, thing->id) == 0) &&
           (name == NULL || strcmp(name, thing->name) == 0) &&
           (belongs == NULL || strcmp(belongs, thing->of) == 0) &&
           (type == NULL || strstr(thing->more, type) != NULL);
}

static void
list(const asking *of)
{
    int size = atoi(value_of(of, "pagesize"));
    int from = (atoi(value_of(of, "page")) - 1) * size;
    int found = 0;
    char *text = NULL;
    char *inside = NULL;
    size_t length = 0;
    FILE *out = open_memstream(&text, &length);

    assert_non_null(out);
    for (int i = 0; i < of->mock->count; i++) {
        if (is_listed(of, &of->mock->things[i])) {
            if (found >= from && found < from + size) {
                (void)fputs(found == from ? "" : ", ", out);
                print_thing(out, &of->mock->things[i]);
            }
            found++;
        }
    }
    (void)fclose(out);
    assert_true(asprintf(&inside, "\"count\": %d, \"%s\": [%s]", found,
                         kinds[of->command->kind].name, text) >= 0);
    /* Of nothing it says nothing at all. */
    answer(of, 200, length == 0 ? "" : inside);
    free(inside);
    free(text);
}

/* ---- jobs -----------------------------------------------------------------
 */

static void
begin_job(const asking *of, mock_thing *thing)
{
    cloudstack_mock *mock = of->mock;
    int i = mock->job_count++;
    char inside[128];

    assert_true(i < MOCK_JOBS);
    mock->jobs[i].thing = thing;
    mock->jobs[i].command = of->command;
    mock->jobs[i].polls = mock->polls;
    mock->jobs[i].number = mock->job_number;
    mock->jobs[i].words = mock->words;
    mock->job_number = 0;
    (void)snprintf(inside, sizeof inside, "\"id\": \"%s\", \"jobid\": \"%d\"",
                   thing->id, i);
    answer(of, 200, inside);
}

static void
print_failure(FILE *out, int number, const char *words)
{
    (void)fprintf(out, "\"jobstatus\": 2, \"jobresultcode\": %d, ", number);
    if (words == NULL) {
        (void)fprintf(out, "\"jobresult\": {}");
    } else {
        (void)fprintf(out,
                      "\"jobresult\": {\"errorcode\": %d, \"errortext\": "
                      "\"%s\"}",
                      number, words);
    }
}

static void
print_success(FILE *out, const struct mock_command *command, mock_thing *thing)
{
    (void)fprintf(out, "\"jobstatus\": 1, \"jobresult\": {");
    if (command->state == NULL) {
        thing->kind = MOCK_NONE;
        (void)fprintf(out, "\"success\": true");
    } else {
        (void)snprintf(thing->state, sizeof thing->state, "%s", command->state);
        (void)fprintf(out, "\"%s\": ", kinds[thing->kind].name);
        print_thing(out, thing);
    }
    (void)fprintf(out, "}");
}

static void
query_job(const asking *of)
{
    cloudstack_mock *mock = of->mock;
    int i = atoi(value_of(of, "jobid"));
    char *inside = NULL;
    size_t length = 0;
    FILE *out;

    if (i < 0 || i >= mock->job_count) {
        complain(of, "there is no such job", value_of(of, "jobid"));
        return;
    }
    out = open_memstream(&inside, &length);
    assert_non_null(out);
    (void)fprintf(out, "\"jobid\": \"%d\", \"jobprocstatus\": 0, ", i);
    if (mock->jobs[i].polls != 0) {
        mock->jobs[i].polls -= mock->jobs[i].polls > 0;
        (void)fprintf(out, "\"jobstatus\": 0, \"jobresultcode\": 0");
    } else if (mock->jobs[i].number != 0) {
        print_failure(out, mock->jobs[i].number, mock->jobs[i].words);
    } else {
        print_success(out, mock->jobs[i].command, mock->jobs[i].thing);
    }
    (void)fclose(out);
    answer(of, 200, inside);
    free(inside);
}

/* ---- what it does ---------------------------------------------------------
 */

static void
create(const asking *of)
{
    const char *name = value_of(of, "name");
    mock_thing *thing =
        add_thing(of->mock, of->command->kind, name == NULL ? "unnamed" : name,
                  "Creating", "");

    if (of->command->kind == MOCK_NODE) {
        (void)snprintf(thing->more, sizeof thing->more,
                       ", \"password\": \"sesame\"");
    }
    if (of->command->kind == MOCK_SNAPSHOT) {
        (void)snprintf(thing->of, sizeof thing->of, "%s",
                       value_of(of, "volumeid"));
    }
    begin_job(of, thing);
}

static void
act(const asking *of)
{
    begin_job(of, find(of->mock, of->command->kind, value_of(of, "id")));
}

static void
attach(const asking *of)
{
    mock_thing *volume = find(of->mock, MOCK_VOLUME, value_of(of, "id"));
    const char *node = value_of(of, "virtualmachineid");

    if ((node == NULL) == (*volume->of == '\0')) {
        fail_with(of, 431, 431, "The volume is not in the right state");
        return;
    }
    (void)snprintf(volume->of, sizeof volume->of, "%s",
                   node == NULL ? "" : node);
    begin_job(of, volume);
}

/* At once, without a job. */
static void
delete_now(const asking *of)
{
    mock_thing *thing =
        of->command->kind == MOCK_KEY_PAIR
            ? mock_named(of->mock, MOCK_KEY_PAIR, value_of(of, "name"))
            : find(of->mock, of->command->kind, value_of(of, "id"));
    char words[256];

    if (thing == NULL) {
        (void)snprintf(words, sizeof words,
                       "A key pair with name '%s' does not exist for account "
                       "ours in specified domain id",
                       value_of(of, "name"));
        fail_with(of, 431, 431, words);
    } else if (*thing->of != '\0') {
        answer(of, 200,
               "\"success\": \"false\", \"displaytext\": \"it is attached\"");
    } else {
        thing->kind = MOCK_NONE;
        answer(of, 200, "\"success\": \"true\"");
    }
}

static void
make_pair(const asking *of)
{
    bool made = value_of(of, "publickey") == NULL;
    const char *name = value_of(of, "name");
    char inside[512];

    if (mock_named(of->mock, MOCK_KEY_PAIR, name) != NULL) {
        (void)snprintf(inside, sizeof inside,
                       "A key pair with name '%s' already exists.", name);
        fail_with(of, 431, 431, inside);
        return;
    }
    (void)add_thing(of->mock, MOCK_KEY_PAIR, name, "",
                    ", \"fingerprint\": \"00:11\"");
    (void)snprintf(inside, sizeof inside,
                   "\"keypair\": {\"name\": \"%s\", \"fingerprint\": "
                   "\"00:11\"%s}",
                   name, made ? ", \"privatekey\": \"PRIVATE\"" : "");
    answer(of, 200, inside);
}

static void
tag(const asking *of)
{
    begin_job(of, find(of->mock, MOCK_NODE, value_of(of, "resourceids")));
}

/* ---- all of it ------------------------------------------------------------
 */

#define LIST(name, kind, needed, known)                                        \
    {                                                                          \
        name, list, kind, needed " page pagesize", known, NULL                 \
    }

static const struct mock_command commands[] = {
    LIST("listVirtualMachines", MOCK_NODE, "", "id name zoneid projectid"),
    LIST("listServiceOfferings", MOCK_OFFERING, "", "zoneid"),
    LIST("listTemplates", MOCK_TEMPLATE, "templatefilter",
         "id zoneid projectid"),
    LIST("listZones", MOCK_ZONE, "", ""),
    LIST("listVolumes", MOCK_VOLUME, "",
         "id name zoneid virtualmachineid type projectid"),
    LIST("listSnapshots", MOCK_SNAPSHOT, "", "name volumeid projectid"),
    LIST("listDiskOfferings", MOCK_DISK_OFFERING, "", ""),
    LIST("listSSHKeyPairs", MOCK_KEY_PAIR, "", "name projectid"),
    LIST("listPublicIpAddresses", MOCK_ADDRESS, "", "zoneid projectid"),
    LIST("listPortForwardingRules", MOCK_PORT_RULE, "", "projectid"),
    LIST("listIpForwardingRules", MOCK_IP_RULE, "",
         "virtualmachineid projectid"),
    {"queryAsyncJobResult", query_job, MOCK_NONE, "jobid", "", NULL},
    {"deployVirtualMachine", create, MOCK_NODE,
     "serviceofferingid templateid zoneid",
     "name keypair userdata projectid affinitygroupids diskofferingid "
     "displayname group ipaddress networkids rootdisksize securitygroupnames "
     "startvm",
     "Running"},
    {"startVirtualMachine", act, MOCK_NODE, "id", "", "Running"},
    {"stopVirtualMachine", act, MOCK_NODE, "id", "forced", "Stopped"},
    {"rebootVirtualMachine", act, MOCK_NODE, "id", "forced", "Running"},
    {"destroyVirtualMachine", act, MOCK_NODE, "id", "expunge", "Destroyed"},
    {"createTags", tag, MOCK_NODE, "resourceids resourcetype tags[0].key",
     "tags[0].value tags[1].key tags[1].value", "Running"},
    {"createTemplate", create, MOCK_TEMPLATE, "name displaytext ostypeid",
     "volumeid projectid", "Ready"},
    {"deleteTemplate", act, MOCK_TEMPLATE, "id", "", NULL},
    {"createVolume", create, MOCK_VOLUME, "name",
     "diskofferingid size snapshotid zoneid projectid", "Allocated"},
    {"deleteVolume", delete_now, MOCK_VOLUME, "id", "", NULL},
    {"attachVolume", attach, MOCK_VOLUME, "id virtualmachineid", "deviceid",
     "Ready"},
    {"detachVolume", attach, MOCK_VOLUME, "id", "", "Ready"},
    {"createSnapshot", create, MOCK_SNAPSHOT, "volumeid", "name", "BackedUp"},
    {"deleteSnapshot", act, MOCK_SNAPSHOT, "id", "", NULL},
    {"createSSHKeyPair", make_pair, MOCK_KEY_PAIR, "name", "projectid", NULL},
    {"registerSSHKeyPair", make_pair, MOCK_KEY_PAIR, "name publickey",
     "projectid", NULL},
    {"deleteSSHKeyPair", delete_now, MOCK_KEY_PAIR, "name", "projectid", NULL},
};

static bool
changes(const struct mock_command *command)
{
    return command->serve != list && command->serve != query_job;
}

/* Every parameter is one that the command has, and none is missing. */
static bool
check_params(const asking *of)
{
    static const char always[] =
        "command response apiKey signature signatureVersion expires";
    const char *size = value_of(of, "pagesize");
    const char *response = value_of(of, "response");

    for (size_t i = 0; i < of->count; i++) {
        const char *name = of->params[i].name;

        if (!is_among(always, name) && !is_among(of->command->needed, name) &&
            !is_among(of->command->known, name)) {
            complain(of, "there is no such parameter", name);
            return false;
        }
    }
    for (const char *at = of->command->needed; *at != '\0';) {
        char name[32] = "";
        size_t length = strcspn(at, " ");

        (void)snprintf(name, sizeof name, "%.*s", (int)length, at);
        at += length + strspn(at + length, " ");
        if (*name != '\0' && value_of(of, name) == NULL) {
            complain(of, "a parameter is missing", name);
            return false;
        }
    }
    if (response == NULL || strcmp(response, "json") != 0 ||
        (size != NULL && (atoi(size) < 1 || atoi(size) > PAGE_MAX))) {
        complain(of, "no JSON, or too large a page", of->command->name);
        return false;
    }
    return true;
}

/* What an id names has to be there. */
static bool
check_ids(const asking *of)
{
    const struct {
        const char *param;
        mock_kind kind;
    } ids[] = {
        {"id", of->command->kind},
        {"resourceids", MOCK_NODE},
        {"serviceofferingid", MOCK_OFFERING},
        {"templateid", MOCK_TEMPLATE},
        {"zoneid", MOCK_ZONE},
        {"diskofferingid", MOCK_DISK_OFFERING},
        {"snapshotid", MOCK_SNAPSHOT},
        {"volumeid", MOCK_VOLUME},
        {"virtualmachineid", MOCK_NODE},
    };
    char words[512];

    for (size_t i = 0; i < sizeof ids / sizeof ids[0]; i++) {
        const char *id = value_of(of, ids[i].param);

        if (id != NULL && find(of->mock, ids[i].kind, id) == NULL) {
            (void)snprintf(words, sizeof words,
                           "Unable to execute API command %s due to invalid "
                           "value. Invalid parameter %s value=%s due to "
                           "incorrect long value format, or entity does not "
                           "exist",
                           of->command->name, ids[i].param, id);
            fail_with(of, 431, 431, words);
            return false;
        }
    }
    if (value_of(of, "keypair") != NULL &&
        mock_named(of->mock, MOCK_KEY_PAIR, value_of(of, "keypair")) == NULL) {
        fail_with(of, 431, 431, "A key pair with that name was not found.");
        return false;
    }
    return true;
}

/* What it shall refuse, whatever is asked. */
static bool
is_refused(const asking *of)
{
    cloudstack_mock *mock = of->mock;
    const char *page = value_of(of, "page");

    if (mock->refuse.command == NULL ||
        strcmp(mock->refuse.command, of->command->name) != 0 ||
        (mock->refuse.page != 0 &&
         (page == NULL || atoi(page) != mock->refuse.page))) {
        return false;
    }
    mock->refuse.command = NULL;
    fail_with(of, mock->refuse.status, mock->refuse.number, mock->refuse.words);
    return true;
}

static void
note_change(const asking *of)
{
    cloudstack_mock *mock = of->mock;
    size_t size = strlen(mock->changes);

    mock->posted = strcmp(of->asked->method, "POST") == 0;
    for (size_t i = 0; i < of->count; i++) {
        if (size < sizeof mock->changes) {
            size += (size_t)snprintf(
                mock->changes + size, sizeof mock->changes - size, "%s%s=%s",
                i == 0 ? "" : "&", of->params[i].name, of->params[i].value);
        }
    }
    if (size < sizeof mock->changes) {
        (void)snprintf(mock->changes + size, sizeof mock->changes - size, "\n");
    }
}

/* Is it a request as any may be? */
static bool
check_form(const asking *of)
{
    char type[64] = "";
    bool get = strcmp(of->asked->method, "GET") == 0;

    (void)asked_header(of->asked, "Content-Type", type, sizeof type);
    return strncmp(of->asked->target, "/client/api?", 12) == 0 &&
           (get ? of->asked->body_size == 0
                : strcmp(of->asked->method, "POST") == 0 &&
                      strcmp(type, FORM) == 0);
}

static void
serve(asking *of)
{
    const char *command;

    if (!parse(of) || !check_form(of)) {
        complain(of, "what is that?", of->asked->body);
        return;
    }
    if (!is_signed(of)) {
        fail_with(of, 401, 401,
                  "unable to verify user credentials and/or request "
                  "signature");
        return;
    }
    command = value_of(of, "command");
    for (size_t i = 0; i < sizeof commands / sizeof commands[0]; i++) {
        if (command != NULL && strcmp(commands[i].name, command) == 0) {
            of->command = &commands[i];
        }
    }
    if (of->command == NULL) {
        complain(of, "there is no such command",
                 command == NULL ? "none" : command);
        return;
    }
    if (changes(of->command)) {
        note_change(of);
    }
    if (of->mock->raw_command != NULL &&
        strcmp(of->mock->raw_command, command) == 0) {
        channel_answer(of->channel, 200, JSON, of->mock->raw);
    } else if (check_params(of) && !is_refused(of) && check_ids(of)) {
        of->command->serve(of);
    }
}

static void
provide(void *user, const web_asked *asked, web_channel *channel)
{
    cloudstack_mock *mock = user;
    asking of = {.mock = mock, .asked = asked, .channel = channel};
    bool poll = asked_query(asked, "command", "queryAsyncJobResult");
    atomic_bool *there = poll ? atomic_load(&mock->there) : NULL;

    if (mock->hold_command != NULL &&
        asked_query(asked, "command", mock->hold_command)) {
        if (there != NULL) {
            atomic_store(there, true);
        }
        (void)channel_pause(channel, FOR_EVER_MS);
        return;
    }
    (void)pthread_mutex_lock(&mock->lock);
    serve(&of);
    (void)pthread_mutex_unlock(&mock->lock);
    free(of.text);
    if (there != NULL) {
        atomic_store(there, true);
    }
}

/* ---- what it has ----------------------------------------------------------
 */

static void
fill(cloudstack_mock *mock, int nodes)
{
    char name[32];
    mock_thing *thing;

    for (int i = 1; i <= nodes; i++) {
        (void)snprintf(name, sizeof name, "n%d", i);
        (void)add_thing(mock, MOCK_NODE, name, "Running",
                        ", \"guestosid\": \"os-1\", \"nic\": [{\"ipaddress\": "
                        "\"10.1.1.7\"}]");
    }
    (void)add_thing(mock, MOCK_ZONE, "z1", "", "");
    (void)add_thing(mock, MOCK_ZONE, "z2", "", "");
    (void)add_thing(mock, MOCK_OFFERING, "small", "", ", \"memory\": 512");
    (void)add_thing(mock, MOCK_OFFERING, "large", "", ", \"memory\": 4096");
    (void)add_thing(mock, MOCK_TEMPLATE, "debian", "", "");
    (void)add_thing(mock, MOCK_TEMPLATE, "fedora", "", "");
    (void)add_thing(mock, MOCK_DISK_OFFERING, "any", "",
                    ", \"iscustomized\": true");
    (void)add_thing(mock, MOCK_DISK_OFFERING, "five", "", ", \"disksize\": 5");
    (void)add_thing(mock, MOCK_KEY_PAIR, "mine", "",
                    ", \"fingerprint\": \"00:11\"");
    (void)add_thing(mock, MOCK_KEY_PAIR, "yours", "",
                    ", \"fingerprint\": \"22:33\"");
    thing = add_thing(mock, MOCK_VOLUME, "root", "Ready",
                      ", \"type\": \"ROOT\", \"size\": 5368709121");
    (void)snprintf(thing->of, sizeof thing->of, "virtualmachine-1");
    (void)add_thing(mock, MOCK_VOLUME, "data", "Ready",
                    ", \"type\": \"DATADISK\", \"size\": 5368709120");
    thing = add_thing(mock, MOCK_SNAPSHOT, "s1", "BackedUp", "");
    (void)snprintf(thing->of, sizeof thing->of, "%s",
                   mock->things[mock->count - 2].id);
    (void)add_thing(mock, MOCK_SNAPSHOT, "s2", "Error", "");
    thing = add_thing(mock, MOCK_ADDRESS, "", "Allocated",
                      ", \"ipaddress\": \"192.0.2.1\"");
    (void)snprintf(thing->of, sizeof thing->of, "virtualmachine-1");
    thing = add_thing(mock, MOCK_PORT_RULE, "", "Active",
                      ", \"ipaddress\": \"192.0.2.1\", \"publicport\": \"80\"");
    (void)snprintf(thing->of, sizeof thing->of, "virtualmachine-1");
}

cloudstack_mock *
mock_start(int nodes)
{
    cloudstack_mock *mock = calloc(1, sizeof *mock);

    assert_non_null(mock);
    (void)pthread_mutex_init(&mock->lock, NULL);
    mock->polls = 1;
    fill(mock, nodes);
    mock->web = server_start(provide, mock, NULL, NULL);
    (void)snprintf(mock->endpoint, sizeof mock->endpoint, "%s/client/api",
                   server_url(mock->web));
    return mock;
}

void
mock_stop(cloudstack_mock *mock)
{
    int complaints;

    server_stop(mock->web);
    complaints = mock->complaints;
    (void)pthread_mutex_destroy(&mock->lock);
    free(mock);
    assert_int_equal(complaints, 0);
}

/* What the suite's own CloudStack has, and its commands. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/plugins/cloudstack_inside.h"

#include <stdio.h>
#include <stdlib.h>

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

/* ---- things ---------------------------------------------------------------
 */

mock_thing *
mock_find(cloudstack_mock *mock, mock_kind kind, const char *id)
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

/* ---- listings -------------------------------------------------------------
 */

/* Is it what the listing asks for? */
static bool
is_listed(const asking *of, const mock_thing *thing)
{
    const char *id = mock_value(of, "id");
    const char *name = mock_value(of, "name");
    const char *belongs = kinds[of->command->kind].of == NULL
                              ? NULL
                              : mock_value(of, kinds[of->command->kind].of);
    const char *type = mock_value(of, "type");

    return thing->kind == of->command->kind &&
           (id == NULL || strcmp(id, thing->id) == 0) &&
           (name == NULL || strcmp(name, thing->name) == 0) &&
           (belongs == NULL || strcmp(belongs, thing->of) == 0) &&
           (type == NULL || strstr(thing->more, type) != NULL);
}

static void
list(const asking *of)
{
    int size = atoi(mock_value(of, "pagesize"));
    int from = (atoi(mock_value(of, "page")) - 1) * size;
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
    mock_answer(of, 200, length == 0 ? "" : inside);
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
    mock_answer(of, 200, inside);
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
    int i = atoi(mock_value(of, "jobid"));
    char *inside = NULL;
    size_t length = 0;
    FILE *out;

    if (i < 0 || i >= mock->job_count) {
        mock_complain(of, "there is no such job", mock_value(of, "jobid"));
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
    mock_answer(of, 200, inside);
    free(inside);
}

/* ---- what it does ---------------------------------------------------------
 */

static void
create(const asking *of)
{
    const char *name = mock_value(of, "name");
    mock_thing *thing =
        add_thing(of->mock, of->command->kind, name == NULL ? "unnamed" : name,
                  "Creating", "");

    if (of->command->kind == MOCK_NODE) {
        (void)snprintf(thing->more, sizeof thing->more,
                       ", \"password\": \"sesame\"");
    }
    if (of->command->kind == MOCK_SNAPSHOT) {
        (void)snprintf(thing->of, sizeof thing->of, "%s",
                       mock_value(of, "volumeid"));
    }
    begin_job(of, thing);
}

static void
act(const asking *of)
{
    begin_job(of, mock_find(of->mock, of->command->kind, mock_value(of, "id")));
}

static void
attach(const asking *of)
{
    mock_thing *volume = mock_find(of->mock, MOCK_VOLUME, mock_value(of, "id"));
    const char *node = mock_value(of, "virtualmachineid");

    if ((node == NULL) == (*volume->of == '\0')) {
        mock_fail(of, 431, 431, "The volume is not in the right state");
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
            ? mock_named(of->mock, MOCK_KEY_PAIR, mock_value(of, "name"))
            : mock_find(of->mock, of->command->kind, mock_value(of, "id"));
    char words[256];

    if (thing == NULL) {
        (void)snprintf(words, sizeof words,
                       "A key pair with name '%s' does not exist for account "
                       "ours in specified domain id",
                       mock_value(of, "name"));
        mock_fail(of, 431, 431, words);
    } else if (*thing->of != '\0') {
        mock_answer(
            of, 200,
            "\"success\": \"false\", \"displaytext\": \"it is attached\"");
    } else {
        thing->kind = MOCK_NONE;
        mock_answer(of, 200, "\"success\": \"true\"");
    }
}

static void
make_pair(const asking *of)
{
    bool made = mock_value(of, "publickey") == NULL;
    const char *name = mock_value(of, "name");
    char inside[512];

    if (mock_named(of->mock, MOCK_KEY_PAIR, name) != NULL) {
        (void)snprintf(inside, sizeof inside,
                       "A key pair with name '%s' already exists.", name);
        mock_fail(of, 431, 431, inside);
        return;
    }
    (void)add_thing(of->mock, MOCK_KEY_PAIR, name, "",
                    ", \"fingerprint\": \"00:11\"");
    (void)snprintf(inside, sizeof inside,
                   "\"keypair\": {\"name\": \"%s\", \"fingerprint\": "
                   "\"00:11\"%s}",
                   name, made ? ", \"privatekey\": \"PRIVATE\"" : "");
    mock_answer(of, 200, inside);
}

static void
tag(const asking *of)
{
    begin_job(of,
              mock_find(of->mock, MOCK_NODE, mock_value(of, "resourceids")));
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

bool
mock_changes(const struct mock_command *command)
{
    return command->serve != list && command->serve != query_job;
}

const struct mock_command *
mock_command_of(const char *name)
{
    for (size_t i = 0; i < sizeof commands / sizeof commands[0]; i++) {
        if (name != NULL && strcmp(commands[i].name, name) == 0) {
            return &commands[i];
        }
    }
    return NULL;
}

/* ---- what it has ----------------------------------------------------------
 */

void
mock_fill(cloudstack_mock *mock, int nodes)
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

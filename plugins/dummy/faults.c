/* Failures by call and count: parsing the rules, and failing by them. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "faults.h"

#include <inttypes.h>
#include <stdlib.h>

/* A count in a rule is at most this. */
#define COUNT_MAX 1000000000

static const struct call_info {
    const char *name;
    bool changes; /* something at the provider */
} calls[DUMMY_CALLS] = {
    [DUMMY_LIST_NODES] = {"list_nodes", false},
    [DUMMY_LIST_SIZES] = {"list_sizes", false},
    [DUMMY_LIST_IMAGES] = {"list_images", false},
    [DUMMY_LIST_LOCATIONS] = {"list_locations", false},
    [DUMMY_GET_NODE] = {"get_node", false},
    [DUMMY_CREATE_NODE] = {"create_node", true},
    [DUMMY_REBOOT_NODE] = {"reboot_node", true},
    [DUMMY_START_NODE] = {"start_node", true},
    [DUMMY_STOP_NODE] = {"stop_node", true},
    [DUMMY_DESTROY_NODE] = {"destroy_node", true},
    [DUMMY_PAUSE_NODE] = {"pause_node", true},
    [DUMMY_UNPAUSE_NODE] = {"unpause_node", true},
    [DUMMY_SUSPEND_NODE] = {"suspend_node", true},
    [DUMMY_RESUME_NODE] = {"resume_node", true},
    [DUMMY_SHELVE_NODE] = {"shelve_node", true},
    [DUMMY_UNSHELVE_NODE] = {"unshelve_node", true},
    [DUMMY_REBUILD_NODE] = {"rebuild_node", true},
    [DUMMY_RESIZE_NODE] = {"resize_node", true},
    [DUMMY_CONFIRM_RESIZE_NODE] = {"confirm_resize_node", true},
    [DUMMY_REVERT_RESIZE_NODE] = {"revert_resize_node", true},
    [DUMMY_GET_CONSOLE_LOG] = {"get_console_log", false},
    [DUMMY_LIST_ADDRESSES] = {"list_addresses", false},
    [DUMMY_CREATE_ADDRESS] = {"create_address", true},
    [DUMMY_DELETE_ADDRESS] = {"delete_address", true},
    [DUMMY_ATTACH_ADDRESS] = {"attach_address", true},
    [DUMMY_DETACH_ADDRESS] = {"detach_address", true},
};

/* What a provider can answer, by the names of pileus_code_name, with the
 * status that one over HTTP would give. */
static const struct code_info {
    const char *name;
    pileus_code code;
    int64_t status;
    int64_t retry_after_ms;
    bool retryable;
} codes[] = {
    {"invalid-argument", PILEUS_INVALID_ARGUMENT, 400, -1, false},
    {"not-supported", PILEUS_NOT_SUPPORTED, 501, -1, false},
    {"authentication", PILEUS_AUTHENTICATION, 401, -1, false},
    {"permission", PILEUS_PERMISSION, 403, -1, false},
    {"not-found", PILEUS_NOT_FOUND, 404, -1, false},
    {"conflict", PILEUS_CONFLICT, 409, -1, false},
    {"quota", PILEUS_QUOTA, 403, -1, false},
    {"rate-limited", PILEUS_RATE_LIMITED, 429, 1000, true},
    {"unavailable", PILEUS_UNAVAILABLE, 503, -1, true},
    {"protocol", PILEUS_PROTOCOL, 200, -1, false},
    {"tls", PILEUS_TLS, 0, -1, false},
    {"failed", PILEUS_FAILED, 500, -1, false},
};
#define CODE_COUNT (sizeof codes / sizeof *codes)

struct dummy_rule {
    const struct code_info *code;
    enum dummy_call call;
    uint64_t first; /* the calls from this one */
    uint64_t last;  /* to this one, counted from 1 */
    bool after;     /* when the work is done, not before */
};

/* ---- parsing: CALL:CODE[:COUNT|:@NUMBER][:after],... -------------------- */

/* A part of the text, up to a separator. */
struct part {
    const char *data;
    size_t length;
};

static bool
part_is(struct part part, const char *word)
{
    return strlen(word) == part.length &&
           memcmp(word, part.data, part.length) == 0;
}

/* Take the next part, and the separator behind it, from the front of *rest;
 * false when nothing is left. */
static bool
next_part(struct part *rest, char separator, struct part *part)
{
    const char *end;

    if (rest->data == NULL) {
        return false;
    }
    part->data = rest->data;
    end =
        rest->length == 0 ? NULL : memchr(rest->data, separator, rest->length);
    if (end == NULL) {
        part->length = rest->length;
        rest->data = NULL;
        rest->length = 0;
    } else {
        part->length = (size_t)(end - rest->data);
        rest->data = end + 1;
        rest->length -= part->length + 1;
    }
    return true;
}

/* 1 to COUNT_MAX in *count; false for anything else. */
static bool
parse_count(struct part part, uint64_t *count)
{
    uint64_t number = 0;

    for (size_t i = 0; i < part.length; i++) {
        if (part.data[i] < '0' || part.data[i] > '9' || number > COUNT_MAX) {
            return false;
        }
        number = number * 10 + (uint64_t)(part.data[i] - '0');
    }
    *count = number;
    return number > 0 && number <= COUNT_MAX;
}

static bool
parse_when(struct dummy_rule *rule, struct part part)
{
    if (part.length > 0 && part.data[0] == '@') {
        part.data++;
        part.length--;
        if (!parse_count(part, &rule->first)) {
            return false;
        }
        rule->last = rule->first;
        return true;
    }
    return parse_count(part, &rule->last);
}

static bool
parse_call(struct dummy_rule *rule, struct part part)
{
    for (int i = 0; i < DUMMY_CALLS; i++) {
        if (part_is(part, calls[i].name)) {
            rule->call = (enum dummy_call)i;
            return true;
        }
    }
    return false;
}

static bool
parse_code(struct dummy_rule *rule, struct part part)
{
    for (size_t i = 0; i < CODE_COUNT; i++) {
        if (part_is(part, codes[i].name)) {
            rule->code = &codes[i];
            return true;
        }
    }
    return false;
}

/* NULL, or what is wrong with the rule. */
static const char *
parse_rule(struct dummy_rule *rule, struct part text)
{
    struct part part = {NULL, 0};
    bool more;

    rule->first = 1;
    rule->last = UINT64_MAX;
    rule->after = false;
    if (!next_part(&text, ':', &part) || !parse_call(rule, part)) {
        return "it begins with no call of the driver, such as create_node";
    }
    if (!next_part(&text, ':', &part) || !parse_code(rule, part)) {
        return "behind the call it needs the name of an error, such as "
               "unavailable";
    }
    more = next_part(&text, ':', &part);
    if (more && !part_is(part, "after")) {
        if (!parse_when(rule, part)) {
            return "behind the error may come how many calls fail (2), or "
                   "which one (@3), or after";
        }
        more = next_part(&text, ':', &part);
    }
    if (more) {
        rule->after = part_is(part, "after");
        if (!rule->after || next_part(&text, ':', &part)) {
            return "at its end there may be only one after";
        }
    }
    return NULL;
}

int32_t
dummy_faults_parse(struct dummy_faults *faults, pileus_call *call,
                   const char *text)
{
    struct part rest = {text, text == NULL ? 0 : strlen(text)};
    struct part part = {NULL, 0};
    size_t count = 1;

    for (size_t i = 0; i < rest.length; i++) {
        count += text[i] == ',';
    }
    if (rest.length == 0) {
        return PILEUS_OK;
    }
    faults->rules = calloc(count, sizeof *faults->rules);
    if (faults->rules == NULL) {
        return pileus_fail(call, PILEUS_NO_MEMORY,
                           "no memory for the rules of option fail");
    }
    while (next_part(&rest, ',', &part)) {
        const char *wrong = parse_rule(&faults->rules[faults->count], part);

        if (wrong != NULL) {
            return pileus_fail(call, PILEUS_CONFIGURATION,
                               "option fail: rule %zu is \"%.*s\", but %s; see "
                               "pileus-dummy(7)",
                               faults->count + 1,
                               part.length > 80 ? 80 : (int)part.length,
                               part.data, wrong);
        }
        faults->count++;
    }
    return PILEUS_OK;
}

void
dummy_faults_free(struct dummy_faults *faults)
{
    free(faults->rules);
}

/* ---- failing ------------------------------------------------------------ */

struct dummy_fault
dummy_faults_count(struct dummy_faults *faults, enum dummy_call which)
{
    struct dummy_fault fault = {NULL, which, 0};

    fault.nth = atomic_fetch_add(&faults->made[which], 1) + 1;
    for (size_t i = 0; i < faults->count && fault.rule == NULL; i++) {
        const struct dummy_rule *rule = &faults->rules[i];

        if (rule->call == which && fault.nth >= rule->first &&
            fault.nth <= rule->last) {
            fault.rule = rule;
        }
    }
    return fault;
}

static int32_t
report(const struct dummy_fault *fault, pileus_call *call)
{
    const struct dummy_rule *rule = fault->rule;
    const struct call_info *info = &calls[fault->call];
    pileus_failure failure;
    char message[256];
    char request[64];

    (void)snprintf(message, sizeof message,
                   "%s, call %" PRIu64 " of this connection, fails%s because "
                   "option fail says so: leave the rule out if it shall not",
                   info->name, fault->nth,
                   rule->after ? " after its work was done" : "");
    (void)snprintf(request, sizeof request, "dummy-%s-%" PRIu64, info->name,
                   fault->nth);
    memset(&failure, 0, sizeof failure);
    failure.struct_size = sizeof failure;
    failure.code = rule->code->code;
    failure.retryable = rule->code->retryable;
    failure.may_have_happened = rule->after && info->changes;
    failure.retry_after_ms = rule->code->retry_after_ms;
    failure.status = rule->code->status;
    failure.message = message;
    failure.provider_code = rule->code->name;
    failure.provider_message = "failed as asked";
    failure.request_id = request;
    return pileus_fail_with(call, &failure);
}

int32_t
dummy_fault_before(const struct dummy_fault *fault, pileus_call *call)
{
    return fault->rule != NULL && !fault->rule->after ? report(fault, call)
                                                      : PILEUS_OK;
}

int32_t
dummy_fault_after(const struct dummy_fault *fault, pileus_call *call)
{
    return fault->rule != NULL && fault->rule->after ? report(fault, call)
                                                     : PILEUS_OK;
}

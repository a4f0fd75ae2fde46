/* Failures: what libvirt says, turned into what pileus says. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "errors.h"

#include <errno.h>
#include <stdlib.h>

#define ENTRY(NAME, CODE)                                                      \
    {                                                                          \
        VIR_ERR_##NAME, "VIR_ERR_" #NAME, PILEUS_##CODE                        \
    }

static const struct {
    int number;
    const char *name;
    pileus_code code;
} numbers[] = {
    ENTRY(INTERNAL_ERROR, FAILED),
    ENTRY(NO_MEMORY, NO_MEMORY),
    ENTRY(NO_SUPPORT, NOT_SUPPORTED),
    ENTRY(UNKNOWN_HOST, UNAVAILABLE),
    ENTRY(NO_CONNECT, UNAVAILABLE),
    ENTRY(INVALID_CONN, UNAVAILABLE),
    ENTRY(INVALID_DOMAIN, NOT_FOUND),
    ENTRY(INVALID_ARG, INVALID_ARGUMENT),
    ENTRY(OPERATION_FAILED, FAILED),
    ENTRY(OS_TYPE, NOT_SUPPORTED),
    ENTRY(XML_ERROR, INVALID_ARGUMENT),
    ENTRY(XML_DETAIL, INVALID_ARGUMENT),
    ENTRY(XML_INVALID_SCHEMA, INVALID_ARGUMENT),
    ENTRY(DOM_EXIST, CONFLICT),
    ENTRY(OPERATION_DENIED, PERMISSION),
    ENTRY(OPEN_FAILED, CONFIGURATION),
    ENTRY(READ_FAILED, CONFIGURATION),
    ENTRY(PARSE_FAILED, CONFIGURATION),
    ENTRY(CONF_SYNTAX, CONFIGURATION),
    ENTRY(SYSTEM_ERROR, FAILED), /* sorted further by its errno */
    ENTRY(RPC, UNAVAILABLE),
    ENTRY(GNUTLS_ERROR, TLS),
    ENTRY(NO_DOMAIN, NOT_FOUND),
    ENTRY(NO_NETWORK, NOT_FOUND),
    ENTRY(NETWORK_EXIST, CONFLICT),
    ENTRY(AUTH_FAILED, AUTHENTICATION),
    ENTRY(AUTH_CANCELLED, AUTHENTICATION),
    ENTRY(AUTH_UNAVAILABLE, AUTHENTICATION),
    ENTRY(NO_STORAGE_POOL, NOT_FOUND),
    ENTRY(NO_STORAGE_VOL, NOT_FOUND),
    ENTRY(STORAGE_VOL_EXIST, CONFLICT),
    ENTRY(STORAGE_POOL_BUILT, CONFLICT),
    ENTRY(STORAGE_PROBE_FAILED, FAILED),
    ENTRY(OPERATION_INVALID, CONFLICT),
    ENTRY(CONFIG_UNSUPPORTED, NOT_SUPPORTED),
    ENTRY(ARGUMENT_UNSUPPORTED, NOT_SUPPORTED),
    ENTRY(OPERATION_UNSUPPORTED, NOT_SUPPORTED),
    ENTRY(OPERATION_TIMEOUT, UNAVAILABLE),
    ENTRY(OPERATION_ABORTED, CONFLICT),
    ENTRY(HOOK_SCRIPT_FAILED, PERMISSION),
    ENTRY(BLOCK_COPY_ACTIVE, CONFLICT),
    ENTRY(SSH, UNAVAILABLE),
    ENTRY(LIBSSH, UNAVAILABLE),
    ENTRY(AGENT_UNRESPONSIVE, UNAVAILABLE),
    ENTRY(AGENT_UNSYNCED, UNAVAILABLE),
    ENTRY(RESOURCE_BUSY, CONFLICT),
    ENTRY(ACCESS_DENIED, PERMISSION),
    ENTRY(DBUS_SERVICE, UNAVAILABLE),
    ENTRY(CPU_INCOMPATIBLE, NOT_SUPPORTED),
    ENTRY(DEVICE_MISSING, NOT_FOUND),
};

static size_t
number_index(int number)
{
    size_t i = 0;

    while (i < sizeof numbers / sizeof numbers[0] &&
           numbers[i].number != number) {
        i++;
    }
    return i;
}

const char *
lv_number_name(int number)
{
    size_t i = number_index(number);

    return i < sizeof numbers / sizeof numbers[0] ? numbers[i].name : NULL;
}

/* From the transport, as opposed to the hypervisor? */
static bool
is_of_transport(const virError *error)
{
    return error->domain == VIR_FROM_RPC || error->domain == VIR_FROM_REMOTE;
}

pileus_code
lv_code(const virError *error)
{
    size_t i = number_index(error->code);

    if (error->domain == VIR_FROM_URI) {
        return PILEUS_CONFIGURATION;
    }
    if (error->code == VIR_ERR_SYSTEM_ERROR &&
        (error->int1 == EACCES || error->int1 == EPERM)) {
        return PILEUS_PERMISSION;
    }
    /* "client socket is closed" is an internal error, and the like. */
    if (is_of_transport(error) && (error->code == VIR_ERR_SYSTEM_ERROR ||
                                   error->code == VIR_ERR_INTERNAL_ERROR)) {
        return PILEUS_UNAVAILABLE;
    }
    return i < sizeof numbers / sizeof numbers[0] ? numbers[i].code
                                                  : PILEUS_FAILED;
}

/* What a person can do about it; if nothing else, read libvirt's words. */
static const char *
advice(const lv_failure *failure)
{
    switch (failure->code) {
    case PILEUS_NOT_FOUND:
        return "it is not there (any more): list again";
    case PILEUS_CONFLICT:
        return "its present state forbids it: look at the state first";
    case PILEUS_AUTHENTICATION:
        return "libvirt refused the credentials: check the options username "
               "and password";
    case PILEUS_PERMISSION:
        return "libvirt does not allow it to this user: open without the "
               "option readonly, as a user with that right (often a member "
               "of the group libvirt)";
    case PILEUS_NOT_SUPPORTED:
        return "this hypervisor, or this version of libvirt, cannot do that";
    case PILEUS_UNAVAILABLE:
        return "libvirt cannot be reached or does not answer: check the "
               "option uri, and that the libvirt daemon is running there";
    case PILEUS_TLS:
        return "check the TLS certificates that libvirt uses, and that the "
               "uri names the host as its certificate does";
    case PILEUS_CONFIGURATION:
        return "check the option uri, and libvirt's configuration files";
    case PILEUS_NO_MEMORY:
        return "memory ran out";
    default:
        return failure->words == NULL ? "libvirt does not say why"
                                      : failure->words;
    }
}

int
lv_last_number(void)
{
    const virError *error = virGetLastError();

    return error == NULL ? 0 : error->code;
}

bool
lv_last_is_unsupported(void)
{
    int number = lv_last_number();

    return number == VIR_ERR_NO_SUPPORT ||
           number == VIR_ERR_ARGUMENT_UNSUPPORTED ||
           number == VIR_ERR_CONFIG_UNSUPPORTED ||
           number == VIR_ERR_OPERATION_UNSUPPORTED ||
           number == VIR_ERR_INVALID_ARG; /* "unsupported flags" */
}

bool
lv_failed(lv_failure *failure, const char *format, ...)
{
    static const char cannot[] = "cannot ";
    const virError *error = virGetLastError();
    va_list args;

    lv_failure_clear(failure);
    memcpy(failure->message, cannot, sizeof cannot);
    va_start(args, format);
    (void)vsnprintf(failure->message + sizeof cannot - 1,
                    sizeof failure->message - (sizeof cannot - 1), format,
                    args);
    va_end(args);
    failure->is_libvirts = true;
    failure->code = error == NULL ? PILEUS_FAILED : lv_code(error);
    failure->number = error == NULL ? 0 : error->code;
    failure->may_have_happened = failure->code == PILEUS_UNAVAILABLE;
    if (error != NULL && error->message != NULL) {
        failure->words = strdup(error->message);
    }
    return false;
}

bool
lv_refuse(lv_failure *failure, pileus_code code, const char *format, ...)
{
    va_list args;

    lv_failure_clear(failure);
    failure->code = code;
    va_start(args, format);
    (void)vsnprintf(failure->message, sizeof failure->message, format, args);
    va_end(args);
    return false;
}

bool
lv_no_memory(lv_failure *failure)
{
    return lv_refuse(failure, PILEUS_NO_MEMORY,
                     "memory ran out: free some, or raise the limit of this "
                     "process, and try again");
}

void
lv_failure_explain(lv_failure *failure, pileus_code code, const char *format,
                   ...)
{
    va_list args;

    failure->code = code;
    failure->is_libvirts = false;
    va_start(args, format);
    (void)vsnprintf(failure->message, sizeof failure->message, format, args);
    va_end(args);
}

void
lv_failure_add(lv_failure *failure, const char *format, ...)
{
    size_t length = strlen(failure->message);
    va_list args;

    va_start(args, format);
    (void)vsnprintf(failure->message + length, sizeof failure->message - length,
                    format, args);
    va_end(args);
}

void
lv_failure_clear(lv_failure *failure)
{
    free(failure->words);
    memset(failure, 0, sizeof *failure);
}

int32_t
lv_failure_report(pileus_call *call, const lv_failure *failure)
{
    char number[sizeof "VIR_ERR_" + 3 * sizeof failure->number];
    char message[PILEUS_MESSAGE_MAX / 2];
    const char *name = lv_number_name(failure->number);
    pileus_failure report = {
        .struct_size = sizeof report,
        .code = failure->code,
        .retryable = failure->code == PILEUS_UNAVAILABLE,
        .may_have_happened = failure->may_have_happened,
        .retry_after_ms = -1,
        .status = failure->number,
        .message = message,
        .provider_message = failure->words,
    };

    (void)snprintf(message, sizeof message, "%s%s%s", failure->message,
                   failure->is_libvirts ? ": " : "",
                   failure->is_libvirts ? advice(failure) : "");
    if (failure->number != 0) {
        (void)snprintf(number, sizeof number, "VIR_ERR_%d", failure->number);
        report.provider_code = name == NULL ? number : name;
    }
    return pileus_fail_with(call, &report);
}

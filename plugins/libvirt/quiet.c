/* Keeping libvirt from printing its errors. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "quiet.h"

#include <libvirt/virterror.h>
#include <libxml/xmlerror.h>
#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>

/*
 * libvirt prints each error on standard error unless a handler takes it. A
 * connection can have a handler of its own, but errors while one is opened go
 * to the handler of the whole process, which cannot be asked for, so it cannot
 * be put back either. So this driver installs one, once and before its first
 * connection, that swallows what happens on its own threads and does for all
 * other threads what libvirt does by default. An application that wants a
 * handler of its own installs it later, and it stays.
 */

static _Thread_local bool quiet;

static void
hush(void *user, virErrorPtr error)
{
    (void)user;
    (void)error;
}

static void
handle(void *user, virErrorPtr error)
{
    (void)user;
    if (!quiet) {
        virDefaultErrorFunc(error);
    }
}

/* What libxml2 has to say goes into libvirt's errors as well. */
static void
hush_xml(void *user, const char *format, ...)
{
    (void)user;
    (void)format;
}

static void
install(void)
{
    virSetErrorFunc(NULL, handle);
}

void
lv_quiet_thread(void)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;

    (void)pthread_once(&once, install);
    xmlSetGenericErrorFunc(NULL, hush_xml); /* of this thread only */
    quiet = true;
}

void
lv_quiet_connection(virConnectPtr virt)
{
    virConnSetErrorFunc(virt, NULL, hush);
}

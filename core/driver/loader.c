/* The loader, over dlopen and libltdl. The only file that knows them. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/driver/loader.h"

#include "core/base/alloc.h"
#include "core/base/errno.h"
#include "core/base/error.h"
#include "core/base/text.h"

#include <dlfcn.h>
#include <errno.h>
#include <ltdl.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* What PILEUS_DRIVER puts behind the driver's name, and what the record of one
 * to be linked in has there. */
#define SYMBOL_SUFFIX "_LTX_pileus_driver"
#define LINKED_SUFFIX "_LTX_pileus_linked"

/* libltdl can be used by one thread at a time. No function of a driver is
 * called under this lock, but the constructors of modules run under it. */
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

/* libltdl counts the users that have initialised it; this one does so once and
 * never ends, for what is loaded stays loaded. */
static bool initialised;

static const char *
ltdl_error(void)
{
    const char *text = lt_dlerror();

    return text == NULL ? "libltdl does not say why" : text;
}

static pileus_code
initialise(pileus_error **err)
{
    if (!initialised && lt_dlinit() != 0) {
        (void)lt_dlexit(); /* or it would take itself for initialised */
        return pil__error_set(err, PILEUS_DRIVER,
                              "libltdl cannot be initialised: %s",
                              ltdl_error());
    }
    initialised = true;
    return PILEUS_OK;
}

/* dlopen has words only, no number. They end with the system's words when
 * mapping fails; the rest is glibc's for its own memory. */
static bool
says_no_memory(const char *text)
{
    char buffer[PIL__ERRNO_TEXT_MAX];
    const char *endings[] = {pil__errno_text(ENOMEM, buffer), "out of memory"};
    size_t length = strlen(text);

    for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++) {
        size_t ending = strlen(endings[i]);

        if (length >= ending &&
            strcmp(text + length - ending, endings[i]) == 0) {
            return true;
        }
    }
    return false;
}

/* Bind the module completely, so that it cannot fail in the middle of a call,
 * and learn the true reason when that is impossible: libltdl binds lazily, and
 * says "file not found" of a missing library. The handle is kept. */
static pileus_code
bind_now(void **handle, const char *path, pileus_error **err)
{
    size_t length = strlen(path);
    const char *text;

    *handle = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    if (*handle != NULL) {
        return PILEUS_OK;
    }
    text = dlerror();
    text = text == NULL ? "the system does not say why" : text;
    if (says_no_memory(text)) {
        return pil__error_no_memory(err);
    }
    if (strncmp(text, path, length) == 0 &&
        strncmp(text + length, ": ", 2) == 0) {
        text += length + 2; /* it is named once already */
    }
    return pil__error_set(err, PILEUS_DRIVER,
                          "%s cannot be loaded (%s): install what is missing, "
                          "or one that was built for this system",
                          path, text);
}

/* Open with libltdl. *handle is NULL when it has no such module, or for an
 * error, which libltdl then has. */
static pileus_code
open_advised(lt_dlhandle *handle, const char *name, bool preloaded,
             pileus_error **err)
{
    lt_dladvise advise = NULL;
    pileus_code code = PILEUS_OK;

    if (lt_dladvise_init(&advise) != 0) {
        return pil__error_no_memory(err);
    }
    if (lt_dladvise_local(&advise) != 0 || lt_dladvise_resident(&advise) != 0 ||
        (preloaded && lt_dladvise_preload(&advise) != 0)) {
        code = pil__error_set(err, PILEUS_DRIVER,
                              "libltdl cannot do what it is asked for: %s",
                              ltdl_error());
    } else {
        *handle = lt_dlopenadvise(name, advise);
    }
    (void)lt_dladvise_destroy(&advise);
    return code;
}

static pileus_code
find_entry(pil__module_entry *entry, lt_dlhandle handle,
           const pileus_driver_info *info, pileus_error **err)
{
    char symbol[PIL__NAME_MAX + sizeof SYMBOL_SUFFIX];
    void *address;

    (void)snprintf(symbol, sizeof symbol, "%s" SYMBOL_SUFFIX, info->name);
    address = lt_dlsym(handle, symbol);
    if (address == NULL) {
        return pil__error_set(err, PILEUS_DRIVER,
                              "%s has no function %s, so it is not the driver "
                              "'%s': install the driver again",
                              info->module_path, symbol, info->name);
    }
    memcpy(entry, &address, sizeof *entry); /* as POSIX has it for dlsym */
    return PILEUS_OK;
}

static pileus_code
open_file(pil__module_entry *entry, const pileus_driver_info *info,
          pileus_error **err)
{
    lt_dlhandle handle = NULL;
    void *bound = NULL;
    pileus_code code = bind_now(&bound, info->module_path, err);

    if (code == PILEUS_OK) {
        code = open_advised(&handle, info->module_path, false, err);
    }
    if (code == PILEUS_OK && handle == NULL) {
        code = pil__error_set(err, PILEUS_DRIVER,
                              "%s cannot be loaded: libltdl: %s",
                              info->module_path, ltdl_error());
    }
    return code == PILEUS_OK ? find_entry(entry, handle, info, err) : code;
}

pileus_code
pil__loader_open(pil__module_entry *entry, const pileus_driver_info *info,
                 pileus_error **err)
{
    pileus_code code;

    *entry = NULL;
    (void)pthread_mutex_lock(&lock);
    code = initialise(err);
    if (code == PILEUS_OK) {
        code = open_file(entry, info, err);
    }
    (void)pthread_mutex_unlock(&lock);
    return code;
}

pileus_code
pil__loader_open_preloaded(pil__module_entry *entry,
                           const pileus_driver_info *info, pileus_error **err)
{
    lt_dlhandle handle = NULL;
    pileus_code code;

    *entry = NULL;
    (void)pthread_mutex_lock(&lock);
    code = initialise(err);
    if (code == PILEUS_OK) {
        code = open_advised(&handle, info->name, true, err);
    }
    if (code == PILEUS_OK && handle != NULL) {
        code = find_entry(entry, handle, info, err);
    }
    (void)pthread_mutex_unlock(&lock);
    return code;
}

/* ---- preopened modules ------------------------------------------------------
 */

/* Whom take_preopened tells, under the lock: libltdl passes nothing on. */
static void (*tell)(const pileus_linked_driver *driver);

static int
take_preopened(lt_dlhandle handle)
{
    const lt_dlinfo *facts = lt_dlgetinfo(handle);
    char symbol[PIL__NAME_MAX + sizeof LINKED_SUFFIX];
    const pileus_linked_driver *driver;

    if (facts != NULL && facts->name != NULL &&
        strlen(facts->name) <= PIL__NAME_MAX) {
        (void)snprintf(symbol, sizeof symbol, "%s" LINKED_SUFFIX, facts->name);
        driver = lt_dlsym(handle, symbol);
        if (driver != NULL) {
            tell(driver);
        }
    }
    return 0;
}

pileus_code
pil__loader_preopened(void (*found)(const pileus_linked_driver *driver),
                      pileus_error **err)
{
    pileus_code code;

    (void)pthread_mutex_lock(&lock);
    code = initialise(err);
    if (code == PILEUS_OK) {
        tell = found;
        (void)lt_dlpreload_open(NULL, take_preopened); /* fails with none */
    }
    (void)pthread_mutex_unlock(&lock);
    return code;
}

/* ---- pileus's own -----------------------------------------------------------
 */

/* The path of the file beside the library that this code is in; a program that
 * libpileus is linked into has it where it was to be installed. */
static pileus_code
find_own(char **path, const char *file, pileus_error **err)
{
    pil__text text = {0};
    const char *slash = NULL;
    Dl_info info;

    if (dladdr((const void *)&lock, &info) != 0 && info.dli_fname != NULL) {
        slash = strrchr(info.dli_fname, '/');
    }
    if (slash != NULL) {
        pil__text_add(&text, info.dli_fname, (size_t)(slash - info.dli_fname));
        pil__text_printf(&text, "/pileus/%s", file);
    }
    if (slash == NULL || (!text.failed && access(text.data, F_OK) != 0)) {
        pil__text_free(&text);
        pil__text_printf(&text, PILEUS_PKGLIBDIR "/%s", file);
    }
    *path = pil__text_take(&text);
    return *path == NULL ? pil__error_no_memory(err) : PILEUS_OK;
}

pileus_code
pil__loader_open_own(void **symbol, const char *file, const char *name,
                     pileus_error **err)
{
    char *path = NULL;
    void *handle = NULL;
    pileus_code code = find_own(&path, file, err);

    *symbol = NULL;
    if (code != PILEUS_OK) {
        return code;
    }
    (void)pthread_mutex_lock(&lock);
    code = bind_now(&handle, path, err);
    if (code == PILEUS_OK) {
        *symbol = dlsym(handle, name);
    }
    (void)pthread_mutex_unlock(&lock);
    if (code == PILEUS_OK && *symbol == NULL) {
        code = pil__error_set(err, PILEUS_DRIVER,
                              "%s is not of this libpileus: install pileus "
                              "again",
                              path);
    }
    pil__free(path);
    return code;
}

/* Modules: the process-wide table of those that are loaded. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/driver/module.h"

#include "core/base/alloc.h"
#include "core/base/error.h"
#include "core/driver/elf.h"
#include "core/driver/safety.h"

#include <errno.h>
#include <pthread.h>
#include <string.h>
#include <unistd.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER; /* of the table */
static pil__module *table;

/* The module that was loaded from this file, under whatever name. Its inode
 * cannot have become another file's, for it is mapped. */
static pil__module *
find_file(const struct stat *facts)
{
    pil__module *module;

    (void)pthread_mutex_lock(&lock);
    for (module = table; module != NULL; module = module->next) {
        if (module->has_file && module->device == facts->st_dev &&
            module->inode == facts->st_ino) {
            break;
        }
    }
    (void)pthread_mutex_unlock(&lock);
    return module;
}

/* Add a module to the table, or, when another thread was faster, free it and
 * give what is there. */
static pil__module *
publish(pil__module *made)
{
    pil__module *module;

    (void)pthread_mutex_lock(&lock);
    for (module = table; module != NULL; module = module->next) {
        if (module->entry == made->entry) {
            break;
        }
    }
    if (module == NULL) {
        made->next = table;
        table = made;
        module = made;
    }
    (void)pthread_mutex_unlock(&lock);
    if (module != made) {
        pil__free(made);
    }
    return module;
}

/* A module that is loaded already, perhaps through another manifest: that one
 * must agree with it, too. */
static pileus_code
check_again(pil__module *module, const pileus_driver_info *info,
            pileus_error **err)
{
    pileus_driver_descriptor descriptor;

    return pil__negotiate_descriptor(&descriptor, module->entry(), info, err);
}

/* Ask a module that was just loaded for its descriptor, and keep it in the
 * table when it can be used. facts NULL: it has no file. */
static pileus_code
introduce(pil__module **module, pil__module_entry entry,
          const pileus_driver_info *info, const struct stat *facts,
          pileus_error **err)
{
    size_t size = strlen(info->module_path) + 1;
    pil__module *made = pil__calloc(1, sizeof *made + size);
    pileus_code code;

    if (made == NULL) {
        return pil__error_no_memory(err);
    }
    code = pil__negotiate_descriptor(&made->descriptor, entry(), info, err);
    if (code != PILEUS_OK) {
        pil__free(made);
        return code;
    }
    memcpy(made + 1, info->module_path, size);
    made->path = (const char *)(made + 1);
    made->entry = entry;
    if (facts != NULL) {
        made->has_file = true;
        made->device = facts->st_dev;
        made->inode = facts->st_ino;
    }
    *module = publish(made);
    return PILEUS_OK;
}

/* A manifest without its module is good when the module was linked into the
 * program. */
static pileus_code
load_preloaded(pil__module **module, const pileus_driver_info *info,
               pileus_error **err)
{
    pil__module_entry entry = NULL;
    pileus_code code = pil__loader_open_preloaded(&entry, info, err);

    if (code == PILEUS_OK && entry == NULL) {
        code = pil__error_set(err, PILEUS_DRIVER,
                              "%s, which the manifest %s names, is missing: "
                              "install the driver again, or remove the "
                              "manifest",
                              info->module_path, info->manifest_path);
    }
    if (code == PILEUS_OK) {
        code = introduce(module, entry, info, NULL, err);
    }
    return code;
}

static pileus_code
load_file(pil__module **module, const pileus_driver_info *info,
          pileus_error **err)
{
    pil__module_entry entry = NULL;
    pil__module *known;
    struct stat facts;
    int fd = -1;
    pileus_code code =
        pil__safe_file(&fd, &facts, info->module_path, PILEUS_DRIVER, err);

    if (code != PILEUS_OK) {
        return code;
    }
    known = find_file(&facts);
    if (known != NULL) {
        code = check_again(known, info, err);
        *module = known;
    } else {
        code = pil__elf_check(fd, facts.st_size, info->module_path, err);
        if (code == PILEUS_OK) {
            code = pil__loader_open(&entry, info, err);
        }
        if (code == PILEUS_OK) {
            code = introduce(module, entry, info, &facts, err);
        }
    }
    (void)close(fd);
    return code;
}

pileus_code
pil__module_load(pil__module **module, const pileus_driver_info *info,
                 pileus_error **err)
{
    struct stat facts;
    pileus_code code = pil__negotiate_abi(info->abi_major, info->abi_minor,
                                          info->module_path, err);

    if (code != PILEUS_OK) {
        return code;
    }
    if (info->linked != NULL) {
        return introduce(module, info->linked, info, NULL, err);
    }
    if (lstat(info->module_path, &facts) != 0 && errno == ENOENT) {
        return load_preloaded(module, info, err);
    }
    return load_file(module, info, err);
}

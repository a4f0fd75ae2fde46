/* Contexts, and the drivers that are installed, as their manifests say. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PILEUS_DRIVER_LIST_H
#define PILEUS_DRIVER_LIST_H

#include <pileus/error.h>

PILEUS_BEGIN_DECLS

/*
 * A context is one user of libpileus in a process: its search path, its log,
 * its drivers. Contexts share nothing that can be seen, so two libraries of
 * one program that both use libpileus do not disturb each other.
 *
 * Set a context up in one thread; after that all functions may be called from
 * any thread.
 */
typedef struct pileus_context pileus_context;

/* A new context in *ctx, with one reference. It reads PILEUS_DRIVER_PATH
 * (colon-separated directories; ignored in set-id programs) and the user's
 * data directory now, never later. */
PILEUS_API pileus_code pileus_context_new(pileus_context **ctx,
                                          pileus_error **err);
PILEUS_API pileus_context *pileus_context_ref(pileus_context *ctx);
/* Give a reference back; NULL is allowed. Connections hold one, too. */
PILEUS_API void pileus_context_unref(pileus_context *ctx);

/* Search this directory before all others (after those added earlier). */
PILEUS_API pileus_code pileus_context_add_directory(pileus_context *ctx,
                                                    const char *directory,
                                                    pileus_error **err);

/* Where log lines go; none by default. driver is NULL for the core's own. fn
 * may be called from any thread, and from several at once; it must not call
 * into libpileus. Lines above the level are not made. */
typedef void (*pileus_log_fn)(void *user, pileus_log_level level,
                              const char *driver, const char *message);
PILEUS_API void pileus_context_set_log(pileus_context *ctx,
                                       pileus_log_level level, pileus_log_fn fn,
                                       void *user);

/* ---- which drivers there are -------------------------------------------- */

/* The drivers found on the search path, sorted by name, from their manifests
 * alone: no driver is loaded. The path is walked anew at each call. */
typedef struct pileus_drivers pileus_drivers;
/* One driver's manifest, owned by the pileus_drivers it came from. */
typedef struct pileus_driver_info pileus_driver_info;

PILEUS_API pileus_code pileus_drivers_find(pileus_drivers **drivers,
                                           pileus_context *ctx,
                                           pileus_error **err);
PILEUS_API void pileus_drivers_free(pileus_drivers *drivers);
PILEUS_API size_t pileus_drivers_count(const pileus_drivers *drivers);
PILEUS_API const pileus_driver_info *
pileus_drivers_at(const pileus_drivers *drivers, size_t i);
/* By name; NULL if there is none. */
PILEUS_API const pileus_driver_info *
pileus_drivers_get(const pileus_drivers *drivers, const char *name);

/* What the walk passed over, and why: unreadable directories, broken
 * manifests, drivers shadowed by one found earlier. NULL beyond the end. */
PILEUS_API size_t pileus_drivers_note_count(const pileus_drivers *drivers);
PILEUS_API const char *pileus_drivers_note(const pileus_drivers *drivers,
                                           size_t i);

PILEUS_API const char *pileus_driver_name(const pileus_driver_info *driver);
PILEUS_API const char *pileus_driver_title(const pileus_driver_info *driver);
PILEUS_API const char *pileus_driver_version(const pileus_driver_info *driver);
/* NULL when the manifest has none. */
PILEUS_API const char *pileus_driver_website(const pileus_driver_info *driver);
/* libcloud's name of the provider, which uuids are made with. */
PILEUS_API const char *pileus_driver_type(const pileus_driver_info *driver);
/* "MAJOR.MINOR" of the driver ABI it was made for. */
PILEUS_API const char *pileus_driver_abi(const pileus_driver_info *driver);
/* "serial", "connection" or "parallel". */
PILEUS_API const char *
pileus_driver_thread_model(const pileus_driver_info *driver);
/* Full paths of manifest and module; NULL of a driver that is linked into the
 * program (linked.h). */
PILEUS_API const char *
pileus_driver_manifest_path(const pileus_driver_info *driver);
PILEUS_API const char *
pileus_driver_module_path(const pileus_driver_info *driver);

/* Calls the driver says it supports, as "service.call", such as
 * "compute.create_node". NULL beyond the end. */
PILEUS_API size_t pileus_driver_call_count(const pileus_driver_info *driver);
PILEUS_API const char *pileus_driver_call(const pileus_driver_info *driver,
                                          size_t i);

/* ---- which options a driver takes --------------------------------------- */

/* One option of a driver's manifest, owned by the pileus_driver_info. */
typedef struct pileus_option_info pileus_option_info;

PILEUS_API size_t pileus_driver_option_count(const pileus_driver_info *driver);
PILEUS_API const pileus_option_info *
pileus_driver_option(const pileus_driver_info *driver, size_t i);

PILEUS_API const char *pileus_option_name(const pileus_option_info *option);
/* "string", "integer", "boolean", "duration", "path" or "choice". */
PILEUS_API const char *pileus_option_type(const pileus_option_info *option);
PILEUS_API bool pileus_option_secret(const pileus_option_info *option);
PILEUS_API bool pileus_option_required(const pileus_option_info *option);
PILEUS_API const char *pileus_option_help(const pileus_option_info *option);
/* NULL when there is none. */
PILEUS_API const char *pileus_option_default(const pileus_option_info *option);
/* Environment variables that set it, the first that is set wins; and the words
 * of a choice. NULL beyond the end. */
PILEUS_API const char *
pileus_option_environment(const pileus_option_info *option, size_t i);
PILEUS_API const char *pileus_option_choice(const pileus_option_info *option,
                                            size_t i);

/* ---- names -------------------------------------------------------------- */

/* The one of count candidates that a person who typed name most likely meant,
 * or NULL when none is near. Returns one of the candidates. */
PILEUS_API const char *
pileus_nearest(const char *name, const char *const *candidates, size_t count);

PILEUS_END_DECLS

#endif

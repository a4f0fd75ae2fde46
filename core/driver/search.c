/* The walk along a context's search path, on which the drivers that are linked
 * in come behind the directories that the application has named. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/driver/search.h"

#include "core/base/alloc.h"
#include "core/base/errno.h"
#include "core/base/error.h"
#include "core/base/text.h"
#include "core/driver/linked.h"
#include "core/driver/safety.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* One walk. Memory that runs out ends it. */
typedef struct walk {
    pileus_drivers *drivers;
    const char *only;  /* NULL: all */
    struct stat *seen; /* the directories that were walked */
    size_t seen_count;
    bool no_memory;
} walk;

/* Take over a note, which is NULL when memory ran out in making it. */
static void
add_note(walk *w, char *note)
{
    pileus_drivers *drivers = w->drivers;
    void *array = drivers->notes;

    if (note == NULL ||
        !pil__grow(&array, &drivers->note_capacity, drivers->note_count,
                   sizeof *drivers->notes)) {
        pil__free(note);
        w->no_memory = true;
        return;
    }
    drivers->notes = array;
    drivers->notes[drivers->note_count++] = note;
}

static void PILEUS_PRINTF(2, 3) note(walk *w, const char *format, ...)
{
    pil__text text = {0};
    va_list args;

    va_start(args, format);
    pil__text_vprintf(&text, format, args);
    va_end(args);
    add_note(w, pil__text_take(&text));
}

/* Take over the error of something that is passed over. The first of a walk
 * for one name is kept: it is what the person who asked wants to know. */
static void
note_error(walk *w, pileus_error *error, bool keep)
{
    if (pileus_error_code(error) == PILEUS_NO_MEMORY) {
        w->no_memory = true;
    } else {
        note(w, "%s", pileus_error_message(error));
    }
    if (keep && w->drivers->refusal == NULL) {
        w->drivers->refusal = error;
    } else {
        pileus_error_free(error);
    }
}

/* Take over info, which may be NULL; name is not NUL-terminated. */
static void
add_found(walk *w, const char *name, size_t length, const char *path,
          pileus_driver_info *info)
{
    pileus_drivers *drivers = w->drivers;
    pil__found found = {
        .name = pil__strndup(name, length),
        .path = pil__strdup(path),
        .info = info,
    };
    void *array = drivers->found;

    if (found.name == NULL || found.path == NULL ||
        !pil__grow(&array, &drivers->found_capacity, drivers->found_count,
                   sizeof *drivers->found)) {
        pil__free(found.name);
        pil__free(found.path);
        pil__manifest_unref(info);
        w->no_memory = true;
        return;
    }
    drivers->found = array;
    drivers->found[drivers->found_count++] = found;
}

static const pil__found *
find(const pileus_drivers *drivers, const char *name, size_t length)
{
    for (size_t i = 0; i < drivers->found_count; i++) {
        const pil__found *found = &drivers->found[i];

        if (strncmp(found->name, name, length) == 0 &&
            found->name[length] == '\0') {
            return found;
        }
    }
    return NULL;
}

/* Look at one manifest, FILE in a directory. */
static void
visit_file(walk *w, const char *directory, const char *file)
{
    size_t length = strlen(file) - strlen(PIL__MANIFEST_SUFFIX);
    const pil__found *earlier = find(w->drivers, file, length);
    pileus_driver_info *info = NULL;
    pileus_error *error = NULL;
    pil__text text = {0};
    char *path;

    pil__text_printf(&text, "%s/%s", directory, file);
    path = pil__text_take(&text);
    if (path == NULL) {
        w->no_memory = true;
    } else if (earlier != NULL) {
        note(w, "%s is passed over: %s%s comes first", path,
             earlier->info == NULL ? "the empty file " : "", earlier->path);
    } else if (pil__manifest_read(&info, directory, file, &error) !=
               PILEUS_OK) {
        note_error(w, error, w->only != NULL);
    } else {
        if (info == NULL) {
            note(w,
                 "%s is empty, which hides the drivers of that name that are "
                 "found later",
                 path);
        }
        add_found(w, file, length, path, info);
    }
    pil__free(path);
}

static bool
is_manifest(const char *file)
{
    size_t length = strlen(file);
    size_t suffix = strlen(PIL__MANIFEST_SUFFIX);

    return *file != '.' && length > suffix &&
           strcmp(file + length - suffix, PIL__MANIFEST_SUFFIX) == 0;
}

/* The names of a directory's manifests, as many as there was memory for. */
static void
read_names(walk *w, char ***names, size_t *count, const char *directory)
{
    DIR *stream = opendir(directory);
    char buffer[PIL__ERRNO_TEXT_MAX];
    size_t capacity = 0;
    const struct dirent *entry = NULL;

    errno = stream == NULL ? errno : 0;
    while (!w->no_memory && stream != NULL &&
           (entry = readdir(stream)) != NULL) {
        void *array = *names;
        char *name;

        if (!is_manifest(entry->d_name)) {
            continue;
        }
        name = pil__strdup(entry->d_name);
        if (name == NULL ||
            !pil__grow(&array, &capacity, *count, sizeof **names)) {
            pil__free(name);
            w->no_memory = true;
            break;
        }
        *names = array;
        (*names)[(*count)++] = name;
        errno = 0;
    }
    if (entry == NULL && errno == ENOMEM) {
        w->no_memory = true;
    } else if (entry == NULL && errno != 0) {
        note(w, "%s cannot be read (%s): make it readable, or do without it",
             directory, pil__errno_text(errno, buffer));
    }
    if (stream != NULL) {
        (void)closedir(stream);
    }
}

static int
by_text(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static void
visit_all(walk *w, const char *directory)
{
    char **names = NULL;
    size_t count = 0;

    read_names(w, &names, &count, directory);
    if (count > 0) {
        qsort(names, count, sizeof *names, by_text);
    }
    for (size_t i = 0; i < count; i++) {
        if (!w->no_memory) {
            visit_file(w, directory, names[i]);
        }
        pil__free(names[i]);
    }
    pil__free(names);
}

/* Look for the manifest of the one name that is wanted; in a directory that is
 * not safe for the sake of its error only, which is then taken over. */
static void
visit_only(walk *w, const char *directory, pileus_error *unsafe)
{
    char file[PIL__NAME_MAX + sizeof PIL__MANIFEST_SUFFIX];
    pil__text text = {0};
    struct stat facts;
    char *path;

    (void)snprintf(file, sizeof file, "%s" PIL__MANIFEST_SUFFIX, w->only);
    pil__text_printf(&text, "%s/%s", directory, file);
    path = pil__text_take(&text);
    if (path == NULL) {
        w->no_memory = true;
        pileus_error_free(unsafe);
    } else if (unsafe != NULL) {
        note_error(w, unsafe, lstat(path, &facts) == 0);
    } else if (lstat(path, &facts) == 0) {
        visit_file(w, directory, file);
    }
    pil__free(path);
}

/* Has the directory been walked already, perhaps under another name? */
static bool
seen(walk *w, const struct stat *facts)
{
    for (size_t i = 0; i < w->seen_count; i++) {
        if (w->seen[i].st_dev == facts->st_dev &&
            w->seen[i].st_ino == facts->st_ino) {
            return true;
        }
    }
    w->seen[w->seen_count++] = *facts;
    return false;
}

static void
visit_directory(walk *w, const pil__directory *directory)
{
    const char *path = directory->path;
    char buffer[PIL__ERRNO_TEXT_MAX];
    pileus_error *unsafe = NULL;
    struct stat facts;
    int fd = -1;

    if (*path != '/') {
        note(w,
             "'%s' in PILEUS_DRIVER_PATH is not an absolute path: begin it "
             "with /, or take it out",
             path);
        return;
    }
    if (stat(path, &facts) != 0) {
        if (directory->named || (errno != ENOENT && errno != ENOTDIR)) {
            note(w,
                 "%s cannot be searched (%s): make that directory, or do "
                 "without it",
                 path, pil__errno_text(errno, buffer));
        }
        return;
    }
    if (seen(w, &facts)) {
        return;
    }
    if (pil__safe_directory(&fd, path, PILEUS_CONFIGURATION, &unsafe) ==
        PILEUS_OK) {
        (void)close(fd);
    }
    if (w->only != NULL) {
        visit_only(w, path, unsafe);
    } else if (unsafe != NULL) {
        note_error(w, unsafe, false);
    } else {
        visit_all(w, path);
    }
}

/* One that is linked into the program. */
static void
visit_linked(walk *w, const pileus_driver_info *info)
{
    size_t length = strlen(info->name);
    const pil__found *earlier = find(w->drivers, info->name, length);

    if (w->only != NULL && strcmp(w->only, info->name) != 0) {
        return;
    }
    if (earlier != NULL) {
        note(w,
             "the driver '%s' that is linked into the program is passed over: "
             "%s%s comes first",
             info->name, earlier->info == NULL ? "the empty file " : "",
             earlier->path);
    } else {
        add_found(w, info->name, length, info->manifest_path,
                  pil__manifest_ref(info));
    }
}

static void
visit_all_linked(walk *w)
{
    const pil__linked *linked = NULL;
    pileus_error *error = NULL;

    if (pil__linked_first(&linked, &error) != PILEUS_OK) {
        note_error(w, error, false);
    }
    for (; !w->no_memory && linked != NULL; linked = linked->next) {
        visit_linked(w, linked->info);
    }
}

static int
by_found_name(const void *a, const void *b)
{
    return strcmp(((const pil__found *)a)->name, ((const pil__found *)b)->name);
}

/* Sort what was found, and tell the drivers from the empty files. */
static void
finish(walk *w)
{
    pileus_drivers *drivers = w->drivers;

    if (drivers->found_count > 0) {
        qsort(drivers->found, drivers->found_count, sizeof *drivers->found,
              by_found_name);
    }
    drivers->infos = pil__calloc(drivers->found_count, sizeof *drivers->infos);
    if (drivers->infos == NULL) {
        w->no_memory = true;
        return;
    }
    for (size_t i = 0; i < drivers->found_count; i++) {
        if (drivers->found[i].info != NULL) {
            drivers->infos[drivers->info_count++] = drivers->found[i].info;
        }
    }
}

pileus_code
pil__search(pileus_drivers **drivers, const pileus_context *ctx,
            const char *only, pileus_error **err)
{
    walk w = {
        .drivers = pil__calloc(1, sizeof *w.drivers),
        .only = only,
        .seen = pil__calloc(ctx->directory_count, sizeof *w.seen),
    };

    w.no_memory = w.drivers == NULL || w.seen == NULL;
    for (size_t i = 0; !w.no_memory && i < ctx->directory_count; i++) {
        if (i == ctx->named_count) {
            visit_all_linked(&w);
        }
        visit_directory(&w, &ctx->directories[i]);
    }
    if (!w.no_memory) {
        finish(&w);
    }
    pil__free(w.seen);
    if (w.no_memory) {
        pileus_drivers_free(w.drivers);
        return pil__error_no_memory(err);
    }
    *drivers = w.drivers;
    return PILEUS_OK;
}

/* The dynamic part of a shared object's file, read without loading it. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "sdk/check/elf_file.h"

#include <stdlib.h>

#if defined(HAVE_ELF_H) && defined(HAVE_LINK_H)

#include <fcntl.h>
#include <link.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#ifndef DF_1_NOW
#define DF_1_NOW 1
#endif

struct check_elf {
    const unsigned char *data;
    size_t size;
    const ElfW(Sym) * symbols;
    size_t symbol_count;
    const char *names; /* of the symbols; ended by a NUL */
    size_t names_size;
    const ElfW(Dyn) * dynamic;
    size_t dynamic_count;
    const char *words; /* of the dynamic entries; ended by a NUL */
    size_t words_size;
};

/* ---- reading ---------------------------------------------------------------
 */

static bool
is_inside(const check_elf *elf, uint64_t at, uint64_t size)
{
    return at <= elf->size && size <= elf->size - at;
}

static const ElfW(Shdr) * section(const check_elf *elf, size_t i)
{
    const ElfW(Ehdr) *header = (const void *)elf->data;

    return i >= header->e_shnum
               ? NULL
               : (const ElfW(Shdr) *)(const void *)(elf->data +
                                                    header->e_shoff) +
                     i;
}

/* The strings that section i is; NULL if they make no sense. */
static const char *
strings(const check_elf *elf, size_t i, size_t *size)
{
    const ElfW(Shdr) *found = section(elf, i);

    if (found == NULL || found->sh_type != SHT_STRTAB || found->sh_size == 0 ||
        !is_inside(elf, found->sh_offset, found->sh_size) ||
        elf->data[found->sh_offset + found->sh_size - 1] != '\0') {
        return NULL;
    }
    *size = found->sh_size;
    return (const char *)elf->data + found->sh_offset;
}

/* Take a section that is one of those wanted; false: it makes no sense. */
static bool
take_section(check_elf *elf, const ElfW(Shdr) * found)
{
    const void *data = elf->data + found->sh_offset;
    bool inside = is_inside(elf, found->sh_offset, found->sh_size) &&
                  found->sh_offset % sizeof(void *) == 0;

    if (found->sh_type == SHT_DYNSYM && inside) {
        elf->symbols = data;
        elf->symbol_count = found->sh_size / sizeof(ElfW(Sym));
        elf->names = strings(elf, found->sh_link, &elf->names_size);
        return elf->names != NULL;
    }
    if (found->sh_type == SHT_DYNAMIC && inside) {
        elf->dynamic = data;
        elf->dynamic_count = found->sh_size / sizeof(ElfW(Dyn));
        elf->words = strings(elf, found->sh_link, &elf->words_size);
        return elf->words != NULL;
    }
    return inside ||
           (found->sh_type != SHT_DYNSYM && found->sh_type != SHT_DYNAMIC);
}

static const char *
read_sections(check_elf *elf)
{
    const ElfW(Ehdr) *header = (const void *)elf->data;

    if (elf->size < sizeof *header ||
        memcmp(header->e_ident, ELFMAG, SELFMAG) != 0 ||
        header->e_type != ET_DYN) {
        return "it is no ELF shared object: link it with -shared";
    }
    if (header->e_ident[EI_CLASS] !=
        (sizeof(void *) == 8 ? ELFCLASS64 : ELFCLASS32)) {
        return "it is made for another kind of machine: compile it for this "
               "one";
    }
    if (header->e_shentsize != sizeof(ElfW(Shdr)) || header->e_shnum == 0 ||
        header->e_shoff % sizeof(void *) != 0 ||
        !is_inside(elf, header->e_shoff,
                   (uint64_t)header->e_shnum * sizeof(ElfW(Shdr)))) {
        return "it has no table of sections that makes sense: link it again, "
               "and strip no more than strip(1) does";
    }
    for (size_t i = 0; i < header->e_shnum; i++) {
        if (!take_section(elf, section(elf, i))) {
            return "a section of it makes no sense: link it again";
        }
    }
    return elf->symbols == NULL || elf->dynamic == NULL
               ? "it has no dynamic symbols: link it with -shared"
               : NULL;
}

check_elf *
check_elf_open(const char *path, const char **problem)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    struct stat facts;
    check_elf *elf = calloc(1, sizeof *elf);
    void *data = MAP_FAILED;

    if (elf != NULL && fd >= 0 && fstat(fd, &facts) == 0 && facts.st_size > 0) {
        elf->size = (size_t)facts.st_size;
        data = mmap(NULL, elf->size, PROT_READ, MAP_PRIVATE, fd, 0);
    }
    if (fd >= 0) {
        (void)close(fd);
    }
    if (data == MAP_FAILED) {
        *problem = "it cannot be read: look at its mode and its size";
        free(elf);
        return NULL;
    }
    elf->data = data;
    *problem = read_sections(elf);
    if (*problem != NULL) {
        check_elf_close(elf);
        return NULL;
    }
    return elf;
}

void
check_elf_close(check_elf *elf)
{
    if (elf != NULL) {
        (void)munmap((void *)(uintptr_t)elf->data, elf->size);
        free(elf);
    }
}

/* ---- asking ----------------------------------------------------------------
 */

/* Symbol i of those that are exported, or of those that are not defined. */
static const char *
symbol(const check_elf *elf, size_t i, bool exported)
{
    for (size_t at = 1; at < elf->symbol_count; at++) {
        const ElfW(Sym) *one = &elf->symbols[at];
        unsigned binding = one->st_info >> 4;
        unsigned visibility = one->st_other & 3;

        if ((one->st_shndx != SHN_UNDEF) == exported &&
            (binding == STB_GLOBAL || binding == STB_WEAK) &&
            visibility == STV_DEFAULT && one->st_name < elf->names_size &&
            i-- == 0) {
            return elf->names + one->st_name;
        }
    }
    return NULL;
}

const char *
check_elf_export(const check_elf *elf, size_t i)
{
    return symbol(elf, i, true);
}

const char *
check_elf_import(const check_elf *elf, size_t i)
{
    return symbol(elf, i, false);
}

/* Entry i of those with the tag; NULL beyond the end. */
static const ElfW(Dyn) * entry(const check_elf *elf, ElfW(Sxword) tag, size_t i)
{
    for (size_t at = 0;
         at < elf->dynamic_count && elf->dynamic[at].d_tag != DT_NULL; at++) {
        if (elf->dynamic[at].d_tag == tag && i-- == 0) {
            return &elf->dynamic[at];
        }
    }
    return NULL;
}

const char *
check_elf_needed(const check_elf *elf, size_t i)
{
    const ElfW(Dyn) *found = entry(elf, DT_NEEDED, i);

    return found == NULL ? NULL
           : found->d_un.d_val >= elf->words_size
               ? ""
               : elf->words + found->d_un.d_val;
}

static bool
has_flag(const check_elf *elf, ElfW(Sxword) tag, unsigned long flag)
{
    const ElfW(Dyn) *found = entry(elf, tag, 0);

    return found != NULL && (found->d_un.d_val & flag) != 0;
}

bool
check_elf_binds_now(const check_elf *elf)
{
    return entry(elf, DT_BIND_NOW, 0) != NULL ||
           has_flag(elf, DT_FLAGS, DF_BIND_NOW) ||
           has_flag(elf, DT_FLAGS_1, DF_1_NOW);
}

bool
check_elf_has_text_relocations(const check_elf *elf)
{
    return entry(elf, DT_TEXTREL, 0) != NULL ||
           has_flag(elf, DT_FLAGS, DF_TEXTREL);
}

#else

struct check_elf {
    char nothing;
};

check_elf *
check_elf_open(const char *path, const char **problem)
{
    (void)path;
    *problem = NULL;
    return NULL;
}

void
check_elf_close(check_elf *elf)
{
    free(elf);
}

const char *
check_elf_export(const check_elf *elf, size_t i)
{
    (void)elf;
    (void)i;
    return NULL;
}

const char *
check_elf_import(const check_elf *elf, size_t i)
{
    (void)elf;
    (void)i;
    return NULL;
}

const char *
check_elf_needed(const check_elf *elf, size_t i)
{
    (void)elf;
    (void)i;
    return NULL;
}

bool
check_elf_binds_now(const check_elf *elf)
{
    (void)elf;
    return true;
}

bool
check_elf_has_text_relocations(const check_elf *elf)
{
    (void)elf;
    return false;
}

#endif

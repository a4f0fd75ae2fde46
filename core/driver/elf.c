/* A look at a module's file before the dynamic linker gets it. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/driver/elf.h"

#if defined(HAVE_ELF_H) && defined(HAVE_LINK_H)

#include "core/base/error.h"

#include <inttypes.h>
#include <link.h>
#include <string.h>
#include <unistd.h>

#if UINTPTR_MAX > UINT32_MAX
#define OUR_CLASS ELFCLASS64
#else
#define OUR_CLASS ELFCLASS32
#endif

#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
#define OUR_ORDER ELFDATA2LSB
#else
#define OUR_ORDER ELFDATA2MSB
#endif

/* The machine that this file is being compiled for; EM_NONE is one not known
 * here, and then dlopen has to notice. */
#if defined(__x86_64__)
#define OUR_MACHINE EM_X86_64
#elif defined(__i386__)
#define OUR_MACHINE EM_386
#elif defined(__aarch64__)
#define OUR_MACHINE EM_AARCH64
#elif defined(__arm__)
#define OUR_MACHINE EM_ARM
#elif defined(__riscv)
#define OUR_MACHINE EM_RISCV
#elif defined(__powerpc64__)
#define OUR_MACHINE EM_PPC64
#elif defined(__s390__)
#define OUR_MACHINE EM_S390
#else
#define OUR_MACHINE EM_NONE
#endif

/* More program headers than any linker makes. */
#define HEADERS_MAX 1024

static pileus_code
truncated(const char *path, off_t size, uint64_t whole, pileus_error **err)
{
    return pil__error_set(err, PILEUS_DRIVER,
                          "%s is truncated, %jd of %" PRIu64
                          " bytes: install the driver again",
                          path, (intmax_t)size, whole);
}

static pileus_code
damaged(const char *path, pileus_error **err)
{
    return pil__error_set(
        err, PILEUS_DRIVER,
        "%s is damaged, its ELF header makes no sense: install the driver "
        "again",
        path);
}

static bool
read_at(int fd, void *data, size_t size, uint64_t at)
{
    return pread(fd, data, size, (off_t)at) == (ssize_t)size;
}

/* Is it for this kind of machine, and a shared object? */
static pileus_code
check_kind(const ElfW(Ehdr) * header, const char *path, pileus_error **err)
{
    if (header->e_ident[EI_CLASS] != OUR_CLASS ||
        header->e_ident[EI_DATA] != OUR_ORDER ||
        (OUR_MACHINE != EM_NONE && header->e_machine != OUR_MACHINE)) {
        return pil__error_set(err, PILEUS_DRIVER,
                              "%s was made for another kind of machine: "
                              "install the driver for this one",
                              path);
    }
    if (header->e_type != ET_DYN) {
        return pil__error_set(err, PILEUS_DRIVER,
                              "%s is an ELF file, but not a shared object: "
                              "install the driver again",
                              path);
    }
    return PILEUS_OK;
}

/* Where the last thing ends that the headers say is in the file: a segment, or
 * the table of sections, which linkers put last. 0 when they make no sense. */
static uint64_t
end_of_file(int fd, const ElfW(Ehdr) * header)
{
    uint64_t end = header->e_shoff;

    end += (uint64_t)header->e_shnum * header->e_shentsize;
    for (uint64_t i = 0; i < header->e_phnum; i++) {
        ElfW(Phdr) segment;
        uint64_t segment_end;

        if (!read_at(fd, &segment, sizeof segment,
                     header->e_phoff + i * sizeof segment)) {
            return 0;
        }
        if (segment.p_offset > INT64_MAX / 2 ||
            segment.p_filesz > INT64_MAX / 2) {
            return 0;
        }
        segment_end = (uint64_t)segment.p_offset + segment.p_filesz;
        end = segment_end > end ? segment_end : end;
    }
    return end;
}

pileus_code
pil__elf_check(int fd, off_t size, const char *path, pileus_error **err)
{
    ElfW(Ehdr) header;
    uint64_t headers_end;
    uint64_t end;
    pileus_code code;

    memset(&header, 0, sizeof header);
    if (size < SELFMAG || !read_at(fd, header.e_ident, SELFMAG, 0) ||
        memcmp(header.e_ident, ELFMAG, SELFMAG) != 0) {
        return pil__error_set(err, PILEUS_DRIVER,
                              "%s is not an ELF shared object: install the "
                              "driver again",
                              path);
    }
    if (size < (off_t)sizeof header) {
        return pil__error_set(err, PILEUS_DRIVER,
                              "%s is truncated within its header, at %jd "
                              "bytes: install the driver again",
                              path, (intmax_t)size);
    }
    if (!read_at(fd, &header, sizeof header, 0)) {
        return damaged(path, err);
    }
    code = check_kind(&header, path, err);
    if (code != PILEUS_OK) {
        return code;
    }
    if (header.e_phentsize != sizeof(ElfW(Phdr)) || header.e_phnum == 0 ||
        header.e_phnum > HEADERS_MAX || header.e_phoff > INT64_MAX / 2 ||
        header.e_shoff > INT64_MAX / 2) {
        return damaged(path, err);
    }
    headers_end = header.e_phoff + header.e_phnum * sizeof(ElfW(Phdr));
    if (headers_end > (uint64_t)size) {
        return truncated(path, size, headers_end, err);
    }
    end = end_of_file(fd, &header);
    if (end == 0) {
        return damaged(path, err);
    }
    return end > (uint64_t)size ? truncated(path, size, end, err) : PILEUS_OK;
}

#else

pileus_code
pil__elf_check(int fd, off_t size, const char *path, pileus_error **err)
{
    (void)fd;
    (void)size;
    (void)path;
    (void)err;
    return PILEUS_OK;
}

#endif

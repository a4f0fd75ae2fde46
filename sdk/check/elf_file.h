/* The dynamic part of a shared object's file, read without loading it. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SDK_CHECK_ELF_FILE_H
#define SDK_CHECK_ELF_FILE_H

#include <pileus/common.h>

typedef struct check_elf check_elf;

/* NULL: it cannot be read, and *problem says why. */
check_elf *check_elf_open(const char *path, const char **problem);
void check_elf_close(check_elf *elf);

/* Name of symbol i that it exports, or that it imports; NULL beyond the end. */
const char *check_elf_export(const check_elf *elf, size_t i);
const char *check_elf_import(const check_elf *elf, size_t i);
/* Name of library i that it is linked with; NULL beyond the end. */
const char *check_elf_needed(const check_elf *elf, size_t i);
/* Is all bound when it is loaded? Is code changed for that? */
bool check_elf_binds_now(const check_elf *elf);
bool check_elf_has_text_relocations(const check_elf *elf);

#endif

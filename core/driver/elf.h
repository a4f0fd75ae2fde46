/* A look at a module's file before the dynamic linker gets it. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PIL__DRIVER_ELF_H
#define PIL__DRIVER_ELF_H

#include <pileus/error.h>

#include <sys/types.h>

/* Is the file of this size, open at fd, a whole shared object for this kind of
 * machine? dlopen would tell less clearly, or be killed by SIGBUS when the
 * file ends too soon. Everything is good where there is no <elf.h>. */
pileus_code pil__elf_check(int fd, off_t size, const char *path,
                           pileus_error **err);

#endif

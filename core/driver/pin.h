/* Pinning where the fields of a struct are. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PIL__DRIVER_PIN_H
#define PIL__DRIVER_PIN_H

#include <stddef.h>
#include <stdint.h>

/* All offsets come to the same on machines with pointers of 4 and of 8 bytes,
 * told in the size of one; an int64_t may begin at 4 or at 8 on the former. */
#define P sizeof(void *)
struct alignment {
    char byte;
    uint64_t number;
};
#define WIDE(offset)                                                           \
    (((offset) + offsetof(struct alignment, number) - 1) /                     \
     offsetof(struct alignment, number) * offsetof(struct alignment, number))
#define AT(type, field, offset)                                                \
    _Static_assert(offsetof(type, field) == (offset),                          \
                   #type "." #field " has moved")

#endif

/* Memory for yajl, which does not expect to be refused any. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PIL__DATA_YAJL_MEMORY_H
#define PIL__DATA_YAJL_MEMORY_H

#include "core/base/arena.h"

#include <setjmp.h>
#include <yajl/yajl_common.h>

/* yajl uses what it allocates without looking at it. So when memory is out, or
 * it wants more in one piece than it may have, control leaves yajl for good, by
 * a jump to where out_of_memory was set; all that yajl had is in the arena, to
 * be freed without its help. */
struct pil__yajl_memory {
    pil__arena arena;
    size_t most; /* in one piece; 0: no limit */
    jmp_buf out_of_memory;
};

/* What the jump brings. */
enum { PIL__YAJL_NO_MEMORY = 1, PIL__YAJL_TOO_MUCH = 2 };

/* yajl's allocation functions; memory must outlive the handle, and its
 * out_of_memory be set whenever yajl runs. */
yajl_alloc_funcs pil__yajl_alloc_funcs(struct pil__yajl_memory *memory);

#endif

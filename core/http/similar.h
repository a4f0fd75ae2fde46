/* How much two bodies have in common. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PIL__HTTP_SIMILAR_H
#define PIL__HTTP_SIMILAR_H

#include <pileus/common.h>

/* 1: the same; 0: nothing, or memory ran out. Bodies of JSON and forms are
 * compared value by value, others word by word; what is "[secret]" in one of
 * them is left out. */
double pil__similar(const char *a, size_t a_size, const char *b, size_t b_size);

#endif

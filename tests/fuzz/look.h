/* Looking at all that an object tells. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PIL__TESTS_FUZZ_LOOK_H
#define PIL__TESTS_FUZZ_LOOK_H

#include "core/model/object.h"

/* See that every text of an object is one, and every value. Returns true. */
bool fuzz_look_at(const void *object);

#endif

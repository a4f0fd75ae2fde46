/* Making lists. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PIL__MODEL_LIST_H
#define PIL__MODEL_LIST_H

#include "core/model/object.h"

/* An empty list; NULL: no memory. */
pileus_list *pil__list_new(void);
/* Add an object, of which the list takes a reference of its own. */
bool pil__list_add(pileus_list *list, pil__object *object);
/* Entry i, of whatever kind; NULL beyond the end. */
pil__object *pil__list_at(const pileus_list *list, size_t i);

#endif

/* The inside of an object, for its neighbours in this folder. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PIL__MODEL_INSIDE_H
#define PIL__MODEL_INSIDE_H

#include "core/model/object.h"
#include "core/model/pack.h"
#include "core/model/rule.h"
#include "core/model/tree.h"

#include <stdatomic.h>

/* One fact; the rule of its number tells which member counts. */
struct pil__field {
    int32_t number;
    union {
        int64_t integer;
        double real;
        const char *string; /* NULL: taken back */
        pil__object *record;
        pileus_value *pairs; /* a dict */
    };
};

/* A list or dict of the extra that is being filled. */
struct pil__open {
    pileus_value *value;
    struct pil__open *outer;
    size_t depth;
};

struct pil__blob {
    size_t size;
    uint32_t format;
    uint8_t bytes[];
};

/* A state that was set after the building. None changes or goes before the
 * object does, so that readers need no lock. */
struct pil__state {
    int32_t state;
    char *word; /* NULL: none */
    struct pil__state *before;
};

/* Whether the extras of an object and of those in it are still a draft. */
enum { PIL__DRAFT, PIL__KEPT, PIL__LOST };

/* What an object and those nested in it have in common. It is all in the
 * arena, this struct too. */
struct pil__body {
    atomic_size_t references;
    pil__arena arena;
    pil__object *root;
    pil__arena *scratch;    /* of drafts */
    pil__arena own_scratch; /* when there is no other */
    atomic_int form;        /* of the extras */
    pileus_connection *conn;
    const char *type;
    size_t room;         /* what is left of PIL__OBJECT_MAX */
    const char *part;    /* of a failure: its field, and its problem, or NULL */
    const char *problem; /* when memory ran out */
    pileus_code failed;
};

struct pil__object {
    struct pil__object_head head;
    struct pil__body *body;
    pileus_kind kind;
    uint16_t field_count;
    uint16_t field_capacity;
    struct pil__field *fields;
    pileus_value draft;     /* the extra, in the scratch memory */
    struct pil__open *open; /* the innermost of it */
    pil__packed packed;     /* the extra, when it is kept */
    _Atomic(struct pil__unpacked *) unpacked; /* once it was read */
    const struct pil__blob *blob;
    _Atomic(struct pil__state *) state; /* NULL: as the fields say */
    _Atomic(char *) uuid;               /* made when first asked for */
    _Atomic(pil__object *) answer; /* what the driver said of it since, with an
                                      extra; NULL: nothing */
};

/* An object in the arena of another; NULL: no memory. */
pil__object *pil__object_new_nested(pil__object *outer, pileus_kind kind);

/* The first entry of a field; NULL when there is none. */
struct pil__field *pil__object_find(const pil__object *object, int32_t field);
/* One more entry at the end; NULL: no memory (marked). */
struct pil__field *pil__object_add(pil__object *object, int32_t field);

/* A limit as part of a message. */
#define PIL__TEXT_OF(number) PIL__TEXT_OF_(number)
#define PIL__TEXT_OF_(number) #number

/* Remember what went wrong first. */
void pil__object_mark(pil__object *object, const char *part,
                      const char *problem);
void pil__object_mark_no_memory(pil__object *object);
/* Free what was made of the extra, and the scratch memory of its own. (keep.c)
 */
void pil__object_free_extra(pil__object *object);
void pil__object_free_scratch(struct pil__body *body);

/* Reckoned for each thing kept, beside its bytes. */
#define PIL__OVERHEAD 64
/* Remember that an object takes too much. Returns false. */
bool pil__object_refuse(pil__object *object);
/* Take size bytes, and what keeping them costs, out of the room. False: there
 * is none left (marked). */
static inline bool
pil__object_charge(pil__object *object, size_t size)
{
    size_t *room = &object->body->room;

    if (*room < PIL__OVERHEAD || size > *room - PIL__OVERHEAD) {
        return pil__object_refuse(object);
    }
    *room -= size + PIL__OVERHEAD;
    return true;
}
/* Measure a string, mend it in the arena if it needs that, and charge for it.
 * False: it cannot be used (marked). */
bool pil__object_clean(pil__object *object, const char *part, const char **data,
                       size_t *length);

#endif

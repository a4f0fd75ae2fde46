/* Making values of JSON, as yajl's streaming parser comes upon them. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PIL__DATA_JSON_READER_H
#define PIL__DATA_JSON_READER_H

#include "core/base/name.h"
#include "core/data/yajl_memory.h"
#include "core/model/tree.h"

#include <pileus/error.h>

#include <yajl/yajl_parse.h>

/* What yajl's callbacks give when reading is to go on, or not. */
#define PIL__GO_ON 1
#define PIL__STOP 0

/* 64 keys each are told apart without a look at those that came before. */
#define PIL__SEEN_WORDS 4
/* Keys that are guessed. */
#define PIL__GUESS_BITS 11
#define PIL__GUESSES (1 << PIL__GUESS_BITS)

/* Levels around what is PILEUS_DEPTH_MAX levels deep, at most. */
#define PIL__WRAPPED_MAX 3

/* A depth at which nothing is. */
#define PIL__NO_DEPTH SIZE_MAX

typedef struct pil__reader pil__reader;

/* For who streams. Each returns PIL__GO_ON or PIL__STOP. */
struct pil__reader_hooks {
    /* A list or dict begins, or is over, at the reader's depth, its key being
     * the reader's. */
    int (*on_open)(pil__reader *reader, pileus_type type);
    int (*on_close)(pil__reader *reader);
    /* A value is the last on the stack. */
    int (*on_value)(pil__reader *reader);
};

/* Zeroed, with the members of the first part set, it is ready for
 * pil__reader_begin. */
struct pil__reader {
    bool strict;       /* a file of ours; else an answer of a provider */
    bool foreign;      /* of another format: events come, and no bytes */
    pil__arena *arena; /* of values */
    size_t wrapped;    /* levels that do not count, at most PIL__WRAPPED_MAX */
    size_t room;       /* what values may still take */
    const char *whose; /* of the room: "the document" */
    size_t room_whole; /* the room to begin with */
    const char *data;  /* the whole document, for telling lines, or NULL */
    size_t data_size;
    const struct pil__reader_hooks *hooks; /* or NULL */
    size_t hooked; /* the one depth at which hooks are called, or PIL__NO_DEPTH:
                      at each */

    struct pil__yajl_memory memory;
    yajl_handle yajl;
    size_t depth;
    struct pil__reader_open { /* lists and dicts, outermost first */
        const char *key;
        size_t first;                   /* of its entries, on the stack */
        uint64_t seen[PIL__SEEN_WORDS]; /* keys that came, each as a bit */
        uint16_t last; /* number of the key that came before, its own if any */
        pileus_type type;
        bool loose; /* it has keys that are not kept */
        bool twins; /* two of its keys are the same */
    } open[PILEUS_DEPTH_MAX + PIL__WRAPPED_MAX];
    struct pil__entry *stack; /* entries of all that are open */
    size_t count;
    size_t capacity;
    const char *key; /* of the value that comes next; NULL in a list */
    size_t consumed; /* bytes before those that are being read */
    pileus_error **err;
    pileus_code code; /* once it is not PILEUS_OK, nothing is read */
    uint16_t last;    /* number of the key that came last */
    /* Keys that came after it: the same come again. */
    const pil__name *guess[PIL__GUESSES];
    size_t events; /* how many came */
    /* All bytes that the texts which come now may be of are ASCII, and none is
     * a backslash, so that the texts are as they stand there, and clean. */
    bool plain;
    /* The same, without what is read now, of a text that has begun before. */
    bool plain_before;
    size_t quiet; /* bytes since the last event */
    char *held;   /* bytes that wait for more, for there is a long text */
    size_t held_size;
    size_t held_capacity;
};

/* Begin; PILEUS_OK, or no memory. The reader must be freed in both cases. */
pileus_code pil__reader_begin(pil__reader *reader, pileus_error **err);
void pil__reader_free(pil__reader *reader);

/* Read some bytes. */
pileus_code pil__reader_feed(pil__reader *reader, const char *data, size_t size,
                             pileus_error **err);
/* The document is over; its value, and the end of it is in *value. */
pileus_code pil__reader_end(pil__reader *reader, const pileus_value **value,
                            pileus_error **err);

/* What a parser comes upon, as yajl tells it: PIL__GO_ON or PIL__STOP. The
 * context is the reader. */
extern const yajl_callbacks pil__reader_events;

/* Refuse the document: what is wrong, and where. Returns PIL__STOP. */
int pil__reader_refuse(pil__reader *reader, const char *format, ...)
    PILEUS_PRINTF(2, 3);
int pil__reader_no_memory(pil__reader *reader);

#endif

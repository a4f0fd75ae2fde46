/* The wire: what core/http has a transport do, which pileus/http.so is. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PIL__HTTP_WIRE_H
#define PIL__HTTP_WIRE_H

/*
 * libcurl and all that it brings along take longer to load than most commands
 * run, and whoever only looks at drivers, or uses one that speaks no HTTP,
 * needs none of it. So this is a module of its own, which the core loads at the
 * first use. It is of the very version of the core, and installed with it.
 * Where no modules are built, it is a part of the core (LINKED_MODULES).
 *
 * A line is a set of connections that one thread uses at a time; on it run any
 * number of exchanges at once. Nothing here blocks but run, and nothing here
 * sends anything twice.
 */

#include <pileus/common.h>

#define PIL__WIRE_WORDS_MAX 256

typedef struct pil__wire pil__wire; /* the settings that its lines share */
typedef struct pil__line pil__line;

typedef struct pil__wire_settings {
    const char *user_agent;
    const char *ca_file;     /* NULL: the system's */
    const char *client_cert; /* NULL: none */
    const char *client_key;  /* NULL: in client_cert */
    const char *proxy;       /* NULL: by the environment; "": none */
    bool insecure;
} pil__wire_settings;

/* How an exchange came out. */
typedef enum pil__wire_end {
    PIL__WIRE_OK,          /* a whole answer, whatever its status */
    PIL__WIRE_UNREACHABLE, /* no connection */
    PIL__WIRE_PROXY,       /* the proxy leads nowhere */
    PIL__WIRE_PROXY_LOGIN, /* the proxy wants another user or password */
    PIL__WIRE_TLS,         /* no trust */
    PIL__WIRE_BROKEN,      /* the connection broke off */
    PIL__WIRE_NONSENSE,    /* what came is no HTTP, or not what it says */
    PIL__WIRE_SETTINGS,    /* a file or URL of the settings is unusable */
    PIL__WIRE_REFUSED,     /* a function below said no */
    PIL__WIRE_UNRECORDED,  /* a replay has no answer to it */
    PIL__WIRE_NO_MEMORY
} pil__wire_end;

/* What a function that takes a part of the body says. */
typedef enum pil__wire_verdict {
    PIL__WIRE_GO_ON,
    PIL__WIRE_PAUSE, /* it was not taken: bring it again after resume */
    PIL__WIRE_STOP
} pil__wire_verdict;

/* A request and what became of it. */
typedef struct pil__exchange {
    /* Filled by the core, and left alone until the exchange is stopped. */
    const char *method;
    const char *url;
    const char *const *headers; /* "Name: value"; NULL-terminated */
    const void *body;           /* NULL: none */
    uint64_t body_size;
    bool fresh; /* on a connection that nothing was sent on before */
    /* A line of a header, without its end; an empty one ends the header, and
     * another header may follow. False stops. */
    bool (*on_header)(void *user, const char *line, size_t size);
    pil__wire_verdict (*on_body)(void *user, const char *data, size_t size);
    void *user;

    /* Filled by the transport. */
    bool sent; /* some of it may have left */
    bool done;
    pil__wire_end end;               /* when done */
    long status;                     /* of the answer; 0: none yet */
    char words[PIL__WIRE_WORDS_MAX]; /* about what went wrong */

    void *inside; /* the transport's own; NULL: not under way */
} pil__exchange;

typedef struct pil__wire_api {
    const char *version; /* of pileus */
    /* NULL: no memory. */
    pil__wire *(*open)(const pil__wire_settings *settings);
    void (*close)(pil__wire *wire);
    pil__line *(*line_new)(pil__wire *wire);
    void (*line_free)(pil__line *line);
    /* Begin an exchange; false: no memory. */
    bool (*start)(pil__line *line, pil__exchange *exchange);
    /* End it, done or not. Nothing of the exchange is used after that. */
    void (*stop)(pil__line *line, pil__exchange *exchange);
    /* Have the body come again. */
    void (*resume)(pil__line *line, pil__exchange *exchange);
    /* Do what can be done now; if that is nothing, wait until something can be
     * or ms have passed. False: no memory. */
    bool (*run)(pil__line *line, int64_t ms);
    /* End that wait, from any thread. */
    void (*wake)(pil__line *line);
} pil__wire_api;

/* The one function of the module. NULL: libcurl cannot be initialised. */
#define PIL__WIRE_SYMBOL "pileus_http_wire"
typedef const pil__wire_api *(*pil__wire_entry)(void);
PILEUS_API const pil__wire_api *pileus_http_wire(void);

#endif

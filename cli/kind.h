/* What the kinds of objects have in common, made for one of them. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLI_KIND_H
#define CLI_KIND_H

#include "cli/column.h"

/*
 * The library's functions are typed, a cli_kind's are not: these stand between
 * them. NOUN is the kind in the library's names: CLI_KIND_COMMON(node) defines
 * get_name by pileus_node_name, and so on. A kind takes those that it has, and
 * writes the rest itself.
 */

/* CELL of a FACT. */
#define CLI_KIND_CELL(NOUN, FACT, CELL, GET)                                   \
    static cli_cell get_##FACT(const void *object)                             \
    {                                                                          \
        return CELL(pileus_##NOUN##_##GET(object));                            \
    }

/* A cell of a number that the provider may not have said: CELL takes whether
 * it did, and the number. */
#define CLI_KIND_NUMBER(NOUN, FACT, CELL, TYPE)                                \
    static cli_cell get_##FACT(const void *object)                             \
    {                                                                          \
        TYPE number = 0;                                                       \
        bool known = pileus_##NOUN##_##FACT(object, &number);                  \
                                                                               \
        return CELL(known, number);                                            \
    }

/* What every kind has. */
#define CLI_KIND_COMMON(NOUN)                                                  \
    CLI_KIND_CELL(NOUN, id, cli_cell_string, id)                               \
    CLI_KIND_CELL(NOUN, name, cli_cell_string, name)                           \
    CLI_KIND_CELL(NOUN, extra, cli_cell_value, extra)                          \
                                                                               \
    static cli_cell get_driver(const void *object)                             \
    {                                                                          \
        return cli_cell_string(                                                \
            pileus_connection_driver(pileus_##NOUN##_connection(object)));     \
    }                                                                          \
                                                                               \
    static cli_cell get_connection(const void *object)                         \
    {                                                                          \
        return cli_cell_string(                                                \
            pileus_connection_name(pileus_##NOUN##_connection(object)));       \
    }                                                                          \
                                                                               \
    static const char *name_of(const void *object)                             \
    {                                                                          \
        return pileus_##NOUN##_name(object);                                   \
    }                                                                          \
                                                                               \
    static const pileus_value *extra_of(const void *object)                    \
    {                                                                          \
        return pileus_##NOUN##_extra(object);                                  \
    }                                                                          \
                                                                               \
    static pileus_code save(pileus_text **saved, const void *object,           \
                            pileus_error **err)                                \
    {                                                                          \
        return pileus_##NOUN##_save(saved, object, err);                       \
    }                                                                          \
                                                                               \
    static bool pass(void *user, pileus_##NOUN *object)                        \
    {                                                                          \
        const cli_taker *to = user;                                            \
                                                                               \
        return to->take(to->user, object);                                     \
    }

/* Verbs take its id. */
#define CLI_KIND_ID(NOUN)                                                      \
    static const char *id_of(const void *object)                               \
    {                                                                          \
        return pileus_##NOUN##_id(object);                                     \
    }

/* It is listed without anything else being said. */
#define CLI_KIND_EACH(NOUN)                                                    \
    static pileus_code each(pileus_connection *conn,                           \
                            const pileus_query *query, cli_taker *to,          \
                            pileus_call *call, pileus_error **err)             \
    {                                                                          \
        return pileus_##NOUN##_each(conn, query, pass, to, call, err);         \
    }

/* One can be had alone, by its id. */
#define CLI_KIND_GET(NOUN)                                                     \
    static pileus_code get(void **object, pileus_connection *conn,             \
                           const char *id, pileus_call *call,                  \
                           pileus_error **err)                                 \
    {                                                                          \
        pileus_##NOUN *got = NULL;                                             \
        pileus_code code = pileus_##NOUN##_get(                                \
            &got, conn, id, PILEUS_NUL_TERMINATED, call, err);                 \
                                                                               \
        *object = got;                                                         \
        return code;                                                           \
    }

/* One can be kept. */
#define CLI_KIND_REF(NOUN)                                                     \
    static void *ref(const void *object)                                       \
    {                                                                          \
        return pileus_##NOUN##_ref((pileus_##NOUN *)object);                   \
    }                                                                          \
                                                                               \
    static void unref(const void *object)                                      \
    {                                                                          \
        pileus_##NOUN##_unref((pileus_##NOUN *)object);                        \
    }                                                                          \
                                                                               \
    static void *entry(const pileus_list *list, size_t i)                      \
    {                                                                          \
        return pileus_list_##NOUN(list, i);                                    \
    }

/* It holds data: volumes and snapshots. */
#define CLI_KIND_STORAGE(NOUN)                                                 \
    CLI_KIND_CELL(NOUN, provider_state, cli_cell_string, provider_state)       \
    CLI_KIND_NUMBER(NOUN, size, cli_cell_integer, int64_t)                     \
    CLI_KIND_NUMBER(NOUN, created_at, cli_cell_moment, int64_t)                \
                                                                               \
    static const char *state_of(const void *object)                            \
    {                                                                          \
        return pileus_storage_state_name(pileus_##NOUN##_state(object));       \
    }                                                                          \
                                                                               \
    static cli_cell get_state(const void *object)                              \
    {                                                                          \
        return cli_cell_string(state_of(object));                              \
    }

#endif

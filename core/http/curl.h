/* The inside of the module pileus/http.so. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PIL__HTTP_CURL_H
#define PIL__HTTP_CURL_H

#include "core/http/wire.h"

#include <curl/curl.h>

/* An exchange under way. */
struct transfer {
    pil__exchange *exchange;
    CURL *easy;
    struct curl_slist *headers;
    char words[CURL_ERROR_SIZE];
    bool header_over; /* the answer's header has arrived */
};

/* Copies of the settings; NULL: no memory. */
pil__wire *pil__curl_open(const pil__wire_settings *settings);
void pil__curl_close(pil__wire *wire);

/* Set the handle up for its exchange. False: no memory. */
bool pil__curl_set_up(struct transfer *transfer, const pil__wire *wire);

/* Fill in how the exchange came out. */
void pil__curl_finish(struct transfer *transfer, CURLcode result);

#endif

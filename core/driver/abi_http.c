/* The driver ABI of what most drivers use besides: data and HTTP. Pinned. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/driver/pin.h"

#include <pileus/http.h>

/* ---- ABI 1.0: data ---------------------------------------------------------
 */

AT(pileus_host_json, struct_size, 0);
AT(pileus_host_json, get, 8);
AT(pileus_host_json, type, 8 + P);
AT(pileus_host_json, count, 8 + 2 * P);
AT(pileus_host_json, at, 8 + 3 * P);
AT(pileus_host_json, string, 8 + 4 * P);
AT(pileus_host_json, text, 8 + 5 * P);
AT(pileus_host_json, integer, 8 + 6 * P);
AT(pileus_host_json, real, 8 + 7 * P);
AT(pileus_host_json, boolean, 8 + 8 * P);
AT(pileus_host_json, time, 8 + 9 * P);
AT(pileus_host_json, need_text, 8 + 10 * P);
AT(pileus_host_json, need_integer, 8 + 11 * P);
AT(pileus_host_json, parse, 8 + 12 * P);
AT(pileus_host_json, free, 8 + 13 * P);
AT(pileus_host_json, to_extra, 8 + 14 * P);
AT(pileus_host_json, stream_new, 8 + 15 * P);
AT(pileus_host_json, stream_feed, 8 + 16 * P);
AT(pileus_host_json, stream_end, 8 + 17 * P);
AT(pileus_host_json, stream_free, 8 + 18 * P);

AT(pileus_host_format, struct_size, 0);
AT(pileus_host_format, open, 8);
AT(pileus_host_format, close, 8 + P);
AT(pileus_host_format, key, 8 + 2 * P);
AT(pileus_host_format, string, 8 + 3 * P);
AT(pileus_host_format, integer, 8 + 4 * P);
AT(pileus_host_format, real, 8 + 5 * P);
AT(pileus_host_format, boolean, 8 + 6 * P);
AT(pileus_host_format, null, 8 + 7 * P);

AT(pileus_host_writer, struct_size, 0);
AT(pileus_host_writer, begin, 8);
AT(pileus_host_writer, string, 8 + P);
AT(pileus_host_writer, integer, 8 + 2 * P);
AT(pileus_host_writer, real, 8 + 3 * P);
AT(pileus_host_writer, boolean, 8 + 4 * P);
AT(pileus_host_writer, null, 8 + 5 * P);
AT(pileus_host_writer, open, 8 + 6 * P);
AT(pileus_host_writer, close, 8 + 7 * P);
AT(pileus_host_writer, end, 8 + 8 * P);
AT(pileus_host_writer, free, 8 + 9 * P);

AT(pileus_format, struct_size, 0);
AT(pileus_format, name, 8);
AT(pileus_format, accept, 8 + P);
AT(pileus_format, begin, 8 + 2 * P);
AT(pileus_format, feed, 8 + 3 * P);
AT(pileus_format, end, 8 + 4 * P);
AT(pileus_format, free, 8 + 5 * P);

/* ---- ABI 1.0: HTTP ---------------------------------------------------------
 */

AT(pileus_host_http, struct_size, 0);
AT(pileus_host_http, create, 8);
AT(pileus_host_http, destroy, 8 + P);
AT(pileus_host_http, endpoint, 8 + 2 * P);
AT(pileus_host_http, secret, 8 + 3 * P);
AT(pileus_host_http, send, 8 + 4 * P);
AT(pileus_host_http, list, 8 + 5 * P);
AT(pileus_host_http, response_free, 8 + 6 * P);
AT(pileus_host_http, response_status, 8 + 7 * P);
AT(pileus_host_http, response_header, 8 + 8 * P);
AT(pileus_host_http, response_body, 8 + 9 * P);
AT(pileus_host_http, response_json, 8 + 10 * P);
AT(pileus_host_http, attempt_method, 8 + 11 * P);
AT(pileus_host_http, attempt_path, 8 + 12 * P);
AT(pileus_host_http, attempt_query_at, 8 + 13 * P);
AT(pileus_host_http, attempt_body, 8 + 14 * P);
AT(pileus_host_http, attempt_set_header, 8 + 15 * P);
AT(pileus_host_http, attempt_add_query, 8 + 16 * P);
AT(pileus_host_http, set_bearer, 8 + 17 * P);
AT(pileus_host_http, create_at, 8 + 18 * P);

AT(pileus_request, struct_size, 0);
AT(pileus_request, flags, 8);
AT(pileus_request, method, 16);
AT(pileus_request, path, 16 + P);
AT(pileus_request, query_count, 16 + 2 * P);
AT(pileus_request, query, 24 + 2 * P);
AT(pileus_request, header_count, WIDE(24 + 3 * P));
AT(pileus_request, headers, WIDE(24 + 3 * P) + 8);
AT(pileus_request, body, WIDE(24 + 3 * P) + 8 + P);
AT(pileus_request, body_size, WIDE(24 + 3 * P) + 8 + 2 * P);
AT(pileus_request, content_type, WIDE(24 + 3 * P) + 16 + 2 * P);

AT(pileus_http_hooks, struct_size, 0);
AT(pileus_http_hooks, user, 8);
AT(pileus_http_hooks, sign, 8 + P);
AT(pileus_http_hooks, explain, 8 + 2 * P);
AT(pileus_http_hooks, look_at_all, 8 + 3 * P);
AT(pileus_http_hooks, direct, 12 + 3 * P);
AT(pileus_http_hooks, format, 16 + 3 * P);
AT(pileus_http_hooks, timeout_ms, 16 + 4 * P);
AT(pileus_http_hooks, tries, 24 + 4 * P);

AT(pileus_pages, struct_size, 0);
AT(pileus_pages, kind, 8);
AT(pileus_pages, reserved, 12);
AT(pileus_pages, items, 16);
AT(pileus_pages, page, 16 + P);
AT(pileus_pages, first, 16 + 2 * P);
AT(pileus_pages, limit, 24 + 2 * P);
AT(pileus_pages, size, WIDE(24 + 3 * P));
AT(pileus_pages, next, WIDE(24 + 3 * P) + 8);
AT(pileus_pages, total, WIDE(24 + 3 * P) + 8 + P);
AT(pileus_pages, marker, WIDE(24 + 3 * P) + 8 + 2 * P);

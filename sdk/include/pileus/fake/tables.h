/* The tables of a fake host. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PILEUS_FAKE_TABLES_H
#define PILEUS_FAKE_TABLES_H

/* Part of fake_host.h. */

#include <pileus/fake/call.h>
#include <pileus/fake/http.h>
#include <pileus/fake/missing.h>
#include <pileus/fake/read.h>
#include <pileus/fake/record.h>
#include <pileus/fake/write.h>

/* ---- the host
 * --------------------------------------------------------------------- */

static inline const pileus_host *
pileus_fake_host(void)
{
    static const pileus_host_call call = {
        sizeof call,           pileus_fake_log_line,   pileus_fake_fail,
        pileus_fake_check,     pileus_fake_wait,       pileus_fake_remaining,
        pileus_fake_now,       pileus_fake_progress,   pileus_fake_take_made,
        pileus_fake_on_cancel, pileus_fake_is_private,
    };
    static const pileus_host_setting setting = {
        sizeof setting,
        pileus_fake_get_setting,
        pileus_fake_get_integer_setting,
        pileus_fake_get_boolean_setting,
        pileus_fake_get_source,
        pileus_fake_provide,
    };
    static const pileus_host_record record = {
        sizeof record,          pileus_fake_begin,       pileus_fake_nest,
        pileus_fake_set_string, pileus_fake_set_integer, pileus_fake_set_double,
        pileus_fake_add_pair,   pileus_fake_set_blob,    pileus_fake_put,
        pileus_fake_drop,
    };
    static const pileus_host_extra extra = {
        sizeof extra,
        pileus_fake_extra_null,
        pileus_fake_extra_boolean,
        pileus_fake_extra_integer,
        pileus_fake_extra_real,
        pileus_fake_extra_string,
        pileus_fake_extra_open,
        pileus_fake_extra_close,
    };
    static const pileus_host_object object = {
        sizeof object,
        pileus_fake_object_string,
        pileus_fake_object_integer,
        pileus_fake_object_blob,
    };
    static const pileus_host_json json = {
        sizeof json,
        pileus_fake_get,
        pileus_fake_type,
        pileus_fake_json_count,
        pileus_fake_json_at,
        pileus_fake_json_string,
        pileus_fake_json_any_text,
        pileus_fake_json_integer,
        pileus_fake_json_real,
        pileus_fake_json_boolean,
        pileus_fake_json_time,
        pileus_fake_need_text,
        pileus_fake_need_integer,
        pileus_fake_parse,
        pileus_fake_json_free,
        pileus_fake_to_extra,
        pileus_fake_no_json_stream_new,
        pileus_fake_no_json_stream_feed,
        pileus_fake_no_json_stream_end,
        pileus_fake_no_json_stream_free,
    };
    static const pileus_host_writer writer = {
        sizeof writer,
        pileus_fake_write_begin,
        pileus_fake_write_string,
        pileus_fake_write_integer,
        pileus_fake_write_real,
        pileus_fake_write_boolean,
        pileus_fake_write_null,
        pileus_fake_write_open,
        pileus_fake_write_close,
        pileus_fake_write_end,
        pileus_fake_write_free,
    };
    static const pileus_host_digest digest = {
        sizeof digest,
        pileus_fake_no_digest_hash,
        pileus_fake_no_digest_hmac,
        pileus_fake_no_digest_rsa_sign,
        pileus_fake_no_digest_hex,
        pileus_fake_no_digest_base64,
        pileus_fake_no_digest_equal,
        pileus_fake_no_digest_wipe,
        pileus_fake_no_digest_release,
        pileus_fake_no_digest_ssh_fingerprint,
        pileus_fake_no_digest_unbase64,
    };
    static const pileus_host_http http = {
        sizeof http,
        pileus_fake_http_create,
        pileus_fake_http_destroy,
        pileus_fake_http_endpoint,
        pileus_fake_http_secret,
        pileus_fake_send,
        pileus_fake_list,
        pileus_fake_response_free,
        pileus_fake_response_status,
        pileus_fake_response_header,
        pileus_fake_response_body,
        pileus_fake_response_json,
        pileus_fake_attempt_method,
        pileus_fake_attempt_path,
        pileus_fake_attempt_query_at,
        pileus_fake_attempt_body,
        pileus_fake_attempt_set_header,
        pileus_fake_attempt_add_query,
        pileus_fake_http_bearer,
        pileus_fake_http_at,
    };
    static const pileus_host_format format = {
        sizeof format,
        pileus_fake_no_format_open,
        pileus_fake_no_format_close,
        pileus_fake_no_format_key,
        pileus_fake_no_format_string,
        pileus_fake_no_format_integer,
        pileus_fake_no_format_real,
        pileus_fake_no_format_boolean,
        pileus_fake_no_format_null,
    };
    static const pileus_host_text text = {
        sizeof text,
        pileus_fake_no_text_add,
        pileus_fake_no_text_begin,
        pileus_fake_no_text_encode,
        pileus_fake_no_text_end,
        pileus_fake_no_text_drop,
    };
    static const pileus_host_file file = {
        sizeof file,
        pileus_fake_no_file_read,
        pileus_fake_no_file_path,
        pileus_fake_no_file_data,
        pileus_fake_no_file_is_exposed,
        pileus_fake_no_file_free,
    };
    static const pileus_host_lease lease = {
        sizeof lease,
        pileus_fake_no_lease_create,
        pileus_fake_no_lease_destroy,
        pileus_fake_no_lease_give,
        pileus_fake_no_lease_take,
        pileus_fake_no_lease_put_back,
        pileus_fake_no_lease_refused,
    };
    static const pileus_host host = {
        .struct_size = sizeof host,
        .abi_major = PILEUS_ABI_MAJOR,
        .abi_minor = PILEUS_ABI_MINOR,
        .version = "fake",
        .call = &call,
        .setting = &setting,
        .record = &record,
        .extra = &extra,
        .object = &object,
        .json = &json,
        .writer = &writer,
        .digest = &digest,
        .http = &http,
        .format = &format,
        .text = &text,
        .file = &file,
        .lease = &lease,
    };

    return &host;
}

#endif

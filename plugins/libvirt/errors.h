/* Failures: what libvirt says, turned into what pileus says. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LV_ERRORS_H
#define LV_ERRORS_H

#include <pileus/driver.h>

#include <libvirt/libvirt.h>
#include <libvirt/virterror.h>

/* A failure that waits to be reported: libvirt's errors belong to the thread
 * on which they happened, and reports to the thread of the call. Zeroed, it is
 * none. */
typedef struct lv_failure {
    int32_t code;           /* a pileus_code; PILEUS_OK: no failure */
    bool may_have_happened; /* the thing may have been done all the same */
    bool is_libvirts;       /* the code's usual advice is still to be added */
    int number;             /* virErrorNumber; 0: none */
    char *words;            /* libvirt's; NULL: none */
    char message[PILEUS_MESSAGE_MAX / 4];
} lv_failure;

/* The failure "cannot DO SOMETHING", from libvirt's last error on this thread,
 * which each call to libvirt forgets, even one that only asks for a name, so
 * there must be none in between. Like the next one it replaces an earlier
 * failure; both return false, so that a step can say "return lv_failed(…)". */
bool lv_failed(lv_failure *failure, const char *format, ...)
    PILEUS_PRINTF(2, 3);
/* A failure of the driver's own finding. */
bool lv_refuse(lv_failure *failure, pileus_code code, const char *format, ...)
    PILEUS_PRINTF(3, 4);
bool lv_no_memory(lv_failure *failure);
/* Say better what failed than libvirt's number does; its words stay. */
void lv_failure_explain(lv_failure *failure, pileus_code code,
                        const char *format, ...) PILEUS_PRINTF(3, 4);
/* Something more at the end of the message. */
void lv_failure_add(lv_failure *failure, const char *format, ...)
    PILEUS_PRINTF(2, 3);
void lv_failure_clear(lv_failure *failure);

/* Report it, and return its code. */
int32_t lv_failure_report(pileus_call *call, const lv_failure *failure);

/* Number of libvirt's last error on this thread; 0 if there is none. */
int lv_last_number(void);
/* Does it say that there is no such function or argument here? */
bool lv_last_is_unsupported(void);

/* The code of an error of libvirt's, and the name of its number, such as
 * "VIR_ERR_NO_DOMAIN"; NULL for a number not known here. */
pileus_code lv_code(const virError *error);
const char *lv_number_name(int number);

#endif

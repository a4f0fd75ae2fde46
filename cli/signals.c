/* Ctrl-C: the first one cancels what is under way, the second one kills. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "cli/signals.h"

#include "cli/memory.h"

#include <pthread.h>
#include <signal.h>
#include <stdlib.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pileus_call **calls;
static size_t call_count;
static size_t call_capacity;
static int caught;

static pthread_t watcher;
static sigset_t watched;
static bool started;
static bool stopping;

/* Let the signal do what it does to a process that has no use for it. */
static void
die_of(int number)
{
    sigset_t set;

    (void)sigemptyset(&set);
    (void)sigaddset(&set, number);
    (void)signal(number, SIG_DFL);
    (void)pthread_sigmask(SIG_UNBLOCK, &set, NULL);
    (void)raise(number);
}

static void
handle(int number)
{
    bool fatal;

    (void)pthread_mutex_lock(&lock);
    fatal = caught != 0 || call_count == 0;
    caught = caught != 0 ? caught : number;
    for (size_t i = 0; i < call_count; i++) {
        pileus_call_cancel(calls[i]);
    }
    (void)pthread_mutex_unlock(&lock);
    if (fatal) {
        die_of(number);
    }
}

static bool
is_stopping(void)
{
    bool is;

    (void)pthread_mutex_lock(&lock);
    is = stopping;
    (void)pthread_mutex_unlock(&lock);
    return is;
}

static void *
watch(void *unused)
{
    int number;

    while (sigwait(&watched, &number) == 0 && !is_stopping()) {
        handle(number);
    }
    return unused;
}

/* What the parent had us ignore (nohup, a shell's background job) stays
 * ignored. */
static void
add_unless_ignored(int number)
{
    struct sigaction action;

    if (sigaction(number, NULL, &action) == 0 && action.sa_handler != SIG_IGN) {
        (void)sigaddset(&watched, number);
    }
}

void
cli_signals_start(void)
{
    (void)sigemptyset(&watched);
    (void)sigaddset(&watched, SIGTERM);
    add_unless_ignored(SIGINT);
    add_unless_ignored(SIGHUP);
    (void)pthread_sigmask(SIG_BLOCK, &watched, NULL);
    started = pthread_create(&watcher, NULL, watch, NULL) == 0;
    if (!started) { /* then they end the process, as they would any */
        (void)pthread_sigmask(SIG_UNBLOCK, &watched, NULL);
    }
}

void
cli_signals_stop(void)
{
    if (!started) {
        return;
    }
    (void)pthread_mutex_lock(&lock);
    stopping = true;
    (void)pthread_mutex_unlock(&lock);
    (void)pthread_kill(watcher, SIGTERM);
    (void)pthread_join(watcher, NULL);
    started = false;
    free(calls);
    calls = NULL;
    call_capacity = 0;
}

void
cli_signals_watch(pileus_call *call)
{
    (void)pthread_mutex_lock(&lock);
    calls = cli_grow(calls, &call_capacity, call_count, sizeof calls[0]);
    calls[call_count] = call;
    call_count++;
    if (caught != 0) {
        pileus_call_cancel(call);
    }
    (void)pthread_mutex_unlock(&lock);
}

void
cli_signals_forget(pileus_call *call)
{
    (void)pthread_mutex_lock(&lock);
    for (size_t i = 0; i < call_count; i++) {
        if (calls[i] == call) {
            call_count--;
            calls[i] = calls[call_count];
            break;
        }
    }
    (void)pthread_mutex_unlock(&lock);
}

int
cli_signals_caught(void)
{
    int number;

    (void)pthread_mutex_lock(&lock);
    number = caught;
    (void)pthread_mutex_unlock(&lock);
    return number;
}

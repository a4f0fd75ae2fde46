/* The replay server of libcloud's exchanges, for suites. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/peer/replay.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#define PATH_SIZE 4096

struct replay {
    char directory[32];
    char url[64];
    int port;
    pid_t child;
    FILE *output;
};

/* ---- files --------------------------------------------------------------- */

static const char *
peer_directory(void)
{
    const char *directory = getenv("PILEUS_PEER_DIR");

    return directory == NULL ? SRCDIR "/../shared/peer" : directory;
}

/* All that there is to read, NUL-terminated, to be freed. */
static char *
read_all(FILE *in)
{
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    char buffer[8192];
    size_t got;

    assert_non_null(out);
    while ((got = fread(buffer, 1, sizeof buffer, in)) > 0) {
        assert_int_equal(fwrite(buffer, 1, got, out), got);
    }
    assert_int_equal(fclose(out), 0);
    return text;
}

char *
replay_read(const char *name, const char *file)
{
    char path[PATH_SIZE];
    char *text;
    FILE *in;

    (void)snprintf(path, sizeof path, "%s/libcloud/%s/%s", peer_directory(),
                   name, file);
    in = fopen(path, "rb");
    if (in == NULL) {
        print_message("skipped: %s is not there; PILEUS_PEER_DIR names its "
                      "directory\n",
                      path);
        return NULL;
    }
    text = read_all(in);
    (void)fclose(in);
    return text;
}

static void
file_in(char path[PATH_SIZE], const replay *server, const char *name)
{
    (void)snprintf(path, PATH_SIZE, "%s/%s", server->directory, name);
}

static void
write_file(const replay *server, const char *name, const char *text,
           const char *more)
{
    char path[PATH_SIZE];
    FILE *out;

    file_in(path, server, name);
    out = fopen(path, "wb");
    assert_non_null(out);
    assert_true(fputs(text, out) >= 0);
    assert_true(more == NULL || fputs(more, out) >= 0);
    assert_int_equal(fclose(out), 0);
}

/* ---- the server ---------------------------------------------------------- */

/* In the child: the server, which ends with the suite, however that ends. */
static void
become_server(const replay *server, int output)
{
    char script[PATH_SIZE];

    (void)snprintf(script, sizeof script, "%s/replay.py", peer_directory());
#ifdef __linux__
    (void)prctl(PR_SET_PDEATHSIG, SIGTERM);
#endif
    if (dup2(output, STDOUT_FILENO) >= 0) {
        (void)execlp("python3", "python3", script, server->directory, "--quiet",
                     (char *)NULL);
    }
    _exit(127);
}

/* Start it; its port is its first line. False: there is no python3. */
static bool
launch(replay *server)
{
    char line[64] = "";
    int ends[2];

    assert_int_equal(pipe(ends), 0);
    server->child = fork();
    assert_true(server->child >= 0);
    if (server->child == 0) {
        (void)close(ends[0]);
        become_server(server, ends[1]);
    }
    (void)close(ends[1]);
    server->output = fdopen(ends[0], "r");
    assert_non_null(server->output);
    if (fgets(line, sizeof line, server->output) == NULL) {
        return false;
    }
    server->port = (int)strtol(line, NULL, 10);
    (void)snprintf(server->url, sizeof server->url, "http://127.0.0.1:%d",
                   server->port);
    return server->port > 0;
}

replay *
replay_start(const char *name, const char *more, const char *match)
{
    char *exchanges = replay_read(name, "exchanges.jsonl");
    replay *server;

    if (exchanges == NULL) {
        return NULL;
    }
    server = calloc(1, sizeof *server);
    assert_non_null(server);
    (void)snprintf(server->directory, sizeof server->directory,
                   "replay-XXXXXX");
    assert_non_null(mkdtemp(server->directory));
    write_file(server, "exchanges.jsonl", exchanges, more);
    write_file(server, "match.json", match == NULL ? "{}" : match, NULL);
    free(exchanges);
    if (!launch(server)) {
        print_message("skipped: python3 cannot run the replay server\n");
        replay_stop(server);
        return NULL;
    }
    return server;
}

const char *
replay_url(const replay *server)
{
    return server->url;
}

void
replay_stop(replay *server)
{
    static const char *const files[] = {"exchanges.jsonl", "match.json"};
    char path[PATH_SIZE];
    int status = 0;

    if (server->child > 0) {
        (void)kill(server->child, SIGTERM);
        (void)waitpid(server->child, &status, 0);
    }
    (void)fclose(server->output);
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        file_in(path, server, files[i]);
        (void)unlink(path);
    }
    (void)rmdir(server->directory);
    free(server);
}

/* ---- talking to it ------------------------------------------------------- */

/* The body of what it answers to GET /__replay__/WHAT, to be freed. */
static char *
control(const replay *server, const char *what)
{
    struct sockaddr_in address = {
        .sin_family = AF_INET,
        .sin_port = htons((uint16_t)server->port),
        .sin_addr = {htonl(INADDR_LOOPBACK)},
    };
    int line = socket(AF_INET, SOCK_STREAM, 0);
    FILE *stream;
    char *answer;
    char *body;

    assert_true(line >= 0);
    assert_int_equal(
        connect(line, (const struct sockaddr *)&address, sizeof address), 0);
    stream = fdopen(line, "r+");
    assert_non_null(stream);
    assert_true(fprintf(stream,
                        "GET /__replay__/%s HTTP/1.1\r\nHost: replay\r\n"
                        "Connection: close\r\n\r\n",
                        what) > 0);
    assert_int_equal(fflush(stream), 0);
    answer = read_all(stream);
    (void)fclose(stream);
    body = strstr(answer, "\r\n\r\n");
    assert_non_null(body);
    body = strdup(body + 4);
    free(answer);
    return body;
}

void
replay_scenario(replay *server, const char *scenario)
{
    char what[256];

    (void)snprintf(what, sizeof what, "scenario/%s", scenario);
    free(control(server, what));
}

yajl_val
replay_summary(replay *server)
{
    char wrong[256] = "";
    char *text = control(server, "summary");
    yajl_val summary = yajl_tree_parse(text, wrong, sizeof wrong);

    if (summary == NULL) {
        fail_msg("the replay server's summary: %s: %s", wrong, text);
    }
    free(text);
    return summary;
}

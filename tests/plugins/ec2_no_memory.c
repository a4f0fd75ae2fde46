/* Memory that runs out in the EC2 driver, and in expat under it: each
 * allocation of each call fails once. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/plugins/ec2_support.h"
#include "tests/support/stand_in.h"

#include <dlfcn.h>
#include <link.h>

#ifdef STAND_IN

#define LIVE_MAX 4096

/* ---- whose memory it is ---------------------------------------------------
 */

static struct {
    uintptr_t begin;
    uintptr_t end;
} code[2]; /* of the driver and of expat */

static _Thread_local bool armed;
static long left;   /* allocations until one fails */
static long failed; /* how many did */
static void *live[LIVE_MAX];

static int
note_code(struct dl_phdr_info *info, size_t size, void *user)
{
    const char *slash = strrchr(info->dlpi_name, '/');
    const char *name = slash == NULL ? info->dlpi_name : slash + 1;
    size_t at = strcmp(name, "ec2.so") == 0             ? 0
                : strncmp(name, "libexpat.so", 11) == 0 ? 1
                                                        : 2;

    (void)size;
    (void)user;
    for (int i = 0; at < 2 && i < info->dlpi_phnum; i++) {
        const ElfW(Phdr) *part = &info->dlpi_phdr[i];

        if (part->p_type == PT_LOAD && (part->p_flags & PF_X) != 0) {
            code[at].begin = info->dlpi_addr + part->p_vaddr;
            code[at].end = code[at].begin + part->p_memsz;
        }
    }
    return 0;
}

static bool
is_theirs(const void *caller)
{
    uintptr_t at = (uintptr_t)caller;

    return armed && ((at >= code[0].begin && at < code[0].end) ||
                     (at >= code[1].begin && at < code[1].end));
}

static bool
stand_in_allows(const void *caller)
{
    if (!is_theirs(caller) || left-- != 0) {
        return true;
    }
    failed++;
    return false;
}

static void
stand_in_made(void *memory, const void *caller)
{
    size_t i = 0;

    if (!is_theirs(caller)) {
        return;
    }
    while (i < LIVE_MAX && live[i] != NULL) {
        i++;
    }
    assert_true(i < LIVE_MAX);
    live[i] = memory;
}

static void
stand_in_freed(void *memory)
{
    for (size_t i = 0; armed && i < LIVE_MAX; i++) {
        if (live[i] == memory) {
            live[i] = NULL;
        }
    }
}

/* Its memory is asked for inside of the C library, too. */
PILEUS_API FILE *
open_memstream(char **data, size_t *size)
{
    FILE *(*real)(char **data, size_t *size) = NULL;
    void *found = dlsym(RTLD_NEXT, "open_memstream");

    memcpy(&real, &found, sizeof real);
    return stand_in_may(STAND_IN_CALLER) ? real(data, size) : NULL;
}

/* ---- calls ----------------------------------------------------------------
 */

typedef struct things {
    ec2_mock *mock;
    pileus_connection *conn;
    pileus_node *node;
    pileus_volume *volume;
    pileus_address *address;
    pileus_node_spec *spec;
} things;

typedef pileus_code (*call_fn)(const things *with, pileus_error **err);

static pileus_code
open_again(const things *with, pileus_error **err)
{
    pileus_connection *conn = NULL;
    pileus_options *options = NULL;
    pileus_code result = pileus_options_new(&options, err);

    if (result == PILEUS_OK) {
        result = pileus_options_set(options, "endpoint",
                                    server_url(with->mock->web), err);
    }
    if (result == PILEUS_OK) {
        result = pileus_options_set(options, "region", MOCK_REGION, err);
    }
    if (result == PILEUS_OK) {
        result = pileus_options_set(options, "key", MOCK_KEY, err);
    }
    if (result == PILEUS_OK) {
        result = pileus_options_set(options, "secret", MOCK_SECRET, err);
    }
    if (result == PILEUS_OK) {
        result = pileus_connection_open(&conn, NULL, "ec2", options, NULL, err);
    }
    pileus_options_free(options);
    pileus_connection_unref(conn);
    return result;
}

#define LISTING(noun)                                                          \
    static pileus_code list_##noun(const things *with, pileus_error **err)     \
    {                                                                          \
        pileus_list *list = NULL;                                              \
        pileus_code result =                                                   \
            pileus_##noun##_list(&list, with->conn, NULL, NULL, err);          \
                                                                               \
        pileus_list_free(list);                                                \
        return result;                                                         \
    }

LISTING(node)
LISTING(size)
LISTING(image)
LISTING(location)
LISTING(volume)
LISTING(key_pair)
LISTING(address)

static pileus_code
create(const things *with, pileus_error **err)
{
    pileus_node *node = NULL;
    pileus_code result =
        pileus_node_create(&node, with->conn, with->spec, NULL, err);

    pileus_node_unref(node);
    return result;
}

static pileus_code
get(const things *with, pileus_error **err)
{
    pileus_node *node = NULL;
    pileus_code result = pileus_node_get(&node, with->conn, "i-0",
                                         PILEUS_NUL_TERMINATED, NULL, err);

    pileus_node_unref(node);
    return result;
}

static pileus_code
stop(const things *with, pileus_error **err)
{
    return pileus_node_stop(with->node, 0, NULL, err);
}

static pileus_code
read_console(const things *with, pileus_error **err)
{
    pileus_text *log = NULL;
    pileus_code result =
        pileus_node_console_log(&log, with->node, 0, NULL, err);

    pileus_text_free(log);
    return result;
}

static pileus_code
import_key(const things *with, pileus_error **err)
{
    pileus_key_pair *pair = NULL;
    pileus_code result =
        pileus_key_pair_import(&pair, with->conn, "mine",
                               "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAAA"
                               "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                               NULL, err);

    pileus_key_pair_unref(pair);
    return result;
}

static pileus_code
snapshot(const things *with, pileus_error **err)
{
    pileus_snapshot *made = NULL;
    pileus_code result =
        pileus_snapshot_create(&made, with->volume, "then", NULL, err);

    pileus_snapshot_unref(made);
    return result;
}

static pileus_code
save_image(const things *with, pileus_error **err)
{
    pileus_image *image = NULL;
    pileus_code result =
        pileus_image_create(&image, with->node, "n", NULL, NULL, err);

    pileus_image_unref(image);
    return result;
}

static pileus_code
attach_address(const things *with, pileus_error **err)
{
    return pileus_address_attach(with->address, with->node, NULL, err);
}

static pileus_code
set_tags(const things *with, pileus_error **err)
{
    return pileus_node_set_tags(with->node, &(pileus_pair){"a", "b"}, 1, NULL,
                                err);
}

static const struct {
    const char *name;
    call_fn call;
} calls[] = {
    {"open", open_again},
    {"list nodes", list_node},
    {"list sizes", list_size},
    {"list images", list_image},
    {"list locations", list_location},
    {"list volumes", list_volume},
    {"list key pairs", list_key_pair},
    {"list addresses", list_address},
    {"create node", create},
    {"get node", get},
    {"stop node", stop},
    {"console", read_console},
    {"import key pair", import_key},
    {"create snapshot", snapshot},
    {"create image", save_image},
    {"attach address", attach_address},
    {"set tags", set_tags},
};

/* ---- failing --------------------------------------------------------------
 */

/* Once with the allocation n failing. False: there are not so many. */
static bool
fail_once(const things *with, size_t at, long n)
{
    pileus_error *err = NULL;
    pileus_code result;

    left = n;
    failed = 0;
    memset(live, 0, sizeof live);
    armed = true;
    result = calls[at].call(with, &err);
    pileus_error_free(err);
    armed = false;
    if (result != (failed > 0 ? PILEUS_NO_MEMORY : PILEUS_OK)) {
        print_error("%s, allocation %ld: %s\n", calls[at].name, n,
                    pileus_code_name(result));
    }
    assert_int_equal(result, failed > 0 ? PILEUS_NO_MEMORY : PILEUS_OK);
    for (size_t i = 0; i < LIVE_MAX; i++) {
        if (live[i] != NULL) {
            print_error("%s, allocation %ld: some stay\n", calls[at].name, n);
        }
        assert_null(live[i]);
    }
    return failed > 0;
}

static pileus_node_spec *
everything(void)
{
    static const char *const options[][2] = {
        {"groups", "sg-1,sg-2"},
        {"devices", "/dev/sda1=20:gp3,/dev/sdb=none"},
        {"iam-profile", "mine"}};
    pileus_node_spec *spec = NULL;
    pileus_error *err = NULL;

    expect_ok(pileus_node_spec_new(&spec, &err), err);
    expect_ok(pileus_node_spec_set_name(spec, "web", &err), err);
    expect_ok(pileus_node_spec_set_size(spec, "t3.micro", &err), err);
    expect_ok(pileus_node_spec_set_image(spec, "ami-7", &err), err);
    expect_ok(pileus_node_spec_set_token(spec, "once", &err), err);
    expect_ok(pileus_node_spec_set_user_data(spec, "#!", 2, &err), err);
    for (size_t i = 0; i < sizeof options / sizeof options[0]; i++) {
        expect_ok(pileus_node_spec_set_option(spec, options[i][0],
                                              options[i][1], &err),
                  err);
    }
    return spec;
}

static void
begin(things *with)
{
    pileus_error *err = NULL;

    with->mock = mock_start(3);
    with->mock->console = "b25l";
    with->conn = connect_with(with->mock, NULL, NULL);
    with->node = get_node(with->conn, "i-0");
    with->spec = everything();
    with->volume = make_volume(with->conn);
    expect_ok(
        pileus_address_create(&with->address, with->conn, NULL, NULL, &err),
        err);
    (void)dl_iterate_phdr(note_code, NULL);
}

static void
end(things *with)
{
    pileus_node_spec_free(with->spec);
    pileus_address_unref(with->address);
    pileus_volume_unref(with->volume);
    pileus_node_unref(with->node);
    pileus_connection_unref(with->conn);
    mock_stop(with->mock);
}

/* Each asks the driver for memory, to read the answer at least. */
static void
test_every_call(void **state)
{
    things with = {0};

    (void)state;
    skip_if_not_standing_in();
    begin(&with);
    for (size_t i = 0; i < sizeof calls / sizeof calls[0]; i++) {
        long n = 0;

        (void)fail_once(&with, i, -1); /* what is set up for good */
        while (fail_once(&with, i, n)) {
            n++;
        }
        assert_true(n > 0);
    }
    end(&with);
}

#else

static void
test_every_call(void **state)
{
    (void)state;
    skip_if_not_standing_in();
}

#endif

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_call),
    };

    return cmocka_run_group_tests_name("plugins/ec2_no_memory", tests, NULL,
                                       NULL);
}

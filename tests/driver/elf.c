/* Modules that are not whole, or not modules at all. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/driver/elf.h"
#include "core/driver/module.h"

#include "tests/driver/fixture.h"

#include <fcntl.h>
#include <unistd.h>

#ifdef HAVE_ELF_H

#include <elf.h>

/* Bytes that the fields of both kinds of ELF header begin at. */
#define AT_TYPE 16
#define AT_MACHINE 18

/* Load the module in a directory of good manifest. */
static pileus_code
load(const char *directory, pileus_error **err)
{
    pil__module *module = NULL;
    pileus_driver_info *info = NULL;
    pileus_code code;

    expect_ok(pil__manifest_read(&info, directory, "mock.json", err), *err);
    code = pil__module_load(&module, info, err);
    assert_true((code == PILEUS_OK) == (module != NULL));
    pil__manifest_unref(info);
    return code;
}

static void
refuse(const char *directory, const char *words)
{
    pileus_error *err = NULL;

    assert_int_equal(load(directory, &err), PILEUS_DRIVER);
    assert_non_null(
        strstr(pileus_error_message(err), path_of(directory, "mock.so")));
    expect_error(&err, PILEUS_DRIVER, words);
}

/* A directory with this content as a module. */
static const char *
directory_of(const void *data, size_t size)
{
    const char *directory = fresh_directory();

    write_manifest(directory, NULL);
    write_file(path_of(directory, "mock.so"), data, size);
    return directory;
}

static void
test_not_elf(void **state)
{
    static const char archive[] = "!<arch>\n";
    static const char zeros[4096];

    (void)state;
    refuse(directory_of("", 0), "is not an ELF shared object");
    refuse(directory_of("\x7f", 1), "is not an ELF shared object");
    refuse(directory_of("#!/bin/sh\n", 10), "is not an ELF shared object");
    refuse(directory_of(archive, sizeof archive - 1),
           "is not an ELF shared object: install the driver again");
    refuse(directory_of(zeros, sizeof zeros), "is not an ELF shared object");
}

/* However much of a module is there, it is refused before dlopen can stumble
 * over it. */
static void
test_truncated(void **state)
{
    size_t whole = 0;
    char *data = read_file(MOCK("mock"), &whole);
    const char *directory = directory_of(data, whole);
    const char *path = path_of(directory, "mock.so");
    size_t size = whole - 1;

    (void)state;
    while (size >= SELFMAG) {
        assert_int_equal(truncate(path, (off_t)size), 0);
        refuse(directory, " is truncated");
        size -= size > 8192 ? 512 : size > 1024 ? 61 : 1;
    }
    assert_int_equal(truncate(path, (off_t)size), 0);
    refuse(directory, "is not an ELF shared object");
    write_file(path, data, whole / 2);
    refuse(directory, text_of("is truncated, %zu of %zu bytes: install the "
                              "driver again",
                              whole / 2, whole));
    test_free(data);
}

/* A module with one byte of its header changed. */
static void
refuse_changed(size_t at, int value, const char *words)
{
    size_t size = 0;
    char *data = read_file(MOCK("mock"), &size);

    data[at] = (char)value;
    refuse(directory_of(data, size), words);
    test_free(data);
}

static void
test_other_machine(void **state)
{
    size_t size = 0;
    char *data = read_file(MOCK("mock"), &size);
    int other_class = data[EI_CLASS] == ELFCLASS64 ? ELFCLASS32 : ELFCLASS64;
    int other_order = data[EI_DATA] == ELFDATA2LSB ? ELFDATA2MSB : ELFDATA2LSB;

    (void)state;
    test_free(data);
    refuse_changed(EI_CLASS, other_class,
                   "was made for another kind of machine");
    refuse_changed(EI_DATA, other_order,
                   "was made for another kind of machine");
#if defined(__x86_64__) || defined(__aarch64__)
    refuse_changed(AT_MACHINE, EM_SPARC,
                   "was made for another kind of machine: install the driver "
                   "for this one");
#endif
}

static void
test_other_type(void **state)
{
    (void)state;
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    refuse_changed(AT_TYPE, ET_REL, "but not a shared object");
    refuse_changed(AT_TYPE, ET_EXEC, "but not a shared object");
    refuse_changed(AT_TYPE, ET_CORE, "but not a shared object");
#else
    skip();
#endif
}

/* Whatever the header and the table of segments say, looking at them is safe:
 * each byte of them is set to each of some values. */
static void
test_garbage(void **state)
{
    static const unsigned char values[] = {0x00, 0x01, 0x7F, 0x80, 0xFF};
    size_t size = 0;
    char *data = read_file(MOCK("mock"), &size);
    const char *path = path_of(fresh_directory(), "mock.so");
    size_t refused = 0;
    int fd;

    (void)state;
    write_file(path, data, size);
    fd = open(path, O_RDWR);
    assert_true(fd >= 0);
    assert_int_equal(pil__elf_check(fd, (off_t)size, path, NULL), PILEUS_OK);
    for (size_t at = 0; at < 640; at++) {
        for (size_t i = 0; i < sizeof values; i++) {
            assert_int_equal(pwrite(fd, &values[i], 1, (off_t)at), 1);
            refused += pil__elf_check(fd, (off_t)size, path, NULL) != PILEUS_OK;
        }
        assert_int_equal(pwrite(fd, data + at, 1, (off_t)at), 1);
    }
    assert_true(refused > 100);
    assert_int_equal(close(fd), 0);
    test_free(data);
}

#endif

int
main(void)
{
#ifdef HAVE_ELF_H
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_not_elf),       cmocka_unit_test(test_truncated),
        cmocka_unit_test(test_other_machine), cmocka_unit_test(test_other_type),
        cmocka_unit_test(test_garbage),
    };

    return cmocka_run_group_tests_name("elf", tests, fixture_begin,
                                       fixture_end);
#else
    (void)fprintf(stderr, "skipped: modules are not ELF here\n");
    return 77;
#endif
}

/* Manifests of drivers, and what their options take. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/driver/manifest_parse.h"

#include "tests/fuzz/fuzz.h"

#include <stdatomic.h>

static void
look_at_option(const pileus_option_info *option)
{
    const char *given = pileus_option_default(option);
    pileus_error *err = NULL;
    int64_t number = 0;
    pileus_code code;

    FUZZ_CHECK(*pileus_option_name(option) != '\0');
    FUZZ_CHECK(pileus_option_type(option) != NULL);
    fuzz_check_text(pileus_option_help(option));
    for (size_t i = 0; pileus_option_environment(option, i) != NULL; i++) {
        fuzz_check_text(pileus_option_environment(option, i));
    }
    for (size_t i = 0; pileus_option_choice(option, i) != NULL; i++) {
        const char *choice = pileus_option_choice(option, i);

        fuzz_check_text(choice);
        FUZZ_CHECK(option->type != PIL__OPTION_CHOICE ||
                   pil__option_check(option, choice, NULL, NULL) == PILEUS_OK);
    }
    if (given != NULL) {
        FUZZ_CHECK(pil__option_check(option, given, &number, NULL) ==
                   PILEUS_OK);
    }
    code = pil__option_check(option, pileus_option_name(option), &number, &err);
    fuzz_check_error(code, err);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *text = fuzz_text(data, size);
    pileus_driver_info info = {.name = NULL};
    pileus_error *err = NULL;
    pileus_code code =
        pil__manifest_parse(&info, text, size, "/drivers/fuzz.json", &err);

    fuzz_check_error(code, err);
    if (code == PILEUS_OK) {
        FUZZ_CHECK(pil__driver_name_valid(pileus_driver_name(&info)));
        fuzz_check_text(pileus_driver_title(&info));
        fuzz_check_text(pileus_driver_website(&info));
        FUZZ_CHECK(pileus_driver_thread_model(&info) != NULL);
        for (size_t i = 0; i < pileus_driver_option_count(&info); i++) {
            const pileus_option_info *option = pileus_driver_option(&info, i);

            FUZZ_CHECK(pil__manifest_option(&info, option->name) == option);
            look_at_option(option);
        }
        for (size_t i = 0; i < pileus_driver_call_count(&info); i++) {
            FUZZ_CHECK(strchr(pileus_driver_call(&info, i), '.') != NULL);
        }
    }
    pil__arena_free(&info.arena);
    free(text);
    return 0;
}

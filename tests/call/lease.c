/* What is good for a while: got in time, refused, and given. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/support/lease.h"
#include "tests/support/alloc.h"

/* ---- time ------------------------------------------------------------------
 */

static void
test_renewed_ahead(void **state)
{
    (void)state;
    expect(1);
    pass(LIFE - AHEAD - 1);
    expect(1);
    pass(1);
    expect(2);
    assert_int_equal(atomic_load(&dropped), 1);
    fetch_life = 1000; /* shorter than five times that, */
    pass(LIFE);
    expect(3);
    pass(799); /* so that four fifths of it count */
    expect(3);
    fetch_life = INT64_MAX;
    pass(1);
    expect(4);
    pass(INT64_MAX / 2);
    expect(4);
    pass(-INT64_MAX / 2);
}

/* One that is over when it comes is for who waited for it. */
static void
test_over_at_once(void **state)
{
    (void)state;
    fetch_life = 0;
    expect(1);
    expect(2);
    fetch_life = INT64_MIN;
    expect(3);
    expect(4);
}

/* Who has taken one has it until it is put back. */
static void
test_kept_while_in_use(void **state)
{
    void *values[2] = {NULL, NULL};

    (void)state;
    assert_int_equal(pil__host_lease.take(lease, call, &values[0]), PILEUS_OK);
    assert_int_equal(pil__host_lease.take(lease, call, &values[1]), PILEUS_OK);
    assert_ptr_equal(values[0], values[1]);
    pass(LIFE);
    expect(2);
    assert_int_equal(atomic_load(&dropped), 0);
    pil__host_lease.put_back(lease, values[0]);
    assert_int_equal(atomic_load(&dropped), 0);
    assert_int_equal(*(int *)values[1], 1);
    pil__host_lease.put_back(lease, values[1]);
    assert_int_equal(atomic_load(&dropped), 1);
    expect(2);
}

static void
test_failures(void **state)
{
    (void)state;
    fetch_code = PILEUS_UNAVAILABLE;
    (void)take(call, PILEUS_UNAVAILABLE, "the provider sleeps");
    fetch_code = PILEUS_OK;
    expect(1);
    fetch_code = PILEUS_UNAVAILABLE;
    pass(LIFE - AHEAD); /* the old one is good */
    expect(1);
    fetch_code = PILEUS_OK;
    pass(AHEAD - 1); /* and until the next fetch, which is not yet */
    expect(1);
    pass(1);
    expect(2);
    fetch_code = PILEUS_AUTHENTICATION;
    pass(LIFE);
    (void)take(call, PILEUS_AUTHENTICATION, "the provider sleeps");
    (void)take(call, PILEUS_AUTHENTICATION, "the provider sleeps");
    fetch_code = PILEUS_OK;
    expect(3);
    fetch_life = 100 * LIFE;
    pass(LIFE);
    expect(4);
    pass(100 * LIFE - AHEAD - 1);
    expect(4);
}

/* The next fetch after one that failed is half a minute later. */
static void
test_again(void **state)
{
    (void)state;
    pil__host_lease.destroy(lease);
    lease = pil__host_lease.create(
        call, &(pileus_lease_terms){.struct_size = sizeof usual,
                                    .user = &fetched,
                                    .what = "number",
                                    .fetch = fetch,
                                    .drop = drop,
                                    .ahead_ms = 100000});
    assert_non_null(lease);
    expect(1);
    fetch_code = PILEUS_UNAVAILABLE;
    pass(LIFE - 100000);
    expect(1);
    fetch_code = PILEUS_OK;
    pass(29999);
    expect(1);
    pass(1);
    expect(2);
}

/* ---- refusals --------------------------------------------------------------
 */

static void
test_refused(void **state)
{
    (void)state;
    expect(1);
    pass(2000);
    assert_true(pil__host_lease.refused(lease, call));
    expect(2);
    /* It came for one that was refused, and is refused as well. */
    assert_false(pil__host_lease.refused(lease, call));
    expect(2);
    /* That was accepted, for it is taken again; then it was revoked. */
    expect(2);
    assert_true(pil__host_lease.refused(lease, call));
    expect(3);
    pass(1000); /* not young any more */
    assert_true(pil__host_lease.refused(lease, call));
    expect(4);
}

/* Another call's refusal has had it renewed already. */
static void
test_refused_late(void **state)
{
    pileus_call *other = new_call();

    (void)state;
    expect(1);
    assert_int_equal(take(other, PILEUS_OK, ""), 1);
    assert_true(pil__host_lease.refused(lease, call));
    expect(2);
    assert_true(pil__host_lease.refused(lease, other));
    assert_int_equal(take(other, PILEUS_OK, ""), 2);
    assert_int_equal(atomic_load(&fetched), 2);
    pileus_call_free(other);
}

/* A refusal that no other value can help. */
static void
test_refused_for_good(void **state)
{
    pileus_lease_terms terms = usual;
    int *number = malloc(sizeof *number);

    (void)state;
    assert_non_null(number);
    *number = atomic_fetch_add(&fetched, 1) + 1;
    terms.fetch = NULL;
    pil__host_lease.destroy(lease);
    lease = pil__host_lease.create(call, &terms);
    assert_non_null(lease);
    (void)take(call, PILEUS_DRIVER,
               "it takes a number that it has yet to give");
    assert_int_equal(pil__host_lease.give(lease, call, number, 10), PILEUS_OK);
    pass(LIFE);
    expect(1);
    assert_false(pil__host_lease.refused(lease, call));
    expect(1);
}

/* What is given goes before what was fetched. */
static void
test_given(void **state)
{
    int *number = malloc(sizeof *number);

    (void)state;
    expect(1);
    assert_non_null(number);
    *number = atomic_fetch_add(&fetched, 1) + 1;
    assert_int_equal(pil__host_lease.give(lease, call, number, LIFE),
                     PILEUS_OK);
    expect(2);
    assert_int_equal(atomic_load(&dropped), 1);
}

static void
test_taken_by_its_fetch(void **state)
{
    (void)state;
    fetch_takes = true;
    (void)take(call, PILEUS_DRIVER,
               "it takes a number that it has yet to give");
    fetch_takes = false;
    expect(1);
}

/* ---- memory ----------------------------------------------------------------
 */

static pileus_code
lease_and_take(void *user)
{
    pileus_call *by = user;
    pileus_lease *made = pil__host_lease.create(by, &usual);
    void *value = NULL;
    pileus_error *err = NULL;
    pileus_code code = PILEUS_NO_MEMORY;

    for (int i = 0; made != NULL && i < 2; i++) {
        code = pil__host_lease.take(made, by, &value);
        if (code != PILEUS_OK) {
            break;
        }
        pil__host_lease.put_back(made, value);
        (void)pil__host_lease.refused(made, by);
    }
    if (made != NULL) {
        pil__host_lease.destroy(made);
    }
    code = pil__call_result(by, code, &err);
    pileus_error_free(err);
    return code;
}

static void
test_no_memory(void **state)
{
    (void)state;
    fail_each_allocation(lease_and_take, call);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_renewed_ahead),
        TEST(test_over_at_once),
        TEST(test_kept_while_in_use),
        TEST(test_failures),
        TEST(test_again),
        TEST(test_refused),
        TEST(test_refused_late),
        TEST(test_refused_for_good),
        TEST(test_given),
        TEST(test_taken_by_its_fetch),
        TEST(test_no_memory),
    };

    return cmocka_run_group_tests_name("lease", tests, NULL, NULL);
}

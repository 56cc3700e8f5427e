/* Failures as values. */
#include "base/err.h"

#include <pthread.h>

#include "check.h"

static void every_failure_has_a_name_of_its_own(void **state)
{
    (void)state;
    for (int e = ERR_OK; e <= ERR_INTERNAL; e++) {
        assert_string_not_equal(err_name((enum err)e), "unknown");
        for (int f = ERR_OK; f < e; f++)
            assert_string_not_equal(err_name((enum err)e), err_name((enum err)f));
    }
    assert_string_equal(err_name((enum err)99), "unknown");
}

static void a_note_returns_its_failure_and_is_remembered(void **state)
{
    (void)state;
    assert_int_equal(err_note(ERR_IO, "open %s", "x.db"), ERR_IO);
    assert_string_equal(err_detail(), "open x.db");
}

static void a_note_may_wrap_the_note_before(void **state)
{
    (void)state;
    enum err e = err_note(ERR_IO, "disk full");
    e = err_note(e, "backup: %s", err_detail());
    assert_int_equal(e, ERR_IO);
    assert_string_equal(err_detail(), "backup: disk full");
}

static void a_long_note_is_cut(void **state)
{
    (void)state;
    char text[2000];
    memset(text, 'x', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    assert_int_equal(err_note(ERR_LIMIT, "%s", text), ERR_LIMIT);
    assert_int_equal(strlen(err_detail()), 511);
}

static void *detail_is_empty(void *arg)
{
    (void)arg;
    return err_detail()[0] == '\0' ? arg : NULL;
}

static void another_thread_does_not_see_the_note(void **state)
{
    pthread_t other;
    void *seen = NULL;
    int here = 1;
    (void)state;
    assert_int_equal(err_note(ERR_IO, "mine"), ERR_IO);
    assert_int_equal(pthread_create(&other, NULL, detail_is_empty, &here), 0);
    pthread_join(other, &seen);
    assert_ptr_equal(seen, &here);
}

static enum err try_it(enum err first, int *steps)
{
    TRY(first);
    ++*steps;
    return ERR_OK;
}

static void try_returns_the_first_failure_at_once(void **state)
{
    (void)state;
    int steps = 0;
    assert_int_equal(try_it(ERR_CONFLICT, &steps), ERR_CONFLICT);
    assert_int_equal(steps, 0);
    assert_ok(try_it(ERR_OK, &steps));
    assert_int_equal(steps, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(every_failure_has_a_name_of_its_own),
        TEST(a_note_returns_its_failure_and_is_remembered),
        TEST(a_note_may_wrap_the_note_before),
        TEST(a_long_note_is_cut),
        TEST(another_thread_does_not_see_the_note),
        TEST(try_returns_the_first_failure_at_once),
    };
    return RUN(tests);
}

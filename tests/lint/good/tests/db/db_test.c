#include "check.h"
#include "db/types.h"

static void check_that(int x)
{
    assert_true(x);
}

static void a_macro_that_calls_one_that_asserts_will_do(void **state)
{
    (void)state;
    CHECK(1);
}

static void assert_int_equal_is_seen(void **state)
{
    (void)state;
    assert_int_equal(1, 1);
}

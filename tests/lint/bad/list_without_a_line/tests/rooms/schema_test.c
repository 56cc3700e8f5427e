#include <cmocka.h>

static void all(void **state)
{
    (void)state;
    assert_int_equal(try_all(area_queries), 3);
}

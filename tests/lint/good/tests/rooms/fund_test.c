#include "rooms/fund/fund.h"

static void numbers(void **state)
{
    (void)state;
    assert_int_equal(fund_number(), 7);
}

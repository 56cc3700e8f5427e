#include "app/app.h"
#include "rooms/fund/fund.h"

int main(void)
{
    return fund_number();
}

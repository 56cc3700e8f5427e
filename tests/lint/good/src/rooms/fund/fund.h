#ifndef FUND_H
#define FUND_H
#include "rooms/area/area.h"
int fund_number(void);
#endif

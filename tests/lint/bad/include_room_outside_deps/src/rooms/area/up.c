#include "rooms/fund/fund.h"

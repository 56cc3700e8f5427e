#include "rooms/area/area_inner.h"
#include "rooms/area_sql.h"

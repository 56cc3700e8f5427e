#include "rooms/area/area.h"

#include "rooms/area_sql.h"

/* Words that are no SQL: select a place from the map; goto and free are only said. */
static const char *const capital = "กรุงเทพมหานครทั้งหมด"; /* lint: thai a name of the official list */

int area_kind(void)
{
    return capital[0];
}

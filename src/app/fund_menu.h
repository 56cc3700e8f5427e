/* fund_menu.h — the second part of the menu on every page below /funds/{code}: the fund's own rooms, as far
 * as the asker may enter them. One table for all rooms, so that no page draws its own. */
#ifndef SARN_APP_FUND_MENU_H
#define SARN_APP_FUND_MENU_H

#include "app/app.h"
#include "app/views.h"

/* n 0 on pages that are no fund's. Costs one query for people of an area on a public page, else none. */
void fund_menu_fill(struct rq *rq, struct fund_menu *ret);

#endif

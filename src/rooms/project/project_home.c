/* project_home.c — a project is at home where its fund was in its year: lists of districts and provinces follow a fund-year
 * that is corrected, or a fund that is placed elsewhere, in the same transaction. Figures are told by the same
 * events to room report, which moves what it keeps by itself; a project's version does not change. */
#include "app/events.h"
#include "rooms/fund/fund.h"
#include "rooms/project/project_inside.h"
#include "rooms/project_sql.h"

enum err project_on_fund_year_changed(struct db *db, struct arena *a, const struct fund_year_changed *e)
{
    (void)a;
    return project_move_home(db, e->fund, e->fy, e->figures.district, e->figures.province, NULL);
}

/* Years with a record of their own stay where the record says. */
enum err project_on_fund_placed(struct db *db, struct arena *a, const struct fund_placed *e)
{
    struct project_years_of_row *years = NULL;
    size_t n = 0;
    if (id_is_none(e->left_district)) return ERR_OK; /* a new fund has none */
    TRY(project_years_of(db, a, e->fund, &years, &n));
    for (size_t i = 0; i < n; i++) {
        struct area_id district = {0}, province = {0};
        TRY(fund_home_in(db, a, e->fund, years[i].fy, &district, &province));
        TRY(project_move_home(db, e->fund, years[i].fy, district, province, NULL));
    }
    return ERR_OK;
}

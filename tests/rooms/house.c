/* house.c — see house.h. */
#include "tests/rooms/house.h"

#include "app/app_sql.h"
#include "app/reference.h"
#include "base/rand.h"
#include "rooms/account/account.h"
#include "rooms/area/area.h"
#include "rooms/fund/fund_import.h"
#include "rooms/issue/issue.h"
#include "rooms/ledger/ledger.h"
#include "rooms/meeting/meeting.h"
#include "rooms/monitor/monitor.h"
#include "rooms/plan/plan.h"
#include "rooms/org/org.h"
#include "rooms/project/project.h"
#include "rooms/report/figure_bulk.h"

static void swallow(void *ctx, struct str line)
{
    (void)ctx, (void)line;
}

/* Other ids than SQLite gives: what shows one, or counts on one, is found where both are compared. */
static enum err shift_ids(struct db *db)
{
    if (db_engine(db) != DB_POSTGRES) return ERR_OK;
    return db_script(db, "DO $$ DECLARE s regclass; BEGIN FOR s IN SELECT oid FROM pg_class WHERE relkind = 'S' LOOP "
                            "EXECUTE format('ALTER SEQUENCE %s RESTART WITH 700001', s); END LOOP; END $$");
}

enum err house_fill(struct db *db, struct arena *a)
{
    struct fund_import_report report;
    struct date today;
    struct fund_import_options options = {.fy = fiscal_year(2562),
                                          .is_partial = true,
                                          .certainty = STR("U"),
                                          .file_name = STR("funds_real.tsv")};
    TRY(date_parse_iso(STR(HOUSE_TODAY), &today));
    clock_fix(today, 8, 30);
    TRY(shift_ids(db));
    TRY(db_begin(db, DB_TXN_WRITE));
    TRY(area_load_reference(db, a));
    TRY(org_load_reference(db, a));
    TRY(issue_load_reference(db, a));
    TRY(fund_load_reference(db, a));
    TRY(ledger_load_reference(db, a));
    TRY(project_load_reference(db, a));
    TRY(fund_import(db, a, reference_bytes("funds_real.tsv"), &options, swallow, NULL, &report));
    TRY(app_setting_put(db, STR("demo"), STR("seed 1"), NULL));
    struct rand slugs = rand_seeded(1);
    rand_slugs_from(&slugs);
    figure_areas_later(true); /* as `sarn demo` does; a fill that fails ends the program */
    TRY(fund_demo(db, a, 1, today));
    TRY(account_demo(db, a, today));
    TRY(ledger_demo(db, a, 1, today));
    TRY(meeting_demo(db, a, 1, today));
    TRY(plan_demo(db, a, 1, today));
    TRY(project_demo(db, a, 1, today));
    TRY(monitor_demo(db, a, 1, today));
    figure_areas_later(false);
    TRY(figure_bulk_areas(db));
    rand_slugs_from(NULL);
    return db_commit(db);
}

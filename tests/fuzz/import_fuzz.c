/* import_fuzz.c — any bytes as a file of funds, against a real house.
 *
 * The house (schema, reference data, the real funds) is made once, in memory. Each input is imported
 * in a transaction that is rolled back. What must hold of any file: a refusal comes with words; the
 * same file again takes nothing and says the same; the kept figures follow from their sources. */
#include <stdlib.h>

#include "app/reference.h"
#include "db/migrate.h"
#include "rooms/area/area.h"
#include "rooms/fund/fund_import.h"
#include "rooms/issue/issue.h"
#include "rooms/org/org.h"
#include "rooms/report/report.h"
#include "table/table.h"

#define VERIFY_EACH 500 /* runs that took something: verifying is slower than importing */

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct db *db;
static struct arena *arena;

static void must(bool is_so)
{
    if (!is_so) abort();
}

static void count_line(void *ctx, struct str line)
{
    must(line.n > 0);
    ++*(int64_t *)ctx;
}

static enum err take(struct str bytes, bool is_partial, struct fund_import_report *ret, int64_t *ret_said)
{
    struct fund_import_options options = {.fy = fiscal_year(2562),
                                          .is_partial = is_partial,
                                          .certainty = STR("U"),
                                          .file_name = STR("fuzz")};
    *ret = (struct fund_import_report){0};
    *ret_said = 0;
    return fund_import(db, arena, bytes, &options, count_line, ret_said, ret);
}

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    struct fund_import_report r;
    struct date today;
    int64_t said;
    (void)argc, (void)argv;
    arena = arena_new(TABLE_ARENA_MAX * 2);
    must(date_parse_iso(STR("2026-11-22"), &today) == ERR_OK);
    clock_fix(today, 8, 30);
    must(db_open(STR(":memory:"), DB_READ_WRITE, &db) == ERR_OK);
    must(migrate_apply(db, NULL, NULL) == ERR_OK);
    must(db_begin(db, DB_TXN_WRITE) == ERR_OK);
    must(area_load_reference(db, arena) == ERR_OK);
    must(org_load_reference(db, arena) == ERR_OK);
    must(issue_load_reference(db, arena) == ERR_OK);
    must(fund_load_reference(db, arena) == ERR_OK);
    must(take(reference_bytes("funds_real.tsv"), true, &r, &said) == ERR_OK && r.taken > 50);
    must(db_commit(db) == ERR_OK);
    return 0;
}

static void must_stay_true(struct str bytes, const struct fund_import_report *first, int64_t first_said)
{
    static int taken_runs;
    struct fund_import_report again;
    int64_t said, bad = 0;
    must(take(bytes, true, &again, &said) == ERR_OK);
    must(again.taken == 0 && again.refused == first->refused && said == first_said);
    must(again.unchanged == first->taken + first->unchanged);
    if (++taken_runs % VERIFY_EACH != 1) return;
    must(report_verify(db, arena, count_line, &said, &bad) == ERR_OK && bad == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct str bytes = {(const char *)data, size};
    struct fund_import_report r;
    int64_t said;
    bool is_partial = size % 4 != 0;
    arena_reset(arena);
    must(db_begin(db, DB_TXN_WRITE) == ERR_OK);
    enum err e = take(bytes, is_partial, &r, &said);
    must(e == ERR_OK || e == ERR_INPUT);
    must((said > 0) == (e == ERR_INPUT || r.refused > 0));
    must(is_partial || e == ERR_INPUT || r.refused == 0);
    if (e == ERR_OK && r.taken > 0) must_stay_true(bytes, &r, said);
    db_rollback(db);
    return 0;
}

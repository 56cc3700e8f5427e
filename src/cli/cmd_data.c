/* cmd_data.c — init, demo, migrate, import: the sub-commands that fill a database. */
#include <stdio.h>

#include "app/app_sql.h"
#include "app/reference.h"
#include "base/rand.h"
#include "cli/cli.h"
#include "db/migrate.h"
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
#include "rooms/report/report.h"

#define REAL_FUNDS_FY 2562 /* the file states no year; 45 baht a head began in 2562: marked U */

static void print_line(void *ctx, struct str line)
{
    FILE *to = ctx;
    fprintf(to, "%.*s\n", STR_FMT(line));
}

static void print_migration(void *ctx, const struct migration *m)
{
    (void)ctx;
    printf("migration %04d %s\n", m->number, m->name);
}

/* Reference data that a database of an older program lacks; what is there stays. */
static enum err load_newer_reference(struct db *db, struct arena *a, void *ctx)
{
    (void)ctx;
    TRY(ledger_load_reference(db, a));
    return project_load_reference(db, a);
}

/* ---- migrate ---- */

static enum err tell_migrations(struct db *db, int pending)
{
    int64_t done = 0;
    enum err has = db_scalar(db, "SELECT COUNT(*) FROM schema_migration", &done);
    printf("%s\n", pending == 0 ? "current" : has == ERR_OK && done > 0 ? "pending" : "empty");
    return ERR_OK;
}

static enum err apply_migrations(struct db *db, int pending)
{
    TRY(migrate_apply(db, print_migration, NULL));
    if (cli_has_setting(db, STR("reference"))) TRY(cli_write(db, load_newer_reference, NULL));
    printf(pending == 0 ? "nothing to do\n" : "done\n");
    return ERR_OK;
}

int cmd_migrate(const struct options *o)
{
    int pending = 0;
    if (o->is_check && cli_is_missing(o->db)) {
        printf("empty\n");
        return EXIT_GOOD;
    }
    struct db *db = cli_open(o->db, o->is_check ? DB_READ_ONLY : DB_READ_WRITE, CLI_ANY);
    if (db == NULL) return EXIT_WRONG;
    enum err e = migrate_pending(db, &pending);
    if (e == ERR_OK) e = o->is_check ? tell_migrations(db, pending) : apply_migrations(db, pending);
    db_close(db);
    return e == ERR_OK ? EXIT_GOOD : cli_fail("migrate", e);
}

/* ---- init ---- */

static enum err load_reference(struct db *db, struct arena *a)
{
    TRY(area_load_reference(db, a));
    TRY(org_load_reference(db, a));
    TRY(issue_load_reference(db, a));
    TRY(fund_load_reference(db, a));
    TRY(ledger_load_reference(db, a));
    TRY(project_load_reference(db, a));
    return app_setting_put(db, STR("reference"), STR(SARN_VERSION), NULL);
}

static enum err load_real_funds(struct db *db, struct arena *a, struct fund_import_report *report)
{
    struct fund_import_options options = {.fy = fiscal_year(REAL_FUNDS_FY),
                                          .is_partial = true,
                                          .certainty = STR("U"),
                                          .file_name = STR("funds_real.tsv")};
    return fund_import(db, a, reference_bytes("funds_real.tsv"), &options, print_line, stdout, report);
}

/* One transaction: a database is filled or it is empty, whatever happens in between. */
static enum err fill(struct db *db, struct arena *a, void *ctx)
{
    struct step s = step_begin("reference data");
    TRY(load_reference(db, a));
    step_done(&s, "13 regions, 77 provinces, 928 districts, 7,436 tambons");
    printf("real funds (their year is not stated: entered as %d, not confirmed):\n", REAL_FUNDS_FY);
    return load_real_funds(db, a, ctx);
}

static enum err init_database(struct db *db)
{
    struct fund_import_report report = {0};
    TRY(migrate_apply(db, print_migration, NULL));
    if (cli_has_setting(db, STR("reference"))) {
        printf("the reference data is there already\n");
        return cli_write(db, load_newer_reference, NULL);
    }
    TRY(cli_write(db, fill, &report));
    printf("%lld taken, %lld unchanged, %lld refused\n", (long long)report.taken,
           (long long)report.unchanged, (long long)report.refused);
    return ERR_OK;
}

int cmd_init(const struct options *o)
{
    struct db *db = cli_open(o->db, DB_READ_WRITE, CLI_ANY);
    if (db == NULL) return EXIT_WRONG;
    enum err e = init_database(db);
    db_close(db);
    return e == ERR_OK ? EXIT_GOOD : cli_fail("init", e);
}

/* ---- demo ---- */

struct demo_ctx {
    uint64_t seed;
    struct date today;
};

static enum err make_demo(struct db *db, struct arena *a, void *ctx)
{
    const struct demo_ctx *d = ctx;
    TRY(app_setting_put(db, STR("demo"), str_printf(a, "seed %llu", (unsigned long long)d->seed),
                        NULL));
    struct rand slugs = rand_seeded(d->seed); /* the same addresses on every machine */
    rand_slugs_from(&slugs);
    figure_areas_later(true); /* the nation's sums moved some ten thousand times in one transaction: minutes on PostgreSQL */
    enum err e = fund_demo(db, a, d->seed, d->today);
    if (e == ERR_OK) e = account_demo(db, a, d->today);
    if (e == ERR_OK) e = ledger_demo(db, a, d->seed, d->today);
    if (e == ERR_OK) e = meeting_demo(db, a, d->seed, d->today);
    if (e == ERR_OK) e = plan_demo(db, a, d->seed, d->today);
    if (e == ERR_OK) e = project_demo(db, a, d->seed, d->today);
    if (e == ERR_OK) e = monitor_demo(db, a, d->seed, d->today);
    figure_areas_later(false);
    if (e == ERR_OK) e = figure_bulk_areas(db);
    rand_slugs_from(NULL);
    return e == ERR_CONFLICT ? err_note(e, "it holds demo data already; nothing was changed") : e;
}

#define NATION_FUNDS     7700
#define NATION_YEARS     20
#define NATION_FUNDS_MAX 50000
#define NATION_YEARS_MAX 30

static int demo_nation(const struct options *o, const struct demo_ctx *d)
{
    int64_t funds = o->funds > 0 ? o->funds : NATION_FUNDS, years = o->years > 0 ? o->years : NATION_YEARS;
    if (strcmp(o->scale, "national") != 0 || funds > NATION_FUNDS_MAX || years > NATION_YEARS_MAX) {
        fprintf(stderr, "sarn: usage: sarn demo --scale national [--funds N up to %d] [--years N up to %d]\n", NATION_FUNDS_MAX,
                NATION_YEARS_MAX);
        return EXIT_USAGE;
    }
    struct db *db = cli_open(o->db, DB_READ_WRITE, CLI_ANY);
    if (db == NULL) return EXIT_WRONG;
    enum err e = init_database(db);
    if (e == ERR_OK) e = cli_fill_nation(db, d->seed, d->today, funds, years);
    db_close(db);
    return e == ERR_OK ? EXIT_GOOD : cli_fail("demo", e);
}

int cmd_demo(const struct options *o)
{
    struct demo_ctx d = {.seed = (uint64_t)o->seed, .today = clock_today()};
    if (o->today != NULL && date_parse_iso(str_of(o->today), &d.today) != ERR_OK) {
        fprintf(stderr, "sarn: --today %s is no date; write YYYY-MM-DD\n", o->today);
        return EXIT_USAGE;
    }
    if (o->scale != NULL) return demo_nation(o, &d);
    struct db *db = cli_open(o->db, DB_READ_WRITE, CLI_ANY);
    if (db == NULL) return EXIT_WRONG;
    enum err e = init_database(db);
    if (e == ERR_OK) {
        struct step s = step_begin("demo data");
        e = cli_write(db, make_demo, &d);
        if (e == ERR_OK)
            step_done(&s, "66 invented funds and their people, fiscal years %d to %d, marked on every page",
                      date_fiscal_year(d.today).v - 2, date_fiscal_year(d.today).v);
    }
    db_close(db);
    return e == ERR_OK ? EXIT_GOOD : cli_fail("demo", e);
}

/* ---- import funds FILE ---- */

struct import_ctx {
    struct str bytes;
    struct fund_import_options options;
    struct fund_import_report report;
    bool is_refused;
};

/* Nothing is to be kept of a refused file, of a dry run, or when nothing was new: the rollback of a
 * transaction is asked for by failing it, and what really happened stands in the context. */
static enum err import_act(struct db *db, struct arena *a, void *ctx)
{
    struct import_ctx *i = ctx;
    enum err e = fund_import(db, a, i->bytes, &i->options, print_line, stderr, &i->report);
    i->is_refused = e == ERR_INPUT;
    if (e == ERR_INPUT) return ERR_CONFLICT;
    TRY(e);
    return i->options.is_dry_run || i->report.taken == 0 ? ERR_CONFLICT : ERR_OK;
}

/* The last line counts what is in the database now, so a file refused as a whole has taken nothing. */
static int import_tell(const struct import_ctx *i)
{
    const struct fund_import_report *r = &i->report;
    if (i->is_refused)
        printf("nothing was written; %lld row%s would have been good (--partial takes the good rows of a file)\n",
               (long long)r->taken, r->taken == 1 ? "" : "s");
    else if (i->options.is_dry_run)
        printf("dry run: nothing was written\n");
    printf("%lld taken, %lld unchanged, %lld refused\n", i->is_refused ? 0LL : (long long)r->taken,
           (long long)r->unchanged, (long long)r->refused);
    return i->is_refused || r->refused > 0 ? EXIT_WRONG : EXIT_GOOD;
}

int cmd_import(const struct options *o)
{
    struct import_ctx i = {.options = {.is_dry_run = o->is_dry_run,
                                       .is_partial = o->is_partial,
                                       .certainty = STR("S"),
                                       .file_name = str_of(o->words[1])}};
    struct arena *a = arena_new(TABLE_BYTES_MAX * 2);
    if (strcmp(o->words[0], "funds") != 0 || o->fy < FISCAL_YEAR_MIN || o->fy > FISCAL_YEAR_MAX) {
        fprintf(stderr, "sarn: usage: sarn import funds FILE --fy N [--dry-run] [--partial]\n");
        arena_free(a);
        return EXIT_USAGE;
    }
    i.options.fy = fiscal_year((int32_t)o->fy);
    enum err e = file_read(a, o->words[1], TABLE_BYTES_MAX, &i.bytes);
    struct db *db = e == ERR_OK ? cli_open(o->db, DB_READ_WRITE, CLI_CURRENT) : NULL;
    int code = e == ERR_OK ? EXIT_WRONG : cli_fail(o->words[1], e);
    if (db != NULL) {
        bool was_kept_back = false;
        e = cli_write(db, import_act, &i);
        was_kept_back = e == ERR_CONFLICT;
        db_close(db);
        if (e != ERR_OK && !was_kept_back) {
            code = cli_fail("import", e);
        } else {
            code = import_tell(&i);
        }
    }
    arena_free(a);
    return code;
}

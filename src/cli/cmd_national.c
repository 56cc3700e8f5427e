/* cmd_national.c — `sarn demo --scale national`: a nation's funds with years of books, projects and reports, to
 * measure with. Funds and fund-years go through their own doors; books, projects, reports and figures are
 * written a fund at a time, by each room's bulk writer, through the same schema with every constraint and trigger;
 * indexes that enforce nothing are built last: a load that breaks off leaves a file to throw away.
 * `sarn verify` proves the result. Some funds cover three tambons, some tambons have two funds. */
#include <stdio.h>

#include "app/app_sql.h"
#include "app/reference.h"
#include "base/rand.h"
#include "cli/cli.h"
#include "rooms/area/area.h"
#include "rooms/fund/fund.h"
#include "rooms/issue/issue.h"
#include "rooms/ledger/ledger_bulk.h"
#include "rooms/monitor/monitor_bulk.h"
#include "rooms/project/project_bulk.h"
#include "rooms/report/figure_bulk.h"

enum {
    FUNDS_A_COMMIT = 50,
    PROJECTS_A_YEAR = 20, /* 19 in every other year: 3 million in all */
    RECEIPTS_A_YEAR = 3,
    WIDE_EVERY = 40,   /* a fund of three tambons */
    SHARED_EVERY = 20, /* the last of so many shares the tambon of the one before it, by villages */
    MOO_MAX = 9,
    TEMPLATES_MAX = 100,
};
#define NATIONAL_SOURCE "demo (invented)"
#define FUND_ARENA      ((size_t)2 << 30)

struct template { /* what projects are called, from the demo's list */
    struct str title, owner_name, owner_type, support_type, issue_code;
    struct issue_id issue;
};
struct nation {
    struct db *db;
    struct arena *arena, *own; /* of one fund; of the whole run */
    struct rand rand;
    struct date today;
    struct fiscal_year last;
    int64_t funds, years, nth;
    struct fund_rules rules;
    struct template templates[TEMPLATES_MAX];
    size_t ntemplates;
    struct str *tambons; /* codes in force */
    size_t ntambons;
    struct str prefix; /* of a local government's name */
    struct db_indexes indexes; /* built last */
    struct ledger_bulk ledger;
    struct project_bulk projects;
    struct monitor_bulk reports;
};
struct story { /* of the fund at hand */
    struct fund_id id;
    struct str code;
    struct area_id district, province;
    int64_t heads;
    struct ledger_bulk_book book;
    struct project_bulk_fund projects;
    struct monitor_bulk_one *reports;
};

/* ---- before the first fund ---- */

static enum err read_templates(struct nation *n)
{
    struct reference r = reference_open(n->own, "demo_projects.tsv");
    while (n->ntemplates < TEMPLATES_MAX && reference_next(&r)) {
        struct issue issue = {0};
        struct template *t = &n->templates[n->ntemplates++];
        t->title = str_copy(n->own, reference_text(&r, "title"));
        t->owner_name = str_copy(n->own, reference_text(&r, "owner_name"));
        t->owner_type = str_copy(n->own, reference_text(&r, "owner_type"));
        t->support_type = str_copy(n->own, reference_text(&r, "support_type"));
        t->issue_code = str_copy(n->own, reference_text(&r, "issue"));
        TRY(issue_find_code(n->db, n->own, t->issue_code, &issue));
        t->issue = issue.id;
    }
    return ERR_OK;
}

static void read_tambons(struct nation *n)
{
    size_t room = 0;
    struct reference r = reference_open(n->own, "tambons.tsv");
    while (reference_next(&r)) {
        if (reference_has(&r, "valid_to")) continue;
        if (n->ntambons == room) {
            n->tambons = arena_grow(n->own, n->tambons, room * sizeof *n->tambons, (room + 4096) * sizeof *n->tambons);
            room += 4096;
        }
        n->tambons[n->ntambons++] = str_copy(n->own, reference_text(&r, "code"));
    }
    struct reference kinds = reference_open(n->own, "org_kinds.tsv");
    while (reference_next(&kinds))
        if (str_eq(reference_text(&kinds, "code"), STR("sao"))) n->prefix = str_copy(n->own, reference_text(&kinds, "abbr_th"));
}

static enum err prepare(struct db *db, struct arena *a, void *ctx)
{
    static const char *const tables[] = {LEDGER_BULK_TABLES, PROJECT_BULK_TABLES, MONITOR_BULK_TABLES, FIGURE_BULK_TABLES, NULL};
    static const char *const needed[] = {PROJECT_BULK_NEEDS, NULL};
    struct nation *n = ctx;
    TRY(db_indexes_off(db, n->own, tables, needed, &n->indexes));
    TRY(app_setting_put(db, STR("demo"), STR("national"), NULL));
    TRY(fund_rules_read(db, n->own, &n->rules));
    TRY(read_templates(n));
    read_tambons(n);
    TRY(ledger_bulk_begin(db, n->own, &n->ledger));
    TRY(project_bulk_begin(db, a, &n->projects));
    return monitor_bulk_begin(db, a, &n->reports);
}

/* ---- a fund and its years ---- */

/* The fund's number spread over all tambons. */
static size_t tambon_of(const struct nation *n)
{
    int64_t nth = n->nth - (n->nth % SHARED_EVERY == SHARED_EVERY - 1);
    return (size_t)((int64_t)n->ntambons * nth / n->funds) % n->ntambons;
}

static enum err cover(struct nation *n, const struct story *s, struct area_id tambon)
{
    bool is_shared = n->nth % SHARED_EVERY >= SHARED_EVERY - 2;
    TRY(fund_cover(n->db, s->id, tambon, STR("U")));
    for (int64_t moo = 1 + n->nth % 2; is_shared && moo <= MOO_MAX; moo += 2)
        TRY(fund_cover_village(n->db, s->id, tambon, moo, STR_NONE));
    return ERR_OK;
}

static enum err cover_more(struct nation *n, const struct story *s, size_t at)
{
    for (size_t i = at + 1; n->nth % WIDE_EVERY == 0 && i < at + 3 && i < n->ntambons; i++) {
        struct area tambon = {0};
        TRY(area_find_code(n->db, n->arena, n->tambons[i], &tambon));
        if (tambon.parent_id.v == s->district.v) TRY(fund_cover(n->db, s->id, tambon.id, STR("U")));
    }
    return ERR_OK;
}

static enum err add_fund(struct nation *n, struct story *s)
{
    struct area tambon = {0}, district = {0};
    size_t at = tambon_of(n);
    TRY(area_find_code(n->db, n->arena, n->tambons[at], &tambon));
    TRY(area_find_id(n->db, n->arena, tambon.parent_id, &district));
    *s = (struct story){.code = str_printf(n->arena, "N%05lld", (long long)n->nth + 1),
                        .district = district.id,
                        .province = district.parent_id,
                        .heads = rand_between(&n->rand, 2500, 9000)};
    struct fund_new f = {.code = s->code,
                         .name_th = str_printf(n->arena, "%.*s%.*s", STR_FMT(n->prefix), STR_FMT(tambon.name_th)),
                         .name_en = tambon.name_en,
                         .kind = STR("sao"),
                         .district = s->district,
                         .province = s->province,
                         .is_demo = true,
                         .certainty = STR("U"),
                         .source = STR(NATIONAL_SOURCE)};
    TRY(fund_create(n->db, n->arena, &f, &s->id));
    TRY(cover(n, s, tambon.id));
    return cover_more(n, s, at);
}

static void put_receipt(struct nation *n, struct story *s, struct date on, enum ledger_source source, struct satang amount)
{
    if (date_cmp(on, n->today) > 0) return;
    s->book.receipts[s->book.nreceipts++] = (struct ledger_bulk_receipt){on, source, amount};
}

/* Returns what the year brings. */
static enum err add_year(struct nation *n, struct story *s, struct fiscal_year fy, struct satang *ret)
{
    const struct fund_rate *rate = fund_rate_of(&n->rules, fy);
    struct actor by = actor_system("system:demo");
    struct date first = fiscal_year_first(fy);
    int64_t heads = s->heads + (fy.v - n->last.v) * 12;
    struct satang per_head = rate != NULL && rate->per_head.has ? rate->per_head.v : satang(4500);
    struct satang nhso = satang_times(per_head, heads), local = satang(nhso.v / 10 * 4);
    struct fund_year_write w = {.fund = s->id,
                                .fy = fy,
                                .district = s->district,
                                .province = s->province,
                                .kind = STR("sao"),
                                .facts = {.population_local = {true, heads},
                                          .population_local_on = {true, date_add_days(first, -183)},
                                          .population_nhso = {true, heads},
                                          .population_nhso_on = {true, date_add_days(first, -183)},
                                          .nhso_amount = some_satang(nhso),
                                          .match_percent = {true, bp(4000)},
                                          .match_entered = some_satang(local)},
                                .certainty = STR("U"),
                                .source = STR(NATIONAL_SOURCE),
                                .note = STR_NONE,
                                .actor = &by};
    bool is_changed = false;
    TRY(fund_year_write(n->db, n->arena, &n->rules, &w, &is_changed));
    put_receipt(n, s, date_add_days(first, 40), LEDGER_NHSO, nhso);
    put_receipt(n, s, date_add_days(first, 105), LEDGER_LOCAL, local);
    put_receipt(n, s, date_add_days(first, 177), LEDGER_INTEREST, satang(rand_between(&n->rand, 5000, 90000)));
    *ret = fy.v == n->last.v ? nhso : satang_add(nhso, local);
    return ERR_OK;
}

/* ---- a project: its promise and payments, itself, its reports ---- */

static struct str code_of(struct nation *n, const struct story *s, const struct template *t, struct fiscal_year fy, int64_t i)
{
    return str_printf(n->arena, "%02d-%.*s-%.*s-%02lld", fy.v % 100, STR_FMT(s->code), STR_FMT(t->support_type), (long long)i + 1);
}

static void pay(struct nation *n, struct ledger_bulk_promise *p, int64_t i)
{
    int parts = 3 + (i % 5 == 0);
    int64_t left = p->amount.v;
    for (int at = 0; at < parts; at++) {
        struct date on = date_add_days(p->approved_on, 15 + 28 * at);
        int64_t sum = at + 1 == parts ? left : p->amount.v / parts / 100 * 100;
        if (date_cmp(on, n->today) > 0) return;
        p->paid_on[p->npaid] = on;
        p->paid[p->npaid++] = satang(sum);
        left -= sum;
    }
}

static void report(struct nation *n, struct project_bulk_one *p, struct monitor_bulk_one *m, int64_t i)
{
    int most = 3 + (i % 3 == 0);
    *m = (struct monitor_bulk_one){.title = p->title, .reporter = p->owner_name, .group_code = p->group_code, .paid = p->amount};
    for (int at = 0; at < most; at++) {
        struct date on = date_add_days(p->approved_on, 20 + 25 * at);
        if (date_cmp(on, n->today) > 0) break;
        m->people[m->n] = rand_between(&n->rand, 10, p->planned);
        if (m->people[m->n] > p->reached) p->reached = m->people[m->n];
        m->on[m->n++] = on;
    }
    struct date closed = date_add_days(p->approved_on, 20 + 25 * most + 15);
    if (m->n < most || date_cmp(closed, n->today) > 0) return;
    p->closed_on = m->closed_on = (struct opt_date){true, closed};
    p->reached = m->people[m->n - 1] = p->planned; /* the final report's */
}

static void add_project(struct nation *n, struct story *s, struct fiscal_year fy, int64_t i, struct satang amount)
{
    static const char *const groups[] = {"1004", "2002", "2003"};
    size_t at = s->projects.n++;
    const struct template *t = &n->templates[(size_t)(n->nth + fy.v * 7 + i) % n->ntemplates];
    bool is_now = fy.v == n->last.v;
    struct date approved = date_add_days(fiscal_year_first(fy), is_now ? 12 + (int)(i % 30) : 110 + (int)(i * 3));
    struct ledger_bulk_promise *p = &s->book.promises[at];
    struct project_bulk_one *one = &s->projects.all[at];
    *p = (struct ledger_bulk_promise){.project_code = code_of(n, s, t, fy, i),
                                      .title = t->title,
                                      .owner_name = t->owner_name,
                                      .support_type = t->support_type,
                                      .owner_type = t->owner_type,
                                      .issue_code = t->issue_code,
                                      .approved_on = approved,
                                      .meeting = str_printf(n->arena, "%lld/%d", (long long)i / 7 + 1, fy.v),
                                      .amount = amount};
    pay(n, p, i);
    *one = (struct project_bulk_one){.fy = fy,
                                     .code = p->project_code,
                                     .title = t->title,
                                     .owner_name = t->owner_name,
                                     .owner_type = t->owner_type,
                                     .support_type = t->support_type,
                                     .meeting = p->meeting,
                                     .issue = t->issue,
                                     .issue_code = t->issue_code,
                                     .amount = amount,
                                     .approved_on = approved,
                                     .starts_on = date_add_days(approved, 10),
                                     .ends_on = date_add_days(approved, 110),
                                     .report_due = date_add_days(approved, is_now && i % 9 == 0 ? 20 : 140),
                                     .is_paid = p->npaid > 0,
                                     .group_code = str_of(groups[i % 3]),
                                     .planned = rand_between(&n->rand, 20, 120)};
    report(n, one, &s->reports[at], i);
    s->book.npromises = s->projects.n;
}

static enum err live(struct nation *n, struct story *s)
{
    size_t most = (size_t)n->years * PROJECTS_A_YEAR;
    s->book = (struct ledger_bulk_book){.fund = s->id, .opened_on = fiscal_year_first(fiscal_year((int32_t)(n->last.v - n->years + 1)))};
    s->book.receipts = ARENA_ARRAY(n->arena, struct ledger_bulk_receipt, (size_t)n->years * RECEIPTS_A_YEAR);
    s->book.promises = ARENA_ARRAY(n->arena, struct ledger_bulk_promise, most);
    s->projects = (struct project_bulk_fund){.fund = s->id, .district = s->district, .province = s->province};
    s->projects.all = ARENA_ARRAY(n->arena, struct project_bulk_one, most);
    s->reports = ARENA_ARRAY(n->arena, struct monitor_bulk_one, most);
    for (int32_t y = (int32_t)n->years - 1; y >= 0; y--) {
        struct fiscal_year fy = fiscal_year(n->last.v - y);
        struct satang income = {0};
        TRY(add_year(n, s, fy, &income));
        int64_t count = PROJECTS_A_YEAR - (fy.v + n->nth) % 2;
        for (int64_t i = 0; i < count; i++) {
            int64_t share = income.v / count / 100 * rand_between(&n->rand, 70, 95);
            add_project(n, s, fy, i, satang(share / 10000 * 10000 + 10000));
        }
    }
    return ERR_OK;
}

/* The rows of each room, in the order in which they refer to each other. */
static enum err write_story(struct nation *n, struct story *s)
{
    TRY(ledger_bulk_write(&n->ledger, n->arena, &n->rand, &s->book));
    for (size_t i = 0; i < s->projects.n; i++) s->projects.all[i].commitment = s->book.promises[i].id;
    TRY(project_bulk_write(&n->projects, n->arena, &s->projects));
    for (size_t i = 0; i < s->projects.n; i++) s->reports[i].project = s->projects.all[i].id;
    TRY(monitor_bulk_write(&n->reports, n->arena, s->reports, s->projects.n));
    struct figure_bulk figures = figure_bulk_begin(n->db, n->arena, s->id, s->district, s->province);
    TRY(ledger_bulk_tell(&s->book, figure_bulk_money, &figures));
    TRY(project_bulk_tell(&s->projects, figure_bulk_project, &figures));
    return figure_bulk_write(&figures, n->today, clock_now());
}

static enum err fill_some(struct db *db, struct arena *a, void *ctx)
{
    struct nation *n = ctx;
    (void)db;
    n->arena = a;
    for (int i = 0; i < FUNDS_A_COMMIT && n->nth < n->funds; i++, n->nth++) {
        struct story s;
        TRY(add_fund(n, &s));
        TRY(live(n, &s));
        TRY(write_story(n, &s));
        arena_reset(a);
    }
    return ERR_OK;
}

static enum err finish(struct db *db, struct arena *a, void *ctx)
{
    const struct nation *n = ctx;
    TRY(db_indexes_on(db, &n->indexes));
    TRY(figure_bulk_areas(db));
    TRY(db_ids_follow(db, a));
    return db_loaded(db, NULL);
}

/* ---- the command ---- */

static void tell_progress(const struct nation *n, int64_t begun_us)
{
    double seconds = (double)(clock_monotonic_us() - begun_us) / 1e6, rows = (double)db_stats(n->db).rows_written;
    printf("%3lld %%  %lld of %lld funds, %.1f million rows, %.0f rows a second, %.0f s left\n", (long long)(n->nth * 100 / n->funds),
           (long long)n->nth, (long long)n->funds, rows / 1e6, rows / seconds, seconds / (double)n->nth * (double)(n->funds - n->nth));
    fflush(stdout);
}

static enum err fill_nation(struct nation *n, struct arena *a)
{
    int64_t begun = clock_monotonic_us(), told = begun;
    TRY(db_load_lasts(n->db));
    TRY(cli_write(n->db, prepare, n));
    figure_areas_later(true);
    db_stats_reset(n->db);
    while (n->nth < n->funds) {
        TRY(cli_write_in(n->db, a, fill_some, n));
        if (clock_monotonic_us() - told < 2000000 && n->nth < n->funds) continue;
        told = clock_monotonic_us();
        tell_progress(n, begun);
    }
    struct step s = step_begin("indexes, and the sums of every area");
    TRY(cli_write_in(n->db, a, finish, n));
    step_done(&s, "made");
    printf("%lld projects, %lld reports, %lld ledger entries in %lld funds\n", (long long)n->projects.project - 1,
           (long long)n->reports.report - 1, (long long)n->ledger.entries, (long long)n->funds);
    return ERR_OK;
}

enum err cli_fill_nation(struct db *db, uint64_t seed, struct date today, int64_t funds, int64_t years)
{
    struct nation n = {.db = db,
                       .own = arena_new((size_t)1 << 30),
                       .rand = rand_seeded(seed),
                       .today = today,
                       .last = date_fiscal_year(today),
                       .funds = funds,
                       .years = years};
    struct arena *a = arena_new(FUND_ARENA);
    struct rand slugs = rand_seeded(seed);
    rand_slugs_from(&slugs);
    enum err e = cli_has_setting(db, STR("demo")) ? err_note(ERR_CONFLICT, "it holds demo data already; nothing was changed") : fill_nation(&n, a);
    rand_slugs_from(NULL);
    figure_areas_later(false);
    arena_free(a);
    arena_free(n.own);
    return e;
}

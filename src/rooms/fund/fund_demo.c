/* fund_demo.c — the invented funds of the demo, see fund.h: every state of a fund-year occurs. */
#include "app/reference.h"
#include "base/rand.h"
#include "rooms/fund_sql.h"
#include "rooms/fund/fund.h"

#define DEMO_YEARS 3
#define DEMO_SOURCE "demo (invented)"

struct demo {
    struct db *db;
    struct arena *arena;
    struct rand rand;
    struct fiscal_year last;
    struct fund_rules rules;
    int64_t nth; /* of the fund: chooses its story */
};

struct demo_fund {
    struct fund_id id;
    struct area_id district, province;
    struct str kind;
    int64_t heads; /* in the last year */
};

/* What a fund-year of the demo shows. Chosen by the fund's number, so that each occurs. */
enum story {
    STORY_PLAIN,      /* entered by registered heads, a little above NHSO's amount */
    STORY_EXACT,      /* entered exactly what NHSO's amount asks for */
    STORY_BASE_GREW,  /* enough by heads, short by money */
    STORY_SHORT,      /* half of what is asked */
    STORY_OVER,       /* nearly twice */
    STORY_NO_PERCENT, /* percent unset, income unknown: nobody can say */
    STORY_NOT_YET,    /* nothing entered yet */
    STORY_BY_SCHEME,  /* no percent recorded, but the income is known */
    STORIES
};

static struct satang story_entered(enum story story, struct satang least_by_heads,
                                   struct satang computed)
{
    switch (story) {
    case STORY_EXACT: return computed;
    case STORY_SHORT: return satang(least_by_heads.v / 2 / 100 * 100);
    case STORY_OVER: return satang(least_by_heads.v / 100 * 187);
    default: return least_by_heads;
    }
}

static struct bp demo_percent(struct str kind, int64_t nth)
{
    if (!str_eq(kind, STR("sao"))) return bp(5000);
    return nth % 3 == 0 ? bp(3000) : nth % 3 == 1 ? bp(4000) : bp(5000);
}

/* Incomes that lead to the same percent by the scheme of announcement 2561, clause 8. */
static struct satang demo_income(struct bp percent, struct rand *r)
{
    int64_t million = percent.v == 3000   ? rand_between(r, 3, 5)
                      : percent.v == 4000 ? rand_between(r, 7, 19)
                                          : rand_between(r, 21, 180);
    return satang(million * 100000000 + rand_between(r, 0, 99999) * 100);
}

static struct fund_facts demo_facts(struct demo *d, const struct demo_fund *f, int years_ago)
{
    enum story story = (enum story)((d->nth + years_ago * 3) % STORIES);
    struct fiscal_year fy = fiscal_year(d->last.v - years_ago);
    const struct fund_rate *rate = fund_rate_of(&d->rules, fy);
    struct bp percent = demo_percent(f->kind, d->nth);
    struct date counted = date_add_days(fiscal_year_first(fy), -183); /* 1 April before the year */
    struct fund_facts facts = {
        .population_local = {true, f->heads * (1000 - years_ago * 4) / 1000},
        .population_local_on = {true, counted},
        .population_nhso_on = {true, counted},
    };
    /* NHSO counts other heads: real funds lie between 41.20 and 46.48 baht a registered head. */
    int64_t low = story == STORY_BASE_GREW ? 1010 : 915, high = story == STORY_BASE_GREW ? 1033 : 999;
    facts.population_nhso = (struct opt_count){
        true, facts.population_local.v * rand_between(&d->rand, low, high) / 1000};
    facts.nhso_amount = some_satang(satang_times(rate->per_head.v, facts.population_nhso.v));
    if (story != STORY_NO_PERCENT && story != STORY_BY_SCHEME)
        facts.match_percent = (struct opt_bp){true, percent};
    if (story == STORY_BY_SCHEME) facts.own_income = some_satang(demo_income(percent, &d->rand));
    if (story == STORY_NOT_YET) return facts;

    struct satang by_heads = satang_times(rate->per_head.v, facts.population_local.v);
    struct satang least = satang(by_heads.v * percent.v / 10000);
    struct satang computed = satang_percent_whole_baht(facts.nhso_amount.v, percent);
    facts.match_entered = some_satang(story_entered(story, least, computed));
    if (years_ago > 0) { /* a finished year has had its money */
        facts.received_nhso = facts.nhso_amount;
        facts.received_local = facts.match_entered;
    }
    return facts;
}

static enum err write_years(struct demo *d, const struct demo_fund *f)
{
    for (int ago = DEMO_YEARS - 1; ago >= 0; ago--) {
        bool is_changed = false;
        struct actor by = actor_system("system:demo");
        struct fund_year_write w = {.fund = f->id,
                                    .fy = fiscal_year(d->last.v - ago),
                                    .district = f->district,
                                    .province = f->province,
                                    .kind = f->kind,
                                    .facts = demo_facts(d, f, ago),
                                    .certainty = STR("U"),
                                    .source = STR(DEMO_SOURCE),
                                    .note = STR_NONE,
                                    .actor = &by};
        TRY(fund_year_write(d->db, d->arena, &d->rules, &w, &is_changed));
        if (d->nth % 11 != 0 || ago != 1 || !w.facts.population_local.has) continue;
        /* Some years are corrected later: the page shows who changed what. */
        w.version = 1;
        w.facts.population_local.v += 37;
        TRY(fund_year_write(d->db, d->arena, &d->rules, &w, &is_changed));
    }
    return ERR_OK;
}

/* Where two funds share a tambon, they split it by village: odd ones here, even ones there. */
static enum err cover(struct demo *d, struct fund_id fund, struct str tambon_codes, bool is_shared)
{
    struct str code;
    while (str_split(&tambon_codes, ',', &code)) {
        struct area tambon = {0};
        TRY(area_find_code(d->db, d->arena, str_trim(code), &tambon));
        TRY(fund_cover(d->db, fund, tambon.id, STR("U")));
        for (int64_t moo = 1 + d->nth % 2; is_shared && moo <= 9; moo += 2)
            TRY(fund_cover_village(d->db, fund, tambon.id, moo, STR_NONE));
    }
    return ERR_OK;
}

static bool is_shared_tambon(struct demo *d, struct str code, struct str tambon_codes)
{
    struct reference r = reference_open(d->arena, "demo_local_governments.tsv");
    while (reference_next(&r)) {
        struct str others = reference_text(&r, "tambon_codes"), mine = tambon_codes, a, b;
        if (str_eq(reference_text(&r, "code"), code)) continue;
        while (str_split(&others, ',', &a))
            for (mine = tambon_codes; str_split(&mine, ',', &b);)
                if (str_eq(a, b)) return true;
    }
    return false;
}

static enum err add_fund(struct demo *d, struct reference *r)
{
    struct area district = {0};
    struct demo_fund f = {.kind = reference_text(r, "org_kind"),
                          .heads = reference_int(r, "population_hint")};
    struct str code = str_copy(d->arena, reference_text(r, "code"));
    struct str tambons = str_copy(d->arena, reference_text(r, "tambon_codes"));
    TRY(area_find_code(d->db, d->arena, reference_text(r, "district_code"), &district));
    f.district = district.id;
    f.province = district.parent_id;
    struct fund_new new_fund = {.code = code,
                                .name_th = reference_text(r, "name_th"),
                                .name_en = reference_opt_text(r, "name_en"),
                                .kind = f.kind,
                                .district = f.district,
                                .province = f.province,
                                .is_demo = true,
                                .certainty = STR("U"),
                                .source = STR(DEMO_SOURCE)};
    TRY(fund_create(d->db, d->arena, &new_fund, &f.id));
    TRY(cover(d, f.id, tambons, is_shared_tambon(d, code, tambons)));
    return write_years(d, &f);
}

enum err fund_demo(struct db *db, struct arena *a, uint64_t seed, struct date today)
{
    struct demo d = {
        .db = db, .arena = a, .rand = rand_seeded(seed), .last = date_fiscal_year(today)};
    TRY(fund_rules_read(db, a, &d.rules));
    struct reference r = reference_open(a, "demo_local_governments.tsv");
    while (reference_next(&r)) {
        TRY(add_fund(&d, &r));
        d.nth++;
    }
    return ERR_OK;
}

enum err fund_demo_all(struct db *db, struct arena *a, struct str **ret, size_t *ret_n)
{
    struct fund_demo_codes_row *rows = NULL;
    TRY(fund_demo_codes(db, a, &rows, ret_n));
    *ret = ARENA_ARRAY(a, struct str, *ret_n);
    for (size_t i = 0; i < *ret_n; i++) (*ret)[i] = rows[i].code;
    return ERR_OK;
}

/* ledger_demo.c — three fiscal years of every demo fund's books, day by day: what came in, what was
 * approved and paid, months closed. ledger_demo_acts.c has the larger acts. The same seed and day give
 * the same rows but for the salts. */
#include "rooms/ledger/ledger_demo.h"

#include "app/reference.h"
#include "rooms/ledger_sql.h"

/* How much of its money a fund promises, in percent: some spend nearly all, some hoard. */
static const int64_t usages[] = {96, 85, 70, 92, 30, 55, 12};
#define USAGES ((int64_t)(sizeof usages / sizeof usages[0]))

int64_t demo_usage(const struct tale *t)
{
    return usages[t->nth % USAGES];
}

#define TAKEN_OVER_NTH 5 /* D0006 begins in the middle of last year */
#define LATE_CLOSER    7 /* every seventh fund has not closed last year */

struct str demo_word(struct tale *t, const char *key)
{
    struct reference r = reference_open(t->arena, "demo_words.tsv");
    while (reference_next(&r))
        if (str_eq(reference_text(&r, "key"), str_of(key))) return str_copy(t->arena, reference_text(&r, "text"));
    return STR("");
}

void demo_tick(struct tale *t)
{
    int minutes = 9 * 60 + t->acts++ * 7;
    if (minutes > 23 * 60) minutes = 23 * 60;
    clock_fix(t->day, minutes / 60, minutes % 60);
}

bool demo_is(struct tale *t, struct date d)
{
    return d.year != 0 && date_cmp(d, t->day) == 0;
}

struct date demo_workday(struct date d)
{
    int weekday = date_weekday(d);
    return date_add_days(d, weekday == 6 ? 2 : weekday == 0 ? 1 : 0);
}

struct date demo_in_year(struct tale *t, int month, int day)
{
    struct date d = {(int16_t)(t->fy.v - 543 - (month >= 10 ? 1 : 0)), (int8_t)month, (int8_t)day};
    return demo_workday(d);
}

/* ---- receipts ---- */

enum err demo_receive(struct tale *t, enum ledger_source source, struct satang amount, const char *memo,
                      struct ledger_posted *ret)
{
    enum ledger_fault fault;
    struct ledger_posted posted = {0};
    struct ledger_receipt r = {.fund_code = t->code,
                               .on = t->day,
                               .source = source,
                               .amount = amount,
                               .memo = demo_word(t, memo),
                               .party = source == LEDGER_DONATION ? demo_word(t, "party_donation") : STR_NONE};
    r.reference = str_printf(t->arena, "%.*s %lld/%d", STR_FMT(demo_word(t, "receipt")),
                             (long long)(++t->vouchers), t->fy.v);
    if (source == LEDGER_REFUND && t->npromises > 0) r.project_code = t->promises[0].code;
    if (amount.v <= 0) return ERR_OK;
    demo_tick(t);
    TRY(ledger_post_receipt(t->db, t->arena, &t->by, &r, &fault, &posted));
    if (ret != NULL) *ret = posted;
    return ERR_OK;
}

static enum err interest(struct tale *t)
{
    struct ledger_book book = {0};
    TRY(ledger_book_find(t->db, t->arena, t->code, LEDGER_MAIN, &book));
    return demo_receive(t, LEDGER_INTEREST, satang(book.balance.v / 100000 * 125), "memo_interest", NULL);
}

/* A wrong sum, reversed on the same day and booked again as it should have been. */
static enum err mistake(struct tale *t)
{
    struct ledger_posted wrong = {0}, reversal = {0};
    enum ledger_fault fault;
    TRY(demo_receive(t, LEDGER_DONATION, satang(900000), "memo_donation", &wrong));
    struct ledger_reversal r = {
        .fund_code = t->code, .entry = wrong.id, .on = t->day, .reason = demo_word(t, "reason_wrong")};
    demo_tick(t);
    TRY(ledger_post_reversal(t->db, t->arena, &t->by, &r, &fault, &reversal, NULL));
    return demo_receive(t, LEDGER_DONATION, satang(450000), "memo_donation", NULL);
}

static enum err receipts_of_day(struct tale *t)
{
    if (demo_is(t, t->nhso_on) && t->nhso.has) {
        TRY(demo_receive(t, LEDGER_NHSO, t->nhso.v, "memo_nhso", NULL));
        t->expected = satang_sub(t->expected, t->nhso.v);
    }
    if (demo_is(t, t->local_on) && t->local.has) {
        TRY(demo_receive(t, LEDGER_LOCAL, t->local.v, "memo_local", NULL));
        t->expected = satang_sub(t->expected, t->local.v);
    }
    if (demo_is(t, t->interest_on[0]) || demo_is(t, t->interest_on[1])) TRY(interest(t));
    if (demo_is(t, t->donation_on)) {
        if (t->nth % 12 == 0) TRY(mistake(t));
        else TRY(demo_receive(t, LEDGER_DONATION, satang(rand_between(&t->rand, 5, 80) * 10000), "memo_donation", NULL));
    }
    if (demo_is(t, t->refund_on) && t->npromises > 0)
        TRY(demo_receive(t, LEDGER_REFUND, satang(rand_between(&t->rand, 200, 3000) * 100), "memo_refund", NULL));
    return ERR_OK;
}

/* ---- a year ---- */

static enum err begin_year(struct tale *t)
{
    static const struct date never = {0};
    struct ledger_year_money_row facts = {0};
    enum err e = ledger_year_money(t->db, t->arena, t->fund, t->fy, &facts);
    if (e != ERR_OK && e != ERR_NOT_FOUND) return e;
    t->nhso = facts.nhso_amount_satang;
    t->local = facts.match_entered_satang;
    t->expected = satang_add(t->nhso.has ? t->nhso.v : satang(0), t->local.has ? t->local.v : satang(0));
    t->running = t->vouchers = 0;
    t->nhso_on = demo_in_year(t, 11, (int)rand_between(&t->rand, 9, t->nth % 9 == 8 ? 28 : 19));
    t->local_on = demo_in_year(t, t->nth % 4 == 3 ? 1 : 3, (int)rand_between(&t->rand, 8, 26));
    t->interest_on[0] = demo_in_year(t, 3, 27);
    t->interest_on[1] = demo_in_year(t, 9, 25);
    bool gives = t->nth % 4 == 0 || t->nth % 4 == 1;
    t->donation_on = gives ? demo_in_year(t, t->nth % 12 == 0 ? 11 : 1, (int)rand_between(&t->rand, 4, 12)) : never;
    t->refund_on = t->nth % 3 == 2 ? demo_in_year(t, 8, (int)rand_between(&t->rand, 3, 25)) : never;
    t->meeting_on[0] = demo_in_year(t, 11, (int)rand_between(&t->rand, 2, 6));
    t->meeting_on[1] = demo_in_year(t, 1, (int)rand_between(&t->rand, 10, 24));
    t->meeting_on[2] = demo_in_year(t, 4, (int)rand_between(&t->rand, 18, 28));
    t->meeting_on[3] = demo_in_year(t, 7, (int)rand_between(&t->rand, 8, 28));
    bool plans = t->nth % 5 != 4;
    t->plan_on = plans ? t->meeting_on[t->nth % 3 == 0 && t->nth != 0 ? 1 : 0] : never;
    return ERR_OK;
}

/* Months of finished years only: today's fiscal year stays open, whatever the day. */
static enum err close_of_day(struct tale *t)
{
    enum ledger_fault fault;
    struct date first = t->day, last;
    first.day = 1;
    last = date_add_days(first, -1);
    struct date deadline = first;
    deadline.day = 8;
    if (!demo_is(t, demo_workday(deadline))) return ERR_OK;
    int32_t year = date_fiscal_year(last).v, now = date_fiscal_year(t->today).v;
    if (year >= now || (year == now - 1 && t->nth % LATE_CLOSER == 3)) return ERR_OK;
    demo_tick(t);
    enum err e = ledger_close_month(t->db, t->arena, &t->by, t->code, LEDGER_MAIN, last, &fault);
    return e == ERR_REFUSED ? ERR_OK : e; /* the book was not open yet in that month */
}

static enum err live_day(struct tale *t)
{
    int weekday = date_weekday(t->day);
    t->acts = 0;
    if (weekday == 0 || weekday == 6) return ERR_OK;
    TRY(close_of_day(t));
    TRY(receipts_of_day(t));
    if (demo_is(t, t->plan_on)) TRY(demo_plan(t));
    for (int i = 0; i < 4; i++)
        if (demo_is(t, t->meeting_on[i])) TRY(demo_meet(t, i));
    return demo_promises_of_day(t);
}

static enum err live(struct tale *t, struct date from)
{
    for (t->day = from; date_cmp(t->day, t->today) <= 0; t->day = date_add_days(t->day, 1)) {
        struct fiscal_year fy = date_fiscal_year(t->day);
        if (fy.v != t->fy.v) {
            t->fy = fy;
            TRY(begin_year(t));
        }
        TRY(live_day(t));
    }
    t->day = t->today;
    return ERR_OK;
}

/* ---- a fund ---- */

static enum err open_book(struct tale *t)
{
    struct ledger_refusal refused;
    struct ledger_book_id book;
    struct ledger_year_money_row facts = {0};
    struct fiscal_year first = date_fiscal_year(t->day);
    enum err e = ledger_year_money(t->db, t->arena, t->fund, first, &facts);
    if (e != ERR_OK && e != ERR_NOT_FOUND) return e;
    int64_t year = facts.nhso_amount_satang.has ? facts.nhso_amount_satang.v.v : 20000000;
    int64_t held = 110 - demo_usage(t); /* who hoards has hoarded before */
    struct ledger_opening o = {.fund_code = t->code,
                               .kind = LEDGER_MAIN,
                               .opened_on = t->day,
                               .balance = satang(year / 100 * held / 100 * 100),
                               .bank_name = demo_word(t, "bank_name"),
                               .bank_account_name = demo_word(t, "bank_account")};
    o.bank_account_no = str_printf(t->arena, "020-1-%05lld-%lld", (long long)(10000 + t->nth * 137), (long long)(t->nth % 10));
    demo_tick(t);
    return ledger_book_open(t->db, t->arena, &t->by, &o, &refused, &book);
}

/* The officer of the fund where there is one; else the machine. */
static enum err choose_actor(struct tale *t)
{
    struct ledger_demo_grant_row g = {0};
    t->by = actor_system("system:demo");
    enum err e = ledger_demo_grant(t->db, t->arena, STR("officer"), t->fund, &g);
    if (e == ERR_NOT_FOUND) return ERR_OK;
    TRY(e);
    t->by = (struct actor){.code = str_printf(t->arena, "account:%lld", (long long)g.account.v),
                           .acting = str_printf(t->arena, "officer fund %.*s", STR_FMT(t->code)),
                           .account = g.account.v,
                           .grant = g.grant_row.v};
    return ERR_OK;
}

static enum err tell_fund(struct tale *t)
{
    struct fiscal_year last = date_fiscal_year(t->today);
    TRY(choose_actor(t));
    if (t->nth == TAKEN_OVER_NTH) {
        struct date on = {(int16_t)(last.v - 544), 2, 16}; /* in February of last year */
        t->day = demo_workday(on);
        t->fy = date_fiscal_year(t->day);
        TRY(begin_year(t));
        TRY(demo_take_over(t));
        return live(t, date_add_days(t->day, 1));
    }
    t->day = fiscal_year_first(fiscal_year(last.v - DEMO_YEARS + 1));
    TRY(open_book(t));
    TRY(live(t, t->day));
    if (t->nth == 0 || t->nth == 2) TRY(demo_ltc(t));
    return t->nth == 0 ? demo_drafts(t) : ERR_OK;
}

static size_t read_titles(struct arena *a, struct demo_title *titles)
{
    size_t n = 0;
    struct reference r = reference_open(a, "demo_projects.tsv");
    while (n < DEMO_TITLES && reference_next(&r))
        titles[n++] = (struct demo_title){.title = str_copy(a, reference_text(&r, "title")),
                                          .owner_name = str_copy(a, reference_text(&r, "owner_name")),
                                          .owner_type = str_copy(a, reference_text(&r, "owner_type")),
                                          .support_type = str_copy(a, reference_text(&r, "support_type")),
                                          .issue = str_copy(a, reference_text(&r, "issue")),
                                          .weight = reference_int(&r, "weight")};
    return n;
}

enum err ledger_demo(struct db *db, struct arena *a, uint64_t seed, struct date today)
{
    struct ledger_demo_funds_row *funds = NULL;
    struct opt_instant fixed = clock_fixed();
    struct demo_title *titles = ARENA_ARRAY(a, struct demo_title, DEMO_TITLES);
    size_t n = 0, ntitles = read_titles(a, titles);
    enum err e = ledger_demo_funds(db, a, &funds, &n);
    for (size_t i = 0; e == ERR_OK && i < n; i++) {
        struct tale *t = ARENA_NEW(a, struct tale);
        *t = (struct tale){.db = db,
                           .arena = a,
                           .rand = rand_seeded(seed * 1000 + i),
                           .code = funds[i].code,
                           .fund = funds[i].id,
                           .nth = (int64_t)i,
                           .today = today,
                           .titles = titles,
                           .ntitles = ntitles};
        e = tell_fund(t);
    }
    clock_fix_again(fixed);
    return e;
}

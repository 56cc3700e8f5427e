/* ledger_demo_acts.c — the demo's larger acts: meetings, payments, plans, a take-over, an LTC book. */
#include "rooms/ledger/ledger_demo.h"
#include "rooms/ledger_sql.h"

static const struct date never = {0};

/* ---- meetings: projects are approved ---- */

static bool wants_agreement(const struct demo_title *d)
{
    return d->support_type.p[0] != '4' && d->support_type.p[0] != '5' && d->owner_type.p[0] != '2' &&
           d->owner_type.p[0] != '6';
}

static struct date days_on(struct date from, int64_t days)
{
    return demo_workday(date_add_days(from, (int)days));
}

/* When it will be agreed and paid; a few never are, some are stopped. */
static void schedule(struct tale *t, struct demo_promise *p, const struct demo_title *d)
{
    bool is_now = date_fiscal_year(t->today).v == t->fy.v;
    int64_t lot = rand_between(&t->rand, 0, 99);
    bool in_two = p->amount.v > 2000000 && rand_chance(&t->rand, 40);
    p->wants_agreement = wants_agreement(d);
    p->agree_on = p->wants_agreement ? days_on(t->day, rand_between(&t->rand, 3, is_now ? 25 : 12)) : never;
    p->part[0] = in_two ? satang(p->amount.v / 1000 * 6 * 100) : p->amount;
    p->part[1] = satang_sub(p->amount, p->part[0]);
    p->pay_on[0] = days_on(t->day, rand_between(&t->rand, is_now ? 8 : 16, is_now ? 20 : 45));
    p->pay_on[1] = in_two ? days_on(p->pay_on[0], rand_between(&t->rand, 90, 160)) : never;
    p->release_on = never;
    if (lot < 10) p->pay_on[0] = p->pay_on[1] = never; /* nobody has come for the money */
    if (lot >= 10 && lot < 17) p->release_on = days_on(t->day, 170);
    if (lot >= 10 && lot < 14) p->pay_on[0] = p->pay_on[1] = never;
}

/* The machine promises: a person's word would be held until another has seen its paper (room project). */
static enum err approve(struct tale *t, const struct demo_title *d, struct satang amount, int meeting)
{
    enum ledger_fault fault;
    struct actor machine = actor_system("system:demo");
    struct demo_promise *p = &t->promises[t->npromises];
    *p = (struct demo_promise){.amount = amount, .owner = d->owner_name};
    schedule(t, p, d);
    p->code = str_printf(t->arena, "%02d-%.*s-%.*s-%02lld", t->fy.v % 100, STR_FMT(t->code),
                         STR_FMT(d->support_type), (long long)++t->running);
    struct ledger_commit c = {.fund_code = t->code,
                              .project_code = p->code,
                              .owner_name = d->owner_name,
                              .support_type = d->support_type,
                              .owner_type = d->owner_type,
                              .issue_code = d->issue,
                              .approved_on = t->day,
                              .amount = amount,
                              .instalments = p->part,
                              .ninstalments = p->part[1].v > 0 ? 2 : 0};
    c.title = str_printf(t->arena, "%.*s %.*s %d", STR_FMT(d->title), STR_FMT(demo_word(t, "year")), t->fy.v);
    c.approved_in = str_printf(t->arena, "%.*s %d/%d", STR_FMT(demo_word(t, "meeting")), meeting + 1, t->fy.v);
    demo_tick(t);
    TRY(ledger_commit(t->db, t->arena, &machine, &c, &fault, &p->id));
    t->npromises++;
    return ERR_OK;
}

/* Forgets promises that nothing more happens to. */
static void forget_old(struct tale *t)
{
    size_t n = 0;
    for (size_t i = 0; i < t->npromises; i++) {
        const struct demo_promise *p = &t->promises[i];
        bool is_open = (p->pay_on[0].year != 0 && !p->is_paid[0]) || (p->pay_on[1].year != 0 && !p->is_paid[1]) ||
                       p->release_on.year != 0;
        if (is_open) t->promises[n++] = *p;
    }
    t->npromises = n;
}

/* Shares out what the fund dares to promise at this meeting. The first of a year has the fund's own
 * management among its projects. */
enum err demo_meet(struct tale *t, int meeting)
{
    struct ledger_book book = {0};
    const struct demo_title *chosen[8];
    size_t n = (size_t)rand_between(&t->rand, 1, 2) + (meeting == 1 || t->nth % 7 == 0 ? 1 : 0);
    int64_t weights = 0;
    if (t->npromises > DEMO_PROMISES - 10) forget_old(t);
    TRY(ledger_book_find(t->db, t->arena, t->code, LEDGER_MAIN, &book));
    int64_t free_now = book.balance.v - book.committed.v, all = free_now + t->expected.v;
    int64_t dared = all / 100 * demo_usage(t) / (4 - meeting);
    if (dared > free_now) dared = free_now; /* nothing is promised that is not in the bank */
    for (size_t i = 0; i < n; i++) {
        size_t at = (size_t)(t->nth * 7 + t->running * 11 + (int64_t)i * 11 + t->fy.v * 5 + meeting) % t->ntitles;
        chosen[i] = &t->titles[at];
        weights += chosen[i]->weight;
    }
    for (size_t i = 0; i < n; i++) {
        int64_t amount = dared / weights * chosen[i]->weight / 100 * rand_between(&t->rand, 80, 100) / 10000 * 10000;
        if (chosen[i]->support_type.p[0] == '4' && amount > all / 20) amount = all / 20 / 10000 * 10000;
        if (amount >= 300000 && t->npromises < DEMO_PROMISES) TRY(approve(t, chosen[i], satang(amount), meeting));
    }
    return ERR_OK;
}

/* ---- what happens to a promise ---- */

static enum err current(struct tale *t, const struct demo_promise *p, struct ledger_commitment *ret)
{
    struct ledger_book book = {0};
    TRY(ledger_book_find(t->db, t->arena, t->code, LEDGER_MAIN, &book));
    return ledger_commitment_find(t->db, t->arena, book.id, p->code, ret);
}

/* Refused for want of money or of an agreement: three weeks later somebody comes again. */
static enum err pay_part(struct tale *t, struct demo_promise *p, int part)
{
    enum ledger_fault fault;
    struct ledger_posted posted = {0};
    struct ledger_payment pay = {.fund_code = t->code,
                                 .on = t->day,
                                 .project_code = p->code,
                                 .instalment = p->part[1].v > 0 ? part + 1 : 0,
                                 .amount = p->part[part],
                                 .party = p->owner};
    pay.reference = str_printf(t->arena, "%.*s %lld/%d", STR_FMT(demo_word(t, "voucher")),
                               (long long)(++t->vouchers), t->fy.v);
    demo_tick(t);
    enum err e = ledger_post_payment(t->db, t->arena, &t->by, &pay, &fault, &posted);
    if (e == ERR_REFUSED) {
        p->pay_on[part] = fault == LEDGER_RELEASED ? never : days_on(t->day, 21);
        return ERR_OK;
    }
    p->is_paid[part] = e == ERR_OK;
    return e;
}

static enum err promise_day(struct tale *t, struct demo_promise *p)
{
    struct ledger_commitment c = {0};
    enum ledger_fault fault;
    if (demo_is(t, p->agree_on)) {
        TRY(current(t, p, &c));
        struct str no = str_printf(t->arena, "%lld/%d", (long long)(c.id.v % 97 + 1), t->fy.v);
        demo_tick(t);
        TRY(ledger_agree(t->db, t->arena, &t->by, c.id, c.version, no, t->day));
    }
    for (int i = 0; i < 2; i++)
        if (demo_is(t, p->pay_on[i]) && !p->is_paid[i]) TRY(pay_part(t, p, i));
    if (!demo_is(t, p->release_on)) return ERR_OK;
    p->release_on = p->pay_on[0] = p->pay_on[1] = never;
    TRY(current(t, p, &c));
    demo_tick(t);
    return ledger_release(t->db, t->arena, &t->by, c.id, c.version, t->day, &fault);
}

enum err demo_promises_of_day(struct tale *t)
{
    for (size_t i = 0; i < t->npromises; i++) TRY(promise_day(t, &t->promises[i]));
    return ERR_OK;
}

/* ---- plans ---- */

/* One line for each of some titles, so that issues and support types occur; D0001's plan of this year is
 * written but not agreed. */
enum err demo_plan(struct tale *t)
{
    struct ledger_plan p = {0};
    struct ledger_plan_line lines[7];
    enum ledger_fault fault;
    int64_t version = 0, weights = 0;
    bool is_now = date_fiscal_year(t->today).v == t->fy.v;
    size_t n = (size_t)(4 + t->nth % 4);
    TRY(ledger_plan_find(t->db, t->arena, t->code, t->fy, &p));
    p.income_nhso = t->nhso;
    p.income_local = t->local;
    p.income_other = some_satang(satang(100000));
    int64_t income = t->nhso.v.v + t->local.v.v + 100000, money = (income + p.carried_over.v) / 10000 * 9700;
    for (size_t i = 0; i < n; i++) weights += t->titles[(size_t)(t->nth * 5 + (int64_t)i * 8) % t->ntitles].weight;
    for (size_t i = 0; i < n; i++) {
        const struct demo_title *d = &t->titles[(size_t)(t->nth * 5 + (int64_t)i * 8) % t->ntitles];
        int64_t amount = money / weights * d->weight / 10000 * 10000;
        if (d->support_type.p[0] == '4' && amount > income / 100 * 10) amount = income / 100 * 7 / 10000 * 10000;
        if (amount < 10000) amount = 10000;
        lines[i] = (struct ledger_plan_line){.title = d->title,
                                             .unit_name = d->owner_name,
                                             .support_type = d->support_type,
                                             .issue_code = d->issue,
                                             .amount = satang(amount)};
    }
    p.lines = lines;
    p.nlines = n;
    if (!(is_now && t->nth == 0)) {
        p.agreed_on = (struct opt_date){true, t->day};
        p.agreed_in = str_printf(t->arena, "%.*s 1/%d", STR_FMT(demo_word(t, "meeting")), t->fy.v);
    }
    demo_tick(t);
    enum err e = ledger_plan_save(t->db, t->arena, &t->by, &p, &fault, &version);
    return e == ERR_REFUSED ? ERR_OK : e;
}

/* ---- taking over, LTC, drafts ---- */

enum err demo_take_over(struct tale *t)
{
    struct ledger_refusal refused;
    struct ledger_book_id book;
    int64_t nhso = t->nhso.has ? t->nhso.v.v : 15000000;
    struct ledger_take_receipt receipts[2] = {
        {.on = demo_in_year(t, 11, 12), .source = LEDGER_NHSO, .amount = satang(nhso)},
        {.on = demo_in_year(t, 12, 24), .source = LEDGER_INTEREST, .amount = satang(21350)}};
    struct ledger_take_project projects[3];
    for (size_t i = 0; i < 3; i++) {
        const struct demo_title *d = &t->titles[i * 9];
        projects[i] = (struct ledger_take_project){
            .project_code = str_printf(t->arena, "%02d-%.*s-%.*s-%02zu", t->fy.v % 100, STR_FMT(t->code),
                                       STR_FMT(d->support_type), i + 41),
            .title = d->title,
            .owner_name = d->owner_name,
            .support_type = d->support_type,
            .owner_type = d->owner_type,
            .issue_code = d->issue,
            .approved_on = demo_in_year(t, 10, 20),
            .approved_in = str_printf(t->arena, "%.*s 1/%d", STR_FMT(demo_word(t, "meeting")), t->fy.v),
            .amount = satang(4000000),
            .paid_this_year = satang(i == 0 ? 2500000 : 0),
            .paid_on = {i == 0, demo_in_year(t, 12, 8)},
            .agreement_no = str_printf(t->arena, "%zu/%d", i + 1, t->fy.v),
            .agreement_on = {true, demo_in_year(t, 11, 3)}};
    }
    struct ledger_opening o = {.fund_code = t->code,
                               .kind = LEDGER_MAIN,
                               .is_take_over = true,
                               .balance_on = t->day,
                               .balance = satang(nhso + 6400000),
                               .receipts = receipts,
                               .nreceipts = 2,
                               .projects = projects,
                               .nprojects = 3,
                               .bank_name = demo_word(t, "bank_name"),
                               .bank_account_name = demo_word(t, "bank_account"),
                               .bank_account_no = STR("020-1-55555-5")};
    t->expected = t->local.has ? t->local.v : satang(0);
    demo_tick(t);
    struct actor machine = actor_system("system:demo"); /* see approve() */
    return ledger_book_open(t->db, t->arena, &machine, &o, &refused, &book);
}

/* A book of its own for long-term care, since the beginning of last year. */
static enum err ltc_pay(struct tale *t, int64_t nth, struct satang amount)
{
    enum ledger_fault fault;
    struct actor machine = actor_system("system:demo"); /* see approve() */
    struct ledger_commitment_id id;
    struct ledger_posted posted;
    struct ledger_commit c = {.fund_code = t->code,
                              .book = LEDGER_LTC,
                              .title = demo_word(t, "ltc_title"),
                              .owner_name = demo_word(t, "ltc_owner"),
                              .support_type = STR("3"),
                              .owner_type = STR("2"),
                              .issue_code = STR("older_people"),
                              .approved_on = t->day,
                              .amount = amount};
    c.project_code = str_printf(t->arena, "%02d-%.*s-LTC-%02lld", t->fy.v % 100, STR_FMT(t->code), (long long)nth);
    c.approved_in = str_printf(t->arena, "%.*s %lld/%d", STR_FMT(demo_word(t, "meeting")), (long long)nth, t->fy.v);
    demo_tick(t);
    TRY(ledger_commit(t->db, t->arena, &machine, &c, &fault, &id));
    struct ledger_payment p = {.fund_code = t->code,
                               .book = LEDGER_LTC,
                               .on = t->day,
                               .project_code = c.project_code,
                               .amount = satang(amount.v / 2 / 100 * 100),
                               .party = c.owner_name};
    demo_tick(t);
    return ledger_post_payment(t->db, t->arena, &t->by, &p, &fault, &posted);
}

enum err demo_ltc(struct tale *t)
{
    struct ledger_refusal refused;
    struct ledger_book_id book;
    enum ledger_fault fault;
    struct ledger_posted posted;
    t->fy = fiscal_year(date_fiscal_year(t->today).v - 1);
    t->day = demo_workday(fiscal_year_first(t->fy));
    t->acts = 60; /* in the afternoon */
    struct ledger_opening o = {.fund_code = t->code,
                               .kind = LEDGER_LTC,
                               .opened_on = t->day,
                               .bank_name = demo_word(t, "bank_name"),
                               .bank_account_name = demo_word(t, "ltc_owner"),
                               .bank_account_no = STR("020-2-77777-7")};
    demo_tick(t);
    TRY(ledger_book_open(t->db, t->arena, &t->by, &o, &refused, &book));
    for (int64_t i = 1; i <= 3; i++) {
        t->day = demo_in_year(t, i == 1 ? 12 : i == 2 ? 3 : 6, 15);
        struct ledger_receipt r = {.fund_code = t->code,
                                   .book = LEDGER_LTC,
                                   .on = t->day,
                                   .source = LEDGER_NHSO,
                                   .amount = satang(rand_between(&t->rand, 8, 20) * 1044200),
                                   .memo = demo_word(t, "memo_nhso")};
        demo_tick(t);
        TRY(ledger_post_receipt(t->db, t->arena, &t->by, &r, &fault, &posted));
        TRY(ltc_pay(t, i, r.amount));
    }
    t->day = t->today;
    t->fy = date_fiscal_year(t->today);
    return ERR_OK;
}

/* What the officer has begun and not booked yet. */
enum err demo_drafts(struct tale *t)
{
    struct ledger_book book = {0};
    struct ledger_draft_id id;
    t->acts = 0;
    TRY(ledger_book_find(t->db, t->arena, t->code, LEDGER_MAIN, &book));
    struct ledger_draft receipt = {
        .kind = LEDGER_RECEIPT,
        .fields = str_printf(t->arena,
                             "{\"source\":\"local\",\"amount\":\"120,000\",\"date_d\":\"%d\",\"date_m\":\"%d\","
                             "\"date_y\":\"%d\",\"reference\":\"\",\"memo\":\"%.*s\"}",
                             t->today.day, t->today.month, t->today.year + 543, STR_FMT(demo_word(t, "memo_local")))};
    clock_fix(t->today, 8, 20);
    TRY(ledger_draft_save(t->db, t->arena, &t->by, book.id, &receipt, &id));
    if (t->npromises == 0) return ERR_OK;
    struct ledger_draft payment = {
        .kind = LEDGER_PAYMENT,
        .fields = str_printf(t->arena, "{\"project_code\":\"%.*s\",\"amount\":\"5,000\"}",
                             STR_FMT(t->promises[t->npromises - 1].code))};
    return ledger_draft_save(t->db, t->arena, &t->by, book.id, &payment, &id);
}

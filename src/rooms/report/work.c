/* work.c — what needs a person today, from the rows of their fund. Dates that fall due are those of the
 * fund's year: the finance plan by 31 December, the local government's match by 31 March. */
#include "rooms/report/work.h"

#include <string.h>

#include "app/who_view.h"
#include "rooms/ledger/ledger.h"
#include "rooms/report_sql.h"

#define SOON_DAYS 60 /* a due day nearer than this is said to be near */
#define NAMED_MAX 3  /* projects named in a line */

void work_add(struct work *w, struct work_item item)
{
    if (w->nitems < WORK_ITEMS_MAX) w->items[w->nitems++] = item;
}

/* What the rows say of one fund, and who asks. */
struct fund_now {
    struct rq *rq;
    struct str code;
    enum role role;
    bool may_book, may_close;
    struct report_work_fund_row row;
    struct ledger_sums sums; /* of this fiscal year until today; zero without a book */
};

static struct str words(const struct fund_now *n, enum msg key)
{
    return msg_text(key, n->rq->page.lang);
}

static struct href at(const struct fund_now *n, const char *pattern)
{
    return HREF(n->rq->arena, pattern, n->code);
}

/* Overdue after the day, near in the last weeks before it, waiting until then. */
static enum work_tone tone_of(struct rq *rq, struct date due)
{
    int32_t left = date_days(due) - date_days(rq->today);
    return left < 0 ? WORK_OVERDUE : left <= SOON_DAYS ? WORK_SOON : WORK_WAITS;
}

static struct date day_of_year(struct fiscal_year fy, int month, int day)
{
    struct date first = fiscal_year_first(fy);
    return (struct date){(int16_t)(first.year + (month < 10 ? 1 : 0)), (int8_t)month, (int8_t)day};
}

/* ---- one thing each ---- */

static void say_no_book(const struct fund_now *n, struct work *w)
{
    struct work_item it = {.key = "book", .tone = WORK_OVERDUE, .icon = STR("book-open"),
                           .title = words(n, MSG_work_book), .text = words(n, MSG_work_book_text)};
    if (n->may_book) {
        it.button = words(n, MSG_work_book_button);
        it.href = at(n, "/funds/{}/ledger/open");
    }
    work_add(w, it);
}

/* A single draft is opened at once; several are chosen from in the book. */
static enum err drafts_href(const struct fund_now *n, struct href *ret)
{
    struct rq *rq = n->rq;
    struct ledger_draft *drafts = NULL;
    size_t count = 0;
    *ret = at(n, "/funds/{}/ledger");
    if (n->row.drafts != 1) return ERR_OK;
    TRY(ledger_drafts(rq->db, rq->arena, n->row.book_id, &drafts, &count));
    if (count != 1) return ERR_OK; /* booked or added to since the count */
    *ret = HREF(rq->arena, drafts[0].kind == LEDGER_RECEIPT ? "/funds/{}/ledger/receipts/new?draft={}"
                                                            : "/funds/{}/ledger/payments/new?draft={}",
                n->code, str_printf(rq->arena, "%lld", (long long)drafts[0].id.v));
    return ERR_OK;
}

static enum err say_drafts(const struct fund_now *n, struct work *w)
{
    struct href href;
    if (n->row.drafts == 0 || !n->may_book) return ERR_OK;
    TRY(drafts_href(n, &href));
    work_add(w, (struct work_item){.key = "drafts", .tone = WORK_WAITS, .icon = STR("file-clock"),
                                   .title = MSG_FORMAT(n->rq->arena, n->rq->page.lang, MSG_work_drafts,
                                                       str_printf(n->rq->arena, "%lld", (long long)n->row.drafts)),
                                   .text = words(n, MSG_work_drafts_text), .count = {true, n->row.drafts},
                                   .button = words(n, MSG_work_drafts_button), .href = href});
    return ERR_OK;
}

/* Months of a book that have ended and are open still; the first of them is closed next. */
static void say_close(const struct fund_now *n, bool is_ltc, struct work *w)
{
    struct rq *rq = n->rq;
    struct opt_date opened = is_ltc ? n->row.ltc_opened_on : n->row.opened_on;
    struct opt_date closed = is_ltc ? n->row.ltc_closed_through : n->row.closed_through;
    if (!n->may_close || !opened.has) return;
    struct date from = closed.has ? date_add_days(closed.v, 1) : opened.v;
    int64_t months = (rq->today.year - from.year) * 12 + (rq->today.month - from.month);
    if (months <= 0) return;
    struct str month = rq->page.lang == LANG_TH ? str_of(date_month_th(from.month))
                                                : msg_text((enum msg)(MSG_month_1 + from.month - 1), LANG_EN);
    month = str_printf(rq->arena, "%.*s %d", STR_FMT(month), from.year + 543);
    struct str count = str_printf(rq->arena, "%lld", (long long)months);
    work_add(w, (struct work_item){.key = is_ltc ? "close_month_ltc" : "close_month",
                                   .tone = months > 1 ? WORK_OVERDUE : WORK_WAITS,
                                   .icon = STR("calendar-check"),
                                   .title = MSG_FORMAT(rq->arena, rq->page.lang, is_ltc ? MSG_work_close_ltc : MSG_work_close, count),
                                   .text = MSG_FORMAT(rq->arena, rq->page.lang, MSG_work_close_text, month),
                                   .count = {true, months}, .button = words(n, MSG_work_close_button),
                                   .href = at(n, is_ltc ? "/funds/{}/ledger/months?book=ltc" : "/funds/{}/ledger/months")});
}

/* Projects approved that cannot be paid for want of an agreement; the oldest are named. */
static enum err say_lacks(const struct fund_now *n, struct work *w)
{
    struct rq *rq = n->rq;
    struct report_work_lacks_row *rows = NULL;
    size_t nrows = 0;
    for (size_t i = 0; i < w->nitems; i++)
        if (strcmp(w->items[i].key, "agree") == 0) return ERR_OK; /* said by its project already */
    if (n->row.lacks == 0) return ERR_OK;
    TRY(report_work_lacks(rq->db, rq->arena, n->row.book_id, NAMED_MAX, &rows, &nrows));
    struct buf b = buf_in(rq->arena, 4096);
    for (size_t i = 0; i < nrows; i++) {
        if (i > 0) BUF_LIT(&b, " · ");
        buf_put(&b, rows[i].title);
    }
    work_add(w, (struct work_item){.key = "agreements", .tone = WORK_WAITS, .icon = STR("file-warning"),
                                   .title = MSG_FORMAT(rq->arena, rq->page.lang, MSG_work_lacks,
                                                       str_printf(rq->arena, "%lld", (long long)n->row.lacks)),
                                   .text = MSG_FORMAT(rq->arena, rq->page.lang, MSG_work_lacks_text, buf_str(&b)),
                                   .count = {true, n->row.lacks},
                                   .button = words(n, n->may_book ? MSG_work_lacks_button : MSG_work_look),
                                   .href = nrows == 1 ? HREF(rq->arena, "/funds/{}/ledger/commitments/show?project={}&book=", n->code,
                                                             rows[0].project_code)
                                                      : at(n, "/funds/{}/ledger/commitments")});
    return ERR_OK;
}

static struct str baht(struct rq *rq, int64_t satang)
{
    struct buf b = buf_in(rq->arena, 40);
    buf_satang(&b, (struct satang){satang});
    return buf_str(&b);
}

/* The match that the local government put into its budget, or else what it must be at least. */
static void say_match(const struct fund_now *n, struct work *w)
{
    struct rq *rq = n->rq;
    struct opt_count expected = n->row.entered.has ? n->row.entered : n->row.computed;
    int64_t got = n->sums.received[LEDGER_LOCAL].v;
    struct date due = day_of_year(rq->this_fy, 3, 31);
    if (expected.has ? got >= expected.v : got > 0) return;
    struct str text = expected.has ? MSG_FORMAT(rq->arena, rq->page.lang, MSG_work_match_text, baht(rq, got),
                                                baht(rq, expected.v), baht(rq, expected.v - got))
                                   : words(n, MSG_work_match_unknown);
    struct work_item it = {.key = "match", .tone = tone_of(rq, due), .icon = STR("landmark"),
                           .title = words(n, MSG_work_match), .text = text, .due = {true, due}};
    it.button = words(n, n->may_book ? MSG_work_match_button : MSG_work_look);
    it.href = n->may_book ? at(n, "/funds/{}/ledger/receipts/new") : at(n, "/funds/{}/ledger");
    work_add(w, it);
}

static void say_plan(const struct fund_now *n, struct work *w)
{
    struct rq *rq = n->rq;
    struct date due = day_of_year(rq->this_fy, 12, 31);
    bool has_plan = n->row.plan_id.v != 0;
    if (n->row.agreed_on.has) return;
    struct str fy = str_printf(rq->arena, "%d", rq->this_fy.v);
    enum msg text = has_plan ? MSG_work_plan_waits_text : MSG_work_plan_none_text;
    enum msg button = !n->may_book ? MSG_work_look : has_plan ? MSG_work_plan_button : MSG_work_plan_begin;
    struct work_item it = {.key = "plan", .tone = tone_of(rq, due), .icon = STR("clipboard-list"),
                           .title = MSG_FORMAT(rq->arena, rq->page.lang,
                                               has_plan ? MSG_work_plan_waits : MSG_work_plan_none, fy),
                           .text = words(n, text), .due = {true, due}};
    if (has_plan || n->may_book) {
        it.button = words(n, button);
        it.href = at(n, "/funds/{}/ledger/plan");
    }
    work_add(w, it);
}

/* ---- by role ---- */

static void add_action(const struct fund_now *n, struct work *w, enum msg label, const char *pattern)
{
    if (w->nactions < sizeof w->actions / sizeof w->actions[0])
        w->actions[w->nactions++] = (struct page_link){words(n, label), at(n, pattern)};
}

static void add_actions(const struct fund_now *n, struct work *w)
{
    if (n->role == ROLE_mentor) add_action(n, w, MSG_work_do_visits, "/funds/{}/visits");
    if (n->row.book_id.v == 0) return;
    if (n->may_book) {
        add_action(n, w, MSG_work_do_receipt, "/funds/{}/ledger/receipts/new");
        add_action(n, w, MSG_work_do_payment, "/funds/{}/ledger/payments/new");
    }
    add_action(n, w, MSG_work_do_book, "/funds/{}/ledger");
    add_action(n, w, MSG_work_do_plan, "/funds/{}/ledger/plan");
    if (n->may_book) add_action(n, w, MSG_work_do_people, "/funds/{}/people");
}

static void fill_money(const struct fund_now *n, struct work *w)
{
    w->has_money = n->row.book_id.v != 0;
    if (!w->has_money) return;
    w->brought = (struct satang){n->sums.brought.v + n->sums.opening.v};
    for (int s = 0; s < LEDGER_SOURCES; s++) w->received.v += n->sums.received[s].v;
    for (int t = 0; t < 10; t++) w->paid.v += n->sums.paid[t].v;
    w->balance = n->row.left_satang.v;
    w->held = n->row.committed;
    w->free = (struct satang){w->balance.v - w->held.v};
}

/* An auditor reads everything for some days; each page they open is written down. */
static enum err say_audit(const struct fund_now *n, struct work *w)
{
    struct rq *rq = n->rq;
    struct report_work_grant_row grant;
    TRY(report_work_grant(rq->db, rq->arena, (struct account_grant_id){rq->who.acting.id}, &grant));
    struct work_item it = {.key = "audit", .tone = WORK_NOTE, .icon = STR("eye"), .title = words(n, MSG_work_audit),
                           .text = words(n, MSG_work_audit_text), .due = grant.valid_to};
    if (n->row.book_id.v != 0) {
        it.button = words(n, MSG_work_audit_button);
        it.href = at(n, "/funds/{}/ledger?source=payment");
    }
    work_add(w, it);
    return ERR_OK;
}

static enum err read_fund(struct rq *rq, const struct grant *g, struct work *w)
{
    struct fund_now n = {.rq = rq, .code = g->code, .role = g->role};
    n.may_book = g->role == ROLE_officer || g->role == ROLE_secretary;
    n.may_close = g->role == ROLE_secretary;
    TRY(report_work_fund(rq->db, rq->arena, g->code, rq->this_fy, &n.row));
    if (n.row.book_id.v != 0)
        TRY(ledger_sums(rq->db, rq->arena, n.row.book_id, fiscal_year_first(rq->this_fy), fiscal_year_last(rq->this_fy), &n.sums));
    fill_money(&n, w);
    add_actions(&n, w);
    w->done = words(&n, MSG_work_done_fund);
    if (g->role == ROLE_auditor) return say_audit(&n, w);
    TRY(work_thread_fund(rq, g, n.row.fund_id, w));
    if (n.row.book_id.v == 0) {
        say_no_book(&n, w);
    } else {
        TRY(say_drafts(&n, w));
        say_close(&n, false, w);
        say_close(&n, true, w);
        TRY(say_lacks(&n, w));
        say_match(&n, w);
    }
    say_plan(&n, w);
    return ERR_OK;
}

/* Those who propose: their groups, and how a proposal is made today. */
static enum err read_applicant(struct rq *rq, const struct grant *g, struct work *w)
{
    struct report_work_groups_row *rows = NULL;
    size_t n = 0;
    enum lang lang = rq->page.lang;
    TRY(report_work_groups(rq->db, rq->arena, (struct account_id){rq->who.account}, WORK_GROUPS_MAX, &rows, &n));
    struct work_group *groups = ARENA_ARRAY(rq->arena, struct work_group, n);
    for (size_t i = 0; i < n; i++)
        groups[i] = (struct work_group){
            .name = rows[i].name,
            .fund = {lang_name(lang, rows[i].name_th, rows[i].name_en), HREF(rq->arena, "/funds/{}", rows[i].code)},
            .fund_code = rows[i].code,
            .is_demo = rows[i].is_demo,
            .waits_confirmation = rows[i].is_for_paper && !rows[i].confirmed_at.has};
    w->has_groups = true;
    w->groups = groups;
    w->ngroups = n;
    TRY(work_thread_own(rq, w));
    TRY(work_projects_own(rq, g, w));
    if (g->kind == SCOPE_FUND) {
        w->may_propose = true;
        w->propose = HREF(rq->arena, "/funds/{}/projects/new", g->code);
        return ERR_OK;
    }
    struct work_item it = {.key = "propose", .tone = WORK_NOTE, .icon = STR("file-text"),
                           .title = msg_text(MSG_work_propose, lang), .text = msg_text(MSG_work_propose_text, lang)};
    work_add(w, it);
    return ERR_OK;
}

static int by_tone(const void *a, const void *b)
{
    const struct work_item *x = a, *y = b;
    if (x->tone != y->tone) return x->tone < y->tone ? -1 : 1;
    if (x->due.has && y->due.has) return date_cmp(x->due.v, y->due.v);
    return x->due.has == y->due.has ? 0 : x->due.has ? -1 : 1;
}

/* The most pressing first; equals stay as they were added. */
static void sort_items(struct work *w)
{
    for (size_t i = 1; i < w->nitems; i++) {
        struct work_item it = w->items[i];
        size_t k = i;
        for (; k > 0 && by_tone(&w->items[k - 1], &it) > 0; k--) w->items[k] = w->items[k - 1];
        w->items[k] = it;
    }
}

enum err work_read(struct rq *rq, struct work *ret)
{
    const struct grant *g = &rq->who.acting;
    *ret = (struct work){.role = g->role, .fy = rq->this_fy, .done = msg_text(MSG_work_done, rq->page.lang)};
    if (g->role != ROLE_visitor) {
        ret->place = lang_name(rq->page.lang, g->name_th, g->name_en);
        ret->label = who_grant_label(rq, g);
    }
    if (g->role == ROLE_applicant || g->role == ROLE_visitor)
        TRY(read_applicant(rq, g, ret));
    else if (g->kind == SCOPE_FUND)
        TRY(read_fund(rq, g, ret));
    else
        TRY(work_read_area(rq, g, ret));
    sort_items(ret);
    return ERR_OK;
}

/* monitor_demo.c — what the demo's projects reported: most of the old ones are finished and closed, some are late, some
 * wait or were sent back; this year's thread of D0001 goes on from its first payment: reports with photos, the next
 * instalment, a final report, money that came back. Visits of the mentor; a programme. */
#include "app/file.h"
#include "app/reference.h"
#include "base/clock.h"
#include "base/rand.h"
#include "rooms/account/account.h"
#include "rooms/fund/fund.h"
#include "rooms/ledger/ledger.h"
#include "rooms/monitor/monitor_inside.h"
#include "rooms/monitor_sql.h"

#define WORDS   "demo_words.tsv"
#define STORIES 19
#define PAGE    200
#define PICTURED 3 /* funds whose finished projects have photos */

struct story { struct str issue, done, output, outcome; };
struct tale {
    struct db *db;
    struct arena *arena;
    struct rand rand;
    struct date today;
    struct str code;
    int64_t nth, pictures;
    struct actor writer, officer;
    const struct story *stories;
    size_t nstories;
};

static struct str said(const char *key)
{
    return reference_word(WORDS, key);
}

static const struct story *story_of(const struct tale *t, struct str issue)
{
    for (size_t i = 0; i < t->nstories; i++)
        if (str_eq(t->stories[i].issue, issue)) return &t->stories[i];
    return &t->stories[0];
}

static size_t read_stories(struct arena *a, struct story *stories)
{
    size_t n = 0;
    struct reference r = reference_open(a, "demo_issues.tsv");
    while (n < STORIES && reference_next(&r))
        stories[n++] = (struct story){str_copy(a, reference_text(&r, "issue")), str_copy(a, reference_text(&r, "done")),
                                      str_copy(a, reference_text(&r, "output")), str_copy(a, reference_text(&r, "outcome"))};
    return n;
}

/* ---- photos ---- */

static enum err put_photo(struct tale *t, struct monitor_report_id id, enum image_sketch what, const char *caption, bool is_public)
{
    struct image_pair p = image_sketch(t->arena, what, (uint64_t)(t->nth * 1000 + ++t->pictures));
    struct upload u = {.kind = FILE_IMAGE, .name = STR("photo.jpg"), .content_type = STR("image/jpeg"), .bytes = p.whole, .small = p.small,
                       .size = p.whole_size, .small_size = p.small_size};
    struct file_store store = {.is_in_db = true};
    struct file_object_id file = {0};
    struct monitor_photo photo = {.caption = said(caption), .is_public = is_public, .lat_x1e6 = {is_public, 13860000 + t->pictures * 731},
                                  .lon_x1e6 = {is_public, 100412000 + t->pictures * 517}};
    struct buf at = buf_in(t->arena, 32);
    int64_t position = 0;
    buf_date_iso(&at, clock_today());
    photo.taken_at = str_printf(t->arena, "%.*s 09:%02lld:00", STR_FMT(buf_str(&at)), (long long)(t->pictures * 7 % 60));
    TRY(file_put(&store, t->db, t->arena, &u, &file));
    photo.file = file.v;
    return monitor_photo_add(t->db, t->arena, &t->writer, id, &photo, u.name, &position);
}

static enum err put_photos(struct tale *t, struct monitor_report_id id)
{
    TRY(put_photo(t, id, SKETCH_CROWD, "photo_1", true));
    TRY(put_photo(t, id, SKETCH_FIELD, "photo_2", true));
    return put_photo(t, id, SKETCH_PAPER, "photo_sheet", false);
}

/* ---- reports ---- */

struct telling {
    bool is_final, has_photos;
    int percent; /* of the target that was reached */
    struct satang spent;
    enum monitor_state to;
};

static void tell_results(struct tale *t, const struct project_whole *w, const struct telling *x, struct monitor_report *r)
{
    r->results = ARENA_ARRAY(t->arena, struct monitor_result, w->nobjectives);
    for (size_t i = 0; x->is_final && i < w->nobjectives; i++) {
        const struct project_objective *o = &w->objectives[i];
        struct monitor_result *s = &r->results[r->nresults++];
        *s = (struct monitor_result){.position = (int64_t)i + 1, .words = r->outcome};
        if (!o->from_x100.has || !o->to_x100.has) continue;
        int64_t reached = o->from_x100.v + (o->to_x100.v - o->from_x100.v) * x->percent / 100;
        s->reached_x100 = (struct opt_count){true, reached};
        if (!str_eq(o->unit, STR("percent"))) continue;
        s->denominator = (struct opt_count){true, 200};
        s->numerator = (struct opt_count){true, reached * 200 / 10000};
        s->reached_x100.v = s->numerator.v * 50;
    }
}

/* By line as far as the money goes, the rest on the last. */
static void tell_money(struct tale *t, const struct project_whole *w, const struct telling *x, struct monitor_report *r)
{
    int64_t left = x->spent.v;
    r->money = ARENA_ARRAY(t->arena, struct monitor_money, w->nbudget);
    for (size_t i = 0; i < w->nbudget && left > 0; i++) {
        int64_t part = i + 1 == w->nbudget || w->budget[i].amount.v > left ? left : w->budget[i].amount.v;
        r->money[r->nmoney++] = (struct monitor_money){w->budget[i].id, w->budget[i].words, satang(part)};
        left -= part;
    }
    if (r->nmoney == 0) r->spent = some_satang(x->spent);
}

static void tell_people(struct tale *t, const struct project_whole *w, const struct telling *x, struct monitor_report *r)
{
    r->people = ARENA_ARRAY(t->arena, struct project_group_count, w->ntargets);
    for (size_t i = 0; i < w->ntargets; i++)
        if (w->targets[i].planned.has)
            r->people[r->npeople++] = (struct project_group_count){w->targets[i].group, w->targets[i].planned.v * x->percent / 100};
}

static enum err report(struct tale *t, const struct project *p, struct str issue, const struct telling *x)
{
    const struct story *s = story_of(t, issue);
    struct project_whole w = {0};
    struct monitor_report_id id = {0};
    struct date on = clock_today();
    TRY(project_read(t->db, t->arena, p, &w));
    struct monitor_report r = {.project = p->id,
                               .is_final = x->is_final,
                               .on = {true, date_add_days(on, -1)},
                               .ends_on = {true, date_add_days(on, -1)},
                               .title = x->is_final ? p->title : w.nactivities > 0 ? w.activities[0].title : p->title,
                               .reporter_name = said("team_1"),
                               .planned = w.nactivities > 0 ? w.activities[0].title : p->title,
                               .done = s->done,
                               .output = s->output,
                               .outcome = s->outcome,
                               .conclusion = said("conclusion"),
                               .problems = said(rand_chance(&t->rand, 30) ? "problem_rain" : "problem_none"),
                               .suggestions = said("suggestion"),
                               .level = x->percent >= 100 ? 3 : 2,
                               .is_entered_later = p->is_entered_later};
    if (!x->is_final && w.nactivities > 0) r.activity = w.activities[0].id;
    tell_results(t, &w, x, &r);
    tell_money(t, &w, x, &r);
    tell_people(t, &w, x, &r);
    TRY(monitor_save(t->db, t->arena, &t->writer, &r, &id));
    if (x->has_photos) TRY(put_photos(t, id));
    if (x->to == MONITOR_DRAFT) return ERR_OK;
    TRY(monitor_get(t->db, t->arena, id, &r));
    TRY(monitor_send(t->db, t->arena, &t->writer, id, r.version));
    TRY(monitor_get(t->db, t->arena, id, &r));
    if (x->to == MONITOR_ACCEPTED) return monitor_accept(t->db, t->arena, &t->officer, id, r.version);
    if (x->to == MONITOR_RETURNED) return monitor_return(t->db, t->arena, &t->officer, id, r.version, said("returned"));
    return ERR_OK;
}

static enum err close(struct tale *t, struct project_id id)
{
    const char *why = NULL;
    enum err e = monitor_close(t->db, t->arena, &t->officer, id, clock_today(), true, &why);
    return e == ERR_REFUSED ? err_note(e, "demo: not closed: %s", why == NULL ? "" : why) : e;
}

/* ---- the old ones ---- */

/* Months of last year are closed: what ended in them is closed with the new year's first work. */
static void open_month(struct tale *t)
{
    struct date first = fiscal_year_first(date_fiscal_year(t->today));
    struct date on = date_add_days(first, (int)rand_between(&t->rand, 1, 40));
    if (date_cmp(clock_today(), first) >= 0) return;
    clock_fix(date_cmp(on, t->today) < 0 ? on : t->today, 14, 40);
}

static enum err finish(struct tale *t, const struct project *p, struct str issue, const struct project_money *m)
{
    struct telling x = {.is_final = true, .percent = (int)rand_between(&t->rand, 70, 118), .spent = satang_sub(m->paid, m->refunded),
                        .to = MONITOR_ACCEPTED, .has_photos = t->nth < PICTURED && t->pictures < 12};
    if (m->refunded.v > m->paid.v) x.spent = satang(0);
    int64_t lot = rand_between(&t->rand, 0, 99);
    if (lot < 9) return ERR_OK; /* late: nobody has reported */
    if (lot < 13) x.to = MONITOR_SENT;
    else if (lot < 16) x.to = MONITOR_RETURNED;
    TRY(report(t, p, issue, &x));
    if (x.to != MONITOR_ACCEPTED || lot < 20) return ERR_OK;
    open_month(t);
    return close(t, p->id);
}

/* Not before its money was paid, returned or agreed on. */
static struct date settled(const struct project_money *m, struct date on)
{
    const struct opt_date days[] = {m->last_paid_on, m->last_refunded_on, m->agreed_on};
    for (size_t i = 0; i < sizeof days / sizeof days[0]; i++)
        if (days[i].has && date_cmp(days[i].v, on) > 0) on = days[i].v;
    return on;
}

static enum err tell_old(struct tale *t, const struct project_row *row)
{
    struct project p = {0};
    struct project_money m = {0};
    TRY(project_get(t->db, t->arena, row->id, &p));
    if (!p.is_entered_later || !p.ends_on.has) return ERR_OK;
    struct date on = date_add_days(p.ends_on.v, (int)rand_between(&t->rand, 5, 40));
    if (date_cmp(on, t->today) > 0) on = t->today;
    TRY(project_money(t->db, t->arena, &p, &m));
    clock_fix(settled(&m, on), 14, 10);
    if (p.state == PROJECT_STOPPED && m.paid.v == 0) {
        open_month(t);
        return close(t, p.id);
    }
    if (p.state != PROJECT_RUNNING || m.paid.v == 0) return ERR_OK;
    bool is_over = date_cmp(p.ends_on.v, t->today) < 0;
    if (is_over && (m.left.v == 0 || m.is_released)) return finish(t, &p, row->issue_code, &m);
    struct telling x = {.percent = 60, .spent = satang(m.paid.v / 2), .to = MONITOR_ACCEPTED};
    return rand_chance(&t->rand, 50) ? report(t, &p, row->issue_code, &x) : ERR_OK;
}

static enum err tell_fund(struct tale *t)
{
    struct project_row *rows = NULL;
    size_t n = PAGE;
    struct project_asked q = {.fund_code = t->code, .state = -1, .today = t->today, .most = PAGE};
    while (n == PAGE) {
        TRY(project_list(t->db, t->arena, &q, &rows, &n));
        for (size_t i = 0; i < n; i++) TRY(tell_old(t, &rows[i]));
        if (n > 0) q.after = rows[n - 1].id;
    }
    return ERR_OK;
}

/* ---- this year's thread of D0001 ---- */

static enum err find(struct tale *t, const char *title, struct project *ret, struct str *ret_issue)
{
    struct project_row *rows = NULL;
    size_t n = 0;
    struct project_asked q = {.fund_code = t->code, .fy = date_fiscal_year(t->today), .state = -1, .today = t->today, .most = PAGE};
    TRY(project_list(t->db, t->arena, &q, &rows, &n));
    for (size_t i = 0; i < n; i++) {
        if (!str_eq(rows[i].title, said(title))) continue;
        *ret_issue = str_is_none(rows[i].issue_code) ? STR("") : rows[i].issue_code;
        return project_get(t->db, t->arena, rows[i].id, ret);
    }
    return err_note(ERR_NOT_FOUND, "demo: no project %s", title);
}

static void on_day(struct tale *t, int days)
{
    clock_fix(date_add_days(t->today, days), 11, 25);
}

static enum err tell(struct tale *t, const char *title, int days, const struct telling *x)
{
    struct project p = {0};
    struct str issue = STR_NONE;
    TRY(find(t, title, &p, &issue));
    on_day(t, days);
    return report(t, &p, issue, x);
}

static enum err pay_next(struct tale *t, const char *title, int64_t instalment, int days)
{
    struct project p = {0};
    struct str issue = STR_NONE;
    struct ledger_instalment *parts = NULL;
    struct ledger_posted posted = {0};
    enum ledger_fault fault = LEDGER_FINE;
    size_t n = 0;
    TRY(find(t, title, &p, &issue));
    TRY(ledger_instalments(t->db, t->arena, p.commitment, &parts, &n));
    if ((size_t)instalment > n) return err_note(ERR_NOT_FOUND, "demo: no instalment %lld", (long long)instalment);
    on_day(t, days);
    struct ledger_payment pay = {.fund_code = t->code, .on = clock_today(), .project_code = p.code, .instalment = instalment,
                                 .amount = parts[instalment - 1].amount, .party = p.owner_name,
                                 .reference = str_printf(t->arena, "%.*s %lld/%lld", STR_FMT(said("voucher")), (long long)p.id.v, (long long)instalment)};
    enum err e = ledger_post_payment(t->db, t->arena, &t->officer, &pay, &fault, &posted);
    return e == ERR_REFUSED ? err_note(e, "demo: instalment is not paid: %s", ledger_fault_code(fault)) : e;
}

static enum err give_back(struct tale *t, const char *title, struct satang amount, int days)
{
    struct project p = {0};
    struct str issue = STR_NONE;
    struct ledger_posted posted = {0};
    enum ledger_fault fault = LEDGER_FINE;
    TRY(find(t, title, &p, &issue));
    on_day(t, days);
    struct ledger_receipt r = {.fund_code = t->code, .on = clock_today(), .source = LEDGER_REFUND, .amount = amount, .project_code = p.code,
                               .party = p.owner_name, .memo = said("memo_refund"),
                               .reference = str_printf(t->arena, "%.*s %lld", STR_FMT(said("receipt")), (long long)p.id.v)};
    enum err e = ledger_post_receipt(t->db, t->arena, &t->officer, &r, &fault, &posted);
    return e == ERR_REFUSED ? err_note(e, "demo: money is not taken back: %s", ledger_fault_code(fault)) : e;
}

/* A small one, begun and closed within two weeks: 1,200 baht came back. */
static enum err small_one(struct tale *t)
{
    struct project p = {0};
    struct str issue = STR_NONE;
    struct telling day = {.percent = 90, .spent = satang(900000), .to = MONITOR_ACCEPTED, .has_photos = true};
    struct telling end = {.is_final = true, .percent = 104, .spent = satang(900000), .to = MONITOR_ACCEPTED, .has_photos = true};
    TRY(tell(t, "title_small", -6, &day));
    TRY(tell(t, "title_small", -4, &end));
    TRY(give_back(t, "title_small", satang(120000), -3));
    TRY(find(t, "title_small", &p, &issue));
    on_day(t, -2);
    return close(t, p.id);
}

static enum err thread(struct tale *t)
{
    struct telling good = {.percent = 70, .spent = satang(1500000), .to = MONITOR_ACCEPTED, .has_photos = true};
    struct telling waits = {.percent = 60, .spent = satang(900000), .to = MONITOR_SENT, .has_photos = true};
    struct telling back = {.percent = 50, .spent = satang(700000), .to = MONITOR_RETURNED};
    struct telling draft = {.percent = 40, .spent = satang(300000), .to = MONITOR_DRAFT};
    struct telling stopped = {.is_final = true, .percent = 40, .spent = satang(1200000), .to = MONITOR_SENT};
    struct telling urgent = {.is_final = true, .percent = 100, .spent = satang(4000000), .to = MONITOR_ACCEPTED, .has_photos = true};
    TRY(account_demo_actor(t->db, t->arena, STR("applicant"), t->code, &t->writer));
    TRY(small_one(t));
    TRY(tell(t, "title_large", -5, &good));
    TRY(pay_next(t, "title_large", 2, -3));
    TRY(tell(t, "title_wait", -2, &waits));
    TRY(tell(t, "title_returned", -3, &back));
    TRY(tell(t, "title_medium", -1, &draft));
    TRY(tell(t, "title_stop", -1, &stopped));
    return tell(t, "title_urgent", -1, &urgent);
}

/* ---- visits, a programme ---- */

static enum err visit(struct tale *t)
{
    struct actor mentor = {0};
    struct project p = {0};
    struct str issue = STR_NONE;
    TRY(account_demo_actor(t->db, t->arena, STR("mentor"), t->code, &mentor));
    TRY(find(t, "title_large", &p, &issue));
    on_day(t, -4);
    struct monitor_demo_visit_args args = {.fund_id = p.fund, .project_id = p.id, .on_date = clock_today(), .seen = said("visit_seen"),
                                           .advice = said("visit_advice"), .account_no = monitor_account(&mentor), .recorded_at = clock_now()};
    return monitor_demo_visit(t->db, &args, NULL);
}

static enum err programme(struct tale *t)
{
    struct actor agency = {0};
    struct monitor_programme_id id = {0};
    struct monitor_report_id report_id = {0};
    TRY(account_demo_actor(t->db, t->arena, STR("agency"), STR("-"), &agency));
    on_day(t, -60);
    struct monitor_programme g = {.code = STR("walkable-city"), .title = said("programme_title"), .owner_name = said("programme_owner"),
                                  .goal = said("programme_goal"), .starts_on = {true, date_add_days(t->today, -300)}};
    TRY(monitor_programme_save(t->db, t->arena, &agency, &g, &id));
    t->writer = agency;
    const struct story *s = story_of(t, STR("physical_activity"));
    struct monitor_report r = {.programme = id, .on = {true, date_add_days(t->today, -70)}, .title = said("programme_goal"), .planned = said("programme_goal"),
                               .done = s->done, .output = s->output, .outcome = s->outcome, .conclusion = said("conclusion"), .reporter_name = said("programme_owner")};
    TRY(monitor_save(t->db, t->arena, &agency, &r, &report_id));
    TRY(put_photos(t, report_id));
    TRY(monitor_get(t->db, t->arena, report_id, &r));
    return monitor_send(t->db, t->arena, &agency, report_id, r.version);
}

static enum err tell_all(struct tale *t)
{
    /* Who writes is never who accepts: the machine writes where there is nobody. */
    t->writer = t->officer = actor_system("system:demo");
    if (t->nth == 0) TRY(account_demo_actor(t->db, t->arena, STR("officer"), t->code, &t->officer));
    TRY(tell_fund(t));
    if (t->nth != 0) return ERR_OK;
    TRY(thread(t));
    TRY(visit(t));
    return programme(t);
}

enum err monitor_demo(struct db *db, struct arena *a, uint64_t seed, struct date today)
{
    struct opt_instant fixed = clock_fixed();
    struct story *stories = ARENA_ARRAY(a, struct story, STORIES);
    struct str *codes = NULL;
    size_t n = 0, nstories = read_stories(a, stories);
    enum err e = fund_demo_all(db, a, &codes, &n);
    for (size_t i = 0; e == ERR_OK && i < n; i++) {
        struct tale *t = ARENA_NEW(a, struct tale);
        *t = (struct tale){.db = db, .arena = a, .rand = rand_seeded(seed * 4000 + i), .today = today, .code = codes[i], .nth = (int64_t)i,
                           .stories = stories, .nstories = nstories};
        e = tell_all(t);
    }
    clock_fix_again(fixed);
    return e;
}

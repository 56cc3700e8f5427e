/* monitor_close.c — photos of a report, the money that reports account for, and the end of a project. */
#include "app/audit.h"
#include "app/file.h"
#include "base/clock.h"
#include "rooms/monitor/monitor_inside.h"
#include "rooms/monitor_sql.h"

#define LINES_MAX (MONITOR_REPORTS_MAX * MONITOR_MONEY_MAX)

/* ---- photos ---- */

/* Who comes to change photos has a hand in the report. */
static enum err lock(struct db *db, const struct actor *by, struct monitor_report_id id)
{
    int64_t changed = 0;
    TRY(monitor_report_lock(db, id, &changed));
    return changed == 1 ? monitor_hand(db, by, id) : err_note(ERR_REFUSED, "the report is sent");
}

static enum err audit_photo(struct db *db, struct arena *a, const struct actor *by, const char *action,
                            struct monitor_report_id id, const char *field, int64_t position)
{
    struct str at = str_printf(a, "%lld", (long long)position);
    struct audit_change change = {field, STR_NONE, at};
    return audit_write(db, a, by, action, MONITOR_THING, id.v, &change, 1);
}

static enum err insert(struct db *db, struct arena *a, const struct actor *by, struct monitor_report_id id,
                       const struct monitor_photo *p, struct str name, int64_t position)
{
    struct file_use_id use;
    struct file_use_new n = {.file = {p->file}, .thing = STR(MONITOR_THING), .thing_id = id.v, .kind = STR("photo"),
                             .name = name, .account = by->account, .is_private = true};
    TRY(file_attach(db, a, &n, &use));
    struct monitor_photo_insert_args args = {.report_id = id,
                                             .file_use_no = use.v,
                                             .file_no = p->file,
                                             .position = position,
                                             .caption = monitor_none(p->caption),
                                             .taken_at = monitor_none(p->taken_at),
                                             .lat_x1e6 = p->lat_x1e6,
                                             .lon_x1e6 = p->lon_x1e6,
                                             .is_public = p->is_public};
    TRY(monitor_photo_insert(db, &args, NULL));
    return audit_photo(db, a, by, "photo_add", id, "photo", position);
}

enum err monitor_photo_add(struct db *db, struct arena *a, const struct actor *by, struct monitor_report_id id,
                           const struct monitor_photo *p, struct str name, int64_t *ret_position)
{
    struct monitor_photo_of_row *there = NULL;
    size_t n = 0;
    bool taken[MONITOR_PHOTOS_MAX + 1] = {false};
    TRY(lock(db, by, id));
    TRY(monitor_photo_of(db, a, id, &there, &n));
    for (size_t i = 0; i < n; i++) {
        taken[there[i].position] = true;
        if (there[i].file_no == p->file) return *ret_position = there[i].position, ERR_OK;
    }
    for (int64_t at = 1; at <= MONITOR_PHOTOS_MAX; at++) {
        if (taken[at]) continue;
        TRY(insert(db, a, by, id, p, name, at));
        *ret_position = at;
        return ERR_OK;
    }
    return err_note(ERR_LIMIT, "a report has %d photos", MONITOR_PHOTOS_MAX);
}

enum err monitor_photo_change(struct db *db, struct arena *a, const struct actor *by, struct monitor_report_id id,
                              int64_t position, struct str caption, bool is_public)
{
    struct monitor_photo_get_row was;
    TRY(lock(db, by, id));
    TRY(monitor_photo_get(db, a, id, position, &was));
    TRY(monitor_photo_set(db, id, position, monitor_none(caption), is_public, NULL));
    /* A caption may name people: it stays with the photo. */
    struct audit_change changes[] = {{"photo", STR_NONE, str_printf(a, "%lld", (long long)position)},
                                     {"is_public", was.is_public ? STR("1") : STR("0"), is_public ? STR("1") : STR("0")}};
    return audit_write(db, a, by, "photo_change", MONITOR_THING, id.v, changes, 2);
}

enum err monitor_photo_remove(struct db *db, struct arena *a, const struct actor *by, struct monitor_report_id id,
                              int64_t position)
{
    struct monitor_photo_get_row was;
    TRY(lock(db, by, id));
    TRY(monitor_photo_get(db, a, id, position, &was));
    TRY(monitor_photo_drop(db, id, position, NULL));
    TRY(file_detach(db, (struct file_use_id){was.file_use_no}, STR(MONITOR_THING), id.v));
    return audit_photo(db, a, by, "photo_remove", id, "photo_removed", position);
}

/* ---- money by reports ---- */

/* One line more, or more of the line that is there: the same budget line, or the same words. */
static void spent_add(struct monitor_spent *s, const struct monitor_money_accepted_row *r)
{
    size_t i = 0;
    for (; i < s->nlines; i++) {
        struct monitor_money *m = &s->lines[i];
        if (m->line.v == r->budget_id.v && (!id_is_none(m->line) || str_eq(m->words, r->words))) break;
    }
    if (i == s->nlines) s->lines[s->nlines++] = (struct monitor_money){r->budget_id, r->words, satang(0)};
    s->lines[i].amount = satang_add(s->lines[i].amount, r->amount_satang.v);
}

enum err monitor_spent(struct db *db, struct arena *a, struct project_id id, struct monitor_spent *ret)
{
    struct monitor_money_accepted_row *rows = NULL;
    size_t n = 0;
    bool has_final = false;
    TRY(monitor_money_accepted(db, a, id, LINES_MAX, &rows, &n));
    for (size_t i = 0; i < n; i++) has_final |= str_eq(rows[i].kind, STR("final"));
    *ret = (struct monitor_spent){.lines = ARENA_ARRAY(a, struct monitor_money, n)};
    for (size_t i = 0; i < n; i++) {
        bool is_final = str_eq(rows[i].kind, STR("final")), is_first = i == 0 || rows[i - 1].id.v != rows[i].id.v;
        if (is_final != has_final) continue;
        if (rows[i].amount_satang.has) spent_add(ret, &rows[i]);
        if (!is_first || !rows[i].spent_satang.has) continue;
        ret->sum = (struct opt_satang){true, satang_add(ret->sum.v, rows[i].spent_satang.v)};
    }
    return ERR_OK;
}

/* ---- the end ---- */

enum err monitor_closing_get(struct db *db, struct arena *a, struct project_id id, struct monitor_closing *ret)
{
    struct monitor_closing_of_row row;
    TRY(monitor_closing_of(db, a, id, &row));
    *ret = (struct monitor_closing){row.paid_satang, row.spent_satang, row.returned_satang, row.closed_on, row.unreported, row.account_no.v};
    return ERR_OK;
}

static enum err no(const char *why, const char **ret_why)
{
    *ret_why = why;
    return err_note(ERR_REFUSED, "closing: %s", why);
}

/* What is left of the promise goes back to the fund. */
static enum err release(struct db *db, struct arena *a, const struct actor *by, const struct project *p, struct date on,
                        const char **ret_why)
{
    struct ledger_book book;
    struct ledger_commitment c;
    struct monitor_promise_row promise;
    enum ledger_fault fault = LEDGER_FINE;
    if (id_is_none(p->commitment)) return ERR_OK;
    TRY(ledger_book_find(db, a, p->fund_code, LEDGER_MAIN, &book));
    TRY(monitor_promise(db, a, p->commitment, &promise));
    TRY(ledger_commitment_find(db, a, book.id, promise.project_code, &c));
    if (c.is_released) return ERR_OK;
    enum err e = ledger_release(db, a, by, c.id, c.version, on, &fault);
    return e == ERR_REFUSED && fault != LEDGER_FINE ? no(ledger_fault_code(fault), ret_why) : e;
}

enum err monitor_unpaid_part(struct db *db, struct arena *a, const struct project *p, int64_t *ret)
{
    struct ledger_instalment *parts = NULL;
    size_t n = 0;
    *ret = 0;
    if (id_is_none(p->commitment)) return ERR_OK;
    TRY(ledger_instalments(db, a, p->commitment, &parts, &n));
    for (size_t i = n; i-- > 0;)
        if (!parts[i].is_shut && parts[i].left.v > 0) *ret = parts[i].position;
    return ERR_OK;
}

enum err monitor_close_from(struct db *db, struct arena *a, const struct project *p, const struct project_money *m, struct opt_date *ret)
{
    struct monitor_final_day_row final = {0};
    TRY(monitor_final_day(db, a, p->id, &final));
    struct opt_date days[] = {p->approved_on, m->last_paid_on, m->last_refunded_on, m->agreed_on, final.on_date};
    *ret = (struct opt_date){0};
    for (size_t i = 0; i < sizeof days / sizeof days[0]; i++)
        if (days[i].has && (!ret->has || date_cmp(days[i].v, ret->v) > 0)) *ret = days[i];
    return ERR_OK;
}

/* Before what it closes, or over money that the group may still get. */
static enum err may_settle(struct db *db, struct arena *a, const struct project *p, const struct project_money *money, struct date on,
                           const char **ret_why)
{
    struct opt_date from = {0};
    int64_t unpaid = 0;
    TRY(monitor_close_from(db, a, p, money, &from));
    if (from.has && date_cmp(on, from.v) < 0) return no("early", ret_why);
    TRY(monitor_unpaid_part(db, a, p, &unpaid));
    return unpaid > 0 ? no("unpaid", ret_why) : ERR_OK;
}

enum err monitor_unreported(struct db *db, struct arena *a, const struct project *p, struct date on, struct str **ret, size_t *ret_n)
{
    struct monitor_unreported_of_row *rows = NULL;
    *ret_n = 0;
    if (p->state == PROJECT_STOPPED || !p->ends_on.has || date_cmp(on, p->ends_on.v) >= 0) return ERR_OK;
    TRY(monitor_unreported_of(db, a, p->id, &rows, ret_n));
    *ret = ARENA_ARRAY(a, struct str, *ret_n);
    for (size_t i = 0; i < *ret_n; i++) (*ret)[i] = rows[i].title;
    return ERR_OK;
}

static enum err may_close(struct db *db, struct arena *a, const struct project *p, const struct project_money *money, struct date on,
                          const char **ret_why)
{
    struct monitor_waiting_row waiting;
    if (p->state != PROJECT_REPORTED && p->state != PROJECT_STOPPED) return no("state", ret_why);
    if (date_cmp(on, clock_today()) > 0 || (p->approved_on.has && date_cmp(on, p->approved_on.v) < 0))
        return no("date", ret_why);
    TRY(monitor_waiting(db, a, p->id, &waiting));
    if (waiting.n > 0) return no("waits", ret_why);
    return may_settle(db, a, p, money, on, ret_why);
}

enum err monitor_close(struct db *db, struct arena *a, const struct actor *by, struct project_id id, struct date on, bool is_meant,
                       const char **ret_why)
{
    struct str *missing = NULL;
    size_t nmissing = 0;
    struct project p;
    struct project_money money;
    struct monitor_spent spent;
    struct satang due;
    struct opt_date due_on;
    struct monitor_lock_project_row lock;
    *ret_why = NULL;
    TRY(monitor_lock_project(db, a, id, &lock));
    TRY(project_get(db, a, id, &p));
    TRY(project_money(db, a, &p, &money));
    TRY(may_close(db, a, &p, &money, on, ret_why));
    enum err decided = project_keep_undecided(db, a, id);
    if (decided == ERR_REFUSED) return no("undecided", ret_why);
    TRY(decided);
    TRY(project_due_back(db, a, &p, &due, &due_on));
    if (due.v > 0) return no("due", ret_why);
    TRY(monitor_spent(db, a, id, &spent));
    if (satang_add(spent.sum.v, money.refunded).v < money.paid.v) return no("money", ret_why);
    TRY(monitor_unreported(db, a, &p, on, &missing, &nmissing));
    if (nmissing > 0 && !is_meant) return no("unreported", ret_why);
    TRY(release(db, a, by, &p, on, ret_why));
    struct monitor_closing_add_args args = {.project_id = id,
                                            .paid_satang = money.paid,
                                            .spent_satang = spent.sum.v,
                                            .returned_satang = money.refunded,
                                            .closed_on = on,
                                            .unreported = (int64_t)nmissing,
                                            .account_no = monitor_account(by),
                                            .recorded_at = clock_now()};
    TRY(monitor_closing_add(db, &args, NULL));
    struct audit_change changes[] = {{"paid_satang", STR_NONE, str_printf(a, "%lld", (long long)money.paid.v)},
                                     {"spent_satang", STR_NONE, str_printf(a, "%lld", (long long)spent.sum.v.v)},
                                     {"returned_satang", STR_NONE, str_printf(a, "%lld", (long long)money.refunded.v)},
                                     {"unreported", STR_NONE, str_printf(a, "%zu", nmissing)}};
    TRY(audit_write(db, a, by, "close", "project", id.v, changes, nmissing > 0 ? 4 : 3));
    return project_move(db, a, by, id, PROJECT_CLOSED, on);
}

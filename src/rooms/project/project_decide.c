/* project_decide.c — what a meeting (or the chair alone, in an emergency) decides about a project. A decision is
 * recorded while the meeting is held and may be written anew until it is signed; then it is in force, and only
 * then it moves the proposal and opens its commitment (project_force.c). */
#include "app/audit.h"
#include "base/baht_text.h"
#include "base/clock.h"
#include "rooms/project/project_inside.h"
#include "rooms/project_sql.h"

#include <assert.h>

#define DECISIONS_MAX 100
#define WAITING_MAX   100

/* ---- reading ---- */

static struct project_decision decision_of(struct arena *a, struct project_id id, const struct project_decisions_of_row *r)
{
    struct str words = r->meeting_words;
    if (r->meeting_number.has) words = str_printf(a, "%lld/%d", (long long)r->meeting_number.v, r->meeting_fy.v.v);
    return (struct project_decision){.id = r->id,
                                     .project = id,
                                     .kind = r->kind,
                                     .meeting = r->meeting_id,
                                     .item = r->meeting_item_id,
                                     .meeting_words = words,
                                     .decided_on = r->decided_on,
                                     .amount = r->amount_satang,
                                     .conditions = r->conditions,
                                     .reason = r->reason,
                                     .report_due = r->report_due,
                                     .change = r->change_id,
                                     .corrects = r->corrects_id,
                                     .signed_how = r->signed_how,
                                     .signed_names = r->signed_names,
                                     .signed_on = r->signed_on,
                                     .is_in_force = r->in_force_at.has,
                                     .is_corrected = r->corrected > 0,
                                     .is_entered_later = r->in_force_at.has && str_is_none(r->signed_how),
                                     .recorded_at = r->recorded_at,
                                     .account = r->account_no.has ? r->account_no.v : 0};
}

enum err project_decisions(struct db *db, struct arena *a, struct project_id id, struct project_decision **ret, size_t *ret_n)
{
    struct project_decisions_of_row *rows = NULL;
    size_t n = 0, out = 0;
    TRY(project_decisions_of(db, a, id, DECISIONS_MAX, &rows, &n));
    struct project_decision *all = ARENA_ARRAY(a, struct project_decision, n);
    for (size_t i = 0; i < n; i++)
        if (rows[i].is_superseded == 0) all[out++] = decision_of(a, id, &rows[i]);
    *ret = all;
    *ret_n = out;
    return ERR_OK;
}

static bool is_about_proposal(struct str kind)
{
    return !str_eq(kind, STR("change")) && !str_eq(kind, STR("refuse_change")) && !str_eq(kind, STR("laid_before"));
}

enum err project_decision_standing(struct db *db, struct arena *a, struct project_id id, struct project_decision *ret)
{
    struct project_decision *all = NULL;
    size_t n = 0;
    TRY(project_decisions(db, a, id, &all, &n));
    for (size_t i = n; i > 0; i--)
        if (all[i - 1].is_in_force && !all[i - 1].is_corrected && is_about_proposal(all[i - 1].kind)) {
            *ret = all[i - 1];
            return ERR_OK;
        }
    return ERR_NOT_FOUND;
}

enum err project_decision_of_item(struct db *db, struct arena *a, struct project_id id, struct meeting_item_id item,
                                  struct project_decision *ret)
{
    struct project_decision *all = NULL;
    size_t n = 0;
    TRY(project_decisions(db, a, id, &all, &n));
    for (size_t i = n; i > 0; i--)
        if (all[i - 1].item.v == item.v && !id_is_none(item)) {
            *ret = all[i - 1];
            return ERR_OK;
        }
    return ERR_NOT_FOUND;
}

enum err project_keep_undecided(struct db *db, struct arena *a, struct project_id id)
{
    struct project_decisions_open_row open = {0};
    TRY(project_decisions_open(db, a, id, &open));
    return open.n == 0 ? ERR_OK : err_note(ERR_REFUSED, "a decision on it waits for the meeting's signature");
}

enum err project_decision_project(struct db *db, struct arena *a, struct project_decision_id id, struct project_id *ret)
{
    struct project_decision_get_row row = {0};
    TRY(project_decision_get(db, a, id, &row));
    *ret = row.project_id;
    return ERR_OK;
}

enum err project_promised(struct db *db, struct arena *a, struct meeting_id meeting, struct project_id but, struct satang *ret)
{
    struct project_promised_in_row row = {0};
    TRY(project_promised_in(db, a, meeting, but, &row));
    *ret = row.total;
    return ERR_OK;
}

/* ---- what waits ---- */

static struct project_waiting proposal_waits(const struct project_waiting_proposals_row *r)
{
    return (struct project_waiting){.thing = "project",
                                    .thing_id = r->id.v,
                                    .slug = r->slug,
                                    .title = r->title,
                                    .owner_name = r->owner_name,
                                    .kind = r->state,
                                    .amount = r->asked_satang,
                                    .since = r->sent_on};
}

enum err project_waiting(struct db *db, struct arena *a, struct fund_id fund, struct project_waiting **ret, size_t *ret_n)
{
    struct project_waiting_proposals_row *proposals = NULL;
    struct project_waiting_changes_row *changes = NULL;
    struct project_waiting_urgent_row *urgent = NULL;
    size_t np = 0, nc = 0, nu = 0, n = 0;
    TRY(project_waiting_proposals(db, a, fund, WAITING_MAX, &proposals, &np));
    TRY(project_waiting_changes(db, a, fund, WAITING_MAX, &changes, &nc));
    TRY(project_waiting_urgent(db, a, fund, WAITING_MAX, &urgent, &nu));
    struct project_waiting *all = ARENA_ARRAY(a, struct project_waiting, np + nc + nu);
    for (size_t i = 0; i < np; i++) all[n++] = proposal_waits(&proposals[i]);
    for (size_t i = 0; i < nu; i++)
        all[n++] = (struct project_waiting){.thing = "project_decision",
                                            .thing_id = urgent[i].id.v,
                                            .slug = urgent[i].slug,
                                            .title = urgent[i].title,
                                            .owner_name = urgent[i].owner_name,
                                            .kind = STR("urgent"),
                                            .amount = urgent[i].amount_satang,
                                            .since = {true, urgent[i].decided_on}};
    for (size_t i = 0; i < nc; i++)
        all[n++] = (struct project_waiting){.thing = "project_change",
                                            .thing_id = changes[i].id.v,
                                            .slug = changes[i].slug,
                                            .title = changes[i].title,
                                            .owner_name = changes[i].owner_name,
                                            .kind = changes[i].kind,
                                            .reason = changes[i].reason,
                                            .since = {true, instant_date(changes[i].recorded_at)}};
    *ret = all;
    *ret_n = n;
    return ERR_OK;
}

enum err project_urgent_sign(struct db *db, struct arena *a, struct project_id id, struct project_decision *ret, struct meeting_sign *ret_sign)
{
    struct project_decision *all = NULL;
    struct meeting_sign *signs = NULL;
    size_t n = 0, nsigns = 0;
    TRY(project_decisions(db, a, id, &all, &n));
    while (n > 0 && (all[n - 1].is_in_force || !str_eq(all[n - 1].kind, STR("urgent")))) n--;
    if (n == 0) return ERR_NOT_FOUND;
    TRY(meeting_sign_list(db, a, "project_decision", all[n - 1].id.v, &signs, &nsigns));
    if (nsigns == 0 || signs[0].is_in_force) return ERR_NOT_FOUND;
    *ret = all[n - 1];
    *ret_sign = signs[0];
    return ERR_OK;
}

/* ---- recording ---- */

struct deciding {
    struct db *db;
    struct arena *arena;
    const struct actor *by;
    const struct project_decision *d;
    struct meeting_refusal *why;
    struct project p;
    struct project_decision_add_args row;
    struct project_decision_id id;
    struct str thing; /* of its item */
    int64_t thing_id;
};

static enum err refuse(struct deciding *x, enum msg m)
{
    return meeting_refuse(x->why, m, x->p.title, STR_NONE, STR_NONE);
}

static bool kind_is(const struct deciding *x, const char *kind)
{
    return str_eq(x->d->kind, str_of(kind));
}

static bool is_approval(const struct deciding *x)
{
    return kind_is(x, "approve") || kind_is(x, "approve_corrected") || kind_is(x, "urgent");
}

/* A proposal that waits, or one that was decided wrongly: then this is its correction. */
static enum err check_proposal(struct deciding *x)
{
    struct project_decision standing = {0};
    if (x->p.state == PROJECT_SENT || x->p.state == PROJECT_DEFERRED) return ERR_OK;
    enum err e = project_decision_standing(x->db, x->arena, x->p.id, &standing);
    if (e == ERR_NOT_FOUND) return refuse(x, MSG_project_decide_not_sent);
    TRY(e);
    if (x->p.state == PROJECT_CLOSED) return refuse(x, MSG_project_decide_closed);
    if (!project_may_correct(x->p.state, is_approval(x))) return refuse(x, MSG_project_decide_not_sent);
    x->row.corrects_id = standing.id;
    return ERR_OK;
}

static enum err check_kind(struct deciding *x, struct str thing)
{
    static const struct {
        const char *thing, *kind;
    } known[] = {{"project", "approve"},         {"project", "approve_corrected"}, {"project", "revise"},
                 {"project", "defer"},           {"project", "reject"},            {"project_change", "change"},
                 {"project_change", "refuse_change"}, {"project_decision", "laid_before"}};
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
        if (str_eq(thing, str_of(known[i].thing)) && kind_is(x, known[i].kind)) return ERR_OK;
    return refuse(x, MSG_project_decide_other);
}

/* Whose item it is: the project itself, a change of it, or the chair's decision that is laid before. */
static enum err check_thing(struct deciding *x, const struct meeting_item *item)
{
    struct project_change change = {0};
    struct project_decision_get_row laid = {0};
    if (str_eq(item->thing, STR("project"))) return item->thing_id == x->p.id.v ? check_proposal(x) : ERR_NOT_FOUND;
    if (str_eq(item->thing, STR("project_change"))) {
        x->row.change_id = (struct project_change_id){item->thing_id};
        TRY(project_change_find(x->db, x->arena, x->row.change_id, &change));
        if (change.project.v != x->p.id.v) return ERR_NOT_FOUND;
        return str_eq(change.state, STR("asked")) ? ERR_OK : refuse(x, MSG_project_change_over);
    }
    if (!str_eq(item->thing, STR("project_decision"))) return ERR_NOT_FOUND;
    TRY(project_decision_get(x->db, x->arena, (struct project_decision_id){item->thing_id}, &laid));
    return laid.project_id.v == x->p.id.v ? ERR_OK : ERR_NOT_FOUND;
}

/* Somebody else decided the item since the asker looked at it. */
static enum err check_seen(struct deciding *x)
{
    struct project_decision now = {0};
    if (!x->d->has_seen) return ERR_OK;
    enum err e = project_decision_of_item(x->db, x->arena, x->p.id, x->d->item, &now);
    if (e != ERR_OK && e != ERR_NOT_FOUND) return e;
    return now.id.v == x->d->seen.v ? ERR_OK : refuse(x, MSG_project_decide_seen);
}

static enum err check_item(struct deciding *x)
{
    struct meeting_item item = {0};
    struct meeting m = {0};
    TRY(meeting_item_get(x->db, x->arena, x->d->item, &item));
    TRY(meeting_get(x->db, x->arena, item.meeting, &m));
    if (m.fund.v != x->p.fund.v) return ERR_NOT_FOUND;
    if (!meeting_is_open(&m)) return refuse(x, MSG_project_decide_signed);
    if (date_cmp(m.held_on, clock_today()) > 0) return refuse(x, MSG_meeting_too_early);
    TRY(check_kind(x, item.thing));
    x->thing = item.thing;
    x->thing_id = item.thing_id;
    x->row.meeting_id = m.id;
    x->row.meeting_item_id = item.id;
    x->row.meeting_words = meeting_words(x->arena, &m);
    x->row.decided_on = m.held_on;
    return check_thing(x, &item);
}

/* The chair alone: an epidemic or a disaster, clause 10(5). */
static enum err check_urgent(struct deciding *x)
{
    if (!kind_is(x, "urgent")) return refuse(x, MSG_project_decide_other);
    if (x->p.state != PROJECT_SENT && x->p.state != PROJECT_DEFERRED) return refuse(x, MSG_project_decide_not_sent);
    if (!str_eq(x->p.support_type, STR("5"))) return refuse(x, MSG_project_urgent_type);
    if (date_cmp(x->d->decided_on, clock_today()) > 0) return refuse(x, MSG_project_decide_future);
    x->row.decided_on = x->d->decided_on;
    return ERR_OK;
}

static enum err check_report(struct deciding *x)
{
    struct opt_date due = x->d->report_due;
    if (!due.has) return ERR_OK;
    bool is_early = date_cmp(due.v, x->row.decided_on) < 0 || (x->p.ends_on.has && date_cmp(due.v, x->p.ends_on.v) < 0);
    return is_early ? refuse(x, MSG_project_decide_report) : ERR_OK;
}

static enum err check_words(struct deciding *x)
{
    const struct project_decision *d = x->d;
    bool is_no = kind_is(x, "revise") || kind_is(x, "defer") || kind_is(x, "reject") || kind_is(x, "refuse_change");
    TRY(project_text(x->arena, d->conditions, PROJECT_WORDS_MAX, false, &x->row.conditions));
    TRY(project_text(x->arena, d->reason, PROJECT_WORDS_MAX, false, &x->row.reason));
    if (is_no && str_is_none(x->row.reason)) return refuse(x, MSG_project_decide_reason);
    if (!is_approval(x)) return ERR_OK;
    if (!d->amount.has || d->amount.v.v <= 0) return refuse(x, MSG_project_decide_amount);
    if (str_is_empty(x->p.owner_type) || str_is_empty(x->p.support_type)) return refuse(x, MSG_project_decide_types);
    TRY(check_report(x));
    x->row.amount_satang = d->amount;
    x->row.report_due = d->report_due;
    return ERR_OK;
}

/* ---- the item's words, as they shall stand in the minutes ---- */

static void say_part(struct buf *b, struct arena *a, enum msg m, struct str words)
{
    if (str_is_empty(words)) return;
    BUF_LIT(b, " ");
    buf_put(b, MSG_FORMAT(a, LANG_TH, m, words));
}

static struct str day_words(struct arena *a, struct opt_date d)
{
    struct buf b = buf_in(a, 80);
    if (!d.has) return STR_NONE;
    buf_date_th(&b, d.v);
    return buf_str(&b);
}

/* What the committee agreed to or refused, from what to what. */
static enum err say_change(struct deciding *x, struct buf *b)
{
    struct str words = STR_NONE;
    bool is_agreed = kind_is(x, "change");
    if (!is_agreed && !kind_is(x, "refuse_change")) return ERR_OK;
    TRY(project_change_words(x->db, x->arena, x->row.change_id, &words));
    buf_put(b, MSG_FORMAT(x->arena, LANG_TH, is_agreed ? MSG_project_say_change : MSG_project_say_refuse_change, words));
    return ERR_OK;
}

static enum err item_words(struct deciding *x, struct str *ret)
{
    static const struct {
        const char *kind;
        enum msg words;
    } says[] = {{"revise", MSG_project_say_revise},   {"defer", MSG_project_say_defer},
                {"reject", MSG_project_say_reject},   {"laid_before", MSG_project_say_laid_before}};
    struct buf b = buf_in(x->arena, 60000);
    if (!id_is_none(x->row.corrects_id)) {
        buf_put(&b, msg_text(MSG_project_say_corrects, LANG_TH));
        BUF_LIT(&b, " ");
    }
    if (is_approval(x)) {
        struct satang v = x->row.amount_satang.v;
        enum msg m = kind_is(x, "approve_corrected") ? MSG_project_say_approve_corrected : MSG_project_say_approve;
        buf_put(&b, MSG_FORMAT(x->arena, LANG_TH, m, project_sum_words(x->arena, v), baht_text(x->arena, v)));
    }
    for (size_t i = 0; i < sizeof says / sizeof says[0]; i++)
        if (kind_is(x, says[i].kind)) buf_put(&b, msg_text(says[i].words, LANG_TH));
    TRY(say_change(x, &b));
    say_part(&b, x->arena, MSG_project_say_conditions, x->row.conditions);
    say_part(&b, x->arena, MSG_project_say_reason, x->row.reason);
    say_part(&b, x->arena, MSG_project_say_report, day_words(x->arena, x->row.report_due));
    *ret = buf_str(&b);
    return ERR_OK;
}

static enum err decide_act(struct deciding *x)
{
    struct project_decision_add_row row = {0};
    TRY(project_lock_get(x->db, x->arena, x->d->project, &x->p));
    TRY(id_is_none(x->d->item) ? check_urgent(x) : check_item(x));
    TRY(check_words(x));
    TRY(check_seen(x));
    x->row.project_id = x->p.id;
    x->row.kind = x->d->kind;
    x->row.account_no = project_opt(x->by->account);
    x->row.recorded_at = clock_now();
    TRY(project_decision_add(x->db, x->arena, &x->row, &row));
    x->id = row.id;
    if (!id_is_none(x->d->item)) {
        struct str words = STR_NONE, about = STR_NONE;
        TRY(item_words(x, &words));
        TRY(project_item_about(x->db, x->arena, x->thing, x->thing_id, &about));
        words = str_cut(words, MEETING_WORDS_MAX);
        enum err e = meeting_item_say(x->db, x->arena, x->by, x->d->item, str_cut(about, MEETING_WORDS_MAX), words);
        if (e == ERR_REFUSED) return refuse(x, MSG_project_decide_signed);
        TRY(e);
    }
    struct audit_change change = {"decision", STR_NONE, x->d->kind};
    return audit_write(x->db, x->arena, x->by, "decide", "project", x->p.id.v, &change, 1);
}

enum err project_decide(struct db *db, struct arena *a, const struct actor *by, const struct project_decision *d,
                        struct meeting_refusal *ret_why, struct project_decision_id *ret)
{
    struct deciding x = {.db = db, .arena = a, .by = by, .d = d, .why = ret_why};
    *ret_why = (struct meeting_refusal){0};
    TRY(db_savepoint(db));
    enum err e = decide_act(&x);
    if (e == ERR_OK) e = db_release(db);
    if (e != ERR_OK) {
        db_rollback_to(db);
        return e;
    }
    *ret = x.id;
    return ERR_OK;
}

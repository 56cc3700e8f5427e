/* project_force.c — a meeting (or the chair's urgent decision) is signed: what was decided is in force. Here, and nowhere
 * else, a decision moves its proposal and opens its commitment; all of it in the signing's own transaction, so that
 * one refusal refuses the signing and names the project. */
#include "app/audit.h"
#include "app/events.h"
#include "base/clock.h"
#include "rooms/project/project_inside.h"
#include "rooms/project_sql.h"

#define DECISIONS_MAX 100

struct forcing {
    struct db *db;
    struct arena *arena;
    const struct meeting_signed *e;
    bool is_entered_later; /* the meeting was */
    struct project_decision d;
    struct project p;
};

static enum err refuse(struct forcing *x, enum msg m, struct str more)
{
    return meeting_refuse(x->e->why, m, x->p.title, more, STR_NONE);
}

/* ---- the commitment ---- */

static enum err find_promise(struct forcing *x, struct ledger_commitment *ret)
{
    struct project_book_of_row at = {0};
    TRY(project_book_of(x->db, x->arena, x->p.commitment, &at));
    return ledger_commitment_find(x->db, x->arena, at.book_id, at.project_code, ret);
}

static struct str approved_words(struct forcing *x)
{
    if (!str_is_none(x->d.meeting_words)) return x->d.meeting_words;
    return msg_text(MSG_project_urgent_words, LANG_TH);
}

/* What of it is approved in a month that is closed by now was entered later; it is held all the same. */
static enum err is_later(struct forcing *x, bool *ret)
{
    struct ledger_book book = {0};
    TRY(ledger_book_find(x->db, x->arena, x->p.fund_code, LEDGER_MAIN, &book));
    *ret = x->is_entered_later ||
           (book.closed_through.has && date_cmp(x->d.decided_on, book.closed_through.v) <= 0);
    return ERR_OK;
}

static enum err promise(struct forcing *x, struct str code, struct satang paid_before)
{
    struct project_issues_of_row *issues = NULL;
    struct ledger_commitment_id id = {0};
    enum ledger_fault fault = LEDGER_FINE;
    size_t n = 0;
    struct ledger_commit c = {.fund_code = x->p.fund_code,
                              .book = LEDGER_MAIN,
                              .project_code = code,
                              .title = x->p.title,
                              .owner_name = x->p.owner_name,
                              .support_type = x->p.support_type,
                              .owner_type = x->p.owner_type,
                              .approved_on = x->d.decided_on,
                              .approved_in = approved_words(x),
                              .amount = x->d.amount.v,
                              .paid_before = paid_before,
                              .is_of_project = true};
    TRY(project_issues_of(x->db, x->arena, x->p.id, &issues, &n));
    if (n > 0) c.issue_code = issues[0].code;
    TRY(is_later(x, &c.is_entered_later));
    enum err e = ledger_commit(x->db, x->arena, &x->e->by, &c, &fault, &id);
    if (e == ERR_REFUSED && fault != LEDGER_FINE) return project_refuse_ledger(x->arena, x->e->why, fault, x->p.title);
    TRY(e);
    TRY(project_set_commitment(x->db, x->p.id, id, NULL));
    /* Who is suspended stays so: the new promise is held as the old one was. */
    return x->p.state == PROJECT_SUSPENDED ? ledger_hold(x->db, x->arena, &x->e->by, id, LEDGER_WAITS_SUSPENDED) : ERR_OK;
}

/* ---- a proposal ---- */

static enum err put_state(struct forcing *x, enum project_state to, const char *action)
{
    struct project now = x->p;
    now.state = to;
    return project_put(x->db, x->arena, &x->e->by, &x->p, &now, action, x->e->signed_on);
}

/* "69-L5221-2-01/2": the ledger keeps the released promise under the first code, the project keeps its code. */
static enum err second_code(struct forcing *x, struct str *ret)
{
    struct str own = str_is_none(x->p.code) ? x->p.other_code : x->p.code;
    for (int i = 2; i < DECISIONS_MAX; i++) {
        struct project_commitment_users_row *rows = NULL;
        size_t n = 0;
        struct str code = str_printf(x->arena, "%.*s/%d", STR_FMT(own), i);
        TRY(project_commitment_users(x->db, x->arena, x->p.fund, code, &rows, &n));
        if (n > 0) continue;
        *ret = code;
        return ERR_OK;
    }
    return err_note(ERR_LIMIT, "a project corrected too often");
}

/* The code is written first: by it the ledger's event knows the commitment as this project's own. */
static enum err approve(struct forcing *x)
{
    struct project now = x->p;
    struct str promised = now.code;
    if (!str_is_none(now.code)) TRY(second_code(x, &promised)); /* approved once before, and taken back */
    else
        TRY(project_code_give(x->db, x->arena, now.fund, now.fund_code, now.fy, now.support_type, &now.code));
    now.state = PROJECT_APPROVED;
    now.approved = x->d.amount;
    now.approved_on = (struct opt_date){true, x->d.decided_on};
    if (x->d.report_due.has) now.report_due = x->d.report_due;
    TRY(project_put(x->db, x->arena, &x->e->by, &x->p, &now, "approve", x->e->signed_on));
    return promise(x, str_is_none(promised) ? now.code : promised, satang(0));
}

static bool is_approval(struct str kind)
{
    return str_eq(kind, STR("approve")) || str_eq(kind, STR("approve_corrected")) || str_eq(kind, STR("urgent"));
}

static enum err decide_fresh(struct forcing *x)
{
    struct str kind = x->d.kind;
    if (x->p.state != PROJECT_SENT && x->p.state != PROJECT_DEFERRED)
        return refuse(x, MSG_project_sign_moved, STR_NONE);
    if (is_approval(kind)) return approve(x);
    if (str_eq(kind, STR("revise"))) return put_state(x, PROJECT_REVISE, "ask_revision");
    return str_eq(kind, STR("defer")) ? put_state(x, PROJECT_DEFERRED, "defer") : put_state(x, PROJECT_REJECTED, "reject");
}

/* ---- a correction of an earlier decision ---- */

static enum err release_old(struct forcing *x, struct satang *ret_paid)
{
    struct ledger_commitment old = {0};
    struct ledger_project_sum sums = {0};
    struct project_book_of_row at = {0};
    enum ledger_fault fault = LEDGER_FINE;
    TRY(project_book_of(x->db, x->arena, x->p.commitment, &at));
    TRY(find_promise(x, &old));
    TRY(ledger_project_sums(x->db, x->arena, at.book_id, at.project_code, &sums));
    *ret_paid = sums.paid;
    if (old.is_released) return ERR_OK;
    enum err e = ledger_release(x->db, x->arena, &x->e->by, old.id, old.version, clock_today(), &fault);
    if (e == ERR_REFUSED) return project_refuse_ledger(x->arena, x->e->why, fault, x->p.title);
    return e;
}

/* Nothing waits for a signed paper any more: it may be paid, unless it is suspended. */
static enum err let_go(struct forcing *x)
{
    if (x->p.state == PROJECT_SUSPENDED || id_is_none(x->p.commitment)) return ERR_OK;
    return ledger_hold(x->db, x->arena, &x->e->by, x->p.commitment, LEDGER_WAITS_NOT);
}

/* Another sum: the old promise is released and another one opened; the agreement is made anew. What was stopped or has
 * told its result gets no new promise. */
static enum err correct_sum(struct forcing *x)
{
    if (x->p.state == PROJECT_STOPPED || x->p.state == PROJECT_REPORTED) return refuse(x, MSG_project_correct_over, STR_NONE);
    struct satang paid = {0};
    struct str code = STR_NONE;
    struct project now = x->p;
    bool is_same = x->p.approved.has && x->p.approved.v.v == x->d.amount.v.v;
    now.approved = x->d.amount;
    if (x->d.report_due.has) now.report_due = x->d.report_due;
    if (is_same) {
        TRY(let_go(x)); /* entered later: a meeting of Sarn has signed it now */
        return project_put(x->db, x->arena, &x->e->by, &x->p, &now, "correct", x->e->signed_on);
    }
    TRY(release_old(x, &paid));
    if (x->d.amount.v.v < paid.v) return refuse(x, MSG_project_correct_paid, project_sum_words(x->arena, paid));
    TRY(project_agreement_undo(x->db, x->arena, &x->e->by, x->p.id));
    if (now.state == PROJECT_RUNNING && paid.v == 0) now.state = PROJECT_APPROVED;
    TRY(project_put(x->db, x->arena, &x->e->by, &x->p, &now, "correct", x->e->signed_on));
    TRY(second_code(x, &code));
    return promise(x, code, paid);
}

/* Not approved after all: only as long as nothing was paid. */
static enum err correct_to_no(struct forcing *x)
{
    struct satang paid = {0};
    struct project now = x->p;
    TRY(release_old(x, &paid));
    if (paid.v > 0) return refuse(x, MSG_project_correct_stop, project_sum_words(x->arena, paid));
    TRY(project_agreement_undo(x->db, x->arena, &x->e->by, x->p.id));
    now.approved = (struct opt_satang){0};
    now.approved_on = (struct opt_date){0};
    now.commitment = (struct ledger_commitment_id){0};
    now.state = str_eq(x->d.kind, STR("revise"))  ? PROJECT_REVISE
                : str_eq(x->d.kind, STR("defer")) ? PROJECT_DEFERRED
                                                  : PROJECT_REJECTED;
    return project_put(x->db, x->arena, &x->e->by, &x->p, &now, "correct", x->e->signed_on);
}

bool project_may_correct(enum project_state s, bool is_yes)
{
    bool is_rewritten = s == PROJECT_DRAFT || s == PROJECT_REVISE;
    return s != PROJECT_CLOSED && s != PROJECT_CANCELLED && !(is_rewritten && is_yes);
}

static enum err decide_again(struct forcing *x)
{
    bool was_approved = project_is_public(x->p.state);
    if (x->p.state == PROJECT_CLOSED) return refuse(x, MSG_project_decide_closed, STR_NONE);
    if (!project_may_correct(x->p.state, is_approval(x->d.kind))) return refuse(x, MSG_project_sign_moved, STR_NONE);
    if (was_approved && !id_is_none(x->p.commitment)) return is_approval(x->d.kind) ? correct_sum(x) : correct_to_no(x);
    if (is_approval(x->d.kind)) return approve(x);
    if (str_eq(x->d.kind, STR("revise"))) return put_state(x, PROJECT_REVISE, "correct");
    return put_state(x, str_eq(x->d.kind, STR("defer")) ? PROJECT_DEFERRED : PROJECT_REJECTED, "correct");
}

/* ---- each decision that was signed ---- */

static enum err find_decision(struct forcing *x, struct project_id project, struct project_decision_id id)
{
    struct project_decision *all = NULL;
    size_t n = 0;
    TRY(project_lock_get(x->db, x->arena, project, &x->p));
    TRY(project_decisions(x->db, x->arena, project, &all, &n));
    for (size_t i = 0; i < n; i++)
        if (all[i].id.v == id.v) {
            x->d = all[i];
            return ERR_OK;
        }
    return ERR_NOT_FOUND;
}

/* In force since it was entered later; what was signed then has now been seen by a second person. */
static enum err sign_later(struct forcing *x)
{
    struct project_decision d = {0};
    struct meeting_sign sign = {0};
    int64_t changed = 0;
    bool waits = false, has_sign = false;
    TRY(project_later_sign(x->db, x->arena, &x->p, &d, &sign, &waits, &has_sign));
    if (!waits || d.id.v != x->d.id.v) return ERR_OK;
    TRY(project_decision_sign(x->db, d.id, x->e->sign, &changed));
    if (changed != 1) return ERR_CONFLICT;
    struct audit_change change = {"in_force", STR_NONE, x->d.kind};
    TRY(audit_write(x->db, x->arena, &x->e->by, "in_force", "project", x->p.id.v, &change, 1));
    return let_go(x);
}

/* `held_on`: the meeting's day as it stands now, which may have been put right after the decision was written down; none: the
 * chair's own decision keeps its day. */
static enum err put_in_force(struct forcing *x, struct project_id project, struct project_decision_id id, struct opt_date held_on)
{
    int64_t changed = 0;
    TRY(find_decision(x, project, id));
    if (x->d.is_in_force) return sign_later(x);
    if (held_on.has) x->d.decided_on = held_on.v;
    if (x->d.report_due.has && date_cmp(x->d.report_due.v, x->d.decided_on) < 0) return refuse(x, MSG_project_decide_report, STR_NONE);
    TRY(project_decision_force(x->db, id, x->d.decided_on, x->e->sign, clock_now(), &changed));
    if (changed != 1) return ERR_OK; /* in force already */
    struct audit_change change = {"in_force", STR_NONE, x->d.kind};
    TRY(audit_write(x->db, x->arena, &x->e->by, "in_force", "project", project.v, &change, 1));
    if (str_eq(x->d.kind, STR("laid_before"))) return ERR_OK;
    if (!id_is_none(x->d.change))
        return project_change_apply(x->db, x->arena, &x->e->by, x->d.change, str_eq(x->d.kind, STR("change")),
                                    x->e->signed_on, x->e->why);
    return id_is_none(x->d.corrects) ? decide_fresh(x) : decide_again(x);
}

static enum err sign_meeting(struct forcing *x, struct meeting_id id)
{
    struct project_decisions_to_sign_row *rows = NULL;
    struct meeting m = {0};
    size_t n = 0;
    TRY(meeting_get(x->db, x->arena, id, &m));
    x->is_entered_later = m.is_entered_later;
    TRY(project_decisions_to_sign(x->db, x->arena, id, DECISIONS_MAX, &rows, &n));
    for (size_t i = 0; i < n; i++) TRY(put_in_force(x, rows[i].project_id, rows[i].id, (struct opt_date){true, m.held_on}));
    return ERR_OK;
}

/* A promise that no project stands behind (long-term care): another person has seen the signed paper of its approval. */
static enum err let_promise_go(struct forcing *x)
{
    struct project_promise p = {0};
    TRY(project_promise_find(x->db, x->arena, x->e->fund, (struct ledger_commitment_id){x->e->thing_id}, &p));
    if (!p.waits) return meeting_refuse(x->e->why, MSG_course_promise_not_now, STR_NONE, STR_NONE, STR_NONE);
    return ledger_hold(x->db, x->arena, &x->e->by, p.id, LEDGER_WAITS_NOT);
}

enum err project_on_meeting_signed(struct db *db, struct arena *a, const struct meeting_signed *e)
{
    struct forcing x = {.db = db, .arena = a, .e = e};
    struct project_lock_fund_row lock = {0};
    struct project_decision_get_row d = {0};
    TRY(project_lock_fund(db, a, e->fund, &lock));
    if (str_eq(str_of(e->thing), STR("meeting"))) return sign_meeting(&x, (struct meeting_id){e->thing_id});
    if (str_eq(str_of(e->thing), STR("ledger_commitment"))) return let_promise_go(&x);
    if (!str_eq(str_of(e->thing), STR("project_decision"))) return ERR_OK;
    TRY(project_decision_get(db, a, (struct project_decision_id){e->thing_id}, &d));
    return put_in_force(&x, d.project_id, d.id, (struct opt_date){0});
}

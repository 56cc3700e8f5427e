/* project_write.c — a proposal is begun, written section by section, sent, taken back; and the one door by which every
 * part of the room changes a project's own row, so that version, audit and figures can never be forgotten. */
#include "app/audit.h"
#include "base/clock.h"
#include "base/rand.h"
#include "rooms/fund/fund.h"
#include "rooms/plan/plan.h"
#include "rooms/issue/issue.h"
#include "rooms/project/project_inside.h"
#include "rooms/project_sql.h"

#include <assert.h>

#define SLUG_LETTERS 8
#define SLUG_TRIES   5
#define FIELDS       24

/* ---- the row ---- */

static struct str sum_text(struct arena *a, struct opt_satang v)
{
    return v.has ? str_printf(a, "%lld", (long long)v.v.v) : STR_NONE;
}

static struct str id_text(struct arena *a, int64_t id)
{
    return id != 0 ? str_printf(a, "%lld", (long long)id) : STR_NONE;
}

/* Every field of the row that may change, as the audit trail writes it; the order is the same for both. */
static size_t fields_of(struct arena *a, const struct project *p, const char **names, struct str *values)
{
    size_t n = 0;
#define FIELD(name, value) (assert(n < FIELDS), names[n] = (name), values[n++] = (value)) /* one more field: FIELDS grows */
    FIELD("state", str_of(project_state_code(p->state)));
    FIELD("title", p->title);
    FIELD("code", p->code);
    FIELD("other_code", p->other_code);
    FIELD("group", id_text(a, p->group.v));
    FIELD("owner_name", p->owner_name);
    FIELD("owner_type", p->owner_type);
    FIELD("support_type", p->support_type);
    FIELD("size", str_of(project_size_code(p->size)));
    FIELD("situation", p->situation);
    FIELD("method", p->method);
    FIELD("expected", p->expected);
    FIELD("place", p->place);
    FIELD("starts_on", opt_date_iso_text(a, p->starts_on));
    FIELD("ends_on", opt_date_iso_text(a, p->ends_on));
    FIELD("report_due", opt_date_iso_text(a, p->report_due));
    FIELD("asked", sum_text(a, p->asked));
    FIELD("approved", sum_text(a, p->approved));
    FIELD("approved_on", opt_date_iso_text(a, p->approved_on));
    FIELD("commitment", id_text(a, p->commitment.v));
    FIELD("sent_on", opt_date_iso_text(a, p->sent_on));
    FIELD("closed_on", opt_date_iso_text(a, p->closed_on));
    FIELD("recalled_on", opt_date_iso_text(a, p->recalled_on));
    FIELD("copy_of", id_text(a, p->copy_of.v));
#undef FIELD
    return n;
}

static enum err audit_row(struct db *db, struct arena *a, const struct actor *by, const struct project *was,
                          const struct project *now, const char *action)
{
    const char *names[FIELDS];
    struct str before[FIELDS], after[FIELDS];
    struct audit_change changes[FIELDS];
    size_t n = 0, nfields = fields_of(a, now, names, after);
    for (size_t i = 0; i < nfields; i++) before[i] = STR_NONE;
    if (was != NULL) fields_of(a, was, names, before);
    for (size_t i = 0; i < nfields; i++)
        if (!str_eq(before[i], after[i])) changes[n++] = (struct audit_change){names[i], before[i], after[i]};
    return audit_write(db, a, by, action, "project", now->id.v, changes, n);
}

/* "" and none are one: an empty text is never stored. */
static struct str kept(struct str s)
{
    return str_is_empty(s) ? STR_NONE : s;
}

enum err project_lock_get(struct db *db, struct arena *a, struct project_id id, struct project *ret)
{
    struct project_lock_row row = {0};
    TRY(project_lock(db, a, id, &row));
    return project_get(db, a, id, ret);
}

static enum err update(struct db *db, const struct project *p)
{
    int64_t changed = 0;
    struct project_update_row_args args = {.id = p->id,
                                           .version = p->version,
                                           .code = kept(p->code),
                                           .other_code = kept(p->other_code),
                                           .title = p->title,
                                           .group_id = p->group,
                                           .owner_name = kept(p->owner_name),
                                           .owner_type_code = kept(p->owner_type),
                                           .support_type_code = kept(p->support_type),
                                           .size = str_of(project_size_code(p->size)),
                                           .state = str_of(project_state_code(p->state)),
                                           .situation = kept(p->situation),
                                           .method = kept(p->method),
                                           .expected = kept(p->expected),
                                           .place = kept(p->place),
                                           .starts_on = p->starts_on,
                                           .ends_on = p->ends_on,
                                           .report_due = p->report_due,
                                           .asked_satang = p->asked,
                                           .approved_satang = p->approved,
                                           .approved_on = p->approved_on,
                                           .commitment_id = p->commitment,
                                           .sent_on = p->sent_on,
                                           .closed_on = p->closed_on,
                                           .recalled_on = p->recalled_on,
                                           .recorded_at = clock_now()};
    TRY(project_update_row(db, &args, &changed));
    return changed == 1 ? ERR_OK : ERR_CONFLICT;
}

enum err project_put(struct db *db, struct arena *a, const struct actor *by, const struct project *was,
                     const struct project *now, const char *action, struct date on)
{
    struct project_figure before = {0};
    assert(was->id.v == now->id.v);
    if (was->version != now->version) return ERR_CONFLICT;
    TRY(project_figure_read(db, a, was->id, &before));
    TRY(update(db, now));
    TRY(audit_row(db, a, by, was, now, action));
    return project_figure_tell(db, a, now->id, on, &before);
}

static enum err insert_row(struct db *db, struct arena *a, const struct actor *by, const struct project *p,
                           struct str slug, struct project_id *ret)
{
    struct project_insert_row_row row = {0};
    struct project_insert_row_args args = {.fund_id = p->fund,
                                           .district_id = p->district,
                                           .province_id = p->province,
                                           .fy = p->fy,
                                           .slug = slug,
                                           .code = kept(p->code),
                                           .other_code = kept(p->other_code),
                                           .title = p->title,
                                           .group_id = p->group,
                                           .owner_name = kept(p->owner_name),
                                           .owner_type_code = kept(p->owner_type),
                                           .support_type_code = kept(p->support_type),
                                           .size = str_of(project_size_code(p->size)),
                                           .state = str_of(project_state_code(p->state)),
                                           .planned_title = kept(p->planned_title),
                                           .situation = kept(p->situation),
                                           .method = kept(p->method),
                                           .expected = kept(p->expected),
                                           .place = kept(p->place),
                                           .starts_on = p->starts_on,
                                           .ends_on = p->ends_on,
                                           .report_due = p->report_due,
                                           .asked_satang = p->asked,
                                           .approved_satang = p->approved,
                                           .approved_on = p->approved_on,
                                           .commitment_id = p->commitment,
                                           .sent_on = p->sent_on,
                                           .closed_on = p->closed_on,
                                           .copy_of_id = p->copy_of,
                                           .is_for_paper = p->is_for_paper,
                                           .is_entered_later = p->is_entered_later,
                                           .is_paid = p->is_paid,
                                           .account_no = project_opt(by->account),
                                           .recorded_at = clock_now()};
    TRY(project_insert_row(db, a, &args, &row));
    *ret = row.id;
    return ERR_OK;
}

/* Codes of digits and letters that are not mistaken for each other, so that they can be read out over a telephone. */
enum err project_insert(struct db *db, struct arena *a, const struct actor *by, const struct project *p, const char *action,
                        struct date on, struct project_id *ret)
{
    struct project now = *p;
    struct project_by_slug_row there = {0};
    struct str slug = STR_NONE;
    TRY(project_text(a, p->title, PROJECT_TITLE_MAX, true, &now.title));
    if (str_is_none(now.title)) return err_note(ERR_INPUT, "a project has a title");
    for (int i = 0; i < SLUG_TRIES; i++) {
        slug = rand_slug(a, SLUG_LETTERS);
        enum err e = project_by_slug(db, a, slug, &there);
        if (e == ERR_NOT_FOUND) break;
        TRY(e);
    }
    TRY(insert_row(db, a, by, &now, slug, &now.id));
    TRY(audit_row(db, a, by, NULL, &now, action));
    TRY(project_figure_tell(db, a, now.id, on, NULL));
    *ret = now.id;
    return ERR_OK;
}

/* ---- beginning one ---- */

/* What a group of people asks for is type 2, a health unit's 1, the secretariat's own work 4: the usual case, which the
 * review shows and lets change. */
static struct str usual_support(struct str owner_type)
{
    if (str_is_empty(owner_type)) return STR_NONE;
    if (str_eq(owner_type, STR(ISSUE_OWNER_OFFICE))) return STR("4");
    return str_eq(owner_type, STR("4")) || str_eq(owner_type, STR("5")) ? STR("2") : STR("1");
}

/* All that an earlier one says, but what happened to it; days are asked anew. */
static enum err copy_lists(struct db *db, struct arena *a, const struct actor *by, struct project_id from, struct project_id to)
{
    struct project source = {0}, fresh = {0};
    struct project_whole was = {0}, now = {0};
    TRY(project_get(db, a, from, &source));
    TRY(project_read(db, a, &source, &now));
    TRY(project_get(db, a, to, &fresh));
    was.p = now.p = fresh;
    for (size_t i = 0; i < now.nobjectives; i++) {
        struct project_objective *o = &now.objectives[i];
        o->reached_x100 = o->reached_numerator = o->reached_denominator = (struct opt_count){0};
        o->reached_words = STR_NONE;
        o->level = 0;
    }
    for (size_t i = 0; i < now.nactivities; i++) {
        now.activities[i].id = (struct project_activity_id){0};
        now.activities[i].starts_on = now.activities[i].ends_on = (struct opt_date){0};
    }
    for (size_t i = 0; i < now.nbudget; i++) now.budget[i].id = (struct project_budget_id){0};
    return project_put_lists(db, a, by, &was, &now, ~0u);
}

static enum err add_issue(struct db *db, struct arena *a, struct project_id id, struct str code)
{
    struct project_issue_by_code_row issue = {0};
    if (str_is_empty(code)) return ERR_OK;
    TRY(project_issue_by_code(db, a, code, &issue));
    return project_put_issue(db, id, 1, issue.id, NULL);
}

static enum err copy_head(struct db *db, struct arena *a, struct project_id from, struct project *p)
{
    struct project source = {0};
    TRY(project_get(db, a, from, &source));
    p->situation = source.situation;
    p->method = source.method;
    p->expected = source.expected;
    p->place = source.place;
    if (str_is_empty(p->support_type)) p->support_type = source.support_type;
    return ERR_OK;
}

enum err project_add(struct db *db, struct arena *a, const struct actor *by, const struct project_new *n, struct project_id *ret)
{
    struct fund_named fund = {0};
    struct project p = {.fy = n->fy, .group = n->group, .state = PROJECT_DRAFT, .is_for_paper = n->is_for_paper, .copy_of = n->copy_of};
    TRY(fund_named(db, a, n->fund_code, &fund));
    p.fund = fund.id;
    TRY(fund_home_in(db, a, fund.id, n->fy, &p.district, &p.province));
    p.title = n->title;
    TRY(project_text(a, n->owner_name, PROJECT_TITLE_MAX, true, &p.owner_name));
    TRY(project_text(a, n->planned_title, PROJECT_TITLE_MAX, true, &p.planned_title));
    p.owner_type = kept(n->owner_type);
    p.support_type = str_is_empty(n->support_type) ? usual_support(n->owner_type) : n->support_type;
    p.asked = (struct opt_satang){n->asked_about.v > 0, n->asked_about};
    TRY(project_size_of(db, a, fund.id, clock_today(), n->asked_about, &p.size));
    if (!id_is_none(n->copy_of)) TRY(copy_head(db, a, n->copy_of, &p));
    struct project_figure none = {0};
    struct project_id id = {0};
    TRY(project_insert(db, a, by, &p, "add", clock_today(), &id));
    TRY(project_figure_read(db, a, id, &none));
    if (!id_is_none(n->copy_of)) TRY(copy_lists(db, a, by, n->copy_of, id));
    else TRY(add_issue(db, a, id, n->issue_code));
    TRY(project_figure_tell(db, a, id, clock_today(), &none));
    *ret = id;
    return ERR_OK;
}

/* ---- writing it ---- */

static enum err merge_head(struct arena *a, const struct project *from, struct project *now)
{
    TRY(project_text(a, from->title, PROJECT_TITLE_MAX, true, &now->title));
    TRY(project_text(a, from->owner_name, PROJECT_TITLE_MAX, true, &now->owner_name));
    TRY(project_text(a, from->place, PROJECT_TITLE_MAX, true, &now->place));
    if (str_is_none(now->title)) return err_note(ERR_INPUT, "a project has a title");
    now->group = from->group;
    now->owner_type = kept(from->owner_type);
    now->support_type = kept(from->support_type);
    now->starts_on = from->starts_on;
    now->ends_on = from->ends_on;
    now->report_due = from->report_due;
    return ERR_OK;
}

/* The sum asked for is that of the lines; without lines (a small project) as it was said. It may grow beyond its size,
 * and is then asked for more; it never shrinks below the size it was begun with while somebody is half-way. */
static enum err merge_money(struct db *db, struct arena *a, const struct project_whole *w, struct project *now)
{
    enum project_size size = PROJECT_SMALL;
    struct satang sum = satang(0);
    for (size_t i = 0; i < w->nbudget; i++) {
        const struct project_budget *b = &w->budget[i];
        if (b->quantity <= 0 || b->times <= 0 || b->price.v < 0) return err_note(ERR_INPUT, "a budget line counts something");
        sum = satang_add(sum, project_budget_comes_to(b));
    }
    now->asked = w->nbudget > 0 ? some_satang(sum) : w->p.asked;
    if (!now->asked.has) return ERR_OK;
    TRY(project_size_of(db, a, now->fund, clock_today(), now->asked.v, &size));
    if (size > now->size || w->nbudget == 0) now->size = size;
    return ERR_OK;
}

static enum err merge(struct db *db, struct arena *a, const struct project_whole *w, unsigned sections, struct project *now)
{
    if (sections & PROJECT_HEAD) TRY(merge_head(a, &w->p, now));
    if (sections & PROJECT_SITUATION) TRY(project_text(a, w->p.situation, PROJECT_WORDS_MAX, false, &now->situation));
    if (sections & PROJECT_ACTIVITIES) TRY(project_text(a, w->p.method, PROJECT_WORDS_MAX, false, &now->method));
    if (sections & PROJECT_EXPECTED) TRY(project_text(a, w->p.expected, PROJECT_WORDS_MAX, false, &now->expected));
    if (sections & PROJECT_BUDGETS) TRY(merge_money(db, a, w, now));
    return ERR_OK;
}

enum err project_save(struct db *db, struct arena *a, const struct actor *by, const struct project_whole *w, unsigned sections,
                      int64_t *ret_version)
{
    struct project was = {0};
    struct project_whole old = {0}, new = *w;
    struct project_figure before = {0};
    TRY(project_lock_get(db, a, w->p.id, &was));
    if (was.version != w->p.version) return ERR_CONFLICT;
    if (was.state != PROJECT_DRAFT && was.state != PROJECT_REVISE) return ERR_REFUSED;
    TRY(project_read(db, a, &was, &old));
    TRY(project_figure_read(db, a, was.id, &before));
    new.p = was;
    TRY(merge(db, a, w, sections, &new.p));
    TRY(update(db, &new.p));
    TRY(audit_row(db, a, by, &was, &new.p, "change"));
    TRY(project_put_lists(db, a, by, &old, &new, sections));
    TRY(project_figure_tell(db, a, was.id, clock_today(), &before));
    *ret_version = was.version + 1;
    return ERR_OK;
}

/* ---- sending, taking back ---- */

enum err project_send(struct db *db, struct arena *a, const struct actor *by, struct project_id id, int64_t version)
{
    struct project was = {0};
    struct project_whole w = {0};
    struct project_missing *rows = NULL;
    size_t n = 0;
    TRY(project_lock_get(db, a, id, &was));
    if (was.version != version) return ERR_CONFLICT;
    if (was.state != PROJECT_DRAFT && was.state != PROJECT_REVISE) return ERR_REFUSED;
    TRY(project_read(db, a, &was, &w));
    TRY(project_check(a, &w, &rows, &n));
    for (size_t i = 0; i < n; i++)
        if (!rows[i].is_warning) return ERR_REFUSED;
    struct project now = was;
    now.state = PROJECT_SENT;
    now.sent_on = (struct opt_date){true, clock_today()};
    if (!str_is_empty(was.planned_title)) TRY(plan_proposed_add(db, was.fund, was.fy, was.planned_title, was.slug));
    return project_put(db, a, by, &was, &now, "send", clock_today());
}

enum err project_cancel(struct db *db, struct arena *a, const struct actor *by, struct project_id id, int64_t version, struct str reason)
{
    struct project was = {0};
    TRY(project_lock_get(db, a, id, &was));
    if (was.version != version) return ERR_CONFLICT;
    if (was.state != PROJECT_DRAFT && was.state != PROJECT_SENT && was.state != PROJECT_REVISE && was.state != PROJECT_DEFERRED)
        return ERR_REFUSED;
    TRY(project_keep_undecided(db, a, id));
    struct project now = was;
    now.state = PROJECT_CANCELLED;
    TRY(project_put(db, a, by, &was, &now, "cancel", clock_today()));
    return str_is_empty(reason) ? ERR_OK : project_note_add(db, a, by, id, STR("all"), reason);
}

/* ---- taken back to be mended ---- */

enum err project_recall_check(struct db *db, struct arena *a, const struct project *p, struct meeting_refusal *ret_why)
{
    struct meeting_item item = {0};
    struct meeting m = {0};
    struct project_urgent_open_row urgent = {0};
    if (p->state != PROJECT_SENT) return meeting_refuse(ret_why, MSG_project_recall_state, p->fund_th, STR_NONE, STR_NONE);
    enum err e = meeting_item_of(db, a, "project", p->id.v, &item);
    if (e == ERR_OK) {
        TRY(meeting_get(db, a, item.meeting, &m));
        return meeting_refuse(ret_why, MSG_project_recall_agenda, meeting_words(a, &m), p->fund_th, STR_NONE);
    }
    if (e != ERR_NOT_FOUND) return e;
    TRY(project_urgent_open(db, a, p->id, &urgent));
    return urgent.n == 0 ? ERR_OK : meeting_refuse(ret_why, MSG_project_recall_urgent, p->fund_th, STR_NONE, STR_NONE);
}

enum err project_recall(struct db *db, struct arena *a, const struct actor *by, struct project_id id, int64_t version,
                        struct meeting_refusal *ret_why)
{
    struct project was = {0};
    struct project_decision standing = {0};
    TRY(project_lock_get(db, a, id, &was));
    if (was.version != version) return ERR_CONFLICT;
    TRY(project_recall_check(db, a, &was, ret_why));
    enum err e = project_decision_standing(db, a, id, &standing);
    if (e != ERR_OK && e != ERR_NOT_FOUND) return e;
    bool is_to_mend = e == ERR_OK && str_eq(standing.kind, STR("revise"));
    struct project now = was;
    now.state = is_to_mend ? PROJECT_REVISE : PROJECT_DRAFT;
    now.recalled_on = (struct opt_date){true, clock_today()};
    return project_put(db, a, by, &was, &now, "recall", clock_today());
}

/* ---- what room monitor reports ---- */

static bool may_move(enum project_state from, enum project_state to)
{
    switch (to) {
    case PROJECT_REPORTED: return from == PROJECT_RUNNING || from == PROJECT_SUSPENDED;
    case PROJECT_CLOSED: return from == PROJECT_REPORTED || from == PROJECT_STOPPED;
    case PROJECT_RUNNING: return from == PROJECT_REPORTED;
    default: return false;
    }
}

enum err project_move(struct db *db, struct arena *a, const struct actor *by, struct project_id id, enum project_state to, struct date on)
{
    struct project was = {0};
    TRY(project_lock_get(db, a, id, &was));
    if (!may_move(was.state, to)) return ERR_REFUSED;
    struct project now = was;
    now.state = to;
    now.closed_on = to == PROJECT_CLOSED ? (struct opt_date){true, on} : (struct opt_date){0};
    return project_put(db, a, by, &was, &now, to == PROJECT_CLOSED ? "close" : "move", on);
}

enum err project_reached_set(struct db *db, struct arena *a, const struct actor *by, struct project_id id,
                             const struct project_target *groups, size_t n)
{
    struct project was = {0};
    struct project_figure before = {0};
    struct buf old = buf_in(a, 4000), new = buf_in(a, 4000);
    if (n > PROJECT_TARGETS_MAX) return ERR_LIMIT;
    TRY(project_lock_get(db, a, id, &was));
    TRY(project_figure_read(db, a, id, &before));
    for (size_t i = 0; i < before.ngroups; i++)
        buf_printf(&old, "%.*s %lld ", STR_FMT(before.groups[i].group), (long long)before.groups[i].people);
    TRY(project_clear_reached(db, id, NULL));
    for (size_t i = 0; i < n; i++) {
        if (!groups[i].reached.has) continue;
        TRY(project_put_reached(db, id, groups[i].group, groups[i].reached.v, NULL));
        buf_printf(&new, "%.*s %lld ", STR_FMT(groups[i].group), (long long)groups[i].reached.v);
    }
    struct audit_change change = {"reached", old.n > 0 ? buf_str(&old) : STR_NONE, new.n > 0 ? buf_str(&new) : STR_NONE};
    if (!str_eq(change.before, change.after)) TRY(audit_write(db, a, by, "result", "project", id.v, &change, 1));
    return project_figure_tell(db, a, id, clock_today(), &before);
}

enum err project_results_set(struct db *db, struct arena *a, const struct actor *by, struct project_id id,
                             const struct project_objective *objectives, size_t n)
{
    struct project p = {0};
    struct project_whole was = {0}, now = {0};
    TRY(project_lock_get(db, a, id, &p));
    TRY(project_read(db, a, &p, &was));
    if (n != was.nobjectives) return ERR_CONFLICT; /* measured against another list */
    now = was;
    now.objectives = ARENA_ARRAY(a, struct project_objective, n);
    for (size_t i = 0; i < n; i++) {
        now.objectives[i] = was.objectives[i];
        now.objectives[i].reached_x100 = objectives[i].reached_x100;
        now.objectives[i].reached_numerator = objectives[i].reached_numerator;
        now.objectives[i].reached_denominator = objectives[i].reached_denominator;
        now.objectives[i].reached_words = objectives[i].reached_words;
        now.objectives[i].level = objectives[i].level;
    }
    return project_put_lists(db, a, by, &was, &now, PROJECT_OBJECTIVES);
}

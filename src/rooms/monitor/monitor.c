/* monitor.c — reports of activities and the final report: drafts, sending, accepting, returning. Photos, money and
 * closing: monitor_close.c; programmes: monitor_programme.c. */
#include "rooms/monitor/monitor.h"

#include "app/audit.h"
#include "base/clock.h"
#include "rooms/monitor/monitor_inside.h"
#include "rooms/monitor_sql.h"
#include "rooms/plan/plan.h"

#define OCCASION_TRIES 3 /* two people begin a report at the same moment */
#define ACCEPTED_MAX   (MONITOR_REPORTS_MAX * PROJECT_TARGETS_MAX)

static const char *const state_codes[] = {"draft", "sent", "returned", "accepted"};

const char *monitor_state_code(enum monitor_state s)
{
    return state_codes[s];
}

static enum monitor_state state_of(struct str code)
{
    for (int s = MONITOR_DRAFT; s < MONITOR_ACCEPTED; s++)
        if (str_eq(code, str_of(state_codes[s]))) return (enum monitor_state)s;
    return MONITOR_ACCEPTED;
}

struct opt_count monitor_account(const struct actor *by)
{
    return (struct opt_count){by->account != 0, by->account};
}

struct str monitor_none(struct str text)
{
    return text.n == 0 ? STR_NONE : text;
}

/* ---- reading ---- */

/* Three generated structs with the same columns. */
#define REPORT_OF(r)                                                                                                   \
    ((struct monitor_report){.id = (r)->id,                                                                            \
                             .project = (r)->project_id,                                                               \
                             .programme = (r)->programme_id,                                                           \
                             .is_final = str_eq((r)->kind, STR("final")),                                              \
                             .occasion = (r)->occasion,                                                                \
                             .on = (r)->on_date,                                                                       \
                             .ends_on = (r)->ends_on,                                                                  \
                             .title = (r)->title,                                                                      \
                             .reporter_name = (r)->reporter_name,                                                      \
                             .reporter_area = (r)->reporter_area,                                                      \
                             .planned = (r)->planned,                                                                  \
                             .done = (r)->done,                                                                        \
                             .output = (r)->output,                                                                    \
                             .outcome = (r)->outcome,                                                                  \
                             .conclusion = (r)->conclusion,                                                            \
                             .problems = (r)->problems,                                                                \
                             .suggestions = (r)->suggestions,                                                          \
                             .activity = (r)->activity_id,                                                             \
                             .level = (r)->level.v,                                                                    \
                             .spent = (r)->spent_satang,                                                               \
                             .state = state_of((r)->state),                                                            \
                             .returned_reason = (r)->returned_reason,                                                  \
                             .account = (r)->account_no.v,                                                             \
                             .sent_on = (r)->sent_on,                                                                  \
                             .accepted_by = (r)->accepted_by.v,                                                        \
                             .accepted_on = {(r)->accepted_at.has, instant_date((r)->accepted_at.v)},                  \
                             .is_entered_later = (r)->is_entered_later,                                                \
                             .version = (r)->version})

static enum err read_counts(struct db *db, struct arena *a, struct monitor_report *r)
{
    struct monitor_people_of_row *people = NULL;
    struct monitor_money_of_row *money = NULL;
    size_t npeople = 0, nmoney = 0;
    TRY(monitor_people_of(db, a, r->id, &people, &npeople));
    TRY(monitor_money_of(db, a, r->id, &money, &nmoney));
    r->people = ARENA_ARRAY(a, struct project_group_count, npeople);
    r->money = ARENA_ARRAY(a, struct monitor_money, nmoney);
    for (size_t i = 0; i < npeople; i++) r->people[i] = (struct project_group_count){people[i].group_code, people[i].people};
    for (size_t i = 0; i < nmoney; i++)
        r->money[i] = (struct monitor_money){money[i].budget_id, money[i].words, money[i].amount_satang};
    r->npeople = npeople;
    r->nmoney = nmoney;
    return ERR_OK;
}

static enum err read_lists(struct db *db, struct arena *a, struct monitor_report *r)
{
    struct monitor_photo_of_row *photos = NULL;
    struct monitor_result_of_row *results = NULL;
    size_t nphotos = 0, nresults = 0;
    TRY(read_counts(db, a, r));
    TRY(monitor_photo_of(db, a, r->id, &photos, &nphotos));
    if (r->is_final) TRY(monitor_result_of(db, a, r->id, &results, &nresults));
    r->photos = ARENA_ARRAY(a, struct monitor_photo, nphotos);
    r->results = ARENA_ARRAY(a, struct monitor_result, nresults);
    for (size_t i = 0; i < nphotos; i++)
        r->photos[i] = (struct monitor_photo){.file_use = photos[i].file_use_no,
                                              .position = photos[i].position,
                                              .file = photos[i].file_no,
                                              .caption = photos[i].caption,
                                              .taken_at = photos[i].taken_at,
                                              .lat_x1e6 = photos[i].lat_x1e6,
                                              .lon_x1e6 = photos[i].lon_x1e6,
                                              .is_public = photos[i].is_public};
    for (size_t i = 0; i < nresults; i++)
        r->results[i] = (struct monitor_result){.position = results[i].position,
                                                .reached_x100 = results[i].reached_x100,
                                                .numerator = results[i].numerator,
                                                .denominator = results[i].denominator,
                                                .words = results[i].words,
                                                .level = results[i].level.v};
    r->nphotos = nphotos;
    r->nresults = nresults;
    return ERR_OK;
}

enum err monitor_get(struct db *db, struct arena *a, struct monitor_report_id id, struct monitor_report *ret)
{
    struct monitor_report_get_row row;
    TRY(monitor_report_get(db, a, id, &row));
    struct monitor_report r = REPORT_OF(&row);
    TRY(read_lists(db, a, &r));
    *ret = r;
    return ERR_OK;
}

enum err monitor_find(struct db *db, struct arena *a, struct project_id project, int64_t occasion, struct monitor_report *ret)
{
    struct monitor_report_find_row row;
    TRY(monitor_report_find(db, a, project, occasion, &row));
    return monitor_get(db, a, row.id, ret);
}

enum err monitor_find_programme(struct db *db, struct arena *a, struct monitor_programme_id programme, int64_t occasion,
                                struct monitor_report *ret)
{
    struct monitor_report_find_programme_row row;
    TRY(monitor_report_find_programme(db, a, programme, occasion, &row));
    return monitor_get(db, a, row.id, ret);
}

enum err monitor_list(struct db *db, struct arena *a, struct project_id project, struct monitor_report **ret, size_t *ret_n)
{
    struct monitor_report_list_row *rows = NULL;
    TRY(monitor_report_list(db, a, project, MONITOR_REPORTS_MAX, &rows, ret_n));
    *ret = ARENA_ARRAY(a, struct monitor_report, *ret_n);
    for (size_t i = 0; i < *ret_n; i++) (*ret)[i] = REPORT_OF(&rows[i]);
    return ERR_OK;
}

enum err monitor_list_programme(struct db *db, struct arena *a, struct monitor_programme_id programme,
                                struct monitor_report **ret, size_t *ret_n)
{
    struct monitor_report_list_programme_row *rows = NULL;
    TRY(monitor_report_list_programme(db, a, programme, MONITOR_REPORTS_MAX, &rows, ret_n));
    *ret = ARENA_ARRAY(a, struct monitor_report, *ret_n);
    for (size_t i = 0; i < *ret_n; i++) (*ret)[i] = REPORT_OF(&rows[i]);
    return ERR_OK;
}

/* ---- whose hands ---- */

enum err monitor_hand(struct db *db, const struct actor *by, struct monitor_report_id id)
{
    return by->account == 0 ? ERR_OK : monitor_hand_add(db, id, by->account, NULL);
}

enum err monitor_is_hand(struct db *db, struct arena *a, struct monitor_report_id id, int64_t account, bool *ret)
{
    struct monitor_hand_of_row row = {0};
    if (account != 0) TRY(monitor_hand_of(db, a, id, account, &row));
    *ret = row.n > 0;
    return ERR_OK;
}

/* ---- drafts ---- */

/* Approved and later, until its final report is accepted; a stopped one still tells what was done. */
static enum err takes_reports(struct db *db, struct arena *a, const struct monitor_report *r)
{
    struct project p;
    if (id_is_none(r->project)) return ERR_OK;
    TRY(project_get(db, a, r->project, &p));
    bool is_begun = p.state == PROJECT_RUNNING || p.state == PROJECT_SUSPENDED || p.state == PROJECT_STOPPED;
    bool is_good = is_begun || (p.state == PROJECT_APPROVED && !r->is_final); /* the final one follows the money */
    return is_good ? ERR_OK : err_note(ERR_REFUSED, "the project takes no reports now");
}

static enum err next_occasion(struct db *db, struct arena *a, const struct monitor_report *r, int64_t *ret)
{
    struct monitor_next_occasion_row row = {0};
    struct monitor_next_occasion_programme_row of = {0};
    if (id_is_none(r->programme)) TRY(monitor_next_occasion(db, a, r->project, &row));
    else TRY(monitor_next_occasion_programme(db, a, r->programme, &of));
    *ret = id_is_none(r->programme) ? row.occasion : of.occasion;
    return *ret <= MONITOR_REPORTS_MAX ? ERR_OK : err_note(ERR_LIMIT, "more reports than a project may have");
}

static enum err add_once(struct db *db, struct arena *a, const struct actor *by, const struct monitor_report *r,
                         struct monitor_report_id *ret)
{
    struct monitor_report_add_row row;
    struct monitor_report_add_args args = {.project_id = r->project,
                                           .programme_id = r->programme,
                                           .kind = r->is_final ? STR("final") : STR("activity"),
                                           .account_no = monitor_account(by),
                                           .is_entered_later = r->is_entered_later,
                                           .recorded_at = clock_now()};
    TRY(next_occasion(db, a, r, &args.occasion));
    TRY(monitor_report_add(db, a, &args, &row));
    *ret = row.id;
    return ERR_OK;
}

static enum err has_final(struct db *db, struct arena *a, struct project_id project, bool *ret)
{
    struct monitor_report *all = NULL;
    size_t n = 0;
    *ret = false;
    TRY(monitor_list(db, a, project, &all, &n));
    for (size_t i = 0; i < n; i++) *ret |= all[i].is_final;
    return ERR_OK;
}

/* With the next occasion; who comes second at the same moment gets the one after it. */
static enum err add(struct db *db, struct arena *a, const struct actor *by, const struct monitor_report *r,
                    struct monitor_report_id *ret)
{
    bool is_second = false;
    enum err e = ERR_CONFLICT;
    if (r->is_final) TRY(has_final(db, a, r->project, &is_second));
    if (is_second) return err_note(ERR_REFUSED, "a project has one final report");
    for (int i = 0; i < OCCASION_TRIES && e == ERR_CONFLICT; i++) {
        TRY(db_savepoint(db));
        e = add_once(db, a, by, r, ret);
        if (e == ERR_OK) return db_release(db);
        db_rollback_to(db);
    }
    return e;
}

static enum err save_lists(struct db *db, struct monitor_report_id id, const struct monitor_report *r)
{
    TRY(monitor_people_clear(db, id, NULL));
    TRY(monitor_money_clear(db, id, NULL));
    TRY(monitor_result_clear(db, id, NULL));
    for (size_t i = 0; i < r->npeople; i++) TRY(monitor_people_add(db, id, r->people[i].group, r->people[i].people, NULL));
    for (size_t i = 0; i < r->nmoney && i < MONITOR_MONEY_MAX; i++)
        TRY(monitor_money_add(db, id, (int64_t)i + 1, r->money[i].line, r->money[i].words, r->money[i].amount, NULL));
    for (size_t i = 0; r->is_final && i < r->nresults; i++) {
        const struct monitor_result *s = &r->results[i];
        struct monitor_result_add_args args = {.report_id = id,
                                               .position = s->position,
                                               .reached_x100 = s->reached_x100,
                                               .numerator = s->numerator,
                                               .denominator = s->denominator,
                                               .words = monitor_none(s->words),
                                               .level = {s->level != 0, s->level}};
        TRY(monitor_result_add(db, &args, NULL));
    }
    return ERR_OK;
}

/* By line it is their sum; else as said. */
static struct opt_satang spent_of(const struct monitor_report *r)
{
    struct satang sum = satang(0);
    for (size_t i = 0; i < r->nmoney; i++) sum = satang_add(sum, r->money[i].amount);
    return r->nmoney > 0 ? (struct opt_satang){true, sum} : r->spent;
}

static enum err change(struct db *db, const struct actor *by, struct monitor_report_id id, int64_t version,
                       const struct monitor_report *r, int64_t *ret_changed)
{
    struct monitor_report_change_args args = {.id = id,
                                              .version = version,
                                              .on_date = r->on,
                                              .ends_on = r->ends_on,
                                              .title = monitor_none(r->title),
                                              .activity_id = r->activity,
                                              .reporter_name = monitor_none(r->reporter_name),
                                              .reporter_area = monitor_none(r->reporter_area),
                                              .planned = monitor_none(r->planned),
                                              .done = monitor_none(r->done),
                                              .output = monitor_none(r->output),
                                              .outcome = monitor_none(r->outcome),
                                              .conclusion = monitor_none(r->conclusion),
                                              .problems = monitor_none(r->problems),
                                              .suggestions = monitor_none(r->suggestions),
                                              .level = {r->level != 0, r->level},
                                              .spent_satang = spent_of(r),
                                              .account_no = monitor_account(by),
                                              .recorded_at = clock_now()};
    return monitor_report_change(db, &args, ret_changed);
}

enum err monitor_save(struct db *db, struct arena *a, const struct actor *by, const struct monitor_report *r,
                      struct monitor_report_id *ret)
{
    struct monitor_report was = {0}, is = {0};
    struct monitor_report_id id = r->id;
    bool is_new = id_is_none(id);
    int64_t changed = 0;
    TRY(takes_reports(db, a, r));
    if (is_new) TRY(add(db, a, by, r, &id));
    else TRY(monitor_get(db, a, id, &was));
    if (!is_new && was.version != r->version) return ERR_CONFLICT;
    if (was.state == MONITOR_SENT || was.state == MONITOR_ACCEPTED) return err_note(ERR_REFUSED, "the report is sent");
    TRY(change(db, by, id, is_new ? 0 : r->version, r, &changed));
    if (changed != 1) return ERR_CONFLICT;
    TRY(monitor_hand(db, by, id));
    TRY(save_lists(db, id, r));
    TRY(monitor_get(db, a, id, &is));
    TRY(monitor_audit_save(db, a, by, is_new, &was, &is));
    *ret = id;
    return ERR_OK;
}

/* ---- sending and judging ---- */

static void miss(struct monitor_missing *ret, size_t *n, const char *field, enum msg message)
{
    ret[(*n)++] = (struct monitor_missing){field, message};
}

size_t monitor_check(const struct monitor_report *r, struct date today, struct monitor_missing ret[MONITOR_MISSING_MAX])
{
    size_t n = 0;
    if (!r->is_final && r->title.n == 0 && id_is_none(r->activity)) miss(ret, &n, "title", MSG_monitor_need_title);
    if (!r->on.has) miss(ret, &n, "on", MSG_monitor_need_on);
    else if (date_cmp(r->on.v, today) > 0) miss(ret, &n, "on", MSG_monitor_on_future);
    if (r->done.n == 0) miss(ret, &n, "done", r->is_final ? MSG_monitor_need_summary : MSG_monitor_need_done);
    if (r->is_final && !spent_of(r).has) miss(ret, &n, "spent", MSG_monitor_need_spent);
    if (r->is_final && r->npeople == 0) miss(ret, &n, "people", MSG_monitor_need_people);
    return n;
}

static enum err audit_state(struct db *db, struct arena *a, const struct actor *by, const char *action,
                            const struct monitor_report *was, enum monitor_state is, struct str reason)
{
    struct audit_change changes[] = {{"state", str_of(state_codes[was->state]), str_of(state_codes[is])},
                                     {"reason", STR_NONE, reason}};
    return audit_write(db, a, by, action, "monitor_report", was->id.v, changes, reason.n > 0 ? 2 : 1);
}

enum err monitor_send(struct db *db, struct arena *a, const struct actor *by, struct monitor_report_id id, int64_t version)
{
    struct monitor_report r;
    struct monitor_missing missing[MONITOR_MISSING_MAX];
    struct date today = clock_today();
    int64_t changed = 0;
    TRY(monitor_get(db, a, id, &r));
    TRY(takes_reports(db, a, &r));
    if (monitor_check(&r, today, missing) > 0) return err_note(ERR_INPUT, "%s is missing", missing[0].field);
    TRY(monitor_report_send(db, id, version, monitor_account(by), today, clock_now(), &changed));
    if (changed != 1) return ERR_CONFLICT;
    TRY(monitor_hand(db, by, id));
    return audit_state(db, a, by, "send", &r, MONITOR_SENT, STR_NONE);
}

/* People reached: the final report's, before that those of the largest single activity. */
static enum err tell_reached(struct db *db, struct arena *a, const struct actor *by, struct project_id project)
{
    struct monitor_people_accepted_row *rows = NULL;
    struct project_target groups[PROJECT_TARGETS_MAX];
    size_t n = 0, ngroups = 0, best_from = 0, best_n = 0;
    int64_t best = -1;
    TRY(monitor_people_accepted(db, a, project, ACCEPTED_MAX, &rows, &n));
    for (size_t i = 0, next; i < n; i = next) {
        int64_t sum = 0;
        for (next = i; next < n && rows[next].id.v == rows[i].id.v; next++) sum += rows[next].people;
        bool is_final = str_eq(rows[i].kind, STR("final"));
        if (is_final || sum > best) best_from = i, best_n = next - i, best = is_final ? INT64_MAX : sum;
    }
    for (size_t i = 0; i < best_n && ngroups < PROJECT_TARGETS_MAX; i++)
        groups[ngroups++] = (struct project_target){.group = rows[best_from + i].group_code,
                                                    .reached = {true, rows[best_from + i].people}};
    return project_reached_set(db, a, by, project, groups, ngroups);
}

/* Next year's plan begins from it. It was so when what the final report tells of ended, whenever that is accepted. */
static enum err tell_plan(struct db *db, struct arena *a, const struct actor *by, const struct project *p,
                          const struct monitor_report *r, const struct project_objective *o)
{
    struct opt_date on = r->ends_on.has ? r->ends_on : r->on;
    if (id_is_none(o->indicator) || !o->reached_x100.has) return ERR_OK;
    struct plan_result result = {.indicator = o->indicator,
                                 .numerator = o->reached_numerator,
                                 .denominator = o->reached_denominator,
                                 .value_x100 = o->reached_x100.v,
                                 .on = on.has ? on.v : clock_today(),
                                 .source = str_concat(a, (const struct str[]){p->title, STR(" "), p->code}, str_is_none(p->code) ? 1 : 3)};
    return plan_result_add(db, a, by, p->fund, p->fy, &result);
}

static enum err tell_results(struct db *db, struct arena *a, const struct actor *by, const struct monitor_report *r)
{
    struct project p;
    struct project_whole w;
    TRY(project_get(db, a, r->project, &p));
    TRY(project_read(db, a, &p, &w));
    for (size_t i = 0; i < r->nresults; i++) {
        const struct monitor_result *s = &r->results[i];
        if (s->position < 1 || s->position > (int64_t)w.nobjectives) continue;
        struct project_objective *o = &w.objectives[s->position - 1];
        o->reached_x100 = s->reached_x100;
        o->reached_numerator = s->numerator;
        o->reached_denominator = s->denominator;
        o->reached_words = s->words;
        o->level = monitor_level(o->direction, o->from_x100, o->to_x100, o->reached_x100);
        if (o->level == 0) o->level = s->level; /* no target in figures: as was judged */
        TRY(tell_plan(db, a, by, &p, r, o));
    }
    return project_results_set(db, a, by, r->project, w.objectives, w.nobjectives);
}

/* What follows for the project. */
static enum err follow(struct db *db, struct arena *a, const struct actor *by, const struct monitor_report *r)
{
    bool is_opened = false;
    TRY(tell_reached(db, a, by, r->project));
    TRY(project_evidence(db, a, by, r->project, r->is_final ? "final_report" : "report", &is_opened));
    if (!r->is_final) return ERR_OK;
    struct project p;
    TRY(tell_results(db, a, by, r));
    TRY(project_get(db, a, r->project, &p));
    return p.state == PROJECT_STOPPED ? ERR_OK : project_move(db, a, by, r->project, PROJECT_REPORTED, clock_today());
}

enum err monitor_accept(struct db *db, struct arena *a, const struct actor *by, struct monitor_report_id id, int64_t version)
{
    struct monitor_report r;
    bool is_hand = false;
    int64_t changed = 0;
    TRY(monitor_get(db, a, id, &r));
    if (id_is_none(r.project)) return err_note(ERR_REFUSED, "a programme's report is its owner's word");
    TRY(monitor_is_hand(db, a, id, by->account, &is_hand));
    if (is_hand) return err_note(ERR_REFUSED, "who wrote, changed or sent a report does not accept it");
    TRY(monitor_report_accept(db, id, version, monitor_account(by), clock_now(), &changed));
    if (changed != 1) return ERR_CONFLICT;
    TRY(audit_state(db, a, by, "accept", &r, MONITOR_ACCEPTED, STR_NONE));
    return follow(db, a, by, &r);
}

enum err monitor_return(struct db *db, struct arena *a, const struct actor *by, struct monitor_report_id id, int64_t version,
                        struct str reason)
{
    struct monitor_report r;
    int64_t changed = 0;
    TRY(monitor_get(db, a, id, &r));
    if (reason.n == 0) return err_note(ERR_INPUT, "a report is returned with a reason");
    TRY(monitor_report_return(db, id, version, reason, clock_now(), &changed));
    if (changed != 1) return ERR_CONFLICT;
    return audit_state(db, a, by, "return", &r, MONITOR_RETURNED, reason);
}

int64_t monitor_level(struct str direction, struct opt_count from, struct opt_count to, struct opt_count reached)
{
    if (!to.has || !reached.has) return 0;
    int64_t sign = str_eq(direction, STR("down")) ? -1 : 1;
    if (reached.v == to.v) return 3;
    if ((reached.v - to.v) * sign > 0) return 4;
    if (!from.has) return reached.v == 0 && sign > 0 ? 1 : 2;
    return (reached.v - from.v) * sign > 0 ? 2 : 1;
}

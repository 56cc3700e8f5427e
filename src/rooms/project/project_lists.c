/* project_lists.c — a project's lists put in place of the old ones, and the notes on its sections.
 * Activities and budget lines keep their ids: reports and money of room monitor point at them. */
#include "app/audit.h"
#include "base/clock.h"
#include "base/thai.h"
#include "rooms/project/project_inside.h"
#include "rooms/project_sql.h"

#define NOTES_SHOWN 100
#define AUDIT_WORDS 4000 /* bytes of a list as the audit trail keeps it */
#define AUDIT_ROW   900  /* … of one row of it */

static size_t letters(struct str s)
{
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++) n += ((unsigned char)s.p[i] & 0xc0) != 0x80;
    return n;
}

enum err project_text(struct arena *a, struct str in, size_t max, bool is_line, struct str *ret)
{
    struct str clean = STR_NONE;
    if (!str_is_empty(in)) TRY(is_line ? thai_clean_line(a, in, &clean) : thai_clean(a, in, &clean));
    clean = str_trim(clean);
    if (letters(clean) > max) return err_note(ERR_INPUT, "a text of more than %zu letters", max);
    *ret = str_is_empty(clean) ? STR_NONE : clean;
    return ERR_OK;
}

/* ---- what the audit trail keeps of a list ---- */

struct rows {
    struct str *text;
    size_t n;
};

static struct rows rows_of(struct arena *a, size_t n)
{
    return (struct rows){ARENA_ARRAY(a, struct str, n), n};
}

static struct rows issue_rows(struct arena *a, const struct project_whole *w)
{
    struct rows r = rows_of(a, w->nissues);
    for (size_t i = 0; i < r.n; i++) r.text[i] = w->issues[i].code;
    return r;
}

static const char *x100_text(struct arena *a, struct opt_count v)
{
    return v.has ? str_z(a, str_printf(a, "%lld.%02lld", (long long)(v.v / 100), (long long)(v.v % 100))) : "?";
}

static struct rows objective_rows(struct arena *a, const struct project_whole *w)
{
    struct rows r = rows_of(a, w->nobjectives);
    for (size_t i = 0; i < r.n; i++) {
        const struct project_objective *o = &w->objectives[i];
        r.text[i] = str_printf(a, "%.*s%s%.*s %s→%s", STR_FMT(o->words), o->indicator_words.n > 0 ? ": " : "",
                               STR_FMT(o->indicator_words), x100_text(a, o->from_x100), x100_text(a, o->to_x100));
    }
    return r;
}

static struct rows target_rows(struct arena *a, const struct project_whole *w)
{
    struct rows r = rows_of(a, w->ntargets);
    r.n = 0;
    for (size_t i = 0; i < w->ntargets; i++)
        if (w->targets[i].planned.has)
            r.text[r.n++] = str_printf(a, "%.*s %lld", STR_FMT(w->targets[i].group), (long long)w->targets[i].planned.v);
    return r;
}

/* "Walking (2027-01-13 – 2027-02-14), →1: round the lake" */
static struct rows activity_rows(struct arena *a, const struct project_whole *w)
{
    struct rows r = rows_of(a, w->nactivities);
    for (size_t i = 0; i < r.n; i++) {
        const struct project_activity *v = &w->activities[i];
        struct str from = opt_date_iso_text(a, v->starts_on), to = opt_date_iso_text(a, v->ends_on), when = STR(""), aim = STR("");
        if (from.n > 0 || to.n > 0) when = str_printf(a, " (%.*s – %.*s)", STR_FMT(from.n > 0 ? from : STR("?")), STR_FMT(to.n > 0 ? to : STR("?")));
        if (v->objective > 0) aim = str_printf(a, ", →%lld", (long long)v->objective);
        r.text[i] = str_printf(a, "%.*s%.*s%.*s%s%.*s", STR_FMT(v->title), STR_FMT(when), STR_FMT(aim), v->method.n > 0 ? ": " : "",
                               STR_FMT(v->method));
    }
    return r;
}

/* "Helmets 2 × 350.00 × 1 = 700.00, [302], →1" */
static struct rows budget_rows(struct arena *a, const struct project_whole *w)
{
    struct rows r = rows_of(a, w->nbudget);
    for (size_t i = 0; i < r.n; i++) {
        const struct project_budget *v = &w->budget[i];
        struct buf b = buf_in(a, v->words.n + v->expense.n + 160);
        buf_put(&b, str_printf(a, "%.*s %lld × ", STR_FMT(v->words), (long long)v->quantity));
        buf_satang(&b, v->price);
        buf_put(&b, str_printf(a, " × %lld = ", (long long)v->times));
        buf_satang(&b, project_budget_comes_to(v));
        if (v->expense.n > 0) buf_put(&b, str_printf(a, ", [%.*s]", STR_FMT(v->expense)));
        if (v->activity > 0) buf_put(&b, str_printf(a, ", →%lld", (long long)v->activity));
        r.text[i] = buf_str(&b);
    }
    return r;
}

/* Names and phones are the persons' own: the trail says how many, never who. */
static struct rows people_rows(struct arena *a, const struct project_whole *w)
{
    struct rows r = rows_of(a, 1);
    r.n = w->npeople > 0;
    r.text[0] = str_printf(a, "%zu", w->npeople);
    return r;
}

static struct str joined(struct arena *a, struct rows r)
{
    struct buf b = buf_in(a, AUDIT_WORDS * 2);
    for (size_t i = 0; i < r.n && b.n < AUDIT_WORDS; i++) {
        if (i > 0) BUF_LIT(&b, " · ");
        buf_put(&b, str_cut(r.text[i], AUDIT_ROW));
    }
    return r.n == 0 ? STR_NONE : buf_str(&b);
}

/* Of two long texts that begin alike: a few words before the place where they part, and on. */
static struct str from_parting(struct arena *a, struct str s, size_t at)
{
    size_t start = at > 60 ? at - 60 : 0;
    while (start > 0 && start < s.n && ((unsigned char)s.p[start] & 0xc0) == 0x80) start--;
    return str_concat(a, (const struct str[]){start > 0 ? STR("… ") : STR(""), str_cut(str_from(s, start), AUDIT_ROW)}, 2);
}

/* What is changed beyond the bytes that the trail keeps of a list is told by its row alone. */
static bool change_of(struct arena *a, const char *field, struct rows was, struct rows now, struct audit_change *ret)
{
    size_t row = 0, at = 0;
    while (row < was.n && row < now.n && str_eq(was.text[row], now.text[row])) row++;
    if (row == was.n && row == now.n) return false;
    *ret = (struct audit_change){field, joined(a, was), joined(a, now)};
    if (!str_eq(ret->before, ret->after)) return true;
    struct str before = row < was.n ? was.text[row] : STR(""), after = row < now.n ? now.text[row] : STR("");
    while (at < before.n && at < after.n && before.p[at] == after.p[at]) at++;
    ret->before = from_parting(a, before, at);
    ret->after = from_parting(a, after, at);
    return true;
}

static enum err audit_lists(struct db *db, struct arena *a, const struct actor *by, const struct project_whole *was,
                            const struct project_whole *now, unsigned sections)
{
    static const struct {
        unsigned section;
        const char *field;
        struct rows (*rows)(struct arena *a, const struct project_whole *w);
    } lists[] = {{PROJECT_ISSUES, "issues", issue_rows},          {PROJECT_PEOPLE, "people", people_rows},
                 {PROJECT_OBJECTIVES, "objectives", objective_rows}, {PROJECT_TARGETS, "targets", target_rows},
                 {PROJECT_ACTIVITIES, "activities", activity_rows}, {PROJECT_BUDGETS, "budget", budget_rows}};
    struct audit_change changes[sizeof(lists) / sizeof(lists[0])];
    size_t n = 0;
    for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++)
        if ((sections & lists[i].section) != 0 && change_of(a, lists[i].field, lists[i].rows(a, was), lists[i].rows(a, now), &changes[n])) n++;
    return audit_write(db, a, by, "change", "project", now->p.id.v, changes, n);
}

/* ---- putting lists ---- */

static enum err put_issues(struct db *db, const struct project_whole *w)
{
    TRY(project_clear_issues(db, w->p.id, NULL));
    for (size_t i = 0; i < w->nissues; i++) TRY(project_put_issue(db, w->p.id, (int64_t)i + 1, w->issues[i].id, NULL));
    return ERR_OK;
}

static enum err put_people(struct db *db, struct arena *a, const struct project_whole *w)
{
    TRY(project_clear_people(db, w->p.id, NULL));
    for (size_t i = 0; i < w->npeople; i++) {
        struct project_person c = {0};
        TRY(project_text(a, w->people[i].name, 200, true, &c.name));
        TRY(project_text(a, w->people[i].duty, 200, true, &c.duty));
        TRY(project_text(a, w->people[i].phone, 40, true, &c.phone));
        if (str_is_none(c.name)) return err_note(ERR_INPUT, "a person has a name");
        TRY(project_put_person(db, w->p.id, (int64_t)i + 1, c.name, c.duty, c.phone, NULL));
    }
    return ERR_OK;
}

static enum err put_objectives(struct db *db, struct arena *a, const struct project_whole *w)
{
    TRY(project_clear_objectives(db, w->p.id, NULL));
    for (size_t i = 0; i < w->nobjectives; i++) {
        const struct project_objective *o = &w->objectives[i];
        struct project_put_objective_args args = {.project_id = w->p.id,
                                                  .position = (int64_t)i + 1,
                                                  .indicator_id = o->indicator,
                                                  .unit = str_is_empty(o->unit) ? STR_NONE : o->unit,
                                                  .direction = str_is_empty(o->direction) ? STR_NONE : o->direction,
                                                  .from_x100 = o->from_x100,
                                                  .to_x100 = o->to_x100,
                                                  .reached_x100 = o->reached_x100,
                                                  .reached_numerator = o->reached_numerator,
                                                  .reached_denominator = o->reached_denominator,
                                                  .level = project_opt(o->level)};
        TRY(project_text(a, o->words, PROJECT_TITLE_MAX, false, &args.words));
        TRY(project_text(a, o->indicator_words, PROJECT_TITLE_MAX, true, &args.indicator_words));
        TRY(project_text(a, o->reached_words, PROJECT_WORDS_MAX, false, &args.reached_words));
        if (str_is_none(args.words)) return err_note(ERR_INPUT, "an objective has words");
        TRY(project_put_objective(db, &args, NULL));
    }
    return ERR_OK;
}

static enum err put_targets(struct db *db, const struct project_whole *w)
{
    TRY(project_clear_targets(db, w->p.id, NULL));
    for (size_t i = 0; i < w->ntargets; i++)
        if (w->targets[i].planned.has) TRY(project_put_target(db, w->p.id, w->targets[i].group, w->targets[i].planned.v, NULL));
    return ERR_OK;
}

static enum err put_activity(struct db *db, struct arena *a, struct project_id id, int64_t position,
                             const struct project_activity *v)
{
    struct str title = STR_NONE, method = STR_NONE;
    struct opt_count objective = project_opt(v->objective);
    int64_t changed = 0;
    TRY(project_text(a, v->title, PROJECT_TITLE_MAX, true, &title));
    TRY(project_text(a, v->method, PROJECT_WORDS_MAX, false, &method));
    if (str_is_none(title)) return err_note(ERR_INPUT, "an activity has a title");
    if (!id_is_none(v->id)) {
        struct project_set_activity_args set = {id, v->id, position, title, method, objective, v->starts_on, v->ends_on};
        TRY(project_set_activity(db, &set, &changed));
        if (changed == 1) return ERR_OK; /* else it was taken out meanwhile: it comes as a new one */
    }
    struct project_add_activity_args add = {id, position, title, method, objective, v->starts_on, v->ends_on};
    return project_add_activity(db, &add, NULL);
}

static enum err put_activities(struct db *db, struct arena *a, const struct project_whole *w)
{
    TRY(project_shift_activities(db, w->p.id, NULL));
    for (size_t i = 0; i < w->nactivities; i++) TRY(put_activity(db, a, w->p.id, (int64_t)i + 1, &w->activities[i]));
    return project_drop_activities(db, w->p.id, NULL);
}

static enum err put_line(struct db *db, struct arena *a, struct project_id id, int64_t position, const struct project_budget *b)
{
    struct str words = STR_NONE, expense = str_is_empty(b->expense) ? STR_NONE : b->expense;
    struct opt_count activity = project_opt(b->activity);
    struct satang amount = project_budget_comes_to(b);
    int64_t changed = 0;
    TRY(project_text(a, b->words, PROJECT_TITLE_MAX, true, &words));
    if (str_is_none(words)) return err_note(ERR_INPUT, "a budget line has words");
    if (!id_is_none(b->id)) {
        struct project_set_budget_args set = {id,       b->id,      position, activity, expense, words, b->quantity,
                                              b->price, b->times, amount};
        TRY(project_set_budget(db, &set, &changed));
        if (changed == 1) return ERR_OK;
    }
    struct project_add_budget_args add = {id, position, activity, expense, words, b->quantity, b->price, b->times, amount};
    return project_add_budget(db, &add, NULL);
}

static enum err put_budget(struct db *db, struct arena *a, const struct project_whole *w)
{
    TRY(project_shift_budget(db, w->p.id, NULL));
    for (size_t i = 0; i < w->nbudget; i++) TRY(put_line(db, a, w->p.id, (int64_t)i + 1, &w->budget[i]));
    return project_drop_budget(db, w->p.id, NULL);
}

enum err project_put_lists(struct db *db, struct arena *a, const struct actor *by, const struct project_whole *was,
                           const struct project_whole *now, unsigned sections)
{
    if (now->nissues > PROJECT_ISSUES_MAX || now->npeople > PROJECT_PEOPLE_MAX || now->nobjectives > PROJECT_OBJECTIVES_MAX ||
        now->ntargets > PROJECT_TARGETS_MAX || now->nactivities > PROJECT_ACTIVITIES_MAX || now->nbudget > PROJECT_BUDGET_MAX)
        return err_note(ERR_LIMIT, "a list of a project is longer than it may be");
    if (sections & PROJECT_ISSUES) TRY(put_issues(db, now));
    if (sections & PROJECT_PEOPLE) TRY(put_people(db, a, now));
    if (sections & PROJECT_OBJECTIVES) TRY(put_objectives(db, a, now));
    if (sections & PROJECT_TARGETS) TRY(put_targets(db, now));
    if (sections & PROJECT_ACTIVITIES) TRY(put_activities(db, a, now));
    if (sections & PROJECT_BUDGETS) TRY(put_budget(db, a, now));
    return audit_lists(db, a, by, was, now, sections);
}

/* ---- notes ---- */

enum err project_note_add(struct db *db, struct arena *a, const struct actor *by, struct project_id id, struct str section,
                          struct str words)
{
    enum project_section known = PROJECT_HEAD;
    struct str clean = STR_NONE;
    TRY(project_text(a, words, PROJECT_WORDS_MAX, false, &clean));
    if (str_is_none(clean)) return err_note(ERR_INPUT, "a note has words");
    if (!str_eq(section, STR("all")) && project_section_of(section, &known) != ERR_OK) return err_note(ERR_INPUT, "no such section");
    TRY(project_add_note(db, id, section, clean, project_opt(by->account), by->acting, clock_now(), NULL));
    struct audit_change change = {"note", STR_NONE, section};
    return audit_write(db, a, by, "note", "project", id.v, &change, 1);
}

enum err project_note_answer(struct db *db, struct arena *a, const struct actor *by, struct project_id id, struct project_note_id note, struct str words)
{
    struct project_note *all = NULL;
    struct str clean = STR_NONE;
    size_t n = 0, at = 0;
    int64_t changed = 0;
    TRY(project_text(a, words, PROJECT_WORDS_MAX, false, &clean));
    TRY(project_notes(db, a, id, &all, &n));
    while (at < n && all[at].id.v != note.v) at++;
    if (at == n) return ERR_NOT_FOUND;
    TRY(project_answer_note(db, note, id, clock_now(), project_opt(by->account), clean, &changed));
    if (changed != 1) return ERR_CONFLICT;
    struct audit_change change = {"note_answered", STR_NONE, all[at].section};
    return audit_write(db, a, by, "answer", "project", id.v, &change, 1);
}

enum err project_notes(struct db *db, struct arena *a, struct project_id id, struct project_note **ret, size_t *ret_n)
{
    struct project_notes_of_row *rows = NULL;
    size_t n = 0;
    TRY(project_notes_of(db, a, id, NOTES_SHOWN, &rows, &n));
    struct project_note *notes = ARENA_ARRAY(a, struct project_note, n);
    int64_t *ids = ARENA_ARRAY(a, int64_t, n);
    struct str *names = ARENA_ARRAY(a, struct str, n);
    for (size_t i = 0; i < n; i++) ids[i] = rows[i].account_no.has ? rows[i].account_no.v : 0;
    if (n > 0) TRY(guard_names(db, a, ids, n, names));
    for (size_t i = 0; i < n; i++)
        notes[i] = (struct project_note){rows[i].id, rows[i].section, rows[i].words, rows[i].acting, names[i], rows[i].recorded_at,
                                         rows[i].answered_at, rows[i].answer};
    *ret = notes;
    *ret_n = n;
    return ERR_OK;
}

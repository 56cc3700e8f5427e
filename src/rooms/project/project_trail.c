/* project_trail.c — the audit trail of a project in the words of its pages. */
#include "rooms/project/project_ask.h"
#include "rooms/project/thread_ask.h"

typedef struct str (*value_fn)(struct rq *rq, struct str stored);

/* ---- values ---- */

static struct str state_value(struct rq *rq, struct str v)
{
    enum project_state state;
    return project_state_of(v, &state) == ERR_OK ? project_state_shown(rq, state).word : v;
}

static struct str size_value(struct rq *rq, struct str v)
{
    static const enum msg sizes[] = {MSG_project_trail_small, MSG_project_size_medium, MSG_project_size_large};
    for (int i = 0; i <= PROJECT_LARGE; i++)
        if (str_eq(v, str_of(project_size_code((enum project_size)i)))) return msg_text(sizes[i], rq->page.lang);
    return v;
}

static struct str money_value(struct rq *rq, struct str v)
{
    int64_t satangs;
    return str_to_int(v, &satangs) == ERR_OK ? project_money_text(rq, some_satang(satang(satangs))) : v;
}

static struct str day_value(struct rq *rq, struct str v)
{
    struct date day;
    return date_parse_iso(v, &day) == ERR_OK ? project_day_text(rq, (struct opt_date){true, day}) : v;
}

/* What a support type is called follows its year; today's word names it well enough here. */
static struct str support_value(struct rq *rq, struct str v)
{
    return project_support_word(rq, date_fiscal_year(rq->today), v);
}

/* "1003 20 · 1004 110" with the groups' names. */
static struct str groups_value(struct rq *rq, struct str v)
{
    const struct choice *groups = NULL;
    size_t n = 0;
    struct buf b = buf_in(rq->arena, v.n * 40 + 40);
    struct str rest = v, part;
    bool is_code = true;
    if (project_choices_target(rq, STR(""), &groups, &n) != ERR_OK) return v;
    while (str_split(&rest, ' ', &part)) {
        if (str_is_empty(part) || str_eq(part, STR("·"))) continue;
        if (is_code && b.n > 0) BUF_LIT(&b, " · ");
        struct str label = is_code ? project_label_of(groups, n, part) : STR("");
        if (is_code) buf_put(&b, str_is_empty(label) ? part : label);
        else buf_put(&b, str_printf(rq->arena, " %.*s", STR_FMT(part)));
        is_code = !is_code;
    }
    return buf_str(&b);
}

/* ---- rows of a list: "Walking (2027-01-13 – 2027-02-14), →1: …", "Helmets 2 × 350.00 × 1 = 700.00, [302], →1" ---- */

enum { ISO = 10 };
#define ARROW "→"

struct row_words {
    struct rq *rq;
    const struct choice *kinds; /* of expenses */
    size_t nkinds;
    enum msg nth; /* what an arrow leads to */
    struct buf out;
};

/* The bytes that are said in words here; 0: none. */
static size_t say_words(struct row_words *w, struct str rest)
{
    struct date day;
    size_t n = 0;
    if (rest.n >= ISO && date_parse_iso(str_first(rest, ISO), &day) == ERR_OK) {
        buf_put(&w->out, project_day_text(w->rq, (struct opt_date){true, day}));
        return ISO;
    }
    if (str_starts(rest, STR(ARROW))) {
        struct str number = str_from(rest, strlen(ARROW));
        while (n < number.n && number.p[n] >= '0' && number.p[n] <= '9') n++;
        if (n == 0) return 0;
        buf_put(&w->out, MSG_FORMAT(w->rq->arena, w->rq->page.lang, w->nth, str_first(number, n)));
        return strlen(ARROW) + n;
    }
    ptrdiff_t end = rest.p[0] == '[' ? str_find_char(rest, ']') : -1;
    struct str kind = end < 0 ? STR("") : project_label_of(w->kinds, w->nkinds, str_first(str_from(rest, 1), (size_t)end - 1));
    if (str_is_empty(kind)) return 0;
    buf_put(&w->out, kind);
    return (size_t)end + 1;
}

static struct str rows_value(struct row_words *w, struct str v)
{
    w->out = buf_in(w->rq->arena, v.n * 40 + 40);
    for (size_t i = 0; i < v.n;) {
        size_t n = say_words(w, str_from(v, i));
        if (n == 0) buf_put(&w->out, str_first(str_from(v, i), n = 1));
        i += n;
    }
    return buf_str(&w->out);
}

static struct str activities_value(struct rq *rq, struct str v)
{
    struct row_words w = {.rq = rq, .nth = MSG_project_objective_nth};
    return rows_value(&w, v);
}

static struct str budget_value(struct rq *rq, struct str v)
{
    struct row_words w = {.rq = rq, .nth = MSG_project_activity_nth};
    if (project_choices_expense(rq, STR(""), &w.kinds, &w.nkinds) != ERR_OK) return v;
    return rows_value(&w, v);
}

/* ---- fields ---- */

static const struct {
    const char *field;
    enum msg word;
    value_fn value; /* NULL: as it is stored */
} words[] = {
    {"state", MSG_col_state, state_value},
    {"title", MSG_project_title, NULL},
    {"code", MSG_project_code, NULL},
    {"other_code", MSG_project_other_code, NULL},
    {"group", MSG_project_group, NULL},
    {"owner_name", MSG_project_owner, NULL},
    {"owner_type", MSG_project_owner_type, project_owner_word},
    {"support_type", MSG_project_support, support_value},
    {"size", MSG_project_size, size_value},
    {"situation", MSG_project_part_situation, NULL},
    {"method", MSG_project_method, NULL},
    {"expected", MSG_project_part_expected, NULL},
    {"place", MSG_project_place, NULL},
    {"starts_on", MSG_project_starts, day_value},
    {"ends_on", MSG_project_ends, day_value},
    {"report_due", MSG_project_report_due, day_value},
    {"asked", MSG_project_asked, money_value},
    {"approved", MSG_project_approved, money_value},
    {"approved_on", MSG_project_approved_on, day_value},
    {"commitment", MSG_project_commitment, NULL},
    {"sent_on", MSG_project_event_sent, day_value},
    {"closed_on", MSG_project_event_closed, day_value},
    {"recalled_on", MSG_project_event_recalled, day_value},
    {"copy_of", MSG_project_copy_of, NULL},
    {"issues", MSG_project_part_plan, NULL},
    {"people", MSG_project_part_people, NULL},
    {"objectives", MSG_project_part_objectives, NULL},
    {"targets", MSG_project_part_targets, groups_value},
    {"activities", MSG_project_part_activities, activities_value},
    {"budget", MSG_project_part_budget, budget_value},
    {"note", MSG_project_note_section, project_section_word},
    {"note_answered", MSG_project_note_answered, project_section_word},
    {"reached", MSG_project_reached, groups_value},
    {"decision", MSG_project_trail_decision, thread_kind_word},
    {"in_force", MSG_project_trail_decision, thread_kind_word},
    {"change", MSG_project_trail_change, thread_change_word},
    {"agreement", MSG_project_trail_agreement, NULL},
    {"instalment", MSG_project_trail_instalment, NULL},
    {"paid_satang", MSG_project_paid, money_value},
    {"spent_satang", MSG_monitor_spent, money_value},
    {"returned_satang", MSG_project_refunded, money_value},
    {"unreported", MSG_project_trail_unreported, NULL},
};

void project_trail_word(struct rq *rq, const struct audit_read_field *f, struct audit_change_view *ret)
{
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (!str_eq(f->field, str_of(words[i].field))) continue;
        ret->what = msg_text(words[i].word, rq->page.lang);
        if (words[i].value == NULL) return;
        if (!str_is_empty(ret->from)) ret->from = words[i].value(rq, ret->from);
        if (!str_is_empty(ret->to)) ret->to = words[i].value(rq, ret->to);
        return;
    }
}

struct str project_trail_value(struct rq *rq, struct str field, struct str stored, struct str *ret_what)
{
    struct audit_change_view view = {.what = field, .from = stored};
    struct audit_read_field read = {.field = field, .before = stored};
    project_trail_word(rq, &read, &view);
    struct str label = project_change_label(rq->arena, rq->page.lang, field); /* as the decision's page calls it */
    *ret_what = str_eq(label, field) ? view.what : label;
    return str_is_empty(view.from) ? STR("–") : view.from;
}

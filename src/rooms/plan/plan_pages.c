/* plan_pages.c — the plans of a fund's year and one of them, as everybody reads them. */
#include "rooms/plan/plan_ask.h"

#include "base/thai.h"
#include "rooms/plan_list.html.h"
#include "rooms/plan_page.html.h"
#include "rooms/plan_sql.h"

#define YEARS_BACK    3 /* offered beside this one and the next */
#define COMPARE_YEARS 5
#define COMPARE_ROWS  (COMPARE_YEARS * PLAN_SITUATIONS_MAX)

static struct str done_text(struct rq *rq)
{
    struct str done = rq_param(rq, "done");
    if (str_eq(done, STR("saved"))) return msg_text(MSG_issue_plan_saved, rq->page.lang);
    if (str_eq(done, STR("agenda"))) return msg_text(MSG_issue_plan_on_agenda, rq->page.lang);
    return STR_NONE;
}

/* ---- /funds/{code}/plans ---- */

static void fill_years(struct rq *rq, const struct plan_here *here, struct plan_list_view *v)
{
    struct plan_year_link *years = ARENA_ARRAY(rq->arena, struct plan_year_link, YEARS_BACK + 2);
    for (int32_t y = rq->this_fy.v + 1; y >= rq->this_fy.v - YEARS_BACK; y--)
        years[v->nyears++] = (struct plan_year_link){
            fiscal_year(y), HREF(rq->arena, "/funds/{}/plans?fy={}", here->code, str_printf(rq->arena, "%d", y)),
            y == v->fy.v};
    v->years = years;
}

static enum err fill_rows(struct rq *rq, const struct plan_here *here, bool is_finance_public, struct plan_list_view *v)
{
    struct plan_year *plans = NULL;
    struct plan_finance_sums_row *sums = NULL;
    size_t n = 0, nsums = 0;
    TRY(plan_list(rq->db, rq->arena, here->fund, v->fy, &plans, &n));
    if (n > 0 && (here->sees_drafts || is_finance_public))
        TRY(plan_finance_sums(rq->db, rq->arena, here->fund, v->fy, &sums, &nsums));
    struct plan_row *rows = ARENA_ARRAY(rq->arena, struct plan_row, n);
    for (size_t i = 0; i < n; i++) {
        if (plans[i].edition == 0 && !here->sees_drafts) continue;
        struct plan_row *r = &rows[v->nrows++];
        *r = (struct plan_row){.name = plan_issue_name(rq, &plans[i]), .href = plan_href(rq, &plans[i], ""),
                               .state = here->sees_drafts ? plan_shown_of(&plans[i]) : PLAN_SHOWN_AGREED};
        if (here->sees_drafts || is_finance_public) {
            r->projects = (struct opt_count){true, 0};
            r->planned = some_satang(satang(0));
        }
        for (size_t k = 0; k < nsums; k++)
            if (str_eq(sums[k].issue_code, plans[i].issue_code)) {
                r->projects.v = sums[k].n;
                r->planned = some_satang(sums[k].amount);
            }
    }
    v->rows = rows;
    return ERR_OK;
}

/* How the annual finance plan stands, and the meeting that shall agree to it. */
static enum err fill_finance(struct rq *rq, const struct plan_here *here, const struct plan_finance_head_row *head,
                             struct plan_list_view *v)
{
    struct str fy = str_printf(rq->arena, "%d", v->fy.v);
    v->sees_drafts = true;
    v->may_write = here->may_write;
    v->finance = HREF(rq->arena, "/funds/{}/years/{}/plan", here->code, fy);
    v->has_finance = !id_is_none(head->id);
    v->is_finance_agreed = head->agreed_on.has;
    v->finance_agreed_in = head->agreed_in;
    if (!v->has_finance || v->is_finance_agreed) return ERR_OK;
    TRY(plan_waits_in(rq, "finance_plan", head->id.v, &v->finance_waits_in));
    v->is_finance_waiting = !str_is_none(v->finance_waits_in);
    if (!here->may_write || v->is_finance_waiting) return ERR_OK;
    v->finance_agenda = HREF(rq->arena, "/funds/{}/years/{}/plan/agenda", here->code, fy);
    v->new_meeting = HREF(rq->arena, "/funds/{}/meetings/new", here->code);
    v->marks = form_marks(rq);
    return plan_meetings(rq, here, &v->meetings, &v->nmeetings);
}

enum err plan_list_page(struct rq *rq)
{
    struct plan_here here = {0};
    struct plan_list_view v = {0};
    struct plan_finance_head_row finance = {0};
    if (rq_fy(rq, &v.fy) != ERR_OK) return rq_bad_param(rq, "fy", MSG_error_fy);
    TRY(plan_here_read(rq, &here));
    v.head = plan_head_of(rq, &here, v.fy, STR_NONE);
    v.done = done_text(rq);
    fill_years(rq, &here, &v);
    enum err e = plan_finance_head(rq->db, rq->arena, here.fund, v.fy, &finance);
    if (e != ERR_OK && e != ERR_NOT_FOUND) return e;
    TRY(fill_rows(rq, &here, finance.agreed_on.has, &v));
    if (here.sees_drafts) TRY(fill_finance(rq, &here, &finance, &v));
    v.add = HREF(rq->arena, "/funds/{}/plans/new?fy={}", here.code, str_printf(rq->arena, "%d", v.fy.v));
    plan_list_html(rq_html_begin(rq, v.head.title, MENU_FUNDS), &rq->page, &v);
    return rq_html_end(rq);
}

/* ---- /funds/{code}/plans/{issue}/{fy} ---- */

/* Words that hold somebody's number are not there for everybody; the row says so. */
static struct str words_or_withheld(struct rq *rq, struct str words)
{
    return words.n == 0 ? msg_text(MSG_project_withheld, rq->page.lang) : words;
}

static void fill_situations(struct rq *rq, const struct plan_year *p, struct plan_page_view *v)
{
    struct plan_situation_view *rows = ARENA_ARRAY(rq->arena, struct plan_situation_view, p->nsituations);
    for (size_t i = 0; i < p->nsituations; i++) {
        const struct plan_situation *s = &p->situations[i];
        rows[i] = (struct plan_situation_view){.words = words_or_withheld(rq, plan_words(rq, s)),
                                               .unit = plan_unit_text(rq, s->unit),
                                               .is_more_better = s->is_more_better,
                                               .last = plan_figure_text(rq, s->last_value_x100, s->unit),
                                               .value = plan_figure_text(rq, s->value_x100, s->unit),
                                               .counted = plan_counted_text(rq, s),
                                               .target = plan_figure_text(rq, s->target_x100, s->unit),
                                               .source = s->source,
                                               .on = s->on};
    }
    v->situations = rows;
    v->nsituations = p->nsituations;
}

static size_t year_at(struct fiscal_year *years, size_t *n, struct fiscal_year fy)
{
    for (size_t i = 0; i < *n; i++)
        if (years[i].v == fy.v) return i;
    if (*n == COMPARE_YEARS) return COMPARE_YEARS;
    years[(*n)++] = fy;
    return *n - 1;
}

/* A row for each problem, a column for each year that has it. */
static enum err fill_compare(struct rq *rq, const struct plan_here *here, const struct plan_year *p, struct plan_page_view *v)
{
    struct plan_compare_rows_row *rows = NULL;
    size_t n = 0, nyears = 0;
    TRY(plan_compare_rows(rq->db, rq->arena, here->fund, p->issue, here->sees_drafts ? 0 : 1, COMPARE_ROWS, &rows, &n));
    struct fiscal_year *years = ARENA_ARRAY(rq->arena, struct fiscal_year, COMPARE_YEARS);
    struct plan_compare_row *out = ARENA_ARRAY(rq->arena, struct plan_compare_row, n);
    struct str **cells = ARENA_ARRAY(rq->arena, struct str *, n);
    for (size_t i = 0; i < n; i++) {
        struct str words = lang_name(rq->page.lang, rows[i].words_th, rows[i].words_en);
        if (!here->sees_drafts) words = words_or_withheld(rq, open_text(words, NULL));
        size_t y = year_at(years, &nyears, rows[i].fy), k = 0;
        if (y == COMPARE_YEARS) break;
        while (k < v->ncompare && !str_eq(out[k].words, words)) k++;
        if (k == v->ncompare) {
            cells[k] = ARENA_ARRAY(rq->arena, struct str, COMPARE_YEARS);
            out[v->ncompare++] = (struct plan_compare_row){.words = words, .cells = cells[k]};
        }
        cells[k][y] = plan_figure_text(rq, rows[i].value_x100, rows[i].unit);
    }
    for (size_t k = 0; k < v->ncompare; k++) out[k].ncells = nyears;
    v->compare = out;
    v->years = years;
    v->nyears = nyears;
    return ERR_OK;
}

static void fill_editions(struct rq *rq, const struct plan_reading *r, struct plan_page_view *v)
{
    struct plan_edition_view *rows = ARENA_ARRAY(rq->arena, struct plan_edition_view, r->neditions);
    for (size_t i = 0; i < r->neditions; i++) {
        struct str tail = str_printf(rq->arena, "?edition=%lld", (long long)r->editions[i].edition);
        rows[i] = (struct plan_edition_view){.edition = r->editions[i].edition,
                                             .meeting = r->editions[i].meeting_words,
                                             .on = r->editions[i].agreed_on,
                                             .href = plan_href(rq, &r->now, str_z(rq->arena, tail)),
                                             .is_now = !r->is_draft && r->editions[i].edition == r->shown.edition};
    }
    v->editions = rows;
    v->neditions = r->neditions;
}

static enum err fill_lines(struct rq *rq, const struct plan_here *here, const struct plan_year *p, struct plan_page_view *v)
{
    struct plan_line_view *lines = NULL;
    TRY(plan_lines_of(rq, here, p, &v->are_lines_shown, &lines, &v->nlines));
    for (size_t i = 0; i < v->nlines; i++) v->planned = satang_add(v->planned, lines[i].amount);
    v->lines = lines;
    return ERR_OK;
}

static enum err fill_own(struct rq *rq, const struct plan_here *here, const struct plan_reading *r, struct plan_page_view *v)
{
    v->sees_drafts = here->sees_drafts;
    v->may_write = here->may_write;
    v->edit = plan_href(rq, &r->now, "/edit");
    v->review = plan_href(rq, &r->now, "/edit?step=review");
    v->draft = plan_href(rq, &r->now, "?draft=1");
    v->newest = plan_href(rq, &r->now, "");
    if (!here->sees_drafts || !r->now.is_changed) return ERR_OK;
    TRY(plan_waits_in(rq, "plan_year", r->now.id.v, &v->waits_in));
    v->is_waiting = !str_is_none(v->waits_in);
    return ERR_OK;
}

enum err plan_page(struct rq *rq)
{
    struct plan_here here = {0};
    struct plan_reading r = {0};
    TRY(plan_here_read(rq, &here));
    TRY(plan_reading_of(rq, &here, &r));
    const struct plan_year *p = &r.shown;
    struct plan_page_view v = {.head = plan_head_of(rq, &here, p->fy, plan_issue_name(rq, p)),
                               .done = done_text(rq), .issue = plan_issue_name(rq, p), .fy = p->fy,
                               .fy_first = p->fy_first, .fy_last = p->fy_last, .is_draft_shown = r.is_draft,
                               .is_old = !r.is_draft && p->edition != r.now.edition, .agreed_in = r.agreed_in,
                               .agreed_on = p->agreed_on, .edition = p->edition, .cause = p->cause,
                               .guideline = p->guideline,
                               .state = here.sees_drafts ? plan_shown_of(&r.now) : PLAN_SHOWN_AGREED};
    fill_situations(rq, p, &v);
    TRY(fill_lines(rq, &here, p, &v));
    TRY(fill_compare(rq, &here, p, &v));
    fill_editions(rq, &r, &v);
    TRY(fill_own(rq, &here, &r, &v));
    plan_page_html(rq_html_begin(rq, v.head.title, MENU_FUNDS), &rq->page, &v);
    return rq_html_end(rq);
}

/* ---- a meeting's item leads to the plan that it is about ---- */

enum err plan_item_page(struct rq *rq)
{
    struct plan_here here = {0};
    struct meeting_item item = {0};
    struct meeting m = {0};
    struct plan_get_year_row year = {0};
    struct plan_finance_year_row finance = {0};
    struct meeting_item_id id = {0};
    TRY(plan_here_read(rq, &here));
    if (str_to_int(rq->args[1], &id.v) != ERR_OK) return ERR_NOT_FOUND;
    TRY(meeting_item_get(rq->db, rq->arena, id, &item));
    TRY(meeting_get(rq->db, rq->arena, item.meeting, &m));
    if (m.fund.v != here.fund.v) return ERR_NOT_FOUND;
    if (str_eq(item.thing, STR("finance_plan"))) {
        TRY(plan_finance_year(rq->db, rq->arena, (struct ledger_plan_id){item.thing_id}, &finance));
        return rq_redirect(rq, HREF(rq->arena, "/funds/{}/years/{}/plan", here.code, str_printf(rq->arena, "%d", finance.fy.v)));
    }
    if (!str_eq(item.thing, STR("plan_year"))) return ERR_NOT_FOUND;
    TRY(plan_get_year(rq->db, rq->arena, (struct plan_year_id){item.thing_id}, &year));
    const char *tail = year.is_changed ? "/funds/{}/plans/{}/{}?draft=1" : "/funds/{}/plans/{}/{}";
    return rq_redirect(rq, HREF(rq->arena, tail, here.code, year.issue_code, str_printf(rq->arena, "%d", year.fy.v)));
}

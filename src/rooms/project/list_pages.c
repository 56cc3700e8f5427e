/* list_pages.c — lists of a fund's proposals and projects: for its own people, and for everybody; and for everybody
 * where one project is, and what it did. */
#include "app/route.h"
#include "base/thai.h"
#include "rooms/issue/issue.h"
#include "rooms/project/project_ask.h"
#include "rooms/project_list.html.h"

#define ROWS  25
#define YEARS 10
#define SLUG_SHOWN 8 /* letters of a tracking code */

/* ---- lists ---- */

/* The tracking code of the last one on the page before: ids are nobody's business. ERR_NOT_FOUND: no such code here. */
static enum err after_read(struct rq *rq, struct str fund_code, bool is_public_only, struct project_id *ret)
{
    struct str cursor = rq_param(rq, "cursor");
    struct project last = {0};
    ret->v = 0;
    if (str_is_none(cursor) || cursor.n == 0) return ERR_OK;
    TRY(project_find(rq->db, rq->arena, fund_code, cursor, &last));
    if (is_public_only && !project_is_public(last.state)) return ERR_NOT_FOUND;
    *ret = last.id;
    return ERR_OK;
}

static struct str int_text(struct rq *rq, int64_t v)
{
    return str_printf(rq->arena, "%lld", (long long)v);
}

struct filter {
    struct opt_fiscal_year fy; /* none: all years */
    int state;                 /* -1: all */
    bool is_late;
    struct issue issue; /* id none: all */
    struct str fy_text, state_text, issue_text;
};

/* A wrong filter is told, not guessed; *ret_field: which one. */
static enum err filter_read(struct rq *rq, struct filter *ret, const char **ret_field)
{
    struct filter f = {.state = -1, .fy_text = rq_param(rq, "fy"), .state_text = rq_param(rq, "state"), .issue_text = rq_param(rq, "issue")};
    enum project_state state;
    if (str_is_none(f.fy_text)) f.fy_text = STR("");
    if (str_is_none(f.state_text)) f.state_text = STR("");
    if (str_is_none(f.issue_text)) f.issue_text = STR("");
    *ret_field = "fy";
    if (!str_is_empty(f.fy_text)) {
        TRY(fiscal_year_parse(f.fy_text, &f.fy.v));
        f.fy.has = true;
    }
    *ret_field = "state";
    if (str_eq(f.state_text, STR("late"))) f.is_late = true;
    else if (!str_is_empty(f.state_text)) {
        if (project_state_of(f.state_text, &state) != ERR_OK) return ERR_INPUT;
        f.state = (int)state;
    }
    *ret_field = "issue";
    if (!str_is_empty(f.issue_text)) {
        enum err e = issue_find_code(rq->db, rq->arena, f.issue_text, &f.issue);
        if (e != ERR_OK) return e == ERR_NOT_FOUND ? ERR_INPUT : e;
    }
    *ret = f;
    return ERR_OK;
}

static void fill_filters(struct rq *rq, const struct filter *f, bool is_work, struct project_list_view *v)
{
    struct choice *years = ARENA_ARRAY(rq->arena, struct choice, YEARS + 2), *states = ARENA_ARRAY(rq->arena, struct choice, PROJECT_STATES + 2);
    years[v->nyears++] = (struct choice){STR(""), msg_text(MSG_project_all_years, rq->page.lang), !f->fy.has};
    for (int i = -1; i < YEARS; i++) {
        struct str y = int_text(rq, rq->this_fy.v - i);
        years[v->nyears++] = (struct choice){y, y, str_eq(y, f->fy_text)};
    }
    states[v->nstates++] = (struct choice){STR(""), msg_text(MSG_project_all_states, rq->page.lang), f->state < 0 && !f->is_late};
    states[v->nstates++] = (struct choice){STR("late"), msg_text(MSG_project_late, rq->page.lang), f->is_late};
    for (int i = 0; i < PROJECT_STATES; i++)
        if (is_work || project_is_public((enum project_state)i)) {
            struct project_state_view s = project_state_shown(rq, (enum project_state)i);
            states[v->nstates++] = (struct choice){s.code, s.word, f->state == i};
        }
    v->years = years;
    v->states = states;
    v->has_filter = f->fy.has || f->state >= 0 || f->is_late || f->issue_text.n > 0;
    v->issue = f->issue_text;
    if (f->issue_text.n > 0) v->issue_name = issue_name(rq->page.lang, &f->issue);
}

/* is_inside: its name leads to the whole of it, for who may see that, not to its public page. */
static struct project_row_view row_view(struct rq *rq, const struct project_row *r, bool is_work, bool is_inside)
{
    enum lang lang = rq->page.lang;
    struct str owner = is_work ? r->owner_name : open_text(r->owner_name, NULL);
    return (struct project_row_view){
        .href = is_inside ? HREF(rq->arena, "/funds/{}/projects/{}", r->fund_code, r->slug) : HREF(rq->arena, "/projects/{}", r->slug),
        .title = is_work ? r->title : project_title_public(rq, r->title),
        .code = str_is_none(r->code) ? STR("") : r->code,
        .owner = str_is_none(owner) ? STR("") : owner,
        .issue = str_is_none(r->issue_th) ? STR("") : lang_name(lang, r->issue_th, r->issue_en),
        .fund = lang_name(lang, r->fund_th, r->fund_en),
        .state = r->is_recalled ? project_recalled_shown(rq) : project_state_shown(rq, r->state),
        .money = r->approved.has || !is_work ? r->approved : r->asked, /* what was asked for is inside only */
        .is_late = project_is_late(r->state, r->is_paid, r->report_due, rq->today),
        .is_later = r->is_entered_later,
        .due = project_is_public(r->state) ? project_day_text(rq, r->report_due) : STR("")}; /* none is owed before it is approved */
}

static enum err list_fill(struct rq *rq, const struct project_here *here, struct project_asked *q, const struct filter *f, bool is_work,
                          const char *pattern, struct project_list_view *v)
{
    struct project_row *rows = NULL;
    size_t n = 0;
    q->fy = f->fy.v;
    q->state = f->state;
    q->issue = f->issue.id;
    q->is_late = f->is_late;
    q->today = rq->today;
    q->most = ROWS + 1;
    TRY(project_list(rq->db, rq->arena, q, &rows, &n));
    v->nrows = n > ROWS ? ROWS : n;
    bool is_inside = is_work;
    if (!is_work && rq->who.is_in && rq->who.acting.role != ROLE_applicant) TRY(rq_may_fund(rq, CAP_project_see, here->fund.code, &is_inside));
    struct project_row_view *shown = ARENA_ARRAY(rq->arena, struct project_row_view, v->nrows);
    for (size_t i = 0; i < v->nrows; i++) shown[i] = row_view(rq, &rows[i], is_work, is_inside);
    v->rows = shown;
    v->pager.has_first = !id_is_none(q->after);
    v->pager.has_next = n > ROWS;
    const char *first = str_z(rq->arena, str_printf(rq->arena, "%s?fy={}&state={}&issue={}", pattern));
    const char *next = str_z(rq->arena, str_printf(rq->arena, "%s?fy={}&state={}&issue={}&cursor={}", pattern));
    v->pager.first = HREF(rq->arena, first, here->fund.code, f->fy_text, f->state_text, f->issue_text);
    if (n > ROWS) v->pager.next = HREF(rq->arena, next, here->fund.code, f->fy_text, f->state_text, f->issue_text, rows[ROWS - 1].slug);
    fill_filters(rq, f, is_work, v);
    return ERR_OK;
}

/* An applicant's list is of their own. */
static enum err list_page(struct rq *rq, bool is_work)
{
    struct project_here here;
    struct filter f;
    const char *field = "";
    struct project_asked q = {.is_public_only = !is_work};
    const char *pattern = is_work ? "/funds/{}/proposals" : "/funds/{}/projects";
    if (filter_read(rq, &f, &field) != ERR_OK)
        return rq_bad_param(rq, field, str_eq(str_of(field), STR("fy")) ? MSG_error_fy : MSG_form_not_among);
    TRY(project_here_fund(rq, &here));
    enum err e = after_read(rq, here.fund.code, q.is_public_only, &q.after);
    if (e == ERR_NOT_FOUND) return rq_bad_param(rq, "cursor", MSG_error_cursor);
    TRY(e);
    bool is_own = is_work && rq->who.acting.role == ROLE_applicant;
    if (is_own) q.account = (struct account_id){rq->who.account};
    else q.fund_code = here.fund.code;
    struct str title = msg_text(is_own ? MSG_project_list_own : is_work ? MSG_project_list_work : MSG_project_list_title, rq->page.lang);
    struct project_list_view v = {.head = project_head_of(rq, &here, STR_NONE),
                                  .title = title,
                                  .lead = msg_text(is_work ? MSG_project_list_work_lead : MSG_project_list_lead, rq->page.lang),
                                  .is_work = is_work,
                                  .action = HREF(rq->arena, pattern, here.fund.code),
                                  .add = HREF(rq->arena, "/funds/{}/projects/new", here.fund.code),
                                  .agenda = HREF(rq->arena, "/funds/{}/meetings", here.fund.code),
                                  .later = HREF(rq->arena, "/funds/{}/projects/later", here.fund.code),
                                  .sizes = HREF(rq->arena, "/funds/{}/projects/sizes", here.fund.code)};
    v.may_add = here.may_write && project_may_open(rq, v.add);
    v.has_agenda = is_work && here.may_decide && project_may_open(rq, v.agenda);
    TRY(list_fill(rq, &here, &q, &f, is_work, pattern, &v));
    project_list_html(rq_html_begin(rq, title, MENU_FUNDS), &rq->page, &v);
    return rq_html_end(rq);
}

enum err project_list_page(struct rq *rq)
{
    return list_page(rq, true);
}

enum err project_list_public_page(struct rq *rq)
{
    return list_page(rq, false);
}

/* ---- for everybody: one project ---- */

static struct str lines_of(struct rq *rq, const struct project_whole *w, bool *is_withheld)
{
    struct str text = project_page_text(rq, w, PROJECT_PAGE_ACTIVITIES, false);
    return open_text(text, is_withheld);
}

static void fill_results(struct rq *rq, const struct project_whole *w, struct project_public_view *v)
{
    enum lang lang = rq->page.lang;
    struct project_result_view *results = ARENA_ARRAY(rq->arena, struct project_result_view, w->nobjectives);
    struct project_count_view *groups = ARENA_ARRAY(rq->arena, struct project_count_view, w->ntargets);
    static const enum msg levels[] = {MSG_project_level_none_yet, MSG_project_level_1, MSG_project_level_2, MSG_project_level_3, MSG_project_level_4};
    for (size_t i = 0; i < w->nobjectives; i++) {
        const struct project_objective *o = &w->objectives[i];
        struct str level = msg_text(levels[o->level >= 0 && o->level <= 4 ? o->level : 0], lang);
        struct str from = project_x100_text(rq, o->from_x100), to = project_x100_text(rq, o->to_x100), got = project_x100_text(rq, o->reached_x100);
        struct str text = got.n > 0 ? MSG_FORMAT(rq->arena, lang, MSG_project_result_line, from.n > 0 ? from : STR("–"), to.n > 0 ? to : STR("–"), got, level)
                        : to.n > 0  ? MSG_FORMAT(rq->arena, lang, MSG_project_aim_line, from.n > 0 ? from : STR("–"), to)
                                    : STR("");
        results[i] = (struct project_result_view){open_text(o->words, &v->is_withheld), open_text(o->indicator_words, &v->is_withheld), text};
    }
    for (size_t i = 0; i < w->ntargets; i++)
        groups[i] = (struct project_count_view){lang_name(lang, w->targets[i].name_th, w->targets[i].name_en), w->targets[i].planned, w->targets[i].reached};
    v->results = results;
    v->nresults = w->nobjectives;
    v->groups = groups;
    v->ngroups = w->ntargets;
}

static struct str where_words(struct rq *rq, const struct project *p)
{
    static const enum msg words[PROJECT_STATES] = {
        [PROJECT_DRAFT] = MSG_project_where_draft,         [PROJECT_SENT] = MSG_project_where_sent,
        [PROJECT_REVISE] = MSG_project_where_revise,       [PROJECT_DEFERRED] = MSG_project_where_deferred,
        [PROJECT_REJECTED] = MSG_project_where_rejected,   [PROJECT_CANCELLED] = MSG_project_where_cancelled,
        [PROJECT_APPROVED] = MSG_project_where_approved,   [PROJECT_RUNNING] = MSG_project_where_running,
        [PROJECT_SUSPENDED] = MSG_project_where_suspended, [PROJECT_STOPPED] = MSG_project_where_stopped,
        [PROJECT_REPORTED] = MSG_project_where_reported,   [PROJECT_CLOSED] = MSG_project_where_closed};
    return msg_text(project_is_recalled(p) ? MSG_project_where_recalled : words[p->state], rq->page.lang);
}

static enum err fill_open(struct rq *rq, const struct project *p, struct project_public_view *v)
{
    struct project_whole w = {0};
    struct project_money m = {0};
    TRY(project_read(rq->db, rq->arena, p, &w));
    TRY(project_money(rq->db, rq->arena, p, &m));
    v->money = (struct project_money_view){.approved = p->approved};
    if (!id_is_none(p->commitment)) {
        v->money.paid = some_satang(m.paid);
        v->money.refunded = some_satang(m.refunded);
    }
    v->situation = open_text(p->situation, &v->is_withheld);
    v->method = lines_of(rq, &w, &v->is_withheld);
    v->expected = open_text(p->expected, &v->is_withheld);
    if (w.nissues > 0) v->issue = lang_name(rq->page.lang, w.issues[0].name_th, w.issues[0].name_en);
    fill_results(rq, &w, v);
    return ERR_OK;
}

/* The fund, its projects, this one: the way back of whoever came by a code or a QR. */
static void fill_crumbs(struct rq *rq, const struct project *p, struct project_public_view *v)
{
    struct crumb *crumbs = ARENA_ARRAY(rq->arena, struct crumb, 3);
    crumbs[v->ncrumbs++] = (struct crumb){v->fund, v->fund_href};
    crumbs[v->ncrumbs++] = (struct crumb){msg_text(MSG_project_list_title, rq->page.lang), HREF(rq->arena, "/funds/{}/projects", p->fund_code)};
    crumbs[v->ncrumbs++] = (struct crumb){.label = v->title};
    v->crumbs = crumbs;
}

/* The door inside, for who works on it there. */
static enum err fill_inside(struct rq *rq, const struct project *p, struct project_public_view *v)
{
    bool is_in = false;
    TRY(rq_may_fund(rq, CAP_project_see, p->fund_code, &is_in));
    if (is_in) TRY(project_may_see(rq->db, rq->arena, &rq->who, p, &v->is_inside));
    if (v->is_inside) v->inside = project_href(rq, p, "");
    return ERR_OK;
}

static enum err public_fill(struct rq *rq, const struct project *p, struct project_public_view *ret)
{
    struct project_public_view v = {.fund = lang_name(rq->page.lang, p->fund_th, p->fund_en),
                                    .fund_href = HREF(rq->arena, "/funds/{}", p->fund_code),
                                    .code = str_is_none(p->code) ? STR("") : p->code,
                                    .issue = STR(""),
                                    .situation = STR(""),
                                    .method = STR(""),
                                    .expected = STR(""),
                                    .state = project_state_of_it(rq, p),
                                    .where = where_words(rq, p),
                                    .is_public = project_is_public(p->state),
                                    .period = project_period_text(rq, p)};
    v.title = open_text(p->title, &v.is_withheld);
    v.owner = open_text(p->owner_name, &v.is_withheld);
    v.place = open_text(p->place, &v.is_withheld);
    if (str_is_empty(v.title)) v.title = msg_text(MSG_project_withheld_title, rq->page.lang);
    fill_crumbs(rq, p, &v);
    TRY(fill_inside(rq, p, &v));
    if (v.is_public) TRY(fill_open(rq, p, &v));
    TRY(project_events(rq, p, false, &v.events, &v.nevents));
    *ret = v;
    return ERR_OK;
}

enum err project_public_find(struct rq *rq, struct str slug, struct project *ret)
{
    struct project p = {0};
    TRY(project_find(rq->db, rq->arena, STR_NONE, slug, &p));
    if (p.state == PROJECT_DRAFT && !project_is_recalled(&p)) return ERR_NOT_FOUND; /* nobody's business yet */
    *ret = p;
    return ERR_OK;
}

enum err project_public_write(struct rq *rq, const struct project *p, struct buf *out)
{
    struct project_public_view v;
    TRY(public_fill(rq, p, &v));
    project_public_html(out, &rq->page, &v);
    return ERR_OK;
}

/* ---- the tracking code ---- */

/* A blank that does not break, or one of the dashes that a telephone puts for a hyphen: bytes to leave out. */
static size_t filler_at(struct str s, size_t i)
{
    struct str rest = str_from(s, i);
    if (rest.p[0] == ' ' || rest.p[0] == '-') return 1;
    if (str_starts(rest, STR("\xc2\xa0"))) return 2;
    bool is_dash = rest.n >= 3 && str_starts(rest, STR("\xe2\x80")) && (unsigned char)rest.p[2] >= 0x90 && (unsigned char)rest.p[2] <= 0x95;
    return is_dash ? 3 : 0;
}

/* As people write it down: in capitals, with blanks and hyphens; 0 and 1 are never in a code. */
static struct str code_of(struct rq *rq, struct str typed)
{
    struct str ascii = thai_digits_to_ascii(rq->arena, typed);
    struct buf b = buf_in(rq->arena, 80);
    for (size_t i = 0, skip; i < ascii.n && b.n < 60; i += skip > 0 ? skip : 1) {
        char c = ascii.p[i];
        skip = filler_at(ascii, i);
        if (skip == 0) buf_putc(&b, c >= 'A' && c <= 'Z' ? (char)(c + 32) : c == '0' ? 'o' : c == '1' ? 'l' : c);
    }
    return b.n > 0 ? buf_str(&b) : STR("");
}

/* Eight letters of which slugs are made. */
static bool is_like_slug(struct str code)
{
    for (size_t i = 0; i < code.n; i++)
        if (!(code.p[i] >= 'a' && code.p[i] <= 'z') && !(code.p[i] >= '2' && code.p[i] <= '7')) return false;
    return code.n == SLUG_SHOWN;
}

/* Parts with hyphens and a digit: 70-D0001-2-01. */
static bool is_like_code(struct str typed)
{
    size_t hyphens = 0, digits = 0;
    for (size_t i = 0; i < typed.n; i++) {
        hyphens += typed.p[i] == '-';
        digits += typed.p[i] >= '0' && typed.p[i] <= '9';
    }
    return hyphens >= 2 && digits > 0;
}

/* By the slip's code; or by the project's own, which is on every paper. */
static enum err track_find(struct rq *rq, struct str typed, struct project *ret)
{
    struct project *found = NULL;
    size_t n = 0;
    enum err e = project_public_find(rq, code_of(rq, typed), ret);
    if (e != ERR_NOT_FOUND) return e;
    TRY(project_find_code(rq->db, rq->arena, typed, &found, &n));
    for (size_t i = 0; i < n; i++)
        if (project_is_public(found[i].state)) {
            *ret = found[i];
            return ERR_OK;
        }
    return ERR_NOT_FOUND;
}

enum err project_track_words(struct rq *rq, struct str words, struct project *ret)
{
    if (str_is_none(words)) return ERR_NOT_FOUND;
    struct str typed = str_trim(words);
    if (!is_like_slug(code_of(rq, typed)) && !is_like_code(typed)) return ERR_NOT_FOUND;
    enum err e = track_find(rq, typed, ret);
    return e == ERR_INPUT ? ERR_NOT_FOUND : e;
}

enum err project_track_page(struct rq *rq)
{
    struct form f = {.rq = rq};
    struct project p;
    struct str code = rq_param(rq, "code");
    struct str title = msg_text(MSG_project_track_title, rq->page.lang);
    if (str_is_none(code)) code = STR("");
    struct project_track_view v = {.is_asked = code.n > 0};
    if (v.is_asked) {
        enum err e = track_find(rq, code, &p);
        if (e == ERR_OK) return rq_redirect(rq, HREF(rq->arena, "/projects/{}", p.slug));
        if (e != ERR_NOT_FOUND && e != ERR_INPUT) return e;
        form_fault_msg(&f, "code", MSG_project_track_none);
    }
    v.code = form_field_of(&f, "code", code);
    v.errors = form_errors(&f);
    if (v.is_asked) rq->res->status = 404;
    project_track_html(rq_html_begin(rq, title, MENU_TRACK), &rq->page, &v);
    return rq_html_end(rq);
}

/* thread_ask.c — see thread_ask.h. */
#include "rooms/project/thread_ask.h"

#include "rooms/project/project_ask.h"

#include "app/route.h"
#include "base/baht_text.h"
#include "rooms/issue/issue.h"
#include "rooms/project_sql.h"
#include "rooms/project_thread.html.h"

struct str thread_or(struct str s)
{
    return str_is_none(s) ? STR("") : s;
}

enum err thread_fund(struct rq *rq, struct thread_here *ret)
{
    *ret = (struct thread_here){.may_decide = rq_role_holds(rq, CAP_project_decide)};
    TRY(fund_named(rq->db, rq->arena, rq->args[0], &ret->fund));
    ret->name = lang_name(rq->page.lang, ret->fund.name_th, ret->fund.name_en);
    return ERR_OK;
}

static enum err check_sight(struct rq *rq, struct thread_here *here)
{
    bool is_seen = false;
    if (here->p.fund.v != here->fund.id.v) return ERR_NOT_FOUND;
    TRY(project_may_see(rq->db, rq->arena, &rq->who, &here->p, &is_seen));
    if (!is_seen) return ERR_NOT_FOUND;
    TRY(project_may_write(rq->db, rq->arena, &rq->who, &here->p, &here->may_write));
    here->sees_persons = here->may_write;
    return here->may_write ? ERR_OK : project_may_see_persons(rq->db, rq->arena, &rq->who, &here->p, &here->sees_persons);
}

enum err thread_project(struct rq *rq, struct thread_here *ret)
{
    TRY(thread_fund(rq, ret));
    TRY(project_find(rq->db, rq->arena, ret->fund.code, rq->args[1], &ret->p));
    return check_sight(rq, ret);
}

enum err thread_of(struct rq *rq, struct project_id id, struct thread_here *ret)
{
    TRY(thread_fund(rq, ret));
    TRY(project_get(rq->db, rq->arena, id, &ret->p));
    return check_sight(rq, ret);
}

struct href thread_href(struct rq *rq, const struct thread_here *here, const char *tail)
{
    struct str pattern = str_printf(rq->arena, "/funds/{}/projects/{}%s", tail);
    return HREF(rq->arena, str_z(rq->arena, pattern), here->fund.code, here->p.slug);
}

static struct str done_words(struct rq *rq)
{
    static const struct {
        const char *done;
        enum msg words;
    } all[] = {{"decided", MSG_course_done_decided}, {"agreed", MSG_course_done_agreed}, {"asked", MSG_course_done_asked},
               {"withdrawn", MSG_course_done_withdrawn}, {"entered", MSG_course_done_entered},
               {"waits", MSG_course_done_waits},
               {"urgent", MSG_course_done_urgent}, {"size", MSG_course_size_done},
               {"brought", MSG_course_done_brought}, {"seen", MSG_course_done_seen}};
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
        if (str_eq(rq_param(rq, "done"), str_of(all[i].done))) return msg_text(all[i].words, rq->page.lang);
    return STR("");
}

struct thread_head thread_head_of(struct rq *rq, const struct thread_here *here, enum msg title)
{
    struct crumb *crumbs = ARENA_ARRAY(rq->arena, struct crumb, 3);
    struct thread_head h = {.title = msg_text(title, rq->page.lang),
                            .fund = here->name,
                            .code = here->fund.code,
                            .fund_href = HREF(rq->arena, "/funds/{}", here->fund.code),
                            .is_demo = here->fund.is_demo,
                            .done = done_words(rq)};
    h.back = h.fund_href;
    h.back_label = here->name;
    crumbs[h.ncrumbs++] = (struct crumb){here->name, h.fund_href};
    if (!id_is_none(here->p.id)) {
        h.back = thread_href(rq, here, "");
        h.back_label = msg_text(MSG_course_back, rq->page.lang);
        crumbs[h.ncrumbs++] = (struct crumb){here->p.title, h.back};
        h.state = project_state_shown(rq, here->p.state).word;
        if (!str_is_none(here->p.code)) h.code = here->p.code;
        else if (!str_is_none(here->p.other_code)) h.code = here->p.other_code;
    }
    crumbs[h.ncrumbs++] = (struct crumb){.label = h.title};
    h.crumbs = crumbs;
    return h;
}

bool thread_refused(struct form *f, enum err e, const struct meeting_refusal *why, const char *field)
{
    if (e != ERR_REFUSED || !why->is_said) return false;
    form_fault(f, field, meeting_refusal_text(f->rq->arena, f->rq->page.lang, why));
    return true;
}

enum err thread_done(struct rq *rq, const struct thread_here *here, struct href to)
{
    return rq_is_api(rq) ? thread_answer_api(rq, here) : rq_redirect(rq, to);
}

enum err thread_review_show(struct form *f, struct thread_review_view *v, const char *const *names, size_t n)
{
    struct rq *rq = f->rq;
    struct thread_keep *keeps = ARENA_ARRAY(rq->arena, struct thread_keep, n);
    for (size_t i = 0; i < n; i++) keeps[i] = (struct thread_keep){str_of(names[i]), form_raw(f, names[i])};
    v->marks = form_marks(rq);
    v->keeps = keeps;
    v->nkeeps = n;
    if (v->has_amount) v->words = baht_text(rq->arena, v->amount);
    thread_review_html(rq_html_begin(rq, v->head.title, MENU_FUNDS), &rq->page, v);
    return rq_html_end(rq);
}

/* ---- words ---- */

struct word {
    const char *code;
    enum msg words;
};

static struct str word_of(struct rq *rq, const struct word *all, size_t n, struct str code)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq(code, str_of(all[i].code))) return msg_text(all[i].words, rq->page.lang);
    return thread_or(code);
}

struct str thread_kind_word(struct rq *rq, struct str kind)
{
    static const struct word all[] = {{"approve", MSG_course_kind_approve},
                                      {"approve_corrected", MSG_course_kind_approve_corrected},
                                      {"revise", MSG_course_kind_revise},
                                      {"defer", MSG_course_kind_defer},
                                      {"reject", MSG_course_kind_reject},
                                      {"urgent", MSG_course_kind_urgent},
                                      {"laid_before", MSG_course_kind_laid_before},
                                      {"change", MSG_course_kind_change},
                                      {"refuse_change", MSG_course_kind_refuse_change}};
    return word_of(rq, all, sizeof all / sizeof all[0], kind);
}

struct str thread_change_word(struct rq *rq, struct str kind)
{
    return project_change_kind_word(rq->page.lang, kind);
}

struct str thread_change_state_word(struct rq *rq, struct str state)
{
    static const struct word all[] = {{"asked", MSG_course_asked},
                                      {"agreed", MSG_course_agreed},
                                      {"refused", MSG_course_refused_word},
                                      {"withdrawn", MSG_course_withdrawn}};
    return word_of(rq, all, sizeof all / sizeof all[0], state);
}

struct str thread_evidence_word(struct rq *rq, struct str evidence)
{
    static const struct word all[] = {{"agreement", MSG_course_evidence_agreement},
                                      {"report", MSG_course_evidence_report},
                                      {"final_report", MSG_course_evidence_final}};
    return word_of(rq, all, sizeof all / sizeof all[0], evidence);
}

struct str thread_money(struct rq *rq, struct opt_satang v)
{
    return v.has ? MSG_FORMAT(rq->arena, rq->page.lang, MSG_baht_full, project_sum_words(rq->arena, v.v)) : STR("");
}

struct str thread_day(struct rq *rq, struct opt_date d)
{
    return d.has ? html_arg_date(&rq->page, d.v) : STR("");
}

/* ---- rows ---- */

static struct str decision_words(struct rq *rq, const struct project_decision *d)
{
    struct buf b = buf_in(rq->arena, 30000);
    struct str parts[] = {thread_money(rq, d->amount), thread_or(d->conditions), thread_or(d->reason)};
    for (size_t i = 0; i < 3; i++) {
        if (parts[i].n == 0) continue;
        if (b.n > 0) BUF_LIT(&b, " · ");
        buf_put(&b, parts[i]);
    }
    return buf_str(&b);
}

static struct str signed_words(struct rq *rq, const struct project_decision *d)
{
    enum lang lang = rq->page.lang;
    if (!d->is_in_force) return msg_text(MSG_course_not_in_force, lang);
    if (d->is_entered_later) return msg_text(MSG_course_entered_later, lang);
    bool is_paper = str_eq(d->signed_how, STR("paper"));
    return MSG_FORMAT(rq->arena, lang, is_paper ? MSG_course_signed_paper : MSG_course_signed_login, thread_day(rq, d->signed_on));
}

enum err thread_decision_rows(struct rq *rq, struct project_id id, const struct thread_decision_row **ret, size_t *ret_n)
{
    struct project_decision *all = NULL;
    size_t n = 0;
    TRY(project_decisions(rq->db, rq->arena, id, &all, &n));
    struct thread_decision_row *rows = ARENA_ARRAY(rq->arena, struct thread_decision_row, n);
    for (size_t i = 0; i < n; i++)
        rows[i] = (struct thread_decision_row){.meeting = thread_or(all[i].meeting_words),
                                               .kind = thread_kind_word(rq, all[i].kind),
                                               .words = decision_words(rq, &all[i]),
                                               .signed_words = signed_words(rq, &all[i]),
                                               .on = all[i].decided_on,
                                               .is_in_force = all[i].is_in_force,
                                               .is_corrected = all[i].is_corrected,
                                               .is_correction = !id_is_none(all[i].corrects)};
    *ret = rows;
    *ret_n = n;
    return ERR_OK;
}

const struct thread_change_field_row *thread_change_fields(struct rq *rq, const struct project_change *c, bool has_persons)
{
    struct thread_change_field_row *rows = ARENA_ARRAY(rq->arena, struct thread_change_field_row, c->nfields);
    enum lang lang = rq->page.lang;
    for (size_t i = 0; i < c->nfields; i++) {
        const struct project_change_field *f = &c->fields[i];
        bool is_hidden = !has_persons && str_starts(f->name, STR("person_"));
        rows[i] = (struct thread_change_field_row){
            project_change_label(rq->arena, lang, f->name), is_hidden ? STR("–") : project_change_value(rq->arena, lang, f->name, f->before),
            is_hidden ? STR("–") : project_change_value(rq->arena, lang, f->name, f->after)};
    }
    return rows;
}

/* ---- lists to choose from ---- */

enum err thread_support_choices(struct rq *rq, struct str chosen, const struct choice **ret, size_t *ret_n)
{
    struct project_support_types_row *rows = NULL;
    size_t n = 0;
    TRY(project_support_types(rq->db, rq->arena, &rows, &n));
    struct choice *c = ARENA_ARRAY(rq->arena, struct choice, n);
    for (size_t i = 0; i < n; i++)
        c[i] = (struct choice){rows[i].code, lang_name(rq->page.lang, rows[i].short_th, rows[i].short_en), str_eq(rows[i].code, chosen)};
    *ret = c;
    *ret_n = n;
    return ERR_OK;
}

enum err thread_owner_choices(struct rq *rq, struct str chosen, const struct choice **ret, size_t *ret_n)
{
    struct project_owner_types_row *rows = NULL;
    size_t n = 0;
    TRY(project_owner_types(rq->db, rq->arena, &rows, &n));
    struct choice *c = ARENA_ARRAY(rq->arena, struct choice, n);
    for (size_t i = 0; i < n; i++)
        c[i] = (struct choice){rows[i].code, lang_name(rq->page.lang, rows[i].name_th, rows[i].name_en), str_eq(rows[i].code, chosen)};
    *ret = c;
    *ret_n = n;
    return ERR_OK;
}

enum err thread_issue_choices(struct rq *rq, struct str chosen, const struct choice **ret, size_t *ret_n)
{
    struct issue *issues = NULL;
    size_t n = 0;
    TRY(issue_list(rq->db, rq->arena, &issues, &n));
    struct choice *c = ARENA_ARRAY(rq->arena, struct choice, n);
    for (size_t i = 0; i < n; i++)
        c[i] = (struct choice){issues[i].code, issue_name(rq->page.lang, &issues[i]), str_eq(issues[i].code, chosen)};
    *ret = c;
    *ret_n = n;
    return ERR_OK;
}

struct str thread_label(const struct choice *choices, size_t n, struct str value)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq(choices[i].value, value)) return choices[i].label;
    return STR("");
}

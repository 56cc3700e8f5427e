/* plan_ask.c — see plan_ask.h. */
#include "rooms/plan/plan_ask.h"

#include "app/route.h"
#include "base/thai.h"
#include "rooms/plan_sql.h"

enum err plan_here_read(struct rq *rq, struct plan_here *ret)
{
    struct plan_get_fund_row fund = {0};
    TRY(plan_get_fund(rq->db, rq->arena, rq->args[0], &fund));
    struct plan_here here = {.fund = fund.id, .code = fund.code, .is_demo = fund.is_demo,
                             .name = lang_name(rq->page.lang, fund.name_th, fund.name_en)};
    TRY(rq_may_fund(rq, CAP_plan_write, fund.code, &here.may_write));
    here.sees_drafts = here.may_write;
    if (!here.may_write) TRY(rq_may_fund(rq, CAP_meeting_see, fund.code, &here.sees_drafts));
    if (here.sees_drafts) rq_no_store(rq);
    *ret = here;
    return ERR_OK;
}

struct str plan_issue_name(struct rq *rq, const struct plan_year *p)
{
    return lang_name(rq->page.lang, p->issue_th, p->issue_en);
}

static struct str fy_text(struct rq *rq, struct fiscal_year fy)
{
    return str_printf(rq->arena, "%d", fy.v);
}

struct plan_head plan_head_of(struct rq *rq, const struct plan_here *here, struct fiscal_year fy, struct str issue)
{
    struct crumb *crumbs = ARENA_ARRAY(rq->arena, struct crumb, 4);
    enum lang lang = rq->page.lang;
    struct href fund = HREF(rq->arena, "/funds/{}", here->code);
    size_t n = 0;
    crumbs[n++] = (struct crumb){msg_text(MSG_menu_funds, lang), href_of(rq->arena, "/funds", NULL, 0)};
    crumbs[n++] = (struct crumb){here->name, fund};
    crumbs[n++] = (struct crumb){msg_text(MSG_issue_plan_list, lang),
                                 HREF(rq->arena, "/funds/{}/plans?fy={}", here->code, fy_text(rq, fy))};
    struct plan_head h = {.fund = here->name, .fund_href = fund, .is_demo = here->is_demo,
                          .title = msg_text(MSG_issue_plan_list, lang)};
    if (!str_is_none(issue)) {
        h.title = MSG_FORMAT(rq->arena, lang, MSG_issue_plan_title, issue, fy_text(rq, fy));
        crumbs[n++] = (struct crumb){.label = h.title};
    }
    h.crumbs = crumbs;
    h.ncrumbs = n;
    return h;
}

struct href plan_href(struct rq *rq, const struct plan_year *p, const char *tail)
{
    struct str pattern = str_printf(rq->arena, "/funds/{}/plans/{}/{}%s", tail);
    return HREF(rq->arena, str_z(rq->arena, pattern), p->fund_code, p->issue_code, fy_text(rq, p->fy));
}

struct str plan_title(struct rq *rq, enum lang lang, const struct plan_year *p)
{
    return MSG_FORMAT(rq->arena, lang, MSG_issue_plan_title, lang_name(lang, p->issue_th, p->issue_en), fy_text(rq, p->fy));
}

enum plan_shown plan_shown_of(const struct plan_year *p)
{
    if (p->edition == 0) return PLAN_SHOWN_DRAFT;
    return p->is_changed ? PLAN_SHOWN_CHANGED : PLAN_SHOWN_AGREED;
}

/* ---- words of figures ---- */

struct str plan_unit_text(struct rq *rq, struct str unit)
{
    static const struct {
        const char *code;
        enum msg text;
    } units[] = {{"percent", MSG_unit_percent}, {"count", MSG_unit_count}, {"kg_per_day", MSG_unit_kg_per_day},
                 {"baht_per_month", MSG_unit_baht_per_month}};
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++)
        if (str_eq(unit, str_of(units[i].code))) return msg_text(units[i].text, rq->page.lang);
    return msg_text(MSG_issue_plan_unit_other, rq->page.lang);
}

struct str plan_figure_text(struct rq *rq, struct opt_count x100, struct str unit)
{
    if (!x100.has) return STR("");
    struct buf b = buf_in(rq->arena, 40);
    unsigned rest = (unsigned)(x100.v % 100);
    buf_count(&b, x100.v / 100);
    if (rest % 10 != 0) buf_printf(&b, ".%02u", rest);
    else if (rest != 0) buf_printf(&b, ".%u", rest / 10);
    if (str_eq(unit, STR("percent"))) BUF_LIT(&b, " %");
    return buf_str(&b);
}

struct str plan_words(struct rq *rq, const struct plan_situation *s)
{
    return lang_name(rq->page.lang, s->words_th, s->words_en);
}

struct str plan_counted_text(struct rq *rq, const struct plan_situation *s)
{
    if (!s->numerator.has || !s->denominator.has) return STR("");
    struct buf n = buf_in(rq->arena, 40), d = buf_in(rq->arena, 40);
    buf_count(&n, s->numerator.v);
    buf_count(&d, s->denominator.v);
    return MSG_FORMAT(rq->arena, rq->page.lang, MSG_issue_plan_of, buf_str(&n), buf_str(&d));
}

/* ---- meetings ---- */

enum err plan_waits_in(struct rq *rq, const char *thing, int64_t id, struct str *ret)
{
    struct meeting_item item = {0};
    struct meeting m = {0};
    *ret = STR_NONE;
    enum err e = meeting_item_of(rq->db, rq->arena, thing, id, &item);
    if (e == ERR_NOT_FOUND) return ERR_OK;
    TRY(e);
    TRY(meeting_get(rq->db, rq->arena, item.meeting, &m));
    *ret = meeting_words(rq->arena, &m);
    return ERR_OK;
}

enum err plan_meetings(struct rq *rq, const struct plan_here *here, const struct choice **ret, size_t *ret_n)
{
    struct meeting *all = NULL;
    size_t n = 0;
    TRY(meeting_open(rq->db, rq->arena, here->fund, PLAN_MEETINGS_MAX, &all, &n));
    struct choice *choices = ARENA_ARRAY(rq->arena, struct choice, n);
    for (size_t i = 0; i < n; i++) {
        struct str label = MSG_FORMAT(rq->arena, rq->page.lang, MSG_issue_plan_meeting, meeting_words(rq->arena, &all[i]),
                                      html_arg_date(&rq->page, all[i].held_on));
        choices[i] = (struct choice){meeting_ref(rq->arena, &all[i]), label, i == 0};
    }
    *ret = choices;
    *ret_n = n;
    return ERR_OK;
}

enum err plan_agenda_put(struct form *f, const struct plan_here *here, const char *thing, int64_t id, struct str title)
{
    struct rq *rq = f->rq;
    struct meeting m = {0};
    struct meeting_item_id item = {0};
    struct actor by = rq_actor(rq);
    struct str ref = form_line(f, "meeting", FORM_MUST, 20);
    if (!form_is_good(f)) return ERR_OK;
    enum err e = meeting_find(rq->db, rq->arena, here->code, ref, &m);
    if (e == ERR_NOT_FOUND) {
        form_fault_msg(f, "meeting", MSG_form_not_among);
        return ERR_OK;
    }
    TRY(e);
    if (!meeting_is_open(&m)) {
        form_fault_msg(f, "meeting", MSG_issue_plan_meeting_signed);
        return ERR_OK;
    }
    return meeting_item_add(rq->db, rq->arena, &by, m.id, thing, id, title, STR_NONE, &item);
}

/* ---- reading ---- */

enum err plan_of_route(struct rq *rq, const struct plan_here *here, struct plan_year *ret)
{
    struct fiscal_year fy;
    if (fiscal_year_parse(rq->args[2], &fy) != ERR_OK) return ERR_NOT_FOUND;
    return plan_find(rq->db, rq->arena, here->code, rq->args[1], fy, ret);
}

/* For everybody: what the fund wrote in its own words, without those that hold somebody's number. */
static void hide_private(struct plan_year *p)
{
    p->cause = open_or_none(p->cause);
    p->guideline = open_or_none(p->guideline);
    for (size_t i = 0; i < p->nsituations; i++) {
        struct plan_situation *s = &p->situations[i];
        s->source = open_or_none(s->source);
        if (id_is_none(s->indicator)) s->words_th = s->words_en = open_or_none(s->words_th);
    }
}

enum err plan_reading_of(struct rq *rq, const struct plan_here *here, struct plan_reading *ret)
{
    struct plan_reading r = {0};
    int64_t asked = 0;
    struct str edition = rq_param(rq, "edition");
    TRY(plan_of_route(rq, here, &r.now));
    TRY(plan_editions(rq->db, rq->arena, r.now.id, &r.editions, &r.neditions));
    r.is_draft = here->sees_drafts && (r.neditions == 0 || rq_param(rq, "draft").n > 0);
    if (!str_is_empty(edition) && (str_to_int(edition, &asked) != ERR_OK || asked < 1)) return ERR_NOT_FOUND;
    if (r.is_draft && asked == 0) {
        r.shown = r.now;
        *ret = r;
        return ERR_OK;
    }
    r.is_draft = false;
    for (size_t i = 0; i < r.neditions; i++) {
        if (asked != 0 && r.editions[i].edition != asked) continue;
        TRY(plan_as_agreed(rq->db, rq->arena, &r.now, &r.editions[i], &r.shown));
        r.agreed_in = r.editions[i].meeting_words;
        if (!here->sees_drafts) hide_private(&r.shown);
        *ret = r;
        return ERR_OK;
    }
    return ERR_NOT_FOUND;
}

enum err plan_lines_of(struct rq *rq, const struct plan_here *here, const struct plan_year *p, bool *ret_may,
                       struct plan_line_view **ret, size_t *ret_n)
{
    struct plan_finance_head_row head = {0};
    struct plan_finance_lines_row *rows = NULL;
    struct plan_proposed_of_row *proposed = NULL;
    size_t n = 0, nproposed = 0;
    *ret_may = here->sees_drafts;
    *ret = NULL;
    *ret_n = 0;
    enum err e = plan_finance_head(rq->db, rq->arena, here->fund, p->fy, &head);
    if (e == ERR_NOT_FOUND) return ERR_OK;
    TRY(e);
    if (head.agreed_on.has) *ret_may = true;
    if (!*ret_may) return ERR_OK;
    TRY(plan_finance_lines(rq->db, rq->arena, here->fund, p->fy, p->issue_code, PLAN_LINES_MAX, &rows, &n));
    TRY(plan_proposed_of(rq->db, rq->arena, here->fund, p->fy, PLAN_LINES_MAX * 4, &proposed, &nproposed));
    struct plan_line_view *lines = ARENA_ARRAY(rq->arena, struct plan_line_view, n);
    bool may_propose = false;
    TRY(rq_may_fund(rq, CAP_project_write, here->code, &may_propose));
    may_propose = may_propose && p->fy.v >= rq->this_fy.v && p->fy.v <= rq->this_fy.v + 1; /* what is past is not proposed any more */
    for (size_t i = 0; i < n; i++) {
        bool is_open = !here->sees_drafts;
        lines[i] = (struct plan_line_view){.title = is_open ? open_or_none(rows[i].title) : rows[i].title,
                                           .unit = is_open ? open_or_none(rows[i].unit_name) : rows[i].unit_name, .amount = rows[i].amount_satang,
                                           .support = lang_name(rq->page.lang, rows[i].short_th, rows[i].short_en),
                                           .may_propose = may_propose};
        lines[i].propose = HREF(rq->arena, "/funds/{}/projects/new?planned={}&issue={}&fy={}", here->code, may_propose ? rows[i].title : STR(""), p->issue_code, fy_text(rq, p->fy));
        for (size_t k = 0; k < nproposed && !lines[i].is_proposed; k++) {
            lines[i].is_proposed = str_eq(proposed[k].title, rows[i].title);
            lines[i].has_href = lines[i].is_proposed && here->sees_drafts;
            lines[i].href = HREF(rq->arena, "/funds/{}/projects/{}", here->code, proposed[k].slug);
        }
    }
    *ret = lines;
    *ret_n = n;
    return ERR_OK;
}

enum err plan_lines_save(struct rq *rq, const struct plan_year *p, int64_t version, const struct ledger_plan_line *lines,
                         size_t n, enum ledger_fault *ret_fault)
{
    struct ledger_plan plan = {0};
    struct actor by = rq_actor(rq);
    size_t k = 0;
    int64_t now = 0;
    *ret_fault = LEDGER_FINE;
    TRY(ledger_plan_find(rq->db, rq->arena, p->fund_code, p->fy, &plan));
    if (plan.agreed_on.has) {
        *ret_fault = LEDGER_PLAN_AGREED;
        return ERR_REFUSED;
    }
    struct ledger_plan_line *all = ARENA_ARRAY(rq->arena, struct ledger_plan_line, plan.nlines + n);
    for (size_t i = 0; i < plan.nlines; i++)
        if (!str_eq(plan.lines[i].issue_code, p->issue_code)) all[k++] = plan.lines[i];
    for (size_t i = 0; i < n; i++) {
        all[k] = lines[i];
        all[k++].issue_code = p->issue_code;
    }
    plan.lines = all;
    plan.nlines = k;
    plan.version = version;
    return ledger_plan_save(rq->db, rq->arena, &by, &plan, ret_fault, &now);
}

enum msg plan_lines_fault(enum ledger_fault fault)
{
    return fault == LEDGER_PLAN_DECIDED ? MSG_ledger_fault_plan_decided : MSG_ledger_fault_plan_agreed;
}

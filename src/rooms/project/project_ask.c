/* project_ask.c — see project_ask.h: where we are, who asks, words and lists. */
#include "rooms/project/project_ask.h"

#include "app/route.h"
#include "rooms/project_sql.h"

/* ---- where we are ---- */

enum err project_here_fund(struct rq *rq, struct project_here *ret)
{
    struct project_here here = {0};
    TRY(fund_named(rq->db, rq->arena, rq->args[0], &here.fund));
    here.fund_name = lang_name(rq->page.lang, here.fund.name_th, here.fund.name_en);
    here.may_write = rq_role_holds(rq, CAP_project_write);
    here.may_note = rq_role_holds(rq, CAP_project_note);
    here.may_decide = rq_role_holds(rq, CAP_project_decide);
    *ret = here;
    return ERR_OK;
}

enum err project_here_read(struct rq *rq, struct project_here *ret)
{
    struct project_here here = {0};
    bool may_see = false;
    TRY(project_here_fund(rq, &here));
    TRY(project_find(rq->db, rq->arena, here.fund.code, rq->args[1], &here.p));
    TRY(project_may_see(rq->db, rq->arena, &rq->who, &here.p, &may_see));
    if (!may_see) return ERR_NOT_FOUND;
    TRY(project_may_write(rq->db, rq->arena, &rq->who, &here.p, &here.may_write));
    here.sees_persons = here.may_write;
    if (!here.may_write) TRY(project_may_see_persons(rq->db, rq->arena, &rq->who, &here.p, &here.sees_persons));
    *ret = here;
    return ERR_OK;
}

enum err project_here_write(struct rq *rq, struct project_here *ret)
{
    struct project_here here = {0};
    TRY(project_here_read(rq, &here));
    if (!here.may_write) return ERR_NOT_FOUND;
    *ret = here;
    return ERR_OK;
}

struct href project_href(struct rq *rq, const struct project *p, const char *tail)
{
    return href_of_path(rq->arena, str_printf(rq->arena, "/funds/%.*s/projects/%.*s%s", STR_FMT(p->fund_code), STR_FMT(p->slug), tail));
}

struct project_head project_head_of(struct rq *rq, const struct project_here *here, struct str last)
{
    struct crumb *crumbs = ARENA_ARRAY(rq->arena, struct crumb, 4);
    struct project_head head = {.fund = here->fund_name,
                                .fund_code = here->fund.code,
                                .fund_href = HREF(rq->arena, "/funds/{}", here->fund.code),
                                .is_demo = here->fund.is_demo};
    crumbs[head.ncrumbs++] = (struct crumb){here->fund_name, head.fund_href};
    struct href list = rq_role_holds(rq, CAP_project_note) ? HREF(rq->arena, "/funds/{}/proposals", here->fund.code)
                                                   : HREF(rq->arena, "/funds/{}/projects", here->fund.code);
    crumbs[head.ncrumbs++] = (struct crumb){msg_text(MSG_project_list_title, rq->page.lang), list};
    if (!id_is_none(here->p.id)) crumbs[head.ncrumbs++] = (struct crumb){here->p.title, project_href(rq, &here->p, "")};
    if (!str_is_none(last)) crumbs[head.ncrumbs++] = (struct crumb){.label = last};
    head.crumbs = crumbs;
    return head;
}

/* Routes as patterns: {…} stands for one part. */
static bool fits(struct str pattern, struct str path)
{
    struct str x, y;
    bool has_x, has_y;
    for (;;) {
        has_x = !str_is_none(pattern) && str_split(&pattern, '/', &x);
        has_y = !str_is_none(path) && str_split(&path, '/', &y);
        if (!has_x || !has_y) return has_x == has_y;
        if (!str_starts(x, STR("{")) && !str_eq(x, y)) return false;
    }
}

bool project_may_open(struct rq *rq, struct href href)
{
    struct str path = href.path;
    ptrdiff_t q = str_find_char(path, '?');
    if (q >= 0) path.n = (size_t)q;
    for (size_t i = 0; i < nroutes; i++)
        if (routes[i].method == WEB_GET && fits(routes[i].path, path))
            return cap_roles(routes[i].cap) == 0 || rq_role_holds(rq, routes[i].cap);
    return false;
}

struct href project_edit_href(struct rq *rq, const struct project *p, enum project_page page)
{
    return project_href(rq, p, str_z(rq->arena, str_printf(rq->arena, "/edit/%s", project_page_code(page))));
}

/* ---- words ---- */

struct project_state_view project_state_shown(struct rq *rq, enum project_state s)
{
    return (struct project_state_view){str_of(project_state_code(s)), msg_text(project_state_msg(s), rq->page.lang)};
}

struct project_state_view project_recalled_shown(struct rq *rq)
{
    return (struct project_state_view){str_of(project_state_code(PROJECT_DRAFT)), msg_text(MSG_project_state_recalled, rq->page.lang)};
}

struct project_state_view project_state_of_it(struct rq *rq, const struct project *p)
{
    return project_is_recalled(p) ? project_recalled_shown(rq) : project_state_shown(rq, p->state);
}

struct str project_money_text(struct rq *rq, struct opt_satang v)
{
    struct buf b = buf_in(rq->arena, 40);
    if (!v.has) return STR("");
    buf_satang(&b, v.v);
    return MSG_FORMAT(rq->arena, rq->page.lang, MSG_project_baht, buf_str(&b));
}

struct str project_day_text(struct rq *rq, struct opt_date d)
{
    struct buf b = buf_in(rq->arena, 80);
    if (!d.has) return STR("");
    if (rq->page.lang == LANG_EN) buf_date_en(&b, d.v);
    else buf_date_th(&b, d.v);
    return buf_str(&b);
}

struct str project_period_text(struct rq *rq, const struct project *p)
{
    if (!p->starts_on.has && !p->ends_on.has) return STR("");
    bool is_one_day = p->starts_on.has && p->ends_on.has && date_cmp(p->starts_on.v, p->ends_on.v) == 0;
    if (!p->ends_on.has || is_one_day) return project_day_text(rq, p->starts_on);
    return MSG_FORMAT(rq->arena, rq->page.lang, MSG_project_from_to, project_day_text(rq, p->starts_on), project_day_text(rq, p->ends_on));
}

struct str project_x100_text(struct rq *rq, struct opt_count v)
{
    struct buf b = buf_in(rq->arena, 40);
    if (!v.has) return STR("");
    if (v.v < 0 || v.v > SATANG_MAX) return str_printf(rq->arena, "%lld", (long long)(v.v / 100));
    buf_satang(&b, satang(v.v)); /* the same two decimals and thousands marks */
    struct str s = buf_str(&b);
    return str_ends(s, STR(".00")) ? str_first(s, s.n - 3) : s;
}

/* ---- lists ---- */

bool project_is_among(const struct choice *choices, size_t n, struct str value)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq(choices[i].value, value)) return true;
    return false;
}

struct str project_label_of(const struct choice *choices, size_t n, struct str value)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq(choices[i].value, value)) return choices[i].label;
    return STR("");
}

#define CHOICES(rows, n, th, en)                                                                                          \
    do {                                                                                                                  \
        struct choice *out_ = ARENA_ARRAY(rq->arena, struct choice, (n));                                                 \
        for (size_t i_ = 0; i_ < (n); i_++)                                                                               \
            out_[i_] = (struct choice){(rows)[i_].code, lang_name(rq->page.lang, (rows)[i_].th, (rows)[i_].en),           \
                                       str_eq((rows)[i_].code, chosen)};                                                  \
        *ret = out_;                                                                                                      \
        *ret_n = (n);                                                                                                     \
    } while (0)

/* Of no year and of nothing else: `rows` and `n` as the query leaves them. */
#define READ_ONCE(query)                                       \
    do {                                                       \
        rows = rq_list_get(rq, #query, 0, &n);                 \
        if (rows == NULL) {                                    \
            TRY(query(rq->db, rq->arena, &rows, &n));          \
            rq_list_put(rq, #query, 0, rows, n);               \
        }                                                      \
    } while (0)

enum err project_choices_owner(struct rq *rq, struct str chosen, const struct choice **ret, size_t *ret_n)
{
    struct project_owner_choices_row *rows = NULL;
    size_t n = 0;
    READ_ONCE(project_owner_choices);
    CHOICES(rows, n, name_th, name_en);
    return ERR_OK;
}

enum err project_choices_support(struct rq *rq, struct fiscal_year fy, struct str chosen, const struct choice **ret, size_t *ret_n)
{
    size_t n = 0;
    struct project_support_choices_row *rows = rq_list_get(rq, "project_support_choices", fy.v, &n);
    if (rows == NULL) {
        TRY(project_support_choices(rq->db, rq->arena, fy, &rows, &n));
        for (size_t i = 0; i < n; i++) { /* seen in a code only: nobody has said what it is called */
            if (!str_eq(rows[i].certainty, STR("U"))) continue;
            rows[i].short_th = MSG_FORMAT(rq->arena, LANG_TH, MSG_project_support_unnamed, rows[i].short_th);
            rows[i].short_en = MSG_FORMAT(rq->arena, LANG_EN, MSG_project_support_unnamed, rows[i].short_en);
        }
        rq_list_put(rq, "project_support_choices", fy.v, rows, n);
    }
    CHOICES(rows, n, short_th, short_en);
    return ERR_OK;
}

enum err project_choices_issue(struct rq *rq, struct str chosen, const struct choice **ret, size_t *ret_n)
{
    struct project_issue_choices_row *rows = NULL;
    size_t n = 0;
    TRY(project_issue_choices(rq->db, rq->arena, &rows, &n));
    CHOICES(rows, n, name_th, name_en);
    return ERR_OK;
}

enum err project_choices_target(struct rq *rq, struct str chosen, const struct choice **ret, size_t *ret_n)
{
    struct project_target_choices_row *rows = NULL;
    size_t n = 0;
    READ_ONCE(project_target_choices);
    CHOICES(rows, n, name_th, name_en);
    return ERR_OK;
}

enum err project_choices_expense(struct rq *rq, struct str chosen, const struct choice **ret, size_t *ret_n)
{
    struct project_expense_choices_row *rows = NULL;
    size_t n = 0;
    READ_ONCE(project_expense_choices);
    CHOICES(rows, n, name_th, name_en);
    return ERR_OK;
}

struct str project_owner_word(struct rq *rq, struct str code)
{
    const struct choice *choices = NULL;
    size_t n = 0;
    if (str_is_empty(code) || project_choices_owner(rq, code, &choices, &n) != ERR_OK) return STR("");
    return project_label_of(choices, n, code);
}

struct str project_support_word(struct rq *rq, struct fiscal_year fy, struct str code)
{
    const struct choice *choices = NULL;
    size_t n = 0;
    if (str_is_empty(code) || project_choices_support(rq, fy, code, &choices, &n) != ERR_OK) return STR("");
    return project_label_of(choices, n, code);
}

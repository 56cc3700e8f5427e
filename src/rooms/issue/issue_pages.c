/* issue_pages.c — HTML doors of the catalogue: read, fill a view, render. Everything is read before the
 * page begins, so that a failure is an error page and never half a page. */
#include <assert.h>

#include "app/app.h"
#include "rooms/issue.html.h"
#include "rooms/issue/issue.h"
#include "rooms/issue/views.h"
#include "rooms/issue_sql.h"
#include "rooms/issues.html.h"

static struct str say(const struct rq *rq, enum msg key) { return msg_text(key, rq->page.lang); }

/* ---- /issues ---- */

static enum err fill_issues(struct rq *rq, struct issues_view *v)
{
    struct issue *issues = NULL;
    size_t n = 0;
    TRY(issue_list(rq->db, rq->arena, &issues, &n));
    struct issue_row *rows = ARENA_ARRAY(rq->arena, struct issue_row, n);
    for (size_t i = 0; i < n; i++)
        rows[i] = (struct issue_row){.name = issue_name(rq->page.lang, &issues[i]),
                                     .href = issue_href(rq->arena, &issues[i]),
                                     .nindicators = issues[i].nindicators};
    v->rows = rows;
    v->nrows = n;
    return ERR_OK;
}

static enum err fill_groups(struct rq *rq, struct issues_view *v)
{
    struct issue_target_groups_row *groups = NULL;
    size_t n = 0;
    TRY(issue_target_groups(rq->db, rq->arena, &groups, &n));
    struct catalogue_row *rows = ARENA_ARRAY(rq->arena, struct catalogue_row, n);
    for (size_t i = 0; i < n; i++)
        rows[i] = (struct catalogue_row){.code = groups[i].code,
                                         .name = lang_name(rq->page.lang, groups[i].name_th, groups[i].name_en),
                                         .from = groups[i].fy_from,
                                         .to = groups[i].fy_to,
                                         .certainty = groups[i].certainty};
    v->groups = rows;
    v->ngroups = n;
    return ERR_OK;
}

/* All types, not only those known for this year: of some nobody has said whether they go on, and
 * the years beside them tell that. */
static enum err fill_types(struct rq *rq, struct issues_view *v)
{
    struct issue_support_types_row *types = NULL;
    size_t n = 0;
    TRY(issue_support_types(rq->db, rq->arena, v->fy, &types, &n));
    struct catalogue_row *rows = ARENA_ARRAY(rq->arena, struct catalogue_row, n);
    for (size_t i = 0; i < n; i++)
        rows[i] = (struct catalogue_row){.code = types[i].code,
                                         .name = lang_name(rq->page.lang, types[i].name_th, types[i].name_en),
                                         .clause = types[i].clause,
                                         .from = types[i].fy_from,
                                         .to = types[i].fy_to,
                                         .certainty = types[i].certainty};
    v->types = rows;
    v->ntypes = n;
    return ERR_OK;
}

static enum err fill_owners(struct rq *rq, struct issues_view *v)
{
    struct issue_owner_types_row *owners = NULL;
    size_t n = 0;
    TRY(issue_owner_types(rq->db, rq->arena, &owners, &n));
    struct catalogue_row *rows = ARENA_ARRAY(rq->arena, struct catalogue_row, n);
    for (size_t i = 0; i < n; i++)
        rows[i] = (struct catalogue_row){.code = owners[i].code,
                                         .name = lang_name(rq->page.lang, owners[i].name_th, owners[i].name_en),
                                         .certainty = owners[i].certainty};
    v->owners = rows;
    v->nowners = n;
    return ERR_OK;
}

enum err issue_list_page(struct rq *rq)
{
    struct str title = say(rq, MSG_issues_title);
    const struct crumb crumbs[] = {{.label = title}};
    struct issues_view v = {.crumbs = crumbs, .ncrumbs = 1, .fy = rq->this_fy};
    TRY(fill_issues(rq, &v));
    TRY(fill_groups(rq, &v));
    TRY(fill_types(rq, &v));
    TRY(fill_owners(rq, &v));
    issues_html(rq_html_begin(rq, title, MENU_ISSUES), &rq->page, &v);
    return rq_html_end(rq);
}

/* ---- /issues/{code} ---- */

static struct str unit_text(const struct rq *rq, struct str unit)
{
    static const struct {
        const char *code;
        enum msg text;
    } units[] = {
        {"percent", MSG_unit_percent},
        {"count", MSG_unit_count},
        {"kg_per_day", MSG_unit_kg_per_day},
        {"baht_per_month", MSG_unit_baht_per_month},
    };
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++)
        if (str_eq(unit, str_of(units[i].code))) return say(rq, units[i].text);
    assert(!"indicator.unit outside its CHECK");
    return STR("");
}

/* 7972 → 79.72, 8050 → 80.5, 800 → 8: as people wrote it, without zeros behind. */
static struct str hundredths(struct arena *a, int64_t x100)
{
    struct str sign = x100 < 0 ? STR("-") : STR("");
    uint64_t v = x100 < 0 ? (uint64_t)0 - (uint64_t)x100 : (uint64_t)x100;
    unsigned rest = (unsigned)(v % 100);
    struct str whole = str_printf(a, "%.*s%llu", STR_FMT(sign), (unsigned long long)(v / 100));
    if (rest == 0) return whole;
    if (rest % 10 == 0) return str_printf(a, "%.*s.%u", STR_FMT(whole), rest / 10);
    return str_printf(a, "%.*s.%02u", STR_FMT(whole), rest);
}

static struct str examples_text(struct arena *a, const struct indicator *k)
{
    struct str text = STR_NONE;
    for (size_t i = 0; i < k->nexamples; i++) {
        struct str one = hundredths(a, k->examples_x100[i]);
        text = i == 0 ? one : str_concat(a, (const struct str[]){text, STR(", "), one}, 3);
    }
    return text;
}

static void fill_cards(struct rq *rq, const struct indicator *ks, size_t n, struct issue_view *v)
{
    struct indicator_card *cards = ARENA_ARRAY(rq->arena, struct indicator_card, n);
    for (size_t i = 0; i < n; i++) {
        const struct indicator *k = &ks[i];
        cards[i] = (struct indicator_card){
            .name = lang_name(rq->page.lang, k->name_th, k->name_en),
            .unit = unit_text(rq, k->unit),
            .is_more_better = k->is_more_better,
            .question_num = lang_name(rq->page.lang, k->question_num_th, k->question_num_en),
            .question_den = lang_name(rq->page.lang, k->question_den_th, k->question_den_en),
            .examples = examples_text(rq->arena, k),
            .certainty = k->certainty};
    }
    v->indicators = cards;
    v->nindicators = n;
}

enum err issue_page(struct rq *rq)
{
    struct issue issue = {0};
    struct indicator *indicators = NULL;
    size_t n = 0;
    TRY(issue_find_code(rq->db, rq->arena, rq->args[0], &issue));
    TRY(issue_indicators(rq->db, rq->arena, issue.id, &indicators, &n));

    struct str name = issue_name(rq->page.lang, &issue);
    const struct crumb crumbs[] = {
        {.label = say(rq, MSG_issues_title), .href = href_of(rq->arena, "/issues", NULL, 0)},
        {.label = name},
    };
    struct issue_view v = {.crumbs = crumbs, .ncrumbs = 2, .name = name, .certainty = issue.certainty};
    fill_cards(rq, indicators, n, &v);
    issue_html(rq_html_begin(rq, name, MENU_ISSUES), &rq->page, &v);
    return rq_html_end(rq);
}

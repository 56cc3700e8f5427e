/* fund_pages.c — the pages of room fund: read, fill a view, call the template. */
#include "app/route.h"
#include "base/clock.h"
#include "rooms/fund.html.h"
#include "rooms/fund/fund_ask.h"
#include "rooms/fund/fund_history.h"
#include "rooms/fund/views.h"
#include "rooms/fund_find.html.h"
#include "rooms/fund_list.html.h"
#include "rooms/fund_year.html.h"

#define AREAS_FOUND_MAX 10

static enum match_shown shown_of(enum fund_match_state state)
{
    static const enum match_shown shown[] = {
        [FUND_MATCH_UNKNOWN] = MATCH_UNKNOWN,
        [FUND_MATCH_ENOUGH] = MATCH_ENOUGH,
        [FUND_MATCH_OVER] = MATCH_OVER,
        [FUND_MATCH_SHORT] = MATCH_SHORT,
        [FUND_MATCH_SHORT_BASE_GREW] = MATCH_SHORT_BASE_GREW};
    return shown[state];
}

static struct page_link area_link(struct rq *rq, const struct area *area)
{
    return (struct page_link){.label = area_title(rq->arena, rq->page.lang, area),
                              .href = area_href(rq->arena, area)};
}

static struct href year_href(struct rq *rq, struct str code, struct fiscal_year fy)
{
    return HREF(rq->arena, "/funds/{}/years/{}", code, str_printf(rq->arena, "%d", fy.v));
}

static struct href fund_href(struct rq *rq, struct str code)
{
    return HREF(rq->arena, "/funds/{}", code);
}

/* From the region down to the district, then the fund, then what is below it. */
static struct crumb *crumbs_of(struct rq *rq, const struct fund_card *fund, struct str last, size_t *ret_n)
{
    struct crumb *crumbs = ARENA_ARRAY(rq->arena, struct crumb, fund->home.n + 2);
    size_t n = 0;
    for (size_t i = 1; i < fund->home.n; i++) {
        struct page_link link = area_link(rq, &fund->home.at[i]);
        crumbs[n++] = (struct crumb){link.label, link.href};
    }
    crumbs[n++] = (struct crumb){lang_name(rq->page.lang, fund->name_th, fund->name_en), fund_href(rq, fund->code)};
    if (!str_is_none(last)) crumbs[n++] = (struct crumb){.label = last};
    *ret_n = n;
    return crumbs;
}

/* ---- /funds/{code} ---- */

static struct fund_year_row year_row(struct rq *rq, const struct fund_card *fund,
                                     const struct fund_year *y)
{
    return (struct fund_year_row){.fy = y->fy,
                                  .href = year_href(rq, fund->code, y->fy),
                                  .is_recorded = y->is_recorded,
                                  .population_local = y->facts.population_local,
                                  .population_nhso = y->facts.population_nhso,
                                  .nhso = y->facts.nhso_amount,
                                  .computed = y->match.computed,
                                  .entered = y->facts.match_entered,
                                  .percent = y->match.percent,
                                  .state = shown_of(y->match.state)};
}

static void fill_years(struct rq *rq, struct fund_view *v, const struct fund_card *fund,
                       const struct fund_year *years, size_t nyears)
{
    struct fund_year_row *rows = ARENA_ARRAY(rq->arena, struct fund_year_row, nyears);
    for (size_t i = 0; i < nyears; i++) {
        rows[i] = year_row(rq, fund, &years[i]);
        bool is_this = years[i].fy.v == rq->this_fy.v;
        if (is_this || !v->has_shown) v->shown = rows[i]; /* else the newest: the first */
        v->has_shown = true;
    }
    v->years = rows;
    v->nyears = nyears;
}

static void fill_tambons(struct rq *rq, struct fund_view *v, const struct fund_card *fund)
{
    struct fund_tambon_link *links = ARENA_ARRAY(rq->arena, struct fund_tambon_link, fund->ntambons);
    for (size_t i = 0; i < fund->ntambons; i++) {
        const struct fund_tambon *t = &fund->tambons[i];
        struct area tambon = {.kind = AREA_TAMBON, .code = t->code, .name_th = t->name_th, .name_en = t->name_en};
        struct page_link link = area_link(rq, &tambon);
        links[i] = (struct fund_tambon_link){link.label, link.href, t->certainty};
    }
    v->tambons = links;
    v->ntambons = fund->ntambons;
}

/* The way to the fund's books, for those who may look into them. */
static enum err fill_money(struct rq *rq, struct fund_view *v)
{
    v->money = HREF(rq->arena, "/funds/{}/ledger", v->code);
    if (!rq_role_holds(rq, CAP_ledger_see)) return ERR_OK;
    return guard_holds_fund(rq->db, rq->arena, &rq->who.acting, v->code, &v->may_see_money);
}

enum err fund_page(struct rq *rq)
{
    struct fund_card fund;
    struct fund_rules rules;
    struct fund_year *years = NULL;
    size_t nyears = 0;
    TRY(fund_card_read(rq->db, rq->arena, rq->args[0], &fund));
    TRY(fund_rules_read(rq->db, rq->arena, &rules));
    TRY(fund_years_read(rq->db, rq->arena, &rules, &fund, &years, &nyears));

    struct str name = lang_name(rq->page.lang, fund.name_th, fund.name_en);
    struct fund_view v = {.code = fund.code,
                          .name = name,
                          .kind = lang_name(rq->page.lang, fund.kind_th, fund.kind_en),
                          .is_demo = fund.is_demo,
                          .certainty = fund.certainty,
                          .source = fund.is_demo ? msg_text(MSG_actor_demo, rq->page.lang) : fund.source,
                          .region = area_link(rq, area_trail_get(&fund.home, AREA_REGION)),
                          .province = area_link(rq, area_trail_get(&fund.home, AREA_PROVINCE)),
                          .district = area_link(rq, area_trail_get(&fund.home, AREA_DISTRICT)),
                          .nvillages = (int64_t)fund.nvillages,
                          .other_names = fund.other_names,
                          .nother_names = fund.nother_names,
                          .this_fy = rq->this_fy,
                          .this_year = year_href(rq, fund.code, rq->this_fy)};
    v.crumbs = crumbs_of(rq, &fund, STR_NONE, &v.ncrumbs);
    fill_years(rq, &v, &fund, years, nyears);
    fill_tambons(rq, &v, &fund);
    TRY(fill_money(rq, &v));
    v.may_propose = !rq->who.is_in;
    if (rq->who.is_in) TRY(rq_may_fund(rq, CAP_project_write, fund.code, &v.may_propose));
    v.propose = HREF(rq->arena, "/funds/{}/projects/new", fund.code);
    v.phone = str_is_none(fund.phone) ? STR("") : fund.phone;
    TRY(rq_may_fund(rq, CAP_fund_edit, fund.code, &v.may_edit));
    v.phone_edit = HREF(rq->arena, "/funds/{}/phone", fund.code);
    fund_html(rq_html_begin(rq, name, MENU_FUNDS), &rq->page, &v);
    return rq_html_end(rq);
}

/* ---- /funds/{code}/years/{fy} ---- */

static void fill_facts(struct rq *rq, const struct fund_year *y, struct fund_year_view *v)
{
    static const enum percent_from from[] = {[FUND_PERCENT_UNKNOWN] = PERCENT_UNKNOWN,
                                             [FUND_PERCENT_RECORDED] = PERCENT_RECORDED,
                                             [FUND_PERCENT_SCHEME] = PERCENT_SCHEME};
    const struct fund_facts *f = &y->facts;
    const struct fund_match *m = &y->match;
    v->population_local = f->population_local;
    v->population_nhso = f->population_nhso;
    v->population_local_on = f->population_local_on;
    v->population_nhso_on = f->population_nhso_on;
    if (m->rate != NULL) {
        v->rate = m->rate->per_head;
        v->rate_certainty = m->rate->certainty;
        v->rate_source = rq->page.lang == LANG_EN ? m->rate->source : m->rate->source_th;
    }
    v->by_heads = m->by_heads;
    v->nhso = f->nhso_amount;
    if (m->by_heads.has && f->nhso_amount.has) {
        int64_t more = f->nhso_amount.v.v - m->by_heads.v.v;
        if (more > 0) v->nhso_more = some_satang(satang(more));
        if (more < 0) v->nhso_less = some_satang(satang(-more));
    }
    v->percent = m->percent;
    v->percent_from = from[m->percent_from];
    if (m->scheme != NULL) {
        v->scheme = lang_name(rq->page.lang, m->scheme->name_th, m->scheme->name_en);
        v->scheme_certainty = m->scheme->certainty;
    }
    v->computed = m->computed;
    v->least_by_heads = m->least_by_heads;
    v->entered = f->match_entered;
    v->share_by_heads = m->share_by_heads;
    v->share_by_money = m->share_by_money;
    v->short_by_heads = m->short_by_heads;
    v->short_by_money = m->short_by_money;
    v->state = shown_of(m->state);
    v->received_nhso = f->received_nhso;
    v->received_local = f->received_local;
    v->projects = f->projects;
}

static struct str fy_title(struct rq *rq, struct fiscal_year fy)
{
    return MSG_FORMAT(rq->arena, rq->page.lang, MSG_fy_name, str_printf(rq->arena, "%d", fy.v));
}

enum err fund_year_page(struct rq *rq)
{
    struct fund_card fund;
    struct fund_rules rules;
    struct fund_year y;
    struct fiscal_year fy;
    if (fiscal_year_parse(rq->args[1], &fy) != ERR_OK) return ERR_NOT_FOUND;
    TRY(fund_card_read(rq->db, rq->arena, rq->args[0], &fund));
    TRY(fund_rules_read(rq->db, rq->arena, &rules));
    TRY(fund_year_read(rq->db, rq->arena, &rules, &fund, fy, &y));

    struct str name = lang_name(rq->page.lang, fund.name_th, fund.name_en);
    struct fund_year_view v = {.fund = {name, fund_href(rq, fund.code)},
                               .code = fund.code,
                               .fy = fy,
                               .is_demo = fund.is_demo,
                               .is_recorded = y.is_recorded,
                               .has_prev = fy.v > FISCAL_YEAR_MIN,
                               .has_next = fy.v < rq->this_fy.v,
                               .prev_fy = fiscal_year(fy.v - 1),
                               .next_fy = fiscal_year(fy.v + 1),
                               .certainty = y.certainty,
                               .source = fund.is_demo ? msg_text(MSG_actor_demo, rq->page.lang) : y.source,
                               .note = y.note,
                               .recorded_at = y.recorded_at};
    v.prev = year_href(rq, fund.code, v.prev_fy);
    v.next = year_href(rq, fund.code, v.next_fy);
    v.crumbs = crumbs_of(rq, &fund, fy_title(rq, fy), &v.ncrumbs);
    fill_facts(rq, &y, &v);
    TRY(fund_history_fill(rq, fund.code, &y, &v));
    TRY(rq_may_fund(rq, CAP_fund_edit, fund.code, &v.may_edit));
    v.edit = HREF(rq->arena, "/funds/{}/years/{}/edit", fund.code, str_printf(rq->arena, "%d", fy.v));
    struct str title = str_concat(rq->arena, (const struct str[]){name, STR(" "), fy_title(rq, fy)}, 3);
    fund_year_html(rq_html_begin(rq, title, MENU_FUNDS), &rq->page, &v);
    return rq_html_end(rq);
}

/* ---- lists ---- */

static struct fund_row row_of(struct rq *rq, const struct fund_list_item *it)
{
    struct area district = {.kind = AREA_DISTRICT,
                            .code = it->district_code,
                            .name_th = it->district_th,
                            .name_en = it->district_en};
    return (struct fund_row){.code = it->code,
                             .name = lang_name(rq->page.lang, it->name_th, it->name_en),
                             .href = fund_href(rq, it->code),
                             .kind = fund_kind_name(rq->page.lang, it->kind),
                             .place = area_link(rq, &district),
                             .is_demo = it->is_demo,
                             .population = it->population_local,
                             .nhso = it->nhso_amount,
                             .entered = it->match_entered,
                             .state = shown_of(it->match.state)};
}

static const struct fund_row *rows_of(struct rq *rq, const struct fund_list *list)
{
    struct fund_row *rows = ARENA_ARRAY(rq->arena, struct fund_row, list->n);
    for (size_t i = 0; i < list->n; i++) rows[i] = row_of(rq, &list->items[i]);
    return rows;
}

static struct str fy_text(struct rq *rq, struct fiscal_year fy)
{
    return str_printf(rq->arena, "%d", fy.v);
}

/* Years that can be asked for: this one back to the first of the funds known here. */
static const struct choice *year_choices(struct rq *rq, struct fiscal_year chosen, size_t *ret_n)
{
    int first = rq->this_fy.v - 9 < chosen.v ? rq->this_fy.v - 9 : chosen.v;
    int last = rq->this_fy.v > chosen.v ? rq->this_fy.v : chosen.v;
    struct choice *choices = ARENA_ARRAY(rq->arena, struct choice, last - first + 1);
    size_t n = 0;
    for (int y = last; y >= first; y--) {
        struct str label = fy_text(rq, fiscal_year(y));
        choices[n++] = (struct choice){label, label, y == chosen.v};
    }
    *ret_n = n;
    return choices;
}

/* The two groups of the area filter. One query: provinces and their regions. */
static enum err fill_area_choices(struct rq *rq, struct fund_list_view *v, const struct area *chosen)
{
    struct area nation, *areas = NULL;
    size_t n = 0;
    TRY(area_find_code(rq->db, rq->arena, STR(AREA_NATION_CODE), &nation));
    TRY(area_children_of(rq->db, rq->arena, nation.id, &areas, &n));
    struct choice *regions = ARENA_ARRAY(rq->arena, struct choice, n);
    for (size_t i = 0; i < n; i++)
        regions[i] = (struct choice){areas[i].code, area_name(rq->page.lang, &areas[i]),
                                     chosen != NULL && chosen->id.v == areas[i].id.v};
    v->regions = regions;
    v->nregions = n;
    TRY(area_provinces(rq->db, rq->arena, &areas, &n));
    struct choice *provinces = ARENA_ARRAY(rq->arena, struct choice, n);
    for (size_t i = 0; i < n; i++)
        provinces[i] = (struct choice){areas[i].code, area_name(rq->page.lang, &areas[i]),
                                       chosen != NULL && chosen->id.v == areas[i].id.v};
    v->provinces = provinces;
    v->nprovinces = n;
    return ERR_OK;
}

static void fill_list_pager(struct rq *rq, struct fund_list_view *v, const struct fund_list_ask *ask,
                            const struct fund_list *list, struct str area)
{
    struct str fy = fy_text(rq, ask->fy);
    v->pager.has_first = !str_is_empty(ask->after);
    v->pager.first = HREF(rq->arena, "/funds?area={}&fy={}", area, fy);
    v->pager.has_next = list->has_more;
    if (list->has_more)
        v->pager.next = HREF(rq->arena, "/funds?area={}&fy={}&cursor={}", area, fy,
                             list->items[list->n - 1].code);
}

enum err fund_list_page(struct rq *rq)
{
    struct fund_rules rules;
    struct fund_list list;
    struct fund_asked q;
    enum lang lang = rq->page.lang;
    TRY(fund_asked_list(rq, FUND_PAGE_ROWS, &q));
    if (q.is_answered) return ERR_OK;
    TRY(fund_rules_read(rq->db, rq->arena, &rules));
    TRY(fund_list_read(rq->db, rq->arena, &rules, &q.ask, &list));

    struct fund_list_view v = {.fy = q.ask.fy, .rows = rows_of(rq, &list), .nrows = list.n};
    struct crumb here = {.label = msg_text(MSG_menu_funds, lang)};
    const struct area *area = q.ask.area;
    v.crumbs = &here;
    v.ncrumbs = 1;
    v.place = area ? area_title(rq->arena, lang, area) : msg_text(MSG_country, lang);
    v.years = year_choices(rq, q.ask.fy, &v.nyears);
    TRY(fill_area_choices(rq, &v, area));
    v.has_here = area != NULL && (area->kind == AREA_DISTRICT || area->kind == AREA_TAMBON);
    if (v.has_here) v.here = (struct choice){area->code, v.place, true};
    fill_list_pager(rq, &v, &q.ask, &list, area ? area->code : STR(AREA_NATION_CODE));
    fund_list_html(rq_html_begin(rq, here.label, MENU_FUNDS), &rq->page, &v);
    return rq_html_end(rq);
}

/* ---- /find ---- */

static enum err fill_found_areas(struct rq *rq, struct fund_find_view *v)
{
    struct area_hit *hits = NULL;
    size_t n = 0;
    TRY(area_search(rq->db, rq->arena, v->words, AREAS_FOUND_MAX + 1, &hits, &n));
    v->has_more_areas = n > AREAS_FOUND_MAX;
    if (v->has_more_areas) n = AREAS_FOUND_MAX;
    struct found_area *found = ARENA_ARRAY(rq->arena, struct found_area, n);
    for (size_t i = 0; i < n; i++) {
        struct page_link link = area_link(rq, &hits[i].area);
        struct buf within = buf_in(rq->arena, 512);
        for (size_t k = 0; k < hits[i].nabove; k++) {
            if (hits[i].above[k].kind == AREA_NATION) continue;
            if (within.n > 0) BUF_LIT(&within, " ");
            buf_put(&within, area_title(rq->arena, rq->page.lang, &hits[i].above[k]));
        }
        found[i] = (struct found_area){link.label, link.href, buf_str(&within)};
    }
    v->areas = found;
    v->nareas = n;
    return ERR_OK;
}

enum err fund_find_show(struct rq *rq)
{
    struct fund_rules rules;
    struct fund_list list;
    struct fund_asked q;
    TRY(fund_asked_find(rq, FUND_PAGE_ROWS, &q));
    if (q.is_answered) return ERR_OK;

    struct fund_find_view v = {.words = q.ask.words, .fy = q.ask.fy};
    v.has_asked = !str_is_empty(v.words);
    if (v.has_asked) {
        TRY(fill_found_areas(rq, &v));
        TRY(fund_rules_read(rq->db, rq->arena, &rules));
        TRY(fund_list_read(rq->db, rq->arena, &rules, &q.ask, &list));
        v.rows = rows_of(rq, &list);
        v.nrows = list.n;
        v.pager.has_first = !str_is_empty(q.ask.after);
        v.pager.first = HREF(rq->arena, "/find?q={}", v.words);
        v.pager.has_next = list.has_more;
        if (list.has_more)
            v.pager.next = HREF(rq->arena, "/find?q={}&cursor={}", v.words, list.items[list.n - 1].code);
    }
    fund_find_html(rq_html_begin(rq, msg_text(MSG_menu_find, rq->page.lang), MENU_FIND), &rq->page, &v);
    return rq_html_end(rq);
}

/* work_area.c — the first page of those who look after many funds: the funds of a district or province in
 * order of trouble, the regions or provinces above that, with the way down. */
#include <stdlib.h>

#include "app/route.h"
#include "rooms/area/area.h"
#include "rooms/report/work.h"
#include "rooms/report_sql.h"

#define FUNDS_MAX 600 /* a province has some 330 at most */

static int by_trouble(const void *a, const void *b)
{
    const struct work_fund *x = a, *y = b;
    if (x->state != y->state) return x->state < y->state ? -1 : 1;
    int64_t fx = x->free.has ? x->free.v.v : -1, fy = y->free.has ? y->free.v.v : -1;
    if (fx != fy) return fx > fy ? -1 : 1; /* the most money that waits for a decision */
    return str_cmp(x->code, y->code);
}

static struct opt_bp share_of(struct opt_satang part, struct opt_satang whole)
{
    if (!part.has || !whole.has || whole.v.v <= 0) return (struct opt_bp){0};
    return satang_share(part.v, whole.v);
}

/* Both queries give the same columns; the province's row stands for both. */
static struct work_fund fund_of(struct rq *rq, const struct report_work_province_funds_row *row)
{
    struct work_fund f = {.code = row->code,
                          .name = lang_name(rq->page.lang, row->name_th, row->name_en),
                          .href = HREF(rq->arena, "/funds/{}", row->code),
                          .is_demo = row->is_demo,
                          .balance = row->left_satang};
    bool is_open = row->book_id.v != 0;
    if (is_open && row->left_satang.has)
        f.free = some_satang((struct satang){row->left_satang.v.v - row->committed.v});
    f.free_share = share_of(f.free, f.balance);
    f.state = !is_open              ? WORK_NO_BOOK
              : row->plan_id.v == 0 ? WORK_NO_PLAN
              : !row->agreed_on.has ? WORK_PLAN_WAITS
                                    : WORK_IN_ORDER;
    return f;
}

static void fill_funds(struct rq *rq, const struct report_work_province_funds_row *rows, size_t n, struct work *w)
{
    struct work_fund *funds = ARENA_ARRAY(rq->arena, struct work_fund, n);
    for (size_t i = 0; i < n; i++) {
        funds[i] = fund_of(rq, &rows[i]);
        w->in_state[funds[i].state]++;
    }
    qsort(funds, n, sizeof *funds, by_trouble);
    w->has_funds = true;
    w->funds = funds;
    w->nfunds = n < WORK_FUNDS_SHOWN ? n : WORK_FUNDS_SHOWN;
    w->funds_total = n;
}

static enum err read_district(struct rq *rq, const struct area *area, struct work *w)
{
    struct report_work_district_funds_row *rows = NULL;
    size_t n = 0;
    TRY(report_work_district_funds(rq->db, rq->arena, area->id, rq->this_fy, FUNDS_MAX, &rows, &n));
    struct report_work_province_funds_row *same = ARENA_ARRAY(rq->arena, struct report_work_province_funds_row, n);
    for (size_t i = 0; i < n; i++)
        same[i] = (struct report_work_province_funds_row){
            .code = rows[i].code,       .is_demo = rows[i].is_demo,     .name_th = rows[i].name_th,
            .name_en = rows[i].name_en, .book_id = rows[i].book_id,     .left_satang = rows[i].left_satang,
            .plan_id = rows[i].plan_id, .committed = rows[i].committed, .agreed_on = rows[i].agreed_on};
    fill_funds(rq, same, n, w);
    return ERR_OK;
}

static enum err read_province(struct rq *rq, const struct area *area, struct work *w)
{
    struct report_work_province_funds_row *rows = NULL;
    size_t n = 0;
    TRY(report_work_province_funds(rq->db, rq->arena, area->id, rq->this_fy, FUNDS_MAX, &rows, &n));
    fill_funds(rq, rows, n, w);
    return ERR_OK;
}

/* ---- regions and provinces ---- */

static struct work_area *find_area(struct work_area *list, const struct area *areas, size_t n, struct area_id id)
{
    for (size_t i = 0; i < n; i++)
        if (areas[i].id.v == id.v) return &list[i];
    return NULL; /* of another parent now */
}

static void add_money(struct work_area *a, struct str measure, int64_t total)
{
    if (a == NULL) return;
    if (str_eq(measure, STR("ledgers"))) a->opened = total;
    if (str_eq(measure, STR("net"))) a->balance = some_satang((struct satang){total});
    if (str_eq(measure, STR("committed"))) a->free.v.v = -total; /* what is held, until the balance is in */
}

static int by_free(const void *a, const void *b)
{
    const struct work_area *x = a, *y = b;
    int64_t fx = x->free.has ? x->free.v.v : -1, fy = y->free.has ? y->free.v.v : -1;
    if (fx != fy) return fx > fy ? -1 : 1;
    return x->code.n != y->code.n ? (x->code.n < y->code.n ? -1 : 1) : str_cmp(x->code, y->code);
}

static enum err read_area_funds(struct rq *rq, const struct area *area, struct work_area *list, const struct area *areas,
                                size_t n)
{
    struct report_children_funds_row *rows = NULL;
    size_t nrows = 0;
    TRY(report_children_funds(rq->db, rq->arena, area->id, &rows, &nrows));
    for (size_t i = 0; i < nrows; i++) {
        struct work_area *a = find_area(list, areas, n, rows[i].area_id);
        if (a != NULL) a->funds += rows[i].funds;
    }
    return ERR_OK;
}

static enum err read_area_money(struct rq *rq, const struct area *area, struct work_area *list, const struct area *areas,
                                size_t n)
{
    struct report_work_children_money_row *rows = NULL;
    size_t nrows = 0;
    TRY(report_work_children_money(rq->db, rq->arena, area->id, rq->this_fy, &rows, &nrows));
    for (size_t i = 0; i < nrows; i++)
        add_money(find_area(list, areas, n, rows[i].area_id), rows[i].measure, rows[i].total);
    return ERR_OK;
}

static enum err read_areas(struct rq *rq, const struct area *area, struct work *w)
{
    struct area *areas = NULL;
    size_t n = 0;
    TRY(area_children_of(rq->db, rq->arena, area->id, &areas, &n));
    struct work_area *list = ARENA_ARRAY(rq->arena, struct work_area, n);
    for (size_t i = 0; i < n; i++)
        list[i] = (struct work_area){.code = areas[i].code, .name = area_title(rq->arena, rq->page.lang, &areas[i]),
                                     .href = area_href(rq->arena, &areas[i])};
    TRY(read_area_funds(rq, area, list, areas, n));
    TRY(read_area_money(rq, area, list, areas, n));
    for (size_t i = 0; i < n; i++) {
        struct work_area *a = &list[i];
        int64_t held = -a->free.v.v;
        a->free = a->balance.has ? some_satang((struct satang){a->balance.v.v - held}) : (struct opt_satang){0};
        a->free_share = share_of(a->free, a->balance);
    }
    for (size_t i = 0; i < n; i++)
        w->in_state[WORK_NO_BOOK] += list[i].funds > list[i].opened ? list[i].funds - list[i].opened : 0;
    qsort(list, n, sizeof *list, by_free);
    w->has_areas = true;
    w->areas = list;
    w->nareas = n;
    return ERR_OK;
}

/* What the whole of an area's funds asks for, in three lines at most. */
static void say_states(struct rq *rq, struct work *w)
{
    static const struct {
        const char *key, *icon;
        enum msg title, text;
    } lines[WORK_STATES] = {
        [WORK_NO_BOOK] = {"book", "book-open", MSG_work_area_no_book, MSG_work_area_no_book_text},
        [WORK_NO_PLAN] = {"plan", "clipboard-list", MSG_work_area_no_plan, MSG_work_area_no_plan_text},
        [WORK_PLAN_WAITS] = {"plan_waits", "clipboard-list", MSG_work_area_plan_waits, MSG_work_area_plan_waits_text},
    };
    struct date first = fiscal_year_first(rq->this_fy);
    struct date due = {first.year, 12, 31};
    bool is_late = date_cmp(rq->today, due) > 0;
    for (int s = WORK_NO_BOOK; s < WORK_IN_ORDER; s++) {
        if (w->in_state[s] == 0) continue;
        struct str count = str_printf(rq->arena, "%lld", (long long)w->in_state[s]);
        struct work_item it = {.key = lines[s].key, .tone = s == WORK_NO_BOOK ? WORK_WAITS : is_late ? WORK_OVERDUE : WORK_SOON,
                               .icon = str_of(lines[s].icon),
                               .title = MSG_FORMAT(rq->arena, rq->page.lang, lines[s].title, count),
                               .text = msg_text(lines[s].text, rq->page.lang), .count = {true, w->in_state[s]},
                               .button = msg_text(MSG_work_see_funds, rq->page.lang),
                               .href = href_of_path(rq->arena, STR("/work#funds"))};
        if (s != WORK_NO_BOOK) it.due = (struct opt_date){true, due};
        work_add(w, it);
    }
}

/* What these roles keep besides their funds: people of their area, programmes. */
static void add_doors(struct rq *rq, const struct grant *g, struct work *w)
{
    enum lang lang = rq->page.lang;
    if (g->kind != SCOPE_ORG && rq_role_holds(rq, CAP_people_invite))
        w->actions[w->nactions++] = (struct page_link){msg_text(MSG_work_do_people, lang), HREF(rq->arena, "/areas/{}/people", g->code)};
    if (rq_role_holds(rq, CAP_programme_write))
        w->actions[w->nactions++] = (struct page_link){msg_text(MSG_programmes_title, lang), href_of_path(rq->arena, STR("/programmes"))};
}

enum err work_read_area(struct rq *rq, const struct grant *g, struct work *w)
{
    struct area area;
    enum lang lang = rq->page.lang;
    bool is_org = g->kind == SCOPE_ORG;
    TRY(area_find_code(rq->db, rq->arena, is_org ? STR(AREA_NATION_CODE) : g->code, &area));
    w->all = area_href(rq->arena, &area);
    if (area.kind == AREA_DISTRICT)
        TRY(read_district(rq, &area, w));
    else if (area.kind == AREA_PROVINCE)
        TRY(read_province(rq, &area, w));
    else
        TRY(read_areas(rq, &area, w));
    w->done = msg_text(w->has_areas ? MSG_work_done_org : MSG_work_done_area, lang);
    if (!is_org && g->role != ROLE_auditor) TRY(work_thread_area(rq, &area, w));
    if (!is_org) say_states(rq, w); /* an agency plans with the funds; it does not answer for them */
    if (g->role == ROLE_auditor) {
        struct report_work_grant_row grant;
        TRY(report_work_grant(rq->db, rq->arena, (struct account_grant_id){g->id}, &grant));
        work_add(w, (struct work_item){.key = "audit", .tone = WORK_NOTE, .icon = STR("eye"),
                                       .title = msg_text(MSG_work_audit, lang), .text = msg_text(MSG_work_audit_text, lang),
                                       .due = grant.valid_to});
    }
    add_doors(rq, g, w);
    if (g->role == ROLE_admin)
        work_add(w, (struct work_item){.key = "people", .tone = WORK_NOTE, .icon = STR("users-round"),
                                       .title = msg_text(MSG_work_people, lang), .text = msg_text(MSG_work_people_text, lang),
                                       .button = msg_text(MSG_work_people_button, lang),
                                       .href = href_of_path(rq->arena, STR("/admin/people"))});
    return ERR_OK;
}

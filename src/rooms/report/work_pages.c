/* work_pages.c — /work and its JSON door. */
#include "app/who_view.h"
#include "rooms/report/work.h"
#include "rooms/work.html.h"

enum err report_work_page(struct rq *rq)
{
    struct work w;
    TRY(work_read(rq, &w));
    work_page_html(rq_html_begin(rq, msg_text(MSG_menu_work, rq->page.lang), MENU_WORK), &rq->page, &w, rq->who.name,
                   rq->today);
    return rq_html_end(rq);
}

static const char *const tones[] = {
    [WORK_OVERDUE] = "overdue", [WORK_SOON] = "soon", [WORK_WAITS] = "waits", [WORK_NOTE] = "note"};
static const char *const states[] = {[WORK_NO_BOOK] = "no_book", [WORK_NO_PLAN] = "no_plan",
                                     [WORK_PLAN_WAITS] = "plan_waits", [WORK_IN_ORDER] = "in_order"};

static void json_items(struct json_out *j, const struct work *w)
{
    json_array(j, "items");
    for (size_t i = 0; i < w->nitems; i++) {
        const struct work_item *it = &w->items[i];
        json_object(j, NULL);
        json_str(j, "key", str_of(it->key));
        json_str(j, "tone", str_of(tones[it->tone]));
        json_str(j, "title", it->title);
        json_str(j, "text", it->text);
        json_opt_date(j, "due", it->due);
        json_opt_count(j, "count", it->count);
        json_str(j, "href", str_is_none(it->button) ? STR_NONE : it->href.path);
        json_array(j, "each");
        for (size_t k = 0; k < it->neach; k++) {
            json_object(j, NULL);
            json_str(j, "title", it->each[k].label);
            json_str(j, "href", it->each[k].href.path);
            json_object_end(j);
        }
        json_array_end(j);
        json_object_end(j);
    }
    json_array_end(j);
}

static void json_money(struct json_out *j, const struct work *w)
{
    if (!w->has_money) {
        json_null(j, "money");
        return;
    }
    json_object(j, "money");
    json_satang(j, "carried_over_satang", w->brought);
    json_satang(j, "received_satang", w->received);
    json_satang(j, "paid_satang", w->paid);
    json_satang(j, "balance_satang", w->balance);
    json_satang(j, "committed_satang", w->held);
    json_object_end(j);
}

static void json_own(struct json_out *j, const struct work *w)
{
    json_array(j, "projects");
    for (size_t i = 0; i < w->nprojects; i++) {
        const struct work_project *p = &w->projects[i];
        json_object(j, NULL);
        json_str(j, "id", p->slug);
        json_str(j, "code", str_is_empty(p->code) ? STR_NONE : p->code);
        json_str(j, "title", p->title);
        json_str(j, "state", p->state);
        json_str(j, "state_words", p->state_word);
        json_str(j, "fund_code", p->fund_code);
        json_str(j, "href", p->href.path);
        json_object_end(j);
    }
    json_array_end(j);
    json_str(j, "all_projects", w->has_all_projects ? w->all_projects.path : STR_NONE);
    json_str(j, "propose", w->may_propose ? w->propose.path : STR_NONE);
}

static void json_places(struct json_out *j, const struct work *w)
{
    json_array(j, "funds");
    for (size_t i = 0; i < w->nfunds; i++) {
        json_object(j, NULL);
        json_str(j, "code", w->funds[i].code);
        json_str(j, "name", w->funds[i].name);
        json_str(j, "state", str_of(states[w->funds[i].state]));
        json_opt_satang(j, "balance_satang", w->funds[i].balance);
        json_opt_satang(j, "free_satang", w->funds[i].free);
        json_object_end(j);
    }
    json_array_end(j);
    json_array(j, "areas");
    for (size_t i = 0; i < w->nareas; i++) {
        json_object(j, NULL);
        json_str(j, "code", w->areas[i].code);
        json_str(j, "name", w->areas[i].name);
        json_int(j, "funds", w->areas[i].funds);
        json_int(j, "opened", w->areas[i].opened);
        json_opt_satang(j, "balance_satang", w->areas[i].balance);
        json_opt_satang(j, "free_satang", w->areas[i].free);
        json_object_end(j);
    }
    json_array_end(j);
    json_array(j, "groups");
    for (size_t i = 0; i < w->ngroups; i++) {
        json_object(j, NULL);
        json_str(j, "name", w->groups[i].name);
        json_str(j, "fund_code", w->groups[i].fund_code);
        json_bool(j, "waits_confirmation", w->groups[i].waits_confirmation);
        json_object_end(j);
    }
    json_array_end(j);
}

enum err report_work_api(struct rq *rq)
{
    struct work w;
    TRY(work_read(rq, &w));
    struct json_out *j = rq_json_begin(rq);
    json_object(j, NULL);
    json_str(j, "role", w.role == ROLE_visitor ? STR_NONE : str_of(role_code(w.role)));
    json_str(j, "place", w.place);
    json_int(j, "fy", w.fy.v);
    json_items(j, &w);
    json_money(j, &w);
    json_places(j, &w);
    json_own(j, &w);
    json_object_end(j);
    return rq_json_end(rq);
}

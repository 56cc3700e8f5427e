/* fund_history.c — see fund_history.h. */
#include "rooms/fund/fund_history.h"

#include "app/audit_view.h"
#include "app/route.h"

#define ACTS_MAX 20

/* How a stored value is read by people: money in baht, percents, dates in the Buddhist era. */
enum change_form { AS_COUNT, AS_MONEY, AS_PERCENT, AS_DATE, AS_AREA, AS_TEXT };
static const struct change_kind {
    const char *field;
    enum msg what;
    enum change_form form;
} change_kinds[] = {
    {"population_local", MSG_change_population_local, AS_COUNT},
    {"population_local_on", MSG_change_population_local_on, AS_DATE},
    {"population_nhso", MSG_change_population_nhso, AS_COUNT},
    {"population_nhso_on", MSG_change_population_nhso_on, AS_DATE},
    {"nhso_amount_satang", MSG_change_nhso_amount, AS_MONEY},
    {"own_income_satang", MSG_change_own_income, AS_MONEY},
    {"match_percent_bp", MSG_change_match_percent, AS_PERCENT},
    {"match_entered_satang", MSG_change_match_entered, AS_MONEY},
    {"received_nhso_satang", MSG_change_received_nhso, AS_MONEY},
    {"received_local_satang", MSG_change_received_local, AS_MONEY},
    {"projects_reported", MSG_change_projects, AS_COUNT},
    {"district_id", MSG_change_district, AS_AREA},
    {"certainty", MSG_change_certainty, AS_TEXT},
    {"source", MSG_change_source, AS_TEXT},
    {"note", MSG_change_note, AS_TEXT},
};

static const struct change_kind *change_kind_of(struct str field)
{
    for (size_t i = 0; i < sizeof change_kinds / sizeof change_kinds[0]; i++)
        if (str_eq(field, str_of(change_kinds[i].field))) return &change_kinds[i];
    return NULL;
}

static struct str shown_value(struct rq *rq, struct str stored, enum change_form form)
{
    int64_t v = 0;
    struct date day;
    struct buf b = buf_in(rq->arena, 128);
    if (str_is_none(stored) || form == AS_TEXT) return stored;
    if (form == AS_DATE) {
        if (date_parse_iso(stored, &day) != ERR_OK) return stored;
        if (rq->page.lang == LANG_EN) buf_date_en(&b, day);
        else buf_date_th(&b, day);
        return buf_str(&b);
    }
    if (str_to_int(stored, &v) != ERR_OK) return stored;
    if (form == AS_AREA) { /* rare: a year was moved to another district */
        struct area area = {0};
        if (area_find_id(rq->db, rq->arena, (struct area_id){v}, &area) != ERR_OK) return STR_NONE;
        return area_title(rq->arena, rq->page.lang, &area);
    }
    if (form == AS_COUNT) buf_count(&b, v);
    if (form == AS_PERCENT) {
        buf_bp(&b, bp(v));
        BUF_LIT(&b, " %");
    }
    if (form == AS_MONEY) {
        buf_satang(&b, satang(v));
        return MSG_FORMAT(rq->arena, rq->page.lang, MSG_baht_full, buf_str(&b));
    }
    return buf_str(&b);
}

void fund_history_word(struct rq *rq, const struct audit_read_field *f, struct audit_change_view *ret)
{
    const struct change_kind *kind = change_kind_of(f->field);
    if (kind == NULL) return; /* the field's own name */
    ret->what = msg_text(kind->what, rq->page.lang);
    ret->from = shown_value(rq, f->before, kind->form);
    ret->to = shown_value(rq, f->after, kind->form);
}

/* Only what was changed after the first record: the first record is the page itself. */
static void fill_changes(struct rq *rq, const struct audit_entry *acts, size_t n, struct fund_year_view *v)
{
    size_t most = 0;
    for (size_t i = 0; i < n; i++) most += acts[i].nfields;
    struct fund_change *changes = ARENA_ARRAY(rq->arena, struct fund_change, most);
    for (size_t i = 0; i < n; i++) {
        if (!str_eq(acts[i].action, STR("change"))) continue;
        for (size_t k = 0; k < acts[i].nfields; k++) {
            struct audit_change_view words = {.what = STR_NONE};
            fund_history_word(rq, &acts[i].fields[k], &words);
            if (str_is_none(words.what)) continue;
            changes[v->nchanges++] = (struct fund_change){.at = acts[i].at,
                                                          .what = words.what,
                                                          .from = words.from,
                                                          .to = words.to,
                                                          .source = audit_actor_public(rq, &acts[i])};
        }
    }
    v->changes = changes;
}

enum err fund_history_fill(struct rq *rq, struct str fund_code, const struct fund_year *y, struct fund_year_view *v)
{
    struct audit_entry *acts = NULL;
    size_t n = 0;
    if (!y->is_recorded) return ERR_OK;
    TRY(audit_list(rq->db, rq->arena, "fund_year", y->id.v, AUDIT_FIRST, ACTS_MAX, &acts, &n));
    TRY(rq_may_fund(rq, CAP_audit_see, fund_code, &v->may_see_trail));
    if (v->may_see_trail) rq_no_store(rq);
    if (v->may_see_trail) v->trail = audit_trail_of(rq, acts, n, true, fund_history_word);
    else fill_changes(rq, acts, n, v);
    return ERR_OK;
}

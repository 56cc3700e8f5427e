/* draft_pages.c — what is typed and not booked yet: kept, opened again, and changed by two people. */
#include "rooms/ledger/ledger_ask.h"

enum err ledger_draft_keep(struct form *f, const struct ledger_here *here, enum ledger_kind kind,
                           const char *const *names, size_t n, bool *ret_conflict)
{
    struct rq *rq = f->rq;
    struct buf b = buf_in(rq->arena, 16384);
    struct json_out j = json_begin(&b);
    struct ledger_draft_id id;
    struct ledger_draft d = {.kind = kind};
    json_object(&j, NULL);
    for (size_t i = 0; i < n; i++) json_str(&j, names[i], form_raw(f, names[i]));
    json_object_end(&j);
    json_end(&j);
    d.fields = buf_str(&b);
    if (str_to_int(form_raw(f, "draft"), &d.id.v) != ERR_OK) d.id.v = 0;
    if (str_to_int(form_raw(f, "draft_version"), &d.version) != ERR_OK) d.version = 0;
    struct actor by = rq_actor(rq);
    enum err e = ledger_draft_save(rq->db, rq->arena, &by, here->book.id, &d, &id);
    *ret_conflict = e == ERR_CONFLICT;
    if (e == ERR_CONFLICT) return ERR_OK;
    TRY(e);
    return rq_redirect(rq, ledger_href(rq, here, "?done=draft"));
}

enum err ledger_draft_open(struct rq *rq, const struct ledger_here *here, enum ledger_kind kind,
                           struct ledger_draft *ret, const struct json_value **ret_values)
{
    struct str asked = rq_param(rq, "draft");
    struct ledger_draft_id id = {0};
    *ret = (struct ledger_draft){0};
    *ret_values = NULL;
    if (str_is_none(asked) || str_is_empty(asked)) return ERR_OK;
    if (str_to_int(asked, &id.v) != ERR_OK) return ERR_NOT_FOUND;
    TRY(ledger_draft_find(rq->db, rq->arena, here->book.id, id, ret));
    if (ret->kind != kind) return ERR_NOT_FOUND;
    return json_read_object(rq->arena, ret->fields, ret_values) == ERR_OK ? ERR_OK : ERR_INTERNAL;
}

const struct ledger_keep *ledger_draft_keeps(struct rq *rq, const struct ledger_here *here,
                                             const struct ledger_draft *d)
{
    struct ledger_keep *keeps = ARENA_ARRAY(rq->arena, struct ledger_keep, LEDGER_DRAFT_KEEPS);
    keeps[0] = (struct ledger_keep){STR("book"), here->is_ltc};
    keeps[1] = (struct ledger_keep){STR("draft"), id_is_none(d->id) ? STR("") : ledger_int_text(rq, d->id.v)};
    keeps[2] = (struct ledger_keep){STR("draft_version"), ledger_int_text(rq, d->version)};
    return keeps;
}

struct str ledger_draft_value(const struct json_value *values, const char *name)
{
    const struct json_value *v = values == NULL ? NULL : json_member(values, name);
    return v != NULL && v->kind == JSON_IN_STR ? v->text : STR("");
}

struct date_field ledger_draft_date(const struct json_value *values)
{
    return (struct date_field){.name = STR("date"),
                               .day = ledger_draft_value(values, "date_d"),
                               .month = ledger_draft_value(values, "date_m"),
                               .year = ledger_draft_value(values, "date_y")};
}

static struct str field_words(struct rq *rq, const char *name)
{
    static const struct {
        const char *name;
        enum msg words;
    } known[] = {{"date_d", MSG_date_day},           {"date_m", MSG_date_month},   {"date_y", MSG_date_year},
                 {"source", MSG_ledger_source},      {"amount", MSG_ledger_amount}, {"reference", MSG_ledger_reference},
                 {"party", MSG_ledger_party},        {"memo", MSG_ledger_memo},    {"project_code", MSG_ledger_col_project},
                 {"instalment", MSG_ledger_instalment}};
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
        if (str_eq(str_of(known[i].name), str_of(name))) return msg_text(known[i].words, rq->page.lang);
    return STR_NONE;
}

enum err ledger_draft_conflict(struct form *f, const struct ledger_here *here, const char *const *names, size_t n,
                               struct ledger_post_view *v)
{
    struct rq *rq = f->rq;
    struct ledger_draft d = {0};
    struct ledger_draft_id id = {0};
    const struct json_value *values = NULL;
    struct ledger_change *changes = ARENA_ARRAY(rq->arena, struct ledger_change, n);
    struct ledger_keep *keeps = ARENA_ARRAY(rq->arena, struct ledger_keep, 1);
    keeps[0] = (struct ledger_keep){STR("book"), here->is_ltc};
    v->keeps = keeps; /* without the draft's number: what is saved next is a draft of its own */
    v->nkeeps = 1;
    v->is_conflict = true;
    if (str_to_int(form_raw(f, "draft"), &id.v) != ERR_OK) return ERR_OK;
    enum err e = ledger_draft_find(rq->db, rq->arena, here->book.id, id, &d);
    if (e == ERR_NOT_FOUND) return ERR_OK; /* booked or removed meanwhile */
    TRY(e);
    if (json_read_object(rq->arena, d.fields, &values) != ERR_OK) return ERR_INTERNAL;
    for (size_t i = 0; i < n; i++) {
        struct str what = field_words(rq, names[i]), theirs = ledger_draft_value(values, names[i]);
        struct str yours = form_raw(f, names[i]);
        if (!str_is_none(what) && !str_eq(theirs, yours))
            changes[v->nchanges++] = (struct ledger_change){what, theirs, yours};
    }
    v->changes = changes;
    return ERR_OK;
}

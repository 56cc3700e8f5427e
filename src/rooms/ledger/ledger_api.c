/* ledger_api.c — the control book and one entry as JSON; what is written stands beside its page. */
#include "rooms/ledger/ledger_ask.h"

#define API_ROWS 100

static struct str opt_none(struct str s)
{
    return s.n > 0 ? s : STR_NONE;
}

static void json_entry(struct json_out *j, const struct ledger_entry *e)
{
    json_int(j, "id", e->id.v);
    json_str(j, "fund_code", e->fund_code);
    json_str(j, "book", str_of(ledger_book_code(e->book)));
    json_int(j, "fiscal_year", e->fy.v);
    json_int(j, "number", e->number);
    json_int(j, "seq", e->seq);
    json_str(j, "kind", str_of(ledger_kind_code(e->kind)));
    json_date(j, "date", e->on);
    json_instant(j, "recorded_at", e->recorded_at);
    json_satang(j, "amount_satang", e->amount);
    json_int(j, "bank_delta_satang", e->bank_delta_satang);
    json_satang(j, "balance_after_satang", e->balance_after);
    json_str(j, "source", opt_none(e->source));
    json_str(j, "support_type", opt_none(e->support_type));
    json_str(j, "project_code", opt_none(e->project_code));
    json_str(j, "reference", opt_none(e->reference));
    json_str(j, "party", opt_none(e->party));
    json_str(j, "memo", opt_none(e->memo));
    json_str(j, "reason", opt_none(e->reason));
    json_opt_count(j, "reversal_of", (struct opt_count){!id_is_none(e->reversal_of), e->reversal_of.v});
    json_opt_count(j, "reversed_by", (struct opt_count){!id_is_none(e->reversed_by), e->reversed_by.v});
    json_bool(j, "is_entered_later", e->is_entered_later);
    json_str(j, "hash", e->hash);
    json_str(j, "prev_hash", e->prev_hash);
}

/* "2026-10-05.12": the last entry of the page before. */
static enum err cursor_read(struct str cursor, struct ledger_asked *q)
{
    ptrdiff_t dot = str_find_char(cursor, '.');
    if (cursor.n == 0) return ERR_OK;
    if (dot < 0) return ERR_INPUT;
    TRY(date_parse_iso(str_first(cursor, (size_t)dot), &q->after_on));
    return str_to_int(str_from(cursor, (size_t)dot + 1), &q->after.v);
}

/* GET /api/v1/funds/{fund}/ledger/entries?fy=&book=&cursor= */
enum err ledger_entries_api(struct rq *rq)
{
    struct ledger_here here;
    struct ledger_entry *entries = NULL;
    struct ledger_asked q = {.source = STR(""), .most = API_ROWS + 1};
    size_t n = 0;
    if (rq_fy(rq, &q.fy) != ERR_OK) return rq_bad_param(rq, "fy", MSG_error_fy);
    if (cursor_read(rq_param(rq, "cursor"), &q) != ERR_OK) return rq_bad_param(rq, "cursor", MSG_error_cursor);
    TRY(ledger_here_read(rq, NULL, &here));
    q.book = here.book.id;
    if (!id_is_none(here.book.id)) TRY(ledger_entries(rq->db, rq->arena, &q, &entries, &n));
    struct json_out *j = rq_json_begin(rq);
    json_object(j, NULL);
    json_array(j, "items");
    for (size_t i = 0; i < n && i < API_ROWS; i++) {
        json_object(j, NULL);
        json_entry(j, &entries[i]);
        json_object_end(j);
    }
    json_array_end(j);
    struct buf next = buf_in(rq->arena, 64);
    if (n > API_ROWS) {
        buf_date_iso(&next, entries[API_ROWS - 1].on);
        buf_putc(&next, '.');
        buf_int(&next, entries[API_ROWS - 1].id.v);
    }
    json_str(j, "next", n > API_ROWS ? buf_str(&next) : STR_NONE);
    json_object_end(j);
    return rq_json_end(rq);
}

/* GET /api/v1/funds/{fund}/ledger/entries/{id} */
enum err ledger_entry_api(struct rq *rq)
{
    struct ledger_entry e;
    struct ledger_entry_id id;
    struct ledger_line *lines = NULL;
    size_t n = 0;
    if (str_to_int(rq->args[1], &id.v) != ERR_OK || id.v < 1) return ERR_NOT_FOUND;
    TRY(ledger_entry_find(rq->db, rq->arena, rq->args[0], id, &e, &lines, &n));
    struct json_out *j = rq_json_begin(rq);
    json_object(j, NULL);
    json_entry(j, &e);
    json_array(j, "lines");
    for (size_t i = 0; i < n; i++) {
        json_object(j, NULL);
        json_str(j, "account", lines[i].account);
        json_int(j, "amount_satang", lines[i].amount_satang);
        json_object_end(j);
    }
    json_array_end(j);
    json_object_end(j);
    return rq_json_end(rq);
}

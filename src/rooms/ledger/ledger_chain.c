/* ledger_chain.c — the form that is hashed, exactly as docs/ledger-chain.md states it. Whoever
 * changes a letter here breaks every chain there is: a new form would be a new first line. */
#include "rooms/ledger/ledger_inside.h"

#include <assert.h>

#include "base/sha.h"

const char *const ledger_hashed_keys[LEDGER_HASHED_KEYS] = {
    "fund_id",       "book_id",    "book",         "id",          "fy",
    "number",        "seq",        "kind",         "entry_date",  "recorded_at",
    "amount_satang", "source",     "support_type", "issue",       "commitment_id",
    "instalment",    "project",    "reference",    "reversal_of", "is_entered_later",
    "account_no",    "grant_no",   "memo_hash",    "party_hash",
    "reason_hash"};

static struct str text_int(struct arena *a, int64_t v)
{
    return str_printf(a, "%lld", (long long)v);
}
static struct str text_opt(struct arena *a, struct opt_count v)
{
    return v.has ? text_int(a, v.v) : STR_NONE;
}
static struct str text_id(struct arena *a, int64_t id)
{
    return id != 0 ? text_int(a, id) : STR_NONE;
}
void ledger_hashed_fields(struct arena *a, const struct ledger_hashed *h, struct str ret[LEDGER_HASHED_KEYS])
{
    struct str f[LEDGER_HASHED_KEYS] = {
        text_int(a, h->fund.v),
        text_int(a, h->book_id.v),
        h->book,
        text_int(a, h->id.v),
        text_int(a, h->fy.v),
        text_int(a, h->number),
        text_int(a, h->seq),
        h->kind,
        date_iso_text(a, h->on),
        text_int(a, h->recorded_at.v),
        text_int(a, h->amount.v),
        h->source,
        h->support_type,
        h->issue_code,
        text_id(a, h->commitment.v),
        text_opt(a, h->instalment),
        h->project_code,
        h->reference,
        text_id(a, h->reversal_of.v),
        text_int(a, h->is_entered_later ? 1 : 0),
        text_opt(a, h->account_no),
        text_opt(a, h->grant_no),
        str_is_empty(h->memo_hash) ? STR_NONE : h->memo_hash,
        str_is_empty(h->party_hash) ? STR_NONE : h->party_hash,
        str_is_empty(h->reason_hash) ? STR_NONE : h->reason_hash,
    };
    memcpy(ret, f, sizeof f);
}

static void field(struct buf *b, const char *key, struct str value)
{
    if (str_is_none(value))
        buf_printf(b, "%s=-\n", key);
    else
        buf_printf(b, "%s=%zu:%.*s\n", key, value.n, STR_FMT(value));
}

static struct str hex_of(struct arena *a, struct str data)
{
    struct sha256 sum = sha256_of(data);
    struct buf b = buf_in(a, 64);
    buf_hex(&b, sum.b, sizeof sum.b);
    return buf_str(&b);
}

struct str ledger_hash(struct arena *a, const struct ledger_hashed *h)
{
    struct str values[LEDGER_HASHED_KEYS];
    struct buf b = buf_in(a, 16384);
    ledger_hashed_fields(a, h, values);
    BUF_LIT(&b, "sarn-entry-v1\n");
    for (size_t i = 0; i < LEDGER_HASHED_KEYS; i++) field(&b, ledger_hashed_keys[i], values[i]);
    for (size_t i = 0; i < h->nlines; i++)
        field(&b, "line", str_printf(a, "%.*s:%lld", STR_FMT(h->lines[i].account),
                                     (long long)h->lines[i].amount_satang));
    field(&b, "prev_hash", h->prev_hash);
    assert(!b.is_full); /* every text of an entry has its limit */
    return hex_of(a, buf_str(&b));
}

struct str ledger_words_hash(struct arena *a, struct str salt, struct str words)
{
    if (str_is_none(words)) return STR("");
    struct str parts[] = {salt, STR(":"), words};
    return hex_of(a, str_concat(a, parts, 3));
}

/* rules_pages.c — /rules: the dated rates and schemes that every sum of a fund-year follows from. */
#include "app/app.h"
#include "rooms/fund/fund_read.h"
#include "rooms/fund/views.h"
#include "rooms/fund_rules.html.h"

static struct str baht(struct rq *rq, struct satang v)
{
    struct buf b = buf_in(rq->arena, 64);
    buf_satang(&b, v);
    return buf_str(&b);
}

/* Bounds are kept to the satang and both included (5,999,999.99); people say "below 6,000,000". */
static struct str income_words(struct rq *rq, const struct fund_scheme_row *row)
{
    enum lang lang = rq->page.lang;
    bool has_from = row->income_from.has && row->income_from.v.v > 0;
    if (has_from && row->income_to.has)
        return MSG_FORMAT(rq->arena, lang, MSG_scheme_income_between, baht(rq, row->income_from.v),
                          baht(rq, row->income_to.v));
    if (has_from)
        return MSG_FORMAT(rq->arena, lang, MSG_scheme_income_over,
                          baht(rq, satang(row->income_from.v.v - 1)));
    if (row->income_to.has)
        return MSG_FORMAT(rq->arena, lang, MSG_scheme_income_under,
                          baht(rq, satang(row->income_to.v.v + 1)));
    return STR_NONE;
}

static struct str size_words(struct rq *rq, struct str size)
{
    if (str_eq(size, STR("small"))) return msg_text(MSG_size_small, rq->page.lang);
    if (str_eq(size, STR("medium"))) return msg_text(MSG_size_medium, rq->page.lang);
    return msg_text(MSG_size_large, rq->page.lang);
}

static struct str who(struct rq *rq, const struct fund_scheme_row *row)
{
    struct buf b = buf_in(rq->arena, 512);
    struct str income = income_words(rq, row);
    if (!str_is_none(row->org_kind)) buf_put(&b, fund_kind_name(rq->page.lang, row->org_kind));
    if (!str_is_none(row->org_size)) {
        if (b.n > 0) BUF_LIT(&b, " ");
        buf_put(&b, size_words(rq, row->org_size));
    }
    if (!str_is_none(income)) {
        if (b.n > 0) BUF_LIT(&b, " ");
        buf_put(&b, income);
    }
    return b.n > 0 ? buf_str(&b) : msg_text(MSG_scheme_everybody, rq->page.lang);
}

static struct scheme_card card_of(struct rq *rq, const struct fund_scheme *s)
{
    struct scheme_row *rows = ARENA_ARRAY(rq->arena, struct scheme_row, s->nrows);
    for (size_t i = 0; i < s->nrows; i++)
        rows[i] = (struct scheme_row){who(rq, &s->rows[i]), s->rows[i].percent};
    bool is_en = rq->page.lang == LANG_EN;
    return (struct scheme_card){.name = is_en ? s->name_en : s->name_th,
                                .from = s->from,
                                .to = s->to,
                                .certainty = s->certainty,
                                .source = is_en ? s->source : s->source_th,
                                .note = is_en ? s->note : s->note_th,
                                .rows = rows,
                                .nrows = s->nrows};
}

enum err fund_rules_page(struct rq *rq)
{
    struct fund_rules rules;
    bool is_en = rq->page.lang == LANG_EN;
    TRY(fund_rules_read(rq->db, rq->arena, &rules));
    struct rate_row *rates = ARENA_ARRAY(rq->arena, struct rate_row, rules.nrates);
    struct scheme_card *schemes = ARENA_ARRAY(rq->arena, struct scheme_card, rules.nschemes);
    for (size_t i = 0; i < rules.nrates; i++)
        rates[i] = (struct rate_row){.from = rules.rates[i].from,
                                     .to = rules.rates[i].to,
                                     .per_head = rules.rates[i].per_head,
                                     .certainty = rules.rates[i].certainty,
                                     .source = is_en ? rules.rates[i].source : rules.rates[i].source_th,
                                     .note = is_en ? rules.rates[i].note : rules.rates[i].note_th};
    for (size_t i = 0; i < rules.nschemes; i++) schemes[i] = card_of(rq, &rules.schemes[i]);

    struct crumb here = {.label = msg_text(MSG_menu_rules, rq->page.lang)};
    struct fund_rules_view v = {.crumbs = &here,
                                .ncrumbs = 1,
                                .rates = rates,
                                .nrates = rules.nrates,
                                .schemes = schemes,
                                .nschemes = rules.nschemes};
    fund_rules_html(rq_html_begin(rq, here.label, MENU_RULES), &rq->page, &v);
    return rq_html_end(rq);
}

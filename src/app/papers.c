/* papers.c — see papers.h. */
#include "app/papers.h"

#include "base/baht_text.h"

struct str papers_word(struct rq *rq, enum msg key)
{
    return msg_text(key, rq->page.lang);
}

struct str papers_money(struct rq *rq, struct satang v)
{
    struct buf b = buf_in(rq->arena, 64);
    buf_satang(&b, v);
    return buf_str(&b);
}

struct str papers_baht(struct rq *rq, struct satang v)
{
    return PAPERS_SAY(rq, MSG_baht_full, papers_money(rq, v));
}

struct str papers_baht_words(struct rq *rq, struct satang v)
{
    struct buf b = buf_in(rq->arena, 1024);
    buf_putc(&b, '(');
    if (rq->page.lang == LANG_TH) buf_baht_text(&b, v);
    else buf_baht_text_en(&b, v);
    buf_putc(&b, ')');
    return buf_str(&b);
}

struct str papers_date(struct rq *rq, struct date d)
{
    struct buf b = buf_in(rq->arena, 128);
    if (rq->page.lang == LANG_EN) buf_date_en(&b, d);
    else buf_date_th(&b, d);
    return buf_str(&b);
}

struct str papers_int(struct rq *rq, int64_t v)
{
    struct buf b = buf_in(rq->arena, 32);
    buf_int(&b, v);
    return buf_str(&b);
}

struct str papers_fund(struct rq *rq, struct str name)
{
    return PAPERS_SAY(rq, MSG_paper_fund, name);
}

struct str papers_join(struct rq *rq, struct str a, struct str between, struct str b)
{
    if (a.n == 0) return b;
    if (b.n == 0) return a;
    return str_concat(rq->arena, (const struct str[]){a, between, b}, 3);
}

/* The page that shows the same, for whoever holds the paper. */
static struct str whole_address(struct rq *rq, struct href to)
{
    if (rq->web->host.n == 0) return STR_NONE;
    return str_printf(rq->arena, "%s://%.*s%.*s", rq->web->is_https ? "https" : "http", STR_FMT(rq->web->host),
                      STR_FMT(to.path));
}

struct paper_about papers_about(struct rq *rq, struct str title, struct str author, struct str number, struct href page,
                                bool is_demo)
{
    struct str mark = is_demo ? papers_word(rq, MSG_demo_mark) : STR("");
    struct str what = papers_join(rq, title, STR(" · "), number);
    return (struct paper_about){.title = title,
                                .author = author,
                                .footer = papers_join(rq, what, STR(" · "), mark),
                                .link = whole_address(rq, page),
                                .watermark = mark,
                                .has_thai_digits = rq->page.lang == LANG_TH,
                                .words = {.page = papers_word(rq, MSG_paper_page),
                                          .sign = papers_word(rq, MSG_paper_sign),
                                          .position = papers_word(rq, MSG_paper_position),
                                          .date = papers_word(rq, MSG_ledger_col_date)}};
}

void papers_field(struct paper *p, struct str label, struct str value)
{
    if (value.n > 0) paper_field(p, label, value);
}

void papers_row(struct rq *rq, struct paper *p, enum paper_row_kind kind, const struct str *cells, size_t ncells)
{
    struct str *kept = ARENA_ARRAY(rq->arena, struct str, ncells);
    memcpy(kept, cells, ncells * sizeof *cells);
    paper_row(p, kind, kept, ncells);
}

void papers_table(struct rq *rq, struct paper *p, const struct paper_col *cols, size_t ncols)
{
    struct paper_col *kept = ARENA_ARRAY(rq->arena, struct paper_col, ncols);
    memcpy(kept, cols, ncols * sizeof *cols);
    paper_table(p, kept, ncols);
}

void papers_signs(struct rq *rq, struct paper *p, const struct paper_sign *signs, size_t nsigns)
{
    struct paper_sign *kept = ARENA_ARRAY(rq->arena, struct paper_sign, nsigns);
    memcpy(kept, signs, nsigns * sizeof *signs);
    paper_signs(p, kept, nsigns);
}

struct str papers_x100(struct rq *rq, int64_t x100)
{
    struct str sign = x100 < 0 ? STR("-") : STR("");
    uint64_t v = x100 < 0 ? (uint64_t)0 - (uint64_t)x100 : (uint64_t)x100;
    struct buf b = buf_in(rq->arena, 64);
    buf_put(&b, sign);
    buf_put(&b, html_arg_int(&rq->page, (int64_t)(v / 100)));
    unsigned rest = (unsigned)(v % 100);
    if (rest % 10 != 0) buf_put(&b, str_printf(rq->arena, ".%02u", rest));
    else if (rest != 0) buf_put(&b, str_printf(rq->arena, ".%u", rest / 10));
    return buf_str(&b);
}

struct str papers_days(struct rq *rq, struct opt_date from, struct opt_date to)
{
    if (from.has && to.has && date_cmp(from.v, to.v) != 0)
        return PAPERS_SAY(rq, MSG_pp_days, papers_date(rq, from.v), papers_date(rq, to.v));
    if (from.has) return papers_date(rq, from.v);
    return to.has ? PAPERS_SAY(rq, MSG_pp_until, papers_date(rq, to.v)) : STR("");
}

struct str papers_measure(struct rq *rq, struct str unit, struct opt_count x100)
{
    if (!x100.has) return STR("–");
    struct str number = papers_x100(rq, x100.v);
    if (str_eq(unit, STR("percent"))) return PAPERS_SAY(rq, MSG_pp_percent, number);
    if (str_eq(unit, STR("kg_per_day"))) return papers_join(rq, number, STR(" "), papers_word(rq, MSG_unit_kg_per_day));
    if (str_eq(unit, STR("baht_per_month")))
        return papers_join(rq, number, STR(" "), papers_word(rq, MSG_unit_baht_per_month));
    return number;
}

bool papers_none(struct rq *rq, struct paper *p, enum msg head, bool is_empty)
{
    if (is_empty) paper_field(p, papers_word(rq, head), papers_word(rq, MSG_pp_none));
    return is_empty;
}

void papers_section(struct rq *rq, struct paper *p, enum msg head, struct str text)
{
    if (papers_none(rq, p, head, text.n == 0)) return;
    paper_section(p, papers_word(rq, head));
    paper_para(p, text);
}

enum err papers_answer(struct rq *rq, struct paper *p, struct str name)
{
    rq->res->body = buf_in(rq->arena, PAPER_BYTES_MAX);
    TRY(paper_end(p, &rq->res->body, NULL));
    rq->res->status = 200;
    rq->res->content_type = STR("application/pdf");
    web_header_set(rq->res, STR("Content-Disposition"),
                   str_printf(rq->arena, "inline; filename=\"sarn-%.*s.pdf\"", STR_FMT(name)));
    return ERR_OK;
}

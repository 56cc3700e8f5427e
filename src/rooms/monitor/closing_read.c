/* closing_read.c — the address of the closing report: who asks may see the project, or it is not there; then what
 * it prints is read once. */
#include "app/file.h"
#include "rooms/monitor/monitor_paper.h"
#include "rooms/monitor_sql.h"

#define CLOSING_PHOTOS 9 /* three rows */

static enum err words_read(struct rq *rq, struct monitor_paper *x)
{
    struct monitor_paper_words_row r;
    TRY(monitor_paper_words(rq->db, rq->arena, x->w.p.id, &r));
    x->fund = papers_fund(rq, lang_name(rq->page.lang, x->w.p.fund_th, x->w.p.fund_en));
    if (r.support_th.n > 0) x->support = lang_name(rq->page.lang, r.support_th, r.support_en);
    x->clause = r.clause;
    x->is_demo = r.is_demo;
    return ERR_OK;
}

static enum err name_read(struct rq *rq, int64_t account, struct str *ret)
{
    return account == 0 ? ERR_OK : guard_names(rq->db, rq->arena, &account, 1, ret);
}

/* Accepted ones only. */
static enum err reports_read(struct rq *rq, struct monitor_paper *x)
{
    struct monitor_report *all = NULL;
    size_t n = 0;
    TRY(monitor_list(rq->db, rq->arena, x->w.p.id, &all, &n));
    struct monitor_report *kept = ARENA_ARRAY(rq->arena, struct monitor_report, n);
    for (size_t i = 0; i < n; i++) {
        if (all[i].state != MONITOR_ACCEPTED) continue;
        kept[x->nreports] = all[i];
        if (all[i].is_final) x->final = &kept[x->nreports];
        x->nreports++;
    }
    x->reports = kept;
    if (x->final == NULL) return ERR_OK;
    TRY(name_read(rq, x->final->account, &x->sender));
    return name_read(rq, x->final->accepted_by, &x->accepter);
}

/* A picture that cannot be read is left out: the rest of the paper is still true. */
static enum err photos_read(struct rq *rq, struct monitor_paper *x)
{
    struct monitor_paper_photos_row *rows = NULL;
    size_t n = 0;
    TRY(monitor_paper_photos(rq->db, rq->arena, x->w.p.id, CLOSING_PHOTOS, &rows, &n));
    struct paper_photo *photos = ARENA_ARRAY(rq->arena, struct paper_photo, n);
    for (size_t i = 0; i < n; i++) {
        struct file_info f;
        struct str use = str_printf(rq->arena, "%lld", (long long)rows[i].file_use_no), bytes;
        enum err e = file_find(rq->db, rq->arena, use, STR(MONITOR_THING), rows[i].report_id.v, &f);
        if (e == ERR_OK) e = file_read_small(rq_files(rq), rq->db, rq->arena, &f, &bytes);
        if (e == ERR_NOT_FOUND || e == ERR_IO) continue;
        TRY(e);
        photos[x->nphotos++] = (struct paper_photo){bytes, f.size.width, f.size.height, rows[i].caption};
    }
    x->photos = photos;
    return ERR_OK;
}

static enum err closing_read(struct rq *rq, struct monitor_paper *ret)
{
    struct monitor_paper x = {0};
    struct monitor_closing closing;
    struct project p;
    bool may_see = false;
    TRY(project_find(rq->db, rq->arena, rq->args[0], rq->args[1], &p));
    TRY(project_may_see(rq->db, rq->arena, &rq->who, &p, &may_see));
    if (!may_see || !project_is_public(p.state)) return ERR_NOT_FOUND;
    TRY(project_read(rq->db, rq->arena, &p, &x.w));
    TRY(project_money(rq->db, rq->arena, &p, &x.money));
    TRY(monitor_spent(rq->db, rq->arena, p.id, &x.spent));
    enum err e = monitor_closing_get(rq->db, rq->arena, p.id, &closing);
    if (e != ERR_OK && e != ERR_NOT_FOUND) return e;
    if (e == ERR_OK) { /* a closed project's paper is of that day, whatever came in later */
        x.closed_on = (struct opt_date){true, closing.on};
        x.money.paid = closing.paid;
        x.money.refunded = closing.returned;
        x.spent.sum = some_satang(closing.spent);
    }
    TRY(words_read(rq, &x));
    TRY(reports_read(rq, &x));
    TRY(photos_read(rq, &x));
    *ret = x;
    return ERR_OK;
}

enum err monitor_closing_pdf(struct rq *rq)
{
    struct monitor_paper x;
    TRY(closing_read(rq, &x));
    struct paper *p = monitor_closing_paper(rq, &x);
    return papers_answer(rq, p, str_printf(rq->arena, "closing-%.*s-%.*s", STR_FMT(x.w.p.fund_code), STR_FMT(x.w.p.slug)));
}

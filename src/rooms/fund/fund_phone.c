/* fund_phone.c — the telephone of a fund's office, for everybody: written by the fund's own people on a page, by a program
 * or by a file of funds. Never a person's own: the page says so where it is typed. */
#include "app/audit.h"
#include "app/form.h"
#include "base/thai.h"
#include "rooms/fund/fund_read.h"
#include "rooms/fund/views.h"
#include "rooms/fund_edit.html.h"
#include "rooms/fund_sql.h"

#define PHONE_DIGITS_MIN 3 /* 1330 and the like are numbers, too */

bool fund_phone_is(struct str phone)
{
    size_t digits = 0;
    for (size_t i = 0; i < phone.n; i++) digits += phone.p[i] >= '0' && phone.p[i] <= '9';
    return digits >= PHONE_DIGITS_MIN && phone.n <= FUND_PHONE_MAX;
}

enum err fund_phone_write(struct db *db, struct arena *a, const struct actor *by, struct fund_id fund, struct str before,
                          struct str phone)
{
    struct str after = str_is_empty(phone) ? STR_NONE : thai_digits_to_ascii(a, phone);
    struct audit_change change = {"phone", str_is_empty(before) ? STR_NONE : before, after};
    if (str_eq(change.before, after)) return ERR_OK;
    TRY(fund_phone_set(db, fund, after, NULL));
    return audit_write(db, a, by, "change", "fund", fund.v, &change, 1);
}

static enum err phone_show(struct form *f, const struct fund_card *fund, bool is_typed)
{
    struct rq *rq = f->rq;
    struct crumb *crumbs = ARENA_ARRAY(rq->arena, struct crumb, 2);
    struct str title = msg_text(MSG_fund_phone_title, rq->page.lang), now = str_is_none(fund->phone) ? STR("") : fund->phone;
    struct fund_phone_view v = {.fund = {lang_name(rq->page.lang, fund->name_th, fund->name_en), HREF(rq->arena, "/funds/{}", fund->code)},
                                .crumbs = crumbs,
                                .ncrumbs = 2,
                                .errors = form_errors(f),
                                .marks = form_marks(rq),
                                .action = HREF(rq->arena, "/funds/{}/phone", fund->code),
                                .phone = is_typed ? form_field(f, "phone") : form_field_of(f, "phone", now)};
    crumbs[0] = (struct crumb){v.fund.label, v.fund.href};
    crumbs[1] = (struct crumb){.label = title};
    fund_phone_html(rq_html_begin(rq, title, MENU_FUNDS), &rq->page, &v);
    return rq_html_end(rq);
}

enum err fund_phone_page(struct rq *rq)
{
    struct form f = {.rq = rq};
    struct fund_card fund;
    TRY(fund_card_read(rq->db, rq->arena, rq->args[0], &fund));
    return phone_show(&f, &fund, false);
}

/* {phone}; an empty one: it has none. */
enum err fund_phone_post(struct rq *rq)
{
    struct form f;
    struct fund_card fund;
    struct actor by = rq_actor(rq);
    TRY(form_begin(rq, &f));
    TRY(fund_card_read(rq->db, rq->arena, rq->args[0], &fund));
    struct str phone = form_line(&f, "phone", FORM_MAY, FUND_PHONE_MAX);
    if (phone.n > 0 && !fund_phone_is(thai_digits_to_ascii(rq->arena, phone))) form_fault_msg(&f, "phone", MSG_fund_phone_bad);
    if (form_is_good(&f)) {
        TRY(fund_phone_write(rq->db, rq->arena, &by, fund.id, fund.phone, phone));
        return rq_is_api(rq) ? fund_api(rq) : rq_redirect(rq, HREF(rq->arena, "/funds/{}", fund.code));
    }
    if (rq_is_api(rq)) return form_refuse_api(&f);
    form_page_status(&f, 400);
    return phone_show(&f, &fund, true);
}

enum err fund_phone_api(struct rq *rq) { return fund_phone_post(rq); }

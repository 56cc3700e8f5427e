/* project_code.c — codes of projects: 69-L5221-2-01 of year, fund, support type and running number; whoever has a
 * code already, by whatever system's format. */
#include "rooms/project/project_inside.h"
#include "rooms/project_sql.h"

#define CODE_TRIES 500 /* codes of other systems may stand in the way */

struct str project_sum_words(struct arena *a, struct satang v)
{
    struct buf b = buf_in(a, 40);
    buf_satang(&b, v);
    return buf_str(&b);
}

static enum err is_used(struct db *db, struct arena *a, struct fund_id fund, struct str code, struct str *ret_title)
{
    struct project_code_users_row *projects = NULL;
    struct project_commitment_users_row *promises = NULL;
    size_t n = 0;
    *ret_title = STR_NONE;
    TRY(project_code_users(db, a, fund, code, &projects, &n));
    if (n > 0) {
        *ret_title = projects[0].title;
        return ERR_OK;
    }
    TRY(project_commitment_users(db, a, fund, code, &promises, &n));
    if (n > 0) *ret_title = promises[0].title;
    return ERR_OK;
}

enum err project_code_free(struct db *db, struct arena *a, struct fund_id fund, struct str code, struct meeting_refusal *why)
{
    struct str title = STR_NONE;
    TRY(is_used(db, a, fund, code, &title));
    return str_is_none(title) ? ERR_OK : meeting_refuse(why, MSG_project_code_taken, code, title, STR_NONE);
}

enum err project_code_give(struct db *db, struct arena *a, struct fund_id fund, struct str fund_code, struct fiscal_year fy,
                           struct str support_type, struct str *ret)
{
    for (int i = 0; i < CODE_TRIES; i++) {
        struct project_next_code_row next = {0};
        struct str title = STR_NONE;
        TRY(project_next_code(db, a, fund, fy, support_type, &next));
        struct str code = str_printf(a, "%02d-%.*s-%.*s-%02lld", fy.v % 100, STR_FMT(fund_code), STR_FMT(support_type),
                                     (long long)next.last);
        TRY(is_used(db, a, fund, code, &title));
        if (!str_is_none(title)) continue;
        *ret = code;
        return ERR_OK;
    }
    return err_note(ERR_LIMIT, "no free project code");
}

enum err project_of_commitment_code(struct db *db, struct arena *a, struct fund_id fund, struct str code, struct str *ret_slug)
{
    struct project_by_commitment_code_row *rows = NULL;
    struct project_code_users_row *users = NULL;
    size_t n = 0;
    TRY(project_by_commitment_code(db, a, fund, code, &rows, &n));
    if (n > 0) {
        *ret_slug = rows[0].slug;
        return ERR_OK;
    }
    TRY(project_code_users(db, a, fund, code, &users, &n));
    size_t cut = code.n; /* "…/2", corrected once more since */
    while (n == 0 && cut > 0 && code.p[cut - 1] != '/') cut--;
    if (n == 0 && cut > 1) TRY(project_code_users(db, a, fund, (struct str){code.p, cut - 1}, &users, &n));
    if (n == 0) return ERR_NOT_FOUND;
    *ret_slug = users[0].slug;
    return ERR_OK;
}

enum err project_refuse_ledger(struct arena *a, struct meeting_refusal *why, enum ledger_fault fault, struct str title)
{
    static const enum msg words[LEDGER_FAULTS] = {[LEDGER_NO_BOOK] = MSG_project_ledger_no_book,
                                                  [LEDGER_DATE_FUTURE] = MSG_project_ledger_future,
                                                  [LEDGER_DATE_CLOSED] = MSG_project_ledger_closed,
                                                  [LEDGER_CODE_TAKEN] = MSG_project_ledger_code,
                                                  [LEDGER_OVER_AMOUNT] = MSG_project_ledger_over,
                                                  [LEDGER_RELEASED] = MSG_project_ledger_released};
    enum msg m = words[fault];
    if (m == 0) return meeting_refuse(why, MSG_project_ledger_other, title, str_of(ledger_fault_code(fault)), STR_NONE);
    (void)a;
    return meeting_refuse(why, m, title, STR_NONE, STR_NONE);
}

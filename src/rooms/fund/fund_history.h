/* fund_history.h — what was changed in a fund-year, in words; for its pages. */
#ifndef SARN_ROOMS_FUND_FUND_HISTORY_H
#define SARN_ROOMS_FUND_FUND_HISTORY_H

#include "app/app.h"
#include "app/audit.h"
#include "rooms/fund/fund_read.h"
#include "rooms/fund/views.h"

/* For everybody what was changed, when and in which role; for those who may read the audit trail also
 * by whom, in which grant. */
enum err fund_history_fill(struct rq *rq, struct str fund_code, const struct fund_year *y, struct fund_year_view *v);
/* One field of the audit trail in words: audit_word_fn. */
void fund_history_word(struct rq *rq, const struct audit_read_field *f, struct audit_change_view *ret);

#endif

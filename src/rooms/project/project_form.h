/* project_form.h — reading one page of a proposal, from a form or from JSON: the same fields, the same faults. Rows of
 * a list are fields with a number behind the name (words_1, price_1 …) on a page, members of an array in JSON. */
#ifndef SARN_ROOMS_PROJECT_PROJECT_FORM_H
#define SARN_ROOMS_PROJECT_PROJECT_FORM_H

#include "rooms/project/project_ask.h"

/* Puts what was sent for `page` into `w`, which holds the project as it is; faults stand in the form. Rows that are
 * left blank fall away. */
enum err project_form_read(struct form *f, enum project_page page, struct project_whole *w);
/* The first question: what, for whom, about how much. */
enum err project_form_new(struct form *f, const struct project_here *here, struct project_new *ret);
/* The groups to choose an owner from: the person's own, or for the officer all of the fund. */
struct project_owner_group {
    struct account_group_id id;
    struct str name, owner_type, place;
};
enum err project_form_groups(struct rq *rq, const struct project_here *here, struct project_owner_group **ret, size_t *ret_n);

/* ---- rows ---- */
struct project_row_form {
    struct form *f;       /* of the page, or of this row's object in JSON */
    struct form sub;
    struct form *whole;
    const char *list;     /* "budget" */
    size_t at;            /* from 1 */
};
size_t project_row_count(struct form *f, const char *list, size_t most);
struct project_row_form project_row_at(struct form *f, const char *list, size_t at);
/* "price_3" on a page, "price" in JSON. */
const char *project_row_name(struct project_row_form *r, const char *name);
/* In JSON the row's faults become the form's, named budget_3_price. */
void project_row_done(struct project_row_form *r);

#endif

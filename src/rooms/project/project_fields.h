/* project_fields.h — the inputs of each page of a proposal: with what is kept, or with what was typed. */
#ifndef SARN_ROOMS_PROJECT_PROJECT_FIELDS_H
#define SARN_ROOMS_PROJECT_PROJECT_FIELDS_H

#include "rooms/project/project_form.h"

/* Fills groups, keeps, sum of the page. is_typed: again, with what was sent; `more`: so many rows beside those that
 * are kept. */
enum err project_fields_fill(struct form *f, const struct project_here *here, enum project_page page,
                             const struct project_whole *w, bool is_typed, int64_t more, struct project_form_view *v);
/* The first question's. `from`: what it begins with, for the first showing. */
struct project_begin {
    struct str title, asked, issue, support_type, planned, copy, copy_code, owner_name, owner_type, fy; /* fy: "" for this year's */
};
enum err project_fields_new(struct form *f, const struct project_here *here, const struct project_begin *from, bool is_typed,
                            struct project_form_view *v);

#endif

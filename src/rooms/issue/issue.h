/* issue.h — THE DOOR of room issue: the catalogue that plans and projects choose from.
 * Issues (ประเด็น) with their indicators; target groups, support types, owner types, expenses and
 * accounts are read through their tables by the rooms that DEPS lets in. */
#ifndef SARN_ROOMS_ISSUE_ISSUE_H
#define SARN_ROOMS_ISSUE_ISSUE_H

#include "db/ids.h"
#include "html/html.h"

#define ISSUE_OWNER_OFFICE "6" /* of owner_types.tsv: the fund's own office; nobody else is that */
#define ISSUE_SUPPORT_UNNAMED "6" /* of support_types.tsv: nobody has named what it is for */

struct issue {
    struct issue_id id;
    struct str code; /* a stable slug: alcohol, older_people */
    struct str name_th, name_en;
    struct str certainty;          /* S D U */
    struct opt_count incumbent_id; /* its number in the system in use today, where it has one */
    int64_t nindicators;
};

/* A percent is asked by two whole numbers, so it has both questions; the other units have only the
 * first. Figures are in hundredths of the unit. */
struct indicator {
    struct indicator_id id;
    struct str code;
    struct str name_th, name_en;
    struct str unit;       /* percent count kg_per_day baht_per_month */
    bool is_more_better;   /* otherwise less is better */
    struct str question_num_th, question_num_en;
    struct str question_den_th, question_den_en; /* none but for a percent */
    struct opt_count min_x100, max_x100;
    const int64_t *examples_x100; /* seen in real plans */
    size_t nexamples;
    struct str certainty;
};

/* All issues in the order of the plan form; arena. */
enum err issue_list(struct db *db, struct arena *a, struct issue **ret, size_t *ret_n);
/* ERR_NOT_FOUND. Text in the arena. */
enum err issue_find_code(struct db *db, struct arena *a, struct str code, struct issue *ret);
/* The issue that a file means by "เหล้า (แอลกอฮอล์)" or "แผนงานเหล้า": its names and every spelling
 * met so far, exact after folding; a spelling that nobody entered is ERR_NOT_FOUND, never a guess. */
enum err issue_by_spelling(struct db *db, struct arena *a, struct str written, struct issue *ret);
/* In the order of the form; two queries however many there are. */
enum err issue_indicators(struct db *db, struct arena *a, struct issue_id issue,
                          struct indicator **ret, size_t *ret_n);
/* Name by language; both are always known. */
struct str issue_name(enum lang lang, const struct issue *issue);
struct href issue_href(struct arena *a, const struct issue *issue);

/* Loads the whole catalogue from reference/. Once, into empty tables, inside the caller's
 * transaction; needs no other room. */
enum err issue_load_reference(struct db *db, struct arena *a);

#endif

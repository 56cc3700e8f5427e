/* project_size.c — how big a project is: by the fund's own limits, by everybody's where it has none. A rule is never
 * changed: another one counts from its own day on, and of two of one day the one that was entered last. */
#include "app/audit.h"
#include "app/reference.h"
#include "base/clock.h"
#include "rooms/project/project_inside.h"
#include "rooms/project_sql.h"

#include <assert.h>

enum err project_load_reference(struct db *db, struct arena *a)
{
    struct project_has_size_rules_row has = {0};
    TRY(project_has_size_rules(db, a, &has));
    if (has.n > 0) return ERR_OK; /* an administrator may have changed them since */
    struct reference r = reference_open(a, "project_size_rules.tsv");
    while (reference_next(&r)) {
        struct project_add_size_rule_row added = {0};
        struct project_add_size_rule_args args = {.small_to_satang = satang(reference_int(&r, "small_to_satang")),
                                                  .medium_to_satang = satang(reference_int(&r, "medium_to_satang")),
                                                  .valid_from = reference_opt_date(&r, "valid_from"),
                                                  .valid_to = reference_opt_date(&r, "valid_to"),
                                                  .certainty = reference_text(&r, "certainty"),
                                                  .source = reference_text(&r, "source")};
        TRY(project_add_size_rule(db, a, &args, &added));
    }
    return ERR_OK;
}

enum err project_size_of(struct db *db, struct arena *a, struct fund_id fund, struct date on, struct satang amount,
                         enum project_size *ret)
{
    struct project_size_rules_of_row *rules = NULL;
    size_t n = 0;
    TRY(project_size_rules_of(db, a, fund, on, &rules, &n));
    *ret = PROJECT_MEDIUM; /* no rule known: ask for the sections, not for everything */
    struct project_size_rule now = {0};
    if (n == 0) return ERR_OK;
    now.small_to = rules[0].small_to_satang;
    now.medium_to = rules[0].medium_to_satang;
    *ret = project_size_by(&now, amount);
    return ERR_OK;
}

/* ---- all rules of a fund ---- */

static struct opt_date day_before(struct opt_date d)
{
    return (struct opt_date){d.has, d.has ? date_add_days(d.v, -1) : d.v};
}

/* From the newest to the oldest: each ends the day before the next newer one begins. */
static void reckon_ends(struct project_size_rule *rules, size_t n, struct date today)
{
    struct opt_date next = {0};
    bool is_found = false;
    for (size_t i = 0; i < n; i++) {
        struct project_size_rule *r = &rules[i];
        bool has_begun = !r->from.has || date_cmp(r->from.v, today) <= 0;
        r->is_replaced = i > 0 && r->is_own == rules[i - 1].is_own && r->from.has && rules[i - 1].from.has && date_cmp(r->from.v, rules[i - 1].from.v) == 0;
        if (!r->to.has) r->to = day_before(next);
        r->is_now = !is_found && !r->is_replaced && has_begun && (!r->to.has || date_cmp(r->to.v, today) >= 0);
        is_found = is_found || r->is_now;
        r->is_to_come = !r->is_replaced && !has_begun;
        next = r->from;
    }
}

enum err project_size_rules(struct db *db, struct arena *a, struct fund_id fund, struct date today, struct project_size_rule **ret, size_t *ret_n)
{
    struct project_size_rule_list_row *rows = NULL;
    size_t n = 0;
    TRY(project_size_rule_list(db, a, fund, &rows, &n));
    struct project_size_rule *rules = ARENA_ARRAY(a, struct project_size_rule, n);
    for (size_t i = 0; i < n; i++)
        rules[i] = (struct project_size_rule){.is_own = !id_is_none(rows[i].fund_id),
                                              .small_to = rows[i].small_to_satang,
                                              .medium_to = rows[i].medium_to_satang,
                                              .from = rows[i].valid_from,
                                              .to = rows[i].valid_to,
                                              .certainty = rows[i].certainty,
                                              .source = rows[i].source};
    reckon_ends(rules, n, today);
    *ret = rules;
    *ret_n = n;
    return ERR_OK;
}

enum project_size project_size_by(const struct project_size_rule *r, struct satang amount)
{
    if (amount.v <= r->small_to.v) return PROJECT_SMALL;
    return amount.v <= r->medium_to.v ? PROJECT_MEDIUM : PROJECT_LARGE;
}

static struct str sum_text(struct arena *a, struct satang v)
{
    return str_printf(a, "%lld", (long long)v.v);
}

enum err project_size_rule_add(struct db *db, struct arena *a, const struct actor *by, struct fund_id fund, const struct project_size_rule *r)
{
    struct project_add_size_rule_row added = {0};
    struct project_add_size_rule_args args = {.fund_id = fund, .small_to_satang = r->small_to, .medium_to_satang = r->medium_to,
                                              .valid_from = r->from, .certainty = STR("S"), .source = r->source};
    assert(!id_is_none(fund) && r->from.has);
    if (r->small_to.v <= 0 || r->medium_to.v <= r->small_to.v) return err_note(ERR_INPUT, "a medium project is larger than a small one");
    TRY(project_add_size_rule(db, a, &args, &added));
    struct buf from = buf_in(a, 16);
    buf_date_iso(&from, r->from.v);
    struct audit_change changes[] = {{"valid_from", STR_NONE, buf_str(&from)},
                                     {"small_to", STR_NONE, sum_text(a, r->small_to)},
                                     {"medium_to", STR_NONE, sum_text(a, r->medium_to)},
                                     {"source", STR_NONE, r->source}};
    return audit_write(db, a, by, "add", "project_size_rule", added.id.v, changes, sizeof changes / sizeof changes[0]);
}

/* project_inside.h — what the files of room project share. Not for other rooms. */
#ifndef SARN_ROOMS_PROJECT_PROJECT_INSIDE_H
#define SARN_ROOMS_PROJECT_PROJECT_INSIDE_H

#include "rooms/project/project.h"

/* Writes a project that is new, under a fresh tracking code: p's id, slug and version are not read. Audits, and
 * tells figures when it was put in; `on` is the day that figures are dated with. Lists are put in afterwards with
 * project_put_lists() — and then the figures are told again. */
enum err project_insert(struct db *db, struct arena *a, const struct actor *by, const struct project *p, const char *action,
                        struct date on, struct project_id *ret);
/* Changes the project's own row from `was` (as read, under lock) to `now`: version must match (ERR_CONFLICT), the
 * changed fields go into the audit trail under `action`, figures follow. Whoever moves a project along the thread
 * calls this: decision, agreement, change, closing. */
enum err project_put(struct db *db, struct arena *a, const struct actor *by, const struct project *was,
                     const struct project *now, const char *action, struct date on);
/* The row locked and read again: other writers of the same project wait. */
enum err project_lock_get(struct db *db, struct arena *a, struct project_id id, struct project *ret);
/* Puts whole lists in place of the old ones, whatever the state; tells no figures, audits each list. */
enum err project_put_lists(struct db *db, struct arena *a, const struct actor *by, const struct project_whole *was,
                           const struct project_whole *now, unsigned sections);
/* Cleaned, at most `max` letters; "" becomes none. ERR_INPUT when it is no text or too long. */
enum err project_text(struct arena *a, struct str in, size_t max, bool is_line, struct str *ret);
/* The next code 69-L5221-2-01 that nobody has in this fund. */
enum err project_code_give(struct db *db, struct arena *a, struct fund_id fund, struct str fund_code, struct fiscal_year fy,
                           struct str support_type, struct str *ret);
/* ERR_REFUSED with *why said when a project or a commitment of the fund has this code. */
enum err project_code_free(struct db *db, struct arena *a, struct fund_id fund, struct str code, struct meeting_refusal *why);
/* What the ledger refused, as a sentence that names the project. */
enum err project_refuse_ledger(struct arena *a, struct meeting_refusal *why, enum ledger_fault fault, struct str title);
/* A decided change is applied, inside the signing. */
enum err project_change_apply(struct db *db, struct arena *a, const struct actor *by, struct project_change_id id,
                              bool is_agreed, struct date on, struct meeting_refusal *why);
/* The agreement ends with the commitment it was made for; it stays to be read (project_agreements_ended). */
enum err project_agreement_undo(struct db *db, struct arena *a, const struct actor *by, struct project_id id);
struct str project_sum_words(struct arena *a, struct satang v); /* "30,000.00" */
struct opt_count project_opt(int64_t v); /* 0 is none */
const char *project_size_code(enum project_size s);
/* May an earlier decision be corrected now? Not of what was withdrawn or closed; and what is being rewritten is sent again
 * before it is approved. */
bool project_may_correct(enum project_state s, bool is_approval);
const char *project_section_code(enum project_section s); /* "head" "issues" … */
enum err project_section_of(struct str code, enum project_section *ret);

#endif

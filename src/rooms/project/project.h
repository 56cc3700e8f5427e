/* project.h — THE DOOR of room project: proposals (ข้อเสนอโครงการ กปท.7) and projects (โครงการ).
 *
 * draft → sent → (revise → sent | deferred → … | rejected | cancelled) → approved → running →
 * (suspended ↔ running | stopped) → reported → closed. Only a decision that is in force moves a proposal
 * past the committee and opens its commitment (room ledger); only an agreement or a payment makes it
 * running; room monitor makes it reported and closed. Entered later: with real dates, marked so.
 *
 * slug: the tracking code, eight letters, in every address (/funds/D0001/projects/k7m2p9xr for who works on
 * it, /projects/k7m2p9xr for everybody). Persons' names and phones are shown to the group and the fund only.
 * Every change of what feeds a figure is told as event project_moved by project_figure_tell(). */
#ifndef SARN_ROOMS_PROJECT_PROJECT_H
#define SARN_ROOMS_PROJECT_PROJECT_H

#include "app/form.h"
#include "app/who.h"
#include "db/ids.h"
#include "db/types.h"
#include "html/msg.h"
#include "rooms/ledger/ledger.h"
#include "rooms/meeting/meeting.h"

#define PROJECT_TITLE_MAX      300
#define PROJECT_WORDS_MAX      6000
#define PROJECT_ISSUES_MAX     5
#define PROJECT_PEOPLE_MAX     10
#define PROJECT_OBJECTIVES_MAX 20
#define PROJECT_TARGETS_MAX    12
#define PROJECT_ACTIVITIES_MAX 40
#define PROJECT_BUDGET_MAX     100
#define PROJECT_INSTALMENTS_MAX 6

enum project_state {
    PROJECT_DRAFT, PROJECT_SENT, PROJECT_REVISE, PROJECT_DEFERRED, PROJECT_REJECTED, PROJECT_CANCELLED,
    PROJECT_APPROVED, PROJECT_RUNNING, PROJECT_SUSPENDED, PROJECT_STOPPED, PROJECT_REPORTED, PROJECT_CLOSED,
    PROJECT_STATES
};
const char *project_state_code(enum project_state s);
enum err project_state_of(struct str code, enum project_state *ret); /* ERR_NOT_FOUND */
/* What it is called on papers: its own code, else another system's, else its tracking code. */
struct project;
struct str project_code_shown(const struct project *p);
/* Approved, running, suspended, reported: its report is still to come or to be accepted. */
bool project_is_open(enum project_state s);
/* Its report is owed: it is open, not reported, and money was paid on it. Before that nobody could begin. */
bool project_owes_report(enum project_state s, bool is_paid);
/* And its day has passed: one rule for pages, lists, work lists and figures (open_due). */
bool project_is_late(enum project_state s, bool is_paid, struct opt_date report_due, struct date today);
/* Approved or later: everybody may see its public page. */
bool project_is_public(enum project_state s);
/* A draft that was sent before: its owner took it back and is changing it. Its tracking code holds. */
bool project_is_recalled(const struct project *p);
enum project_size { PROJECT_SMALL, PROJECT_MEDIUM, PROJECT_LARGE };

struct project {
    struct project_id id;
    struct fund_id fund;
    struct str fund_code, fund_th, fund_en;
    struct area_id district, province;
    struct fiscal_year fy;
    struct str slug, code, other_code; /* codes may be none */
    struct str title;
    struct account_group_id group;     /* none: an office of the local government, a school … */
    struct str owner_name, owner_type, support_type; /* may be none while a draft */
    enum project_size size;
    enum project_state state;
    struct str planned_title;          /* the planned project that it came from; none */
    struct str situation, method, expected, place;
    struct opt_date starts_on, ends_on, report_due, approved_on, sent_on, closed_on;
    struct opt_date recalled_on; /* taken back to be mended after it was sent, the last time */
    struct project_id copy_of;   /* none */
    struct opt_satang asked, approved;
    struct ledger_commitment_id commitment; /* none */
    bool is_for_paper, is_entered_later;
    bool is_paid;    /* money was paid on it, before Sarn or by a payment that stands */
    int64_t account; /* who wrote it; 0: nobody in person */
    int64_t version;
};
struct project_issue { struct issue_id id; struct str code, name_th, name_en; };
struct project_person { struct str name, duty, phone; };
struct project_objective {
    struct str words;
    struct indicator_id indicator; /* none */
    struct str indicator_words, unit, direction; /* direction: "up" "down" */
    struct opt_count from_x100, to_x100, reached_x100, reached_numerator, reached_denominator;
    struct str reached_words;
    int64_t level; /* 0: not measured; above 4, on 3, below 2, none 1 */
};
struct project_target { struct str group, name_th, name_en; struct opt_count planned, reached; };
struct project_activity {
    struct project_activity_id id;
    struct str title, method;
    int64_t objective; /* position; 0: none */
    struct opt_date starts_on, ends_on;
};
struct project_budget {
    struct project_budget_id id;
    int64_t activity;  /* position; 0: none */
    struct str expense, expense_th, expense_en; /* its code and, as read, its names; may be none */
    struct str words;
    int64_t quantity, times;
    struct satang price, amount;
};
/* What a line comes to; `amount` is the same, as it was last stored. */
static inline struct satang project_budget_comes_to(const struct project_budget *b) { return satang_times(b->price, b->quantity * b->times); }
/* Everything of it, by one query a list. */
struct project_whole {
    struct project p;
    struct project_issue *issues;         size_t nissues;
    struct project_person *people;        size_t npeople;
    struct project_objective *objectives; size_t nobjectives;
    struct project_target *targets;       size_t ntargets; /* planned and reached, each group once */
    struct project_activity *activities;  size_t nactivities;
    struct project_budget *budget;        size_t nbudget;
    struct satang budget_sum;
};
/* ERR_NOT_FOUND. fund_code none: of any fund (public pages). */
enum err project_find(struct db *db, struct arena *a, struct str fund_code, struct str slug, struct project *ret);
enum err project_get(struct db *db, struct arena *a, struct project_id id, struct project *ret);
enum err project_read(struct db *db, struct arena *a, const struct project *p, struct project_whole *ret);
/* By any code that was ever given to it: slug, own code, another system's. */
enum err project_find_code(struct db *db, struct arena *a, struct str code, struct project **ret, size_t *ret_n);

struct project_asked { /* a page of a list; what is none or -1 is not asked */
    struct str fund_code;
    struct area_id district, province; /* nation and region: all provinces of `provinces` */
    const struct area_id *provinces; size_t nprovinces;
    struct fiscal_year fy;   /* 0: any */
    int state;               /* enum project_state, -1 */
    struct issue_id issue;
    bool is_late;            /* open, and due before `today` */
    struct date today;
    bool is_public_only;
    bool is_told;            /* neither drafts nor what was cancelled */
    struct account_id account; /* written by, or of a group of, this person */
    struct project_id after;
    int64_t most;
};
struct project_row { /* of a list: no personal data */
    struct project_id id;
    struct str slug, code, other_code, title, owner_name, fund_code, fund_th, fund_en, issue_code, issue_th, issue_en, support_type;
    struct fiscal_year fy;
    enum project_state state;
    struct opt_satang asked, approved;
    struct opt_date starts_on, ends_on, report_due;
    bool is_entered_later, is_paid, is_recalled;
};
enum err project_list(struct db *db, struct arena *a, const struct project_asked *q, struct project_row **ret, size_t *ret_n);
/* CSV of what is public of the nation's projects of a year (0: of all), the newest first; free text that may tell of a
 * person is left out. Streams: memory is one page's. */
enum err project_export_csv(struct db *db, struct arena *a, struct fiscal_year fy, struct buf *out, int64_t *ret_rows);

/* ---- writing a proposal (project_write.c) ---- */
struct project_new {
    struct str fund_code;
    struct fiscal_year fy;
    struct str title;
    struct account_group_id group;
    struct str owner_name, owner_type, support_type;
    struct satang asked_about; /* decides the size by the fund's rule */
    bool is_for_paper;
    struct str planned_title, issue_code; /* from a planned project; may be none */
    struct project_id copy_of;            /* none */
};
enum err project_add(struct db *db, struct arena *a, const struct actor *by, const struct project_new *n, struct project_id *ret);
enum err project_size_of(struct db *db, struct arena *a, struct fund_id fund, struct date on, struct satang amount,
                         enum project_size *ret);
/* A fund's limits and everybody's, the newest first. Never changed: one more counts from its own day on. */
struct project_size_rule {
    bool is_own; /* else everybody's, where a fund has none */
    struct satang small_to, medium_to;
    struct opt_date from, to;             /* to: reckoned, the day before the next one counts */
    struct str certainty, source;
    bool is_now, is_to_come, is_replaced; /* is_replaced: another one was entered for the same day */
};
enum err project_size_rules(struct db *db, struct arena *a, struct fund_id fund, struct date today, struct project_size_rule **ret, size_t *ret_n);
enum project_size project_size_by(const struct project_size_rule *r, struct satang amount);
/* Of r: small_to, medium_to, from, source. */
enum err project_size_rule_add(struct db *db, struct arena *a, const struct actor *by, struct fund_id fund, const struct project_size_rule *r);
/* Replaces whole sections (lists are replaced); version must match: ERR_CONFLICT. Only while draft or revise, or
 * for a change that was agreed (project_change.c). Sums asked from the budget lines. */
enum project_section { PROJECT_HEAD = 1, PROJECT_ISSUES = 2, PROJECT_PEOPLE = 4, PROJECT_SITUATION = 8, PROJECT_OBJECTIVES = 16,
                       PROJECT_TARGETS = 32, PROJECT_ACTIVITIES = 64, PROJECT_BUDGETS = 128, PROJECT_EXPECTED = 256 };
enum err project_save(struct db *db, struct arena *a, const struct actor *by, const struct project_whole *w, unsigned sections,
                      int64_t *ret_version);
/* What is missing before it can be sent, and what looks wrong but may be meant (is_warning: it may be sent all the
 * same); with the section to mend it in. */
/* field: the id of the field of its form. In the form's order. */
struct project_missing { enum project_section section; enum msg message; bool is_warning; const char *field; };
enum err project_check(struct arena *a, const struct project_whole *w, struct project_missing **ret, size_t *ret_n);
enum err project_send(struct db *db, struct arena *a, const struct actor *by, struct project_id id, int64_t version);
/* Until it is on a meeting's agenda, whose it is takes it back to mend it: a draft again (or what the committee sent back
 * to be mended, if it was that), with its tracking code and all that it holds. ERR_REFUSED with *ret_why said. */
enum err project_recall(struct db *db, struct arena *a, const struct actor *by, struct project_id id, int64_t version,
                        struct meeting_refusal *ret_why);
/* Would that be refused now: is why. */
enum err project_recall_check(struct db *db, struct arena *a, const struct project *p, struct meeting_refusal *ret_why);
/* Whose it is: who entered it, and the members of its group. */
enum err project_is_own(struct db *db, struct arena *a, const struct who *who, const struct project *p, bool *ret);
enum err project_cancel(struct db *db, struct arena *a, const struct actor *by, struct project_id id, int64_t version, struct str reason);
/* May this person write it: who wrote it, a member of its group, the fund's officer or secretary. */
enum err project_may_write(struct db *db, struct arena *a, const struct who *who, const struct project *p, bool *ret);
/* May they see all of it: the same, and whoever holds the fund in a role but applicant. */
enum err project_may_see(struct db *db, struct arena *a, const struct who *who, const struct project *p, bool *ret);
/* May they see who its persons are, with their telephones: whoever may write it, and the fund's own officer, secretary,
 * members and chair. Who only oversees the fund (mentor, adviser, district … nation, auditor) is told how many. */
enum err project_may_see_persons(struct db *db, struct arena *a, const struct who *who, const struct project *p, bool *ret);

struct project_note { struct project_note_id id; struct str section, words, acting, name; struct instant at; struct opt_instant answered_at; struct str answer; };
enum err project_note_add(struct db *db, struct arena *a, const struct actor *by, struct project_id id, struct str section, struct str words);
/* Once, by who writes the proposal. ERR_NOT_FOUND: no such note of the project; ERR_CONFLICT: it is answered already. */
enum err project_note_answer(struct db *db, struct arena *a, const struct actor *by, struct project_id id, struct project_note_id note, struct str words);
enum err project_notes(struct db *db, struct arena *a, struct project_id id, struct project_note **ret, size_t *ret_n);

/* ---- decisions, agreement, changes (project_decide.c, project_agree.c, project_change.c) ---- */
struct project_decision {
    struct project_decision_id id;
    struct project_id project;
    struct str kind; /* approve approve_corrected revise defer reject urgent laid_before change refuse_change */
    struct meeting_id meeting;
    struct meeting_item_id item;
    struct str meeting_words; /* "3/2570" */
    struct date decided_on;
    struct opt_satang amount;
    struct str conditions, reason;
    struct opt_date report_due;
    struct project_change_id change;
    struct project_decision_id corrects; /* none */
    struct str signed_how;               /* "login" "paper"; none: not in force yet */
    struct str signed_names;
    struct opt_date signed_on;
    bool is_in_force, is_corrected;      /* is_corrected: a later one corrects it */
    bool is_entered_later;               /* of a time before Sarn, its meeting stands in meeting_words only; no paper seen */
    struct instant recorded_at;
    int64_t account;                     /* who recorded it; 0: nobody in person */
    bool has_seen;                       /* when recording: `seen` is what was recorded for the item when the asker looked */
    struct project_decision_id seen;     /* none: nothing was */
};
/* Oldest first, all of them. */
enum err project_decisions(struct db *db, struct arena *a, struct project_id id, struct project_decision **ret, size_t *ret_n);
/* What was changed of the project since a decision was recorded (project_since.c): each field as the trail names it, with
 * the value that the committee saw, as it is stored; on: the last change of it. Names of persons are not in it. */
#define PROJECT_SINCE_MAX 16
struct project_since { struct str field, before; struct date on; };
struct project_acts { const struct audit_entry *all; size_t n; }; /* the trail, the newest first: read once for all decisions */
enum err project_acts_read(struct db *db, struct arena *a, struct project_id id, struct project_acts *ret);
/* None of a decision that was entered later: what it saw is not known. */
struct project_since *project_changed_since(struct arena *a, const struct project_acts *acts, const struct project_decision *d, size_t *ret_n);
/* ERR_REFUSED: a decision on it stands in a meeting that is not signed yet. What would make that decision impossible
 * (withdrawing, closing) waits, or the meeting could never be signed. */
enum err project_keep_undecided(struct db *db, struct arena *a, struct project_id id);
/* Records what a meeting decided on an item (or the chair alone: kind urgent, item none), and says it in the item's
 * words. In force when signed; until then it may be recorded anew, and the newest counts. Of d are read: project,
 * kind, item, decided_on (urgent), amount, conditions, reason, report_due. ERR_REFUSED with *ret_why said; the
 * transaction is still good. */
enum err project_decide(struct db *db, struct arena *a, const struct actor *by, const struct project_decision *d,
                        struct meeting_refusal *ret_why, struct project_decision_id *ret);
/* The decision that stands: in force and not corrected; of those that may be corrected (not of a change). ERR_NOT_FOUND. */
enum err project_decision_standing(struct db *db, struct arena *a, struct project_id id, struct project_decision *ret);
/* The one recorded for an item that is not signed yet. ERR_NOT_FOUND. */
enum err project_decision_of_item(struct db *db, struct arena *a, struct project_id id, struct meeting_item_id item,
                                  struct project_decision *ret);
/* Whose decision it is. ERR_NOT_FOUND. */
enum err project_decision_project(struct db *db, struct arena *a, struct project_decision_id id, struct project_id *ret);
/* What the meeting has written down for other projects, not in force yet: money that it has given away already. */
enum err project_promised(struct db *db, struct arena *a, struct meeting_id meeting, struct project_id but, struct satang *ret);
/* What waits to be put on an agenda: thing "project", "project_change", "project_decision" (urgent). */
struct project_waiting {
    const char *thing;
    int64_t thing_id;
    struct str slug, title, owner_name, kind; /* kind: the state, the change's kind, or "urgent" */
    struct str reason; /* of a change; none */
    struct opt_satang amount;
    struct opt_date since;
};
enum err project_waiting(struct db *db, struct arena *a, struct fund_id fund, struct project_waiting **ret, size_t *ret_n);
/* The slug of the project behind a code that the ledger shows. ERR_NOT_FOUND. */
enum err project_of_commitment_code(struct db *db, struct arena *a, struct fund_id fund, struct str code, struct str *ret_slug);
/* What is known before it is written: who was in the chair when it was decided, who answers for the project, and
 * the next number of the fund's own order ("12/2570") where it has one. Each may be none. signer_owner is a person's name:
 * for who may see persons. */
struct project_agreement_known { struct str signer_fund, signer_owner, number; };
enum err project_agreement_known(struct db *db, struct arena *a, const struct project *p, struct fiscal_year fy,
                                 struct project_agreement_known *ret);
struct project_agreement {
    struct project_agreement_id id;
    struct project_id project;
    struct str number, place, signer_owner, signer_fund, witness_1, witness_2;
    struct date agreed_on;
    struct project_instalment { int64_t position; struct satang amount; struct str evidence; bool is_open, is_paid; struct opt_date due_on; } *instalments;
    size_t ninstalments; /* 0: one sum */
    struct instant recorded_at;
    int64_t version;     /* 0: there is none */
    struct opt_instant ended_at; /* a correction of the decision took it away */
    int64_t ended_by;            /* account; 0: nobody in person */
};
enum err project_agreement_get(struct db *db, struct arena *a, struct project_id id, struct project_agreement *ret);
/* Those that were ended, the newest first: to be read, they count nowhere. What was paid of their parts is not said. */
enum err project_agreements_ended(struct db *db, struct arena *a, struct project_id id, struct project_agreement **ret, size_t *ret_n);
/* The signed paper of an agreement (thing project_agreement, its id), seen by a second person or not; the newest one. ERR_NOT_FOUND: none
 * was brought. An agreement counts from when it was written down; the paper shows that both sides have signed it. */
enum err project_agreement_sign(struct db *db, struct arena *a, const struct project_agreement *g, struct meeting_sign *ret);
/* The chair's urgent decision that was brought on paper and waits for another to see it. ERR_NOT_FOUND. */
enum err project_urgent_sign(struct db *db, struct arena *a, struct project_id id, struct project_decision *ret, struct meeting_sign *ret_sign);
/* Entered later by a person, and nobody else has seen its signed minutes yet: nothing is paid of it (ledger_hold).
 * _sign: what was decided, and the newest paper that was brought for it, if any. */
enum err project_waits_for_paper(struct db *db, struct arena *a, const struct project *p, bool *ret);
enum err project_later_sign(struct db *db, struct arena *a, const struct project *p, struct project_decision *ret,
                            struct meeting_sign *ret_sign, bool *ret_waits, bool *ret_has_sign);
/* A promise of the ledger that no project stands behind (money for long-term care). A person's word is held until another has
 * seen the signed paper: a meeting_sign of thing ledger_commitment. ERR_NOT_FOUND: none of this fund. */
struct project_promise {
    struct ledger_commitment_id id;
    enum ledger_book_kind book;
    struct str code, title, owner_name, approved_in;
    struct satang amount;
    struct date approved_on;
    struct str slug;             /* of the project behind it; none: there is none, and its paper is brought for itself */
    bool waits;                  /* for its paper */
    bool has_sign;
    struct meeting_sign sign;    /* the newest */
};
enum err project_promise_find(struct db *db, struct arena *a, struct fund_id fund, struct ledger_commitment_id id, struct project_promise *ret);
/* How the ledger calls it: the commitment's code. */
enum err project_ledger_code(struct db *db, struct arena *a, struct ledger_commitment_id id, struct str *ret);
/* Once: after the approval, before anything is paid of it. Instalments add up to the satang. ERR_REFUSED as above. */
enum err project_agree(struct db *db, struct arena *a, const struct actor *by, const struct project_agreement *g,
                       struct meeting_refusal *ret_why);
/* Evidence of this kind was accepted: opens the next instalment that waits for it (room monitor calls). */
enum err project_evidence(struct db *db, struct arena *a, const struct actor *by, struct project_id id, const char *evidence, bool *ret_opened);

/* ---- changes (project_change.c) ---- */
enum project_change_kind { PROJECT_EXTEND, PROJECT_AMEND, PROJECT_MOVE_MONEY, PROJECT_RESPONSIBLE, PROJECT_SUSPEND,
                           PROJECT_RESUME, PROJECT_STOP, PROJECT_CLAW_BACK, PROJECT_CHANGE_KINDS };
const char *project_change_code(enum project_change_kind k); /* "extend" */
/* May it be asked for now, in this state? is_office: the fund's officer; an applicant asks for less. */
bool project_change_may(enum project_change_kind k, enum project_state s, bool is_office);
struct project_change_field { struct str name, before, after; }; /* "ends_on" "title" "line_3" "person_2" …; none: none */
struct project_change {
    struct project_change_id id;
    struct project_id project;
    enum project_change_kind kind;
    struct str reason, state; /* asked agreed refused withdrawn */
    struct opt_satang amount;
    struct opt_date due_on;
    struct project_change_field *fields;
    size_t nfields;
    int64_t account;
    struct instant at;
    int64_t version;
};
/* The newest first. */
enum err project_changes(struct db *db, struct arena *a, struct project_id id, struct project_change **ret, size_t *ret_n);
enum msg project_state_msg(enum project_state s); /* the state in words */
struct str project_change_kind_word(enum lang lang, struct str kind);                   /* "extend" … */
struct str project_change_label(struct arena *a, enum lang lang, struct str name);      /* of a field */
struct str project_change_value(struct arena *a, enum lang lang, struct str name, struct str v);
/* Its kind, and each field from what to what; persons are not named. w: names lines of the budget; may be NULL. */
struct str project_change_line(struct arena *a, enum lang lang, const struct project_change *c, const struct project_whole *w);
/* The same in Thai, as agenda and minutes say it, behind who asks for it. */
enum err project_change_words(struct db *db, struct arena *a, struct project_change_id id, struct str *ret);
/* What an agenda and the minutes say of a thing that waits (struct project_waiting): who asks, and for what. In Thai. */
enum err project_item_about(struct db *db, struct arena *a, struct str thing, int64_t thing_id, struct str *ret);
enum err project_change_find(struct db *db, struct arena *a, struct project_change_id id, struct project_change *ret);
struct project_change_new {
    struct project_id project;
    enum project_change_kind kind;
    struct str reason;
    struct opt_date ends_on, report_due;               /* extend: report_due may be none */
    struct str title, place, method, expected;         /* amend: as they shall be; none: as they are */
    const struct satang *lines; size_t nlines;         /* move_money: the new amount of each budget line, in order */
    int64_t person; struct project_person who;         /* responsible: position 1…, one behind the last adds */
    struct opt_satang amount; struct opt_date due_on;  /* claw_back */
};
enum err project_change_ask(struct db *db, struct arena *a, const struct actor *by, const struct project_change_new *n,
                            struct meeting_refusal *ret_why, struct project_change_id *ret);
/* ERR_REFUSED: not asked any more, or on the agenda. ERR_CONFLICT: another version. */
enum err project_change_withdraw(struct db *db, struct arena *a, const struct actor *by, struct project_change_id id, int64_t version);
/* What was decided to be given back and has not come back yet; ret_on: the first day due. */
enum err project_due_back(struct db *db, struct arena *a, const struct project *p, struct satang *ret, struct opt_date *ret_on);

/* ---- entered later (project_later.c): approved, running and finished projects from before Sarn ---- */
struct project_later {
    struct str fund_code;
    enum project_state state; /* approved running suspended stopped reported closed */
    struct str code;          /* as it is called, in any format; none: Sarn gives one */
    struct str title, owner_name, owner_type, support_type, place;
    struct issue_id issues[PROJECT_ISSUES_MAX];
    size_t nissues;
    struct date approved_on;
    struct str meeting_words;
    struct satang amount, paid;
    struct opt_date starts_on, ends_on, report_due, closed_on;
    struct str agreement_no;
    struct opt_date agreement_on;
};
/* What looks wrong in real data and is kept all the same: approval after the start, a code of another type … */
enum { PROJECT_WARNINGS_MAX = 6 };
size_t project_later_warnings(const struct project_later *l, enum msg ret[PROJECT_WARNINGS_MAX]);
/* Commitment with what was paid, agreement, project, its decision "entered later"; held until its paper is seen. ERR_REFUSED: one code on two
 * projects, and what the ledger refuses. */
enum err project_enter_later(struct db *db, struct arena *a, const struct actor *by, const struct project_later *l,
                             struct meeting_refusal *ret_why, struct project_id *ret);

/* ---- results (room monitor writes through these) ---- */
enum err project_reached_set(struct db *db, struct arena *a, const struct actor *by, struct project_id id,
                             const struct project_target *groups, size_t n);
enum err project_results_set(struct db *db, struct arena *a, const struct actor *by, struct project_id id,
                             const struct project_objective *objectives, size_t n);
/* running → reported (final report accepted), reported or stopped → closed, reported → running (taken back). */
enum err project_move(struct db *db, struct arena *a, const struct actor *by, struct project_id id, enum project_state to, struct date on);
/* Money of a project by the ledger. */
struct project_money {
    struct satang approved, paid, refunded, left; /* left: may still be paid */
    bool is_released, is_held, needs_agreement, lacks_agreement; /* lacks: needs one and has none */
    struct opt_date last_paid_on, last_refunded_on, agreed_on;
};
enum err project_money(struct db *db, struct arena *a, const struct project *p, struct project_money *ret);
/* Is there something that may be paid now: all of what is left, or an instalment whose evidence is there? Not while it is
 * held (suspended, or its signed minutes are waited for). One rule for the project's page and for lists of many. */
struct project_payable {
    enum project_state state;
    struct satang left;
    bool is_held, lacks_agreement;
    bool has_parts, has_open_part; /* of the agreement; open: its evidence is there and it is not paid */
    bool is_paid;                  /* something of it was: of one sum that was reported, the rest goes back to the fund */
};
bool project_is_payable(const struct project_payable *p);
bool project_may_be_paid(const struct project *p, const struct project_money *m, const struct project_agreement *g);

/* ---- figures: event project_moved ---- */
struct project_group_count { struct str group; int64_t people; };
struct project_figure { /* what of a project feeds figures, at one moment */
    struct fiscal_year fy;
    struct area_id district, province;
    enum project_state state;
    struct str issues[PROJECT_ISSUES_MAX]; /* codes; the first carries people and money */
    size_t nissues;
    struct str support_type; /* may be none */
    struct opt_date open_due; /* its report is due then; none: it owes none, or no day is known */
    struct project_group_count groups[PROJECT_TARGETS_MAX];
    size_t ngroups;
};
struct project_moved {
    struct fund_id fund;
    struct project_id project;
    struct date on_date;
    struct instant recorded_at;
    const struct project_figure *was, *is; /* was NULL: it is new */
};
enum err project_figure_read(struct db *db, struct arena *a, struct project_id id, struct project_figure *ret);
/* Reads again and tells what has changed since `was` (NULL: new). Call it last in the writing transaction. */
enum err project_figure_tell(struct db *db, struct arena *a, struct project_id id, struct date on, const struct project_figure *was);
/* Every project of a fund as it stands, for verification. */
enum err project_figures_scan(struct db *db, struct arena *a, struct fund_id fund, enum err (*each)(void *ctx, const struct project_moved *m), void *ctx);

/* ---- free text before it is public: form_public() at the doors, open_text() where it is shown ---- */
/* The title that everybody reads: "โครงการ (ชื่อไม่แสดง)" where it holds such a number. */
struct str project_title_public(struct rq *rq, struct str title);

/* ---- for everybody ---- */
/* A field of the project's audit trail, for the page of all that happened to it (audit_word_fn). */
struct audit_read_field;
struct audit_change_view;
void project_trail_word(struct rq *rq, const struct audit_read_field *f, struct audit_change_view *ret);
/* By its tracking code; a draft is not there yet (ERR_NOT_FOUND). */
enum err project_public_find(struct rq *rq, struct str slug, struct project *ret);
/* What was typed into a search, as far as it is spelt like a code of a slip or a paper: with blanks, hyphens, capitals.
 * ERR_NOT_FOUND also for what everybody may not follow yet. */
enum err project_track_words(struct rq *rq, struct str words, struct project *ret);
/* Writes the project's part of its public page — where it is, what it is for, what the money did, people reached,
 * results; no personal data, texts with somebody's number left out — into the page that is open. Room monitor adds
 * reports and photos behind it. Without crumbs; with the h1. */
enum err project_public_write(struct rq *rq, const struct project *p, struct buf *out);

enum err project_load_reference(struct db *db, struct arena *a);
/* Projects of every state with every kind of trouble, in the demo's funds. After meeting_demo, plan_demo. */
enum err project_demo(struct db *db, struct arena *a, uint64_t seed, struct date today);

#endif

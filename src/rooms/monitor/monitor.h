/* monitor.h — THE DOOR of room monitor: what was done (การติดตาม): reports of activities with photos, from a
 * phone; their acceptance, which opens the next instalment; the final report with what was reached; closing,
 * with what is left returned to the fund; the same reports for a programme; mentors' visits.
 *
 * draft → sent → accepted | returned (with a reason) → sent. Who accepts never had a hand in it. People reached of a
 * project: its final report's, before that its largest single activity's (accepted ones). A programme's report is
 * its owner's own word: sent is enough, nobody accepts it. */
#ifndef SARN_ROOMS_MONITOR_MONITOR_H
#define SARN_ROOMS_MONITOR_MONITOR_H

#include "app/who.h"
#include "db/ids.h"
#include "db/types.h"
#include "rooms/project/project.h"

#define MONITOR_WORDS_MAX   12000
#define MONITOR_LINE_MAX    300
#define MONITOR_PHOTOS_MAX  10
#define MONITOR_MONEY_MAX   60
#define MONITOR_REPORTS_MAX 100
#define MONITOR_THING       "monitor_report" /* of file_use; kind "photo" */

enum monitor_state { MONITOR_DRAFT, MONITOR_SENT, MONITOR_RETURNED, MONITOR_ACCEPTED };
const char *monitor_state_code(enum monitor_state s);

struct monitor_photo {
    int64_t file_use;
    int64_t position; /* 1…10 in its report */
    int64_t file;     /* file_object.id */
    struct str caption, taken_at; /* taken_at: "2026-11-21 09:30" as the phone wrote it; may be none */
    struct opt_count lat_x1e6, lon_x1e6;
    bool is_public;
};
struct monitor_money { struct project_budget_id line; struct str words; struct satang amount; };
struct monitor_result { /* of a final report: what was reached of the objective at this position */
    int64_t position;
    struct opt_count reached_x100, numerator, denominator;
    struct str words;
    int64_t level; /* 0: not measured */
};
struct monitor_report {
    struct monitor_report_id id;
    struct project_id project;             /* none: of a programme */
    struct monitor_programme_id programme; /* none */
    bool is_final;
    int64_t occasion;
    struct opt_date on, ends_on;
    struct str title, reporter_name, reporter_area, planned, done, output, outcome, conclusion, problems, suggestions;
    struct project_activity_id activity; /* none */
    int64_t level;                       /* 0: not said */
    struct opt_satang spent;
    enum monitor_state state;
    struct str returned_reason;
    int64_t account; /* who wrote or sent it last */
    struct opt_date sent_on;
    int64_t accepted_by;
    struct opt_date accepted_on;
    bool is_entered_later;
    int64_t version;
    struct project_group_count *people; size_t npeople;
    struct monitor_money *money;        size_t nmoney;
    struct monitor_photo *photos;       size_t nphotos;
    struct monitor_result *results;     size_t nresults;
};
/* Of a project, by occasion; whole. ERR_NOT_FOUND. */
enum err monitor_find(struct db *db, struct arena *a, struct project_id project, int64_t occasion, struct monitor_report *ret);
enum err monitor_find_programme(struct db *db, struct arena *a, struct monitor_programme_id programme, int64_t occasion,
                                struct monitor_report *ret);
enum err monitor_get(struct db *db, struct arena *a, struct monitor_report_id id, struct monitor_report *ret);
/* Oldest first, without lists; most MONITOR_REPORTS_MAX. */
enum err monitor_list(struct db *db, struct arena *a, struct project_id project, struct monitor_report **ret, size_t *ret_n);
enum err monitor_list_programme(struct db *db, struct arena *a, struct monitor_programme_id programme,
                                struct monitor_report **ret, size_t *ret_n);
/* id none: a new draft, with the next occasion. ERR_CONFLICT: another version. ERR_REFUSED: sent or accepted already;
 * the project takes no reports; a second final report. Photos are left alone: monitor_photo_…(). With money by line,
 * spent is their sum. */
enum err monitor_save(struct db *db, struct arena *a, const struct actor *by, const struct monitor_report *r, struct monitor_report_id *ret);
/* What is missing before it can be sent. */
struct monitor_missing { const char *field; enum msg message; };
#define MONITOR_MISSING_MAX 6
size_t monitor_check(const struct monitor_report *r, struct date today, struct monitor_missing ret[MONITOR_MISSING_MAX]);
/* ERR_INPUT: something is missing (monitor_check). */
enum err monitor_send(struct db *db, struct arena *a, const struct actor *by, struct monitor_report_id id, int64_t version);
/* Did this account begin, change (words or photos) or send the report? */
enum err monitor_is_hand(struct db *db, struct arena *a, struct monitor_report_id id, int64_t account, bool *ret);
/* ERR_REFUSED: monitor_is_hand(). ERR_CONFLICT: it is not waiting, or another version. An accepted report counts people and
 * opens the instalment that waits for it; an accepted final report writes results and moves the project to reported.
 * Results are of the day the final report ends (ends_on, else on), not of the day it is accepted. */
enum err monitor_accept(struct db *db, struct arena *a, const struct actor *by, struct monitor_report_id id, int64_t version);
enum err monitor_return(struct db *db, struct arena *a, const struct actor *by, struct monitor_report_id id, int64_t version, struct str reason);

/* Photos of a draft or a returned report. The same photo again is the one that is there. ERR_LIMIT: there are ten.
 * ERR_REFUSED: the report is sent. */
enum err monitor_photo_add(struct db *db, struct arena *a, const struct actor *by, struct monitor_report_id id,
                           const struct monitor_photo *p, struct str name, int64_t *ret_position);
enum err monitor_photo_change(struct db *db, struct arena *a, const struct actor *by, struct monitor_report_id id,
                              int64_t position, struct str caption, bool is_public);
enum err monitor_photo_remove(struct db *db, struct arena *a, const struct actor *by, struct monitor_report_id id,
                              int64_t position);

/* Above target 4, on it 3, below 2, nothing gained 1; 0: no target or no figure. direction "up" or "down". */
int64_t monitor_level(struct str direction, struct opt_count from_x100, struct opt_count to_x100, struct opt_count reached_x100);

/* Money of a project by its reports: the accepted final report's lines, before that those of all accepted activities. */
struct monitor_spent {
    struct opt_satang sum; /* none: no accepted report says */
    struct monitor_money *lines; size_t nlines;
};
enum err monitor_spent(struct db *db, struct arena *a, struct project_id id, struct monitor_spent *ret);

struct monitor_closing {
    struct satang paid, spent, returned;
    struct date on;
    int64_t unreported; /* activities that no accepted report tells of, when it was closed before its last day */
    int64_t account;
};
/* The titles of what a closing on that day would leave unreported: none from the project's last day on, or when it was
 * stopped. */
enum err monitor_unreported(struct db *db, struct arena *a, const struct project *p, struct date on, struct str **ret, size_t *ret_n);
enum err monitor_closing_get(struct db *db, struct arena *a, struct project_id id, struct monitor_closing *ret);
/* paid = spent + returned. ERR_REFUSED with *ret_why: "state" (no accepted final report), "money" (the rest is not back),
 * "due" (money that was decided to come back is not back), "waits" (a report waits), "date", "unreported" (and it is not said to be meant), or a ledger_fault_code(). Releases what is left of the commitment. */
enum err monitor_close(struct db *db, struct arena *a, const struct actor *by, struct project_id id, struct date on, bool is_meant,
                       const char **ret_why);

/* ---- programmes (ชุดโครงการ) ---- */
struct monitor_programme {
    struct monitor_programme_id id;
    struct str code, title, owner_name, funders, goal; /* funders, goal may be none */
    struct area_id area;                               /* none: the nation */
    struct str area_code, area_th, area_en;
    struct opt_date starts_on, ends_on;
    int64_t account;
    int64_t version;
};
enum err monitor_programme_find(struct db *db, struct arena *a, struct str code, struct monitor_programme *ret);
/* By code, behind `after` (none: from the start). */
enum err monitor_programme_list(struct db *db, struct arena *a, struct str after, int64_t most, struct monitor_programme **ret,
                                size_t *ret_n);
/* id none: a new one. ERR_CONFLICT: the code is taken, or another version. */
enum err monitor_programme_save(struct db *db, struct arena *a, const struct actor *by, const struct monitor_programme *p,
                                struct monitor_programme_id *ret);

enum err monitor_demo(struct db *db, struct arena *a, uint64_t seed, struct date today);

#endif

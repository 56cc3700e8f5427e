/* monitor.h — THE DOOR of room monitor: what was done (การติดตาม): reports of activities with photos, from a
 * phone; their acceptance, which opens the next instalment; the final report with what was reached; closing,
 * with what is left returned to the fund; the same reports for a programme; mentors' visits.
 *
 * draft → sent → accepted | returned (with a reason) → sent. Who accepts is never who wrote. People reached of a
 * project: its final report's, before that its largest single activity's (accepted ones). */
#ifndef SARN_ROOMS_MONITOR_MONITOR_H
#define SARN_ROOMS_MONITOR_MONITOR_H

#include "app/who.h"
#include "db/ids.h"
#include "db/types.h"
#include "rooms/project/project.h"

#define MONITOR_WORDS_MAX  12000
#define MONITOR_PHOTOS_MAX 10
#define MONITOR_MONEY_MAX  60

enum monitor_state { MONITOR_DRAFT, MONITOR_SENT, MONITOR_RETURNED, MONITOR_ACCEPTED };

struct monitor_photo { int64_t file_use; struct str caption, taken_at; struct opt_count lat_x1e6, lon_x1e6; bool is_public; };
struct monitor_money { struct project_budget_id line; struct str words; struct satang amount; };
struct monitor_report {
    struct monitor_report_id id;
    struct project_id project;             /* none: of a programme */
    struct monitor_programme_id programme; /* none */
    bool is_final;
    int64_t occasion;
    struct opt_date on, ends_on;
    struct str title, reporter_name, reporter_area, planned, done, output, outcome, conclusion, problems;
    struct project_activity_id activity; /* none */
    int64_t level;                       /* 0: not said */
    struct opt_satang spent;
    enum monitor_state state;
    struct str returned_reason;
    int64_t account;
    bool is_entered_later;
    int64_t version;
    struct project_group_count *people; size_t npeople;
    struct monitor_money *money;        size_t nmoney;
    struct monitor_photo *photos;       size_t nphotos;
};
/* Of a project, by occasion; whole. ERR_NOT_FOUND. */
enum err monitor_find(struct db *db, struct arena *a, struct project_id project, int64_t occasion, struct monitor_report *ret);
/* Oldest first, without lists; most 100. */
enum err monitor_list(struct db *db, struct arena *a, struct project_id project, struct monitor_report **ret, size_t *ret_n);
/* id none: a new draft, with the next occasion. ERR_CONFLICT: another version. ERR_REFUSED: accepted already. */
enum err monitor_save(struct db *db, struct arena *a, const struct actor *by, const struct monitor_report *r, struct monitor_report_id *ret);
enum err monitor_send(struct db *db, struct arena *a, const struct actor *by, struct monitor_report_id id, int64_t version);
/* ERR_FORBIDDEN: who wrote it. An accepted report counts people and opens the instalment that waits for it; an
 * accepted final report writes results and moves the project to reported. */
enum err monitor_accept(struct db *db, struct arena *a, const struct actor *by, struct monitor_report_id id, int64_t version);
enum err monitor_return(struct db *db, struct arena *a, const struct actor *by, struct monitor_report_id id, int64_t version, struct str reason);
/* paid = spent + returned. ERR_REFUSED with *ret_why a message name: report not accepted, money not back. Releases
 * what is left of the commitment. */
enum err monitor_close(struct db *db, struct arena *a, const struct actor *by, struct project_id id, struct date on, const char **ret_why);

enum err monitor_demo(struct db *db, struct arena *a, uint64_t seed, struct date today);

#endif

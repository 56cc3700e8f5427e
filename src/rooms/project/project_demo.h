/* project_demo.h — what the files of the demo share. */
#ifndef SARN_ROOMS_PROJECT_PROJECT_DEMO_H
#define SARN_ROOMS_PROJECT_PROJECT_DEMO_H

#include "base/rand.h"
#include "rooms/project/project_inside.h"

#define DEMO_WORDS   "demo_words.tsv"
#define DEMO_STORIES 19

struct demo_story { /* a row of demo_issues.tsv: what a project of the issue says */
    struct str issue, indicator, situation, objective, indicator_words, unit, direction, group, expected, activity_1, activity_2;
    int64_t from_x100, to_x100;
    struct issue_id issue_id;
    struct indicator_id indicator_id;
};
struct demo_tale {
    struct db *db;
    struct arena *arena;
    struct rand rand;
    struct date today;
    struct str code;
    struct actor officer, secretary, applicant, mentor, chair;
    const struct demo_story *stories;
    size_t nstories;
    struct meeting first, second, next;
};
struct str demo_said(struct demo_tale *t, const char *key);
const struct demo_story *demo_story_of(const struct demo_tale *t, struct str issue);
/* Everything that a project of this issue and sum says, put into `w` (p is read already). Days from `from`. */
void demo_fill(struct demo_tale *t, struct project_whole *w, const struct demo_story *s, struct satang sum, struct date from);
/* Sets the clock `days` from the demo's day (negative: before it). */
struct date demo_day(const struct demo_tale *t, int days);

/* This year's thread of D0001. */
enum err demo_thread(struct demo_tale *t);

#endif

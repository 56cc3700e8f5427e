/* papers.h — what the papers (PDF) of every room have in common: words, sums, dates, the footer with its QR,
 * and the answer. What a paper looks like is paper/paper.h; what stands on it is its room's.
 *
 * HOW TO print in a room (a GET route of lane SLOW): read what the page shows by the page's own functions →
 * papers_about() → paper_begin() … → papers_answer(). A builder that takes what it prints as a struct can be
 * tried with made-up data (tests/rooms/paper_samples.c). */
#ifndef SARN_APP_PAPERS_H
#define SARN_APP_PAPERS_H

#include "app/app.h"
#include "paper/paper.h"

/* In the language of the request, all in its arena. */
struct str papers_word(struct rq *rq, enum msg key);
#define PAPERS_SAY(rq, key, ...) MSG_FORMAT((rq)->arena, (rq)->page.lang, key, __VA_ARGS__)
struct str papers_money(struct rq *rq, struct satang v);      /* 1,234.50 */
struct str papers_baht(struct rq *rq, struct satang v);       /* 1,234.50 บาท */
struct str papers_baht_words(struct rq *rq, struct satang v); /* (หนึ่งพัน…) */
struct str papers_date(struct rq *rq, struct date d);         /* 22 พฤศจิกายน 2569 */
struct str papers_int(struct rq *rq, int64_t v);              /* no thousands mark: years, numbers */
struct str papers_fund(struct rq *rq, struct str name);       /* กองทุนหลักประกันสุขภาพ … */
struct str papers_join(struct rq *rq, struct str a, struct str between, struct str b); /* either may be empty */
struct str papers_x100(struct rq *rq, int64_t x100); /* 7972 → 79.72, 800 → 8 */
struct str papers_days(struct rq *rq, struct opt_date from, struct opt_date to); /* "" when neither is known */
/* Of an indicator: with its unit; "–" when it is not known. */
struct str papers_measure(struct rq *rq, struct str unit, struct opt_count x100);

/* `number`: which paper of its kind (a code), at the end of the footer. `page`: shows the same on a screen;
 * the QR leads there when the request says which host. Invented data are marked across every page. */
struct paper_about papers_about(struct rq *rq, struct str title, struct str author, struct str number, struct href page,
                                bool is_demo);
/* A field that is not there is left out. */
void papers_field(struct paper *p, struct str label, struct str value);
/* A section with its text; "not stated" on one line when there is none. */
void papers_section(struct rq *rq, struct paper *p, enum msg head, struct str text);
bool papers_none(struct rq *rq, struct paper *p, enum msg head, bool is_empty); /* the line was put */
/* A row of a table from cells, copied. */
#define PAPERS_ROW(rq, p, kind, ...)                                                                                   \
    papers_row((rq), (p), (kind), (const struct str[]){__VA_ARGS__},                                                   \
               sizeof((const struct str[]){__VA_ARGS__}) / sizeof(struct str))
void papers_row(struct rq *rq, struct paper *p, enum paper_row_kind kind, const struct str *cells, size_t ncells);
/* Columns and signatures, copied into the arena: the layer borrows them. */
void papers_table(struct rq *rq, struct paper *p, const struct paper_col *cols, size_t ncols);
void papers_signs(struct rq *rq, struct paper *p, const struct paper_sign *signs, size_t nsigns);

/* Makes it the answer, as "sarn-NAME.pdf" when it is kept. */
enum err papers_answer(struct rq *rq, struct paper *p, struct str name);

#endif

/* views.h — what the pages of proposals and projects show: finished text and addresses. */
#ifndef SARN_ROOMS_PROJECT_VIEWS_H
#define SARN_ROOMS_PROJECT_VIEWS_H

#include "app/views.h"

struct project_head { /* the top of every page of a project */
    const struct crumb *crumbs;
    size_t ncrumbs;
    struct str fund, fund_code;
    struct href fund_href;
    bool is_demo;
};
/* draft sent revise …, with the word for it. */
struct project_state_view {
    struct str code, word;
};

/* ---- forms: one question a page, all of them by the same template ---- */
enum project_item_kind { PROJECT_ITEM_LINE, PROJECT_ITEM_TEXT, PROJECT_ITEM_CHOICE, PROJECT_ITEM_RADIO, PROJECT_ITEM_DATE,
                         PROJECT_ITEM_COUNT, /* of people: a short field beside its name */
                         PROJECT_ITEM_NOTE };
struct project_item {
    enum project_item_kind kind;
    struct field f;
    struct date_field d;
    struct str label, hint, input; /* input: text money digits tel */
    const struct choice *choices;
    size_t nchoices;
    int64_t rows;
};
struct project_fields { /* a row of a list, or all of a page that has none */
    struct str legend;  /* "กิจกรรมที่ 2"; empty: no frame */
    struct str note;    /* what it comes to: "40 × 35.00 × 3 = 4,200.00 บาท" */
    struct project_item *items;
    size_t nitems;
    struct str id; /* where a fault of the whole group leads; none */
};
struct project_keep {
    struct str name, value;
};
struct project_bar { /* one a step: is it behind us */
    bool is_now, is_done;
};
struct project_form_view {
    struct project_head head;
    struct form_errors errors;
    struct form_marks marks;
    struct href action, back, stop;
    struct str title, lead, project;
    struct str done;                      /* what was just kept */
    bool is_conflict;
    struct str theirs;                    /* what somebody else saved first, as text */
    int64_t step, nsteps;                 /* 0: no steps */
    const struct project_bar *bars;
    const struct project_keep *keeps;
    size_t nkeeps;
    struct project_fields *groups;
    size_t ngroups;
    struct str sum;                       /* of budget lines; empty: none */
    bool may_more, is_new, is_paper;
    const struct project_note_view *notes; /* of this page's parts */
    size_t nnotes;
    const struct page_link *suggestions;  /* planned projects, earlier ones: begin from them */
    size_t nsuggestions;
    struct str suggestions_title;
};
struct project_note_view {
    struct str code, section, words, who, at, answer, answered; /* code: of the section; answered: the day, "" while open */
    bool is_answered, may_answer;
    struct href action;
    struct form_marks marks;
};
struct project_part_view { /* a section as it stands: review page and work page */
    struct str title, text; /* text: several lines; empty: nothing yet */
    struct html lines;      /* the text, its telephone numbers and codes in one piece */
    struct href change;     /* none: may not be changed */
    bool may_change;
    const struct project_note_view *notes; /* what was said of this part */
    size_t nnotes;
};
struct project_lack_view {
    struct str message;
    struct href href;
};
struct project_review_view {
    struct project_head head;
    struct form_errors errors;
    struct form_marks marks, marks_cancel;
    struct str title, words, size_word, size_note;
    struct opt_satang asked;
    const struct project_part_view *parts;
    size_t nparts;
    const struct project_lack_view *lacks, *warnings;
    size_t nlacks, nwarnings;
    struct href send, back, stop, sizes;
    struct str version, done;
    bool may_send, is_conflict, is_again;
    int64_t nsteps;
    const struct project_bar *bars;
};

/* ---- one project ---- */
struct project_event { /* of its time line */
    struct str title, text, when;
    struct page_link links[2]; /* what lies behind it, for who may open that */
    size_t nlinks;
    bool is_waiting; /* written down, not in force yet */
};
struct project_money_view {
    struct opt_satang asked, approved, paid, refunded, left;
};
struct project_page_view {
    struct href ledger; /* its promise in the book */
    bool has_ledger;
    struct project_head head;
    struct str done, title, code, other_code, slug, owner, support, issue, period, place;
    struct project_state_view state;
    bool is_paper, is_later, may_write, may_note, is_late;
    struct opt_date report_due;
    struct str next_title, next_text;
    const struct page_link *next; /* the first is the button */
    size_t nnext;
    struct project_money_view money;
    const struct project_event *events;
    size_t nevents;
    const struct project_part_view *parts;
    size_t nparts;
    const struct project_note_view *notes;
    size_t nnotes;
    struct form_marks marks, marks_cancel;
    struct href note_action, cancel_action;
    struct field note_words, note_section;
    const struct choice *sections;
    size_t nsections;
    struct form_errors errors;
    bool may_cancel, may_recall;
    struct str recall_not;        /* why it cannot be taken back; empty */
    struct href recall_action;
    struct form_marks marks_recall;
    bool is_copy, may_see_copied; /* copied: the project that it was copied from */
    struct page_link copied;
    struct str version;
    const struct page_link *papers;
    size_t npapers;
    struct href trail; /* all that happened to it */
};
struct project_slip_view {
    struct project_head head;
    struct str title, owner, slug, address, sent, asked, state, phone;
    struct html qr;
    struct href back;
    bool is_sent; /* it lies with the fund */
};

/* ---- lists ---- */
struct project_row_view {
    struct href href;
    struct str title, code, owner, issue, fund;
    struct project_state_view state;
    struct opt_satang money;
    bool is_late, is_later;
    struct str due;
};
struct project_list_view {
    struct project_head head;
    struct str issue, issue_name; /* the one that is asked for; "": all */
    struct str title, lead, done;
    bool is_work;              /* the fund's own list; else the public one */
    bool has_filter;
    struct href action, add, agenda, later, sizes;
    bool may_add, has_agenda;
    const struct choice *years, *states;
    size_t nyears, nstates;
    const struct project_row_view *rows;
    size_t nrows;
    struct pager pager;
};

/* ---- for everybody ---- */
struct project_result_view {
    struct str words, indicator, text;
};
struct project_count_view {
    struct str name;
    struct opt_count planned, reached;
};
struct project_public_view {
    struct href inside; /* its page in the fund */
    bool is_inside;     /* for who may open that */
    struct str title, code, owner, fund, issue, period, place, situation, method, expected;
    struct href fund_href;
    const struct crumb *crumbs;
    size_t ncrumbs;
    struct project_state_view state;
    struct str where; /* where it is, in words */
    bool is_public;   /* approved or later; else only where it is */
    bool is_withheld; /* a text was left out: it may hold somebody's number */
    struct project_money_view money;
    const struct project_count_view *groups;
    size_t ngroups;
    const struct project_result_view *results;
    size_t nresults;
    const struct project_event *events;
    size_t nevents;
};
struct project_track_view {
    struct form_errors errors;
    struct field code;
    bool is_asked, is_found;
};

#endif

/* views.h — what the templates of the house may see: layout, error pages and shared parts.
 *
 * A view is finished data: every text is in the reader's language, every address is built, nothing
 * is computed in a template. Texts that are the same on every page come from messages.tsv. */
#ifndef SARN_APP_VIEWS_H
#define SARN_APP_VIEWS_H

#include "html/msg.h"

/* ---- shared parts (parts.html) ---- */

struct page_link {
    struct str label;
    struct href href;
};
/* The way from the front page to here; "หน้าแรก" is put before it by the part itself. */
struct crumb {
    struct str label;
    struct href href; /* not looked at in the last one: that is this page */
};
/* One <option>. */
struct choice {
    struct str value, label;
    bool is_selected;
};
/* A column head that sorts. */
struct sort_link {
    struct href href; /* where a click leads: this order, or turned round when it is this already */
    int dir;          /* 0 not sorted by this, 1 ascending, -1 descending */
};
/* "1–25 จาก 77" and the ways on; all links keep the other parameters. */
struct pager {
    int64_t from, to;       /* rows shown; from 0: none, and nothing is printed */
    struct opt_count total; /* unknown with a cursor */
    bool has_first, has_prev, has_next;
    struct href first, prev, next;
};
/* What is to be said of a match; the same five as fund_match_state, in the same order. */
enum match_shown { MATCH_UNKNOWN, MATCH_ENOUGH, MATCH_OVER, MATCH_SHORT, MATCH_SHORT_BASE_GREW };
/* A sum for a card: "3,951.7" + ล้านบาท (buf_satang_short), the full figure beside it. */
struct money_short {
    struct str figure; /* not looked at when full is unknown */
    bool is_million;
    struct opt_satang full;
};

/* ---- forms (form.html); filled by app/form.h ---- */

/* What the sentence says of the question itself: FAULT_SAID names it, the others stand beside their field and are named
 * in the summary by form_name.c. */
enum fault_kind { FAULT_SAID, FAULT_PLAIN, FAULT_MISSING, FAULT_UNCHOSEN };
struct fault_row {
    const char *field;  /* its name and id */
    struct str message; /* what is wrong and what to do */
    enum fault_kind kind;
};
struct form_errors {
    const struct fault_row *rows;
    size_t n; /* 0: nothing is printed */
};
struct field { /* one input, with what was typed */
    struct str name, value;
    struct str fault; /* none: it is good */
};
struct date_field {
    struct str name; /* inputs name_d, name_m, name_y */
    struct str day, month, year; /* as typed; year in พ.ศ. */
    struct str echo; /* "วันอาทิตย์ที่ 22 พฤศจิกายน 2569" when it is a date; else none */
    struct str fault;
};
struct file_field { /* one file to choose, or one that was sent before and is kept for a day */
    struct field f;
    struct str accept;    /* what the chooser offers */
    struct str kept;      /* none: nothing was sent yet; else who may use it, signed */
    struct str kept_name; /* as its sender called it */
};
struct form_marks {
    struct str csrf, key;
};

/* ---- who is here (layout.html) ---- */

struct grant_choice {
    int64_t id;
    struct str label; /* "เจ้าหน้าที่กองทุน · อบต.บางม่วง" */
    bool is_acting;
};
struct who_view {
    bool is_in;
    struct str mark;         /* of the account, says nothing of it: whose drafts in this phone may be seen and sent */
    struct str name, acting; /* acting: the grant in words; none: no grant */
    const struct grant_choice *grants; /* for the switch; shown when more than one */
    size_t ngrants;
    struct href work;   /* the person's own first page */
    struct href log_in; /* for a visitor: /login?next=… */
    struct form_marks marks; /* of the log-out and switch forms */
};

/* ---- layout.html: layout_open … the page's own body … layout_close ---- */

/* The rooms of the fund that the page belongs to (app/fund_menu.h). */
struct fund_menu_row {
    struct href href;
    struct str label, icon;
    bool is_now;
};
struct fund_menu {
    struct str code;
    const struct fund_menu_row *rows;
    size_t n;     /* 0: no fund's page */
    bool is_here; /* the page is that fund's */
};
enum menu { MENU_NONE, MENU_HOME, MENU_WORK, MENU_FIND, MENU_TRACK, MENU_FUNDS, MENU_ISSUES, MENU_RULES, MENU_HELP, MENU_ME };
struct layout_view {
    struct str title;      /* of the page, without the product's name */
    enum menu menu;        /* where we are */
    bool is_demo;          /* the bar that says so */
    bool may_index;        /* false: robots noindex (errors, search results) */
    struct href language;  /* /language/en?back=… — to the other language */
    struct str find_words; /* what stands in the search box; none: empty */
    struct href css, icon; /* app.css, favicon.svg as hashed assets */
    struct str script;     /* app.js in /assets/: its hashed name */
    struct href font_thai, font_latin, font_thai_bold, font_latin_bold; /* sarabun-….woff2 */
    struct str version;
    struct who_view who;
    struct fund_menu fund;
    bool has_how;         /* the handbook tells how this page is used */
    struct href how;      /* the topic */
    struct str how_title; /* what it is called */
};

/* ---- kept.html ---- */

struct kept_field {
    struct str name, value;
    bool is_inner; /* the form's own, typed by nobody: sent on, not shown */
    bool has_label, is_chosen; /* kept_words.c found its words; what was chosen from a list is shown as it was called there */
    struct str label, chosen;
    int64_t row;               /* of several rows of the same questions; 0: there is one */
};
struct kept_file {
    struct str label;
};
struct kept_other_view { /* the form of another than who is logged in */
    struct form_marks marks;
    struct str name; /* of who is in */
    bool is_kept;    /* for its owner; false: nothing was typed */
};
struct kept_view {
    bool has_form; /* false: nothing is kept for this person in this browser */
    struct instant recorded_at;
    const struct kept_field *fields;
    size_t nfields;
    const struct kept_file *files;   /* what files were asked for: to be chosen again */
    size_t nfiles;
    struct href action;              /* where it was going */
    struct form_marks marks, drop;   /* of the two forms */
};

/* ---- audit.html ---- */

struct audit_change_view {
    struct str what, from, to; /* from, to none: unknown */
    bool is_gone;              /* it was a person's own, who is erased */
};
struct audit_act_view {
    struct instant at;
    struct str who, acting, action; /* acting none: the system, or nobody is told */
    struct str about;               /* which of several things; none */
    struct href href;               /* there */
    bool has_href;
    const struct audit_change_view *changes;
    size_t nchanges;
};
struct audit_trail { /* the newest first */
    const struct audit_act_view *acts;
    size_t n;
};

/* ---- error.html ---- */

struct error_view {
    int status;        /* 400 401 403 404 405 409 422 429 500 503; others read as 500 */
    struct str field;  /* 400: the parameter, as it stands in the address; none: not one of them */
    struct str value;  /* 400: what was given, shortened to a line; none: nothing */
    struct str reason; /* 400: what is wrong and what would be right, one sentence; none: general */
    struct href again; /* 503, 500: this page; 400: the page without the bad parameter */
    bool has_again;
};
/* The whole page when there is no request to speak of (a refused head, a full queue): no assets,
 * both languages. */
struct plain_error_view {
    int status;
    struct str title_th, title_en, text_th, text_en;
};

#endif

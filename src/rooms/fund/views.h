/* views.h — what the templates of room fund may see. */
#ifndef SARN_ROOMS_FUND_VIEWS_H
#define SARN_ROOMS_FUND_VIEWS_H

#include "app/views.h"

/* ---- /funds and /find ---- */
struct fund_row {
    struct str code, name;
    struct href href;
    struct str kind;        /* "เทศบาลตำบล"; none: unknown */
    struct page_link place; /* its district */
    bool is_demo;
    struct opt_count population; /* the local government's figure, of the year */
    struct opt_satang nhso, entered;
    enum match_shown state;
};
struct fund_list_view {
    const struct crumb *crumbs;
    size_t ncrumbs;
    struct str place; /* "ประเทศไทย", "จังหวัดสงขลา": of the area filter */
    struct fiscal_year fy;
    const struct choice *years;
    size_t nyears;
    const struct choice *regions, *provinces; /* two groups of one select; value = area code */
    size_t nregions, nprovinces;
    bool has_here; /* filtered by a district or tambon: an own, selected choice */
    struct choice here;
    const struct fund_row *rows;
    size_t nrows;
    struct pager pager;
};
struct found_area {
    struct str name; /* "ตำบลเทพา" */
    struct href href;
    struct str within; /* "อำเภอเทพา จังหวัดสงขลา" */
};
struct fund_find_view {
    struct str words; /* as typed; empty: only the box is shown */
    bool has_asked;
    const struct found_area *areas; /* at most ten */
    size_t nareas;
    bool has_more_areas; /* there were more: type more letters */
    const struct fund_row *rows;
    size_t nrows;
    struct fiscal_year fy; /* of the figures in the rows */
    struct pager pager;
};

/* ---- /funds/{code} ---- */
struct fund_tambon_link {
    struct str name;
    struct href href;
    struct str certainty; /* S D U: D when inferred from the name */
};
struct fund_year_row { /* a fiscal year, the newest first */
    struct fiscal_year fy;
    struct href href;
    bool is_recorded;
    struct opt_count population_local, population_nhso;
    struct opt_satang nhso, computed, entered;
    struct opt_bp percent; /* the least share asked for */
    enum match_shown state;
};
struct fund_view {
    bool may_see_money; /* then: its books */
    bool may_propose;   /* nobody is in, who may be asked to log in; or who writes proposals here */
    struct href money, propose, phone_edit;
    bool may_edit;    /* its telephone */
    struct str phone; /* "": not known */
    const struct crumb *crumbs;
    size_t ncrumbs;
    struct str code, name;
    struct str kind; /* none: unknown */
    bool is_demo;
    struct str certainty, source; /* of the fund itself; none: not printed */
    struct page_link region, province, district;
    const struct fund_tambon_link *tambons;
    size_t ntambons;
    int64_t nvillages; /* > 0: it shares a tambon, split by village */
    const struct str *other_names;
    size_t nother_names;
    struct fiscal_year this_fy;
    struct href this_year; /* its page, recorded or not */
    /* The cards: this year when it is recorded, else the latest recorded one. */
    bool has_shown;
    struct fund_year_row shown;
    const struct fund_year_row *years; /* recorded ones */
    size_t nyears;
};

/* ---- /funds/{fund}/phone ---- */
struct fund_phone_view {
    struct page_link fund;
    const struct crumb *crumbs;
    size_t ncrumbs;
    struct form_errors errors;
    struct form_marks marks;
    struct href action;
    struct field phone;
};

/* ---- /funds/{code}/years/{fy} ---- */
enum percent_from { PERCENT_UNKNOWN, PERCENT_RECORDED, PERCENT_SCHEME };
struct fund_change { /* the newest first */
    struct instant at;
    struct str what;     /* "ประชากรตามทะเบียน" */
    struct str from, to; /* as shown, with unit; none: it was, or is now, unknown */
    struct str source;   /* who or which file */
};
struct fund_year_view {
    const struct crumb *crumbs;
    size_t ncrumbs;
    struct page_link fund; /* back to it */
    struct str code;
    struct fiscal_year fy;
    bool is_demo;
    bool is_recorded; /* false: an empty state, and what the rules alone say */
    bool has_prev, has_next;
    struct fiscal_year prev_fy, next_fy;
    struct href prev, next;

    /* 1 heads */
    struct opt_count population_local, population_nhso;
    struct opt_date population_local_on, population_nhso_on;
    /* 2 what was to be expected */
    struct opt_satang rate; /* a head; unknown: no rate of the year is known */
    struct str rate_certainty, rate_source;
    struct opt_satang by_heads; /* rate × registered heads */
    /* 3 what NHSO gave */
    struct opt_satang nhso;
    struct opt_satang nhso_less, nhso_more; /* against by_heads: has one of them, or none */
    /* 4 the least share */
    struct opt_bp percent;
    enum percent_from percent_from;
    struct str scheme; /* its name; none: no scheme of the year is known */
    struct str scheme_certainty;
    /* 5 the match */
    struct opt_satang computed;       /* percent × NHSO's amount */
    struct opt_satang least_by_heads; /* percent × by_heads */
    struct opt_satang entered;
    struct opt_bp share_by_heads, share_by_money;
    struct opt_satang short_by_heads, short_by_money; /* has: short by so much */
    enum match_shown state;
    /* 6 reported, never posted */
    struct opt_satang received_nhso, received_local;
    struct opt_count projects;

    struct str certainty, source, note; /* of the record; none: not printed */
    struct instant recorded_at;
    const struct fund_change *changes;
    size_t nchanges;
    bool may_see_trail; /* then `trail` stands instead of `changes` */
    struct audit_trail trail;
    bool may_edit;
    struct href edit;
};

/* ---- /funds/{fund}/years/{fy}/edit ---- */
struct fund_clash { /* a field that both changed */
    struct str what, theirs, mine; /* none: unknown */
};
struct fund_edit_view {
    const struct crumb *crumbs;
    size_t ncrumbs;
    struct page_link fund;
    struct fiscal_year fy;
    struct form_errors errors;
    struct form_marks marks;
    struct str version; /* of what this form is built on */
    struct href action, back;
    bool is_clash; /* somebody saved in between */
    struct str clash_who;
    struct instant clash_at;
    const struct fund_clash *clashes;
    size_t nclashes;
    struct field population_local, population_nhso, nhso_amount, own_income, match_percent, match_entered, source;
    struct date_field population_local_on, population_nhso_on;
};

/* ---- /rules ---- */
struct rate_row {
    struct fiscal_year from;
    struct opt_fiscal_year to; /* none: still in force */
    struct opt_satang per_head;
    struct str certainty, source, note;
};
struct scheme_row {
    struct str who; /* "อบต. ขนาดกลาง", "รายได้เกิน 20,000,000.00 บาท", "ทุกแห่ง" */
    struct bp percent;
};
struct scheme_card {
    struct str name;
    struct opt_fiscal_year from, to;
    struct str certainty, source, note;
    const struct scheme_row *rows;
    size_t nrows;
};
struct fund_rules_view {
    const struct crumb *crumbs;
    size_t ncrumbs;
    const struct rate_row *rates;
    size_t nrates;
    const struct scheme_card *schemes;
    size_t nschemes;
};

#endif

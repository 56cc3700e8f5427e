/* views.h — what the templates of room account may see. */
#ifndef SARN_ROOMS_ACCOUNT_VIEWS_H
#define SARN_ROOMS_ACCOUNT_VIEWS_H

#include "app/views.h"

/* ---- /login, /login/code ---- */
struct login_view {
    struct form_errors errors;
    struct form_marks marks;
    struct field login, password, code;
    struct str next;  /* where to go afterwards; empty: one's own first page */
    bool is_to_propose; /* they came to propose a project */
    struct href join;   /* to register, at the fund that they came from */
    struct str wait;  /* "รออีก 8 วินาที"; none: no need to */
    bool is_demo;     /* says the demo's logins */
    struct str demo_password;
};

/* ---- /register, /invite/{secret}, /reset, /confirm ---- */
struct register_view {
    struct form_errors errors;
    struct form_marks marks;
    struct href action;   /* where the form goes */
    struct str place;     /* the fund's name, or the place of the invitation */
    struct str fund;      /* its code; empty: to be chosen */
    struct str next;      /* where to go afterwards; empty: one's own account */
    struct field find;    /* words to find the fund by */
    const struct choice *funds;
    size_t nfunds;
    bool has_asked;
    struct field name, contact, password, group;
    struct field owner; /* what kind of group */
    const struct choice *owners;
    size_t nowners;
    /* of an invitation */
    struct str role, note, until;
    bool is_in;          /* somebody is logged in: they take it as who they are */
    struct str who;
    struct href log_in;
    /* of a code */
    struct field login, code;
    bool is_done;
};

/* ---- /me ---- */
struct me_session {
    int64_t id;
    struct str device, remote;
    struct instant created_at, seen_at;
    bool is_this;
};
struct me_group {
    struct str name, fund;
    struct href href;
    bool is_asked, is_waiting, is_contact; /* waiting: entered from paper, not confirmed yet */
};
struct me_view {
    struct form_errors errors;
    struct form_marks marks;
    struct str name, login, phone, email;
    const struct grant_choice *grants;
    size_t ngrants;
    const struct me_group *groups;
    size_t ngroups;
    const struct me_session *sessions;
    size_t nsessions;
    bool has_totp, is_by_token;
    struct field old_password, password, code, off_password;
    struct str totp_secret; /* of the page that switches it on */
    struct html qr;
    struct str said; /* "เปลี่ยนรหัสผ่านแล้ว"; none: nothing */
};

/* ---- /funds/{fund}/people, /areas/{area}/people, /admin/people ---- */
struct people_row {
    struct str name, role, place, from, to, login;
    int64_t grant, account;
    bool is_over, may_end, may_reset;
};
struct people_invite {
    int64_t id;
    struct str role, note, by, until;
};
struct people_group {
    int64_t id;
    struct str name, place, by;
    struct href href;
    bool is_for_paper, is_confirmed, is_by_scan;
};
struct people_asking {
    struct str group; /* its number */
    int64_t account;
    struct str name, person;
};
struct people_view {
    const struct crumb *crumbs;
    size_t ncrumbs;
    struct str place;
    struct href invite, withdraw, end, reset, join, code, act_for; /* where the forms go */
    bool is_fund;
    struct form_errors errors;
    struct form_marks marks;
    const struct people_row *rows;
    size_t nrows;
    struct pager pager;
    const struct people_invite *invites;
    size_t ninvites;
    bool may_invite, may_act_for;
    struct field role, note, find;
    const struct choice *roles;
    size_t nroles;
    const struct people_group *groups;
    size_t ngroups;
    const struct people_asking *asking;
    size_t nasking;
    struct str said;
};
struct act_for_view {
    struct form_errors errors;
    struct form_marks marks;
    struct str place;
    struct href action, back;
    struct field group, where, name, phone, owner;
    const struct choice *owners;
    size_t nowners;
};
/* ---- /funds/{fund}/people/groups/{id} ---- */
struct group_file {
    struct str name;
    struct href href;
    struct instant at;
};
struct group_view {
    const struct crumb *crumbs;
    size_t ncrumbs;
    struct form_errors errors;
    struct form_marks marks;
    struct str said; /* none: nothing was done just before */
    struct str name, kind, place, entered_by, entered_on;
    bool is_for_paper, is_confirmed, is_by_scan;
    struct str confirmed_by, confirmed_on;
    struct str scan_names, scan_on; /* as they stand on the newest scan */
    const struct group_file *files;
    size_t nfiles;
    struct href scan, seen; /* where the forms go */
    struct str newest;      /* which scan the button speaks of; empty: none waits */
    bool may_bring, may_see, is_own; /* own: this person entered it, somebody else must look */
    struct field names;
    struct date_field signed_on;
    struct file_field file;
};
/* What is shown once: a link with its QR, or a code. */
struct once_view {
    struct str title, text; /* what it is and what to do with it */
    struct str secret;      /* the whole address, or the digits in groups */
    struct str person, until;
    struct html qr;
    bool has_qr;
    struct href back;
    /* of a code for a new password: the person has a second step, which a lost telephone takes along */
    struct form_marks marks;
    struct href act;
    int64_t account;
    bool has_totp;
    struct str said;
};

#endif

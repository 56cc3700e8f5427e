/* scan_pages.c — /funds/{fund}/people/groups/{id}: a group that was entered from paper, its signed scan,
 * and the second pair of eyes that confirms by it.
 *
 * Whoever entered the group cannot be the one who says that the paper agrees. Who brought the scan may be:
 * a small fund has two people, and one of them entered it. */
#include "app/file.h"
#include "base/clock.h"
#include "rooms/account/people_pages.h"
#include "rooms/account_sql.h"
#include "rooms/group.html.h"

#define THING       "account_group"
#define SCAN_KINDS  (FILE_PDF | FILE_IMAGE)

struct scan { /* one request for one group */
    struct form form;
    struct people_place place;
    struct account_group_read_row group;
    struct str names;
    struct opt_date on;
    struct upload file;
    struct file_field field;
};

struct href people_group_href(struct rq *rq, const struct people_place *p, struct account_group_id id, const char *below)
{
    return href_of_path(rq->arena, str_printf(rq->arena, "%.*s/groups/%lld%s", STR_FMT(p->here.path), (long long)id.v, below));
}

/* The group of the address, when it is one of this fund. */
static enum err group_of(struct rq *rq, struct scan *s)
{
    struct account_group_id id = {0};
    TRY(people_place_of(rq, &s->place));
    if (str_to_int(rq->args[1], &id.v) != ERR_OK) return ERR_NOT_FOUND;
    TRY(account_group_read(rq->db, rq->arena, id, &s->group));
    return s->group.fund_id.v == s->place.fund.v ? ERR_OK : ERR_NOT_FOUND;
}

static bool is_waiting(const struct scan *s)
{
    return s->group.is_for_paper && !s->group.confirmed_at.has;
}

/* ---- the page ---- */

static enum err fill_files(struct rq *rq, const struct scan *s, struct group_view *v)
{
    struct file_info *rows = NULL;
    size_t n = 0;
    TRY(file_list(rq->db, rq->arena, STR(THING), s->group.id.v, &rows, &n));
    struct group_file *out = ARENA_ARRAY(rq->arena, struct group_file, n);
    for (size_t i = 0; i < n; i++) {
        const char *below = str_z(rq->arena, str_printf(rq->arena, "/files/%lld", (long long)rows[i].use.v));
        out[i] = (struct group_file){rows[i].name, people_group_href(rq, &s->place, s->group.id, below), rows[i].recorded_at};
    }
    v->files = out;
    v->nfiles = n;
    return ERR_OK;
}

static void fill_facts(struct rq *rq, const struct scan *s, struct group_view *v)
{
    const struct account_group_read_row *g = &s->group;
    v->name = g->name;
    v->kind = lang_name(rq->page.lang, g->name_th, g->name_en);
    v->place = g->place;
    v->entered_by = g->entered_name;
    v->entered_on = html_arg_date(&rq->page, instant_date(g->recorded_at));
    v->is_for_paper = g->is_for_paper;
    v->is_confirmed = g->confirmed_at.has;
    v->is_by_scan = str_eq(g->confirmed_how, STR("scan"));
    v->confirmed_by = g->confirmed_name;
    if (g->confirmed_at.has) v->confirmed_on = html_arg_date(&rq->page, instant_date(g->confirmed_at.v));
    v->scan_names = g->scan_names;
    if (g->scan_on.has) v->scan_on = html_arg_date(&rq->page, g->scan_on.v);
}

static enum err show_group(struct rq *rq, void *ctx)
{
    struct scan *s = ctx;
    enum role role = rq->who.acting.role;
    bool may_act = role == ROLE_officer || role == ROLE_secretary, is_own = s->group.entered_by.v == rq->who.account;
    struct crumb crumbs[3] = {{s->place.name, HREF(rq->arena, "/funds/{}", s->place.code)},
                              {msg_text(MSG_people_list, rq->page.lang), s->place.here},
                              {.label = s->group.name}};
    struct group_view v = {.crumbs = crumbs,
                           .ncrumbs = 3,
                           .errors = form_errors(&s->form),
                           .marks = form_marks(rq),
                           .scan = people_group_href(rq, &s->place, s->group.id, "/scan"),
                           .seen = people_group_href(rq, &s->place, s->group.id, "/seen"),
                           .newest = is_waiting(s) && !str_is_none(s->group.scan_file) ? s->group.scan_file : STR(""),
                           .may_bring = may_act && is_waiting(s),
                           .may_see = may_act && !is_own,
                           .is_own = may_act && is_own,
                           .names = form_field(&s->form, "names"),
                           .signed_on = form_date_field(&s->form, "signed_on"),
                           .file = s->field};
    struct str done = rq_param(rq, "done");
    if (str_eq(done, STR("scan"))) v.said = msg_text(MSG_scan_said, rq->page.lang);
    if (str_eq(done, STR("seen"))) v.said = msg_text(MSG_scan_said_seen, rq->page.lang);
    fill_facts(rq, s, &v);
    TRY(fill_files(rq, s, &v));
    group_html(rq_html_begin(rq, s->group.name, MENU_NONE), &rq->page, &v);
    return rq_html_end(rq);
}

enum err account_group_page(struct rq *rq)
{
    struct scan s = {.form = {.rq = rq}};
    TRY(group_of(rq, &s));
    TRY(form_file_field(&s.form, "scan", SCAN_KINDS, NULL, &s.field));
    return show_group(rq, &s);
}

/* ---- bringing a scan ---- */

static enum err act_look(struct rq *rq, void *ctx)
{
    struct scan *s = ctx;
    TRY(group_of(rq, s));
    return is_waiting(s) ? ERR_OK : ERR_CONFLICT;
}

static enum err act_scan(struct rq *rq, void *ctx)
{
    struct scan *s = ctx;
    struct file_object_id file;
    struct file_use_id use;
    struct account_group_contact_row contact = {0};
    struct actor by = rq_actor(rq);
    int64_t changed = 0;
    TRY(file_put(rq_files(rq), rq->db, rq->arena, &s->file, &file));
    struct file_use_new n = {.file = file, .thing = STR(THING), .thing_id = s->group.id.v, .kind = STR("scan"),
                             .name = s->file.name, .account = by.account, .is_private = true};
    TRY(file_attach(rq->db, rq->arena, &n, &use));
    struct str text = str_printf(rq->arena, "%lld", (long long)use.v);
    TRY(account_group_set_scan(rq->db, s->group.id, text, s->names, s->on.v, &changed));
    if (changed == 0) return ERR_CONFLICT; /* confirmed since we looked */
    TRY(account_group_contact(rq->db, rq->arena, s->group.id, &contact));
    struct audit_change file_change = {"scan_file", s->group.scan_file, text};
    struct audit_change names = {"scan_names", s->group.scan_names, s->names};
    TRY(account_audit(rq->db, rq->arena, &by, "scan", THING, s->group.id.v, (struct account_id){0}, &file_change, 1));
    /* Names on paper are somebody's: sealed under the key of the contact. */
    return account_audit(rq->db, rq->arena, &by, "scan", THING, s->group.id.v, contact.account_id, &names, 1);
}

enum err account_group_scan_post(struct rq *rq)
{
    struct scan s = {0};
    TRY(pages_txn(rq, DB_TXN_READ, act_look, &s));
    TRY(form_begin(rq, &s.form));
    bool has = form_file(&s.form, "scan", FORM_MUST, SCAN_KINDS, &s.file);
    s.names = form_line(&s.form, "names", FORM_MUST, ACCOUNT_NAME_MAX);
    s.on = form_date(&s.form, "signed_on", FORM_MUST);
    if (s.on.has && date_cmp(s.on.v, rq->today) > 0) form_fault_msg(&s.form, "signed_on", MSG_scan_on_future);
    if (!form_is_good(&s.form)) {
        TRY(form_file_field(&s.form, "scan", SCAN_KINDS, has ? &s.file : NULL, &s.field));
        form_page_status(&s.form, 400);
        return pages_txn(rq, DB_TXN_READ, show_group, &s);
    }
    TRY(file_save(rq_files(rq), &s.file));
    TRY(pages_txn(rq, DB_TXN_WRITE, act_scan, &s));
    return rq_redirect(rq, people_group_href(rq, &s.place, s.group.id, "?done=scan"));
}

/* ---- somebody else looks at it ---- */

static enum err refuse_seen(struct rq *rq, struct scan *s, int status, enum msg why)
{
    form_fault_msg(&s->form, "scan", why);
    TRY(form_file_field(&s->form, "scan", SCAN_KINDS, NULL, &s->field));
    form_page_status(&s->form, status);
    return show_group(rq, s);
}

enum err account_group_seen_post(struct rq *rq)
{
    struct scan s = {0};
    struct file_info file;
    struct actor by = rq_actor(rq);
    TRY(act_look(rq, &s));
    TRY(form_begin(rq, &s.form));
    struct str use = form_raw(&s.form, "use");
    TRY(file_find(rq->db, rq->arena, use, STR(THING), s.group.id.v, &file));
    /* The names and the date are those of the newest one: another came while this was looked at. */
    if (!str_eq(use, s.group.scan_file)) return refuse_seen(rq, &s, 409, MSG_scan_newer);
    enum err e = account_group_confirm(rq->db, rq->arena, &by, s.group.id, "scan", use, (struct account_id){by.account});
    if (e == ERR_REFUSED) return refuse_seen(rq, &s, 400, MSG_scan_needs_other);
    TRY(e);
    return rq_redirect(rq, people_group_href(rq, &s.place, s.group.id, "?done=seen"));
}

/* ---- the paper itself ---- */

enum err account_group_file(struct rq *rq)
{
    struct scan s = {0};
    struct file_info file;
    TRY(group_of(rq, &s));
    TRY(file_find(rq->db, rq->arena, rq->args[2], STR(THING), s.group.id.v, &file));
    return rq_answer_file(rq, &file, false);
}

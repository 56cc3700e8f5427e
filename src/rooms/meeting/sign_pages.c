/* sign_pages.c — looking over every decision before it is in force, and the two ways of signing: the chair's
 * log-in, or the signed paper that one person brings and another sees. */
#include "app/file.h"
#include "rooms/meeting.html.h"
#include "rooms/meeting/meeting_ask.h"
#include "rooms/meeting_sign.html.h"

#define SCAN_KINDS (FILE_PDF | FILE_IMAGE)
#define SIGN_THING "meeting_sign"

struct review {
    struct rq *rq;
    struct form form;
    struct meeting_here here;
    struct meeting_person *people;
    struct meeting_item *items;
    struct meeting_sign *signs; /* the newest first */
    size_t npeople, nitems, nsigns;
    struct upload scan;
    struct file_field field;
    struct str names;
    struct opt_date on;
    bool is_changed;
};

static enum err review_read(struct review *r)
{
    struct rq *rq = r->rq;
    TRY(meeting_here_read(rq, &r->here));
    TRY(meeting_people(rq->db, rq->arena, r->here.m.id, &r->people, &r->npeople));
    TRY(meeting_items(rq->db, rq->arena, r->here.m.id, &r->items, &r->nitems));
    return meeting_sign_list(rq->db, rq->arena, "meeting", r->here.m.id.v, &r->signs, &r->nsigns);
}

static struct str mark_of(struct review *r)
{
    return meeting_mark(r->rq->arena, &r->here.m, r->items, r->nitems, r->people, r->npeople);
}

/* ---- what is looked over ---- */

static void fill_room(struct review *r, struct meeting_sign_view *v)
{
    v->room = meeting_room_of(r->people, r->npeople);
    v->has_people = v->room.present > 0;
    v->items = meeting_item_rows(r->rq, &r->here, r->items, r->nitems);
    v->nitems = r->nitems;
    for (size_t i = 0; i < r->nitems; i++) v->undecided += !v->items[i].is_decided;
    v->is_too_early = date_cmp(r->here.m.held_on, r->rq->today) > 0;
}

static struct href file_href(struct review *r, int64_t use)
{
    return meeting_href(r->rq, &r->here, str_z(r->rq->arena, str_printf(r->rq->arena, "/files/%lld", (long long)use)));
}

static void fill_waiting(struct review *r, struct meeting_sign_view *v)
{
    if (!meeting_is_open(&r->here.m) || r->nsigns == 0) return;
    const struct meeting_sign *s = &r->signs[0];
    v->has_waiting = true;
    v->waiting = (struct meeting_paper_view){.id = meeting_int_text(r->rq->arena, s->id.v),
                                             .names = s->names,
                                             .on = s->signed_on,
                                             .has_file = s->file_use != 0,
                                             .is_own = s->entered_by == r->rq->who.account};
    if (v->waiting.has_file) v->waiting.file = file_href(r, s->file_use);
}

static void line(struct meeting_sign_view *v, struct meeting_line *lines, struct str label, struct str value)
{
    if (!str_is_none(value) && value.n > 0) lines[v->nsigned++] = (struct meeting_line){label, value};
}

/* How a signed one was signed: who pressed, or who signed the paper, who entered and who saw it. */
static enum err fill_signed(struct review *r, struct meeting_sign_view *v)
{
    struct rq *rq = r->rq;
    enum lang lang = rq->page.lang;
    struct meeting_line *lines = ARENA_ARRAY(rq->arena, struct meeting_line, 6);
    struct str names[2] = {STR_NONE, STR_NONE};
    if (r->here.m.state != MEETING_SIGNED) return ERR_OK;
    for (size_t i = 0; i < r->nsigns; i++) {
        const struct meeting_sign *s = &r->signs[i];
        if (s->id.v != r->here.m.sign.v) continue;
        bool is_paper = str_eq(s->how, STR("paper"));
        int64_t ids[2] = {s->entered_by, s->seen_by};
        TRY(guard_names(rq->db, rq->arena, ids, 2, names));
        line(v, lines, msg_text(MSG_meeting_signed, lang),
             MSG_FORMAT(rq->arena, lang, is_paper ? MSG_meeting_signed_paper : MSG_meeting_signed_login,
                        meeting_date_text(rq, s->signed_on)));
        line(v, lines, msg_text(MSG_meeting_signed_names, lang), s->names);
        line(v, lines, msg_text(is_paper ? MSG_meeting_entered_by : MSG_meeting_signed_by, lang), names[0]);
        line(v, lines, msg_text(MSG_meeting_seen_by, lang), names[1]);
        v->has_signed_file = s->file_use != 0;
        if (v->has_signed_file) v->signed_file = file_href(r, s->file_use);
    }
    v->signed_facts = lines;
    return ERR_OK;
}

static enum err review_show(struct review *r)
{
    struct rq *rq = r->rq;
    bool is_open = meeting_is_open(&r->here.m);
    struct str title = msg_text(is_open ? MSG_meeting_review_title : MSG_meeting_signed_title, rq->page.lang);
    struct meeting_sign_view v = {.head = meeting_head_of(rq, &r->here, title),
                                  .title = title,
                                  .errors = form_errors(&r->form),
                                  .action = meeting_href(rq, &r->here, "/sign"),
                                  .seen = meeting_href(rq, &r->here, "/seen"),
                                  .paper = meeting_href(rq, &r->here, "/paper"),
                                  .minutes = meeting_href(rq, &r->here, "/minutes.pdf"),
                                  .back = meeting_href(rq, &r->here, ""),
                                  .mark = mark_of(r),
                                  .is_changed = r->is_changed,
                                  .state = meeting_state_of(&r->here.m),
                                  .hours = meeting_hours(rq, &r->here.m),
                                  .has_ended = !str_is_empty(r->here.m.ended),
                                  .may_write = r->here.may_write && is_open,
                                  .ended = meeting_href(rq, &r->here, "/edit#ended"),
                                  .may_sign = r->here.may_sign && is_open,
                                  .may_paper = r->here.may_paper && is_open};
    if (v.may_sign) v.marks = form_marks(rq);
    if (v.may_paper) v.marks_seen = form_marks(rq);
    fill_room(r, &v);
    fill_waiting(r, &v);
    TRY(meeting_former_rows(rq, &r->here, &v.former, &v.nformer));
    TRY(fill_signed(r, &v));
    meeting_review_html(rq_html_begin(rq, title, MENU_FUNDS), &rq->page, &v);
    return rq_html_end(rq);
}

enum err meeting_sign_page(struct rq *rq)
{
    struct review r = {.rq = rq, .form = {.rq = rq}};
    TRY(review_read(&r));
    return review_show(&r);
}

/* ---- in force ---- */

/* Refused: the reason on the page that was looked over, with what stands there now. */
static enum err refused(struct review *r, enum err e, const struct meeting_refusal *why)
{
    struct rq *rq = r->rq;
    if (e == ERR_REFUSED && why->is_said) form_fault(&r->form, "sign", meeting_refusal_text(rq->arena, rq->page.lang, why));
    else if (e != ERR_CONFLICT) return e;
    r->is_changed = e == ERR_CONFLICT;
    if (rq_is_api(rq)) return e == ERR_CONFLICT ? form_conflict_api(rq) : form_refuse_api(&r->form);
    form_page_status(&r->form, e == ERR_CONFLICT ? 409 : 400);
    return review_show(r);
}

/* The one who signs has looked at what is signed; the review page carries the mark of it. */
static bool is_as_seen(struct review *r)
{
    return str_eq(form_raw(&r->form, "mark"), mark_of(r));
}

/* A program has read the meeting before, and says which it read. */
static void need_mark(struct review *r)
{
    if (rq_is_api(r->rq) && form_raw(&r->form, "mark").n == 0) form_fault_msg(&r->form, "mark", MSG_meeting_mark_needed);
}

enum err meeting_sign_post(struct rq *rq)
{
    struct review r = {.rq = rq};
    struct meeting_refusal why = {0};
    struct meeting_sign_id id;
    struct actor by = rq_actor(rq);
    TRY(form_begin(rq, &r.form));
    TRY(review_read(&r));
    need_mark(&r);
    if (!form_is_good(&r.form)) return form_refuse_api(&r.form);
    if (meeting_is_open(&r.here.m) && !is_as_seen(&r)) return refused(&r, ERR_CONFLICT, &why);
    enum err e = meeting_sign_login(rq->db, rq->arena, &by, "meeting", r.here.m.id.v, r.here.fund, rq->today, &id, &why);
    if (e != ERR_OK) return refused(&r, e, &why);
    return meeting_done(rq, &r.here, "signed");
}

/* {sign}: the paper that was looked at. */
enum err meeting_seen_post(struct rq *rq)
{
    struct review r = {.rq = rq};
    struct meeting_refusal why = {0};
    struct actor by = rq_actor(rq);
    TRY(form_begin(rq, &r.form));
    TRY(review_read(&r));
    int64_t id = form_count(&r.form, "sign", FORM_MUST, 1, INT64_MAX).v;
    bool is_ours = false;
    need_mark(&r);
    for (size_t i = 0; i < r.nsigns; i++) is_ours = is_ours || r.signs[i].id.v == id;
    if (form_is_good(&r.form) && !is_ours) return ERR_NOT_FOUND;
    if (!form_is_good(&r.form)) {
        if (rq_is_api(rq)) return form_refuse_api(&r.form);
        form_page_status(&r.form, 400);
        return review_show(&r);
    }
    if (meeting_is_open(&r.here.m) && !is_as_seen(&r)) return refused(&r, ERR_CONFLICT, &why);
    enum err e = meeting_sign_see(rq->db, rq->arena, &by, (struct meeting_sign_id){id}, &why);
    if (e != ERR_OK) return refused(&r, e, &why);
    return meeting_done(rq, &r.here, "signed");
}

/* ---- bringing the paper ---- */

static enum err bring_show(struct rq *rq, void *ctx)
{
    struct review *r = ctx;
    struct str title = msg_text(MSG_meeting_paper_title, rq->page.lang);
    struct meeting_bring_view v = {.head = meeting_head_of(rq, &r->here, title),
                                   .errors = form_errors(&r->form),
                                   .marks = form_marks(rq),
                                   .action = meeting_href(rq, &r->here, "/paper"),
                                   .back = meeting_href(rq, &r->here, "/sign"),
                                   .minutes = meeting_href(rq, &r->here, "/minutes.pdf"),
                                   .file = r->field,
                                   .names = form_field(&r->form, "names"),
                                   .signed_on = form_date_field(&r->form, "signed_on")};
    meeting_bring_html(rq_html_begin(rq, title, MENU_FUNDS), &rq->page, &v);
    return rq_html_end(rq);
}

enum err meeting_paper_page(struct rq *rq)
{
    struct review r = {.rq = rq, .form = {.rq = rq}};
    TRY(review_read(&r));
    if (!meeting_is_open(&r.here.m)) return rq_redirect(rq, meeting_href(rq, &r.here, "/sign"));
    TRY(form_file_field(&r.form, "scan", SCAN_KINDS, NULL, &r.field));
    return bring_show(rq, &r);
}

static enum err act_look(struct rq *rq, void *ctx)
{
    (void)rq;
    return review_read(ctx);
}

static enum err act_bring(struct rq *rq, void *ctx)
{
    struct review *r = ctx;
    struct meeting_refusal why = {0};
    struct meeting_sign_id id;
    struct file_object_id file;
    struct file_use_id use;
    struct actor by = rq_actor(rq);
    TRY(meeting_here_read(rq, &r->here));
    enum err e = meeting_sign_paper(rq->db, rq->arena, &by, "meeting", r->here.m.id.v, r->here.fund, r->on.v, r->names, &id, &why);
    if (e == ERR_REFUSED && why.is_said) {
        form_fault(&r->form, "scan", meeting_refusal_text(rq->arena, rq->page.lang, &why));
        return ERR_OK;
    }
    TRY(e);
    TRY(file_put(rq_files(rq), rq->db, rq->arena, &r->scan, &file));
    struct file_use_new n = {.file = file, .thing = STR(SIGN_THING), .thing_id = id.v, .kind = STR("scan"),
                             .name = r->scan.name, .account = by.account, .is_private = true};
    TRY(file_attach(rq->db, rq->arena, &n, &use));
    TRY(meeting_sign_scan(rq->db, id, use));
    /* In the same transaction, so that who sends it again gets this answer. */
    return rq_is_api(rq) ? meeting_answer_api(rq, &r->here, 201) : rq_redirect(rq, meeting_href(rq, &r->here, "/sign"));
}

static enum err txn(struct rq *rq, enum db_txn kind, enum err (*act)(struct rq *rq, void *ctx), struct review *r)
{
    TRY(rq_txn_begin(rq, kind));
    enum err e = act(rq, r);
    enum err ended = rq_txn_end(rq, e == ERR_OK);
    return e == ERR_OK ? ended : e;
}

static enum err bring_again(struct review *r, bool has_file)
{
    if (rq_is_api(r->rq)) return form_refuse_api(&r->form);
    TRY(form_file_field(&r->form, "scan", SCAN_KINDS, has_file ? &r->scan : NULL, &r->field));
    form_page_status(&r->form, 400);
    return txn(r->rq, DB_TXN_READ, bring_show, r);
}

enum err meeting_paper_post(struct rq *rq)
{
    struct review r = {.rq = rq};
    TRY(txn(rq, DB_TXN_READ, act_look, &r));
    TRY(form_begin(rq, &r.form));
    bool has = form_file(&r.form, "scan", FORM_MUST, SCAN_KINDS, &r.scan);
    r.names = form_line(&r.form, "names", FORM_MUST, MEETING_TITLE_MAX);
    r.on = form_date(&r.form, "signed_on", FORM_MUST);
    if (!form_is_good(&r.form)) return bring_again(&r, has);
    TRY(file_save(rq_files(rq), &r.scan));
    TRY(txn(rq, DB_TXN_WRITE, act_bring, &r));
    return form_is_good(&r.form) ? ERR_OK : bring_again(&r, true);
}

/* ---- the paper itself ---- */

enum err meeting_file(struct rq *rq)
{
    struct review r = {.rq = rq, .form = {.rq = rq}};
    struct file_info file;
    TRY(review_read(&r));
    for (size_t i = 0; i < r.nsigns; i++) {
        enum err e = file_find(rq->db, rq->arena, rq->args[2], STR(SIGN_THING), r.signs[i].id.v, &file);
        if (e == ERR_OK) return rq_answer_file(rq, &file, false);
        if (e != ERR_NOT_FOUND) return e;
    }
    return ERR_NOT_FOUND;
}

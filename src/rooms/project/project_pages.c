/* project_pages.c — the work page of a project, the spine of the thread: where it stands, the one next step, its time
 * line, money, sections with notes, papers; the slip; notes. Who did what is a page of room monitor. */
#include "app/route.h"
#include "html/qr.h"
#include "rooms/project/project_ask.h"
#include "rooms/project/project_paper.h"
#include "rooms/project_page.html.h"

#define LINKS_MAX 14

/* ---- the next step ---- */

struct stepping {
    struct rq *rq;
    const struct project_here *here;
    struct page_link *links;
    size_t n;
    bool may_pay;    /* today: not before an agreement that is needed, no instalment that waits */
    bool waits_paper, is_brought; /* entered later: for its signed minutes, or for somebody else to see them */
    int64_t waiting; /* the instalment that waits for its evidence while none can be paid; 0: none */
};

/* A link to a page that is there and that this role may open. */
static void add_link(struct stepping *s, enum msg label, struct href href)
{
    if (s->n == LINKS_MAX || !project_may_open(s->rq, href)) return;
    s->links[s->n++] = (struct page_link){msg_text(label, s->rq->page.lang), href};
}

static void add_own(struct stepping *s, enum msg label, const char *tail)
{
    add_link(s, label, project_href(s->rq, &s->here->p, tail));
}

/* Entered later, and money is left that nobody may pay before the signed minutes are seen by another: that
 * comes first. */
static enum err find_paper(struct stepping *s, const struct project_money *m)
{
    struct project_decision d = {0};
    struct meeting_sign sign = {0};
    const struct project *p = &s->here->p;
    if (!project_is_open(p->state) || p->state == PROJECT_SUSPENDED || m->left.v <= 0 || m->is_released) return ERR_OK;
    TRY(project_later_sign(s->rq->db, s->rq->arena, p, &d, &sign, &s->waits_paper, &s->is_brought));
    if (s->waits_paper) add_own(s, s->is_brought ? MSG_project_do_later_see : MSG_project_do_later_bring, "/later/paper");
    return ERR_OK;
}

/* What is left can be paid today, or which instalment it waits for. */
static enum err find_payable(struct stepping *s, const struct project_money *m)
{
    struct project_agreement g = {0};
    const struct project *p = &s->here->p;
    if (s->waits_paper || m->left.v <= 0) return ERR_OK;
    TRY(project_agreement_get(s->rq->db, s->rq->arena, p->id, &g));
    s->may_pay = project_may_be_paid(p, m, &g);
    bool is_on = (p->state == PROJECT_APPROVED || p->state == PROJECT_RUNNING) && !m->lacks_agreement;
    for (size_t i = g.ninstalments; i-- > 0 && is_on && !s->may_pay;)
        if (!g.instalments[i].is_paid) s->waiting = g.instalments[i].position;
    return ERR_OK;
}

static void next_open(struct stepping *s, const struct project_money *m)
{
    bool is_writer = s->here->may_write, is_begun = s->here->p.state == PROJECT_APPROVED || s->here->p.state == PROJECT_RUNNING;
    if (s->here->may_decide) {
        if (is_begun && m->lacks_agreement && m->left.v > 0) add_own(s, MSG_project_do_agree, "/agreement");
        /* By the code that the ledger has: another system's, or that of a corrected promise. */
        if (s->may_pay) add_own(s, MSG_project_do_pay, "/pay");
    }
    if (is_writer && s->here->p.state == PROJECT_RUNNING) add_own(s, MSG_project_do_report, "/reports/new");
    if (is_writer && s->here->p.state != PROJECT_APPROVED) add_own(s, MSG_project_do_change, "/changes");
    add_own(s, MSG_project_do_reports, "/reports");
}

/* What waits, in words. */
static enum msg next_word(enum project_state s, bool needs_agreement)
{
    static const enum msg words[PROJECT_STATES] = {
        [PROJECT_DRAFT] = MSG_project_next_draft,         [PROJECT_SENT] = MSG_project_next_sent,
        [PROJECT_REVISE] = MSG_project_next_revise,       [PROJECT_DEFERRED] = MSG_project_next_deferred,
        [PROJECT_REJECTED] = MSG_project_next_rejected,   [PROJECT_CANCELLED] = MSG_project_next_cancelled,
        [PROJECT_APPROVED] = MSG_project_next_pay,        [PROJECT_RUNNING] = MSG_project_next_running,
        [PROJECT_SUSPENDED] = MSG_project_next_suspended, [PROJECT_STOPPED] = MSG_project_next_stopped,
        [PROJECT_REPORTED] = MSG_project_next_reported,   [PROJECT_CLOSED] = MSG_project_next_closed};
    return s == PROJECT_APPROVED && needs_agreement ? MSG_project_next_agree : words[s];
}

static struct str next_text(const struct stepping *s, const struct project_money *m)
{
    enum lang lang = s->rq->page.lang;
    if (s->waits_paper) return msg_text(s->is_brought ? MSG_project_next_later_see : MSG_project_next_later_bring, lang);
    if (s->may_pay && s->here->p.state == PROJECT_REPORTED) return msg_text(MSG_project_next_last_part, lang);
    if (project_is_recalled(&s->here->p))
        return MSG_FORMAT(s->rq->arena, lang, MSG_project_next_recalled, project_day_text(s->rq, s->here->p.recalled_on));
    if (s->waiting == 0) return msg_text(next_word(s->here->p.state, m->lacks_agreement), lang);
    return MSG_FORMAT(s->rq->arena, lang, MSG_project_next_waits, str_printf(s->rq->arena, "%lld", (long long)s->waiting));
}

/* What may be paid is paid before it is closed. */
static void next_over(struct stepping *s)
{
    if (s->here->may_decide && s->may_pay) add_own(s, MSG_project_do_pay, "/pay");
    else add_own(s, MSG_project_do_close, "/close");
    add_own(s, MSG_project_do_reports, "/reports");
}

/* The one button that does it, for whoever may; what else can be done beside it. */
static void next_links(struct stepping *s, const struct project_money *m)
{
    const struct project *p = &s->here->p;
    switch (p->state) {
    case PROJECT_DRAFT:
        if (s->here->may_write) add_own(s, MSG_project_do_write, "/edit/review");
        return;
    case PROJECT_REVISE:
        if (s->here->may_write) add_own(s, MSG_project_do_revise, "/edit/review");
        return;
    case PROJECT_SENT:
    case PROJECT_DEFERRED:
        if (s->here->may_decide) add_link(s, MSG_project_do_agenda, HREF(s->rq->arena, "/funds/{}/meetings", p->fund_code));
        add_own(s, MSG_project_do_urgent, "/urgent");
        if (str_eq(p->support_type, STR("5"))) add_own(s, MSG_project_do_urgent_paper, "/urgent/paper");
        return;
    case PROJECT_STOPPED:
    case PROJECT_REPORTED: next_over(s); return;
    case PROJECT_REJECTED:
    case PROJECT_CANCELLED:
        if (s->here->may_write) add_link(s, MSG_project_do_copy, HREF(s->rq->arena, "/funds/{}/projects/new?copy={}", p->fund_code, p->slug));
        return;
    case PROJECT_CLOSED: add_own(s, MSG_project_do_reports, "/reports"); return;
    default: next_open(s, m);
    }
}

/* ---- its parts ---- */

static enum err fill_notes(struct rq *rq, const struct project_here *here, struct project_page_view *v)
{
    struct project_note_view *notes = NULL;
    TRY(project_notes_shown(rq, here, &notes, &v->nnotes));
    v->notes = notes;
    return ERR_OK;
}

/* A small project is one page: there to the part's first field. */
static struct href change_href(struct rq *rq, const struct project *p, enum project_page page)
{
    static const char *const fields[PROJECT_PAGES] = {
        [PROJECT_PAGE_HEAD] = "title",        [PROJECT_PAGE_PEOPLE] = "names",    [PROJECT_PAGE_PLAN] = "issue",
        [PROJECT_PAGE_SITUATION] = "situation", [PROJECT_PAGE_TARGETS] = "targets", [PROJECT_PAGE_WHEN] = "starts",
        [PROJECT_PAGE_ACTIVITIES] = "method", [PROJECT_PAGE_BUDGET] = "asked"};
    if (p->size != PROJECT_SMALL) return project_edit_href(rq, p, page);
    if (fields[page] == NULL) return project_edit_href(rq, p, PROJECT_PAGE_ONE);
    return project_href(rq, p, str_z(rq->arena, str_printf(rq->arena, "/edit/one#%s", fields[page])));
}

size_t project_parts_shown(struct rq *rq, const struct project_here *here, const struct project_whole *w, const struct project_note_view *notes,
                           size_t nnotes, bool may_change, const struct project_part_view **ret)
{
    const struct project *p = &here->p;
    struct project_part_view *parts = ARENA_ARRAY(rq->arena, struct project_part_view, PROJECT_PAGES);
    size_t n = 0;
    for (int i = 0; i < PROJECT_PAGE_REVIEW; i++) {
        enum project_page page = (enum project_page)i;
        struct str text = project_page_text(rq, w, page, here->sees_persons);
        if (!project_page_shows(p, page, text)) continue;
        struct project_part_view *part = &parts[n++];
        *part = (struct project_part_view){.title = project_page_title(rq, page),
                                           .text = text,
                                           .lines = html_whole(rq->arena, &rq->page, text),
                                           .change = change_href(rq, p, page),
                                           .may_change = may_change};
        part->nnotes = project_notes_of_page(rq, notes, nnotes, page, &part->notes);
    }
    *ret = parts;
    return n;
}

static enum err fill_parts(struct rq *rq, const struct project_here *here, struct project_page_view *v)
{
    struct project_whole w = {0};
    const struct project *p = &here->p;
    bool may_change = here->may_write && (p->state == PROJECT_DRAFT || p->state == PROJECT_REVISE);
    TRY(project_read(rq->db, rq->arena, p, &w));
    v->nparts = project_parts_shown(rq, here, &w, v->notes, v->nnotes, may_change, &v->parts);
    if (w.nissues > 0) v->issue = lang_name(rq->page.lang, w.issues[0].name_th, w.issues[0].name_en);
    return ERR_OK;
}

static const char *const note_sections[] = {"all", "head", "issues", "people", "situation", "objectives", "targets", "activities", "budget", "expected"};
#define NSECTIONS (sizeof note_sections / sizeof note_sections[0])

/* The form for one more. */
static enum err fill_note_form(struct form *f, const struct project_here *here, struct project_page_view *v)
{
    struct rq *rq = f->rq;
    struct choice *sections = ARENA_ARRAY(rq->arena, struct choice, NSECTIONS);
    v->note_section = form_field(f, "section");
    v->note_words = form_field(f, "words");
    for (size_t i = 0; i < NSECTIONS; i++)
        sections[i] = (struct choice){str_of(note_sections[i]), project_section_word(rq, str_of(note_sections[i])), str_eq(v->note_section.value, str_of(note_sections[i]))};
    v->sections = sections;
    v->nsections = NSECTIONS;
    v->note_action = project_href(rq, &here->p, "/notes");
    return ERR_OK;
}

static void add_receipt(struct stepping *s, const struct project_papers_there *there, size_t i)
{
    const struct project *p = &s->here->p;
    struct rq *rq = s->rq;
    struct str entry = papers_int(rq, there->receipts[i].entry.v);
    size_t before = s->n;
    add_link(s, MSG_project_paper_receipt, HREF(rq->arena, "/funds/{}/projects/{}/receipt.pdf?entry={}", p->fund_code, p->slug, entry));
    if (s->n > before) /* more than one: told apart by their days */
        s->links[before].label =
            papers_join(rq, s->links[before].label, STR(" · "), papers_date(rq, there->receipts[i].on));
}

/* The agreement to print, and the one that was signed: seen, waiting, or still to be brought. */
static enum err add_agreement(struct stepping *s)
{
    struct rq *rq = s->rq;
    struct project_agreement g = {0};
    struct meeting_sign sign = {0};
    add_own(s, MSG_project_paper_agreement, "/agreement.pdf");
    TRY(project_agreement_get(rq->db, rq->arena, s->here->p.id, &g));
    enum err e = project_agreement_sign(rq->db, rq->arena, &g, &sign);
    if (e == ERR_NOT_FOUND) {
        add_own(s, MSG_project_paper_agreement_bring, "/agreement/paper");
        return ERR_OK;
    }
    TRY(e);
    add_own(s, sign.is_in_force ? MSG_project_paper_agreement_signed : MSG_project_paper_agreement_waits, "/agreement");
    return ERR_OK;
}

/* Only papers that there are. */
static enum err fill_papers(struct rq *rq, const struct project_here *here, struct project_page_view *v)
{
    struct project_papers_there there;
    struct stepping s = {.rq = rq, .here = here, .links = ARENA_ARRAY(rq->arena, struct page_link, LINKS_MAX)};
    TRY(project_papers_there(rq->db, rq->arena, &here->p, &there));
    if (here->p.state >= PROJECT_SENT) add_own(&s, MSG_project_paper_slip, "/slip");
    add_own(&s, MSG_project_paper_proposal, "/proposal.pdf");
    if (there.has_letter) add_own(&s, MSG_project_paper_letter, "/letter.pdf");
    if (there.has_agreement) TRY(add_agreement(&s));
    if (there.has_ended) add_own(&s, MSG_project_paper_agreement_ended, "/agreement");
    for (size_t i = there.nreceipts; i-- > 0;) add_receipt(&s, &there, i);
    if (here->p.state == PROJECT_CLOSED) add_own(&s, MSG_project_paper_closing, "/closing.pdf");
    v->papers = s.links;
    v->npapers = s.n;
    return ERR_OK;
}

static struct str done_word(struct rq *rq)
{
    static const struct {
        const char *done;
        enum msg word;
    } words[] = {{"saved", MSG_project_done_saved},         {"sent", MSG_project_done_sent},       {"noted", MSG_project_done_noted},
                 {"recalled", MSG_project_done_recalled}, {"cancelled", MSG_project_done_cancelled}, {"answered", MSG_project_done_answered}, {"changed", MSG_project_done_changed}, {"locked", MSG_project_not_draft},
                 {"long", MSG_project_done_long}};
    struct str done = rq_param(rq, "done");
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (str_eq(done, str_of(words[i].done))) return msg_text(words[i].word, rq->page.lang);
    return STR("");
}

static bool is_waiting(enum project_state s)
{
    return s == PROJECT_DRAFT || s == PROJECT_SENT || s == PROJECT_REVISE || s == PROJECT_DEFERRED;
}

static struct str or_nothing(struct str s)
{
    return str_is_none(s) ? STR("") : s;
}

static enum err fill_money(struct rq *rq, const struct project *p, struct project_money *m, struct project_page_view *v)
{
    TRY(project_money(rq->db, rq->arena, p, m));
    v->money = (struct project_money_view){.asked = p->asked, .approved = p->approved};
    if (id_is_none(p->commitment)) return ERR_OK;
    v->money.paid = some_satang(m->paid);
    v->money.refunded = some_satang(m->refunded);
    v->money.left = some_satang(m->left);
    return ERR_OK;
}

/* Whose it is takes it back, or is told why not. */
static enum err fill_recall(struct rq *rq, const struct project_here *here, struct project_page_view *v)
{
    struct meeting_refusal why = {0};
    bool is_own = false;
    if (here->p.state != PROJECT_SENT || !here->may_write) return ERR_OK;
    TRY(project_is_own(rq->db, rq->arena, &rq->who, &here->p, &is_own));
    if (!is_own) return ERR_OK;
    v->recall_action = project_href(rq, &here->p, "/recall");
    enum err e = project_recall_check(rq->db, rq->arena, &here->p, &why);
    if (e == ERR_REFUSED) v->recall_not = meeting_refusal_text(rq->arena, rq->page.lang, &why);
    else if (e != ERR_OK) return e;
    v->may_recall = e == ERR_OK;
    if (v->may_recall) v->marks_recall = form_marks(rq);
    return ERR_OK;
}

/* A copy says so, and of what; what it was copied from is opened by who may see it. */
static enum err fill_copied(struct rq *rq, const struct project *p, struct project_page_view *v)
{
    struct project from = {0};
    if (id_is_none(p->copy_of)) return ERR_OK;
    TRY(project_get(rq->db, rq->arena, p->copy_of, &from));
    TRY(project_may_see(rq->db, rq->arena, &rq->who, &from, &v->may_see_copied));
    v->is_copy = true;
    v->copied = (struct page_link){papers_join(rq, from.title, STR(" · "), project_code_shown(&from)), project_href(rq, &from, "")};
    return ERR_OK;
}

/* Its line of the book, for who may look into that. */
static void fill_ledger(struct rq *rq, const struct project *p, struct project_page_view *v)
{
    v->has_ledger = !id_is_none(p->commitment) && project_may_open(rq, HREF(rq->arena, "/funds/{}/ledger/commitments/show", p->fund_code));
    if (v->has_ledger) v->ledger = HREF(rq->arena, "/funds/{}/ledger/commitments/show?project={}", p->fund_code, project_code_shown(p));
}

static enum err page_show(struct form *f, const struct project_here *here)
{
    struct rq *rq = f->rq;
    const struct project *p = &here->p;
    struct project_money m = {0};
    struct stepping s = {.rq = rq, .here = here, .links = ARENA_ARRAY(rq->arena, struct page_link, LINKS_MAX)};
    struct project_page_view v = {.head = project_head_of(rq, here, STR_NONE),
                                  .errors = form_errors(f),
                                  .done = done_word(rq),
                                  .title = p->title,
                                  .code = or_nothing(p->code),
                                  .other_code = or_nothing(p->other_code),
                                  .slug = p->slug,
                                  .owner = or_nothing(p->owner_name),
                                  .support = project_support_word(rq, p->fy, p->support_type),
                                  .issue = STR(""),
                                  .period = project_period_text(rq, p),
                                  .place = or_nothing(p->place),
                                  .state = project_state_of_it(rq, p),
                                  .recall_not = STR(""),
                                  .is_paper = p->is_for_paper,
                                  .is_later = p->is_entered_later,
                                  .may_write = here->may_write,
                                  .may_note = here->may_note,
                                  .report_due = p->report_due,
                                  .is_late = project_is_late(p->state, p->is_paid, p->report_due, rq->today),
                                  .may_cancel = here->may_write && is_waiting(p->state),
                                  .trail = project_href(rq, p, "/trail"),
                                  .cancel_action = project_href(rq, p, "/cancel"),
                                  .version = str_printf(rq->arena, "%lld", (long long)p->version)};
    fill_ledger(rq, p, &v);
    if (v.may_note) v.marks = form_marks(rq);
    if (v.may_cancel) v.marks_cancel = form_marks(rq);
    TRY(fill_recall(rq, here, &v));
    TRY(fill_copied(rq, p, &v));
    TRY(fill_money(rq, p, &m, &v));
    TRY(find_paper(&s, &m));
    TRY(find_payable(&s, &m));
    next_links(&s, &m);
    v.next_text = next_text(&s, &m);
    v.next = s.links;
    v.nnext = s.n;
    TRY(project_events(rq, p, true, &v.events, &v.nevents));
    TRY(fill_notes(rq, here, &v));
    TRY(fill_parts(rq, here, &v));
    TRY(fill_note_form(f, here, &v));
    TRY(fill_papers(rq, here, &v));
    project_page_html(rq_html_begin(rq, p->title, MENU_FUNDS), &rq->page, &v);
    return rq_html_end(rq);
}

enum err project_page(struct rq *rq)
{
    struct form f = {.rq = rq};
    struct project_here here;
    TRY(project_here_read(rq, &here));
    return page_show(&f, &here);
}

/* ---- taken back to be mended ---- */

static enum err recall(struct form *f, const struct project_here *here, struct meeting_refusal *why)
{
    struct rq *rq = f->rq;
    struct actor by = rq_actor(rq);
    int64_t version = 0;
    bool is_own = false;
    TRY(project_is_own(rq->db, rq->arena, &rq->who, &here->p, &is_own));
    if (!is_own) return meeting_refuse(why, MSG_project_recall_not_own, STR_NONE, STR_NONE, STR_NONE);
    TRY(project_version_typed(f, &version));
    return project_recall(rq->db, rq->arena, &by, here->p.id, version, why);
}

enum err project_recall_post(struct rq *rq)
{
    struct form f;
    struct project_here here;
    struct meeting_refusal why = {0};
    TRY(project_here_write(rq, &here));
    TRY(form_begin(rq, &f));
    enum err e = recall(&f, &here, &why);
    if (e == ERR_CONFLICT) return rq_is_api(rq) ? form_conflict_api(rq) : rq_redirect(rq, project_href(rq, &here.p, "?done=changed"));
    if (e == ERR_REFUSED && why.is_said) {
        struct str text = meeting_refusal_text(rq->arena, rq->page.lang, &why);
        if (rq_is_api(rq)) return rq_api_error(rq, 422, "not_recalled", text);
        form_fault(&f, "recall", text);
        form_page_status(&f, 400);
        return page_show(&f, &here);
    }
    TRY(e);
    if (!rq_is_api(rq)) return rq_redirect(rq, project_href(rq, &here.p, "?done=recalled"));
    TRY(project_get(rq->db, rq->arena, here.p.id, &here.p));
    return project_saved_api(rq, &here.p, 200);
}

enum err project_recall_api(struct rq *rq)
{
    return project_recall_post(rq);
}

/* ---- notes ---- */

enum err project_note_post(struct rq *rq)
{
    struct form f;
    struct project_here here;
    struct actor by = rq_actor(rq);
    TRY(project_here_read(rq, &here));
    TRY(form_begin(rq, &f));
    int section = form_choice(&f, "section", FORM_MUST, note_sections, NSECTIONS);
    struct str words = form_text(&f, "words", FORM_MUST, PROJECT_WORDS_MAX);
    if (!form_is_good(&f)) {
        if (rq_is_api(rq)) return form_refuse_api(&f);
        form_page_status(&f, 400);
        return page_show(&f, &here);
    }
    TRY(project_note_add(rq->db, rq->arena, &by, here.p.id, str_of(note_sections[section]), words));
    if (!rq_is_api(rq)) return rq_redirect(rq, project_href(rq, &here.p, "?done=noted"));
    struct json_out *j = rq_json_begin(rq);
    json_object(j, NULL);
    json_str(j, "id", here.p.slug);
    json_str(j, "section", str_of(note_sections[section]));
    json_object_end(j);
    rq->res->status = 201;
    return rq_json_end(rq);
}

/* ---- the slip ---- */

/* "k7m2p9xr" as it is read out: in two fours. */
static struct str spoken(struct rq *rq, struct str slug)
{
    return slug.n == 8 ? str_printf(rq->arena, "%.*s %.*s", 4, slug.p, 4, slug.p + 4) : slug;
}

enum err project_slip_page(struct rq *rq)
{
    struct project_here here;
    TRY(project_here_read(rq, &here));
    const struct project *p = &here.p;
    struct str title = msg_text(MSG_project_slip_title, rq->page.lang);
    struct href address = HREF(rq->arena, "/projects/{}", p->slug);
    struct str scheme = rq->web->is_https ? STR("https://") : STR("http://");
    struct str full = str_concat(rq->arena, (const struct str[]){scheme, rq->web->host, address.path}, 3);
    struct project_slip_view v = {.head = project_head_of(rq, &here, title),
                                  .title = p->title,
                                  .owner = or_nothing(p->owner_name),
                                  .slug = spoken(rq, p->slug),
                                  .address = full,
                                  .sent = project_day_text(rq, p->sent_on),
                                  .asked = project_money_text(rq, p->asked),
                                  .state = project_state_of_it(rq, p).word,
                                  .is_sent = p->state == PROJECT_SENT,
                                  .phone = or_nothing(here.fund.phone),
                                  .qr = qr_svg(rq->arena, &rq->page, full, title),
                                  .back = project_href(rq, p, "")};
    project_slip_html(rq_html_begin(rq, title, MENU_FUNDS), &rq->page, &v);
    return rq_html_end(rq);
}

enum err project_note_api(struct rq *rq)
{
    return project_note_post(rq);
}

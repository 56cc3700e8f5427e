/* help_pages.c — /help, /help/{topic} and their JSON doors. They ask the database nothing. */
#include "app/answer.h"
#include "app/app_internal.h"
#include "app/help.html.h"
#include "app/help_views.h"
#include "app/who_view.h"

static const enum msg group_names[HELP_GROUPS] = {
    [HELP_GROUP_guide] = MSG_help_group_guide,     [HELP_GROUP_start] = MSG_help_group_start,
    [HELP_GROUP_project] = MSG_help_group_project, [HELP_GROUP_report] = MSG_help_group_report,
    [HELP_GROUP_plan] = MSG_help_group_plan,       [HELP_GROUP_meeting] = MSG_help_group_meeting,
    [HELP_GROUP_agree] = MSG_help_group_agree,     [HELP_GROUP_money] = MSG_help_group_money,
    [HELP_GROUP_figures] = MSG_help_group_figures, [HELP_GROUP_people] = MSG_help_group_people,
};
static const char *const group_codes[HELP_GROUPS] = {"guide",   "start", "project", "report",  "plan",
                                                     "meeting", "agree", "money",   "figures", "people"};
static const char *const kind_codes[] = {
    [HELP_TEXT] = "text", [HELP_STEP] = "step", [HELP_BULLET] = "point", [HELP_HEAD] = "heading", [HELP_CARE] = "care"};

static struct href topic_href(struct rq *rq, const struct help_topic *t)
{
    return HREF(rq->arena, "/help/{}", t->code);
}

/* ---- a topic as a view ---- */

static struct help_line line_of(struct rq *rq, const struct help_block *b)
{
    struct help_piece *pieces = ARENA_ARRAY(rq->arena, struct help_piece, b->nspans);
    for (size_t i = 0; i < b->nspans; i++) {
        const struct help_span *s = &b->spans[i];
        pieces[i] = (struct help_piece){s->kind, help_span_words(rq->arena, rq->page.lang, s), {STR_NONE}};
        if (s->kind == HELP_LINK) pieces[i].href = topic_href(rq, &help_topics[s->topic]);
        if (s->kind == HELP_PATH) pieces[i].href = (struct href){s->words};
    }
    return (struct help_line){pieces, b->nspans};
}

/* Steps and points that follow each other are one list. */
static size_t parts_of(struct rq *rq, const struct help_text *t, struct help_part *parts)
{
    struct help_line *lines = ARENA_ARRAY(rq->arena, struct help_line, t->nblocks);
    size_t n = 0;
    for (size_t i = 0; i < t->nblocks; i++) {
        enum help_kind kind = t->blocks[i].kind;
        bool goes_on = n > 0 && parts[n - 1].kind == kind && (kind == HELP_STEP || kind == HELP_BULLET);
        lines[i] = line_of(rq, &t->blocks[i]);
        if (!goes_on) parts[n++] = (struct help_part){kind, &lines[i], 0};
        parts[n - 1].n++;
    }
    return n;
}

static struct str roles_of(struct rq *rq, const struct help_topic *t)
{
    struct str all = STR_NONE;
    for (int role = 0; role < ROLE_COUNT; role++) {
        if ((t->roles >> role & 1) == 0) continue;
        struct str name = who_role_name(rq->page.lang, (enum role)role);
        all = str_is_none(all) ? name : str_concat(rq->arena, (const struct str[]){all, STR(", "), name}, 3);
    }
    return all;
}

static struct help_row row_of(struct rq *rq, const struct help_topic *t)
{
    const struct help_text *in = &t->in[rq->page.lang];
    return (struct help_row){in->title, in->blocks[0].spans[0].words, topic_href(rq, t), false};
}

static struct help_topic_view topic_view(struct rq *rq, const struct help_topic *t)
{
    const struct help_text *in = &t->in[rq->page.lang];
    struct help_part *parts = ARENA_ARRAY(rq->arena, struct help_part, in->nblocks);
    struct help_topic_view v = {.asked = STR(""), .title = in->title, .roles = roles_of(rq, t), .is_guide = t->group == HELP_GROUP_guide};
    v.nparts = parts_of(rq, in, parts);
    v.parts = parts;
    v.see.rows = ARENA_ARRAY(rq->arena, struct help_row, t->nsee);
    for (size_t i = 0; i < t->nsee; i++) v.see.rows[v.see.n++] = row_of(rq, &help_topics[t->see[i]]);
    return v;
}

/* ---- /help ---- */

static struct help_section group_view(struct rq *rq, enum help_group group, const struct help_topic *now)
{
    struct help_section s = {msg_text(group_names[group], rq->page.lang), ARENA_ARRAY(rq->arena, struct help_row, nhelp_topics), 0};
    for (size_t i = 0; i < nhelp_topics; i++) {
        if (help_topics[i].group != group) continue;
        s.rows[s.n] = row_of(rq, &help_topics[i]);
        s.rows[s.n++].is_now = &help_topics[i] == now;
    }
    return s;
}

static struct help_section found_view(struct rq *rq, struct str asked)
{
    const struct help_topic **found = ARENA_ARRAY(rq->arena, const struct help_topic *, nhelp_topics);
    struct help_section s = {.n = help_find(rq->arena, rq->page.lang, asked, found)};
    s.rows = ARENA_ARRAY(rq->arena, struct help_row, s.n);
    for (size_t i = 0; i < s.n; i++) s.rows[i] = row_of(rq, found[i]);
    return s;
}

enum err app_help_page(struct rq *rq)
{
    struct help_view v = {.asked = rq_param(rq, "q")};
    const struct help_topic *mine = help_guide(rq->who.acting.role);
    if (str_is_empty(v.asked)) v.asked = STR_NONE;
    if (!str_is_none(v.asked)) v.found = found_view(rq, v.asked);
    v.mine = topic_view(rq, mine);
    v.guides = group_view(rq, HELP_GROUP_guide, mine);
    for (int g = HELP_GROUP_guide + 1; g < HELP_GROUPS; g++) v.groups[v.ngroups++] = group_view(rq, (enum help_group)g, NULL);
    struct str title = str_is_none(v.asked) ? msg_text(MSG_help_title, rq->page.lang)
                                            : MSG_FORMAT(rq->arena, rq->page.lang, MSG_help_found, v.asked);
    help_html(rq_html_begin(rq, title, MENU_HELP), &rq->page, &v);
    return rq_html_end(rq);
}

enum err app_help_topic_page(struct rq *rq)
{
    const struct help_topic *t = help_topic_find(rq->args[0]);
    if (t == NULL) return ERR_NOT_FOUND;
    struct help_topic_view v = topic_view(rq, t);
    help_topic_html(rq_html_begin(rq, v.title, MENU_HELP), &rq->page, &v);
    return rq_html_end(rq);
}

/* ---- JSON ---- */

static void json_topic_head(struct rq *rq, struct json_out *j, const struct help_topic *t)
{
    struct help_row row = row_of(rq, t);
    json_str(j, "code", t->code);
    json_str(j, "title", row.title);
    json_str(j, "lead", row.lead);
    json_str(j, "group", str_of(group_codes[t->group]));
    json_array(j, "roles");
    for (int role = 0; role < ROLE_COUNT; role++)
        if ((t->roles >> role & 1) != 0) json_str(j, NULL, str_of(role_code((enum role)role)));
    json_array_end(j);
    json_str(j, "href", row.href.path);
}

enum err app_help_api(struct rq *rq)
{
    struct str asked = rq_param(rq, "q");
    const struct help_topic **found = ARENA_ARRAY(rq->arena, const struct help_topic *, nhelp_topics);
    size_t n = 0;
    if (!str_is_none(asked) && !str_is_empty(asked)) n = help_find(rq->arena, rq->page.lang, asked, found);
    else
        while (n < nhelp_topics) found[n] = &help_topics[n], n++;
    struct json_out *j = rq_json_begin(rq);
    json_object(j, NULL);
    json_array(j, "items");
    for (size_t i = 0; i < n; i++) {
        json_object(j, NULL);
        json_topic_head(rq, j, found[i]);
        json_object_end(j);
    }
    json_array_end(j);
    json_null(j, "next");
    json_object_end(j);
    return rq_json_end(rq);
}

static void json_block(struct rq *rq, struct json_out *j, const struct help_block *b)
{
    struct str words = STR("");
    for (size_t i = 0; i < b->nspans; i++)
        words = str_concat(rq->arena, (const struct str[]){words, help_span_words(rq->arena, rq->page.lang, &b->spans[i])}, 2);
    json_object(j, NULL);
    json_str(j, "kind", str_of(kind_codes[b->kind]));
    json_str(j, "text", words);
    json_object_end(j);
}

enum err app_help_topic_api(struct rq *rq)
{
    const struct help_topic *t = help_topic_find(rq->args[0]);
    if (t == NULL) return ERR_NOT_FOUND;
    const struct help_text *in = &t->in[rq->page.lang];
    struct json_out *j = rq_json_begin(rq);
    json_object(j, NULL);
    json_topic_head(rq, j, t);
    json_array(j, "blocks");
    for (size_t i = 0; i < in->nblocks; i++) json_block(rq, j, &in->blocks[i]);
    json_array_end(j);
    json_array(j, "see");
    for (size_t i = 0; i < t->nsee; i++) json_str(j, NULL, help_topics[t->see[i]].code);
    json_array_end(j);
    json_object_end(j);
    return rq_json_end(rq);
}

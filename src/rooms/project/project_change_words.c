/* project_change_words.c — a change in words: its kind, and each field from what to what. For pages in the reader's
 * language, and in Thai for agenda and minutes. */
#include "html/msg.h"
#include "rooms/project/project_inside.h"

#define VALUE_MAX 400 /* letters of a long text; the whole stands with the project */

static const enum msg state_words[PROJECT_STATES] = {
    [PROJECT_DRAFT] = MSG_project_state_draft,         [PROJECT_SENT] = MSG_project_state_sent,
    [PROJECT_REVISE] = MSG_project_state_revise,       [PROJECT_DEFERRED] = MSG_project_state_deferred,
    [PROJECT_REJECTED] = MSG_project_state_rejected,   [PROJECT_CANCELLED] = MSG_project_state_cancelled,
    [PROJECT_APPROVED] = MSG_project_state_approved,   [PROJECT_RUNNING] = MSG_project_state_running,
    [PROJECT_SUSPENDED] = MSG_project_state_suspended, [PROJECT_STOPPED] = MSG_project_state_stopped,
    [PROJECT_REPORTED] = MSG_project_state_reported,   [PROJECT_CLOSED] = MSG_project_state_closed};

enum msg project_state_msg(enum project_state s)
{
    return state_words[s];
}

struct word {
    const char *code;
    enum msg message;
};

static struct str word_of(enum lang lang, const struct word *all, size_t n, struct str code)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq(code, str_of(all[i].code))) return msg_text(all[i].message, lang);
    return code;
}

struct str project_change_kind_word(enum lang lang, struct str kind)
{
    static const struct word all[] = {
        {"extend", MSG_course_change_extend},   {"amend", MSG_course_change_amend},   {"move_money", MSG_course_change_money},
        {"responsible", MSG_course_change_who}, {"suspend", MSG_course_change_suspend}, {"resume", MSG_course_change_resume},
        {"stop", MSG_course_change_stop},       {"claw_back", MSG_course_change_back}};
    return word_of(lang, all, sizeof all / sizeof all[0], kind);
}

static bool is_person(struct str name)
{
    return str_starts(name, STR("person_"));
}

struct str project_change_label(struct arena *a, enum lang lang, struct str name)
{
    static const struct word all[] = {{"ends_on", MSG_course_field_ends},     {"report_due", MSG_course_field_report},
                                      {"title", MSG_course_field_title},      {"place", MSG_course_field_place},
                                      {"method", MSG_course_field_method},    {"expected", MSG_course_field_expected},
                                      {"state", MSG_course_field_state},      {"give_back", MSG_course_field_back},
                                      {"due_on", MSG_course_field_due}};
    struct str rest = name, piece = STR("");
    if (str_starts(name, STR("line_"))) return MSG_FORMAT(a, lang, MSG_course_field_line, str_from(name, strlen("line_")));
    if (!is_person(name)) return word_of(lang, all, sizeof all / sizeof all[0], name);
    str_split(&rest, '_', &piece);
    str_split(&rest, '_', &piece);
    return MSG_FORMAT(a, lang, MSG_course_field_person, piece);
}

struct str project_change_value(struct arena *a, enum lang lang, struct str name, struct str v)
{
    int64_t sum = 0;
    enum project_state s;
    struct date d = {0};
    if (str_is_empty(v)) return STR("–");
    bool is_sum = str_starts(name, STR("line_")) || str_eq(name, STR("give_back"));
    if (is_sum && str_to_int(v, &sum) == ERR_OK) return MSG_FORMAT(a, lang, MSG_baht_full, project_sum_words(a, satang(sum)));
    if (str_eq(name, STR("state")) && project_state_of(v, &s) == ERR_OK) return msg_text(project_state_msg(s), lang);
    if (date_parse_iso(v, &d) != ERR_OK) return v;
    struct buf b = buf_in(a, 80);
    if (lang == LANG_TH) buf_date_th(&b, d);
    else buf_date_en(&b, d);
    return buf_str(&b);
}

/* "งบประมาณรายการที่ 3 (ค่าอาหาร)": which line it is, as the budget has it today. */
static struct str line_label(struct arena *a, enum lang lang, const struct project_whole *w, struct str name)
{
    struct str label = project_change_label(a, lang, name);
    int64_t at = 0;
    if (w == NULL || !str_starts(name, STR("line_")) || str_to_int(str_from(name, strlen("line_")), &at) != ERR_OK) return label;
    if (at < 1 || at > (int64_t)w->nbudget) return label;
    return str_concat(a, (const struct str[]){label, STR(" ("), w->budget[at - 1].words, STR(")")}, 4);
}

/* A text of many letters is cut; where, is seen. */
static struct str short_text(struct arena *a, struct str s)
{
    if (s.n <= VALUE_MAX) return s;
    return str_concat(a, (const struct str[]){str_cut(s, VALUE_MAX), STR("…")}, 2);
}

/* Persons are named only to who may see them: a paper that more people read says that they change. */
static struct str field_words(struct arena *a, enum lang lang, const struct project_whole *w, const struct project_change_field *f)
{
    if (is_person(f->name)) return MSG_FORMAT(a, lang, MSG_project_say_person, project_change_label(a, lang, f->name));
    struct str after = short_text(a, project_change_value(a, lang, f->name, f->after));
    if (str_is_empty(f->before)) return MSG_FORMAT(a, lang, MSG_project_say_set, line_label(a, lang, w, f->name), after);
    struct str before = short_text(a, project_change_value(a, lang, f->name, f->before));
    return MSG_FORMAT(a, lang, MSG_project_say_from_to, line_label(a, lang, w, f->name), before, after);
}

struct str project_change_line(struct arena *a, enum lang lang, const struct project_change *c, const struct project_whole *w)
{
    struct str *parts = ARENA_ARRAY(a, struct str, 2 * c->nfields + 1), last = STR("");
    size_t n = 0;
    parts[n++] = project_change_kind_word(lang, str_of(project_change_code(c->kind)));
    for (size_t i = 0; i < c->nfields; i++) {
        struct str words = field_words(a, lang, w, &c->fields[i]);
        if (str_eq(words, last)) continue; /* a person's name, duty and phone */
        parts[n] = n == 1 ? STR(": ") : STR("; ");
        n++;
        parts[n++] = last = words;
    }
    return str_concat(a, parts, n);
}

/* "ชมรม… ขอ 20,000.00 บาท" */
static struct str asks(struct arena *a, const struct project *p, struct str what)
{
    return MSG_FORMAT(a, LANG_TH, MSG_project_say_asks, str_is_empty(p->owner_name) ? STR("") : p->owner_name, what);
}

enum err project_change_words(struct db *db, struct arena *a, struct project_change_id id, struct str *ret)
{
    struct project_change c = {0};
    struct project p = {0};
    struct project_whole w = {0};
    TRY(project_change_find(db, a, id, &c));
    TRY(project_get(db, a, c.project, &p));
    TRY(project_read(db, a, &p, &w));
    *ret = asks(a, &p, project_change_line(a, LANG_TH, &c, &w));
    return ERR_OK;
}

/* The chair has given it already: the meeting is told how much and when. */
static enum err urgent_words(struct db *db, struct arena *a, struct project_decision_id id, struct str *ret)
{
    struct project_decision *all = NULL;
    struct project p = {0};
    struct project_id of = {0};
    size_t n = 0;
    TRY(project_decision_project(db, a, id, &of));
    TRY(project_get(db, a, of, &p));
    TRY(project_decisions(db, a, of, &all, &n));
    for (size_t i = 0; i < n; i++) {
        struct buf day = buf_in(a, 80);
        if (all[i].id.v != id.v || !all[i].amount.has) continue;
        buf_date_th(&day, all[i].decided_on);
        *ret = MSG_FORMAT(a, LANG_TH, MSG_project_say_urgent, str_is_empty(p.owner_name) ? STR("") : p.owner_name,
                          project_sum_words(a, all[i].amount.v), buf_str(&day));
    }
    return ERR_OK;
}

enum err project_item_about(struct db *db, struct arena *a, struct str thing, int64_t thing_id, struct str *ret)
{
    struct project p = {0};
    *ret = STR_NONE;
    if (str_eq(thing, STR("project_change"))) return project_change_words(db, a, (struct project_change_id){thing_id}, ret);
    if (str_eq(thing, STR("project_decision"))) return urgent_words(db, a, (struct project_decision_id){thing_id}, ret);
    TRY(project_get(db, a, (struct project_id){thing_id}, &p));
    struct str sum = p.asked.has ? MSG_FORMAT(a, LANG_TH, MSG_baht_full, project_sum_words(a, p.asked.v))
                                 : msg_text(MSG_project_say_no_sum, LANG_TH);
    *ret = asks(a, &p, sum);
    return ERR_OK;
}

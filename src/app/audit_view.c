/* audit_view.c — see audit_view.h. */
#include "app/audit_view.h"

#include "app/who_view.h"

static const struct {
    const char *code;
    enum msg words;
} systems[] = {
    {"system:import", MSG_actor_import},
    {"system:demo", MSG_actor_demo},
    {"system:command", MSG_actor_command},
}, actions[] = {
    {"add", MSG_audit_add},
    {"agree", MSG_audit_agree},
    {"answer", MSG_audit_answer},
    {"approve", MSG_audit_approve},
    {"ask_change", MSG_audit_ask_change},
    {"ask_revision", MSG_audit_ask_revision},
    {"cancel", MSG_audit_cancel},
    {"change", MSG_audit_change},
    {"close", MSG_audit_close},
    {"correct", MSG_audit_correct},
    {"decide", MSG_audit_decide},
    {"defer", MSG_audit_defer},
    {"end", MSG_audit_end},
    {"enter_later", MSG_audit_enter_later},
    {"grant", MSG_audit_grant},
    {"in_force", MSG_audit_in_force},
    {"move", MSG_audit_move},
    {"note", MSG_audit_note},
    {"open_instalment", MSG_audit_open_instalment},
    {"recall", MSG_audit_recall},
    {"reject", MSG_audit_reject},
    {"result", MSG_audit_result},
    {"run", MSG_audit_run},
    {"send", MSG_audit_send},
    {"undo_agreement", MSG_audit_undo_agreement},
    {"wait", MSG_audit_wait},
};

static struct str system_name(const struct rq *rq, struct str code)
{
    for (size_t i = 0; i < sizeof systems / sizeof systems[0]; i++)
        if (str_eq(code, str_of(systems[i].code))) return msg_text(systems[i].words, rq->page.lang);
    return msg_text(MSG_actor_system, rq->page.lang);
}

static struct str action_words(const struct rq *rq, struct str code)
{
    for (size_t i = 0; i < sizeof actions / sizeof actions[0]; i++)
        if (str_eq(code, str_of(actions[i].code))) return msg_text(actions[i].words, rq->page.lang);
    return code;
}

/* "officer fund D0001" as the role's name; with its place when asked. */
static struct str acting_words(struct rq *rq, struct str acting, bool with_place)
{
    enum role role;
    struct str rest = acting, code, kind;
    if (str_is_none(acting) || !str_split(&rest, ' ', &code) || role_of(code, &role) != ERR_OK) return STR_NONE;
    struct str name = who_role_name(rq->page.lang, role);
    if (!with_place || !str_split(&rest, ' ', &kind)) return name;
    return str_concat(rq->arena, (const struct str[]){name, STR(" "), rest}, 3);
}

struct str audit_actor_public(struct rq *rq, const struct audit_entry *act)
{
    if (act->account == 0) return system_name(rq, act->actor);
    struct str role = acting_words(rq, act->acting, false);
    return str_is_none(role) ? msg_text(MSG_actor_person, rq->page.lang) : role;
}

static const struct audit_change_view *changes_of(struct rq *rq, const struct audit_entry *act, audit_word_fn word)
{
    struct audit_change_view *changes = ARENA_ARRAY(rq->arena, struct audit_change_view, act->nfields);
    for (size_t i = 0; i < act->nfields; i++) {
        const struct audit_read_field *f = &act->fields[i];
        changes[i] = (struct audit_change_view){.what = f->field, .from = f->before, .to = f->after, .is_gone = f->is_gone};
        if (word == NULL) continue;
        struct audit_change_view said = changes[i];
        word(rq, f, &said);
        if (f->is_gone) changes[i].what = said.what;
        else changes[i] = said;
    }
    return changes;
}

struct audit_trail audit_trail_of(struct rq *rq, const struct audit_entry *acts, size_t n, bool has_names, audit_word_fn word)
{
    struct audit_act_view *rows = ARENA_ARRAY(rq->arena, struct audit_act_view, n);
    for (size_t i = 0; i < n; i++) {
        const struct audit_entry *act = &acts[i];
        rows[i] = (struct audit_act_view){.at = act->at,
                                          .action = action_words(rq, act->action),
                                          .acting = has_names ? acting_words(rq, act->acting, true) : STR_NONE,
                                          .changes = changes_of(rq, act, word),
                                          .nchanges = act->nfields};
        if (!has_names) rows[i].who = audit_actor_public(rq, act);
        else if (act->account == 0) rows[i].who = system_name(rq, act->actor);
        else rows[i].who = str_is_none(act->name) ? msg_text(MSG_audit_erased, rq->page.lang) : act->name;
    }
    return (struct audit_trail){.acts = rows, .n = n};
}

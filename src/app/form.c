/* form.c — reading what a person sent: see form.h. Views of it: form_show.c. */
#include "app/form.h"

#include <assert.h>

#include "app/answer.h"
#include "base/thai.h"
#include "json/json_in.h"

#define TYPED_MAX ((size_t)64 << 10) /* bytes of one field; longer ones are cut before they are judged */

/* ---- faults ---- */

static void add_fault(struct form *f, const char *name, struct str message, enum fault_kind kind)
{
    for (size_t i = 0; i < f->nfaults; i++)
        if (strcmp(f->faults[i].field, name) == 0) return; /* one sentence a field: the first */
    if (f->nfaults == FORM_FAULTS_MAX) return;
    f->faults[f->nfaults++] = (struct fault_row){name, message, kind};
}

void form_fault(struct form *f, const char *name, struct str message)
{
    add_fault(f, name, message, FAULT_SAID);
}

void form_fault_plain(struct form *f, const char *name, struct str message)
{
    add_fault(f, name, message, FAULT_PLAIN);
}

static enum fault_kind kind_of(enum msg message)
{
    static const enum msg plain[] = {MSG_form_not_among, MSG_form_not_text, MSG_form_bad_text, MSG_form_not_number, MSG_form_money,
                                     MSG_form_money_minus, MSG_form_money_large, MSG_form_percent, MSG_form_date};
    if (message == MSG_form_must) return FAULT_MISSING;
    if (message == MSG_form_must_choose) return FAULT_UNCHOSEN;
    for (size_t i = 0; i < sizeof plain / sizeof plain[0]; i++)
        if (plain[i] == message) return FAULT_PLAIN;
    return FAULT_SAID;
}

void form_fault_msg(struct form *f, const char *name, enum msg message)
{
    add_fault(f, name, msg_text(message, f->rq->page.lang), kind_of(message));
}

bool form_is_good(const struct form *f)
{
    return f->nfaults == 0;
}

bool form_public(struct form *f, const char *name, struct str text)
{
    if (!thai_has_phone_or_citizen_id(text)) return true;
    form_fault_msg(f, name, MSG_project_private_field);
    return false;
}

/* ---- the body ---- */

static bool is_json_body(const struct rq *rq)
{
    struct str type = web_header_get(rq->web->headers, "Content-Type"), kind;
    return !str_is_none(type) && str_split(&type, ';', &kind) && str_eq_nocase(str_trim(kind), STR("application/json"));
}

enum err form_begin(struct rq *rq, struct form *ret)
{
    static const struct json_value nothing = {.kind = JSON_IN_OBJECT};
    *ret = (struct form){.rq = rq};
    if (!is_json_body(rq)) {
        /* A JSON door without its type is the sender's mistake, and is told so. */
        if (!rq_is_api(rq) || rq->web->form.n + rq->web->files.n > 0) return ERR_OK;
        ret->json = &nothing;
        form_fault_msg(ret, "body", MSG_form_no_json);
        return ERR_OK;
    }
    if (json_read_object(rq->arena, rq->web->body, &ret->json) == ERR_OK) return ERR_OK;
    ret->json = &nothing;
    form_fault_msg(ret, "body", MSG_form_no_json);
    return ERR_OK;
}

static const struct json_value *member(const struct form *f, const char *name)
{
    const struct json_value *v = json_member(f->json, name);
    return v == NULL || v->kind == JSON_IN_NULL ? NULL : v;
}

/* As it was sent, not cleaned; none when absent. */
static struct str typed(const struct form *f, const char *name)
{
    if (f->json == NULL) {
        struct str s = web_field_get(f->rq->web->form, name);
        return str_is_none(s) ? s : str_cut(s, TYPED_MAX);
    }
    const struct json_value *v = member(f, name);
    if (v == NULL) return STR_NONE;
    if (v->kind == JSON_IN_STR) return str_cut(v->text, TYPED_MAX);
    if (v->kind == JSON_IN_INT) return str_printf(f->rq->arena, "%lld", (long long)v->number);
    if (v->kind == JSON_IN_BOOL) return v->truth ? STR("1") : STR("");
    return STR_NONE;
}

bool form_has(struct form *f, const char *name)
{
    return !str_is_none(typed(f, name));
}

struct str form_raw(struct form *f, const char *name)
{
    struct str s = typed(f, name), clean;
    return str_is_none(s) || thai_clean_line(f->rq->arena, s, &clean) != ERR_OK ? STR("") : clean;
}

/* ---- text ---- */

/* Letters as people count them are close enough to code points. */
static size_t letters(struct str s)
{
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++) n += ((unsigned char)s.p[i] & 0xC0) != 0x80;
    return n;
}

/* A JSON member of another type than text is the sender's mistake. */
static bool is_text(struct form *f, const char *name)
{
    if (f->json == NULL) return true;
    const struct json_value *v = member(f, name);
    if (v == NULL || v->kind == JSON_IN_STR) return true;
    form_fault_msg(f, name, MSG_form_not_text);
    return false;
}

static struct str judge_text(struct form *f, const char *name, enum form_need need, size_t max, struct str clean)
{
    if (str_is_empty(clean)) {
        if (need == FORM_MUST) form_fault_msg(f, name, MSG_form_must);
        return STR("");
    }
    if (letters(clean) <= max) return clean;
    form_fault_plain(f, name, MSG_FORMAT(f->rq->arena, f->rq->page.lang, MSG_form_too_long,
                                         html_arg_size(&f->rq->page, max), html_arg_size(&f->rq->page, letters(clean))));
    return STR("");
}

struct str form_line(struct form *f, const char *name, enum form_need need, size_t max)
{
    struct str s = typed(f, name), clean = STR("");
    if (!is_text(f, name)) return STR("");
    if (!str_is_none(s) && thai_clean_line(f->rq->arena, s, &clean) != ERR_OK) {
        form_fault_msg(f, name, MSG_form_bad_text);
        return STR("");
    }
    return judge_text(f, name, need, max, clean);
}

struct str form_text(struct form *f, const char *name, enum form_need need, size_t max)
{
    struct str s = typed(f, name), clean = STR("");
    if (!is_text(f, name)) return STR("");
    if (!str_is_none(s) && thai_clean(f->rq->arena, s, &clean) != ERR_OK) {
        form_fault_msg(f, name, MSG_form_bad_text);
        return STR("");
    }
    return judge_text(f, name, need, max, str_trim(clean));
}

/* ---- numbers ---- */

/* What stands in the field, with Thai digits as ASCII; false when it is empty (and told, if it must not be). */
static bool take(struct form *f, const char *name, enum form_need need, struct str *ret)
{
    *ret = thai_digits_to_ascii(f->rq->arena, form_raw(f, name));
    if (!str_is_empty(*ret)) return true;
    if (f->json != NULL && member(f, name) != NULL)
        form_fault_msg(f, name, MSG_form_not_number); /* of a type that is none here */
    else if (need == FORM_MUST)
        form_fault_msg(f, name, MSG_form_must);
    return false;
}

static void fault_with(struct form *f, const char *name, enum msg message, struct str arg)
{
    form_fault_plain(f, name, MSG_FORMAT(f->rq->arena, f->rq->page.lang, message, arg));
}

static void judge_satang(struct form *f, const char *name, struct satang v, struct satang least, struct opt_satang *ret)
{
    if (v.v > FORM_SATANG_MAX)
        form_fault_msg(f, name, MSG_form_money_large);
    else if (v.v < 0)
        form_fault_msg(f, name, MSG_form_money_minus);
    else if (v.v < least.v)
        fault_with(f, name, MSG_form_money_least, html_arg_satang(&f->rq->page, least));
    else
        *ret = some_satang(v);
}

/* In JSON money is a whole number of satang under its own name: 12.50 could mean two things. */
static struct opt_satang satang_json(struct form *f, const char *name, enum form_need need, struct satang least)
{
    const char *in_satang = str_z(f->rq->arena, str_printf(f->rq->arena, "%s_satang", name));
    const struct json_value *v = member(f, in_satang);
    struct opt_satang sum = {0};
    if (v == NULL) {
        if (need == FORM_MUST) form_fault_msg(f, in_satang, MSG_form_must);
    } else if (v->kind != JSON_IN_INT) {
        form_fault_msg(f, in_satang, MSG_form_money_json);
    } else {
        judge_satang(f, in_satang, satang(v->number), least, &sum);
    }
    return sum;
}

struct opt_satang form_satang(struct form *f, const char *name, enum form_need need, struct satang least)
{
    struct opt_satang sum = {0};
    struct satang v = {0};
    struct str s;
    if (f->json != NULL) return satang_json(f, name, need, least);
    if (!take(f, name, need, &s)) return sum;
    enum err e = satang_parse(s, &v);
    if (e == ERR_OK)
        judge_satang(f, name, v, least, &sum);
    else if (e == ERR_LIMIT)
        form_fault_msg(f, name, MSG_form_money_large);
    else
        form_fault_msg(f, name, str_starts(s, STR("-")) ? MSG_form_money_minus : MSG_form_money);
    return sum;
}

struct opt_bp form_percent(struct form *f, const char *name, enum form_need need)
{
    struct opt_bp share = {0};
    struct str s;
    if (!take(f, name, need, &s)) return share;
    if (bp_parse(s, &share.v) == ERR_OK)
        share.has = true;
    else
        form_fault_msg(f, name, MSG_form_percent);
    return share;
}

/* "44,850": commas where people put them, between the digits of a whole number. */
static enum err count_parse(struct arena *a, struct str s, int64_t *ret)
{
    struct buf digits = buf_in(a, 64);
    if (s.n > 30) return ERR_LIMIT;
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] != ',' || i == 0 || i + 1 == s.n) buf_putc(&digits, s.p[i]);
    return str_to_int(buf_str(&digits), ret);
}

struct opt_count form_count(struct form *f, const char *name, enum form_need need, int64_t low, int64_t high)
{
    struct opt_count n = {0};
    struct str s;
    if (!take(f, name, need, &s)) return n;
    enum err e = count_parse(f->rq->arena, s, &n.v);
    if (e == ERR_INPUT)
        form_fault_msg(f, name, MSG_form_not_number);
    else if (e != ERR_OK || n.v < low || n.v > high)
        form_fault_plain(f, name, MSG_FORMAT(f->rq->arena, f->rq->page.lang, MSG_form_between,
                                             html_arg_int(&f->rq->page, low), html_arg_int(&f->rq->page, high)));
    else
        n.has = true;
    return n;
}

/* ---- days ---- */

const char *form_part_of(struct form *f, const char *name, const char *part)
{
    return str_z(f->rq->arena, str_printf(f->rq->arena, "%s%s", name, part));
}

/* Month and year are good and the day is a number up to 31: then that day is not in the calendar. */
static bool is_no_such_day(struct form *f, struct str day, struct str month, struct str year)
{
    struct date first;
    int64_t n = 0;
    struct str digits = thai_digits_to_ascii(f->rq->arena, day);
    return date_parse_fields(STR("1"), month, year, &first) == ERR_OK && str_to_int(digits, &n) == ERR_OK && n > 28 &&
           n <= 31;
}

static void tell_no_day(struct form *f, const char *name, struct str day, struct str month, struct str year)
{
    struct date first;
    struct str digits = str_trim(thai_digits_to_ascii(f->rq->arena, year));
    int64_t short_year = 0;
    if (digits.n == 2 && str_to_int(digits, &short_year) == ERR_OK && short_year >= 0) {
        fault_with(f, name, MSG_form_date_year, digits);
        return;
    }
    if (!is_no_such_day(f, day, month, year) || date_parse_fields(STR("1"), month, year, &first) != ERR_OK) {
        form_fault_msg(f, name, MSG_form_date);
        return;
    }
    static const enum msg months[] = {MSG_month_1, MSG_month_2, MSG_month_3, MSG_month_4,  MSG_month_5,  MSG_month_6,
                                      MSG_month_7, MSG_month_8, MSG_month_9, MSG_month_10, MSG_month_11, MSG_month_12};
    struct str words = str_printf(f->rq->arena, "%.*s %.*s %d", STR_FMT(thai_digits_to_ascii(f->rq->arena, day)),
                                  STR_FMT(msg_text(months[first.month - 1], f->rq->page.lang)), first.year + 543);
    fault_with(f, name, MSG_form_date_none, words);
}

static struct opt_date date_iso(struct form *f, const char *name, enum form_need need)
{
    struct opt_date d = {0};
    struct str s = form_raw(f, name);
    if (str_is_empty(s)) {
        if (need == FORM_MUST) form_fault_msg(f, name, MSG_form_must);
    } else if (date_parse_iso(s, &d.v) == ERR_OK) {
        d.has = true;
    } else {
        form_fault_msg(f, name, MSG_form_date_iso);
    }
    return d;
}

struct opt_date form_date(struct form *f, const char *name, enum form_need need)
{
    struct opt_date d = {0};
    struct str day = form_raw(f, form_part_of(f, name, "_d")), month = form_raw(f, form_part_of(f, name, "_m")),
               year = form_raw(f, form_part_of(f, name, "_y"));
    bool is_empty = str_is_empty(day) && str_is_empty(month) && str_is_empty(year);
    if (is_empty && form_has(f, name)) return date_iso(f, name, need);
    if (is_empty) {
        if (need == FORM_MUST) form_fault_msg(f, name, MSG_form_must);
    } else if (date_parse_fields(day, month, year, &d.v) == ERR_OK) {
        d.has = true;
    } else {
        tell_no_day(f, name, day, month, year);
    }
    return d;
}

/* ---- choices ---- */

int form_choice(struct form *f, const char *name, enum form_need need, const char *const *codes, size_t n)
{
    struct str s = form_raw(f, name);
    if (str_is_empty(s)) {
        if (need == FORM_MUST) form_fault_msg(f, name, MSG_form_must_choose);
        return -1;
    }
    for (size_t i = 0; i < n; i++)
        if (str_eq(s, str_of(codes[i]))) return (int)i;
    form_fault_msg(f, name, MSG_form_not_among);
    return -1;
}

bool form_tick(struct form *f, const char *name)
{
    struct str s = form_raw(f, name);
    return !str_is_empty(s) && !str_eq(s, STR("0")) && !str_eq(s, STR("false"));
}

/* ---- answers ---- */

enum err form_refuse_api(struct form *f)
{
    answer_faults(f->rq, f->faults, f->nfaults);
    return ERR_OK;
}

void form_page_status(struct form *f, int status)
{
    assert(status >= 400);
    f->rq->res->status = status;
}

enum err form_conflict_api(struct rq *rq)
{
    answer_error(rq, 409);
    return ERR_OK;
}

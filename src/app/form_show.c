/* form_show.c — what was typed, as the parts of form.html show it again. See form.h. */
#include "app/app_internal.h"
#include "app/form.h"
#include "base/thai.h"

static struct str fault_of(const struct form *f, const char *name)
{
    for (size_t i = 0; i < f->nfaults; i++)
        if (strcmp(f->faults[i].field, name) == 0) return f->faults[i].message;
    return STR_NONE;
}

struct field form_field_of(struct form *f, const char *name, struct str value)
{
    return (struct field){.name = str_of(name), .value = str_is_none(value) ? STR("") : value, .fault = fault_of(f, name)};
}

/* As it was typed, line ends and all: what the reader cleaned is not what the person knows. */
struct field form_field(struct form *f, const char *name)
{
    return form_field_of(f, name, web_field_get(f->rq->web->form, name));
}

struct field form_satang_field_of(struct form *f, const char *name, struct opt_satang value)
{
    struct buf b = buf_in(f->rq->arena, 40);
    if (value.has) buf_satang(&b, value.v);
    return form_field_of(f, name, buf_str(&b));
}

/* ---- days ---- */

static struct str weekday(enum lang lang, struct date d)
{
    static const enum msg names[] = {MSG_weekday_0, MSG_weekday_1, MSG_weekday_2, MSG_weekday_3,
                                     MSG_weekday_4, MSG_weekday_5, MSG_weekday_6};
    return msg_text(names[date_weekday(d)], lang);
}

static struct str echo_of(struct rq *rq, struct date d)
{
    return MSG_FORMAT(rq->arena, rq->page.lang, MSG_form_date_echo, weekday(rq->page.lang, d),
                      html_arg_date(&rq->page, d));
}

struct date_field form_date_field(struct form *f, const char *name)
{
    struct date d;
    struct date_field v = {.name = str_of(name),
                           .day = form_raw(f, form_part_of(f, name, "_d")),
                           .month = form_raw(f, form_part_of(f, name, "_m")),
                           .year = form_raw(f, form_part_of(f, name, "_y")),
                           .fault = fault_of(f, name)};
    if (date_parse_fields(v.day, v.month, v.year, &d) == ERR_OK) v.echo = echo_of(f->rq, d);
    return v;
}

struct date_field form_date_field_of(struct form *f, const char *name, struct opt_date value)
{
    struct date_field v = {.name = str_of(name), .day = STR(""), .month = STR(""), .year = STR("")};
    v.fault = fault_of(f, name);
    if (!value.has) return v;
    v.day = str_printf(f->rq->arena, "%d", value.v.day);
    v.month = str_printf(f->rq->arena, "%d", value.v.month);
    v.year = str_printf(f->rq->arena, "%d", value.v.year + 543);
    v.echo = echo_of(f->rq, value.v);
    return v;
}

struct form_errors form_errors(const struct form *f)
{
    if (f->nfaults > 0) {
        struct fault_row *kept = ARENA_ARRAY(f->rq->arena, struct fault_row, f->nfaults);
        memcpy(kept, f->faults, f->nfaults * sizeof *kept);
        f->rq->faults = kept;
        f->rq->nfaults = f->nfaults;
    }
    return (struct form_errors){.rows = f->faults, .n = f->nfaults};
}

/* photo_pages.c — photos of a report: taken in with the place and time that the phone knew, shown small and whole to
 * those who may see them. */
#include "app/route.h"
#include "base/thai.h"
#include "rooms/monitor/monitor_ask.h"
#include "rooms/monitor/photo_exif.h"

#define FIELD       "photos"
#define TAKEN_BYTES 19 /* 2026-11-21 09:30:00 */
#define E6          INT64_C(1000000)

/* ---- taking in ---- */

enum err monitor_uploads_read(struct form *f, struct monitor_uploads *ret)
{
    ret->n = form_files(f, FIELD, FORM_MAY, FILE_IMAGE, MONITOR_PHOTOS_MAX, ret->files);
    for (size_t i = 0; i < ret->n; i++) TRY(file_save(rq_files(f->rq), &ret->files[i]));
    return ERR_OK;
}

/* The value of the nth field of that name: one a photo, in their order. */
static struct str nth(const struct rq *rq, const char *name, size_t n)
{
    struct web_fields form = rq->web->form;
    for (size_t i = 0; i < form.n; i++)
        if (str_eq(form.items[i].name, str_of(name)) && n-- == 0) return form.items[i].value;
    return STR_NONE;
}

static const struct web_file *nth_file(const struct rq *rq, size_t n)
{
    struct web_files files = rq->web->files;
    for (size_t i = 0; i < files.n; i++)
        if (str_eq(files.items[i].name, STR(FIELD)) && n-- == 0) return &files.items[i];
    return NULL;
}

/* "7.008912": degrees with a sign, to a millionth. */
static struct opt_count degrees(struct str text, int64_t most)
{
    struct str whole;
    int64_t v = 0, part = 0, scale = E6;
    bool is_minus = str_starts(text, STR("-"));
    if (is_minus) text = str_from(text, 1);
    if (text.n == 0 || text.n > 12) return (struct opt_count){0};
    (void)str_split(&text, '.', &whole);
    if (str_to_int(whole, &v) != ERR_OK || v < 0) return (struct opt_count){0};
    for (size_t i = 0; i < text.n && i < 6; i++) {
        if (text.p[i] < '0' || text.p[i] > '9') return (struct opt_count){0};
        part += (text.p[i] - '0') * (scale /= 10);
    }
    v = v * E6 + part;
    return v <= most * E6 ? (struct opt_count){true, is_minus ? -v : v} : (struct opt_count){0};
}

/* "2026-11-21 09:30:00" and nothing else. */
static struct str taken_at(struct rq *rq, struct str text)
{
    static const char shape[] = "dddd-dd-dd dd:dd:dd";
    if (text.n != TAKEN_BYTES) return STR_NONE;
    for (size_t i = 0; i < TAKEN_BYTES; i++) {
        bool is_digit = text.p[i] >= '0' && text.p[i] <= '9';
        if (shape[i] == 'd' ? !is_digit : text.p[i] != shape[i]) return STR_NONE;
    }
    return str_copy(rq->arena, text);
}

/* As people say it: the phone's clock is Thailand's. A day that does not exist is shown as the phone wrote it. */
static struct str taken_words(struct rq *rq, struct str at)
{
    struct date day;
    if (at.n < TAKEN_BYTES || date_parse_iso((struct str){at.p, 10}, &day) != ERR_OK) return at; /* with seconds or without */
    return MSG_FORMAT(rq->arena, rq->page.lang, MSG_monitor_photo_taken, html_arg_date(&rq->page, day), (struct str){at.p + 11, 5});
}

/* As the script read them, before it made the photo smaller; without script the photo itself still says. */
static void place_and_time(struct rq *rq, size_t i, bool may_read, struct monitor_photo *p)
{
    struct photo_exif exif = {0};
    const struct web_file *file = nth_file(rq, i);
    p->taken_at = taken_at(rq, nth(rq, "photo_taken", i));
    p->lat_x1e6 = degrees(nth(rq, "photo_lat", i), 90);
    p->lon_x1e6 = degrees(nth(rq, "photo_lon", i), 180);
    if (!p->lat_x1e6.has || !p->lon_x1e6.has) p->lat_x1e6.has = p->lon_x1e6.has = false;
    if (!may_read || file == NULL || (!str_is_none(p->taken_at) && p->lat_x1e6.has)) return;
    photo_exif_read(file->bytes, &exif);
    if (str_is_none(p->taken_at)) p->taken_at = taken_at(rq, str_of(exif.taken));
    if (!p->lat_x1e6.has && exif.has_place) {
        p->lat_x1e6 = (struct opt_count){true, exif.lat_x1e6};
        p->lon_x1e6 = (struct opt_count){true, exif.lon_x1e6};
    }
}

enum err monitor_uploads_put(struct form *f, struct monitor_report_id id, struct monitor_uploads *u)
{
    struct rq *rq = f->rq;
    struct actor by = rq_actor(rq);
    struct file_object_id file;
    int64_t position = 0;
    size_t sent = 0;
    while (nth_file(rq, sent) != NULL) sent++;
    for (size_t i = 0; i < u->n; i++) {
        struct monitor_photo p = {.is_public = form_tick(f, "photo_public")};
        place_and_time(rq, i, sent == u->n, &p);
        TRY(file_put(rq_files(rq), rq->db, rq->arena, &u->files[i], &file));
        p.file = file.v;
        enum err e = monitor_photo_add(rq->db, rq->arena, &by, id, &p, u->files[i].name, &position);
        if (e == ERR_LIMIT) {
            form_fault(f, FIELD, MSG_FORMAT(rq->arena, rq->page.lang, MSG_monitor_photos_many, monitor_int(rq, MONITOR_PHOTOS_MAX)));
            return ERR_OK;
        }
        TRY(e);
    }
    return ERR_OK;
}

enum err monitor_photos_change(struct form *f, const struct monitor_report *r)
{
    struct rq *rq = f->rq;
    struct actor by = rq_actor(rq);
    for (size_t i = 0; i < r->nphotos; i++) {
        const struct monitor_photo *p = &r->photos[i];
        const char *caption_name = str_z(rq->arena, str_printf(rq->arena, "caption_%lld", (long long)p->position));
        const char *shown_name = str_z(rq->arena, str_printf(rq->arena, "shown_%lld", (long long)p->position));
        const char *removed_name = str_z(rq->arena, str_printf(rq->arena, "removed_%lld", (long long)p->position));
        if (!form_has(f, caption_name)) continue; /* it was not on that page yet */
        struct str caption = form_line(f, caption_name, FORM_MAY, MONITOR_LINE_MAX);
        bool is_shown = form_tick(f, shown_name), is_removed = form_tick(f, removed_name);
        if (is_removed) TRY(monitor_photo_remove(rq->db, rq->arena, &by, r->id, p->position));
        else if (!str_eq(caption, p->caption) || is_shown != p->is_public)
            TRY(monitor_photo_change(rq->db, rq->arena, &by, r->id, p->position, caption, is_shown));
    }
    return ERR_OK;
}

/* ---- showing ---- */

static struct image_size small_size(struct image_size s)
{
    int32_t side = s.width > s.height ? s.width : s.height;
    if (side <= IMAGE_SMALL_SIDE || side == 0) return s;
    return (struct image_size){(int32_t)((int64_t)s.width * IMAGE_SMALL_SIDE / side), (int32_t)((int64_t)s.height * IMAGE_SMALL_SIDE / side)};
}

static struct href photo_href(struct rq *rq, const struct monitor_here *here, bool is_public, int64_t position, bool is_small)
{
    const char *small = is_small ? "?small=1" : "";
    if (!is_public || here->is_programme)
        return monitor_report_href(rq, here, str_z(rq->arena, str_printf(rq->arena, "/photos/%lld%s", (long long)position, small)));
    return href_of_path(rq->arena, str_printf(rq->arena, "/projects/%.*s/reports/%lld/photos/%lld%s", STR_FMT(here->p.slug),
                                              (long long)here->r.occasion, (long long)position, small));
}

static struct str place_text(struct rq *rq, const struct monitor_photo *p)
{
    if (!p->lat_x1e6.has) return STR("");
    return str_printf(rq->arena, "%.5f, %.5f", (double)p->lat_x1e6.v / (double)E6, (double)p->lon_x1e6.v / (double)E6);
}

const struct monitor_photo_row *monitor_photo_rows(struct form *f, const struct monitor_here *here, bool is_public, size_t *ret_n)
{
    struct rq *rq = f->rq;
    const struct monitor_report *r = &here->r;
    struct file_info *files = NULL;
    size_t nfiles = 0, n = 0;
    struct monitor_photo_row *rows = ARENA_ARRAY(rq->arena, struct monitor_photo_row, r->nphotos);
    *ret_n = 0;
    if (r->nphotos > 0 && file_list(rq->db, rq->arena, STR(MONITOR_THING), r->id.v, &files, &nfiles) != ERR_OK) return rows;
    for (size_t i = 0; i < r->nphotos; i++) {
        const struct monitor_photo *p = &r->photos[i];
        struct image_size size = {0};
        if (is_public && !p->is_public) continue;
        for (size_t k = 0; k < nfiles; k++)
            if (files[k].use.v == p->file_use) size = small_size(files[k].size);
        bool is_said = !is_public || !thai_has_phone_or_citizen_id(p->caption);
        const char *at = str_z(rq->arena, monitor_int(rq, p->position));
        rows[n++] = (struct monitor_photo_row){
            .small = photo_href(rq, here, is_public, p->position, true),
            .whole = photo_href(rq, here, is_public, p->position, false),
            .n = p->position,
            .name = p->caption.n > 0 && is_said ? p->caption : MSG_FORMAT(rq->arena, rq->page.lang, MSG_monitor_photo_n, str_of(at)),
            .taken = is_public ? STR("") : taken_words(rq, p->taken_at),
            .has_place = !is_public && p->lat_x1e6.has,
            .place = is_public ? STR("") : place_text(rq, p),
            .is_public = p->is_public,
            .caption = form_field_of(f, form_part_of(f, "caption_", at), p->caption),
            .shown = form_field_of(f, form_part_of(f, "shown_", at), STR("")),
            .removed = form_field_of(f, form_part_of(f, "removed_", at), STR("")),
            .width = size.width,
            .height = size.height};
    }
    *ret_n = n;
    return rows;
}

static enum err photo_answer(struct rq *rq, const struct monitor_report *r, struct str position, bool is_public)
{
    struct file_info info;
    int64_t at = 0;
    if (str_to_int(position, &at) != ERR_OK) return ERR_NOT_FOUND;
    for (size_t i = 0; i < r->nphotos; i++) {
        if (r->photos[i].position != at || (is_public && !r->photos[i].is_public)) continue;
        TRY(file_find(rq->db, rq->arena, monitor_int(rq, r->photos[i].file_use), STR(MONITOR_THING), r->id.v, &info));
        info.is_private = !is_public; /* what everybody may see, a browser may keep */
        return rq_answer_file(rq, &info, rq_param(rq, "small").n > 0);
    }
    return ERR_NOT_FOUND;
}

enum err monitor_photo(struct rq *rq)
{
    struct monitor_here here;
    TRY(monitor_here_report(rq, &here));
    return photo_answer(rq, &here.r, rq->args[3], false);
}

enum err monitor_photo_public(struct rq *rq)
{
    struct project p;
    struct monitor_report r;
    int64_t occasion = 0;
    if (str_to_int(rq->args[1], &occasion) != ERR_OK) return ERR_NOT_FOUND;
    TRY(project_find(rq->db, rq->arena, STR_NONE, rq->args[0], &p));
    TRY(monitor_find(rq->db, rq->arena, p.id, occasion, &r));
    if (!project_is_public(p.state) || r.state != MONITOR_ACCEPTED) return ERR_NOT_FOUND;
    return photo_answer(rq, &r, rq->args[2], true);
}

enum err monitor_programme_photo(struct rq *rq)
{
    struct monitor_here here;
    TRY(monitor_here_report(rq, &here));
    bool is_sent = here.r.state == MONITOR_SENT || here.r.state == MONITOR_ACCEPTED;
    if (!is_sent && !here.may_write) return ERR_NOT_FOUND;
    return photo_answer(rq, &here.r, rq->args[2], !here.may_write);
}

/* ---- one photo at a time, from the script ---- */

struct sending {
    struct form form;
    struct monitor_here here;
    struct monitor_uploads photos;
};

static enum err act_look(struct rq *rq, void *ctx)
{
    struct sending *s = ctx;
    TRY(monitor_here_report(rq, &s->here));
    return monitor_may_edit(&s->here) ? ERR_OK : ERR_NOT_FOUND;
}

static enum err act_add(struct rq *rq, void *ctx)
{
    struct sending *s = ctx;
    TRY(act_look(rq, s));
    TRY(monitor_uploads_put(&s->form, s->here.r.id, &s->photos));
    if (!form_is_good(&s->form)) return form_refuse_api(&s->form);
    TRY(monitor_get(rq->db, rq->arena, s->here.r.id, &s->here.r));
    return monitor_answer_api(rq, &s->here, 201);
}

enum err monitor_photos_api(struct rq *rq)
{
    struct sending s = {0};
    TRY(monitor_txn(rq, DB_TXN_READ, act_look, &s));
    TRY(form_begin(rq, &s.form));
    TRY(monitor_uploads_read(&s.form, &s.photos));
    if (form_is_good(&s.form) && s.photos.n == 0) form_fault_msg(&s.form, FIELD, MSG_file_needed);
    if (!form_is_good(&s.form)) return form_refuse_api(&s.form);
    return monitor_txn(rq, DB_TXN_WRITE, act_add, &s);
}

/* form_fuzz.c — a form of any bytes, read as the rooms read theirs: the first byte chooses the door (urlencoded,
 * multipart, JSON) and the language. Whatever was sent, what is read is of its kind and within its limits, each fault
 * has a field and a sentence, and the form can be shown again. */
#include <assert.h>
#include <stdint.h>
#include <stdlib.h>

#include "app/app_internal.h"
#include "app/form.h"
#include "base/thai.h"
#include "web/multipart.h"
#include "web/request.h"

#define LINE 40
#define TEXT 200
#define MULTIPART "multipart/form-data; boundary=b"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static size_t letters(struct str s)
{
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++)
        n += ((unsigned char)s.p[i] & 0xc0) != 0x80;
    return n;
}

static void read_words(struct form *f)
{
    struct str again, line = form_line(f, "line", FORM_MUST, LINE), text = form_text(f, "text", FORM_MAY, TEXT);
    assert(letters(line) <= LINE && letters(text) <= TEXT);
    assert(web_utf8_is_valid(line) && web_utf8_is_valid(text));
    assert(thai_clean_line(f->rq->arena, line, &again) == ERR_OK && str_eq(again, line));
    assert(str_find_char(line, '\n') < 0 && str_find_char(line, '\0') < 0 && str_find_char(text, '\0') < 0);
    if (form_public(f, "text", text)) assert(!thai_has_phone_or_citizen_id(text));
}

static void read_numbers(struct form *f)
{
    struct opt_satang sum = form_satang(f, "sum", FORM_MUST, satang(1));
    struct opt_bp share = form_percent(f, "share", FORM_MAY);
    struct opt_count people = form_count(f, "people", FORM_MAY, 0, 99999);
    assert(!sum.has || (sum.v.v >= 1 && sum.v.v <= FORM_SATANG_MAX));
    assert(!share.has || (share.v.v >= 0 && share.v.v <= 100000));
    assert(!people.has || (people.v >= 0 && people.v <= 99999));
    if (!sum.has || f->json != NULL) return;
    struct field shown = form_satang_field_of(f, "sum", sum); /* typed as it is shown, it is the same sum */
    struct satang back;
    assert(satang_parse(shown.value, &back) == ERR_OK && back.v == sum.v.v);
}

static void read_day_and_choices(struct form *f)
{
    static const char *const kinds[] = {"activity", "final"};
    struct date back;
    struct opt_date day = form_date(f, "on", FORM_MUST);
    int kind = form_choice(f, "kind", FORM_MAY, kinds, 2);
    assert(kind >= -1 && kind < 2);
    (void)form_tick(f, "tick");
    if (day.has) {
        struct buf iso = buf_in(f->rq->arena, 16);
        buf_date_iso(&iso, day.v);
        assert(date_parse_iso(buf_str(&iso), &back) == ERR_OK && date_cmp(back, day.v) == 0);
    }
    (void)form_date_field(f, "on");
    (void)form_date_field_of(f, "on", day);
}

static void check_faults(struct form *f)
{
    assert(form_is_good(f) == (f->nfaults == 0) && f->nfaults <= FORM_FAULTS_MAX);
    for (size_t i = 0; i < f->nfaults; i++) {
        assert(f->faults[i].field != NULL && f->faults[i].field[0] != '\0');
        assert(f->faults[i].message.n > 0 && web_utf8_is_valid(f->faults[i].message));
    }
}

static enum err take(struct arena *a, unsigned door, struct web_request *web)
{
    if (door == 0) return web_fields_parse(a, web->body, 100, &web->form);
    return door == 1 ? multipart_parse(a, STR(MULTIPART), web->body, &web->form, &web->files) : ERR_OK;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    static const char *const types[] = {"application/x-www-form-urlencoded", MULTIPART, "application/json"};
    static struct arena *a;
    if (n < 2 || n > 65536) return 0;
    if (a == NULL) a = arena_new((size_t)64 << 20);
    arena_reset(a);
    unsigned door = data[0] % 3;
    struct web_field type = {STR("Content-Type"), str_of(types[door])};
    struct web_request web = {.arena = a, .method = WEB_POST, .path = STR("/api/v1/form"),
                              .headers = {&type, 1}, .body = {(const char *)data + 1, n - 1}};
    struct web_response res = {0};
    struct rq rq = {.web = &web, .res = &res, .arena = a, .path = web.path,
                    .page = {.lang = data[0] & 64 ? LANG_EN : LANG_TH, .arena = a}};
    struct form f;
    if (take(a, door, &web) != ERR_OK) return 0;
    assert(form_begin(&rq, &f) == ERR_OK);
    read_words(&f);
    read_numbers(&f);
    read_day_and_choices(&f);
    check_faults(&f);
    if (!form_is_good(&f)) assert(form_refuse_api(&f) == ERR_OK && res.status == 400 && res.body.n > 0);
    return 0;
}

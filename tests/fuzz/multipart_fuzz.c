/* multipart_fuzz.c — a form of any bytes: the first line is the Content-Type, the rest the body. What is
 * taken is text where it must be, lies within the body, and stays within its limits; and a body that is
 * taken is refused when its last bytes are missing: a torn upload never looks whole. */
#include <assert.h>
#include <stdint.h>
#include <stdlib.h>

#include "web/multipart.h"
#include "web/request.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static void check_inside(struct str body, struct str piece)
{
    assert(piece.n == 0 || (piece.p >= body.p && piece.p + piece.n <= body.p + body.n));
}

static void check_file(struct str body, const struct web_file *f)
{
    size_t letters = 0;
    assert(f->name.n > 0 && web_utf8_is_valid(f->name) && web_utf8_is_valid(f->filename));
    assert(str_find_char(f->filename, '/') < 0 && str_find_char(f->filename, '\\') < 0);
    for (size_t i = 0; i < f->filename.n; i++)
        letters += ((unsigned char)f->filename.p[i] & 0xc0) != 0x80;
    assert(letters <= MULTIPART_FILENAME_MAX);
    check_inside(body, f->bytes);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    if (n > 65536) return 0;
    struct arena *a = arena_new((size_t)64 << 20);
    struct str raw = {(const char *)data, n};
    ptrdiff_t lf = str_find_char(raw, '\n');
    struct str type = lf < 0 ? raw : str_first(raw, (size_t)lf);
    struct str body = lf < 0 ? STR("") : str_from(raw, (size_t)lf + 1);
    struct web_fields form = {0};
    struct web_files files = {0};
    bool is_type = multipart_is_type(type);
    if (multipart_parse(a, type, body, &form, &files) == ERR_OK) {
        assert(is_type || type.n > 0);
        assert(form.n + files.n <= MULTIPART_PARTS_MAX);
        for (size_t i = 0; i < form.n; i++) {
            assert(web_utf8_is_valid(form.items[i].value) && str_find_char(form.items[i].value, '\0') < 0);
            check_inside(body, form.items[i].value);
        }
        for (size_t i = 0; i < files.n; i++)
            check_file(body, &files.items[i]);
        assert(multipart_parse(a, type, str_first(body, body.n - 3), &form, &files) != ERR_OK);
    }
    arena_free(a);
    return 0;
}

/* image_test.c — what comes out of the helper: upright, small, without a word of the original's head;
 * bombs, damage and other types are refused; and who is inside the sandbox cannot get out. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>
#include <jpeglib.h>
#include <png.h>
#include <webp/encode.h>
#include <zlib.h>

#include <fcntl.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/clock.h"
#include "image/image_internal.h"

/* Red, green / blue, black: the four corners tell how an image lies. */
static struct pixels quarters(int32_t width, int32_t height)
{
    struct pixels p = {width, height, calloc((size_t)width * (size_t)height, 3)};
    for (int32_t y = 0; y < height; y++)
        for (int32_t x = 0; x < width; x++) {
            uint8_t *at = p.rgb + ((size_t)y * (size_t)width + (size_t)x) * 3;
            int corner = (y * 2 >= height) * 2 + (x * 2 >= width);
            if (corner < 3) at[corner] = 255;
        }
    return p;
}

/* 'r' 'g' 'b' 'k', or '?': at an eighth of the way in from that corner. */
static char colour_at(const struct pixels *p, int right, int low)
{
    int32_t x = right ? p->width - 1 - p->width / 8 : p->width / 8;
    int32_t y = low ? p->height - 1 - p->height / 8 : p->height / 8;
    const uint8_t *at = p->rgb + ((size_t)y * (size_t)p->width + (size_t)x) * 3;
    int n = 0, which = 3;
    for (int c = 0; c < 3; c++)
        if (at[c] > 180) n++, which = c;
    return n > 1 ? '?' : "rgbk"[which];
}

static void assert_corners(struct str jpeg, const char *want, struct image_size size)
{
    struct pixels p = {0};
    int direction = 0;
    assert_int_equal(image_decode(jpeg, &p, &direction), ERR_OK);
    assert_int_equal(direction, 1);
    char got[5] = {colour_at(&p, 0, 0), colour_at(&p, 1, 0), colour_at(&p, 0, 1), colour_at(&p, 1, 1), 0};
    assert_string_equal(got, want);
    assert_int_equal(p.width, size.width);
    assert_int_equal(p.height, size.height);
    free(p.rgb);
}

static struct str jpeg_of(struct arena *a, int32_t width, int32_t height)
{
    struct pixels p = quarters(width, height);
    struct str made = image_encode(&p, 90), kept = str_copy(a, made);
    free((void *)(uintptr_t)made.p);
    free(p.rgb);
    return kept;
}

/* An EXIF piece with that direction and a place that must not survive, behind the first marker. */
static struct str with_exif(struct arena *a, struct str jpeg, int direction, bool is_big)
{
    unsigned char exif[] = "\xff\xe1\0\x42" "Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\0\0\0\0\0\0\0\0"
                           "GPS 13.756331,100.501762 secret";
    exif[3] = sizeof exif - 3;
    exif[28] = (unsigned char)direction;
    if (is_big) {
        memcpy(exif + 10, "MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\0\0\0", 22);
        exif[28] = 0;
        exif[29] = (unsigned char)direction;
    }
    struct str parts[] = {str_first(jpeg, 2), {(const char *)exif, sizeof exif - 1}, str_from(jpeg, 2)};
    return str_concat(a, parts, 3);
}

static struct str png_of(struct arena *a, int32_t width, int32_t height, bool has_alpha)
{
    size_t n = 4 << 20, size = (size_t)width * (size_t)height * 4;
    char *out = arena_alloc(a, n);
    uint8_t *rgba = calloc(1, size); /* black and clear, so white where alpha counts */
    png_image image = {.version = PNG_IMAGE_VERSION, .width = (uint32_t)width, .height = (uint32_t)height,
                       .format = has_alpha ? PNG_FORMAT_RGBA : PNG_FORMAT_GRAY};
    assert_true(png_image_write_to_memory(&image, out, &n, 0, rgba, 0, NULL));
    free(rgba);
    return (struct str){out, n};
}

static struct str webp_of(struct arena *a, int32_t width, int32_t height, bool is_lossless)
{
    struct pixels p = quarters(width, height);
    uint8_t *out = NULL;
    size_t n = is_lossless ? WebPEncodeLosslessRGB(p.rgb, width, height, width * 3, &out)
                           : WebPEncodeRGB(p.rgb, width, height, width * 3, 80, &out);
    struct str kept = str_copy(a, (struct str){(const char *)out, n});
    WebPFree(out);
    free(p.rgb);
    return kept;
}

/* ---- what comes out ---- */

static void test_each_direction(void **state)
{
    (void)state;
    /* the stored rgbk as a viewer must show it */
    static const char *const want[] = {"rgbk", "rgbk", "grkb", "kbgr", "bkrg", "rbgk", "brkg", "kgbr", "gkrb", "rgbk"};
    for (int direction = 0; direction <= 9; direction++)
        for (int is_big = 0; is_big < 2; is_big++) {
            struct arena *a = arena_new(8 << 20);
            struct str in = with_exif(a, jpeg_of(a, 64, 32), direction, is_big), whole, small;
            struct image_answer head;
            assert_true(str_find(in, STR("secret")) > 0);
            assert_int_equal(image_make(in, &head, &whole, &small), HELPER_GOOD);
            bool is_lying = direction >= 5 && direction <= 8;
            assert_corners(whole, want[direction], is_lying ? (struct image_size){32, 64} : (struct image_size){64, 32});
            assert_true(str_find(whole, STR("secret")) < 0 && str_find(whole, STR("Exif")) < 0);
            free((void *)(uintptr_t)whole.p);
            free((void *)(uintptr_t)small.p);
            arena_free(a);
        }
}

static void test_sizes(void **state)
{
    (void)state;
    static const struct {
        int32_t w, h, ww, wh, sw, sh;
    } cases[] = {
        {3000, 2000, 2560, 1707, 480, 320}, {480, 480, 480, 480, 480, 480}, {1, 1, 1, 1, 1, 1},
        {6000, 40, 2560, 17, 480, 3},       {7, 2561, 7, 2560, 1, 480},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct arena *a = arena_new(8 << 20);
        struct str whole, small;
        struct image_answer head;
        assert_int_equal(image_make(jpeg_of(a, cases[i].w, cases[i].h), &head, &whole, &small), HELPER_GOOD);
        assert_int_equal(head.whole.width, cases[i].ww);
        assert_int_equal(head.whole.height, cases[i].wh);
        assert_int_equal(head.small.width, cases[i].sw);
        assert_int_equal(head.small.height, cases[i].sh);
        if (cases[i].h > 100) assert_corners(whole, "rgbk", head.whole);
        free((void *)(uintptr_t)whole.p);
        free((void *)(uintptr_t)small.p);
        arena_free(a);
    }
}

/* The average keeps what it covers: two colours in turn become their mean, whatever the ratio. */
static void test_average(void **state)
{
    (void)state;
    struct pixels p = {90, 60, malloc(90 * 60 * 3)};
    for (int i = 0; i < 90 * 60 * 3; i++)
        p.rgb[i] = i / 3 % 2 ? 200 : 100;
    image_shrink(&p, 45);
    assert_int_equal(p.width, 45);
    assert_int_equal(p.height, 30);
    for (int i = 0; i < 45 * 30 * 3; i++)
        assert_int_equal(p.rgb[i], 150);
    memset(p.rgb, 255, 45 * 30 * 3);
    image_shrink(&p, 17); /* no whole ratio */
    for (int i = 0; i < p.width * p.height * 3; i++)
        assert_int_equal(p.rgb[i], 255);
    free(p.rgb);
}

static void test_other_types(void **state)
{
    (void)state;
    struct arena *a = arena_new(32 << 20);
    struct str inputs[] = {png_of(a, 30, 20, true), png_of(a, 30, 20, false), webp_of(a, 64, 32, true),
                           webp_of(a, 64, 32, false), webp_of(a, 6000, 64, false)};
    struct str whole, small;
    struct image_answer head;
    for (size_t i = 0; i < 5; i++) {
        assert_int_equal(image_make(inputs[i], &head, &whole, &small), HELPER_GOOD);
        struct pixels p = {0};
        int direction;
        assert_int_equal(image_decode(whole, &p, &direction), ERR_OK);
        if (i == 0) assert_true(p.rgb[0] > 250); /* clear is white paper */
        if (i == 1) assert_true(p.rgb[0] < 5);
        if (i >= 2) assert_corners(whole, "rgbk", head.whole);
        free(p.rgb);
        free((void *)(uintptr_t)whole.p);
        free((void *)(uintptr_t)small.p);
    }
    arena_free(a);
}

/* Seven passes over the rows, sixteen bits, and a direction of its own. */
static void test_interlaced(void **state)
{
    (void)state;
    char *out = NULL;
    size_t n = 0;
    FILE *f = open_memstream(&out, &n);
    png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
    png_infop info = png_create_info_struct(png);
    static png_byte exif[] = "MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x03\0\0";
    struct pixels p = quarters(64, 32);
    uint8_t *wide = malloc(pixels_bytes(&p) * 2);
    png_bytep rows[32];
    for (size_t i = 0; i < pixels_bytes(&p); i++)
        wide[2 * i] = wide[2 * i + 1] = p.rgb[i];
    for (int y = 0; y < 32; y++)
        rows[y] = wide + y * 64 * 6;
    assert_non_null(f);
    png_init_io(png, f);
    png_set_IHDR(png, info, 64, 32, 16, PNG_COLOR_TYPE_RGB, PNG_INTERLACE_ADAM7, PNG_COMPRESSION_TYPE_DEFAULT,
                 PNG_FILTER_TYPE_DEFAULT);
    png_set_eXIf_1(png, info, 22, exif);
    png_set_rows(png, info, rows);
    png_write_png(png, info, PNG_TRANSFORM_IDENTITY, NULL);
    fclose(f);
    struct image_answer head;
    struct str whole, small;
    assert_int_equal(image_make((struct str){out, n}, &head, &whole, &small), HELPER_GOOD);
    assert_corners(whole, "kbgr", (struct image_size){64, 32});
    png_destroy_write_struct(&png, &info);
    free((void *)(uintptr_t)whole.p);
    free((void *)(uintptr_t)small.p);
    free(out);
    free(wide);
    free(p.rgb);
}

/* ---- what is refused ---- */

static void put_chunk(struct buf *b, const char *type, struct str data)
{
    unsigned char n[4] = {(unsigned char)(data.n >> 24), (unsigned char)(data.n >> 16),
                          (unsigned char)(data.n >> 8), (unsigned char)data.n};
    buf_put(b, (struct str){(const char *)n, 4});
    size_t from = b->n;
    buf_put(b, (struct str){type, 4});
    buf_put(b, data);
    uLong crc = crc32(0, (const Bytef *)b->p + from, (uInt)(b->n - from));
    for (int i = 3; i >= 0; i--)
        buf_putc(b, (char)(crc >> (8 * i)));
}

/* 30,000 × 30,000: 2.7 GB behind a hundred bytes. */
static struct str png_bomb(struct arena *a)
{
    struct buf b = buf_in(a, 1 << 20);
    BUF_LIT(&b, "\x89PNG\r\n\x1a\n");
    put_chunk(&b, "IHDR", STR("\0\0\x75\x30\0\0\x75\x30\x08\x02\0\0\0"));
    put_chunk(&b, "IDAT", STR("\x78\x9c\x63\0\0\0\x01\0\x01"));
    put_chunk(&b, "IEND", STR(""));
    return buf_str(&b);
}

/* The size in the frame's head of a good JPEG, made 65,000 × 65,000. */
static struct str jpeg_bomb(struct arena *a)
{
    struct str small = jpeg_of(a, 16, 16);
    char *p = (char *)(uintptr_t)small.p;
    ptrdiff_t at = str_find(small, STR("\xff\xc0\0\x11\x08"));
    assert_true(at > 0);
    memcpy(p + at + 5, "\xfd\xe8\xfd\xe8", 4);
    return small;
}

static void assert_refused(struct str in, enum err want)
{
    struct arena *a = arena_new(32 << 20);
    struct image_pair pair = {0};
    enum err e = image_convert(a, in, &pair);
    if (e != want) fail_msg("%s, not %s: %s", err_name(e), err_name(want), err_detail());
    assert_true(str_is_none(pair.whole));
    arena_free(a);
}

static void test_bombs(void **state)
{
    (void)state;
    struct arena *a = arena_new(32 << 20);
    int64_t begun = clock_monotonic_us();
    assert_refused(png_bomb(a), ERR_LIMIT);
    assert_refused(jpeg_bomb(a), ERR_LIMIT);
    assert_true(clock_monotonic_us() - begun < 15000000);
    arena_free(a);
}

static void test_cut_and_damaged(void **state)
{
    (void)state;
    struct arena *a = arena_new(64 << 20);
    struct str good[] = {jpeg_of(a, 300, 200), png_of(a, 300, 200, true), webp_of(a, 300, 200, false)};
    for (size_t i = 0; i < 3; i++)
        for (size_t tenth = 0; tenth < 10; tenth++) {
            struct image_answer head;
            struct str whole, small, in = str_first(good[i], good[i].n * tenth / 10);
            assert_int_equal(image_make(in, &head, &whole, &small), HELPER_BROKEN);
        }
    assert_refused(str_first(good[0], good[0].n - 1), ERR_INPUT);
    assert_refused(STR("%PDF-1.4"), ERR_INPUT);
    assert_refused(STR("GIF89a"), ERR_INPUT);
    assert_refused(STR(""), ERR_INPUT);
    assert_refused(STR("\xff\xd8\xff hello"), ERR_INPUT);
    char *large = arena_alloc(a, IMAGE_BYTES_MAX + 1);
    memcpy(large, "\xff\xd8\xff", 3);
    assert_refused((struct str){large, IMAGE_BYTES_MAX + 1}, ERR_LIMIT);
    arena_free(a);
}

/* EXIF that points outside itself says nothing, and reads nothing beyond its end (ASan). */
static void test_exif_lies(void **state)
{
    (void)state;
    static const unsigned char good[] = "II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0";
    assert_int_equal(image_exif_direction((struct str){(const char *)good, 22}), 6);
    for (size_t n = 0; n < 20; n++) {
        char *copy = malloc(n + 1);
        memcpy(copy, good, n);
        int got = image_exif_direction((struct str){copy, n});
        assert_true(got == 1 || (n >= 19 && got == 6));
        free(copy);
    }
    assert_int_equal(image_exif_direction(STR("II*\0\xff\xff\xff\xff")), 1);
    assert_int_equal(image_exif_direction(STR("II*\0\x08\0\0\0\xff\xff\x12\x01")), 1);
}

/* ---- through the real helper ---- */

static void test_helper(void **state)
{
    (void)state;
    struct arena *a = arena_new(32 << 20);
    struct image_pair pair;
    struct str in = with_exif(a, jpeg_of(a, 3000, 2000), 6, false);
    enum err e = image_convert(a, in, &pair);
    if (e != ERR_OK) fail_msg("%s: %s", err_name(e), err_detail());
    assert_int_equal(pair.whole_size.width, 1707);
    assert_int_equal(pair.whole_size.height, 2560);
    assert_int_equal(pair.small_size.height, 480);
    assert_corners(pair.whole, "brkg", pair.whole_size);
    assert_corners(pair.small, "brkg", pair.small_size);
    assert_true(str_find(pair.whole, STR("secret")) < 0);
    e = image_convert(a, webp_of(a, 64, 32, true), &pair);
    assert_int_equal(e, ERR_OK);
    e = image_convert(a, png_of(a, 64, 32, true), &pair);
    assert_int_equal(e, ERR_OK);
    arena_free(a);
}

/* A helper that is not there, fails, or says something else. */
static void test_helper_astray(void **state)
{
    (void)state;
    struct arena *a = arena_new(8 << 20);
    struct str in = jpeg_of(a, 16, 16);
    image_helper_program("/nowhere/sarn");
    assert_refused(in, ERR_UNAVAILABLE);
    image_helper_program("/bin/false");
    assert_refused(in, ERR_UNAVAILABLE);
    image_helper_program("/bin/true"); /* no answer */
    assert_refused(in, ERR_INPUT);
    image_helper_program("/bin/echo"); /* another one */
    assert_refused(in, ERR_INPUT);
    image_helper_program(SARN_PROGRAM);
    arena_free(a);
}

/* ---- the sandbox ---- */

static void try_open(void) { _exit(open("/etc/hostname", O_RDONLY) < 0 ? 1 : 0); }
static void try_write(void) { _exit(open("/tmp/sarn-escaped", O_CREAT | O_WRONLY, 0600) < 0 ? 1 : 0); }
static void try_socket(void) { _exit(socket(AF_INET, SOCK_STREAM, 0) < 0 ? 1 : 0); }
static void try_unix(void) { _exit(socket(AF_UNIX, SOCK_STREAM, 0) < 0 ? 1 : 0); }
static void try_fork(void) { _exit(fork() < 0 ? 1 : 0); }
static void try_exec(void)
{
    char *const words[] = {NULL};
    execve("/bin/true", words, words);
    _exit(1);
}
static void try_kill(void) { _exit(kill(getppid(), 0) != 0 ? 1 : 0); }
static void try_code(void)
{
    void *p = mmap(NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    _exit(p == MAP_FAILED ? 1 : 0);
}
static void try_memory(void)
{
    char *p = malloc((size_t)64 << 20); /* what is allowed still works */
    if (p == NULL) _exit(1);
    memset(p, 1, (size_t)64 << 20);
    _exit(p[1000] == 1 ? 42 : 1);
}

/* How a child inside the sandbox ends when it tries: the signal, or its exit value + 1000. */
static int end_of(void (*attempt)(void))
{
    pid_t pid = fork();
    assert_true(pid >= 0);
    if (pid == 0) {
        if (!image_sandbox_enter()) _exit(99);
        attempt();
        _exit(98);
    }
    int status = 0;
    assert_int_equal(waitpid(pid, &status, 0), pid);
    return WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status) + 1000;
}

static void test_sandbox(void **state)
{
    (void)state;
    static void (*const attempts[])(void) = {try_open, try_write, try_socket, try_unix, try_fork,
                                             try_exec, try_kill,  try_code};
    for (size_t i = 0; i < sizeof attempts / sizeof attempts[0]; i++)
        if (end_of(attempts[i]) != SIGSYS) fail_msg("attempt %zu: %d", i, end_of(attempts[i]));
    assert_int_equal(end_of(try_memory), 1042);
    assert_int_not_equal(access("/tmp/sarn-escaped", F_OK), 0);
}

int main(void)
{
    image_helper_program(SARN_PROGRAM);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_each_direction), cmocka_unit_test(test_sizes),
        cmocka_unit_test(test_average),        cmocka_unit_test(test_other_types),
        cmocka_unit_test(test_interlaced),     cmocka_unit_test(test_bombs),
                 cmocka_unit_test(test_cut_and_damaged),
        cmocka_unit_test(test_exif_lies),      cmocka_unit_test(test_helper),
        cmocka_unit_test(test_helper_astray),  cmocka_unit_test(test_sandbox),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

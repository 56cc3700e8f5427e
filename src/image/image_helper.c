/* image_helper.c — one image in, two out: the whole life of the helper process. */
#include <stdio.h> /* jpeglib.h wants it first */
#include <stdlib.h>
#include <unistd.h>

#include <jpeglib.h>

#include "image/image_internal.h"

#define QUALITY       82 /* a scan stays readable, a photo of a phone becomes a fifth */
#define SMALL_QUALITY 75

/* libjpeg's own faults end the process here: what we hand over is right. */
struct str image_encode(const struct pixels *p, int quality)
{
    struct jpeg_compress_struct j;
    struct jpeg_error_mgr err;
    unsigned char *out = NULL;
    unsigned long n = 0;
    j.err = jpeg_std_error(&err);
    jpeg_create_compress(&j);
    jpeg_mem_dest(&j, &out, &n);
    j.image_width = (JDIMENSION)p->width;
    j.image_height = (JDIMENSION)p->height;
    j.input_components = 3;
    j.in_color_space = JCS_RGB;
    jpeg_set_defaults(&j);
    jpeg_set_quality(&j, quality, TRUE);
    j.optimize_coding = TRUE;
    jpeg_start_compress(&j, TRUE);
    while (j.next_scanline < j.image_height) {
        JSAMPROW row = p->rgb + (size_t)j.next_scanline * j.image_width * 3;
        jpeg_write_scanlines(&j, &row, 1);
    }
    jpeg_finish_compress(&j);
    jpeg_destroy_compress(&j);
    return (struct str){(const char *)out, n};
}

int image_make(struct str bytes, struct image_answer *ret_head, struct str *ret_whole,
               struct str *ret_small)
{
    struct pixels p = {0};
    int direction = 1;
    enum err e = image_decode(bytes, &p, &direction);
    if (e != ERR_OK) {
        free(p.rgb);
        return e == ERR_LIMIT ? HELPER_TOO_LARGE : HELPER_BROKEN;
    }
    image_shrink(&p, IMAGE_SIDE);
    image_turn(&p, direction);
    struct image_answer head = {.whole = {p.width, p.height}};
    memcpy(head.magic, IMAGE_ANSWER_MAGIC, sizeof head.magic);
    *ret_whole = image_encode(&p, QUALITY);
    image_shrink(&p, IMAGE_SMALL_SIDE);
    head.small = (struct image_size){p.width, p.height};
    *ret_small = image_encode(&p, SMALL_QUALITY);
    free(p.rgb);
    head.whole_n = (uint32_t)ret_whole->n;
    head.small_n = (uint32_t)ret_small->n;
    *ret_head = head;
    return HELPER_GOOD;
}

static void write_all(const void *p, size_t n)
{
    for (const char *at = p; n > 0;) {
        ssize_t got = write(STDOUT_FILENO, at, n);
        if (got <= 0) _exit(HELPER_BROKEN);
        at += got;
        n -= (size_t)got;
    }
}

/* _exit: nothing of this process is to be tidied up by code that a broken image may have bent. */
_Noreturn void image_helper_main(void)
{
    (void)image_sandbox_enter();
    char *bytes = malloc(IMAGE_BYTES_MAX + 1);
    if (bytes == NULL) _exit(HELPER_TOO_LARGE);
    size_t n = 0;
    ssize_t got = 0;
    while (n <= IMAGE_BYTES_MAX && (got = read(STDIN_FILENO, bytes + n, IMAGE_BYTES_MAX + 1 - n)) > 0)
        n += (size_t)got;
    if (got < 0 || n > IMAGE_BYTES_MAX) _exit(HELPER_TOO_LARGE);
    struct image_answer head;
    struct str whole, small;
    int code = image_make((struct str){bytes, n}, &head, &whole, &small);
    if (code != HELPER_GOOD) _exit(code);
    write_all(&head, sizeof head);
    write_all(whole.p, whole.n);
    write_all(small.p, small.n);
    _exit(HELPER_GOOD);
}

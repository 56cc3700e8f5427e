/* image_decode.c — the three decoders, in the helper only. Each reads the size from the head first and
 * refuses a bomb before it takes memory for it; a damaged or cut-off image is refused, not guessed at:
 * half of a photo is no evidence. What was taken by then stands in *ret, also after a fault. */
#include <setjmp.h>
#include <stdio.h> /* jpeglib.h wants it first */
#include <stdlib.h>

#include <jerror.h>
#include <jpeglib.h>
#include <png.h>
#include <webp/decode.h>

#include "image/image_internal.h"

enum image_type image_sniff(struct str b)
{
    if (str_starts(b, STR("\xff\xd8\xff"))) return IMAGE_JPEG;
    if (str_starts(b, STR("\x89PNG\r\n\x1a\n"))) return IMAGE_PNG;
    bool is_riff = b.n >= 16 && str_starts(b, STR("RIFF"));
    return is_riff && memcmp(b.p + 8, "WEBPVP8", 7) == 0 ? IMAGE_WEBP : IMAGE_NONE;
}

static enum err check_size(uint64_t width, uint64_t height)
{
    if (width == 0 || height == 0) return ERR_INPUT;
    return width > IMAGE_PIXELS_MAX || height > IMAGE_PIXELS_MAX || width * height > IMAGE_PIXELS_MAX
               ? ERR_LIMIT
               : ERR_OK;
}

static void *take(size_t n)
{
    void *p = malloc(n);
    if (p == NULL) abort(); /* above the helper's limit */
    return p;
}

/* ---- EXIF ---- */

struct tiff {
    struct str s;
    bool is_big;
};

/* 16 or 32 bits at that place; 0 beyond the end. */
static uint32_t tiff_number(const struct tiff *t, size_t at, size_t n)
{
    uint32_t v = 0;
    if (at > t->s.n || n > t->s.n - at) return 0;
    for (size_t i = 0; i < n; i++)
        v |= (uint32_t)(unsigned char)t->s.p[at + i] << 8 * (t->is_big ? n - 1 - i : i);
    return v;
}

int image_exif_direction(struct str s)
{
    if (str_starts(s, STR("Exif\0\0"))) s = str_from(s, 6);
    struct tiff t = {s, str_starts(s, STR("MM"))};
    if (!t.is_big && !str_starts(s, STR("II"))) return 1;
    size_t at = tiff_number(&t, 4, 4);
    uint32_t n = tiff_number(&t, at, 2);
    for (uint32_t i = 0; i < n; i++) {
        size_t entry = at + 2 + (size_t)i * 12;
        if (entry >= s.n) break;
        if (tiff_number(&t, entry, 2) != 0x0112) continue;
        uint32_t v = tiff_number(&t, entry + 8, 2);
        return v >= 1 && v <= 8 ? (int)v : 1;
    }
    return 1;
}

/* ---- JPEG ---- */

struct jpeg_trouble {
    struct jpeg_error_mgr mgr; /* first: libjpeg hands back a pointer to it */
    jmp_buf out;
};

_Noreturn static void jpeg_stop(j_common_ptr j)
{
    struct jpeg_trouble *t = (struct jpeg_trouble *)(void *)j->err;
    longjmp(t->out, 1);
}

/* Most warnings are cameras' sloppiness; these two say that a part is missing. */
static void jpeg_says(j_common_ptr j, int level)
{
    if (level < 0 && (j->err->msg_code == JWRN_JPEG_EOF || j->err->msg_code == JWRN_HIT_MARKER)) jpeg_stop(j);
}

static int jpeg_direction(const struct jpeg_decompress_struct *j)
{
    for (const struct jpeg_marker_struct *m = j->marker_list; m != NULL; m = m->next) {
        struct str data = {(const char *)m->data, m->data_length};
        if (m->marker == JPEG_APP0 + 1 && str_starts(data, STR("Exif\0\0"))) return image_exif_direction(data);
    }
    return 1;
}

/* libjpeg shrinks by 2, 4 or 8 while it decodes, for less time and memory. */
static unsigned jpeg_divisor(const struct jpeg_decompress_struct *j)
{
    unsigned longest = j->image_width > j->image_height ? j->image_width : j->image_height, d = 1;
    while (d < 8 && longest / (d * 2) >= IMAGE_SIDE)
        d *= 2;
    return d;
}

/* Printers' colours: stored inverted, as every program writes them. */
static void from_cmyk(uint8_t *out, const uint8_t *in, unsigned width)
{
    for (unsigned x = 0; x < width; x++)
        for (int c = 0; c < 3; c++)
            out[x * 3 + (unsigned)c] = (uint8_t)(in[x * 4 + (unsigned)c] * in[x * 4 + 3] / 255);
}

static void jpeg_rows(struct jpeg_decompress_struct *j, struct pixels *p)
{
    bool is_cmyk = j->out_color_space == JCS_CMYK;
    j_common_ptr common = (j_common_ptr)(void *)j; /* memory that libjpeg frees, also after a jump */
    uint8_t *line = is_cmyk ? j->mem->alloc_large(common, JPOOL_IMAGE, (size_t)j->output_width * 4) : NULL;
    while (j->output_scanline < j->output_height) {
        uint8_t *to = p->rgb + (size_t)j->output_scanline * j->output_width * 3;
        JSAMPROW row = is_cmyk ? line : to;
        jpeg_read_scanlines(j, &row, 1);
        if (is_cmyk) from_cmyk(to, line, j->output_width);
    }
}

static enum err jpeg_read(struct jpeg_decompress_struct *j, struct str bytes, struct pixels *ret,
                          int *ret_direction)
{
    jpeg_save_markers(j, JPEG_APP0 + 1, 0xffff);
    jpeg_mem_src(j, (const unsigned char *)bytes.p, bytes.n);
    jpeg_read_header(j, TRUE);
    TRY(check_size(j->image_width, j->image_height));
    j->scale_num = 1;
    j->scale_denom = jpeg_divisor(j);
    bool is_cmyk = j->jpeg_color_space == JCS_CMYK || j->jpeg_color_space == JCS_YCCK;
    j->out_color_space = is_cmyk ? JCS_CMYK : JCS_RGB;
    jpeg_start_decompress(j);
    struct pixels p = {(int32_t)j->output_width, (int32_t)j->output_height, NULL};
    p.rgb = take(pixels_bytes(&p));
    *ret = p;
    *ret_direction = jpeg_direction(j);
    jpeg_rows(j, &p);
    jpeg_finish_decompress(j);
    return ERR_OK;
}

/* The jump lands here, in a function that has no variables of its own to lose. */
static enum err jpeg_decode(struct str bytes, struct pixels *ret, int *ret_direction)
{
    struct jpeg_decompress_struct j;
    struct jpeg_trouble trouble;
    j.err = jpeg_std_error(&trouble.mgr);
    trouble.mgr.error_exit = jpeg_stop;
    trouble.mgr.emit_message = jpeg_says;
    jpeg_create_decompress(&j);
    enum err e = setjmp(trouble.out) == 0 ? jpeg_read(&j, bytes, ret, ret_direction) : ERR_INPUT;
    jpeg_destroy_decompress(&j);
    return e;
}

/* ---- what has an alpha channel ---- */

/* On white, as paper is; in place, since RGB is never behind RGBA. */
static void flatten(uint8_t *rgba, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        unsigned alpha = rgba[i * 4 + 3];
        for (size_t c = 0; c < 3; c++)
            rgba[i * 3 + c] = (uint8_t)((rgba[i * 4 + c] * alpha + 255 * (255 - alpha) + 127) / 255);
    }
}

/* ---- PNG ---- */

struct png_input {
    struct str rest;
};

static void png_take(png_structp png, png_bytep out, size_t n)
{
    struct png_input *in = png_get_io_ptr(png);
    if (n > in->rest.n) png_error(png, "cut off");
    memcpy(out, in->rest.p, n);
    in->rest = str_from(in->rest, n);
}

_Noreturn static void png_stop(png_structp png, png_const_charp text)
{
    (void)text;
    png_longjmp(png, 1);
}

static void png_says(png_structp png, png_const_charp text)
{
    (void)png, (void)text;
}

/* Whatever the file has, rows of RGBA with eight bits come out. */
static int png_as_rgba(png_structp png)
{
    png_set_expand(png);
    png_set_scale_16(png);
    png_set_gray_to_rgb(png);
    png_set_add_alpha(png, 0xff, PNG_FILLER_AFTER);
    return png_set_interlace_handling(png); /* how often the rows come: 7 when they are interlaced */
}

static enum err png_read_pixels(png_structp png, png_infop info, struct pixels *ret)
{
    uint32_t width = png_get_image_width(png, info), height = png_get_image_height(png, info);
    TRY(check_size(width, height));
    int passes = png_as_rgba(png);
    png_read_update_info(png, info);
    if (png_get_rowbytes(png, info) != (size_t)width * 4) return ERR_INPUT;
    uint8_t *rgba = take((size_t)width * height * 4);
    *ret = (struct pixels){(int32_t)width, (int32_t)height, rgba};
    for (int pass = 0; pass < passes; pass++)
        for (uint32_t y = 0; y < height; y++)
            png_read_row(png, rgba + (size_t)y * width * 4, NULL);
    png_read_end(png, info);
    flatten(rgba, (size_t)width * height);
    return ERR_OK;
}

static enum err png_read(png_structp png, png_infop info, struct str bytes, struct pixels *ret,
                         int *ret_direction)
{
    struct png_input in = {bytes};
    png_set_read_fn(png, &in, png_take);
    png_set_user_limits(png, IMAGE_PIXELS_MAX, IMAGE_PIXELS_MAX); /* the product is checked below */
    png_set_chunk_malloc_max(png, 1 << 20);
    png_read_info(png, info);
    TRY(png_read_pixels(png, info, ret));
    png_bytep exif = NULL;
    uint32_t n = 0;
    if (png_get_eXIf_1(png, info, &n, &exif) != 0)
        *ret_direction = image_exif_direction((struct str){(const char *)exif, n});
    return ERR_OK;
}

static enum err png_decode(struct str bytes, struct pixels *ret, int *ret_direction)
{
    png_structp png = png_create_read_struct(PNG_LIBPNG_VER_STRING, NULL, png_stop, png_says);
    png_infop info = png != NULL ? png_create_info_struct(png) : NULL;
    if (info == NULL) abort();
    enum err e = setjmp(png_jmpbuf(png)) == 0 ? png_read(png, info, bytes, ret, ret_direction) : ERR_INPUT;
    png_destroy_read_struct(&png, &info, NULL);
    return e;
}

/* ---- WebP ---- */

/* The EXIF piece of the RIFF file; the pieces have even lengths. */
static int webp_direction(struct str bytes)
{
    struct tiff t = {bytes, false};
    for (size_t at = 12; at + 8 <= bytes.n;) {
        uint32_t n = tiff_number(&t, at + 4, 4);
        if (n > bytes.n - at - 8) break;
        struct str piece = {bytes.p + at + 8, n};
        if (memcmp(bytes.p + at, "EXIF", 4) == 0) return image_exif_direction(piece);
        at += 8 + (size_t)n + (n & 1);
    }
    return 1;
}

/* Shrinks while it decodes, as libjpeg does; exactly to the size wanted. */
static void webp_shrink(WebPDecoderConfig *config)
{
    int width = config->input.width, height = config->input.height;
    int longest = width > height ? width : height;
    if (longest <= IMAGE_SIDE * 2) return; /* our own average is the better one */
    config->options.use_scaling = 1;
    config->options.scaled_width = (int)((int64_t)width * IMAGE_SIDE * 2 / longest) + 1;
    config->options.scaled_height = (int)((int64_t)height * IMAGE_SIDE * 2 / longest) + 1;
}

static enum err webp_decode(struct str bytes, struct pixels *ret, int *ret_direction)
{
    WebPDecoderConfig config;
    const uint8_t *p = (const uint8_t *)bytes.p;
    if (!WebPInitDecoderConfig(&config) || WebPGetFeatures(p, bytes.n, &config.input) != VP8_STATUS_OK)
        return ERR_INPUT;
    if (config.input.has_animation) return ERR_INPUT;
    TRY(check_size((uint64_t)config.input.width, (uint64_t)config.input.height));
    webp_shrink(&config);
    config.output.colorspace = MODE_RGBA;
    if (WebPDecode(p, bytes.n, &config) != VP8_STATUS_OK) {
        WebPFreeDecBuffer(&config.output);
        return ERR_INPUT;
    }
    struct pixels out = {config.output.width, config.output.height, NULL};
    size_t line = (size_t)out.width * 4;
    out.rgb = take(line * (size_t)out.height);
    for (int32_t y = 0; y < out.height; y++)
        memcpy(out.rgb + (size_t)y * line, config.output.u.RGBA.rgba + (ptrdiff_t)y * config.output.u.RGBA.stride,
               line);
    WebPFreeDecBuffer(&config.output);
    flatten(out.rgb, (size_t)out.width * (size_t)out.height);
    *ret_direction = webp_direction(bytes);
    *ret = out;
    return ERR_OK;
}

enum err image_decode(struct str bytes, struct pixels *ret, int *ret_direction)
{
    *ret_direction = 1;
    switch (image_sniff(bytes)) {
    case IMAGE_JPEG: return jpeg_decode(bytes, ret, ret_direction);
    case IMAGE_PNG: return png_decode(bytes, ret, ret_direction);
    case IMAGE_WEBP: return webp_decode(bytes, ret, ret_direction);
    case IMAGE_NONE: break;
    }
    return ERR_INPUT;
}

/* image_shape.c — shrinking and turning. */
#include <stdlib.h>

#include "image/image_internal.h"

/* ---- shrinking by the average of the area that a new pixel covers ---- */

/* How much of the span [from, to) lies in the unit that begins at `at`. */
static float share(double from, double to, int32_t at)
{
    double low = from > at ? from : at, high = to < at + 1.0 ? to : at + 1.0;
    return (float)(high - low);
}

/* One row of `width` pixels to `wanted` averages. */
static void shrink_row(const uint8_t *row, int32_t width, float *out, int32_t wanted)
{
    double step = (double)width / wanted;
    for (int32_t x = 0; x < wanted; x++) {
        double from = x * step, to = x + 1 == wanted ? width : (x + 1) * step;
        float sum[3] = {0, 0, 0};
        for (int32_t i = (int32_t)from; i < width && i < to; i++) {
            float part = share(from, to, i);
            for (int c = 0; c < 3; c++)
                sum[c] += part * row[i * 3 + c];
        }
        for (int c = 0; c < 3; c++)
            out[x * 3 + c] = sum[c] / (float)(to - from);
    }
}

static void add_row(float *sum, const float *row, size_t n, float part)
{
    for (size_t i = 0; i < n; i++)
        sum[i] += part * row[i];
}

/* The finished row goes out, and the sum begins anew. */
static void put_row(uint8_t *out, float *sum, size_t n, double rows)
{
    for (size_t i = 0; i < n; i++) {
        float v = sum[i] / (float)rows + 0.5f;
        out[i] = v > 255.0f ? 255 : (uint8_t)v;
        sum[i] = 0;
    }
}

static void shrink(const struct pixels *in, struct pixels *out)
{
    size_t n = (size_t)out->width * 3;
    float *row = calloc(n, sizeof *row), *sum = calloc(n, sizeof *sum);
    if (row == NULL || sum == NULL) abort();
    double step = (double)in->height / out->height;
    int32_t y = 0; /* of the new image */
    for (int32_t i = 0; i < in->height; i++) {
        shrink_row(in->rgb + (size_t)i * (size_t)in->width * 3, in->width, row, out->width);
        double until = y + 1 == out->height ? in->height : (y + 1) * step;
        add_row(sum, row, n, share(y * step, until, i));
        if (i + 1 < until) continue;
        put_row(out->rgb + (size_t)y * n, sum, n, until - y * step);
        y++;
        if (y < out->height && until < i + 1) add_row(sum, row, n, (float)(i + 1 - until));
    }
    free(row);
    free(sum);
}

static int32_t scaled(int32_t side, int32_t longest, int32_t wanted)
{
    int64_t v = ((int64_t)side * wanted + longest / 2) / longest;
    return v < 1 ? 1 : (int32_t)v;
}

void image_shrink(struct pixels *p, int32_t side)
{
    int32_t longest = p->width > p->height ? p->width : p->height;
    if (longest <= side) return;
    struct pixels out = {scaled(p->width, longest, side), scaled(p->height, longest, side), NULL};
    out.rgb = malloc(pixels_bytes(&out));
    if (out.rgb == NULL) abort();
    shrink(p, &out);
    free(p->rgb);
    *p = out;
}

/* ---- turning ---- */

/* Where the pixel (x, y) of the upright image lies in the one as stored. EXIF numbers the eight ways a
 * camera can be held by which side of the stored rows and columns is up and left. */
static size_t source_of(const struct pixels *in, int direction, int32_t x, int32_t y)
{
    int32_t right = in->width - 1, bottom = in->height - 1, sx = x, sy = y;
    switch (direction) {
    case 2: sx = right - x; break;
    case 3: sx = right - x, sy = bottom - y; break;
    case 4: sy = bottom - y; break;
    case 5: sx = y, sy = x; break;
    case 6: sx = y, sy = bottom - x; break;
    case 7: sx = right - y, sy = bottom - x; break;
    case 8: sx = right - y, sy = x; break;
    default: break;
    }
    return ((size_t)sy * (size_t)in->width + (size_t)sx) * 3;
}

void image_turn(struct pixels *p, int direction)
{
    if (direction < 2 || direction > 8) return;
    struct pixels out = *p;
    if (direction >= 5) out.width = p->height, out.height = p->width;
    out.rgb = malloc(pixels_bytes(&out));
    if (out.rgb == NULL) abort();
    uint8_t *to = out.rgb;
    for (int32_t y = 0; y < out.height; y++)
        for (int32_t x = 0; x < out.width; x++, to += 3)
            memcpy(to, p->rgb + source_of(p, direction, x, y), 3);
    free(p->rgb);
    *p = out;
}

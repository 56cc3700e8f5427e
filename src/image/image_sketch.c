/* image_sketch.c — pictures for the demo: people under a sky, a field with a road, a sheet of paper with signatures.
 * Nobody is to be seen on them, and none is in the repository. */
#include "base/rand.h"
#include "image/image_internal.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#define WIDTH   960
#define HEIGHT  720
#define QUALITY 62

struct colour { uint8_t r, g, b; };
struct sketch {
    struct pixels p;
    struct rand rand;
};

static void dot(struct sketch *s, int64_t x, int64_t y, struct colour c)
{
    if (x < 0 || y < 0 || x >= WIDTH || y >= HEIGHT) return;
    uint8_t *at = s->p.rgb + (y * WIDTH + x) * 3;
    at[0] = c.r, at[1] = c.g, at[2] = c.b;
}

static void box(struct sketch *s, int64_t x, int64_t y, int64_t w, int64_t h, struct colour c)
{
    for (int64_t j = y; j < y + h; j++)
        for (int64_t i = x; i < x + w; i++) dot(s, i, j, c);
}

static void disc(struct sketch *s, int64_t x, int64_t y, int64_t r, struct colour c)
{
    for (int64_t j = -r; j <= r; j++)
        for (int64_t i = -r; i <= r; i++)
            if (i * i + j * j <= r * r) dot(s, x + i, y + j, c);
}

static struct colour between(struct colour from, struct colour to, int64_t at, int64_t of)
{
    return (struct colour){(uint8_t)(from.r + (to.r - from.r) * at / of), (uint8_t)(from.g + (to.g - from.g) * at / of),
                           (uint8_t)(from.b + (to.b - from.b) * at / of)};
}

static void fade(struct sketch *s, int64_t y, int64_t h, struct colour from, struct colour to)
{
    for (int64_t j = 0; j < h; j++) box(s, 0, y + j, WIDTH, 1, between(from, to, j, h));
}

static void landscape(struct sketch *s)
{
    int64_t sky = rand_between(&s->rand, 260, 340);
    fade(s, 0, sky, (struct colour){120, 178, 222}, (struct colour){222, 236, 240});
    disc(s, rand_between(&s->rand, 80, 880), rand_between(&s->rand, 60, 140), 38, (struct colour){252, 228, 140});
    for (int i = 0; i < 9; i++)
        disc(s, rand_between(&s->rand, 0, WIDTH), sky + 40, rand_between(&s->rand, 50, 110), (struct colour){92, 140, 96});
    fade(s, sky, HEIGHT - sky, (struct colour){150, 186, 112}, (struct colour){94, 136, 70});
}

static void person(struct sketch *s, int64_t x, int64_t y, int64_t size)
{
    static const struct colour shirts[] = {{11, 93, 81}, {242, 183, 5}, {176, 64, 52}, {70, 104, 168}, {236, 236, 230}, {132, 84, 140}};
    static const struct colour skins[] = {{196, 148, 110}, {168, 120, 84}, {214, 170, 132}};
    struct colour shirt = shirts[rand_between(&s->rand, 0, 5)], skin = skins[rand_between(&s->rand, 0, 2)];
    box(s, x - size / 3, y + size, size * 2 / 3, size, (struct colour){52, 58, 78});
    box(s, x - size / 2, y - size / 3, size, size * 3 / 2, shirt);
    disc(s, x, y - size * 2 / 3, size * 2 / 5, (struct colour){34, 28, 26});
    disc(s, x, y - size / 2, size / 3, skin);
}

/* Those behind first, and smaller. */
static void crowd(struct sketch *s)
{
    landscape(s);
    box(s, 180, 210, 600, 190, (struct colour){238, 230, 214});
    box(s, 150, 190, 660, 30, (struct colour){160, 72, 50});
    box(s, 260, 250, 440, 54, (struct colour){11, 93, 81});
    box(s, 290, 268, 380, 18, (struct colour){240, 246, 242});
    for (int row = 0; row < 4; row++)
        for (int64_t x = 60 + rand_between(&s->rand, 0, 50); x < WIDTH - 40; x += 76 + row * 16)
            person(s, x + rand_between(&s->rand, -12, 12), 400 + row * 72, 34 + row * 9);
}

static void field(struct sketch *s)
{
    landscape(s);
    for (int64_t y = 400; y < HEIGHT; y++)
        box(s, WIDTH / 2 - (y - 380) / 2, y, y - 380, 1, (struct colour){186, 176, 158});
    for (int i = 0; i < 7; i++) {
        int64_t x = rand_between(&s->rand, 20, 940), y = rand_between(&s->rand, 360, 520);
        box(s, x - 6, y, 12, 70, (struct colour){98, 70, 46});
        disc(s, x, y - 20, 48, (struct colour){64, 116, 66});
    }
    for (int i = 0; i < 5; i++) person(s, rand_between(&s->rand, 360, 600), 470 + i * 34, 40 + i * 4);
}

/* A signing sheet: rules, and a scrawl behind each. */
static void paper(struct sketch *s)
{
    box(s, 0, 0, WIDTH, HEIGHT, (struct colour){250, 249, 244});
    box(s, 280, 50, 400, 16, (struct colour){60, 60, 64});
    for (int64_t y = 140; y < 680; y += 54) {
        box(s, 90, y, 780, 2, (struct colour){150, 150, 156});
        box(s, 120, y - 24, rand_between(&s->rand, 150, 260), 10, (struct colour){90, 90, 96});
        int64_t at = y - 18;
        for (int64_t x = 600; x < 600 + rand_between(&s->rand, 120, 200); x++) {
            at += rand_between(&s->rand, -3, 3);
            box(s, x, at, 3, 3, (struct colour){36, 52, 140});
        }
    }
}

static struct str encoded(struct arena *a, const struct pixels *p)
{
    struct str made = image_encode(p, QUALITY), kept = str_copy(a, made);
    free((void *)(uintptr_t)made.p);
    return kept;
}

struct image_pair image_sketch(struct arena *a, enum image_sketch what, uint64_t seed)
{
    struct sketch s = {.p = {.width = WIDTH, .height = HEIGHT}, .rand = rand_seeded(seed)};
    struct image_pair pair = {.whole_size = {WIDTH, HEIGHT}};
    assert(what < SKETCHES);
    s.p.rgb = calloc(1, pixels_bytes(&s.p));
    assert(s.p.rgb != NULL);
    if (what == SKETCH_CROWD) crowd(&s);
    else if (what == SKETCH_FIELD) field(&s);
    else paper(&s);
    pair.whole = encoded(a, &s.p);
    image_shrink(&s.p, IMAGE_SMALL_SIDE);
    pair.small_size = (struct image_size){s.p.width, s.p.height};
    pair.small = encoded(a, &s.p);
    free(s.p.rgb);
    return pair;
}

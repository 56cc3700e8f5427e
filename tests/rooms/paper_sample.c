/* paper_sample DIR — writes the papers of rooms as DIR/<name>.pdf; tests/paper/run judges them. */
#include <stdio.h>

#include "tests/rooms/paper_samples.h"

#define ARENA_MOST ((size_t)64 << 20)

static bool write_one(struct arena *a, const char *dir, const struct room_sample *s)
{
    struct web_request web = {.host = STR("sarn.example"), .is_https = true, .arena = a};
    struct web_response res = {0};
    struct rq rq = {.web = &web, .res = &res, .arena = a, .page = {LANG_TH, a}, .today = {2026, 11, 22}, .this_fy = {2570}};
    struct buf out = buf_in(a, PAPER_BYTES_MAX);
    struct paper_made made = {0};
    if (paper_end(s->make(&rq), &out, &made) != ERR_OK) {
        fprintf(stderr, "%s: %s\n", s->name, err_detail());
        return false;
    }
    if (made.pages != s->pages) fprintf(stderr, "%s: %d pages, not %d\n", s->name, made.pages, s->pages);
    struct str path = str_printf(a, "%s/%s.pdf", dir, s->name);
    FILE *f = fopen(str_z(a, path), "wb");
    if (f == NULL) return false;
    bool is_whole = fwrite(out.p, 1, out.n, f) == out.n;
    bool is_closed = fclose(f) == 0;
    printf("%s %d %d %zu\n", s->name, made.pages, made.unknown, out.n);
    return is_whole && is_closed && made.pages == s->pages;
}

int main(int argc, char **argv)
{
    if (argc != 2) return 2;
    struct arena *a = arena_new(ARENA_MOST);
    bool is_good = true;
    for (size_t i = 0; i < nroom_samples; i++) {
        is_good = write_one(a, argv[1], &room_samples[i]) && is_good;
        arena_reset(a);
    }
    arena_free(a);
    return is_good ? 0 : 1;
}

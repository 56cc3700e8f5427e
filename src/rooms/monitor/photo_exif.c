/* photo_exif.c — see photo_exif.h. Bytes of strangers: every read goes through u8_at() and its bounds; an entry of the
 * directory that points outside of it is left out. */
#include "rooms/monitor/photo_exif.h"

#define ENTRIES_MAX 200
#define SEGMENTS_MAX 40
#define TAG_EXIF     0x8769
#define TAG_GPS      0x8825
#define TAG_TAKEN    0x9003
#define GPS_LAT_REF  1
#define GPS_LAT      2
#define GPS_LON_REF  3
#define GPS_LON      4
#define E6           INT64_C(1000000)

struct tiff { /* the block that begins with II or MM */
    struct str bytes;
    bool is_big;
};

static uint32_t u8_at(const struct tiff *t, size_t at)
{
    return at < t->bytes.n ? (unsigned char)t->bytes.p[at] : 0;
}

static uint32_t u16_at(const struct tiff *t, size_t at)
{
    return t->is_big ? u8_at(t, at) << 8 | u8_at(t, at + 1) : u8_at(t, at + 1) << 8 | u8_at(t, at);
}

static uint32_t u32_at(const struct tiff *t, size_t at)
{
    uint32_t a = u16_at(t, at), b = u16_at(t, at + 2);
    return t->is_big ? a << 16 | b : b << 16 | a;
}

/* Where the value of this tag stands in the directory at `dir`; 0: it is not there. */
static size_t find(const struct tiff *t, size_t dir, uint32_t tag)
{
    uint32_t n = u16_at(t, dir);
    if (dir == 0 || dir >= t->bytes.n || n > ENTRIES_MAX) return 0;
    for (uint32_t i = 0; i < n; i++)
        if (u16_at(t, dir + 2 + i * 12) == tag) return dir + 2 + i * 12 + 8;
    return 0;
}

/* A fraction, in millionths. -1: none. */
static int64_t fraction(const struct tiff *t, size_t at)
{
    int64_t above = u32_at(t, at), below = u32_at(t, at + 4);
    return below == 0 || at + 8 > t->bytes.n ? -1 : above * E6 / below;
}

/* Degrees, minutes, seconds. */
static bool degrees(const struct tiff *t, size_t dir, uint32_t tag, uint32_t ref_tag, int64_t most, int64_t *ret)
{
    size_t at = find(t, dir, tag), ref = find(t, dir, ref_tag);
    if (at == 0 || ref == 0) return false;
    at = u32_at(t, at);
    int64_t d = fraction(t, at), m = fraction(t, at + 8), s = fraction(t, at + 16);
    if (d < 0 || m < 0 || s < 0 || d > most * E6 || m >= 60 * E6 || s >= 60 * E6) return false; /* before it is multiplied */
    int64_t v = (d * 3600 + m * 60 + s + 1800) / 3600; /* to the nearest millionth */
    uint32_t side = u8_at(t, ref);
    *ret = side == 'S' || side == 'W' ? -v : v;
    return v <= most * E6;
}

/* "2026:11:21 09:30:00" with the day as it is written elsewhere. */
static void taken(const struct tiff *t, size_t dir, struct photo_exif *ret)
{
    static const char shape[] = "dddd:dd:dd dd:dd:dd";
    size_t at = find(t, dir, TAG_TAKEN);
    char text[sizeof shape] = "";
    if (at == 0) return;
    at = u32_at(t, at);
    for (size_t i = 0; i + 1 < sizeof shape; i++) {
        uint32_t c = u8_at(t, at + i);
        bool is_digit = c >= '0' && c <= '9';
        if (shape[i] == 'd' ? !is_digit : c != (unsigned char)shape[i]) return;
        text[i] = i == 4 || i == 7 ? '-' : (char)c;
    }
    if (text[0] == '0') return; /* a camera whose clock was never set */
    memcpy(ret->taken, text, sizeof text);
}

static void tiff_read(struct str bytes, struct photo_exif *ret)
{
    struct tiff t = {bytes, bytes.n > 1 && bytes.p[0] == 'M'};
    if (u16_at(&t, 2) != 42) return;
    size_t dir = u32_at(&t, 4), exif = find(&t, dir, TAG_EXIF), gps = find(&t, dir, TAG_GPS);
    if (exif != 0) taken(&t, u32_at(&t, exif), ret);
    if (gps == 0) return;
    gps = u32_at(&t, gps);
    ret->has_place = degrees(&t, gps, GPS_LAT, GPS_LAT_REF, 90, &ret->lat_x1e6) &&
                     degrees(&t, gps, GPS_LON, GPS_LON_REF, 180, &ret->lon_x1e6) &&
                     (ret->lat_x1e6 != 0 || ret->lon_x1e6 != 0);
}

/* The segments of a JPEG until the picture begins. */
void photo_exif_read(struct str jpeg, struct photo_exif *ret)
{
    struct tiff t = {jpeg, true}; /* lengths of segments are big-endian */
    size_t at = 2;
    *ret = (struct photo_exif){0};
    if (u16_at(&t, 0) != 0xFFD8) return;
    for (int i = 0; i < SEGMENTS_MAX && at + 4 <= jpeg.n && u8_at(&t, at) == 0xFF; i++) {
        size_t n = u16_at(&t, at + 2);
        if (u8_at(&t, at + 1) == 0xDA || n < 2 || at + 2 + n > jpeg.n) return;
        struct str body = str_first(str_from(jpeg, at + 4), n - 2);
        if (u8_at(&t, at + 1) == 0xE1 && str_starts(body, STR("Exif\0\0"))) {
            tiff_read(str_from(body, 6), ret);
            return;
        }
        at += 2 + n;
    }
}

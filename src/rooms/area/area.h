/* area.h — THE DOOR of room area: nation, regions, provinces, districts, tambons.
 * Other rooms include this header and no other of this room. Reading the tables is allowed to the
 * rooms named in DEPS. */
#ifndef SARN_ROOMS_AREA_AREA_H
#define SARN_ROOMS_AREA_AREA_H

#include "db/ids.h"
#include "html/html.h"

#define AREA_NATION_CODE "TH"
#define AREA_CHILDREN_MAX 1000

enum area_kind { AREA_NATION, AREA_REGION, AREA_PROVINCE, AREA_DISTRICT, AREA_TAMBON };

struct area {
    struct area_id id;
    enum area_kind kind;
    struct str code; /* in force now: TH, R12, 90, 9011, 901101 */
    struct str name_th, name_en; /* name_en none: unknown */
    struct area_id parent_id;    /* none for the nation */
};

/* By a code in force or a retired one. ERR_NOT_FOUND. Text in the arena. */
enum err area_find_code(struct db *db, struct arena *a, struct str code, struct area *ret);
enum err area_find_id(struct db *db, struct arena *a, struct area_id id, struct area *ret);
/* From the nation down to the area itself: at most five. */
struct area_trail {
    struct area at[5];
    size_t n;
};
enum err area_trail(struct db *db, struct arena *a, struct area_id id, struct area_trail *ret);
/* The ancestor of that kind in a trail, NULL when there is none. */
const struct area *area_trail_get(const struct area_trail *trail, enum area_kind kind);
/* By code, at most AREA_CHILDREN_MAX. */
enum err area_children_of(struct db *db, struct arena *a, struct area_id parent, struct area **ret,
                          size_t *ret_n);
/* The district of that name in the province of that name, as a file writes both: "เมืองปัตตานี" or
 * "เมือง", "อ.เทพา", "จังหวัดสงขลา". ERR_NOT_FOUND; *ret_has_province tells which half was wrong. */
enum err area_find_district(struct db *db, struct arena *a, struct str district_th,
                            struct str province_th, struct area_id *ret_district,
                            struct area_id *ret_province, bool *ret_has_province);
/* The tambon of exactly that name in a district. ERR_NOT_FOUND. */
enum err area_find_tambon(struct db *db, struct arena *a, struct area_id district,
                          struct str name_th, struct area_id *ret);
/* All 77 provinces in Thai order. */
enum err area_provinces(struct db *db, struct arena *a, struct area **ret, size_t *ret_n);
struct area_shape { /* a province on the map */
    struct area area;
    struct str path; /* SVG path data in the view box 510 × 930 of reference/README.md; static */
};
/* All 77 provinces in Thai order. */
enum err area_shapes(struct db *db, struct arena *a, struct area_shape **ret, size_t *ret_n);
struct area_hit {
    struct area area;
    struct area above[2]; /* its parent and grandparent, by whose names one เมือง is told from another */
    size_t nabove;
};
/* The nth way to look for a place by the words that a person typed, as a range of stored suffixes (thai_find_range):
 * 0: the words as they stand; 1, for whom that found nothing: the first name of them, without the words that say what
 * kind of place it is (reference/place_words.tsv). false: there is no such way, or nothing is left to look for. */
bool area_find_range(struct arena *a, struct str words, int nth, struct str *ret_low, struct str *ret_high);
/* Areas of which some part of the name starts with the words of `q` (area_find_range); by code. */
enum err area_search(struct db *db, struct arena *a, struct str q, int64_t most, struct area_hit **ret,
                     size_t *ret_n);
/* "จังหวัดปัตตานี", "เขต 12 สงขลา", "อำเภอเทพา" — a name with its kind, by language; arena. */
struct str area_title(struct arena *a, enum lang lang, const struct area *area);
/* The name alone, by language; Thai where no English name is known. */
struct str area_name(enum lang lang, const struct area *area);
struct href area_href(struct arena *a, const struct area *area);

/* Loads regions, provinces, districts, tambons, their history and groupings from reference/. Once,
 * into an empty database, inside the caller's transaction. */
enum err area_load_reference(struct db *db, struct arena *a);

#endif

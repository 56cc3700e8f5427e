/* org.h — THE DOOR of room org: organisations and their dated names. */
#ifndef SARN_ROOMS_ORG_ORG_H
#define SARN_ROOMS_ORG_ORG_H

#include "db/ids.h"
#include "db/types.h"

struct org_naming { /* what an organisation is called from a day on */
    struct str kind;    /* org_kind code; none: unknown */
    struct str size;    /* small medium large; none: unknown */
    struct str name_th; /* with its prefix: อบต.กะมิยอ */
    struct str name_en; /* none: unknown */
    struct str certainty, source;
};

/* A new organisation with its first name, start unknown. */
enum err org_create(struct db *db, struct arena *a, const struct org_naming *naming,
                    struct org_id *ret);
/* From `first_day` on it is called otherwise; the earlier name ends the day before. */
enum err org_rename(struct db *db, struct arena *a, struct org_id org, struct date first_day,
                    const struct org_naming *naming);
/* From `first_day` on it belongs to another parent; the earlier link ends the day before. */
enum err org_move(struct db *db, struct org_id org, struct org_id parent, struct date first_day,
                  struct str certainty, struct str source);
/* The kind that a file means by "อบต." or "เทศบาลตำบล". ERR_NOT_FOUND. */
enum err org_kind_of(struct db *db, struct arena *a, struct str written, struct str *ret_code);
/* The kind that a name's prefix says ("ทต.ลำไพล"), and the name without it. false: no prefix. */
bool org_split_prefix(struct str name_th, struct str *ret_kind, struct str *ret_bare);
/* How a file spelt it, kept as a row beside the name. */
enum err org_spell(struct db *db, struct org_id org, struct str spelling, struct str source);
/* Spellings met in files and the names it had before, as shown; arena. */
enum err org_other_names(struct db *db, struct arena *a, struct org_id org, struct str **ret,
                         size_t *ret_n);

/* Loads the kinds and their spellings from reference/. */
enum err org_load_reference(struct db *db, struct arena *a);

#endif

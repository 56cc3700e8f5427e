/* area_api.c — the JSON door of room area. */
#include "app/app.h"
#include "rooms/area/area.h"
#include "rooms/area_sql.h"

#define HISTORY_MAX 50

static struct str kind_code(enum area_kind kind)
{
    static const char *const codes[] = {"nation", "region", "province", "district", "tambon"};
    return str_of(codes[kind]);
}

static void json_area(struct json_out *j, const struct area *area)
{
    json_str(j, "code", area->code);
    json_str(j, "kind", kind_code(area->kind));
    json_str(j, "name_th", area->name_th);
    json_str(j, "name_en", area->name_en);
}

static enum err json_sets(struct rq *rq, struct json_out *j, struct area_id id)
{
    struct area_sets_of_row *rows = NULL;
    size_t n = 0;
    TRY(area_sets_of(rq->db, rq->arena, id, &rows, &n));
    json_array(j, "sets");
    for (size_t i = 0; i < n; i++) {
        json_object(j, NULL);
        json_str(j, "code", rows[i].code);
        json_str(j, "kind", rows[i].kind);
        json_str(j, "name_th", rows[i].name_th);
        json_str(j, "name_en", rows[i].name_en);
        json_object_end(j);
    }
    json_array_end(j);
    return ERR_OK;
}

static enum err json_history(struct rq *rq, struct json_out *j, struct area_id id)
{
    struct area_history_row *rows = NULL;
    size_t n = 0;
    TRY(area_history(rq->db, rq->arena, id, HISTORY_MAX, &rows, &n));
    json_array(j, "history");
    for (size_t i = 0; i < n; i++) {
        json_object(j, NULL);
        json_str(j, "what", rows[i].what);
        json_str(j, "value", rows[i].value);
        json_opt_date(j, "valid_from", rows[i].valid_from);
        json_opt_date(j, "valid_to", rows[i].valid_to);
        json_str(j, "certainty", rows[i].certainty);
        json_str(j, "source", rows[i].source);
        json_object_end(j);
    }
    json_array_end(j);
    return ERR_OK;
}

enum err area_api(struct rq *rq)
{
    struct area area;
    struct area_trail trail;
    TRY(area_find_code(rq->db, rq->arena, rq->args[0], &area));
    TRY(area_trail(rq->db, rq->arena, area.id, &trail));
    struct json_out *j = rq_json_begin(rq);
    json_object(j, NULL);
    json_area(j, &area);
    json_array(j, "parents"); /* from the nation down */
    for (size_t i = 0; i + 1 < trail.n; i++) {
        json_object(j, NULL);
        json_area(j, &trail.at[i]);
        json_object_end(j);
    }
    json_array_end(j);
    TRY(json_sets(rq, j, area.id));
    TRY(json_history(rq, j, area.id));
    json_object_end(j);
    return rq_json_end(rq);
}

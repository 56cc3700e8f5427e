/* form.h — reading what a person sent, page or JSON alike, with every fault beside its field.
 *
 * One struct form for both doors: fields of an urlencoded (or multipart) body, or members of a JSON
 * object. Each form_…() reads one field, cleans it, and on a fault remembers a sentence for it and
 * gives the neutral value; nothing typed is lost: form_field() gives back the text as typed. After
 * reading everything, form_is_good(); a page is shown again with status 400 and form_faults(), the
 * JSON door answers 400 {error: {code, message, fields: [{field, message}]}}.
 */
#ifndef SARN_APP_FORM_H
#define SARN_APP_FORM_H

#include "app/app.h"
#include "base/money.h"

#define FORM_FAULTS_MAX 60
/* Ten thousand million baht, many times the greatest fund: sums of a province and the nation stay inside 64
 * bits however often one person sends the most there is. */
#define FORM_SATANG_MAX INT64_C(1000000000000)

struct form {
    struct rq *rq;
    const struct json_value *json; /* not NULL: a JSON body */
    struct fault_row faults[FORM_FAULTS_MAX]; /* in the order of the fields */
    size_t nfaults;
};

/* Begins reading the request's body. A JSON body that is none is one fault of field "body". */
enum err form_begin(struct rq *rq, struct form *ret);
/* The text of a field as it was sent, cleaned; "" when absent. */
struct str form_raw(struct form *f, const char *name);
bool form_has(struct form *f, const char *name);
enum form_need { FORM_MAY, FORM_MUST };
/* One line, NFC, trimmed; at most max letters. */
struct str form_line(struct form *f, const char *name, enum form_need need, size_t max);
/* Several lines. */
struct str form_text(struct form *f, const char *name, enum form_need need, size_t max);
/* Money in baht as typed ("1,234.50", Thai digits); in JSON the member is name_satang, an integer.
 * `least`…FORM_SATANG_MAX, else a fault. */
struct opt_satang form_satang(struct form *f, const char *name, enum form_need need, struct satang least);
/* 0 … 1000 %; in JSON a whole number or a text, "37.5". */
struct opt_bp form_percent(struct form *f, const char *name, enum form_need need);
struct opt_count form_count(struct form *f, const char *name, enum form_need need, int64_t low, int64_t high);
/* Three fields name_d, name_m, name_y (พ.ศ.), or one field `name` in ISO form (JSON, CSV); 29 ก.พ. 2568
 * says that the day does not exist. */
struct opt_date form_date(struct form *f, const char *name, enum form_need need);
/* One of `codes`; else a fault. Returns its index, -1 when absent or bad. */
int form_choice(struct form *f, const char *name, enum form_need need, const char *const *codes, size_t n);
bool form_tick(struct form *f, const char *name);
/* Adds a fault that a rule found. `message` is finished text in the reader's language. */
void form_fault(struct form *f, const char *name, struct str message);
void form_fault_msg(struct form *f, const char *name, enum msg message);
/* One that would be true of any question ("too long"): the summary puts the question's own words before it. */
void form_fault_plain(struct form *f, const char *name, struct str message);
bool form_is_good(const struct form *f);
/* For a text that everybody will read: false, and a fault beside the field, when it holds a phone number or a
 * citizen id (thai_has_phone_or_citizen_id). */
bool form_public(struct form *f, const char *name, struct str text);

/* ---- views of what was typed, for parts of form.html ---- */
struct field form_field(struct form *f, const char *name);           /* value and fault */
struct field form_field_of(struct form *f, const char *name, struct str value); /* first showing */
/* "name_d" of "name" and "_d"; in the arena. */
const char *form_part_of(struct form *f, const char *name, const char *part);
struct date_field form_date_field(struct form *f, const char *name);
struct date_field form_date_field_of(struct form *f, const char *name, struct opt_date value);
/* Money as typed, or of a value: "1,234.50". */
struct field form_satang_field_of(struct form *f, const char *name, struct opt_satang value);
/* What every form carries: the CSRF token and a fresh idempotency key. */
struct form_marks form_marks(struct rq *rq);
/* The faults with links to their fields, for form_errors(). */
struct form_errors form_errors(const struct form *f);

/* ---- answers ---- */
/* JSON 400 with fields; for pages the handler renders itself after form_page_status(). */
enum err form_refuse_api(struct form *f);
/* Status 400 (or 409) for the page that the handler renders next: a refused write is rolled back,
 * what was typed is shown again. */
void form_page_status(struct form *f, int status);
/* 409 for both doors: somebody else was first. In JSON {error:{code:"conflict"}}. */
enum err form_conflict_api(struct rq *rq);
/* JSON 422/403/… with a stated code and sentence. */
enum err rq_api_error(struct rq *rq, int status, const char *code, struct str message);

#endif

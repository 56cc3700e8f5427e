/* fund_import.c — a file of funds and fund-years, row by row; see fund_import.h.
 *
 * A row is read whole before anything is judged, so that one row's message names every fault of it.
 * The words are for the officer who has to mend the file: where, what stands there, what would be
 * right. Rules of reading:
 *   blank            unknown, never zero
 *   computed 0 beside a blank percent   the source could not compute: unknown, no fault
 *   a known code     the fund must bear the same name (or one of its other spellings) */
#include "rooms/fund/fund_import.h"

#include <assert.h>

#include "base/sha.h"
#include "base/thai.h"
#include "rooms/fund/fund_read.h"
#include "rooms/fund_sql.h"
#include "rooms/org/org.h"
#include "table/table.h"

#define FAULTS_MAX 16
#define MESSAGE_MAX 2048
#define VALUE_SHOWN 120 /* bytes of a cell that a message repeats */

enum column {
    COL_CODE,
    COL_NAME,
    COL_KIND,
    COL_DISTRICT,
    COL_PROVINCE,
    COL_POPULATION,
    COL_POPULATION_NHSO,
    COL_NHSO_AMOUNT,
    COL_COMPUTED,
    COL_PERCENT,
    COL_ENTERED,
    COL_RECEIVED_NHSO,
    COL_RECEIVED_LOCAL,
    COL_PROJECTS,
    COL_OWN_INCOME,
    COL_PHONE,
    COL_SOURCE,
    COL_NOTE,
    COLUMNS
};
static const struct {
    const char *name;
    bool is_needed;
} columns[COLUMNS] = {
    [COL_CODE] = {"fund_code", true},
    [COL_NAME] = {"fund_name", true},
    [COL_KIND] = {"lao_type", false},
    [COL_DISTRICT] = {"district", true},
    [COL_PROVINCE] = {"province", true},
    [COL_POPULATION] = {"population", false},
    [COL_POPULATION_NHSO] = {"population_nhso", false},
    [COL_NHSO_AMOUNT] = {"nhso_alloc_estimate", false},
    [COL_COMPUTED] = {"local_match_computed", false},
    [COL_PERCENT] = {"local_match_computed_pct", false},
    [COL_ENTERED] = {"local_match_actual_est", false},
    [COL_RECEIVED_NHSO] = {"received_nhso", false},
    [COL_RECEIVED_LOCAL] = {"received_local", false},
    [COL_PROJECTS] = {"num_projects", false},
    [COL_OWN_INCOME] = {"own_income", false},
    [COL_PHONE] = {"phone", false},
    [COL_SOURCE] = {"source", false},
    [COL_NOTE] = {"note", false},
};

struct import {
    struct db *db;
    struct arena *arena;
    const struct fund_import_options *options;
    struct table *table;
    int at[COLUMNS]; /* column numbers, -1: not in the file */
    struct fund_rules rules;
    struct fund_import_id id;
    fund_import_say say;
    void *ctx;
    struct str *seen; /* codes met in this file, so that a second row of one is refused */
    int64_t *seen_line;
    size_t nseen, cap;
    struct fund_import_report report;
};

struct row {
    struct import *in;
    struct str code, name, kind;
    struct area_id district, province;
    struct fund_facts facts;
    size_t nfaults;
};

/* ---- saying what is wrong ---- */

static void say_line(struct import *in, int64_t line, struct str column, struct str value,
                     struct str right)
{
    struct buf b = buf_in(in->arena, MESSAGE_MAX);
    buf_put(&b, in->options->file_name);
    if (line > 0) buf_printf(&b, " แถว %lld", (long long)line);
    if (!str_is_empty(column)) buf_printf(&b, " คอลัมน์ %.*s", STR_FMT(column));
    BUF_LIT(&b, ": ");
    if (!str_is_none(value)) {
        if (str_is_empty(value)) BUF_LIT(&b, "ว่างอยู่");
        else buf_printf(&b, "“%.*s%s”", STR_FMT(str_cut(value, VALUE_SHOWN)), value.n > VALUE_SHOWN ? "…" : "");
        BUF_LIT(&b, " — ");
    }
    buf_put(&b, right);
    in->say(in->ctx, buf_str(&b));
}

static void fault(struct row *r, enum column col, const char *right)
{
    struct import *in = r->in;
    r->nfaults++;
    say_line(in, table_line(in->table), str_of(columns[col].name),
             table_cell(in->table, in->at[col]), str_of(right));
}

static struct str cell(const struct row *r, enum column col)
{
    return table_cell(r->in->table, r->in->at[col]);
}

/* ---- reading one cell ---- */

static struct opt_satang read_money(struct row *r, enum column col)
{
    struct opt_satang v = {0};
    struct str s = cell(r, col);
    if (str_is_empty(s)) return v;
    enum err e = satang_parse(s, &v.v);
    v.has = e == ERR_OK;
    if (e == ERR_LIMIT) fault(r, col, "จำนวนเงินมากเกินไป");
    else if (e != ERR_OK) fault(r, col, "ต้องเป็นจำนวนเงินบาท ไม่ติดลบ ทศนิยมไม่เกิน 2 ตำแหน่ง เช่น 214704.00");
    return v;
}

static struct opt_count read_count(struct row *r, enum column col, const char *right)
{
    struct opt_count v = {0};
    struct satang as_money;
    struct str s = cell(r, col);
    if (str_is_empty(s)) return v;
    /* "4,943" and "๔๙๔๓" and "4943.00" are whole numbers to people and to spreadsheets. */
    if (satang_parse(s, &as_money) != ERR_OK || as_money.v % 100 != 0) {
        fault(r, col, right);
        return v;
    }
    return (struct opt_count){true, as_money.v / 100};
}

static struct opt_bp read_percent(struct row *r, enum column col)
{
    struct opt_bp v = {0};
    struct str s = cell(r, col);
    if (str_is_empty(s)) return v;
    v.has = bp_parse(s, &v.v) == ERR_OK;
    if (!v.has) fault(r, col, "ต้องเป็นร้อยละ 0–1000 เช่น 40 หรือ 37.5 ถ้าไม่ทราบให้เว้นว่าง");
    return v;
}

/* ---- judging a row ---- */

static void read_identity(struct row *r)
{
    struct str written_kind = cell(r, COL_KIND), prefix_kind = STR_NONE, bare;
    r->code = cell(r, COL_CODE);
    r->name = cell(r, COL_NAME);
    r->kind = STR_NONE;
    if (str_is_empty(r->code)) fault(r, COL_CODE, "ต้องมีรหัสกองทุน เช่น L3009");
    else if (r->code.n > 20) fault(r, COL_CODE, "รหัสกองทุนยาวเกิน 20 ตัวอักษร");
    if (str_is_empty(r->name)) fault(r, COL_NAME, "ต้องมีชื่อกองทุน เช่น อบต.กะมิยอ");
    if (!str_is_empty(written_kind) && !str_is_none(fund_kind_name(LANG_EN, written_kind))) r->kind = written_kind; /* as an export says it */
    else if (!str_is_empty(written_kind) &&
        org_kind_of(r->in->db, r->in->arena, written_kind, &r->kind) != ERR_OK)
        fault(r, COL_KIND, "ไม่รู้จักประเภท อปท. นี้ ใช้ อบต. เทศบาลตำบล เทศบาลเมือง เทศบาลนคร เมืองพัทยา หรือ กทม.");
    if (org_split_prefix(r->name, &prefix_kind, &bare)) {
        if (!str_is_none(r->kind) && !str_eq(r->kind, prefix_kind))
            fault(r, COL_KIND, "ไม่ตรงกับคำนำหน้าในชื่อกองทุน แก้ให้เป็นประเภทเดียวกัน");
        r->kind = prefix_kind;
    }
}

static enum err read_place(struct row *r)
{
    bool has_province = false;
    struct str district = cell(r, COL_DISTRICT), province = cell(r, COL_PROVINCE);
    if (str_is_empty(district)) fault(r, COL_DISTRICT, "ต้องมีอำเภอ เพื่อให้ยอดรวมของอำเภอและจังหวัดถูกต้อง");
    if (str_is_empty(province)) fault(r, COL_PROVINCE, "ต้องมีจังหวัด");
    if (str_is_empty(district) || str_is_empty(province)) return ERR_OK;
    enum err e = area_find_district(r->in->db, r->in->arena, district, province, &r->district,
                                    &r->province, &has_province);
    if (e == ERR_NOT_FOUND && !has_province) fault(r, COL_PROVINCE, "ไม่พบจังหวัดชื่อนี้");
    else if (e == ERR_NOT_FOUND) fault(r, COL_DISTRICT, "ไม่พบอำเภอชื่อนี้ในจังหวัดที่ระบุ");
    return e == ERR_NOT_FOUND ? ERR_OK : e;
}

/* What the file computed must follow from its own amount and percent, to the baht. */
static void check_computed(struct row *r)
{
    struct opt_satang computed = read_money(r, COL_COMPUTED);
    const struct fund_facts *f = &r->facts;
    if (!computed.has || !f->match_percent.has || !f->nhso_amount.has) return;
    struct satang right = satang_percent_whole_baht(f->nhso_amount.v, f->match_percent.v);
    int64_t off = computed.v.v - right.v;
    if (off >= -100 && off <= 100) return;
    struct buf b = buf_in(r->in->arena, 256);
    BUF_LIT(&b, "ไม่เท่ากับเงินจัดสรรคูณร้อยละของแถวนี้ ซึ่งได้ ");
    buf_satang(&b, right);
    fault(r, COL_COMPUTED, str_z(r->in->arena, buf_str(&b)));
}

static void read_facts(struct row *r)
{
    static const char heads[] = "ต้องเป็นจำนวนคนเต็มจำนวน ไม่ติดลบ เช่น 4943 ถ้าไม่ทราบให้เว้นว่าง";
    struct fund_facts *f = &r->facts;
    f->population_local = read_count(r, COL_POPULATION, heads);
    f->population_nhso = read_count(r, COL_POPULATION_NHSO, heads);
    f->nhso_amount = read_money(r, COL_NHSO_AMOUNT);
    f->match_percent = read_percent(r, COL_PERCENT);
    f->match_entered = read_money(r, COL_ENTERED);
    f->received_nhso = read_money(r, COL_RECEIVED_NHSO);
    f->received_local = read_money(r, COL_RECEIVED_LOCAL);
    f->own_income = read_money(r, COL_OWN_INCOME);
    f->projects = read_count(r, COL_PROJECTS, "ต้องเป็นจำนวนโครงการเต็มจำนวน ไม่ติดลบ");
    if (!str_is_empty(cell(r, COL_PHONE)) && !fund_phone_is(thai_digits_to_ascii(r->in->arena, cell(r, COL_PHONE))))
        fault(r, COL_PHONE, "ต้องเป็นหมายเลขโทรศัพท์ของสำนักงาน เช่น 074-123456 ถ้าไม่ทราบให้เว้นว่าง");
    check_computed(r);
}

static void check_twice(struct row *r)
{
    struct import *in = r->in;
    if (str_is_empty(r->code)) return;
    for (size_t i = 0; i < in->nseen; i++) {
        if (!str_eq(in->seen[i], r->code)) continue;
        struct str right = str_printf(in->arena, "รหัสนี้อยู่ในแถว %lld แล้ว กองทุนหนึ่งมีได้แถวเดียวต่อปี",
                                      (long long)in->seen_line[i]);
        fault(r, COL_CODE, str_z(in->arena, right));
        return;
    }
    if (in->nseen == in->cap) {
        size_t cap = in->cap ? in->cap * 2 : 256;
        in->seen = arena_grow(in->arena, in->seen, in->cap * sizeof *in->seen, cap * sizeof *in->seen);
        in->seen_line = arena_grow(in->arena, in->seen_line, in->cap * sizeof *in->seen_line,
                                   cap * sizeof *in->seen_line);
        in->cap = cap;
    }
    in->seen[in->nseen] = str_copy(in->arena, r->code);
    in->seen_line[in->nseen++] = table_line(in->table);
}

/* ---- writing a good row ---- */

/* A code that is known must mean the same fund; a mistyped code would give one fund another's money. */
static enum err check_name(struct row *r, const struct fund_by_code_row *known)
{
    struct import *in = r->in;
    struct str *others = NULL;
    size_t n = 0;
    struct str folded = thai_fold(in->arena, r->name);
    if (str_eq(folded, thai_fold(in->arena, known->name_th))) return ERR_OK;
    TRY(org_other_names(in->db, in->arena, known->org_id, &others, &n));
    for (size_t i = 0; i < n; i++)
        if (str_eq(folded, thai_fold(in->arena, others[i]))) return ERR_OK;
    struct str right = str_printf(in->arena, "รหัส %.*s เป็นของ %.*s แก้รหัสหรือชื่อให้ตรงกัน",
                                  STR_FMT(known->code), STR_FMT(known->name_th));
    fault(r, COL_NAME, str_z(in->arena, right));
    return ERR_OK;
}

/* A fund named after a tambon of its district covers that tambon: derived, and marked so. */
static enum err cover_own_tambon(struct row *r, struct fund_id fund)
{
    struct str kind, bare;
    struct area_id tambon;
    if (!org_split_prefix(r->name, &kind, &bare)) bare = r->name;
    if (str_starts(bare, STR("ตำบล"))) bare = str_from(bare, STR("ตำบล").n);
    enum err e = area_find_tambon(r->in->db, r->in->arena, r->district, bare, &tambon);
    if (e == ERR_NOT_FOUND) return ERR_OK;
    TRY(e);
    return fund_cover(r->in->db, fund, tambon, STR("D"));
}

/* A file without the column, or with an empty cell, leaves what is known. */
static enum err write_phone(struct row *r, struct fund_id fund, struct str before, bool *ret_changed)
{
    struct str phone = thai_digits_to_ascii(r->in->arena, cell(r, COL_PHONE));
    struct actor by = actor_system("system:import");
    if (str_is_empty(phone) || str_eq(phone, before)) return ERR_OK;
    *ret_changed = true;
    return fund_phone_write(r->in->db, r->in->arena, &by, fund, before, phone);
}

static enum err place_fund(struct row *r, struct fund_id *ret, struct str *ret_phone, bool *ret_is_new)
{
    struct import *in = r->in;
    struct fund_by_code_row known = {0};
    enum err e = fund_by_code(in->db, in->arena, r->code, &known);
    *ret_is_new = e == ERR_NOT_FOUND;
    if (e == ERR_OK) {
        *ret = known.id;
        *ret_phone = known.phone;
        return check_name(r, &known);
    }
    if (e != ERR_NOT_FOUND) return e;
    struct fund_new new_fund = {.code = r->code,
                                .name_th = r->name,
                                .kind = r->kind,
                                .district = r->district,
                                .province = r->province,
                                .certainty = in->options->certainty,
                                .source = cell(r, COL_SOURCE)};
    TRY(fund_create(in->db, in->arena, &new_fund, ret));
    return cover_own_tambon(r, *ret);
}

static bool has_facts(const struct fund_facts *f)
{
    return f->population_local.has || f->population_nhso.has || f->nhso_amount.has ||
           f->match_percent.has || f->match_entered.has || f->received_nhso.has ||
           f->received_local.has || f->own_income.has || f->projects.has;
}

static enum err write_row(struct row *r, bool *ret_changed)
{
    struct import *in = r->in;
    struct fund_id fund;
    struct fund_year_get_row old = {0};
    bool is_new = false;
    struct str phone = STR_NONE;
    TRY(place_fund(r, &fund, &phone, &is_new));
    if (r->nfaults > 0) return ERR_OK;
    TRY(write_phone(r, fund, phone, &is_new));
    *ret_changed = is_new;
    if (!has_facts(&r->facts)) return ERR_OK; /* a place only: no year to record */

    enum err e = fund_year_get(in->db, in->arena, fund, in->options->fy, &old);
    if (e != ERR_OK && e != ERR_NOT_FOUND) return e;
    struct str note = cell(r, COL_NOTE);
    struct actor by = actor_system("system:import");
    struct fund_year_write w = {.fund = fund,
                                .fy = in->options->fy,
                                .district = r->district,
                                .province = r->province,
                                .kind = r->kind,
                                .facts = r->facts,
                                .certainty = in->options->certainty,
                                .source = cell(r, COL_SOURCE),
                                .note = str_is_empty(note) ? STR_NONE : note,
                                .import = in->id,
                                .actor = &by,
                                .version = old.version};
    bool is_changed = false;
    TRY(fund_year_write(in->db, in->arena, &in->rules, &w, &is_changed));
    *ret_changed = is_new || is_changed;
    return ERR_OK;
}

static enum err take_row(struct import *in)
{
    struct row r = {.in = in};
    bool is_changed = false;
    read_identity(&r);
    TRY(read_place(&r));
    read_facts(&r);
    check_twice(&r);
    if (r.nfaults == 0) TRY(write_row(&r, &is_changed));
    if (r.nfaults > 0) in->report.refused++;
    else if (is_changed) in->report.taken++;
    else in->report.unchanged++;
    return ERR_OK;
}

/* ---- the file ---- */

static const char *file_fault_text(enum table_fault_kind kind)
{
    static const char *const texts[] = {
        [TABLE_FAULT_NONE] = "อ่านไฟล์ไม่ได้",
        [TABLE_FAULT_EMPTY] = "ไฟล์ว่าง ต้องมีแถวชื่อคอลัมน์",
        [TABLE_FAULT_ENCODING] = "ตัวอักษรไม่ใช่ UTF-8 บันทึกใหม่เป็น “CSV UTF-8” แล้วลองอีกครั้ง",
        [TABLE_FAULT_TOO_LARGE] = "ใหญ่เกินที่รับได้",
        [TABLE_FAULT_QUOTE] = "เครื่องหมายคำพูดเปิดแล้วไม่ปิด",
        [TABLE_FAULT_TOO_WIDE] = "มีช่องมากกว่าแถวชื่อคอลัมน์",
        [TABLE_FAULT_NAME_TWICE] = "ชื่อคอลัมน์ซ้ำกัน",
        [TABLE_FAULT_NOT_XLSX] = "ไม่ใช่ไฟล์ XLSX ที่อ่านได้ (เสีย เข้ารหัสลับ หรือเป็น .xls รุ่นเก่า)",
        [TABLE_FAULT_BOMB] = "ไฟล์บีบอัดขยายแล้วใหญ่ผิดปกติ จึงไม่รับ",
        [TABLE_FAULT_DTD] = "ไฟล์มีการประกาศ DTD หรือ entity จึงไม่รับ",
        [TABLE_FAULT_FORMULA] = "ช่องนี้เป็นสูตรที่ไม่มีค่า เปลี่ยนเป็นค่าตัวเลขก่อน",
    };
    return texts[kind];
}

static void say_file_fault(struct import *in, const struct table_fault *f)
{
    struct str column = f->col > 0 ? str_printf(in->arena, "%lld", (long long)f->col) : STR("");
    struct str right = str_of(file_fault_text(f->kind));
    if (!str_is_empty(f->detail))
        right = str_concat(in->arena, (const struct str[]){right, STR(" ["), f->detail, STR("]")}, 4);
    say_line(in, f->line, column, STR_NONE, right);
}

static bool find_columns(struct import *in)
{
    bool is_good = true;
    for (int c = 0; c < COLUMNS; c++) {
        in->at[c] = table_find(in->table, columns[c].name);
        if (in->at[c] >= 0 || !columns[c].is_needed) continue;
        say_line(in, 1, str_of(columns[c].name), STR_NONE, STR("ไม่มีคอลัมน์นี้ในไฟล์ ต้องมี"));
        is_good = false;
    }
    return is_good;
}

static enum err take_rows(struct import *in)
{
    for (;;) {
        struct table_fault f = {0};
        enum err e = table_next(in->table, &f);
        if (e == ERR_NOT_FOUND) return ERR_OK;
        if (e != ERR_OK) {
            say_file_fault(in, &f);
            in->report.refused++;
            bool may_go_on = f.kind == TABLE_FAULT_TOO_WIDE || f.kind == TABLE_FAULT_FORMULA;
            if (!may_go_on) return ERR_INPUT;
            continue;
        }
        TRY(take_row(in));
    }
}

enum err fund_import(struct db *db, struct arena *a, struct str bytes,
                     const struct fund_import_options *options, fund_import_say say, void *ctx,
                     struct fund_import_report *ret)
{
    struct import in = {.db = db, .arena = a, .options = options, .say = say, .ctx = ctx};
    struct fund_import_add_row row = {0};
    struct table_fault f = {0};
    if (table_open(a, bytes, &in.table, &f) != ERR_OK) {
        say_file_fault(&in, &f);
        return ERR_INPUT;
    }
    if (!find_columns(&in)) return ERR_INPUT;

    struct sha256 sha = sha256_of(bytes);
    struct buf hex = buf_in(a, 80);
    buf_hex(&hex, sha.b, sizeof sha.b);
    TRY(fund_rules_read(db, a, &in.rules));
    TRY(fund_import_add(db, a, options->file_name, buf_str(&hex), options->fy, clock_now(), &row));
    in.id = row.id;
    enum err e = take_rows(&in);
    *ret = in.report;
    TRY(e);
    TRY(fund_import_end(db, in.id, in.report.taken, in.report.unchanged, in.report.refused, NULL));
    return in.report.refused > 0 && !options->is_partial ? ERR_INPUT : ERR_OK;
}

/* xlsx_make.h — packages made by hand for tests, right and wrong ones. */
#ifndef SARN_TESTS_XLSX_MAKE_H
#define SARN_TESTS_XLSX_MAKE_H

#include <assert.h>
#include <zip.h>

#include "base/str.h"

struct part {
    const char *name;
    struct str body;
};

#define XLSX_NS  "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\""
#define XLSX_REL "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define XLSX_RELS                                                                                  \
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Relationships "                                    \
    "xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"

static const char xlsx_root_rels[] =
    XLSX_RELS "<Relationship Id=\"rId1\" Type=\"" XLSX_REL
              "/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>";
static const char xlsx_workbook[] =
    "<workbook " XLSX_NS " xmlns:r=\"" XLSX_REL "\"><workbookPr/><sheets>"
    "<sheet name=\"lists\" sheetId=\"2\" state=\"hidden\" r:id=\"rId2\"/>"
    "<sheet name=\"กองทุน\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>";
static const char xlsx_workbook_rels[] = XLSX_RELS
    "<Relationship Id=\"rId2\" Type=\"" XLSX_REL "/worksheet\" Target=\"worksheets/lists.xml\"/>"
    "<Relationship Id=\"rId1\" Type=\"" XLSX_REL "/worksheet\" Target=\"worksheets/sheet1.xml\"/>"
    "<Relationship Id=\"rId3\" Type=\"" XLSX_REL "/sharedStrings\" Target=\"sharedStrings.xml\"/>"
    "<Relationship Id=\"rId4\" Type=\"" XLSX_REL "/styles\" Target=\"/xl/styles.xml\"/>"
    "</Relationships>";

/* The ZIP of these parts; arena. `password` NULL: none. `method`: ZIP_CM_STORE or _DEFLATE. */
static inline struct str zip_of(struct arena *a, const struct part *parts, size_t n,
                                const char *password, int32_t method)
{
    zip_error_t ze;
    zip_error_init(&ze);
    zip_source_t *src = zip_source_buffer_create(NULL, 0, 0, &ze);
    assert(src != NULL);
    zip_source_keep(src); /* ours too, to read what was written */
    zip_t *z = zip_open_from_source(src, ZIP_CREATE | ZIP_TRUNCATE, &ze);
    assert(z != NULL);
    for (size_t i = 0; i < n; i++) {
        zip_source_t *body = zip_source_buffer(z, parts[i].body.p, parts[i].body.n, 0);
        zip_int64_t at = zip_file_add(z, parts[i].name, body, ZIP_FL_ENC_UTF_8);
        assert(at >= 0);
        /* Level 1: packing is not what is tested, and the bombs are large. */
        int slow = zip_set_file_compression(z, (zip_uint64_t)at, method, 1);
        assert(slow == 0);
        if (password != NULL) {
            int bad = zip_file_set_encryption(z, (zip_uint64_t)at, ZIP_EM_AES_128, password);
            assert(bad == 0);
        }
    }
    int bad = zip_close(z);
    assert(bad == 0);
    zip_stat_t st;
    bad = zip_source_stat(src, &st) | zip_source_open(src);
    assert(bad == 0);
    char *p = arena_alloc(a, st.size);
    zip_int64_t got = zip_source_read(src, p, st.size);
    assert(got == (zip_int64_t)st.size);
    zip_source_close(src);
    zip_source_free(src);
    zip_error_fini(&ze);
    return (struct str){p, st.size};
}

/* A whole workbook around these parts. `strings` and `styles` may be none. */
static inline struct str xlsx_of(struct arena *a, struct str sheet, struct str strings,
                                 struct str styles)
{
    struct part parts[6] = {{"_rels/.rels", str_of(xlsx_root_rels)},
                            {"xl/workbook.xml", str_of(xlsx_workbook)},
                            {"xl/_rels/workbook.xml.rels", str_of(xlsx_workbook_rels)},
                            {"xl/worksheets/sheet1.xml", sheet}};
    size_t n = 4;
    if (!str_is_none(strings)) parts[n++] = (struct part){"xl/sharedStrings.xml", strings};
    if (!str_is_none(styles)) parts[n++] = (struct part){"xl/styles.xml", styles};
    return zip_of(a, parts, n, NULL, ZIP_CM_DEFLATE);
}

/* A sheet of these rows. */
#define SHEET(rows)                                                                                \
    STR("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<worksheet " XLSX_NS       \
        "><cols/><sheetData>" rows "</sheetData></worksheet>")
#define TEXT(s) "<c t=\"inlineStr\"><is><t>" s "</t></is></c>"

#endif

"""xlsx.py — spreadsheets made by hand: what Excel writes, and what it never would."""
import io, re, zipfile
from xml.sax.saxutils import escape

NS = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">%s</Relationships>'
PLAIN = {
    "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
    "_rels/.rels": RELS % ('<Relationship Id="rId1" Type="%s/officeDocument" Target="xl/workbook.xml"/>' % REL),
    "xl/workbook.xml": '<workbook %s xmlns:r="%s"><sheets><sheet name="funds" sheetId="1" r:id="rId1"/></sheets></workbook>' % (NS, REL),
    "xl/_rels/workbook.xml.rels": RELS % (
        '<Relationship Id="rId1" Type="%s/worksheet" Target="worksheets/sheet1.xml"/>'
        '<Relationship Id="rId2" Type="%s/sharedStrings" Target="sharedStrings.xml"/>' % (REL, REL)),
}


def pack(parts, method=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as z:
        for name, body in {**PLAIN, **parts}.items():
            z.writestr(name, body)
    return out.getvalue()


def letters(i):
    return (letters(i // 26 - 1) if i >= 26 else "") + chr(65 + i % 26)


def sheet(rows, cell):
    lines = []
    for y, row in enumerate(rows, 1):
        cells = "".join(cell("%s%d" % (letters(x), y), v) for x, v in enumerate(row) if v != "")
        lines.append('<row r="%d">%s</row>' % (y, cells))
    return '<?xml version="1.0" encoding="UTF-8"?><worksheet %s><sheetData>%s</sheetData></worksheet>' % (NS, "".join(lines))


def book(rows, shared=False):
    """Numbers as numbers; text inline, or in the shared strings."""
    strings = {}

    def cell(at, v):
        if v.startswith("<f>"):
            return '<c r="%s">%s</c>' % (at, v)
        if re.fullmatch(r"\d+(\.\d+)?", v):
            return '<c r="%s"><v>%s</v></c>' % (at, v)
        if shared:
            return '<c r="%s" t="s"><v>%d</v></c>' % (at, strings.setdefault(v, len(strings)))
        return '<c r="%s" t="inlineStr"><is><t xml:space="preserve">%s</t></is></c>' % (at, escape(v))

    parts = {"xl/worksheets/sheet1.xml": sheet(rows, cell)}
    if shared:
        parts["xl/sharedStrings.xml"] = "<sst %s>%s</sst>" % (NS, "".join("<si><t>%s</t></si>" % escape(s) for s in strings))
    return pack(parts)

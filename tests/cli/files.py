"""files.py — files that must be refused kindly: exit 1, words, nothing written, and soon."""
import os

import xlsx
from house import REAL
from imports import as_csv, real, rows

HEAD = "fund_code\tfund_name\tlao_type\tdistrict\tprovince\tpopulation\tnhso_alloc_estimate\n"
GOOD = "T1\tอบต.หนึ่ง\tอบต.\tระโนด\tสงขลา\t%s\t1000\n"
LOL = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">%s]>' % "".join(
    '<!ENTITY %s "%s">' % (chr(98 + i), "&%s;" % chr(97 + i) * 10) for i in range(9))


def formula(body):
    table = rows(HEAD + GOOD % "10")
    table[1][5] = body
    return xlsx.book(table)


# name of the file: (its bytes, what the message must say)
FAULTY = {
    "empty.tsv": lambda: (b"", "ไฟล์ว่าง"),
    "blank.tsv": lambda: (b"\n\n  \n", "ไฟล์ว่าง"),
    "tis620.tsv": lambda: (real("T").encode("cp874"), "ไม่ใช่ UTF-8"),
    "utf16.tsv": lambda: (real("T").encode("utf-16"), "UTF-8"),
    "utf16be.csv": lambda: (b"\xfe\xff" + as_csv(real("T")).encode("utf-16-be"), "UTF-8"),
    "latin.csv": lambda: ((HEAD + "T1\tCaf").encode() + b"\xe9\n", "ไม่ใช่ UTF-8"),
    "nul.tsv": lambda: ((HEAD + GOOD % "1\0").encode(), "faulty"),
    "noise.bin": lambda: (bytes((i * 7919 >> 3) & 255 for i in range(65536)), "noise.bin"),
    "picture.xlsx": lambda: (b"\x89PNG\r\n\x1a\n" + bytes(1000), "picture.xlsx"),
    "old.xls": lambda: (bytes.fromhex("d0cf11e0a1b11ae1") + bytes(2000), "XLSX"),
    "cut.xlsx": lambda: (xlsx.book(rows(real("T")))[:-400], "XLSX"),
    "other.zip": lambda: (xlsx.pack({"xl/workbook.xml": "<html/>"}), "XLSX"),
    "bomb.xlsx": lambda: (xlsx.pack({"xl/worksheets/sheet1.xml": xlsx.sheet([], None)[:-30] + " " * (300 << 20)}), "ใหญ่ผิดปกติ"),
    "bomb-strings.xlsx": lambda: (xlsx.pack({"xl/worksheets/sheet1.xml": xlsx.sheet([], None),
                                             "xl/sharedStrings.xml": "<sst>" + "<si><t>aaaaaaaa</t></si>" * (12 << 20)}), "ใหญ่ผิดปกติ"),
    "entities.xlsx": lambda: (xlsx.pack({"xl/worksheets/sheet1.xml": LOL + "<worksheet><sheetData><row><c t='inlineStr'><is><t>&j;</t>"
                                         "</is></c></row></sheetData></worksheet>"}), "DTD"),
    "outside.xlsx": lambda: (xlsx.pack({"xl/worksheets/sheet1.xml": '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
                                        "<worksheet>&a;</worksheet>"}), "DTD"),
    "field10mb.tsv": lambda: ((HEAD + GOOD % ("9" * (10 << 20))).encode(), "ใหญ่เกิน"),
    "field10mb.csv": lambda: (('fund_code,fund_name\n"' + "ก" * (10 << 20)).encode(), "field10mb.csv"),
    "field10mb.xlsx": lambda: (formula("".join(map(str, range(1500000)))), "ใหญ่เกิน"),
    "formula.xlsx": lambda: (formula("<f>1+1</f>"), "สูตร"),
    "error.xlsx": lambda: (formula("<f>1/0</f><v>#DIV/0!</v>"), "population"),
    "formula.tsv": lambda: ((HEAD + GOOD % "=1+1").encode(), "population"),
    "command.tsv": lambda: ((HEAD + GOOD % "=cmd|'/c calc'!A1").encode(), "population"),
    "unclosed.csv": lambda: (b'fund_code,fund_name,district,province\n"T1,a,b,c\n', "คำพูด"),
    "twice.tsv": lambda: (("fund_code\t" + HEAD + "T1\t" + GOOD % "1").encode(), "ซ้ำ"),
    "columns.tsv": lambda: (b"fund_code\tfund_name\nT1\tx\n", "district"),
    "wide.tsv": lambda: ((HEAD + GOOD.rstrip("\n") % "1" + "\t1\t2\t3\n").encode(), "มีช่องมากกว่า"),
    "many-columns.tsv": lambda: (("\t".join("c%d" % i for i in range(70000)) + "\n").encode(), "ใหญ่เกิน"),
    "minus.tsv": lambda: ((HEAD + GOOD % "-5").encode(), "ไม่ติดลบ"),
    "half.tsv": lambda: ((HEAD + GOOD % "1.5").encode(), "เต็มจำนวน"),
    "huge.tsv": lambda: ((HEAD + GOOD % ("9" * 30)).encode(), "population"),
    "nowhere.tsv": lambda: ((HEAD + GOOD.replace("สงขลา", "แอตแลนติส") % "1").encode(), "ไม่พบจังหวัด"),
    "same-code.tsv": lambda: ((HEAD + GOOD % "1" + GOOD % "2").encode(), "แถว 2 แล้ว"),
    "other-name.tsv": lambda: ((HEAD + "L3009\tอบต.คนละชื่อ\tอบต.\tเมืองปัตตานี\tปัตตานี\t1\t1\n").encode(), "อบต.กะมิยอ"),
}


def one_file(place, name):
    def case(place):
        url = place.house("SQLite")
        data, words = FAULTY[name]()
        path = place.write(name, data)
        before = place.dump(url)
        for partial in ([], ["--partial"]):
            said = place.run("import", "funds", path, "--fy", "2562", "--db", url, *partial, timeout=60).must(1)
            assert said.last.startswith("0 taken") or partial, said
            assert words == "faulty" or words in said.err, "wanted “%s” in: %s" % (words, said)
            assert len(said.err) < 20000, "a message of %d bytes" % len(said.err)
            if not partial:
                assert place.dump(url) == before, "something was written"
        place.run("verify", "--db", url).must(0)
        os.unlink(path)
    return case


for file_name in FAULTY:
    globals()["case_refused_kindly_" + file_name] = one_file(None, file_name)


def case_a_file_that_cannot_be_read_is_said(place):
    url = place.house("SQLite")
    place.run("import", "funds", place.path("not-there.tsv"), "--fy", "2562", "--db", url).must(1, "not-there.tsv", "No such file")
    place.run("import", "funds", place.tmp, "--fy", "2562", "--db", url).must(1, place.tmp)
    big = place.path("big.tsv")
    with open(big, "wb") as f:
        f.truncate(65 << 20)
    place.run("import", "funds", big, "--fy", "2562", "--db", url).must(1, "big.tsv")
    os.unlink(big)


def case_formulas_in_names_stay_text_and_leave_guarded(place):
    url, out = place.house("SQLite"), place.path("guarded.csv")
    name = "=HYPERLINK(\"http://x\")"
    path = place.write("name.tsv", HEAD + "T1\t%s\tอบต.\tระโนด\tสงขลา\t1\t1\n" % name)
    assert place.run("import", "funds", path, "--fy", "2562", "--db", url).must(0).last == "1 taken, 0 unchanged, 0 refused"
    place.run("export", "funds", out, "--fy", "2562", "--db", url).must(0)
    with open(out, encoding="utf-8-sig") as f:
        text = f.read()
    assert "'=HYPERLINK" in text and ',=' not in text and ',"=' not in text


def case_a_formula_with_its_value_is_the_value(place):
    url = place.house("SQLite")
    path = place.write("value.xlsx", formula("<f>4+6</f><v>10</v>"))
    place.run("import", "funds", path, "--fy", "2562", "--db", url).must(0)
    assert place.shell(url, "SELECT population_local FROM fund_year y JOIN fund f ON f.id = y.fund_id WHERE f.code = 'T1'") == "10\n"

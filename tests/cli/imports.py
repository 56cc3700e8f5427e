"""imports.py — sarn import, export and verify on a good file, and through the plain sqlite3 shell."""
import csv, io, os, re, subprocess, sys

import xlsx
from house import REAL, ROOT

FIRST = "18 taken, 43 unchanged, 2 refused"  # 18 rows of the file have figures, the others only a place


def real(code="L"):
    """The real file, with codes of another letter: funds that the database does not know yet."""
    with open(REAL, encoding="utf-8") as f:
        text = f.read()
    return re.sub(r"(?m)^L(\d)", code + r"\1", text)


def as_csv(text):
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows(line.split("\t") for line in text.rstrip("\n").split("\n"))
    return "\ufeff" + out.getvalue()


def rows(text):
    return [line.split("\t") for line in text.rstrip("\n").split("\n")]


def case_each_the_real_file_is_taken_in_every_form(place, engine):
    forms = {"real.tsv": real("T").encode(), "real.csv": as_csv(real("T")).encode(),
             "inline.xlsx": xlsx.book(rows(real("T"))), "shared.xlsx": xlsx.book(rows(real("T")), shared=True)}
    answers = set()
    for name, data in forms.items():
        url = place.house(engine)
        said = place.run("import", "funds", place.write(name, data), "--fy", "2562", "--partial", "--db", url).must(1)
        assert said.last == "61 taken, 0 unchanged, 2 refused", said
        assert "แถว 47 คอลัมน์ district" in said.err and "แถว 64 คอลัมน์ fund_code" in said.err, said
        place.run("verify", "--db", url).must(0, "0 differences")
        out = place.path("out.csv")
        place.run("export", "funds", out, "--fy", "2562", "--db", url).must(0)
        with open(out, encoding="utf-8-sig") as f:
            answers.add(f.read())
    assert len(answers) == 1, "the forms of one file gave different funds"


def case_each_twice_changes_nothing(place, engine):
    url = place.house(engine)
    assert place.run("import", "funds", REAL, "--fy", "2563", "--partial", "--db", url).must(1).last == FIRST
    before = place.dump(url)
    assert place.run("import", "funds", REAL, "--fy", "2563", "--partial", "--db", url).must(1).last == \
        "0 taken, 61 unchanged, 2 refused"
    assert place.dump(url) == before


def case_each_without_partial_nothing_is_written_and_nothing_is_claimed(place, engine):
    url = place.house(engine)
    before = place.dump(url)
    said = place.run("import", "funds", REAL, "--fy", "2563", "--db", url).must(1, "nothing was written", "18 rows would have been good")
    assert said.last == "0 taken, 43 unchanged, 2 refused", said
    assert place.dump(url) == before


def case_each_a_dry_run_writes_nothing(place, engine):
    url = place.house(engine)
    before = place.dump(url)
    said = place.run("import", "funds", REAL, "--fy", "2563", "--partial", "--dry-run", "--db", url).must(1, "dry run: nothing was written")
    assert said.last == FIRST, said
    said = place.run("import", "funds", REAL, "--fy", "2563", "--dry-run", "--db", url).must(1, "nothing was written")
    assert said.last == "0 taken, 43 unchanged, 2 refused", said
    assert place.dump(url) == before


def case_a_file_without_faults_ends_with_zero(place):
    good = "\n".join(line for line in real("T").split("\n") if re.match(r"fund_code|T\d+\t[^\t]*\t[^\t]*\t[^\t]+\t", line)) + "\n"
    url, n = place.house("SQLite"), len(rows(good)) - 1
    for want in ("%d taken, 0 unchanged, 0 refused" % n, "0 taken, %d unchanged, 0 refused" % n):
        assert place.run("import", "funds", place.write("good.tsv", good), "--fy", "2562", "--db", url).must(0).last == want
    assert n > 50


def case_each_an_export_has_a_row_for_each_fund(place, engine):
    url, out = place.house(engine, "demo"), place.path("funds.csv")
    funds = int(place.sql(url, "SELECT count(*) FROM fund"))
    said = place.run("export", "--db", url, "funds", out, "--fy", "2562").must(0)
    assert said.last == "%d rows" % funds, said
    with open(out, "rb") as f:
        data = f.read()
    assert data.startswith(b"\xef\xbb\xbf") and data.count(b"\r\n") == funds + 1
    lines = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert len(lines) == funds and len({next(iter(r.values())) for r in lines}) == funds
    place.run("export", "funds", place.path("no/x.csv"), "--fy", "2562", "--db", url).must(1, "no/x.csv")


def case_each_an_export_has_each_public_project_once(place, engine):
    url, out = place.house(engine, "demo"), place.path("projects.csv")
    public = " FROM project_listed WHERE is_public = 1"
    total, years = int(place.sql(url, "SELECT count(*)" + public)), int(place.sql(url, "SELECT count(*)" + public + " AND fy = 2570"))
    assert total > years > 10, (total, years)
    assert place.run("export", "projects", out, "--db", url).must(0).last == "%d rows" % total
    with open(out, encoding="utf-8-sig", newline="") as f:
        lines = list(csv.DictReader(f))
    assert len({r["project"] for r in lines}) == len(lines) == total
    assert {r["state"] for r in lines} <= {"approved", "running", "suspended", "stopped", "reported", "closed"}
    approved = place.sql(url, "SELECT SUM(approved_satang)" + public)
    assert sum(int(r["approved"].replace(".", "")) for r in lines if r["approved"]) == int(approved)
    assert place.run("export", "projects", out, "--fy", "2570", "--db", url).must(0).last == "%d rows" % years
    with open(out, encoding="utf-8-sig", newline="") as f:
        assert {r["fiscal_year"] for r in csv.DictReader(f)} == {"2570"}


def case_each_verify_finds_what_was_tampered_with(place, engine):
    """On SQLite through the plain shell, which so proves that it can write the file."""
    url = place.house(engine, "demo")
    place.run("verify", "--db", url).must(0, "0 differences")
    one = "(SELECT fund_id FROM fund_year WHERE fy = 2569 AND population_local > 0 ORDER BY fund_id LIMIT 1)"
    place.sql(url, "UPDATE fund_year SET population_local = population_local + 1 WHERE fy = 2569 AND fund_id = " + one)
    place.run("verify", "--db", url).must(1, "population_local", "\n1 difference")
    place.sql(url, "UPDATE fund_year SET population_local = population_local - 1 WHERE fy = 2569 AND fund_id = " + one)
    place.run("verify", "--db", url).must(0, "0 differences")


def case_the_plain_sqlite3_shell_reads_every_table(place):
    url = place.house("SQLite", "demo")
    assert place.shell(url, "PRAGMA integrity_check") == "ok\n"
    assert place.shell(url, "PRAGMA foreign_key_check") == ""
    names = place.shell(url, "SELECT name FROM sqlite_master WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite_%'").split()
    assert len(names) > 30
    total = sum(len(place.shell(url, "SELECT * FROM \"%s\"" % n)) for n in names)
    assert total > 1000000, total
    # Thai order is a stored key, so that the shell needs no collation of ours.
    assert "COLLATE" not in place.shell(url, "SELECT sql FROM sqlite_master").upper()
    place.shell(url, "REINDEX; VACUUM; ANALYZE")
    place.run("verify", "--db", url).must(0, "0 differences")


def case_each_the_chain_is_proven_without_sarn(place, engine):
    """docs/verify-ledger.py agrees on an export, and names what was changed in one."""
    url, verifier = place.house(engine, "demo"), os.path.join(ROOT, "docs", "verify-ledger.py")
    chain, heads = place.path("chain.tsv"), place.path("heads")
    place.run("export", "chain", "--fund", "D0001", chain, "--db", url).must(0, " rows")
    place.run("export", "heads", heads, "--db", url).must(0, " rows")
    place.run("verify", "--ledger", "--heads", heads, "--db", url).must(0, "0 differences")

    def check(lines, *more):
        other = place.path("other.tsv")
        with open(other, "w", encoding="utf-8") as file:
            file.write("".join(lines))
        done = subprocess.run([sys.executable, verifier, other, *more], capture_output=True, text=True, check=False)
        return done.returncode, done.stdout

    with open(chain, encoding="utf-8") as file:
        lines = file.readlines()
    assert len(lines) > 20
    code, said = check(lines, heads)
    assert code == 0 and said.endswith(" entries, 0 differences\n"), said
    code, said = check(lines[:-3] + lines[-2:])
    assert code == 1 and "are missing" in said, said
    code, said = check(lines[:-1], heads)
    assert code == 1 and "not the one written down" in said, said
    code, said = check(lines[:3] + [lines[3].replace(":", ":1", 1)] + lines[4:])
    assert code == 1 and "is not what was sealed" in said, said

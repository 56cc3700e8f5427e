"""archives.py — backup and restore, from one engine to the other and back."""
import json, os, stat, zipfile

from house import TODAY, tables_of

TARGETS = ["/healthz", "/api/v1/areas/TH", "/api/v1/areas/TH/summary?fy=2569", "/api/v1/areas/90/summary?fy=2562",
           "/api/v1/areas/9011/summary?fy=2570", "/api/v1/areas/901101", "/api/v1/funds", "/api/v1/funds?area=R12&fy=2562",
           "/api/v1/funds/L3009", "/api/v1/funds/L3009/years/2562", "/api/v1/funds/D0001/years/2570", "/api/v1/issues",
           "/api/v1/rules", "/api/v1/find?q=%E0%B8%9A%E0%B8%B2%E0%B8%87", "/", "/areas/90", "/funds/L7452/years/2562", "/rules"]


def answers(place, url):
    with place.served(url, "--today", TODAY, "--no-rate-limit") as s:
        got = {t: s.get(t) for t in TARGETS}
    assert all(code == 200 for code, _ in got.values()), {t: c for t, (c, _) in got.items()}
    return got


def moved(place, path, engines):
    """Backup and restore from engine to engine; every archive's tables and every answer are the same."""
    url = place.house(engines[0], "demo")
    first, want = None, answers(place, url)
    for n, engine in enumerate(engines[1:] + [None]):
        archive = place.path("%s-%d.zip" % (path, n))
        place.run("backup", archive, "--db", url).must(0, "rows in")
        tables = tables_of(archive)
        first = first or tables
        assert tables == first, "differ: %s" % [k for k in first if tables.get(k) != first[k]]
        if engine is None:
            break
        url = place.empty(engine)
        place.run("restore", archive, "--db", url).must(0, "rows, made")
        place.run("verify", "--db", url).must(0, "0 differences")
        assert answers(place, url) == want
    assert len(first) > 30 and sum(map(len, first.values())) > 1000000
    json.loads(want["/healthz"][1])


def case_an_archive_comes_back_the_same_on_SQLite(place):
    moved(place, "lite", ["SQLite", "SQLite"])


def case_both_an_archive_goes_from_SQLite_to_PostgreSQL_and_back(place):
    moved(place, "round", ["SQLite", "PostgreSQL", "SQLite"])


def case_each_a_restored_database_takes_new_rows(place, engine):
    """Keys go on after those that were restored."""
    archive, url = place.path("more-%s.zip" % engine), place.empty(engine)
    place.run("backup", archive, "--db", place.house("SQLite")).must(0)
    place.run("restore", archive, "--db", url).must(0)
    place.run("demo", "--seed", "1", "--today", TODAY, "--db", url).must(0)
    place.run("verify", "--db", url).must(0, "0 differences")


def case_a_backup_is_for_its_owner_and_overwrites_nothing(place):
    url, archive = place.house("SQLite"), place.path("own.zip")
    place.run("backup", archive, "--db", url).must(0)
    assert stat.S_IMODE(os.stat(archive).st_mode) == 0o600
    with open(archive, "rb") as f:
        before = f.read()
    place.run("backup", archive, "--db", url).must(1, "there already")
    with open(archive, "rb") as f:
        assert f.read() == before
    place.run("backup", place.path("no/x.zip"), "--db", url).must(1, "no/x.zip")


def case_each_restore_refuses_a_database_that_is_not_new(place, engine):
    archive = place.path("full-%s.zip" % engine)
    url = place.house(engine, "demo")
    place.run("backup", archive, "--db", url).must(0)
    before = place.dump(url)
    place.run("restore", archive, "--db", url).must(1, "not new")
    assert place.dump(url) == before


def damaged(archive, what):
    """The bytes of an archive with one thing wrong."""
    with open(archive, "rb") as f:
        data = f.read()
    if what == "cut":
        return data[: len(data) // 2]
    if what == "a byte":
        at = len(data) // 3
        return data[:at] + bytes([data[at] ^ 0x41]) + data[at + 1:]
    return None


def repacked(archive, to, change):
    with zipfile.ZipFile(archive) as old, zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            body = change(name, old.read(name))
            if body is not None:
                new.writestr(name, body)


def case_each_restore_refuses_what_is_damaged_and_leaves_the_database_empty(place, engine):
    archive, bad, url = place.path("good-%s.zip" % engine), place.path("bad.zip"), place.empty(engine)
    place.run("backup", archive, "--db", place.house("SQLite")).must(0)
    for what in ("cut", "a byte"):
        place.run("restore", place.write("bad.zip", damaged(archive, what)), "--db", url).must(1, "bad.zip")
    changes = {
        "a row more": lambda n, b: b + b.rstrip(b"\n").rsplit(b"\n", 1)[-1] + b"\n" if n == "tables/fund.tsv" else b,
        "a table less": lambda n, b: None if n == "tables/fund.tsv" else b,
        "no sums": lambda n, b: None if n == "SHA256SUMS" else b,
        "no manifest": lambda n, b: None if n == "MANIFEST" else b,
        "a figure changed": lambda n, b: b.replace(b"4943", b"4944") if n == "tables/fund_year.tsv" else b,
    }
    for change in changes.values():
        repacked(archive, bad, change)
        place.run("restore", bad, "--db", url).must(1, "bad.zip")
    place.run("restore", place.write("bad.zip", "no archive"), "--db", url).must(1, "bad.zip")
    place.run("restore", place.path("none.zip"), "--db", url).must(1, "none.zip")
    assert place.run("migrate", "--check", "--db", url).must(0).out == "empty\n"
    place.run("restore", archive, "--db", url).must(0)  # and the good one still goes in


def case_a_failed_restore_leaves_no_file_behind(place):
    path = place.path("never.db")
    place.run("restore", place.write("bad.zip", "no archive"), "--db", path).must(1, "bad.zip")
    assert not os.path.exists(path)


def case_a_database_that_waits_for_a_migration_can_be_backed_up(place):
    url = place.house("SQLite")
    place.shell(url, "DELETE FROM schema_migration WHERE number = (SELECT max(number) FROM schema_migration)")
    said = place.run("backup", place.path("old.zip"), "--db", url)
    if place.shell(url, "SELECT count(*) FROM schema_migration") != "0\n":
        said.must(0)
    assert "lacks" not in said.err, said

"""nation.py — sarn demo --scale national, in small: what it writes, and that every sum of it is proven."""
import re

from house import TODAY

FUNDS, YEARS = 24, 2
COUNTS = {  # told by the program, and counted by the database
    "project": "SELECT COUNT(*) FROM project",
    "report": "SELECT COUNT(*) FROM monitor_report",
    "ledger entries": "SELECT COUNT(*) FROM ledger_entry",
}


def number(place, url, sql):
    return int(place.sql(url, sql).strip())


def case_each_a_nation_in_small_holds(place, engine):
    url = place.house(engine)
    args = ["demo", "--scale", "national", "--funds", str(FUNDS), "--years", str(YEARS), "--today", TODAY, "--db", url]
    said = place.run(*args).must(0, "rows a second")
    projects, reports, entries = (number(place, url, sql) for sql in COUNTS.values())
    assert said.last == "%d projects, %d reports, %d ledger entries in %d funds" % (projects, reports, entries, FUNDS), said
    assert projects == FUNDS * 39 and reports > projects and entries > 2 * projects, said
    place.run("verify", "--db", url).must(0, "ledgers against their chains … 0 differences", "figures against their sources … 0 differences")
    # Funds as they are: one covers three tambons, one tambon has two funds that share it by villages.
    assert number(place, url, "SELECT MAX(n) FROM (SELECT COUNT(*) AS n FROM fund_tambon t JOIN fund f ON f.id = t.fund_id"
                  " WHERE f.is_demo = 1 GROUP BY t.fund_id) x") == 3
    assert number(place, url, "SELECT COUNT(*) FROM (SELECT a.tambon_id FROM fund_village a JOIN fund_village b"
                  " ON b.tambon_id = a.tambon_id AND b.fund_id > a.fund_id GROUP BY a.tambon_id) x") == 1
    # Closed ones and open ones, late ones among them.
    for state, due in (("closed", "2000-01-01"), ("running", "2000-01-01"), ("running", TODAY)):
        sign = "<" if due == TODAY else ">"
        assert number(place, url, "SELECT COUNT(*) FROM project WHERE state = '%s' AND report_due %s '%s'" % (state, sign, due)) > 0, state
    # PostgreSQL's planner knows what parts of the projects the lists leave out; one in two hundred is its guess where it does not.
    for what in ("is_told = 1", "is_public = 1", "open_due < '2000-01-01'") if engine == "PostgreSQL" else ():
        there = number(place, url, "SELECT COUNT(*) FROM project_listed WHERE " + what)
        guess = int(re.search(r"rows=(\d+)", place.sql(url, "EXPLAIN SELECT 1 FROM project_listed WHERE " + what)).group(1))
        assert there / 2 <= guess <= there * 2 + 10, (what, there, guess)
    # Nothing is added twice, and a sum that was touched is named.
    place.run(*args).must(1, "it holds demo data already")
    place.sql(url, "UPDATE figure_area_split SET total = total + 1 WHERE measure = 'paid' AND fy = 2569")
    place.run("verify", "--db", url).must(1, "paid")


def case_each_a_nation_leaves_keys_that_go_on(place, engine):
    url = place.house(engine)
    place.run("demo", "--scale", "national", "--funds", "2", "--years", "1", "--today", TODAY, "--db", url).must(0)
    for table in ("ledger_entry", "ledger_commitment", "ledger_commitment_move", "project", "project_decision", "monitor_report", "figure_fact"):
        if engine == "PostgreSQL":
            assert number(place, url, "SELECT CAST(nextval(pg_get_serial_sequence('%s', 'id')) > (SELECT MAX(id) FROM %s) AS int)"
                          % (table, table)) == 1, table


def case_a_nation_has_its_limits(place):
    url = place.house("SQLite")
    for args in (["--scale", "regional"], ["--scale", "national", "--funds", "50001"], ["--scale", "national", "--years", "31"]):
        place.run("demo", *args, "--db", url).must(2, "usage")
    assert number(place, url, "SELECT COUNT(*) FROM fund WHERE is_demo = 1") == 0

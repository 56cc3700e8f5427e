"""usage.py — the command line itself: help, options, exit codes; init, demo, migrate, serve's refusals."""
import os

from house import ROOT, TODAY


def case_help_names_every_sub_command(place):
    for args in ([], ["help"], ["--help"], ["-h"]):
        said = place.run(*args).must(0, "serve", "init", "demo", "import", "export", "verify", "backup", "restore", "migrate")
        assert said.err == "", said


def case_version_is_one_line(place):
    for args in (["version"], ["--version"]):
        said = place.run(*args).must(0, "sarn ")
        assert said.out.count("\n") == 1, said


def case_what_is_no_command_or_option_is_usage(place):
    bad = [["bogus"], ["-x"], ["init", "--bogus"], ["init", "--db"], ["init", "extra"], ["init", "--fy", "2562"],
           ["serve", "--workers", "many"], ["serve", "--workers", "-1"], ["serve", "--today", "tomorrow"], ["verify", "x"],
           ["import"], ["import", "funds"], ["import", "funds", "x"], ["import", "people", "x", "--fy", "2562"],
           ["import", "funds", "x", "--fy", "1999"], ["import", "funds", "x", "--fy", "25x"], ["export", "funds", "x"],
           ["export", "projects", "x", "--fy", "1999"],
           ["backup"], ["backup", "a", "b"], ["restore"], ["demo", "--today", "2026-13-01"], ["demo", "--seed", "x"],
           ["help", "a", "b"], ["version", "x"], ["a", "b", "c", "d", "e", "f", "g"]]
    for args in bad:
        said = place.run(*args).must(2, "sarn")
        assert said.out == "", said
    assert not os.path.exists(place.path("data")), "a usage error touched the default database"


def case_options_stand_in_any_order(place):
    url = place.house("SQLite")
    real = os.path.join(ROOT, "reference", "funds_real.tsv")
    for args in (["import", "--fy", "2563", "--db", url, "funds", "--dry-run", real, "--partial"],
                 ["import", "funds", real, "--partial", "--dry-run", "--db", url, "--fy", "2563"]):
        assert place.run(*args).must(1).last == "18 taken, 43 unchanged, 2 refused"


def case_a_path_that_is_no_database_is_said(place):
    text = place.write("text.db", "This is a letter, and it is long enough to be looked at. " * 100)
    for command in (["verify"], ["serve", "--listen", "127.0.0.1:0"], ["init"], ["backup", "x.zip"], ["migrate", "--check"]):
        place.run(*command, "--db", text).must(1, "text.db", "not a database")
        place.run(*command, "--db", place.path("no/folder.db")).must(0 if command[0] == "migrate" else 1)
        place.run(*command[:1], *command[1:], "--db", place.tmp).must(1, place.tmp)
    with open(text) as f:
        assert f.read(6) == "This i", "it was written to"
    cut = place.house("SQLite")
    os.truncate(cut, 300000)
    place.run("verify", "--db", cut).must(1, "malformed")


def case_a_path_where_nothing_is_says_how_to_make_one(place):
    none = place.path("none.db")
    for command in (["verify"], ["serve", "--listen", "127.0.0.1:0"], ["backup", "x.zip"], ["export", "funds", "x.csv", "--fy", "2562"],
                    ["import", "funds", os.path.join(ROOT, "reference", "funds_real.tsv"), "--fy", "2562"]):
        place.run(*command, "--db", none).must(1, "there is no database", "sarn init --db " + none)
        assert not os.path.exists(none)


def case_a_server_that_does_not_answer_is_said_without_its_password(place):
    said = place.run("verify", "--db", "postgres://somebody:s3cr3t@127.0.0.1:1/x").must(1, "unavailable")
    assert "s3cr3t" not in said.err + said.out, said


def case_a_proxy_that_is_no_address_is_usage(place):
    place.run("serve", "--proxy", "garbage", "--db", place.house("SQLite")).must(2, "--proxy garbage")


def case_each_init_twice_changes_nothing(place, engine):
    url = place.empty(engine)
    first = place.run("init", "--db", url).must(0, "13 regions")
    assert first.last == "61 taken, 0 unchanged, 2 refused", first
    before = place.dump(url)
    place.run("init", "--db", url).must(0, "already")
    assert place.dump(url) == before


def case_each_demo_twice_is_refused_and_changes_nothing(place, engine):
    url = place.house(engine, "demo")
    before = place.dump(url)
    place.run("demo", "--seed", "2", "--today", TODAY, "--db", url).must(1, "demo data already")
    assert place.dump(url) == before
    place.run("verify", "--db", url).must(0, "0 differences")


def case_the_demo_has_its_thread_on_any_day(place):
    """Early in a fiscal year no money has come yet; in November the quarter's meeting stands between the thread's two;
    at its end the money is spent."""
    for day in ("2026-10-03", "2026-11-12", "2027-09-28"):
        url = place.empty("SQLite")
        place.run("demo", "--today", day, "--db", url).must(0)
        place.run("verify", "--db", url).must(0, "0 differences")
        assert place.sql(url, "SELECT COUNT(DISTINCT state) FROM project").strip() == "12", day


def case_the_same_seed_and_day_give_the_same_demo(place):
    def facts(url):
        return {n: t for n, t in place.tables(url).items() if "figure" in n or n in ("tables/fund_year.tsv", "tables/org_name.tsv")}
    other = place.empty("SQLite")
    place.run("demo", "--today", TODAY, "--db", other, "--seed", "1").must(0)
    one, two = facts(place.house("SQLite", "demo")), facts(other)
    assert one["tables/figure_area_year.tsv"] == two["tables/figure_area_year.tsv"]
    third = place.empty("SQLite")
    place.run("demo", "--today", TODAY, "--db", third, "--seed", "7").must(0)
    assert one["tables/figure_area_year.tsv"] != facts(third)["tables/figure_area_year.tsv"]


def case_init_leaves_the_database_of_somebody_else_alone(place):
    url = place.path("theirs.db")
    place.shell(url, "CREATE TABLE theirs (a); INSERT INTO theirs VALUES (7)")
    before = place.dump(url)
    for command in ("init", "migrate", "demo"):
        place.run(command, "--db", url).must(1, "not Sarn's")
    assert place.dump(url) == before


def last_migration():
    return len([n for n in os.listdir(os.path.join(ROOT, "migrations")) if n.endswith(".sql")])


def case_each_serve_refuses_an_empty_database_and_says_what_to_type(place, engine):
    url = place.empty(engine)
    if engine == "SQLite":
        place.shell(url, "PRAGMA user_version = 0")
        place.write(os.path.basename(url), b"")
    assert place.run("migrate", "--check", "--db", url).must(0).out == "empty\n"
    place.run("serve", "--db", url, "--listen", "127.0.0.1:0").must(1, "sarn migrate --db " + url, "sarn init --db " + url)
    assert place.run("migrate", "--check", "--db", url).must(0).out == "empty\n"


def case_each_serve_refuses_a_database_without_reference_data(place, engine):
    url = place.house(engine)
    place.sql(url, "DELETE FROM app_setting WHERE key = 'reference'")
    place.run("serve", "--db", url, "--listen", "127.0.0.1:0").must(1, "sarn init")


def case_each_serve_refuses_a_pending_migration_and_says_what_to_type(place, engine):
    url = place.house(engine)
    assert place.run("migrate", "--check", "--db", url).must(0).out == "current\n"
    assert place.run("migrate", "--db", url).must(0).last == "nothing to do"
    # A database of an earlier program lacks the last one; as long as there is only one, it looks empty.
    place.sql(url, "DELETE FROM schema_migration WHERE number = %d" % last_migration())
    state = "pending\n" if last_migration() > 1 else "empty\n"
    assert place.run("migrate", "--check", "--db", url).must(0).out == state
    for command in (["serve", "--listen", "127.0.0.1:0"], ["verify"], ["export", "funds", "x.csv", "--fy", "2562"]):
        place.run(*command, "--db", url).must(1, "lacks 1 migration", "sarn migrate --db " + url)


def case_each_what_to_type_names_no_password(place, engine):
    url = place.empty(engine)
    if engine == "SQLite":
        place.write(os.path.basename(url), b"")
    else:
        url = url.replace("://postgres@", "://postgres:secret@", 1)
    said = place.run("serve", "--db", url, "--listen", "127.0.0.1:0").must(1, "sarn init --db ")
    assert "secret" not in said.err, said


def case_each_a_newer_database_is_refused(place, engine):
    url = place.house(engine)
    place.sql(url, "INSERT INTO schema_migration SELECT number + 1, 'later', sha256, applied_at FROM schema_migration "
                   "ORDER BY number DESC LIMIT 1")
    for command in (["serve", "--listen", "127.0.0.1:0"], ["migrate"], ["init"]):
        place.run(*command, "--db", url).must(1, "newer")

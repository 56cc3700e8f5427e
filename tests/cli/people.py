"""people.py — sarn user and sarn token; a demo is served to this machine only."""
import urllib.error, urllib.request

from house import TODAY

GOOD = b"three easy words\n"


def me(server, token):
    ask = urllib.request.Request(server.base + "/api/v1/me", headers={"Authorization": "Bearer " + token})
    try:
        with urllib.request.urlopen(ask, timeout=10) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as e:
        return e.code, e.read().decode()


def case_each_a_person_is_added_granted_and_listed(place, engine):
    url = place.house(engine)
    place.run("user", "add", "Somsri", "--name", "Somsri", "--role", "admin", "--scope", "nation:TH", "--db", url,
              typed=GOOD).must(0, "added")
    place.run("user", "add", "somsri", "--name", "Other", "--db", url, typed=GOOD).must(1, "taken")
    place.run("user", "grant", "somsri", "--role", "district", "--scope", "district:1203", "--from", "2026-01-01", "--to",
              "2026-12-31", "--db", url).must(0, "granted")
    listed = place.run("user", "list", "--db", url).must(0, "somsri", "admin\tnation:TH", "district:1203", "to 2026-12-31")
    number = [line.split("\t")[1].split()[1] for line in listed.out.splitlines() if "district:1203" in line][-1]
    place.run("user", "end", "somsri", "--grant", number, "--db", url).must(0, "ended")
    place.run("user", "end", "somsri", "--grant", "999999", "--db", url).must(1, "has no grant")


def case_each_what_is_wrong_with_a_person_is_said_and_nothing_is_done(place, engine):
    url = place.house(engine)
    before = place.run("user", "list", "--db", url).must(0).out
    add = ["user", "add", "nobody.yet", "--name", "Nobody", "--db", url]
    place.run(*add, typed=b"short\n").must(1, "too short")
    place.run(*add, typed=b"1234567890\n").must(1, "everybody tries first")
    place.run(*add).must(1, "no password")
    place.run(*add, "--role", "king", "--scope", "nation:TH", typed=GOOD).must(1, "there is no role", "officer")
    place.run(*add, "--role", "officer", "--scope", "fund:X0000", typed=GOOD).must(1, "there is no fund X0000")
    place.run(*add, "--role", "officer", "--scope", "region:R4", typed=GOOD).must(1, "cannot stand")
    place.run(*add, "--role", "officer", "--scope", "nonsense", typed=GOOD).must(1, "fund:D0001")
    place.run(*add, "--role", "officer", typed=GOOD).must(2, "together")
    place.run("user", "add", "1101700207030", "--name", "Id", "--db", url, typed=GOOD).must(1, "no login")
    place.run("user", "password", "nobody.yet", "--db", url, typed=GOOD).must(1, "nobody with the login")
    place.run("user", "dance", "--db", url).must(2, "usage")
    assert place.run("user", "list", "--db", url).must(0).out == before


def case_each_a_token_is_printed_alone_and_ends(place, engine):
    url = place.house(engine)
    place.run("user", "add", "robot", "--name", "Robot", "--role", "admin", "--scope", "nation:TH", "--db", url,
              typed=GOOD).must(0)
    said = place.run("token", "add", "--user", "robot", "--days", "1", "--db", url).must(0)
    token = said.out.strip()
    assert said.out == token + "\n" and said.err == "" and token.startswith("sarn_") and len(token) == 57, said
    with place.served(url, "--workers", "2") as s:
        status, body = me(s, token)
        assert status == 200 and '"login":"robot"' in body and '"role":"admin"' in body, body
        assert me(s, token[:-1] + ("b" if token[-1] == "a" else "a"))[0] == 401
        number = place.run("token", "list", "--user", "robot", "--db", url).must(0, "open").out.split("\t")[0]
        place.run("token", "end", number, "--user", "robot", "--db", url).must(0)
        assert me(s, token)[0] == 401
    place.run("token", "end", number, "--user", "robot", "--db", url).must(1, "no open token")
    place.run("token", "add", "--user", "robot", "--db", url).must(2)
    place.run("token", "add", "--user", "nobody.there", "--days", "1", "--db", url).must(1, "nobody with the login")


def case_each_an_erased_person_is_gone_after_the_login_was_typed_again(place, engine):
    url = place.house(engine)
    place.run("user", "add", "leaving", "--name", "Leaving Person", "--db", url, typed=GOOD).must(0)
    place.run("user", "erase", "leaving", "--db", url, typed=b"somebody\n").must(1, "nothing was done")
    place.run("user", "erase", "leaving", "--db", url, typed=b"leaving\n").must(0, "erased")
    assert "Leaving" not in place.run("user", "list", "--db", url).must(0, "erased").out


def case_each_a_new_password_takes_a_lost_telephone_along(place, engine):
    url = place.house(engine)
    place.run("user", "add", "forgetful", "--name", "Forgetful", "--db", url, typed=GOOD).must(0)
    said = place.run("user", "password", "forgetful", "--db", url, typed=GOOD).must(0, "every session of forgetful has ended")
    assert "telephone" not in said.out
    place.sql(url, "UPDATE account SET totp_secret = 'JBSWY3DPEHPK3PXP', totp_step = 1 WHERE login = 'forgetful'")
    place.run("user", "password", "forgetful", "--db", url, typed=GOOD).must(0, "telephone is switched off")
    assert place.sql(url, "SELECT COUNT(*) FROM account WHERE totp_secret IS NOT NULL").strip() == "0"


def case_a_demo_is_served_to_this_machine_only(place):
    url = place.path("demo-people.db")
    place.run("demo", "--db", url, "--today", TODAY).must(0)
    place.run("serve", "--db", url, "--listen", "0.0.0.0:0").must(1, "demo", "--demo-public")
    with place.served(url, "--demo-public") as s:
        assert s.get("/healthz")[0] == 200
        assert s.p.stdout.readline().startswith("Demo logins: applicant officer")
        assert "sarn-demo-2570" in s.p.stdout.readline()

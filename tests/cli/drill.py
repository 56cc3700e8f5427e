"""drill.py — what an administrator hopes never to need: a backup made while people write, restored on the other engine,
proven by the chain's hashes and by the figures, and gone on with."""
import json, re, threading, time, urllib.error, urllib.request

from house import TODAY

BOOK = "/api/v1/funds/D0001/years/2570/receipts"
SATANG = 12345
WRITERS, BEFORE_S, MOST = 4, 1.0, 4000


class Writer:
    """Somebody of fund D0001 who books one receipt after the other; `sent` before it is asked, `known` once it is answered."""

    def __init__(self, base, n):
        self.base, self.n, self.sent, self.known, self.wrong = base, n, [], [], []
        r = self.ask("/api/v1/login", {"login": "officer", "password": "sarn-demo-2570"}, {})
        self.headers = {"Cookie": re.search(r"sarn_session=[^;]+", "; ".join(r.headers.get_all("Set-Cookie")))[0]}
        with urllib.request.urlopen(urllib.request.Request(base + "/me", headers=self.headers), timeout=60) as page:
            self.headers["X-CSRF-Token"] = re.search(r'name="csrf" value="([^"]+)"', page.read().decode())[1]

    def ask(self, target, body, headers):
        q = urllib.request.Request(self.base + target, json.dumps(body).encode(), {"Content-Type": "application/json", **headers})
        with urllib.request.urlopen(q, timeout=60) as r:
            r.read()
            return r

    def write_until(self, stop):
        while not stop.is_set() and len(self.sent) < MOST:
            ref = "drill-%d-%d" % (self.n, len(self.sent))
            self.sent.append(ref)
            try:
                self.ask(BOOK, {"date": "2026-11-07", "source": "local", "amount_satang": SATANG, "reference": ref}, self.headers)
                self.known.append(ref)
            except (urllib.error.URLError, OSError) as e:
                self.wrong.append(str(e))


def books(place, url):
    """References of the drill, and what the figures say that D0001's own LAO gave in all its years."""
    refs = place.sql(url, "SELECT reference FROM ledger_entry WHERE reference LIKE 'drill-%'").split()
    total = place.sql(url, "SELECT COALESCE(SUM(y.total), 0) FROM figure_fund_year y JOIN fund f ON f.id = y.fund_id "
                           "WHERE f.code = 'D0001' AND y.measure = 'received_local'")
    return sorted(refs), int(float(total))


def drill(place, engines):
    source, target = place.house(engines[0], "demo"), place.empty(engines[1])
    name = "drill-%s-%d" % (engines[0], time.monotonic_ns())
    archive, heads, later = (place.path(name + e) for e in (".zip", ".heads", "-later.heads"))
    start = books(place, source)[1]
    with place.served(source, "--today", TODAY, "--no-rate-limit") as s:
        writers, stop = [Writer(s.base, n) for n in range(WRITERS)], threading.Event()
        threads = [threading.Thread(target=w.write_until, args=(stop,)) for w in writers]
        for t in threads:
            t.start()
        time.sleep(BEFORE_S)
        place.run("export", "heads", heads, "--db", source).must(0)
        before = [r for w in writers for r in list(w.known)]
        place.run("backup", archive, "--db", source).must(0, "rows in")
        after = [r for w in writers for r in list(w.sent)]
        stop.set()
        for t in threads:
            t.join()
    assert not [e for w in writers for e in w.wrong], writers[0].wrong[:3]
    place.run("restore", archive, "--db", target).must(0, "rows, made")
    # Nothing acknowledged before it is missing, nothing is in it that was not yet sent when it ended.
    refs, total = books(place, target)
    assert before and set(before) <= set(refs) <= set(after), "%d before, %d in it, %d sent" % (len(before), len(refs), len(after))
    assert total - start == len(refs) * SATANG, (total - start, len(refs))
    # Every book and figure against its sources; the chain goes on from the heads of before, and the source goes on from its.
    place.run("verify", "--db", target).must(0, "0 differences")
    place.run("verify", "--ledger", "--heads", heads, "--db", target).must(0)
    place.run("export", "heads", later, "--db", target).must(0)
    place.run("verify", "--ledger", "--heads", later, "--db", source).must(0)
    goes_on(place, target, refs)


def goes_on(place, url, refs):
    """What was restored is worked with; a head that was written down of a changed book would be noticed."""
    with place.served(url, "--today", TODAY, "--no-rate-limit") as s:
        w = Writer(s.base, 99)
        w.ask(BOOK, {"date": "2026-11-07", "source": "local", "amount_satang": SATANG, "reference": "drill-after"}, w.headers)
    assert books(place, url)[0] == sorted(refs + ["drill-after"])
    place.run("verify", "--db", url).must(0, "0 differences")


def case_a_backup_while_writing_on_SQLite_is_whole(place):
    drill(place, ["SQLite", "SQLite"])


def case_both_a_backup_while_writing_goes_from_SQLite_to_PostgreSQL(place):
    drill(place, ["SQLite", "PostgreSQL"])


def case_both_a_backup_while_writing_goes_from_PostgreSQL_to_SQLite(place):
    drill(place, ["PostgreSQL", "SQLite"])

"""writers.py — those who write while things break: money, reports with photos, imports. What was answered is remembered."""
import csv, io, os, random, signal, struct, subprocess, threading, time, zlib

from house import FUND, FY, ROOT, TODAY, Door

REPORTS_MOST = 80  # of one project or programme: the program takes a hundred


class Writer(threading.Thread):
    """Works until told to stop. What goes wrong is told at the end, as a failed case."""

    def __init__(self, house, stop, number, seed):
        super().__init__(daemon=True)
        self.house, self.stop, self.number = house, stop, number
        self.rand = random.Random(seed * 1000 + number)
        self.acked, self.failure = {}, None

    def run(self):
        nth = 0
        try:
            while not self.stop.is_set():
                self.one(nth)
                nth += 1
        except Exception as e:
            self.failure = "%s: %s" % (type(e).__name__, e)


class Money(Writer):
    """Receipts, payments and reversals. `acked` is what the server said it has done: key → (kind, number)."""

    def __init__(self, house, stop, number, seed, server, token, projects):
        super().__init__(house, stop, number, seed)
        self.door, self.projects, self.receipts, self.refused = Door(server, token), projects, [], 0

    def one(self, nth):
        key = "kill-%d-%05d" % (self.number, nth)
        what = self.rand.random()
        if what < 0.70 or not self.receipts:
            kind, path = "receipt", "/api/v1/funds/%s/years/%d/receipts" % (FUND, FY)
            body = {"date": "2026-11-%02d" % self.rand.randint(1, 22), "source": "donation",
                    "amount_satang": self.rand.randint(1, 99999), "reference": key}
        elif what < 0.90 and self.projects:
            kind, path = "payment", "/api/v1/funds/%s/years/%d/payments" % (FUND, FY)
            body = {"date": TODAY, "project_code": self.rand.choice(self.projects),
                    "amount_satang": self.rand.randint(1, 50), "reference": key}
        else:
            kind, path = "reversal", "/api/v1/funds/%s/ledger/entries/%d/reversal" % (FUND, self.receipts.pop())
            body = {"date": TODAY, "reason": key}
        status, answer = self.door.post(path, body, key)
        if status == 201:
            self.acked[key] = (kind, answer["number"])
            if kind == "receipt":
                self.receipts.append(answer["id"])
        elif status in (409, 422):
            self.refused += 1
        else:
            raise RuntimeError("%s %s: %d %s" % (kind, key, status, answer))


def photo(rand):
    """A small PNG that nobody has sent before."""
    wide, high = 48, 32
    rows = b"".join(b"\0" + rand.randbytes(3 * wide) for _ in range(high))

    def chunk(name, data):
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", wide, high, 8, 2, 0, 0, 0)) +
            chunk(b"IDAT", zlib.compress(rows, 1)) + chunk(b"IEND", b""))


def form_of(name, bytes_):
    """One file as a browser sends it: (its type, the body)."""
    edge = "----------------sarnkill"
    head = '--%s\r\nContent-Disposition: form-data; name="%s"; filename="a.png"\r\nContent-Type: image/png\r\n\r\n' % (edge, name)
    return "multipart/form-data; boundary=" + edge, head.encode() + bytes_ + ("\r\n--%s--\r\n" % edge).encode()


class Reporter(Writer):
    """Activity reports in their steps: draft, photos one by one, sent. `acked`: address → what was answered last.

    First the projects given, then programmes of its own: a project takes only so many reports."""

    def __init__(self, house, stop, number, seed, server, tokens, projects):
        super().__init__(house, stop, number, seed)
        self.doors = {who: Door(server, token) for who, token in tokens.items()}
        self.places, self.programmes, self.left, self.place = list(projects), 0, 0, None

    def step(self, who, path, body, key, wanted, content_type="application/json"):
        status, answer = self.doors[who].post(path, body, key, content_type)
        if status != wanted:
            raise RuntimeError("POST %s with key %s: %d %s" % (path, key, status, answer))
        return answer

    def next_place(self):
        self.left = REPORTS_MOST
        if self.places:
            self.place = ("officer", "/api/v1/funds/%s/projects/%s/reports" % (FUND, self.places.pop()))
            return
        code = "kill-%d-%d" % (self.number, self.programmes)
        self.programmes += 1
        self.step("region", "/api/v1/programmes", {"code": code, "title": code, "owner_name": "Kill"}, "programme-" + code, 201)
        self.place = ("region", "/api/v1/programmes/%s/reports" % code)

    def one(self, nth):
        if not self.left:
            self.next_place()
        self.left -= 1
        who, path = self.place
        title = "kill-%d-%05d" % (self.number, nth)
        answer = self.step(who, path, {"title": title, "on": TODAY, "done": "killed"}, title + "-new", 201)
        path += "/%d" % answer["occasion"]
        told = self.acked[path] = {"who": who, "title": title, "photos": 0, "state": answer["state"]}
        for k in range(self.rand.choice((0, 1, 1, 2))):
            content_type, body = form_of("photos", photo(self.rand))
            answer = self.step(who, path + "/photos", body, "%s-photo-%d" % (title, k), 201, content_type)
            told["photos"] = len(answer["photos"])
            if told["photos"] != k + 1:
                raise RuntimeError("%s: photo %d of it was answered with %d" % (title, k + 1, told["photos"]))
        if self.rand.random() < 0.8:
            answer = self.step(who, path + "/send", {"version": answer["version"]}, title + "-send", 200)
            told["state"] = "sent"
        time.sleep(self.rand.uniform(0, 0.1))


class Importer(Writer):
    """`sarn import` of the same sixty funds, each time with another number of people, killed more often than not.

    Afterwards every fund has the new number or every one the old; sent again it is taken; once more, nothing changes."""
    YEAR = 2562

    def __init__(self, house, stop, number, seed):
        super().__init__(house, stop, number, seed)
        self.path, self.cut, self.slow, self.now = house.path("people.tsv"), 0, 1.0, 4999
        self.words = ("import", "funds", self.path, "--fy", str(self.YEAR))
        with open(os.path.join(ROOT, "reference", "funds_real.tsv"), encoding="utf-8") as f:
            rows = csv.DictReader(f, delimiter="\t")
            names = ("fund_code", "fund_name", "lao_type", "district", "province")
            self.rows = [[r[n] for n in names] for r in rows if r["fund_code"] and r["district"]]
        for r in self.rows:
            r[0] = "K" + r[0][1:]
        self.head = [*names, "population"]
        self.write(self.now)
        self.whole()

    def write(self, people):
        out = io.StringIO()
        csv.writer(out, delimiter="\t", lineterminator="\n").writerows([self.head] + [r + [people] for r in self.rows])
        with open(self.path, "w", encoding="utf-8") as f:
            f.write(out.getvalue())

    def people(self):
        """What stands in the database: the different numbers, and of how many funds."""
        path = self.house.path("people.csv")
        self.house.patiently("export", "funds", path, "--fy", str(self.YEAR))
        with open(path, encoding="utf-8-sig", newline="") as f:
            found = [r["population"] for r in csv.DictReader(f) if r["fund_code"].startswith("K")]
        os.unlink(path)
        return found

    def whole(self):
        """To its end. Its last line."""
        since = time.monotonic()
        out = self.house.patiently(*self.words)
        self.slow = time.monotonic() - since
        return out.rstrip("\n").rsplit("\n", 1)[-1]

    def killed(self):
        p = subprocess.Popen([self.house.sarn, *self.words, "--db", self.house.db], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(self.rand.uniform(0, 1.1) * self.slow)
        self.cut += p.poll() is None
        p.send_signal(signal.SIGKILL)
        p.wait()

    def one(self, nth):
        people = 5000 + nth
        self.write(people)
        self.killed()
        found = set(self.people())
        if found not in ({str(self.now)}, {str(people)}):
            raise RuntimeError("half an import: %d before, %d sent, %s found" % (self.now, people, sorted(found)[:5]))
        said = [self.whole(), self.whole()]
        nothing = "0 taken, %d unchanged, 0 refused" % len(self.rows)
        if said[1] != nothing:
            raise RuntimeError("a second import changed something: %s" % said)
        found = self.people()
        if set(found) != {str(people)} or len(found) != len(self.rows):
            raise RuntimeError("an import that was taken is not there: %d, %s" % (people, sorted(set(found))[:5]))
        self.now = people
        self.acked[people] = said[0]
        time.sleep(self.rand.uniform(0, 0.3))


def writers_of(house, server, stop, seed, money=6, reporters=2, importers=1):
    """The usual company, with tokens and things to write on; started by the caller."""
    officer = house.token("officer")
    tokens, door = {"officer": officer, "region": house.token("region")}, Door(server, officer)
    open_ones = door.get("/api/v1/funds/%s/commitments?open=1" % FUND)["items"]
    payable = [i["project_code"] for i in open_ones if not i["needs_agreement"] or i["agreement_on"]]
    running = [i["id"] for i in door.get("/api/v1/projects?fund=%s&state=running" % FUND)["items"]]
    all_ = [Money(house, stop, i, seed, server, officer, payable) for i in range(money)]
    all_ += [Reporter(house, stop, 10 + i, seed, server, tokens, running[i::reporters]) for i in range(reporters)]
    return all_ + [Importer(house, stop, 20 + i, seed) for i in range(importers)]

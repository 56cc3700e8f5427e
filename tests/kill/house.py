"""house.py — the program that is served, a door that asks until it is answered, and what is counted."""
import argparse, contextlib, csv, http.client, json, os, re, shutil, signal, socket, subprocess, tempfile, threading, time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
TODAY = "2026-11-22"
FUND, FY = "D0001", 2570


def is_alive(pid):
    """Killed, a process may still have a thread in the middle of a write, and with it the address."""
    try:
        with open("/proc/%d/stat" % pid) as f:
            return f.read().rsplit(")", 1)[1].split()[0] not in "ZX" or len(os.listdir("/proc/%d/task" % pid)) > 1
    except OSError:
        return False


class Server:
    def __init__(self, sarn, db, log, files=None):
        self.sarn, self.db, self.log, self.files, self.p = sarn, db, log, files, None
        with socket.socket() as s:
            s.bind(("127.0.0.1", 0))
            self.port = s.getsockname()[1]

    def start(self):
        files = ["--files", self.files] if self.files else []
        with open(self.log, "ab") as log:
            self.p = subprocess.Popen([self.sarn, "serve", "--db", self.db, "--listen", "127.0.0.1:%d" % self.port,
                                       "--today", TODAY, "--no-rate-limit", *files],
                                      stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        self.wait()

    def wait(self):
        end = time.monotonic() + 120 # a busy machine's
        while time.monotonic() < end and self.p.poll() is None:
            try:
                c = http.client.HTTPConnection("127.0.0.1", self.port, timeout=2)
                c.request("GET", "/healthz")
                if c.getresponse().status == 200:
                    return
            except (OSError, http.client.HTTPException):
                time.sleep(0.02)
        raise RuntimeError("the server did not come back within 120 s (exit %s): %s" % (self.p.poll(), self.said()[-800:]))

    def children(self):
        path = "/proc/%d/task/%d/children" % (self.p.pid, self.p.pid)
        with open(path) as f:
            return [int(x) for x in f.read().split()]

    def kill_child(self):
        """The serving process alone: its supervisor starts another."""
        for pid in self.children():
            os.kill(pid, signal.SIGKILL)
        self.wait()

    def kill_all(self):
        """The whole program, as when the machine loses power; then it is started again."""
        self.p.send_signal(signal.SIGSTOP) # or it might start another meanwhile, which would keep the address
        pids = self.children()
        for pid in [self.p.pid] + pids:
            os.kill(pid, signal.SIGKILL)
        self.p.wait()
        for pid in pids: # whose children they are now, is not ours to know: they have ended when they say so
            while is_alive(pid):
                time.sleep(0.001)
        self.start()

    def stop(self):
        if self.p and self.p.poll() is None:
            self.p.terminate()
            self.p.wait(timeout=30)

    def page(self, path, form=None, cookie=""):
        """As somebody without a session sees it, in Thai; `form`: what is posted."""
        c = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        head = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": cookie} if form else {}
        try:
            c.request("POST" if form else "GET", path, form, head)
            r = c.getresponse()
            return r.status, r.read().decode(), r
        finally:
            c.close()

    def said(self, since=0):
        """Its log from that byte on."""
        with open(self.log, "rb") as f:
            f.seek(since)
            return f.read().decode(errors="replace")


class Door:
    """One person's way in. Asks with the same key until there is an answer; what is unavailable must say so properly."""

    def __init__(self, server, token):
        self.server, self.token, self.repeats, self.refusals = server, token, 0, {}

    def once(self, method, path, body=None, key=None, content_type="application/json", timeout=10):
        c = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=timeout)
        head = {"Content-Type": content_type, "Authorization": "Bearer " + self.token}
        if key:
            head["Idempotency-Key"] = key
        try:
            c.request(method, path, body, head)
            r = c.getresponse()
            return r.status, r.read(), r
        finally:
            c.close()

    def refused(self, text, answer):
        """503: in JSON, with words, and with the time after which to come again."""
        error = json.loads(text)["error"]
        if not error["message"] or not (answer.getheader("Retry-After") or "").isdigit():
            raise RuntimeError("a 503 without words or Retry-After: %s" % text[:300])
        self.refusals[error["code"]] = self.refusals.get(error["code"], 0) + 1

    def post(self, path, body, key, content_type="application/json"):
        if not isinstance(body, bytes):
            body = json.dumps(body).encode()
        while True:
            with contextlib.suppress(OSError, http.client.HTTPException):
                status, text, r = self.once("POST", path, body, key, content_type)
                if status != 503:
                    return status, json.loads(text)
                self.refused(text, r)
            self.repeats += 1
            time.sleep(0.02)

    @staticmethod
    def read(text):
        return json.loads(text)

    def get(self, path):
        status, text, _ = self.once("GET", path)
        if status != 200:
            raise RuntimeError("GET %s: %d %s" % (path, status, text[:300]))
        return json.loads(text)


class House:
    """A demo on one engine, in a folder that goes with it."""

    def __init__(self, o, pg=None):
        self.sarn, self.demo, self.pg = os.path.abspath(o.sarn), o.demo, pg
        self.tmp = tempfile.mkdtemp(prefix="sarn-kill.")
        self.name = "sarn_kill_%d" % os.getpid()
        self.db = re.sub(r"/[^/?]+(\?|$)", r"/%s\1" % self.name, pg) if pg else self.path("kill.db")
        self.files = None if pg else self.db + ".files"

    @staticmethod
    def options(about):
        p = argparse.ArgumentParser(description=about, formatter_class=argparse.RawDescriptionHelpFormatter)
        p.add_argument("--sarn", default=os.path.join(ROOT, "build", "sarn"))
        p.add_argument("--demo", help="a demo of seed 1 and %s as an SQLite file, to be copied; else one is made" % TODAY)
        p.add_argument("--seed", type=int, default=1)
        return p

    def path(self, name):
        return os.path.join(self.tmp, name)

    def run(self, *args, db=None, **more):
        r = subprocess.run([self.sarn, *args, "--db", db or self.db], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                           stderr=subprocess.PIPE, text=True, timeout=600, **more)
        return r.returncode, r.stdout, r.stderr

    def must(self, *args, db=None):
        code, out, err = self.run(*args, db=db)
        if code:
            raise RuntimeError("sarn %s: exit %d\n%s%s" % (" ".join(args), code, out, err))
        return out

    def patiently(self, *args):
        """Sent again while the database is busy or away, or the disk has no room. What it printed."""
        end = time.monotonic() + 120
        while True:
            code, out, err = self.run(*args)
            if code == 0:
                return out
            away = [w for w in (": unavailable", ": disk", "there is no database") if w in err] # the last: not mounted
            if not away or time.monotonic() > end:
                raise RuntimeError("sarn %s: exit %d\n%s%s" % (" ".join(args), code, out, err))
            time.sleep(0.1)

    def sql(self, sql, db=None):
        """The plain shell of the engine: (lines of the answer)."""
        db = db or self.db
        ask = ["psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-c", sql, db] if self.pg else \
            ["sqlite3", "-bail", "-cmd", ".timeout 10000", db, sql]
        r = subprocess.run(ask, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, timeout=60)
        if r.returncode:
            raise RuntimeError("%s: %s" % (sql, r.stderr))
        return r.stdout.split()

    def fill(self):
        """The demo. PostgreSQL's is restored from SQLite's, a minute sooner."""
        lite = self.path("demo.db") if self.pg else self.db
        if self.demo:
            shutil.copyfile(self.demo, lite)
        else:
            self.must("demo", "--seed", "1", "--today", TODAY, db=lite)
        if self.pg:
            self.sql("CREATE DATABASE %s TEMPLATE template0" % self.name, db=self.pg)
            self.must("backup", self.path("demo.zip"), db=lite)
            self.must("restore", self.path("demo.zip"))

    def token(self, login):
        return self.must("token", "add", "--user", login, "--days", "1").strip()

    def entries(self):
        """The year's entries by number, from the program's own export: one row a line of an entry."""
        path = self.path("ledger.csv")
        self.must("export", "ledger", "--fund", FUND, "--fy", str(FY), path)
        with open(path, encoding="utf-8-sig", newline="") as f:
            entries = {}
            for row in csv.DictReader(f):
                if row["book"] == "main":
                    entries.setdefault(int(row["number"]), row)
        os.unlink(path)
        return entries

    def drop(self):
        shutil.rmtree(self.tmp, ignore_errors=True)
        if self.pg:
            self.sql("DROP DATABASE IF EXISTS %s WITH (FORCE)" % self.name, db=self.pg)


def wait_for(what, is_so, seconds=60):
    """What is wrong: it did not become so."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if is_so():
            return ""
        time.sleep(0.05)
    return "not within %d s: %s" % (seconds, what)


class Count:
    """Cases, as ./test wants them told."""

    def __init__(self):
        self.passed = self.failed = 0

    def case(self, what, wrong):
        self.passed, self.failed = self.passed + (not wrong), self.failed + bool(wrong)
        print("%s %s%s" % ("FAIL" if wrong else "ok  ", what, ": " + wrong if wrong else ""), flush=True)

    def cases(self, questions):
        for what, wrong in questions:
            self.case(what, wrong)

    def end(self):
        print("%d passed, %d failed" % (self.passed, self.failed))
        return 1 if self.failed else 0

"""house.py — the program under test, its databases, and what is asked of both."""
import contextlib, itertools, os, re, shutil, signal, subprocess, threading, time, urllib.error, urllib.request, zipfile

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
REAL = os.path.join(ROOT, "reference", "funds_real.tsv")
TODAY = "2026-11-22"


class Said:
    """What a run answered; `must` tells all of it when it is not what was wanted."""

    def __init__(self, args, code, out, err):
        self.args, self.code, self.out, self.err = args, code, out, err

    def __str__(self):
        return "sarn %s: exit %s\n%s\n%s" % (" ".join(self.args), self.code, self.out[-1500:], self.err[-1500:])

    def must(self, code, *words):
        assert "Sanitizer" not in self.err and "runtime error" not in self.err, self
        assert self.code == code, "wanted exit %d: %s" % (code, self)
        for word in words:
            assert word in self.out + self.err, "wanted “%s” in: %s" % (word, self)
        return self

    @property
    def last(self):
        return self.out.rstrip("\n").rsplit("\n", 1)[-1]


class Place:
    """A folder and its databases. Several may work side by side: they share `houses`, which are only copied."""
    numbers, filling = itertools.count(), threading.Lock()

    def __init__(self, sarn, tmp, pg, houses=None):
        self.sarn, self.tmp, self.pg = sarn, tmp, pg
        self.engines = ["SQLite"] + (["PostgreSQL"] if pg else [])
        self.made, self.houses = [], {} if houses is None else houses
        os.makedirs(tmp, exist_ok=True)

    # ---- running ----

    def run(self, *args, timeout=400, typed=b""):
        r = subprocess.run([self.sarn, *args], cwd=self.tmp, input=typed, stdout=subprocess.PIPE,
                           stderr=subprocess.PIPE, timeout=timeout)
        return Said(args, r.returncode, r.stdout.decode(), r.stderr.decode())

    def path(self, name):
        return os.path.join(self.tmp, name)

    def write(self, name, data):
        with open(self.path(name), "wb") as f:
            f.write(data if isinstance(data, bytes) else data.encode())
        return self.path(name)

    # ---- databases ----

    def admin(self, sql, url=None):
        r = subprocess.run(["psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-c", sql, url or self.pg],
                           stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        assert r.returncode == 0, r.stderr
        return r.stdout

    def shell(self, path, sql):
        """The plain sqlite3 shell, as anybody has it."""
        r = subprocess.run(["sqlite3", "-bail", path, sql], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                           stderr=subprocess.PIPE, text=True, errors="replace")  # keys are bytes, not words
        assert r.returncode == 0, r.stderr
        return r.stdout

    def sql(self, url, sql):
        return self.admin(sql, url) if url.startswith("postgres") else self.shell(url, sql)

    def empty(self, engine, template=None):
        """Address of a new database; of an earlier one's content with `template`."""
        name = "sarn_cli_%d_%d" % (os.getpid(), next(Place.numbers))
        self.made.append((engine, name))
        if engine == "SQLite":
            url = self.path(name + ".db")
            for tail in ("", "-wal") if template else ():
                if os.path.exists(template + tail):
                    shutil.copy(template + tail, url + tail)
            return url
        source = re.sub(r".*/([^/?]+).*", r"\1", template) if template else "template0"
        self.admin("CREATE DATABASE %s TEMPLATE %s" % (name, source))
        return re.sub(r"^(\w+://[^/?]+)(/[^?]*)?", r"\1/" + name, self.pg)

    def house(self, engine, kind="init"):
        """A copy of a database that was filled once: "init" (reference, real funds) or "demo". PostgreSQL's demo is
        restored from SQLite's: a demo is 400,000 statements, and `archives.py` walks them there once."""
        key = (engine, kind)
        with Place.filling:
            if key not in self.houses:
                url = self.empty(engine)
                if kind == "demo" and engine == "PostgreSQL":
                    self.run("restore", self.demo_archive(), "--db", url).must(0)
                else:
                    args = ["demo", "--seed", "1", "--today", TODAY] if kind == "demo" else ["init"]
                    self.run(*args, "--db", url).must(0)
                self.houses[key] = url
            return self.empty(engine, self.houses[key])

    def demo_archive(self):
        source, archive = self.empty("SQLite"), self.path("demo-%d.zip" % next(Place.numbers))
        self.run("demo", "--seed", "1", "--today", TODAY, "--db", source).must(0)
        self.run("backup", archive, "--db", source).must(0)
        return archive

    def dump(self, url):
        """All rows of all tables, as text. Not by the program itself on SQLite."""
        if not url.startswith("postgres"):
            return self.shell(url, ".dump")
        r = subprocess.run(["pg_dump", "--data-only", "--inserts", url], stdout=subprocess.PIPE,
                           stderr=subprocess.PIPE, text=True, check=True)
        return "\n".join(line for line in r.stdout.split("\n") if line.startswith("INSERT"))

    def tables(self, url):
        """The table files of a backup of it."""
        archive = self.path("tables-%d.zip" % time.monotonic_ns())
        self.run("backup", archive, "--db", url).must(0)
        return tables_of(archive)

    def close(self):
        for engine, name in self.made:
            if engine == "PostgreSQL":
                self.admin("DROP DATABASE IF EXISTS %s WITH (FORCE)" % name)

    # ---- serving ----

    @contextlib.contextmanager
    def served(self, url, *args):
        with Server(self, url, *args) as s:
            yield s


def tables_of(archive):
    with zipfile.ZipFile(archive) as z:
        assert z.testzip() is None
        return {n: z.read(n) for n in z.namelist() if n.startswith("tables/")}


class Server:
    """`sarn serve` on a port of the kernel's choice."""

    def __init__(self, place, url, *args):
        self.args = [place.sarn, "serve", "--db", url, "--listen", "127.0.0.1:0", *args]
        self.place = place

    def __enter__(self):
        self.err = open(self.place.path("serve-%d.log" % time.monotonic_ns()), "w+")
        self.p = subprocess.Popen(self.args, cwd=self.place.tmp, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                  stderr=self.err, text=True)
        line = self.p.stdout.readline()
        found = re.search(r"http://127\.0\.0\.1:(\d+)/", line)
        if not found:
            self.p.kill()
            self.p.wait()
            self.err.seek(0)
            raise AssertionError("no address in “%s”: %s" % (line, self.err.read()))
        self.base = "http://127.0.0.1:" + found[1]
        return self

    def __exit__(self, *_):
        self.stop()
        self.p.stdout.close()
        self.err.close()

    def stop(self, how=signal.SIGTERM):
        if self.p.poll() is None:
            self.p.send_signal(how)
        return self.p.wait(30)

    def get(self, target, timeout=60):
        try:
            with urllib.request.urlopen(self.base + target, timeout=timeout) as r:
                return r.status, r.read()
        except urllib.error.HTTPError as e:
            with e:
                return e.code, e.read()

    def child(self):
        with open("/proc/%d/task/%d/children" % (self.p.pid, self.p.pid)) as f:
            return int(f.read().split()[0])

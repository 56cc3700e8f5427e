"""What the measurements share: servers that are started and stopped, wrk, and the load that runs beside it."""
import atexit, http.client, json, os, re, shutil, signal, socket, subprocess, sys, tempfile, threading, time, urllib.request

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(HERE)
TMP = tempfile.mkdtemp(prefix="sarn-bench.", dir=os.environ.get("SARN_BENCH_DIR"))
atexit.register(shutil.rmtree, TMP, ignore_errors=True)
os.chmod(TMP, 0o755)
PASSWORD = "sarn-demo-2570"
TICK = os.sysconf("SC_CLK_TCK")


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def run(*args, **more):
    return subprocess.run(args, check=True, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True, **more).stdout


class Server:
    """A program that serves on a loopback port; `pids` are all of its processes."""

    def begin(self, args):
        self.process = subprocess.Popen(args, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        atexit.register(self.stop)
        begun = time.monotonic()
        while time.monotonic() - begun < 30:
            try:
                with urllib.request.urlopen(self.url(self.ready), timeout=2) as answer:
                    answer.read()
                self.started_ms = (time.monotonic() - begun) * 1000
                return
            except OSError:
                time.sleep(0.002)
        sys.exit("%s does not start" % args[0])

    def url(self, path):
        return "http://127.0.0.1:%d%s" % (self.port, path)

    def pids(self):
        pids, at = [self.process.pid], 0
        while at < len(pids):
            with open("/proc/%d/task/%d/children" % (pids[at], pids[at])) as f:
                pids += [int(p) for p in f.read().split()]
            at += 1
        return pids

    def cpu(self):
        """Seconds of processor so far."""
        total = 0
        for pid in self.pids():
            with open("/proc/%d/stat" % pid) as f:
                fields = f.read().rpartition(")")[2].split()
            total += int(fields[11]) + int(fields[12])
        return total / TICK

    def memory(self):
        """MiB that are its own or its share of what is shared (PSS)."""
        total = 0
        for pid in self.pids():
            with open("/proc/%d/smaps_rollup" % pid) as f:
                total += int(re.search(r"^Pss:\s+(\d+)", f.read(), re.M).group(1))
        return total / 1024

    def stop(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(timeout=30)


class Sarn(Server):
    ready = "/healthz"

    def __init__(self, program, db):
        self.port, self.db, self.program = free_port(), db, program
        self.sessions = {}
        self.begin([program, "serve", "--db", db, "--listen", "127.0.0.1:%d" % self.port, "--no-rate-limit"])

    def session(self, login):
        """The cookie of a person who logged in."""
        if login not in self.sessions:
            c = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
            c.request("POST", "/api/v1/login", json.dumps({"login": login, "password": PASSWORD}), {"Content-Type": "application/json"})
            answer = c.getresponse()
            answer.read()
            self.sessions[login] = re.search(r"sarn_session=[^;]+", answer.headers["set-cookie"]).group(0)
        return self.sessions[login]

    def get(self, path, login=None):
        request = urllib.request.Request(self.url(path), headers={"Cookie": self.session(login)} if login else {})
        with urllib.request.urlopen(request, timeout=60) as answer:
            return answer.read()

    def stylesheet(self):
        return re.search(r'href="(/assets/[^"]+[.]css)"', self.get("/login").decode()).group(1)

    def token(self, login):
        return run(self.program, "token", "add", "--user", login, "--days", "1", "--db", self.db).strip()


class Nginx(Server):
    """Serves what it is given as files: `bytes_at` says under which address."""
    ready = "/ready"

    def __init__(self):
        self.port, self.root = free_port(), os.path.join(TMP, "nginx")
        os.makedirs(self.root, mode=0o755, exist_ok=True)
        self.put("ready", b"ready")
        conf = os.path.join(TMP, "nginx.conf")
        with open(conf, "w") as f:
            f.write("worker_processes 2; daemon off; pid %s/pid; error_log %s/err; events { worker_connections 1024; }\n"
                    "http { access_log off; sendfile on; tcp_nopush on; keepalive_requests 100000000; open_file_cache max=100;\n"
                    "default_type text/html; server { listen 127.0.0.1:%d; root %s; } }\n" % (TMP, TMP, self.port, self.root))
        self.begin([shutil.which("nginx", path=os.environ["PATH"] + ":/usr/sbin:/sbin"), "-p", TMP, "-c", conf])

    def put(self, name, data):
        with open(os.path.join(self.root, name), "wb") as f:
            f.write(data)
        return "/" + name


def ms(text):
    m = re.match(r"([\d.]+)(us|ms|s|m)$", text)
    return float(m.group(1)) * {"us": 0.001, "ms": 1, "s": 1000, "m": 60000}[m.group(2)] if m else float("nan")


class Load:
    """wrk against an address. After end(): rate a second, n answers, p50, p99 and longest wait in ms, how many were no 2xx."""

    def __init__(self, url, connections, seconds, cookie=None, script=None, words=()):
        args = ["wrk", "--latency", "-t1", "-c%d" % connections, "-d%ds" % seconds]
        args += ["-H", "Cookie: " + cookie] if cookie else []
        args += ["-s", script] if script else []
        self.process = subprocess.Popen(args + [url] + (["--", *words] if words else []), stdout=subprocess.PIPE, text=True)

    def end(self):
        out = self.process.communicate()[0]
        self.rate = float(re.search(r"Requests/sec:\s+([\d.]+)", out).group(1))
        self.n = int(re.search(r"(\d+) requests in", out).group(1))
        self.p50, self.p99 = (ms(re.search(r"(?m)^\s+%d%%\s+(\S+)" % p, out).group(1)) for p in (50, 99))
        self.longest = ms(re.search(r"Latency\s+\S+\s+\S+\s+(\S+)", out).group(1))
        self.bad = sum(int(x) for x in re.findall(r"Non-2xx or 3xx responses: (\d+)", out))
        self.bad += sum(int(x) for x in re.findall(r"(?:connect|read|write|timeout) (\d+)", out))
        return self


def load(*args, **more):
    return Load(*args, **more).end()


class Beside(threading.Thread):
    """Does `act(nth)` so many times a second until it is left; `done` counts."""

    def __init__(self, a_second, act):
        super().__init__(daemon=True)
        self.gap, self.act, self.done, self.over = 1 / a_second, act, 0, threading.Event()

    def run(self):
        due = time.monotonic()
        while not self.over.is_set():
            self.act(self.done)
            self.done += 1
            due += self.gap
            self.over.wait(max(0, due - time.monotonic()))

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_):
        self.over.set()
        self.join(30)


def poster(sarn, path, token, body):
    """An act for Beside: one POST of JSON on a connection that stays open. Whatever is no success ends the run."""
    c = http.client.HTTPConnection("127.0.0.1", sarn.port, timeout=30)
    mark = os.urandom(4).hex()

    def act(nth):
        headers = {"Content-Type": "application/json"}
        if token:
            headers |= {"Authorization": "Bearer " + token, "Idempotency-Key": "beside-%s-%d" % (mark, nth)}
        c.request("POST", path, json.dumps(body), headers)
        answer = c.getresponse()
        answer.read()
        if answer.status >= 300:
            print("POST %s: %d" % (path, answer.status), file=sys.stderr)
            os._exit(1)
    return act

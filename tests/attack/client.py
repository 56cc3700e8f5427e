"""client.py — a served demo as an attacker sees it: sessions of its people, pages taken apart."""
import html.parser, http.client, json, os, re, socket, time, urllib.parse

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
PASSWORD = "sarn-demo-2570"
PEOPLE = ["", "applicant", "officer", "secretary", "chair", "member", "auditor", "mentor", "district", "province", "agency", "admin"]
PLAIN = re.compile(r"[a-z][a-z0-9:_-]*\Z")


class Answer:
    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = status, headers, body
        self.type = (headers.get("Content-Type") or "").split(";")[0]

    @property
    def text(self):
        return self.body.decode("utf-8", "replace")


class Site:
    """Keeps a connection open; cookies are the caller's: one session a person."""

    def __init__(self, base):
        u = urllib.parse.urlsplit(base)
        self.host, self.port = u.hostname, u.port
        self.conn, self.cookies = None, {"": ""}

    def ask(self, method, target, who="", body=None, headers=None):
        h = {"Cookie": self.cookies[who]} if self.cookies.get(who) else {}
        h.update(headers or {})
        for again in (True, False):
            try:
                if self.conn is None:
                    self.conn = http.client.HTTPConnection(self.host, self.port, timeout=30)
                self.conn.request(method, target, body, h)
                r = self.conn.getresponse()
                return Answer(r.status, r.headers, r.read())
            except (http.client.HTTPException, OSError):
                self.conn = None  # the server may close between two requests
                if not again:
                    raise

    def get(self, target, who="", headers=None):
        return self.ask("GET", target, who, None, headers)

    def post(self, target, who, fields, headers=None):
        h = {"Content-Type": "application/x-www-form-urlencoded"}
        h.update(headers or {})
        return self.ask("POST", target, who, urllib.parse.urlencode(fields), h)

    def log_in(self, who):
        r = self.ask("POST", "/api/v1/login", "", json.dumps({"login": who, "password": PASSWORD}), {"Content-Type": "application/json"})
        assert r.status == 200, "%s cannot log in: %d %s" % (who, r.status, r.text[:300])
        self.cookies[who] = re.search(r"sarn_session=[^;]+", "; ".join(r.headers.get_all("Set-Cookie")))[0]

    def raw(self, data, port=None, wrap=None, wait=5):
        """What comes back for these bytes until the other side closes."""
        got = b""
        with socket.create_connection((self.host, port or self.port), 10) as s:
            s.settimeout(wait)
            if wrap:
                s = wrap(s)
            s.sendall(data)
            try:
                while chunk := s.recv(65536):
                    got += chunk
            except (OSError, TimeoutError):
                pass
        return got


class Page(html.parser.HTMLParser):
    """Links and forms of a page, and whatever a browser would run in it."""

    def __init__(self, text):
        super().__init__()
        self.links, self.forms, self.runs = [], [], []
        self.form = self.select = None
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        a = dict(attrs)
        for name, value in attrs:
            if not PLAIN.match(name) or name.startswith("on") or name == "style":
                self.runs.append("<%s %s=%s>" % (tag, name, value))
            if name in ("href", "src", "action", "formaction", "xlink:href") and not re.match(r"(/(?!/)|#|\?|tel:|mailto:|https://)|\Z", value or ""):
                self.runs.append("<%s %s=%s>" % (tag, name, value))
        if tag == "script" and not (a.get("src") or "").startswith("/assets/") or tag in ("style", "iframe", "object", "embed", "base"):
            self.runs.append("<%s>" % tag)
        if tag == "a" and a.get("href"):
            self.links.append(a["href"])
        if tag == "form":
            self.form = {"action": a.get("action") or "", "method": (a.get("method") or "get").lower(), "fields": [],
                         "is_multipart": a.get("enctype") == "multipart/form-data"}
            self.forms.append(self.form)
        if self.form is not None and tag in ("input", "textarea", "select", "button"):
            self.field(tag, a)
        if tag == "option" and self.select is not None and (not self.select[1] or "selected" in a):
            self.select[1] = a.get("value") or ""

    def field(self, tag, a):
        kind = a.get("type") or tag
        if not a.get("name") or kind == "file" or (kind in ("radio", "checkbox") and "checked" not in a):
            return
        f = [a["name"], a.get("value") or "", kind]
        if tag == "select":
            self.select = f
        if kind not in ("submit", "button"):
            self.form["fields"].append(f)

    def handle_endtag(self, tag):
        if tag == "form":
            self.form = None
        if tag == "select":
            self.select = None


def routes():
    """(method, path, capability, a pattern that finds its addresses) of src/app/routes.def."""
    with open(os.path.join(ROOT, "src/app/routes.def"), encoding="utf-8") as f:
        found = re.findall(r'^ROUTE\((\w+), "([^"]+)", \w+, (\w+),', f.read(), re.M)
    return [(m, p, c, re.compile(re.sub(r"\{\w+\}", "[^/]+", p.replace(".", r"\.")) + r"\Z")) for m, p, c in found]


def route_of(all_routes, method, path):
    for m, p, c, pattern in all_routes:
        if m == method and pattern.match(path):
            return p, c
    return None, None


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def wait_for(port):
    for _ in range(100):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            time.sleep(0.1)
    raise AssertionError("nobody listens at %d" % port)

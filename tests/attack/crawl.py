"""crawl.py — reads everything that a poisoned database shows, as everybody, and looks for what would run."""
import csv, io, json, re, sqlite3, urllib.parse, xml.etree.ElementTree, zipfile

import poison, client as web

EACH = 1         # addresses of a route that each person looks at
PARAMS_EACH = 5  # names of parameters tried at an address beside its own
LOOK = ["", "applicant", "officer", "chair", "auditor", "mentor", "province", "agency", "admin"]
PARAMS = ("q fy area fund cursor state issue late book before project project_code as_of step n take draft done next back "
          "code item agenda page kind role group month print from id view sort").split()
HOMES = ["/", "/work", "/me", "/me/totp", "/me/erase", "/admin/people", "/funds/D0001", "/funds/D0001/ledger", "/funds/D0001/proposals",
         "/funds/D0001/people", "/funds/D0001/meetings", "/funds/D0001/plans", "/funds/D0001/visits", "/funds/D0001/years/2570/plan",
         "/funds/D0001/years/2570/edit", "/funds/D0001/ledger/commitments", "/areas/1203", "/areas/1203/people", "/areas/12", "/areas/R4", "/areas/TH",
         "/programmes", "/issues", "/rules", "/find?q=7", "/login", "/register", "/track", "/kept", "/reset", "/confirm", "/offline", "/areas", "/healthz",
         "/robots.txt", "/sw.js", "/offline/shell", "/funds/D0001/projects/later", "/funds/D0001/ledger/open?book=ltc"]
DEEP = ["", "/decide", "/urgent", "/urgent/paper", "/later/paper", "/agreement", "/agreement/paper", "/pay", "/changes", "/reports", "/close",
        "/closing.pdf", "/slip"]
FORMULA = re.compile(r"[=+@\t\r]|-(?![\d.,]*\Z)")


def run_in(r, target):
    """What of this answer a browser, a spreadsheet or a reader would run; "" is good."""
    if r.status >= 500:
        return "%d" % r.status
    for name, want in (("X-Content-Type-Options", "nosniff"), ("Referrer-Policy", "same-origin")):
        if want not in (r.headers.get(name) or ""):
            return "no %s" % name
    if "\u202e" in str(r.headers) or "\n" in str(r.headers.get("Content-Disposition")):
        return "a header carries what was typed: %s" % r.headers
    if r.type == "text/html":
        policy = r.headers.get("Content-Security-Policy") or ""
        if "unsafe" in policy or "frame-ancestors 'none'" not in policy or "default-src" not in policy:
            return "its policy is: %s" % policy
        if poison.TAG in r.text:
            return "it would run %s" % poison.TAG
        runs = web.Page(r.text).runs if "svg/onload" in r.text else []
        return "it would run %s" % runs[:3] if runs else ""
    if r.type == "application/json":
        json.loads(r.text)
        return ""
    if r.type == "text/csv":
        cells = [c for row in csv.reader(io.StringIO(r.text.lstrip("\ufeff"))) for c in row if c and FORMULA.match(c)]
        return "a spreadsheet would reckon %s" % cells[:2] if cells else ""
    if r.type.endswith("spreadsheetml.sheet"):
        with zipfile.ZipFile(io.BytesIO(r.body)) as z:
            parts = {n: z.read(n) for n in z.namelist()}
        for name, part in parts.items():
            xml.etree.ElementTree.fromstring(part)
            if b"<f>" in part or b"<f " in part:
                return "a formula in %s" % name
        return ""
    if r.type == "application/pdf":
        found = re.findall(rb"/(?:JavaScript|JS|OpenAction|AA|Launch|EmbeddedFile|URI)\b", r.body)
        return "the paper has %s" % set(found) if found else ""
    return ""


def deep(path):
    """One project of D0001 in each state, and what stands around it: a walk along links would meet few of them."""
    with sqlite3.connect(path) as db:
        rows = db.execute("SELECT MIN(p.slug) FROM project p JOIN fund f ON f.id = p.fund_id WHERE f.code = 'D0001' GROUP BY p.state").fetchall()
    return ["/funds/D0001/projects/%s%s" % (slug, tail) for (slug,) in rows for tail in DEEP]


class Crawl:
    def __init__(self, served):
        self.deep = deep(served.path)
        self.site, self.routes = served.site, web.routes()
        self.seen, self.found, self.forms, self.addresses, self.asked, self.shown = set(), [], {}, {}, 0, 0

    def look(self, who, target, r):
        self.asked += 1
        self.shown += b"svg/onload" in r.body  # made harmless, but there
        try:
            runs = run_in(r, target)
        except (ValueError, xml.etree.ElementTree.ParseError, zipfile.BadZipFile) as e:
            runs = "cannot be read: %s" % e
        if runs:
            self.found.append("%s of %s: %s" % (target, who or "a visitor", runs))

    def walk(self, who):
        """Breadth first; EACH addresses of every route."""
        own = HOMES + (self.deep if who in ("officer", "chair", "applicant") else [])
        waiting, times, known = list(own), {}, set(own)
        while waiting:
            target = waiting.pop(0)
            path = target.split("?")[0]
            route, cap = web.route_of(self.routes, "GET", path)
            asked = sorted(k for k, _ in urllib.parse.parse_qsl(target.partition("?")[2]))
            key = (route, tuple(asked))
            many = times.get(key, 0) >= EACH or sum(n for (r, _), n in times.items() if r == route) >= 4 * EACH
            if route is None or route.startswith(("/language", "/assets")) or (many and target not in own):
                continue
            times[key] = times.get(key, 0) + 1
            r = self.site.get(target, who)
            self.look(who, target, r)
            self.must_be_private(who, target, cap, r)
            self.seen.add(route)
            if r.status == 200:
                self.addresses.setdefault(route, (who, target))
            if r.type != "text/html":
                continue
            page = web.Page(r.text)
            for f in page.forms:
                action = urllib.parse.urljoin(target, f["action"])
                post, _ = web.route_of(self.routes, "POST", action.split("?")[0])
                if f["method"] == "post" and post:
                    self.forms.setdefault((post, tuple(n for n, _, _ in f["fields"])), (who, action, f))
            for link in page.links:
                to = urllib.parse.urldefrag(urllib.parse.urljoin(target, link))[0]
                if to.startswith("/") and to not in known:
                    known.add(to)
                    waiting.append(to)

    def must_be_private(self, who, target, cap, r):
        rule = r.headers.get("Cache-Control") or ""
        if cap not in (None, "public") and (rule != "no-store" or r.headers.get("ETag")):
            self.found.append("%s of %s may be kept: %s" % (target, who, rule))
        is_shared = "private" not in rule and "no-store" not in rule and r.type == "text/html"
        if who and r.status == 200 and is_shared and r.body != self.site.get(target).body:
            self.found.append("%s of %s may be shared: %s" % (target, who, rule))


def hostile_text_of_the_database_is_text_everywhere(served):
    """Also: every private answer is no-store, every other of a signed-in person private."""
    c = served.crawl = Crawl(served)
    for who in LOOK:
        c.walk(who)
    assert not c.found, "%d: %s" % (len(c.found), "\n     ".join(c.found[:25]))
    pages = [p for m, p, _, _ in c.routes if m == "GET" and not p.startswith("/api/")]
    missed = [p for p in pages if p not in c.seen]
    assert len(c.seen & set(pages)) >= len(pages) * 8 // 10, "never came to %s" % missed
    assert c.shown > c.asked // 3, "only %d of %d answers show anything of it" % (c.shown, c.asked)
    return "%d columns poisoned, %d answers, %d of them show it, %d of %d pages" % (
        len(served.poisoned[0]), c.asked, c.shown, len(c.seen & set(pages)), len(pages))


def hostile_parameters_are_text(served):
    c = served.crawl
    before = c.asked
    for n, (route, (who, target)) in enumerate(sorted(c.addresses.items())):
        path = target.split("?")[0]
        names = sorted({PARAMS[(n * PARAMS_EACH + i) % len(PARAMS)] for i in range(PARAMS_EACH)} | {k for k, _ in urllib.parse.parse_qsl(target.partition("?")[2])})
        for name in names:
            to = "%s?%s" % (path, urllib.parse.urlencode({name: poison.MARK}))
            c.look(who, to, c.site.get(to, who))
        for i, piece in enumerate(path.split("/")[1:], 1):  # and in every part of the path
            parts = path.split("/")
            parts[i] = urllib.parse.quote(poison.MARK.replace("/", ""), safe="")
            c.look(who, "/".join(parts), c.site.get("/".join(parts), who))
    assert not c.found, "%d: %s" % (len(c.found), "\n     ".join(c.found[:25]))
    return "%d addresses" % (c.asked - before)


def hostile_answers_to_every_question_are_text(served):
    """Every field of every form, one at a time; the page that comes back, or the one it leads to."""
    c = served.crawl
    before, stay = c.asked, re.compile(r"/logout|/sessions/end|/me/password|/me/erase|/me/totp|/people/(end|reset)|/me/grant")
    for (route, _), (who, action, form) in sorted(c.forms.items(), key=lambda x: x[0]):
        if stay.search(route) or form["is_multipart"]:
            continue
        for n, (name, _, kind) in enumerate(form["fields"]):
            if name == "csrf" or (kind == "hidden" and name == "idempotency_key"):
                continue
            fields = [(k, poison.MARK if i == n else v) for i, (k, v, _) in enumerate(form["fields"]) if k != "idempotency_key"]
            r = c.site.post(action, who, fields)
            c.look(who, "POST %s %s" % (action, name), r)
            to = r.headers.get("Location")
            if to and n % 4 == 0:
                c.look(who, to, c.site.get(urllib.parse.urljoin(action, to), who))
    assert not c.found, "%d: %s" % (len(c.found), "\n     ".join(c.found[:25]))
    return "%d forms, %d answers" % (len(c.forms), c.asked - before)


cases = [hostile_text_of_the_database_is_text_everywhere, hostile_parameters_are_text, hostile_answers_to_every_question_are_text]

"""doors.py — what an attacker tries at the doors of a served demo, one case each."""
import io, json, os, re, shutil, socket, ssl, statistics, subprocess, time, urllib.parse, uuid, zipfile

import client as web

H = b"Host: sarn.example\r\n"
TWO = b"GET /me HTTP/1.1\r\n" + H + b"\r\n"
POST = b"POST /login HTTP/1.1\r\n" + H
# What one reader takes for one message and another for two.
SMUGGLED = {
    "length and chunks": POST + b"Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + TWO,
    "chunks and length": POST + b"Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n" + TWO,
    "an unknown coding": POST + b"Transfer-Encoding: xchunked\r\nContent-Length: 0\r\n\r\n" + TWO,
    "a coding behind a tab": POST + b"Transfer-Encoding:\tchunked, identity\r\n\r\n0\r\n\r\n" + TWO,
    "a blank before the colon": POST + b"Transfer-Encoding : chunked\r\nContent-Length: 0\r\n\r\n" + TWO,
    "two lengths": POST + b"Content-Length: 0\r\nContent-Length: 5\r\n\r\nGET /" + TWO,
    "a list of lengths": POST + b"Content-Length: 0, 0\r\n\r\n" + TWO,
    "a length with a sign": POST + b"Content-Length: +0\r\n\r\n" + TWO,
    "a length in hex": POST + b"Content-Length: 0x0\r\n\r\n" + TWO,
    "a folded line": POST + b"X-One: a\r\n Content-Length: 9\r\nContent-Length: 0\r\n\r\n" + TWO,
    "bare line feeds": b"POST /login HTTP/1.1\nHost: a\nContent-Length: 0\n\n" + TWO,
    "a nul": POST + b"X-One: a\0b\r\nContent-Length: 0\r\n\r\n" + TWO,
    "two hosts": b"GET / HTTP/1.1\r\n" + H + b"Host: other.example\r\n\r\n",
    "no host": b"GET / HTTP/1.1\r\n\r\n",
    "a chunk size that overflows": POST + b"Transfer-Encoding: chunked\r\n\r\n10000000000000000\r\n" + TWO,
    "a chunk with bare line feeds": POST + b"Transfer-Encoding: chunked\r\n\r\n1\na\n0\n\n" + TWO,
    "another version": b"GET / HTTP/3.7\r\n" + H + b"\r\n",
    "no version": b"GET /\r\n\r\n" + TWO,
}
REFUSED = (b"400", b"405", b"411", b"413", b"414", b"417", b"431", b"501", b"505")


def statuses(got):
    return re.findall(rb"^HTTP/1\.[01] (\d{3})", got, re.M)


def bytes_that_two_readers_take_differently_are_refused(served):
    for name, data in SMUGGLED.items():
        said = statuses(served.site.raw(data))
        assert len(said) == 1 and said[0] in REFUSED, "%s: %s" % (name, said)
    return "%d messages" % len(SMUGGLED)


def the_packaged_nginx_passes_none_of_it_on(served):
    """packaging/nginx.conf as it is shipped, with another port, name and certificate."""
    if not shutil.which("nginx") or not shutil.which("openssl"):
        raise AssertionError("nginx and openssl are needed")
    folder = os.path.join(os.path.dirname(served.path), "nginx")
    os.makedirs(folder)
    port, plain = web.free_port(), web.free_port()
    subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=sarn.example.go.th", "-keyout",
                    folder + "/k.pem", "-out", folder + "/c.pem"], check=True, stderr=subprocess.DEVNULL)
    with open(os.path.join(web.ROOT, "packaging/nginx.conf"), encoding="utf-8") as f:
        conf = f.read()
    for old, new in ((r"server 127\.0\.0\.1:8080", "server 127.0.0.1:%d" % served.site.port), (r"listen 443 ", "listen 127.0.0.1:%d " % port),
                     (r"listen 80;", "listen 127.0.0.1:%d;" % plain), (r"listen \[::\]:\d+[^;]*;", ""),
                     (r"/etc/ssl/certs/[^;]+", folder + "/c.pem"), (r"/etc/ssl/private/[^;]+", folder + "/k.pem")):
        conf, n = re.subn(old, new, conf)
        assert n, "packaging/nginx.conf has no %s" % old
    temp = "".join("%s_temp_path %s/%s;\n" % (w, folder, w) for w in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    with open(folder + "/nginx.conf", "w", encoding="utf-8") as f:
        f.write("daemon off; pid %s/pid; error_log %s/error.log; worker_processes 1;\nevents {}\nhttp { access_log off;\n%s%s}\n"
                % (folder, folder, temp, conf))
    p = subprocess.Popen(["nginx", "-p", folder, "-c", folder + "/nginx.conf"], stderr=subprocess.DEVNULL)
    try:
        web.wait_for(port)
        through_nginx(served, port, plain)
    finally:
        p.terminate()
        p.wait(10)
    return "%d messages through TLS" % len(SMUGGLED)


def through_nginx(served, port, plain):
    own = ssl.create_default_context()
    own.check_hostname, own.verify_mode = False, ssl.CERT_NONE
    wrap = lambda s: own.wrap_socket(s, server_hostname="sarn.example.go.th")  # noqa: E731
    for name, data in SMUGGLED.items():
        got = served.site.raw(data.replace(b"/me", b"/healthz"), port, wrap, 1)
        # nginx reads bare line feeds as it always did, and sends on what it read in frames of its own: both see two.
        assert b'"status":"ok"' not in got or "line feeds" in name, "%s: %s" % (name, statuses(got))
    ask = b"GET %s HTTP/1.1\r\nHost: sarn.example.go.th\r\nX-Forwarded-For: 9.9.9.9\r\nX-Forwarded-Proto: http\r\nConnection: close\r\n\r\n"
    got = served.site.raw(ask % b"/login", port, wrap)
    assert b"Strict-Transport-Security" in got and re.search(rb"Set-Cookie: __Host-sarn_form=[^\r]*; Secure", got, re.I), got[:800]
    got = served.site.raw(ask % b"/", plain)
    assert statuses(got) == [b"301"] and b"https://" in got, got[:300]


def no_address_leads_elsewhere(served):
    hosts = ["//evil.example", "/\\evil.example", "/%09/evil.example", "https://evil.example", "/..//evil.example", "\t//evil.example",
             "javascript:alert(1)", "/%2F%2Fevil.example", "http:evil.example", "/\u2028/evil.example", "%20//evil.example", "/%5Cevil.example"]
    for to in hosts:
        r = served.site.get("/language/en?" + urllib.parse.urlencode({"back": to}))
        must_stay(r.headers.get("Location"), to)
        for key in ("next", "back"):
            page = web.Page(served.site.get("/login?" + urllib.parse.urlencode({key: to})).text)
            form = [f for f in page.forms if f["action"].startswith("/login")][0]
            fields = [(k, {"login": "member", "password": web.PASSWORD}.get(k, v)) for k, v, _ in form["fields"]]
            must_stay(form["action"], to)
            assert fields
    token, cookie = visitor_form(served.site)
    for to in hosts:
        r = served.site.post("/login", "", {"csrf": token, "login": "member", "password": web.PASSWORD, "next": to}, {"Cookie": cookie})
        assert r.status == 303, r.status
        must_stay(r.headers["Location"], to)


def must_stay(location, asked):
    if location is None:
        return
    seen = re.sub(r"[\t\r\n]", "", location).replace("\\", "/")  # as a browser reads it
    u = urllib.parse.urlsplit(urllib.parse.urljoin("http://here.example/x", seen))
    assert u.netloc == "here.example" and u.scheme == "http", "%r leads to %r" % (asked, location)


def visitor_form(site):
    r = site.get("/login")
    cookie = re.search(r"sarn_form=[^;]+", "; ".join(r.headers.get_all("Set-Cookie") or []))[0]
    return re.search(r'name="csrf" value="([^"]+)"', r.text)[1], cookie


def log_ins_make_new_sessions_and_say_nothing(served):
    """Fixation, log-in from another site, a log-out that ends, the same words for a login that is none."""
    site, chosen = served.site, "sarn_session=" + "A" * 52
    token, form = visitor_form(site)
    good = {"csrf": token, "login": "member", "password": web.PASSWORD}
    r = site.post("/login", "", good, {"Cookie": form + "; " + chosen})
    own = re.search(r"sarn_session=[^;]+", "; ".join(r.headers.get_all("Set-Cookie")))[0]
    assert own != chosen and "HttpOnly" in str(r.headers) and "SameSite=Lax" in str(r.headers)
    assert site.get("/me", "", {"Cookie": chosen}).status == 303 and site.get("/me", "", {"Cookie": own}).status == 200
    for headers in ({}, {"Cookie": form, "Sec-Fetch-Site": "cross-site"}, {"Cookie": form, "Origin": "https://evil.example"}):
        assert site.post("/login", "", good, headers).status == 403, headers
    r = site.ask("POST", "/api/v1/login", "", json.dumps({"login": "member", "password": web.PASSWORD}), {"Content-Type": "text/plain"})
    assert r.status in (400, 403, 415), r.status
    csrf = re.search(r'name="csrf" value="([^"]+)"', site.get("/me", "", {"Cookie": own}).text)[1]
    assert site.post("/logout", "", {"csrf": csrf}, {"Cookie": own}).status == 303
    assert site.get("/me", "", {"Cookie": own}).status == 303
    times, texts = {}, {}
    for login in ("member", "nobody-at-all"):
        spent = []
        for _ in range(3):
            start = time.monotonic()
            r = site.post("/login", "", {"csrf": token, "login": login, "password": "wrong wrong"}, {"Cookie": form})
            spent.append(time.monotonic() - start)
        times[login] = statistics.median(spent)
        texts[login] = re.sub(r'value="[^"]*"', "", r.text)
    assert texts["member"] == texts["nobody-at-all"]
    assert times["nobody-at-all"] > times["member"] / 3, times  # Argon2id is done for both


def a_key_of_another_is_a_key_of_ones_own(served):
    """And what a session was answered is not another's by its tag."""
    site, key = served.site, uuid.uuid4().hex
    tokens = {w: re.search(r'name="csrf" value="([^"]+)"', site.get("/me", w).text)[1] for w in ("officer", "secretary")}
    body = json.dumps({"date": "2026-10-07", "source": "local", "amount_satang": 500000, "reference": "A-1"})
    said = {}
    for who in tokens:
        said[who] = site.ask("POST", "/api/v1/funds/D0001/years/2570/receipts", who, body,
                             {"Content-Type": "application/json", "X-CSRF-Token": tokens[who], "Idempotency-Key": key})
    assert "Idempotent-Replayed" not in said["secretary"].headers, said["secretary"].headers
    assert said["officer"].body != said["secretary"].body
    for target in ("/", "/funds/D0001", "/areas/1203", "/rules"):
        mine = site.get(target, "officer")
        again = site.get(target, "", {"If-None-Match": mine.headers.get("ETag") or '"x"'})
        assert again.status == 200 or site.get(target).body == mine.body, target
        assert "Cookie" in (mine.headers.get("Vary") or "") or "no-store" in mine.headers["Cache-Control"], target


def more_members_than_asked_for_give_nothing(served):
    """Mass assignment: what a JSON door does not ask for is not read."""
    more = {"role": "admin", "roles": ["admin"], "scope": "nation:TH", "account": 1, "id": 1, "state": "open", "is_admin": True,
            "grants": [{"role": "admin", "scope": "nation:TH"}]}
    body = {"fund": "D0001", "name": "Malee", "contact": "0898765499", "password": "three easy words", **more}
    r = served.site.ask("POST", "/api/v1/register", "", json.dumps(body), {"Content-Type": "application/json"})
    assert r.status == 200, r.text[:300]
    cookie = re.search(r"sarn_session=[^;]+", "; ".join(r.headers.get_all("Set-Cookie")))[0]
    me = json.loads(served.site.get("/api/v1/me", "", {"Cookie": cookie}).text)
    assert set(re.findall(r'"role": ?"(\w+)"', json.dumps(me))) <= {"applicant"}, me
    assert served.site.get("/admin/people", "", {"Cookie": cookie}).status == 403


def a_strange_host_or_method_is_nobodys(served):
    for headers in ({"Host": "evil.example"}, {"X-Forwarded-Host": "evil.example"}, {"X-Original-URL": "/admin/people"}):
        for target in ("/", "/login", "/funds/D0001", "/track"):
            r = served.site.get(target, "", headers)
            assert "evil.example" not in r.text + str(r.headers) and "/admin/people" not in r.text, (target, headers)
    for method in ("TRACE", "PUT", "DELETE", "PATCH", "PROPFIND", "DEBUG"):
        assert served.site.ask(method, "/funds/D0001").status in (405, 501, 400), method
    r = served.site.post("/login", "", {}, {"X-HTTP-Method-Override": "GET"})
    assert r.status == 403, r.status


def log_ins_and_closed_doors_are_on_record(served):
    """For who watches the machine: refused log-ins and closed doors, with no login and no password."""
    site = served.site
    token, cookie = visitor_form(site)
    site.post("/login", "", {"csrf": token, "login": "secretary", "password": "wrong-wrong-wrong"}, {"Cookie": cookie})
    site.post("/login", "", {"csrf": token, "login": "0811234567", "password": "wrong-wrong-wrong"}, {"Cookie": cookie})
    assert site.get("/admin/people", "member").status == 403
    log = served.log()
    assert re.search(r" warn event=log_in outcome=refused account=[1-9]\d* from=127\.0\.0\.1$", log, re.M), log[-500:]
    assert re.search(r" warn event=log_in outcome=refused account=0 from=", log) and re.search(r" info event=log_in outcome=in account=", log)
    assert re.search(r" warn event=not_allowed account=[1-9]\d* grant=[1-9]\d* path=/admin/people$", log, re.M), log[-500:]
    assert "wrong-wrong" not in log and "0811234567" not in log


def a_path_leaves_no_folder(served):
    for path in ("/assets/../../etc/passwd", "/assets/%2e%2e/%2e%2e/etc/passwd", "/assets/..%2f..%2fetc%2fpasswd", "/assets/%252e%252e%252fetc",
                 "/assets/..\\..\\etc\\passwd", "/assets/....//etc/passwd", "//etc/passwd", "/assets/app.css%00.js", "/%c0%ae%c0%ae/etc/passwd",
                 "/funds/D0001/meetings/2570-1/files/..%2f..%2fsarn.db", "/funds/D0001/meetings/..%2f..%2f/files/1"):
        got = served.site.raw(b"GET %s HTTP/1.1\r\nHost: a\r\nCookie: %s\r\nConnection: close\r\n\r\n"
                              % (path.encode(), served.site.cookies["officer"].encode()))
        assert statuses(got)[0] in (b"400", b"404") and b"root:" not in got, "%s: %s" % (path, got[:200])


def a_line_of_the_log_is_one_line(served):
    forged = "2026-11-22T00:00:00.000Z warn event=forged"
    for text in ("a\r\n" + forged, "\x1b[2J" + forged, "\u202e\u2028" + forged):
        q = urllib.parse.quote(text)
        served.site.get("/find?q=" + q, "", {"User-Agent": "x", "Referer": "http://a/" + q})
        served.site.get("/" + q)
        served.site.post("/login", "", {"login": text, "password": text})
    log = served.log()
    assert "\x1b" not in log and "\u202e" not in log
    assert not re.search(r"^%s" % re.escape(forged), log, re.M), "a forged line"


def hostile_files_are_refused_in_words(served):
    """A table that unpacks to a gigabyte, one with outside entities, scripts dressed as papers: never a 500."""
    site, who = served.site, "officer"
    book = lambda sheet: zipped({"xl/workbook.xml": b"<workbook/>", "xl/worksheets/sheet1.xml": sheet, "[Content_Types].xml": b"<Types/>"})  # noqa: E731
    files = {"bomb.xlsx": book(b"<a>" + b"0" * (64 << 20)), "xxe.xlsx": book(b'<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]><a>&e;</a>'),
             "slip.xlsx": zipped({"../../../../tmp/slipped": b"x"}), "a.svg": b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
             "a.html.pdf": b"<html><script>alert(1)</script>", "a.jpg": b"\xff\xd8\xff\xe0<script>alert(1)</script>", "p.png":
             b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\x7f\xff\xff\xff\x7f\xff\xff\xff\x08\x06\0\0\0" + b"\0" * 40, "empty": b"",
             '..\\..\\"; x="y\r\nSet-Cookie: a=b': b"%PDF-1.4\n%%EOF"}
    token = re.search(r'name="csrf" value="([^"]+)"', site.get("/me", who).text)[1]
    start = time.monotonic()
    for name, data in files.items():
        for target, field in (("/funds/D0001/ledger/open/table", "table"), ("/api/v1/funds/D0001/meetings/2570-1/paper", "scan")):
            edge = "edge" + uuid.uuid4().hex
            head = 'Content-Disposition: form-data; name="%s"; filename="%s"\r\nContent-Type: image/png' % (field, name)
            body = b"--%s\r\n%s\r\n\r\n%s\r\n--%s--\r\n" % (edge.encode(), head.encode(), data, edge.encode())
            r = site.ask("POST", target, who, body, {"Content-Type": "multipart/form-data; boundary=" + edge, "X-CSRF-Token": token})
            assert r.status in (200, 303, 400, 404, 409, 413, 422), "%s to %s: %d" % (name, target, r.status)
            assert "root:" not in r.text and "a=b" not in str(r.headers.get_all("Set-Cookie"))
    assert not os.path.exists("/tmp/slipped") and time.monotonic() - start < 30


def zipped(parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as z:
        for name, data in parts.items():
            z.writestr(name, data)
    return out.getvalue()


cases = [bytes_that_two_readers_take_differently_are_refused, the_packaged_nginx_passes_none_of_it_on, no_address_leads_elsewhere,
         log_ins_make_new_sessions_and_say_nothing, a_key_of_another_is_a_key_of_ones_own, more_members_than_asked_for_give_nothing,
         a_strange_host_or_method_is_nobodys, a_path_leaves_no_folder, a_line_of_the_log_is_one_line,
         log_ins_and_closed_doors_are_on_record, hostile_files_are_refused_in_words]

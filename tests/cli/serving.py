"""serving.py — sarn serve: it answers, it ends when told, it comes back when killed."""
import json, os, signal, socket, time

from house import TODAY


def is_up(server):
    try:
        return server.get("/healthz", timeout=2)[0] == 200
    except OSError:
        return False


def back_within(server, seconds):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if is_up(server):
            return True
        time.sleep(0.05)
    return False


def case_each_serve_answers_and_ends_with_zero_on_a_signal(place, engine):
    url = place.house(engine)
    for how in (signal.SIGTERM, signal.SIGINT):
        with place.served(url, "--workers", "2", "--today", TODAY) as s:
            status, body = s.get("/healthz")
            assert status == 200 and json.loads(body)["status"] == "ok", body
            assert json.loads(body)["demo"] is False
            assert s.get("/nowhere")[0] == 404
            assert s.stop(how) == 0, "it did not end with 0 on %s" % how
            assert not is_up(s)


def case_each_a_killed_server_is_back_at_once(place, engine):
    url = place.house(engine)
    with place.served(url, "--today", TODAY) as s:
        for _ in range(3):
            old = s.child()
            os.kill(old, signal.SIGKILL)
            assert back_within(s, 5), "not back after 5 s"
            assert s.child() != old and s.p.poll() is None
        assert s.get("/api/v1/funds/L3009")[0] == 200
        assert s.stop() == 0
    place.run("verify", "--db", url).must(0, "0 differences")


def case_a_killed_parent_takes_its_child_with_it(place):
    with place.served(place.house("SQLite")) as s:
        child = s.child()
        s.p.kill()
        end = time.monotonic() + 15
        while os.path.exists("/proc/%d" % child) and time.monotonic() < end:
            time.sleep(0.05)
        assert not os.path.exists("/proc/%d" % child)


def case_a_port_that_is_taken_is_said(place):
    url = place.house("SQLite")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        address = "127.0.0.1:%d" % taken.getsockname()[1]
        place.run("serve", "--db", url, "--listen", address, timeout=20).must(1, address, "in use")


def case_an_address_that_is_none_is_said(place):
    url = place.house("SQLite")
    for address in ("nonsense", "127.0.0.1", "127.0.0.1:99999", "300.1.2.3:80", ":"):
        place.run("serve", "--db", url, "--listen", address, timeout=20).must(1, "listen")


def case_each_an_import_is_seen_by_the_server_that_runs(place, engine):
    url = place.house(engine)
    head = "fund_code\tfund_name\tlao_type\tdistrict\tprovince\tpopulation\n"
    path = place.write("new.tsv", head + "T9\tอบต.ใหม่\tอบต.\tระโนด\tสงขลา\t123\n")
    with place.served(url, "--today", TODAY) as s:
        assert s.get("/api/v1/funds/T9")[0] == 404
        place.run("import", "funds", path, "--fy", "2570", "--db", url).must(0)
        status, body = s.get("/api/v1/funds/T9/years/2570")
        assert status == 200 and json.loads(body)["population_local"] == 123, body


def case_each_the_serving_process_is_locked_in(place, engine):
    """By landlock and seccomp, also the one that replaces a crashed one; what they refuse: tests/web/sandbox_test.c."""
    url = place.house(engine, "demo")
    with place.served(url) as s:
        for _ in range(2):
            with open("/proc/%d/status" % s.child()) as f:
                status = f.read()
            assert "\nSeccomp:\t2" in status and "\nNoNewPrivs:\t1" in status, status
            assert s.get("/areas/1203/table.xlsx")[0] == 200  # written in the folder for temporary files
            os.kill(s.child(), signal.SIGKILL)
            back_within(s, 10)
        s.err.seek(0)
        said = s.err.read()
    assert said.count("event=sandbox paths=") == 3 and "calls=yes" in said, said
    with place.served(url, "--no-sandbox") as s:
        with open("/proc/%d/status" % s.child()) as f:
            assert "\nSeccomp:\t0" in f.read()

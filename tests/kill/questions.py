"""questions.py — what is asked when the dust has settled: (what is asked, what is wrong with it); an empty text is good."""
import os

from house import FUND, FY, Door
from writers import Importer, Money, Reporter

DAY = 24 * 3600


def of_money(house, writers, before):
    entries = house.entries()
    new = {n: e for n, e in entries.items() if n not in before}
    acked = {k: v for w in writers if isinstance(w, Money) for k, v in w.acked.items()}
    lost = [(k, v) for k, v in acked.items() if v[1] not in new]
    yield "nothing acknowledged is lost", str(lost[:5]) if lost else ""
    numbers = [v[1] for v in acked.values()]
    yield "no number was given twice", "" if len(set(numbers)) == len(numbers) else "doubled numbers"
    other = [(k, v[1], new[v[1]]["kind"]) for k, v in acked.items() if v[1] in new and new[v[1]]["kind"] != v[0]]
    yield "each number is the entry it was given for", str(other[:5]) if other else ""
    by_reference = {}
    for e in new.values():
        if e["reference"].startswith("kill-") and e["kind"] != "reversal":
            by_reference.setdefault(e["reference"], []).append(e["number"])
    doubled = {k: v for k, v in by_reference.items() if len(v) > 1}
    yield "no key was booked twice", str(doubled) if doubled else ""
    # Everything was asked until it was answered: what is there and not acknowledged would be a ghost.
    ghosts = set(new) - set(numbers)
    yield "nothing is there that nobody was told of", str(sorted(ghosts)[:5]) if ghosts else ""
    gaps = [n for n in range(1, max(entries) + 1) if n not in entries]
    yield "no number is missing", str(gaps[:5]) if gaps else ""


def photos_of(door, report):
    """What is wrong with the photos that the report names."""
    for p in report["photos"]:
        for size in ("whole", "small"):
            status, bytes_, _ = door.once("GET", p[size])
            if status != 200 or not bytes_.startswith(b"\xff\xd8\xff"):
                return "%s: %d, %r" % (p[size], status, bytes_[:20])
    return ""


def of_reports(writers):
    told = {path: r for w in writers if isinstance(w, Reporter) for path, r in w.acked.items()}
    by = {who: d for w in writers if isinstance(w, Reporter) for who, d in w.doors.items()}
    other, broken, titles = [], [], {}
    for path, was in told.items():
        status, text, _ = by[was["who"]].once("GET", path)
        is_ = Door.read(text) if status == 200 else {"title": status, "photos": [], "state": ""}
        if (is_["title"], len(is_["photos"]), is_["state"]) != (was["title"], was["photos"], was["state"]):
            other.append((path, was, is_["title"], len(is_["photos"]), is_["state"]))
        wrong = photos_of(by[was["who"]], is_)
        broken += [wrong] if wrong else []
    for who, list_ in {(was["who"], path.rsplit("/", 1)[0]) for path, was in told.items()}:
        for r in by[who].get(list_)["items"]:
            if r["title"].startswith("kill-"):
                titles.setdefault(r["title"], []).append("%s/%d" % (list_, r["occasion"]))
    yield "each report is there as it was answered, with its photos", str(other[:3]) if other else ""
    yield "each photo of them is shown, whole and small", str(broken[:3]) if broken else ""
    twice = [t for t in titles.values() if len(t) != 1]
    ghosts = [t for t in titles.values() if t[0] not in told]
    yield "no report is there twice, and none that nobody was told of", str((twice + ghosts)[:3]) if twice or ghosts else ""


def lying(folder):
    """The files of the store: path → name as the database has it."""
    return {os.path.join(at, n): os.path.basename(at) + n for at, _, names in os.walk(folder) for n in names if n != ".lock"}


def of_files(house):
    """The server is stopped. What no report names goes with the sweep, and only that."""
    unused = "FROM file_object o WHERE NOT EXISTS (SELECT 1 FROM file_use u WHERE u.file_id = o.id)" \
             " AND NOT EXISTS (SELECT 1 FROM file_object w WHERE w.small_id = o.id)"
    house.sql("UPDATE file_object SET put_at = put_at - %d" % (2 * DAY * 1000))
    for path in lying(house.files) if house.files else ():
        os.utime(path, (os.stat(path).st_mtime - 2 * DAY,) * 2)
    swept = house.must("sweep").rstrip("\n").rsplit("\n", 1)[-1]
    left = house.sql("SELECT count(*) " + unused)[0]
    yield "no row of a file is left that nothing uses", "" if left == "0" else left + " rows"
    named = set(house.sql("SELECT sha256 FROM file_object WHERE id NOT IN (SELECT file_id FROM file_bytes)"))
    there = set(lying(house.files).values()) if house.files else set()
    wrong = sorted(there ^ named)
    yield "what lies in the folder is what the rows name", "%d differ: %s" % (len(wrong), wrong[:3]) if wrong else ""
    print("      " + swept)


def of_imports(writers):
    for w in writers:
        if isinstance(w, Importer):
            found = set(w.people())
            yield "the last import is there, whole", "" if found == {str(w.now)} else "%d, but %s" % (w.now, sorted(found))


def of_house(house, writers, least):
    code, out, err = house.run("verify")
    yield "verify finds nothing", "" if code == 0 else out[-1500:] + err[-500:]
    yield "nobody was ever told nonsense", "; ".join(w.failure for w in writers if w.failure)
    few = [type(w).__name__ for w in writers if not w.acked]
    yield "there was something to lose", "%d acts, none by %s" % (acts(writers), few) if few or acts(writers) <= least else ""


def everything(house, server, writers, before, least):
    """Stops the server in the middle: the files are looked at last."""
    yield from of_money(house, writers, before)
    yield from of_reports(writers)
    yield from of_imports(writers)
    server.stop()
    yield from of_files(house)
    yield from of_house(house, writers, least)


def reads(server):
    """Pages of every kind, for everybody."""
    for path in ("/", "/funds/" + FUND, "/funds/%s/years/%d" % (FUND, FY), "/funds/%s/projects" % FUND, "/programmes"):
        status, text, _ = server.page(path)
        if status != 200 or "</html>" not in text:
            return "GET %s: %d %s" % (path, status, text[:200])
    return ""


def acts(writers):
    return sum(len(w.acked) for w in writers)


def photos(writers):
    return sum(r["photos"] for w in writers if isinstance(w, Reporter) for r in list(w.acked.values()))


def doors(writers):
    return [d for w in writers for d in ([w.door] if isinstance(w, Money) else w.doors.values() if isinstance(w, Reporter) else [])]


def refusals(writers, code):
    """How often somebody was answered 503 with that code."""
    return sum(d.refusals.get(code, 0) for d in doors(writers))


def told(writers):
    """A line of what was done."""
    codes = sorted({code for d in doors(writers) for code in d.refusals})
    return "%d entries, %d reports with %d photos, %d imports of which %d cut short; %d refused by a rule, %d asked again%s" % (
        acts(w for w in writers if isinstance(w, Money)), acts(w for w in writers if isinstance(w, Reporter)), photos(writers),
        acts(w for w in writers if isinstance(w, Importer)), sum(w.cut for w in writers if isinstance(w, Importer)),
        sum(w.refused for w in writers if isinstance(w, Money)), sum(d.repeats for d in doors(writers)),
        "".join("; 503 %s: %d" % (code, refusals(writers, code)) for code in codes))

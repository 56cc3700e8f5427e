"""rules_house.py — rules of the house's plan: layers, rooms, doors, seams."""
import json
import posixpath
import re
import subprocess

LAYERS = ("base", "db", "web", "html", "json", "table", "paper", "image")
# What a layer may include besides base and itself. The type words of the database are values, not the
# database: html and json show them.
ALSO = {"html": ("db/types.h",), "json": ("db/types.h",)}
SQL = re.compile(r"\bselect\b[^;]*\bfrom\b|\binsert\s+into\b|\bupdate\s+\w+\s+set\b|\bdelete\s+from\b|^\s*(?:begin|commit|pragma|with)\b[^a-z]*$", re.I)
ROOM_BANNED = {
    "malloc": "take it from the request's arena", "calloc": "take it from the request's arena",
    "realloc": "use arena_grow", "free": "the arena forgets everything at the request's end",
    "strdup": "use str_copy", "strndup": "use str_copy",
    "db_begin": "a request is one transaction, begun by app_handle()",
    "db_commit": "app_handle() commits; a part that may fail alone stands between db_savepoint and db_release",
    "db_rollback": "return the failure; for a part use db_rollback_to",
    "db_script": "write a named query in the room's .sql file",
    "db_scalar": "write a named query in the room's .sql file",
    "printf": "return the failure with err_note, or fill a view", "fprintf": "use log_error, or fill a view",
    "puts": "return a value", "fputs": "return a value", "putchar": "return a value",
}
THAI = re.compile("[\u0e00-\u0e7f]")
THAI_MOST = 12
SCHEMAS = "src/app/openapi_schemas.json"


# ---- includes ----


def read_deps(tree):
    """{room: (line, [rooms it may enter])} of src/rooms/DEPS."""
    deps = {}
    for number, line in enumerate(tree.texts.get("src/rooms/DEPS", "").split("\n"), 1):
        line = line.split("#")[0].strip()
        if ":" in line:
            room, names = line.split(":", 1)
            deps[room.strip()] = (number, names.split())
    return deps


def place_of(path):
    """The layer of a file, "app", "rooms/<room>", or None where anything may be included."""
    parts = path.split("/")
    if parts[0] == "tests" and len(parts) > 2:
        return parts[1] if parts[1] in LAYERS + ("app",) else None
    if parts[0] != "src" or len(parts) < 3:
        return None
    if parts[1] == "rooms":
        return "rooms/" + parts[2] if len(parts) > 3 else None
    return parts[1] if parts[1] in LAYERS + ("app",) else None


def generated_owner(tree, name):
    """rooms/fund_sql.h, rooms/fund_list.html.h → fund: headers that sqlc and htmlc make."""
    if name.endswith("_sql.h"):
        return name[: -len("_sql.h")]
    if name.endswith(".html.h"):
        for path in tree.paths:
            if path.startswith("src/rooms/") and path.endswith("/" + name[:-2]):
                return path.split("/")[2]
    return None


def check_layer(tree, place, target):
    """What is wrong with a file of a layer or of app that includes `target`, None when it may."""
    to = target.split("/")[0]
    if place == "app":
        return None if to != "rooms" else ("app includes a room", "tell it by an event (events.def) or a route")
    if to in (place, "base") or target in ALSO.get(place, ()):
        return None
    below = "base" + "".join(", " + a for a in ALSO.get(place, ())) if place != "base" else "nothing of the house"
    return f"{place} includes {target}", f"layer {place} may include {below}"


def check_room(tree, room, target, deps):
    parts = target.split("/")
    if parts[0] != "rooms":
        return None
    owner = parts[1] if len(parts) > 2 else generated_owner(tree, parts[1])
    if owner == room:
        return None
    allowed = deps.get(room, (0, []))[1]
    if owner is None or len(parts) < 3 or parts[2] != owner + ".h":
        return f"room {room} includes {target}", f"only the door rooms/{owner or '<room>'}/{owner or '<room>'}.h may be entered"
    if owner not in allowed:
        return f"room {room} enters {owner}", f"add it to the line `{room}:` of src/rooms/DEPS, or turn the call round by an event"
    return None


def includes(tree):
    deps = read_deps(tree)
    for f in tree.c.values():
        place = place_of(f.path)
        if place is None:
            continue
        for line, target in f.includes():
            if "/" not in target:
                continue  # its own folder's
            if target.startswith("."):
                target = posixpath.normpath(posixpath.join(posixpath.dirname(f.path), target)).removeprefix("src/")
            if target.startswith("tests/"):
                continue
            if place.startswith("rooms/"):
                wrong = check_room(tree, place[6:], target, deps)
            else:
                wrong = check_layer(tree, place, target)
            if wrong:
                tree.say(f.path, line, *wrong)


def deps(tree):
    known = read_deps(tree)
    rooms = tree.rooms()
    if rooms and "src/rooms/DEPS" not in tree.texts:
        tree.say("src/rooms/DEPS", 1, "is not there", "write a line `room: rooms it may enter` for each room")
        return
    for room in rooms:
        if room not in known:
            tree.say("src/rooms/DEPS", 1, f"room {room} is not named", f"add `{room}:`")
    for room, (line, names) in known.items():
        for name in [room] + names:
            if name not in rooms:
                tree.say("src/rooms/DEPS", line, f"there is no room {name}", "drop the name or make the room")
        if room in reachable(known, names):
            tree.say("src/rooms/DEPS", line, f"room {room} leads back to itself", "what goes the other way goes as an event")


def reachable(known, names):
    seen, rest = set(), list(names)
    while rest:
        name = rest.pop()
        if name not in seen:
            seen.add(name)
            rest += known.get(name, (0, []))[1]
    return seen


# ---- rooms ----


def room_files(tree):
    for room in tree.rooms():
        for name, why in (("README.md", "ten lines: Thai words, tables, invariants, where to start"),
                          ("schema.sql", "say there that the room owns no table, if so"),
                          (room + ".h", "the door that other rooms include")):
            if f"src/rooms/{room}/{name}" not in tree.paths:
                tree.say(f"src/rooms/{room}/{name}", 1, "is not there", why)


def sql_in_c(tree):
    for f in tree.c_files("src/rooms/", "src/app/"):
        for at, sentence in f.sentences():
            if SQL.search(sentence):
                tree.say(f.path, f.line(at), "SQL in C", "write it as a named query in the room's .sql file")


def room_manners(tree):
    call = re.compile(r"(?<![\w.>])(" + "|".join(ROOM_BANNED) + r")\s*\(")
    for f in tree.c_files("src/rooms/"):
        for m in call.finditer(f.code):
            tree.say(f.path, f.line(m.start()), f"{m.group(1)} in a room", ROOM_BANNED[m.group(1)])
        for m in re.finditer(r"\bgoto\b", f.code):
            tree.say(f.path, f.line(m.start()), "goto in a room", "split the function: each half returns")


def memory(tree):
    call = re.compile(r"(?<![\w.>])(malloc|calloc|realloc|reallocarray|strdup|strndup|free)\s*\(")
    wraps = tuple(f"src/{layer}/" for layer in ("base", "db", "web", "table", "image", "rooms"))  # rooms: the rule above
    for f in tree.c_files("src/"):
        if f.path.startswith(wraps):
            continue
        for m in call.finditer(f.code):
            tree.say(f.path, f.line(m.start()), f"{m.group(1)} outside a layer that wraps a library", "take it from an arena")


# ---- routes ----


def routes(tree):
    path = "src/app/routes.def"
    if path not in tree.texts:
        return
    text = re.sub(r"/\*.*?\*/", lambda m: re.sub(r"[^\n]", " ", m.group()), tree.texts[path], flags=re.S)
    line_of = lambda m: text.count("\n", 0, m.start()) + 1
    asked = {}  # handler → line, address
    for m in re.finditer(r'\bROUTE\(\s*(\w+)\s*,\s*"([^"]*)"\s*,\s*(\w+)', text):
        asked.setdefault(m.group(3), []).append((line_of(m), m.group(2)))
    docs, schemas = {}, read_schemas(tree)
    for m in re.finditer(r'\bDOC\(\s*(\w+)(?:\s*,\s*"[^"]*")*\s*,\s*"(\w+)"\s*\)', text):
        if schemas is not None and m.group(2) not in schemas:
            tree.say(path, line_of(m), f"the answer {m.group(2)} is not described", f"add it to {SCHEMAS}")
        if m.group(1) in docs:
            tree.say(path, line_of(m), f"{m.group(1)} has two DOC lines", "drop one")
        docs[m.group(1)] = line_of(m)
    check_docs(tree, path, asked, docs)
    check_handlers(tree, path, asked)


def lists(tree):
    """Lists that a build or a test goes by, and that nobody misses who forgot a line of them."""
    built, tried = (tree.texts.get(p) for p in ("src/db/meson.build", "tests/rooms/schema_test.c"))
    for path in tree.paths:
        if built is not None and re.fullmatch(r"migrations/\w+\.sql", path) and f"/{path}'" not in built:
            tree.say(path, 1, "is not named in src/db/meson.build, so that a build does not notice it", "add it to migration_files")
    for room in tree.rooms():
        if tried is not None and f"{room}_queries" not in tried:
            tree.say(f"src/rooms/{room}/schema.sql", 1, f"tests/rooms/schema_test.c does not try the queries of {room}", f"add {room}_queries there")


def read_schemas(tree):
    """Names in the OpenAPI document's schemas; None when there is no such file."""
    if SCHEMAS not in tree.texts:
        return None
    try:
        return set(json.loads(tree.texts[SCHEMAS]))
    except ValueError as e:
        tree.say(SCHEMAS, getattr(e, "lineno", 1), "no JSON", str(e))
        return None


def check_docs(tree, path, asked, docs):
    for handler, uses in asked.items():
        for line, address in uses:
            if address.startswith("/api/") and handler not in docs:
                tree.say(path, line, f"{address} has no DOC", f'add DOC({handler}, "what it answers", "parameters", "Schema")')
    for handler, line in docs.items():
        if handler not in asked:
            tree.say(path, line, f"DOC of {handler}, which has no route", "add its ROUTE or drop the DOC")


def check_handlers(tree, path, asked):
    defined = {}
    for f in tree.c_files("src/", ends=(".c",)):
        for function in f.functions:
            if function.name in asked and not function.is_static:
                defined.setdefault(function.name, []).append(f"{f.path}:{f.line(function.start)}")
    for handler, uses in asked.items():
        where = defined.get(handler, [])
        if not where:
            tree.say(path, uses[0][0], f"{handler} is not defined", "write `enum err {}(struct rq *rq)` in its room".format(handler))
        elif len(where) > 1:
            tree.say(path, uses[0][0], f"{handler} is defined in {' and '.join(where)}", "keep one")


# ---- words ----


def messages(tree):
    programs = [p for build in ("debug", "release") for p in sorted((tree.root / "build" / build).glob("**/htmlc")) if p.is_file()]
    catalogue = "src/app/messages.tsv"
    if not programs or catalogue not in tree.paths:
        return
    run = subprocess.run([programs[0], "unused", "--messages", catalogue, "--src", "src"], cwd=tree.root, capture_output=True, text=True)
    if run.returncode == 0:
        return
    lines = {row.split("\t")[0]: n for n, row in enumerate(tree.texts[catalogue].split("\n"), 1)}
    for word in re.findall(r'"(\w+)" is never used', run.stdout):
        tree.say(catalogue, lines.get(word, 1), f"nothing uses {word}", "use it or drop it")
    if run.stderr:
        tree.say(catalogue, 1, run.stderr.strip().split("\n")[0], "mend it")


def thai_literals(tree):
    for f in tree.c_files("src/rooms/", ends=(".c",)):
        if f.path.endswith("_import.c"):
            continue  # names of columns in people's files
        for at, inside in f.literals:
            if THAI.search(inside) and len(inside) > THAI_MOST:
                tree.say(f.path, f.line(at), f"a Thai sentence in C ({inside[:20]}…)",
                         "put it into src/app/messages.tsv, or say `/* lint: thai why */` on the line")

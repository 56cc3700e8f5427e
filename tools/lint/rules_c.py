"""rules_c.py — rules of good C, of tests, and of what belongs in a public repository."""
import concurrent.futures
import re
import subprocess

CLOCK = "ask base/clock.h, so that tests and the demo can fix the day"
BANNED = {
    "strcpy": "use struct str or memcpy with a length", "strcat": "use buf_put",
    "sprintf": "use buf_printf or str_printf", "vsprintf": "use buf_printf", "gets": "read with a limit",
    "strtok": "use str_split", "atoi": "use str_to_int, which says when it is no number",
    "atol": "use str_to_int", "atoll": "use str_to_int", "atof": "money is satang; use money_parse",
    "system": "call the function, not a shell", "popen": "call the function, not a shell",
    "rand": "use base/rand.h", "srand": "use base/rand.h", "random": "use base/rand.h",
    "localtime": CLOCK, "gmtime": CLOCK, "ctime": CLOCK, "asctime": CLOCK, "strftime": "use base/date.h",
}
BANNED |= {name: "use str_split and str_to_int" for name in
           ("scanf", "fscanf", "sscanf", "vscanf", "vfscanf", "vsscanf")}
NOT_BEFORE = r"(?<![\w.>])"
LINES_MOST, COMPLEXITY_MOST, FILE_LINES_MOST, ALLOWED_SHARE = 60, 15, 700, 0.03
ALLOWED = "tools/lint/allowed.txt"
LONG_FILES = (".c", ".h", ".def", ".sql", ".html", ".py", ".mjs", ".js", ".css", ".sh")
# Each is broken in two, so that the rule does not find itself.
REMINDERS = re.compile(r"\b(?:TO" r"DO|FIX" r"ME|XX" r"X)\b")
PATHS = re.compile(r"(?<![\w$}.*/-])/(?:root|home/\w+)/[\w.]")
# Where packages come from is the machine's setting: no address of it in what installs or builds.
ADDRESSES = re.compile(r"https?://(?!127\.0\.0\.1|localhost|\$)[\w.-]+")
INSTALLS = ("run", "test", ".npmrc", "package.json", "meson.build", "tools/need", "tools/bare-machine")


# ---- calls ----


def banned(tree):
    call = re.compile(NOT_BEFORE + "(" + "|".join(BANNED) + r")\s*\(")
    clock = re.compile(NOT_BEFORE + r"(time|gettimeofday|clock_gettime)\s*\(")
    for f in tree.c.values():
        for m in call.finditer(f.code):
            tree.say(f.path, f.line(m.start()), f"{m.group(1)}()", BANNED[m.group(1)])
        if f.path.startswith("src/base/clock."):
            continue
        for m in clock.finditer(f.code):
            # the monotonic clock measures; only the wall clock must be one that tests can fix
            if m.group(1) == "clock_gettime" and "CLOCK_REALTIME" not in f.code[m.end() : m.end() + 40]:
                continue
            tree.say(f.path, f.line(m.start()), f"{m.group(1)}() outside base/clock", CLOCK)


def html_made(tree):
    for f in tree.c_files("src/"):
        name = f.path.rsplit("/", 1)[1]
        if f.path.startswith("src/html/") or name.startswith("chart"):
            continue
        for m in re.finditer(r"\bhtml_made\s*\(", f.code):
            tree.say(f.path, f.line(m.start()), "markup made by hand", "write a template: what it puts is escaped")


# ---- lengths ----


def read_allowed(tree):
    """{(path, function): line} of allowed.txt: `path function: reason`."""
    allowed = {}
    for number, line in enumerate(tree.texts.get(ALLOWED, "").split("\n"), 1):
        if not line.strip() or line.startswith("#"):
            continue
        m = re.match(r"(\S+) (\w+): *(.*)", line)
        if not m or len(m.group(3)) < 10:
            tree.say(ALLOWED, number, "no `path function: reason`", "say in some words why it is better whole")
            continue
        allowed[m.group(1), m.group(2)] = number
    return allowed


def lengths(tree):
    allowed = read_allowed(tree)
    long_ones = set()
    for f in tree.c.values():
        for function in f.functions:
            lines, complexity = f.length(function), f.complexity(function)
            if lines <= LINES_MOST and complexity <= COMPLEXITY_MOST:
                continue
            long_ones.add((f.path, function.name))
            if (f.path, function.name) not in allowed:
                tree.say(f.path, f.line(function.start), f"{function.name} has {lines} lines and complexity {complexity}",
                         f"split it (at most {LINES_MOST} and {COMPLEXITY_MOST}), or give its reason in {ALLOWED}")
    for (path, name), number in allowed.items():
        if (path, name) not in long_ones:
            tree.say(ALLOWED, number, f"{name} of {path} needs no leave", "drop the line")
    most = int(tree.count_functions() * ALLOWED_SHARE)
    if len(allowed) > most:
        tree.say(ALLOWED, 1, f"{len(allowed)} functions of {tree.count_functions()}", f"at most {most} (3 %)")
    for path, text in tree.texts.items():
        lines = text.count("\n")
        if path.endswith(LONG_FILES) and not path.startswith("migrations/") and lines > FILE_LINES_MOST:
            tree.say(path, FILE_LINES_MOST, f"{lines} lines", f"split it by subject: at most {FILE_LINES_MOST}")


# ---- tests ----


def grow(bodies):
    """Names whose bodies assert, themselves or through another name of the list."""
    good = {name for name, body in bodies.items() if re.search(r"\b(?:assert\w*|fail|fail_msg|expect_\w+)\s*\(", body)}
    while True:
        calls = re.compile(r"\b(?:" + "|".join(sorted(good)) + r")\b") if good else None
        more = {name for name, body in bodies.items() if name not in good and calls and calls.search(body)}
        if not more:
            return good
        good |= more


def asserts(tree):
    tests = tree.c_files("tests/")
    macros = {name: body for f in tests for name, body in f.macros()}
    for f in tests:
        bodies = dict(macros)
        for other in [f] + tree.c_files(f.path.rsplit("/", 1)[0] + "/fixture"):
            bodies |= {x.name: other.bare[x.begin : x.end] for x in other.functions}
        good = grow(bodies)
        for function in f.functions:
            head = f.bare[function.start : function.begin]
            if re.match(r"(?:static\s+)?void\s+\w+\s*\(\s*void\s*\*\*\s*\w+\s*\)", head) and function.name not in good:
                tree.say(f.path, f.line(function.start), f"the test {function.name} asserts nothing", "say what must come out")


# ---- what is public ----


def private(tree):
    for path, text in tree.texts.items():
        rules = [(REMINDERS, "a reminder", "do it, or open an issue"),
                 (PATHS, "a path of one machine", "make it relative, or an option")]
        if path in INSTALLS or path.startswith(".ci/"):
            rules.append((ADDRESSES, "an address", "leave it to the tool's own settings"))
        for pattern, what, right in rules:
            for m in pattern.finditer(text):
                tree.say(path, text.count("\n", 0, m.start()) + 1, f"{what}: {m.group()}", right)


# ---- headers alone ----


def pkg_flags():
    """Include folders of libraries that lie aside; a package that is not there says nothing."""
    flags = []
    for name in ("libpq", "libxml-2.0", "pangocairo", "libmicrohttpd", "jansson", "libzip", "cmocka"):
        run = subprocess.run(["pkg-config", "--cflags", name], capture_output=True, text=True)
        flags += run.stdout.split() if run.returncode == 0 else []
    return flags


def headers_alone(tree, build):
    base = ["gcc", "-std=gnu2x", "-D_GNU_SOURCE", "-Wall", "-Wextra", "-Werror", "-fsyntax-only", "-x", "c", "/dev/null",
            f"-I{tree.root}", f"-I{tree.root / 'src'}", f"-I{build / 'src'}", f"-I{build / 'src/html'}", *pkg_flags()]

    def compile_one(f):
        run = subprocess.run([*base, f"-I{(tree.root / f.path).parent}", "-include", str(tree.root / f.path)], capture_output=True, text=True)
        return f, run

    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        for f, run in pool.map(compile_one, tree.c_files(ends=(".h",))):
            if run.returncode != 0:
                errors = [line for line in run.stderr.split("\n") if "error" in line] or [run.stderr[:200]]
                tree.say(f.path, 1, f"does not compile alone ({errors[0].split('error: ')[-1]})", "include what it uses")

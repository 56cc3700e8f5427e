#!/usr/bin/env python3
"""embed_test.py EMBED — what tools/embed makes of a folder, and what it refuses."""
import os
import re
import subprocess
import sys
import tempfile

embed = os.path.abspath(sys.argv[1])


def run(files):
    """Exit value, stderr, the table, and the bytes by name."""
    with tempfile.TemporaryDirectory() as d:
        for name, text in files.items():
            path = os.path.join(d, "in", name)
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "w") as f:
                f.write(text)
        os.makedirs(os.path.join(d, "in"), exist_ok=True)
        p = subprocess.run([embed, "in", "out.c", "gen"], cwd=d, capture_output=True, text=True)
        table = open(os.path.join(d, "out.c")).read() if p.returncode == 0 else ""
        raw = {}
        for n, path in enumerate(re.findall(r"_raw, \"(.*?)\"", table)):
            raw[sorted(files)[n]] = open(path).read()
        return p.returncode, p.stderr, table, raw


def check(is_so, what):
    if not is_so:
        sys.exit(f"FAILED: {what}")


code, _, table, raw = run({"app.css": "a{background:url('img/x.svg')}", "img/x.svg": "<svg/>",
                           "app.js": "import './lib.js'; var x = './none.js'", "lib.js": "1"})
check(code == 0, "a good folder is taken")
names = re.findall(r"\.name = STR\(\"(.*?)\"\)", table)
check(names == ["app.css", "app.js", "img/x.svg", "lib.js"], "sorted by name")
paths = re.findall(r"\.path = STR\(\"(.*?)\"\)", table)
check(re.fullmatch(r"/assets/img/x-[0-9a-f]{8}\.svg", paths[2]), "hash before the ending")
check(f"url({paths[2]})" in raw["app.css"], "url() becomes the hashed path")
check(f"'{paths[3]}'" in raw["app.js"] and "'./none.js'" in raw["app.js"], "imports likewise")
one = re.sub(r'"/.*?/gen/', '"gen/', run({"a.css": "b" * 999})[2])
two = re.sub(r'"/.*?/gen/', '"gen/', run({"a.css": "b" * 999})[2])
check(one == two and "_gz" in one, "the same folder gives the same table")
for files, word in [({"a.css": "a{b:url(none.svg)}"}, "is no file"),
                    ({"a.css": "a{b:url(data:image/png;base64,AA)}"}, "is no file"),
                    ({"a.css": "a{b:url(https://x/y.svg)}"}, "is no file"),
                    ({"a.exe": ""}, "no content type"),
                    ({"a.js": "import './b.js'", "b.js": "import './a.js'"}, "in a ring")]:
    code, err, _, _ = run(files)
    check(code != 0 and word in err, f"{files} is refused")
check("asset_count = 0" in run({})[2], "an empty folder is an empty table")
print("embed: all good")

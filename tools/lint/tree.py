"""tree.py — the files that are looked at, read once, and the findings."""
import os
import pathlib
import re
import shutil
import subprocess

from c_text import CText

# Faulty on purpose, or kept byte for byte as somebody else wrote it.
NOT_OURS = ("/bad/", "/corpus/", "/golden/", "/findings/")
NOT_OURS_AT = ("tests/lint/good/", "LICENSE", "reference/funds_real.tsv")
# Rules that a line may set aside with its reason; the others have no exception, or allowed.txt.
ON_THE_LINE = ("thai", "banned", "private")
SKIPPED_FOLDERS = {".git", "build", "data", "node_modules", "__pycache__"}


class Tree:
    def __init__(self, root):
        self.root = pathlib.Path(root)
        self.rule = ""
        self.findings = []
        self.leaves = 0  # lines that said why
        self.paths = sorted(p for p in self._list() if self._is_ours(p))
        self.texts = {p: t for p in self.paths if (t := self._read(p)) is not None}
        self.c = {p: CText(p, t) for p, t in self.texts.items() if p.endswith((".c", ".h"))}

    def _list(self):
        """What git would take, so that what lies about untracked in build/ or data/ is no matter."""
        if (self.root / ".git").exists() and shutil.which("git"): # a bare machine has none
            run = subprocess.run(["git", "ls-files", "-z", "-co", "--exclude-standard"], cwd=self.root, capture_output=True, text=True)
            if run.returncode == 0:
                return [p for p in run.stdout.split("\0") if p and (self.root / p).is_file()]
        found = []
        for folder, folders, files in os.walk(self.root):
            folders[:] = [f for f in folders if f not in SKIPPED_FOLDERS]
            found += [str((pathlib.Path(folder) / f).relative_to(self.root)) for f in files]
        return found

    @staticmethod
    def _is_ours(path):
        return not any(part in "/" + path for part in NOT_OURS) and not path.startswith(NOT_OURS_AT)

    def _read(self, path):
        """None for a picture or another file that is no text."""
        data = (self.root / path).read_bytes()
        if b"\0" in data[:8192]:
            return None
        return data.decode("utf-8", "replace")

    def c_files(self, *folders, ends=(".c", ".h")):
        return [f for p, f in self.c.items() if p.startswith(folders or ("",)) and p.endswith(ends)]

    def rooms(self):
        """Folders of src/rooms."""
        return sorted({p.split("/")[2] for p in self.paths if p.startswith("src/rooms/") and p.count("/") >= 3})

    def has_leave(self, path, line):
        """The line itself says why: a comment `lint: rule reason`."""
        if self.rule not in ON_THE_LINE or path not in self.texts:
            return False
        lines = self.texts[path].split("\n")
        return line <= len(lines) and bool(re.search(rf"\blint: {self.rule} \w.{{5}}", lines[line - 1]))

    def count_functions(self):
        return sum(len(f.functions) for f in self.c.values())

    def say(self, path, line, what, right):
        if self.has_leave(path, line):
            self.leaves += 1
            return
        self.findings.append((path, line, f"[{self.rule}] {what}; {right}"))

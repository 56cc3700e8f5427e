"""under.py — what stands under a house and may break: a disk, a PostgreSQL of its own."""
import contextlib, os, subprocess, tempfile, time

from house import ROOT

SIZE = 512 << 20 # of a sparse file


def command(*args):
    r = subprocess.run(args, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if r.returncode:
        raise RuntimeError("%s: %s" % (" ".join(args), r.stdout))


class Mount:
    """A small ext4 in a file, without a journal: it is full when it is full, and breaks when it is told to."""

    def __init__(self, folder, name):
        self.at = os.path.join(folder, name)
        self.image, self.ballast = self.at + ".img", self.at + "/ballast"
        with open(self.image, "wb") as f:
            f.truncate(SIZE)
        command("mkfs.ext4", "-q", "-m", "0", "-O", "^has_journal", self.image)
        os.mkdir(self.at)
        self.mount()

    def mount(self):
        command("mount", "-o", "loop", self.image, self.at)

    def remount(self, how):
        command("mount", "-o", "remount," + how, self.at)

    def fill(self):
        """To the last byte, and again what is freed meanwhile."""
        with open(self.ballast, "ab", buffering=0) as f:
            for size in (1 << 20, 4096, 1):
                with contextlib.suppress(OSError):
                    while f.write(b"x" * size):
                        pass

    def free(self):
        os.unlink(self.ballast)

    def mend(self):
        """As after an error: unmounted, checked, mounted."""
        self.umount()
        subprocess.run(["e2fsck", "-fy", self.image], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.mount()

    def umount(self):
        """Busy while an import still has it open."""
        for _ in range(300):
            with contextlib.suppress(RuntimeError):
                return command("umount", self.at)
            time.sleep(0.1)
        command("umount", self.at)


class Cluster:
    """In a new folder; `at`: inside of that one, which may break, so that it has to be written to for good."""

    def __init__(self, at=None):
        self.dir = tempfile.mkdtemp(prefix="sarn-pg.", dir=at)
        self.url = self.do("start", *([] if at else ["--fast"])).strip()

    def do(self, verb, *more):
        r = subprocess.run([os.path.join(ROOT, "tools", "pg-cluster"), verb, self.dir, *more], stdin=subprocess.DEVNULL,
                           stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        if r.returncode:
            with contextlib.suppress(OSError), open(os.path.join(self.dir, "data", "server.log"), "rb") as f:
                r.stderr += f.read()[-1500:].decode(errors="replace")
            raise RuntimeError("pg-cluster %s: %s" % (verb, r.stderr))
        return r.stdout

"""papers.py — the files of a database: carried by backup and restore, proved by verify, swept when unused."""
import hashlib, os, shutil, struct, subprocess, time, zipfile, zlib

from house import TODAY


def put(place, url, content, used=True):
    """A file as the program keeps it: a row, and the content in the folder or in the table."""
    sha = hashlib.sha256(content).hexdigest()
    place.sql(url, "INSERT INTO file_object (sha256, size_bytes, content_type, put_at) VALUES ('%s', %d, 'application/pdf', 1)"
              % (sha, len(content)))
    if used:
        place.sql(url, "INSERT INTO file_use (file_id, thing, thing_id, kind, name, is_private, recorded_at) "
                  "SELECT id, 'test', 1, 'scan', 'a.pdf', 1, 1 FROM file_object WHERE sha256 = '%s'" % sha)
    if url.startswith("postgres"):
        place.sql(url, "INSERT INTO file_bytes SELECT id, '\\x%s' FROM file_object WHERE sha256 = '%s'" % (content.hex(), sha))
    else:
        lay(url, content)
    return sha


def where(url, content):
    sha = hashlib.sha256(content).hexdigest()
    return os.path.join(url + ".files", sha[:2], sha[2:])


def lay(url, content):
    path = where(url, content)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb") as f:
        f.write(content)
    return path


ONE, TWO = b"%PDF-1.7 one\n\x00\xff%%EOF", b"%PDF-1.7 two %%EOF" * 500


def case_both_files_go_with_the_archive_from_engine_to_engine(place):
    for first, second in (("SQLite", "PostgreSQL"), ("PostgreSQL", "SQLite")):
        url, archive = place.house(first), place.path("papers-%s.zip" % first)
        put(place, url, ONE)
        put(place, url, TWO)
        place.run("backup", archive, "--db", url).must(0, "2 files")
        with zipfile.ZipFile(archive) as z:
            held = sorted(hashlib.sha256(z.read(n)).hexdigest() for n in z.namelist() if n.startswith("files/"))
            assert held == sorted(hashlib.sha256(c).hexdigest() for c in (ONE, TWO)), held
            assert "tables/file_bytes.tsv" not in z.namelist()
        unpacked = place.path("unpacked-%s" % first)
        with zipfile.ZipFile(archive) as z:
            z.extractall(unpacked)
        subprocess.run(["sha256sum", "--quiet", "-c", "SHA256SUMS"], cwd=unpacked, check=True)
        other = place.empty(second)
        place.run("restore", archive, "--db", other).must(0, "2 files")
        place.run("verify", "--db", other).must(0, "0 differences", "2 files, 0 missing or damaged")
        if second == "SQLite":
            with open(where(other, TWO), "rb") as f:
                assert f.read() == TWO


def case_each_verify_names_a_damaged_file_and_a_backup_says_what_is_missing(place, engine):
    url = place.house(engine)
    sha = put(place, url, ONE)
    put(place, url, TWO)
    place.run("verify", "--db", url).must(0, "2 files, 0 missing or damaged")
    if engine == "SQLite":
        os.remove(where(url, ONE))
    else:
        place.sql(url, "DELETE FROM file_bytes WHERE file_id = (SELECT id FROM file_object WHERE sha256 = '%s')" % sha)
    place.run("verify", "--db", url).must(1, sha, "1 missing or damaged")
    archive, other = place.path("lost-%s.zip" % engine), place.empty(engine)
    place.run("backup", archive, "--db", url).must(1, "1 files", "1 files are missing")
    place.run("restore", archive, "--db", other).must(0, "1 files")


def case_an_archive_of_the_first_format_is_still_read(place):
    """As 0.1.0 wrote it: no files, no line that counts them, the tables of its migrations."""
    url, archive, old = place.house("SQLite"), place.path("new.zip"), place.path("format-1.zip")
    place.run("backup", archive, "--db", url).must(0)
    with zipfile.ZipFile(archive) as z:
        bodies = {n: z.read(n) for n in z.namelist()}
    manifest = bodies["MANIFEST"].decode().replace("sarn-archive 2", "sarn-archive 1").replace("files 0\n", "")
    bodies["tables/file_bytes.tsv"] = b"file_id:int\tcontent:bytes\n"
    manifest = manifest.replace("table file_object ", "table file_bytes 0\ntable file_object ")
    bodies["MANIFEST"] = manifest.encode()
    bodies["SHA256SUMS"] = "".join("%s  %s\n" % (hashlib.sha256(b).hexdigest(), n) for n, b in bodies.items()
                                   if n != "SHA256SUMS").encode()
    with zipfile.ZipFile(old, "w", zipfile.ZIP_DEFLATED) as z:
        for name, body in bodies.items():
            z.writestr(name, body)
    other = place.empty("SQLite")
    place.run("restore", old, "--db", other).must(0, "0 files")
    place.run("verify", "--db", other).must(0, "0 differences")


def aged(path, hours):
    then = time.time() - hours * 3600
    os.utime(path, (then, then))
    return path


def case_what_nobody_uses_is_swept_after_a_day(place):
    url = place.house("SQLite")
    put(place, url, ONE)
    aged(where(url, ONE), 90)
    old, young = aged(lay(url, b"old orphan"), 25), aged(lay(url, b"young orphan"), 23)
    put(place, url, TWO, used=False)  # a row without a use, put long ago
    aged(where(url, TWO), 90)
    place.run("sweep", "--db", url).must(0, "1 dropped, 2 removed")
    assert os.path.exists(where(url, ONE)) and os.path.exists(young)
    assert not os.path.exists(old) and not os.path.exists(where(url, TWO))
    place.run("verify", "--db", url).must(0, "1 files, 0 missing or damaged")
    # and by itself when serving begins
    orphan = aged(lay(url, b"another"), 25)
    with place.served(url, "--today", TODAY) as s:
        for _ in range(100):
            if not os.path.exists(orphan):
                break
            time.sleep(0.1)
        assert not os.path.exists(orphan)
        assert s.get("/healthz")[0] == 200
    assert os.path.exists(young)


def case_a_folder_of_ones_own_is_remembered(place):
    url, mine = place.house("SQLite"), place.path("mine")
    put(place, url, ONE)
    with place.served(url, "--files", mine, "--today", TODAY) as s:
        assert s.get("/healthz")[0] == 200
    place.run("verify", "--db", url).must(1, "1 missing")  # it lies in the old folder still
    shutil.copytree(url + ".files", mine, dirs_exist_ok=True)
    place.run("verify", "--db", url).must(0, "1 files, 0 missing or damaged")
    archive, other = place.path("mine.zip"), place.empty("SQLite")
    place.run("backup", archive, "--db", url).must(0, "1 files")
    place.run("restore", archive, "--db", other).must(0, "1 files")
    assert os.path.exists(where(other, ONE))  # a restore's files lie where the new machine wants them


def png(width, height, rows):
    def chunk(kind, body):
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
            + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))


def case_the_image_helper_takes_one_image_and_no_bomb(place):
    def helped(data):
        r = subprocess.run([place.sarn, "image-helper"], input=data, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                           timeout=60)
        return r.returncode, r.stdout
    code, out = helped(png(4, 2, b"\0" * 26))
    assert code == 0 and out.startswith(b"SarnImg1") and out.count(b"\xff\xd8\xff") == 2, (code, out[:40])
    assert helped(png(30000, 30000, b"\0" * 100)) == (4, b"")
    assert helped(png(4, 2, b"\0" * 3)) == (3, b"")
    assert helped(b"") == (3, b"")
    assert helped(b"\xff\xd8\xff" + b"\0" * (13 << 20)) == (4, b"")

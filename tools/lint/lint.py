#!/usr/bin/env python3
"""lint.py — what the house promises and the compiler cannot see.

  tools/lint/lint.py [--root DIR] [--headers BUILD] [--stats] [--explain]

Prints `file:line: [rule] what; what would be right`, exit 1 on any finding.
  --headers BUILD  also compiles every header alone, with the generated headers of that build directory
  --stats          also prints the comment share of every file of src/
  --explain        lists the rules
A line may set aside the rules thai, banned and private by a comment `lint: rule reason`; functions that
are better whole stand in allowed.txt.
"""
import argparse
import pathlib
import sys
import time

sys.dont_write_bytecode = True
import rules_c
import rules_house
from tree import Tree

RULES = [
    ("includes", rules_house.includes, "base < db web html json table paper image < app < rooms; a room enters only the doors of its DEPS"),
    ("deps", rules_house.deps, "src/rooms/DEPS names every room once, only rooms, and no cycle"),
    ("room-files", rules_house.room_files, "every room has README.md, schema.sql and its door <room>.h"),
    ("lists", rules_house.lists, "every migration stands in src/db/meson.build, every room's queries in tests/rooms/schema_test.c"),
    ("sql-in-c", rules_house.sql_in_c, "no SQL text in C of rooms and app: it stands in .sql files, for sqlc to check"),
    ("room-manners", rules_house.room_manners, "rooms own nothing: no malloc, free, goto, transaction, db_script or printf there"),
    ("memory", rules_house.memory, "malloc and free only where a layer wraps a library: base, db, web, table, image; elsewhere the arena"),
    ("routes", rules_house.routes, "every /api/ route has its DOC, every DOC its route, every handler one definition"),
    ("messages", rules_house.messages, "every sentence of messages.tsv is used (htmlc unused, when it is built)"),
    ("thai", rules_house.thai_literals, "Thai sentences stand in messages.tsv; names of areas and the like need `/* lint: thai why */`"),
    ("banned", rules_c.banned, "functions of libc that are unsafe, locale-bound, or read a clock behind base/clock.h"),
    ("html-made", rules_c.html_made, "html_made() only in src/html and charts: markup that was not escaped"),
    ("lengths", rules_c.lengths, "functions up to 60 lines and complexity 15 (tools/lint/allowed.txt), files up to 700 lines"),
    ("asserts", rules_c.asserts, "every test asserts something"),
    ("private", rules_c.private, "no path, address or name of somebody's own workplace; no reminder that something is unfinished"),
]


def explain():
    for name, _, what in RULES:
        print(f"{name:13} {what}")
    print(f"{'headers':13} every header compiles alone (with --headers)")


def stats(tree):
    total = [0, 0]
    for f in tree.c_files("src/"):
        comments, filled = f.comment_lines()
        total = [total[0] + comments, total[1] + filled]
        print(f"{comments / max(1, filled):6.0%} of {filled:4} lines  {len(f.functions):3} functions  {f.path}")
    print(f"{total[0] / max(1, total[1]):6.0%} of {total[1]:4} lines  comment share of src/")


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--root", type=pathlib.Path, default=pathlib.Path(__file__).resolve().parents[2])
    options.add_argument("--headers", metavar="BUILD", type=pathlib.Path)
    options.add_argument("--stats", action="store_true")
    options.add_argument("--explain", action="store_true")
    o = options.parse_args()
    if o.explain:
        return explain()
    begun = time.monotonic()
    tree = Tree(o.root)
    for name, rule, _ in RULES:
        tree.rule = name
        rule(tree)
    if o.headers:
        tree.rule = "headers"
        rules_c.headers_alone(tree, o.headers)
    if o.stats:
        stats(tree)
    for finding in sorted(tree.findings):
        print("{}:{}: {}".format(*finding))
    print(f"{len(tree.paths)} files, {tree.count_functions()} functions, {tree.leaves} lines with a stated exception, "
          f"{len(tree.findings)} findings, {time.monotonic() - begun:.1f} s")
    sys.exit(1 if tree.findings else 0)


if __name__ == "__main__":
    main()

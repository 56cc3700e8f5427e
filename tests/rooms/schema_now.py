#!/usr/bin/env python3
"""schema_now.py SQLC OPTION… OUT.h — today's schema in both dialects, as C strings."""
import subprocess
import sys


def text(sqlc, options, dialect):
    sql = subprocess.run([sqlc, "schema", *options, "--dialect", dialect], check=True,
                         capture_output=True, text=True).stdout
    lines = [l.replace("\\", "\\\\").replace('"', '\\"') for l in sql.splitlines()]
    return "\n".join(f'    "{l}\\n"' for l in lines)


def main():
    sqlc, *options, out = sys.argv[1:]
    with open(out, "w", encoding="utf-8") as f:
        for dialect in ("sqlite", "pg"):
            f.write(f"static const char schema_now_{dialect}[] =\n{text(sqlc, options, dialect)};\n")


main()

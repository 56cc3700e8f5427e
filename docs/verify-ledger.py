#!/usr/bin/env python3
"""Verifies the ledger of a fund without Sarn: docs/ledger-chain.md states the form.

    sarn export chain --fund D0001 chain.tsv
    python3 docs/verify-ledger.py chain.tsv [heads]

`heads` is a file of `sarn export heads`, kept since then. Prints each entry that differs; the exit
is 0 when there is none, 1 when there are, 2 when the file is none."""
import hashlib
import sys

KEYS = ("fund_id book_id book id fy number seq kind entry_date recorded_at amount_satang source support_type "
        "issue commitment_id instalment project reference reversal_of is_entered_later account_no grant_no "
        "memo_hash party_hash reason_hash").split()
COLUMNS = ["fund_code"] + KEYS + ["lines", "prev_hash", "hash"]


def field(key, value):
    """One line: null (an empty cell) as `key=-`, else the length in bytes of UTF-8 and the value."""
    return f"{key}=-\n" if value == "" else f"{key}={len(value.encode())}:{value}\n"


def form(row):
    text = "sarn-entry-v1\n" + "".join(field(key, row[key]) for key in KEYS)
    text += "".join(field("line", line) for line in row["lines"].split())
    return text + field("prev_hash", row["prev_hash"])


def number(text):
    """Somebody may have put anything in its place: that is a difference, not the end of the proof."""
    return int(text) if text.removeprefix("-").isdecimal() else -1


def verify_book(rows, say):
    """The rows of one book, in the order of the file."""
    before, seq, numbers = "0" * 64, 0, {}
    for row in rows:
        name = f"{row['fund_code']} {row['book']} {row['fy']}/{row['number']}"
        if number(row["seq"]) != seq + 1:
            say(f"{name}: {seq + 1} to {number(row['seq']) - 1} of the chain are missing")
        if hashlib.sha256(form(row).encode()).hexdigest() != row["hash"]:
            say(f"{name}: it is not what was sealed")
        if row["prev_hash"] != before:
            say(f"{name}: it does not follow the one before it")
        if sum(number(line.partition(":")[2]) for line in row["lines"].split()) != 0:
            say(f"{name}: its lines do not add up to zero")
        if number(row["number"]) != numbers.get(row["fy"], 0) + 1:
            say(f"{name}: number {numbers.get(row['fy'], 0) + 1} was to come")
        numbers[row["fy"]] = number(row["number"])
        before, seq = row["hash"], number(row["seq"])


def verify_heads(books, lines, fund, say):
    """Each head that was written down must still be in the chain: `fund book seq hash`."""
    for line in lines:
        code, book, seq, head = line.split()
        there = [row["hash"] for row in books.get(book, []) if row["seq"] == seq]
        if code == fund and int(seq) > 0 and there != [head]:
            say(f"{code} {book}: {seq} of the chain is not the one written down")


def main(args):
    bad = []
    if not 1 <= len(args) <= 2:
        print(__doc__)
        return 2
    with open(args[0], encoding="utf-8", newline="") as file:
        lines = file.read().split("\n")
    if lines[0].split("\t") != COLUMNS or lines[-1] != "":
        print("this is no file of `sarn export chain`")
        return 2
    rows = [dict(zip(COLUMNS, line.split("\t"), strict=True)) for line in lines[1:-1]]
    books = {}
    for row in rows:
        books.setdefault(row["book"], []).append(row)
    for book in books.values():
        verify_book(book, bad.append)
    if len(args) == 2:
        with open(args[1], encoding="utf-8") as file:
            verify_heads(books, file, rows[0]["fund_code"] if rows else "", bad.append)
    print("\n".join(bad + [f"{len(rows)} entries, {len(bad)} differences"]))
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""poison.py — every text that a person could have typed into a database begins with something hostile: a formula for a
spreadsheet, an end of an attribute, a tag that runs. What the house itself writes (codes, hashes, dates) stays."""
import re, sqlite3

MARK = "=7*7+\"'`><svg/onload=alert(7)>${7*7}\u202e"
TAG = "<svg/onload"
# Names of columns that hold what the program chose, not what somebody wrote.
OURS = re.compile(r"(^|_)(code|hash|key|kind|measure|sha256|type|thing|salt|secret|slug|suffix|folded|login|role|account|"
                  r"json|section|path|fields|name_of|actor|action|field|acting|rule|clause|spelling|size)$|^(issue|support|owner_type|group|"
                  r"activity|scope|valid|password|content|request|idempotency|group|org)_|^(value|key|on_date|recalled_on|report_due|due_on|mark)$")
WHOLE = {"idempotency", "schema_migration", "app_setting", "kept_post"}


def poison(path):
    """How many columns were changed, and what was left."""
    db = sqlite3.connect(path, isolation_level=None)
    db.execute("PRAGMA foreign_keys=OFF")
    for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type='trigger'").fetchall():
        db.execute('DROP TRIGGER "%s"' % name)
    done, left = [], []
    db.execute("BEGIN")
    for (table,) in db.execute("SELECT name FROM sqlite_master WHERE type='table' AND name NOT LIKE 'sqlite_%'").fetchall():
        for _, column, kind, *_ in db.execute('PRAGMA table_info("%s")' % table).fetchall():
            if kind.upper() != "TEXT" or table in WHOLE:
                continue
            if OURS.search(column):
                left.append("%s.%s" % (table, column))
                continue
            try:
                n = db.execute('UPDATE "%s" SET "%s" = ? || "%s" WHERE "%s" IS NOT NULL' % ((table,) + (column,) * 3), (MARK,)).rowcount
            except sqlite3.IntegrityError:  # a CHECK says what may stand here
                left.append("%s.%s" % (table, column))
                continue
            done.append(("%s.%s" % (table, column), n))
    db.execute("COMMIT")
    db.close()
    return done, left

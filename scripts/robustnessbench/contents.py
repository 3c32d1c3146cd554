"""What a store holds, in a form that two stores can be compared by, and what must hold of any store."""
import hashlib
import json
import os
import shutil
import sqlite3
import tempfile

# `run` is the log of runs; the rest of the tables is what a run leaves behind.
LOG = {"run", "grdb_migrations"}
# What is a function of the files alone, in whichever order they came; detectors' standing also depends on that.
FACTS = ("capture", "reading")
LEARNT = "canopyCover"
"""The one measure that depends on the pictures before it: where crowns stand is learnt. It is compared as a detector's standing."""


def _text(value):
    return hashlib.sha256(value).hexdigest()[:16] if isinstance(value, bytes) else value


def _rows(db, table):
    if table == "reading":
        cursor = db.execute(
            "SELECT c.camera, c.path, r.plot, r.at, r.statistics, r.quantities FROM reading r JOIN capture c ON c.id = r.capture")
        return sorted(repr((*row[:-1], _measures(row[-1], lambda name: name != LEARNT))) for row in cursor)
    if table == LEARNT:
        cursor = db.execute("SELECT c.camera, c.path, r.plot, r.quantities FROM reading r JOIN capture c ON c.id = r.capture")
        return sorted(repr((*row[:-1], _measures(row[-1], lambda name: name == LEARNT))) for row in cursor)
    cursor = db.execute(f'SELECT * FROM "{table}"')
    names = [column[0] for column in cursor.description]
    rows = []
    for row in cursor:
        pairs = zip(names, row)
        if table == "capture":
            pairs = [(n, v) for n, v in pairs if n != "id"]
        rows.append(repr([_text(v) for _, v in pairs]))
    return sorted(rows)


def _measures(text, chosen):
    return json.dumps({name: value for name, value in sorted(json.loads(text).items()) if chosen(name)})


def copied(store, into):
    """A copy of a store's files as they lie there, so that looking at it repairs nothing."""
    target = os.path.join(into, "copy.sqlite")
    for ending in ("", "-wal"):
        if os.path.exists(store + ending):
            shutil.copyfile(store + ending, target + ending)
    return target


def dump(store):
    """Table → rows in order; an empty store where there is no file yet. Raises where the store is not sound."""
    with tempfile.TemporaryDirectory() as folder:
        if not os.path.exists(store) or os.path.getsize(store) == 0 and not os.path.exists(store + "-wal"):
            return {}
        db = sqlite3.connect(copied(store, folder))
        try:
            found = [row[0] for row in db.execute("PRAGMA integrity_check")]
            if found != ["ok"]:
                raise Unsound("; ".join(found[:3]))
            orphans = db.execute("PRAGMA foreign_key_check").fetchall()
            if orphans:
                raise Unsound(f"{len(orphans)} readings without their capture")
            tables = [row[0] for row in db.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")]
            tables += [LEARNT] if "reading" in tables else []
            return {table: _rows(db, table) for table in sorted(tables) if table not in LOG}
        except sqlite3.DatabaseError as error:
            raise Unsound(str(error)) from error
        finally:
            db.close()


class Unsound(Exception):
    """A store that does not open, or is damaged."""


def paths(store):
    """The captures of a store, by camera and path."""
    with tempfile.TemporaryDirectory() as folder:
        if not os.path.exists(store) or os.path.getsize(store) == 0 and not os.path.exists(store + "-wal"):
            return []
        db = sqlite3.connect(copied(store, folder))
        try:
            if not db.execute("SELECT 1 FROM sqlite_master WHERE name = 'capture'").fetchone():
                return []
            return [f"{camera}:{path}" for camera, path in db.execute("SELECT camera, path FROM capture")]
        finally:
            db.close()


def differences(found, expected, tables=None):
    """Sentences; none where the two are the same."""
    told = []
    for table in sorted(set(found) | set(expected)):
        if tables and table not in tables:
            continue
        a, b = found.get(table, []), expected.get(table, [])
        if a != b:
            extra, missing = sorted(set(a) - set(b)), sorted(set(b) - set(a))
            told.append(f"{table}: {len(a)} rows, {len(b)} expected; not expected {extra[:1]}; missing {missing[:1]}")
    return told

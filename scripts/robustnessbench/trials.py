"""Trials of the program under failure. Each breaks one run, looks at what is left, and lets the next run mend it."""
import hashlib
import os
import random
import shutil
import signal
import subprocess
import tempfile
import threading
import time

from . import contents, power_loss, village

YEAR = 365 * 86_400


class Broken(Exception):
    """A promise that did not hold, in words."""


class Village:
    """One folder to break, removed afterwards unless something was wrong."""

    def __init__(self, bench, files=None, parent=None):
        self.bench = bench
        self.folder = tempfile.mkdtemp(prefix="trial-", dir=parent or bench.work)
        self.archive = os.path.join(self.folder, "archive")
        self.store = os.path.join(self.folder, "plotwatch.sqlite")
        village.build(self.folder, bench.files if files is None else files)

    def start(self, words=(), program=(), **trouble):
        environment = dict(os.environ, PLOTWATCH_MODELS=self.bench.models, LC_ALL="C.UTF-8", SWIFT_BACKTRACE="enable=no")
        if trouble:
            environment["LD_PRELOAD"] = self.bench.shim
            environment["TROUBLE_STORE"] = os.path.join(self.folder, "plotwatch.")
            environment["TROUBLE_ARCHIVE"] = self.archive + "/"
            environment.update({"TROUBLE_" + key.upper(): str(value) for key, value in trouble.items()})
        return subprocess.Popen(
            [*program, self.bench.program, "run", self.folder, "--jobs", "2", *words], env=environment,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, errors="replace")

    def run(self, words=(), program=(), **trouble):
        """(exit status, stderr)."""
        process = self.start(words, program, **trouble)
        try:
            _, err = process.communicate(timeout=300)
        except subprocess.TimeoutExpired as error:
            process.kill()
            raise Broken("the run did not end within 300 s") from error
        return process.returncode, err

    def litter(self):
        """Every file but the archive's and SQLite's own."""
        found = []
        for folder, folders, names in os.walk(self.folder):
            if "archive" in folders and folder == self.folder:
                folders.remove("archive")
            found += [os.path.relpath(os.path.join(folder, n), self.folder) for n in names]
        return sorted(n for n in found if not n.endswith(("-wal", "-shm")))

    def archive_hash(self):
        digest = hashlib.sha256()
        for folder, folders, names in sorted(os.walk(self.archive)):
            folders.sort()
            for name in sorted(names):
                path = os.path.join(folder, name)
                digest.update(os.fsencode(os.path.relpath(path, self.archive)))
                with open(path, "rb") as file:
                    digest.update(file.read())
        return digest.hexdigest()

    def remove(self):
        shutil.rmtree(self.folder, ignore_errors=True)


class Bench:
    def __init__(self, program, models, work):
        self.program, self.models, self.work = program, models, work
        self.shim = os.path.join(work, "shim.so")
        compiler = shutil.which("cc") or shutil.which("clang") or "cc"
        subprocess.run(
            [compiler, "-O1", "-shared", "-fPIC", "-o", self.shim, os.path.join(os.path.dirname(__file__), "shim.c"), "-ldl"],
            check=True)
        self.files = village.pictures()
        self.paths = {f"{path.split('/')[0]}:{path}" for path in self.files}
        whole = Village(self)
        began = time.monotonic()
        status, err = whole.run(["--progress", "json"], log=os.path.join(work, "log"))
        self.seconds = time.monotonic() - began
        if status != 0:
            raise Broken(f"the undisturbed run ended with {status}: {err}")
        self.expected = contents.dump(whole.store)
        self.expected_files = whole.litter()
        self.archive = whole.archive_hash()
        self.log = power_loss.records(os.path.join(work, "log"))
        self.log_folder = whole.folder
        self.changes = sum(1 for record in self.log if record[0] != "E")
        self.written = sum(len(record[3]) for record in self.log if record[0] == "W")
        whole.remove()

    def sound(self, site, facts_hold=True):
        """What must be true of whatever a failure leaves behind."""
        try:
            found = contents.dump(site.store)
        except contents.Unsound as error:
            raise Broken(f"the store is not sound: {error}") from error
        paths = contents.paths(site.store)
        if len(paths) != len(set(paths)):
            raise Broken("a capture stands twice")
        if not set(paths) <= self.paths:
            raise Broken(f"rows of no capture: {sorted(set(paths) - self.paths)[:2]}")
        if facts_hold:
            for table in contents.FACTS:
                wrong = set(found.get(table, [])) - set(self.expected[table])
                if wrong:
                    raise Broken(f"a wrong fact in {table}: {sorted(wrong)[0][:300]}")

    def mended(self, site, tables=None):
        """The next run completes to what an undisturbed one leaves."""
        status, err = site.run()
        if status != 0:
            raise Broken(f"the next run ended with {status}: {err[-300:]}")
        told = contents.differences(contents.dump(site.store), self.expected, tables)
        if told:
            raise Broken("the next run leaves something else: " + "; ".join(told)[:600])
        if not tables:
            extra = set(site.litter()) ^ set(self.expected_files)
            if extra:
                raise Broken(f"files left behind or missing: {sorted(extra)[:4]}")
        if site.archive_hash() != self.archive:
            raise Broken("the archive was changed")


def expect(status, err, allowed, words=()):
    if status not in allowed:
        raise Broken(f"exit status {status}, not {allowed}: {err[-300:]}")
    if status == 1 and words and not any(word in err for word in words):
        raise Broken(f"it does not say what is wrong: {err[-300:]}")


# Each takes the bench, a fresh village and a random source.

def killed(bench, site, chance):
    process = site.start()
    time.sleep(chance.uniform(0, bench.seconds * 1.05))
    process.send_signal(signal.SIGKILL)
    process.communicate()
    bench.sound(site)
    bench.mended(site)


def crashed(bench, site, chance):
    site.run(kill_at=chance.randint(1, bench.changes))
    bench.sound(site)
    bench.mended(site)


def killed_newborn(bench, site, chance):
    """While the store is made."""
    site.run(kill_at=chance.randint(1, 120))
    bench.sound(site)
    bench.mended(site)


def killed_again_and_again(bench, site, chance):
    for _ in range(4):
        site.run(kill_at=chance.randint(1, max(2, bench.changes // 4)))
        bench.sound(site)
    bench.mended(site)


def power_lost(bench, site, chance):
    seed = chance.randrange(1 << 30)
    disk, told = power_loss.disk_after(bench.log, chance.randint(1, len(bench.log)), seed)
    for path, body in disk.items():
        village.write(path.replace(bench.log_folder, site.folder), body)
    bench.sound(site)
    kept = len(contents.paths(site.store))
    if kept < told:
        raise Broken(f"{told} captures were told as stored, {kept} are there")
    bench.mended(site)


def store_copied(bench, site, chance):
    """The store's files are copied while the run writes them, all at one moment; the copy is what a power failure leaves."""
    process = site.start()
    time.sleep(chance.uniform(0, bench.seconds * 1.05))
    process.send_signal(signal.SIGSTOP)
    endings = [ending for ending in ("", "-wal", "-shm", "-journal") if os.path.exists(site.store + ending)]
    for ending in endings:
        shutil.copyfile(site.store + ending, f"{site.folder}/copied{ending}")
    process.send_signal(signal.SIGKILL)
    process.communicate()
    for ending in ("", "-wal", "-shm", "-journal"):
        if os.path.exists(site.store + ending):
            os.remove(site.store + ending)
        # What only this process knew of its memory is not on a disk.
        if ending in endings and ending != "-shm":
            os.rename(f"{site.folder}/copied{ending}", site.store + ending)
        elif ending in endings:
            os.remove(f"{site.folder}/copied{ending}")
    bench.sound(site)
    bench.mended(site)


def shim_full(bench, site, chance):
    status, err = site.run(full_after=chance.randint(0, bench.written))
    expect(status, err, (0, 1), ("space", "full"))
    bench.sound(site)
    bench.mended(site)


def real_full(bench, site, chance):
    """A small file system of its own for the store, full after some pages; then it is cleared."""
    room = os.path.join(site.folder, "room")
    os.mkdir(room)
    pages = chance.randint(1, bench.written // 4096 // 2)
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={(pages + 700) * 4096}", "tmpfs", room], check=True)
    try:
        village.write(
            os.path.join(site.folder, "site.yaml"), village.SITE.replace("store: plotwatch", "store: room/plotwatch").encode())
        site.store = os.path.join(room, "plotwatch.sqlite")
        ballast = os.path.join(room, "ballast")
        with open(ballast, "wb") as file:
            file.write(bytes(700 * 4096))
        status, err = site.run()
        expect(status, err, (0, 1), ("space", "full"))
        bench.sound(site)
        os.remove(ballast)
        # Room enough for the rest.
        subprocess.run(["mount", "-o", "remount,size=64m", room], check=True)
        status, err = site.run()
        expect(status, err, (0,))
        # Flags name their pictures by the store's place, which is another here.
        tables = [t for t in bench.expected if t != "flag"]
        told = contents.differences(contents.dump(site.store), bench.expected, tables)
        if told:
            raise Broken("the next run leaves something else: " + "; ".join(told)[:600])
    finally:
        subprocess.run(["umount", room], check=True)


def store_unreadable(bench, site, chance):
    status, err = site.run(store_eio=chance.randint(1, bench.changes * 2))
    expect(status, err, (0, 1), ("plotwatch.",))
    bench.sound(site)
    bench.mended(site)


def name_references(site):
    """The first capture that can be read depends on what fails."""
    village.write(os.path.join(site.folder, "site.yaml"), village.SITE_WITH_REFERENCES.encode())


def archive_unreadable(bench, site, chance):
    name_references(site)
    status, err = site.run(archive_eio=chance.choice([5, 30, 200]), seed=chance.randrange(1 << 30))
    expect(status, err, (0, 1, 3), ("disk", "read", "archive"))
    bench.sound(site)
    bench.mended(site, contents.FACTS)


def short_reads(bench, site, chance):
    status, err = site.run(short=1, seed=chance.randrange(1 << 30))
    expect(status, err, (0,))
    bench.sound(site)
    bench.mended(site)


def read_only(bench, site, chance):
    """Mounted read-only where that is allowed, else without the right to write."""
    if os.geteuid() == 0:
        program = ["unshare", "-m", "bash", "-c", f'mount --bind -o ro "{site.archive}" "{site.archive}" && exec "$@"', "_"]
    else:
        program = []
        for folder, _, names in os.walk(site.archive):
            os.chmod(folder, 0o555)
    try:
        status, err = site.run(program=program)
        expect(status, err, (0,))
    finally:
        for folder, _, _ in os.walk(site.archive):
            os.chmod(folder, 0o755)
    bench.sound(site)
    bench.mended(site)


def clock_back(bench, site, chance):
    """One part is read; the clock falls back a year or to 1970; the rest arrives and is read under the wrong clock."""
    names = sorted(bench.files, key=lambda p: p.rsplit("_", 4)[1:])
    kept = names[:chance.randint(1, len(names) - 1)]
    for name in set(names) - set(kept):
        os.rename(os.path.join(site.archive, name), os.path.join(site.folder, "archive", name + ".later"))
    status, err = site.run()
    expect(status, err, (0,))
    for name in set(names) - set(kept):
        os.rename(os.path.join(site.folder, "archive", name + ".later"), os.path.join(site.archive, name))
    back = chance.choice([YEAR, 3 * YEAR, int(time.time())])
    status, err = site.run(clock=-back)
    expect(status, err, (0,))
    bench.sound(site)
    bench.mended(site)


def archive_changing(bench, site, chance):
    """While the run reads, files vanish, are cut short, grow, are replaced by themselves, and come back."""
    name_references(site)
    process = site.start()
    names = [name for name in sorted(bench.files) if not name.endswith("05_01_100000.png")]
    until = time.monotonic() + bench.seconds * 1.5
    while process.poll() is None and time.monotonic() < until:
        name = chance.choice(names)
        path = os.path.join(site.archive, name)
        drawn = chance.random()
        if drawn < 0.35:
            if os.path.exists(path):
                os.remove(path)
        elif drawn < 0.6:
            with open(path, "wb") as file:
                file.write(bench.files[name][:chance.randrange(len(bench.files[name]))])
        elif drawn < 0.8:
            # Grows by a part of what is missing, as an upload does.
            held = os.path.getsize(path) if os.path.exists(path) else 0
            with open(path, "ab") as file:
                file.write(bench.files[name][held:chance.randint(held, max(held, len(bench.files[name])))])
        else:
            with open(path + ".new", "wb") as file:
                file.write(bench.files[name])
            os.rename(path + ".new", path)
        time.sleep(chance.uniform(0, 0.02))
    _, err = process.communicate(timeout=300)
    expect(process.returncode, err, (0, 3))
    for name, body in bench.files.items():
        village.write(os.path.join(site.archive, name), body)
    bench.sound(site, facts_hold=False)
    bench.mended(site, contents.FACTS)


def two_at_once(bench, site, chance):
    processes = []
    for _ in range(2):
        processes.append(site.start())
        time.sleep(chance.uniform(0, bench.seconds))
    ended = [(p.communicate(timeout=300)[1], p.returncode) for p in processes]
    for err, status in ended:
        expect(status, err, (0, 1), ("another run",))
    if all(status == 1 for _, status in ended):
        raise Broken("both refused")
    bench.sound(site)
    bench.mended(site)


def store_held(bench, site, chance):
    """Another program holds the database for a while: the run waits."""
    import sqlite3
    status, err = site.run(["--until", "2024-05-04"])
    expect(status, err, (0,))
    db = sqlite3.connect(site.store, isolation_level=None, check_same_thread=False)
    db.execute("BEGIN IMMEDIATE")
    release = threading.Timer(chance.uniform(0.5, 3), lambda: db.execute("ROLLBACK"))
    release.start()
    status, err = site.run()
    release.join()
    db.close()
    expect(status, err, (0,))
    bench.sound(site)
    bench.mended(site)


# (name, the trial, long count, short count, needs root, the promise, how it is broken)
TRIALS = [
    ("kill", killed, 200, 6, False, "A run may be killed at any moment", "`kill -9` at a random moment"),
    ("crash", crashed, 200, 6, False, "A run may be killed at any moment", "`kill -9` before a random change to the store's files"),
    ("newborn", killed_newborn, 120, 6, False, "A run may be killed at any moment", "the same while the store is being made"),
    ("crashes", killed_again_and_again, 25, 1, False, "… again and again", "four such kills in a row"),
    ("power", power_lost, 300, 6, False, "A power failure loses nothing that was told as stored",
     "the disk as it is at a random moment: all that was synced, any part of the rest, torn at sectors"),
    ("copy", store_copied, 100, 3, False, "A power failure loses nothing that was told as stored",
     "the store's files as they lie at a random moment of a run, copied"),
    ("full", shim_full, 100, 4, False, "A full disk is told in words and loses nothing", "`ENOSPC` from a random byte on"),
    ("fulldisk", real_full, 40, 2, True, "A full disk is told in words and loses nothing", "a small tmpfs under the store"),
    ("storeio", store_unreadable, 100, 4, False, "A failing disk under the store is told and loses nothing", "`EIO` from a random call on"),
    ("archiveio", archive_unreadable, 60, 3, False, "A failing disk under the archive costs no picture",
     "`EIO` on 0.5, 3 or 20 % of all openings, listings and readings"),
    ("short", short_reads, 30, 1, False, "Short reads and writes, interrupted calls change nothing", "random parts, `EINTR`"),
    ("readonly", read_only, 10, 1, False, "The archive is only read", "archive mounted read-only"),
    ("clock", clock_back, 40, 2, False, "A clock that falls back changes nothing", "one or three years, or to 1970, between two runs"),
    ("changing", archive_changing, 60, 3, False, "Files that vanish, are cut, grow or are replaced while a run reads are read again",
     "random changes every 10 ms"),
    ("two", two_at_once, 30, 2, False, "Two runs at once: the second refuses in words, status 1", "started within one run's time"),
    ("held", store_held, 10, 1, False, "A store that another program holds is waited for", "a transaction held for up to 3 s"),
]


def trial(bench, function, seed):
    """`None`, or what did not hold."""
    site = Village(bench)
    try:
        function(bench, site, random.Random(seed))
    except Broken as error:
        return f"seed {seed}: {error} ({site.folder})"
    except (contents.Unsound, subprocess.TimeoutExpired) as error:
        return f"seed {seed}: {error} ({site.folder})"
    site.remove()
    return None

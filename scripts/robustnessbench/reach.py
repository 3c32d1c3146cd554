"""Which files the program touches: every command is run under strace in a village full of names and links that lead outside."""
import dataclasses
import http.client
import os
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import time

from . import village

CALLS = ("open openat openat2 creat truncate rename renameat renameat2 unlink unlinkat mkdir mkdirat rmdir link linkat symlink symlinkat "
         "chmod fchmodat fchmodat2 chown lchown fchownat mknod mknodat execve setxattr removexattr utimensat").split()
WRITING = re.compile(r"O_WRONLY|O_RDWR|O_CREAT|O_TRUNC")
QUOTED = r'"((?:[^"\\]|\\.)*)"'
# What a program of this system reads before it does anything: libraries, zones of time, certificates, what the kernel tells.
SYSTEM = ("/usr/", "/lib", "/etc/", "/proc/", "/sys/", "/dev/", "/opt/swift/usr/lib/", "/run/")
# Each stands in one place outside, and nowhere else.
CANARIES = {"a picture outside": b"CANARY-OUTSIDE", "the environment": b"CANARYENVIRONMENT", "a secret's file": b"CANARYSECRETFILE"}
SECONDS = 120


@dataclasses.dataclass
class Touch:
    path: str
    writes: bool
    call: str


def plain(text):
    """strace's octal escapes undone."""
    return text.encode("latin-1", "replace").decode("unicode_escape").encode("latin-1", "replace").decode("utf-8", "surrogateescape")


def touches(folder, cwd):
    """What the traces in `folder` say was opened, made, renamed or removed, by real paths; `cwd` is where the program stood."""
    found = []
    for name in sorted(os.listdir(folder)):
        with open(os.path.join(folder, name), encoding="latin-1") as file:
            for line in file:
                call = line.split("(", 1)[0]
                if call not in CALLS:
                    continue
                # strace -y tells where a descriptor leads: behind the result, or before a relative path.
                opened = re.search(r"= \d+<([^>]*)>", line)
                if opened:
                    found.append(Touch(plain(opened[1]), bool(WRITING.search(line)), line.strip()))
                    continue
                places = re.findall(r"(?:<([^>]*)>, )?" + QUOTED, line)
                places = places[:1] if call == "execve" else places
                for at, path in places:
                    whole = os.path.normpath(os.path.join(plain(at) or cwd, plain(path)))
                    failed = " = -1 " in line
                    found.append(Touch(whole, not failed and call not in ("open", "openat", "openat2", "execve"), line.strip()))
    return found


class Place:
    """A village, and around it what must not be touched."""

    def __init__(self, bench, work):
        self.bench, self.work = bench, work
        self.folder = os.path.join(work, "village")
        self.outside = os.path.join(work, "outside")
        self.out = os.path.join(work, "out")
        self.home = os.path.join(work, "home")
        self.scene = village.Scene("east")
        for folder in (self.outside, self.out, self.home):
            os.makedirs(folder)
        village.build(self.folder, village.pictures(east=28, west=4), self.site())
        canary = self.scene.picture(99, (20, 20, 90, 70)) + CANARIES["a picture outside"]
        for name in ("secret.png", "east_2024_05_20_100000.png", "victim", "pictures/east_2024_05_21_100000.png"):
            village.write(os.path.join(self.outside, name), canary)
        for name in (".curlrc", ".netrc", ".sqliterc"):
            village.write(os.path.join(self.home, name), b"# nothing\n")
        village.write(os.path.join(self.folder, "robot.secret"), CANARIES["a secret's file"])
        os.chmod(os.path.join(self.folder, "robot.secret"), 0o600)
        self.traps()

    def site(self, cameras=None, **more):
        text = village.SITE if cameras is None else village.site(cameras)
        return text + "".join(f"{key}: {value}\n" for key, value in more.items()) + (
            "messages:\n  channels:\n"
            "    - {id: robot, kind: dingtalk, address: 'env:ROBOT', secret: 'file:robot.secret', mergeMinutes: 0}\n"
            "    - {id: mail, kind: smtp, server: 'smtps://127.0.0.1:9', from: a@example.org, to: [b@example.org],"
            " secret: 'file:robot.secret', mergeMinutes: 0}\n"
            "    - {id: radio, kind: files, folder: outbox, mergeMinutes: 0}\n")

    def traps(self):
        """Links out of the archive as pictures, folders, sidecars, the reference; names with `..` and control characters."""
        east = os.path.join(self.folder, "archive", "east", "2024", "05")
        first = sorted(os.listdir(east))[0]
        links = {
            "east_2024_05_20_100000.png": "secret.png", "out": "pictures", "east_2024_05_20_110000.png": "victim",
            first.replace(".png", ".meta"): "victim", first + ".meta": "secret.png", "deep": "..", "reference.png": "secret.png",
        }
        for name, target in links.items():
            os.symlink(os.path.join(self.outside, target), os.path.join(east, name))
        os.symlink("../" * 12 + self.outside.lstrip("/") + "/secret.png", os.path.join(east, "east_2024_05_22_100000.png"))
        os.symlink("/etc", os.path.join(east, "etc"))
        os.symlink("/proc/self/root" + self.outside, os.path.join(east, "root"))
        for name in ("..%2f..%2fx.png", "a\nb.png", "\x1b[31m.png", "-rf.png", "..png", "east_2024_05_23_100000.png;rm -rf"):
            village.write(os.path.join(east, name), self.scene.picture(3))
        # Where the program's own files will be, somebody was before.
        os.symlink(os.path.join(self.outside, "victim"), os.path.join(self.out, ".flags.csv.tmp"))

    def allowed(self, touch, outputs):
        path = touch.path
        own = [os.path.join(self.folder, name) for name in ("plotwatch.sqlite", "plotwatch.evidence", "outbox")] + outputs
        if any(path == place or path.startswith((place + "/", place + "-", place + ".")) for place in own):
            return True
        if re.fullmatch(re.escape(self.folder) + r"/(plotwatch-[-0-9A-F]+\.eml|\.plotwatch-[-0-9A-F]+\.eml\.part|etilqs_[0-9a-f]+)", path):
            return True
        # A temporary file stands beside what it will be.
        if any(os.path.dirname(path) == os.path.dirname(place) and os.path.basename(place) in path for place in outputs):
            return True
        if path in ("/dev/null", "/dev/tty"):
            return True
        if touch.writes:
            return False
        readable = (self.folder, self.bench.models, os.path.dirname(self.bench.program))
        parents = {self.work, "/", "/tmp", os.path.dirname(self.work), self.out, self.home}
        return path in parents or path.startswith(SYSTEM) or any(path == place or path.startswith(place + "/") for place in readable)

    def run(self, words, outputs=(), site=None, serve=None):
        """(touches, those that must not be, exit status, all that was said)."""
        village.write(os.path.join(self.folder, "site.yaml"), (site or self.site()).encode())
        traces = tempfile.mkdtemp(prefix="trace-", dir=self.work)
        environment = {
            "PATH": os.environ["PATH"], "HOME": self.home, "LC_ALL": "C.UTF-8", "PLOTWATCH_MODELS": self.bench.models,
            "ROBOT": "https://127.0.0.1:9/send?access_token=" + CANARIES["the environment"].decode(), "SWIFT_BACKTRACE": "enable=no"}
        trace = ",".join("?" + call for call in CALLS)
        program = ["strace", "-ff", "-qq", "-y", "-s", "4096", "-e", f"trace={trace}", "-e", "signal=none", "-o", traces + "/t"]
        process = subprocess.Popen(
            [*program, self.bench.program, *words], env=environment, cwd=self.work, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            start_new_session=True)
        try:
            if serve:
                serve(process)
            said = process.communicate(timeout=SECONDS)[0]
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            said = process.communicate()[0] + b"(did not end)"
        found = touches(traces, self.work)
        shutil.rmtree(traces)
        outputs = [os.path.join(self.work, name) for name in outputs]
        return found, [t for t in found if not self.allowed(t, outputs)], process.returncode, said


def visit(folder, port):
    """Asks the review page for files by every spelling of `..`, and for each of its pages."""
    def serve(process):
        until = time.monotonic() + 60
        while time.monotonic() < until and process.poll() is None:
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                break
            except OSError:
                time.sleep(0.1)
        target = folder.lstrip("/") + "/secret.png"
        paths = ["/", "/health", "/cameras", "/plots/p1", "/cases", "/flags/east-1", "/login", "/help"]
        for up in ("..", "%2e%2e", "..%2f", "%2e%2e%2f", "..\\", "....//", "%252e%252e"):
            for base in ("/", "/assets/", "/pictures/", "/flags/", "/plots/", "/cases/"):
                paths.append(base + "/".join([up] * 9) + "/" + target)
        paths += ["//" + target, "/pictures//" + target, "/pictures/1/../../" + target, "/assets/%00" + target]
        for path in paths:
            try:
                connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
                connection.putrequest("GET", path, skip_host=True)
                connection.putheader("Host", f"127.0.0.1:{port}")
                connection.endheaders()
                body = connection.getresponse().read()
                VISITS.append((path, any(word in body for word in CANARIES.values())))
                connection.close()
            except (OSError, http.client.HTTPException):
                VISITS.append((path, False))
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGTERM)
    return serve


VISITS = []


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


def commands(place):
    """(what, words, outputs, site file, serve)."""
    v = place.folder
    yield "run", ["run", v, "--progress", "none", "--metrics", "out/metrics.prom"], ["out/metrics.prom"], None, None
    yield "run again", ["run", v, "--progress", "json"], [], None, None
    for words in (["check", v], ["check", v, "--models"], ["flags", v], ["inspect", v, "p1"], ["advice", v], ["store", v, "check"],
                  ["store", v, "vacuum"], ["case", "open", v, "--flag", "east-1", "--by", "x"], ["decide", v, "east-1", "--confirm", "--by", "x"],
                  ["case", "list", v], ["push", v, "--dry-run"], ["push", v]):
        yield " ".join(w for w in words if w != v), words, [], None, None
    yield "readings", ["readings", v, "--out", "out/readings.csv"], ["out/readings.csv"], None, None
    yield "report", ["report", v, "--out", "out/report"], ["out/report"], None, None
    yield "summary", ["summary", v, "--since", "2024-05-01", "--until", "2024-06-01", "--out", "out/summary"], ["out/summary"], None, None
    yield "worklist", ["case", "worklist", v, "--out", "out/lists"], ["out/lists"], None, None
    yield "backup", ["store", v, "backup", "--out", "out/copy.sqlite"], ["out/copy.sqlite"], None, None
    yield "evidence", ["evidence", v, "east-1", "--out", "out/e.zip", "--by", "x"], ["out/e.zip"], None, None
    yield "verify", ["verify", "out/e.zip", "--site", v], ["out/e.zip"], None, None
    yield "composite", ["composite", v, "--camera", "east", "--out", "out/c.png"], ["out/c.png"], None, None
    port = free_port()
    yield "review", ["review", v, "--port", str(port)], [], None, visit(place.outside, port)
    outside = place.outside
    up = "../" * 8 + outside.lstrip("/")
    for what, camera in (
            ("files: /…", f'{{id: east, files: "{outside}/*.png"}}'), ("files: ..", f'{{id: east, files: "{up}/*.png"}}'),
            ("files: a/../..", f'{{id: east, files: "east/../../../outside/*.png"}}'),
            ("reference: ..", f'{{id: east, files: "east/**/*.png", reference: "{up}/secret.png"}}'),
            ("reference: /…", f'{{id: east, files: "east/**/*.png", reference: "{outside}/secret.png"}}'),
            ("reference: a link out", '{id: east, files: "east/**/*.png", reference: "east/2024/05/reference.png"}'),
            ("files: through a link", '{id: east, files: "east/2024/05/{out,root}/*.png"}'),
            ("files: all links", '{id: east, files: "**/*"}')):
        yield f"run, {what}", ["run", v, "--progress", "none"], [], place.site(f"  - {camera}\n"), None


def rows(program, models):
    """One row for each kind of promise, and what broke."""
    if not shutil.which("strace"):
        return [], ["strace is not installed"]
    wrong, opened, tried, said_bytes = [], 0, 0, 0
    VISITS.clear()
    with tempfile.TemporaryDirectory(prefix="plotwatch-reach-", ignore_cleanup_errors=True) as work:
        work = os.path.realpath(work)
        place = Place(type("Bench", (), {"program": os.path.realpath(program), "models": os.path.realpath(models)}), work)
        before = contents(place.outside), contents(os.path.join(place.folder, "archive"))
        for what, words, outputs, site, serve in commands(place):
            found, bad, status, said = place.run(words, outputs, site, serve)
            tried += 1
            opened += len(found)
            said_bytes += len(said)
            # Pictures that cannot be used are there; of the site files that lead outside some are refused.
            if status not in {"run": (0, 3), "check": (0, 3), "review": (0, 130), "push": (0, 1)}.get(words[0], (0,)) + (2,) * bool(site) or not found:
                wrong.append(f"{what}: status {status}: {said[-300:]!r}")
            for touch in bad[:3]:
                wrong.append(f"{what}: {touch.call[:300]}")
            for name, canary in CANARIES.items():
                if canary in said:
                    wrong.append(f"{what}: tells what stands in {name}")
        if (contents(place.outside), contents(os.path.join(place.folder, "archive"))) != before:
            wrong.append("a file outside, or of the archive, was changed")
        written, leaks = leaked(place)
        wrong += leaks
        wrong += [f"the page gave away {path}" for path, gave in VISITS if gave]
        if len(VISITS) < 40:
            wrong.append(f"the page was asked for {len(VISITS)} addresses only")
    return [
        ["No file outside archive, store, models and output is opened, made, renamed or removed", f"{tried} commands under strace",
         f"{opened:,} paths", str(len([w for w in wrong if "tells" not in w and "gave" not in w]))],
        ["No address of the review page gives away a file", f"{len(VISITS)} addresses with `..` in every spelling", f"{len(VISITS)}",
         str(len([w for w in wrong if "gave" in w]))],
        ["A secret stands in no output, no message, no log, not in the store", f"3 secrets, {tried} commands",
         f"{said_bytes + written:,} bytes", str(len([w for w in wrong if "tells" in w]))],
    ], wrong


def contents(folder):
    found = {}
    for at, folders, names in os.walk(folder):
        for name in names + folders:
            path = os.path.join(at, name)
            if os.path.islink(path):
                found[path] = os.readlink(path)
            elif os.path.isfile(path):
                with open(path, "rb") as file:
                    found[path] = file.read()
    return found


def leaked(place):
    """(bytes looked at, sentences) of what the program has written."""
    count, told = 0, []
    keep = {os.path.join(place.folder, "robot.secret")}
    for folder in (place.folder, place.out, place.home):
        for path, body in contents(folder).items():
            if isinstance(body, str) or path in keep or path.startswith(os.path.join(place.folder, "archive")):
                continue
            count += len(body)
            told += [f"{path}: tells what stands in {name}" for name, canary in CANARIES.items() if canary in body]
    return count, told

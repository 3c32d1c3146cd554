"""Time and memory of one run of a program.

The kernel counts the memory of the process that starts a program as the program's own, so that a small one must start it: this file
is also that small one.
"""
import os
import subprocess
import sys
import tempfile
import time


class Measured:
    """Status, seconds (of the processor and of the clock), megabytes at their most, and what was said."""

    def __init__(self, program, models, words):
        environment = dict(os.environ, PLOTWATCH_MODELS=models, SWIFT_BACKTRACE="enable=no")
        with tempfile.TemporaryFile() as out, tempfile.TemporaryFile("w+") as told:
            subprocess.run(
                [sys.executable, "-S", "-E", __file__, str(told.fileno()), program, *words], env=environment, stdout=out,
                stderr=subprocess.STDOUT, pass_fds=[told.fileno()], check=True)
            out.seek(0)
            self.out = out.read().decode(errors="replace")
            told.seek(0)
            self.status, self.wall, self.processor, self.megabytes = (float(word) for word in told.read().split())
        self.status = int(self.status)


def main():
    began = time.monotonic()
    child = os.posix_spawn(sys.argv[2], sys.argv[2:], os.environ)
    _, status, usage = os.wait4(child, 0)
    words = (os.waitstatus_to_exitcode(status), time.monotonic() - began, usage.ru_utime + usage.ru_stime,
             usage.ru_maxrss / 1024)
    os.write(int(sys.argv[1]), " ".join(map(str, words)).encode())


if __name__ == "__main__":
    main()

"""What a disk holds after the power failed: everything up to each file's last sync, of the rest any part.

Reads the log that shim.c writes. Names (creating, renaming, removing) are taken to be kept in order, as journalling file systems
do; bytes that were not synced are kept or lost write by write, and torn at sectors.
"""
import os
import random
import struct

HEAD = struct.Struct("<BiqI")
SECTOR = 512


def records(path):
    """(operation, file, offset, bytes) in order."""
    found = []
    with open(path, "rb") as file:
        body = file.read()
    place = 0
    while place + HEAD.size <= len(body):
        operation, name, offset, length = HEAD.unpack_from(body, place)
        place += HEAD.size
        found.append((chr(operation), name, offset, body[place:place + length]))
        place += length
    return found


class _File:
    def __init__(self):
        self.pending = []
        self.body = bytearray()

    def apply(self, operation, offset, data):
        if operation == "C":
            if offset < len(self.body):
                del self.body[offset:]
            else:
                self.body.extend(bytes(offset - len(self.body)))
            return
        end = offset + len(data)
        if end > len(self.body):
            self.body.extend(bytes(end - len(self.body)))
        self.body[offset:end] = data

    def settle(self):
        for change in self.pending:
            self.apply(*change)
        self.pending = []

    def fail(self, chance):
        """The power fails: of what was not synced, any part is there."""
        for operation, offset, data in self.pending:
            drawn = chance.random()
            if drawn < 0.4:
                continue
            if drawn < 0.6 and operation == "W" and len(data) > SECTOR:
                data = data[:SECTOR * chance.randrange(1, len(data) // SECTOR + 1)]
            self.apply(operation, offset, data)
        self.pending = []


def disk_after(log, cut, seed):
    """(path → bytes, captures that the run had told as done before) when the power fails after `cut` records."""
    chance = random.Random(seed)
    names, files, told = {}, {}, 0
    for operation, name, offset, data in log[:cut]:
        if operation in "OT":
            path = os.fsdecode(data)
            file = files.setdefault(path, _File())
            names[name] = file
            if operation == "T":
                file.pending.append(("C", 0, b""))
        elif operation in "WC" and name in names:
            names[name].pending.append((operation, offset, data))
        elif operation == "S" and name in names:
            names[name].settle()
        elif operation == "R":
            source, target = (os.fsdecode(part) for part in data.split(b"\0"))
            if source in files:
                files[target] = files.pop(source)
        elif operation == "U":
            files.pop(os.fsdecode(data), None)
        elif operation == "E":
            told += data.count(b'"event":"captureDone"')
    for file in files.values():
        file.fail(chance)
    return {path: bytes(file.body) for path, file in files.items() if not path.endswith("-shm")}, told

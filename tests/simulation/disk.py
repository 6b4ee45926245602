"""
A disk in memory that forgets what was not synced, in every way that a real one may.

What a program wrote lies in the cache, where every program sees it; only a sync takes it to the
platter.  When the power goes, each sector that was not synced is by lot as it was before, as it was
to be, zeros or noise; a directory may have lost a new name, or kept one that was removed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

if TYPE_CHECKING:
    from random import Random

__all__ = ["Disk", "DiskFailedError", "DiskFile", "DiskFullError"]

SECTOR = 512
LARGEST = 2**24
"""No file grows by more bytes than these at once."""


class DiskFailedError(OSError):
    """
    The power is gone, or the process was killed: nothing more is read or written in this life.
    """


class DiskFullError(OSError):
    """
    There is no room left.
    """


@attrs.define(eq=False)
class DiskFile:
    """
    One file.

    Attributes:
        data: As programs see it.
        safe: As it is on the platter.
        loose: Since the last sync: where and what was written; ``None`` for a cut to that length.
        locks: By handle: the level that it holds.
    """

    data: bytearray = attrs.field(factory=bytearray)
    safe: bytes = b""
    loose: list[tuple[int, bytes | None]] = attrs.field(factory=list)
    locks: dict[object, int] = attrs.field(factory=dict)

    def put(self, offset: int, data: bytes) -> None:
        """
        Write into the cache.
        """
        _put(self.data, offset, data)
        self.loose.append((offset, data))

    def cut(self, size: int) -> None:
        """
        Cut, in the cache.
        """
        del self.data[size:]
        self.loose.append((size, None))

    def sync(self) -> None:
        """
        Take all to the platter.
        """
        if self.loose:
            self.safe, self.loose = bytes(self.data), []

    def after_power_loss(self, lot: Random) -> bytes:
        """
        Give what is left of it, by lot.
        """
        left, mood = bytearray(self.safe), lot.random()
        for offset, data in self.loose:
            if mood < 0.25:
                continue
            if data is None:
                if lot.random() < 0.5:
                    del left[offset:]
                continue
            _put_by_lot(left, offset, data, lot, kept=0.9 if mood < 0.6 else 0.4)
        return bytes(left)


def _put(held: bytearray, offset: int, data: bytes) -> None:
    if len(held) < offset:
        held.extend(bytes(offset - len(held)))
    held[offset : offset + len(data)] = data


def _put_by_lot(held: bytearray, offset: int, data: bytes, lot: Random, *, kept: float) -> None:
    # Sector by sector, since a disk writes whole sectors in an order of its own; a sector may tear.
    at = 0
    while at < len(data):
        size = min(len(data) - at, SECTOR - (offset + at) % SECTOR)
        piece, fate = data[at : at + size], lot.random()
        if fate < kept:
            _put(held, offset + at, piece)
        elif fate < kept + (1 - kept) / 4:
            _put(held, offset + at, bytes(size))
        elif fate < kept + (1 - kept) / 2:
            _put(held, offset + at, lot.randbytes(size))
        elif fate < kept + (1 - kept) * 3 / 4:
            _put(held, offset + at, piece[: lot.randrange(size + 1)])
        at += size


class Disk:
    """
    Files by name, and when it is to fail.

    Attributes:
        lot: Decides what a power loss leaves.
        files: The directory as programs see it.
        named: The directory on the platter.
        steps: How many changing operations there were in this life.
        fails_at: At which of them it fails; ``None`` for never.
        loses_power: Whether it fails by power loss; else the process is killed and the cache stays.
        room: How many bytes may still be added; ``None`` for plenty.
    """

    def __init__(self, lot: Random) -> None:
        """
        Begin empty.
        """
        self.lot = lot
        self.files: dict[str, DiskFile] = {}
        self.named: dict[str, DiskFile] = {}
        self.steps = 0
        self.fails_at: int | None = None
        self.loses_power = True
        self.room: int | None = None
        self.failed = False

    @classmethod
    def holding(cls, image: dict[str, bytes], lot: Random) -> Disk:
        """
        Begin with files that are safe.
        """
        disk = cls(lot)
        disk.files = {name: DiskFile(bytearray(data), data) for name, data in image.items()}
        disk.named = dict(disk.files)
        return disk

    def image(self) -> dict[str, bytes]:
        """
        Give every file as programs see it.
        """
        return {name: bytes(file.data) for name, file in self.files.items()}

    def check(self) -> None:
        """
        Refuse everything once it failed.
        """
        if self.failed:
            raise DiskFailedError

    def step(self) -> None:
        """
        Count a changing operation that has just reached the cache, and fail if it was the last.
        """
        self.steps += 1
        if self.fails_at is not None and self.steps >= self.fails_at:
            self.failed = True
            raise DiskFailedError

    def write(self, file: DiskFile, offset: int, data: bytes) -> None:
        """
        Write, if there is room.
        """
        self.check()
        more = offset + len(data) - len(file.data)
        if more > LARGEST:
            # What a damaged journal says may be anything.
            raise DiskFullError
        if self.room is not None and more > 0:
            if more > self.room:
                raise DiskFullError
            self.room -= more
        file.put(offset, data)
        self.step()

    def cut(self, file: DiskFile, size: int) -> None:
        """
        Cut a file.
        """
        self.check()
        file.cut(size)
        self.step()

    def sync(self, file: DiskFile) -> None:
        """
        Sync a file; a failure comes before it did anything.
        """
        self.check()
        self.step()
        file.sync()

    def sync_names(self) -> None:
        """
        Sync the directory.
        """
        self.named = dict(self.files)

    def remove(self, name: str, *, sync: bool) -> None:
        """
        Remove a name.
        """
        self.check()
        del self.files[name]
        self.step()
        if sync:
            self.sync_names()

    def next_life(self) -> None:
        """
        Come up again, with what the failure left.
        """
        files = self.files
        if self.loses_power:
            files = {}
            for name in sorted(self.files.keys() | self.named.keys()):
                seen, kept = self.files.get(name), self.named.get(name)
                file = seen if seen is kept or self.lot.random() < 0.5 else kept
                if file is not None:
                    left = file.after_power_loss(self.lot)
                    files[name] = DiskFile(bytearray(left), left)
            self.named = dict(files)
        for file in files.values():
            file.locks.clear()
        self.files = files
        self.steps, self.fails_at, self.failed, self.room = 0, None, False, None

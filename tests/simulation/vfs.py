"""
SQLite's file system on a simulated disk, by APSW.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import apsw

from .disk import Disk, DiskFailedError, DiskFile, DiskFullError

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["SimulatedFiles", "files"]

_SHARED, _RESERVED, _PENDING, _EXCLUSIVE = 1, 2, 3, 4


def _telling(action: Callable[..., Any]) -> Callable[..., Any]:
    # What the disk says, in SQLite's words.
    def told(*args: Any) -> Any:
        try:
            return action(*args)
        except DiskFullError:
            raise apsw.FullError from None
        except DiskFailedError:
            raise apsw.IOError from None

    return told


class _Handle:
    """
    An open file, as SQLite wants it.
    """

    def __init__(self, disk: Disk, name: str, *, removed_at_close: bool, syncs_name: bool) -> None:
        self.disk, self.name, self.removed = disk, name, removed_at_close
        self.syncs_name = syncs_name
        self.file = disk.files[name]

    def _others(self) -> int:
        return max((n for who, n in self.file.locks.items() if who is not self), default=0)

    @_telling
    def xRead(self, amount: int, offset: int) -> bytes:
        self.disk.check()
        return bytes(self.file.data[offset : offset + amount])

    @_telling
    def xWrite(self, data: bytes, offset: int) -> None:
        self.disk.write(self.file, offset, bytes(data))

    @_telling
    def xTruncate(self, size: int) -> None:
        self.disk.cut(self.file, size)

    @_telling
    def xSync(self, _flags: int) -> None:
        self.disk.sync(self.file)
        if self.syncs_name:
            # As SQLite's own files do for a journal that is new, and for nothing else.
            self.disk.sync_names()
            self.syncs_name = False

    def xFileSize(self) -> int:
        return len(self.file.data)

    def xLock(self, level: int) -> None:
        others, locks = self._others(), self.file.locks
        if (
            (level == _SHARED and others >= _PENDING)
            or (level == _RESERVED and others >= _RESERVED)
            or (level == _EXCLUSIVE and others >= _SHARED)
        ):
            raise apsw.BusyError
        locks[self] = max(level, locks.get(self, 0))

    def xUnlock(self, level: int) -> None:
        self.file.locks[self] = level

    def xCheckReservedLock(self) -> bool:
        return max(self.file.locks.values(), default=0) >= _RESERVED

    def xFileControl(self, _op: int, _pointer: int) -> bool:
        return False

    def xSectorSize(self) -> int:
        return 4096

    def xDeviceCharacteristics(self) -> int:
        # What SQLite's own files say of every disk: a write harms nothing beside it.
        return int(apsw.SQLITE_IOCAP_POWERSAFE_OVERWRITE)

    def xClose(self) -> None:
        self.file.locks.pop(self, None)
        if self.removed:
            self.disk.files.pop(self.name, None)


class SimulatedFiles(apsw.VFS):
    """
    The files of whichever disk is in.
    """

    name = "rectiflow-simulation"

    def __init__(self) -> None:
        """
        Register with SQLite.
        """
        super().__init__(self.name, "")
        self.disk: Disk

    @_telling
    def xOpen(self, name: Any, flags: list[int]) -> Any:
        disk, wanted = self.disk, flags[0]
        disk.check()
        temporary = bool(wanted & apsw.SQLITE_OPEN_DELETEONCLOSE)
        text = f"temporary-{id(flags)}" if name is None else _base(name)
        journal = bool(wanted & (apsw.SQLITE_OPEN_MAIN_JOURNAL | apsw.SQLITE_OPEN_WAL))
        new = text not in disk.files
        if new:
            if not wanted & apsw.SQLITE_OPEN_CREATE:
                raise apsw.CantOpenError
            disk.files[text] = DiskFile()
        flags[1] = wanted
        return _Handle(disk, text, removed_at_close=temporary, syncs_name=new and journal)

    @_telling
    def xDelete(self, name: str, syncdir: bool) -> None:  # noqa: FBT001 -- SQLite's own form
        self.disk.check()
        if _base(name) not in self.disk.files:
            told = apsw.IOError()
            told.extendedresult = apsw.SQLITE_IOERR_DELETE_NOENT  # type: ignore[attr-defined]  # as APSW documents
            raise told
        self.disk.remove(_base(name), sync=syncdir)

    @_telling
    def xAccess(self, name: str, _flags: int) -> bool:
        self.disk.check()
        return _base(name) in self.disk.files

    def xFullPathname(self, name: str) -> str:
        return "/" + _base(name)

    def xSleep(self, microseconds: int) -> int:
        return microseconds

    def xRandomness(self, size: int) -> bytes:
        return bytes(size)


def _base(name: Any) -> str:
    text = name if isinstance(name, str) else name.filename()
    return str(text).rpartition("/")[2]


_registered: list[SimulatedFiles] = []


def files() -> SimulatedFiles:
    """
    Give the one file system of this process.
    """
    if not _registered:
        _registered.append(SimulatedFiles())
    return _registered[0]

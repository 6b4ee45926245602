"""
Standard output and error as they are found: of any encoding, and closed by the reader at any time.
"""

from __future__ import annotations

import io
import os
import sys
from contextlib import suppress
from typing import IO

__all__ = ["drop_output", "never_fail_to_encode", "write_data"]


def never_fail_to_encode() -> None:
    r"""
    Have characters that a stream cannot hold written as ``\u6574``.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def write_data(file: IO[str], text: str) -> None:
    """
    Write what a program reads: neither wrapped nor styled, and UTF-8 unless it is a terminal.
    """
    if isinstance(file, io.TextIOWrapper) and not file.isatty():
        file.reconfigure(encoding="utf-8", errors="backslashreplace")
    file.write(text)


def drop_output() -> None:
    """
    Let what is still to be written go nowhere, so that Python does not fail on it at its end.
    """
    with suppress(io.UnsupportedOperation):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)

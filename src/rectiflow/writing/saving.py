"""
Files put where they belong whole or not at all.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import IO
from uuid import uuid4

__all__ = ["save", "save_text"]


def save(content: bytes, target: str | os.PathLike[str] | IO[bytes]) -> None:
    """
    Put a whole file where it belongs, so that no half of it is ever seen there.

    Raises:
        OSError: If it cannot be written; what was at the path before is still there.
    """
    if not isinstance(target, (str, os.PathLike)):
        target.write(content)
        return
    # A link is followed: os.replace would put the file in the link's own place.
    path = Path(target).resolve()
    beside = path.with_name(f".{uuid4().hex}.tmp")
    try:
        with beside.open("xb") as file:
            file.write(content)
        beside.replace(path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


def save_text(text: str, target: str | os.PathLike[str]) -> None:
    """
    Put a whole text where it belongs, as UTF-8.

    Raises:
        OSError: If it cannot be written; what was at the path before is still there.
    """
    save(text.encode("utf-8"), target)

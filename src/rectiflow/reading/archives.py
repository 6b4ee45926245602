"""
A safe look into a zip: what it says it holds is checked before anything is unpacked.

Nothing is ever written to disk, and each member is unpacked a piece at a time, since the
sizes in its headers may lie.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections import Counter
from typing import TYPE_CHECKING

import attrs

from rectiflow.problems import BadDocumentError

from .bounds import MOST_MEMBERS, MOST_PART_BYTES, MOST_RATIO, MOST_UNPACKED_BYTES, refusal

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Archive", "opened"]

_PIECE = 65_536
_BIG = 10_000_000
_MB = 1_000_000
_IS_ENCRYPTED = 0x1
# What zipfile raises at headers that lead nowhere; a password in only one of two is a
# RuntimeError, an offset before the beginning a ValueError.
_DAMAGES = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    OverflowError,
    RuntimeError,
    ValueError,
)
# The XML that office programs read; a drawing (SVG) inside may well have a DOCTYPE.
_XML = re.compile(r"\.(?:xml|rels|vml)$", re.IGNORECASE)
# Both in UTF-8 and in either UTF-16, where every other byte is a zero.
_DTD = re.compile(
    rb"<\x00?!\x00?(?:D\x00?O\x00?C\x00?T\x00?Y\x00?P|E\x00?N\x00?T\x00?I\x00?T\x00?Y)"
)


@attrs.frozen
class Archive:
    """
    An archive whose list of members has been checked.

    Attributes:
        document: Its file name, for errors.
        members: Name to member.
    """

    document: str
    members: dict[str, zipfile.ZipInfo]
    _file: zipfile.ZipFile

    def __contains__(self, name: object) -> bool:
        """
        Say whether there is a member of this name, whose case counts.
        """
        return name in self.members

    def pieces(self, name: str) -> Iterator[bytes]:
        """
        Unpack a member piece by piece.

        Raises:
            BadDocumentError: If it is missing, damaged, locked, or larger than a part may be.
        """
        if name not in self.members:
            raise refusal(self.document, name, "problem.missing-part")
        if self.members[name].file_size > MOST_PART_BYTES:
            raise _too_large(self.document, name)
        unpacked = 0
        try:
            with self._file.open(self.members[name]) as member:
                while piece := member.read(_PIECE):
                    unpacked += len(piece)
                    if unpacked > MOST_PART_BYTES:
                        raise _too_large(self.document, name)
                    yield piece
        except BadDocumentError:
            raise
        except _DAMAGES as error:
            raise _damaged(self.document, name, error) from None

    def beginning(self, name: str) -> bytes:
        """
        Unpack the first 64 KiB of a member.

        Raises:
            BadDocumentError: As :meth:`pieces` does.
        """
        return next(self.pieces(name), b"")


def opened(content: bytes, document: str) -> Archive:
    """
    Open a zip after checking what its directory says.

    Raises:
        BadDocumentError: If it is damaged, locked, a zip bomb, or made to mislead: names given
            twice or leading outside, or XML with definitions of its own (a DTD).
    """
    # The directory is read into memory whole, so it is measured first.
    if content.count(b"PK\x01\x02") > MOST_MEMBERS:
        raise refusal(document, "", "problem.zip-members", most=MOST_MEMBERS)
    try:
        file = zipfile.ZipFile(io.BytesIO(content))
    except _DAMAGES as error:
        raise _damaged(document, "", error) from None
    members = file.infolist()
    _check_names(members, document)
    _check_sizes(members, document)
    _check_packing(members, document)
    archive = Archive(document, {member.filename: member for member in members}, file)
    _check_definitions(archive)
    return archive


def _check_names(members: list[zipfile.ZipInfo], document: str) -> None:
    # Office programs do not tell small letters from capitals.
    times = Counter(member.filename.lower() for member in members)
    for member in members:
        name = member.filename
        if times[name.lower()] > 1:
            raise refusal(document, name, "problem.zip-name-twice")
        if name.startswith(("/", "\\")) or ".." in re.split(r"[/\\]", name) or ":" in name:
            raise refusal(document, "", "problem.zip-name", name)


def _check_sizes(members: list[zipfile.ZipInfo], document: str) -> None:
    if sum(member.file_size for member in members) > MOST_UNPACKED_BYTES:
        raise refusal(document, "", "problem.zip-bomb")
    for member in members:
        if member.file_size > max(_BIG, MOST_RATIO * member.compress_size):
            raise refusal(document, member.filename, "problem.zip-bomb")


def _check_packing(members: list[zipfile.ZipInfo], document: str) -> None:
    for member in members:
        if member.flag_bits & _IS_ENCRYPTED:
            raise refusal(document, member.filename, "problem.locked")
        if member.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
            raise refusal(document, member.filename, "problem.damaged", None, why="packing")


def _check_definitions(archive: Archive) -> None:
    # A DTD can only stand at the beginning; of the parts that are read, the XML parser
    # refuses it wherever it is.
    for name in archive.members:
        if _XML.search(name) and _DTD.search(archive.beginning(name)):
            raise refusal(archive.document, name, "problem.dtd")


def _too_large(document: str, name: str) -> BadDocumentError:
    return refusal(document, name, "problem.part-too-large", megabytes=MOST_PART_BYTES // _MB)


def _damaged(document: str, name: str, error: Exception) -> BadDocumentError:
    return refusal(document, name, "problem.damaged", None, why=str(error))

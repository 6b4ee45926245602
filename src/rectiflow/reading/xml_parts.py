"""
The XML inside office files, read as a stream: no tree, no entities, no network.

expat tells of a DTD as soon as it begins, so that nothing it defines is ever used.
"""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING, Protocol
from xml.parsers import expat

from rectiflow.problems import BadDocumentError

from .bounds import MOST_CHARACTERS, MOST_DEPTH, MOST_ELEMENTS, refusal

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from .archives import Archive

__all__ = ["Listener", "main_part", "read_part", "relations", "text_of"]

# Word and Excel files are written in either of two dialects; both read the same here.
_NAMESPACES = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "w:",
    "http://purl.oclc.org/ooxml/wordprocessingml/main": "w:",
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main": "x:",
    "http://purl.oclc.org/ooxml/spreadsheetml/main": "x:",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships": "r:",
    "http://purl.oclc.org/ooxml/officeDocument/relationships": "r:",
    "http://schemas.openxmlformats.org/package/2006/relationships": "rel:",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc:",
    "urn:rectiflow:list": "rectiflow:",
    "": "",
}
_LONGEST_TAG = 500_000
_MOST_NAMES = 5_000


class Listener(Protocol):
    """
    What follows the events of a part.
    """

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """
        Hear of an element's beginning; names are short, e.g. ``"w:tc"``, ``"?:x"`` if unknown.
        """

    def end(self, name: str) -> None:
        """
        Hear of an element's end.
        """

    def text(self, text: str) -> None:
        """
        Hear of text.
        """


class _Stream:
    def __init__(self, part: str, document: str, listener: Listener) -> None:
        self._part = part
        self._document = document
        self._hear_start, self._hear_end = listener.start, listener.end
        self._hear_text = listener.text
        self._names: dict[str, str] = {}
        self._interned: dict[str, str] = {}
        self._elements = 0
        self._characters = 0
        self._depth = 0
        parser = expat.ParserCreate(None, " ", self._interned)
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.StartDoctypeDeclHandler = self._doctype
        self._parser = parser

    def read(self, pieces: Iterable[bytes]) -> None:
        fed = 0
        try:
            for piece in pieces:
                self._parser.Parse(piece, False)  # noqa: FBT003 -- expat takes no keyword
                fed += len(piece)
                if fed - self._parser.CurrentByteIndex > _LONGEST_TAG:
                    raise self._too_large
                if len(self._interned) > _MOST_NAMES:
                    raise self._too_large
            self._parser.Parse(b"", True)  # noqa: FBT003 -- as above
        except expat.ExpatError as error:
            why = expat.ErrorString(error.code)
            raise self._refusal("problem.xml", why=why) from None
        except BadDocumentError:
            raise
        except (LookupError, ValueError) as error:
            # An encoding that expat does not know and Python cannot lend it.
            raise self._refusal("problem.xml", why=str(error)) from None

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._elements += 1
        self._depth += 1
        if self._elements > MOST_ELEMENTS:
            raise self._too_large
        if self._depth > MOST_DEPTH:
            raise self._refusal("problem.nested-too-deep")
        names = self._names
        if attributes:
            attributes = {names.get(key) or self._short(key): attributes[key] for key in attributes}
        self._hear_start(names.get(name) or self._short(name), attributes)

    def _end(self, name: str) -> None:
        self._depth -= 1
        self._hear_end(self._names[name])

    def _text(self, text: str) -> None:
        self._characters += len(text)
        if self._characters > MOST_CHARACTERS:
            raise self._too_large
        self._hear_text(text)

    def _short(self, name: str) -> str:
        namespace, _, local = name.rpartition(" ")
        self._names[name] = short = _NAMESPACES.get(namespace, "?:") + local
        return short

    def _doctype(self, *_: object) -> None:
        raise self._refusal("problem.dtd")

    @property
    def _too_large(self) -> BadDocumentError:
        return self._refusal("problem.xml-too-large")

    def _refusal(self, code: str, **facts: object) -> BadDocumentError:
        place = f"{self._part}, line {self._parser.CurrentLineNumber}"
        return refusal(self._document, place, code, **facts)


def read_part(archive: Archive, name: str, listener: Listener) -> None:
    """
    Tell *listener* what stands in an XML part.

    Raises:
        BadDocumentError: If the part is missing, damaged, no XML, has a DTD, or is larger or
            deeper than a part may be.
    """
    _Stream(name, archive.document, listener).read(archive.pieces(name))


class _Text:
    def __init__(self) -> None:
        self.found: list[str] = []

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        pass

    def end(self, name: str) -> None:
        pass

    def text(self, text: str) -> None:
        self.found.append(text)


def text_of(archive: Archive, name: str) -> str:
    """
    Give all the text of an XML part.

    Raises:
        BadDocumentError: As :func:`read_part` does.
    """
    listener = _Text()
    read_part(archive, name, listener)
    return "".join(listener.found)


class _Relations:
    def __init__(self, folder: str) -> None:
        self._folder = folder
        self.found: dict[str, tuple[str, str]] = {}

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        # What lies outside the file is never fetched.
        if name != "rel:Relationship" or attributes.get("TargetMode") == "External":
            return
        target = posixpath.normpath(posixpath.join(self._folder, attributes.get("Target", "")))
        kind = attributes.get("Type", "").rpartition("/")[2]
        self.found[attributes.get("Id", "")] = (kind, target.lstrip("/"))

    def end(self, name: str) -> None:
        pass

    def text(self, text: str) -> None:
        pass


def relations(archive: Archive, part: str) -> dict[str, tuple[str, str]]:
    """
    Give what a part refers to inside the archive: id to the last word of its kind and its name.

    Args:
        archive: Where to look.
        part: The part's name; empty for the archive as a whole.

    Raises:
        BadDocumentError: If the part that says so cannot be read; it may be missing.
    """
    folder, _, base = part.rpartition("/")
    name = posixpath.join(folder, "_rels", f"{base}.rels")
    listener = _Relations(f"/{folder}")
    if name in archive:
        read_part(archive, name, listener)
    return listener.found


def main_part(archive: Archive) -> str:
    """
    Give the name of the part that holds the document itself.

    Raises:
        BadDocumentError: If the archive does not say, or has no such part.
    """
    for kind, name in relations(archive, "").values():
        if kind == "officeDocument" and name in archive:
            return name
    raise refusal(archive.document, "_rels/.rels", "problem.missing-part")

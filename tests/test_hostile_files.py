"""
No file takes more than two seconds or 200 MB, and none ends in anything but our own errors.
"""

from __future__ import annotations

import io
import json
import struct
import subprocess
import sys
import warnings
import zipfile
import zlib
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from rectiflow.problems import BadDocumentError
from rectiflow.reading.bounds import MOST_BYTES
from rectiflow.reading.pages import read_page

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs fork and its accounts")

_MOST_KILOBYTES = 200_000

# It imports and reads what is named first, once for all; then it forks a child for each path that
# it is told, which it kills after 2 s of work.
_ZYGOTE = r"""
import json, os, signal, sys
import rectiflow.reading.docx, rectiflow.reading.html, rectiflow.reading.xlsx
import lxml.etree
import rectiflow.reading.listing
from rectiflow.problems import BadDocumentError
from rectiflow.reading.load import load
from rectiflow.reading.pages import read_page

def tried(path):
    try:
        if path.endswith(".list"):
            return {"rows": len(load(path).rows)}
        page = read_page(path)
    except BadDocumentError as error:
        text = error.text("en") + error.text("zh")
        return {"codes": sorted({p.code for p in error.problems}), "text": text[:999],
                "places": [p.place for p in error.problems][:9]}
    except ValueError as error:
        return {"raised": repr(error)} if type(error) is not ValueError else {"data": True}
    except BaseException as error:
        return {"raised": repr(error)}
    return {"blocks": len(page.blocks)}

for path in sys.argv[1:]:
    tried(path)
for line in sys.stdin:
    inlet, outlet = os.pipe()
    child = os.fork()
    if child == 0:
        signal.setitimer(signal.ITIMER_PROF, 2)  # of work, not of waiting
        answer = json.dumps(tried(line.rstrip("\n")))
        with os.fdopen(outlet, "w") as pipe:
            pipe.write(answer)
        os._exit(0)
    os.close(outlet)
    with os.fdopen(inlet) as pipe:
        answer = pipe.read()
    _, status, usage = os.wait4(child, 0)
    print(json.dumps({"status": status, "kilobytes": usage.ru_maxrss, "answer": answer}),
          flush=True)
"""


class Outcome(NamedTuple):
    """
    What became of a file: how its process ended, its peak of memory, and the answer.
    """

    status: int
    kilobytes: int
    answer: dict[str, Any]


@pytest.fixture(scope="module")
def tried(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[Path], Outcome]]:
    """
    Read a file in a process of its own.
    """
    # What every reading loads when it is first needed, such as catalogues, is loaded by then.
    folder = tmp_path_factory.mktemp("first")
    good, bad = folder / "good.list", folder / "bad.list"
    good.write_bytes(table(("1", "a", "6月底前整改", "区财政局")))
    bad.write_bytes(table())
    zygote = subprocess.Popen(  # noqa: S603 -- our own code
        [sys.executable, "-c", _ZYGOTE, str(good), str(bad)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert zygote.stdin is not None
    assert zygote.stdout is not None
    stdin, stdout = zygote.stdin, zygote.stdout

    def ask(path: Path) -> Outcome:
        stdin.write(f"{path}\n")
        stdin.flush()
        told = json.loads(stdout.readline())
        answer = json.loads(told["answer"]) if told["answer"] else {}
        return Outcome(told["status"], told["kilobytes"], answer)

    yield ask
    stdin.close()
    stdout.close()
    zygote.wait()


W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
X = (
    'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPE = "application/vnd.openxmlformats-officedocument."
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
Parts = dict[str, "bytes | str"]


def types(kind: str) -> str:
    """
    Write the table of contents of an office file.
    """
    return (
        f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="xml" '
        f'ContentType="{_TYPE}{kind}.main+xml"/></Types>'
    )


def links(**targets: str) -> str:
    """
    Write relationships: kind to target.
    """
    inner = "".join(
        f'<Relationship Id="r{n}" Type="{_OFFICE}/{kind.rstrip("0123456789")}" Target="{target}"/>'
        for n, (kind, target) in enumerate(targets.items(), 1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{inner}</Relationships>'


def zipped(parts: Mapping[str, bytes | str], packing: int = zipfile.ZIP_DEFLATED) -> bytes:
    """
    Pack parts.
    """
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", packing) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return content.getvalue()


def docx_parts(body: bytes | str = "<w:p><w:r><w:t>a</w:t></w:r></w:p>") -> Parts:
    """
    Give the parts of a document with this body.
    """
    inner = body.encode() if isinstance(body, str) else body
    document = f"<w:document {W}><w:body>".encode() + inner + b"</w:body></w:document>"
    return {
        "[Content_Types].xml": types("wordprocessingml.document"),
        "_rels/.rels": links(officeDocument="word/document.xml"),
        "word/document.xml": document,
    }


def docx(body: bytes | str = "<w:p><w:r><w:t>a</w:t></w:r></w:p>", **more: bytes | str) -> bytes:
    """
    Make a document.
    """
    # Not packed, so that it is the reader that has to cope and not the look for zip bombs.
    return zipped(docx_parts(body) | more, zipfile.ZIP_STORED)


def xlsx_parts(
    rows: bytes | str = '<row r="1"><c r="A1"><v>1</v></c></row>', after: str = ""
) -> Parts:
    """
    Give the parts of a workbook whose one sheet has these rows.
    """
    inner = rows.encode() if isinstance(rows, str) else rows
    sheet = f"<worksheet {X}><sheetData>".encode() + inner + b"</sheetData>"
    return {
        "[Content_Types].xml": types("spreadsheetml.sheet"),
        "_rels/.rels": links(officeDocument="xl/workbook.xml"),
        "xl/workbook.xml": f'<workbook {X}><sheets><sheet name="S" sheetId="1" r:id="r1"/>'
        "</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": links(worksheet="sheet.xml", sharedStrings="strings.xml"),
        "xl/strings.xml": f"<sst {X}><si><t>a</t></si></sst>",
        "xl/sheet.xml": sheet + after.encode() + b"</worksheet>",
    }


def xlsx(rows: bytes | str = '<row r="1"><c r="A1"><v>1</v></c></row>', after: str = "") -> bytes:
    """
    Make a workbook.
    """
    return zipped(xlsx_parts(rows, after), zipfile.ZIP_STORED)


def without(parts: Parts, name: str) -> bytes:
    """
    Pack all parts but one.
    """
    return zipped({key: part for key, part in parts.items() if key != name})


def cut(content: bytes, numerator: int, denominator: int) -> bytes:
    """
    Cut a file off.
    """
    return content[: len(content) * numerator // denominator]


def flipped(content: bytes, at: int, width: int = 8) -> bytes:
    """
    Damage some bytes.
    """
    damaged = bytes(byte ^ 0xFF for byte in content[at : at + width])
    return content[:at] + damaged + content[at + width :]


def twice() -> bytes:
    """
    Make a document whose main part stands in the archive twice.
    """
    content = io.BytesIO(docx())
    with warnings.catch_warnings(), zipfile.ZipFile(content, "a") as archive:
        warnings.simplefilter("ignore")
        archive.writestr("word/document.xml", "<other/>")
    return content.getvalue()


def locked() -> bytes:
    """
    Make a document whose zip says it has a password.
    """
    content = bytearray(docx())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = content.find(mark)
        while at != -1:
            content[at + offset] |= 1
            at = content.find(mark, at + 4)
    return bytes(content)


_BLOCK = b" " * 1_000_000


def bomb(megabytes: int, parts: int = 1) -> bytes:
    """
    Make a document whose parts, the main one and others, each inflate to so many MB of spaces.

    One block is packed once and repeated, and the archive is told that it is packed.
    """
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    block = packer.compress(_BLOCK) + packer.flush(zlib.Z_FULL_FLUSH)
    packed = block * megabytes + packer.flush()
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, part in (docx_parts() | {f"word/{n}.bin": "" for n in range(1, parts)}).items():
            is_bomb = name.startswith("word/")
            archive.writestr(zipfile.ZipInfo(name), packed if is_bomb else part)
    crc = 0
    for _ in range(megabytes):
        crc = zlib.crc32(_BLOCK, crc)
    # Way of packing, time, day, checksum and both sizes stand side by side.
    stored = struct.pack("<HHHLLL", 0, 0, 33, zlib.crc32(packed), len(packed), len(packed))
    deflated = struct.pack("<HHHLLL", 8, 0, 33, crc, len(packed), megabytes * len(_BLOCK))
    return content.getvalue().replace(stored, deflated)


def test_a_bomb_is_one() -> None:
    """
    Its parts are whole, and as large as they say.
    """
    with zipfile.ZipFile(io.BytesIO(bomb(2, parts=3))) as archive:
        assert archive.testzip() is None
        assert [archive.read(f"word/{each}") for each in ("document.xml", "1.bin", "2.bin")] == [
            _BLOCK * 2
        ] * 3


def main_of(parts: Parts) -> bytes:
    """
    Give the main part of a document.
    """
    part = parts["word/document.xml"]
    return part if isinstance(part, bytes) else part.encode()


def entity(document: str, declaration: str) -> Parts:
    """
    Put a DTD before the main part of a document.
    """
    parts = docx_parts(document)
    return parts | {"word/document.xml": declaration.encode() + main_of(parts)}


_LAUGHS = "<!DOCTYPE w [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;&a;'>]>"
_P = "<w:p><w:r><w:t>%s</w:t></w:r></w:p>"
_C = "<w:tc><w:p><w:r><w:t>%s</w:t></w:r></w:p></w:tc>"
OLE = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(504)
MAIN = main_of(docx_parts())
READ = ""  # It may be read; all else is the code of the first problem.

# Name: how it is made, and the problem that it must have.
FILES: dict[str, tuple[Callable[[], bytes], str]] = {
    "empty": (lambda: b"", "problem.empty-file"),
    "only a byte order mark": (lambda: b"\xef\xbb\xbf", "problem.empty-file"),
    "only zeros": (lambda: bytes(5_000), "problem.empty-file"),
    "junk": (lambda: bytes(range(256)) * 50, "problem.binary"),
    "nul in text": ("整改\0清单".encode, "problem.binary"),
    "nul far in text": (lambda: b"a\n" * 50_000 + b"\0", "problem.control-character"),
    "two encodings": (
        lambda: "整改清单\n".encode() + "整改清单落实".encode("gb18030"),
        "problem.mixed-encodings",
    ),
    "ten million short lines": (lambda: b"\n" * 10_000_000, "problem.empty-file"),
    "many short lines": (lambda: b"a\n" * 4_900_000, "problem.too-many-lines"),
    "long text": (lambda: "整".encode() * 10_000_000, "problem.too-large"),
    "a million bad lines": (lambda: b"\xb0\xa1\n" * 3_000_000, "problem.too-many-lines"),
    "pdf": (lambda: b"%PDF-1.7\n", "problem.pdf"),
    "png": (lambda: b"\x89PNG\r\n\x1a\n" + bytes(40), "problem.picture"),
    "doc": (lambda: OLE, "problem.old-office"),
    "xlsx with a password": (
        lambda: OLE + "EncryptedPackage".encode("utf-16-le"),
        "problem.locked",
    ),
    "rtf": (lambda: b"{\\rtf1 a}", "problem.rtf"),
    "zip of nothing": (lambda: zipped(dict[str, str]()), "problem.not-a-zip-of"),
    "zip of a text": (lambda: zipped({"a.txt": "a"}), "problem.not-a-zip-of"),
    "zip with a password": (locked, "problem.locked"),
    "pptx": (
        lambda: zipped({"[Content_Types].xml": types("presentationml.presentation")}),
        "problem.not-a-zip-of",
    ),
    "docx cut at a half": (lambda: cut(docx(), 1, 2), "problem.damaged"),
    "docx cut at nine tenths": (lambda: cut(docx(), 9, 10), "problem.damaged"),
    "docx of only its beginning": (lambda: docx()[:4], "problem.damaged"),
    "xlsx cut": (lambda: cut(xlsx(), 2, 3), "problem.damaged"),
    "docx with a flipped header": (lambda: flipped(docx(), 30), "problem.damaged"),
    "docx with flipped data": (lambda: flipped(docx(), 60), "problem.damaged"),
    "docx with a flipped directory": (lambda: flipped(docx(), -30), "problem.missing-part"),
    "docx with a directory that leads before its beginning": (
        lambda: docx()[60:],
        "problem.binary",
    ),
    "docx with a member before its beginning": (
        lambda: docx()[:4] + docx()[90:],
        "problem.damaged",
    ),
    "docx with zip64 lies": (
        lambda: docx().replace(b"PK\x05\x06", b"PK\x06\x07" + b"\xff" * 16 + b"PK\x05\x06"),
        "problem.damaged",
    ),
    "bomb of one part": (lambda: bomb(250), "problem.zip-bomb"),
    "bomb below the total": (lambda: bomb(100), "problem.zip-bomb"),
    "bomb of many parts": (
        lambda: bomb(9, parts=25),
        "problem.zip-bomb",
    ),
    "bomb that lies about its size": (
        lambda: bomb(60).replace(struct.pack("<L", 60_000_000), struct.pack("<L", 1_000)),
        "problem.damaged",
    ),
    "bomb stored in a bomb": (
        lambda: zipped({"[Content_Types].xml": zipped({"a": bytes(9_000_000)})}),
        "problem.not-a-zip-of",
    ),
    "many members": (
        lambda: zipped(docx_parts() | {f"word/{n}": "" for n in range(6_000)}),
        "problem.zip-members",
    ),
    "main part twice": (twice, "problem.zip-name-twice"),
    "main part twice, in capitals": (
        lambda: zipped(docx_parts() | {"WORD/Document.xml": "<a/>"}),
        "problem.zip-name-twice",
    ),
    "path leading out": (lambda: zipped(docx_parts() | {"../../a": "a"}), "problem.zip-name"),
    "path of windows": (lambda: zipped(docx_parts() | {"C:\\a": "a"}), "problem.zip-name"),
    "packed by bzip2": (lambda: zipped(docx_parts(), zipfile.ZIP_BZIP2), "problem.damaged"),
    "docx without contents": (
        lambda: without(docx_parts(), "[Content_Types].xml"),
        "problem.missing-part",
    ),
    "docx without relations": (
        lambda: without(docx_parts(), "_rels/.rels"),
        "problem.missing-part",
    ),
    "docx without its document": (
        lambda: without(docx_parts(), "word/document.xml"),
        "problem.missing-part",
    ),
    "docx that says xlsx": (
        lambda: zipped(docx_parts() | {"[Content_Types].xml": types("spreadsheetml.sheet")}),
        "problem.no-body",
    ),
    "docx whose relations lead out": (
        lambda: zipped(docx_parts() | {"_rels/.rels": links(officeDocument="../../etc/passwd")}),
        "problem.missing-part",
    ),
    "docx whose relations are no xml": (
        lambda: zipped(docx_parts() | {"_rels/.rels": "<a><b></a>"}),
        "problem.xml",
    ),
    "docx with an external link": (
        lambda: docx(
            **{
                "word/_rels/document.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
                f'<Relationship Id="r1" Type="{_OFFICE}/attachedTemplate" TargetMode="External" '
                'Target="http://192.0.2.1/a.dotm"/></Relationships>'
            }
        ),
        READ,
    ),
    "docx with macros": (lambda: docx(**{"word/vbaProject.bin": OLE}), READ),
    "docx of no xml": (
        lambda: zipped(docx_parts() | {"word/document.xml": "not xml"}),
        "problem.xml",
    ),
    "docx of other xml": (
        lambda: zipped(docx_parts() | {"word/document.xml": "<html/>"}),
        "problem.no-body",
    ),
    "docx with an empty document": (
        lambda: zipped(docx_parts() | {"word/document.xml": ""}),
        "problem.xml",
    ),
    "docx with a cut document": (
        lambda: zipped(docx_parts() | {"word/document.xml": cut(MAIN, 1, 2)}),
        "problem.xml",
    ),
    "docx with laughs": (lambda: zipped(entity(_P % "&b;", _LAUGHS)), "problem.dtd"),
    "docx with a file entity": (
        lambda: zipped(
            entity(_P % "&x;", '<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>')
        ),
        "problem.dtd",
    ),
    "docx with a far dtd": (
        lambda: zipped(entity(_P % "&b;", f"<!--{' ' * 70_000}-->{_LAUGHS}")),
        "problem.dtd",
    ),
    "docx with a dtd in another part": (
        lambda: docx(**{"word/styles.xml": _LAUGHS + "<w/>"}),
        "problem.dtd",
    ),
    "docx in utf-16": (
        lambda: zipped(docx_parts() | {"word/document.xml": MAIN.decode().encode("utf-16")}),
        READ,
    ),
    "docx in utf-16 with a dtd": (
        lambda: zipped(docx_parts() | {"word/document.xml": f"{_LAUGHS}<w/>".encode("utf-16")}),
        "problem.dtd",
    ),
    "docx in an unknown encoding": (
        lambda: zipped(
            docx_parts() | {"word/document.xml": '<?xml version="1.0" encoding="x"?><a/>'}
        ),
        "problem.xml",
    ),
    "docx in gbk": (
        lambda: zipped(
            docx_parts() | {"word/document.xml": '<?xml version="1.0" encoding="gbk"?><a/>'}
        ),
        "problem.xml",
    ),
    "docx with control characters": (lambda: docx(_P % "a\x01b"), "problem.xml"),
    "docx with a nul": (lambda: docx(_P % "a\0b"), "problem.xml"),
    "docx with a lone surrogate": (lambda: docx(_P % "&#xD800;"), "problem.xml"),
    "docx of a million tags": (lambda: docx(b"<w:p/>" * 2_000_000), "problem.xml-too-large"),
    "docx of a deep tree": (lambda: docx("<w:sdt>" * 100_000), "problem.nested-too-deep"),
    "docx of deep tables": (
        lambda: docx("<w:tbl><w:tr><w:tc>" * 80 + "</w:tc></w:tr></w:tbl>" * 80),
        READ,
    ),
    "docx with a million attributes": (
        lambda: docx(b"<w:p " + b" ".join(b'a%d=""' % n for n in range(1_000_000)) + b"/>"),
        "problem.xml-too-large",
    ),
    "docx with a million names": (
        lambda: docx(b"".join(b"<a%d/>" % n for n in range(900_000))),
        "problem.xml-too-large",
    ),
    "docx with a long text": (lambda: docx(_P % ("整改" * 4_900_000 + "😀")), READ),
    "docx with too long a text": (
        lambda: docx(_P % ("a" * 36_000_000 + "😀")),
        "problem.xml-too-large",
    ),
    "xlsx with too long a text": (
        lambda: zipped(
            xlsx_parts()
            | {"xl/strings.xml": f"<sst {X}><si><t>{'a' * 36_000_000}😀</t></si></sst>"},
            zipfile.ZIP_STORED,
        ),
        "problem.xml-too-large",
    ),
    "html of wide characters": (
        lambda: b"<html><p>" + b"x" * 9_900_000 + "😀".encode(),
        READ,
    ),
    "text of wide characters": (lambda: b"x " * 4_900_000 + "😀".encode(), READ),
    "docx with wide spans": (
        lambda: docx(
            "<w:tbl>"
            + '<w:tr><w:tc><w:tcPr><w:gridSpan w:val="999999999"/></w:tcPr><w:p><w:r><w:t>a'
            "</w:t></w:r></w:p></w:tc></w:tr>" * 3_000 + "</w:tbl>"
        ),
        READ,
    ),
    "docx of many columns": (
        lambda: docx("<w:tbl><w:tr>" + _C % "a" * 10_000 + "</w:tr></w:tbl>"),
        "problem.too-many-columns",
    ),
    "docx of many rows": (
        lambda: docx("<w:tbl>" + f"<w:tr>{_C % 'a'}{_C % 'b'}</w:tr>" * 25_000 + "</w:tbl>"),
        "problem.too-many-rows",
    ),
    "docx with a merge from nowhere": (
        lambda: docx(
            "<w:tbl><w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc><w:tc/></w:tr></w:tbl>"
        ),
        READ,
    ),
    "docx of cells without tables": (lambda: docx("<w:tc><w:tr/><w:p/></w:tc>"), READ),
    "docx of the wrong embedded part": (
        lambda: docx(**{"customXml/rectiflow.json.xml": "<a>"}),
        "problem.xml",
    ),
    "xlsx without a workbook": (
        lambda: without(xlsx_parts(), "xl/workbook.xml"),
        "problem.missing-part",
    ),
    "xlsx without a sheet": (lambda: without(xlsx_parts(), "xl/sheet.xml"), "problem.missing-part"),
    "xlsx without texts": (
        lambda: without(xlsx_parts(), "xl/strings.xml"),
        "problem.missing-part",
    ),
    "xlsx without relations": (
        lambda: without(xlsx_parts(), "xl/_rels/workbook.xml.rels"),
        "problem.missing-part",
    ),
    "xlsx with a text that is not there": (
        lambda: xlsx('<row r="1"><c r="B1" t="s"><v>7</v></c></row>'),
        "problem.missing-text",
    ),
    "xlsx with a far cell": (
        lambda: xlsx('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'),
        "problem.far-cell",
    ),
    "xlsx with a far merge": (
        lambda: xlsx(after='<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'),
        "problem.far-cell",
    ),
    "xlsx with a far link": (
        lambda: xlsx(after='<hyperlinks><hyperlink ref="A1:XFD1048576"/></hyperlinks>'),
        READ,
    ),
    "xlsx with a far dimension": (
        lambda: xlsx(after='<dimension ref="A1:XFD1048576"/>'),
        READ,
    ),
    "xlsx with a crossed merge": (
        lambda: xlsx(after='<mergeCells><mergeCell ref="C3:A1"/></mergeCells>'),
        "problem.bad-reference",
    ),
    "xlsx with merges over one another": (
        lambda: xlsx(
            after="<mergeCells>" + '<mergeCell ref="A1:IV20000"/>' * 9_000 + "</mergeCells>"
        ),
        "problem.merges-overlap",
    ),
    "xlsx of many merges": (
        lambda: xlsx(
            after="<mergeCells>"
            + "".join(
                f'<mergeCell ref="{chr(65 + n // 26)}{chr(65 + n % 26)}1:'
                f'{chr(65 + n // 26)}{chr(65 + n % 26)}20000"/>'
                for n in range(200)
            )
            + "</mergeCells>"
        ),
        "problem.too-many-cells",
    ),
    "xlsx with one great merge": (
        lambda: xlsx(after='<mergeCells><mergeCell ref="A1:IV20000"/></mergeCells>'),
        "problem.too-many-cells",
    ),
    "xlsx with a bad place": (
        lambda: xlsx('<row r="1"><c r="1A"><v>1</v></c></row>'),
        "problem.bad-reference",
    ),
    "xlsx with row 0": (
        lambda: xlsx('<row r="0"><c r="A0"><v>1</v></c></row>'),
        "problem.bad-reference",
    ),
    "xlsx of 10000 columns": (
        lambda: xlsx("<row>" + "<c><v>1</v></c>" * 10_000 + "</row>"),
        "problem.far-cell",
    ),
    "xlsx of many cells": (
        lambda: xlsx(("<row>" + "<c><v>1</v></c>" * 100 + "</row>") * 4_000),
        "problem.too-many-cells",
    ),
    "xlsx of many formulas": (
        lambda: xlsx("<row><c><f>A2</f></c></row>" * 15_000),
        "problem.formula-cell",
    ),
    "xlsx of strange numbers": (
        lambda: xlsx(
            "<row>"
            + "".join(
                f"<c><v>{each}</v></c>"
                for each in ("1e999999999", "NaN", "-inf", "x", "9" * 5_000, "1e-300", "1e308")
            )
            + "</row>"
        ),
        READ,
    ),
    "xlsx of many sheets": (
        lambda: zipped(
            xlsx_parts(
                '<row r="20000"><c r="IV20000"><v>1</v></c></row><row r="1"><c r="A1"/></row>'
            )
            | {
                "xl/workbook.xml": f"<workbook {X}><sheets>"
                + '<sheet name="S" r:id="r1"/>' * 3_000
                + "</sheets></workbook>"
            }
        ),
        READ,
    ),
    "xlsx with a long number format": (
        lambda: zipped(
            xlsx_parts('<row r="1"><c r="A1" s="0"><v>1</v></c></row>')
            | {
                "xl/_rels/workbook.xml.rels": links(worksheet="sheet.xml", styles="styles.xml"),
                "xl/styles.xml": f'<styleSheet {X}><numFmts><numFmt numFmtId="200" formatCode="'
                + "0" * 400_000
                + '"/></numFmts><cellXfs><xf numFmtId="200"/></cellXfs></styleSheet>',
            }
        ),
        READ,
    ),
    "xlsx with a dtd": (
        lambda: zipped(xlsx_parts() | {"xl/strings.xml": f"{_LAUGHS}<sst/>"}),
        "problem.dtd",
    ),
    "html cut in a table": (
        lambda: b"<html><table><tr><td>1<td>2<tr><td>3",
        "problem.html-cut",
    ),
    "html of broken tags": (lambda: b"<html><<<>><td></tr>&&&#xFFFFFFFF;</table><p", READ),
    "html with a billion rows": (
        lambda: b"<table><tr><td rowspan=1000000000>a<td>b<tr><td>c</table>",
        READ,
    ),
    "html with a billion columns": (
        lambda: b"<table><tr><td colspan=1000000000>a<tr><td>b<td>c</table>",
        READ,
    ),
    "html with spans over spans": (
        lambda: b"<table>" + b"<tr><td colspan=999 rowspan=65000>a" * 19_000 + b"</table>",
        "problem.too-many-columns",
    ),
    "html with great spans": (
        lambda: b"<table>" + b"<tr><td rowspan=0>a<td>b" * 3_000 + b"</table>",
        "problem.too-many-columns",
    ),
    "html of many columns": (
        lambda: b"<table><tr>" + b"<td>a" * 10_000 + b"</table>",
        "problem.too-many-columns",
    ),
    "html of many rows": (
        lambda: b"<table>" + b"<tr><td>a<td>b" * 30_000 + b"</table>",
        "problem.too-many-rows",
    ),
    "html of deep elements": (lambda: b"<html>" + b"<div>" * 200_000, "problem.nested-too-deep"),
    "html of deep tables": (
        lambda: b"<table><tr><td>" * 5_000 + b"a" + b"</table>" * 5_000,
        "problem.nested-too-deep",
    ),
    "html of a million tags": (
        lambda: b"<html>" + b"<b></b>" * 1_300_000,
        "problem.html-too-large",
    ),
    "html with a million attributes": (
        lambda: b"<html><p " + b" ".join(b"a%d" % n for n in range(1_000_000)) + b">",
        "problem.html-too-large",
    ),
    "html of one long text": (lambda: b"<html><p>" + b"x" * 9_900_000, READ),
    "html with a great picture": (
        lambda: b"<html><p>a<img src='data:image/png;base64," + b"A" * 20_000_000 + b"'>",
        READ,
    ),
    "html with a nul": (
        lambda: b"<html>" + b" " * 70_000 + b"<p>a\0b",
        "problem.control-character",
    ),
    "html in two encodings": (
        lambda: b"<meta charset=gb2312>\n" + "<p>整改清单\n".encode() + "<p>整改".encode("gbk"),
        "problem.mixed-encodings",
    ),
    "html that says utf-8 and is not": (
        lambda: b"<meta charset=utf-8>\n\n<p>" + "整改".encode("gbk"),
        "problem.encoding",
    ),
    "html with an entity bomb": (
        lambda: b"<!DOCTYPE html [<!ENTITY a '&b;&b;'>]><html><p>&a;&a;&a;",
        READ,
    ),
    "html of a million entities": (
        lambda: b"<html><p>" + b"&amp;" * 1_900_000,
        "problem.html-too-large",
    ),
    "html without tables": (lambda: b"<html><body></body></html>", READ),
    "excel's old xml": (
        lambda: (
            b'<?xml version="1.0"?><Workbook '
            b'xmlns="urn:schemas-microsoft-com:office:spreadsheet"><Table/></Workbook>'
        ),
        "problem.office-xml",
    ),
    "toml": (lambda: b'id = "a"\n', READ),
    "json": (lambda: b'{"id": "a"}', READ),
    "deflated garbage": (lambda: zlib.compress(bytes(1_000)) * 20, "problem.binary"),
}


@pytest.mark.parametrize("name", FILES)
def test_a_hostile_file_is_read_or_refused_within_bounds(
    name: str, tmp_path: Path, tried: Callable[[Path], Outcome]
) -> None:
    """
    Within two seconds and 200 MB, by an error of ours that says what is wrong.
    """
    make, code = FILES[name]
    path = tmp_path / "hostile"
    path.write_bytes(make())

    outcome = tried(path)

    assert outcome.status == 0, "killed after two seconds of work"
    assert outcome.kilobytes < _MOST_KILOBYTES
    assert "raised" not in outcome.answer
    assert outcome.answer.get("codes", [READ])[0] == code


def table(*rows: tuple[str, str, str, str]) -> bytes:
    """
    Make a page with a list: number, problems, requirement, units.
    """
    cells = [("序号", "主要问题", "完成时限及要求", "责任单位"), *rows]
    lines = ["<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in cells]
    return ("<meta charset=utf-8><table>" + "\n".join(lines) + "</table>").encode()


CELL = 20_000 - 20
# Texts that a grammar without bounds would read in time that grows with their square.
ASKED = (
    "2020年6月30日前,完成整改。", "6月、", "6月30日前、", "每年", "每月前", "3日内", "下周五",
    "提前3日", "2020630日", "自收到之日起", "（", "（6月底）", "对整改的", "立行立改、", "分别",
    "中秋、", "1.", "《",
)  # fmt: skip
NAMED = (
    "区财政局、", "区财政局和", "（", "牵头", "各乡镇、", "会同", "区教育、", "（牵头）",
    "责任单位：",
)  # fmt: skip
LISTS: dict[str, tuple[Callable[[], bytes], str]] = {
    **{
        f"a list that asks {words} over and over": (
            lambda words=words: table(("1", "a", (words * CELL)[:CELL], "区财政局")),  # type: ignore[misc]
            READ,
        )
        for words in ASKED
    },
    **{
        f"a list that names {words} over and over": (
            lambda words=words: table(("1", "a", "6月底前整改", (words * CELL)[:CELL])),  # type: ignore[misc]
            READ,
        )
        for words in NAMED
    },
    "a list with too long a cell": (
        lambda: table(("1", "a", "整改" * 10_001, "区财政局")),
        "problem.cell-too-long",
    ),
    "a list of too much text": (
        lambda: table(*((str(n), "a", "整" * 19_000, "区财政局") for n in range(1, 40))),
        "problem.too-much-text",
    ),
    "a list of duplicate numbers": (
        lambda: table(*[("1", "a", "6月底前整改", "区财政局")] * 5_000),
        "problem.number-twice",
    ),
    "a list of empty cells": (
        lambda: table(*((str(n), "", "", "") for n in range(5_000))),
        "problem.empty-requirement",
    ),
    "two lists": (
        lambda: 2 * table(("1", "a", "6月底前整改", "区财政局")),
        "problem.several-tables",
    ),
    "a list of no rows": (table, "problem.no-rows"),
    "a list without headings": (
        lambda: (
            table(("1", "a", "b", "c"))
            .replace("完成时限及要求".encode(), b"x")
            .replace("主要问题".encode(), b"y")
        ),
        "problem.no-headings",
    ),
}


@pytest.mark.parametrize("name", LISTS)
def test_a_hostile_list_is_read_or_refused_within_bounds(
    name: str, tmp_path: Path, tried: Callable[[Path], Outcome]
) -> None:
    """
    What a grammar has to read costs no more than what a parser has: two seconds and 200 MB.
    """
    make, code = LISTS[name]
    path = tmp_path / "hostile.list"
    path.write_bytes(make())

    outcome = tried(path)

    assert outcome.status == 0, "killed after two seconds of work"
    assert outcome.kilobytes < _MOST_KILOBYTES
    assert "raised" not in outcome.answer
    assert outcome.answer.get("codes", [READ])[0] == code


def test_a_file_of_200_mb_is_refused_unread(tmp_path: Path) -> None:
    """
    Its size alone is looked at.
    """
    path = tmp_path / "list.xlsx"
    with path.open("wb") as file:
        file.truncate(200_000_000)

    with pytest.raises(BadDocumentError) as caught:
        read_page(path)

    (problem,) = caught.value.problems
    assert problem.code == "problem.too-large"
    assert problem.value == 200_000_000 > MOST_BYTES

"""
Which form a file has, and which are refused.
"""

from __future__ import annotations

import io
import zipfile

import pytest

from rectiflow.problems import BadDocumentError
from rectiflow.reading.formats import Form, form_of

_TYPES = "application/vnd."


def _zip(**parts: str) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return content.getvalue()


def _office(kind: str) -> bytes:
    types = f'<Types><Override ContentType="{_TYPES}{kind}.main+xml"/></Types>'
    return _zip(**{"[Content_Types].xml": types})


class TestFormOf:
    """
    The form is told by content, never by the name.
    """

    @pytest.mark.parametrize(
        ("text", "form"),
        [
            ('id = "a"', Form.TOML),
            ("# 清单\n\n[[rows]]\nid = 1", Form.TOML),
            ("[list]\n", Form.TOML),
            ('a.b = "不完整', Form.TOML),
            ('"键" = 1', Form.TOML),
            ('{"a": 1}', Form.JSON),
            (' \n[{"a": 1}]', Form.JSON),
            ("[]", Form.JSON),
            ("[1, 2]", Form.JSON),
            ("<!DOCTYPE html><p>a", Form.HTML),
            ("<table><tr><td>1</table>", Form.HTML),
            ("﻿<html>", Form.HTML),
            ("前言 <TABLE border=1>", Form.HTML),
            ('<?xml version="1.0"?><!DOCTYPE html><html xmlns="a"></html>', Form.HTML),
            ("整改清单\n1\t规范流程", Form.TEXT),
            ("[2020]15号", Form.TEXT),
            ("〔2020〕15号", Form.TEXT),
            ("a == b", Form.TEXT),
            ("<3 个月", Form.TEXT),
        ],
    )
    @pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
    def test_a_text_is_told_by_its_beginning(self, text: str, form: Form, encoding: str) -> None:
        """
        In every encoding that is read, and whatever the file's name says.
        """
        assert form_of(text.encode(encoding), "list.xlsx") is form

    @pytest.mark.parametrize(
        ("kind", "form"),
        [
            ("openxmlformats-officedocument.wordprocessingml.document", Form.DOCX),
            ("openxmlformats-officedocument.wordprocessingml.template", Form.DOCX),
            ("ms-word.document.macroEnabled", Form.DOCX),
            ("openxmlformats-officedocument.spreadsheetml.sheet", Form.XLSX),
            ("ms-excel.sheet.macroEnabled", Form.XLSX),
        ],
    )
    def test_an_office_file_is_told_by_its_table_of_contents(self, kind: str, form: Form) -> None:
        """
        With macros and templates too: nothing of them is run.
        """
        assert form_of(_office(kind), "list.toml") is form

    @pytest.mark.parametrize(
        ("content", "code"),
        [
            (b"", "problem.empty-file"),
            (b" \n\t", "problem.empty-file"),
            (b"\xff\xfe", "problem.empty-file"),
            (bytes.fromhex("d0cf11e0a1b11ae1"), "problem.old-office"),
            (
                bytes.fromhex("d0cf11e0a1b11ae1") + "EncryptedPackage".encode("utf-16-le"),
                "problem.locked",
            ),
            (b"%PDF-1.4", "problem.pdf"),
            (b"\n\n%PDF-1.4", "problem.pdf"),
            (b"\x89PNG\r\n\x1a\n", "problem.picture"),
            (b"\xff\xd8\xff\xe0", "problem.picture"),
            (b"GIF89a", "problem.picture"),
            (b"II*\x00\x08", "problem.picture"),
            (b"BM\x36\x10\x00\x00\x00\x00\x00\x00", "problem.picture"),
            (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "problem.picture"),
            (b"{\\rtf1", "problem.rtf"),
            (b"Rar!\x1a\x07", "problem.packed"),
            (b"MIME-Version: 1.0\n", "problem.mhtml"),
            (b"a\x00b", "problem.binary"),
            (_zip(**{"OFD.xml": "<a/>"}), "problem.ofd"),
            (_zip(mimetype="application/vnd.oasis.opendocument.text"), "problem.not-a-zip-of"),
            (_zip(**{"word/document.xml": "<a/>"}), "problem.missing-part"),
            (_office("ms-excel.sheet.binary"), "problem.not-a-zip-of"),
        ],
    )
    def test_what_cannot_be_read_is_named(self, content: bytes, code: str) -> None:
        """
        One problem, which says what to convert the file to.
        """
        with pytest.raises(BadDocumentError) as caught:
            form_of(content, "list.docx")

        (problem,) = caught.value.problems
        assert problem.code == code
        assert caught.value.document == "list.docx"

    def test_a_control_character_has_its_line(self) -> None:
        """
        Counted from 1.
        """
        with pytest.raises(BadDocumentError) as caught:
            form_of(b"a\nb\n\x00", "a")

        assert caught.value.problems[0].place == "line 3"

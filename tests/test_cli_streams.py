"""
Output that cannot hold every character.
"""

from __future__ import annotations

import io
import json
import sys

import pytest

from rectiflow.cli.app import run
from rectiflow.cli.streams import write_data


class Terminal(io.TextIOWrapper):
    """
    A stream that says it is a terminal.
    """

    def isatty(self) -> bool:
        """
        Say so.
        """
        return True


def _text(encoding: str) -> io.TextIOWrapper:
    return io.TextIOWrapper(io.BytesIO(), encoding=encoding)


def _bytes(stream: io.TextIOWrapper) -> bytes:
    stream.flush()
    raw = stream.buffer
    assert isinstance(raw, io.BytesIO)
    return raw.getvalue()


class TestWriteData:
    """
    JSON and CSV are UTF-8, whatever the locale.
    """

    @pytest.mark.parametrize("encoding", ["ascii", "gbk", "utf-8"])
    def test_a_file_or_a_pipe_gets_utf_8(self, encoding: str) -> None:
        """
        A program that reads it need not know the locale of the one that wrote.
        """
        stream = _text(encoding)
        write_data(stream, "整改\n")

        assert _bytes(stream).decode("utf-8").rstrip() == "整改"

    def test_a_terminal_keeps_its_encoding(self) -> None:
        """
        It would show UTF-8 as rubbish.
        """
        stream = Terminal(io.BytesIO(), encoding="gbk")
        write_data(stream, "整改")

        assert _bytes(stream).decode("gbk") == "整改"


class TestAPoorTerminal:
    """
    No character is worth a stack trace.
    """

    def test_a_table_in_ascii(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """
        Done, with the Chinese written as escapes.
        """
        out = _text("ascii")
        monkeypatch.setattr(sys, "stdout", out)

        assert run(["show", "yuhui-2020", "--lang", "zh"]) == 0
        assert rb"\u79b9\u4f1a\u533a" in _bytes(out)

    def test_an_error_in_ascii(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """
        Still said.
        """
        err = _text("ascii")
        monkeypatch.setattr(sys, "stderr", err)

        assert run(["show", "nix", "--lang", "zh"]) == 3
        assert b"nix" in _bytes(err)

    def test_json_in_ascii(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """
        Read back as it was.
        """
        out = _text("ascii")
        monkeypatch.setattr(sys, "stdout", out)

        assert run(["show", "yuhui-2020", "--format", "json"]) == 0
        assert json.loads(_bytes(out))["list"][0]["issuer"] == "禹会区人民政府办公室"

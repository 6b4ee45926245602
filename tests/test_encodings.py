"""
Bytes to text.
"""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rectiflow.problems import BadDocumentError
from rectiflow.reading.encodings import decoded

_LIST = "整改清单\n序号\t整改措施\n1\t规范流程，2020年6月30日前完成。\n"
_HANZI = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=4)


class TestDecoded:
    """
    UTF-8, UTF-16 and GB18030 are read; nothing is guessed.
    """

    @pytest.mark.parametrize(
        ("content", "declared"),
        [
            (_LIST.encode(), None),
            (_LIST.encode("utf-8-sig"), None),
            (_LIST.encode("utf-8-sig"), "gb2312"),
            (_LIST.encode("utf-16"), None),
            (codecs.BOM_UTF16_BE + _LIST.encode("utf-16-be"), "gbk"),
            (_LIST.encode("gb18030"), None),
            (_LIST.encode("gb18030"), "GB2312"),
            (_LIST.encode("gb18030"), "iso-8859-1"),
            (_LIST.encode(), "gb2312"),
            (_LIST.encode(), "no-such"),
        ],
    )
    def test_a_list_reads_the_same_in_every_encoding(
        self, content: bytes, declared: str | None
    ) -> None:
        """
        Also where a converted page still declares what it was.
        """
        assert decoded(content, "a", declared) == _LIST

    def test_gb2312_means_gb18030(self) -> None:
        """
        Pages that say gb2312 have characters that only its successors know.
        """
        assert decoded("㙍𠀀朱镕基".encode("gb18030"), "a", "gb2312") == "㙍𠀀朱镕基"

    def test_big5_is_read_where_it_is_declared(self) -> None:
        """
        It cannot be told from GB18030 otherwise.
        """
        assert decoded("整改清單".encode("big5"), "a", "big5") == "整改清單"

    def test_a_short_text_that_passes_for_utf_8_follows_its_declaration(self) -> None:
        """
        The two bytes of 一 in GB18030 are a Cyrillic letter in UTF-8.
        """
        assert decoded("一".encode("gb18030"), "a", "gbk") == "一"

    def test_utf_8_without_chinese_is_utf_8(self) -> None:
        """
        Unless the page declares something else.
        """
        assert decoded("Übersicht é".encode(), "a") == "Übersicht é"

    @given(_HANZI, _HANZI)
    def test_two_encodings_are_refused(self, first: str, second: str) -> None:
        """
        At the first line that is not in the encoding of those before it.
        """
        whole = f"整改清单{first}\n".encode() + b"a\n" + f"整改{second}".encode("gb18030")

        with pytest.raises(BadDocumentError) as caught:
            decoded(whole, "a")

        (problem,) = caught.value.problems
        assert (problem.place, problem.code) == ("line 3", "problem.mixed-encodings")

    @given(_HANZI)
    def test_hanzi_in_gb18030_come_back(self, text: str) -> None:
        """
        Whatever they are, where the page declares it.
        """
        assert decoded(f"整改清单{text}".encode("gb18030"), "a", "gbk") == f"整改清单{text}"

    @pytest.mark.parametrize(
        ("content", "declared", "place", "code"),
        [
            (b"a\n\xff\xff", None, "line 2", "problem.encoding"),
            (b"a\n\nb\xb0", "utf-8", "line 3", "problem.encoding"),
            (b"\xff\xfea\0\n\0\xd8", None, "line 2", "problem.encoding"),
            (b"\xef\xbb\xbfa\n\xb0\xa1", None, "line 2", "problem.encoding"),
            (b"a\n\n\x07", None, "line 3", "problem.control-character"),
        ],
    )
    def test_what_cannot_be_decoded_has_its_line(
        self, content: bytes, declared: str | None, place: str, code: str
    ) -> None:
        """
        Counted from 1, of the text and not of the bytes.
        """
        with pytest.raises(BadDocumentError) as caught:
            decoded(content, "a.txt", declared)

        (problem,) = caught.value.problems
        assert (problem.place, problem.code) == (place, code)
        assert caught.value.document == "a.txt"

"""
Problems: each with its place, all at once.
"""

from __future__ import annotations

import pickle
import re
from pathlib import Path

import pytest

from rectiflow.errors import InvalidValueError
from rectiflow.messages import LANGUAGES
from rectiflow.problems import (
    BadDocumentError,
    InconsistentValueError,
    Problem,
    refuse,
    twice,
)

MISSING = Problem.of("milestones[1].rule", "problem.missing-key", None, key="rule")
WRONG = Problem.of("id", "problem.not-a-name", " ")


class TestProblem:
    """
    One thing that is wrong.
    """

    def test_within_puts_the_outer_place_first(self) -> None:
        """
        A problem of a part becomes a problem of the whole.
        """
        assert MISSING.within("rows[3]").place == "rows[3].milestones[1].rule"
        assert Problem.of("[2]", "problem.wrong-type").within("path").place == "path[2]"
        assert WRONG.within("").place == "id"

    def test_within_moves_what_came_first_too(self) -> None:
        """
        "Taken by milestones[0]" would name the wrong row without the row's own place.
        """
        problem = Problem.of("milestones[1].id", "problem.id-twice", "a", first="milestones[0].id")

        assert problem.within("rows[3]").facts["first"] == "rows[3].milestones[0].id"

    def test_unknown_suggests_the_nearest(self) -> None:
        """
        A misspelt name brings the one that was meant.
        """
        problem = Problem.unknown("unit", "unit", "区司发局", ["区司法局", "民政部门"])

        assert problem.code == "problem.unknown-name"
        assert problem.facts["nearest"] == ("区司法局",)

    def test_unknown_without_anything_near_says_so(self) -> None:
        """
        Where nothing is near, nothing is suggested.
        """
        assert Problem.unknown("", "row", "7", ["1"]).code == "problem.unknown-name.no-hint"

    def test_a_long_value_is_cut(self) -> None:
        """
        A whole paragraph in the wrong place does not flood the sentence.
        """
        problem = Problem.of("id", "problem.not-a-name", "长" * 500)

        assert "长" * 59 + "…" in problem.text("zh")
        assert "长" * 60 not in problem.text("zh")

    def test_str_is_the_english_sentence(self) -> None:
        """
        What a log shows is a sentence with the place first.
        """
        assert str(MISSING) == MISSING.text("en")
        assert str(MISSING).startswith("milestones[1].rule: ")


class TestErrors:
    """
    A bad document and an inconsistent value carry all their problems.
    """

    def test_every_problem_has_its_line(self) -> None:
        """
        The text counts the problems and then tells each.
        """
        for lang in LANGUAGES:
            head, *lines = BadDocumentError((MISSING, WRONG), "a.toml").text(lang).splitlines()

            assert "a.toml" in head
            assert "2" in head
            assert lines == [f"- {MISSING.text(lang)}", f"- {WRONG.text(lang)}"]

    def test_a_document_without_a_name_is_called_the_document(self) -> None:
        """
        Plain data have no file name.
        """
        assert str(BadDocumentError((WRONG,))).startswith("the document has 1 problem:")

    def test_refuse_raises_all(self) -> None:
        """
        The error's own fields are the first problem's; every problem is kept.
        """
        with pytest.raises(InvalidValueError) as caught:
            refuse("Row", [MISSING, WRONG])

        assert isinstance(caught.value, InconsistentValueError)
        assert caught.value.field == "Row.milestones[1].rule"
        assert caught.value.problems == (MISSING, WRONG)
        assert len(caught.value.text("zh").splitlines()) == 3

    def test_refuse_lets_nothing_wrong_pass(self) -> None:
        """
        No problem, no error.
        """
        refuse("Row", [])

    @pytest.mark.parametrize(
        "error",
        [
            BadDocumentError((MISSING, WRONG), "a.toml"),
            InconsistentValueError("Row.id", "1", "another", (WRONG,)),
        ],
    )
    def test_they_pickle(self, error: BadDocumentError | InconsistentValueError) -> None:
        """
        They come back whole from another process.
        """
        back = pickle.loads(pickle.dumps(error))  # noqa: S301 -- our own bytes

        assert back.problems == error.problems
        assert str(back) == str(error)


class TestTwice:
    """
    What should be used once.
    """

    def test_names_each_use_after_the_first(self) -> None:
        """
        Three uses are two problems, both pointing at the first.
        """
        found = list(
            twice("problem.id-twice", [("[0]", "a"), ("[1]", "b"), ("[2]", "a"), ("[3]", "a")])
        )

        assert [(each.place, each.facts["first"]) for each in found] == [
            ("[2]", "[0]"),
            ("[3]", "[0]"),
        ]

    def test_compares_by_the_key(self) -> None:
        """
        Two spellings of one thing are one thing.
        """
        placed = [("[0]", "A"), ("[1]", "a")]

        assert len(list(twice("problem.id-twice", placed, str.lower))) == 1
        assert not list(twice("problem.id-twice", placed))


def test_every_code_has_a_sentence_in_both_languages() -> None:
    """
    No problem code in the source falls back to code and facts for want of a sentence.
    """
    package = Path(__file__).parent.parent / "src" / "rectiflow"
    source = "".join(path.read_text(encoding="utf-8") for path in package.rglob("*.py"))
    codes = set(re.findall(r'"(problem\.[a-z0-9-]+(?:\.[a-z0-9-]+)*)"', source))

    assert len(codes) > 25
    for lang in LANGUAGES:
        catalogue = package / "locale" / lang / "LC_MESSAGES" / "rectiflow.po"
        told = set(
            re.findall(r'^msgid "(.+)"$', catalogue.read_text(encoding="utf-8"), re.MULTILINE)
        )
        assert codes - told == set(), lang

"""
Go through the museum and write what was caught into docs/explanation/proof.md.

Every law is tried on every exhibit once, and each exhibit is to be caught with every seed.  With
names of families as arguments, only these are gone through and only their tables written.
"""

from __future__ import annotations

import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import attrs

from . import EXHIBITS, Exhibit, caught_by, is_caught

if TYPE_CHECKING:
    from collections.abc import Sequence

PAGE = Path(__file__).parents[2] / "docs" / "explanation" / "proof.md"
SEEDS = range(5)


@attrs.frozen
class Seen:
    """
    What was seen of one exhibit.

    Attributes:
        exhibit: The exhibit.
        laws: The laws that catch it, each tried on half the usual number of cases.
        runs: With how many seeds it is caught, on the usual number.
    """

    exhibit: Exhibit
    laws: list[str]
    runs: int

    @property
    def is_wrong(self) -> bool:
        """
        Whether a mistake was missed with a seed, or what is equivalent accused.
        """
        return self.runs != (0 if self.exhibit.equivalent else len(SEEDS))

    @property
    def line(self) -> str:
        """
        The exhibit's line in the table.
        """
        names = [law.partition(".")[2] for law in self.laws]
        by = f"{names[0]} and {len(names) - 1} more" if len(names) > 1 else "".join(names)
        if self.exhibit.equivalent:
            by = f"equivalent: {self.exhibit.equivalent}"
        return f"| {self.exhibit.id} | {self.exhibit.says} | {self.runs} of {len(SEEDS)} | {by} |"


def looked_at(place: int) -> tuple[list[str], int]:
    """
    Look at an exhibit, told by its place since what makes it does not pickle.
    """
    exhibit = EXHIBITS[place]
    return caught_by(exhibit, 0, examples=100), sum(is_caught(exhibit, seed) for seed in SEEDS)


def unexplained(seen: Sequence[Seen]) -> list[str]:
    """
    Give the laws of a family that catch nothing alone and do not say why they are kept.
    """
    alone = {law for each in seen if len(each.laws) == 1 for law in each.laws}
    return [law.id for law in seen[0].exhibit.family if law.id not in alone and not law.kept]


def tables(seen: Sequence[Seen]) -> str:
    """
    Write what was seen of a family, exhibit by exhibit and law by law.
    """
    planted = [each for each in seen if not each.exhibit.equivalent]
    always = sum(each.runs == len(SEEDS) for each in planted)
    told = (
        f"{len(planted)} mistakes, {always} of them caught in {len(SEEDS)} of {len(SEEDS)} runs "
        f"with different seeds;\n{len(seen) - len(planted)} more look wrong and are not."
    )
    lines = [told, "", "| mistake | what is done wrong | caught in | by |", "|---|---|---:|---|"]
    lines += [each.line for each in seen]
    lines += ["", "| law | mistakes caught | by it alone | kept because |", "|---|---:|---:|---|"]
    for law in seen[0].exhibit.family:
        caught = [each.laws for each in planted if law.id in each.laws]
        alone = caught.count([law.id])
        kept = "" if alone else law.kept
        lines.append(f"| {law.id} | {len(caught)} | {alone} | {kept} |")
    return "\n".join(lines)


def written(page: str, family: str, text: str) -> str:
    """
    Put a family's tables between its marks.
    """
    begin, end = f"<!-- {family}: begin -->", f"<!-- {family}: end -->"
    before, _, rest = page.partition(begin)
    return f"{before}{begin}\n{text}\n{end}{rest.partition(end)[2]}"


def main(families: Sequence[str]) -> int:
    """
    Look at everything, or at some families; the exit code says whether all is as it should be.
    """
    places = [n for n, e in enumerate(EXHIBITS) if not families or e.family.name in families]
    seen: list[Seen] = []
    with ProcessPoolExecutor(2) as pool:
        for place, (laws, runs) in zip(places, pool.map(looked_at, places), strict=True):
            seen.append(Seen(EXHIBITS[place], laws, runs))
            sys.stderr.write(f"{seen[-1].exhibit.id}: {runs} of {len(SEEDS)}\n")
    page = PAGE.read_text(encoding="utf-8")
    wrong = [each.exhibit.id for each in seen if each.is_wrong]
    for family in dict.fromkeys(each.exhibit.family.name for each in seen):
        own = [each for each in seen if each.exhibit.family.name == family]
        page = written(page, family, tables(own))
        wrong += unexplained(own)
    PAGE.write_text(page, encoding="utf-8")
    sys.stdout.write(f"{len(seen)} exhibits, not as they should be: {wrong or 'none'}\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

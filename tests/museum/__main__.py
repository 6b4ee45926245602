"""
Go through the whole museum and write what was caught into docs/explanation/proof.md.

Every law is tried on every exhibit once, and each exhibit is to be caught with every seed.
"""

from __future__ import annotations

import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from . import EXHIBITS, caught_by, is_caught

PAGE = Path(__file__).parents[2] / "docs" / "explanation" / "proof.md"
BEGIN, END = "<!-- museum: begin -->", "<!-- museum: end -->"
SEEDS = range(5)


def looked_at(place: int) -> tuple[list[str], int]:
    """
    Give the laws that catch an exhibit with seed 0, and how many of five seeds catch it.
    """
    exhibit = EXHIBITS[place]
    # Half the cases for the table of laws; each run that must catch has all of them.
    laws = caught_by(exhibit, 0, examples=100)
    return laws, sum(is_caught(exhibit, seed) for seed in SEEDS)


def table(found: list[tuple[list[str], int]]) -> str:
    """
    Write what was caught, exhibit by exhibit and law by law, as Markdown.
    """
    shown = list(zip(EXHIBITS, found, strict=True))
    wanted = [each for each in shown if not each[0].equivalent]
    always = sum(runs == len(SEEDS) for _, (_, runs) in wanted)
    runs = len(SEEDS)
    told = (
        f"{len(wanted)} mistakes, {always} of them caught in {runs} of {runs} runs with different\n"
        f"seeds; {len(shown) - len(wanted)} more are shown to be equivalent."
    )
    lines = [
        told,
        "",
        "| mistake | what is done wrong | caught in | by |",
        "|---|---|---:|---|",
    ]
    for exhibit, (laws, runs) in shown:
        names = [law.partition(".")[2] for law in laws]
        by = f"{names[0]} and {len(names) - 1} more" if len(names) > 1 else "".join(names)
        if exhibit.equivalent:
            by = f"equivalent: {exhibit.equivalent}" + (f" **caught by {by}**" if by else "")
        lines.append(f"| {exhibit.id} | {exhibit.says} | {runs} of {len(SEEDS)} | {by} |")
    lines += ["", *_law_by_law(found)]
    return "\n".join(lines)


def _law_by_law(found: list[tuple[list[str], int]]) -> list[str]:
    families = {exhibit.family.name: exhibit.family for exhibit in EXHIBITS}
    lines = ["| law | mistakes caught | caught by it alone | kept because |", "|---|---:|---:|---|"]
    for family in families.values():
        for law in family:
            caught = [laws for laws, _ in found if law.id in laws]
            alone = sum(laws == [law.id] for laws in caught)
            kept = "" if alone else law.kept or "**no reason given**"
            lines.append(f"| {law.id} | {len(caught)} | {alone} | {kept} |")
    return lines


def main() -> int:
    """
    Look at everything; the exit code says whether each mistake was caught in every run.
    """
    with ProcessPoolExecutor(2) as pool:
        found = []
        for exhibit, seen in zip(EXHIBITS, pool.map(looked_at, range(len(EXHIBITS))), strict=True):
            found.append(seen)
            sys.stderr.write(f"{exhibit.id}: {seen[1]} of {len(SEEDS)}\n")
    page = PAGE.read_text(encoding="utf-8")
    before, _, rest = page.partition(BEGIN)
    after = rest.partition(END)[2]
    PAGE.write_text(f"{before}{BEGIN}\n{table(found)}\n{END}{after}", encoding="utf-8")
    missed = [
        exhibit.id
        for exhibit, (_, runs) in zip(EXHIBITS, found, strict=True)
        if (runs > 0 if exhibit.equivalent else runs < len(SEEDS))
    ]
    sys.stdout.write(f"{len(EXHIBITS)} exhibits, missed: {missed or 'none'}\n")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())

"""
Mutation testing of the core: run mutmut, and hold what survives to its list of reasons.

    python .ci/mutants.py              # every change; writes docs/explanation/proof.md
    python .ci/mutants.py --again      # the same of the last run, without another
    python .ci/mutants.py --sample     # a fixed sample; writes nothing
    python .ci/mutants.py '*_17'       # those of a name pattern; writes nothing

mutmut changes one thing at a time in a copy of the core and runs the tests that reach it.  What
an error says it expected, in words, is no fact that a test asserts: changes to nothing else are
left out of all figures.
"""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections import Counter
from pathlib import Path

import attrs
import libcst
from mutmut.__main__ import collect_source_file_mutation_data
from mutmut.mutation.diff_apply import read_functions_from_index
from mutmut.stats import status_by_exit_code

ROOT = Path(__file__).parent.parent
REASONS = ROOT / ".ci" / "surviving-mutants.toml"
PAGE = ROOT / "docs" / "explanation" / "proof.md"
BEGIN, END = "<!-- mutants: begin -->", "<!-- mutants: end -->"
BAR = 0.95
# Some of each module, chosen so that the tests that reach them are quick.
SAMPLE = (
    "rectiflow.workdays.*count__*",
    "rectiflow.workdays.*_place__*",
    "rectiflow.deadlines.counting.x_count_back__*",
    "rectiflow.deadlines.clauses.x_in_force__*",
    "rectiflow.stages.*demanded_between__*",
    "rectiflow.machine.x_as_reasons__*",
    "rectiflow.verdicts.x__done__*",
    "rectiflow.verdicts.x__without_day__*",
    "rectiflow.assignments.*_too_early__*",
    "rectiflow.assignments.*_refuse__*",
    "rectiflow.ledger.*keep__*",
)
# Which argument of what is called is words.
_WORDS = {
    "InvalidValueError": 2,
    "RuleSyntaxError": 3,
    "TypeError": 0,
    "self.take": 1,
    "reader.take": 1,
}
_NOTICED = {"killed", "timeout"}
_HEAD = re.compile(r"def \S*__mutmut_\w+\(")


@attrs.frozen
class Mutant:
    """
    One change: in which module and function, which lines became which, and whether a test noticed.
    """

    name: str
    path: Path
    fate: str
    before: str
    after: str

    @classmethod
    def read(cls, name: str, path: Path, fate: str) -> Mutant:
        """
        Read what was changed from the copy that mutmut made.
        """
        functions = read_functions_from_index(name, path)
        if functions is None:
            raise LookupError(name)
        sources = (libcst.Module([each]).code.strip() for each in functions)
        return cls(name, path, fate, *(_HEAD.sub("def f(", each) for each in sources))

    @property
    def function(self) -> str:
        """
        Name the module and the function or method, as a reader would.
        """
        function = self.name.partition("__mutmut_")[0]
        return function.replace("xǁ", "").replace("ǁ", ".").replace(".x_", ".")

    @property
    def module(self) -> str:
        """
        Name the module, a package as one.
        """
        return self.path.with_suffix("").parts[2]

    @property
    def change(self) -> tuple[str, str]:
        """
        Give the lines that the change took away and those it put in their place.
        """
        before, after = self.before.splitlines(), self.after.splitlines()
        gone, come = Counter(before) - Counter(after), Counter(after) - Counter(before)
        return _joined(before, gone), _joined(after, come)

    @property
    def is_of_words(self) -> bool:
        """
        Say whether the two differ only in what an error says it expected.
        """
        return _without_words(self.before) == _without_words(self.after)


def _joined(lines: list[str], changed: Counter[str]) -> str:
    return " ".join(dict.fromkeys(line.strip() for line in lines if line in changed))


def _without_words(source: str) -> str:
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "expected":
            node.value = ast.Constant("words")
        if isinstance(node, ast.Call):
            place = _WORDS.get(ast.unparse(node.func))
            if place is not None and place < len(node.args):
                node.args[place] = ast.Constant("words")
    return ast.unparse(tree)


def _run(patterns: tuple[str, ...]) -> None:
    # The compiled catalogues are no sources, so that mutmut would keep those of an older run.
    shutil.rmtree(ROOT / "mutants", ignore_errors=True)
    environment = os.environ | {"HYPOTHESIS_PROFILE": "mutants"}
    if patterns == SAMPLE:
        # mutmut runs every test twice before it begins; these are long and reach none of it.
        environment["PYTEST_ADDOPTS"] = "-k 'not (TestLeanEvent or TestMermaid or TestNotation)'"
    command = [sys.executable, "-m", "mutmut", "run", "--max-children", "2", *patterns]
    # Its counter is for a terminal; what it ends with is told below, and better.
    done = subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, check=False)  # noqa: S603 -- our own words
    if done.returncode:
        sys.exit(done.stdout.decode()[-4000:])


def _mutants(patterns: tuple[str, ...]) -> list[Mutant]:
    found, _ = collect_source_file_mutation_data(mutant_names=patterns)
    return [Mutant.read(name, data.path, status_by_exit_code[code]) for data, name, code in found]


def _reasons() -> dict[tuple[str, str, str], str]:
    groups = tomllib.loads(REASONS.read_text(encoding="utf-8"))["alike"]
    return {
        (each["in"], each["was"], now): group["why"]
        for group in groups
        for each in group["changes"]
        for now in each["is"]
    }


def _table(counted: list[Mutant]) -> str:
    rows = ["| module | changes | noticed | not noticed | |", "|---|---:|---:|---:|---:|"]
    for module in (*sorted({each.module for each in counted}), "all"):
        own = [each for each in counted if module in {each.module, "all"}]
        missed = sum(each.fate not in _NOTICED for each in own)
        share = 1 - missed / len(own)
        rows.append(f"| {module} | {len(own)} | {len(own) - missed} | {missed} | {share:.1%} |")
    return "\n".join(rows)


def _survivors(left: list[Mutant], reasons: dict[tuple[str, str, str], str]) -> str:
    by_reason: dict[str, dict[tuple[str, str], list[str]]] = {}
    for each in left:
        was, now = each.change
        why = reasons.get((each.function, was, now), "No reason given.")
        by_reason.setdefault(why, {}).setdefault((each.function, was), []).append(now)
    parts = []
    for why, changes in by_reason.items():
        parts += [why, "", "```text"]
        for (function, was), every in changes.items():
            parts += [function, f"  - {was}", *(f"  + {now}" for now in every)]
        parts += ["```", ""]
    return "\n".join(parts).rstrip()


def _write(text: str) -> None:
    page = PAGE.read_text(encoding="utf-8")
    head, rest = page.split(BEGIN)
    PAGE.write_text(f"{head}{BEGIN}\n{text}\n{END}{rest.split(END)[1]}", encoding="utf-8")


def main(arguments: list[str]) -> int:
    """
    Run, sort, print; the exit code says whether the bar is met and every survivor explained.
    """
    is_whole = arguments in ([], ["--again"])
    patterns = SAMPLE if arguments == ["--sample"] else () if is_whole else tuple(arguments)
    if arguments != ["--again"]:
        _run(patterns)
    mutants = _mutants(patterns)
    counted = [each for each in mutants if not each.is_of_words]
    left = [each for each in counted if each.fate not in _NOTICED]
    reasons = _reasons()
    unexplained = [each for each in left if (each.function, *each.change) not in reasons]
    share = 1 - len(left) / len(counted)
    words = len(mutants) - len(counted)
    said = (
        f"{len(counted)} changes, {len(counted) - len(left)} of them noticed ({share:.1%}); "
        f"{words} more change words alone."
    )
    print(said)
    for each in unexplained:
        was, now = each.change
        print(f"{each.function} ({each.fate}), for which no reason is given:\n  - {was}\n  + {now}")
    if is_whole:
        _write(f"{said}\n\n{_table(counted)}\n\n{_survivors(left, reasons)}")
    return 1 if unexplained or share < BAR else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

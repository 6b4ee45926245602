"""
`make demo`: the Yuhui list of 2020 with an invented half-year of moves, on three days.
"""

import sys
from datetime import date
from pathlib import Path

import rectiflow as rf
from rectiflow.cli.options import default_language
from rectiflow.cli.review import By, board
from rectiflow.cli.table import Format, console_for, print_sheets

MOVES = Path(__file__).with_name("yuhui-2020-moves.csv")
DAYS = [date(2020, 6, 24), date(2020, 7, 1), date(2021, 1, 4)]
LATE = (rf.Outcome.OVERDUE, rf.Outcome.DUE_TODAY, rf.Outcome.UNRESOLVED)


def main() -> None:
    """
    Load, assign, replay, review, and explain one date.
    """
    lang, console = default_language(), console_for(sys.stdout)
    ledger = rf.assign(rf.load("yuhui-2020"))
    print(f"{ledger.rl.title}: {len(ledger)} assignments")
    print(f"The moves in {MOVES.name} are invented.  以下办理情况纯属虚构。\n")
    ledger.apply(rf.load_moves(MOVES))

    for day in DAYS:
        # Moves after the day do not count, so one ledger answers for every day.
        sheets = board(ledger.review(as_of=day), by=By.STAGE, only=LATE)
        print_sheets(sheets, Format.TABLE, lang, console)
        print()

    extended = ledger["2.1", "生态环境分局"].resolution("templated")
    print("2.1 × 生态环境分局, templated: why is that the day?\n")
    print(extended.explain("zh"), "\n")
    print(extended.explain("en"))


if __name__ == "__main__":
    main()

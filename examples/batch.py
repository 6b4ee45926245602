"""
A batch of moves from a file: judged first, carried out whole, kept as JSON.
"""

import tempfile
from datetime import date
from pathlib import Path

import rectiflow as rf

MOVES = Path(__file__).with_name("yuhui-2020-moves.csv")


def main() -> None:
    """
    Try a bad batch, carry out a good one, save and open again.
    """
    ledger = rf.assign(rf.load("yuhui-2020"))

    bad = [
        rf.Move("2.1", "区城市管理局", "rectify", date(2020, 6, 24)),
        rf.Move("2.1", "区城管局", "self_check", date(2020, 6, 24)),
    ]
    try:
        ledger.apply(bad, dry_run=True)
    except rf.BatchRefusedError as refusal:
        print(refusal.text("en"), "\n")

    ledger.apply(rf.load_moves(MOVES))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "ledger.json")
        path.write_text(ledger.to_json(), encoding="utf-8")
        opened = rf.Ledger.from_json(path.read_text(encoding="utf-8"))
    print("the same after a round trip:", opened == ledger)
    for row in opened.review(date(2021, 1, 4)).with_outcome("overdue"):
        print(row.row, row.unit, row.milestone.id, f"{-(row.days_left or 0)} days late")


if __name__ == "__main__":
    main()

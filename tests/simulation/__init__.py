"""
A seeded simulation of an office at work on a stored ledger, over a disk that fails.

    PYTHONPATH=tests python -m simulation --seeds 500          # every seed from 0 on
    PYTHONPATH=tests python -m simulation --seed 17            # one run again, as it was
    PYTHONPATH=tests python -m simulation --bugs               # how soon each planted bug is found
"""

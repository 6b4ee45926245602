"""
``python -m rectiflow`` is the command line.
"""

from rectiflow.cli import main

if __name__ == "__main__":
    main()

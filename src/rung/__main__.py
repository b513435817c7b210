"""`rung`, and `python -m rung`."""

from __future__ import annotations

import gc
import sys


def main() -> None:
    gc.disable()  # what a start makes lives to its end: collecting it would take a fifth of the start
    from rung.cli import run

    gc.freeze()
    gc.enable()
    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()

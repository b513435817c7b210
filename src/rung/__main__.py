"""`rung`, and `python -m rung`."""

from __future__ import annotations

import gc
import sys

PATIENCE = 50_000  # containers that are made and stay before Python looks for those that nobody holds but each other


def collect_seldom() -> None:
    """Values hold no cycles, so there is little to find: to look for it took a fifth of taking in a large package."""
    gc.set_threshold(PATIENCE)


def main() -> None:
    gc.disable()  # what a start makes lives to its end: collecting it would take a fifth of the start
    try:
        from rung.cli import run
    except KeyboardInterrupt:  # of somebody who thought better of it at once
        sys.exit(130)
    gc.freeze()
    gc.enable()
    collect_seldom()
    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()

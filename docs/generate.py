"""Write the generated files of this folder: `python docs/generate.py`."""

from __future__ import annotations

from pathlib import Path

import coverage_page

from rung import authoring

HERE = Path(__file__).parent


def main() -> None:
    for name, text in {**authoring.files(), "coverage.md": coverage_page.page()}.items():
        (HERE / name).write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()

"""Every card about a source stands in the map of what the sources say, and every row of the map holds."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
import yaml

DOCS = Path(__file__).parents[1] / "docs"
sys.path.insert(0, str(DOCS))
import coverage_page  # noqa: E402 - it stands beside the pages it makes

KNOWN = ["d/deck/note#a.x.c1", "d/deck/note#a.x.c2", "d/deck/note#ab", "d/deck/other#text.c1", "d/decks/note#a"]


@pytest.mark.parametrize(
    ("name", "ids"),
    [
        ("d/deck", KNOWN[:4]),
        ("d/deck/note", KNOWN[:3]),
        ("d/deck/note#a", KNOWN[:2]),
        ("d/deck/note#a.x.c2", KNOWN[1:2]),
        ("d/dec", []),
        ("d/deck/not", []),
    ],
)
def test_a_name_stands_for_the_cards_below_it(name, ids):
    assert coverage_page.taught(name, KNOWN) == ids


def test_the_page_is_the_one_generated():
    on_disk = (DOCS / "coverage.md").read_text(encoding="utf-8")
    assert on_disk == coverage_page.page(), "docs/coverage.md is stale; write it anew with: python docs/generate.py"


def test_nothing_is_taught_that_no_source_says():
    """A card that stands in no row would put words in the sources' mouths, or was forgotten in the map."""
    sources = yaml.safe_load((DOCS / "coverage.yaml").read_text(encoding="utf-8"))
    named = [name for source in sources for row in source["rows"] for name in row.get("teaches", ())]
    known = list(coverage_page.card_ids())
    told = {id_ for name in named for id_ in coverage_page.taught(name, known)}
    assert [id_ for id_ in known if id_ not in told] == []


def test_a_row_that_names_no_card_is_refused():
    row = {"at": "Phase 9", "teaches": ["d/deck/gone"]}
    with pytest.raises(ValueError, match=r"^Lesson 1, Phase 9: there is no d/deck/gone$"):
        coverage_page._row("Lesson 1", row, KNOWN)


def test_a_row_without_cards_says_why():
    with pytest.raises(ValueError, match=r"^Lesson 1, Phase 9: say what teaches it, or why nothing does$"):
        coverage_page._row("Lesson 1", {"at": "Phase 9"}, KNOWN)
    assert coverage_page._row("L", {"at": "Prices", "why": "marketing"}, KNOWN) == "| Prices | marketing |\n"

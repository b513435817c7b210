"""A real shared deck has thousands of notes: it comes in within the time in which one waits for it."""

from __future__ import annotations

import time

from foreign_packages import CLOZE, DAY, REVERSED, collection, note, package


def test_a_thousand_notes_with_two_cards_each_and_their_answers(rung, workspace, tmp_path):
    notes = [
        note(f"g{number}", REVERSED, f"<div>What is the <b>capital</b> of {number}?</div><div>a &amp; b</div>", f"It is <i>{number}</i>")
        if number % 5
        else note(f"g{number}", CLOZE, f"The {{{{c1::capital}}}} of <b>{number}</b> is {{{{c2::city {number}}}}}.", f"More of {number}")
        for number in range(1000)
    ]  # fmt: skip
    answers = [(f"g{n}", ord_, turn * DAY + 2 * n + ord_, 3) for n in range(1000) for ord_ in (0, 1) for turn in (0, 1)]
    file = package(tmp_path / "large.apkg", collection({"Geo": notes}, answers))
    began = time.process_time()
    code, out, err = rung("import", str(file), "--as-deck", "geo")
    took = time.process_time() - began
    told = "decks/geo.yaml\n1,000 notes, 2,000 cards, 0 pictures, 4,000 new answers.\n"
    assert (code, out, err) == (0, told, "")
    assert took < 6  # seconds of one processor; one is enough

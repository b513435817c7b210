"""A front asks something in particular: “What about caching?” has a hundred right answers.

Nor do one or two words beside a hole say what is meant.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rung.lint import Finding
from rung.lint._prose import own_words
from rung.model import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rung.lint import NoteView

FEWEST = 3  # words of a front besides the hole, heading included
VAGUE = re.compile(
    r"(?:^|[.!?:—] )((?:what|how) about|tell me (?:more )?about|discuss"
    r"|explain(?= )(?! (?:why|how|what|when|which|where|whether|who|in|to|by|from)\b))\b",
    re.IGNORECASE,
)
HOLE = re.compile(r"\[[^\[\]]*…\]")
WORD = re.compile(r"[^\W_]+(?:[.,'’/-][^\W_]+)*")


def found(note: NoteView) -> Iterator[Finding]:
    for card in note.cards:
        if vague := VAGUE.search(own_words(card.question)):
            message = f"the front is vague: {vague[1]} …"
            yield Finding(card.at, message, "ask for the one thing that the back says")
        elif len(words := card.question.split()) < 2 * FEWEST:
            heading = "" if card.title == note.deck.title else card.title
            told = WORD.findall(f"{heading} {HOLE.sub('', card.question)}") if words else []
            if len(told) < FEWEST:
                message = f"the front has {len(told)} word{'s' * (len(told) != 1)} beside the hole"
                yield Finding(card.at, message if card.hole else message.removesuffix(" beside the hole"), MEND)


MEND = "say more of what is asked, or give it a title"
GOOD = """\
- fact: ttl
  text: How old a cached feature may become is set by {{c1::its TTL}}.
"""
BAD = Refusal(
    """\
- framework: caching
  name: Feature cache
  example:
    prompt: What about staleness?
    answer: A feature is as old as its TTL at most.
- fact: ttl
  text: "Staleness: {{c1::TTL}}"
""",
    (
        "deck.yaml:7:5: warning: the front is vague: What about … [vague-front]",
        "deck.yaml:10:9: warning: the front has 1 word beside the hole [vague-front]",
    ),
)
